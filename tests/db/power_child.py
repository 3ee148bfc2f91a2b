"""The real writer in a process of its own, saying on its standard output what it has acknowledged.

Usage: power_child.py DATABASE SYNCHRONOUS
"""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from db.connect import PRAGMAS
from db.opening import open_database
from db.writer import Writer
from monitor.clock import SystemClock
from monitor.ports import RecorderEvent, StepSaved
from tests.db import example

AS_SHIPPED = "as shipped"
READS_BACK = {"NORMAL": 1}


def main(database_file: str, synchronous: str) -> None:
    pragmas = tuple(
        replace(pragma, value=synchronous, reads_back=READS_BACK[synchronous])
        if pragma.name == "synchronous" and synchronous != AS_SHIPPED
        else pragma
        for pragma in PRAGMAS
    )
    database = open_database(Path(database_file), pragmas=pragmas)
    writer = Writer(store=database.store, sink=acknowledge, clock=SystemClock())
    for number in range(1, 4):
        for step in example.steps_of(example.whole_session(number)):
            writer.submit(step)
    writer.start()
    unsaved = writer.close()
    database.close()
    assert unsaved.steps == ()


def acknowledge(event: RecorderEvent) -> None:
    assert isinstance(event, StepSaved)
    for entry in event.step.entries:
        os.write(1, f"saved {entry.session} {entry.sequence} {entry.hash}\n".encode())


if __name__ == "__main__":
    main(*sys.argv[1:])
