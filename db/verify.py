"""Check every session of a database against itself, its projections and the heads on printed reports."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TextIO

from sqlalchemy import Engine, select

from db.faults import StorageFault, spoken_faults
from db.mapping import Row, entries_of
from db.opening import missing_triggers, open_to_read, quick_check
from db.projections import Projection, projected
from db.rows import reading_columns, session_columns
from db.schema import ENTRY, READING, SESSION, TREND
from db.store import stored_rows
from db.trends import blocks_of, trend_rows
from monitor.bodies import PhaseBegun, Signed
from monitor.errors import DamagedRecord, VigilError
from monitor.record import Record, check_chain
from monitor.terms import Phase
from monitor.trend import TrendBlock


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What was found of one session, or with `session` None, of the file.

    Attributes:
        session: its id.
        entries: how many are stored and readable.
        head: hash of the newest; None when nothing is readable.
        ok: nothing is wrong.
        why: what is wrong, None when nothing is.
    """

    session: str | None
    entries: int
    head: str | None
    ok: bool
    why: str | None


def run_verify(path: Path, heads: Mapping[str, str], out: TextIO) -> int:
    """Print one JSON line a session, and one for the file if something is wrong with it.

    Args:
        path: the database; it is only read, one session in one short transaction.
        heads: head hash by session, as printed on reports.
        out: where lines go.

    Returns:
        0 when everything is as it was written, else 1.
    """
    is_sound = True
    for finding in _opened_findings(path, heads):
        is_sound = is_sound and finding.ok
        out.write(json.dumps(asdict(finding), ensure_ascii=False) + "\n")
    return 0 if is_sound else 1


def _opened_findings(path: Path, heads: Mapping[str, str]) -> Iterator[Finding]:
    try:
        engine = open_to_read(path)
    except VigilError as fault:
        yield _of_file(str(fault))
        return
    try:
        yield from findings(engine, path, heads)
    finally:
        engine.dispose()


def findings(engine: Engine, path: Path, heads: Mapping[str, str]) -> Iterator[Finding]:
    """Check the file behind `engine`, then each session, then that every session of `heads` was there."""
    seen = set()
    try:
        yield from _file_findings(engine, path)
        for session in _sessions(engine):
            seen.add(session)
            yield check_session(engine, session, heads.get(session))
    except VigilError as fault:
        yield _of_file(str(fault))
    for session in sorted(set(heads) - seen):
        yield Finding(session=session, entries=0, head=None, ok=False, why="there is no such session")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stored:
    """All rows of one session, as they stand in the file."""

    entries: Sequence[Row]
    sessions: Sequence[Row]
    readings: Sequence[Row]
    trend: Sequence[Row]


def check_session(engine: Engine, session: str, printed_head: str | None) -> Finding:
    """Check one session; `printed_head` is the hash on its report, None when none was given."""
    record: Record = ()
    try:
        stored = _stored(engine, session)
        record = entries_of(stored.entries)
        why = _fault_of(record, stored)
    except (DamagedRecord, StorageFault) as fault:
        why = str(fault)
    head = record[-1].hash if record else None
    if why is None and printed_head is not None and printed_head != head:
        why = "the newest entry is not the one on the report"
    return Finding(session=session, entries=len(record), head=head, ok=why is None, why=why)


def _stored(engine: Engine, session: str) -> _Stored:
    """Only the reading is in the transaction: while one is open, no step can be committed."""
    listed = select(SESSION).where(SESSION.c.id == session)
    readings = select(READING).where(READING.c.session == session).order_by(READING.c.sequence)
    with spoken_faults(), engine.begin() as connection:
        return _Stored(
            entries=stored_rows(connection, session),
            sessions=[dict(row) for row in connection.execute(listed).mappings()],
            readings=[dict(row) for row in connection.execute(readings).mappings()],
            trend=trend_rows(connection, session),
        )


def _fault_of(record: Record, stored: _Stored) -> str | None:
    check_chain(record)
    if not record:
        return "every entry of it is missing"
    blocks = blocks_of(record[0].session, stored.trend)
    return (
        _signature_fault(record, stored)
        or _trend_fault(record, blocks)
        or _projection_fault(projected(record), stored)
    )


def _trend_fault(record: Record, blocks: Sequence[TrendBlock]) -> str | None:
    """Whether the signatures pin the chain of continuous values at its end."""
    last = blocks[-1].hash if blocks else None
    for entry in record:
        if isinstance(entry.body, Signed) and entry.body.trend_head != last:
            return f"the signature in entry {entry.sequence} is of other continuous values"
    return None


def _signature_fault(record: Record, stored: _Stored) -> str | None:
    signatures = [entry for entry in record if isinstance(entry.body, Signed)]
    says_signed = any(row["state"] == Phase.SIGNED.value for row in stored.sessions) or any(
        isinstance(entry.body, PhaseBegun) and entry.body.phase is Phase.SIGNED for entry in record
    )
    if says_signed and not signatures:
        return "it was signed, and the signature is missing"
    for entry in signatures:
        if isinstance(entry.body, Signed) and entry.body.head != entry.previous:
            return f"the signature in entry {entry.sequence} is of another record"
    return None


def _projection_fault(projection: Projection, stored: _Stored) -> str | None:
    sessions = [] if projection.session is None else [session_columns(projection.session)]
    readings = [reading_columns(row) for _, row in sorted(projection.readings.items())]
    if (stored.sessions, stored.readings) == (sessions, readings):
        return None
    return "the session list or its readings disagree with the entries"


def _file_findings(engine: Engine, path: Path) -> Iterator[Finding]:
    with spoken_faults(), engine.begin() as connection:
        faults = quick_check(connection, path)
        missing = missing_triggers(connection)
    if faults:
        yield _of_file(f"the file is damaged: {faults[0]}")
    if missing:
        yield _of_file(f"what keeps entries from being changed is missing: {', '.join(missing)}")


def _sessions(engine: Engine) -> Iterator[str]:
    """Every session that has an entry, a trend block or a row in the list, by key, one transaction each."""
    last = ""
    while True:
        with spoken_faults(), engine.begin() as connection:
            candidates = [
                connection.execute(select(column).where(column > last).order_by(column).limit(1)).scalar()
                for column in (ENTRY.c.session, SESSION.c.id, TREND.c.session)
            ]
        following = [session for session in candidates if session is not None]
        if not following:
            return
        if any(type(session) is not str for session in following):
            raise DamagedRecord("an entry names its session by something that is no text")
        last = min(following)
        yield last


def _of_file(why: str) -> Finding:
    return Finding(session=None, entries=0, head=None, ok=False, why=why)
