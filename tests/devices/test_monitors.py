"""Monitors follow the settings at any moment: a port is freed, a new one is used, one serves one chair."""

from __future__ import annotations

import json
import queue
import socket
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from devices.capture import pieces
from devices.monitors import ChairMonitors
from devices.profiles import PROFILES
from devices.protocols import dinamap
from monitor.clock import SystemClock
from monitor.errors import EnvironmentFault, UsersError
from monitor.feed import FeedEvent, LinkChanged, LinkState
from monitor.link_report import SearchOutcome
from monitor.settings import Chair, MonitorLink, Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PATIENCE_S = 10.0
CUFF = dinamap.cuff_frame(status=1, age_s=3, pressures_mmhg=(131, 82, 98))


class Chairs:
    """What each chair's sink was given, and monitors that follow settings of `port by chair`."""

    def __init__(self) -> None:
        self._inboxes: dict[int, queue.Queue[FeedEvent]] = {}
        self.unplugged: list[tuple[int, str]] = []
        self.ports: tuple[str, ...] = ()
        self.monitors = ChairMonitors(
            clock=SystemClock(),
            sink_for=self._sink,
            unplugged=lambda chair, source: self.unplugged.append((chair, source.port)),
            list_ports=lambda: self.ports,
        )

    def follow(self, **ports: str) -> None:
        chairs = tuple(
            Chair(
                number=int(name[1:]),
                monitors=tuple(MonitorLink(protocol="dinamap", port=port) for port in text.split()),
            )
            for name, text in ports.items()
        )
        self.monitors.follow(Settings(chairs=chairs))

    def until(self, chair: int, state: LinkState) -> list[LinkChanged]:
        """All changes of a chair's links up to the next one to `state`."""
        changes: list[LinkChanged] = []
        while not changes or changes[-1].state is not state:
            event = self._inbox(chair).get(timeout=PATIENCE_S)
            if isinstance(event, LinkChanged):
                changes.append(event)
        return changes

    def wait_for(self, chair: int, state: LinkState) -> LinkChanged:
        return self.until(chair, state)[-1]

    def rest(self, chair: int) -> list[FeedEvent]:
        inbox = self._inbox(chair)
        return [inbox.get_nowait() for _ in range(inbox.qsize())]

    def _inbox(self, chair: int) -> queue.Queue[FeedEvent]:
        return self._inboxes.setdefault(chair, queue.Queue())

    def _sink(self, chair: int) -> Callable[[FeedEvent], None]:
        return self._inbox(chair).put


@pytest.fixture
def chairs() -> Iterator[Chairs]:
    made = Chairs()
    yield made
    made.monitors.stop()


@contextmanager
def far_end() -> Iterator[tuple[socket.socket, str]]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(PATIENCE_S)
        yield listener, f"tcp:127.0.0.1:{listener.getsockname()[1]}"


def answer(listener: socket.socket) -> socket.socket:
    near, _ = listener.accept()
    near.settimeout(PATIENCE_S)
    assert near.recv(100)
    near.sendall(CUFF)
    return near


def is_left(near: socket.socket) -> bool:
    """Whether the app closed its end; what it still asked before is read over."""
    while near.recv(100):
        pass
    return True


def is_refused(chairs: Chairs, chair: int) -> bool:
    """Whether a chair's last monitor is lost because another has its port."""
    newest = chairs.monitors.reports(chair)[-1].history[-1]
    return newest.state is LinkState.LOST and "already serves" in newest.reason


def nobodys_port() -> str:
    with far_end() as (_, port):
        return port


def test_a_port_changed_while_its_link_is_lost_is_used_at_once(chairs: Chairs) -> None:
    chairs.follow(c1=nobodys_port())
    assert "Nothing answers" in chairs.wait_for(1, LinkState.LOST).reason
    with far_end() as (listener, port):
        chairs.follow(c1=port)
        with answer(listener):
            chairs.wait_for(1, LinkState.CONNECTED)
            (report,) = chairs.monitors.reports(1)
            assert report.source.port == port
            chairs.monitors.stop()


def test_a_changed_port_frees_the_old_one_and_nothing_of_it_is_heard_again(chairs: Chairs) -> None:
    with far_end() as (old, old_port), far_end() as (new, new_port):
        chairs.follow(c1=old_port)
        with answer(old) as near_old:
            chairs.wait_for(1, LinkState.CONNECTED)
            chairs.follow(c1=new_port)
            chairs.rest(1)
            assert is_left(near_old)
            with answer(new):
                chairs.wait_for(1, LinkState.CONNECTED)
                chairs.monitors.stop()
            ports = {event.source.port for event in chairs.rest(1)}
            assert ports <= {new_port}


