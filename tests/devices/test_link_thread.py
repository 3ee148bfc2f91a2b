"""A real thread on a real port: events arrive in order, a stop ends it, a defect is seen."""

import queue
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from devices.address import parse_address
from devices.kinds.dinamap import DINAMAP
from devices.kinds.hl7 import HL7
from devices.link import Link, link_to
from devices.link_thread import LinkThread
from devices.protocols import dinamap
from devices.transport.base import LinkDenied
from devices.transport.memory import MemoryTransport, MemoryWire
from monitor.clock import SystemClock
from monitor.feed import CuffReading, FeedEvent, LinkChanged, LinkState, LiveValue, Source
from monitor.vitals import Quantity

PATIENCE_S = 10.0
CUFF = dinamap.cuff_frame(status=1, age_s=3, pressures_mmhg=(131, 82, 98))
BREATHING = (
    b"\x0bMSH|^~\\&|WARD_MONITOR||||20260105093010||ORU^R01^ORU_R01|77|P|2.6\r"
    b"OBX|1|NM|151562^MDC_RESP_RATE^MDC|1.1|14|264928^MDC_DIM_RESP_PER_MIN^MDC|||||R|||20260105093010\r"
    b"OBX|2|NM|150456^MDC_PULS_OXIM_SAT_O2^MDC|1.2|97|262688^MDC_DIM_PERCENT^MDC|||||R|||20260105093010\r"
    b"\x1c\r"
)


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

    def take_until_lost(self) -> list[FeedEvent]:
        """Everything up to the loss of the link, in order."""
        told: list[FeedEvent] = []
        while True:
            told.append(event := self._queue.get(timeout=PATIENCE_S))
            if isinstance(event, LinkChanged) and event.state is LinkState.LOST:
                return told

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


class TellingThenDefective(MemoryTransport):
    """One message of a monitor, then a defect of ours, not a fault of the wire."""

    has_told = False

    def read(self, max_bytes: int, timeout_s: float) -> bytes:  # noqa: ARG002 - the shape of a wire
        if self.has_told:
            raise ZeroDivisionError
        self.has_told = True
        return BREATHING


def link_over(transport: MemoryTransport, source: Source) -> Link:
    return Link(profile=DINAMAP, source=source, transport=transport, clock=SystemClock())


def test_a_denied_port_is_lost_with_its_reason(source: Source) -> None:
    with running(link_over(DeniedTransport(MemoryWire()), source)) as (_, inbox):
        assert "may not open" in inbox.wait_for_state(LinkState.LOST).reason


def test_a_thread_that_dies_withdraws_what_it_showed_and_says_so(
    source: Source, caplog: pytest.LogCaptureFixture
) -> None:
    transport = TellingThenDefective(MemoryWire())
    link = Link(profile=HL7, source=source, transport=transport, clock=SystemClock())
    with running(link) as (thread, inbox):
        told = inbox.take_until_lost()
        thread.join()
        assert not thread.is_running
    lost = told[-1]
    assert isinstance(lost, LinkChanged)
    assert "fault of its own (ZeroDivisionError)" in lost.reason
    assert inbox.rest() == []
    live = {each.quantity: each.value for each in told if isinstance(each, LiveValue)}
    assert live == {Quantity.SPO2: None, Quantity.RESPIRATORY_RATE: None}
    shown = {(each.quantity, each.value) for each in told if isinstance(each, LiveValue)}
    assert {(Quantity.SPO2, 97), (Quantity.RESPIRATORY_RATE, 14)} <= shown
    assert "ZeroDivisionError" in caplog.text


def test_stopping_what_never_started_is_harmless(source: Source) -> None:
    LinkThread(link=link_over(MemoryTransport(MemoryWire()), source), sink=lambda _event: None).stop()
