"""What a scenario lets happen to the patient: surges that need the drug, and events that do not.

Minutes count from the start of the infusion.
"""

from dataclasses import dataclass
from enum import Enum

from devices.simulator import ranges
from devices.simulator.course import InfusionCourse
from devices.simulator.figures import EventFigures, Figures
from devices.simulator.written import WrittenTable
from monitor.clock import MS_PER_MINUTE, MS_PER_S


class EventKind(Enum):
    """What can happen at the patient. The cuff and the probe come off; the rest changes what is measured."""

    COUGH = "cough"
    ARM_MOVED = "arm_moved"
    SYNCOPE = "syncope"
    DESATURATION = "desaturation"
    CUFF_OFF = "cuff_off"
    PROBE_OFF = "probe_off"


@dataclass(frozen=True, slots=True, kw_only=True)
class Surge:
    """A trapezium added to the patient's course: values at its top, minutes of its sides and top."""

    begins_minute: int
    rises_minutes: int
    holds_minutes: int
    falls_minutes: int
    systolic_mmhg: int
    diastolic_mmhg: int
    rate_bpm: int

    def __post_init__(self) -> None:
        if min(self.rises_minutes, self.falls_minutes) < 1:
            raise ValueError("a surge rises and falls in a minute or more")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happens at `minute`, and begins to pass `lasts_minutes` later."""

    kind: EventKind
    minute: int
    lasts_minutes: int

    def __post_init__(self) -> None:
        if self.lasts_minutes < 1:
            raise ValueError("an event lasts a minute or more")


def surge_written(table: WrittenTable) -> Surge:
    """Read a scenario's `[[surge]]`.

    Raises:
        UsersError: a key is missing, unknown, or not what may stand there.
    """
    table.only(ranges.SURGE)
    return Surge(**table.take_all(ranges.SURGE))


def event_written(kind: EventKind, table: WrittenTable) -> Event:
    """Read the rest of a scenario's `[[event]]` of `kind`.

    Raises:
        UsersError: a key is missing, unknown, or not what may stand there.
    """
    table.only(("what", "minute", "lasts_minutes"))
    return Event(
        kind=kind,
        minute=table.take("minute", ranges.MINUTE),
        lasts_minutes=table.take("lasts_minutes", ranges.LASTS_MINUTES),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is added to a patient's numbers at one moment, not yet rounded."""

    systolic_mmhg: float = 0.0
    diastolic_mmhg: float = 0.0
    rate_bpm: float = 0.0
    spo2_percent: float = 0.0
    respiratory_rate_bpm: float = 0.0


class Happenings:
    """A scenario's surges and events over time."""

    def __init__(
        self,
        *,
        surges: tuple[Surge, ...],
        events: tuple[Event, ...],
        figures: Figures,
        course: InfusionCourse,
    ) -> None:
        self._surges = surges
        self._events = events
        self._course = course
        self._sizes = {
            EventKind.COUGH: figures.cough,
            EventKind.ARM_MOVED: figures.arm_moved,
            EventKind.SYNCOPE: figures.syncope,
            EventKind.DESATURATION: figures.desaturation,
        }

    def is_in_force(self, kind: EventKind, at_ms: int) -> bool:
        """Whether an event of `kind` lasts at `at_ms`."""
        started_ms = self._course.started_at_ms
        if started_ms is None:
            return False
        return any(
            event.kind is kind
            and 0 <= at_ms - started_ms - event.minute * MS_PER_MINUTE < event.lasts_minutes * MS_PER_MINUTE
            for event in self._events
        )

    def change_at(self, at_ms: int) -> Change:
        """Everything that is added at `at_ms`."""
        started_ms = self._course.started_at_ms
        if started_ms is None:
            return Change()
        surges = [(surge, self._surge_share(surge, started_ms, at_ms)) for surge in self._surges]
        events = [
            (size, _share(event, size, started_ms, at_ms))
            for event in self._events
            if (size := self._sizes.get(event.kind)) is not None
        ]
        both: list[tuple[Surge | EventFigures, float]] = [*surges, *events]
        return Change(
            systolic_mmhg=sum(each.systolic_mmhg * share for each, share in both),
            diastolic_mmhg=sum(each.diastolic_mmhg * share for each, share in both),
            rate_bpm=sum(each.rate_bpm * share for each, share in both),
            spo2_percent=sum(each.spo2_percent * share for each, share in events),
            respiratory_rate_bpm=sum(each.respiratory_rate_bpm * share for each, share in events),
        )

    def _surge_share(self, surge: Surge, started_ms: int, at_ms: int) -> float:
        """How much of a surge stands, 0 to 1. It needs the drug: it falls once the pump slows or stands."""
        begins_ms = started_ms + surge.begins_minute * MS_PER_MINUTE
        falls_ms = begins_ms + (surge.rises_minutes + surge.holds_minutes) * MS_PER_MINUTE
        slowed_ms = self._course.slowed_after_ms(begins_ms)
        if slowed_ms is not None:
            falls_ms = min(falls_ms, slowed_ms)
        risen = (min(at_ms, falls_ms) - begins_ms) / (surge.rises_minutes * MS_PER_MINUTE)
        fallen = (at_ms - falls_ms) / (surge.falls_minutes * MS_PER_MINUTE)
        return max(0.0, min(1.0, risen) - max(0.0, fallen))


def _share(event: Event, size: EventFigures, started_ms: int, at_ms: int) -> float:
    """How much of an event stands, 0 to 1."""
    since_s = (at_ms - started_ms - event.minute * MS_PER_MINUTE) / MS_PER_S
    if since_s < 0:
        return 0.0
    after_s = since_s - event.lasts_minutes * (MS_PER_MINUTE // MS_PER_S)
    come = min(1.0, since_s / size.comes_s) if size.comes_s else 1.0
    if after_s < 0:
        return come
    return max(0.0, come - after_s / size.goes_s) if size.goes_s else 0.0
