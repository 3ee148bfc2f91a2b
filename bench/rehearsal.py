"""A whole rehearsal with its report, against the durable commits it cannot do without: `-m bench.rehearsal`.

A process of its own each time, from `main.py rehearse` to its end. Elapsed time is held against the goal of
2 s, which stands for 60 minutes of session: the figure is scaled by how long the session really was. The
baseline is as many one-row DELETE/EXTRA commits with sqlite3 alone as the session has steps, in the same
folder right before; processor seconds are told too, because a shared machine stretches elapsed ones.
"""

import argparse
import json
import resource
import subprocess
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bench.commit import RawCommits
from bench.figures import Figure, Spread, show
from bench.processes import environment, vigil

GOAL_S = 2.0
AN_HOUR_S = 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class _Played:
    """One rehearsal: seconds elapsed inside the command, of processor time, and of session; steps."""

    elapsed_s: float
    processor_s: float
    session_s: float
    steps: int


def measure(*, rounds: int) -> list[Figure]:
    """Rehearse `rounds` times in turn with the raw commits."""
    with tempfile.TemporaryDirectory(prefix="vigil-bench-") as name:
        folder = Path(name)
        warm = _play(folder / "warm.db", folder / "warm.pdf")
        played, raw_s = [], []
        for number in range(rounds):
            raw_s.append(_raw_s(folder / f"raw-{number}.db", warm.steps))
            played.append(_play(folder / f"{number}.db", folder / f"{number}.pdf"))
    baseline = Spread.of(raw_s)
    rows = (
        ("60 min rehearsed with report, elapsed", [each.elapsed_s for each in played]),
        ("60 min rehearsed with report, processor", [each.processor_s for each in played]),
    )
    scale = AN_HOUR_S / warm.session_s
    return [
        Figure(
            name=name,
            unit="s",
            measured=Spread.of(seconds, times=scale),
            against=f"sqlite3 EXTRA, {warm.steps} commits",
            baseline=baseline,
            goal=f"{GOAL_S:g} s",
            is_met=Spread.of(seconds, times=scale).median <= GOAL_S,
        )
        for name, seconds in rows
    ]


def _play(database: Path, report: Path) -> _Played:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    arguments = ("--scenario", "normal", "--seed", "7", "--follow")
    done = subprocess.run(
        vigil("rehearse", *arguments, "--database", database, "--report", report),
        capture_output=True,
        check=True,
        env=environment(),
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    *followed, summary = [json.loads(line) for line in done.stdout.splitlines()]
    session = followed[0]["session"]
    entries = subprocess.run(
        vigil("entries", session, "--database", database), capture_output=True, check=True, env=environment()
    )
    recorded = [json.loads(line)["recorded_at"] for line in entries.stdout.splitlines()]
    return _Played(
        elapsed_s=summary["wall_s"],
        processor_s=after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
        session_s=_seconds(recorded[-1]) - _seconds(recorded[0]),
        steps=len(set(recorded)),
    )


def _seconds(moment: str) -> float:
    hours, minutes, seconds = moment.removesuffix("Z").split("T")[1].split(":")
    return int(hours) * AN_HOUR_S + int(minutes) * 60 + float(seconds)


def _raw_s(path: Path, commits: int) -> float:
    with closing(RawCommits(path)) as raw:
        began = time.perf_counter()
        for _ in range(commits):
            raw.commit()
        return time.perf_counter() - began


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    show(measure(rounds=parser.parse_args().rounds))


if __name__ == "__main__":
    main()
