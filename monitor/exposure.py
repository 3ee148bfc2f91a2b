"""How long pressure stood at or above a level's limits: linear between charted sets, exact, nothing guessed.

A stretch longer than the policy's longest interval counts towards no minutes; it is counted and stated.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from monitor.clock import MS_PER_MINUTE, MS_PER_S
from monitor.policy import Condition, Level, Limit, Policy
from monitor.view import Reading

_Share = tuple[Fraction, Fraction]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What the minutes stand on.

    Attributes:
        sets: charted sets with a pressure.
        longest_ms: the longest stretch between two neighbours, 0 with fewer than two.
        left_out: how many stretches were too long to draw a line across.
        left_out_ms: their length together.
    """

    sets: int
    longest_ms: int
    left_out: int
    left_out_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """Minutes at or above the high limits of `level`, either pressure; None when no line could be drawn."""

    level: Level
    limits: tuple[Limit, ...]
    minutes: Fraction | None


def coverage(sets: Sequence[Reading], policy: Policy) -> Coverage:
    """Say how dense `sets`, in order of time, are."""
    stretches_ms = [after.at_ms - before.at_ms for before, after in pairwise(sets)]
    too_long_ms = [each for each in stretches_ms if each > _longest_ms(policy)]
    return Coverage(
        sets=len(sets),
        longest_ms=max(stretches_ms, default=0),
        left_out=len(too_long_ms),
        left_out_ms=sum(too_long_ms),
    )


def exposure(sets: Sequence[Reading], policy: Policy, level: Level) -> Exposure:
    """Add up the time at or above `level` between `sets`, which are charted and in order of time."""
    limits = policy.limits_of(Condition.PRESSURE_HIGH, level)
    drawn = [
        (before, after)
        for before, after in pairwise(sets)
        if after.at_ms - before.at_ms <= _longest_ms(policy)
    ]
    above_ms = sum(
        ((after.at_ms - before.at_ms) * _share_above(before, after, limits) for before, after in drawn),
        Fraction(0),
    )
    return Exposure(level=level, limits=limits, minutes=above_ms / MS_PER_MINUTE if drawn else None)


def _longest_ms(policy: Policy) -> int:
    return policy.summary.longest_interval_s * MS_PER_S


def _share_above(before: Reading, after: Reading, limits: Sequence[Limit]) -> Fraction:
    """Part of the stretch in which any quantity is at or above its limit: the union of their parts."""
    first, last = before.vitals.by_quantity(), after.vitals.by_quantity()
    parts = [_part_above(first[each.quantity], last[each.quantity], each.value) for each in limits]
    covered, reached = Fraction(0), Fraction(0)
    for start, end in sorted(part for part in parts if part is not None):
        covered += max(Fraction(0), end - max(start, reached))
        reached = max(reached, end)
    return covered


def _part_above(first: Fraction, last: Fraction, limit: int) -> _Share | None:
    """Where the straight line from `first` to `last` is at or above `limit`, as parts of its length."""
    if first >= limit and last >= limit:
        return Fraction(0), Fraction(1)
    if first >= limit:
        return Fraction(0), (first - limit) / (first - last)
    if last >= limit:
        return (limit - first) / (last - first), Fraction(1)
    return None
