"""Open a database to write, or only to read: a refusal is a sentence and leaves the file as it was."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine

from db.connect import PRAGMAS, Access, Driver, Pragma, engine_for, sqlite_driver
from db.faults import spoken_faults
from db.header import schema_version
from db.lock import WriterLock
from db.schema import SCHEMA_VERSION, TRIGGERS
from db.store import Store
from monitor.errors import EnvironmentFault, UsersError

# A whole check reads every page. Above this size a start checks the open sessions only, `verify` each one.
_QUICK_CHECK_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Database:
    """A database this process alone writes to; `close` gives it back."""

    path: Path
    store: Store
    writing: Engine
    reading: Engine
    lock: WriterLock

    def close(self) -> None:
        """Close every connection and let another process write."""
        self.writing.dispose()
        self.reading.dispose()
        self.lock.release()


def open_database(
    path: Path, *, driver: Driver = sqlite_driver, pragmas: tuple[Pragma, ...] = PRAGMAS
) -> Database:
    """Open `path` for writing; make it when there is none, and bring an older schema up to date.

    Raises:
        UsersError: another program's file, or a newer Vigil's.
        EnvironmentFault: it is damaged, its folder cannot be written, or another process writes to it.
    """
    path = path.resolve()
    schema_version(path)  # before the lock, so that nothing is left beside a foreign file
    lock = _locked(path)
    try:
        _bring_up_to_date(path)
        _expect_writable(path)
        writing = engine_for(path, Access.WRITE, driver=driver, pragmas=pragmas)
        reading = engine_for(path, Access.READ, driver=driver, pragmas=pragmas)
        _undo_interrupted_write(writing)
        check_soundness(path)
    except BaseException:
        lock.release()
        raise
    store = Store(writing=writing, reading=reading)
    return Database(path=path, store=store, writing=writing, reading=reading, lock=lock)


def open_to_read(path: Path) -> Engine:
    """Open an existing database that no call can change.

    Not in the process that writes to it, which has `Database.reading`: looking at the header opens and closes
    the file by hand, and that drops SQLite's own locks of the process (https://sqlite.org/howtocorrupt.html).

    Raises:
        UsersError: there is no such file, or it is not a Vigil database of this schema.
        EnvironmentFault: it is damaged.
    """
    path = path.resolve()
    found = schema_version(path)
    if found is None:
        raise UsersError(f"There is no database {path}: name one with --database.")
    if found < SCHEMA_VERSION:
        raise UsersError(
            f"{path} has an older schema ({found}): start Vigil once, which brings it up to date."
        )
    return engine_for(path, Access.READ)


def check_soundness(path: Path) -> None:
    """Check a database's pages, while that is quick, and that its triggers stand.

    Raises:
        EnvironmentFault: it is damaged, or a trigger is not as it was made.
    """
    engine = engine_for(path, Access.READ)
    try:
        with spoken_faults(), engine.begin() as connection:
            faults = quick_check(connection, path)
            missing = missing_triggers(connection)
    finally:
        engine.dispose()
    if faults:
        raise EnvironmentFault(
            f"The database {path} is damaged: keep it, and restore a copy or ask for help."
        )
    if missing:
        raise EnvironmentFault(
            f"The database {path} lost what keeps its entries from being changed ({', '.join(missing)}): "
            "keep it, and restore a copy or ask for help."
        )


def quick_check(connection: Connection, path: Path) -> list[str]:
    """What SQLite finds wrong with the pages of a file of moderate size; nothing is looked at above it."""
    if path.stat().st_size > _QUICK_CHECK_BYTES:
        return []
    found = [row[0] for row in connection.exec_driver_sql("PRAGMA quick_check").all()]
    return [] if found == ["ok"] else found


def missing_triggers(connection: Connection) -> list[str]:
    """Names of the triggers that do not stand word for word."""
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all()
    found = {row[0]: row[1] for row in rows}
    return [name for name, sql in TRIGGERS.items() if found.get(name) != sql]


def _locked(path: Path) -> WriterLock:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as fault:
        raise EnvironmentFault(
            f"The folder {path.parent} cannot be made ({fault.strerror}): choose another folder."
        ) from fault
    return WriterLock(path)


def _bring_up_to_date(path: Path) -> None:
    found = schema_version(path)  # again: another process may have held the lock until now
    if found == SCHEMA_VERSION:
        return
    from db import migrate  # noqa: PLC0415 - alembic takes longer to import than Vigil to open

    if found is None:
        migrate.create_database(path)
    else:
        migrate.upgrade_database(path, found=found)


def _expect_writable(path: Path) -> None:
    # SQLite would open a read-only file without a word, and fail at the first reading.
    try:
        path.open("rb+").close()
    except OSError as fault:
        raise EnvironmentFault(
            f"The database {path} cannot be written ({fault.strerror}): check its permissions and the drive."
        ) from fault


def _undo_interrupted_write(engine: Engine) -> None:
    """Take the write lock once, at which SQLite undoes a write that was cut off; else nothing is written."""
    with spoken_faults(), engine.begin():
        pass
