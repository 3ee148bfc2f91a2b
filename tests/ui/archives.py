"""Past sessions kept in memory, answering from another thread as the real archive does."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from monitor.ports import FoundSession, RecordLoaded, SessionsFound
from tests.made_session import instant

if TYPE_CHECKING:
    from collections.abc import Callable

    from monitor.record import Record
    from monitor.trend import TrendSample


class FakeArchive:
    """Knows the given records; anything else it cannot read."""

    def __init__(self, *records: Record) -> None:
        self._records = {record[0].session: record for record in records}
        self.asked: list[str] = []
        self.trend: tuple[TrendSample, ...] = ()

    def find(self, text: str, sink: Callable[[SessionsFound], None]) -> None:
        self.asked.append(text)
        known = ("OKAFOR, Ruth", "KOVAČ, Ana")
        found = tuple(
            FoundSession(
                session=name,
                chair=1,
                patient_name=name,
                birth_date="1979-03-12",
                clinic_number=None,
                seated_at_ms=instant(-20).utc_ms,
                offset_minutes=0,
                phase="signed",
                is_simulated=False,
            )
            for name in known
            if text.casefold() in name.casefold()
        )
        _answer(sink, SessionsFound(text=text, sessions=found))

    def load(self, session: str, sink: Callable[[RecordLoaded], None]) -> None:
        record = self._records.get(session)
        if record is None:
            _answer(sink, RecordLoaded(session=session, failure="Entry 3 does not match its hash."))
        else:
            _answer(sink, RecordLoaded(session=session, record=record, trend=self.trend))


def _answer(sink: Callable[..., None], answer: object) -> None:
    thread = threading.Thread(target=sink, args=(answer,))
    thread.start()
    thread.join()
