"""No client changes, deletes or replaces an entry: not with SQL, with REPLACE or with its own pragmas."""
# ruff: noqa: S608 - the statements are made of this file's own words

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.db import example

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from db.opening import Database

COLUMNS = (
    "session, sequence, kind, taken_at_ms, recorded_at_ms, offset_minutes, author, station, payload, "
    "supersedes, previous, hash"
)
CHANGED = COLUMNS.replace("payload", "'{}'")


def copy(verb: str, columns: str, sequence: int) -> str:
    return f"{verb} INTO entry SELECT {columns} FROM entry WHERE sequence = {sequence}"


FORBIDDEN = [
    ("UPDATE entry SET payload = '{}'", "never changed"),
    ("UPDATE OR REPLACE entry SET sequence = 1 WHERE sequence = 2", "never changed"),
    ("DELETE FROM entry", "never deleted"),
    ("DELETE FROM entry WHERE sequence = 3", "never deleted"),
    (copy("INSERT", COLUMNS, 3), "never replaced"),
    (copy("INSERT OR REPLACE", CHANGED, 3), "never replaced"),
    (copy("REPLACE", CHANGED, 1), "never replaced"),
    (copy("INSERT OR IGNORE", CHANGED, 1), "never replaced"),
    (copy("INSERT", COLUMNS.replace("sequence", "sequence + 5"), 3), "follows the one before"),
    (copy("INSERT", COLUMNS.replace("sequence", "sequence + 1"), 3), "follows the one before"),
]

REFUSED_VALUES = [
    ("kind", "x'00'"),
    ("sequence", "'12O'"),
    ("sequence", "0"),
    ("session", "NULL"),
    ("taken_at_ms", "1.5"),
    ("taken_at_ms", "NULL"),
    ("hash", "'short'"),
    ("supersedes", "9"),
]


@pytest.fixture
def client(path: Path, database: Database) -> Iterator[sqlite3.Connection]:
    """Any program's connection, with SQLite's defaults."""
    database.store.append(example.one_step(example.record_of(example.charted(120), example.charted(121))))
    with closing(sqlite3.connect(path)) as connection:
        yield connection


@pytest.mark.parametrize("recursive_triggers", ["OFF", "ON"])
@pytest.mark.parametrize(("statement", "sentence"), FORBIDDEN)
def test_the_record_only_grows(
    client: sqlite3.Connection, statement: str, sentence: str, recursive_triggers: str
) -> None:
    client.execute(f"PRAGMA recursive_triggers = {recursive_triggers}")
    before = client.execute("SELECT * FROM entry").fetchall()
    with pytest.raises(sqlite3.IntegrityError, match=sentence):
        client.execute(statement)
    client.commit()
    assert client.execute("SELECT * FROM entry").fetchall() == before


@pytest.mark.parametrize(("column", "value"), REFUSED_VALUES)
def test_a_value_of_another_kind_is_refused(client: sqlite3.Connection, column: str, value: str) -> None:
    columns = COLUMNS.replace("session", "'another'", 1).replace("sequence", "1", 1)
    columns = columns.replace("'another'" if column == "session" else column, value, 1)
    if column == "sequence":
        columns = COLUMNS.replace("session", "'another'", 1).replace("sequence", value, 1)
    statement = f"INSERT INTO entry SELECT {columns} FROM entry WHERE sequence = 1"
    with pytest.raises(sqlite3.IntegrityError):
        client.execute(statement)


def test_a_sound_row_is_taken(client: sqlite3.Connection) -> None:
    columns = COLUMNS.replace("session", "'another'", 1)
    client.execute(f"INSERT INTO entry SELECT {columns} FROM entry WHERE sequence = 1")
    assert client.execute("SELECT count(*) FROM entry").fetchone() == (4,)
