"""From a session's view to what its chart draws. Pure: no Qt objects, no clock, nothing judged here.

Screen, review and paper all draw this one model. Marks are made in `build_marks`.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from monitor.bands import threshold
from monitor.clock import MS_PER_MINUTE, Instant
from monitor.policy import Condition, Level
from monitor.policy import Limit as PolicyLimit
from monitor.terms import Severity
from monitor.view import EffectSpan, SessionView
from monitor.vitals import Quantity
from ui.chart.build_marks import Readings, readings_of
from ui.chart.series import (
    ChartModel,
    Effect,
    EventMark,
    Gap,
    Limit,
    Moment,
    Pause,
    Plan,
    RateSegment,
    SeverityStep,
    TimeMark,
    Trend,
)
from ui.text import chart_notes, happened
from ui.text.formats import clock

NOW_STEP_MS = 5000  # less than a pixel of the usual axis: oftener would repaint the same picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """Session-clock milliseconds to minutes of the chart: 0 is the start of the infusion.

    Before the start 0 is the present minute, as if the infusion began now.
    """

    zero_ms: int

    def minute(self, at_ms: int) -> float:
        """Return the chart's minute of a moment on the session clock."""
        return (at_ms - self.zero_ms) / MS_PER_MINUTE


@dataclass(frozen=True, slots=True, kw_only=True)
class LivePoints:
    """One continuous value of the monitor: session-clock times, ascending, and values, NaN at a break."""

    times_ms: tuple[int, ...] = ()
    values: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendPoints:
    """The continuous values drawn behind the charted points: heart or pulse rate, and oxygen saturation."""

    rate: LivePoints = LivePoints()
    saturation: LivePoints = LivePoints()


def axis_of(view: SessionView, now: Instant | None) -> Axis:
    """Return the axis of a session; `now` is None when it is over."""
    if view.infusion is not None:
        return Axis(zero_ms=view.infusion.started_ms)
    last_ms = view.happened[-1].at_ms if now is None else view.clock_ms(now)
    return Axis(zero_ms=last_ms - last_ms % MS_PER_MINUTE)


def chart_model(view: SessionView, now: Instant | None, trend: TrendPoints | None = None) -> ChartModel:
    """Return everything the chart of `view` shows.

    Args:
        view: a session, running or over.
        now: the present, or None for a session that is looked back on: then nothing is due or planned.
        trend: continuous values, not charted.
    """
    axis = axis_of(view, now)
    trend = trend or TrendPoints()
    readings = readings_of(view, axis.minute)
    events = _events(view, axis)
    expected_end = _expected_end(view, axis, now)
    return ChartModel(
        pressures=readings.pressures,
        rates=readings.rates,
        saturations=readings.saturations,
        alertness=readings.alertness,
        joins=readings.joins,
        rate_trend=_trend(trend.rate, axis),
        saturation_trend=_trend(trend.saturation, axis),
        gaps=_gaps(view, axis),
        drug_name="" if view.infusion is None else _capitalised(view.infusion.body.drug),
        segments=_segments(view, axis),
        pauses=_pauses(view, axis),
        plan=None if now is None else _plan(view, axis, now, expected_end),
        effects=_effects(view, axis),
        events=events,
        pressure_limits=_limits(view, Condition.PRESSURE_HIGH, Quantity.SYSTOLIC),
        diastolic_limits=_limits(view, Condition.PRESSURE_HIGH, Quantity.DIASTOLIC),
        rate_limits=(
            *_limits(view, Condition.HEART_RATE_HIGH, Quantity.HEART_RATE),
            *_limits(view, Condition.HEART_RATE_LOW, Quantity.HEART_RATE),
        ),
        saturation_limits=_limits(view, Condition.SPO2_LOW, Quantity.SPO2),
        moments=_moments(readings, events),
        now=None if now is None else _now(view, axis, now),
        expected_end=expected_end,
        due=None if now is None else _due(view, axis),
        stop=_stop(view, axis),
        is_started=view.infusion is not None,
    )


def _now(view: SessionView, axis: Axis, now: Instant) -> TimeMark:
    now_ms = view.clock_ms(now)
    return TimeMark(minute=axis.minute(now_ms - now_ms % NOW_STEP_MS), text=clock(now))


def _due(view: SessionView, axis: Axis) -> TimeMark | None:
    due_ms = view.next_due_ms
    if due_ms is None:
        return None
    return TimeMark(minute=axis.minute(due_ms), text=chart_notes.due(clock(view.wall(due_ms))))


def _expected_end(view: SessionView, axis: Axis, now: Instant | None) -> TimeMark | None:
    if now is None or view.infusion is None:
        return None
    end_ms = view.infusion.expected_end_ms
    return None if end_ms is None else TimeMark(minute=axis.minute(end_ms), text=clock(view.wall(end_ms)))


def _plan(view: SessionView, axis: Axis, now: Instant, end: TimeMark | None) -> Plan | None:
    if view.infusion is None or end is None or end.minute <= axis.minute(view.clock_ms(now)):
        return None
    rate = view.infusion.spans[-1].rate_ml_per_h or Decimal(0)
    return Plan(
        rate_ml_per_h=float(rate),
        text=chart_notes.planned(happened.decimal(rate)),
        end_text=chart_notes.ends_about(end.text),
    )


