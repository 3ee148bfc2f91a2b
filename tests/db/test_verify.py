"""What `verify`, `entries` and `doctor` say of a sound database, and of each way to be unsound."""

from __future__ import annotations

import io
import json
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from db.doctor import run_doctor
from db.dump import run_entries
from db.opening import open_database
from db.verify import run_verify
from monitor import bodies
from monitor.codec import parse_canonical
from monitor.entries import Entry
from monitor.errors import DamagedRecord, EnvironmentFault, UsersError
from monitor.record import check_chain
from monitor.terms import Phase
from tests.db import example

if TYPE_CHECKING:
    from monitor.record import Record

VERIFIER = Path(__file__).parents[2] / "docs" / "verify_dump.py"
SIGNED = example.whole_session(1)
OPEN = example.record_of(example.charted(120), number=2)


@pytest.fixture
def stored(path: Path) -> Path:
    database = open_database(path)
    for record in (SIGNED, OPEN):
        database.store.append(example.one_step(record))
    database.close()
    return path


def verified(path: Path, **heads: str) -> tuple[int, list[dict[str, Any]]]:
    out = io.StringIO()
    given = {session.replace("_", "-"): head for session, head in heads.items()}
    code = run_verify(path, given, out)
    return code, [json.loads(line) for line in out.getvalue().splitlines()]


def tampered(path: Path, *statements: str) -> None:
    """Change entries as somebody would who knows SQLite: the triggers are put back afterwards."""
    with closing(sqlite3.connect(path)) as connection:
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        triggers = connection.execute(query).fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            assert connection.execute(statement).rowcount != 0
        for _, sql in triggers:
            connection.execute(sql)
        connection.commit()


def test_a_sound_database_has_one_good_line_a_session(stored: Path) -> None:
    assert verified(stored) == (
        0,
        [
            {
                "session": record[0].session,
                "entries": len(record),
                "head": record[-1].hash,
                "ok": True,
                "why": None,
            }
            for record in (SIGNED, OPEN)
        ],
    )


UNSOUND = [
    (["UPDATE entry SET author = 'operator:Somebody' WHERE sequence = 3"], "does not match its hash"),
    (["UPDATE entry SET payload = replace(payload, '182', '128') WHERE sequence = 11"], "match its hash"),
    (["UPDATE entry SET payload = replace(payload, ':', ': ') WHERE sequence = 11"], "not canonical"),
    (["UPDATE entry SET taken_at_ms = taken_at_ms + 1 WHERE sequence = 2"], "does not match its hash"),
    (["UPDATE entry SET taken_at_ms = 9e17 WHERE sequence = 2"], "impossible time"),
    (["UPDATE entry SET kind = 'unheard of' WHERE sequence = 2"], "unknown kind"),
    (["DELETE FROM entry WHERE sequence = 5"], "missing or out of order"),
    (["DELETE FROM entry WHERE sequence = 17"], "signed, and the signature is missing"),
    (["DELETE FROM entry WHERE sequence >= 16"], "signed, and the signature is missing"),
    (["DELETE FROM entry WHERE session LIKE '%1'"], "every entry of it is missing"),
    (["UPDATE session SET state = 'discharged' WHERE id LIKE '%1'"], "disagree with the entries"),
    (["UPDATE session SET patient_name = 'Somebody' WHERE id LIKE '%1'"], "disagree with the entries"),
    (["UPDATE reading SET systolic_mmhg = 118 WHERE sequence = 7"], "disagree with the entries"),
    (["DELETE FROM reading WHERE sequence = 9"], "disagree with the entries"),
    (["DELETE FROM reading WHERE session LIKE '%1'", "DELETE FROM session WHERE id LIKE '%1'"], "disagree"),
]


@pytest.mark.parametrize(("statements", "why"), UNSOUND)
def test_what_was_changed_is_reported_for_its_session_alone(
    stored: Path, statements: list[str], why: str
) -> None:
    limited = [s if "LIKE" in s or "reading" in s else f"{s} AND session LIKE '%1'" for s in statements]
    tampered(stored, *limited)
    code, (first, second) = verified(stored)
    assert code == 1
    assert (first["session"], first["ok"]) == (SIGNED[0].session, False)
    assert why in first["why"]
    assert second["ok"] is True


def test_a_cut_tail_of_an_open_session_is_reported(stored: Path) -> None:
    tampered(stored, "DELETE FROM entry WHERE sequence = 2 AND session LIKE '%2'")
    code, findings = verified(stored)
    assert code == 1
    assert "disagree" in findings[1]["why"]
    with pytest.raises(DamagedRecord, match="another end"):
        run_entries(OPEN[0].session, stored, io.StringIO())


