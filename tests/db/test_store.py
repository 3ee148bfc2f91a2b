"""What a start finds: the open sessions, whole; damage set apart; and a list that pages and searches."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event

from db.listing import PageKey, list_sessions
from db.mapping import entry_of, row_of
from monitor import bodies
from monitor.errors import DamagedRecord, UsersError
from tests.db import example

if TYPE_CHECKING:
    from db.opening import Database
    from db.rows import SessionRow
    from monitor.record import Record


def test_open_sessions_come_whole_by_chair_without_signed_and_cancelled_ones(database: Database) -> None:
    second = example.record_of(example.charted(120), number=5, first=example.seated(chair=2))
    first = example.record_of(number=9, first=example.seated(chair=1))
    cancelled = example.record_of(bodies.Cancelled(reason="went home"), number=3)
    for record in (second, first, cancelled, example.whole_session(4)):
        database.store.append(example.one_step(record))
    found = database.store.open_sessions()
    assert found.records == (first, second)
    assert found.damaged == ()


def test_one_damaged_session_does_not_hide_the_others(database: Database) -> None:
    sound = example.record_of(number=1, first=example.seated(chair=1))
    damaged = example.record_of(number=2, first=example.seated(chair=2))
    for record in (sound, damaged):
        database.store.append(example.one_step(record))
    with closing(sqlite3.connect(database.path)) as connection:
        connection.execute("DROP TRIGGER entry_is_never_updated")
        connection.execute("UPDATE entry SET station = 'elsewhere' WHERE session LIKE '%2'")
        connection.commit()
    found = database.store.open_sessions()
    assert found.records == (sound,)
    (left_out,) = found.damaged
    assert (left_out.session, left_out.chair) == (damaged[0].session, 2)
    assert "does not match its hash" in left_out.why


def test_an_unknown_session_is_the_users_mistake(database: Database) -> None:
    with pytest.raises(UsersError, match="no session nowhere"):
        database.store.load("nowhere")


def test_a_page_begins_where_the_last_one_ended(database: Database) -> None:
    for number in range(1, 8):
        database.store.append(example.one_step(example.record_of(number=number)))
    seen: list[SessionRow] = []
    below = None
    while page := list_sessions(database.reading, limit=3, below=below):
        assert len(page) <= 3
        seen += page
        below = PageKey.below(page[-1])
    assert [row.id for row in seen] == [example.session_id(number) for number in range(7, 0, -1)]


def test_pages_and_open_sessions_are_found_by_index_however_many_there_are(database: Database) -> None:
    asked: list[tuple[str, Any]] = []

    @event.listens_for(database.reading, "before_cursor_execute")
    def _ask(_connection: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        asked.append((statement, values))

    list_sessions(database.reading, limit=3, below=PageKey(seated_at_ms=5, id="a"))
    database.store.open_sessions()
    plans = []
    with closing(sqlite3.connect(database.path)) as connection:
        for statement, values in asked:
            if statement.startswith("SELECT"):
                rows = connection.execute(f"EXPLAIN QUERY PLAN {statement}", values)
                plans.append(" / ".join(row[3] for row in rows))
    assert plans[0].startswith("SEARCH session USING INDEX session_by_time")
    assert "TEMP B-TREE" not in plans[0]
    assert "USING INDEX session_by_state" in plans[1]


def test_only_sessions_that_go_on_are_held_in_memory(database: Database) -> None:
    asked: list[str] = []

    @event.listens_for(database.writing, "before_cursor_execute")
    def _ask(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    def reads(record: Record, number: int) -> int:
        """How often a whole record was read to append this to it."""
        asked.clear()
        database.store.append(example.one_step(record, number))
        return sum(statement.startswith("SELECT") and "FROM entry" in statement for statement in asked)

    running, over = example.record_of(number=1), example.whole_session(2)
    cancelled = example.record_of(bodies.Cancelled(reason="went home"), number=3)
    assert [reads(record, 1) for record in (running, over, cancelled)] == [1, 1, 1]
    note = bodies.Noted(text="x")
    assert [reads(example.with_body(record, note)[-1:], 2) for record in (running, over, cancelled)] == [
        0,
        1,
        1,
    ]
    assert database.store.load(over[0].session) == example.with_body(over, note)


SEARCHES = [
    ("ørjan", ["1"]),
    ("  NG ", ["1"]),
    ("b-2", ["2"]),
    ("%", []),
    ("_", []),
    ("", ["2", "1"]),
    ("nobody", []),
]


@pytest.mark.parametrize(("search", "found"), SEARCHES)
def test_patients_are_found_by_part_of_name_or_number(
    database: Database, search: str, found: list[str]
) -> None:
    database.store.append(example.one_step(example.record_of(number=1)))
    other = example.seated(name="Bea Straße", number="B-2")
    database.store.append(example.one_step(example.record_of(number=2, first=other)))
    rows = list_sessions(database.reading, limit=10, search=search)
    assert [row.id[-1] for row in rows] == found


@given(text=st.text(), name=st.text(min_size=1))
def test_any_text_survives_the_row(text: str, name: str) -> None:
    record = example.record_of(bodies.Noted(text=text), first=example.seated(name=name))
    assert tuple(entry_of(row_of(entry)) for entry in record) == record


WRONG = [
    ("sequence", 2.0),
    ("sequence", True),
    ("offset_minutes", "60"),
    ("payload", None),
    ("supersedes", "1"),
    ("hash", b"0"),
    ("author", "operator:Ana Kovac\u030c"),  # the same name, not in normal form C
]


@pytest.mark.parametrize(("column", "value"), WRONG)
def test_a_row_that_vigil_would_not_write_is_refused(column: str, value: object) -> None:
    row = row_of(example.record_of(example.charted(120))[1])
    assert entry_of(row).sequence == 2
    with pytest.raises(DamagedRecord):
        entry_of(row | {column: value})
