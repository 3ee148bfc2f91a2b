"""Enter to durable commit, against one row committed by sqlite3 alone: `python -m bench.commit [--sets N]`.

Measured from the act to the writer's word that the commit returned: plausibility, judge, hash chain, the
hand-over to the writing thread, entries and projections. The baseline is the least that is as durable: one
row of the same size in one DELETE/EXTRA transaction, in turn with the measured one, in the same folder. Both
again while another process verifies the database without pause.
"""

import argparse
import queue
import sqlite3
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from bench.figures import MS_PER_S, Figure, Spread, show
from bench.processes import ROOT, environment
from bench.seated import seated_now
from db.opening import open_database
from db.writer import Writer
from monitor import bodies
from monitor.clinic import Clinic
from monitor.clock import Instant, SystemClock
from monitor.command import Command
from monitor.entries import Author, Role
from monitor.outcome import Recorded
from monitor.ports import RecorderEvent, StepSaved
from monitor.vitals import Vitals

GOAL = 2.0
SETS_A_SESSION = 12  # of an infusion of an hour, baseline included
PAYLOAD_BYTES = 500  # a set's row as it is stored
NURSE = Author(role=Role.OPERATOR, name="Bench Nurse")
START = Instant(utc_ms=1_767_603_600_000, offset_minutes=0)
VERIFYING = """
import io, sys
from pathlib import Path
from db.verify import run_verify
while True:
    run_verify(Path(sys.argv[1]), {}, io.StringIO())
    print("verified", flush=True)
"""


class Charting:
    """A clinic over a real database, in which one set after the other is charted."""

    def __init__(self, path: Path) -> None:
        self._answers: queue.SimpleQueue[RecorderEvent] = queue.SimpleQueue()
        self._database = open_database(path)
        self._writer = Writer(store=self._database.store, sink=self._answers.put, clock=SystemClock())
        self._clinic = Clinic(
            station="bench",
            records=(),
            new_session_id=lambda: str(uuid.uuid4()),
            submit=self._writer.submit,
        )
        self._now = START
        self._chair = 0
        self._sets = SETS_A_SESSION
        self._writer.start()

    def chart(self) -> float:
        """Chart one set; returns the seconds until its commit had returned."""
        if self._sets >= SETS_A_SESSION:
            self._seat()
        self._sets += 1
        self._now = self._now.plus_s(300)
        odd = self._sets % 5
        vitals = Vitals(
            systolic_mmhg=124 + odd, diastolic_mmhg=78 + odd, pulse_rate_bpm=70 + odd, spo2_percent=97
        )
        return self._act(bodies.SetCharted(vitals=vitals))

    def close(self) -> None:
        """Give the database back."""
        self._writer.close()
        self._database.close()

    def _act(self, body: bodies.Body) -> float:
        began = time.perf_counter()
        outcome = self._clinic.act(self._chair, Command(body=body, author=NURSE, at=self._now))
        return self._until_saved(outcome, began)

    def _until_saved(self, outcome: object, began: float) -> float:
        assert isinstance(outcome, Recorded), outcome  # noqa: S101 - a bench that charts nothing says nothing
        event = self._answers.get()
        took_s = time.perf_counter() - began
        assert isinstance(event, StepSaved), event  # noqa: S101 - as above
        self._clinic.recorded(event)
        return took_s

    def _seat(self) -> None:
        self._chair += 1
        self._sets = 0
        self._until_saved(self._clinic.seat(seated_now(self._chair), author=NURSE, at=self._now), 0.0)


class RawCommits:
    """The baseline: one row a transaction with sqlite3 alone, as durable as Vigil's."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        for pragma in ("journal_mode = DELETE", "synchronous = EXTRA"):
            self._connection.execute(f"PRAGMA {pragma}").fetchall()
        self._connection.execute("CREATE TABLE entry (number INTEGER PRIMARY KEY, payload TEXT) STRICT")

    def commit(self) -> float:
        """Commit one row; returns the seconds it took."""
        began = time.perf_counter()
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.execute("INSERT INTO entry (payload) VALUES (?)", ("x" * PAYLOAD_BYTES,))
        self._connection.execute("COMMIT")
        return time.perf_counter() - began

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


@contextmanager
def verifying(path: Path) -> Iterator[None]:
    """Let another process verify `path` over and over."""
    with subprocess.Popen(
        [sys.executable, "-c", VERIFYING, str(path)], cwd=ROOT, stdout=subprocess.PIPE, env=environment()
    ) as reader:
        assert reader.stdout is not None  # noqa: S101 - piped above
        reader.stdout.readline()
        try:
            yield
        finally:
            reader.kill()


def measure(*, sets: int) -> list[Figure]:
    """Chart `sets` sets in turn with raw commits, alone and beside `verify`."""
    with tempfile.TemporaryDirectory(prefix="vigil-bench-") as name:
        folder = Path(name)
        with (
            closing(Charting(folder / "clinic.db")) as charting,
            closing(RawCommits(folder / "raw.db")) as raw,
        ):
            alone = _figure("Enter to durable commit", charting, raw, sets)
            with verifying(folder / "clinic.db"):
                beside = _figure("Enter to durable commit, verify reading", charting, raw, sets)
    return [alone, beside]


def _figure(name: str, charting: Charting, raw: RawCommits, sets: int) -> Figure:
    charting.chart()  # seats, opens the connection
    mine, other = [], []
    for _ in range(sets):
        other.append(raw.commit())
        mine.append(charting.chart())
    measured, baseline = Spread.of(mine, times=MS_PER_S), Spread.of(other, times=MS_PER_S)
    return Figure(
        name=name,
        unit="ms",
        measured=measured,
        against="sqlite3 EXTRA, one row",
        baseline=baseline,
        goal=f"{GOAL:g}x",
        is_met=measured.median <= GOAL * baseline.median,
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", type=int, default=300)
    show(measure(sets=parser.parse_args().sets))


if __name__ == "__main__":
    main()
