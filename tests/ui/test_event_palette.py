"""What a nurse can count on beside the sets: two keys an event, and everything with its own time."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from monitor import bodies
from monitor.terms import FlagAction, NotObtainedReason, Phase, Reason, Severity, Symptom
from monitor.view import Standing
from tests.ui.at_chair import AtChair, at_chair
from tests.ui.made import SEATED_AT, okafor, pressures, ward
from ui.routes import ToBoard, ToReview
from ui.session.question import Choice
from ui.theme import ThemeSwitch
from ui.widgets.shapes import Shape


@pytest.fixture
def seated(qtbot: QtBot, themes: ThemeSwitch) -> AtChair:
    return at_chair(qtbot, themes)


@pytest.fixture
def infusing(qtbot: QtBot, themes: ThemeSwitch) -> AtChair:
    made = ward(seat=(okafor(), okafor(chair=2, name="KAPOOR, Mina")))
    made.infusing()
    made.pass_s(60)
    return at_chair(qtbot, themes, made=made)


def baselines(chair: AtChair, *values: int) -> None:
    for _ in range(2):
        chair.ward.chart(*values)
        chair.ward.pass_s(70)


def start(chair: AtChair) -> None:
    """E 7, who it is, then drug, dose, weight, rate and plan."""
    chair.type("e7")
    chair.enter("RO")
    chair.enter("1979")
    chair.enter("ketamine")
    chair.enter("35")
    chair.enter()
    chair.enter("75")
    chair.enter()


@pytest.mark.parametrize(
    ("keys", "body"),
    [
        ("e42", bodies.EffectOpened(effect="nausea", severity=Severity.MODERATE)),
        ("e51", bodies.EffectOpened(effect="dissociation", severity=Severity.MILD)),
        ("e613", bodies.EffectOpened(effect="headache", severity=Severity.SEVERE)),
        ("e12", bodies.NotObtained(reason=NotObtainedReason.ASLEEP)),
        ("e21", bodies.ClinicianTold(who="Dr Lindqvist")),
        ("e/1", bodies.SymptomReported(symptom=Symptom.CHEST_PAIN, is_present=True)),
        ("e-1", bodies.InfusionStopped(reason="completed")),
        ("f1", bodies.InfusionStopped(reason="completed")),
    ],
)
def test_a_place_on_the_keypad_is_an_event(infusing: AtChair, keys: str, body: bodies.Body) -> None:
    infusing.type(keys)
    assert infusing.recorded(type(body)) == [body]
    assert infusing.focused() is infusing.page.bar.field


def test_an_effects_key_pressed_again_ends_it(infusing: AtChair) -> None:
    infusing.type("e41")
    infusing.type("e44")
    assert infusing.recorded(bodies.EffectClosed) == [bodies.EffectClosed(effect="nausea")]


def test_a_standing_symptom_chosen_again_ends(infusing: AtChair) -> None:
    infusing.type("e/2e/2")
    reported = infusing.recorded(bodies.SymptomReported)
    assert reported[-1] == bodies.SymptomReported(symptom=Symptom.BREATHLESSNESS, is_present=False)


def test_stop_and_pause_are_different_keys_and_resume_takes_the_starts_place(infusing: AtChair) -> None:
    infusing.type("e9")
    infusing.enter("bathroom")
    phases = [infusing.view.phase]
    infusing.type("e7")
    assert [*phases, infusing.view.phase] == [Phase.PAUSED, Phase.INFUSING]
    assert infusing.recorded(bodies.InfusionPaused) == [bodies.InfusionPaused(reason="bathroom")]


def test_a_rate_needs_a_number_above_zero(infusing: AtChair) -> None:
    infusing.type("e8")
    infusing.enter("0")
    assert infusing.recorded(bodies.RateChanged) == []
    infusing.press(Qt.Key.Key_Backspace)
    infusing.enter("60,5")
    assert infusing.recorded(bodies.RateChanged) == [bodies.RateChanged(rate_ml_per_h=Decimal("60.5"))]


def test_an_event_takes_the_time_typed_before_its_key(infusing: AtChair) -> None:
    infusing.type("e4@0955")
    infusing.type("1")
    assert infusing.view.effects[-1].from_ms == SEATED_AT.plus_s(60).utc_ms


def test_an_arrow_shifts_the_time_by_a_minute(infusing: AtChair) -> None:
    infusing.type("e4")
    infusing.press(Qt.Key.Key_Down)
    infusing.type("1")
    assert infusing.view.effects[-1].from_ms == SEATED_AT.plus_s(3 * 60).utc_ms


def test_a_note_takes_the_time_at_its_end(infusing: AtChair) -> None:
    infusing.type("n")
    infusing.enter("cuff moved @0956")
    noted = infusing.view.happened[-1]
    assert noted.body == bodies.Noted(text="cuff moved")
    assert noted.at_ms == SEATED_AT.plus_s(2 * 60).utc_ms


def test_a_drug_is_charted_with_dose_route_and_giver(infusing: AtChair) -> None:
    infusing.type("e3")
    for text in ("ondansetron", "4 mg", "IV"):
        infusing.enter(text)
    infusing.enter()
    infusing.enter("less sick")
    (given,) = infusing.recorded(bodies.DrugGiven)
    assert given == bodies.DrugGiven(
        name="ondansetron", dose_text="4 mg", route="IV", by="M. Duarte RN", response="less sick"
    )


def test_escape_closes_what_is_asked_and_records_nothing(infusing: AtChair) -> None:
    before = infusing.view.record_length
    infusing.type("e8")
    infusing.press(Qt.Key.Key_Escape)
    assert infusing.view.record_length == before
    assert not infusing.page.strip.isVisible()
    assert infusing.focused() is infusing.page.bar.field


def test_an_event_can_be_undone(infusing: AtChair) -> None:
    infusing.type("e42")
    infusing.undo()
    assert infusing.view.effects == ()


def test_a_flag_is_answered_in_two_keys(infusing: AtChair) -> None:
    infusing.ward.chart(184, 108)
    infusing.type("a1")
    assert infusing.recorded(bodies.FlagAnswered)[-1].action is FlagAction.RECHECKING  # type: ignore[union-attr]


@dataclass(frozen=True, kw_only=True)
class Named:
    """An answer that names another entry: its digit, what is asked then, what is typed, what is charted."""

    digit: str
    asks: str
    typed: str
    charted: type[bodies.Body]
    action: FlagAction


ANSWERS = [
    Named(
        digit="2",
        asks="Who was told?",
        typed="1",
        charted=bodies.ClinicianTold,
        action=FlagAction.CLINICIAN_TOLD,
    ),
    Named(
        digit="3",
        asks="Pump rate now",
        typed="60\r",
        charted=bodies.RateChanged,
        action=FlagAction.RATE_LOWERED,
    ),
    Named(
        digit="4",
        asks="Pause the infusion: why?",
        typed="\r",
        charted=bodies.InfusionPaused,
        action=FlagAction.PAUSED,
    ),
    Named(
        digit="5",
        asks="Drug",
        typed="labetalol\r10 mg\rIV\r\r\r",
        charted=bodies.DrugGiven,
        action=FlagAction.DRUG_GIVEN,
    ),
]


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer.action.value)
def test_an_answer_that_names_an_entry_is_recorded_with_it(infusing: AtChair, answer: Named) -> None:
    infusing.ward.chart(184, 108)
    infusing.type("a" + answer.digit)
    assert infusing.page.strip.title == answer.asks
    assert infusing.recorded(bodies.FlagAnswered) == []
    infusing.type(answer.typed)
    both = [*infusing.recorded(answer.charted), *infusing.recorded(bodies.FlagAnswered)]
    assert [entry.body for entry in infusing.record if entry.body in both] == both
    assert [each.action for each in infusing.view.answers] == [answer.action]
    assert not infusing.page.strip.is_open


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer.action.value)
def test_escape_behind_an_answer_records_neither_and_says_so(infusing: AtChair, answer: Named) -> None:
    infusing.ward.chart(184, 108)
    infusing.type("a" + answer.digit)
    infusing.press(Qt.Key.Key_Escape)
    assert [*infusing.recorded(answer.charted), *infusing.recorded(bodies.FlagAnswered)] == []
    assert infusing.title == "Nothing charted: the flag is not answered."
    assert infusing.page.bar.content.shape is Shape.CROSS


def test_a_pump_that_stands_already_is_answered_in_two_keys(infusing: AtChair) -> None:
    infusing.ward.chart(184, 108)
    infusing.type("e9")
    infusing.enter()
    infusing.type("a4")
    assert len(infusing.recorded(bodies.InfusionPaused)) == 1
    assert infusing.recorded(bodies.FlagAnswered)[-1].action is FlagAction.PAUSED  # type: ignore[union-attr]


def test_undo_takes_back_an_answer_with_the_entry_behind_it(infusing: AtChair) -> None:
    infusing.ward.chart(184, 108)
    infusing.type("a4")
    infusing.enter("too high")
    assert "Infusion paused; flag answered: Paused" in infusing.title
    infusing.undo()
    assert infusing.view.phase is Phase.INFUSING
    assert infusing.view.answers == ()


def test_answers_about_the_pump_are_not_given_where_nothing_runs(seated: AtChair) -> None:
    seated.ward.chart(204, 124)
    seated.type("a4")
    assert seated.title == "Paused is not possible now: Baseline"
    assert seated.page.strip.title == "What was done?"
    seated.type("1")
    assert len(seated.recorded(bodies.FlagAnswered)) == 1


def test_the_answer_takes_the_time_typed_for_the_entry_behind_it(infusing: AtChair) -> None:
    infusing.ward.chart(184, 108)
    infusing.ward.pass_s(180)
    infusing.type("a4")
    infusing.enter("high @0959")
    at_ms = SEATED_AT.plus_s(5 * 60).utc_ms
    assert [each.at_ms for each in infusing.view.happened[-2:]] == [at_ms, at_ms]


def test_without_a_flag_there_is_nothing_to_answer(infusing: AtChair) -> None:
    infusing.type("a")
    assert not infusing.page.strip.is_open
    assert infusing.title == "No flag is open in this chair."


def test_a_start_asks_who_it_is_once_and_what_runs(seated: AtChair) -> None:
    baselines(seated, 124, 78, 70, 98)
    start(seated)
    assert seated.view.phase is Phase.INFUSING
    (begun,) = seated.recorded(bodies.InfusionStarted)
    assert begun == bodies.InfusionStarted(
        drug="ketamine",
        dose_mg=Decimal(35),
        weight_kg=Decimal(70),
        rate_ml_per_h=Decimal(75),
        planned_minutes=40,
    )


@pytest.mark.parametrize(("initials", "year"), [("RK", "1979"), ("RO", "1978"), ("OR", "1979")])
def test_another_persons_initials_or_year_start_nothing(seated: AtChair, initials: str, year: str) -> None:
    baselines(seated, 124, 78, 70, 98)
    seated.type("e7")
    seated.enter(initials)
    seated.enter(year)
    assert not seated.page.strip.is_open
    assert seated.view.infusion is None
    assert seated.title == "That is not who was seated here. Check the chair."
    assert seated.page.bar.content.shape is Shape.CROSS


def test_nothing_is_prefilled_but_the_seatings_weight_and_plan(seated: AtChair) -> None:
    baselines(seated, 124, 78, 70, 98)
    seated.type("e7")
    seated.enter("ro")
    seated.enter("1979")
    assert [field.text for field in seated.page.strip.fields] == ["", "", "70", "", "40"]


def test_a_start_without_baseline_says_what_is_missing_and_takes_name_and_reason(seated: AtChair) -> None:
    start(seated)
    assert seated.view.infusion is None
    assert seated.page.strip.title == "Hold: repeat in 10 min, or start by name and reason"
    assert "baseline sets still to chart: 2" in seated.page.strip.detail
    seated.enter("Dr Lindqvist")
    seated.enter("urgent")
    (begun,) = seated.recorded(bodies.InfusionStarted)
    override = begun.override  # type: ignore[union-attr]
    assert override == bodies.Override(by="Dr Lindqvist", reason="urgent", is_clinician=True)


def test_a_raised_baseline_records_who_is_aware(seated: AtChair) -> None:
    baselines(seated, 146, 84, 70, 98)
    start(seated)
    assert seated.page.strip.title == "Raised baseline: which clinician is aware?"
    seated.enter("Dr Lindqvist")
    assert seated.recorded(bodies.InfusionStarted)[-1].aware == "Dr Lindqvist"  # type: ignore[union-attr]


def test_a_very_high_baseline_starts_only_by_a_clinician(seated: AtChair) -> None:
    baselines(seated, 184, 104, 70, 98)
    start(seated)
    seated.enter("M. Duarte RN")
    assert seated.view.infusion is None
    assert seated.page.strip.fields[0].hint_label.text() == "Name a clinician: Dr Lindqvist"


def test_a_slip_is_retyped_and_both_values_stay(infusing: AtChair) -> None:
    infusing.ward.chart(139, 86)
    infusing.type("ta1")
    infusing.enter("129/86")
    reading = infusing.view.charted[-1]
    assert reading.vitals == pressures(129, 86)
    assert reading.original == pressures(139, 86)
    assert [column.cells[2] for column in infusing.page.table.columns if column.is_struck] == ["139/86"]


def test_an_artefact_is_withdrawn(infusing: AtChair) -> None:
    infusing.ward.chart(139, 86)
    infusing.type("ta2")
    assert infusing.view.readings[-1].standing is Standing.WITHDRAWN
    amended = infusing.recorded(bodies.Amended)[-1]
    assert amended.reason is Reason.ARTEFACT  # type: ignore[union-attr]


def test_a_set_of_somebody_who_has_left_is_taken_away_as_the_wrong_patients(infusing: AtChair) -> None:
    infusing.ward.chart(150, 90)
    infusing.press(Qt.Key.Key_T)
    infusing.type("a30")
    amended = infusing.recorded(bodies.Amended)[-1]
    assert isinstance(amended, bodies.Amended)
    assert (amended.vitals, amended.reason) == (None, Reason.WRONG_PATIENT)


def test_a_wrong_patients_set_is_moved_to_the_chair_chosen(infusing: AtChair) -> None:
    infusing.ward.chart(139, 86)
    infusing.type("ta3")
    assert infusing.page.strip.title == "Whose set is it?"
    infusing.type("2")
    assert infusing.view.readings[-1].standing is Standing.MOVED
    other = infusing.ward.clinic.session(2)
    assert other is not None
    assert other.view.charted[-1].vitals == pressures(139, 86)


def test_cancelling_needs_a_reason_and_is_only_before_the_start(seated: AtChair) -> None:
    seated.type("o3")
    seated.enter()
    assert seated.page.strip.is_open
    asked: list[object] = []
    told: list[str] = []
    seated.page.asked.connect(asked.append)
    seated.page.told.connect(told.append)
    seated.enter("blood pressure too high today")
    assert seated.ward.clinic.session(1) is None
    assert (asked, told) == ([ToBoard()], ["Cancelled, nothing infused. Chair 1 is empty."])


def refused_keys(chair: AtChair) -> set[str]:
    step = chair.page.strip.step
    assert isinstance(step, Choice)
    return {option.key for option in step.options if option.why_not}


def test_keys_of_another_phase_stay_in_place_and_say_why_not(infusing: AtChair) -> None:
    before = infusing.view.record_length
    infusing.type("e7")
    assert refused_keys(infusing) == {"7"}
    assert infusing.title == "Start is not possible now: Infusing"
    infusing.press(Qt.Key.Key_Escape)
    infusing.type("e-1")
    infusing.type("e")
    assert refused_keys(infusing) == {"7", "8", "9", "-"}
    assert infusing.view.record_length == before + 2  # the stop and its phase


def test_after_discharge_only_the_signature_is_left(infusing: AtChair) -> None:
    infusing.type("o")
    assert refused_keys(infusing) == {"1", "2", "3"}
    infusing.press(Qt.Key.Key_Escape)
    infusing.type("e-1")
    infusing.type("o11")
    infusing.type("o")
    assert refused_keys(infusing) == {"1", "3"}
    infusing.type("3")
    assert infusing.title == "Not infused is not possible now: Discharged"


def test_every_question_says_that_escape_closes_it_and_a_click_does_too(infusing: AtChair) -> None:
    for keys in ("e", "8"):
        infusing.type(keys)
        button = infusing.page.strip.close_button
        assert (button.isVisible(), button.accessibleName()) == (True, "Close (Esc)")
    QTest.mouseClick(infusing.page.strip.close_button, Qt.MouseButton.LeftButton)
    assert not infusing.page.strip.is_open
    assert infusing.focused() is infusing.page.bar.field


def test_tab_stays_among_the_fields_and_escape_gives_the_entry_field_back(seated: AtChair) -> None:
    baselines(seated, 124, 78, 70, 98)
    seated.type("e7")
    seated.enter("RO")
    seated.enter("1979")
    walked = []
    for _ in range(6):
        walked.append(seated.focused().accessibleName())
        seated.press(Qt.Key.Key_Tab)
    assert walked == ["Drug", "Dose, mg", "Weight, kg", "Pump rate, mL/h", "Planned, min", "Drug"]
    seated.press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert seated.focused().accessibleName() == "Drug"
    seated.press(Qt.Key.Key_Escape)
    assert seated.focused() is seated.page.bar.field


def test_tab_leaves_no_choice_behind(infusing: AtChair) -> None:
    infusing.type("e")
    infusing.press(Qt.Key.Key_Tab)
    infusing.type("41")
    assert infusing.recorded(bodies.EffectOpened) != []


def test_discharge_and_signature_lead_to_the_review(infusing: AtChair, qtbot: QtBot) -> None:
    session = infusing.view.session
    infusing.type("e-1")
    infusing.type("o11")
    assert infusing.view.phase is Phase.DISCHARGED
    infusing.type("o2")
    with qtbot.waitSignal(infusing.page.asked) as asked:
        infusing.type("1")
    assert asked.args == [ToReview(session)]
    assert infusing.ward.clinic.session(1) is None


def test_a_key_that_means_nothing_says_so(infusing: AtChair) -> None:
    infusing.type("x")
    assert infusing.title == "X does nothing here. F1 lists the keys."
