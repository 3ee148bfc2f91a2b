"""The record folded into rows for people who use SQL: one `SessionRow`, and a `ReadingRow` a set.

Pure. A set that was amended keeps its own row, as it was, and the amendment has a row of its own with the
values now in force: `status = 'charted'` selects the chart as it stands.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from monitor import codec
from monitor.bodies import (
    Accepted,
    Amended,
    Cancelled,
    Captured,
    InfusionStarted,
    InfusionStopped,
    MovedIn,
    MovedOut,
    PhaseBegun,
    Rejected,
    Seated,
    SetCharted,
    Signed,
)
from monitor.entries import Entry
from monitor.errors import DamagedRecord
from monitor.terms import Phase
from monitor.vitals import Quality, Vitals


class ReadingStatus(Enum):
    """How a reading stands. AMENDED: replaced by a later row. WITHDRAWN: undone, or another patient's."""

    CHARTED = "charted"
    CAPTURED = "captured"
    REJECTED = "rejected"
    AMENDED = "amended"
    WITHDRAWN = "withdrawn"


class ReadingSource(Enum):
    """Where a reading came from. MOVED: first charted under another patient."""

    TYPED = "typed"
    MONITOR = "monitor"
    MOVED = "moved"


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRow:
    """One session as a list shows it.

    Attributes:
        id: the session's UUID.
        chair: place in the clinic.
        patient_name: as seated.
        birth_date: YYYY-MM-DD.
        clinic_number: None when there is none.
        search_text: name and number, case folded.
        seated_at_ms: UTC milliseconds.
        started_at_ms: first start of the infusion not undone since.
        ended_at_ms: last stop not undone since.
        state: the newest phase.
        is_simulated: nothing in it is of a real patient.
        peak_systolic_mmhg: highest charted systolic from the start on; None before.
        entries: how many there are.
        head: hash of the newest.
    """

    id: str
    chair: int
    patient_name: str
    birth_date: str
    clinic_number: str | None
    search_text: str
    seated_at_ms: int
    started_at_ms: int | None = None
    ended_at_ms: int | None = None
    state: Phase = Phase.SEATED
    is_simulated: bool
    peak_systolic_mmhg: int | None = None
    entries: int
    head: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingRow:
    """One set: the sequence of its entry, how it stands, and its values; units as in `Vitals`."""

    session: str
    sequence: int
    status: ReadingStatus
    source: ReadingSource
    quality: Quality
    taken_at_ms: int
    vitals: Vitals


@dataclass(frozen=True, slots=True, kw_only=True)
class Projection:
    """A record folded; `session` is None when it has no entry, `readings` are by sequence."""

    session: SessionRow | None
    readings: Mapping[int, ReadingRow]


def projected(record: Sequence[Entry]) -> Projection:
    """Fold a whole record.

    Raises:
        DamagedRecord: its first entry seats nobody.
    """
    if not record:
        return Projection(session=None, readings={})
    undone = {
        entry.body.target for entry in record if isinstance(entry.body, Amended) and entry.body.vitals is None
    }
    readings = {row.sequence: row for row in _readings(record, undone)}
    return Projection(session=_session(record, undone, readings), readings=readings)


def session_columns(row: SessionRow) -> dict[str, Any]:
    """The row of the table `session`."""
    plain: dict[str, Any] = codec.to_plain(row)
    return plain | {"is_simulated": int(row.is_simulated)}


def session_row(columns: Mapping[Any, Any]) -> SessionRow:
    """Read back what `session_columns` wrote; raises DamagedRecord for anything else."""
    row: SessionRow = codec.from_plain(
        SessionRow, dict(columns) | {"is_simulated": columns["is_simulated"] != 0}
    )
    return row


def reading_columns(row: ReadingRow) -> dict[str, Any]:
    """The row of the table `reading`."""
    plain: dict[str, Any] = codec.to_plain(row)
    vitals = plain.pop("vitals")
    return {**plain, **vitals}


