"""A seed is a patient: the same on every machine, and it follows the pump."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.simulator.figures import Figures, load_figures
from devices.simulator.happenings import Event, EventKind
from devices.simulator.patient import Patient
from devices.simulator.person import Person, Sex
from devices.simulator.scenario import load_scenario

MINUTE_MS = 60_000
START_MS = 1_767_603_600_000
EVEN: dict[str, dict[str, object]] = {
    "baseline": {
        "systolic_mmhg": [120, 0], "diastolic_mmhg": [75, 0], "rate_bpm": [70, 0],
        "spo2_percent": [98, 0], "respiratory_rate_bpm": [14, 0],
    },
    "rise": {
        "systolic_mmhg": [20, 0], "diastolic_mmhg": [10, 0], "rate_bpm": [5, 0],
        "respiratory_rate_bpm": [0, 0],
    },
    "noise": {
        "systolic_mmhg": 0, "diastolic_mmhg": 0, "rate_bpm": 0, "spo2_percent": 0, "respiratory_rate_bpm": 0,
    },
}  # fmt: skip
PLAIN = Person(age_years=45, sex=Sex.MALE, has_hypertension=False, takes_beta_blocker=False)


def at(minute: float) -> int:
    return START_MS + round(minute * MINUTE_MS)


def even_patient(person: Person = PLAIN, *events: Event, runs: bool = True) -> Patient:
    """Somebody without chance: every number is the figures' own."""
    figures: Figures = load_figures(EVEN)
    scenario = replace(load_scenario("normal"), person=person, figures=figures, events=events)
    patient = Patient(figures=figures, seed=7, scenario=scenario)
    if runs:
        patient.course.change(START_MS, is_running=True)
    return patient


def numbers(patient: Patient, minute: float) -> tuple[int | None, ...]:
    found = patient.pressures_at(at(minute), index=1)
    rest = (
        patient.pulse_at(at(minute)),
        patient.spo2_at(at(minute)),
        patient.respiratory_rate_at(at(minute)),
    )
    return (found.systolic_mmhg, found.diastolic_mmhg, *rest)


def test_without_chance_a_patient_is_the_figures() -> None:
    assert numbers(even_patient(runs=False), 40) == (120, 75, 70, 98, 14)
    assert numbers(even_patient(), 40) == (140, 85, 75, 98, 14)


def test_the_mean_pressure_is_the_monitors_own() -> None:
    assert even_patient(runs=False).pressures_at(at(0), index=1).mean_mmhg == 75 + 45 * 35 // 100


@pytest.mark.parametrize(
    ("person", "before", "at_forty"),
    [
        (replace(PLAIN, age_years=65), (124, 75, 70), (150, 85, 75)),
        (replace(PLAIN, sex=Sex.FEMALE), (117, 75, 73), (137, 85, 78)),
        (replace(PLAIN, has_hypertension=True), (126, 78, 70), (150, 90, 73)),
        (replace(PLAIN, takes_beta_blocker=True), (120, 75, 62), (138, 84, 66)),
        (replace(PLAIN, has_hypertension=True, takes_beta_blocker=True), (126, 78, 62), (148, 89, 65)),
    ],
)
def test_who_somebody_is_sets_their_numbers_apart(
    person: Person, before: tuple[int, ...], at_forty: tuple[int, ...]
) -> None:
    assert numbers(even_patient(person, runs=False), 40)[:3] == before
    assert numbers(even_patient(person), 40)[:3] == at_forty


def event(kind: EventKind) -> Event:
    return Event(kind=kind, minute=10, lasts_minutes=5)


def test_a_probe_that_is_off_measures_nothing_and_the_heart_goes_on() -> None:
    patient = even_patient(PLAIN, event(EventKind.PROBE_OFF))
    assert numbers(patient, 9)[2:4] == (72, 98)
    assert numbers(patient, 12)[2:4] == (None, None)
    assert patient.heart_rate_at(at(12)) == 73
    assert numbers(patient, 15)[2:4] == (73, 98)


def test_a_cuff_that_is_off_is_off_for_its_minutes() -> None:
    patient = even_patient(PLAIN, event(EventKind.CUFF_OFF))
    assert [patient.has_cuff(at(minute)) for minute in (9, 10, 14.9, 15)] == [True, False, False, True]


