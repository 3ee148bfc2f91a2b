"""Past sessions for the screens: one reading thread, so that no screen waits for the disk."""

import logging
import queue
import threading
from collections.abc import Callable
from datetime import UTC, datetime

from db.listing import list_sessions
from db.opening import Database
from db.rows import SessionRow
from monitor.clock import MS_PER_S
from monitor.errors import VigilError
from monitor.ports import FoundSession, RecordLoaded, SessionsFound

_LOG = logging.getLogger(__name__)

LISTED = 100  # a screen's worth and more; a longer history is found by searching

_Job = Callable[[], None]


class ArchiveThread:
    """An `Archive` over one database. Sinks are called from its thread and must not block."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="vigil-archive", daemon=True)

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def close(self) -> None:
        """Answer what is queued and end the thread."""
        self._jobs.put(None)
        if self._thread.ident is not None:
            self._thread.join()

    def find(self, text: str, sink: Callable[[SessionsFound], None]) -> None:
        """Look for sessions by name or clinic number; an empty text lists the newest."""
        self._jobs.put(lambda: sink(self._found(text)))

    def load(self, session: str, sink: Callable[[RecordLoaded], None]) -> None:
        """Read one whole record."""
        self._jobs.put(lambda: sink(self._loaded(session)))

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                job()
            except Exception:  # noqa: BLE001 - a thread's top: the next question must still be answered
                _LOG.exception("a question to the archive was not answered")

    def _found(self, text: str) -> SessionsFound:
        try:
            rows = list_sessions(self._database.reading, limit=LISTED, search=text)
        except VigilError as fault:
            return SessionsFound(text=text, failure=str(fault))
        return SessionsFound(text=text, sessions=tuple(_found_session(row) for row in rows))

    def _loaded(self, session: str) -> RecordLoaded:
        store = self._database.store
        try:
            record = store.load(session)
        except VigilError as fault:
            return RecordLoaded(session=session, failure=str(fault))
        try:
            trend = tuple(sample for block in store.trend(session) for sample in block.samples)
        except VigilError as fault:
            return RecordLoaded(session=session, record=record, trend_failure=str(fault))
        return RecordLoaded(session=session, record=record, trend=trend)


def _found_session(row: SessionRow) -> FoundSession:
    return FoundSession(
        session=row.id,
        chair=row.chair,
        patient_name=row.patient_name,
        birth_date=row.birth_date,
        clinic_number=row.clinic_number,
        seated_at_ms=row.seated_at_ms,
        offset_minutes=_local_offset_minutes(row.seated_at_ms),
        phase=row.state.value,
        is_simulated=row.is_simulated,
    )


def _local_offset_minutes(utc_ms: int) -> int:
    """This machine's offset at that moment, for a date in a list; the record itself holds its own."""
    offset = datetime.fromtimestamp(utc_ms / MS_PER_S, UTC).astimezone().utcoffset()
    return 0 if offset is None else round(offset.total_seconds() / 60)
