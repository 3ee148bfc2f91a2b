"""A database works wherever it is kept: any name, behind a link, on a medium that can only be read."""

from __future__ import annotations

import io
import json
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from db.doctor import run_doctor
from db.dump import run_entries
from db.opening import open_database
from db.rebuild import run_rebuild
from db.verify import run_verify
from monitor.errors import EnvironmentFault, UsersError
from tests.db import example
from tests.db.test_refusals import as_ordinary_user

if TYPE_CHECKING:
    from collections.abc import Callable

RECORD = example.record_of(example.charted(128))
NAMES = [
    "two words.db",
    "Möwe ß 🩺.db",
    "50%25.db",
    "what?mode=ro.db",
    "a#b&c=d;e.db",
    'it\'s "it".db',
    "plain",
]


def stored(path: Path) -> Path:
    database = open_database(path)
    database.store.append(example.one_step(RECORD))
    database.close()
    return path


def assert_reads(path: Path) -> None:
    out = io.StringIO()
    assert run_entries(RECORD[0].session, path, out) == 0
    assert len(out.getvalue().splitlines()) == len(RECORD)
    assert run_verify(path, {}, io.StringIO()) == 0
    assert run_doctor(path, io.StringIO()) == 0


@pytest.mark.parametrize("name", NAMES)
def test_any_name_of_file_and_folder_will_do(tmp_path: Path, name: str) -> None:
    path = stored(tmp_path / name / name)  # made by the migrations, under that name
    assert sorted(each.name for each in path.parent.iterdir()) == sorted([name, f"{name}.lock"])
    assert_reads(path)
    assert run_rebuild(path, io.StringIO()) == 0


def test_a_link_leads_to_one_database_with_one_writer(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "elsewhere" / "link.db"
    link.parent.mkdir()
    link.symlink_to(path)
    stored(link)
    assert_reads(path)
    assert [each.name for each in link.parent.iterdir()] == ["link.db"]  # no journal or lock beside a link
    database = open_database(path)
    with pytest.raises(EnvironmentFault, match="already writing"):
        open_database(link)
    database.close()


def test_a_medium_that_can_only_be_read_can_be_verified(made_database: Path) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "vigil.db"
        shutil.copy(made_database, path)
        stored(path)
        path.chmod(0o444)
        folder.chmod(0o555)
        with as_ordinary_user():
            assert_reads(path)
        folder.chmod(0o700)


def entries(path: Path) -> object:
    return run_entries("any", path, io.StringIO())


def rebuild(path: Path) -> object:
    return run_rebuild(path, io.StringIO())


@pytest.mark.parametrize("command", [open_database, entries, rebuild])
def test_a_folder_is_refused_as_one(tmp_path: Path, command: Callable[[Path], object]) -> None:
    with pytest.raises(UsersError, match="is a folder: name a database file"):
        command(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_verify_and_doctor_report_a_folder_as_one(tmp_path: Path) -> None:
    out = io.StringIO()
    assert run_verify(tmp_path, {}, out) == 1
    assert "is a folder" in json.loads(out.getvalue())["why"]
    out = io.StringIO()
    assert run_doctor(tmp_path, out) == 1
    assert "is a folder" in json.loads(out.getvalue())["database"]["fault"]
