"""A cable carries messages in order, later, or not at all."""

from devices.simulator.cable import Cable
from devices.simulator.faults import FaultScript
from devices.simulator.scenario import Fault, FaultKind

START_MS = 1_767_603_600_000
MINUTE_MS = 60_000


def cable(*faults: Fault, delay_ms: int = 40) -> Cable:
    return Cable(FaultScript(faults=faults, seed=7), started_at_ms=lambda: START_MS, delay_ms=delay_ms)


def fault(kind: FaultKind, begins_minute: int = 0, ends_minute: int = 60) -> Fault:
    return Fault(kind=kind, begins_minute=begins_minute, ends_minute=ends_minute)


def taken(line: Cable, at_ms: int) -> bytes:
    return b"".join(chunk.data for chunk in line.arriving(at_ms))


def test_a_message_arrives_after_its_delay_and_once() -> None:
    line = cable()
    line.send(b"abc", START_MS)
    assert line.next_ms == START_MS + 40
    assert taken(line, START_MS + 39) == b""
    assert taken(line, START_MS + 40) == b"abc"
    assert taken(line, START_MS + 1000) == b""


def test_an_idle_cable_has_nothing_under_way() -> None:
    assert cable().next_ms is None
    assert cable().arriving(START_MS) == []


def test_a_later_message_never_overtakes_a_piece_of_an_earlier_one() -> None:
    line = cable(fault(FaultKind.SPLIT))
    line.send(b"abcdefgh", START_MS)
    line.send(b"ijklmnop", START_MS + 1)
    arrived = b""
    for passed_ms in range(2000):
        arrived += taken(line, START_MS + passed_ms)
        assert b"abcdefghijklmnop".startswith(arrived)
    assert arrived == b"abcdefghijklmnop"


def test_what_is_under_way_is_lost_when_the_host_opens_anew() -> None:
    line = cable()
    line.send(b"old", START_MS)
    line.opened(START_MS + 10)
    line.send(b"new", START_MS + 20)
    assert taken(line, START_MS + 1000) == b"new"


def test_a_pulled_cable_loses_what_is_under_way_and_what_is_said_meanwhile() -> None:
    line = cable(fault(FaultKind.UNPLUGGED, 1, 2), delay_ms=2000)
    line.send(b"lost", START_MS + MINUTE_MS - 1000)
    assert line.is_plugged_in(START_MS + MINUTE_MS - 1)
    assert not line.is_plugged_in(START_MS + MINUTE_MS)
    assert taken(line, START_MS + MINUTE_MS + 1000) == b""
    line.send(b"unheard", START_MS + MINUTE_MS + 2000)
    assert line.is_plugged_in(START_MS + 2 * MINUTE_MS)
    assert taken(line, START_MS + 3 * MINUTE_MS) == b""


def test_a_silent_monitor_is_not_asked_either() -> None:
    line = cable(fault(FaultKind.SILENT, 1, 2))
    assert line.heard(b"?", START_MS) == b"?"
    assert line.heard(b"?", START_MS + MINUTE_MS) == b""


def test_the_end_of_a_connection_is_told_with_its_last_bytes() -> None:
    line = cable(fault(FaultKind.HANGS_UP))
    line.send(b"abcdefgh", START_MS)
    (chunk,) = line.arriving(START_MS + 40)
    assert chunk.hangs_up
    assert b"abcdefgh".startswith(chunk.data)
