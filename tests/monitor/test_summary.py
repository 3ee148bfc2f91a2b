from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor import bodies
from monitor.exposure import exposure
from monitor.flags import FlagState
from monitor.needs import NeedKind
from monitor.policy import Condition, Level
from monitor.policy_file import default_policy
from monitor.summary import BandState, Confirmation, minute_of, summarize
from monitor.terms import FlagAction, NotObtainedReason, Reason, RejectReason, Severity
from monitor.vitals import Quantity, Vitals
from tests.made_session import MadeSession, baseline, instant, surge

LONGEST_MINUTES = default_policy().summary.longest_interval_s / 60


def started() -> MadeSession:
    made = baseline()
    made.start()
    return made


def finished(sets: list[tuple[float, int, int]]) -> MadeSession:
    """Sets every few minutes with nothing late, stopped at 10, home at 41, signed."""
    made = started()
    made.sets([(5, 124, 78), *sets])
    made.stop(10)
    made.sets([(15, 124, 78), (30, 124, 78), (40.5, 124, 78)])
    made.discharge(41)
    made.sign(42)
    return made


def kinds(made: MadeSession) -> list[NeedKind]:
    return [need.kind for need in made.summary.needs]


# peak


def test_a_session_without_a_set_has_no_figures() -> None:
    summary = MadeSession().summary
    assert summary.peak_systolic is None
    assert summary.peak_diastolic is None
    assert summary.lowest_spo2 is None
    assert summary.last is None
    assert summary.band.state is BandState.UNKNOWN
    assert summary.coverage.longest_ms == 0
    assert [each.minutes for each in summary.exposures] == [None, None]


def test_the_peak_names_its_set_its_repeat_and_that_it_was_not_confirmed() -> None:
    peak = surge().summary.peak_systolic
    assert peak is not None
    assert (peak.value, peak.reading.vitals.diastolic_mmhg) == (184, 108)
    assert peak.confirmation is Confirmation.NOT_CONFIRMED
    assert peak.repeat is not None
    assert peak.repeat.vitals.systolic_mmhg == 158


def test_the_peak_is_the_first_of_equals_and_diastolic_has_its_own() -> None:
    made = started()
    made.sets([(5, 150, 80), (10, 150, 80), (15, 140, 95)])
    summary = made.summary
    assert summary.peak_systolic is not None
    assert summary.peak_diastolic is not None
    assert minute_of(made.view, summary.peak_systolic.reading.at_ms) == 5
    assert (summary.peak_diastolic.value, summary.peak_diastolic.reading.at_ms) == (95, instant(15).utc_ms)


@pytest.mark.parametrize(
    ("sets", "wait", "expected", "repeat"),
    [
        ([(5, 159, 80)], 6, Confirmation.NOT_ASKED, None),
        ([(5, 170, 80)], 6, Confirmation.NOT_ASKED, None),
        ([(5, 205, 80)], 6, Confirmation.NOT_ASKED, None),
        ([(5, 184, 80)], 6, Confirmation.WAITING, None),
        ([(5, 184, 80)], 8, Confirmation.NOT_REPEATED, None),
        ([(5, 184, 80), (7, 181, 80)], 8, Confirmation.CONFIRMED, 181),
        ([(5, 181, 80), (7, 184, 80)], 8, Confirmation.CONFIRMED, None),
        ([(5, 184, 119), (7, 183, 121)], 8, Confirmation.CONFIRMED, 183),
        ([(5, 184, 80), (7, 150, 80)], 8, Confirmation.NOT_CONFIRMED, 150),
        ([(5, 184, 80), (10, 150, 80)], 11, Confirmation.NOT_CONFIRMED, 150),
    ],
)
def test_what_became_of_the_repeat(
    sets: list[tuple[float, int, int]], wait: float, expected: Confirmation, repeat: int | None
) -> None:
    made = started()
    for minute, systolic, diastolic in sets:
        made.wait(minute)
        made.set(minute, systolic, diastolic)
    made.wait(wait)
    peak = made.summary.peak_systolic
    assert peak is not None
    assert peak.confirmation is expected
    assert (None if peak.repeat is None else peak.repeat.vitals.systolic_mmhg) == repeat


