"""Policy files and policies in records, read by one strict reader.

A file is refused with its name, line and reason; nothing is guessed, rounded or filled in. The payload in a
record has the shape of the file, so the two share their checks.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import Enum
from importlib.resources import files
from itertools import pairwise, product
from string import digits
from types import NoneType
from typing import Any, cast, get_args, get_type_hints

from monitor.errors import DamagedRecord, UsersError
from monitor.policy import Condition, Level, Limit, Policy, QuantityRange
from monitor.vitals import Quantity

_Path = tuple[str | int, ...]
_UNMEASURED = (Condition.SYMPTOM, Condition.NOT_OBTAINED)


class PolicyRefused(UsersError):
    """A policy file cannot be used. The person who keeps the file corrects it; `line` counts from 1."""

    def __init__(self, filename: str, line: int, reason: str) -> None:
        super().__init__(f"{filename}, line {line}: {reason}. Correct the policy file and try again.")
        self.line = line


class _MalformedError(Exception):
    """What is wrong, and the path of keys to it; becomes a PolicyRefused or a DamagedRecord."""

    def __init__(self, path: _Path, reason: str) -> None:
        self.path = path
        self.reason = reason


def default_policy() -> Policy:
    """Read the policy that ships with Vigil."""
    shipped = files("monitor") / "policies" / "default.toml"
    return load_policy(shipped.read_text(encoding="utf-8"), shipped.name)


def load_policy(text: str, filename: str) -> Policy:
    """Read a policy file's text.

    Raises:
        PolicyRefused: the file is malformed or its limits contradict each other; names file, line and reason.
    """
    try:
        return _policy(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else max(1, len(text.splitlines()))
        raise PolicyRefused(filename, line, f"not readable as TOML: {error}") from error
    except _MalformedError as error:
        raise PolicyRefused(filename, _line_of(text, error.path), error.reason) from error


def policy_to_payload(policy: Policy) -> dict[str, Any]:
    """Return the whole policy in the file's shape: strings, whole numbers, booleans, lists and objects."""
    return cast("dict[str, Any]", _dump(policy))


def policy_from_payload(payload: Mapping[str, Any]) -> Policy:
    """Read back what `policy_to_payload` returned.

    Raises:
        DamagedRecord: the stored policy is not one that Vigil wrote.
    """
    try:
        return _policy(payload)
    except _MalformedError as error:
        where = ".".join(map(str, error.path))
        raise DamagedRecord(
            f"The policy stored in this record is damaged at {where}: {error.reason}."
        ) from error


def _policy(document: Mapping[str, Any]) -> Policy:
    policy: Policy = _read(Policy, document, ())
    _check_ranges(policy)
    _check_limits(policy)
    _check_order(policy)
    return policy


def _read(kind: Any, value: Any, path: _Path) -> Any:
    if is_dataclass(kind):
        return _read_table(kind, value, path)
    arguments = get_args(kind)
    if NoneType in arguments:
        return _read(arguments[0], value, path)
    if arguments:
        if not isinstance(value, list):
            raise _MalformedError(path, f"{path[-1]} must be a list of tables")
        return tuple(_read(arguments[0], item, (*path, index)) for index, item in enumerate(value))
    return _read_scalar(kind, value, path)


def _read_scalar(kind: type[Any], value: Any, path: _Path) -> Any:
    if issubclass(kind, Enum):
        known = {member.value: member for member in kind}
        if not isinstance(value, str) or value not in known:
            raise _MalformedError(path, f"{path[-1]} must be one of {', '.join(known)}")
        return known[value]
    if type(value) is not kind:
        wanted = {int: "a whole number", str: "a text in quotes", bool: "true or false"}[kind]
        raise _MalformedError(path, f"{path[-1]} must be {wanted}")
    if kind is int and value < 0:
        raise _MalformedError(path, f"{path[-1]} must not be negative")
    if kind is str and not value.strip():
        raise _MalformedError(path, f"{path[-1]} must not be empty")
    return value


def _read_table(kind: Any, value: Any, path: _Path) -> Any:
    if not isinstance(value, Mapping):
        raise _MalformedError(path, f"{path[-1]} must be a table")
    wanted: dict[str, Field[Any]] = {field.name: field for field in fields(kind)}
    for key in value:
        if key not in wanted:
            raise _MalformedError((*path, key), f"{key} is not a key of a policy")
    for key, field in wanted.items():
        if key not in value and field.default is MISSING:
            raise _MalformedError(path, f"{key} is missing")
    types = get_type_hints(kind)
    return kind(**{key: _read(types[key], item, (*path, key)) for key, item in value.items()})