def _stop(view: SessionView, axis: Axis) -> TimeMark | None:
    if view.infusion is None or view.infusion.stopped_ms is None:
        return None
    stopped_ms = view.infusion.stopped_ms
    return TimeMark(minute=axis.minute(stopped_ms), text=chart_notes.stopped(clock(view.wall(stopped_ms))))


def _segments(view: SessionView, axis: Axis) -> tuple[RateSegment, ...]:
    spans = () if view.infusion is None else view.infusion.spans
    return tuple(
        RateSegment(
            start_minute=axis.minute(span.from_ms),
            end_minute=None if span.until_ms is None else axis.minute(span.until_ms),
            rate_ml_per_h=float(span.rate_ml_per_h),
            text=happened.decimal(span.rate_ml_per_h),
        )
        for span in spans
        if span.rate_ml_per_h is not None
    )


def _pauses(view: SessionView, axis: Axis) -> tuple[Pause, ...]:
    spans = () if view.infusion is None else view.infusion.spans
    return tuple(
        Pause(
            start_minute=axis.minute(span.from_ms),
            end_minute=None if span.until_ms is None else axis.minute(span.until_ms),
        )
        for span in spans
        if span.rate_ml_per_h is None
    )


def _gaps(view: SessionView, axis: Axis) -> tuple[Gap, ...]:
    gaps = []
    for gap in view.no_data:
        since = clock(view.wall(gap.from_ms))
        until = None if gap.until_ms is None else clock(view.wall(gap.until_ms))
        gaps.append(
            Gap(
                start_minute=axis.minute(gap.from_ms),
                end_minute=None if gap.until_ms is None else axis.minute(gap.until_ms),
                text=chart_notes.gap(gap.reason, since, until),
                times=chart_notes.gap_times(since, until),
            )
        )
    return tuple(gaps)


_BLOCKS = {Severity.MILD: 1, Severity.MODERATE: 2, Severity.SEVERE: 3}


def _effects(view: SessionView, axis: Axis) -> tuple[Effect, ...]:
    stretches: list[list[EffectSpan]] = []
    for span in view.effects:
        same = [found for found in stretches if found[-1].effect == span.effect]
        if span.is_continued and same:
            same[-1].append(span)
        else:
            stretches.append([span])
    return tuple(_effect(view, axis, spans) for spans in stretches)


def _effect(view: SessionView, axis: Axis, spans: list[EffectSpan]) -> Effect:
    last = spans[-1]
    name, severity = happened.effect(last.effect), happened.severity(last.severity)
    if last.until_ms is None:
        text = chart_notes.effect_open(name, severity)
    else:
        text = chart_notes.effect_ended(name, severity, clock(view.wall(last.until_ms)))
    return Effect(
        steps=tuple(
            SeverityStep(minute=axis.minute(span.from_ms), severity=_BLOCKS[span.severity]) for span in spans
        ),
        end_minute=None if last.until_ms is None else axis.minute(last.until_ms),
        text=text,
    )


def _events(view: SessionView, axis: Axis) -> tuple[EventMark, ...]:
    worded = [(item.at_ms, happened.event(item.body)) for item in view.happened]
    shown = sorted((at_ms, text) for at_ms, text in worded if text is not None)
    return tuple(EventMark(minute=axis.minute(at_ms), text=text) for at_ms, text in shown)


def _moments(readings: Readings, events: tuple[EventMark, ...]) -> tuple[Moment, ...]:
    """Return one stop of the time cursor a minute at which something stands."""
    by_minute: dict[float, list[str]] = {}
    for moment in readings.moments:
        by_minute.setdefault(moment.minute, []).append(moment.readout)
    for event in events:
        by_minute.setdefault(event.minute, []).append(event.text)
    return tuple(
        Moment(minute=minute, readout="; ".join(texts)) for minute, texts in sorted(by_minute.items())
    )


def _trend(points: LivePoints, axis: Axis) -> Trend:
    return Trend(minutes=tuple(axis.minute(at_ms) for at_ms in points.times_ms), values=points.values)


def _limits(view: SessionView, condition: Condition, quantity: Quantity) -> tuple[Limit, ...]:
    cells = [
        (limit, threshold(limit, view.baseline_values))
        for level in Level
        for limit in view.policy.limits_of(condition, level)
        if limit.quantity is quantity
    ]
    return tuple(_limit(limit, at) for limit, at in cells if at is not None)


def _limit(limit: PolicyLimit, at: Fraction) -> Limit:
    """One limit with its line and words; only the lines that a pane's height leaves room for."""
    is_watch = limit.level is Level.WATCH
    lines = {
        Quantity.SYSTOLIC: True,
        Quantity.DIASTOLIC: True,
        Quantity.SPO2: is_watch or limit.level is Level.ACT_NOW,
    }
    words = {
        Quantity.SYSTOLIC: chart_notes.limit(at, limit.level),
        Quantity.DIASTOLIC: chart_notes.diastolic_limit(at, limit.level),
    }
    return Limit(
        level=limit.level,
        value=float(at),
        is_high=limit.side.is_high,
        has_line=lines.get(limit.quantity, is_watch),
        text=words.get(limit.quantity, ""),
    )


def _capitalised(name: str) -> str:
    return name[:1].upper() + name[1:]