def test_a_port_moves_from_one_chair_to_another_in_one_step(chairs: Chairs) -> None:
    with far_end() as (listener, port):
        chairs.follow(c1=port)
        with answer(listener) as first:
            chairs.wait_for(1, LinkState.CONNECTED)
            chairs.follow(c1="", c2=port)
            assert is_left(first)
            with answer(listener):
                chairs.wait_for(2, LinkState.CONNECTED)
                chairs.monitors.stop()
        assert chairs.unplugged == [(1, port)]
        assert chairs.monitors.reports(1) == ()


def test_one_port_serves_one_chair(chairs: Chairs) -> None:
    port = nobodys_port()
    chairs.follow(c1=port, c2=port)
    assert chairs.wait_for(2, LinkState.LOST).reason == (
        "This port already serves chair 1. Choose another port."
    )
    assert len(chairs.monitors.reports(1)) == 1
    (refused,) = chairs.monitors.reports(2)
    assert (refused.source.port, refused.title) == (port, PROFILES["dinamap"].title)
    assert "already serves chair 1" in refused.history[-1].reason


def test_a_monitor_taken_out_while_nothing_answers_is_told_once_and_stays_out(chairs: Chairs) -> None:
    port = nobodys_port()
    chairs.follow(c1=port)
    chairs.wait_for(1, LinkState.LOST)
    chairs.follow(c1="")
    assert chairs.unplugged == [(1, port)]
    chairs.rest(1)
    chairs.follow(c1="")
    assert chairs.rest(1) == []
    assert chairs.unplugged == [(1, port)]


def test_a_port_that_is_refused_again_was_not_taken_away(chairs: Chairs) -> None:
    port = nobodys_port()
    chairs.follow(c1=port, c2=port)
    chairs.follow(c1=port, c2=port)
    assert chairs.unplugged == []
    chairs.follow(c1=port, c2="")
    assert chairs.unplugged == [(2, port)]


def test_two_monitors_of_one_chair_are_read_side_by_side(chairs: Chairs) -> None:
    with far_end() as (cuff, cuff_port), far_end() as (other, other_port):
        chairs.follow(c1=f"{cuff_port} {other_port}")
        with answer(cuff), answer(other):
            ports = {chairs.wait_for(1, LinkState.CONNECTED).source.port for _ in range(2)}
            assert ports == {cuff_port, other_port}
            told = [report.source.port for report in chairs.monitors.reports(1)]
            assert told == [cuff_port, other_port]
            chairs.monitors.stop()


def test_one_of_two_is_taken_out_and_the_other_goes_on(chairs: Chairs) -> None:
    with far_end() as (cuff, cuff_port), far_end() as (other, other_port):
        chairs.follow(c1=f"{cuff_port} {other_port}")
        with answer(cuff) as near, answer(other):
            for _ in range(2):
                chairs.wait_for(1, LinkState.CONNECTED)
            chairs.follow(c1=other_port)
            assert is_left(near)
            assert chairs.unplugged == [(1, cuff_port)]
            assert [report.source.port for report in chairs.monitors.reports(1)] == [other_port]
            chairs.monitors.stop()
        lost = [
            each for each in chairs.rest(1) if isinstance(each, LinkChanged) and each.state is LinkState.LOST
        ]
        assert lost == [], "a monitor is still there: nobody is told to type"


def test_one_port_in_two_spellings_serves_one_chair_once(chairs: Chairs) -> None:
    port = nobodys_port()
    number = port.rpartition(":")[2]
    chairs.follow(c1=f"{port} tcp://127.0.0.1:{number}")
    reasons = {chairs.wait_for(1, LinkState.LOST).reason for _ in range(2)}
    assert "This port already serves chair 1. Choose another port." in reasons
    assert len(chairs.monitors.reports(1)) == 2
    assert is_refused(chairs, 1)


@pytest.mark.parametrize("other", ["tcp:localhost:{}", "tcp:[::1]:{}", "rfc2217:127.0.0.1:{}"])
def test_one_network_port_serves_one_chair_in_any_spelling(chairs: Chairs, other: str) -> None:
    port = nobodys_port()
    respelled = other.format(port.rpartition(":")[2])
    chairs.follow(c1=port, c2=respelled)
    assert "already serves chair 1" in chairs.wait_for(2, LinkState.LOST).reason
    assert chairs.monitors.is_same_port(port, respelled)
    assert is_refused(chairs, 2)


def test_listening_at_one_address_begins_once_listening_at_all_has_ended(chairs: Chairs) -> None:
    number = nobodys_port().rpartition(":")[2]
    chairs.follow(c1=f"tcp-listen:{number}")
    chairs.wait_for(1, LinkState.NEGOTIATING)
    chairs.follow(c1=f"tcp-listen:127.0.0.1:{number}", c2=f"tcp-listen:localhost:{number}")
    assert "already serves chair 1" in chairs.wait_for(2, LinkState.LOST).reason
    states = [(each.source.port, each.state) for each in chairs.until(1, LinkState.NEGOTIATING)]
    port = f"tcp-listen:127.0.0.1:{number}"
    assert states == [(port, LinkState.CONNECTING), (port, LinkState.NEGOTIATING)]


