"""The simulated patient's figures: `figures.toml`, overridden by a scenario's `[patient]` tables."""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any, get_type_hints

from devices.simulator import ranges
from devices.simulator.written import WrittenTable


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


def figures_written(patient: WrittenTable, *, besides: Collection[str]) -> Figures:
    """Read the shipped figures with a scenario's `[patient.TABLE]`s laid over them.

    `besides` are the keys of `[patient]` that may be no tables of figures.

    Raises:
        UsersError: a figure that does not exist, is not what may stand there, or contradicts another.
    """
    tables = {
        name: patient.table(name, inside="patient.")
        for name in ranges.FIGURES
        if patient.has_table(name) or name not in besides
    }
    for name, table in tables.items():
        table.only(ranges.FIGURES[name])
    figures = load_figures({name: each.take_given(ranges.FIGURES[name]) for name, each in tables.items()})
    for name, low, high in _RISING:
        kept = getattr(figures, name)
        least, most = _middle(getattr(kept, low)), _middle(getattr(kept, high))
        if least > most:
            tables[name].refuse(f"{low} is {least}, and must not be above {high}, which is {most}")
    return figures


_RISING = (
    ("people", "youngest_years", "oldest_years"),
    ("baseline", "diastolic_mmhg", "systolic_mmhg"),
    ("cuff", "inflates_least_s", "inflates_most_s"),
)


def _middle(figure: int | Spread) -> int:
    return figure.mean if isinstance(figure, Spread) else figure


def load_figures(overrides: Mapping[str, Mapping[str, object]]) -> Figures:
    """Read the shipped figures with `overrides`, which exist and are sound, laid over them table by table."""
    text = resources.files("devices.simulator").joinpath("figures.toml").read_text(encoding="utf-8")
    tables = {name: table for name, table in tomllib.loads(text).items() if isinstance(table, dict)}
    found = {
        name: {key: _figure(value) for key, value in {**table, **overrides.get(name, {})}.items()}
        for name, table in tables.items()
    }
    return Figures(**{name: kind(**found[name]) for name, kind in _TABLES.items()})


_TABLES: Mapping[str, Any] = get_type_hints(Figures)


def _figure(value: object) -> object:
    match value:
        case [int(mean), int(deviation)]:
            return Spread(mean=mean, deviation=deviation)
        case _:
            return value
