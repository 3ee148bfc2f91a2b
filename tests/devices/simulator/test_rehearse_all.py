"""Scenarios in a row: a line says how each went, and the status whether all went as their files ask."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import StringIO

import pytest

from devices.simulator.carrying import carriers
from devices.simulator.rehearse_all import Keep, run_rehearse_all
from devices.simulator.scenario import FlagExpectation, Scenario, load_scenario
from monitor.errors import EnvironmentFault, UsersError
from monitor.flags import FlagState
from monitor.policy import Condition, Level
from monitor.ports import Step

SURGE = load_scenario("surge")
NORMAL = load_scenario("normal")
HALF_OPEN = load_scenario("half-open")
OLD_CUFF = load_scenario("old-cuff")
NOTIFY = FlagExpectation(condition=Condition.PRESSURE_HIGH, level=Level.NOTIFY, state=FlagState.CONFIRMED)


class Kept:
    """Counts the places that were made and given back, and what was saved in each."""

    def __init__(self) -> None:
        self.saved: list[list[Step]] = []
        self.given_back = 0

    @contextmanager
    def __call__(self) -> Iterator[Callable[[Step], None]]:
        self.saved.append([])
        try:
            yield self.saved[-1].append
        finally:
            self.given_back += 1


@contextmanager
def full_disk() -> Iterator[Callable[[Step], None]]:
    def refuse(_step: Step) -> None:
        raise EnvironmentFault("The disk is full.")

    yield refuse


def ran(*scenarios: Scenario, protocol: str | None = None, keep: Keep | None = None) -> tuple[int, list[str]]:
    out = StringIO()
    status = run_rehearse_all(scenarios, protocol=protocol, seed=1, keep=keep or Kept(), out=out)
    return status, [" ".join(line.split()) for line in out.getvalue().splitlines()]


def test_it_is_played_on_its_own_monitor_and_saved_in_a_place_of_its_own() -> None:
    kept = Kept()
    status, lines = ran(replace(NORMAL, monitor="hl7"), keep=kept)
    assert (status, lines) == (0, ["normal hl7 passed", "1 passed, 0 failed, 0 cannot be carried"])
    assert kept.given_back == 1
    assert len(kept.saved[0]) > 20


def test_a_flag_that_did_not_come_and_one_that_must_not_come_fail_the_whole() -> None:
    low = FlagExpectation(condition=Condition.RESPIRATORY_RATE_LOW, level=None, state=None)
    status, lines = ran(replace(SURGE, must=(low,), must_not=(NOTIFY,)), protocol="hl7")
    missing = "not raised: respiratory_rate_low any any"
    surplus = "must not be raised: pressure_high notify confirmed"
    assert (status, lines) == (
        1,
        [
            f"surge hl7 failed: {missing}; {surplus}",
            "0 passed, 1 failed, 0 cannot be carried",
        ],
    )


def test_a_play_that_breaks_off_says_why_and_the_next_is_played() -> None:
    status, lines = ran(NORMAL, SURGE, keep=full_disk)
    assert (status, lines) == (
        1,
        [
            "normal dinamap failed: The disk is full.",
            "surge dinamap failed: The disk is full.",
            "0 passed, 2 failed, 0 cannot be carried",
        ],
    )


def test_what_cannot_be_carried_says_why_and_fails_nothing() -> None:
    kept = Kept()
    status, lines = ran(HALF_OPEN, protocol="omron+nonin", keep=kept)
    why = "omron speaks only when it has measured, so that a dead connection looks like a quiet monitor"
    assert (status, lines) == (
        0,
        [
            f"half-open omron+nonin cannot be carried, because {why}",
            "0 passed, 0 failed, 1 cannot be carried",
        ],
    )
    assert kept.saved == []


def test_through_all_each_protocol_has_its_line() -> None:
    _, lines = ran(OLD_CUFF, protocol="all", keep=full_disk)
    assert [line.split()[1] for line in lines[:-1]] == list(carriers(OLD_CUFF))
    assert lines[-1] == "0 passed, 9 failed, 1 cannot be carried"


@pytest.mark.parametrize(
    ("protocol", "words"), [("tarot", "is not a protocol"), ("nonin", "tells no blood pressure")]
)
def test_a_protocol_that_carries_no_session_is_refused_before_anything_is_played(
    protocol: str, words: str
) -> None:
    with pytest.raises(UsersError, match=words):
        ran(NORMAL, protocol=protocol)
