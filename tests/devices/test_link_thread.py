"""A real thread on a real port: events arrive in order, a stop ends it, a defect is seen."""

import queue
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from devices.address import parse_address
from devices.kinds.dinamap import DINAMAP
from devices.link import Link, link_to
from devices.link_thread import LinkThread
from devices.protocols import dinamap
from devices.transport.base import LinkDenied
from devices.transport.memory import MemoryTransport, MemoryWire
from monitor.clock import SystemClock
from monitor.feed import CuffReading, FeedEvent, LinkChanged, LinkState, LiveValue, Source

PATIENCE_S = 10.0
CUFF = dinamap.cuff_frame(status=1, age_s=3, pressures_mmhg=(131, 82, 98))


class Inbox:
    """Takes events from the thread and waits for one of a kind."""

    def __init__(self) -> None:
        self._queue: queue.Queue[FeedEvent] = queue.Queue()
        self.put: Callable[[FeedEvent], None] = self._queue.put

    def wait_for_state(self, state: LinkState) -> LinkChanged:
        while True:
            event = self._queue.get(timeout=PATIENCE_S)
            if isinstance(event, LinkChanged) and event.state is state:
                return event

    def wait_for_reading(self) -> CuffReading:
        while True:
            event = self._queue.get(timeout=PATIENCE_S)
            if isinstance(event, CuffReading):
                return event

    def rest(self) -> list[FeedEvent]:
        events = []
        while not self._queue.empty():
            events.append(self._queue.get_nowait())
        return events


@contextmanager
def running(link: Link) -> Iterator[tuple[LinkThread, Inbox]]:
    inbox = Inbox()
    thread = LinkThread(link=link, sink=inbox.put)
    thread.start()
    try:
        yield thread, inbox
    finally:
        thread.stop()


def link_at(port: int) -> Link:
    return link_to(parse_address(f"tcp:127.0.0.1:{port}"), profile=DINAMAP, clock=SystemClock())


def answer_one_question(listener: socket.socket) -> socket.socket:
    listener.settimeout(PATIENCE_S)
    far, _ = listener.accept()
    far.settimeout(PATIENCE_S)
    assert far.recv(100).endswith(b" NA!2\r")
    far.sendall(CUFF)
    return far


def test_a_reading_comes_through_and_a_dropped_connection_comes_back_by_itself() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        with running(link_at(listener.getsockname()[1])) as (thread, inbox):
            far = answer_one_question(listener)
            assert inbox.wait_for_reading().vitals.systolic_mmhg == 131
            far.close()
            inbox.wait_for_state(LinkState.LOST)
            answer_one_question(listener).close()
            inbox.wait_for_state(LinkState.CONNECTED)
        assert thread.report.frames == 2


def test_a_port_nobody_serves_is_lost_with_a_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with running(link_at(port)) as (_, inbox):
        reason = inbox.wait_for_state(LinkState.LOST).reason
        assert "Nothing answers" in reason
        assert "Errno" not in reason


class DeniedTransport(MemoryTransport):
    """A port this user may not open."""

    def open(self) -> None:
        raise LinkDenied("This user may not open the port.")


class DefectiveTransport(MemoryTransport):
    """A defect of ours, not a fault of the wire."""

    def read(self, max_bytes: int, timeout_s: float) -> bytes:  # noqa: ARG002 - never gets so far
        raise ZeroDivisionError


def link_over(transport: MemoryTransport, source: Source) -> Link:
    return Link(profile=DINAMAP, source=source, transport=transport, clock=SystemClock())


def test_a_denied_port_is_lost_with_its_reason(source: Source) -> None:
    with running(link_over(DeniedTransport(MemoryWire()), source)) as (_, inbox):
        assert "may not open" in inbox.wait_for_state(LinkState.LOST).reason


def test_a_thread_that_dies_says_so_and_withdraws_what_it_showed(
    source: Source, caplog: pytest.LogCaptureFixture
) -> None:
    with running(link_over(DefectiveTransport(MemoryWire()), source)) as (_, inbox):
        assert "fault of its own (ZeroDivisionError)" in inbox.wait_for_state(LinkState.LOST).reason
    withdrawn = [event for event in inbox.rest() if isinstance(event, LiveValue)]
    assert withdrawn
    assert all(event.value is None for event in withdrawn)
    assert "ZeroDivisionError" in caplog.text


def test_stopping_what_never_started_is_harmless(source: Source) -> None:
    LinkThread(link=link_over(MemoryTransport(MemoryWire()), source), sink=lambda _event: None).stop()
