"""The life of a monitor's link for the technician: counters, state history, last lines. Never charted."""

from dataclasses import dataclass
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
