"""Every measurement after the other: `python -m bench.run [--quick] [--json FILE]`.

Prints one table, and keeps it as JSON if asked. A goal that is missed is said, and fails nothing.
"""

import argparse
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from bench import chart, commit, live, rehearsal, start
from bench.figures import Figure, show, write_json
from bench.processes import ROOT, environment, screen


@dataclass(frozen=True, slots=True, kw_only=True)
class _Size:
    """How much of each is measured."""

    pairs: int = 10
    sets: int = 300
    rounds: int = 200
    rehearsals: int = 7
    seconds: float = 60.0
    samples: int = 200


QUICK = _Size(pairs=3, sets=60, rounds=30, rehearsals=2, seconds=10.0, samples=40)


def measured(size: _Size) -> list[Figure]:
    """Measure what fits in this process; the real window is measured in processes of its own."""
    return [
        *start.measure(pairs=size.pairs),
        *commit.measure(sets=size.sets),
        *rehearsal.measure(rounds=size.rehearsals),
        *chart.measure(rounds=size.rounds),
        *live.measure(seconds=size.seconds),
    ]


def paint(samples: int) -> None:
    """Print Enter and wire to painted, offscreen and on an X server."""
    command = [sys.executable, "-m", "bench.paint", "--samples", str(samples), "--platform"]
    with screen() as display:
        for platform in ("offscreen", "xcb"):
            subprocess.run([*command, platform], cwd=ROOT, env=environment(DISPLAY=display), check=True)


def main() -> None:
    """Measure and print."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer samples")
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args()
    size = QUICK if options.quick else _Size()
    figures = measured(size)
    show(figures)
    if options.json is not None:
        write_json(figures, options.json)
    paint(size.samples)


if __name__ == "__main__":
    main()
