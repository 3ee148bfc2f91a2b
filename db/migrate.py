"""Make a new database, or bring an older one to this Vigil's schema after setting a copy aside.

The only module that imports alembic, and itself imported only when there is something to do.
"""

import os
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from db.connect import Access, engine_for
from db.faults import spoken_faults
from db.schema import APPLICATION_ID, SCHEMA_VERSION
from monitor.errors import EnvironmentFault

SCRIPTS = Path(__file__).parent / "migrations"


def create_database(path: Path) -> None:
    """Build a new database beside `path` and rename it into place, so that it is never there by halves.

    Raises:
        EnvironmentFault: the folder or disk does not take it.
    """
    unfinished = path.with_name(path.name + ".new")
    try:
        _remove(unfinished)
        os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL, 0o600))  # names stand in it: the owner's only
        migrate(unfinished)
        unfinished.replace(path)
        sync_folder(path.parent)
    except OSError as fault:
        raise EnvironmentFault(
            f"A new database cannot be made in {path.parent} ({fault.strerror}): check the disk."
        ) from fault


def upgrade_database(
    path: Path, *, found: int, scripts: Path = SCRIPTS, version: int = SCHEMA_VERSION
) -> Path:
    """Bring the database from schema `found` to `version`, and return where the copy was set aside.

    Raises:
        EnvironmentFault: the copy or the change failed; the database is then as it was.
    """
    aside = _free_name(path, f"before-schema-{version}")
    set_aside(path, aside)
    try:
        migrate(path, scripts=scripts, version=version)
    except EnvironmentFault as fault:
        raise EnvironmentFault(
            f"The database stays at schema {found}, unchanged: {fault} A copy is in {aside}."
        ) from fault
    return aside


def migrate(path: Path, *, scripts: Path = SCRIPTS, version: int = SCHEMA_VERSION) -> None:
    """Run every missing migration in one transaction, and mark the file as Vigil's of that version."""
    engine = engine_for(path, Access.WRITE)
    try:
        with spoken_faults(), engine.begin() as connection:
            _run_scripts(connection, scripts)
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.exec_driver_sql(f"PRAGMA user_version = {version}")
    finally:
        engine.dispose()


def set_aside(path: Path, copy: Path) -> None:
    """Write a whole, consistent copy of the database to the new file `copy`."""
    engine = engine_for(path, Access.WRITE)
    unfinished = copy.with_name(copy.name + ".new")
    try:
        _remove(unfinished)
        with spoken_faults(), engine.connect() as connection:
            driver = connection.connection.driver_connection
            if driver is None:
                raise EnvironmentFault("The database cannot be opened for copying.")
            driver.execute("VACUUM INTO ?", (str(unfinished),))
        unfinished.chmod(0o600)
        with unfinished.open("rb+") as file:
            os.fsync(file.fileno())
        unfinished.replace(copy)
        sync_folder(copy.parent)
    finally:
        engine.dispose()


def sync_folder(folder: Path) -> None:
    """Make a rename in `folder` survive a power cut; Windows has no such call and needs none."""
    if os.name == "nt":  # pragma: no cover - untried there
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _run_scripts(connection: Connection, scripts: Path) -> None:
    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _remove(path: Path) -> None:
    """Remove what an interrupted start left under a name that only this module uses."""
    for name in (path.name, path.name + "-journal"):
        path.with_name(name).unlink(missing_ok=True)


def _free_name(path: Path, note: str) -> Path:
    candidate = path.with_name(f"{path.stem}-{note}{path.suffix}")
    number = 2
    while candidate.exists():
        candidate = path.with_name(f"{path.stem}-{note}-{number}{path.suffix}")
        number += 1
    return candidate