def test_a_port_that_was_refused_serves_once_the_other_chair_gave_it_up(chairs: Chairs) -> None:
    port = nobodys_port()
    chairs.follow(c1=port, c2=port)
    assert "already serves chair 1" in chairs.wait_for(2, LinkState.LOST).reason
    chairs.follow(c1="", c2=port)
    assert (2, port) in chairs.unplugged
    (report,) = chairs.monitors.reports(2)
    assert not any("already serves" in span.reason for span in report.history)


def test_a_monitor_of_a_kind_that_nobody_knows_any_more_is_shown_with_the_reason(
    chairs: Chairs, tmp_path: Path
) -> None:
    stranger = MonitorLink(protocol="stranger", port="tcp:127.0.0.1:1")
    chairs.monitors.follow(Settings(chairs=(Chair(number=1, monitors=(stranger,)),)))
    told = chairs.wait_for(1, LinkState.LOST)
    (report,) = chairs.monitors.reports(1)
    assert report.title == "stranger"
    assert report.history[-1].reason == told.reason
    assert "stranger" in told.reason
    path = chairs.monitors.save_support(1, "tcp:127.0.0.1:1", tmp_path)
    assert [each["reason"] for each in json.loads(path.read_text())["history"]] == [told.reason]
    with pytest.raises(UsersError, match="No monitor of chair 1 is read at"):
        chairs.monitors.record(1, "tcp:127.0.0.1:1", tmp_path)


def test_a_port_of_another_speed_is_refused_when_it_is_typed(chairs: Chairs) -> None:
    problem = chairs.monitors.port_problem("tcp:127.0.0.1:4001?speed=4")
    assert problem == (
        "tcp:127.0.0.1:4001?speed=4 runs at 4 times the speed of time and this program at 1."
        " Ages would be wrong, so they are not joined. Start both at the same speed."
    )
    assert chairs.monitors.port_problem("tcp:127.0.0.1:4001") is None


def test_raw_traffic_is_recorded_as_it_crossed_and_can_be_played_back(chairs: Chairs, tmp_path: Path) -> None:
    with far_end() as (listener, port):
        chairs.follow(c1=port)
        near, _ = listener.accept()
        with near:
            near.settimeout(PATIENCE_S)
            assert near.recv(100)
            path = chairs.monitors.record(1, port, tmp_path)
            for _ in range(2):  # the first may cross before the recording began
                near.sendall(CUFF)
                assert near.recv(100)
            (report,) = chairs.monitors.reports(1)
            assert report.recording == str(path)
            chairs.monitors.stop_recording(1, port)
            (report,) = chairs.monitors.reports(1)
            assert report.recording == ""
            chairs.monitors.stop()
    with path.open("rb") as file:
        assert CUFF in b"".join(piece.data for piece in pieces(file))
    assert path.name.startswith("vigil-chair-1-dinamap-")


def test_a_support_file_holds_the_links_life_and_its_settings(chairs: Chairs, tmp_path: Path) -> None:
    port = nobodys_port()
    chairs.follow(c1=port)
    reason = chairs.wait_for(1, LinkState.LOST).reason
    told = json.loads(chairs.monitors.save_support(1, port, tmp_path).read_text())
    assert told["settings"]["port"] == port
    assert told["settings"]["line"] == "9600 8N1"
    assert told["history"][-1]["reason"] == reason
    assert told["history"][-1]["state"] == "lost"
    assert (told["counters"]["bad_sums"], told["counters"]["rejected"]) == (0, 0)
    assert told["counters"]["hang_ups"] is None, "this kind does not"
    assert set(told["versions"]) == {"vigil", "python", "pyserial", "system"}


def test_a_file_that_cannot_be_made_is_said_in_a_sentence(chairs: Chairs, tmp_path: Path) -> None:
    port = nobodys_port()
    chairs.follow(c1=port)
    for write in (chairs.monitors.record, chairs.monitors.save_support):
        with pytest.raises(EnvironmentFault, match="Choose another place"):
            write(1, port, tmp_path / "nowhere")
        with pytest.raises(UsersError, match="No monitor of chair 2 is read at"):
            write(2, port, tmp_path)


def test_a_search_leaves_out_the_ports_that_chairs_use(chairs: Chairs) -> None:
    chairs.ports = ("serial:/dev/nowhere7", "serial:/dev/nowhere8")
    chairs.follow(c1="/dev/nowhere7")
    finding = chairs.monitors.find()
    finding.join()
    (found,) = finding.reports
    assert found.port == "serial:/dev/nowhere8"
    assert found.outcome is SearchOutcome.CLOSED
    assert "cannot be opened" in found.reason
