"""What a measurement says: medians and 99th percentiles of a thing and of its baseline, and their ratio.

A ratio to a baseline of the same run travels from machine to machine; an absolute time does not. Nothing here
asserts: a missed goal is printed as missed.
"""

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

MS_PER_S = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Median and 99th percentile (nearest rank) of `count` samples, in the figure's unit."""

    median: float
    p99: float
    count: int

    @classmethod
    def of(cls, samples: Sequence[float], *, times: float = 1) -> "Spread":
        """Sum up `samples`, each multiplied by `times`."""
        ordered = sorted(samples)
        rank = max(0, math.ceil(0.99 * len(ordered)) - 1)
        return cls(median=median(ordered) * times, p99=ordered[rank] * times, count=len(ordered))


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measurement beside its baseline.

    Attributes:
        name: what was measured.
        unit: of both spreads.
        measured: of Vigil.
        against: the baseline's name.
        baseline: of the baseline.
        goal: in words.
        is_met: whether this run met it; None where the goal is another figure's.
    """

    name: str
    unit: str
    measured: Spread
    against: str
    baseline: Spread
    goal: str
    is_met: bool | None

    @property
    def ratio(self) -> float:
        """Median over median."""
        return self.measured.median / self.baseline.median if self.baseline.median else math.inf

    def line(self) -> str:
        """Return one line of the table."""
        met = {True: "met", False: "MISSED", None: ""}[self.is_met]
        mine, other = self.measured, self.baseline
        return (
            f"{self.name:<44} {mine.median:9.2f} {mine.p99:9.2f} {self.unit:<4} n={mine.count:<5}"
            f" {self.ratio:6.2f}x  {self.against} ({other.median:.2f}, p99 {other.p99:.2f})"
            f"  goal {self.goal} {met}"
        )


def show(figures: Iterable[Figure]) -> None:
    """Print the figures as a table: name, median, p99, ratio, baseline, goal."""
    for figure in figures:
        print(figure.line(), flush=True)


def read_json(path: Path) -> list[Figure]:
    """Return the figures that `write_json` kept."""
    rows = json.loads(path.read_text(encoding="utf-8"))
    for row in rows:
        del row["ratio"]
        row |= {part: Spread(**row[part]) for part in ("measured", "baseline")}
    return [Figure(**row) for row in rows]


def write_json(figures: Iterable[Figure], path: Path) -> None:
    """Keep the figures, their ratios included."""
    rows = [asdict(figure) | {"ratio": round(figure.ratio, 3)} for figure in figures]
    path.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")
