"""A monitor calls, sends HL7, is acknowledged, calls anew; no name is left anywhere behind the wire."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest

from devices.address import parse_address
from devices.kinds.hl7 import HL7
from devices.link import Link, link_to
from devices.simulator.simulated_link import VirtualClock
from monitor.feed import CuffReading, FeedEvent, LinkChanged, LinkState, LiveValue
from monitor.link_report import LinkReport
from monitor.vitals import Quality, Quantity

PATIENCE_S = 5.0
MESSAGE = (
    b"\x0bMSH|^~\\&|BED_3||||20260105120010||ORU^R01^ORU_R01|%b|P|2.6|||AL|NE\r"
    b"PID|||4711||TESTNAME^PRIVATE||19640503|F\r"
    b"OBX|1|NM|150456^MDC_PULS_OXIM_SAT_O2^MDC|1|97|262688^MDC_DIM_PERCENT^MDC|||||R|||20260105120010\r"
    b"OBX|2|NM|150301^MDC_PRESS_CUFF_SYS^MDC|1|138|266016^MDC_DIM_MMHG^MDC|||||R|||20260105115510\r"
    b"OBX|3|NM|150302^MDC_PRESS_CUFF_DIA^MDC|1|84|266016^MDC_DIM_MMHG^MDC|||||R|||20260105115510\r\x1c\r"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    link: Link
    clock: VirtualClock
    port: int
    cleanup: ExitStack

    def call(self) -> socket.socket:
        return self.cleanup.enter_context(
            socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE_S)
        )

    def report(self) -> LinkReport:
        return self.link.report()

    def steps(self, count: int = 3) -> list[FeedEvent]:
        return [event for _ in range(count) for event in self.link.step(0.2)]


@pytest.fixture
def room(clock: VirtualClock) -> Iterator[Room]:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
    with ExitStack() as cleanup:
        link = link_to(parse_address(f"tcp-listen:127.0.0.1:{port}"), profile=HL7, clock=clock)
        cleanup.callback(link.close)
        link.begin()
        yield Room(link=link, clock=clock, port=port, cleanup=cleanup)


def told(events: list[FeedEvent], kind: type) -> list[FeedEvent]:
    return [event for event in events if isinstance(event, kind)]


def test_a_monitor_that_calls_is_heard_and_acknowledged(room: Room) -> None:
    monitor = room.call()
    monitor.sendall(MESSAGE % b"1")
    events = room.steps()
    (reading,) = told(events, CuffReading)
    assert isinstance(reading, CuffReading)
    assert (reading.vitals.systolic_mmhg, reading.vitals.diastolic_mmhg) == (138, 84)
    assert reading.quality is Quality.GOOD
    assert reading.measured_at_ms == room.clock.now().utc_ms - 300_000
    (live,) = told(events, LiveValue)
    assert isinstance(live, LiveValue)
    assert (live.quantity, live.value) == (Quantity.SPO2, 97)
    assert b"\rMSA|AA|1\r\x1c\r" in monitor.recv(1000)


def test_no_patient_s_name_reaches_log_or_record(room: Room) -> None:
    monitor = room.call()
    monitor.sendall(MESSAGE % b"1" + (MESSAGE % b"2")[:-9] + (MESSAGE % b"3")[60:])
    behind = repr((room.steps(), room.link.report()))
    assert "138" in behind
    assert not any(word in behind for word in ("TESTNAME", "PRIVATE", "4711", "19640503"))


def test_a_message_sent_twice_is_one_reading_and_acknowledged_twice(room: Room) -> None:
    monitor = room.call()
    monitor.sendall(MESSAGE % b"1")
    events = room.steps()
    monitor.sendall(MESSAGE % b"1")
    events += room.steps()
    assert len(told(events, CuffReading)) == 1
    assert len(told(events, LiveValue)) == 2


def test_a_monitor_that_lost_its_connection_calls_again_without_help(room: Room) -> None:
    room.call().sendall((MESSAGE % b"1")[:100])
    room.steps()
    again = room.call()
    again.sendall(MESSAGE % b"2")
    states = [event.state for event in room.steps(1) if isinstance(event, LinkChanged)]
    assert states == [LinkState.LOST]
    room.clock.move_to(2_000)
    events = room.steps()
    assert len(told(events, CuffReading)) == 1
    assert b"MSA|AA|2\r" in again.recv(1000)


def message(number: int) -> bytes:
    """One of a run of messages, ten seconds apart by the monitor's clock."""
    minute, second = divmod(10 + 10 * number, 60)
    sent_at = f"2026010512{minute:02}{second:02}".encode()
    return (MESSAGE % str(number).encode()).replace(b"20260105120010", sent_at)


