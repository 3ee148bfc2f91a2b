"""What a person wrote in a TOML file, read key by key.

Each mistake is one sentence that names the file, the table and the key, what stands there, and what may.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum
from typing import Generic, NoReturn, Protocol, TypeVar

from monitor.errors import UsersError

SHOWN_CHARACTERS = 60

_Meant = TypeVar("_Meant")
_Meant_co = TypeVar("_Meant_co", covariant=True)
_Choice = TypeVar("_Choice", bound=Enum)


class Kind(Protocol[_Meant_co]):
    """What may stand at a key. Its text goes on where a sentence says "must be"."""

    def take(self, found: object) -> _Meant_co | None:
        """Return what is meant by `found`; None when it may not stand there."""
        ...


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number from `lowest` to `highest`, both included."""

    lowest: int
    highest: int

    def take(self, found: object) -> int | None:
        """See `Kind`; true and false are no numbers."""
        if not isinstance(found, int) or isinstance(found, bool):
            return None
        return found if self.lowest <= found <= self.highest else None

    def __str__(self) -> str:
        return f"a whole number from {self.lowest} to {self.highest}"


@dataclass(frozen=True, slots=True)
class MeanAndDeviation:
    """Two whole numbers: a value, and how far it may differ."""

    mean: Whole
    deviation: Whole

    def take(self, found: object) -> tuple[int, int] | None:
        """See `Kind`."""
        match found:
            case [first, second]:
                mean, deviation = self.mean.take(first), self.deviation.take(second)
                return None if mean is None or deviation is None else (mean, deviation)
            case _:
                return None

    def __str__(self) -> str:
        return (
            f"[mean, deviation], the mean {self.mean}"
            f" and the deviation from {self.deviation.lowest} to {self.deviation.highest}"
        )


class YesOrNo:
    """True or false."""

    def take(self, found: object) -> bool | None:
        """See `Kind`."""
        return found if isinstance(found, bool) else None

    def __str__(self) -> str:
        return "true or false, without quotes"


class Text:
    """Some words."""

    def take(self, found: object) -> str | None:
        """See `Kind`."""
        return found if isinstance(found, str) and found.strip() else None

    def __str__(self) -> str:
        return "a text in quotes"


class OneOf(Generic[_Choice]):
    """A value of one of some enums."""

    def __init__(self, *enums: type[_Choice]) -> None:
        self._choices: dict[object, _Choice] = {each.value: each for enum in enums for each in enum}

    def take(self, found: object) -> _Choice | None:
        """See `Kind`."""
        return self._choices.get(found) if isinstance(found, str) else None

    def __str__(self) -> str:
        return "one of " + ", ".join(f'"{value}"' for value in self._choices)


class WrittenTable:
    """One table of a file: `where` begins the sentence of each mistake in it."""

    def __init__(self, file: str, name: str, values: Mapping[str, object]) -> None:
        self._file = file
        self._name = name
        self._values = values

    def only(self, keys: Iterable[str]) -> None:
        """Allow no other keys than these.

        Raises:
            UsersError: there is another; the sentence has the nearest spelling.
        """
        known = list(keys)
        for key in self._values:
            if key not in known:
                near = get_close_matches(key, known, n=1)
                meant = f", perhaps {near[0]} is meant" if near else ""
                self.refuse(f"there is no key {key} here{meant}; the keys are {', '.join(known)}")

    def has(self, key: str) -> bool:
        """Whether anything stands at `key`."""
        return key in self._values

    def has_table(self, key: str) -> bool:
        """Whether a table stands at `key`."""
        return isinstance(self._values.get(key), dict)

    def take(self, key: str, kind: Kind[_Meant]) -> _Meant:
        """Return what `key` says.

        Raises:
            UsersError: it is missing, or not of its kind.
        """
        if key not in self._values:
            self.refuse(f"{key} is missing, and must be {kind}")
        meant = kind.take(self._values[key])
        if meant is None:
            self.refuse(f"{key} is {_shown(self._values[key])}, and must be {kind}")
        return meant

    def take_all(self, kinds: Mapping[str, Kind[_Meant]]) -> dict[str, _Meant]:
        """Return what each of these keys says; see `take`."""
        return {key: self.take(key, kind) for key, kind in kinds.items()}

    def take_given(self, kinds: Mapping[str, Kind[_Meant]]) -> dict[str, _Meant]:
        """Return what those of these keys say that are there; see `take`."""
        return {key: self.take(key, kind) for key, kind in kinds.items() if self.has(key)}

    def table(self, key: str, *, inside: str = "") -> "WrittenTable":
        """Return the table [key], an empty one when it is not there.

        Raises:
            UsersError: something else stands there.
        """
        found = self._values.get(key, {})
        name = f"{inside}{key}"
        if not isinstance(found, dict):
            self.refuse(f"{key} is {_shown(found)}, and must be a table that begins with [{name}]")
        return WrittenTable(self._file, f"[{name}]", found)

    def tables(self, key: str) -> list["WrittenTable"]:
        """Return each table [[key]], in order.

        Raises:
            UsersError: something else stands there.
        """
        found = self._values.get(key, [])
        if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
            self.refuse(f"{key} is {_shown(found)}, and must be tables that each begin with [[{key}]]")
        return [
            WrittenTable(self._file, f"[[{key}]] number {number}", each)
            for number, each in enumerate(found, 1)
        ]

    def refuse(self, why: str) -> NoReturn:
        """Say what is wrong in this table.

        Raises:
            UsersError: always.
        """
        raise UsersError(f"{self._file}, {self._name}: {why}.")


def _shown(found: object) -> str:
    """As it stands in the file, or nearly so."""
    if isinstance(found, dict):
        return "a table"
    try:
        text = json.dumps(found, ensure_ascii=False)
    except TypeError:  # a date, or something with one in it
        text = str(found)
    return text if len(text) <= SHOWN_CHARACTERS else text[:SHOWN_CHARACTERS] + "…"
