"""What people read with SQL is what the entries say, after any session and after a rebuild."""

from __future__ import annotations

import io
import json
import shutil
import sqlite3
import tempfile
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.opening import open_database
from db.projections import Projection, extended, projected
from db.rebuild import Rebuilt, rebuild_projections, run_rebuild
from db.rows import ReadingSource, ReadingStatus, session_columns, session_row
from db.schema import TRIGGERS
from db.verify import run_verify
from monitor import bodies
from monitor.errors import DamagedRecord, EnvironmentFault, UsersError
from monitor.terms import Phase, Reason, RejectReason
from monitor.vitals import Vitals
from tests.db import example
from tests.db.doubles import UNSYNCED

if TYPE_CHECKING:
    from db.opening import Database
    from monitor.bodies import Body
    from monitor.record import Record


def statuses(record: Record) -> dict[int, tuple[str, int | None]]:
    rows = projected(record).readings.values()
    return {row.sequence: (row.status.value, row.vitals.systolic_mmhg) for row in rows}


def test_a_whole_session_in_rows() -> None:
    record = example.whole_session()
    session = projected(record).session
    assert session is not None
    assert statuses(record) == {
        3: ("charted", 128),
        4: ("charted", 126),
        7: ("charted", 151),
        9: ("rejected", 240),
        11: ("amended", 182),
        12: ("charted", 128),
        13: ("withdrawn", 200),
    }
    assert session.state is Phase.SIGNED
    assert session.peak_systolic_mmhg == 151  # of what stands charted, not of 182, 200 or 240
    assert session.started_at_ms == record[4].taken_at_ms
    assert session.ended_at_ms == record[14].taken_at_ms
    assert (session.entries, session.head) == (17, record[-1].hash)
    assert session_row(session_columns(session)) == session


def undone(target: int) -> Body:
    return bodies.Amended(target=target, vitals=None, reason=Reason.UNDONE)


def amended(target: int, systolic_mmhg: int) -> Body:
    return bodies.Amended(target=target, vitals=Vitals(systolic_mmhg=systolic_mmhg), reason=Reason.SLIP)


FOLDS = [
    ([example.captured(150)], {2: ("captured", 150)}),
    ([example.captured(150), bodies.Accepted(captured=2)], {2: ("charted", 150)}),
    ([example.captured(150), bodies.Accepted(captured=2), undone(3)], {2: ("captured", 150)}),
    (
        [example.captured(150), bodies.Rejected(captured=2, reason=RejectReason.CUFF)],
        {2: ("rejected", 150)},
    ),
    ([example.charted(150), amended(2, 120)], {2: ("amended", 150), 3: ("charted", 120)}),
    (
        [example.charted(150), amended(2, 120), amended(2, 125)],
        {2: ("amended", 150), 3: ("amended", 120), 4: ("charted", 125)},
    ),
    (
        [example.charted(150), amended(2, 120), undone(3)],
        {2: ("charted", 150), 3: ("withdrawn", 120)},
    ),
    (
        [example.charted(150), amended(2, 120), undone(2)],
        {2: ("amended", 150), 3: ("withdrawn", 120)},
    ),
    ([example.charted(150), bodies.MovedOut(target=2, to_session="other")], {2: ("withdrawn", 150)}),
    (
        [bodies.MovedIn(from_session="other", from_sequence=4, vitals=Vitals(systolic_mmhg=99))],
        {2: ("charted", 99)},
    ),
]


@pytest.mark.parametrize(("later", "expected"), FOLDS)
def test_how_each_reading_stands(later: list[Body], expected: dict[int, tuple[str, int | None]]) -> None:
    assert statuses(example.record_of(*later)) == expected


def test_a_moved_reading_and_a_typed_correction_say_where_they_came_from() -> None:
    moved = bodies.MovedIn(from_session="other", from_sequence=4, vitals=Vitals(systolic_mmhg=99))
    rows = projected(example.record_of(moved, example.captured(150), amended(3, 120))).readings
    assert [row.source for row in rows.values()] == [
        ReadingSource.MOVED,
        ReadingSource.MONITOR,
        ReadingSource.TYPED,
    ]
    assert rows[3].status is ReadingStatus.AMENDED


def test_an_undone_start_does_not_count() -> None:
    row = projected(example.record_of(example.started(), example.charted(160), undone(2))).session
    assert row is not None
    assert (row.started_at_ms, row.peak_systolic_mmhg) == (None, None)


def test_a_cancelled_session_is_closed() -> None:
    row = projected(example.record_of(bodies.Cancelled(reason="went home"))).session
    assert row is not None
    assert row.state is Phase.CANCELLED


def test_a_record_that_seats_nobody_is_damage() -> None:
    first = example.with_body((), example.charted(120), session="a")
    with pytest.raises(DamagedRecord, match="seating"):
        projected(first)


