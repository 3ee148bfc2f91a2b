"""A seeded patient: a baseline, a rise that follows the infusion, surges, and noise.

The same seed gives the same patient on every machine, whatever is asked in whatever order: each number has a
random stream of its own, named by seed, purpose and index, and is rounded to an integer at once.
"""

import math
from dataclasses import dataclass
from random import Random

from devices.simulator.figures import Figures, Quantities
from devices.simulator.scenario import Surge
from monitor.clock import MS_PER_MINUTE


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressures:
    """A determination in mmHg; `mean_mmhg` as the monitor would measure it."""

    systolic_mmhg: int
    diastolic_mmhg: int
    mean_mmhg: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawn:
    """One patient's own baseline or rise."""

    systolic_mmhg: int
    diastolic_mmhg: int
    rate_bpm: int
    spo2_percent: int


class InfusionCourse:
    """When the drug ran, and how much of its effect stands: 1.0 at the reference minute of one long run."""

    def __init__(self, figures: Figures) -> None:
        self._figures = figures.course
        self._changes: list[tuple[int, bool]] = []

    @property
    def started_at_ms(self) -> int | None:
        """When the drug first ran."""
        return self._changes[0][0] if self._changes else None

    def change(self, at_ms: int, *, is_running: bool) -> None:
        """The pump was started, resumed, paused or stopped."""
        self._changes.append((at_ms, is_running))

    def interrupted_after_ms(self, at_ms: int) -> int | None:
        """When the drug next stood still, at or after `at_ms`; `at_ms` itself when it did not run then."""
        runs = False
        for changed_at_ms, is_running in self._changes:
            if changed_at_ms > at_ms and not runs:
                return at_ms
            if changed_at_ms > at_ms and not is_running:
                return changed_at_ms
            runs = is_running
        return None if runs else at_ms

    def level_at(self, at_ms: int) -> float:
        """The share of the full effect: 0.0 before the start, approached and left exponentially."""
        course = self._figures
        ceiling = 1 / (1 - math.exp(-course.is_full_at_minutes / course.rises_in_minutes))
        level = 0.0
        ends = [changed_at_ms for changed_at_ms, _ in self._changes[1:]] + [at_ms]
        for (from_ms, is_running), to_ms in zip(self._changes, ends, strict=False):
            minutes = max(0, min(to_ms, at_ms) - from_ms) / MS_PER_MINUTE
            if is_running:
                level = ceiling - (ceiling - level) * math.exp(-minutes / course.rises_in_minutes)
            else:
                level *= math.exp(-minutes / course.falls_in_minutes)
        return level


class Patient:
    """One simulated person."""

    def __init__(self, *, figures: Figures, surges: tuple[Surge, ...], seed: int) -> None:
        self._figures = figures
        self._surges = surges
        self._seed = seed
        self.course = InfusionCourse(figures)
        self._baseline = self._draw("baseline", figures.baseline)
        self._rise = self._draw("rise", figures.rise)

    def pressures_at(self, at_ms: int, *, index: int) -> Pressures:
        """The pressures that determination number `index` finds."""
        level = self.course.level_at(at_ms)
        noise = self._stream("pressure", index)
        systolic = round(
            self._baseline.systolic_mmhg
            + level * self._rise.systolic_mmhg
            + sum(surge.systolic_mmhg * self._surge_share(surge, at_ms) for surge in self._surges)
            + noise.gauss(0, self._figures.noise.systolic_mmhg)
        )
        diastolic = round(
            self._baseline.diastolic_mmhg
            + level * self._rise.diastolic_mmhg
            + sum(surge.diastolic_mmhg * self._surge_share(surge, at_ms) for surge in self._surges)
            + noise.gauss(0, self._figures.noise.diastolic_mmhg)
        )
        above = (systolic - diastolic) * self._figures.cuff.mean_above_diastolic_percent // 100
        return Pressures(systolic_mmhg=systolic, diastolic_mmhg=diastolic, mean_mmhg=diastolic + above)

    def pulse_at(self, at_ms: int) -> int:
        """Pulse rate, a new one each ten seconds."""
        noise = self._stream("pulse", at_ms // 10_000)
        return round(
            self._baseline.rate_bpm
            + self.course.level_at(at_ms) * self._rise.rate_bpm
            + sum(surge.rate_bpm * self._surge_share(surge, at_ms) for surge in self._surges)
            + noise.gauss(0, self._figures.noise.rate_bpm)
        )

    def spo2_at(self, at_ms: int) -> int:
        """Oxygen saturation, a new one each ten seconds; never above 100."""
        noise = self._stream("spo2", at_ms // 10_000)
        return min(100, round(self._baseline.spo2_percent + noise.gauss(0, self._figures.noise.spo2_percent)))

    def _surge_share(self, surge: Surge, at_ms: int) -> float:
        """How much of a surge stands, 0 to 1. It needs the drug: it falls once the pump stands still."""
        started_ms = self.course.started_at_ms
        if started_ms is None:
            return 0.0
        begins_ms = started_ms + surge.begins_minute * MS_PER_MINUTE
        falls_ms = begins_ms + (surge.rises_minutes + surge.holds_minutes) * MS_PER_MINUTE
        interrupted_ms = self.course.interrupted_after_ms(begins_ms)
        if interrupted_ms is not None:
            falls_ms = min(falls_ms, interrupted_ms)
        risen = (min(at_ms, falls_ms) - begins_ms) / (surge.rises_minutes * MS_PER_MINUTE)
        fallen = (at_ms - falls_ms) / (surge.falls_minutes * MS_PER_MINUTE)
        return max(0.0, min(1.0, risen) - max(0.0, fallen))

    def _draw(self, purpose: str, spreads: Quantities) -> _Drawn:
        stream = self._stream(purpose, 0)
        shared, own = stream.gauss(0, 1), stream.gauss(0, 1)
        correlation = spreads.pressure_correlation_percent / 100
        beside = correlation * shared + math.sqrt(1 - correlation**2) * own
        return _Drawn(
            systolic_mmhg=round(spreads.systolic_mmhg.mean + spreads.systolic_mmhg.deviation * shared),
            diastolic_mmhg=round(spreads.diastolic_mmhg.mean + spreads.diastolic_mmhg.deviation * beside),
            rate_bpm=round(stream.gauss(spreads.rate_bpm.mean, spreads.rate_bpm.deviation)),
            spo2_percent=round(stream.gauss(spreads.spo2_percent.mean, spreads.spo2_percent.deviation)),
        )

    def _stream(self, purpose: str, index: int) -> Random:
        return seeded_stream(self._seed, purpose, index)


def seeded_stream(seed: int, purpose: str, index: int) -> Random:
    """A random stream of its own for one number: nothing secret, only repeatable."""
    return Random(f"{seed}:{purpose}:{index}")  # noqa: S311 - a simulation, not a secret
