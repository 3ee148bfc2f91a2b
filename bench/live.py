"""Processor share of eight live chairs over a minute: `python -m bench.live [--seconds 60]`.

Vigil shows its board over eight running sessions, each read from its own simulated monitor over TCP; the
monitors run in this process and are not counted. The baseline is a bare window with one plot that is drawn
once a second, measured on the same screen right before.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.clinic import clinic
from bench.figures import Figure, Spread, show
from bench.processes import ROOT, Usage, environment, screen

GOAL_PERCENT = 5.0
CHAIRS = 8
SETTLES_S = 10.0
SAMPLE_S = 5.0


def measure(*, seconds: float) -> list[Figure]:
    """Watch both for `seconds`."""
    with tempfile.TemporaryDirectory(prefix="vigil-bench-") as name, screen() as display:
        path = Path(name) / "clinic.db"
        with clinic(path, chairs=CHAIRS):
            bare = _shares(["-m", "bench.bare_window"], display, seconds)
            vigil = _shares(["-m", "bench.first_paint", "run", "--database", str(path)], display, seconds)
    measured, baseline = Spread.of(vigil), Spread.of(bare)
    return [
        Figure(
            name=f"{CHAIRS} live chairs, share of one core",
            unit="%",
            measured=measured,
            against="bare window, one plot at 1 Hz",
            baseline=baseline,
            goal=f"{GOAL_PERCENT:g} %",
            is_met=measured.median <= GOAL_PERCENT,
        )
    ]


def _shares(arguments: list[str], display: str, seconds: float) -> list[float]:
    with subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment(DISPLAY=display, QT_QPA_PLATFORM="xcb"),
        stdout=subprocess.PIPE,
    ) as window:
        try:
            assert window.stdout is not None  # noqa: S101 - piped above
            window.stdout.readline()
            time.sleep(SETTLES_S)
            shares, before = [], Usage.of(window.pid)
            for _ in range(max(1, round(seconds / SAMPLE_S))):
                time.sleep(SAMPLE_S)
                after = Usage.of(window.pid)
                shares.append(after.share_since(before))
                before = after
        finally:
            window.kill()
    return shares


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0)
    show(measure(seconds=parser.parse_args().seconds))


if __name__ == "__main__":
    main()
