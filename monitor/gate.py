"""The baseline of a session, and what stands between it and the start: it disables nothing, it names."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from monitor.bands import Values
from monitor.clock import MS_PER_S
from monitor.observations import Determination
from monitor.policy import Policy, StartGateRule
from monitor.vitals import Quantity, Vitals

_Step = tuple["GateLevel", "GateSide", int]


class Missing(Enum):
    """What a start still lacks."""

    BASELINE_SETS = "baseline_sets"
    THIRD_SET = "third_set"
    RATE = "rate"
    SPO2 = "spo2"


class GateLevel(Enum):
    """What a start asks for, mildest first.

    OPEN: nothing. AWARE: the clinician's awareness recorded. HOLD: repeat later, or a name and a reason.
    CLINICIAN_ONLY: a clinician's name.
    """

    OPEN = "open"
    AWARE = "aware"
    HOLD = "hold"
    CLINICIAN_ONLY = "clinician_only"

    @property
    def rank(self) -> int:
        """0 for OPEN."""
        return list(GateLevel).index(self)


class GateSide(Enum):
    """How a value stands to the gate's number."""

    OVER = "over"
    FROM = "from"
    UNDER = "under"


@dataclass(frozen=True, slots=True, kw_only=True)
class GateReason:
    """One number that asks for more than a plain start; `is_latest` when the latest set has it."""

    level: GateLevel
    quantity: Quantity
    side: GateSide
    value: Fraction
    limit: int
    is_latest: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """What a start asks for, why, and what is missing; `sets_wanted` baseline sets are still to chart."""

    level: GateLevel
    reasons: tuple[GateReason, ...]
    missing: tuple[Missing, ...]
    sets_wanted: int

    @property
    def reason(self) -> GateReason | None:
        """The first number that asks for all that the gate asks for; None where no number does."""
        return next((each for each in self.reasons if each.level is self.level), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """Exact means of the last values of each quantity, and how far the baseline has come.

    Attributes:
        values: quantities measured often enough; MAP as measured or computed in each set.
        sets: pressures charted that lie far enough apart, counted back from the last.
        systolic_difference_mmhg: between the sets that were used; None until there are enough.
        needs_third_set: they differ by more than the policy allows, and no further set was charted.
    """

    values: Mapping[Quantity, Fraction]
    sets: int
    systolic_difference_mmhg: Fraction | None
    needs_third_set: bool


def baseline_of(charted: Iterable[Determination], policy: Policy) -> Baseline:
    """Take the baseline from the sets charted before the start.

    Args:
        charted: accepted and typed sets, oldest first; captured ones do not count.
        policy: how many, how far apart.
    """
    sets, rule = tuple(charted), policy.baseline
    used = {quantity: _spaced(sets, quantity, policy) for quantity in Quantity}
    enough = {quantity: found[: rule.sets] for quantity, found in used.items() if len(found) >= rule.sets}
    systolics = enough.get(Quantity.SYSTOLIC)
    difference = None if systolics is None else max(systolics) - min(systolics)
    far_apart = difference is not None and difference > rule.third_over_mmhg
    count = len(used[Quantity.SYSTOLIC])
    return Baseline(
        values={quantity: sum(found, Fraction(0)) / len(found) for quantity, found in enough.items()},
        sets=count,
        systolic_difference_mmhg=difference,
        needs_third_set=far_apart and count == rule.sets,
    )


def start_gate(baseline: Baseline, latest: Vitals | None, age_years: int | None, policy: Policy) -> Gate:
    """Judge whether a start is plain, on the baseline and on the latest set, whichever is worse.

    Without enough baseline sets the gate holds. An unknown age is judged by the stricter numbers.

    Args:
        baseline: of this session.
        latest: the latest charted set, None when there is none.
        age_years: in whole years, None when unknown.
        policy: the numbers.
    """
    rule = policy.start_gate
    latest_values = {} if latest is None else latest.by_quantity()
    reasons = (
        *_reasons(baseline.values, rule, age_years, is_latest=False),
        *_reasons(latest_values, rule, age_years, is_latest=True),
    )
    missing = tuple(_missing(baseline, latest_values, policy))
    floor = GateLevel.HOLD if Missing.BASELINE_SETS in missing else GateLevel.OPEN
    level = max([floor, *(reason.level for reason in reasons)], key=lambda level: level.rank)
    wanted = policy.baseline.sets + int(baseline.needs_third_set)
    return Gate(level=level, reasons=reasons, missing=missing, sets_wanted=max(0, wanted - baseline.sets))


def _spaced(sets: tuple[Determination, ...], quantity: Quantity, policy: Policy) -> list[Fraction]:
    """Values of `quantity`, newest first, each at least the policy's gap before the one after it."""
    values: list[Fraction] = []
    bound_ms: int | None = None
    for found in reversed(sets):
        if quantity in found.values and (bound_ms is None or found.at_ms <= bound_ms):
            values.append(found.values[quantity])
            bound_ms = found.at_ms - policy.baseline.min_gap_s * MS_PER_S
    return values


def _missing(baseline: Baseline, latest: Values, policy: Policy) -> Iterator[Missing]:
    if baseline.sets < policy.baseline.sets:
        yield Missing.BASELINE_SETS
    if baseline.needs_third_set:
        yield Missing.THIRD_SET
    known = {*baseline.values, *latest}
    if not known & {Quantity.HEART_RATE, Quantity.PULSE_RATE}:
        yield Missing.RATE
    if Quantity.SPO2 not in known:
        yield Missing.SPO2


def _reasons(
    values: Values, rule: StartGateRule, age_years: int | None, *, is_latest: bool
) -> Iterator[GateReason]:
    """Yield for each quantity the most that its value asks for."""
    steps = _steps(rule, is_older=age_years is not None and age_years >= rule.older_from_years)
    for quantity, value in values.items():
        met = [step for step in steps.get(quantity, ()) if _meets(step, value)]
        if met:
            level, side, limit = met[-1]
            yield GateReason(
                level=level, quantity=quantity, side=side, value=value, limit=limit, is_latest=is_latest
            )


def _meets(step: _Step, value: Fraction) -> bool:
    _, side, limit = step
    if side is GateSide.UNDER:
        return value < limit
    return value > limit if side is GateSide.OVER else value >= limit


def _steps(rule: StartGateRule, *, is_older: bool) -> dict[Quantity, tuple[_Step, ...]]:
    """Lay the rule out by quantity, mildest first."""
    systolic_over = rule.older_aware_systolic_over_mmhg if is_older else rule.aware_systolic_over_mmhg
    diastolic_over = rule.older_aware_diastolic_over_mmhg if is_older else rule.aware_diastolic_over_mmhg
    rate: tuple[_Step, ...] = (
        (GateLevel.HOLD, GateSide.UNDER, rule.hold_rate_under_bpm),
        (GateLevel.HOLD, GateSide.OVER, rule.hold_rate_over_bpm),
    )
    return {
        Quantity.SYSTOLIC: (
            (GateLevel.AWARE, GateSide.OVER, systolic_over),
            (GateLevel.HOLD, GateSide.UNDER, rule.hold_systolic_under_mmhg),
            (GateLevel.HOLD, GateSide.FROM, rule.hold_systolic_from_mmhg),
            (GateLevel.CLINICIAN_ONLY, GateSide.FROM, rule.clinician_systolic_from_mmhg),
        ),
        Quantity.DIASTOLIC: (
            (GateLevel.AWARE, GateSide.OVER, diastolic_over),
            (GateLevel.HOLD, GateSide.FROM, rule.hold_diastolic_from_mmhg),
            (GateLevel.CLINICIAN_ONLY, GateSide.FROM, rule.clinician_diastolic_from_mmhg),
        ),
        Quantity.HEART_RATE: rate,
        Quantity.PULSE_RATE: rate,
        Quantity.SPO2: ((GateLevel.HOLD, GateSide.UNDER, rule.hold_spo2_under_percent),),
    }
