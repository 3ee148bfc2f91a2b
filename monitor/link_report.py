"""The life of a monitor's link for the technician: counters, state history, last lines. Never charted."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
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
        bad_sums: replies refused because of their sum alone; None where replies have none.
        rejected: other bytes that are no reply.
        resyncs: times that bytes were skipped to find the next reply.
        unanswered: questions without an answer in time.
        links_lost: times that the wire went away.
        hang_ups: times that the monitor ended its connection after a message, which is no loss; None for a
            kind that does not.
        slowest_reply_ms: of all replies, None before the first and for a monitor that is asked nothing.
        lines: the last raw lines, oldest first.
        title: the kind of monitor, as a nurse would call it.
        set_up_note: what must be set on the monitor and which cable.
        moved_to: the port where the monitor's adapter is now, "" while it has not come back elsewhere.
        recording: the file that its raw traffic goes to, "" while none is recorded.
    """

    source: Source
    line_settings: str
    quiet_time_s: float | None
    history: tuple[StateSpan, ...]
    frames: int
    bad_sums: int | None
    rejected: int
    resyncs: int
    unanswered: int
    links_lost: int
    hang_ups: int | None
    slowest_reply_ms: int | None
    lines: tuple[RawLine, ...]
    title: str = ""
    set_up_note: str = ""
    moved_to: str = ""
    recording: str = ""


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


class Finding(Protocol):
    """A search for monitors under way."""

    @property
    def reports(self) -> tuple[PortSearched, ...]:
        """How far each port is, in a fixed order."""
        ...

    def ask_to_stop(self) -> None:
        """Let it end soon, with what it has found. Does not wait."""
        ...


class Monitors(Protocol):
    """The links as the screens may ask about them. Nothing here waits for a wire."""

    def reports(self, chair: int) -> tuple[LinkReport, ...]:
        """A snapshot of each link of `chair`, in the order of the settings."""
        ...

    def kinds(self) -> Mapping[str, str]:
        """What can be chosen: a nurse's name for it by the name of its protocol."""
        ...

    def port_problem(self, port: str) -> str | None:
        """A sentence when `port` cannot be a monitor's address, None when it can."""
        ...

    def is_same_port(self, port: str, other: str) -> bool:
        """Whether two settings name one port, however they are spelled."""
        ...

    def find(self) -> Finding:
        """Begin to look for monitors on every serial port that no chair uses."""
        ...

    def record(self, chair: int, port: str, folder: Path) -> Path:
        """Record the raw traffic of a link from now on; returns the new file.

        Raises:
            UsersError: there is no such link.
            EnvironmentFault: the file cannot be made.
        """
        ...

    def stop_recording(self, chair: int, port: str) -> None:
        """End the recording; harmless without one."""
        ...

    def save_support(self, chair: int, port: str, folder: Path) -> Path:
        """Write the life of a link for whoever helps, nothing of a patient in it; returns the new file.

        Raises:
            UsersError: there is no such link.
            EnvironmentFault: the file cannot be made.
        """
        ...
