"""When the next set is due, and what is asked for."""

from decimal import Decimal
from fractions import Fraction

import pytest

from monitor import bodies
from monitor.infusion import expected_end_ms, volume_share
from monitor.schedule import Ask, Lateness, Prompt, is_close, is_recovered, prompt
from monitor.terms import NotObtainedReason, Symptom
from monitor.vitals import Vitals
from tests.made_session import START, MadeSession, baseline, instant, surge


def due(made: MadeSession) -> float | None:
    """Minute of the infusion at which the next set is due."""
    at_ms = made.view.next_due_ms
    return None if at_ms is None else (at_ms - START.utc_ms) / 60_000


def asked(made: MadeSession, minute: float) -> Prompt:
    return prompt(made.view, made.view.clock_ms(instant(minute)))


def test_before_the_start_sets_are_asked_for_one_after_the_other() -> None:
    made = MadeSession()
    assert (asked(made, -19).ask, due(made)) == (Ask.BASELINE_SET, None)
    made.set(-8, 126, 80)
    assert asked(made, -8).ask is Ask.ANOTHER_BASELINE_SET
    made.set(-5, 138, 80)
    assert asked(made, -5).ask is Ask.ANOTHER_BASELINE_SET
    made.set(-3, 137, 80)
    assert asked(made, -3).ask is Ask.START


def test_the_first_set_is_due_after_five_minutes_and_then_every_ten() -> None:
    made = baseline()
    made.start()
    assert due(made) == 5
    made.set(5, 130, 82)
    assert due(made) == 15
    made.set(14, 130, 82)
    assert due(made) == 24


@pytest.mark.parametrize(
    ("systolic", "diastolic"),
    [(164, 80), (124, 103), (180, 80), (88, 55)],
    ids=["rise systolic", "rise diastolic", "notify", "low"],
)
def test_after_a_rise_or_a_notify_sets_come_every_five_until_two_lie_below(
    systolic: int, diastolic: int
) -> None:
    made = baseline()
    made.start()
    made.set(5, systolic, diastolic)
    assert due(made) == 10
    made.set(10, 130, 82)
    assert due(made) == 15
    made.set(15, 130, 82)
    assert due(made) == 25


def test_a_captured_reading_over_a_limit_shortens_the_interval_too() -> None:
    made = baseline()
    made.start()
    made.set(5, 130, 82)
    made.capture(7, 182, 100)
    assert due(made) == 10


def test_a_plain_watch_does_not_shorten_the_interval() -> None:
    made = MadeSession()
    made.sets([(-8, 138, 85), (-5, 138, 85)])
    made.start()
    made.set(5, 162, 88)
    assert (is_close(made.view), due(made)) == (False, 15)


def test_a_symptom_shortens_the_interval_while_it_lasts() -> None:
    made = baseline()
    made.start()
    made.set(5, 130, 82)
    made.do(6, bodies.SymptomReported(symptom=Symptom.BREATHLESSNESS, is_present=True))
    assert due(made) == 10
    made.do(7, bodies.SymptomReported(symptom=Symptom.BREATHLESSNESS, is_present=False))
    assert due(made) == 15


def test_a_rate_change_asks_for_a_set_five_minutes_on_and_for_two_close_ones() -> None:
    made = baseline()
    made.start()
    made.set(5, 130, 82)
    made.do(8, bodies.RateChanged(rate_ml_per_h=Decimal(60)))
    assert due(made) == 13
    made.set(13, 130, 82)
    assert due(made) == 18
    made.set(18, 130, 82)
    assert due(made) == 28


@pytest.mark.parametrize(
    ("systolic", "minute", "expected"),
    [(130, 14, 15), (130, 10, 15), (130, 9, 14), (130, 5, 10), (170, 9, 10), (170, 5, 10)],
)
def test_a_rate_change_never_puts_a_set_off(systolic: int, minute: float, expected: float) -> None:
    made = baseline()
    made.start()
    made.set(5, systolic, 82)
    made.do(minute, bodies.RateChanged(rate_ml_per_h=Decimal(60)))
    assert due(made) == expected