def test_a_flag_withdrawn_by_an_amendment_is_no_confirmation_of_the_peak() -> None:
    made = started()
    first = made.set(5, 184, 80)
    made.do(
        5.5,
        bodies.Amended(target=first, vitals=Vitals(systolic_mmhg=148, diastolic_mmhg=80), reason=Reason.SLIP),
    )
    peak = made.summary.peak_systolic
    assert peak is not None
    assert (peak.value, peak.confirmation) == (148, Confirmation.NOT_ASKED)


@pytest.mark.parametrize(
    ("corrected", "expected", "repeat"),
    [
        ((183, 80), Confirmation.CONFIRMED, 183),
        ((148, 80), Confirmation.NOT_CONFIRMED, 148),
        (None, Confirmation.NOT_REPEATED, None),
    ],
)
def test_a_repeat_decides_by_what_it_was_corrected_to(
    corrected: tuple[int, int] | None, expected: Confirmation, repeat: int | None
) -> None:
    made = started()
    made.set(5, 184, 80)
    wrong = made.set(7, 150, 80)
    vitals = corrected and Vitals(systolic_mmhg=corrected[0], diastolic_mmhg=corrected[1])
    made.do(8, bodies.Amended(target=wrong, vitals=vitals, reason=Reason.SLIP))
    peak = made.summary.peak_systolic
    assert peak is not None
    assert peak.confirmation is expected
    assert (None if peak.repeat is None else peak.repeat.vitals.systolic_mmhg) == repeat


def test_an_earlier_flag_that_was_cleared_says_nothing_of_the_peak() -> None:
    made = started()
    made.sets([(5, 165, 80), (10, 124, 78), (15, 124, 78), (20, 184, 80), (22, 183, 80)])
    peak = made.summary.peak_systolic
    assert peak is not None
    assert (peak.value, peak.confirmation) == (184, Confirmation.CONFIRMED)


def test_a_peak_whose_flag_was_closed_before_a_repeat_stays_undecided() -> None:
    made = started()
    made.set(5, 184, 80)
    view = made.view
    last = view.flags[0]
    gone = replace(last, change=replace(last.change, state=FlagState.CLEARED))
    peak = summarize(replace(view, flags=(*view.flags, gone))).peak_systolic
    assert peak is not None
    assert (peak.confirmation, peak.repeat) == (Confirmation.WAITING, None)


@pytest.mark.parametrize(
    ("captured", "expected"),
    [((184, 108), None), ((185, 90), 185), ((150, 109), 150), ((150, 90), None)],
)
def test_a_captured_reading_above_the_peak_is_named(captured: tuple[int, int], expected: int | None) -> None:
    made = started()
    made.set(5, 184, 108)
    made.capture(6, *captured)
    found = made.summary.higher_captured
    assert (None if found is None else found.vitals.systolic_mmhg) == expected


def test_where_nothing_was_charted_a_captured_reading_is_named() -> None:
    made = MadeSession()
    made.capture(6, 130, 80)
    found = made.summary.higher_captured
    assert found is not None
    assert found.vitals.systolic_mmhg == 130


def test_a_rejected_reading_is_never_named_as_higher() -> None:
    made = started()
    made.set(5, 130, 80)
    reading = made.capture(6, 190, 100)
    made.do(7, bodies.Rejected(captured=reading, reason=RejectReason.MOVED))
    assert made.summary.higher_captured is None
    assert made.summary.counts.rejected == 1


def test_extremes_of_rate_mean_pressure_and_saturation_are_exact() -> None:
    summary = surge().summary
    assert summary.peak_map is not None
    assert summary.peak_rate is not None
    assert summary.lowest_spo2 is not None
    assert summary.peak_map.value == 108 + Fraction(184 - 108, 3)
    assert summary.peak_rate.value == 92
    assert summary.lowest_spo2.value == 96


def test_the_highest_rate_is_the_ecgs_or_the_pulses() -> None:
    made = started()
    for minute, ecg, pulse in ((5, 98, 84), (10, 90, 96)):
        vitals = Vitals(systolic_mmhg=124, diastolic_mmhg=78, heart_rate_bpm=ecg, pulse_rate_bpm=pulse)
        made.do(minute, bodies.SetCharted(vitals=vitals))
        rate = made.summary.peak_rate
        assert rate is not None
        assert rate.value == 98


# minutes at or above


