"""What the core needs of storage, and the frozen values that cross to and from the writing thread."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from monitor.entries import Entry
from monitor.settings import Settings
from monitor.trend import TrendBlock, TrendSample


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Entries and trend blocks that are committed in one transaction or not at all.

    Usually of one session; a wrong-patient move holds entries of two. `number` rises by one a step.
    """

    number: int
    entries: tuple[Entry, ...]
    blocks: tuple[TrendBlock, ...] = ()

    @property
    def sessions(self) -> frozenset[str]:
        """The sessions it writes to."""
        return frozenset([entry.session for entry in self.entries] + [block.session for block in self.blocks])


@dataclass(frozen=True, slots=True, kw_only=True)
class StepSaved:
    """The commit of `step` returned: only now may a screen say "saved"."""

    step: Step


@dataclass(frozen=True, slots=True, kw_only=True)
class StepFailed:
    """`step` is not on the disk. `reason` is a sentence; the writer tries again by itself and on request."""

    step: Step
    reason: str
    waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WriterDied:
    """The writing thread ended on a defect of ours; nothing is saved from here on."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BesideFailed:
    """Settings or drafts are not on the disk; the writer tries again by itself and on request.

    `reason` is a sentence; `has_settings` tells whether settings are among them.
    """

    reason: str
    has_settings: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BesideSaved:
    """After a failure: settings and drafts are on the disk again."""


RecorderEvent = StepSaved | StepFailed | WriterDied | BesideFailed | BesideSaved


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What stands unsaved in a chair's field: restored after a crash, sealed to its session.

    `place` says which field ("entry", "seat"); `session` is "" before anyone is seated.
    """

    chair: int
    place: str
    session: str
    text: str
    typed_at_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSession:
    """A line of the list of past sessions."""

    session: str
    chair: int
    patient_name: str
    birth_date: str
    clinic_number: str | None
    seated_at_ms: int
    offset_minutes: int
    phase: str
    is_simulated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionsFound:
    """Sessions that match what was asked, newest first; `failure` a sentence when the disk could not say."""

    text: str
    sessions: tuple[FoundSession, ...] = ()
    failure: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordLoaded:
    """A whole record with its continuous values, checked; or why it cannot be shown.

    `trend_failure` says why continuous values that were kept cannot be shown; the record still can.
    """

    session: str
    record: tuple[Entry, ...] = ()
    failure: str | None = None
    trend: tuple[TrendSample, ...] = ()
    trend_failure: str | None = None


class Archive(Protocol):
    """Past sessions. Answers come to the sink from another thread; nothing here waits for the disk."""

    def find(self, text: str, sink: Callable[[SessionsFound], None]) -> None:
        """Look for sessions by name or clinic number; an empty text lists the newest."""
        ...

    def load(self, session: str, sink: Callable[[RecordLoaded], None]) -> None:
        """Read one whole record."""
        ...


class Recorder(Protocol):
    """Where steps go. None of these waits for the disk; results come back as `RecorderEvent`s to a sink."""

    def submit(self, step: Step) -> None:
        """Queue a step; steps of one session are committed strictly in order."""
        ...

    def retry(self) -> None:
        """Try failed steps again now."""
        ...

    def save_draft(self, draft: Draft) -> None:
        """Queue a draft; an empty text removes it."""
        ...

    def save_settings(self, settings: Settings) -> None:
        """Queue the clinic's settings."""
        ...
