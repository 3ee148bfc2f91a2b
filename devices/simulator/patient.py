"""A seeded patient: a person, a baseline, a rise that follows the infusion, what happens to them, and noise.

The same seed gives the same patient on every machine, whatever is asked in whatever order: each number has a
random stream of its own, named by seed, purpose and index, and is rounded to an integer at once.
"""

import math
from dataclasses import dataclass, fields
from random import Random

from devices.simulator.course import InfusionCourse
from devices.simulator.figures import Figures, Quantities, Spread
from devices.simulator.happenings import EventKind, Happenings
from devices.simulator.person import PERCENT, drawn_person
from devices.simulator.randomness import seeded_stream
from devices.simulator.scenario import Scenario

LIVE_EVERY_MS = 10_000
LOWEST_SPO2_PERCENT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressures:
    """A determination in mmHg; `mean_mmhg` as the monitor would measure it."""

    systolic_mmhg: int
    diastolic_mmhg: int
    mean_mmhg: int


@dataclass(slots=True, kw_only=True)
class _Numbers:
    """One patient's own baseline or rise, while it is made up and after."""

    systolic_mmhg: float
    diastolic_mmhg: float
    rate_bpm: float
    spo2_percent: float
    respiratory_rate_bpm: float

    def rounded(self, *, share: float = 1.0) -> "_Numbers":
        """Whole numbers, of `share` of these."""
        return _Numbers(**{each.name: round(share * getattr(self, each.name)) for each in fields(self)})


class Patient:
    """One simulated person in a chair.

    Args:
        figures: the scenario's.
        seed: draws what the scenario leaves open.
        scenario: who it is and what happens to them; None: drawn, and nothing does.
    """

    def __init__(self, *, figures: Figures, seed: int, scenario: Scenario | None = None) -> None:
        self._figures = figures
        self._seed = seed
        self.person = (scenario and scenario.person) or drawn_person(figures.people, seed)
        self.course = InfusionCourse(figures.course, strength=scenario.strength if scenario else 1.0)
        self._happenings = Happenings(
            surges=scenario.surges if scenario else (),
            events=scenario.events if scenario else (),
            figures=figures,
            course=self.course,
        )
        self._baseline = self._drawn_baseline()
        self._rise = self._drawn_rise()

    def pressures_at(self, at_ms: int, *, index: int) -> Pressures:
        """The pressures that determination number `index` finds."""
        level = self.course.level_at(at_ms)
        change = self._happenings.change_at(at_ms)
        noise = self._stream("pressure", index)
        systolic = round(
            self._baseline.systolic_mmhg
            + level * self._rise.systolic_mmhg
            + change.systolic_mmhg
            + noise.gauss(0, self._figures.noise.systolic_mmhg)
        )
        diastolic = round(
            self._baseline.diastolic_mmhg
            + level * self._rise.diastolic_mmhg
            + change.diastolic_mmhg
            + noise.gauss(0, self._figures.noise.diastolic_mmhg)
        )
        above = (systolic - diastolic) * self._figures.cuff.mean_above_diastolic_percent // PERCENT
        return Pressures(systolic_mmhg=systolic, diastolic_mmhg=diastolic, mean_mmhg=diastolic + above)

    def heart_rate_at(self, at_ms: int) -> int:
        """Heart rate as an ECG counts it, a new one each ten seconds."""
        noise = self._stream("pulse", at_ms // LIVE_EVERY_MS)
        return round(
            self._baseline.rate_bpm
            + self.course.level_at(at_ms) * self._rise.rate_bpm
            + self._happenings.change_at(at_ms).rate_bpm
            + noise.gauss(0, self._figures.noise.rate_bpm)
        )

    def pulse_at(self, at_ms: int) -> int | None:
        """The oximeter's pulse rate: the heart's, None while its probe is off."""
        return self.heart_rate_at(at_ms) if self._has_probe(at_ms) else None

    def spo2_at(self, at_ms: int) -> int | None:
        """Oxygen saturation, a new one each ten seconds, never above 100; None while the probe is off."""
        if not self._has_probe(at_ms):
            return None
        noise = self._stream("spo2", at_ms // LIVE_EVERY_MS)
        found = round(
            self._baseline.spo2_percent
            + self.course.level_at(at_ms) * self._rise.spo2_percent
            + self._happenings.change_at(at_ms).spo2_percent
            + noise.gauss(0, self._figures.noise.spo2_percent)
        )
        return max(LOWEST_SPO2_PERCENT, min(PERCENT, found))

    def respiratory_rate_at(self, at_ms: int) -> int:
        """Breaths a minute, a new count each ten seconds."""
        noise = self._stream("respiration", at_ms // LIVE_EVERY_MS)
        found = round(
            self._baseline.respiratory_rate_bpm
            + self.course.level_at(at_ms) * self._rise.respiratory_rate_bpm
            + self._happenings.change_at(at_ms).respiratory_rate_bpm
            + noise.gauss(0, self._figures.noise.respiratory_rate_bpm)
        )
        return max(0, found)

    def has_cuff(self, at_ms: int) -> bool:
        """Whether the cuff is on the arm: without it a determination finds nothing."""
        return not self._happenings.is_in_force(EventKind.CUFF_OFF, at_ms)

    def _has_probe(self, at_ms: int) -> bool:
        return not self._happenings.is_in_force(EventKind.PROBE_OFF, at_ms)

    def _drawn_baseline(self) -> _Numbers:
        drawn = self._draw("baseline", self._figures.baseline)
        for weight, shift in self.person.shifts(self._figures):
            drawn.systolic_mmhg += weight * shift.baseline_systolic_mmhg
            drawn.diastolic_mmhg += weight * shift.baseline_diastolic_mmhg
            drawn.rate_bpm += weight * shift.baseline_rate_bpm
        return drawn.rounded()

    def _drawn_rise(self) -> _Numbers:
        drawn = self._draw("rise", self._figures.rise)
        shifts = self.person.shifts(self._figures)
        for weight, shift in shifts:
            drawn.systolic_mmhg += weight * shift.rise_systolic_mmhg
            drawn.diastolic_mmhg += weight * shift.rise_diastolic_mmhg
            drawn.rate_bpm += weight * shift.rise_rate_bpm
        return drawn.rounded(
            share=math.prod((shift.rise_percent / PERCENT) ** weight for weight, shift in shifts)
        )

    def _draw(self, purpose: str, spreads: Quantities) -> _Numbers:
        stream = self._stream(purpose, 0)
        shared, own = stream.gauss(0, 1), stream.gauss(0, 1)
        correlation = spreads.pressure_correlation_percent / PERCENT
        beside = correlation * shared + math.sqrt(1 - correlation**2) * own
        systolic, diastolic = spreads.systolic_mmhg, spreads.diastolic_mmhg
        return _Numbers(
            systolic_mmhg=systolic.mean + systolic.deviation * shared,
            diastolic_mmhg=diastolic.mean + diastolic.deviation * beside,
            rate_bpm=_gauss(stream, spreads.rate_bpm),
            spo2_percent=_gauss(stream, spreads.spo2_percent),
            respiratory_rate_bpm=_gauss(stream, spreads.respiratory_rate_bpm),
        )

    def _stream(self, purpose: str, index: int) -> Random:
        return seeded_stream(self._seed, purpose, index)


def _gauss(stream: Random, spread: Spread) -> float:
    return stream.gauss(spread.mean, spread.deviation)
