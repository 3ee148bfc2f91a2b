"""Folds a record's determinations: each with its amendments, its acceptance and whom it stands under."""

from collections.abc import Sequence
from dataclasses import replace

from monitor.bodies import Accepted, Amended, Captured, MovedIn, MovedOut, Rejected, SetCharted
from monitor.clock import MS_PER_S
from monitor.entries import Entry
from monitor.policy import Policy
from monitor.view import Reading, Standing
from monitor.vitals import Quality, Vitals

Brought = SetCharted | Captured | MovedIn


def folded_readings(
    record: Sequence[Entry], corrections: Sequence[int], policy: Policy
) -> tuple[Reading, ...]:
    """Every determination of the record in order of the time it was taken.

    Args:
        record: the entries.
        corrections: for each entry, what its UTC times need for the session clock.
        policy: says how near a typed copy of a captured determination lies.
    """
    about = _About(record)
    brought = [
        about.reading(entry, correction_ms)
        for entry, correction_ms in zip(record, corrections, strict=True)
        if isinstance(entry.body, Brought)
    ]
    ordered = sorted(brought, key=lambda reading: (reading.at_ms, reading.sequence))
    return tuple(_with_copy(reading, ordered, policy) for reading in ordered)


class _About:
    """What later entries say of earlier ones."""

    def __init__(self, record: Sequence[Entry]) -> None:
        self._amended: dict[int, list[Entry]] = {}
        self._moved: set[int] = set()
        self._decided: dict[int, Entry] = {}
        withdrawn = {
            entry.body.target
            for entry in record
            if isinstance(entry.body, Amended) and entry.body.vitals is None
        }
        for entry in record:
            body = entry.body
            if entry.sequence in withdrawn and not isinstance(body, Brought):
                continue
            if isinstance(body, Amended):
                self._amended.setdefault(body.target, []).append(entry)
            elif isinstance(body, MovedOut):
                self._moved.add(body.target)
            elif isinstance(body, Accepted | Rejected):
                self._decided[body.captured] = entry

    def reading(self, entry: Entry, correction_ms: int) -> Reading:
        """The reading that `entry` brought in, as it stands now."""
        body = entry.body
        captured = body if isinstance(body, Captured) else None
        at_ms = entry.taken_at_ms + correction_ms
        begun_ms = at_ms
        if captured is not None and captured.begun_at_ms is not None:
            begun_ms = min(at_ms, captured.begun_at_ms + correction_ms)
        decided = self._decided.get(entry.sequence)
        rejection = decided.body if decided is not None and isinstance(decided.body, Rejected) else None
        amendments = tuple(self._amended.get(entry.sequence, ()))
        original = _vitals(entry)
        return Reading(
            entry=entry,
            at_ms=at_ms,
            begun_ms=begun_ms,
            vitals=_amended(original, amendments),
            original=original,
            standing=self._standing(entry, amendments, decided),
            by=_by(entry, decided),
            is_monitor=captured is not None,
            quality=Quality.GOOD if captured is None else captured.quality,
            amendments=amendments,
            reject_reason=None if rejection is None else rejection.reason,
        )

    def _standing(self, entry: Entry, amendments: Sequence[Entry], decided: Entry | None) -> Standing:
        if entry.sequence in self._moved:
            return Standing.MOVED
        if any(isinstance(each.body, Amended) and each.body.vitals is None for each in amendments):
            return Standing.WITHDRAWN
        if not isinstance(entry.body, Captured):
            return Standing.CHARTED
        if decided is None:
            return Standing.CAPTURED
        return Standing.CHARTED if isinstance(decided.body, Accepted) else Standing.REJECTED


def _vitals(entry: Entry) -> Vitals:
    body = entry.body
    return body.vitals if isinstance(body, Brought) else Vitals()


def _amended(original: Vitals, amendments: Sequence[Entry]) -> Vitals:
    vitals = original
    for entry in amendments:
        if isinstance(entry.body, Amended) and entry.body.vitals is not None:
            vitals = entry.body.vitals
    return vitals


def _by(entry: Entry, decided: Entry | None) -> str:
    if not isinstance(entry.body, Captured):
        return entry.author.name
    return "" if decided is None or not isinstance(decided.body, Accepted) else decided.author.name


def _with_copy(reading: Reading, ordered: Sequence[Reading], policy: Policy) -> Reading:
    if reading.is_monitor or not reading.vitals.has_pressure:
        return reading
    pressures = (reading.vitals.systolic_mmhg, reading.vitals.diastolic_mmhg)
    for other in reversed(ordered):
        near = abs(other.at_ms - reading.at_ms) <= policy.monitor.typed_copy_within_s * MS_PER_S
        same = pressures == (other.vitals.systolic_mmhg, other.vitals.diastolic_mmhg)
        if other.is_monitor and near and same:
            return replace(reading, copy_of=other.key)
    return reading
