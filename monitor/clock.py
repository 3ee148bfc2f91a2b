"""Time as data. The only module that reads a real clock; everything else is told.

Facts: Linux CLOCK_MONOTONIC stops in suspend and CLOCK_BOOTTIME does not (PEP 418), so the two together
tell a suspend from a wall clock that somebody set.
"""

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

MS_PER_S = 1000
MS_PER_MINUTE = 60 * MS_PER_S


@dataclass(frozen=True, slots=True, order=True, kw_only=True)
class Instant:
    """A moment of the wall clock: UTC milliseconds since 1970, and the local offset then in minutes."""

    utc_ms: int
    offset_minutes: int

    def plus_s(self, seconds: float) -> "Instant":
        """Return the instant `seconds` later (earlier when negative) in the same offset."""
        return Instant(utc_ms=self.utc_ms + round(seconds * MS_PER_S), offset_minutes=self.offset_minutes)


class Clock(Protocol):
    """What shells ask for the time; a test's own clock moves only when told."""

    def now(self) -> Instant:
        """Wall-clock time with the local offset."""
        ...

    def monotonic_s(self) -> float:
        """Seconds that never go backwards; may stand still in suspend."""
        ...

    def boottime_s(self) -> float | None:
        """Seconds that never go backwards and run through suspend, or None where there is no such clock."""
        ...


class SystemClock:
    """The machine's clocks."""

    def now(self) -> Instant:
        """Read the wall clock and the offset in force at that moment."""
        utc_ms = time.time_ns() // 1_000_000
        utc = datetime.fromtimestamp(utc_ms // MS_PER_S, UTC)
        offset = utc.astimezone().replace(tzinfo=None) - utc.replace(tzinfo=None)
        return Instant(utc_ms=utc_ms, offset_minutes=offset // timedelta(minutes=1))

    def monotonic_s(self) -> float:
        """Read CLOCK_MONOTONIC."""
        return time.monotonic()  # noqa: TID251 - the one place

    def boottime_s(self) -> float | None:
        """Read CLOCK_BOOTTIME where the system has it."""
        boottime = getattr(time, "CLOCK_BOOTTIME", None)
        return None if boottime is None else time.clock_gettime(boottime)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpedClock:
    """A clock whose time passes `factor` times as fast as `base` since `started`, for demonstrations.

    Everything in one process must use the same one: a monitor at another speed would lie about ages.
    """

    base: Clock
    factor: float
    started: Instant
    started_monotonic_s: float

    def now(self) -> Instant:
        """Wall time moved by the sped-up monotonic seconds."""
        return self.started.plus_s(self.monotonic_s() - self.started_monotonic_s)

    def monotonic_s(self) -> float:
        """Monotonic seconds, sped up since the start."""
        passed_s = self.base.monotonic_s() - self.started_monotonic_s
        return self.started_monotonic_s + passed_s * self.factor

    def boottime_s(self) -> float | None:
        """No such clock: a demonstration does not survive a suspend."""
        return None


def clock_at(speed: int) -> Clock:
    """Return the machine's clock, sped up unless `speed` is 1."""
    base = SystemClock()
    if speed == 1:
        return base
    return SpedClock(base=base, factor=speed, started=base.now(), started_monotonic_s=base.monotonic_s())


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockStep:
    """The wall clock moved by `step_ms` more than time did; `is_real_time` when a suspend may explain it.

    No milliseconds at all when only the local offset changed, as when daylight saving begins or ends.
    """

    step_ms: int
    is_real_time: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockSample:
    """The three clocks read together."""

    at: Instant
    monotonic_s: float
    boottime_s: float | None

    @classmethod
    def read(cls, clock: Clock) -> "ClockSample":
        """Read `clock` once."""
        return cls(at=clock.now(), monotonic_s=clock.monotonic_s(), boottime_s=clock.boottime_s())


def clock_step(before: ClockSample, after: ClockSample, *, tolerance_ms: int) -> ClockStep | None:
    """Tell whether the wall clock was stepped, or its offset changed, between two samples.

    A forward jump counts as real time (a suspend) unless a clock that runs through suspend disproves it.

    Args:
        before: the earlier sample.
        after: the later sample.
        tolerance_ms: a smaller difference is drift, not a step.
    """
    wall_ms = after.at.utc_ms - before.at.utc_ms
    awake_ms = round((after.monotonic_s - before.monotonic_s) * MS_PER_S)
    real_ms = awake_ms
    if before.boottime_s is not None and after.boottime_s is not None:
        real_ms = round((after.boottime_s - before.boottime_s) * MS_PER_S)
    if abs(wall_ms - real_ms) > tolerance_ms:
        knows_suspend = before.boottime_s is not None and after.boottime_s is not None
        return ClockStep(step_ms=wall_ms - real_ms, is_real_time=wall_ms > real_ms and not knows_suspend)
    if abs(real_ms - awake_ms) > tolerance_ms:
        return ClockStep(step_ms=real_ms - awake_ms, is_real_time=True)
    is_same_offset = before.at.offset_minutes == after.at.offset_minutes
    return None if is_same_offset else ClockStep(step_ms=0, is_real_time=True)
