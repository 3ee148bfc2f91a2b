"""The migrations make exactly the tables the program knows, all or nothing, after a copy was set aside."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from db.connect import Access, engine_for
from db.migrate import SCRIPTS, upgrade_database
from db.opening import open_database
from db.schema import METADATA, SCHEMA_VERSION, TRIGGERS
from monitor.errors import EnvironmentFault
from tests.db import example

if TYPE_CHECKING:
    from pathlib import Path

    from monitor.record import Record

NEXT_VERSION = SCHEMA_VERSION + 1
NEXT = '''"""A later schema."""

from alembic import op

revision = "{next}"
down_revision = "{last}"


def upgrade() -> None:
    op.execute("ALTER TABLE session ADD COLUMN note TEXT")
    {then}
'''


def test_the_program_and_the_migrations_know_the_same_tables(made_database: Path, tmp_path: Path) -> None:
    declared = tmp_path / "declared.db"
    engine = create_engine(f"sqlite:///{declared}")
    METADATA.create_all(engine)
    with engine.begin() as connection:
        for trigger in TRIGGERS.values():
            connection.exec_driver_sql(trigger)
    engine.dispose()
    assert schema_text(made_database) == schema_text(declared)


def test_alembic_finds_no_difference(made_database: Path) -> None:
    engine = engine_for(made_database, Access.READ)
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), METADATA)
    engine.dispose()
    assert differences == []


def schema_text(path: Path) -> dict[str, str]:
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    return {name: " ".join(sql.split()) for name, sql in found if name != "alembic_version"}


def later_scripts(folder: Path, then: str) -> Path:
    scripts = folder / "scripts"
    shutil.copytree(SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    (scripts / "versions" / "next.py").write_text(
        NEXT.format(then=then, next="9999", last=f"{SCHEMA_VERSION:04d}")
    )
    return scripts


def test_a_copy_is_set_aside_before_the_schema_changes(path: Path, tmp_path: Path) -> None:
    record = stored_record(path)
    scripts = later_scripts(tmp_path, "")
    aside = upgrade_database(path, found=SCHEMA_VERSION, scripts=scripts, version=NEXT_VERSION)
    assert aside.name == f"vigil-before-schema-{NEXT_VERSION}.db"
    assert version_and_columns(path) == (NEXT_VERSION, True)
    assert version_and_columns(aside) == (SCHEMA_VERSION, False)
    copy = open_database(aside)
    assert copy.store.load(record[0].session) == record
    copy.close()
    assert aside.stat().st_mode & 0o777 == 0o600
    names = {each.name for each in tmp_path.iterdir()}
    assert not [name for name in names if name.endswith(".new")]


def test_a_failed_change_leaves_the_old_schema_and_every_row(path: Path, tmp_path: Path) -> None:
    record = stored_record(path)
    scripts = later_scripts(tmp_path, 'op.execute("INSERT INTO nowhere VALUES (1)")')
    with pytest.raises(
        EnvironmentFault,
        match=rf"stays at schema {SCHEMA_VERSION}, unchanged.*vigil-before-schema-{NEXT_VERSION}\.db",
    ):
        upgrade_database(path, found=SCHEMA_VERSION, scripts=scripts, version=NEXT_VERSION)
    assert version_and_columns(path) == (SCHEMA_VERSION, False)
    database = open_database(path)
    assert database.store.load(record[0].session) == record
    database.close()


def test_a_second_copy_does_not_replace_the_first(path: Path, tmp_path: Path) -> None:
    scripts = later_scripts(tmp_path, 'op.execute("INSERT INTO nowhere VALUES (1)")')
    for _ in range(2):
        with pytest.raises(EnvironmentFault):
            upgrade_database(path, found=SCHEMA_VERSION, scripts=scripts, version=NEXT_VERSION)
    names = sorted(each.name for each in tmp_path.glob("vigil-before*"))
    assert names == [f"vigil-before-schema-{NEXT_VERSION}-2.db", f"vigil-before-schema-{NEXT_VERSION}.db"]


def stored_record(path: Path) -> Record:
    record = example.whole_session()
    database = open_database(path)
    database.store.append(example.one_step(record))
    database.close()
    return record


def version_and_columns(path: Path) -> tuple[int, bool]:
    with closing(sqlite3.connect(path)) as connection:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        columns = [row[1] for row in connection.execute("PRAGMA table_info(session)")]
    return version, "note" in columns
