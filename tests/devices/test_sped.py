"""A simulator and an app at different speeds never exchange a value."""

import pytest

from devices.sped import SpedTransport, SpeedGate, preamble
from devices.transport.memory import MemoryTransport, MemoryWire

QUESTION = b" NA!2\r"


def test_at_normal_speed_questions_pass() -> None:
    assert SpeedGate(speed=1).let_through(QUESTION) == QUESTION


def test_a_sped_simulator_is_deaf_until_told_its_speed() -> None:
    gate = SpeedGate(speed=10)
    assert gate.let_through(QUESTION) == b""
    assert gate.let_through(preamble(10) + QUESTION).strip() == QUESTION.strip()


@pytest.mark.parametrize(("own", "told"), [(10, 20), (10, 1), (1, 10)])
def test_another_speed_makes_it_deaf(own: int, told: int) -> None:
    gate = SpeedGate(speed=own)
    gate.let_through(preamble(own) + QUESTION)
    assert gate.let_through(preamble(told) + QUESTION).strip() == b""


def test_each_question_must_say_it_anew() -> None:
    gate = SpeedGate(speed=10)
    assert gate.let_through(preamble(10) + QUESTION + QUESTION) == QUESTION
    assert gate.let_through(QUESTION) == b""


@pytest.mark.parametrize("leftover", [b" NA", preamble(10)[:4], b"\xff" * 500])
def test_half_a_line_of_an_earlier_host_is_no_matter(leftover: bytes) -> None:
    gate = SpeedGate(speed=10)
    gate.let_through(leftover)
    assert gate.let_through(preamble(10) + QUESTION) == QUESTION


def test_an_announcement_may_come_in_pieces() -> None:
    gate = SpeedGate(speed=10)
    passed = b"".join(gate.let_through(bytes([byte])) for byte in preamble(10) + QUESTION)
    assert passed.strip() == QUESTION.strip()


def test_every_question_says_the_speed() -> None:
    wire = MemoryWire()
    near = SpedTransport(MemoryTransport(wire), speed=10)
    near.open()
    near.write(QUESTION)
    near.write(QUESTION)
    assert wire.far_read() == (preamble(10) + QUESTION) * 2
    near.close()
