"""The current view of a session: what the record comes to after corrections. Values only; `fold` makes them.

Times named `*_ms` without "utc" are on the session clock: UTC milliseconds corrected for every recorded step
of the wall clock that was not real time, so they never run backwards within a session.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from monitor.bodies import Body, InfusionStarted, LinkChange, LiveStood, Patient, Seated
from monitor.clock import MS_PER_MINUTE, Instant
from monitor.entries import Entry
from monitor.flags import FlagChange
from monitor.gate import Baseline
from monitor.policy import Policy
from monitor.terms import FlagAction, Phase, RejectReason, Severity
from monitor.vitals import Quality, Quantity, Vitals


class Standing(Enum):
    """Whether a reading counts. Only CHARTED satisfies the schedule; CAPTURED is judged but waits."""

    CHARTED = "charted"
    CAPTURED = "captured"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    MOVED = "moved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One determination with all that was later said about it.

    Attributes:
        entry: the entry that brought it in (set_charted, captured or moved_in).
        at_ms: when it was taken.
        begun_ms: when the cuff began, if seen; else `at_ms`.
        vitals: as they stand after amendments.
        standing: whether it counts.
        by: who typed or accepted it; "" while nobody has.
        is_monitor: read from a monitor, not typed.
        quality: of a monitor's reading; typed ones are GOOD.
        amendments: entries that changed or withdrew it, in order.
        reject_reason: set when REJECTED.
        copy_of: sequence of the captured determination that this typed set repeats, if any.
    """

    entry: Entry
    at_ms: int
    begun_ms: int
    vitals: Vitals
    original: Vitals
    standing: Standing
    by: str
    is_monitor: bool
    quality: Quality
    amendments: tuple[Entry, ...] = ()
    reject_reason: RejectReason | None = None
    copy_of: int | None = None

    @property
    def sequence(self) -> int:
        """The entry's sequence, which names this reading everywhere."""
        return self.entry.sequence

    @property
    def key(self) -> int:
        """Sequence of the entry that last said what the values are: what a flag on them names."""
        return self.amendments[-1].sequence if self.amendments else self.sequence

    @property
    def counts(self) -> bool:
        """Charted, with a pressure: a set."""
        return self.standing is Standing.CHARTED and self.vitals.has_pressure

    @property
    def waits(self) -> bool:
        """Captured in good quality and neither accepted nor rejected yet."""
        return self.standing is Standing.CAPTURED and self.quality is Quality.GOOD


@dataclass(frozen=True, slots=True, kw_only=True)
class PumpSpan:
    """A stretch at one rate; `rate_ml_per_h` None while paused; `until_ms` None while it lasts."""

    from_ms: int
    until_ms: int | None
    rate_ml_per_h: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectSpan:
    """A stretch of one effect at one severity."""

    effect: str
    severity: Severity
    from_ms: int
    until_ms: int | None
    is_continued: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NoData:
    """A stretch without the monitor, with its cause in words."""

    from_ms: int
    until_ms: int | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """An effective entry, placed on the session clock by `correction_ms`, which its UTC times need."""

    entry: Entry
    correction_ms: int

    @property
    def at_ms(self) -> int:
        """When it happened."""
        return self.entry.taken_at_ms + self.correction_ms

    @property
    def recorded_ms(self) -> int:
        """When it was written down."""
        return self.entry.recorded_at_ms + self.correction_ms

    @property
    def body(self) -> Body:
        """What happened."""
        return self.entry.body


