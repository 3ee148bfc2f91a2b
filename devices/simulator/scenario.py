"""A scenario: a patient, what happens to them, to the pump and on the wire, and which flags must come of it.

All minutes count from the start of the infusion. A scenario is a TOML file: one of those in `scenarios/`, or
anybody's own.
"""

import tomllib
from dataclasses import dataclass
from enum import Enum
from importlib import resources
from pathlib import Path

from devices.profiles import PROFILES
from devices.simulator import ranges
from devices.simulator.figures import CourseFigures, Figures, figures_written
from devices.simulator.happenings import Event, EventKind, Surge, event_written, surge_written
from devices.simulator.person import WHO_KEYS, Person, person_written
from devices.simulator.pump_plan import pump_percents, pump_written
from devices.simulator.written import OneOf, Text, WrittenTable
from monitor.errors import UsersError
from monitor.flags import FlagState
from monitor.policy import Condition, Level
from monitor.pump_act import PumpAct, PumpMove

ENDING = ".toml"
JOINT = "+"  # between two monitors at one patient


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
        name: as on the command line; of somebody's own file, the file's without its ending.
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
        infusion_minutes: how long the drug is planned to run.
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
        """Return what the pump does when nobody says otherwise: minutes, and percent of its planned rate."""
        return pump_percents(self.pump, self.infusion_minutes)


def scenario_names() -> tuple[str, ...]:
    """Return the shipped scenarios by name, sorted."""
    folder = resources.files("devices.simulator").joinpath("scenarios")
    return tuple(
        sorted(entry.name.removesuffix(ENDING) for entry in folder.iterdir() if entry.name.endswith(ENDING))
    )


def load_scenario(named: str) -> Scenario:
    """Read a shipped scenario by its name, or anybody's own by the path of its file.

    Raises:
        UsersError: no such scenario, or it cannot be used; the text says what to do.
    """
    if named.endswith(ENDING):
        path = Path(named)
        return parse_scenario(path.stem, _text_of(path))
    if named not in scenario_names():
        raise UsersError(
            f'"{named}" is not a scenario. Known: {", ".join(scenario_names())};'
            f" or name a file of your own that ends in {ENDING}."
        )
    file = resources.files("devices.simulator").joinpath("scenarios", f"{named}{ENDING}")
    return parse_scenario(named, file.read_text(encoding="utf-8"))


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")  # some editors begin a file with a mark
    except FileNotFoundError as error:
        raise UsersError(
            f'There is no file "{path}". A scenario that ships with Vigil is named without {ENDING}.'
        ) from error
    except UnicodeDecodeError as error:
        raise UsersError(f'"{path}" is no text in UTF-8. Save it as UTF-8 and try again.') from error
    except OSError as error:
        raise UsersError(f'"{path}" cannot be read: {error.strerror}. Name another file.') from error


def parse_scenario(name: str, text: str) -> Scenario:
    """Read a scenario from TOML text.

    Raises:
        UsersError: it is not TOML, or something in it is missing, unknown, or not what may stand there.
    """
    file = f"{name}{ENDING}"
    try:
        values = tomllib.loads(text)
    except ValueError as error:  # not TOML, or a number of thousands of digits
        raise UsersError(f"{file} cannot be read as TOML: {error}. Correct that place.") from error
    return _scenario(name, WrittenTable(file, "above the first table", values))


def _scenario(name: str, top: WrittenTable) -> Scenario:
    top.only(_KEYS)
    infusion_minutes = top.take("infusion_minutes", ranges.INFUSION_MINUTES)
    patient = top.table("patient")
    patient.only(dict.fromkeys((*WHO_KEYS, *ranges.FIGURES)))
    figures = figures_written(patient, besides=WHO_KEYS)
    timeline = [(_what(each), each) for each in top.tables("event")]
    return Scenario(
        name=name,
        title=top.take("title", Text()),
        monitor=top.take("monitor", _Monitors()) if top.has("monitor") else "dinamap",
        person=person_written(patient),
        figures=figures,
        strength=_strength(top, infusion_minutes, figures.course),
        surges=tuple(surge_written(each) for each in top.tables("surge")),
        events=tuple(event_written(what, each) for what, each in timeline if isinstance(what, EventKind)),
        pump=pump_written(
            [(what, each) for what, each in timeline if isinstance(what, PumpMove)], infusion_minutes
        ),
        faults=tuple(_fault(each) for each in top.tables("fault")),
        leftover=_leftover(top.table("leftover")) if top.has("leftover") else None,
        served_start_minute=top.take("served_start_minute", ranges.MINUTE),
        infusion_minutes=infusion_minutes,
        must=tuple(_expectation(each) for each in top.tables("must")),
        must_not=tuple(_expectation(each) for each in top.tables("must_not")),
    )


_KEYS = (
    "title", "monitor", "served_start_minute", "infusion_minutes", "dose_ug_per_kg",
    "patient", "event", "surge", "leftover", "fault", "must", "must_not",
)  # fmt: skip


def _what(event: WrittenTable) -> Enum:
    """Return the EventKind or PumpMove that an event is."""
    event.only(("what", "minute", "lasts_minutes", "percent"))
    known: OneOf[Enum] = OneOf(EventKind, PumpMove)
    return event.take("what", known)


class _Monitors:
    """A protocol, or two that share a patient."""

    def take(self, found: object) -> str | None:
        """See `Kind`."""
        return found if isinstance(found, str) and set(found.split(JOINT)) <= PROFILES.keys() else None

    def __str__(self) -> str:
        return "one of " + ", ".join(f'"{name}"' for name in sorted(PROFILES)) + ', or two as "omron+nonin"'


def _strength(top: WrittenTable, minutes: int, course: CourseFigures) -> float:
    if not top.has("dose_ug_per_kg"):
        return 1.0
    dose_ug_per_kg = top.take("dose_ug_per_kg", ranges.DOSE_UG_PER_KG)
    return (dose_ug_per_kg / minutes) / (course.dose_ug_per_kg / course.is_full_at_minutes)


def _fault(table: WrittenTable) -> Fault:
    spans = {"begins_minute": ranges.MINUTE, "ends_minute": ranges.MINUTE}
    extras = {"one_in": ranges.ONE_IN, "by_s": ranges.CLOCK_OFF_BY_S}
    table.only(("kind", *spans, *extras))
    kind, span = table.take("kind", OneOf(FaultKind)), table.take_all(spans)
    begins_minute, ends_minute = span["begins_minute"], span["ends_minute"]
    if ends_minute <= begins_minute:
        table.refuse(f"ends_minute is {ends_minute}, and must be later than begins_minute, {begins_minute}")
    return Fault(kind=kind, **span, **table.take_given(extras))


def _leftover(table: WrittenTable) -> Leftover:
    table.only(ranges.LEFTOVER)
    return Leftover(**table.take_all(ranges.LEFTOVER))


def _expectation(table: WrittenTable) -> FlagExpectation:
    table.only(("condition", "level", "state"))
    return FlagExpectation(
        condition=table.take("condition", OneOf(Condition)) if table.has("condition") else None,
        level=table.take("level", OneOf(Level)) if table.has("level") else None,
        state=table.take("state", OneOf(FlagState)) if table.has("state") else None,
    )
