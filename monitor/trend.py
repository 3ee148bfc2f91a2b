"""A monitor's continuous values as they came, in short blocks chained to one another. Never charted.

A block covers at most `BLOCK_MS`, so a power cut loses no more than that. Each session has one chain of its
own beside its record, and a signature pins that chain's head.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from monitor import codec
from monitor.errors import DamagedRecord
from monitor.vitals import Quality, Quantity

BLOCK_MS = 10_000
FIRST_PREVIOUS = "0" * 64


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendSample:
    """One continuous value, or from when on there was none.

    Attributes:
        at_ms: arrival, UTC milliseconds.
        quantity: a rate, SpO2 or respiratory rate.
        value: None where the monitor withdrew it or its link went.
        quality: as the monitor gave it.
        port: the clinic's name of the wire.
    """

    at_ms: int
    quantity: Quantity
    value: int | None
    quality: Quality
    port: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendBlock:
    """Samples of one session in order of arrival; `number` counts from 1, `hash` covers all the others."""

    session: str
    number: int
    samples: tuple[TrendSample, ...]
    previous: str
    hash: str

    @property
    def from_ms(self) -> int:
        """When its first sample came."""
        return self.samples[0].at_ms

    @property
    def until_ms(self) -> int:
        """When its last sample came."""
        return self.samples[-1].at_ms

    def to_plain(self) -> dict[str, Any]:
        """Every column as JSON data, the hash included."""
        return _columns(self) | {"hash": self.hash}

    @classmethod
    def from_plain(cls, data: dict[str, Any]) -> "TrendBlock":
        """Rebuild a block and check its hash.

        Raises:
            DamagedRecord: a column is missing, unreadable, or the hash does not match.
        """
        try:
            block = cls(
                session=data["session"],
                number=data["number"],
                samples=tuple(_sample(line) for line in data["samples"]),
                previous=data["previous"],
                hash=data["hash"],
            )
        except (KeyError, TypeError, ValueError) as fault:
            raise DamagedRecord(f"a trend block cannot be read: {fault!r}") from fault
        if not block.samples or block_hash(block) != block.hash:
            raise DamagedRecord(
                f"trend block {block.number} of session {block.session} does not match its hash"
            )
        return block


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendHead:
    """Where a session's chain of blocks ends; number 0 before the first block."""

    number: int = 0
    hash: str = FIRST_PREVIOUS


def sealed(session: str, after: TrendHead, samples: Sequence[TrendSample]) -> TrendBlock:
    """Make the block that follows `after`; `samples` holds at least one."""
    block = TrendBlock(
        session=session, number=after.number + 1, samples=tuple(samples), previous=after.hash, hash=""
    )
    return replace(block, hash=block_hash(block))


def head_of(blocks: Sequence[TrendBlock]) -> TrendHead:
    """Where `blocks` end."""
    return TrendHead(number=blocks[-1].number, hash=blocks[-1].hash) if blocks else TrendHead()


def check_trend(session: str, blocks: Sequence[TrendBlock]) -> None:
    """Check that blocks follow each other without a gap and that each hash holds.

    Raises:
        DamagedRecord: naming the first block that does not fit.
    """
    previous = FIRST_PREVIOUS
    for place, block in enumerate(blocks, start=1):
        if (block.number, block.session) != (place, session):
            raise DamagedRecord(f"trend block {place} is missing or out of order")
        if block.previous != previous:
            raise DamagedRecord(f"trend block {place} does not follow the one before it")
        if block_hash(block) != block.hash:
            raise DamagedRecord(f"trend block {place} does not match its hash")
        previous = block.hash


def block_hash(block: TrendBlock) -> str:
    """SHA-256, lower-case hex, of the canonical JSON of every column but the hash itself."""
    return hashlib.sha256(codec.canonical_json(_columns(block)).encode("utf-8")).hexdigest()


def _columns(block: TrendBlock) -> dict[str, Any]:
    return {
        "session": block.session,
        "number": block.number,
        "samples": [
            [each.at_ms, each.quantity.value, each.value, each.quality.value, each.port]
            for each in block.samples
        ],
        "previous": block.previous,
    }


def _sample(line: Sequence[Any]) -> TrendSample:
    at_ms, quantity, value, quality, port = line
    return TrendSample(
        at_ms=at_ms, quantity=Quantity(quantity), value=value, quality=Quality(quality), port=port
    )
