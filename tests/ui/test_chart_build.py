"""What a chart shows of a session: every reading as it stands, nothing invented, nothing carried forward."""

from __future__ import annotations

from decimal import Decimal

import pytest

from monitor import bodies
from monitor.command import Command
from monitor.feed import LinkState
from monitor.policy import Level
from monitor.session import SYSTEM
from monitor.terms import FlagAction, Phase, Reason, RejectReason, Severity
from monitor.vitals import Vitals
from tests.ui.made import SEATED_AT, Told, captured, started
from ui.chart.build import LivePoints, TrendPoints, chart_model
from ui.chart.series import Join, MarkStyle


def minute(at: float) -> object:
    return pytest.approx(at)


def infusing() -> Told:
    """Seated at 0, baselines at 2 and 5, started at minute 10."""
    told = Told()
    told.chart(2, 126, 80, 70, 98)
    told.chart(5, 122, 76, 70, 98)
    told.at(10, started())
    return told


def test_before_the_start_the_axis_counts_back_from_now_and_no_start_is_drawn() -> None:
    told = Told()
    told.chart(2, 126, 80, 70, 98)
    model = chart_model(told.session.view, SEATED_AT.plus_s(5 * 60))
    assert not model.is_started
    assert model.now is not None
    assert model.now.minute == minute(0)
    assert [mark.minute for mark in model.pressures] == [minute(-3)]


def test_after_the_start_minute_0_is_the_start() -> None:
    model = chart_model(infusing().session.view, SEATED_AT.plus_s(33 * 60))
    assert model.is_started
    assert [mark.minute for mark in model.pressures] == [minute(-8), minute(-5)]
    assert model.now is not None
    assert (model.now.minute, model.now.text) == (minute(23), "10:27")


def test_a_value_that_was_not_measured_has_no_point() -> None:
    told = infusing()
    told.chart(15, 138, 86)
    model = chart_model(told.session.view, None)
    assert len(model.pressures) == 3
    assert [point.minute for point in model.rates] == [minute(-8), minute(-5)]
    assert [point.minute for point in model.saturations] == [minute(-8), minute(-5)]


def test_a_captured_reading_is_pale_until_accepted_and_hollow_when_rejected() -> None:
    told = infusing()
    taken = SEATED_AT.plus_s(15 * 60)
    told.at(15, captured(150, 92, at=taken))
    sequence = told.session.view.readings[-1].sequence
    assert chart_model(told.session.view, None).pressures[-1].style is MarkStyle.CAPTURED
    told.at(16, bodies.Rejected(captured=sequence, reason=RejectReason.MOVED))
    assert chart_model(told.session.view, None).pressures[-1].style is MarkStyle.REJECTED

    other = infusing()
    other.at(15, captured(150, 92, at=taken))
    other.at(16, bodies.Accepted(captured=sequence))
    model = chart_model(other.session.view, None)
    assert model.pressures[-1].style is MarkStyle.CHARTED
    assert model.moments[-1].readout == ("10:09 · 150/92 · HR 80 · SpO₂ 98 · from monitor, accepted M.D.")


@pytest.mark.parametrize(("typed_minutes_later", "style"), [(10, MarkStyle.CHARTED), (10.02, MarkStyle.LATE)])
def test_a_set_written_down_long_after_it_was_taken_is_hollow(
    typed_minutes_later: float, style: MarkStyle
) -> None:
    told = infusing()
    body = bodies.SetCharted(vitals=Vitals(systolic_mmhg=130, diastolic_mmhg=80))
    told.at(15 + typed_minutes_later, body, taken=15)
    assert chart_model(told.session.view, None).pressures[-1].style is style


def test_a_withdrawn_set_leaves_the_chart_and_an_amended_one_shows_its_new_values() -> None:
    told = infusing()
    wrong = told.chart(15, 139, 86)
    undone = told.chart(20, 141, 86)
    told.at(20.1, bodies.Amended(target=undone, vitals=None, reason=Reason.UNDONE))
    told.at(
        21,
        bodies.Amended(target=wrong, vitals=Vitals(systolic_mmhg=129, diastolic_mmhg=86), reason=Reason.SLIP),
    )
    marks = chart_model(told.session.view, None).pressures
    assert [mark.systolic_mmhg for mark in marks] == [126, 122, 129]


