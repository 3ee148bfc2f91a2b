"""A path to an engine: every pragma set and read back, every transaction begun by us.

The driver stands behind `Driver`, so that an encrypting one can take its place. Nothing here creates a file
unless asked with `Access.CREATE`.
"""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

import platformdirs
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from monitor.errors import EnvironmentFault

BUSY_TIMEOUT_MS = 5000

Driver = Callable[[str], sqlite3.Connection]


class Access(Enum):
    """What may be done with the file, in the words of an SQLite URI."""

    READ = "ro"
    WRITE = "rw"
    CREATE = "rwc"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pragma:
    """One setting of a connection, as it is set and as it must read back."""

    name: str
    value: str
    reads_back: int | str


# DELETE with EXTRA is the only cheap pair that lost no acknowledged row in replayed power cuts: EXTRA also
# syncs the folder after the journal is unlinked. https://sqlite.org/pragma.html#pragma_synchronous
PRAGMAS = (
    Pragma(name="busy_timeout", value=str(BUSY_TIMEOUT_MS), reads_back=BUSY_TIMEOUT_MS),
    Pragma(name="journal_mode", value="DELETE", reads_back="delete"),
    Pragma(name="synchronous", value="EXTRA", reads_back=3),
    Pragma(name="foreign_keys", value="ON", reads_back=1),
    Pragma(name="recursive_triggers", value="ON", reads_back=1),
    Pragma(name="temp_store", value="MEMORY", reads_back=2),
    Pragma(name="cell_size_check", value="ON", reads_back=1),
    Pragma(name="trusted_schema", value="OFF", reads_back=0),
)


def default_database_path() -> Path:
    """Where this user's record is kept when no file is named."""
    return Path(platformdirs.user_data_dir("Vigil", appauthor=False)) / "vigil.db"


def sqlite_driver(uri: str) -> sqlite3.Connection:
    """Open `uri` with Python's own SQLite, leaving every transaction to us."""
    return sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)


def engine_for(
    path: Path, access: Access, *, driver: Driver = sqlite_driver, pragmas: tuple[Pragma, ...] = PRAGMAS
) -> Engine:
    """Make an engine for `path`; nothing is opened until it is used.

    Args:
        path: the file.
        access: read, write, or create.
        driver: opens one connection.
        pragmas: set and read back on each connection.
    """
    uri = f"{path.absolute().as_uri()}?mode={access.value}"

    def connected() -> sqlite3.Connection:
        connection = driver(uri)
        try:
            set_pragmas(connection, pragmas)
        except BaseException:
            connection.close()
            raise
        return connection

    engine = create_engine(
        "sqlite+pysqlite://", creator=connected, poolclass=QueuePool, pool_size=1, hide_parameters=True
    )
    # Deferred transactions that read and then write fail when two meet; readers never write.
    begin = "BEGIN" if access is Access.READ else "BEGIN IMMEDIATE"

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def set_pragmas(connection: sqlite3.Connection, pragmas: tuple[Pragma, ...]) -> None:
    """Set each pragma and read it back.

    Raises:
        EnvironmentFault: one does not read back as set.
    """
    for pragma in pragmas:
        connection.execute(f"PRAGMA {pragma.name} = {pragma.value}").fetchall()
        found = read_pragma(connection, pragma.name)
        if found != pragma.reads_back:
            raise EnvironmentFault(
                f"The database does not accept {pragma.name} = {pragma.value} (it says {found}), "
                "so nothing would be safely saved: update SQLite or ask for help."
            )


def read_pragma(connection: sqlite3.Connection, name: str) -> Any:
    """What the connection says of one pragma; None when it knows no such pragma."""
    row = connection.execute(f"PRAGMA {name}").fetchone()
    return None if row is None else row[0]
