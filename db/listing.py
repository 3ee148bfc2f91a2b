"""Pages of the session list, newest first, by key: the 500th page costs what the first does."""

from dataclasses import dataclass

from sqlalchemy import Engine, select, tuple_

from db.faults import spoken_faults
from db.rows import SessionRow, search_key, session_row
from db.schema import SESSION


@dataclass(frozen=True, slots=True, kw_only=True)
class PageKey:
    """Where a page ended: pass it to get the next one."""

    seated_at_ms: int
    id: str

    @classmethod
    def below(cls, row: SessionRow) -> "PageKey":
        """The key of everything older than `row`."""
        return cls(seated_at_ms=row.seated_at_ms, id=row.id)


def list_sessions(
    reading: Engine, *, limit: int, below: PageKey | None = None, search: str = ""
) -> tuple[SessionRow, ...]:
    """One page of the session list.

    Args:
        reading: the database.
        limit: at most so many rows.
        below: where the page before ended.
        search: part of a patient's name or clinic number, in any case.

    Raises:
        StorageFault: the database cannot be read.
        DamagedRecord: a row is not as Vigil writes it.
    """
    query = select(SESSION).order_by(SESSION.c.seated_at_ms.desc(), SESSION.c.id.desc()).limit(limit)
    if below is not None:
        query = query.where(tuple_(SESSION.c.seated_at_ms, SESSION.c.id) < (below.seated_at_ms, below.id))
    if search.strip():
        query = query.where(SESSION.c.search_text.contains(search_key(search), autoescape=True))
    with spoken_faults(), reading.begin() as connection:
        rows = connection.execute(query).mappings().all()
    return tuple(session_row(row) for row in rows)
