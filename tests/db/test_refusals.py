"""A start that cannot be safe is refused with a sentence, and the file stays as it was, byte for byte."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from db.connect import PRAGMAS, Pragma
from db.migrate import create_database
from db.opening import open_database, open_to_read
from db.schema import SCHEMA_VERSION
from monitor.errors import EnvironmentFault, UsersError, VigilError
from tests.db import example

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from db.opening import Database

NOBODY = 65534


def newer_schema(path: Path) -> None:
    _run(path, f"PRAGMA user_version = {SCHEMA_VERSION + 1}")


def another_programs(path: Path) -> None:
    path.unlink()
    _run(path, "CREATE TABLE song (title TEXT)")


def another_application_id(path: Path) -> None:
    _run(path, "PRAGMA application_id = 7")


def text_file(path: Path) -> None:
    path.write_text("Shopping: bread, batteries\n" * 20)


def short_text_file(path: Path) -> None:
    path.write_text("hello")


def empty_file(path: Path) -> None:
    path.write_bytes(b"")


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-4096])


def cut_inside_a_page(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def zeroed_page(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096 * 2 : 4096 * 3] = bytes(4096)
    path.write_bytes(content)


def in_wal_mode(path: Path) -> None:
    _run(path, "PRAGMA journal_mode = WAL")


def trigger_dropped(path: Path) -> None:
    _run(path, "DROP TRIGGER entry_is_never_deleted")


def trigger_changed(path: Path) -> None:
    _run(path, "DROP TRIGGER entry_is_never_deleted")
    _run(path, "CREATE TRIGGER entry_is_never_deleted BEFORE DELETE ON entry BEGIN SELECT 1; END")


def _run(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement).fetchall()
        connection.commit()


REFUSED = [
    (newer_schema, UsersError, "newer Vigil"),
    (another_programs, UsersError, "another program"),
    (another_application_id, UsersError, "another program"),
    (text_file, UsersError, "not a Vigil database"),
    (short_text_file, UsersError, "not a Vigil database"),
    (empty_file, EnvironmentFault, "is empty"),
    (cut_short, EnvironmentFault, "damaged"),
    (cut_inside_a_page, EnvironmentFault, "damaged"),
    (zeroed_page, EnvironmentFault, "damaged"),
    (in_wal_mode, EnvironmentFault, "journal mode"),
    (trigger_dropped, EnvironmentFault, "lost what keeps its entries"),
    (trigger_changed, EnvironmentFault, "lost what keeps its entries"),
]


@pytest.mark.parametrize(
    ("spoil", "fault", "sentence"), REFUSED, ids=lambda case: getattr(case, "__name__", "")
)
def test_start_refuses_and_leaves_the_file(
    path: Path, spoil: Callable[[Path], None], fault: type[VigilError], sentence: str
) -> None:
    spoil(path)
    before, written_at = path.read_bytes(), path.stat().st_mtime_ns
    with pytest.raises(fault, match=sentence) as refusal:
        open_database(path)
    assert path.read_bytes() == before
    assert path.stat().st_mtime_ns == written_at
    assert str(path) in str(refusal.value)
    assert str(refusal.value).endswith((".", "help."))


@pytest.mark.parametrize("spoil", [text_file, another_programs, empty_file, newer_schema])
def test_nothing_is_left_beside_a_file_that_is_not_ours(path: Path, spoil: Callable[[Path], None]) -> None:
    spoil(path)
    with pytest.raises(VigilError):
        open_database(path)
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_refused_start_can_be_repeated_after_the_cause_is_gone(path: Path) -> None:
    whole = path.read_bytes()
    cut_short(path)
    with pytest.raises(EnvironmentFault):
        open_database(path)
    path.write_bytes(whole)
    open_database(path).close()


def test_a_folder_named_as_database_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsersError, match="is a folder"):
        open_database(tmp_path)


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(EnvironmentFault, match=r"cannot be (made|read)"):
        open_database(tmp_path / "file" / "vigil.db")


def test_a_folder_that_cannot_be_written_is_refused() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "vigil.db"
        create_database(path)
        path.chmod(0o644)
        folder.chmod(0o555)
        before = path.read_bytes()
        with as_ordinary_user(), pytest.raises(EnvironmentFault, match="cannot be written"):
            open_database(path)
        assert path.read_bytes() == before
        assert [each.name for each in folder.iterdir()] == [path.name]
        folder.chmod(0o700)


def test_a_file_that_cannot_be_written_is_refused() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "vigil.db"
        create_database(path)
        path.chmod(0o444)
        folder.chmod(0o777)
        with as_ordinary_user(), pytest.raises(EnvironmentFault, match="cannot be written"):
            open_database(path)
        folder.chmod(0o700)


@contextmanager
def as_ordinary_user() -> Iterator[None]:
    """Root may write anywhere; the promise is to people who may not."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_second_start_in_the_same_process_is_refused(database: Database) -> None:
    with pytest.raises(EnvironmentFault, match="already writing"):
        open_database(database.path)
    database.store.append(example.one_step(example.record_of()))  # the first one goes on


HOLDER = """
import sys, pathlib
from db.opening import open_database
database = open_database(pathlib.Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.read()
"""


def test_a_second_process_is_refused_until_the_first_is_gone(path: Path) -> None:
    command = [sys.executable, "-c", HOLDER, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        before = path.read_bytes()
        with pytest.raises(EnvironmentFault, match="already writing"):
            open_database(path)
        assert path.read_bytes() == before
        open_to_read(path).dispose()  # reading is allowed
        holder.kill()
    open_database(path).close()


@pytest.mark.parametrize("pragma", PRAGMAS, ids=lambda pragma: pragma.name)
def test_a_pragma_that_does_not_read_back_is_refused(path: Path, pragma: Pragma) -> None:
    strange = Pragma(name=pragma.name, value=pragma.value, reads_back="something else")
    with pytest.raises(EnvironmentFault, match=pragma.name):
        open_database(path, pragmas=(*PRAGMAS, strange))
    open_database(path).close()


def test_reading_refuses_a_missing_file_without_making_one(tmp_path: Path) -> None:
    with pytest.raises(UsersError, match="There is no database"):
        open_to_read(tmp_path / "vigil.db")
    assert list(tmp_path.iterdir()) == []


def test_reading_refuses_an_older_schema(path: Path) -> None:
    _run(path, "PRAGMA user_version = 0")
    with pytest.raises(UsersError, match="older schema"):
        open_to_read(path)


def test_a_new_database_is_the_owners_only(tmp_path: Path) -> None:
    path = tmp_path / "new" / "vigil.db"
    open_database(path).close()
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert sorted(each.name for each in path.parent.iterdir()) == ["vigil.db", "vigil.db.lock"]


def test_what_an_interrupted_first_start_left_is_in_nobodys_way(tmp_path: Path) -> None:
    (tmp_path / "vigil.db.new").write_bytes(b"half")
    (tmp_path / "vigil.db.new-journal").write_bytes(b"half")
    open_database(tmp_path / "vigil.db").close()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["vigil.db", "vigil.db.lock"]
