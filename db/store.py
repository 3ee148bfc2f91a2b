"""The record on the disk: append a step in one transaction, load whole sessions, keep drafts and settings.

`append` and `keep_beside` belong to the writing thread. Reads may come from any thread; each is fetched
whole in a short transaction, because an open reader holds up a commit.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, delete, insert, select, update

from db.faults import spoken_faults
from db.kept_settings import as_kept_now
from db.mapping import Row, entries_of, row_of
from db.projections import Projection, extended, projected
from db.rows import reading_columns, session_columns
from db.schema import DRAFT, ENTRY, READING, SESSION, SETTING
from db.trends import append_blocks, blocks_of, trend_rows
from monitor import codec
from monitor.entries import Entry
from monitor.errors import DamagedRecord, UsersError
from monitor.ports import Draft, Step
from monitor.record import Record, check_chain
from monitor.settings import Settings
from monitor.terms import Phase
from monitor.trend import TrendBlock

_CLINIC = "clinic"
_CLOSED = frozenset({Phase.SIGNED, Phase.CANCELLED})

# Made once: SQLAlchemy takes longer to make a statement than SQLite to run it.
_ADD_ENTRIES, _ADD_SESSION, _ADD_READING = insert(ENTRY), insert(SESSION), insert(READING)
_CHANGE_SESSION = update(SESSION).where(SESSION.c.id == bindparam("key"))
_CHANGE_READING = update(READING).where(
    READING.c.session == bindparam("key"), READING.c.sequence == bindparam("place")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DamagedSession:
    """A session that cannot be shown, and why."""

    session: str
    chair: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSessions:
    """Sessions neither signed nor cancelled, in the order of their chairs; and those that cannot be shown."""

    records: tuple[Record, ...]
    trends: Mapping[str, tuple[TrendBlock, ...]]
    damaged: tuple[DamagedSession, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """A committed record and its projection."""

    record: Record
    projection: Projection

    @classmethod
    def of(cls, record: Record) -> "_Known":
        return cls(record=record, projection=projected(record))

    @property
    def is_over(self) -> bool:
        """Whether the session has left its chair."""
        return self.projection.session is not None and self.projection.session.state in _CLOSED


class Store:
    """One database, open for writing by this process."""

    def __init__(self, *, writing: Engine, reading: Engine) -> None:
        self._writing = writing
        self._reading = reading
        # What is known to be committed, so that a step need not read its whole session again. Only of those
        # that go on: a signed or cancelled one is read again should somebody amend it.
        self._known: dict[str, _Known] = {}

    def append(self, step: Step) -> None:
        """Commit every entry of `step`, with the projections, or nothing; again is harmless.

        Raises:
            StorageFault: nothing of the step counts as saved.
            DamagedRecord: other entries stand in their place: another process wrote to this record.
        """
        folded: dict[str, _Known] = {}
        with self._written() as connection:
            for session, entries in groupby(_in_order(step), key=lambda entry: entry.session):
                folded[session] = self._append_session(connection, session, tuple(entries))
            append_blocks(connection, step.blocks)
        for session, known in folded.items():
            if known.is_over:
                self._known.pop(session, None)
            else:
                self._known[session] = known

    @contextmanager
    def _written(self) -> Iterator[Connection]:
        try:
            with spoken_faults(), self._writing.begin() as connection:
                yield connection
        except BaseException:
            # The commit itself may be what failed: drop the handle, and believe only what is read back.
            self._known.clear()
            self._writing.dispose()
            raise

    def _append_session(self, connection: Connection, session: str, entries: tuple[Entry, ...]) -> "_Known":
        before = self._known.get(session) or _Known.of(read_entries(connection, session))
        count = len(before.record)
        for entry in entries:
            if entry.sequence <= count and before.record[entry.sequence - 1].hash != entry.hash:
                raise DamagedRecord(
                    f"Entry {entry.sequence} of session {session} already stands with another content."
                )
        fresh = tuple(entry for entry in entries if entry.sequence > count)
        if not fresh:
            return before
        now = _Known(record=before.record + fresh, projection=extended(before.projection, fresh))
        connection.execute(_ADD_ENTRIES, [row_of(entry) for entry in fresh])
        write_projection(connection, before.projection, now.projection)
        return now

    def load(self, session: str) -> Record:
        """Load one session whole, and check it.

        Raises:
            UsersError: there is no such session.
            DamagedRecord: it is not as it was written, or its end is missing.
            StorageFault: it cannot be read.
        """
        return load_record(self._reading, session)

    def trend(self, session: str) -> tuple[TrendBlock, ...]:
        """Load one session's blocks of continuous values, and check them.

        Raises:
            DamagedRecord: they are not as they were written.
            StorageFault: they cannot be read.
        """
        return load_trend(self._reading, session)

    def open_sessions(self) -> OpenSessions:
        """Load every session that is neither signed nor cancelled."""
        # By `state IN (...)` over the open phases: a list of values uses the index, NOT IN does not.
        states = [phase.value for phase in Phase if phase not in _CLOSED]
        query = select(SESSION.c.id, SESSION.c.chair).where(SESSION.c.state.in_(states))
        with spoken_faults(), self._reading.begin() as connection:
            found = connection.execute(query.order_by(SESSION.c.chair, SESSION.c.id)).all()
        records: list[Record] = []
        trends: dict[str, tuple[TrendBlock, ...]] = {}
        damaged: list[DamagedSession] = []
        for session, chair in found:
            try:
                record = self.load(session)
                trends[session] = self.trend(session)
                records.append(record)
            except DamagedRecord as fault:
                damaged.append(DamagedSession(session=session, chair=chair, why=str(fault)))
        return OpenSessions(records=tuple(records), trends=trends, damaged=tuple(damaged))

    def keep_beside(self, drafts: Iterable[Draft], settings: Settings | None) -> None:
        """Keep what stands beside the record, in one transaction.

        Args:
            drafts: each replaces the one of its chair and place; an empty text removes it.
            settings: replace the clinic's; None leaves them.

        Raises:
            StorageFault: nothing of it was kept.
        """
        with self._written() as connection:
            for draft in drafts:
                place = (DRAFT.c.chair == draft.chair) & (DRAFT.c.place == draft.place)
                connection.execute(delete(DRAFT).where(place))
                if draft.text:
                    connection.execute(insert(DRAFT), _draft_columns(draft))
            if settings is not None:
                value = codec.canonical_json(codec.to_plain(settings))
                connection.execute(delete(SETTING).where(SETTING.c.name == _CLINIC))
                connection.execute(insert(SETTING), {"name": _CLINIC, "value": value})

    def drafts(self) -> tuple[Draft, ...]:
        """Every draft, by chair and place; raises StorageFault."""
        query = select(DRAFT).order_by(DRAFT.c.chair, DRAFT.c.place)
        with spoken_faults(), self._reading.begin() as connection:
            rows = connection.execute(query).mappings().all()
        return tuple(Draft(**row) for row in rows)

    def settings(self) -> Settings | None:
        """The clinic's settings, None before they were first kept; raises StorageFault or DamagedRecord."""
        query = select(SETTING.c.value).where(SETTING.c.name == _CLINIC)
        with spoken_faults(), self._reading.begin() as connection:
            value = connection.execute(query).scalar_one_or_none()
        if value is None:
            return None
        kept = codec.parse_canonical(value)
        settings: Settings = codec.from_plain(Settings, as_kept_now(kept))
        return settings


