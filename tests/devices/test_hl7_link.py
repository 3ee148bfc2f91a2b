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
