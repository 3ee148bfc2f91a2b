"""Start to the first painted, usable board, against a bare window: `python -m bench.start [--pairs N]`.

Whole processes, timed from outside, in turn: the bare window, then Vigil over a clinic with three sessions
under way, both on an Xvfb of their own. "Usable" is the first picture of the window with its cards, and the
event loop idle after it. Both find their bytecode from a start before.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.clinic import clinic
from bench.figures import Figure, Spread, show
from bench.processes import ROOT, environment, screen

GOAL = 1.3
CHAIRS = 3


def measure(*, pairs: int) -> list[Figure]:
    """Start both `pairs` times in turn, after one start each that is not counted."""
    with tempfile.TemporaryDirectory(prefix="vigil-bench-") as name, screen() as display:
        path = Path(name) / "clinic.db"
        with clinic(path, chairs=CHAIRS):
            bare = ["-m", "bench.bare_window"]
            vigil = ["-m", "bench.first_paint", "run", "--database", str(path)]
            started = [(_started_s(bare, display), _started_s(vigil, display)) for _ in range(pairs + 1)][1:]
    baseline, measured = (Spread.of([pair[which] for pair in started]) for which in (0, 1))
    return [
        Figure(
            name="start to usable board",
            unit="s",
            measured=measured,
            against="bare PySide6+pyqtgraph+SQLAlchemy",
            baseline=baseline,
            goal=f"{GOAL:g}x",
            is_met=measured.median <= GOAL * baseline.median,
        )
    ]


def _started_s(arguments: list[str], display: str) -> float:
    began = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment(DISPLAY=display, QT_QPA_PLATFORM="xcb"),
        stdout=subprocess.PIPE,
        text=True,
    ) as window:
        assert window.stdout is not None  # noqa: S101 - piped above
        line = window.stdout.readline()
        took_s = time.perf_counter() - began
        window.kill()
        if line != "painted\n":
            raise RuntimeError(f"{arguments} painted nothing")
    return took_s


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=10)
    show(measure(pairs=parser.parse_args().pairs))


if __name__ == "__main__":
    main()
