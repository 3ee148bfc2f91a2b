"""The life of a monitor's link for the technician: counters, state history, last lines. Never charted."""

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from monitor.clock import Instant
from monitor.feed import LinkState, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class RawLine:
    """One line as it crossed the wire; `note` says in words what it was taken for."""

    at: Instant
    is_sent: bool
    raw: bytes
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StateSpan:
    """The link was in `state` from then on, because of `reason`."""

    since: Instant
    state: LinkState
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkReport:
    """A snapshot that may cross threads.

    Attributes:
        source: the monitor.
        line_settings: such as "9600 8N1".
        quiet_time_s: silence longer than this counts as silent; None when it speaks only after measuring.
        history: states, oldest first.
        frames: replies read.
        rejected: replies refused.
        resyncs: times that bytes were skipped to find the next reply.
        unanswered: questions without an answer in time.
        links_lost: times that the wire went away.
        slowest_reply_ms: of all replies, None before the first.
        lines: the last raw lines, oldest first.
    """

    source: Source
    line_settings: str
    quiet_time_s: float | None
    history: tuple[StateSpan, ...]
    frames: int
    rejected: int
    resyncs: int
    unanswered: int
    links_lost: int
    slowest_reply_ms: int | None
    lines: tuple[RawLine, ...]


class SearchOutcome(Enum):
    """How the search of one port stands. CLOSED: it could not be opened. STOPPED: by the technician."""

    SEARCHING = "searching"
    FOUND = "found"
    NOTHING = "nothing"
    CLOSED = "closed"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class PortSearched:
    """What was found on one port, or how far the search is.

    Attributes:
        port: as it would stand in the settings.
        outcome: how the search stands.
        share: of the search done, 0 to 1.
        protocol: the profile's name, "" unless found; with the next three.
        title: as a nurse would call it.
        line_settings: such as "9600 8N1".
        frames: good frames that prove it.
        reason: a sentence when nothing was found.
    """

    port: str
    outcome: SearchOutcome
    share: float
    protocol: str = ""
    title: str = ""
    line_settings: str = ""
    frames: int = 0
    reason: str = ""


class Monitors(Protocol):
    """The links as the screens may ask about them."""

    def report(self, chair: int) -> LinkReport | None:
        """A snapshot of the link of `chair`, None when it has no monitor."""
        ...

    def profiles(self) -> tuple[str, ...]:
        """Names of the protocols that can be chosen."""
        ...

    def port_problem(self, port: str) -> str | None:
        """A sentence when `port` cannot be a monitor's address, None when it can."""
        ...
