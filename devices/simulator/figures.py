"""The simulated patient's figures: `figures.toml`, overridden by a scenario's `[patient]` tables."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

from monitor.errors import UsersError

_Tables = Mapping[str, Mapping[str, object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """A mean and a standard deviation across patients."""

    mean: int
    deviation: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantities:
    """Spreads across patients, of a baseline or of a rise; oxygen saturation has no rise."""

    systolic_mmhg: Spread
    diastolic_mmhg: Spread
    rate_bpm: Spread
    spo2_percent: Spread
    pressure_correlation_percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseFigures:
    """How fast an infusion's effect comes and goes, in minutes."""

    rises_in_minutes: int
    is_full_at_minutes: int
    falls_in_minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NoiseFigures:
    """Standard deviations from reading to reading."""

    systolic_mmhg: int
    diastolic_mmhg: int
    rate_bpm: int
    spo2_percent: int


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
    """All of them."""

    baseline: Quantities
    rise: Quantities
    course: CourseFigures
    noise: NoiseFigures
    cuff: CuffFigures


def load_figures(overrides: _Tables) -> Figures:
    """Read the shipped figures with `overrides` laid over them, table by table.

    Raises:
        UsersError: an override names a table or figure that does not exist, or is not a whole number.
    """
    text = resources.files("devices.simulator").joinpath("figures.toml").read_text(encoding="utf-8")
    tables = {name: table for name, table in tomllib.loads(text).items() if isinstance(table, dict)}
    for name, table in overrides.items():
        for key, value in table.items():
            if key not in tables.get(name, {}):
                raise UsersError(f'The simulated patient has no figure "{name}.{key}".')
            tables[name][key] = value
    return Figures(
        baseline=_quantities(tables["baseline"]),
        rise=_quantities({"spo2_percent": [0, 0], **tables["rise"]}),
        course=CourseFigures(**_whole_numbers(tables["course"])),
        noise=NoiseFigures(**_whole_numbers(tables["noise"])),
        cuff=CuffFigures(**_whole_numbers(tables["cuff"])),
    )


def _quantities(table: Mapping[str, object]) -> Quantities:
    correlation = _whole_numbers({"percent": table["pressure_correlation_percent"]})["percent"]
    return Quantities(
        systolic_mmhg=_spread(table["systolic_mmhg"]),
        diastolic_mmhg=_spread(table["diastolic_mmhg"]),
        rate_bpm=_spread(table["rate_bpm"]),
        spo2_percent=_spread(table["spo2_percent"]),
        pressure_correlation_percent=correlation,
    )


def _spread(value: object) -> Spread:
    match value:
        case [int(mean), int(deviation)]:
            return Spread(mean=mean, deviation=deviation)
        case _:
            raise UsersError(f"A figure of the simulated patient is [mean, deviation], not {value!r}.")


def _whole_numbers(table: Mapping[str, object]) -> dict[str, int]:
    numbers = {key: value for key, value in table.items() if isinstance(value, int)}
    if len(numbers) != len(table):
        raise UsersError(f"Figures of the simulated patient are whole numbers, not {dict(table)!r}.")
    return numbers