def read_entries(connection: Connection, session: str) -> Record:
    """Every stored entry of a session, its chain checked; raises DamagedRecord."""
    record = entries_of(stored_rows(connection, session))
    check_chain(record)
    return record


def stored_rows(connection: Connection, session: str) -> list[Row]:
    """The rows of a session's entries, unchecked."""
    query = select(ENTRY).where(ENTRY.c.session == session).order_by(ENTRY.c.sequence)
    return [dict(row) for row in connection.execute(query).mappings()]


def load_record(reading: Engine, session: str) -> Record:
    """One session, its chain checked, and its end against the session list; raises as `Store.load` does."""
    query = select(SESSION.c.entries, SESSION.c.head).where(SESSION.c.id == session)
    with spoken_faults(), reading.begin() as connection:
        listed = connection.execute(query).one_or_none()
        rows = stored_rows(connection, session)
    record = entries_of(rows)  # after the transaction: an open one holds up a commit
    if not record and listed is None:
        raise UsersError(f"There is no session {session} in this database.")
    check_chain(record)
    if listed is None or not record or (listed.entries, listed.head) != (len(record), record[-1].hash):
        raise DamagedRecord("the session list knows another end of this record")
    return record


def load_trend(reading: Engine, session: str) -> tuple[TrendBlock, ...]:
    """One session's blocks of continuous values; raises as `Store.trend` does."""
    with spoken_faults(), reading.begin() as connection:
        rows = trend_rows(connection, session)
    return blocks_of(session, rows)


def write_projection(connection: Connection, before: Projection, now: Projection) -> None:
    """Write what changed between two folds of one session."""
    if now.session is None:
        raise DamagedRecord("a session without entries has no row")
    columns = session_columns(now.session)
    if before.session is None:
        connection.execute(_ADD_SESSION, columns)
    else:
        # Only what changed: a column named again would write its index again.
        changed = {
            name: value
            for name, value in columns.items()
            if getattr(now.session, name) != getattr(before.session, name)
        }
        connection.execute(_CHANGE_SESSION, changed | {"key": now.session.id})
    for sequence, row in now.readings.items():
        if sequence not in before.readings:
            connection.execute(_ADD_READING, reading_columns(row))
        elif before.readings[sequence] is not row:
            place = {"key": row.session, "place": sequence}
            connection.execute(_CHANGE_READING, reading_columns(row) | place)


def _draft_columns(draft: Draft) -> dict[str, Any]:
    # Half a character pasted into a field has no UTF-8: a draft is kept with a question mark there.
    columns: dict[str, Any] = codec.to_plain(draft)
    return columns | {"text": draft.text.encode("utf-8", "replace").decode("utf-8")}


def _in_order(step: Step) -> list[Entry]:
    return sorted(step.entries, key=lambda entry: (entry.session, entry.sequence))