def test_a_signature_cut_from_entries_and_list_shows_by_the_phase_or_by_the_printed_head(path: Path) -> None:
    record = example.record_of(example.charted(120))
    database = open_database(path)
    database.store.append(example.one_step(record))
    database.close()
    printed = example.signed(record)[-1].hash
    heads = {record[0].session: printed}
    out = io.StringIO()
    assert run_verify(path, heads, out) == 1
    assert "not the one on the report" in out.getvalue()
    assert run_verify(path, {record[0].session: record[-1].hash}, io.StringIO()) == 0


def test_a_signed_phase_without_its_signature_is_reported(path: Path) -> None:
    database = open_database(path)
    signed_phase = bodies.PhaseBegun(phase=Phase.SIGNED, cause=None)
    database.store.append(example.one_step(example.record_of(signed_phase)))
    database.close()
    code, findings = verified(path)
    assert (code, findings[0]["why"]) == (1, "it was signed, and the signature is missing")


def test_a_signature_of_another_head_is_reported(path: Path) -> None:
    database = open_database(path)
    forged = bodies.Signed(meaning="complete", head="0" * 64)
    database.store.append(example.one_step(example.record_of(forged)))
    database.close()
    code, findings = verified(path)
    assert (code, findings[0]["why"]) == (1, "the signature in entry 2 is of another record")


def test_a_printed_head_of_no_session_is_reported(stored: Path) -> None:
    code, findings = verified(stored, elsewhere="0" * 64)
    assert code == 1
    assert findings[-1] == {
        "session": "elsewhere",
        "entries": 0,
        "head": None,
        "ok": False,
        "why": "there is no such session",
    }


def test_a_missing_trigger_is_reported(stored: Path) -> None:
    with closing(sqlite3.connect(stored)) as connection:
        connection.execute("DROP TRIGGER entry_is_never_updated")
    code, findings = verified(stored)
    assert code == 1
    assert "entry_is_never_updated" in findings[0]["why"]
    assert findings[0]["session"] is None