def test_a_set_not_obtained_is_due_again_in_two_minutes() -> None:
    made = baseline()
    made.start()
    made.do(5, bodies.NotObtained(reason=NotObtainedReason.ASLEEP))
    assert due(made) == 7
    made.set(7, 130, 82)
    assert due(made) == 17


def test_a_set_not_obtained_in_the_minute_of_a_set_asks_for_none() -> None:
    made = baseline()
    made.start()
    made.set(5, 130, 82)
    made.do(5, bodies.NotObtained(reason=NotObtainedReason.ASLEEP))
    assert due(made) == 15


def test_before_the_start_too() -> None:
    made = MadeSession()
    made.do(-15, bodies.NotObtained(reason=NotObtainedReason.REFUSED))
    assert due(made) == -13


def test_a_rate_alone_does_not_satisfy_the_schedule() -> None:
    made = baseline()
    made.start()
    made.do(5, bodies.SetCharted(vitals=Vitals(pulse_rate_bpm=72)))
    assert due(made) == 5


def test_recovery_sets_come_after_five_minutes_and_every_fifteen_until_the_band_is_reached() -> None:
    made = baseline()
    made.start()
    made.set(39, 150, 94)
    made.stop(40)
    assert due(made) == 45
    made.set(45, 150, 94)
    assert due(made) == 60
    made.set(60, 126, 80)
    assert due(made) == 75
    made.set(70, 126, 80)
    assert due(made) is None
    assert asked(made, 71).ask is Ask.DISCHARGE


def test_thirty_minutes_are_not_enough_outside_the_band() -> None:
    made = baseline()
    made.start()
    made.stop(40)
    made.set(70, 150, 94)
    assert due(made) == 85


@pytest.mark.parametrize(
    ("systolic", "diastolic", "recovered"),
    [(148, 78, True), (149, 78, False), (124, 93, True), (124, 94, False), (100, 78, True), (99, 78, False)],
)
def test_the_band_is_a_fifth_around_baseline(systolic: int, diastolic: int, *, recovered: bool) -> None:
    made = baseline()
    made.start()
    made.set(1, systolic, diastolic)
    assert is_recovered(made.view, made.view.charted[-1]) is recovered


@pytest.mark.parametrize(
    ("systolic", "diastolic", "recovered"),
    [(159, 85, True), (160, 85, False), (135, 99, True), (135, 100, False), (90, 60, True), (89, 60, False)],
)
def test_without_a_baseline_the_band_is_the_policys_pressures(
    systolic: int, diastolic: int, *, recovered: bool
) -> None:
    made = MadeSession()
    made.set(-8, systolic, diastolic)
    assert is_recovered(made.view, made.view.charted[-1]) is recovered


def test_a_reading_without_pressures_says_nothing_of_recovery() -> None:
    made = baseline()
    made.do(1, bodies.SetCharted(vitals=Vitals(pulse_rate_bpm=72)))
    assert not is_recovered(made.view, made.view.readings[-1])


@pytest.mark.parametrize(
    ("minute", "lateness"),
    [
        (4.9, Lateness.NOT_DUE),
        (5, Lateness.DUE),
        (6.9, Lateness.DUE),
        (7, Lateness.OVERDUE),
        (9.9, Lateness.OVERDUE),
        (10, Lateness.VERY_OVERDUE),
    ],
)
def test_a_set_grows_late(minute: float, lateness: Lateness) -> None:
    made = baseline()
    made.start()
    assert asked(made, minute).lateness is lateness
    assert asked(made, minute).late_by_ms == max(0, round((minute - 5) * 60_000))


def test_a_waiting_reading_is_offered_instead_of_overdue() -> None:
    made = baseline()
    made.start()
    sequence = made.capture(5, 130, 82)
    offered = asked(made, 9)
    assert (offered.ask, offered.lateness) == (Ask.ACCEPT, Lateness.NOT_DUE)
    assert offered.accept is not None
    assert offered.accept.sequence == sequence
    made.set(10, 132, 82)
    assert asked(made, 10).ask is Ask.SET


