"""Whether the numbers of a policy fit each other: what one key alone cannot tell."""

from itertools import pairwise, product
from string import digits

from monitor.policy import Condition, Level, Limit, Policy, QuantityRange
from monitor.vitals import Quantity

Path = tuple[str | int, ...]
_UNMEASURED = (Condition.SYMPTOM, Condition.NOT_OBTAINED)


class MalformedPolicy(Exception):
    """What is wrong, and the path of keys to it; becomes a PolicyRefused or a DamagedRecord."""

    def __init__(self, path: Path, reason: str) -> None:
        self.path = path
        self.reason = reason


def check_policy(policy: Policy) -> None:
    """Check that ranges, limits and steps do not contradict each other; raises MalformedPolicy."""
    _check_ranges(policy)
    _check_limits(policy)
    _check_live(policy)
    _check_order(policy)


def _check_ranges(policy: Policy) -> None:
    named = [found.quantity for found in policy.ranges]
    for index, found in enumerate(policy.ranges):
        if found.quantity in named[:index]:
            raise MalformedPolicy(("ranges", index, "quantity"), f"{found.quantity.value} has two ranges")
        if found.lowest >= found.highest:
            raise MalformedPolicy(("ranges", index, "highest"), "highest must be above lowest")
        three, two = found.three_digits_after or "", found.two_digits_after or ""
        if not set(three + two) <= set(digits) or set(three) & set(two):
            raise MalformedPolicy(
                ("ranges", index, "two_digits_after"), "first digits must be digits, each in one place"
            )
    for quantity in Quantity:
        if quantity not in named:
            raise MalformedPolicy(("ranges",), f"the range of {quantity.value} is missing")


def _check_limits(policy: Policy) -> None:
    for index, limit in enumerate(policy.limits):
        if any(_cell(limit) == _cell(earlier) for earlier in policy.limits[:index]):
            raise MalformedPolicy(
                ("limits", index, "level"), "this condition, quantity and level has two limits"
            )
        if limit.condition in _UNMEASURED:
            raise MalformedPolicy(("limits", index, "condition"), f"{limit.condition.value} takes no limit")
        _check_limit(limit, policy.range_of(limit.quantity), index)
    for condition in Condition:
        if condition not in _UNMEASURED and not any(x.condition is condition for x in policy.limits):
            raise MalformedPolicy(("limits",), f"{condition.value} has no limit")
    indexed = list(enumerate(policy.limits))
    for (_, milder), (index, limit) in product(indexed, indexed):
        if _row(milder) == _row(limit) and milder.level.rank < limit.level.rank:
            _check_step(milder, limit, index)


def _check_limit(limit: Limit, known: QuantityRange, index: int) -> None:
    expects_high = limit.condition.value.endswith(("_high", "_rise"))
    if limit.side.is_high is not expects_high:
        raise MalformedPolicy(
            ("limits", index, "side"), f"{limit.side.value} does not fit {limit.condition.value}"
        )
    if not known.lowest <= limit.value <= known.highest:
        raise MalformedPolicy(
            ("limits", index, "value"),
            f"value lies outside what can be charted, {known.lowest} to {known.highest}",
        )


def _check_step(milder: Limit, limit: Limit, index: int) -> None:
    if milder.side is not limit.side:
        raise MalformedPolicy(("limits", index, "side"), "all levels of a quantity need the same side")
    in_order = milder.value < limit.value if limit.side.is_high else milder.value > limit.value
    if not in_order:
        raise MalformedPolicy(
            ("limits", index, "value"),
            f"limits out of order, {milder.level.value} {milder.value} and {limit.level.value} {limit.value}",
        )


def _check_live(policy: Policy) -> None:
    for index, rule in enumerate(policy.live):
        same = [(x.quantity, x.level, x.below) for x in policy.live[:index]]
        if (rule.quantity, rule.level, rule.below) in same:
            raise MalformedPolicy(("live", index, "level"), "this quantity and level has two times")
        if not any((x.quantity, x.level) == (rule.quantity, rule.level) for x in policy.limits):
            raise MalformedPolicy(
                ("live", index, "level"), f"{rule.quantity.value} has no limit at {rule.level.value}"
            )
        if rule.stands_s < 1:
            raise MalformedPolicy(("live", index, "stands_s"), "stands_s must be at least 1")


def _cell(limit: Limit) -> tuple[Condition, Quantity, Level]:
    return limit.condition, limit.quantity, limit.level


def _row(limit: Limit) -> tuple[Condition, Quantity]:
    return limit.condition, limit.quantity


# Keys of one table whose numbers must rise strictly from first to last.
_RISING: tuple[tuple[str, ...], ...] = (
    ("unlikely", "pulse_pressure_below_mmhg", "pulse_pressure_above_mmhg"),
    ("unlikely", "systolic_below_mmhg", "systolic_above_mmhg"),
    ("repeat", "min_gap_s", "window_s", "not_confirmed_window_s"),
    ("start_gate", "aware_systolic_over_mmhg", "hold_systolic_from_mmhg", "clinician_systolic_from_mmhg"),
    ("start_gate", "older_aware_systolic_over_mmhg", "hold_systolic_from_mmhg"),
    ("start_gate", "aware_diastolic_over_mmhg", "hold_diastolic_from_mmhg", "clinician_diastolic_from_mmhg"),
    ("start_gate", "older_aware_diastolic_over_mmhg", "hold_diastolic_from_mmhg"),
    ("start_gate", "hold_systolic_under_mmhg", "aware_systolic_over_mmhg"),
    ("start_gate", "hold_rate_under_bpm", "hold_rate_over_bpm"),
    ("schedule", "overdue_after_s", "overdue_large_after_s"),
    ("recovery", "systolic_at_least_mmhg", "systolic_under_mmhg"),
    ("entry", "planned_from_minutes", "planned_to_minutes"),
)


def _check_order(policy: Policy) -> None:
    for table, *keys in _RISING:
        numbers = getattr(policy, table)
        for lower, higher in pairwise(keys):
            if getattr(numbers, lower) >= getattr(numbers, higher):
                raise MalformedPolicy((table, higher), f"{higher} must be above {lower}")
    if policy.baseline.sets < 1:
        raise MalformedPolicy(("baseline", "sets"), "sets must be at least 1")
    if policy.not_obtained.in_a_row < 1:
        raise MalformedPolicy(("not_obtained", "in_a_row"), "in_a_row must be at least 1")
