"""Which step comes next: order within a session, one failing session alone, a failing file everything."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db.backlog import Backlog
from monitor.ports import Step
from tests.db import example

A1, A2, A3 = example.steps_of(example.record_of(example.charted(120), example.charted(121), number=1))
B1, B2 = (
    replace(step, number=step.number + 10)
    for step in example.steps_of(example.record_of(example.charted(130), number=2))
)
BOTH = Step(number=20, entries=(*A2.entries, *B2.entries))


def backlog(*steps: Step) -> Backlog:
    made = Backlog()
    for step in steps:
        made.add(step)
    return made


def order(made: Backlog, now_s: float) -> list[int]:
    """Numbers of the steps as they are written when each succeeds."""
    numbers = []
    while (step := made.next_step(now_s)) is not None:
        numbers.append(step.number)
        made.saved(step)
    return numbers


def test_steps_come_in_the_order_they_were_queued() -> None:
    assert order(backlog(A1, B1, A2, B2, A3), 0.0) == [1, 11, 2, 12, 3]


def test_a_failing_step_holds_back_its_session_only() -> None:
    made = backlog(A1, B1, A2, B2)
    made.failed(A1, 0.0, is_of_file=False)
    assert order(made, 0.0) == [11, 12]
    assert made.waiting == (A1, A2)
    assert order(made, 0.5) == [1, 2]


def test_a_fault_of_the_file_holds_back_everything() -> None:
    made = backlog(A1, B1)
    made.failed(A1, 0.0, is_of_file=True)
    assert made.next_step(0.49) is None
    assert order(made, 0.5) == [1, 11]


def test_a_step_of_two_sessions_waits_for_both_and_holds_both() -> None:
    made = backlog(A1, B1, BOTH, A3)
    made.failed(B1, 0.0, is_of_file=False)
    assert order(made, 0.0) == [1]  # not A3: it follows the step of both
    assert order(made, 1.0) == [11, 20, 3]


def test_the_wait_doubles_up_to_its_limit_and_begins_again_after_a_success() -> None:
    made = backlog(A1, A2)
    waits, now_s = [], 0.0
    for _ in range(7):
        made.failed(A1, now_s, is_of_file=True)
        due_s = made.due_s(now_s)
        assert due_s is not None
        waits.append(due_s)
        now_s += due_s
    assert waits == [0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 15.0]
    made.saved(A1)
    made.failed(A2, now_s, is_of_file=True)
    assert made.due_s(now_s) == 0.5


def test_a_retry_tries_at_once_and_keeps_the_next_wait() -> None:
    made = backlog(A1)
    made.failed(A1, 0.0, is_of_file=False)
    made.retry_now(0.1)
    assert made.next_step(0.1) is A1
    made.failed(A1, 0.1, is_of_file=False)
    assert made.due_s(0.1) == pytest.approx(1.0)


def test_nothing_is_due_when_nothing_is_held() -> None:
    assert backlog(A1).due_s(0.0) is None
    assert Backlog().next_step(0.0) is None
