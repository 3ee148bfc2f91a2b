"""An entry: one immutable line of a session's record, chained to the one before it.

`hash` is the SHA-256 of the canonical JSON of every other column, so any later change of an entry, or of the
order, shows. A chain cannot show a cut tail: the head is printed on every report for that.
"""

import hashlib
import unicodedata
from dataclasses import dataclass
from enum import Enum
from typing import Any

from monitor import bodies, codec
from monitor.bodies import Body
from monitor.clock import Instant
from monitor.errors import DamagedRecord

FIRST_PREVIOUS = "0" * 64

_KINDS: dict[str, type[Body]] = {kind.KIND: kind for kind in bodies.Body.__args__}


class Role(Enum):
    """Who can write an entry. Only operators chart, answer, amend and sign."""

    OPERATOR = "operator"
    DEVICE = "device"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """A named operator, a device's profile, or Vigil itself."""

    role: Role
    name: str

    def __post_init__(self) -> None:
        """Compose the name (NFC), as everything in a record is, so that equal names are equal."""
        object.__setattr__(self, "name", unicodedata.normalize("NFC", self.name))

    @property
    def text(self) -> str:
        """As stored: role, colon, name."""
        return f"{self.role.value}:{self.name}"

    @classmethod
    def from_text(cls, text: str) -> "Author":
        """Read what `text` wrote; raises DamagedRecord for anything else."""
        role, colon, name = text.partition(":")
        if not colon or not name or role not in {known.value for known in Role}:
            raise DamagedRecord(f"{text!r} names no author")
        return cls(role=Role(role), name=name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the record.

    Attributes:
        session: client-made UUID text.
        sequence: 1, 2, 3, … within the session; the only order.
        taken_at_ms: clinical time, UTC milliseconds.
        recorded_at_ms: when it was written down, UTC milliseconds.
        offset_minutes: local offset when it was written down.
        author: who.
        station: the computer that wrote it.
        body: what.
        supersedes: sequence of the entry this one corrects, if any.
        previous: hash of the entry before, 64 zeros for the first.
        hash: of all the others.
    """

    session: str
    sequence: int
    taken_at_ms: int
    recorded_at_ms: int
    offset_minutes: int
    author: Author
    station: str
    body: Body
    supersedes: int | None
    previous: str
    hash: str

    @property
    def kind(self) -> str:
        """The body's kind, as stored."""
        return self.body.KIND

    @property
    def recorded_at(self) -> Instant:
        """When it was written down, with the local offset."""
        return Instant(utc_ms=self.recorded_at_ms, offset_minutes=self.offset_minutes)

    def to_plain(self) -> dict[str, Any]:
        """Every column as JSON data, the hash included."""
        return _columns(self) | {"hash": self.hash}

    @classmethod
    def from_plain(cls, data: dict[str, Any]) -> "Entry":
        """Rebuild an entry and check its hash.

        Raises:
            DamagedRecord: a column is missing, unreadable, or the hash does not match.
        """
        try:
            entry = cls(
                session=data["session"],
                sequence=data["sequence"],
                taken_at_ms=codec.utc_ms(data["taken_at"]),
                recorded_at_ms=codec.utc_ms(data["recorded_at"]),
                offset_minutes=data["offset_minutes"],
                author=Author.from_text(data["author"]),
                station=data["station"],
                body=decode_body(data["kind"], data["payload"]),
                supersedes=data["supersedes"],
                previous=data["previous"],
                hash=data["hash"],
            )
        except (KeyError, TypeError, AttributeError) as fault:
            raise DamagedRecord(f"an entry cannot be read: {fault!r}") from fault
        if entry_hash(entry) != entry.hash:
            raise DamagedRecord(f"entry {entry.sequence} of session {entry.session} does not match its hash")
        return entry


def encode_body(body: Body) -> dict[str, Any]:
    """The body as JSON data."""
    plain: dict[str, Any] = codec.to_plain(body)
    return plain


def decode_body(kind: str, payload: dict[str, Any]) -> Body:
    """The body of that kind; raises DamagedRecord for an unknown kind or a payload that does not fit."""
    if kind not in _KINDS:
        raise DamagedRecord(f"unknown kind of entry {kind!r}")
    body: Body = codec.from_plain(_KINDS[kind], payload)
    return body


def _columns(entry: Entry) -> dict[str, Any]:
    return {
        "session": entry.session,
        "sequence": entry.sequence,
        "kind": entry.kind,
        "taken_at": codec.utc_text(entry.taken_at_ms),
        "recorded_at": codec.utc_text(entry.recorded_at_ms),
        "offset_minutes": entry.offset_minutes,
        "author": entry.author.text,
        "station": entry.station,
        "payload": encode_body(entry.body),
        "supersedes": entry.supersedes,
        "previous": entry.previous,
    }


def entry_hash(entry: Entry) -> str:
    """SHA-256, lower-case hex, of the canonical JSON of every column but the hash itself."""
    return hashlib.sha256(codec.canonical_json(_columns(entry)).encode("utf-8")).hexdigest()
