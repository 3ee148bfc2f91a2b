"""How much of an infusion's effect stands: one compartment behind the pump.

A constant drive is approached as 1 - exp(-t / 18 min); where it is less than what stands, the effect falls
towards it as exp(-t / 28 min). The two times were fitted to published courses of blood pressure: they are no
pharmacokinetics. See docs/simulated-patient.md.
"""

import math
from dataclasses import dataclass

from devices.simulator.figures import CourseFigures
from monitor.clock import MS_PER_MINUTE

FULL_PERCENT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drive:
    """From `at_ms` the pump runs at `percent` of its rate; 0: it stands still."""

    at_ms: int
    percent: int


class InfusionCourse:
    """When the drug ran and how fast, and the share of its full effect: 1.0 after one long run as planned.

    Args:
        figures: the times.
        strength: the planned rate as a multiple of the rate whose effect the figures call full.
    """

    def __init__(self, figures: CourseFigures, *, strength: float = 1.0) -> None:
        self._figures = figures
        self._strength = strength
        self._drives: list[_Drive] = []
        self._percent = FULL_PERCENT

    @property
    def started_at_ms(self) -> int | None:
        """When the drug first ran."""
        return self._drives[0].at_ms if self._drives else None

    def change(self, at_ms: int, *, is_running: bool) -> None:
        """The pump was started, resumed, paused or stopped."""
        self._drives.append(_Drive(at_ms=at_ms, percent=self._percent if is_running else 0))

    def change_rate(self, at_ms: int, *, percent: int) -> None:
        """The pump was set to `percent` of its planned rate; while it stands still, for when it resumes."""
        self._percent = percent
        if self._drives and self._drives[-1].percent:
            self._drives.append(_Drive(at_ms=at_ms, percent=percent))

    def slowed_after_ms(self, at_ms: int) -> int | None:
        """When the drug next ran too slowly for a surge, at or after `at_ms`; None: never."""
        before = [drive for drive in self._drives if drive.at_ms <= at_ms]
        if not before or self._is_slow(before[-1]):
            return at_ms
        return next((d.at_ms for d in self._drives if d.at_ms > at_ms and self._is_slow(d)), None)

    def level_at(self, at_ms: int) -> float:
        """The share of the full effect: 0.0 before the start."""
        course = self._figures
        ceiling = self._strength / (1 - math.exp(-course.is_full_at_minutes / course.rises_in_minutes))
        level = 0.0
        ends = [drive.at_ms for drive in self._drives[1:]] + [at_ms]
        for drive, to_ms in zip(self._drives, ends, strict=False):
            minutes = max(0, min(to_ms, at_ms) - drive.at_ms) / MS_PER_MINUTE
            target = ceiling * drive.percent / FULL_PERCENT
            lasts_minutes = course.rises_in_minutes if target > level else course.falls_in_minutes
            level = target + (level - target) * math.exp(-minutes / lasts_minutes)
        return level

    def _is_slow(self, drive: _Drive) -> bool:
        return drive.percent < self._figures.surge_ends_below_percent
