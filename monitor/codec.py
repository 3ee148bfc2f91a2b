"""Bodies to plain JSON data and back, and the canonical text that is hashed.

Canonical: UTF-8, NFC, keys sorted, no spaces, no floats. Decimals travel as strings, enums as their values.
What cannot be read back exactly is refused as damage, never repaired.
"""

import json
import types
import unicodedata
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from enum import Enum
from fractions import Fraction
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from monitor.errors import DamagedRecord

JsonValue = Any  # str | int | bool | None | list | dict, nested; no floats


def canonical_json(value: JsonValue) -> str:
    """Write `value` the one way it can be written.

    Raises:
        TypeError: a float or foreign type got in: a defect of ours.
    """
    return json.dumps(_plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _plain(value: JsonValue) -> JsonValue:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, Mapping):
        return {_plain(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    raise TypeError(f"{type(value).__name__} has no canonical form")


def parse_canonical(text: str) -> JsonValue:
    """Read canonical text back.

    Raises:
        DamagedRecord: not JSON, or JSON that was not written by `canonical_json`.
    """
    try:
        value = json.loads(text)
        rewritten = canonical_json(value)
    except (ValueError, TypeError, RecursionError) as fault:
        raise DamagedRecord(f"stored text is not canonical JSON: {fault}") from fault
    if rewritten != text:
        raise DamagedRecord("stored text is not canonical JSON")
    return value


def to_plain(value: Any) -> JsonValue:
    """Turn a dataclass, enum, decimal or plain value into JSON data."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, Fraction):
        return _fraction_text(value)
    if isinstance(value, tuple):
        return [to_plain(item) for item in value]
    return _plain(value)


def from_plain(kind: Any, data: JsonValue) -> Any:
    """Rebuild a value of type `kind` from JSON data.

    Raises:
        DamagedRecord: a field is missing, unknown or of another type.
    """
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _from_optional(kind, data)
    if origin is tuple:
        return tuple(from_plain(get_args(kind)[0], item) for item in _expect(list, data))
    if origin is Mapping:
        return _expect(dict, data)
    if is_dataclass(kind):
        return _from_fields(kind, _expect(dict, data))
    if issubclass(kind, Enum):
        return _enum(kind, data)
    if kind is Decimal:
        return _decimal(_expect(str, data))
    if kind is Fraction:
        return _fraction(_expect(str, data))
    return _expect(kind, data)


def _from_optional(kind: Any, data: JsonValue) -> Any:
    if data is None:
        return None
    (inner,) = (option for option in get_args(kind) if option is not type(None))
    return from_plain(inner, data)


@cache
def _hints(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}


def _from_fields(kind: Any, data: dict[str, JsonValue]) -> Any:
    hints = _hints(kind)
    if set(data) != set(hints):
        raise DamagedRecord(f"{kind.__name__}: fields are {sorted(data)}, not {sorted(hints)}")
    return kind(**{name: from_plain(hint, data[name]) for name, hint in hints.items()})


def _enum(kind: type[Enum], data: JsonValue) -> Enum:
    try:
        return kind(data)
    except ValueError as fault:
        raise DamagedRecord(str(fault)) from fault


def _decimal(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation as fault:
        raise DamagedRecord(f"{text!r} is not a number") from fault
    if not number.is_finite() or to_plain(number) != text:
        raise DamagedRecord(f"{text!r} is not a number as Vigil writes it")
    return number


def _fraction_text(value: Fraction) -> str:
    """As a decimal where six places are exact (182.5), else as n/d (175/3)."""
    millionths = value * 10**6
    if millionths.denominator != 1:
        return f"{value.numerator}/{value.denominator}"
    whole, part = divmod(abs(millionths.numerator), 10**6)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole}.{part:06d}".rstrip("0").rstrip(".")


def _fraction(text: str) -> Fraction:
    try:
        number = Fraction(text)
    except (ValueError, ZeroDivisionError) as fault:
        raise DamagedRecord(f"{text!r} is not a number") from fault
    if _fraction_text(number) != text:
        raise DamagedRecord(f"{text!r} is not a number as Vigil writes it")
    return number


def _expect(kind: type, data: JsonValue) -> Any:
    if type(data) is not kind:
        raise DamagedRecord(f"{data!r} is not of type {kind.__name__}")
    return data


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def utc_text(utc_ms: int) -> str:
    """Write UTC milliseconds as 2026-01-05T09:00:00.000Z."""
    moment = _EPOCH + timedelta(milliseconds=utc_ms)
    return moment.replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


def utc_ms(text: str) -> int:
    """Read what `utc_text` wrote.

    Raises:
        DamagedRecord: anything else.
    """
    try:
        moment = datetime.fromisoformat(text)
    except (ValueError, TypeError) as fault:
        raise DamagedRecord(f"{text!r} is not a UTC time as Vigil writes it") from fault
    if moment.tzinfo is not UTC:
        raise DamagedRecord(f"{text!r} is not a UTC time as Vigil writes it")
    milliseconds = (moment - _EPOCH) // timedelta(milliseconds=1)
    if utc_text(milliseconds) != text:
        raise DamagedRecord(f"{text!r} is not a UTC time as Vigil writes it")
    return milliseconds
