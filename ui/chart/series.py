"""What a chart draws, as frozen values. No Qt, no judging: each limit, level and word is the caller's.

Minutes are session minutes: 0 is the start of the infusion, negative is before. Nothing is joined, averaged
or carried forward here; a value that was not measured is simply not in the tuple.
"""

from dataclasses import dataclass, replace
from enum import Enum

from monitor.policy import Level


class MarkStyle(Enum):
    """CHARTED full ink; CAPTURED thinner and pale; REJECTED hollow and pale; LATE hollow."""

    CHARTED = "charted"
    CAPTURED = "captured"
    REJECTED = "rejected"
    LATE = "late"

    @property
    def is_charted(self) -> bool:
        """Whether a person stands behind the value."""
        return self in {MarkStyle.CHARTED, MarkStyle.LATE}


@dataclass(frozen=True, slots=True, kw_only=True)
class PressureMark:
    """One cuff determination. `title` such as "!! 184/108" and `note` such as "not confirmed" label it.

    `level` is that of the flag it raised or confirmed, None without one.
    """

    minute: float
    systolic_mmhg: int
    diastolic_mmhg: int
    style: MarkStyle = MarkStyle.CHARTED
    title: str = ""
    note: str = ""
    level: Level | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One heart rate, pulse rate or oxygen saturation."""

    minute: float
    value: int
    style: MarkStyle = MarkStyle.CHARTED


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """Continuous monitor values, never charted: equally long tuples, minutes ascending, NaN where absent."""

    minutes: tuple[float, ...] = ()
    values: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """A first reading and its repeat, by their places in `ChartModel.pressures`."""

    first: int
    repeat: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """No data from the monitor; `end_minute` None while it lasts. `text` is cause and times, `times` these.

    Only where the cause finds no room do the times stand alone.
    """

    start_minute: float
    end_minute: float | None
    text: str
    times: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RateSegment:
    """The pump ran at one rate; `end_minute` None while it does."""

    start_minute: float
    end_minute: float | None
    rate_ml_per_h: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """The pump stood still; `end_minute` None while it does."""

    start_minute: float
    end_minute: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The rate planned from now to the expected end, with its words."""

    rate_ml_per_h: float
    text: str
    end_text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeverityStep:
    """From this minute on an effect had this severity, 1 mild to 3 severe."""

    minute: float
    severity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """An effect with its steps in order; `end_minute` None while it is open."""

    steps: tuple[SeverityStep, ...]
    end_minute: float | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventMark:
    """Something done or seen at one minute."""

    minute: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alertness:
    """One MOAA/S value, 0 to 5."""

    minute: float
    moaa_s: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """Where a level begins. `has_line` draws a dashed line at it, `text` stands on the line's right end."""

    level: Level
    value: float
    is_high: bool
    has_line: bool = True
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A minute the time cursor stops at, with the sentence that names values, source and author."""

    minute: float
    readout: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeMark:
    """A minute on the axis and its words, such as "10:27" or "due 10:28"."""

    minute: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartModel:
    """Everything one chart shows.

    Attributes:
        pressures: cuff determinations, ascending in time.
        rates: heart or pulse rates, per minute.
        saturations: SpO2, %.
        rate_trend: live rate, where the monitor gives it.
        saturation_trend: live SpO2.
        joins: first readings and their repeats.
        gaps: times without data from the monitor.
        drug_name: such as "Ketamine".
        segments: pump rates.
        pauses: pump stopped for a while.
        plan: what is still to come, None when nothing is.
        effects: effects reported, in the order in which they began.
        events: other entries, ascending in time.
        alertness: MOAA/S values.
        pressure_limits: systolic limits, tinted behind the marks.
        diastolic_limits: ticks on the right edge.
        rate_limits: per minute.
        saturation_limits: %.
        moments: where the time cursor stops.
        now: None in a finished session.
        expected_end: None when nothing runs.
        due: when the next set is due.
        stop: when the infusion stopped.
        is_started: whether minute 0 has happened; before it no start line is drawn.
    """

    pressures: tuple[PressureMark, ...] = ()
    rates: tuple[Point, ...] = ()
    saturations: tuple[Point, ...] = ()
    rate_trend: Trend = Trend()
    saturation_trend: Trend = Trend()
    joins: tuple[Join, ...] = ()
    gaps: tuple[Gap, ...] = ()
    drug_name: str = ""
    segments: tuple[RateSegment, ...] = ()
    pauses: tuple[Pause, ...] = ()
    plan: Plan | None = None
    effects: tuple[Effect, ...] = ()
    events: tuple[EventMark, ...] = ()
    alertness: tuple[Alertness, ...] = ()
    pressure_limits: tuple[Limit, ...] = ()
    diastolic_limits: tuple[Limit, ...] = ()
    rate_limits: tuple[Limit, ...] = ()
    saturation_limits: tuple[Limit, ...] = ()
    moments: tuple[Moment, ...] = ()
    now: TimeMark | None = None
    expected_end: TimeMark | None = None
    due: TimeMark | None = None
    stop: TimeMark | None = None
    is_started: bool = True

    def charted_pressures(self) -> tuple[PressureMark, ...]:
        """The pressures a person stands behind."""
        return tuple(mark for mark in self.pressures if mark.style.is_charted)

    def without_readings(self) -> "ChartModel":
        """Return what the strips show and what is written around the panes: a new set changes none of it.

        What goes on in a finished session ends with the last thing known, which may be a reading: of such a
        session nothing is left out.
        """
        if self.now is None:
            return self
        return replace(
            self,
            pressures=(),
            rates=(),
            saturations=(),
            joins=(),
            pressure_limits=(),
            diastolic_limits=(),
            rate_limits=(),
            saturation_limits=(),
            moments=(),
            due=None,
        )

    def until(self, end_minute: float | None) -> float:
        """Return `end_minute`, or for something still going on the present (or the last thing known)."""
        if end_minute is not None:
            return end_minute
        return self.now.minute if self.now is not None else max(self.minutes(), default=0.0)

    def minutes(self) -> list[float]:
        """Every minute at which something happened or is expected, unordered."""
        found = [mark.minute for mark in self.pressures]
        found += [point.minute for point in (*self.rates, *self.saturations)]
        found += [event.minute for event in self.events]
        found += [value.minute for value in self.alertness]
        found += [step.minute for effect in self.effects for step in effect.steps]
        spans: list[Gap | RateSegment | Pause] = [*self.gaps, *self.segments, *self.pauses]
        found += [span.start_minute for span in spans]
        ends = [span.end_minute for span in spans] + [effect.end_minute for effect in self.effects]
        found += [end for end in ends if end is not None]
        marks = (self.now, self.expected_end, self.due, self.stop)
        return found + [mark.minute for mark in marks if mark is not None]
