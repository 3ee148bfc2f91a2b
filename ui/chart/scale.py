"""Minutes and values to pixels: one mapping that every pane, strip, axis and printed page shares. No Qt.

Scales are fixed so that the same height means the same pressure in every session. A value outside extends
the axis by whole steps and is announced as rescaled.
"""

import math
from dataclasses import dataclass

from monitor.policy import Level
from ui.chart.series import ChartModel, Limit

FIRST_MINUTE = -10.0
LAST_MINUTE = 75.0
FINE_STEP_MINUTES = 5
STRONG_STEP_MINUTES = 15
ROOM_AFTER_NOW_MINUTES = 5.0
ROOM_BEFORE_MINUTES = 1.5  # half a mark's width, so that one at the left edge is whole
WORDS_SHARE = 0.11  # of the width, where the limits have their words: no pressure lies under them


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeScale:
    """Session minutes across `width_px` pixels, the first minute at 0."""

    first_minute: float
    last_minute: float
    width_px: float

    def x_px(self, minute: float) -> float:
        """Return the pixel of `minute`; outside the range it lies outside the pane."""
        return (minute - self.first_minute) / (self.last_minute - self.first_minute) * self.width_px

    def ticks(self, step_minutes: int) -> list[int]:
        """Return the multiples of `step_minutes` in the range."""
        first = math.ceil(self.first_minute / step_minutes)
        last = math.floor(self.last_minute / step_minutes)
        return [at * step_minutes for at in range(first, last + 1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueScale:
    """Values up `height_px` pixels, the highest at `top_px`."""

    low: float
    high: float
    step: int
    height_px: float
    top_px: float = 0.0
    is_rescaled: bool = False

    def y_px(self, value: float) -> float:
        """Return the pixel of `value`; a larger value is further up."""
        return self.top_px + (self.high - value) / (self.high - self.low) * self.height_px

    @property
    def bottom_px(self) -> float:
        """The pixel of the lowest value."""
        return self.top_px + self.height_px

    def ticks(self, step: int | None = None) -> list[int]:
        """Return the multiples of `step` (the scale's own without one) from low to high."""
        by = self.step if step is None else step
        return [at * by for at in range(math.ceil(self.low / by), math.floor(self.high / by) + 1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueRange:
    """A pane's usual range and the step by which it may grow; layout, not a limit."""

    low: int
    high: int
    step: int

    def scale(self, values: list[float], *, height_px: float, top_px: float = 0.0) -> ValueScale:
        """Return the scale that shows every one of `values`, the usual one whenever it does."""
        low = min([self.low, *(math.floor(value / self.step) * self.step for value in values)])
        high = max([self.high, *(math.ceil(value / self.step) * self.step for value in values)])
        return ValueScale(
            low=low,
            high=high,
            step=self.step,
            height_px=height_px,
            top_px=top_px,
            is_rescaled=(low, high) != (self.low, self.high),
        )


PRESSURE_RANGE = ValueRange(low=40, high=220, step=20)
RATE_RANGE = ValueRange(low=40, high=140, step=20)
SATURATION_RANGE = ValueRange(low=85, high=100, step=5)


def time_scale(model: ChartModel, *, width_px: float) -> TimeScale:
    """Return -10 to +75 minutes, grown by whole steps so that nothing in `model` is ever cut or covered."""
    minutes = model.minutes()
    earliest = min(minutes, default=0.0) - ROOM_BEFORE_MINUTES
    last_pressure = max((mark.minute for mark in model.pressures), default=0.0)
    until_words = (last_pressure - min(FIRST_MINUTE, earliest) * WORDS_SHARE) / (1 - WORDS_SHARE)
    latest = max(max(minutes, default=0.0) + ROOM_AFTER_NOW_MINUTES, until_words)
    first = min(FIRST_MINUTE, math.floor(earliest / FINE_STEP_MINUTES) * FINE_STEP_MINUTES)
    last = max(LAST_MINUTE, math.ceil(latest / STRONG_STEP_MINUTES) * STRONG_STEP_MINUTES)
    return TimeScale(first_minute=first, last_minute=last, width_px=width_px)


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A tinted stretch of values."""

    low: float
    high: float
    level: Level


def bands(limits: tuple[Limit, ...], scale: ValueScale) -> list[Band]:
    """Return the stretches between limits: from each to the next more serious one, or to the pane's edge."""
    highs = sorted((limit for limit in limits if limit.is_high), key=lambda limit: limit.value)
    lows = sorted((limit for limit in limits if not limit.is_high), key=lambda limit: -limit.value)
    found = []
    for at, limit in enumerate(highs):
        end = highs[at + 1].value if at + 1 < len(highs) else scale.high
        found.append(Band(low=limit.value, high=min(end, scale.high), level=limit.level))
    for at, limit in enumerate(lows):
        end = lows[at + 1].value if at + 1 < len(lows) else scale.low
        found.append(Band(low=max(end, scale.low), high=limit.value, level=limit.level))
    return [
        band for band in found if band.low < band.high and band.low < scale.high and band.high > scale.low
    ]
