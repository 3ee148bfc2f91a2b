"""Monitors follow the settings at any moment: a port is freed, a new one is used, one serves one chair."""

from __future__ import annotations

import queue
import socket
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from devices.monitors import ChairMonitors
from devices.protocols import dinamap
from monitor.clock import SystemClock
from monitor.feed import FeedEvent, LinkChanged, LinkState
from monitor.settings import Chair, MonitorLink, Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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

    def wait_for(self, chair: int, state: LinkState) -> LinkChanged:
        while True:
            event = self._inbox(chair).get(timeout=PATIENCE_S)
            if isinstance(event, LinkChanged) and event.state is state:
                return event

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
        assert "taken out of the settings" in chairs.wait_for(1, LinkState.LOST).reason
        assert chairs.monitors.reports(1) == ()


def test_one_port_serves_one_chair(chairs: Chairs) -> None:
    port = nobodys_port()
    chairs.follow(c1=port, c2=port)
    assert chairs.wait_for(2, LinkState.LOST).reason == (
        "This port already serves chair 1. Choose another port."
    )
    assert len(chairs.monitors.reports(1)) == 1
    assert chairs.monitors.reports(2) == ()


def test_a_monitor_taken_out_while_nothing_answers_is_told_once_and_stays_out(chairs: Chairs) -> None:
    chairs.follow(c1=nobodys_port())
    chairs.wait_for(1, LinkState.LOST)
    chairs.follow(c1="")
    assert "taken out of the settings" in chairs.wait_for(1, LinkState.LOST).reason
    chairs.follow(c1="")
    assert chairs.rest(1) == []
