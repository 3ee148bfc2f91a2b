"""A session's record: append one entry, or check a whole chain. Nothing is ever changed or removed."""

from collections.abc import Sequence
from dataclasses import replace

from monitor.bodies import Body
from monitor.clock import Instant
from monitor.entries import FIRST_PREVIOUS, Author, Entry, decode_body, encode_body, entry_hash
from monitor.errors import DamagedRecord

Record = tuple[Entry, ...]


def head(record: Sequence[Entry]) -> str:
    """Hash of the newest entry: what a report prints so that a cut tail can be seen."""
    return record[-1].hash if record else FIRST_PREVIOUS


def appended(  # noqa: PLR0913 - one argument a column that only the caller knows
    record: Record,
    body: Body,
    *,
    session: str,
    station: str,
    author: Author,
    at: Instant,
    taken_at_ms: int | None = None,
    supersedes: int | None = None,
) -> Record:
    """Return `record` with one more entry, hashed onto the last.

    Args:
        record: the entries so far.
        body: what happened; kept exactly as it reads back from storage.
        session: UUID text of the session.
        station: this computer.
        author: who says so.
        at: when it is written down.
        taken_at_ms: clinical time when it differs from `at`.
        supersedes: sequence of the entry corrected.
    """
    entry = Entry(
        session=session,
        sequence=len(record) + 1,
        taken_at_ms=at.utc_ms if taken_at_ms is None else taken_at_ms,
        recorded_at_ms=at.utc_ms,
        offset_minutes=at.offset_minutes,
        author=author,
        station=station,
        body=decode_body(body.KIND, encode_body(body)),
        supersedes=supersedes,
        previous=head(record),
        hash="",
    )
    return (*record, replace(entry, hash=entry_hash(entry)))


def check_chain(record: Sequence[Entry]) -> None:
    """Check that entries follow each other without a gap and that each hash holds.

    Raises:
        DamagedRecord: naming the first entry that does not fit.
    """
    previous = FIRST_PREVIOUS
    for place, entry in enumerate(record, start=1):
        if entry.sequence != place or entry.session != record[0].session:
            raise DamagedRecord(f"entry {place} is missing or out of order")
        if entry.previous != previous:
            raise DamagedRecord(f"entry {place} does not follow the one before it")
        if entry_hash(entry) != entry.hash:
            raise DamagedRecord(f"entry {place} does not match its hash")
        previous = entry.hash
