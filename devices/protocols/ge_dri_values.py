"""GE/Datex-Ohmeda S/5 DRI: the basic class of displayed values, both ways.

Offsets count from the start of the class data, four bytes behind the start of the sub-record. Pressures are
hundredths of mmHg, temperatures hundredths of a degree, saturations hundredths of a percent. Facts: the
maker's Computer Interface Specification M1017617, 12th edition. Whether the cuff's module counts as active
between two measurements is not known, so its pressures are only doubted when it does not.
"""

import struct
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import IntEnum, IntFlag

from devices.protocols.messages import (
    PERCENT_MAX,
    CuffResult,
    LiveNumber,
    Message,
    Temperature,
    are_in_order,
)
from monitor.vitals import Quality, Quantity

PART_BYTES = 278
NOT_DATA = -32001  # this and everything below
INVALID = -32767

_CLASS_DATA = slice(4, 274)
_CLASS_AT = 277  # its lower four bits
_EXISTS_AND_ACTIVE = 0b11
_ECG, _HEART_RATE, _RESPIRATION = 0, 6, 14
_CUFF, _CUFF_LABEL, _SYSTOLIC, _DIASTOLIC, _MEAN, _CUFF_PULSE = 72, 76, 78, 80, 82, 84
_TEMPERATURES, _TEMPERATURE_VALUE = (86, 94, 102, 110), 6
_OXIMETER, _SPO2, _PULSE = 118, 124, 126
_ASYSTOLE_OR_ARTIFACT = 1 << 2 | 1 << 8


class RateSource(IntEnum):
    """Where the displayed heart rate comes from."""

    NONE = 0
    ECG_1 = 1
    PRESSURE_1 = 2
    PRESSURE_2 = 3
    PRESSURE_3 = 4
    PRESSURE_4 = 5
    PLETH = 6
    PRESSURE_5 = 7
    PRESSURE_6 = 8
    ECG = 9
    PRESSURE_7 = 10
    PRESSURE_8 = 11
    PLETH_2 = 12


_ECG_SOURCES = (RateSource.ECG_1, RateSource.ECG)
_PULSE_SOURCES = tuple(source for source in RateSource if source not in (*_ECG_SOURCES, RateSource.NONE))


class CuffLabel(IntFlag):
    """The bits that say what the cuff does."""

    MEASURING = 1 << 5
    STASIS = 1 << 6
    CALIBRATING = 1 << 7
    OLD = 1 << 8


def basic_class_of(data: bytes) -> bytes | None:
    """Return the class data of a whole sub-record of displayed values; None where it is another class."""
    return data[_CLASS_DATA] if data[_CLASS_AT] & 0x0F == 0 else None


def has_cuff(values: bytes) -> bool:
    """Whether there is a cuff module at all."""
    return bool(values[_CUFF] & 1)


def cuff_label(values: bytes) -> int:
    """Return the bits of `CuffLabel`, and others."""
    return _u16(values, _CUFF_LABEL)


def cuff_result(values: bytes, *, sent_at: datetime | None, raw: bytes) -> CuffResult:
    """Read the pressures of the last determination; INVALID without any."""
    systolic, diastolic, mean = (_hundredths(values, at) for at in (_SYSTOLIC, _DIASTOLIC, _MEAN))
    is_good = are_in_order(systolic, diastolic, mean) and _is_active(values, _CUFF)
    has_any = (systolic, diastolic, mean) != (None, None, None)
    quality = Quality.GOOD if is_good else Quality.QUESTIONABLE
    return CuffResult(
        systolic_mmhg=systolic,
        diastolic_mmhg=diastolic,
        map_mmhg=mean,
        pulse_rate_bpm=_positive(values, _CUFF_PULSE) if has_any else None,
        age_s=None,
        sent_at=sent_at,
        is_old=bool(cuff_label(values) & CuffLabel.OLD),
        quality=quality if has_any else Quality.INVALID,
        raw=raw,
    )


