"""No byte of a stored record can change unseen: `verify` reports it and `entries` shows nothing of it."""

from __future__ import annotations

import io
import random
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from db.dump import run_entries
from db.opening import open_database, open_to_read
from db.store import load_record
from db.verify import findings, run_verify
from monitor.errors import VigilError
from tests.db import example
from tests.db.pages import row_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from monitor.record import Record

# A policy long enough that the first entry spills into another page, as a real one does.
RECORD = example.signed(
    example.record_of(example.charted(182, 101), first=example.seated(policy={"sources": "ß" * 250}))
)
SESSION = RECORD[0].session


@pytest.fixture
def stored(path: Path) -> Path:
    database = open_database(path)
    database.store.append(example.one_step(RECORD))
    database.close()
    return path


def flipped(path: Path, offsets: list[int]) -> Iterator[int]:
    """Change one byte after the other, each put back before the next."""
    luck = random.Random(7)  # noqa: S311 - a seed
    with path.open("rb+", buffering=0) as file:
        for offset in offsets:
            file.seek(offset)
            (before,) = file.read(1)
            file.seek(offset)
            file.write(bytes([before ^ luck.randrange(1, 256)]))
            yield offset
            file.seek(offset)
            file.write(bytes([before]))


def test_every_flipped_byte_of_an_entry_is_reported_and_never_shown(stored: Path) -> None:
    offsets = sorted(row_bytes(stored.read_bytes(), root_page(stored)))
    assert len(offsets) > sum(len(entry_text(RECORD, place)) for place in range(len(RECORD)))
    engine = open_to_read(stored)
    for offset in flipped(stored, offsets):
        engine.dispose()  # a new connection sees the file as it is now
        assert not all(finding.ok for finding in findings(engine, stored, {})), f"byte {offset}"
        with pytest.raises(VigilError):
            load_record(engine, SESSION)
    engine.dispose()
    assert run_verify(stored, {}, io.StringIO()) == 0


def test_no_flipped_byte_of_the_file_shows_another_record(stored: Path) -> None:
    whole = dump(stored)
    offsets = list(range(0, stored.stat().st_size, 97))
    for offset in flipped(stored, offsets):
        try:
            assert dump(stored) == whole, f"byte {offset}"
        except VigilError:
            assert run_verify(stored, {}, io.StringIO()) == 1, f"byte {offset}"


def root_page(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        query = "SELECT rootpage FROM sqlite_master WHERE name = 'entry'"
        return int(connection.execute(query).fetchone()[0])


def entry_text(record: Record, place: int) -> str:
    return f"{record[place].to_plain()['payload']}{record[place].hash}"


def dump(path: Path) -> str:
    out = io.StringIO()
    run_entries(SESSION, path, out)
    return out.getvalue()
