"""The simulated patient's figures: `figures.toml`, overridden by a scenario's `[patient]` tables."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any, get_type_hints

from monitor.errors import UsersError

_Tables = Mapping[str, Mapping[str, object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """A mean and a standard deviation across patients."""

    mean: int
    deviation: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleFigures:
    """Who is drawn when nobody is named; shares in percent."""

    age_years: Spread
    youngest_years: int
    oldest_years: int
    female_percent: int
    hypertension_percent: int
    hypertension_percent_per_decade: int
    beta_blocker_percent: int
    beta_blocker_percent_with_hypertension: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantities:
    """Spreads across patients, of a baseline or of a rise."""

    systolic_mmhg: Spread
    diastolic_mmhg: Spread
    rate_bpm: Spread
    spo2_percent: Spread
    respiratory_rate_bpm: Spread
    pressure_correlation_percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """What somebody's age, sex, illness or drug adds to their baseline and rise, and leaves of their rise."""

    baseline_systolic_mmhg: int = 0
    baseline_diastolic_mmhg: int = 0
    baseline_rate_bpm: int = 0
    rise_systolic_mmhg: int = 0
    rise_diastolic_mmhg: int = 0
    rise_rate_bpm: int = 0
    rise_percent: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseFigures:
    """How fast an infusion's effect comes and goes, in minutes, and at which rate it is full."""

    rises_in_minutes: int
    is_full_at_minutes: int
    falls_in_minutes: int
    dose_ug_per_kg: int
    surge_ends_below_percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NoiseFigures:
    """Standard deviations from reading to reading."""

    systolic_mmhg: int
    diastolic_mmhg: int
    rate_bpm: int
    spo2_percent: int
    respiratory_rate_bpm: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFigures:
    """The change an event brings at its worst, and the seconds in which it comes and goes."""

    systolic_mmhg: int = 0
    diastolic_mmhg: int = 0
    rate_bpm: int = 0
    spo2_percent: int = 0
    respiratory_rate_bpm: int = 0
    comes_s: int
    goes_s: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CuffFigures:
    """How the simulated monitor's cuff behaves; see `figures.toml`."""

    inflates_least_s: int
    inflates_most_s: int
    fails_one_in: int
    mean_above_diastolic_percent: int
    interval_s: int
    interval_before_s: int
    first_after_s: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """All of them, a table of `figures.toml` each."""

    people: PeopleFigures
    baseline: Quantities
    rise: Quantities
    per_decade_over_45: Shift
    female: Shift
    hypertension: Shift
    beta_blocker: Shift
    course: CourseFigures
    noise: NoiseFigures
    cough: EventFigures
    arm_moved: EventFigures
    syncope: EventFigures
    desaturation: EventFigures
    cuff: CuffFigures


def load_figures(overrides: _Tables) -> Figures:
    """Read the shipped figures with `overrides` laid over them, table by table.

    Raises:
        UsersError: an override names a table or figure that does not exist, or is not of its kind.
    """
    text = resources.files("devices.simulator").joinpath("figures.toml").read_text(encoding="utf-8")
    tables = {name: table for name, table in tomllib.loads(text).items() if isinstance(table, dict)}
    for name, table in overrides.items():
        for key, value in table.items():
            if key not in tables.get(name, {}):
                raise UsersError(f'The simulated patient has no figure "{name}.{key}".')
            tables[name][key] = _of_the_same_kind(tables[name][key], value)
    found = {name: {key: _figure(value) for key, value in table.items()} for name, table in tables.items()}
    return Figures(**{name: kind(**found[name]) for name, kind in _TABLES.items()})


_TABLES: Mapping[str, Any] = get_type_hints(Figures)


def _figure(value: object) -> object:
    match value:
        case [int(mean), int(deviation)]:
            return Spread(mean=mean, deviation=deviation)
        case _:
            return value


def _of_the_same_kind(shipped: object, value: object) -> object:
    match shipped, value:
        case list(), [int(), int()]:
            return value
        case int(), int():
            return value
        case list(), _:
            raise UsersError(f"This figure of the simulated patient is [mean, deviation], not {value!r}.")
        case _:
            raise UsersError(f"This figure of the simulated patient is a whole number, not {value!r}.")