def test_a_first_crossing_and_its_repeat_stay_both_joined_and_worded() -> None:
    told = infusing()
    told.chart(22, 184, 108, 92, 96)
    told.chart(24, 158, 96, 88, 97)
    model = chart_model(told.session.view, None)
    first, repeat = model.pressures[2:]
    assert (first.title, first.note) == ("!! 184/108", "not confirmed")
    assert (repeat.title, repeat.note) == ("", "repeat 158/96")
    assert model.joins == (Join(first=2, repeat=3),)


def test_a_confirmed_repeat_carries_the_flag_itself() -> None:
    told = infusing()
    told.chart(22, 184, 108)
    told.chart(24, 186, 109)
    model = chart_model(told.session.view, None)
    assert (model.pressures[2].title, model.pressures[2].note) == ("!! 184/108", "confirmed by 186/109")
    assert (model.pressures[3].title, model.pressures[3].note) == ("!! 186/109", "repeat")
    assert model.joins == (Join(first=2, repeat=3),)


def test_an_unconfirmed_crossing_says_so_and_act_now_needs_no_word() -> None:
    told = infusing()
    told.chart(22, 184, 108)
    assert chart_model(told.session.view, None).pressures[-1].note == "unconfirmed"
    told.chart(30, 205, 118)
    last = chart_model(told.session.view, None).pressures[-1]
    assert (last.title, last.note) == ("!!! 205/118", "")


def test_pump_rates_pauses_and_the_plan_follow_the_record() -> None:
    told = infusing()
    told.at(23, bodies.InfusionPaused(reason=""))
    told.at(26, bodies.InfusionResumed())
    told.at(28, bodies.RateChanged(rate_ml_per_h=Decimal(60)))
    model = chart_model(told.session.view, SEATED_AT.plus_s(33 * 60))
    assert model.drug_name == "Ketamine"
    spans = [(one.start_minute, one.end_minute, one.text) for one in model.segments]
    assert spans == [(0, minute(13), "75"), (minute(16), minute(18), "75"), (minute(18), None, "60")]
    assert [(one.start_minute, one.end_minute) for one in model.pauses] == [(minute(13), minute(16))]
    assert model.plan is not None
    assert (model.plan.text, model.plan.end_text) == ("planned at 60", "ends about 10:53")
    assert model.expected_end is not None
    assert model.expected_end.minute == minute(49.25)


def test_a_session_looked_back_on_has_no_now_nothing_due_and_no_plan() -> None:
    told = infusing()
    told.at(50, bodies.InfusionStopped(reason="finished"))
    model = chart_model(told.session.view, None)
    assert (model.now, model.due, model.plan, model.expected_end) == (None, None, None, None)
    assert model.stop is not None
    assert (model.stop.minute, model.stop.text) == (minute(40), "stopped 10:44")


def test_due_is_marked_at_its_time() -> None:
    model = chart_model(infusing().session.view, SEATED_AT.plus_s(11 * 60))
    assert model.due is not None
    assert (model.due.minute, model.due.text) == (minute(5), "due 10:09")


def test_missing_data_keeps_its_cause_and_times() -> None:
    told = infusing()
    told.at(1 + 10, _link(LinkState.CONNECTED, ""))
    told.at(6 + 10, _link(LinkState.LOST, "Cable out."))
    lasting = chart_model(told.session.view, SEATED_AT.plus_s(17 * 60)).gaps
    assert [(gap.end_minute, gap.text) for gap in lasting] == [(None, "Cable out since 10:10")]
    told.at(9 + 10, _link(LinkState.CONNECTED, ""))
    ended = chart_model(told.session.view, SEATED_AT.plus_s(20 * 60)).gaps
    assert [(gap.start_minute, gap.end_minute, gap.text) for gap in ended] == [
        (minute(6), minute(9), "Cable out 10:10 to 10:13")
    ]


def test_a_change_of_severity_continues_one_bar_and_a_new_spell_is_another() -> None:
    told = infusing()
    told.at(19, bodies.EffectOpened(effect="dissociation", severity=Severity.MILD))
    told.at(24, bodies.EffectOpened(effect="dissociation", severity=Severity.MODERATE))
    told.at(25, bodies.EffectOpened(effect="nausea", severity=Severity.MILD))
    told.at(31, bodies.EffectClosed(effect="nausea"))
    told.at(32, bodies.EffectOpened(effect="nausea", severity=Severity.SEVERE))
    effects = chart_model(told.session.view, None).effects
    assert [effect.text for effect in effects] == [
        "Dissociation, moderate, open",
        "Nausea, mild, ended 10:25",
        "Nausea, severe, open",
    ]
    assert [step.severity for step in effects[0].steps] == [1, 2]


