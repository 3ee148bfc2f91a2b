"""What comes into a session: something to write down, with its author and time, or the passing of time.

A command's body is the body of the entry it asks for, so a stored record is replayed by making its commands
again from its entries.
"""

from dataclasses import dataclass

from monitor.bodies import Body, FlagChanged, PhaseBegun
from monitor.clock import Instant
from monitor.entries import Author, Entry, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """Write `body` down, if it may stand.

    Attributes:
        body: what happened.
        author: who says so.
        at: now.
        taken_at_ms: clinical time, UTC milliseconds, when it is not now.
    """

    body: Body
    author: Author
    at: Instant
    taken_at_ms: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Advance:
    """Nothing happened but time: flags that wait for a repeat or an answer may change."""

    at: Instant


def is_derived(entry: Entry) -> bool:
    """Whether the session wrote this entry itself, following from another or from time alone."""
    if isinstance(entry.body, FlagChanged):
        return True
    return isinstance(entry.body, PhaseBegun) and entry.author.role is Role.SYSTEM


def command_of(entry: Entry) -> Command | Advance | None:
    """The command that made `entry`; None for one that followed from an entry before it."""
    body = entry.body
    if not isinstance(body, FlagChanged | PhaseBegun) or not is_derived(entry):
        taken_at_ms = None if entry.taken_at_ms == entry.recorded_at_ms else entry.taken_at_ms
        return Command(body=body, author=entry.author, at=entry.recorded_at, taken_at_ms=taken_at_ms)
    return Advance(at=entry.recorded_at) if body.cause is None else None
