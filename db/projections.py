"""The record folded into rows for people who use SQL: one `SessionRow`, and a `ReadingRow` a set.

Pure. A set that was amended keeps its own row, as it was, and the amendment has a row of its own with the
values now in force: `status = 'charted'` selects the chart as it stands.
"""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from db.rows import ReadingRow, ReadingSource, ReadingStatus, SessionRow, search_key
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
from monitor.vitals import Quality


@dataclass(frozen=True, slots=True, kw_only=True)
class Projection:
    """A record folded, and what the next entries are folded onto.

    Attributes:
        session: its row, None before the first entry.
        readings: by sequence; a row that an entry leaves as it is stays the same object.
        said: by the sequence of a set, that entry and all that was said of it, in order.
        pump: starts and stops of the infusion.
        undone: sequences taken back.
    """

    session: SessionRow | None = None
    readings: Mapping[int, ReadingRow] = field(default_factory=dict)
    said: Mapping[int, tuple[Entry, ...]] = field(default_factory=dict)
    pump: tuple[Entry, ...] = ()
    undone: frozenset[int] = frozenset()


def projected(record: Sequence[Entry]) -> Projection:
    """Fold a whole record; raises as `extended` does."""
    return extended(Projection(), record)


def extended(before: Projection, fresh: Sequence[Entry]) -> Projection:
    """Fold `fresh`, the entries that follow, onto `before`: the same rows in whatever steps they come.

    Raises:
        DamagedRecord: the first entry of the record seats nobody.
    """
    session, readings, said = before.session, dict(before.readings), dict(before.said)
    pump, undone = list(before.pump), set(before.undone)
    for entry in fresh:
        session = _seated_row(entry) if session is None else replace(session, state=_state(session, entry))
        about = _set_spoken_of(entry)
        if isinstance(entry.body, InfusionStarted | InfusionStopped):
            pump.append(entry)
        elif about is not None:
            said[about] = (*said.get(about, ()), entry)
        elif isinstance(entry.body, Amended):
            undone.add(entry.body.target)
            about = _set_that_holds(entry.body.target, said)
        if about is not None:
            readings |= {row.sequence: row for row in _rows(said[about], undone)}
    if session is not None and fresh:
        started_at_ms = min(_moments(pump, InfusionStarted, undone), default=None)
        session = replace(
            session,
            started_at_ms=started_at_ms,
            ended_at_ms=max(_moments(pump, InfusionStopped, undone), default=None),
            peak_systolic_mmhg=_peak(started_at_ms, readings),
            entries=fresh[-1].sequence,
            head=fresh[-1].hash,
        )
    return Projection(
        session=session, readings=readings, said=said, pump=tuple(pump), undone=frozenset(undone)
    )


def _seated_row(entry: Entry) -> SessionRow:
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


def _state(session: SessionRow, entry: Entry) -> Phase:
    if session.state is Phase.SIGNED or isinstance(entry.body, Signed):
        return Phase.SIGNED  # nothing after a signature opens a session again
    if session.state is Phase.CANCELLED or isinstance(entry.body, Cancelled):
        return Phase.CANCELLED
    return entry.body.phase if isinstance(entry.body, PhaseBegun) else session.state


def _set_spoken_of(entry: Entry) -> int | None:
    """The sequence of the set that `entry` is, or corrects or decides on; None also for what undoes."""
    body = entry.body
    if isinstance(body, SetCharted | Captured | MovedIn):
        return entry.sequence
    if isinstance(body, Accepted | Rejected):
        return body.captured
    if isinstance(body, MovedOut) or (isinstance(body, Amended) and body.vitals is not None):
        return body.target
    return None


def _set_that_holds(target: int, said: Mapping[int, Sequence[Entry]]) -> int | None:
    return next((about for about, entries in said.items() if target in {e.sequence for e in entries}), None)


def _rows(said: Sequence[Entry], undone: AbstractSet[int]) -> Iterator[ReadingRow]:
    """The row of a set and of each amendment of it; the last one not undone stands as the set would."""
    amendments = [entry for entry in said if isinstance(entry.body, Amended)]
    standing = [entry.sequence for entry in amendments if entry.sequence not in undone]
    for entry in said:
        if isinstance(entry.body, SetCharted | Captured | MovedIn):
            status = _status(entry, said, undone)
            first = _first_row(entry, entry.body, ReadingStatus.AMENDED if standing else status)
            break
    else:
        return  # what was spoken of is no set
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


def _first_row(entry: Entry, body: SetCharted | Captured | MovedIn, status: ReadingStatus) -> ReadingRow:
    by_hand = ReadingSource.MOVED if isinstance(body, MovedIn) else ReadingSource.TYPED
    return ReadingRow(
        session=entry.session,
        sequence=entry.sequence,
        status=status,
        source=ReadingSource.MONITOR if isinstance(body, Captured) else by_hand,
        quality=body.quality if isinstance(body, Captured) else Quality.GOOD,
        taken_at_ms=entry.taken_at_ms,
        vitals=body.vitals,
    )


def _status(entry: Entry, said: Sequence[Entry], undone: AbstractSet[int]) -> ReadingStatus:
    """How a set stands, its amendments aside."""
    if entry.sequence in undone or any(isinstance(each.body, MovedOut) for each in said):
        return ReadingStatus.WITHDRAWN
    status = ReadingStatus.CAPTURED if isinstance(entry.body, Captured) else ReadingStatus.CHARTED
    for each in said:
        if isinstance(each.body, Accepted | Rejected) and each.sequence not in undone:
            is_accepted = isinstance(each.body, Accepted)
            status = ReadingStatus.CHARTED if is_accepted else ReadingStatus.REJECTED
    return status


def _moments(pump: Sequence[Entry], kind: type, undone: AbstractSet[int]) -> list[int]:
    return [e.taken_at_ms for e in pump if isinstance(e.body, kind) and e.sequence not in undone]


def _peak(started_at_ms: int | None, readings: Mapping[int, ReadingRow]) -> int | None:
    if started_at_ms is None:
        return None
    charted = (
        row.vitals.systolic_mmhg
        for row in readings.values()
        if row.status is ReadingStatus.CHARTED and row.taken_at_ms >= started_at_ms
    )
    return max((value for value in charted if value is not None), default=None)