def _session(record: Sequence[Entry], undone: set[int], readings: Mapping[int, ReadingRow]) -> SessionRow:
    seated, standing = record[0].body, [entry for entry in record if entry.sequence not in undone]
    if not isinstance(seated, Seated):
        raise DamagedRecord("the record does not begin with a seating")
    patient = seated.patient
    starts = [entry.taken_at_ms for entry in standing if isinstance(entry.body, InfusionStarted)]
    stops = [entry.taken_at_ms for entry in standing if isinstance(entry.body, InfusionStopped)]
    started_at_ms = min(starts, default=None)
    return SessionRow(
        id=record[0].session,
        chair=seated.chair,
        patient_name=patient.name,
        birth_date=patient.birth_date,
        clinic_number=patient.clinic_number,
        search_text=search_key(f"{patient.name} {patient.clinic_number or ''}"),
        seated_at_ms=record[0].taken_at_ms,
        started_at_ms=started_at_ms,
        ended_at_ms=max(stops, default=None),
        state=_state(record),
        is_simulated=seated.is_simulated,
        peak_systolic_mmhg=_peak(started_at_ms, readings),
        entries=len(record),
        head=record[-1].hash,
    )


def search_key(text: str) -> str:
    """Text as it is searched: case folded, single spaces."""
    return " ".join(text.casefold().split())


def _state(record: Sequence[Entry]) -> Phase:
    if any(isinstance(entry.body, Signed) for entry in record):
        return Phase.SIGNED  # nothing after a signature opens a session again
    if any(isinstance(entry.body, Cancelled) for entry in record):
        return Phase.CANCELLED
    phases = [entry.body.phase for entry in record if isinstance(entry.body, PhaseBegun)]
    return phases[-1] if phases else Phase.SEATED


def _readings(record: Sequence[Entry], undone: set[int]) -> Iterator[ReadingRow]:
    amendments: dict[int, list[Entry]] = {}
    decided: dict[int, ReadingStatus] = {}
    gone = set(undone)
    for entry in record:
        body = entry.body
        if isinstance(body, Amended) and body.vitals is not None:
            amendments.setdefault(body.target, []).append(entry)
        elif isinstance(body, MovedOut):
            gone.add(body.target)
        elif isinstance(body, Accepted | Rejected) and entry.sequence not in undone:
            is_accepted = isinstance(body, Accepted)
            decided[body.captured] = ReadingStatus.CHARTED if is_accepted else ReadingStatus.REJECTED
    for entry in record:
        if isinstance(entry.body, SetCharted | Captured | MovedIn):
            status = decided.get(entry.sequence, _first_status(entry.body))
            if entry.sequence in gone:
                status = ReadingStatus.WITHDRAWN
            yield from _rows(entry, entry.body, amendments.get(entry.sequence, ()), status, undone)


def _first_status(body: SetCharted | Captured | MovedIn) -> ReadingStatus:
    return ReadingStatus.CAPTURED if isinstance(body, Captured) else ReadingStatus.CHARTED


def _rows(
    entry: Entry,
    body: SetCharted | Captured | MovedIn,
    amendments: Sequence[Entry],
    status: ReadingStatus,
    undone: set[int],
) -> Iterator[ReadingRow]:
    """The row of a set and of each amendment of it; the last one not undone stands as the set would."""
    by_hand = ReadingSource.MOVED if isinstance(body, MovedIn) else ReadingSource.TYPED
    standing = [amendment.sequence for amendment in amendments if amendment.sequence not in undone]
    first = ReadingRow(
        session=entry.session,
        sequence=entry.sequence,
        status=ReadingStatus.AMENDED if standing else status,
        source=ReadingSource.MONITOR if isinstance(body, Captured) else by_hand,
        quality=body.quality if isinstance(body, Captured) else Quality.GOOD,
        taken_at_ms=entry.taken_at_ms,
        vitals=body.vitals,
    )
    yield first
    for amendment in amendments:
        stands = ReadingStatus.AMENDED
        if amendment.sequence in undone:
            stands = ReadingStatus.WITHDRAWN
        elif amendment.sequence == standing[-1]:
            stands = status
        if isinstance(amendment.body, Amended) and amendment.body.vitals is not None:
            yield replace(
                first,
                sequence=amendment.sequence,
                status=stands,
                source=ReadingSource.TYPED,
                quality=Quality.GOOD,
                vitals=amendment.body.vitals,
            )


def _peak(started_at_ms: int | None, readings: Mapping[int, ReadingRow]) -> int | None:
    if started_at_ms is None:
        return None
    charted = (
        row.vitals.systolic_mmhg
        for row in readings.values()
        if row.status is ReadingStatus.CHARTED and row.taken_at_ms >= started_at_ms
    )
    return max((value for value in charted if value is not None), default=None)