def test_what_was_done_stands_among_the_events_in_order_of_time() -> None:
    told = infusing()
    told.chart(22, 184, 108)
    told.at(23, bodies.FlagAnswered(action=FlagAction.CLINICIAN_TOLD))
    told.at(24, bodies.Noted(text="Cuff moved"), taken=14)
    told.at(25, bodies.ClinicianTold(who="Dr Lindqvist"))
    events = chart_model(told.session.view, None).events
    assert [event.text for event in events] == ["Cuff moved", "Clinician told", "Told Dr Lindqvist"]
    assert [event.minute for event in events] == [minute(4), minute(13), minute(15)]


def test_the_limits_are_the_policys_own_for_this_patient() -> None:
    told = infusing()
    model = chart_model(told.session.view, None)
    high = [(limit.level, limit.value, limit.text) for limit in model.pressure_limits]
    assert high == [
        (Level.WATCH, 160, "160 watch"),
        (Level.NOTIFY, 180, "180 notify"),
        (Level.ACT_NOW, 200, "200 act now"),
    ]
    assert [limit.text for limit in model.diastolic_limits] == ["dia 100 !", "dia 110 !!", "dia 120 !!!"]
    assert [limit.value for limit in model.saturation_limits if limit.has_line] == [95, 90]
    lows = [limit.value for limit in model.rate_limits if not limit.is_high]
    assert lows == [50, 45, 40]
    slow = Told()
    slow.chart(2, 126, 80, 48)
    slow.chart(5, 122, 76, 48)
    without = [limit.value for limit in chart_model(slow.session.view, None).rate_limits if not limit.is_high]
    assert without == [50, 40]


def test_live_values_are_a_trend_and_never_a_point() -> None:
    view = infusing().session.view
    start_ms = SEATED_AT.plus_s(10 * 60).utc_ms
    points = LivePoints(times_ms=(start_ms, start_ms + 60_000), values=(71.0, 73.0))
    model = chart_model(view, SEATED_AT.plus_s(12 * 60), TrendPoints(rate=points))
    assert model.rate_trend.minutes == pytest.approx((0, 1))
    assert len(model.saturation_trend.minutes) == 0
    assert len(model.rates) == 2


def test_with_the_clock_set_back_the_next_reading_lies_right_of_the_last() -> None:
    told = infusing()
    told.chart(20, 130, 82)
    told.session.handle(_stepped_back_an_hour())
    told.chart(-35, 132, 84)
    marks = chart_model(told.session.view, None).pressures
    assert [mark.minute for mark in marks[-2:]] == [minute(10), minute(15)]


def test_the_cursor_stops_once_a_minute_that_holds_several_things() -> None:
    told = infusing()
    told.chart(15, 138, 86)
    told.at(15, bodies.Noted(text="Talking"))
    last = chart_model(told.session.view, None).moments[-1]
    assert last.readout == "10:09 · 138/86 · typed M.D.; Talking"


def test_the_word_discharged_stands_where_the_nurse_said_it() -> None:
    told = infusing()
    told.at(50, bodies.InfusionStopped(reason=""))
    told.at(85, bodies.PhaseBegun(phase=Phase.DISCHARGED, cause=None))
    assert chart_model(told.session.view, None).events[-1].text == "Discharged"


def test_a_gap_ends_where_its_monitor_was_taken_out_and_the_chart_says_so() -> None:
    told = infusing()
    told.at(20, _link(LinkState.LOST, "The cable is gone."))
    told.at(30, bodies.MonitorRemoved(protocol="dinamap", port="serial:/dev/ttyUSB0"))
    model = chart_model(told.session.view, None)
    (gap,) = model.gaps
    assert gap.end_minute is not None
    assert gap.end_minute - gap.start_minute == 10
    assert model.events[-1].text == "Monitor taken out"


def _link(state: LinkState, reason: str) -> bodies.LinkChange:
    return bodies.LinkChange(
        state=state, reason=reason, protocol="dinamap", port="serial:/dev/ttyUSB0", is_simulated=False
    )


def _stepped_back_an_hour() -> Command:
    body = bodies.ClockStepped(step_ms=-3_600_000, is_real_time=False)
    return Command(body=body, author=SYSTEM, at=SEATED_AT.plus_s(-39 * 60))
