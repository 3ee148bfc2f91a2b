"""Every measurement after the other: `python -m bench.run [--quick] [--json FILE]`.

Prints one table, and keeps it as JSON if asked. A goal that is missed is said, and fails nothing.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from bench import chart, commit, decoders, live, rehearsal, start
from bench.figures import Figure, read_json, show, write_json
from bench.processes import ROOT, environment, screen

PAINTED_CHAIRS = (1, 8)


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
        *decoders.measure(rounds=size.rehearsals),
        *live.measure(seconds=size.seconds),
    ]


def painted(samples: int) -> list[Figure]:
    """Measure Enter and wire to painted, each platform and number of chairs in a process of its own."""
    figures = []
    with screen() as display, tempfile.TemporaryDirectory(prefix="vigil-bench-") as folder:
        kept = Path(folder) / "figures.json"
        for platform, chairs in product(("offscreen", "xcb"), PAINTED_CHAIRS):
            command = [sys.executable, "-m", "bench.paint", "--platform", platform, "--chairs", str(chairs)]
            more = ["--samples", str(samples), "--json", str(kept)]
            subprocess.run(
                [*command, *more],
                cwd=ROOT,
                env=environment(DISPLAY=display),
                stdout=subprocess.DEVNULL,
                check=True,
            )
            figures += read_json(kept)
    return figures


def main() -> None:
    """Measure and print."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer samples")
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args()
    size = QUICK if options.quick else _Size()
    figures = [*measured(size), *painted(size.samples)]
    show(figures)
    if options.json is not None:
        write_json(figures, options.json)


if __name__ == "__main__":
    main()
