"""What the database driver raises, as sentences for the person at the screen.

Whether a fault is the file's decides what the writer holds back: everything, or one session.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from monitor.errors import EnvironmentFault


class StorageFault(EnvironmentFault):
    """The database did not do what was asked; nothing of it counts as saved.

    Attributes:
        is_of_file: whether any other write would fail the same way (disk, file, lock), so that all must wait.
    """

    def __init__(self, sentence: str, *, is_of_file: bool) -> None:
        super().__init__(sentence)
        self.is_of_file = is_of_file


# Primary result codes of SQLite, https://sqlite.org/rescode.html; the low byte of an extended code.
_SENTENCES = {
    sqlite3.SQLITE_FULL: "The disk is full: free some space. Vigil tries again by itself.",
    sqlite3.SQLITE_IOERR: "The disk did not take the write: check the drive. Vigil tries again by itself.",
    sqlite3.SQLITE_READONLY: "The database file cannot be written: check its permissions and the drive.",
    sqlite3.SQLITE_CANTOPEN: "The database file cannot be opened: check its folder and the drive.",
    sqlite3.SQLITE_BUSY: "Another program holds the database file: close it. Vigil tries again by itself.",
    sqlite3.SQLITE_LOCKED: "Another program holds the database file: close it. Vigil tries again by itself.",
    sqlite3.SQLITE_PERM: "The database file cannot be used: check its permissions.",
    sqlite3.SQLITE_NOMEM: "The computer is out of memory: close other programs.",
    sqlite3.SQLITE_CORRUPT: "The database file is damaged: keep it, and restore a copy or ask for help.",
    sqlite3.SQLITE_NOTADB: "The database file is damaged: keep it, and restore a copy or ask for help.",
}
_PRIMARY_CODE = 0xFF


def storage_fault(error: BaseException) -> StorageFault:
    """Say what a driver's error means; its own text is left out, since it may quote what was stored."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(cause, "sqlite_errorcode", None)
    name = getattr(cause, "sqlite_errorname", type(cause).__name__)
    if code == sqlite3.SQLITE_READONLY_ROLLBACK:
        return StorageFault(
            "The last write to the database was cut off: start Vigil once, which puts it right.",
            is_of_file=True,
        )
    sentence = _SENTENCES.get(code & _PRIMARY_CODE) if isinstance(code, int) else None
    if sentence is None:
        return StorageFault(f"The database refused the write ({name}).", is_of_file=False)
    return StorageFault(f"{sentence} ({name})", is_of_file=True)


@contextmanager
def spoken_faults() -> Iterator[None]:
    """Turn what the driver raises inside into a StorageFault.

    Raises:
        StorageFault: for any error of the driver.
    """
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        raise storage_fault(error) from error
    except UnicodeDecodeError as error:  # the driver, reading the schema of a damaged file
        raise StorageFault(_SENTENCES[sqlite3.SQLITE_CORRUPT], is_of_file=True) from error
