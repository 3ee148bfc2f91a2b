"""Scenarios are data; a mistake in one is said, not guessed around."""

from importlib import resources
from pathlib import Path

import pytest

from devices.profiles import profile_named
from devices.simulator.happenings import Event, EventKind
from devices.simulator.person import Person, Sex
from devices.simulator.scenario import (
    Fault,
    FaultKind,
    FlagExpectation,
    load_scenario,
    parse_scenario,
    scenario_names,
)
from monitor.errors import UsersError
from monitor.flags import FlagState
from monitor.policy import Condition, Level
from monitor.pump_act import PumpAct, PumpMove

SMALLEST = 'title = "t"\nserved_start_minute = 1\ninfusion_minutes = 40\n'


def test_each_shipped_scenario_can_be_read_and_says_which_flags_come_of_it() -> None:
    assert len(scenario_names()) >= 12
    known = {"cable-pull", "cuff-failure", "garbage", "normal", "severe", "silence", "surge"}
    assert known <= set(scenario_names())
    for name in scenario_names():
        scenario = load_scenario(name)
        assert scenario.must or scenario.must_not
        assert scenario.person is not None
        assert profile_named(scenario.monitor)


def test_between_them_they_show_all_that_can_happen() -> None:
    shipped = [load_scenario(name) for name in scenario_names()]
    assert {fault.kind for each in shipped for fault in each.faults} == set(FaultKind)
    assert {event.kind for each in shipped for event in each.events} == set(EventKind)
    assert {act.move for each in shipped for act in each.pump} == set(PumpMove)


def test_an_unknown_name_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UsersError, match=r"artefact, cable-pull, chopped.* ends in \.toml"):
        load_scenario("../surge")


