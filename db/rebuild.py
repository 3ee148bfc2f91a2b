"""Write the projections anew from the entries, which alone are the record."""

from sqlalchemy import Connection, Engine, delete, select

from db.faults import spoken_faults
from db.projections import projected
from db.schema import ENTRY, READING, SESSION
from db.store import read_entries, write_projection
from monitor.errors import DamagedRecord
from monitor.record import check_chain


def rebuild_projections(writing: Engine) -> int:
    """Rebuild every session's rows, each session in one transaction, and return how many there were.

    Raises:
        DamagedRecord: a record is not as it was written; its rows stay as they were.
        StorageFault: the database could not be read or written.
    """
    with spoken_faults(), writing.begin() as connection:
        sessions = connection.execute(select(ENTRY.c.session).distinct()).scalars().all()
    for session in sessions:
        with spoken_faults(), writing.begin() as connection:
            _rebuild(connection, session)
    return len(sessions)


def _rebuild(connection: Connection, session: str) -> None:
    record = read_entries(connection, session)
    check_chain(record)
    listed = connection.execute(select(SESSION.c.entries).where(SESSION.c.id == session)).scalar()
    if listed is not None and listed > len(record):
        # The list is then the only trace of entries that are gone: it must not be made to agree.
        raise DamagedRecord(f"session {session} has lost entries after {len(record)}")
    connection.execute(delete(READING).where(READING.c.session == session))
    connection.execute(delete(SESSION).where(SESSION.c.id == session))
    write_projection(connection, projected(()), projected(record))
