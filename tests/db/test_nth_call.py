"""Whichever database call fails: nothing acknowledged is lost, nothing stands twice, all is saved at last."""

from __future__ import annotations

import io
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from db.opening import open_database
from db.verify import run_verify
from db.writer import Writer
from monitor.errors import EnvironmentFault
from monitor.ports import StepSaved
from tests.db import example
from tests.db.doubles import UNSYNCED, FakeClock, FakeSink, Fuse

if TYPE_CHECKING:
    from pathlib import Path

    from monitor.ports import RecorderEvent

SHORT = example.signed(example.record_of(example.charted(128), example.captured(150), example.started()))


@pytest.mark.parametrize("is_after", [False, True], ids=["call fails", "answer lost"])
def test_every_failing_call_is_survived(made_database: Path, tmp_path: Path, *, is_after: bool) -> None:
    number = 0
    while True:
        number += 1
        path = tmp_path / f"{number}.db"
        shutil.copy(made_database, path)
        fuse = Fuse(blows_at=number, is_after=is_after)
        written_through(path, fuse)
        assert stored_hashes(path) == [entry.hash for entry in SHORT], f"call {number}"
        assert run_verify(path, {}, io.StringIO()) == 0, f"call {number}"
        if not fuse.has_blown:
            break
    assert number > 40  # a session of five steps makes more calls than that


def written_through(path: Path, fuse: Fuse) -> None:
    """Write the short session while one call fails, as the program would: by itself, until all is saved."""
    try:
        database = open_database(path, driver=fuse.driver, pragmas=UNSYNCED)
    except EnvironmentFault:
        database = open_database(path, driver=fuse.driver, pragmas=UNSYNCED)  # the user starts Vigil again
    sink = CheckingSink(path)
    clock = FakeClock()
    writer = Writer(store=database.store, sink=sink, clock=clock, wait=clock.skip)
    writer.start()
    try:
        for step in example.steps_of(SHORT):
            writer.submit(step)
        sink.await_saved(len(SHORT))
    finally:
        unsaved = writer.close()
        database.close()
    assert sink.saved == list(range(1, len(SHORT) + 1))
    assert unsaved.steps == ()
    assert not sink.missing


class CheckingSink(FakeSink):
    """Looks into the file with another connection whenever something happened."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.missing: list[str] = []

    def __call__(self, event: RecorderEvent) -> None:
        acknowledged = [each.step for each in (*self.events, event) if isinstance(each, StepSaved)]
        stored = stored_hashes(self.path)
        self.missing += [e.hash for step in acknowledged for e in step.entries if e.hash not in stored]
        super().__call__(event)


def stored_hashes(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute("SELECT hash FROM entry ORDER BY session, sequence")]
