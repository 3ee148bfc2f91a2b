"""What a technician sees of one link: its state, counters and last raw lines."""

from dataclasses import dataclass
from enum import Enum

from monitor.clock import Instant
from monitor.feed import LinkState, Source

LINES_KEPT = 40


class Direction(Enum):
    """Which way bytes went."""

    SENT = "sent"
    RECEIVED = "received"


@dataclass(frozen=True, slots=True, kw_only=True)
class WireLine:
    """Bytes that went over the wire in one go; `note` says why they were rejected, and is empty otherwise."""

    at: Instant
    direction: Direction
    raw: bytes
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkCounters:
    """Since the link began.

    Attributes:
        frames: good frames.
        rejected: runs of bytes that gave no message.
        resyncs: times a good frame followed rejected bytes.
        unanswered: questions without an answer in time.
        drops: times the wire was lost.
        slowest_reply_ms: the longest wait for an answer.
    """

    frames: int = 0
    rejected: int = 0
    resyncs: int = 0
    unanswered: int = 0
    drops: int = 0
    slowest_reply_ms: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkReport:
    """One link at one moment; frozen, so that it may cross threads."""

    source: Source
    state: LinkState
    reason: str
    since: Instant
    counters: LinkCounters
    last_lines: tuple[WireLine, ...]