@dataclass(frozen=True, slots=True, kw_only=True)
class Flagged:
    """A recorded flag change, its entry, and whether it was late."""

    entry: Entry
    change: FlagChange
    is_late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer to the flags of those sequences."""

    entry: Entry
    at_ms: int
    action: FlagAction
    flags: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Infusion:
    """The infusion from its start entry on; `stopped_ms` None while it runs or pauses.

    `expected_end_ms`: when the planned volume is in at the rate set now; None while paused or after the stop.
    """

    entry: Entry
    body: InfusionStarted
    started_ms: int
    stopped_ms: int | None
    spans: tuple[PumpSpan, ...]
    expected_end_ms: int | None = None

    def began_after(self, reading: Reading) -> bool:
        """Whether `reading` was taken before the start; of one minute, what was written down first."""
        return (reading.at_ms, reading.sequence) < (self.started_ms, self.entry.sequence)


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionView:
    """Everything that screens, the report and the rules read.

    Attributes:
        record_length: how many entries were folded.
        correction_ms: what to add to UTC now for the session clock.
        readings: in order of `at_ms`.
        baseline: from charted sets before the start; its values stand once there are enough.
        flags: every recorded flag change, in order of sequence.
        happened: every effective entry, in order of sequence.
        next_due_ms: when the next set is due on the session clock, None when none is (see `schedule`).
    """

    session: str
    station: str
    seated: Seated
    seated_at: Instant
    seated_ms: int
    policy: Policy
    operator: str
    phase: Phase
    phase_since_ms: int
    is_simulated: bool
    record_length: int
    correction_ms: int
    readings: tuple[Reading, ...]
    baseline: Baseline
    infusion: Infusion | None
    effects: tuple[EffectSpan, ...]
    no_data: tuple[NoData, ...]
    links: Mapping[str, LinkChange]
    trend_head: str | None
    flags: tuple[Flagged, ...]
    answers: tuple[Answer, ...]
    happened: tuple[Happened, ...]
    next_due_ms: int | None = None

    @property
    def chair(self) -> int:
        """The chair's number."""
        return self.seated.chair

    @property
    def patient(self) -> Patient:
        """Who sits there."""
        return self.seated.patient

    @property
    def charted(self) -> tuple[Reading, ...]:
        """The sets that count, in order of time taken."""
        return tuple(reading for reading in self.readings if reading.counts)

    @property
    def waiting(self) -> tuple[Reading, ...]:
        """Captured readings that nobody has accepted or rejected."""
        return tuple(reading for reading in self.readings if reading.waits)

    @property
    def is_over(self) -> bool:
        """Signed or cancelled: no longer on the board."""
        return self.phase in {Phase.SIGNED, Phase.CANCELLED}

    @property
    def baseline_values(self) -> Mapping[Quantity, Fraction]:
        """Exact baseline of each quantity that has one: what relative limits are held against."""
        return self.baseline.values

    def reading(self, sequence: int) -> Reading | None:
        """The reading that entry `sequence` brought in, if it did."""
        return next((reading for reading in self.readings if reading.sequence == sequence), None)

    def stood(self, sequence: int) -> LiveStood | None:
        """The continuous value that entry `sequence` tells of, if it does."""
        found = (item.body for item in self.happened if item.entry.sequence == sequence)
        body = next(found, None)
        return body if isinstance(body, LiveStood) else None

    def link_of(self, port: str) -> LinkChange | None:
        """The newest change of the link at `port`, None before the first and once it was taken away."""
        return self.links.get(port)

    def clock_ms(self, now: Instant) -> int:
        """`now` on the session clock."""
        return now.utc_ms + self.correction_ms

    def minute(self, at_ms: int) -> float | None:
        """Minutes from the start of the infusion, None before there is one."""
        return None if self.infusion is None else (at_ms - self.infusion.started_ms) / MS_PER_MINUTE

    def wall(self, at_ms: int) -> Instant:
        """A moment of the session clock as the wall showed it then; one still to come, as it shows now.

        What the wall showed is what the newest entry written down by that moment carries.
        """
        known = (each for each in reversed(self.happened) if each.recorded_ms <= at_ms)
        then = next(known, self.happened[0])
        return Instant(utc_ms=at_ms - then.correction_ms, offset_minutes=then.entry.offset_minutes)
