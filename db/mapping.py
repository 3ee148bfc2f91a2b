"""An entry to its stored row and back. A row that Vigil would not have written so is damage."""

from collections.abc import Iterable, Mapping
from typing import Any
from unicodedata import normalize

from monitor import codec
from monitor.bodies import Body
from monitor.entries import Author, Entry, decode_body, encode_body
from monitor.errors import DamagedRecord

Row = Mapping[str, Any]

_INTEGERS = ("sequence", "taken_at_ms", "recorded_at_ms", "offset_minutes")
_TIMES = ("taken_at_ms", "recorded_at_ms")
_FIRST_MS, _LAST_MS = -62_135_596_800_000, 253_402_300_799_999  # years 1 to 9999, all that can be written
_TEXTS = ("session", "kind", "author", "station", "payload", "previous", "hash")


def row_of(entry: Entry) -> dict[str, Any]:
    """The row of the table `entry` for one entry."""
    return {
        "session": entry.session,
        "sequence": entry.sequence,
        "kind": entry.kind,
        "taken_at_ms": entry.taken_at_ms,
        "recorded_at_ms": entry.recorded_at_ms,
        "offset_minutes": entry.offset_minutes,
        "author": normalize("NFC", entry.author.text),
        "station": normalize("NFC", entry.station),
        "payload": codec.canonical_json(encode_body(entry.body)),
        "supersedes": entry.supersedes,
        "previous": entry.previous,
        "hash": entry.hash,
    }


def entry_of(row: Row) -> Entry:
    """Rebuild the entry of a stored row; whether its hash holds is for `check_chain` to say, once.

    Raises:
        DamagedRecord: a column is of another type, does not parse, or reads as an entry that would be
            written differently.
    """
    _expect_types(row)
    entry = Entry(
        session=row["session"],
        sequence=row["sequence"],
        taken_at_ms=row["taken_at_ms"],
        recorded_at_ms=row["recorded_at_ms"],
        offset_minutes=row["offset_minutes"],
        author=Author.from_text(row["author"]),
        station=row["station"],
        body=_body_of(row),
        supersedes=row["supersedes"],
        previous=row["previous"],
        hash=row["hash"],
    )
    if row_of(entry) != dict(row):
        raise DamagedRecord(f"entry {entry.sequence} is not stored as Vigil writes it")
    return entry


def _body_of(row: Row) -> Body:
    try:
        return decode_body(row["kind"], codec.parse_canonical(row["payload"]))
    except (TypeError, AttributeError) as fault:
        raise DamagedRecord(f"entry {row['sequence']} cannot be read: {fault!r}") from fault


def entries_of(rows: Iterable[Row]) -> tuple[Entry, ...]:
    """Rebuild many entries, in the order given; raises DamagedRecord as `entry_of` does."""
    return tuple(entry_of(row) for row in rows)


def _expect_types(row: Row) -> None:
    # Exact types: 5.0 and True compare equal to integers, but were not written by Vigil.
    are_integers = all(type(row[name]) is int for name in _INTEGERS)
    are_texts = all(type(row[name]) is str for name in _TEXTS)
    if not are_integers or not are_texts or type(row["supersedes"]) not in (int, type(None)):
        raise DamagedRecord("an entry has a column of another type")
    if not all(_FIRST_MS <= row[name] <= _LAST_MS for name in _TIMES):
        raise DamagedRecord(f"entry {row['sequence']} has an impossible time")
