"""Write the projections anew from the entries, which alone are the record."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TextIO

from sqlalchemy import Connection, Engine, delete, select

from db.faults import spoken_faults
from db.header import schema_version
from db.opening import open_database
from db.projections import projected
from db.schema import ENTRY, READING, SESSION
from db.store import read_entries, write_projection
from monitor.errors import DamagedRecord, UsersError


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """What a rebuild did.

    Attributes:
        sessions: how many have new rows.
        damaged: those whose rows were left as they were, and why.
    """

    sessions: int
    damaged: dict[str, str]


def run_rebuild(path: Path, out: TextIO) -> int:
    """Rebuild the projections of the database at `path`, and print one JSON object of what was done.

    Returns:
        0, or 1 when a session was damaged and left as it was.

    Raises:
        UsersError: there is no such file, or it is not a Vigil database.
        EnvironmentFault: it is damaged, cannot be written, or another process writes to it.
    """
    if schema_version(path) is None:
        raise UsersError(f"There is no database {path}: name one with --database.")
    database = open_database(path)
    try:
        rebuilt = rebuild_projections(database.writing)
    finally:
        database.close()
    out.write(json.dumps(asdict(rebuilt), ensure_ascii=False) + "\n")
    return 1 if rebuilt.damaged else 0


def rebuild_projections(writing: Engine) -> Rebuilt:
    """Rebuild every session's rows, each session in one transaction.

    Raises:
        StorageFault: the database could not be read or written.
    """
    with spoken_faults(), writing.begin() as connection:
        sessions = connection.execute(select(ENTRY.c.session).distinct()).scalars().all()
    damaged: dict[str, str] = {}
    for session in sessions:
        try:
            with spoken_faults(), writing.begin() as connection:
                _rebuild(connection, session)
        except DamagedRecord as fault:
            damaged[session] = str(fault)
    return Rebuilt(sessions=len(sessions) - len(damaged), damaged=damaged)


def _rebuild(connection: Connection, session: str) -> None:
    record = read_entries(connection, session)
    listed = connection.execute(select(SESSION.c.entries).where(SESSION.c.id == session)).scalar()
    if listed is not None and listed > len(record):
        # The list is then the only trace of entries that are gone: it must not be made to agree.
        raise DamagedRecord(f"entries after {len(record)} are lost")
    connection.execute(delete(READING).where(READING.c.session == session))
    connection.execute(delete(SESSION).where(SESSION.c.id == session))
    write_projection(connection, projected(()), projected(record))
