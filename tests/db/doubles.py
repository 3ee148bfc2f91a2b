"""A clock that moves when told, a wait that moves it, a sink that remembers, a driver that fails on order."""

from __future__ import annotations

import sqlite3
import threading
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from db.connect import PRAGMAS
from monitor.clock import Instant
from monitor.ports import StepFailed, StepSaved

if TYPE_CHECKING:
    from monitor.ports import RecorderEvent

ENOUGH_S = 10.0  # how long a test waits for a thread before it says that it hangs
HOPELESS = 500  # failed tries after which no test expects another to succeed

# As shipped, but without the syncs: for what writes thousands of times and does not pull the plug.
UNSYNCED = tuple(
    replace(pragma, value="OFF", reads_back=0) if pragma.name == "synchronous" else pragma
    for pragma in PRAGMAS
)


class FakeClock:
    def __init__(self) -> None:
        self.passed_s = 1000.0

    def now(self) -> Instant:
        return Instant(utc_ms=round(self.passed_s * 1000), offset_minutes=0)

    def monotonic_s(self) -> float:
        return self.passed_s

    def boottime_s(self) -> float | None:
        return None

    def skip(self, wake: threading.Event, timeout_s: float | None) -> None:
        """Wait as the writer does, but let the time pass at once."""
        if timeout_s is None:
            wake.wait()
        else:
            self.passed_s += timeout_s


@dataclass
class FakeSink:
    """Remembers events, and lets a test wait for so many saved or failed ones."""

    events: list[RecorderEvent] = field(default_factory=list)
    changed: threading.Condition = field(default_factory=threading.Condition)

    def __call__(self, event: RecorderEvent) -> None:
        with self.changed:
            self.events.append(event)
            self.changed.notify_all()

    @property
    def saved(self) -> list[int]:
        return [event.step.number for event in self.events if isinstance(event, StepSaved)]

    @property
    def failed(self) -> list[StepFailed]:
        return [event for event in self.events if isinstance(event, StepFailed)]

    def await_saved(self, count: int) -> None:
        with self.changed:
            self.changed.wait_for(lambda: len(self.saved) >= count or len(self.failed) >= HOPELESS, ENOUGH_S)
            assert len(self.saved) >= count, self.events[-3:]

    def await_failed(self, count: int) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: len(self.failed) >= count, ENOUGH_S), self.events


@dataclass
class Fuse:
    """Fails the `blows_at`-th database call: before it is made, or after, as when only the answer is lost."""

    blows_at: int
    is_after: bool
    calls: int = 0

    def begin(self) -> None:
        self.calls += 1
        if self.calls == self.blows_at and not self.is_after:
            raise io_error()

    def end(self) -> None:
        if self.calls == self.blows_at and self.is_after:
            raise io_error()

    @property
    def has_blown(self) -> bool:
        return self.calls >= self.blows_at

    def driver(self, uri: str) -> sqlite3.Connection:
        connection = FusedConnection(uri, uri=True, isolation_level=None, check_same_thread=False)
        connection.fuse = self
        return connection


def io_error() -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR
    error.sqlite_errorname = "SQLITE_IOERR"
    return error


class FusedConnection(sqlite3.Connection):
    fuse: Fuse

    def cursor(self, *_: Any, **__: Any) -> Any:
        cursor = super().cursor(FusedCursor)
        cursor.fuse = self.fuse
        return cursor

    def execute(self, *arguments: Any) -> sqlite3.Cursor:
        self.fuse.begin()
        result = super().execute(*arguments)
        self.fuse.end()
        return result

    def commit(self) -> None:
        self.fuse.begin()
        super().commit()
        self.fuse.end()

    def rollback(self) -> None:
        self.fuse.begin()
        super().rollback()
        self.fuse.end()


class FusedCursor(sqlite3.Cursor):
    fuse: Fuse

    def execute(self, *arguments: Any) -> FusedCursor:
        self.fuse.begin()
        super().execute(*arguments)
        self.fuse.end()
        return self

    def executemany(self, *arguments: Any) -> FusedCursor:
        self.fuse.begin()
        super().executemany(*arguments)
        self.fuse.end()
        return self

    def fetchall(self) -> list[Any]:
        self.fuse.begin()
        rows = super().fetchall()
        self.fuse.end()
        return rows