@pytest.mark.parametrize(
    ("taken", "now", "ask", "lateness"),
    [
        (6, 14.9, Ask.ACCEPT, Lateness.NOT_DUE),
        (6, 15, Ask.ACCEPT, Lateness.NOT_DUE),
        (6, 15.99, Ask.ACCEPT, Lateness.NOT_DUE),
        (6, 16, Ask.SET, Lateness.DUE),
        (6, 17, Ask.SET, Lateness.OVERDUE),
        (6, 20, Ask.SET, Lateness.VERY_OVERDUE),
        (14, 17, Ask.ACCEPT, Lateness.NOT_DUE),
        (14, 23.99, Ask.ACCEPT, Lateness.NOT_DUE),
        (14, 24, Ask.SET, Lateness.VERY_OVERDUE),
    ],
)
def test_a_waiting_reading_stands_for_overdue_only_while_accepting_it_would_end_it(
    taken: float, now: float, ask: Ask, lateness: Lateness
) -> None:
    """After the set of minute 5 one is due at 15; accepted, the reading puts that off to `taken` + 10."""
    made = baseline()
    made.start()
    made.set(5, 130, 82)
    sequence = made.capture(taken, 130, 82)
    found = asked(made, now)
    assert (found.ask, found.lateness) == (ask, lateness)
    assert found.accept is not None
    assert found.accept.sequence == sequence
    assert found.late_by_ms == max(0, round((now - 15) * 60_000))
    made.do(now, bodies.Accepted(captured=sequence))
    assert (asked(made, now).lateness is Lateness.NOT_DUE) is (ask is Ask.ACCEPT)


@pytest.mark.parametrize(
    ("systolic", "minute", "lateness"),
    [(182, 11.9, Lateness.NOT_DUE), (182, 12, Lateness.OVERDUE), (130, 12, Lateness.NOT_DUE)],
)
def test_a_waiting_reading_over_a_limit_stands_for_overdue_for_the_short_interval_only(
    systolic: int, minute: float, lateness: Lateness
) -> None:
    made = baseline()
    made.start()
    made.set(5, 130, 82)
    made.capture(7, systolic, 82)
    assert due(made) == (10 if systolic == 182 else 15)
    assert asked(made, minute).lateness is lateness


def test_a_reading_before_the_start_or_an_attempt_that_failed_stands_for_no_set_due() -> None:
    made = baseline()
    made.capture(-1, 126, 80)
    made.start()
    assert asked(made, 4).ask is Ask.ACCEPT
    assert (asked(made, 7).ask, asked(made, 7).lateness) == (Ask.SET, Lateness.OVERDUE)
    made.set(7, 128, 80)
    made.capture(16, 130, 82)
    made.do(17, bodies.NotObtained(reason=NotObtainedReason.ASLEEP))
    assert asked(made, 18).ask is Ask.ACCEPT
    assert (asked(made, 21).ask, asked(made, 21).lateness) == (Ask.SET, Lateness.OVERDUE)


def test_a_reading_in_recovery_that_ends_the_sets_stands_for_overdue_however_long() -> None:
    made = baseline()
    made.start()
    made.set(38, 128, 80)
    made.stop(40)
    made.capture(72, 126, 80)
    assert (asked(made, 200).ask, asked(made, 200).lateness) == (Ask.ACCEPT, Lateness.NOT_DUE)


def test_a_reading_that_waits_comes_before_discharge_however_long() -> None:
    made = baseline()
    made.start()
    made.set(38, 128, 80)
    made.stop(40)
    made.set(72, 126, 80)
    assert asked(made, 72).ask is Ask.DISCHARGE
    made.capture(75, 190, 110)
    assert (due(made), asked(made, 120).ask) == (None, Ask.ACCEPT)


def test_only_the_newest_of_several_that_wait_counts_as_the_set_that_is_due() -> None:
    made = baseline()
    made.start()
    made.set(5, 164, 90)
    made.capture(10, 130, 82)
    made.capture(15, 130, 82)
    assert asked(made, 19.9).ask is Ask.ACCEPT
    assert asked(made, 20).ask is Ask.SET


def test_a_reading_as_old_as_the_last_set_is_not_offered() -> None:
    made = baseline()
    made.start()
    made.set(5, 130, 82)
    made.capture(5, 134, 82)
    assert asked(made, 9).accept is None