@pytest.mark.parametrize("content", [b"", b"hello", b"SQLite format 3\0" + bytes(84)])
def test_a_file_that_cannot_be_read_is_one_line(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    code, findings = verified(path)
    assert code == 1
    assert [finding["session"] for finding in findings] == [None]
    assert str(path) in findings[0]["why"]


def test_no_file_is_a_sentence_and_no_file_is_made(tmp_path: Path) -> None:
    path = tmp_path / "vigil.db"
    code, findings = verified(path)
    assert (code, findings[0]["why"]) == (1, f"There is no database {path}: name one with --database.")
    with pytest.raises(UsersError, match="There is no database"):
        run_entries("any", path, io.StringIO())
    assert list(tmp_path.iterdir()) == []


def test_verify_and_entries_leave_the_file_as_it_was(stored: Path) -> None:
    before = stored.read_bytes(), stored.stat().st_mtime_ns
    verified(stored)
    run_entries(SIGNED[0].session, stored, io.StringIO())
    assert (stored.read_bytes(), stored.stat().st_mtime_ns) == before


def test_verify_reads_beside_the_writer(stored: Path) -> None:
    database = open_database(stored)
    assert verified(stored)[0] == 0
    database.store.append(example.one_step(example.whole_session(3)))
    assert len(verified(stored)[1]) == 3
    database.close()


def test_a_write_that_was_cut_off_is_named_and_put_right_by_a_start(stored: Path, tmp_path: Path) -> None:
    hot = tmp_path / "hot" / "vigil.db"
    hot.parent.mkdir()
    with closing(sqlite3.connect(stored, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size = 1")  # so that pages reach the file before the commit
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("DELETE FROM reading")
        connection.execute("UPDATE session SET search_text = hex(zeroblob(9000))")
        shutil.copy(stored, hot)
        shutil.copy(f"{stored}-journal", f"{hot}-journal")
        connection.execute("ROLLBACK")
    code, findings = verified(hot)
    assert code == 1
    assert "start Vigil once" in findings[0]["why"]
    open_database(hot).close()
    assert verified(hot)[0] == 0


def dumped(path: Path, record: Record) -> str:
    out = io.StringIO()
    assert run_entries(record[0].session, path, out) == 0
    return out.getvalue()


def test_entries_are_canonical_lines_that_read_back_as_the_record(stored: Path) -> None:
    lines = dumped(stored, SIGNED).splitlines()
    read = tuple(Entry.from_plain(parse_canonical(line)) for line in lines)
    check_chain(read)
    assert read == SIGNED


def test_an_unknown_session_is_a_sentence(stored: Path) -> None:
    with pytest.raises(UsersError, match="no session nowhere"):
        run_entries("nowhere", stored, io.StringIO())


@pytest.mark.parametrize(("statements", "_why"), UNSOUND[:9])
def test_nothing_of_a_damaged_record_is_dumped(stored: Path, statements: list[str], _why: str) -> None:
    tampered(stored, *[f"{statement} AND session LIKE '%1'" for statement in statements])
    out = io.StringIO()
    with pytest.raises(DamagedRecord):
        run_entries(SIGNED[0].session, stored, out)
    assert out.getvalue() == ""


def alone(dump: str, *more: str) -> tuple[int, list[dict[str, Any]]]:
    command = [sys.executable, "-I", "-S", str(VERIFIER), "-", *more]
    done = subprocess.run(command, input=dump.encode(), capture_output=True, check=False)
    assert done.stderr == b""
    return done.returncode, [json.loads(line) for line in done.stdout.decode().splitlines()]


def test_the_stand_alone_verifier_agrees(stored: Path) -> None:
    both = dumped(stored, SIGNED) + dumped(stored, OPEN)
    assert alone(both) == verified(stored)
    assert alone(both, "--head", f"{OPEN[0].session}={OPEN[-1].hash}")[0] == 0


def test_the_stand_alone_verifier_needs_the_printed_head_to_see_a_cut_tail(stored: Path) -> None:
    cut = "".join(dumped(stored, SIGNED).splitlines(keepends=True)[:-1])
    assert alone(cut)[0] == 0
    code, findings = alone(cut, "--head", f"{SIGNED[0].session}={SIGNED[-1].hash}")
    assert (code, findings[0]["why"]) == (1, "the newest entry is not the one on the report")


DAMAGED_DUMPS = [
    (lambda lines: lines[1:], "missing or out of order"),
    (lambda lines: lines[:4] + lines[5:], "missing or out of order"),
    (lambda lines: [*lines[:2], lines[3], lines[2], *lines[4:]], "missing or out of order"),
    (lambda lines: [line.replace("182", "128") for line in lines], "does not match its hash"),
    (lambda lines: [line.replace('"sequence":3', '"sequence":3.0') for line in lines], "is a float"),
    (lambda lines: [line.replace(",", ", ", 1) for line in lines], "not in canonical form"),
    (lambda lines: [*lines, "{}"], "has not the columns"),
    (lambda lines: [*lines, "hello"], "is not JSON"),
]


@pytest.mark.parametrize(("damage", "why"), DAMAGED_DUMPS)
def test_the_stand_alone_verifier_reports_damage(stored: Path, damage: Any, why: str) -> None:
    code, findings = alone("\n".join(damage(dumped(stored, SIGNED).splitlines())) + "\n")
    assert code == 1
    assert any(why in finding["why"] for finding in findings if not finding["ok"])


def test_doctor_tells_versions_pragmas_schema_and_counts(stored: Path) -> None:
    out = io.StringIO()
    assert run_doctor(stored, out) == 0
    report = json.loads(out.getvalue())
    database = report["database"]
    assert database["path"] == str(stored)
    assert database["encryption"] == "not encrypted"
    assert database["counts"] == {"entry": 19, "session": 2, "reading": 8}
    assert database["pragmas"]["journal_mode"] == "delete"
    assert database["pragmas"]["synchronous"] == 3
    assert (database["revision"], database["missing_triggers"]) == ("0002", [])
    assert report["versions"]["sqlite"] == sqlite3.sqlite_version
    assert re.fullmatch(r"\d+\.\d+\.\d+", report["versions"]["vigil"])
    assert report["versions"]["PySide6-Essentials"]


def test_doctor_says_what_is_wrong_with_the_database(tmp_path: Path) -> None:
    out = io.StringIO()
    assert run_doctor(tmp_path / "vigil.db", out) == 1
    assert "There is no database" in json.loads(out.getvalue())["database"]["fault"]


def test_none_of_them_imports_qt_or_alembic() -> None:
    code = "import sys, db.verify, db.dump, db.doctor, db.writer; print(*sys.modules)"
    root = Path(__file__).parents[2]
    modules = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {name.partition(".")[0] for name in modules} & {"PySide6", "alembic", "pyqtgraph"}


def test_a_database_that_cannot_be_reached_is_the_machines_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(EnvironmentFault, match="cannot be read"):
        run_entries("any", tmp_path / "file" / "vigil.db", io.StringIO())
