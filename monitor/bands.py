"""Which limits one set of values crosses, and whether it lies clear of one.

Exact throughout: limits relative to a baseline are fractions.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from monitor.policy import Condition, Level, Limit, Policy, Side
from monitor.vitals import Quantity

Values = Mapping[Quantity, Fraction]

_OTHER_RATE = {Quantity.HEART_RATE: Quantity.PULSE_RATE, Quantity.PULSE_RATE: Quantity.HEART_RATE}
_HUNDRED = 100  # percents in a whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """A value in a level's band, and the limit it crossed."""

    level: Level
    quantity: Quantity
    value: Fraction
    threshold: Fraction
    needs_repeat: bool


def baseline_value(baseline: Values, quantity: Quantity) -> Fraction | None:
    """Baseline of `quantity`; one rate stands in for the other when only that is known."""
    known = baseline.get(quantity)
    return baseline.get(_OTHER_RATE[quantity]) if known is None and quantity in _OTHER_RATE else known


def threshold(limit: Limit, baseline: Values) -> Fraction | None:
    """Return the number at which `limit` is crossed for this patient, None when it needs a missing baseline.

    A rise is the lesser of its absolute and relative rise; a low with a share under the baseline is the lower
    of its value and that share.
    """
    value = Fraction(limit.value)
    base = baseline_value(baseline, limit.quantity)
    if limit.baseline_at_least is not None and (base is None or base < limit.baseline_at_least):
        return None
    if limit.side is Side.RISE:
        if base is None:
            return None
        return (
            base + value
            if limit.percent is None
            else min(base + value, _share(base, _HUNDRED + limit.percent))
        )
    if limit.percent is not None:
        return None if base is None else min(value, _share(base, _HUNDRED - limit.percent))
    return value


def _share(base: Fraction, percent: int) -> Fraction:
    return base * Fraction(percent, _HUNDRED)


def crosses(side: Side, value: Fraction, at: Fraction) -> bool:
    """Whether `value` is beyond the limit `at`: highs include it, `below` does not, `at_or_below` does."""
    # In whole numbers, as exact: comparing the fractions themselves took a third of a judging.
    over = value.numerator * at.denominator - at.numerator * value.denominator
    if side.is_high:
        return over >= 0
    return over < 0 if side is Side.BELOW else over <= 0


def is_clear(policy: Policy, limit: Limit, value: Fraction, at: Fraction) -> bool:
    """Whether `value` lies on the quiet side of `at` by the quantity's clear margin or more."""
    inside = at - value if limit.side.is_high else value - at
    margin = policy.range_of(limit.quantity).clear_margin
    return inside >= margin and not crosses(limit.side, value, at)


Drawn = tuple[tuple[Limit, Fraction], ...]
"""One condition's limits where they lie for one patient, the most serious level first."""


def drawn(policy: Policy, baseline: Values, condition: Condition) -> Drawn:
    """Work out where each limit of `condition` lies; one that needs a missing baseline is left out."""
    limits = [limit for level in reversed(Level) for limit in policy.limits_of(condition, level)]
    return tuple((limit, at) for limit in limits if (at := threshold(limit, baseline)) is not None)


def worst(policy: Policy, baseline: Values, values: Values, condition: Condition) -> Crossing | None:
    """Return the highest level that `values` reach in `condition`; of a tie, the quantity listed first."""
    return worst_of(drawn(policy, baseline, condition), values)


def worst_of(limits: Drawn, values: Values) -> Crossing | None:
    """Do the same with limits that are worked out already, for many values of one patient."""
    for limit, at in limits:
        crossing = _crossing(limit, at, values)
        if crossing is not None:
            return crossing
    return None


def crossing_of(limit: Limit, baseline: Values, values: Values) -> Crossing | None:
    """Return how `values` cross one limit, None when they do not, are not measured or lack a baseline."""
    at = threshold(limit, baseline)
    return None if at is None else _crossing(limit, at, values)


def _crossing(limit: Limit, at: Fraction, values: Values) -> Crossing | None:
    value = values.get(limit.quantity)
    if value is None or not crosses(limit.side, value, at):
        return None
    return Crossing(
        level=limit.level,
        quantity=limit.quantity,
        value=value,
        threshold=at,
        needs_repeat=limit.needs_repeat,
    )
