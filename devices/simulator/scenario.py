"""A scenario: a patient, what happens to the cuff and the wire, and which flags must and must not come of it.

All minutes count from the start of the infusion. The scenarios are the `.toml` files in `scenarios/`.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from importlib import resources
from typing import Any

from devices.simulator.figures import Figures, load_figures
from monitor.errors import UsersError
from monitor.flags import FlagState
from monitor.policy import Condition, Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Surge:
    """A trapezium added to the patient's course: values at its top, minutes of its sides and top."""

    begins_minute: int
    rises_minutes: int
    holds_minutes: int
    falls_minutes: int
    systolic_mmhg: int
    diastolic_mmhg: int
    rate_bpm: int


class FaultKind(Enum):
    """What can go wrong between monitor and computer, or at the cuff."""

    CUFF_FAILS = "cuff_fails"
    UNPLUGGED = "unplugged"
    SILENT = "silent"
    NOISE = "noise"
    TRUNCATED = "truncated"
    BAD_SUM = "bad_sum"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A fault in force from `begins_minute` until before `ends_minute`, in one of `one_in` answers."""

    kind: FaultKind
    begins_minute: int
    ends_minute: int
    one_in: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Leftover:
    """The reading of the patient before, still on the monitor when it is switched on here."""

    systolic_mmhg: int
    diastolic_mmhg: int
    mean_mmhg: int
    age_s: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagExpectation:
    """A pattern of flag changes; None matches any."""

    condition: Condition | None
    level: Level | None
    state: FlagState | None

    def matches(self, *, condition: Condition, level: Level, state: FlagState) -> bool:
        """Whether a change fits."""
        return (
            self.condition in (None, condition)
            and self.level in (None, level)
            and self.state in (None, state)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One scenario.

    Attributes:
        name: as on the command line.
        title: one line for a person.
        figures: the patient's and the cuff's.
        surges: added to the course.
        faults: what goes wrong and when.
        leftover: a reading already on the monitor, if any.
        served_start_minute: when the drug runs, after a served simulator's start: nobody can tell it.
        infusion_minutes: how long the drug runs when nobody says otherwise.
        must: flag changes of which each pattern must occur.
        must_not: flag changes that must not occur.
    """

    name: str
    title: str
    figures: Figures
    surges: tuple[Surge, ...]
    faults: tuple[Fault, ...]
    leftover: Leftover | None
    served_start_minute: int
    infusion_minutes: int
    must: tuple[FlagExpectation, ...]
    must_not: tuple[FlagExpectation, ...]


def scenario_names() -> tuple[str, ...]:
    """Return the shipped scenarios by name, sorted."""
    folder = resources.files("devices.simulator").joinpath("scenarios")
    return tuple(
        sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml"))
    )


def load_scenario(name: str) -> Scenario:
    """Read a shipped scenario.

    Raises:
        UsersError: no such scenario; the text lists the known ones.
    """
    if name not in scenario_names():
        raise UsersError(f'"{name}" is not a scenario. Known: {", ".join(scenario_names())}.')
    file = resources.files("devices.simulator").joinpath("scenarios", f"{name}.toml")
    return parse_scenario(name, file.read_text(encoding="utf-8"))


def parse_scenario(name: str, text: str) -> Scenario:
    """Read a scenario from TOML text.

    Raises:
        UsersError: it is not TOML, or a key is missing, unknown or of the wrong kind.
    """
    try:
        table = tomllib.loads(text)
        return _scenario(name, table)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise UsersError(f'The scenario "{name}" cannot be used: {error!r}. Correct its file.') from error


def _scenario(name: str, table: Mapping[str, Any]) -> Scenario:
    leftover = table.get("leftover")
    return Scenario(
        name=name,
        title=table["title"],
        figures=load_figures(table.get("patient", {})),
        surges=tuple(Surge(**surge) for surge in table.get("surge", [])),
        faults=tuple(_fault(fault) for fault in table.get("fault", [])),
        leftover=None if leftover is None else Leftover(**leftover),
        served_start_minute=table["served_start_minute"],
        infusion_minutes=table["infusion_minutes"],
        must=tuple(_expectation(item) for item in table.get("must", [])),
        must_not=tuple(_expectation(item) for item in table.get("must_not", [])),
    )


def _fault(table: Mapping[str, Any]) -> Fault:
    known = {"kind", "begins_minute", "ends_minute", "one_in"}
    if not known >= table.keys():
        raise ValueError(f"unknown key in a fault: {sorted(table.keys() - known)}")
    return Fault(
        kind=FaultKind(table["kind"]),
        begins_minute=table["begins_minute"],
        ends_minute=table["ends_minute"],
        one_in=table.get("one_in", 1),
    )


def _expectation(table: Mapping[str, Any]) -> FlagExpectation:
    known = {"condition", "level", "state"}
    if not known >= table.keys():
        raise ValueError(f"unknown key in an expected flag: {sorted(table.keys() - known)}")
    return FlagExpectation(
        condition=Condition(table["condition"]) if "condition" in table else None,
        level=Level(table["level"]) if "level" in table else None,
        state=FlagState(table["state"]) if "state" in table else None,
    )