ACTS = st.one_of(
    st.integers(60, 260).map(example.charted),
    st.integers(60, 260).map(example.captured),
    st.integers(2, 12).map(lambda target: bodies.Accepted(captured=target)),
    st.integers(2, 12).map(lambda target: bodies.Rejected(captured=target, reason=RejectReason.MOVED)),
    st.builds(amended, st.integers(2, 12), st.integers(60, 260)),
    st.integers(2, 12).map(undone),
    st.integers(2, 12).map(lambda target: bodies.MovedOut(target=target, to_session="other")),
    st.just(example.started()),
    st.just(bodies.InfusionStopped(reason="finished")),
    st.sampled_from(Phase).map(lambda phase: bodies.PhaseBegun(phase=phase, cause=None)),
    st.text(max_size=8).map(lambda text: bodies.Noted(text=text)),
)


@given(acts=st.lists(ACTS, max_size=14), cuts=st.lists(st.integers(0, 15), max_size=5).map(sorted))
def test_a_record_folds_to_the_same_rows_in_whatever_steps_it_comes(acts: list[Any], cuts: list[int]) -> None:
    record = example.record_of(*acts)
    projection = Projection()
    for begin, end in pairwise([0, *cuts, len(record)]):
        projection = extended(projection, record[begin:end])
    assert projection == projected(record)


def test_nothing_opens_a_closed_session_again() -> None:
    later: list[Body] = [
        bodies.PhaseBegun(phase=Phase.BASELINE, cause=None),
        bodies.Cancelled(reason="went home"),
    ]
    for closed, state in (
        (example.signed(example.record_of()), Phase.SIGNED),
        (example.record_of(bodies.Cancelled(reason="went home")), Phase.CANCELLED),
    ):
        row = projected(example.with_body(closed, later[0])).session
        assert row is not None
        assert row.state is state
    row = projected(example.with_body(example.signed(example.record_of()), later[1])).session
    assert row is not None
    assert row.state is Phase.SIGNED


@settings(max_examples=30)
@given(acts=st.lists(ACTS, max_size=14))
def test_a_rebuild_finds_what_was_written_step_by_step(made_database: Path, acts: list[Any]) -> None:
    record = example.signed(example.record_of(*acts))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "vigil.db"
        shutil.copy(made_database, path)
        database = open_database(path, pragmas=UNSYNCED)
        for step in example.steps_of(record):
            database.store.append(step)
        written = rows(path)
        assert run_verify(path, {}, io.StringIO()) == 0
        assert rebuild_projections(database.writing).sessions == 1
        database.close()
        assert rows(path) == written
        assert written["session"][0]["head"] == record[-1].hash


def rows(path: Path) -> dict[str, list[dict[str, Any]]]:
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        tables = ("SELECT * FROM session ORDER BY id", "SELECT * FROM reading ORDER BY session, sequence")
        found = [[dict(row) for row in connection.execute(query)] for query in tables]
    return {"session": found[0], "reading": found[1]}


def test_a_rebuild_mends_rows_that_somebody_changed(path: Path, database: Database) -> None:
    database.store.append(example.one_step(example.whole_session()))
    written = rows(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE reading SET systolic_mmhg = 118 WHERE sequence = 7")
        connection.execute("UPDATE session SET peak_systolic_mmhg = 128")
        connection.execute("DELETE FROM reading WHERE sequence = 9")
        connection.commit()
    assert run_verify(path, {}, io.StringIO()) == 1
    rebuild_projections(database.writing)
    assert rows(path) == written


def test_a_rebuild_does_not_hide_that_entries_are_gone(path: Path, database: Database) -> None:
    record = example.whole_session()
    database.store.append(example.one_step(record))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TRIGGER entry_is_never_deleted")
        connection.execute("DELETE FROM entry WHERE sequence = 17")
        connection.commit()
    other = example.record_of(example.charted(120), number=2)
    database.store.append(example.one_step(other))
    rebuilt = rebuild_projections(database.writing)
    assert rebuilt == Rebuilt(sessions=1, damaged={record[0].session: "entries after 16 are lost"})
    assert rows(path)["session"][0]["entries"] == 17


def test_the_command_says_what_it_rebuilt(path: Path) -> None:
    database = open_database(path)
    database.store.append(example.one_step(example.whole_session()))
    written = rows(path)
    database.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DELETE FROM reading")
        connection.commit()
    out = io.StringIO()
    assert run_rebuild(path, out) == 0
    assert json.loads(out.getvalue()) == {"sessions": 1, "damaged": {}}
    assert rows(path) == written
    open_database(path).close()  # it gave the database back


def test_the_command_fails_when_a_session_was_left_as_it_was(path: Path) -> None:
    database = open_database(path)
    database.store.append(example.one_step(example.whole_session()))
    database.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TRIGGER entry_is_never_deleted")
        connection.execute("DELETE FROM entry WHERE sequence = 5")
        connection.execute(TRIGGERS["entry_is_never_deleted"])
        connection.commit()
    out = io.StringIO()
    assert run_rebuild(path, out) == 1
    (why,) = json.loads(out.getvalue())["damaged"].values()
    assert "missing or out of order" in why


def test_the_command_is_refused_while_vigil_writes(database: Database) -> None:
    out = io.StringIO()
    with pytest.raises(EnvironmentFault, match="already writing"):
        run_rebuild(database.path, out)
    assert out.getvalue() == ""


def test_the_command_makes_no_database(tmp_path: Path) -> None:
    with pytest.raises(UsersError, match="There is no database"):
        run_rebuild(tmp_path / "none.db", io.StringIO())
    assert list(tmp_path.iterdir()) == []
