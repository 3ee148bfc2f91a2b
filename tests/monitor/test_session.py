"""What a nurse's acts and the passing of time write into a session's record."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor import bodies
from monitor.command import Advance, Command, command_of
from monitor.entries import Author, Role
from monitor.errors import DamagedRecord
from monitor.flags import FlagState
from monitor.fold import fold
from monitor.outcome import Question, Recorded
from monitor.plausibility import Check
from monitor.policy import Condition, Level
from monitor.record import appended, check_chain
from monitor.session import SYSTEM, replayed, standing_sequences
from monitor.terms import FlagAction, NotObtainedReason, Phase, Reason, RejectReason, Symptom
from monitor.view import Standing
from monitor.vitals import Quality, Vitals
from tests.made_session import DEVICE, NURSE, MadeSession, baseline, instant, seated, surge


def states(made: MadeSession, condition: Condition) -> list[FlagState]:
    return [each.change.state for each in made.view.flags if each.change.condition is condition]


def typed(systolic: int, diastolic: int) -> bodies.SetCharted:
    return bodies.SetCharted(vitals=Vitals(systolic_mmhg=systolic, diastolic_mmhg=diastolic))


def test_phases_are_written_down_as_they_follow_from_what_happened() -> None:
    phases = [each.body.phase for each in surge().view.happened if isinstance(each.body, bodies.PhaseBegun)]
    assert phases == [
        Phase.SEATED,
        Phase.BASELINE,
        Phase.INFUSING,
        Phase.PAUSED,
        Phase.INFUSING,
        Phase.RECOVERY,
        Phase.DISCHARGED,
        Phase.SIGNED,
    ]


def test_a_set_over_a_limit_carries_its_flag_in_the_same_step() -> None:
    made = baseline()
    made.start()
    made.set(5, 138, 86)
    entries = made.do(12, replace(typed(184, 108), confirmed=("changed_systolic",)))
    assert [entry.kind for entry in entries] == ["set_charted", "flag", "flag"]
    assert states(made, Condition.PRESSURE_HIGH) == [FlagState.UNCONFIRMED]


def test_an_unlikely_set_is_asked_about_and_kept_by_the_same_command_confirmed() -> None:
    made = baseline()
    body = typed(184, 100)
    command = Command(body=body, author=NURSE, at=instant(1))
    asked = made.session.handle(command)
    assert isinstance(asked, Question)
    checks = tuple(each.check.value for each in asked.asked)
    assert Check.CHANGED_SYSTOLIC.value in checks
    kept = made.session.handle(replace(command, body=replace(body, confirmed=checks)))
    assert isinstance(kept, Recorded)
    assert kept.entries[0].body == replace(body, confirmed=checks)


def test_an_act_now_value_is_stored_and_flagged_first_and_asked_about_afterwards() -> None:
    made = baseline()
    made.start()
    outcome = made.session.handle(Command(body=typed(220, 130), author=NURSE, at=instant(5)))
    assert isinstance(outcome, Recorded)
    assert [each.check for each in outcome.asked] == [Check.CHANGED_SYSTOLIC, Check.CHANGED_DIASTOLIC]
    assert states(made, Condition.PRESSURE_HIGH) == [FlagState.RAISED]


def test_time_alone_says_that_a_repeat_did_not_come() -> None:
    made = baseline()
    made.start()
    made.set(5, 184, 108)
    made.wait(7)
    assert states(made, Condition.PRESSURE_HIGH) == [FlagState.UNCONFIRMED]
    made.wait(7.1)
    assert states(made, Condition.PRESSURE_HIGH) == [FlagState.UNCONFIRMED, FlagState.NOT_REPEATED]
    made.wait(9)
    assert len(states(made, Condition.PRESSURE_HIGH)) == 2


def test_an_answer_names_the_flags_that_stood() -> None:
    made = baseline()
    made.start()
    made.set(5, 184, 108)
    standing = standing_sequences(made.view)
    (answer,) = made.do(5.2, bodies.FlagAnswered(action=FlagAction.RECHECKING))
    assert isinstance(answer.body, bodies.FlagAnswered)
    assert answer.body.flags == standing != ()


def test_an_answered_flag_comes_back_after_ten_minutes_in_its_band() -> None:
    made = baseline()
    made.start()
    made.set(5, 205, 108)
    made.do(5.2, bodies.FlagAnswered(action=FlagAction.WATCHING))
    made.wait(15.1)
    assert states(made, Condition.PRESSURE_HIGH) == [FlagState.RAISED]
    made.wait(15.3)
    assert states(made, Condition.PRESSURE_HIGH) == [FlagState.RAISED, FlagState.REMINDED]


def test_a_captured_reading_flags_at_once_and_counts_only_when_accepted() -> None:
    made = baseline()
    made.start()
    captured = made.capture(5, 205, 110)
    assert states(made, Condition.PRESSURE_HIGH) == [FlagState.RAISED]
    assert [each.vitals.systolic_mmhg for each in made.view.charted] == [126, 122]
    made.do(5.2, bodies.Accepted(captured=captured))
    assert [each.vitals.systolic_mmhg for each in made.view.charted] == [126, 122, 205]
    assert made.view.charted[-1].by == NURSE.name


def test_rejecting_a_captured_reading_withdraws_its_flag_and_keeps_the_mark() -> None:
    made = baseline()
    made.start()
    captured = made.capture(5, 205, 110)
    made.do(5.2, bodies.Rejected(captured=captured, reason=RejectReason.MOVED))
    assert states(made, Condition.PRESSURE_HIGH) == [FlagState.RAISED, FlagState.WITHDRAWN]
    reading = made.view.reading(captured)
    assert reading is not None
    assert (reading.standing, reading.reject_reason) == (Standing.REJECTED, RejectReason.MOVED)


def test_a_value_that_cannot_be_is_kept_questionable_and_never_flagged() -> None:
    made = baseline()
    captured = made.capture(1, 301, 110)
    reading = made.view.reading(captured)
    assert reading is not None
    assert reading.quality is Quality.QUESTIONABLE
    assert not made.view.waiting
    assert not made.view.flags


def test_a_typed_copy_of_a_captured_determination_does_not_confirm_it() -> None:
    made = baseline()
    made.start()
    made.capture(5, 186, 104)
    made.set(6.5, 186, 104)
    assert states(made, Condition.PRESSURE_HIGH) == [FlagState.UNCONFIRMED]
    made.set(7, 188, 104)
    assert states(made, Condition.PRESSURE_HIGH)[-1] is FlagState.CONFIRMED


@pytest.mark.parametrize(("after_s", "is_copy"), [(299, True), (300, True), (301, False)])
def test_what_is_typed_within_five_minutes_of_the_same_monitor_values_is_their_copy(
    after_s: int,
    *,
    is_copy: bool,
) -> None:
    made = baseline()
    made.start()
    captured = made.capture(5, 130, 84)
    made.set(5 + after_s / 60, 130, 84)
    assert made.view.readings[-1].copy_of == (captured if is_copy else None)


def test_a_symptom_is_acted_on_at_any_pressure_until_it_is_gone() -> None:
    made = baseline()
    made.do(1, bodies.SymptomReported(symptom=Symptom.CHEST_PAIN, is_present=True))
    assert made.view.flags[-1].change.level is Level.ACT_NOW
    made.do(3, bodies.SymptomReported(symptom=Symptom.CHEST_PAIN, is_present=False))
    assert states(made, Condition.SYMPTOM) == [FlagState.RAISED, FlagState.CLEARED]


def test_two_sets_not_obtained_while_infusing_notify_until_a_set_is_measured() -> None:
    made = baseline()
    made.do(-2, bodies.NotObtained(reason=NotObtainedReason.ASLEEP))
    made.start()
    made.do(5, bodies.NotObtained(reason=NotObtainedReason.CUFF_FAILED))
    assert states(made, Condition.NOT_OBTAINED) == []
    made.do(7, bodies.NotObtained(reason=NotObtainedReason.CUFF_FAILED))
    assert states(made, Condition.NOT_OBTAINED) == [FlagState.RAISED]
    raised = made.view.flags[-1].change
    assert (raised.level, raised.quantity) == (Level.NOTIFY, None)
    assert (raised.value, raised.limit) == (Fraction(2), Fraction(2))
    made.set(9, 128, 80)
    assert states(made, Condition.NOT_OBTAINED) == [FlagState.RAISED, FlagState.CLEARED]


def test_an_attempt_in_the_minute_of_the_start_or_stop_is_one_while_infusing() -> None:
    made = baseline()
    made.start()
    made.do(0, bodies.NotObtained(reason=NotObtainedReason.CUFF_FAILED))
    made.stop(2)
    made.do(2, bodies.NotObtained(reason=NotObtainedReason.CUFF_FAILED))
    assert states(made, Condition.NOT_OBTAINED) == [FlagState.RAISED]


def test_a_late_set_is_marked_late_and_the_newest_flags_fully() -> None:
    made = baseline()
    made.start()
    made.set(5, 128, 80)
    confirmed = ("changed_systolic", "changed_diastolic")
    made.do(16, replace(typed(206, 110), confirmed=confirmed), taken=4)
    assert [each.is_late for each in made.view.flags] == [True, True]


def test_the_newest_set_flags_fully_even_when_typed_minutes_later() -> None:
    made = baseline()
    made.start()
    confirmed = ("changed_systolic", "changed_diastolic")
    made.do(14, replace(typed(206, 110), confirmed=confirmed), taken=5)
    assert [each.is_late for each in made.view.flags] == [False, False]


def test_the_signature_pins_the_head_before_it() -> None:
    made = surge()
    (signed,) = (each.entry for each in made.view.happened if isinstance(each.body, bodies.Signed))
    assert isinstance(signed.body, bodies.Signed)
    assert signed.body.head == signed.previous == made.session.record[signed.sequence - 2].hash


def test_a_second_signature_leaves_the_session_signed() -> None:
    made = surge()
    made.do(120, bodies.Signed(meaning="Reviewed", head=""))
    assert (made.view.phase, made.view.phase_since_ms) == (Phase.SIGNED, instant(96).utc_ms)


def test_a_cancelled_session_can_be_signed_and_stays_cancelled() -> None:
    made = baseline()
    made.do(1, bodies.Cancelled(reason="pressure"))
    made.do(2, bodies.Signed(meaning="Record complete", head=""))
    assert made.view.phase is Phase.CANCELLED


def test_a_stored_record_replays_to_the_same_entries_and_hashes() -> None:
    for made in (surge(), _with_everything()):
        check_chain(made.session.record)
        assert replayed(made.session.record) == made.session.record


def _with_everything() -> MadeSession:
    made = baseline()
    made.start()
    captured = made.capture(5, 205, 110)
    made.wait(6)
    made.do(6, bodies.FlagAnswered(action=FlagAction.PAUSED))
    made.wait(17)
    made.do(17, bodies.Rejected(captured=captured, reason=RejectReason.CUFF))
    made.do(17.5, bodies.NotObtained(reason=NotObtainedReason.ASLEEP), taken=16)
    wrong = made.set(18, 184, 100)
    made.wait(21)
    vitals = Vitals(systolic_mmhg=134, diastolic_mmhg=84)
    made.do(22, bodies.Amended(target=wrong, vitals=vitals, reason=Reason.SLIP))
    step = bodies.ClockStepped(step_ms=-3_600_000, is_real_time=False)
    made.do(-37, step, author=SYSTEM)
    made.set(-35, 136, 84)
    return made


def test_replay_refuses_a_record_that_the_rules_would_not_have_made() -> None:
    made = baseline()
    forged = appended(
        made.session.record,
        bodies.InfusionResumed(),
        session=made.view.session,
        station="station 1",
        author=NURSE,
        at=instant(1),
    )
    why = r"^entry 6 does not follow from the entries before it \(wrong_phase\)$"
    with pytest.raises(DamagedRecord, match=why):
        replayed(forged)
    reason = bodies.PhaseBegun(phase=Phase.RECOVERY, cause=3)
    derived = appended(
        made.session.record, reason, session=made.view.session, station="s", author=SYSTEM, at=instant(1)
    )
    with pytest.raises(DamagedRecord, match=r"\(nothing\)$"):
        replayed(derived)


def test_replay_refuses_a_record_that_was_written_elsewhere() -> None:
    made = baseline()
    last = made.session.record[-1]
    other = appended(
        made.session.record[:-1],
        last.body,
        session=made.view.session,
        station="another station",
        author=NURSE,
        at=last.recorded_at,
    )
    with pytest.raises(DamagedRecord, match=r"^the record does not replay to the same entries$"):
        replayed(other)


@pytest.mark.parametrize("first", [bodies.Noted(text="x"), bodies.PhaseBegun(phase=Phase.SEATED, cause=1)])
def test_a_record_must_begin_with_somebody_being_seated(first: bodies.Body) -> None:
    author = SYSTEM if isinstance(first, bodies.PhaseBegun) else NURSE
    record = appended((), first, session="s", station="s", author=author, at=instant(0))
    with pytest.raises(DamagedRecord):
        fold(record)
    with pytest.raises(DamagedRecord, match=r"^a record must begin with a patient being seated$"):
        replayed(record)


def test_time_without_a_flag_writes_nothing() -> None:
    made = baseline()
    outcome = made.session.handle(Advance(at=instant(60)))
    assert outcome == Recorded(entries=())


def test_an_entry_made_by_time_alone_replays_as_the_passing_of_time() -> None:
    made = baseline()
    made.start()
    made.set(5, 184, 108)
    made.wait(7.1)
    assert command_of(made.session.record[-1]) == Advance(at=instant(7.1))
    assert command_of(made.session.record[-2]) is None


pressures = st.tuples(st.integers(60, 230), st.integers(30, 59))


@settings(max_examples=settings().max_examples // 5)  # each example folds a record many times
@given(st.lists(st.tuples(st.integers(1, 12), pressures, st.booleans()), max_size=12))
def test_any_course_of_sets_replays_and_keeps_every_reading(
    course: list[tuple[int, tuple[int, int], bool]],
) -> None:
    made = baseline()
    made.start()
    minute = 0
    for gap, (systolic, diastolic), is_monitor in course:
        minute += gap
        if is_monitor:
            made.capture(minute, systolic, diastolic)
        else:
            made.set(minute, systolic, diastolic)
        made.wait(minute + 0.9)
    assert len(made.view.readings) == len(course) + 2
    assert replayed(made.session.record) == made.session.record


def test_every_name_can_be_told_from_the_record() -> None:
    made = MadeSession()
    other = Author(role=Role.OPERATOR, name="A. Pereira RN")
    made.do(-15, bodies.OperatorChanged(operator=other.name), author=other)
    assert made.view.operator == other.name
    made.do(-14, typed(120, 80), author=other)
    assert made.view.charted[-1].by == other.name
    assert seated().chair == made.view.chair
    assert DEVICE.role is Role.DEVICE


def test_a_session_once_simulated_stays_simulated_whatever_is_withdrawn() -> None:
    made = baseline()
    body = bodies.Captured(
        vitals=Vitals(systolic_mmhg=130, diastolic_mmhg=84),
        quality=Quality.GOOD,
        protocol="dinamap",
        port="pty",
        is_simulated=True,
        begun_at_ms=None,
        received_at_ms=instant(1).utc_ms,
        raw_hex="",
    )
    sequence = made.do(1, body, author=DEVICE)[0].sequence
    made.do(2, bodies.Amended(target=sequence, vitals=None, reason=Reason.ARTEFACT))
    assert made.view.is_simulated


def test_a_wait_that_ended_at_the_moment_of_another_entry_is_told_after_it() -> None:
    made = baseline()
    made.start()
    made.set(5, 184, 100)
    made.do(7, bodies.Noted(text="repeat to follow"))
    assert states(made, Condition.PRESSURE_HIGH) == [FlagState.UNCONFIRMED]
    made.wait(7.1)
    assert states(made, Condition.PRESSURE_HIGH) == [FlagState.UNCONFIRMED, FlagState.NOT_REPEATED]


def test_an_answer_names_the_flag_that_stands_not_its_reminder_nor_a_closed_one() -> None:
    made = baseline()
    made.start()
    raised = made.do(5, replace(typed(205, 78), confirmed=("changed_systolic",)))
    made.do(5.1, bodies.SymptomReported(symptom=Symptom.CHEST_PAIN, is_present=True))
    made.do(5.2, bodies.SymptomReported(symptom=Symptom.CHEST_PAIN, is_present=False))
    made.do(5.3, bodies.FlagAnswered(action=FlagAction.WATCHING))
    made.wait(15.4)
    assert states(made, Condition.PRESSURE_HIGH) == [FlagState.RAISED, FlagState.REMINDED]
    (answer,) = made.do(16, bodies.FlagAnswered(action=FlagAction.PAUSED))
    assert isinstance(answer.body, bodies.FlagAnswered)
    assert answer.body.flags == tuple(e.sequence for e in raised if isinstance(e.body, bodies.FlagChanged))


def test_a_second_determination_with_equal_values_confirms() -> None:
    made = baseline()
    made.start()
    made.capture(5, 184, 100)
    made.capture(6.5, 184, 100)
    assert states(made, Condition.PRESSURE_HIGH) == [FlagState.UNCONFIRMED, FlagState.CONFIRMED]
    assert [each.copy_of for each in made.view.readings] == [None] * 4


def test_the_view_tells_when_the_patient_sat_down() -> None:
    assert baseline().view.seated_at == instant(-20)


def test_what_follows_names_the_entry_it_follows_from_and_takes_its_time() -> None:
    made = baseline()
    start = bodies.InfusionStarted(
        drug="Ketamine",
        dose_mg=Decimal(35),
        weight_kg=Decimal("70.0"),
        rate_ml_per_h=Decimal(75),
        planned_minutes=40,
    )
    started, phase = made.do(3, start, taken=1)
    assert isinstance(phase.body, bodies.PhaseBegun)
    assert (phase.body.cause, phase.taken_at_ms) == (started.sequence, instant(1).utc_ms)
    charted, flag = made.do(12, replace(typed(205, 100), confirmed=tuple(each.value for each in Check)))[:2]
    assert isinstance(flag.body, bodies.FlagChanged)
    assert (flag.body.cause, flag.body.reading) == (charted.sequence, charted.sequence)
    assert {(each.session, each.station) for each in made.session.record} == {("session-1", "station 1")}


def test_a_flag_of_a_set_typed_late_beside_a_newer_one_is_marked_late() -> None:
    made = baseline()
    made.start()
    made.set(12, 130, 82)
    body = replace(typed(205, 100), confirmed=tuple(each.value for each in Check))
    late = [
        each.body.is_late for each in made.do(13, body, taken=8) if isinstance(each.body, bodies.FlagChanged)
    ]
    assert late[0]
    prompt = [each.body.is_late for each in made.do(15, body) if isinstance(each.body, bodies.FlagChanged)]
    assert not any(prompt)
