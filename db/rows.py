"""The rows of the projections, one `SessionRow` a session and one `ReadingRow` a set, and their columns."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from monitor import codec
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


def search_key(text: str) -> str:
    """Text as it is searched: case folded, single spaces."""
    return " ".join(text.casefold().split())
