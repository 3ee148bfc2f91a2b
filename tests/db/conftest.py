"""A new database for each test, copied from one that the migrations made once."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from db.migrate import create_database
from db.opening import open_database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from db.opening import Database


@pytest.fixture(scope="session")
def made_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "vigil.db"
    create_database(path)
    return path


@pytest.fixture
def path(made_database: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "vigil.db"
    shutil.copy(made_database, copy)
    return copy


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    opened = open_database(path)
    yield opened
    opened.close()
