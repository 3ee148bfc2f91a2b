"""A seed is a patient: the same on every machine, and it follows the pump."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.simulator.figures import load_figures
from devices.simulator.patient import InfusionCourse, Patient
from devices.simulator.scenario import load_scenario
from monitor.errors import UsersError

MINUTE_MS = 60_000
START_MS = 1_767_603_600_000


def course_of(*changes: tuple[float, bool]) -> InfusionCourse:
    course = InfusionCourse(load_figures({}))
    for minute, is_running in changes:
        course.change(START_MS + round(minute * MINUTE_MS), is_running=is_running)
    return course


def level(course: InfusionCourse, minute: float) -> float:
    return course.level_at(START_MS + round(minute * MINUTE_MS))


@pytest.mark.parametrize(
    ("minute", "expected"),
    [
        (-1, 0.0), (0, 0.0), (5, 0.27), (10, 0.48), (20, 0.75), (30, 0.91), (40, 1.00),
        (50, 0.70), (60, 0.49), (70, 0.34), (85, 0.20), (100, 0.12), (120, 0.06),
    ],
)  # fmt: skip
def test_forty_minutes_of_drug_rise_and_fall_as_proposed(minute: float, expected: float) -> None:
    assert level(course_of((0, True), (40, False)), minute) == pytest.approx(expected, abs=0.0051)


def test_a_pause_lets_the_effect_fall_and_a_resume_lets_it_rise() -> None:
    course = course_of((0, True), (20, False), (30, True))
    assert level(course, 30) < level(course, 20)
    assert level(course, 35) > level(course, 30)
    assert level(course, 40) < level(course_of((0, True)), 40)


def surging(*changes: tuple[float, bool]) -> Patient:
    scenario = load_scenario("surge")
    patient = Patient(figures=scenario.figures, surges=scenario.surges, seed=7)
    for minute, is_running in changes:
        patient.course.change(START_MS + round(minute * MINUTE_MS), is_running=is_running)
    return patient


def systolic(patient: Patient, minute: float) -> int:
    return patient.pressures_at(START_MS + round(minute * MINUTE_MS), index=1).systolic_mmhg


def test_a_surge_falls_as_soon_as_the_pump_stands_still() -> None:
    runs_on, paused = surging((0, True)), surging((0, True), (18, False))
    assert systolic(runs_on, 17) == systolic(paused, 17)
    assert systolic(runs_on, 24) - systolic(paused, 24) > 20
    assert systolic(paused, 60) < systolic(paused, 18) - 30


def test_no_surge_comes_of_a_pump_that_stands_still() -> None:
    assert systolic(surging((0, True), (10, False)), 20) < 150
    assert systolic(surging(), 20) < 150


@given(st.integers(0, 2**31))
def test_the_same_seed_gives_the_same_numbers_in_any_order(seed: int) -> None:
    figures = load_figures({})
    one, other = (Patient(figures=figures, surges=(), seed=seed) for _ in range(2))
    moments = [START_MS + minute * MINUTE_MS for minute in range(5)]
    forwards = [one.pressures_at(at, index=i) for i, at in enumerate(moments)]
    backwards = [other.pressures_at(at, index=i) for i, at in reversed(list(enumerate(moments)))]
    assert forwards == backwards[::-1]
    assert [one.pulse_at(at) for at in moments] == [other.pulse_at(at) for at in moments]


def test_seed_7_is_this_patient_on_every_machine() -> None:
    patient = Patient(figures=load_figures({}), surges=(), seed=7)
    found = patient.pressures_at(START_MS, index=1)
    numbers = (found.systolic_mmhg, found.diastolic_mmhg, found.mean_mmhg)
    assert (*numbers, patient.pulse_at(START_MS), patient.spo2_at(START_MS)) == EXPECTED_OF_SEED_7


EXPECTED_OF_SEED_7 = (120, 76, 91, 63, 97)


@pytest.mark.parametrize(
    "overrides",
    [
        {"baseline": {"mood": [1, 2]}},
        {"weather": {"wind": 1}},
        {"baseline": {"systolic_mmhg": 120}},
        {"noise": {"systolic_mmhg": "much"}},
    ],
)
def test_a_figure_that_does_not_exist_is_refused(overrides: dict[str, dict[str, object]]) -> None:
    with pytest.raises(UsersError):
        load_figures(overrides)