def test_a_file_of_ones_own_is_named_by_its_path(tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text(SMALLEST, encoding="utf-8-sig")  # as an editor on Windows may save it
    scenario = load_scenario(str(mine))
    assert (scenario.name, scenario.title) == ("mine", "t")


def test_a_copy_of_a_shipped_scenario_is_the_same_scenario(tmp_path: Path) -> None:
    shipped = resources.files("devices.simulator").joinpath("scenarios", "surge.toml")
    copy = tmp_path / "surge.toml"
    copy.write_bytes(shipped.read_bytes())
    assert load_scenario(str(copy)) == load_scenario("surge")


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("surge.toml", None, "There is no file .* is named without .toml."),
        ("latin.toml", "title = 'é'".encode("latin-1"), "is no text in UTF-8. Save it as UTF-8"),
        ("folder.toml", "folder", "cannot be read: "),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_what_to_do(
    tmp_path: Path, name: str, content: bytes | str | None, sentence: str
) -> None:
    path = tmp_path / name
    if isinstance(content, bytes):
        path.write_bytes(content)
    elif content == "folder":
        path.mkdir()
    with pytest.raises(UsersError, match=sentence):
        load_scenario(str(path))


def test_what_is_done_at_the_pump_may_stand_in_any_order() -> None:
    rate = '[[event]]\nwhat = "rate"\nminute = 20\npercent = 50\n'
    pause = '[[event]]\nwhat = "pause"\nminute = 5\nlasts_minutes = 4\n'
    assert parse_scenario("x", SMALLEST + rate + pause) == parse_scenario("x", SMALLEST + pause + rate)


def test_a_figure_alone_may_be_changed_without_naming_a_person() -> None:
    scenario = parse_scenario("x", SMALLEST + "[patient.hypertension]\nrise_percent = 80\n")
    assert scenario.person is None
    assert scenario.figures.hypertension.rise_percent == 80
    assert scenario.figures.hypertension.rise_systolic_mmhg == 4


def test_the_smallest_scenario_is_enough() -> None:
    scenario = parse_scenario("x", SMALLEST)
    assert (scenario.surges, scenario.events, scenario.pump, scenario.faults) == ((), (), (), ())
    assert (scenario.monitor, scenario.person, scenario.strength) == ("dinamap", None, 1.0)


SURGE = (
    "[[surge]]\nbegins_minute = 1\nrises_minutes = 3\nholds_minutes = 0\nfalls_minutes = 3\n"
    "systolic_mmhg = 1\ndiastolic_mmhg = 1\nrate_bpm = 1\n"
)
PATIENT = '[patient]\nage_years = 71\nsex = "female"\nhypertension = true\nbeta_blocker = false\n'


def test_a_surge_needs_no_plateau() -> None:
    assert parse_scenario("x", SMALLEST + SURGE).surges[0].holds_minutes == 0


def test_a_patient_can_be_named() -> None:
    scenario = parse_scenario("x", SMALLEST + PATIENT + "[patient.rise]\nsystolic_mmhg = [30, 0]\n")
    expected = Person(age_years=71, sex=Sex.FEMALE, has_hypertension=True, takes_beta_blocker=False)
    assert scenario.person == expected
    assert scenario.figures.rise.systolic_mmhg.mean == 30


def test_a_timeline_holds_what_happens_to_the_patient_and_what_the_nurse_does_at_the_pump() -> None:
    scenario = parse_scenario(
        "x",
        SMALLEST
        + '[[event]]\nwhat = "cough"\nminute = 3\nlasts_minutes = 1\n'
        + '[[event]]\nwhat = "pause"\nminute = 5\nlasts_minutes = 4\n'
        + '[[event]]\nwhat = "rate"\nminute = 20\npercent = 50\n',
    )
    assert scenario.events == (Event(kind=EventKind.COUGH, minute=3, lasts_minutes=1),)
    assert scenario.pump == (
        PumpAct(move=PumpMove.PAUSE, minute=5, lasts_minutes=4),
        PumpAct(move=PumpMove.RATE, minute=20, percent=50),
    )


@pytest.mark.parametrize(
    ("timeline", "percents"),
    [
        ((), ((0, 100), (40, 0))),
        (('what = "pause"\nminute = 15\nlasts_minutes = 10',), ((0, 100), (15, 0), (25, 100), (50, 0))),
        (('what = "rate"\nminute = 20\npercent = 50',), ((0, 100), (20, 50), (60, 0))),
        (('what = "stop"\nminute = 25',), ((0, 100), (25, 0))),
        (
            ('what = "rate"\nminute = 10\npercent = 50', 'what = "pause"\nminute = 20\nlasts_minutes = 5'),
            ((0, 100), (10, 50), (20, 0), (25, 50), (75, 0)),
        ),
    ],
)
def test_a_pump_that_nobody_touches_ends_when_the_planned_volume_is_in(
    timeline: tuple[str, ...], percents: tuple[tuple[int, int], ...]
) -> None:
    text = SMALLEST + "".join(f"[[event]]\n{item}\n" for item in timeline)
    assert parse_scenario("x", text).pump_percents() == percents


@pytest.mark.parametrize(
    ("dose_ug_per_kg", "minutes", "strength"),
    [(500, 40, 1.0), (1000, 40, 2.0), (1000, 80, 1.0), (500, 80, 0.5)],
)
def test_a_dose_is_as_strong_as_its_rate(dose_ug_per_kg: int, minutes: int, strength: float) -> None:
    text = SMALLEST.replace("= 40", f"= {minutes}") + f"dose_ug_per_kg = {dose_ug_per_kg}\n"
    assert parse_scenario("x", text).strength == strength


def test_a_fault_strikes_every_message_unless_it_says_otherwise() -> None:
    text = SMALLEST + '[[fault]]\nkind = "noise"\nbegins_minute = 1\nends_minute = 2\n'
    (always,) = parse_scenario("x", text).faults
    assert always == Fault(kind=FaultKind.NOISE, begins_minute=1, ends_minute=2, one_in=1, by_s=0)
    assert parse_scenario("x", text + "one_in = 5\n").faults[0].one_in == 5


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
