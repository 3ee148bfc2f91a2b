"""Vital signs as values: each number with its unit in its name, each set with where it came from.

`None` always means not measured, never zero. Nothing here decides what is plausible or too high:
see `plausibility` and `judge`.
"""

from dataclasses import dataclass, fields
from decimal import Decimal
from enum import Enum
from fractions import Fraction


class Quantity(Enum):
    """What a number measures. ECG rate and pulse rate stay different quantities (ISO/IEEE 11073-10101)."""

    SYSTOLIC = "systolic"
    DIASTOLIC = "diastolic"
    MAP = "map"
    HEART_RATE = "heart_rate"
    PULSE_RATE = "pulse_rate"
    SPO2 = "spo2"
    RESPIRATORY_RATE = "respiratory_rate"
    MOAA_S = "moaa_s"


class Quality(Enum):
    """How far a device value can be trusted. Only GOOD is judged and charted as real."""

    GOOD = "good"
    QUESTIONABLE = "questionable"
    INVALID = "invalid"
    DEMO = "demo"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeanPressure:
    """Mean arterial pressure in mmHg, exact, and whether the monitor measured it."""

    mmhg: Fraction
    is_measured: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Vitals:
    """One set as read at one moment; any part may be missing.

    Attributes:
        systolic_mmhg: cuff systolic.
        diastolic_mmhg: cuff diastolic.
        map_mmhg: mean arterial pressure only when the monitor measured it.
        heart_rate_bpm: from ECG.
        pulse_rate_bpm: from the cuff, an oximeter or a finger; a typed rate is a pulse rate.
        spo2_percent: pulse oximetry.
        respiratory_rate_bpm: breaths a minute.
        moaa_s: observer's alertness, 5 brisk to 0 none (Chernik 1990).
        oxygen_l_per_min: flow given.
    """

    systolic_mmhg: int | None = None
    diastolic_mmhg: int | None = None
    map_mmhg: int | None = None
    heart_rate_bpm: int | None = None
    pulse_rate_bpm: int | None = None
    spo2_percent: int | None = None
    respiratory_rate_bpm: int | None = None
    moaa_s: int | None = None
    oxygen_l_per_min: Decimal | None = None

    @property
    def has_pressure(self) -> bool:
        """Whether both cuff pressures stand: only then is it a set that satisfies the schedule."""
        return self.systolic_mmhg is not None and self.diastolic_mmhg is not None

    @property
    def rate_bpm(self) -> int | None:
        """ECG rate, else pulse rate: for places that show one number and name it "rate"."""
        return self.heart_rate_bpm if self.heart_rate_bpm is not None else self.pulse_rate_bpm

    def mean_pressure(self) -> MeanPressure | None:
        """Mean arterial pressure as measured, else diastolic plus a third of pulse pressure, so marked."""
        if self.map_mmhg is not None:
            return MeanPressure(mmhg=Fraction(self.map_mmhg), is_measured=True)
        if self.systolic_mmhg is None or self.diastolic_mmhg is None:
            return None
        third = Fraction(self.systolic_mmhg - self.diastolic_mmhg, 3)
        return MeanPressure(mmhg=self.diastolic_mmhg + third, is_measured=False)

    def by_quantity(self) -> dict[Quantity, Fraction]:
        """Every quantity present, with MAP computed when it was not measured, for the judge."""
        stored = {
            Quantity.SYSTOLIC: self.systolic_mmhg,
            Quantity.DIASTOLIC: self.diastolic_mmhg,
            Quantity.HEART_RATE: self.heart_rate_bpm,
            Quantity.PULSE_RATE: self.pulse_rate_bpm,
            Quantity.SPO2: self.spo2_percent,
            Quantity.RESPIRATORY_RATE: self.respiratory_rate_bpm,
            Quantity.MOAA_S: self.moaa_s,
        }
        values = {quantity: Fraction(value) for quantity, value in stored.items() if value is not None}
        mean = self.mean_pressure()
        if mean is not None:
            values[Quantity.MAP] = mean.mmhg
        return values

    def over(self, under: "Vitals") -> "Vitals":
        """These values where present, else those of `under`: an amendment names only what it changes."""
        merged = {
            field.name: getattr(self, field.name)
            if getattr(self, field.name) is not None
            else getattr(under, field.name)
            for field in fields(self)
        }
        return Vitals(**merged)