def states(events: list[FeedEvent]) -> list[LinkState]:
    return [event.state for event in events if isinstance(event, LinkChanged)]


def live_values(events: list[FeedEvent]) -> list[int | None]:
    return [event.value for event in events if isinstance(event, LiveValue)]


@pytest.mark.parametrize("hears", [True, False], ids=["hears the acknowledgement", "leaves before it"])
def test_a_monitor_that_calls_for_each_message_is_never_lost(room: Room, *, hears: bool) -> None:
    events: list[FeedEvent] = []
    for number in range(5):
        monitor = room.call()
        monitor.sendall(message(number))
        if hears:
            events += room.steps()
            assert b"\rMSA|AA|%d\r" % number in monitor.recv(1000)
        monitor.close()
        events += room.steps()
        room.clock.move_to(room.clock.passed_ms + 10_000)
        events += room.steps()
    assert states(events) == [LinkState.CONNECTED]
    assert len(told(events, CuffReading)) == 1
    assert live_values(events) == [97] * 5
    report = room.report()
    assert (report.frames, report.rejected, report.links_lost, report.hang_ups) == (5, 0, 0, 5)


def test_one_that_calls_for_the_next_message_before_its_last_call_was_seen_to_end_is_heard(
    room: Room,
) -> None:
    for number in (b"1", b"2"):
        monitor = room.call()
        monitor.sendall(MESSAGE % number)
        monitor.close()
    events = room.steps()
    room.clock.move_to(2_000)
    events += room.steps()
    assert states(events) == [LinkState.CONNECTED]
    assert live_values(events) == [97, 97]
    assert room.report().links_lost == 0


def test_when_it_calls_no_more_its_values_go_and_the_link_is_silent_with_the_reason(room: Room) -> None:
    monitor = room.call()
    monitor.sendall(MESSAGE % b"1")
    monitor.close()
    room.steps()
    room.clock.move_to(26_000)
    events = room.steps()
    assert (states(events), live_values(events)) == ([], [None])
    room.clock.move_to(36_000)
    (silent,) = told(room.steps(), LinkChanged)
    assert isinstance(silent, LinkChanged)
    assert silent.state is LinkState.SILENT
    assert silent.reason.startswith("The monitor closed its connection and sent nothing more for 35 s.")
    again = room.call()
    again.sendall(MESSAGE % b"2")
    assert states(room.steps()) == [LinkState.CONNECTED]


def test_a_call_that_ends_within_a_message_is_a_loss(room: Room) -> None:
    monitor = room.call()
    monitor.sendall(MESSAGE % b"1" + (MESSAGE % b"2")[:100])
    monitor.close()
    assert states(room.steps()) == [LinkState.CONNECTED, LinkState.LOST]
    report = room.report()
    assert (report.links_lost, report.hang_ups, report.rejected) == (1, 0, 1)


def test_a_monitor_that_is_called_for_each_message_is_never_lost_until_it_answers_no_more(
    clock: VirtualClock,
) -> None:
    with ExitStack() as cleanup:
        monitor = cleanup.enter_context(socket.create_server(("127.0.0.1", 0)))
        monitor.settimeout(PATIENCE_S)
        link = link_to(parse_address(f"tcp:127.0.0.1:{monitor.getsockname()[1]}"), profile=HL7, clock=clock)
        cleanup.callback(link.close)
        events = link.begin()
        for number in range(4):
            call, _ = monitor.accept()
            with call:
                call.sendall(message(number))
                events += link.step(PATIENCE_S)
            events += link.step(PATIENCE_S)
            clock.move_to(clock.passed_ms + 10_000)
            if number < 3:
                events += link.step(PATIENCE_S)
        assert states(events) == [LinkState.CONNECTING, LinkState.NEGOTIATING, LinkState.CONNECTED]
        assert len(told(events, CuffReading)) == 1
        assert live_values(events) == [97] * 4
        assert link.report().hang_ups == 4
        monitor.close()
        (lost,) = told(link.step(PATIENCE_S), LinkChanged)
        assert isinstance(lost, LinkChanged)
        assert lost.state is LinkState.LOST
        assert "Nothing answers" in lost.reason
        assert link.report().links_lost == 1