def live_numbers(values: bytes, sent_at: datetime | None, raw: bytes) -> list[Message]:
    """Give all four, absent ones too: a value that is no longer shown must vanish."""
    has_ecg, has_oximeter = _is_active(values, _ECG), _is_active(values, _OXIMETER)
    status = _u16(values, _ECG)
    source = status >> 3 & 0x0F
    rate = _positive(values, _HEART_RATE) if values[_ECG] & 1 else None
    rate_quality = Quality.QUESTIONABLE if status & _ASYSTOLE_OR_ARTIFACT else Quality.GOOD
    heart = (rate if has_ecg and source in _ECG_SOURCES else None, rate_quality)
    pulse = (rate if source in _PULSE_SOURCES else None, rate_quality)
    if pulse[0] is None and has_oximeter:
        pulse = (_positive(values, _PULSE), Quality.GOOD)
    spo2 = _hundredths(values, _SPO2) if has_oximeter else None
    is_over = spo2 is not None and spo2 > PERCENT_MAX
    breaths = _i16(values, _RESPIRATION) if has_ecg else None
    if breaths is not None and breaths < 0:
        breaths = None
    found = {
        Quantity.HEART_RATE: heart,
        Quantity.PULSE_RATE: pulse,
        Quantity.SPO2: (spo2, Quality.QUESTIONABLE if is_over else Quality.GOOD),
        Quantity.RESPIRATORY_RATE: (breaths, Quality.GOOD),  # 0 is a value: nobody breathes
    }
    return [
        LiveNumber(
            quantity=quantity,
            value=value,
            sent_at=sent_at,
            quality=Quality.INVALID if value is None else quality,
            raw=raw,
        )
        for quantity, (value, quality) in found.items()
    ]


def temperature(values: bytes, raw: bytes) -> list[Message]:
    """Give the first of T1 to T4 that has a value: which site a channel has, the clinic decides."""
    for group in _TEMPERATURES:
        hundredths = _i16(values, group + _TEMPERATURE_VALUE) if _is_active(values, group) else None
        if hundredths is not None:
            celsius = (Decimal(hundredths) / 100).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
            return [Temperature(celsius=celsius, age_s=None, quality=Quality.GOOD, raw=raw)]
    return []


def _u16(values: bytes, at: int) -> int:
    return int.from_bytes(values[at : at + 2], "little")


def _i16(values: bytes, at: int) -> int | None:
    value = int.from_bytes(values[at : at + 2], "little", signed=True)
    return None if value <= NOT_DATA else value


def _positive(values: bytes, at: int) -> int | None:
    value = _i16(values, at)
    return value if value is not None and value > 0 else None


def _hundredths(values: bytes, at: int) -> int | None:
    """Round hundredths to the nearest whole, halves up; what rounds to nothing is none."""
    value = _positive(values, at)
    return None if value is None else (value + 50) // 100 or None


def _is_active(values: bytes, group: int) -> bool:
    return values[group] & _EXISTS_AND_ACTIVE == _EXISTS_AND_ACTIVE


@dataclass(frozen=True, slots=True, kw_only=True)
class Displayed:
    """What a monitor displays; None is sent as invalid. `pressures_mmhg`: systolic, diastolic, mean."""

    heart_rate_bpm: int | None = None
    rate_source: RateSource = RateSource.ECG_1
    respiratory_rate_bpm: int | None = None
    pressures_mmhg: tuple[int | None, int | None, int | None] = (None, None, None)
    cuff_pulse_bpm: int | None = None
    cuff_label: int = 0
    celsius: Decimal | None = None
    spo2_percent: int | None = None
    pulse_rate_bpm: int | None = None


def displayed_part(shown: Displayed, *, at_s: int) -> bytes:
    """Encode a sub-record of displayed values, basic class; modules without a value are there and silent."""
    values = bytearray(INVALID.to_bytes(2, "little", signed=True) * (PART_BYTES // 2))[_CLASS_DATA]
    systolic, diastolic, mean = shown.pressures_mmhg
    for group in (_ECG, _CUFF, *_TEMPERATURES, _OXIMETER):
        struct.pack_into("<IH", values, group, _EXISTS_AND_ACTIVE, 0)
    struct.pack_into("<I", values, _ECG, _EXISTS_AND_ACTIVE | shown.rate_source << 3)
    struct.pack_into("<H", values, _CUFF_LABEL, shown.cuff_label)
    for at, value, scale in (
        (_HEART_RATE, shown.heart_rate_bpm, 1),
        (_RESPIRATION, shown.respiratory_rate_bpm, 1),
        (_SYSTOLIC, systolic, 100),
        (_DIASTOLIC, diastolic, 100),
        (_MEAN, mean, 100),
        (_CUFF_PULSE, shown.cuff_pulse_bpm, 1),
        (_TEMPERATURES[0] + _TEMPERATURE_VALUE, shown.celsius, 100),
        (_SPO2, shown.spo2_percent, 100),
        (_PULSE, shown.pulse_rate_bpm, 1),
    ):
        struct.pack_into("<h", values, at, INVALID if value is None else round(value * scale))
    return at_s.to_bytes(4, "little") + bytes(values) + bytes(PART_BYTES - _CLASS_DATA.stop)