def _dump(value: Any) -> Any:
    if is_dataclass(value):
        named = {field.name: getattr(value, field.name) for field in fields(value)}
        return {key: _dump(item) for key, item in named.items() if item is not None}
    if isinstance(value, tuple):
        return [_dump(item) for item in value]
    return value.value if isinstance(value, Enum) else value


def _line_of(text: str, path: _Path) -> int:
    """Find the line of the last key of `path`; the first line of its table when the key is absent."""
    if not path:
        return 1
    table = str(path[0])
    nth = path[1] if len(path) > 1 and isinstance(path[1], int) else 0
    lines = text.splitlines()
    header = re.compile(rf"\s*\[\[?\s*{re.escape(table)}\s*\]")
    starts = [number for number, line in enumerate(lines, 1) if header.match(line)]
    begin = starts[nth] if nth < len(starts) else 0
    key = re.compile(rf"\s*\"?{re.escape(str(path[-1]))}\"?\s*=")
    for number, line in enumerate(lines[begin:], begin + 1):
        if key.match(line):
            return number
        if line.lstrip().startswith("["):
            break
    return max(begin, 1)


def _check_ranges(policy: Policy) -> None:
    named = [found.quantity for found in policy.ranges]
    for index, found in enumerate(policy.ranges):
        if found.quantity in named[:index]:
            raise _MalformedError(("ranges", index, "quantity"), f"{found.quantity.value} has two ranges")
        if found.lowest >= found.highest:
            raise _MalformedError(("ranges", index, "highest"), "highest must be above lowest")
        three, two = found.three_digits_after or "", found.two_digits_after or ""
        if not set(three + two) <= set(digits) or set(three) & set(two):
            raise _MalformedError(
                ("ranges", index, "two_digits_after"), "first digits must be digits, each in one place"
            )
    for quantity in Quantity:
        if quantity not in named:
            raise _MalformedError(("ranges",), f"the range of {quantity.value} is missing")


def _check_limits(policy: Policy) -> None:
    for index, limit in enumerate(policy.limits):
        if any(_cell(limit) == _cell(earlier) for earlier in policy.limits[:index]):
            raise _MalformedError(
                ("limits", index, "level"), "this condition, quantity and level has two limits"
            )
        if limit.condition in _UNMEASURED:
            raise _MalformedError(("limits", index, "condition"), f"{limit.condition.value} takes no limit")
        _check_limit(limit, policy.range_of(limit.quantity), index)
    for condition in Condition:
        if condition not in _UNMEASURED and not any(x.condition is condition for x in policy.limits):
            raise _MalformedError(("limits",), f"{condition.value} has no limit")
    indexed = list(enumerate(policy.limits))
    for (_, milder), (index, limit) in product(indexed, indexed):
        if _row(milder) == _row(limit) and milder.level.rank < limit.level.rank:
            _check_step(milder, limit, index)


def _check_limit(limit: Limit, known: QuantityRange, index: int) -> None:
    expects_high = limit.condition.value.endswith(("_high", "_rise"))
    if limit.side.is_high is not expects_high:
        raise _MalformedError(
            ("limits", index, "side"), f"{limit.side.value} does not fit {limit.condition.value}"
        )
    if not known.lowest <= limit.value <= known.highest:
        raise _MalformedError(
            ("limits", index, "value"),
            f"value lies outside what can be charted, {known.lowest} to {known.highest}",
        )


def _check_step(milder: Limit, limit: Limit, index: int) -> None:
    if milder.side is not limit.side:
        raise _MalformedError(("limits", index, "side"), "all levels of a quantity need the same side")
    in_order = milder.value < limit.value if limit.side.is_high else milder.value > limit.value
    if not in_order:
        raise _MalformedError(
            ("limits", index, "value"),
            f"limits out of order, {milder.level.value} {milder.value} and {limit.level.value} {limit.value}",
        )


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
                raise _MalformedError((table, higher), f"{higher} must be above {lower}")
    if policy.baseline.sets < 1:
        raise _MalformedError(("baseline", "sets"), "sets must be at least 1")
    if policy.not_obtained.in_a_row < 1:
        raise _MalformedError(("not_obtained", "in_a_row"), "in_a_row must be at least 1")
