"""Scenarios are data; a mistake in one is said, not guessed around."""

import pytest

from devices.simulator.scenario import FlagExpectation, load_scenario, parse_scenario, scenario_names
from monitor.errors import UsersError
from monitor.flags import FlagState
from monitor.policy import Condition, Level

SMALLEST = 'title = "t"\nserved_start_minute = 1\ninfusion_minutes = 40\n'


def test_all_seven_are_there_and_can_be_read() -> None:
    assert scenario_names() == (
        "cable-pull", "cuff-failure", "garbage", "normal", "severe", "silence", "surge",
    )  # fmt: skip
    assert all(load_scenario(name).must or load_scenario(name).must_not for name in scenario_names())


def test_an_unknown_name_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UsersError, match="cable-pull, cuff-failure"):
        load_scenario("../surge")


def test_the_smallest_scenario_is_enough() -> None:
    assert parse_scenario("x", SMALLEST).surges == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "title = ",
        SMALLEST + '[[fault]]\nkind = "earthquake"\nbegins_minute = 1\nends_minute = 2\n',
        SMALLEST + '[[fault]]\nkind = "silent"\nbegins_minute = 1\n',
        SMALLEST + '[[fault]]\nkind = "silent"\nbegins_minute = 1\nends_minute = 2\nextra = 3\n',
        SMALLEST + "[[surge]]\nbegins_minute = 1\n",
        SMALLEST + '[[must]]\nlevel = "panic"\n',
        SMALLEST + '[[must]]\nlevle = "notify"\n',
        SMALLEST + "[leftover]\nsystolic_mmhg = 120\n",
        SMALLEST + "[patient.baseline]\nmood = [1, 2]\n",
    ],
)
def test_a_mistake_is_refused_with_the_scenarios_name(text: str) -> None:
    with pytest.raises(UsersError):
        parse_scenario("mine", text)


@pytest.mark.parametrize(
    ("expectation", "fits"),
    [
        (FlagExpectation(condition=None, level=None, state=None), True),
        (FlagExpectation(condition=None, level=Level.NOTIFY, state=None), True),
        (FlagExpectation(condition=Condition.PRESSURE_HIGH, level=None, state=FlagState.CONFIRMED), True),
        (FlagExpectation(condition=Condition.SPO2_LOW, level=None, state=None), False),
        (FlagExpectation(condition=None, level=Level.ACT_NOW, state=None), False),
        (FlagExpectation(condition=None, level=None, state=FlagState.RAISED), False),
    ],
)
def test_an_expectation_matches_what_it_names(expectation: FlagExpectation, *, fits: bool) -> None:
    found = expectation.matches(
        condition=Condition.PRESSURE_HIGH, level=Level.NOTIFY, state=FlagState.CONFIRMED
    )
    assert found is fits
