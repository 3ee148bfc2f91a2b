"""The record folded into rows for people who use SQL: one `SessionRow`, and a `ReadingRow` a set.

Pure. A set that was amended keeps its own row, as it was, and the amendment has a row of its own with the
values now in force: `status = 'charted'` selects the chart as it stands.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
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
from monitor.entries import FIRST_PREVIOUS, Entry
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
    """A record folded so far.

    Attributes:
        session: None before the first entry.
        readings: by sequence.
        in_force: for each reading that was amended, the sequence of the row that replaced it.
        starts: clinical time of each start of the infusion, by sequence.
        stops: the same of each stop.
    """

    session: SessionRow | None = None
    readings: Mapping[int, ReadingRow] = field(default_factory=dict)
    in_force: Mapping[int, int] = field(default_factory=dict)
    starts: Mapping[int, int] = field(default_factory=dict)
    stops: Mapping[int, int] = field(default_factory=dict)

    @property
    def entries(self) -> int:
        """How many entries it holds."""
        return 0 if self.session is None else self.session.entries

    @property
    def head(self) -> str:
        """Hash of the newest entry; 64 zeros before the first."""
        return FIRST_PREVIOUS if self.session is None else self.session.head


def projected(entries: Iterable[Entry]) -> Projection:
    """Fold a whole record; raises DamagedRecord when it does not begin with a seating."""
    projection = Projection()
    for entry in entries:
        projection = after(projection, entry)
    return projection


def after(projection: Projection, entry: Entry) -> Projection:
    """Fold one more entry.

    Raises:
        DamagedRecord: the first entry seats nobody, or a later one names a reading that is not there.
    """
    if projection.session is None:
        return Projection(session=_seated(entry))
    folded = _times_after(_readings_after(projection, entry), entry)
    session = replace(
        projection.session,
        state=_state_after(projection.session.state, entry),
        started_at_ms=min(folded.starts.values(), default=None),
        ended_at_ms=max(folded.stops.values(), default=None),
        entries=entry.sequence,
        head=entry.hash,
    )
    return replace(folded, session=replace(session, peak_systolic_mmhg=_peak(session, folded.readings)))


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


def _seated(entry: Entry) -> SessionRow:
    seated = entry.body
    if not isinstance(seated, Seated):
        raise DamagedRecord("the record does not begin with a seating")
    patient = seated.patient
    return SessionRow(
        id=entry.session,
        chair=seated.chair,
        patient_name=patient.name,
        birth_date=patient.birth_date,
        clinic_number=patient.clinic_number,
        search_text=search_key(f"{patient.name} {patient.clinic_number or ''}"),
        seated_at_ms=entry.taken_at_ms,
        is_simulated=seated.is_simulated,
        entries=entry.sequence,
        head=entry.hash,
    )


def search_key(text: str) -> str:
    """Text as it is searched: case folded, single spaces."""
    return " ".join(text.casefold().split())


def _state_after(state: Phase, entry: Entry) -> Phase:
    if isinstance(entry.body, Signed):
        return Phase.SIGNED
    if isinstance(entry.body, Cancelled):
        return Phase.CANCELLED
    if isinstance(entry.body, PhaseBegun):
        return entry.body.phase
    return state


def _times_after(projection: Projection, entry: Entry) -> Projection:
    body = entry.body
    if isinstance(body, InfusionStarted):
        return replace(projection, starts={**projection.starts, entry.sequence: entry.taken_at_ms})
    if isinstance(body, InfusionStopped):
        return replace(projection, stops={**projection.stops, entry.sequence: entry.taken_at_ms})
    if isinstance(body, Amended) and body.vitals is None:
        return replace(
            projection,
            starts={key: at for key, at in projection.starts.items() if key != body.target},
            stops={key: at for key, at in projection.stops.items() if key != body.target},
        )
    return projection


def _readings_after(projection: Projection, entry: Entry) -> Projection:
    body = entry.body
    if isinstance(body, SetCharted | MovedIn | Captured):
        return _with(projection, _new_reading(entry, body))
    if isinstance(body, Accepted):
        return _restated(projection, body.captured, ReadingStatus.CHARTED)
    if isinstance(body, Rejected):
        return _restated(projection, body.captured, ReadingStatus.REJECTED)
    if isinstance(body, MovedOut):
        return _restated(projection, body.target, ReadingStatus.WITHDRAWN)
    if isinstance(body, Amended):
        return _amended(projection, entry, body)
    return projection


def _new_reading(entry: Entry, body: SetCharted | MovedIn | Captured) -> ReadingRow:
    is_captured = isinstance(body, Captured)
    typed = ReadingSource.MOVED if isinstance(body, MovedIn) else ReadingSource.TYPED
    return ReadingRow(
        session=entry.session,
        sequence=entry.sequence,
        status=ReadingStatus.CAPTURED if is_captured else ReadingStatus.CHARTED,
        source=ReadingSource.MONITOR if is_captured else typed,
        quality=body.quality if isinstance(body, Captured) else Quality.GOOD,
        taken_at_ms=entry.taken_at_ms,
        vitals=body.vitals,
    )


def _amended(projection: Projection, entry: Entry, body: Amended) -> Projection:
    if body.target not in projection.readings:
        return projection  # a start, an effect or a note was amended: it has no row here
    old = projection.readings[_row_in_force(projection, body.target)]
    if body.vitals is None:
        return _restated(projection, body.target, ReadingStatus.WITHDRAWN)
    new = replace(old, sequence=entry.sequence, vitals=body.vitals.over(old.vitals))
    replaced = _with(projection, replace(old, status=ReadingStatus.AMENDED))
    return replace(_with(replaced, new), in_force={**projection.in_force, old.sequence: new.sequence})


def _row_in_force(projection: Projection, sequence: int) -> int:
    while sequence in projection.in_force:
        sequence = projection.in_force[sequence]
    return sequence


def _restated(projection: Projection, sequence: int, status: ReadingStatus) -> Projection:
    if sequence not in projection.readings:
        raise DamagedRecord(f"the record names entry {sequence} as a reading, and it is none")
    row = projection.readings[_row_in_force(projection, sequence)]
    return _with(projection, replace(row, status=status))


def _with(projection: Projection, row: ReadingRow) -> Projection:
    return replace(projection, readings={**projection.readings, row.sequence: row})


def _peak(session: SessionRow, readings: Mapping[int, ReadingRow]) -> int | None:
    if session.started_at_ms is None:
        return None
    charted = (
        row.vitals.systolic_mmhg
        for row in readings.values()
        if row.status is ReadingStatus.CHARTED and row.taken_at_ms >= session.started_at_ms
    )
    return max((value for value in charted if value is not None), default=None)
