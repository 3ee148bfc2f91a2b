"""Judge a database file by its first bytes, without opening it: is it Vigil's, whole, and of which schema?

The layout is SQLite's own: https://sqlite.org/fileformat2.html#the_database_header
"""

from pathlib import Path

from db.schema import APPLICATION_ID, SCHEMA_VERSION
from monitor.errors import EnvironmentFault, UsersError

_MAGIC = b"SQLite format 3\x00"
_HEADER_BYTES = 100
_ROLLBACK_JOURNAL = 1


def schema_version(path: Path) -> int | None:
    """Schema version of the Vigil database at `path`, None when there is no file; reads, never writes.

    Raises:
        UsersError: it is a folder, another program's file or a newer Vigil's.
        EnvironmentFault: it is empty, cut short, changed by another program or cannot be read.
    """
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER_BYTES)
            size_bytes = file.seek(0, 2)
    except FileNotFoundError:
        return None
    except IsADirectoryError as fault:
        raise UsersError(f"{path} is a folder: name a database file.") from fault
    except OSError as fault:
        raise EnvironmentFault(
            f"The database {path} cannot be read ({fault.strerror}): check the folder and its permissions."
        ) from fault
    _refuse_foreign(path, header)
    _refuse_cut_short(path, header, size_bytes)
    return _number(header, 60, 4)


def _refuse_foreign(path: Path, header: bytes) -> None:
    if not header:
        # Vigil puts a database in place whole, by renaming, so an empty one is never its own beginning.
        raise EnvironmentFault(
            f"The database {path} is empty, and Vigil never leaves an empty file: a record may be lost. "
            "Restore a copy, or move the empty file away to begin a new database."
        )
    if not header.startswith(_MAGIC) or len(header) < _HEADER_BYTES:
        raise UsersError(f"{path} is not a Vigil database, or it is damaged: name another file.")
    if _number(header, 68, 4) != APPLICATION_ID:
        raise UsersError(f"{path} belongs to another program: name another file.")
    version = _number(header, 60, 4)
    if version > SCHEMA_VERSION:
        raise UsersError(
            f"{path} was written by a newer Vigil (schema {version}, this one knows {SCHEMA_VERSION}): "
            "update Vigil on this computer."
        )


def _refuse_cut_short(path: Path, header: bytes, size_bytes: int) -> None:
    if _number(header, 18, 1) != _ROLLBACK_JOURNAL or _number(header, 19, 1) != _ROLLBACK_JOURNAL:
        raise EnvironmentFault(
            f"{path} was set to another journal mode by another program: set it back to DELETE there."
        )
    if _has_journal(path):
        return  # an interrupted write: SQLite rolls it back when the file is opened for writing
    page_bytes = _number(header, 16, 2)
    page_bytes = 65536 if page_bytes == 1 else page_bytes
    counts_pages = _number(header, 24, 4) == _number(header, 92, 4)
    if counts_pages and _number(header, 28, 4) * page_bytes != size_bytes:
        raise EnvironmentFault(f"{path} is damaged (its length is wrong): keep it, and restore a copy.")


def _has_journal(path: Path) -> bool:
    journal = path.with_name(path.name + "-journal")
    return journal.exists() and journal.stat().st_size > 0


def _number(header: bytes, offset: int, length: int) -> int:
    return int.from_bytes(header[offset : offset + length], "big")
