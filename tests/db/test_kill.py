"""After `kill -9` all that was acknowledged, and the draft, is there; the session goes on where it stood."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from db.opening import open_database
from tests.db import example

CHILD = Path(__file__).with_name("kill_child.py")


@pytest.mark.parametrize("acknowledgements", [1, 2, 7, 40])
def test_a_killed_writer_leaves_what_it_acknowledged(path: Path, acknowledgements: int) -> None:
    with subprocess.Popen(
        [sys.executable, str(CHILD), str(path)], stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        lines = [child.stdout.readline() for _ in range(acknowledgements)]
        child.kill()
        lines += child.stdout.readlines()
    acknowledged = [line.split() for line in lines if line.endswith("\n")]
    database = open_database(path)
    (record,) = database.store.open_sessions().records
    stored = [[str(entry.sequence), entry.hash] for entry in record]
    assert stored[: len(acknowledged)] == acknowledged
    assert len(stored) - len(acknowledged) <= 1  # at most the one whose answer was on its way
    assert [draft.text for draft in database.store.drafts()] == ["128/"]
    longer = example.with_body(record, example.charted(131))
    database.store.append(example.one_step(longer[-1:]))
    assert database.store.load(record[0].session) == longer
    database.close()