@pytest.mark.parametrize(
    ("sets", "watch", "notify"),
    [
        ([(0, 150, 80), (10, 159, 80)], 0, 0),
        ([(0, 150, 80), (10, 160, 80)], 0, 0),
        ([(0, 160, 80), (10, 160, 80)], 10, 0),
        ([(0, 150, 80), (10, 170, 80)], 5, 0),
        ([(0, 170, 80), (10, 150, 80)], 5, 0),
        ([(0, 150, 90), (10, 150, 110)], 5, 0),
        ([(0, 140, 90), (10, 180, 110)], 5, 0),
        ([(0, 180, 90), (10, 140, 110)], 10, 0),
        ([(0, 170, 90), (10, 150, 95)], 5, 0),
        ([(0, 170, 90), (10, 130, 120)], Fraction(25, 10) + Fraction(20, 3), Fraction(10, 3)),
        ([(0, 200, 80), (10, 160, 80)], 10, 5),
        ([(0, 160, 80), (LONGEST_MINUTES, 160, 80)], LONGEST_MINUTES, 0),
    ],
)
def test_minutes_at_or_above_count_either_pressure_once(
    sets: list[tuple[float, int, int]], watch: Fraction, notify: Fraction
) -> None:
    made = MadeSession()
    made.sets(sets)
    assert [each.minutes for each in made.summary.exposures] == [watch, notify]


def test_a_stretch_longer_than_the_policy_allows_counts_for_nothing_and_is_stated() -> None:
    made = MadeSession()
    made.sets([(0, 170, 80), (LONGEST_MINUTES + 1, 170, 80), (LONGEST_MINUTES + 3, 170, 80)])
    summary = made.summary
    assert summary.exposures[0].minutes == 2
    assert (summary.coverage.sets, summary.coverage.left_out) == (3, 1)
    assert summary.coverage.left_out_ms == summary.coverage.longest_ms == 21 * 60_000


def test_a_stretch_as_long_as_the_policy_allows_is_not_left_out() -> None:
    made = MadeSession()
    made.sets([(0, 170, 80), (LONGEST_MINUTES, 170, 80)])
    assert (made.summary.coverage.left_out, made.summary.coverage.left_out_ms) == (0, 0)


def test_two_sets_too_far_apart_give_no_minutes_at_all() -> None:
    made = MadeSession()
    made.sets([(0, 170, 80), (LONGEST_MINUTES + 1, 170, 80)])
    assert made.summary.exposures[0].minutes is None


def test_the_limits_are_the_policys() -> None:
    watch, notify = surge().summary.exposures
    assert (watch.level, notify.level) == (Level.WATCH, Level.NOTIFY)
    assert [limit.value for limit in watch.limits] == [160, 100]
    assert [limit.value for limit in notify.limits] == [180, 110]


