"""The chart's marks: each determination with its style, its flag and what became of it, and its repeat."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from monitor.clock import MS_PER_S
from monitor.flags import FlagState
from monitor.policy import Condition, Level
from monitor.view import Flagged, Reading, SessionView, Standing
from monitor.vitals import Quality
from ui.chart.series import Alertness, Join, MarkStyle, Moment, Point, PressureMark
from ui.text import chart_notes, happened
from ui.text.formats import pressure

Minute = Callable[[int], float]

_PRESSURE = frozenset({Condition.PRESSURE_HIGH, Condition.PRESSURE_RISE, Condition.PRESSURE_LOW})
_OPENINGS = frozenset({FlagState.RAISED, FlagState.UNCONFIRMED})
_DECISIONS = frozenset({FlagState.CONFIRMED, FlagState.NOT_CONFIRMED})
_UNDECIDED = frozenset({FlagState.UNCONFIRMED, FlagState.NOT_REPEATED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Readings:
    """The marks of all readings, each kind ascending in time."""

    pressures: tuple[PressureMark, ...]
    rates: tuple[Point, ...]
    saturations: tuple[Point, ...]
    alertness: tuple[Alertness, ...]
    joins: tuple[Join, ...]
    moments: tuple[Moment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagStory:
    """A pressure flag from the reading that opened it to what stands of it now.

    `repeat_key` names the reading that decided it, None while none has.
    """

    level: Level
    opened_key: int
    repeat_key: int | None
    state: FlagState


def readings_of(view: SessionView, minute: Minute) -> Readings:
    """Return the marks of every reading that still belongs to this patient."""
    shown = [each for each in view.readings if each.standing not in {Standing.WITHDRAWN, Standing.MOVED}]
    pressed = [each for each in shown if each.vitals.has_pressure]
    stories = flag_stories(view.flags)
    styles = {each.sequence: mark_style(view, each) for each in shown}
    return Readings(
        pressures=tuple(
            _mark(each, styles[each.sequence], _label(each, pressed, stories), minute) for each in pressed
        ),
        rates=tuple(
            Point(minute=minute(each.at_ms), value=each.vitals.rate_bpm, style=styles[each.sequence])
            for each in shown
            if each.vitals.rate_bpm is not None
        ),
        saturations=tuple(
            Point(minute=minute(each.at_ms), value=each.vitals.spo2_percent, style=styles[each.sequence])
            for each in shown
            if each.vitals.spo2_percent is not None
        ),
        alertness=tuple(
            Alertness(minute=minute(each.at_ms), moaa_s=each.vitals.moaa_s)
            for each in shown
            if each.vitals.moaa_s is not None
        ),
        joins=_joins(pressed, stories),
        moments=tuple(Moment(minute=minute(each.at_ms), readout=readout(each)) for each in shown),
    )


def mark_style(view: SessionView, reading: Reading) -> MarkStyle:
    """Say how a reading's mark is drawn; a typed one written down long after it was taken is hollow."""
    if reading.standing is Standing.REJECTED:
        return MarkStyle.REJECTED
    if reading.standing is Standing.CAPTURED:
        return MarkStyle.CAPTURED
    waited_ms = reading.entry.recorded_at_ms - reading.entry.taken_at_ms
    is_late = not reading.is_monitor and waited_ms > view.policy.late.after_s * MS_PER_S
    return MarkStyle.LATE if is_late else MarkStyle.CHARTED


def readout(reading: Reading) -> str:
    """Write what the time cursor says of a reading: time, values, source and author."""
    taken = happened.taken_at(reading.entry)
    return (
        f"{taken} \N{MIDDLE DOT} {happened.vitals(reading.vitals)} \N{MIDDLE DOT} {happened.source(reading)}"
    )


def flag_stories(flags: Sequence[Flagged]) -> tuple[FlagStory, ...]:
    """Read the recorded changes of pressure flags into one story for each flag that opened."""
    stories: list[FlagStory] = []
    current: dict[Condition, int] = {}
    for flagged in flags:
        change = flagged.change
        if change.condition not in _PRESSURE:
            continue
        at = current.get(change.condition)
        if change.state in _OPENINGS or at is None:
            current[change.condition] = len(stories)
            story = FlagStory(level=change.level, opened_key=change.key, repeat_key=None, state=change.state)
            stories.append(story)
            continue
        before = stories[at]
        if change.state in _DECISIONS and before.state in _UNDECIDED:
            stories[at] = _told(before, change.state, repeat_key=change.key)
        elif change.state in {FlagState.NOT_REPEATED, FlagState.WITHDRAWN}:
            stories[at] = _told(before, change.state, repeat_key=before.repeat_key)
    return tuple(stories)


def _told(story: FlagStory, state: FlagState, *, repeat_key: int | None) -> FlagStory:
    return FlagStory(level=story.level, opened_key=story.opened_key, repeat_key=repeat_key, state=state)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Label:
    """What stands beside a mark."""

    title: str = ""
    note: str = ""
    level: Level | None = None


def _mark(reading: Reading, style: MarkStyle, label: _Label, minute: Minute) -> PressureMark:
    systolic, diastolic = reading.vitals.systolic_mmhg or 0, reading.vitals.diastolic_mmhg or 0
    return PressureMark(
        minute=minute(reading.at_ms),
        systolic_mmhg=systolic,
        diastolic_mmhg=diastolic,
        style=style,
        title=label.title,
        note=label.note,
        level=label.level,
    )


def _label(reading: Reading, pressed: Sequence[Reading], stories: Sequence[FlagStory]) -> _Label:
    """Title and note of a reading: its most serious flag and its fate, or whose repeat it is."""
    text = _pressure(reading)
    if reading.quality is not Quality.GOOD:
        return _Label(note=chart_notes.questionable(text))
    opened = [story for story in stories if story.opened_key == reading.key]
    if opened:
        worst = max(opened, key=lambda story: story.level.rank)
        title = chart_notes.flagged(worst.level, text)
        return _Label(title=title, note=_fate(worst, pressed), level=worst.level)
    decided = [story for story in stories if story.repeat_key == reading.key]
    if not decided:
        return _Label()
    worst = max(decided, key=lambda story: story.level.rank)
    if worst.state is FlagState.CONFIRMED:
        title = chart_notes.flagged(worst.level, text)
        return _Label(title=title, note=chart_notes.confirming(), level=worst.level)
    return _Label(note=chart_notes.repeat(text))


def _fate(story: FlagStory, pressed: Sequence[Reading]) -> str:
    """Say what became of a flag; where its repeat confirmed it, by which values."""
    repeats = [each for each in pressed if each.key == story.repeat_key]
    if story.state is FlagState.CONFIRMED and repeats:
        return chart_notes.confirmed_by(_pressure(repeats[0]))
    return chart_notes.fate(story.state)


def _pressure(reading: Reading) -> str:
    return pressure(reading.vitals.systolic_mmhg, reading.vitals.diastolic_mmhg)


def _joins(pressed: Sequence[Reading], stories: Sequence[FlagStory]) -> tuple[Join, ...]:
    places = {reading.key: at for at, reading in enumerate(pressed)}
    pairs = {
        (places[story.opened_key], places[story.repeat_key])
        for story in stories
        if story.opened_key in places and story.repeat_key is not None and story.repeat_key in places
    }
    return tuple(Join(first=first, repeat=repeat) for first, repeat in sorted(pairs))
