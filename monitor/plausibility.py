"""What cannot be, what is unlikely enough to ask about, and what must be flagged before anything is asked.

Reasons are enums with their numbers; the sentences stand in the shell.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from monitor.bands import baseline_value, worst
from monitor.policy import Condition, Level, Policy
from monitor.vitals import Quantity, Vitals


class BlockReason(Enum):
    """Why a value cannot be charted."""

    TOO_LOW = "too_low"
    TOO_HIGH = "too_high"
    TOP_NOT_ABOVE_BOTTOM = "top_not_above_bottom"


class Check(Enum):
    """What is asked about; a second Enter confirms it by this name."""

    CHANGED_SYSTOLIC = "changed_systolic"
    CHANGED_DIASTOLIC = "changed_diastolic"
    CHANGED_HEART_RATE = "changed_heart_rate"
    CHANGED_PULSE_RATE = "changed_pulse_rate"
    CHANGED_SPO2 = "changed_spo2"
    PULSE_PRESSURE_NARROW = "pulse_pressure_narrow"
    PULSE_PRESSURE_WIDE = "pulse_pressure_wide"
    SYSTOLIC_VERY_LOW = "systolic_very_low"
    SYSTOLIC_VERY_HIGH = "systolic_very_high"


_CHANGES = {
    Quantity.SYSTOLIC: Check.CHANGED_SYSTOLIC,
    Quantity.DIASTOLIC: Check.CHANGED_DIASTOLIC,
    Quantity.HEART_RATE: Check.CHANGED_HEART_RATE,
    Quantity.PULSE_RATE: Check.CHANGED_PULSE_RATE,
    Quantity.SPO2: Check.CHANGED_SPO2,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocked:
    """A value that cannot be.

    Attributes:
        quantity: which; SYSTOLIC when the top does not lie above the bottom.
        reason: why.
        value: as given.
        limit: the last value that could be charted; the diastolic for TOP_NOT_ABOVE_BOTTOM.
    """

    quantity: Quantity
    reason: BlockReason
    value: int
    limit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A value to ask about.

    Attributes:
        check: its name.
        value: the value, or the pulse pressure.
        limit: the change, or the number that was passed.
        previous: the value of the last set, for a change.
    """

    check: Check
    value: int
    limit: int
    previous: int | None = None


def blocked_value(quantity: Quantity, value: int, policy: Policy) -> Blocked | None:
    """Return why `value` alone cannot be charted, None when it can."""
    known = policy.range_of(quantity)
    if value < known.lowest:
        return Blocked(quantity=quantity, reason=BlockReason.TOO_LOW, value=value, limit=known.lowest)
    if value > known.highest:
        return Blocked(quantity=quantity, reason=BlockReason.TOO_HIGH, value=value, limit=known.highest)
    return None


def blocked(vitals: Vitals, policy: Policy) -> list[Blocked]:
    """List everything in `vitals` that cannot be; empty when it can be charted."""
    values = _stored(vitals)
    found = [blocked_value(quantity, value, policy) for quantity, value in values.items()]
    reasons = [reason for reason in found if reason is not None]
    systolic, diastolic = vitals.systolic_mmhg, vitals.diastolic_mmhg
    if systolic is not None and diastolic is not None and diastolic >= systolic:
        top = BlockReason.TOP_NOT_ABOVE_BOTTOM
        reasons.append(Blocked(quantity=Quantity.SYSTOLIC, reason=top, value=systolic, limit=diastolic))
    return reasons


def asked(vitals: Vitals, previous: Vitals | None, policy: Policy) -> list[Asked]:
    """List what to ask about before `vitals` is kept, changes first.

    Args:
        vitals: as typed, not blocked.
        previous: this patient's last set, None when there is none. A rate is compared with the other kind of
            rate when the last set had only that.
        policy: the numbers.
    """
    return [*_changed(vitals, previous or Vitals(), policy), *_odd_pressures(vitals, policy)]


def is_act_now(vitals: Vitals, baseline: Mapping[Quantity, Fraction], policy: Policy) -> bool:
    """Whether a value is in an act-now band: that set is stored and flagged first, asked about after."""
    values = vitals.by_quantity()
    found = [worst(policy, baseline, values, condition) for condition in Condition]
    return any(crossing is not None and crossing.level is Level.ACT_NOW for crossing in found)


def _changed(vitals: Vitals, previous: Vitals, policy: Policy) -> Iterator[Asked]:
    before_by_quantity = previous.by_quantity()
    for quantity, value in _stored(vitals).items():
        asked_change = policy.range_of(quantity).asked_change
        before = baseline_value(before_by_quantity, quantity)
        if asked_change is not None and before is not None and abs(value - before) >= asked_change:
            yield Asked(check=_CHANGES[quantity], value=value, limit=asked_change, previous=int(before))


def _odd_pressures(vitals: Vitals, policy: Policy) -> Iterator[Asked]:
    numbers, systolic, diastolic = policy.unlikely, vitals.systolic_mmhg, vitals.diastolic_mmhg
    if systolic is None:
        return
    if diastolic is not None:
        pulse_pressure = systolic - diastolic
        if pulse_pressure < numbers.pulse_pressure_below_mmhg:
            limit = numbers.pulse_pressure_below_mmhg
            yield Asked(check=Check.PULSE_PRESSURE_NARROW, value=pulse_pressure, limit=limit)
        if pulse_pressure > numbers.pulse_pressure_above_mmhg:
            limit = numbers.pulse_pressure_above_mmhg
            yield Asked(check=Check.PULSE_PRESSURE_WIDE, value=pulse_pressure, limit=limit)
    if systolic < numbers.systolic_below_mmhg:
        yield Asked(check=Check.SYSTOLIC_VERY_LOW, value=systolic, limit=numbers.systolic_below_mmhg)
    if systolic > numbers.systolic_above_mmhg:
        yield Asked(check=Check.SYSTOLIC_VERY_HIGH, value=systolic, limit=numbers.systolic_above_mmhg)


def _stored(vitals: Vitals) -> dict[Quantity, int]:
    """Return what was given, without a computed mean."""
    given = {
        Quantity.SYSTOLIC: vitals.systolic_mmhg,
        Quantity.DIASTOLIC: vitals.diastolic_mmhg,
        Quantity.MAP: vitals.map_mmhg,
        Quantity.HEART_RATE: vitals.heart_rate_bpm,
        Quantity.PULSE_RATE: vitals.pulse_rate_bpm,
        Quantity.SPO2: vitals.spo2_percent,
        Quantity.RESPIRATORY_RATE: vitals.respiratory_rate_bpm,
        Quantity.MOAA_S: vitals.moaa_s,
    }
    return {quantity: value for quantity, value in given.items() if value is not None}
