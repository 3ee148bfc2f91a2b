"""A writer that never stops, saying what it has acknowledged; to be killed. Usage: kill_child.py DATABASE."""

from __future__ import annotations

import os
import sys
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from db.opening import open_database
from db.writer import Writer
from monitor.clock import SystemClock
from monitor.ports import Draft, RecorderEvent, Step, StepSaved
from tests.db import example


def main(database_file: str) -> None:
    database = open_database(Path(database_file))
    database.store.keep_beside(
        [Draft(chair=1, place="entry", session=example.session_id(1), text="128/", typed_at_ms=1)], None
    )
    writer = Writer(store=database.store, sink=acknowledge, clock=SystemClock())
    writer.start()
    record = example.record_of()
    writer.submit(Step(number=1, entries=record))
    for number in count(2):
        record = example.with_body(record, example.charted(100 + number % 100))
        writer.submit(Step(number=number, entries=record[-1:]))


def acknowledge(event: RecorderEvent) -> None:
    assert isinstance(event, StepSaved)
    os.write(1, f"{event.step.entries[0].sequence} {event.step.entries[0].hash}\n".encode())


if __name__ == "__main__":
    main(*sys.argv[1:])
