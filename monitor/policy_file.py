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
from types import NoneType
from typing import Any, cast, get_args, get_type_hints

from monitor.errors import DamagedRecord, UsersError
from monitor.policy import Policy
from monitor.policy_checks import MalformedPolicy, Path, check_policy


class PolicyRefused(UsersError):
    """A policy file cannot be used. The person who keeps the file corrects it; `line` counts from 1."""

    def __init__(self, filename: str, line: int, reason: str) -> None:
        super().__init__(f"{filename}, line {line}: {reason}. Correct the policy file and try again.")
        self.line = line


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
    except MalformedPolicy as error:
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
    except MalformedPolicy as error:
        where = ".".join(map(str, error.path))
        raise DamagedRecord(
            f"The policy stored in this record is damaged at {where}: {error.reason}."
        ) from error


def _policy(document: Mapping[str, Any]) -> Policy:
    policy: Policy = _read(Policy, document, ())
    check_policy(policy)
    return policy


def _read(kind: Any, value: Any, path: Path) -> Any:
    if is_dataclass(kind):
        return _read_table(kind, value, path)
    arguments = get_args(kind)
    if NoneType in arguments:
        return _read(arguments[0], value, path)
    if arguments:
        if not isinstance(value, list):
            raise MalformedPolicy(path, f"{path[-1]} must be a list of tables")
        return tuple(_read(arguments[0], item, (*path, index)) for index, item in enumerate(value))
    return _read_scalar(kind, value, path)


def _read_scalar(kind: type[Any], value: Any, path: Path) -> Any:
    if issubclass(kind, Enum):
        known = {member.value: member for member in kind}
        if not isinstance(value, str) or value not in known:
            raise MalformedPolicy(path, f"{path[-1]} must be one of {', '.join(known)}")
        return known[value]
    if type(value) is not kind:
        wanted = {int: "a whole number", str: "a text in quotes", bool: "true or false"}[kind]
        raise MalformedPolicy(path, f"{path[-1]} must be {wanted}")
    if kind is int and value < 0:
        raise MalformedPolicy(path, f"{path[-1]} must not be negative")
    if kind is str and not value.strip():
        raise MalformedPolicy(path, f"{path[-1]} must not be empty")
    return value


def _read_table(kind: Any, value: Any, path: Path) -> Any:
    if not isinstance(value, Mapping):
        raise MalformedPolicy(path, f"{path[-1]} must be a table")
    wanted: dict[str, Field[Any]] = {field.name: field for field in fields(kind)}
    for key in value:
        if key not in wanted:
            raise MalformedPolicy((*path, key), f"{key} is not a key of a policy")
    for key, field in wanted.items():
        if key not in value and field.default is MISSING:
            raise MalformedPolicy(path, f"{key} is missing")
    types = get_type_hints(kind)
    return kind(**{key: _read(types[key], item, (*path, key)) for key, item in value.items()})


def _dump(value: Any) -> Any:
    if is_dataclass(value):
        named = {field.name: getattr(value, field.name) for field in fields(value)}
        return {key: _dump(item) for key, item in named.items() if item is not None}
    if isinstance(value, tuple):
        return [_dump(item) for item in value]
    return value.value if isinstance(value, Enum) else value


def _line_of(text: str, path: Path) -> int:
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
