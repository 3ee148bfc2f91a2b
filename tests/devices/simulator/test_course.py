"""The effect follows the pump: up while it runs, down while it stands still, slower when it is slowed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.simulator.course import InfusionCourse
from devices.simulator.figures import load_figures

MINUTE_MS = 60_000
START_MS = 1_767_603_600_000
FIGURES = load_figures({}).course


def at(minute: float) -> int:
    return START_MS + round(minute * MINUTE_MS)


def course_of(*changes: tuple[float, bool], strength: float = 1.0) -> InfusionCourse:
    course = InfusionCourse(FIGURES, strength=strength)
    for minute, is_running in changes:
        course.change(at(minute), is_running=is_running)
    return course


def level(course: InfusionCourse, minute: float) -> float:
    return course.level_at(at(minute))


@pytest.mark.parametrize(
    ("minute", "expected"),
    [
        (-1, 0.0), (0, 0.0), (5, 0.27), (10, 0.48), (20, 0.75), (30, 0.91), (40, 1.00),
        (50, 0.70), (60, 0.49), (70, 0.34), (85, 0.20), (100, 0.12), (120, 0.06),
    ],
)  # fmt: skip
def test_forty_minutes_of_drug_rise_and_fall_as_fitted(minute: float, expected: float) -> None:
    assert level(course_of((0, True), (40, False)), minute) == pytest.approx(expected, abs=0.0051)


def test_a_pause_lets_the_effect_fall_and_a_resume_lets_it_rise() -> None:
    course = course_of((0, True), (20, False), (30, True))
    assert level(course, 30) < level(course, 20)
    assert level(course, 35) > level(course, 30)
    assert level(course, 40) < level(course_of((0, True)), 40)


def test_half_the_rate_from_the_start_is_half_the_effect() -> None:
    course = InfusionCourse(FIGURES)
    course.change_rate(at(0), percent=50)
    course.change(at(0), is_running=True)
    assert level(course, 25) == pytest.approx(level(course_of((0, True)), 25) / 2)


def test_slowing_a_pump_late_lets_the_effect_fall_to_what_the_slower_rate_keeps_up() -> None:
    course = course_of((0, True))
    course.change_rate(at(40), percent=25)
    kept_up = level(course, 400)
    assert level(course, 40) > level(course, 45) > level(course, 60) > kept_up
    assert kept_up == pytest.approx(level(course_of((0, True)), 400) / 4, rel=0.001)


def test_a_rate_set_during_a_pause_counts_when_the_pump_resumes() -> None:
    paused = course_of((0, True), (10, False))
    paused.change_rate(at(12), percent=50)
    unchanged = course_of((0, True), (10, False))
    assert level(paused, 20) == level(unchanged, 20)
    paused.change(at(20), is_running=True)
    unchanged.change(at(20), is_running=True)
    assert level(paused, 30) < level(unchanged, 30)


def test_a_rate_set_before_the_start_starts_nothing() -> None:
    course = InfusionCourse(FIGURES)
    course.change_rate(at(0), percent=50)
    assert course.started_at_ms is None
    assert level(course, 30) == 0.0


def test_twice_the_dose_in_the_same_time_is_twice_the_effect() -> None:
    assert level(course_of((0, True), strength=2.0), 40) == pytest.approx(2.0)


@pytest.mark.parametrize(
    ("percent", "asked_minute", "slowed_minute"),
    [
        (59, 5, 10),  # less than 60 percent: too slow for a surge, from then on
        (60, 5, None),
        (59, 15, 15),  # already too slow
        (59, 10, 10),
    ],
)
def test_a_surge_ends_where_the_pump_runs_at_less_than_sixty_percent(
    percent: int, asked_minute: int, slowed_minute: int | None
) -> None:
    course = course_of((0, True))
    course.change_rate(at(10), percent=percent)
    expected = None if slowed_minute is None else at(slowed_minute)
    assert course.slowed_after_ms(at(asked_minute)) == expected


def test_before_the_start_every_moment_is_too_slow() -> None:
    assert course_of((10, True)).slowed_after_ms(at(5)) == at(5)


@given(st.lists(st.tuples(st.integers(0, 600), st.integers(0, 100)), max_size=8), st.integers(0, 900))
def test_whatever_is_done_at_the_pump_the_effect_stays_between_none_and_a_run_without_end(
    acts: list[tuple[int, int]], minute: int
) -> None:
    course = course_of((0, True))
    for moment, percent in sorted(acts):
        course.change_rate(at(moment), percent=max(1, percent))
        course.change(at(moment), is_running=percent > 0)
    assert 0.0 <= level(course, minute) <= level(course_of((0, True)), 100_000)