@settings(max_examples=settings().max_examples // 5)  # each example folds a record many times
@given(st.lists(st.integers(121, 219), min_size=2, max_size=8), st.integers(1, 6))
def test_a_higher_level_never_lasts_longer_nor_beyond_the_time_covered(
    systolics: list[int], place: int
) -> None:
    made = MadeSession()
    made.sets([(minute * 3, systolic, 80) for minute, systolic in enumerate(systolics)])
    sets, policy = made.view.charted, made.view.policy
    found = [exposure(sets, policy, level).minutes for level in Level]
    assert all(each is not None for each in found)
    watch, notify, act_now = (each or Fraction(0) for each in found)
    assert 0 <= act_now <= notify <= watch <= 3 * (len(systolics) - 1)
    split = min(place, len(sets) - 1)
    parts = [exposure(part, policy, Level.WATCH).minutes for part in (sets[: split + 1], sets[split:])]
    assert sum(each or 0 for each in parts) == watch


# what was done


def test_who_was_told_and_what_was_done_come_in_order_of_time() -> None:
    made = surge()
    assert [item.body.KIND for item in made.summary.told] == ["clinician_told"]
    assert [item.body.KIND for item in made.summary.done] == [
        "flag_answered", "infusion_paused", "drug_given", "rate_changed",
    ]  # fmt: skip


def test_an_answer_that_a_clinician_was_told_counts_as_telling_not_as_a_deed() -> None:
    made = started()
    made.set(5, 205, 100)
    made.do(5.2, bodies.FlagAnswered(action=FlagAction.CLINICIAN_TOLD))
    assert [item.body.KIND for item in made.summary.told] == ["flag_answered"]
    assert made.summary.done == ()


def test_flags_are_grouped_with_their_answers() -> None:
    high, rise = surge().summary.flags
    assert (high.condition, high.level) == (Condition.PRESSURE_HIGH, Level.NOTIFY)
    assert [answer.action for answer in high.answers] == [FlagAction.RECHECKING]
    assert rise.condition is Condition.PRESSURE_RISE
    assert {each.change.condition for each in high.changes} == {Condition.PRESSURE_HIGH}
    assert [each.change.state for each in rise.changes] == [FlagState.RAISED, FlagState.CLEARED]
    assert not high.is_open
    assert not rise.is_open


def test_a_second_flag_of_a_condition_is_another_flag() -> None:
    made = started()
    made.sets([(5, 184, 80), (7, 150, 80), (30, 185, 80)])
    pressure = [each for each in made.summary.flags if each.condition is Condition.PRESSURE_HIGH]
    assert [each.is_open for each in pressure] == [False, True]


# return to band


@pytest.mark.parametrize(
    ("sets", "state", "since"),
    [
        ([(5, 124, 78)], BandState.NEVER_LEFT, None),
        ([(0, 170, 78)], BandState.STILL_OUT, None),
        ([(5, 170, 78)], BandState.STILL_OUT, None),
        ([(5, 170, 78), (10, 148, 78)], BandState.BACK, 10),
        ([(5, 170, 78), (10, 148, 78), (15, 170, 78), (20, 130, 78)], BandState.BACK, 20),
        ([(5, 170, 78), (10, 149, 78)], BandState.STILL_OUT, None),
    ],
)
def test_return_to_band(sets: list[tuple[float, int, int]], state: BandState, since: float | None) -> None:
    made = started()
    made.sets(sets)
    band = made.summary.band
    assert band.state is state
    found = None if band.since is None else minute_of(made.view, band.since.at_ms)
    assert found == since


@pytest.mark.parametrize(
    ("sets", "state"),
    [
        ([(5, 124, 78)], BandState.NEVER_LEFT),
        ([(5, 170, 78)], BandState.STILL_OUT),
        ([(5, 170, 78), (10, 148, 78)], BandState.BACK),
    ],
)
def test_what_was_captured_outside_the_band_and_never_accepted_is_told_beside_it(
    sets: list[tuple[float, int, int]], state: BandState
) -> None:
    made = started()
    made.sets(sets)
    made.capture(10, 130, 80)
    for minute, systolic in ((-2, 188), (0, 182), (12, 176)):
        made.capture(minute, systolic, 96)
    band = made.summary.band
    assert band.state is state
    assert [each.vitals.systolic_mmhg for each in band.captured_out] == [182, 176]


def test_sets_before_the_start_are_no_part_of_the_return_to_band() -> None:
    made = MadeSession()
    made.sets([(-8, 150, 80), (-5, 98, 80)])
    made.start()
    made.set(5, 124, 80)
    assert made.summary.band.state is BandState.NEVER_LEFT


def test_without_a_baseline_nobody_is_said_to_be_within_it() -> None:
    made = MadeSession()
    made.sets([(-10, 124, 78)])
    assert made.summary.last is not None
    assert made.summary.band.state is BandState.UNKNOWN


def test_without_an_infusion_there_is_no_minute() -> None:
    made = baseline()
    assert minute_of(made.view, instant(0).utc_ms) is None
    assert made.summary.band.state is BandState.NEVER_LEFT


# needs someone


def test_a_quiet_signed_session_needs_no_one() -> None:
    assert finished([]).summary.needs == ()


def test_a_running_session_is_not_signed() -> None:
    assert kinds(started()) == [NeedKind.NOT_SIGNED]


def test_a_captured_reading_that_nobody_took_needs_someone_until_a_note_stands_at_its_time() -> None:
    made = surge()
    captured = [need for need in made.summary.needs if need.kind is NeedKind.CAPTURED]
    assert captured[0].reading is not None
    assert captured[0].reading.vitals.systolic_mmhg == 148
    made.do(100, bodies.Noted(text="Patient talking"), taken=16)
    assert NeedKind.CAPTURED not in kinds(made)


def test_a_note_at_another_time_explains_nothing() -> None:
    made = surge()
    made.do(100, bodies.Noted(text="Looked at"))
    assert NeedKind.CAPTURED in kinds(made)


def test_a_late_set_needs_a_reason() -> None:
    made = surge()
    late = [need for need in made.summary.needs if need.kind is NeedKind.SET_LATE]
    assert [(need.from_ms, need.until_ms) for need in late] == [(instant(38).utc_ms, instant(41).utc_ms)]
    made.do(100, bodies.Noted(text="Patient in the bathroom"), taken=39)
    assert NeedKind.SET_LATE not in kinds(made)


@pytest.mark.parametrize(("minute", "is_late"), [(16.9, False), (17, True)])
def test_a_set_is_late_from_the_policys_overdue_on(minute: float, is_late: bool) -> None:  # noqa: FBT001
    made = started()
    made.sets([(5, 124, 78), (minute, 124, 78)])
    assert (NeedKind.SET_LATE in kinds(made)) is is_late


def test_a_failed_attempt_explains_a_late_set() -> None:
    made = started()
    made.set(5, 124, 78)
    made.do(15, bodies.NotObtained(reason=NotObtainedReason.ASLEEP))
    made.set(20, 124, 78)
    assert NeedKind.SET_LATE not in kinds(made)
    assert made.summary.counts.not_obtained == 1


def test_a_set_that_was_due_when_the_patient_left_is_missed() -> None:
    made = started()
    made.set(5, 124, 78)
    made.stop(10)
    made.discharge(40)
    made.sign(41)
    missed = [need for need in made.summary.needs if need.kind is NeedKind.SET_MISSED]
    assert [(need.from_ms, need.until_ms) for need in missed] == [(instant(15).utc_ms, instant(40).utc_ms)]


def test_a_patient_who_never_got_the_infusion_misses_no_set() -> None:
    made = baseline()
    made.do(1, bodies.Cancelled(reason="pressure too high"))
    made.do(2, bodies.Signed(meaning="not infused", head=""))
    assert made.summary.needs == ()


def test_an_open_and_an_unanswered_flag_need_someone() -> None:
    made = started()
    made.set(5, 184, 80)
    made.set(7, 150, 80)
    assert NeedKind.FLAG_UNANSWERED in kinds(made)
    made.set(12, 205, 80)
    assert NeedKind.FLAG_OPEN in kinds(made)


def test_a_flag_entered_in_error_needs_no_answer() -> None:
    made = started()
    wrong = made.set(5, 184, 80)
    made.do(6, bodies.Amended(target=wrong, vitals=None, reason=Reason.SLIP))
    assert NeedKind.FLAG_UNANSWERED not in kinds(made)
    assert NeedKind.FLAG_OPEN not in kinds(made)


def test_an_effect_left_open_needs_someone() -> None:
    made = started()
    made.do(5, bodies.EffectOpened(effect="Nausea", severity=Severity.MILD))
    assert NeedKind.EFFECT_OPEN in kinds(made)
    made.do(6, bodies.EffectClosed(effect="Nausea"))
    assert NeedKind.EFFECT_OPEN not in kinds(made)


def test_needs_come_by_kind_then_by_time() -> None:
    made = started()
    made.do(1, bodies.EffectOpened(effect="Nausea", severity=Severity.MILD))
    made.capture(4, 150, 80)
    made.capture(2, 151, 80)
    found = made.summary.needs
    assert [need.kind for need in found] == [
        NeedKind.NOT_SIGNED, NeedKind.CAPTURED, NeedKind.CAPTURED, NeedKind.EFFECT_OPEN,
    ]  # fmt: skip
    assert found[1].from_ms < found[2].from_ms


def test_counts_say_what_the_record_holds() -> None:
    made = surge()
    target = made.view.charted[2].sequence
    amended = Vitals(systolic_mmhg=138, diastolic_mmhg=86, pulse_rate_bpm=80)
    made.do(100, bodies.Amended(target=target, vitals=amended, reason=Reason.SLIP))
    counts = made.summary.counts
    assert (counts.charted, counts.captured, counts.amended) == (13, 1, 1)
    assert counts.entries == len(made.session.record)


def test_a_rate_without_pressure_makes_no_exposure() -> None:
    made = started()
    vitals = Vitals(pulse_rate_bpm=80)
    made.do(5, bodies.SetCharted(vitals=vitals))
    assert made.summary.coverage.sets == 2
    assert made.summary.baseline[Quantity.SYSTOLIC] == 124