@pytest.mark.parametrize(("minute", "is_old"), [(4, False), (6.9, False), (7, True), (40, True)])
def test_a_reading_that_waits_makes_the_last_set_look_no_younger(minute: float, *, is_old: bool) -> None:
    made = baseline()
    made.start()
    made.capture(3, 134, 82)
    assert asked(made, minute).ask is Ask.ACCEPT or minute > 7
    assert asked(made, minute).is_last_old is is_old
    made.set(minute, 130, 82)
    assert not asked(made, minute).is_last_old


def test_a_prompt_tells_all_that_is_due() -> None:
    made = baseline()
    assert (asked(made, -1).due_ms, asked(made, -1).late_by_ms) == (None, 0)
    made.start()
    assert asked(made, 41) == Prompt(
        ask=Ask.FINISHED,
        due_ms=instant(5).utc_ms,
        lateness=Lateness.VERY_OVERDUE,
        late_by_ms=36 * 60_000,
        is_last_old=True,
        accept=None,
        asks_finished=True,
    )
    made.stop(42)
    assert asked(made, 43).ask is Ask.SET
    assert not asked(made, 43).asks_finished


def test_finished_is_asked_at_the_planned_end_and_never_assumed() -> None:
    made = baseline()
    made.start()
    made.set(36, 130, 82)
    assert not asked(made, 39.9).asks_finished
    assert asked(made, 40).ask is Ask.FINISHED
    assert made.view.infusion is not None
    assert made.view.infusion.stopped_ms is None


def test_pauses_and_rates_move_the_expected_end() -> None:
    made = baseline()
    made.start()
    made.do(10, bodies.InfusionPaused(reason=""))
    assert made.view.infusion is not None
    assert expected_end_ms(made.view.infusion) is None
    assert not asked(made, 60).asks_finished
    made.do(13, bodies.InfusionResumed())
    made.do(23, bodies.RateChanged(rate_ml_per_h=Decimal("37.5")))
    assert made.view.infusion.expected_end_ms == instant(63).utc_ms
    assert volume_share(made.view.infusion, instant(23).utc_ms) == Fraction(1, 2)
    made.stop(30)
    assert made.view.infusion.expected_end_ms is None


def test_after_discharge_signing_is_asked_and_after_signing_nothing() -> None:
    made = surge()
    assert (asked(made, 100).ask, due(made)) == (Ask.NOTHING, None)
    made = baseline()
    made.start()
    made.stop(40)
    made.do(41, bodies.NotObtained(reason=NotObtainedReason.OTHER))
    made.discharge(45)
    assert (asked(made, 46).ask, due(made)) == (Ask.SIGN, None)


def test_acts_charted_late_count_at_their_own_time() -> None:
    made = baseline()
    made.start(0)
    made.set(5, 126, 80)
    asleep = bodies.NotObtained(reason=NotObtainedReason.ASLEEP)
    made.do(12, asleep)
    made.do(12.5, asleep, taken=6)
    assert made.view.next_due_ms == instant(14).utc_ms
    made.set(13, 126, 80)
    made.do(16, bodies.RateChanged(rate_ml_per_h=Decimal(60)))
    assert made.view.next_due_ms == instant(21).utc_ms


def test_a_set_in_the_minute_of_the_stop_leaves_the_next_due_in_five() -> None:
    made = baseline()
    made.start()
    made.set(40, 126, 80)
    made.stop(40)
    assert made.view.next_due_ms == instant(45).utc_ms


@pytest.mark.parametrize(
    ("systolic", "diastolic", "recovered"),
    [(144, 96, True), (145, 96, False), (144, 97, False), (96, 64, True), (95, 64, False), (96, 63, False)],
)
def test_the_fifth_itself_is_in_the_band(systolic: int, diastolic: int, *, recovered: bool) -> None:
    made = MadeSession()
    made.sets([(-8, 120, 80), (-5, 120, 80)])
    made.start()
    made.set(1, systolic, diastolic)
    assert is_recovered(made.view, made.view.charted[-1]) is recovered


def test_half_a_pressure_says_nothing_of_recovery() -> None:
    made = baseline()
    for minute, vitals in ((1, Vitals(systolic_mmhg=124)), (2, Vitals(diastolic_mmhg=78))):
        made.do(minute, bodies.SetCharted(vitals=vitals))
        assert not is_recovered(made.view, made.view.readings[-1])