def test_a_desaturation_is_the_patients_own_and_never_below_what_can_be_told() -> None:
    figures = EVEN | {"desaturation": {"spo2_percent": -200}}
    assert numbers(even_patient(PLAIN, event(EventKind.DESATURATION)), 12)[3] == 98 - 12
    scenario = replace(
        load_scenario("normal"), figures=load_figures(figures), events=(event(EventKind.DESATURATION),)
    )
    patient = Patient(figures=scenario.figures, seed=7, scenario=scenario)
    patient.course.change(START_MS, is_running=True)
    assert patient.spo2_at(at(12)) == 1


def test_a_faint_takes_pressure_and_rate_down_together() -> None:
    fainting = numbers(even_patient(PLAIN, event(EventKind.SYNCOPE)), 12)
    well = numbers(even_patient(), 12)
    assert (well[0] or 0) - (fainting[0] or 0) == 52
    assert (well[2] or 0) - (fainting[2] or 0) == 36


def test_breath_and_saturation_stay_possible_whatever_the_noise() -> None:
    figures = load_figures({"noise": {"spo2_percent": 40, "respiratory_rate_bpm": 40}})
    patient = Patient(figures=figures, seed=1)
    moments = [at(minute) for minute in range(200)]
    assert {100} <= {patient.spo2_at(moment) for moment in moments} <= {*range(1, 101)}
    assert min(patient.respiratory_rate_at(moment) for moment in moments) == 0


def surging(*changes: tuple[float, bool]) -> Patient:
    scenario = load_scenario("surge")
    patient = Patient(figures=scenario.figures, seed=7, scenario=scenario)
    for minute, is_running in changes:
        patient.course.change(at(minute), is_running=is_running)
    return patient


def systolic(patient: Patient, minute: float) -> int:
    return patient.pressures_at(at(minute), index=1).systolic_mmhg


def test_a_surge_falls_as_soon_as_the_pump_stands_still() -> None:
    runs_on, paused = surging((0, True)), surging((0, True), (18, False))
    assert systolic(runs_on, 17) == systolic(paused, 17)
    assert systolic(runs_on, 24) - systolic(paused, 24) > 20
    assert systolic(paused, 60) < systolic(paused, 18) - 30


def test_a_surge_falls_when_the_pump_is_slowed_and_less_than_when_it_stops() -> None:
    runs_on, stopped, slowed = surging((0, True)), surging((0, True), (18, False)), surging((0, True))
    slowed.course.change_rate(at(18), percent=50)
    assert systolic(stopped, 23) <= systolic(slowed, 23) < systolic(runs_on, 23) - 15


def test_a_stronger_infusion_raises_more() -> None:
    scenario = replace(load_scenario("normal"), figures=load_figures(EVEN), strength=2.0)
    patient = Patient(figures=scenario.figures, seed=7, scenario=scenario)
    patient.course.change(START_MS, is_running=True)
    assert systolic(patient, 40) == 160


@given(st.integers(0, 2**31))
def test_the_same_seed_gives_the_same_numbers_in_any_order(seed: int) -> None:
    figures = load_figures({})
    one, other = (Patient(figures=figures, seed=seed) for _ in range(2))
    moments = [START_MS + minute * MINUTE_MS for minute in range(5)]
    forwards = [one.pressures_at(moment, index=i) for i, moment in enumerate(moments)]
    backwards = [other.pressures_at(moment, index=i) for i, moment in reversed(list(enumerate(moments)))]
    assert forwards == backwards[::-1]
    assert [one.pulse_at(moment) for moment in moments] == [other.pulse_at(moment) for moment in moments]


def test_seed_7_is_this_patient_on_every_machine() -> None:
    patient = Patient(figures=load_figures({}), seed=7)
    assert patient.person == PERSON_OF_SEED_7
    assert numbers(patient, 0) == EXPECTED_OF_SEED_7


PERSON_OF_SEED_7 = Person(age_years=42, sex=Sex.MALE, has_hypertension=False, takes_beta_blocker=False)
EXPECTED_OF_SEED_7 = (119, 74, 63, 97, 18)
