"""A simulator and an app at different speeds never exchange a value."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.protocols import dinamap, ge_dri
from devices.sped import AGREED_FOR_S, ANNOUNCED_EVERY_S, SpedTransport, SpeedGate, announcement
from devices.transport.base import LinkLost
from devices.transport.memory import MemoryTransport, MemoryWire
from monitor.clock import Instant

QUESTION = dinamap.frame(dinamap.READ_CUFF)
BINARY = ge_dri.request(kind=ge_dri.RecordKind.DISPLAYED, interval_s=5)


class RealClock:
    """Stands until it is moved."""

    def __init__(self) -> None:
        self.at_s = 100.0

    def now(self) -> Instant:
        return Instant(utc_ms=round(self.at_s * 1000), offset_minutes=0)

    def monotonic_s(self) -> float:
        return self.at_s

    def boottime_s(self) -> float | None:
        return None


@given(st.binary())
def test_at_normal_speed_every_byte_passes_as_it_is(data: bytes) -> None:
    gate = SpeedGate(speed=1)
    assert gate.is_open(0.0)
    assert gate.let_through(data, 0.0) + gate.let_through(b"|", 0.0) == data + b"|"


@pytest.mark.parametrize("question", [QUESTION, BINARY, bytes(range(256))])
def test_a_sped_simulator_is_deaf_and_dumb_until_told_its_speed(question: bytes) -> None:
    gate = SpeedGate(speed=10)
    assert gate.let_through(question, 0.0) == b""
    assert not gate.is_open(0.0)
    assert gate.let_through(announcement(10) + question, 0.0) == question
    assert gate.is_open(0.0)


@pytest.mark.parametrize(
    ("own", "told"), [(10, 20), (10, 1), (10, 100), (10, 0), (1, 10), (100, 10), (1000, 1)]
)
def test_another_speed_ends_it_at_once(own: int, told: int) -> None:
    gate = SpeedGate(speed=own)
    gate.let_through(announcement(own), 0.0)
    assert gate.let_through(QUESTION + announcement(told) + QUESTION, 0.1) == QUESTION
    assert not gate.is_open(0.1)


@pytest.mark.parametrize(("after_s", "is_open"), [(AGREED_FOR_S, True), (AGREED_FOR_S + 0.01, False)])
def test_what_was_agreed_runs_out_when_it_is_not_said_again(after_s: float, *, is_open: bool) -> None:
    gate = SpeedGate(speed=10)
    gate.let_through(announcement(10), 50.0)
    assert gate.is_open(50.0 + after_s) is is_open
    assert bool(gate.let_through(QUESTION, 50.0 + after_s)) is is_open


def test_at_normal_speed_another_host_is_told_nothing_until_it_has_been_gone_a_while() -> None:
    gate = SpeedGate(speed=1)
    gate.let_through(announcement(10), 50.0)
    assert not gate.is_open(50.0 + AGREED_FOR_S)
    assert gate.is_open(50.1 + AGREED_FOR_S)
    gate.let_through(announcement(10) + announcement(0), 60.0)  # it said goodbye
    assert gate.is_open(60.0)


def test_another_host_inherits_nothing() -> None:
    gate = SpeedGate(speed=10)
    gate.let_through(announcement(10) + announcement(10)[:4], 0.0)
    gate.forget()
    assert not gate.is_open(0.0)
    assert gate.let_through(QUESTION, 0.0) == b""


@pytest.mark.parametrize(
    "leftover", [b" NA", announcement(10)[:4], b"\xff" * 500, b"\x16", b"\x16speed \x17"]
)
def test_half_a_line_of_an_earlier_host_is_no_matter(leftover: bytes) -> None:
    gate = SpeedGate(speed=10)
    gate.let_through(leftover, 0.0)
    assert gate.let_through(announcement(10) + QUESTION, 0.0) == QUESTION


@pytest.mark.parametrize("question", [QUESTION, BINARY])
def test_an_announcement_may_come_in_pieces(question: bytes) -> None:
    gate = SpeedGate(speed=10)
    said = announcement(10) + question + announcement(10) + question
    assert b"".join(gate.let_through(bytes([byte]), 0.0) for byte in said) == question * 2


@given(st.lists(st.sampled_from([QUESTION, BINARY, announcement(10), announcement(20), b"\x16", b"speed"])))
def test_nothing_passes_that_was_not_preceded_by_its_speed(said: list[bytes]) -> None:
    gate = SpeedGate(speed=10)
    due, is_agreed = b"", False
    for piece in [*said, b"|"]:
        if piece.startswith(b"\x16s"):
            is_agreed = piece == announcement(10)
        elif is_agreed:
            due += piece
    assert gate.let_through(b"".join(said) + b"|", 0.0) == due


def test_it_says_its_speed_when_it_opens_with_each_question_and_each_second_while_it_reads() -> None:
    wire, clock = MemoryWire(), RealClock()
    near = SpedTransport(MemoryTransport(wire), speed=10, real_clock=clock)
    near.open()
    assert wire.far_read() == announcement(10)
    near.read(100, 0.0)
    assert wire.far_read() == b""
    near.write(BINARY)
    assert wire.far_read() == announcement(10) + BINARY
    for _ in range(3):
        clock.at_s += ANNOUNCED_EVERY_S
        near.read(100, 0.0)
        assert wire.far_read() == announcement(10)


def test_it_says_goodbye_and_a_wire_that_is_gone_needs_none() -> None:
    wire = MemoryWire()
    near = SpedTransport(MemoryTransport(wire), speed=10, real_clock=RealClock())
    near.open()
    wire.far_read()
    near.close()
    assert wire.far_read() == announcement(0)
    near.open()
    wire.is_plugged_in = False
    with pytest.raises(LinkLost):
        near.read(100, 0.0)
    near.close()
