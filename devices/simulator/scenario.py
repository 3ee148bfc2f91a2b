"""A scenario: a patient, what happens to them, to the pump and on the wire, and which flags must come of it.

All minutes count from the start of the infusion. The scenarios are the `.toml` files in `scenarios/`.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from importlib import resources
from itertools import pairwise
from typing import Any

from devices.simulator.course import FULL_PERCENT
from devices.simulator.figures import CourseFigures, Figures, load_figures
from devices.simulator.happenings import Event, EventKind, Surge
from devices.simulator.person import Person, Sex
from monitor.errors import UsersError
from monitor.flags import FlagState
from monitor.policy import Condition, Level
from monitor.pump_act import PumpAct, PumpMove

_PUMP_WORDS = frozenset(move.value for move in PumpMove)


class FaultKind(Enum):
    """What can go wrong between monitor and computer, or in what the monitor says of itself.

    UNPLUGGED: no cable. SILENT: nothing is said. HALF_OPEN: nothing passes until the wire is opened anew.
    HANGS_UP: the connection ends within a message; HANGS_UP_AFTER: after a whole one. NOISE, TRUNCATED,
    BAD_SUM: spoilt bytes. SPLIT, MERGED: sound bytes, cut or gathered elsewhere. FLOOD: everything is said
    many times over. OLD_CUFF: the monitor goes on telling its last determination instead of the new one.
    WRONG_CLOCK: its clock is off by `by_s`. DEMO: it says that its values are made up.
    """

    UNPLUGGED = "unplugged"
    SILENT = "silent"
    HALF_OPEN = "half_open"
    HANGS_UP = "hangs_up"
    HANGS_UP_AFTER = "hangs_up_after"
    NOISE = "noise"
    TRUNCATED = "truncated"
    BAD_SUM = "bad_sum"
    SPLIT = "split"
    MERGED = "merged"
    FLOOD = "flood"
    OLD_CUFF = "old_cuff"
    WRONG_CLOCK = "wrong_clock"
    DEMO = "demo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A fault in force from `begins_minute` until before `ends_minute`, in one of `one_in` messages."""

    kind: FaultKind
    begins_minute: int
    ends_minute: int
    one_in: int = 1
    by_s: int = 0

    def __post_init__(self) -> None:
        if self.one_in < 1 or self.begins_minute >= self.ends_minute:
            raise ValueError("a fault ends after it begins, and strikes one in 1 or more")


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
        monitor: the profile of the monitor that it is played on unless another is asked for.
        person: who is in the chair; None: drawn from the seed.
        figures: the patient's and the cuff's.
        strength: the planned rate as a multiple of the rate whose effect the figures call full.
        surges: added to the course.
        events: what happens to the patient.
        pump: what the nurse does at the pump beside starting and ending it.
        faults: what goes wrong on the wire and when.
        leftover: a reading already on the monitor, if any.
        served_start_minute: when the drug runs, after a served simulator's start: nobody can tell it.
        infusion_minutes: how long the drug runs when nobody says otherwise.
        must: flag changes of which each pattern must occur.
        must_not: flag changes that must not occur.
    """

    name: str
    title: str
    monitor: str
    person: Person | None
    figures: Figures
    strength: float
    surges: tuple[Surge, ...]
    events: tuple[Event, ...]
    pump: tuple[PumpAct, ...]
    faults: tuple[Fault, ...]
    leftover: Leftover | None
    served_start_minute: int
    infusion_minutes: int
    must: tuple[FlagExpectation, ...]
    must_not: tuple[FlagExpectation, ...]

    def pump_percents(self) -> tuple[tuple[int, int], ...]:
        """Return what the pump does when nobody says otherwise: minutes, and percent of its planned rate.

        It ends when the planned volume is in: a pause or a lower rate makes it later.
        """
        percent, planned = FULL_PERCENT, [(0, FULL_PERCENT)]
        for act in self.pump:
            if act.move is PumpMove.RATE:
                percent = act.percent
                planned.append((act.minute, percent))
            elif act.move is PumpMove.PAUSE:
                planned += [(act.minute, 0), (act.minute + act.lasts_minutes, percent)]
            else:
                return (*planned, (act.minute, 0))
        left = self.infusion_minutes * FULL_PERCENT
        for (from_minute, runs_at), (until_minute, _) in pairwise(planned):
            left -= runs_at * (until_minute - from_minute)
        return (*planned, (planned[-1][0] - (-left // percent), 0))


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
    """Read the tables; a key left over is a mistake in the file."""
    left = dict(table)
    patient = left.pop("patient", {})
    figures = load_figures({key: value for key, value in patient.items() if isinstance(value, dict)})
    leftover = left.pop("leftover", None)
    infusion_minutes = left.pop("infusion_minutes")
    timeline = [dict(item) for item in left.pop("event", [])]
    scenario = Scenario(
        name=name,
        title=left.pop("title"),
        monitor=left.pop("monitor", "dinamap"),
        person=_person({key: value for key, value in patient.items() if not isinstance(value, dict)}),
        figures=figures,
        strength=_strength(left.pop("dose_ug_per_kg", None), infusion_minutes, figures.course),
        surges=tuple(Surge(**_whole(surge)) for surge in left.pop("surge", [])),
        events=tuple(_event(item) for item in timeline if item["what"] not in _PUMP_WORDS),
        pump=tuple(_pump_act(item) for item in timeline if item["what"] in _PUMP_WORDS),
        faults=tuple(_fault(fault) for fault in left.pop("fault", [])),
        leftover=None if leftover is None else Leftover(**_whole(leftover)),
        served_start_minute=left.pop("served_start_minute"),
        infusion_minutes=infusion_minutes,
        must=tuple(_expectation(item) for item in left.pop("must", [])),
        must_not=tuple(_expectation(item) for item in left.pop("must_not", [])),
    )
    if left:
        raise ValueError(f"unknown key: {sorted(left)}")
    return scenario


def _person(table: Mapping[str, Any]) -> Person | None:
    if not table:
        return None
    named = dict(table)
    person = Person(
        age_years=named.pop("age_years"),
        sex=Sex(named.pop("sex")),
        has_hypertension=named.pop("hypertension"),
        takes_beta_blocker=named.pop("beta_blocker"),
    )
    if named:
        raise ValueError(f"unknown key of a patient: {sorted(named)}")
    return person


def _strength(dose_ug_per_kg: int | None, minutes: int, course: CourseFigures) -> float:
    if dose_ug_per_kg is None:
        return 1.0
    return (dose_ug_per_kg / minutes) / (course.dose_ug_per_kg / course.is_full_at_minutes)


def _whole(table: Mapping[str, Any]) -> dict[str, int]:
    odd = {key: value for key, value in table.items() if type(value) is not int}
    if odd:
        raise TypeError(f"not a whole number: {odd}")
    return dict(table)


def _event(table: Mapping[str, Any]) -> Event:
    named = dict(table)
    return Event(kind=EventKind(named.pop("what")), **_whole(named))


def _pump_act(table: Mapping[str, Any]) -> PumpAct:
    named = dict(table)
    return PumpAct(move=PumpMove(named.pop("what")), **_whole(named))


def _fault(table: Mapping[str, Any]) -> Fault:
    named = dict(table)
    return Fault(kind=FaultKind(named.pop("kind")), **_whole(named))


def _expectation(table: Mapping[str, Any]) -> FlagExpectation:
    known = {"condition", "level", "state"}
    if not known >= table.keys():
        raise ValueError(f"unknown key in an expected flag: {sorted(table.keys() - known)}")
    return FlagExpectation(
        condition=Condition(table["condition"]) if "condition" in table else None,
        level=Level(table["level"]) if "level" in table else None,
        state=FlagState(table["state"]) if "state" in table else None,
    )
