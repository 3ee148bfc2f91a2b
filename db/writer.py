"""The one thread that writes. Callers queue and go on; what became of each step comes back to a sink.

A step is never dropped: it waits, and is tried again, until it is saved or handed back by `close`.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

from db.backlog import Backlog
from db.faults import StorageFault
from db.store import Store
from monitor.clock import Clock
from monitor.errors import EnvironmentFault
from monitor.ports import (
    BesideFailed,
    BesideSaved,
    Draft,
    RecorderEvent,
    Step,
    StepFailed,
    StepSaved,
    WriterDied,
)
from monitor.settings import Settings

_LOG = logging.getLogger(__name__)

# Keys typed together are saved together; well within the second that a crash may cost.
DRAFT_DELAY_S = 0.4
BESIDE_RETRY_S = 2.0

Sink = Callable[[RecorderEvent], None]
Wait = Callable[[threading.Event, float | None], None]


def real_wait(wake: threading.Event, timeout_s: float | None) -> None:
    """Sleep until woken, or for `timeout_s`; None means until woken."""
    wake.wait(timeout_s)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsaved:
    """What `close` could not save."""

    steps: tuple[Step, ...]
    drafts: tuple[Draft, ...]
    settings: Settings | None

    @property
    def sentences(self) -> tuple[str, ...]:
        """What is lost and what to do about it, a sentence each; none when all is saved."""
        said = []
        if self.steps:
            said.append(f"{len(self.steps)} steps are not saved: chart them on paper.")
        if self.settings is not None:
            said.append("The settings are not saved: make the changes again at the next start.")
        typed = sorted({draft.chair for draft in self.drafts if draft.text})
        if typed:
            chairs = ", ".join(map(str, typed))
            said.append(f"What stood typed and not entered in chair {chairs} is not saved: note it on paper.")
        return tuple(said)


class Writer:
    """A `Recorder` over one store. `sink` is called from the writing thread and must not block."""

    def __init__(self, *, store: Store, sink: Sink, clock: Clock, wait: Wait = real_wait) -> None:
        self._store = store
        self._sink = sink
        self._clock = clock
        self._wait = wait
        self._guard = threading.Lock()  # over everything below
        self._backlog = Backlog()
        self._drafts: dict[tuple[int, str], Draft] = {}
        self._settings: Settings | None = None
        self._beside_due_s: float | None = None
        self._beside_fails = False
        self._is_closing = False
        self._wake = threading.Event()
        self._thread = threading.Thread(target=self._run, name="vigil-writer", daemon=False)

    def start(self) -> None:
        """Begin writing; what was queued before is written first."""
        self._thread.start()

    @property
    def waiting(self) -> int:
        """How many steps are not saved."""
        with self._guard:
            return len(self._backlog.waiting)

    def submit(self, step: Step) -> None:
        """Queue a step; steps of one session are committed strictly in order."""
        with self._guard:
            self._backlog.add(step)
        self._wake.set()

    def retry(self) -> None:
        """Try failed steps, settings and drafts again now."""
        with self._guard:
            now_s = self._clock.monotonic_s()
            self._backlog.retry_now(now_s)
            if self._beside_due_s is not None:
                self._beside_due_s = now_s
        self._wake.set()

    def save_draft(self, draft: Draft) -> None:
        """Queue a draft; the newest of its chair and place counts, and an empty text removes it."""
        with self._guard:
            self._drafts[draft.chair, draft.place] = draft
            if self._beside_due_s is None:
                self._beside_due_s = self._clock.monotonic_s() + DRAFT_DELAY_S
        self._wake.set()

    def save_settings(self, settings: Settings) -> None:
        """Queue the clinic's settings; the newest count."""
        with self._guard:
            self._settings = settings
            self._beside_due_s = self._clock.monotonic_s()
        self._wake.set()

    def close(self) -> Unsaved:
        """Try everything once more, end the thread, and say what could not be saved."""
        with self._guard:
            self._is_closing = True
            self._backlog.retry_now(self._clock.monotonic_s())
        self._wake.set()
        if self._thread.ident is not None:
            self._thread.join()
        with self._guard:
            return Unsaved(
                steps=self._backlog.waiting, drafts=tuple(self._drafts.values()), settings=self._settings
            )

    def _run(self) -> None:
        try:
            while True:
                self._wake.clear()
                is_last = self._is_closing
                self._write_what_is_due()
                if is_last:
                    return
                self._wait(self._wake, self._due_s())
        except BaseException as defect:  # noqa: BLE001 - a thread's top: reported, never silent
            _LOG.exception("the writing thread ended")
            self._sink(WriterDied(reason=f"Vigil's writer stopped ({type(defect).__name__}): use paper."))

    def _write_what_is_due(self) -> None:
        while (step := self._next_step()) is not None:
            self._write(step)
        self._write_beside()

    def _next_step(self) -> Step | None:
        with self._guard:
            return self._backlog.next_step(self._clock.monotonic_s())

    def _write(self, step: Step) -> None:
        try:
            self._store.append(step)
        except EnvironmentFault as fault:
            is_of_file = isinstance(fault, StorageFault) and fault.is_of_file
            with self._guard:
                self._backlog.failed(step, self._clock.monotonic_s(), is_of_file=is_of_file)
                waiting = len(self._backlog.waiting)
            _LOG.warning("step %d is not saved: %s", step.number, type(fault).__name__)
            self._sink(StepFailed(step=step, reason=str(fault), waiting=waiting))
        else:
            with self._guard:
                self._backlog.saved(step)
            self._sink(StepSaved(step=step))

    def _write_beside(self) -> None:
        """Keep drafts and settings once they are due. They hold up no step, whatever becomes of them."""
        with self._guard:
            now_s = self._clock.monotonic_s()
            is_due = self._beside_due_s is not None and (self._is_closing or self._beside_due_s <= now_s)
            if not is_due:
                return
            drafts, settings = self._drafts, self._settings
            self._drafts, self._settings, self._beside_due_s = {}, None, None
        try:
            self._store.keep_beside(drafts.values(), settings)
        except EnvironmentFault as fault:
            _LOG.warning("drafts or settings are not saved: %s", fault)
            with self._guard:
                self._drafts = drafts | self._drafts
                self._settings = self._settings or settings
                self._beside_due_s = self._clock.monotonic_s() + BESIDE_RETRY_S
                has_settings = self._settings is not None
            self._beside_fails = True
            self._sink(BesideFailed(reason=str(fault), has_settings=has_settings))
        else:
            if self._beside_fails:
                self._beside_fails = False
                self._sink(BesideSaved())

    def _due_s(self) -> float | None:
        with self._guard:
            now_s = self._clock.monotonic_s()
            dues = [self._backlog.due_s(now_s)]
            if self._beside_due_s is not None:
                dues.append(max(self._beside_due_s - now_s, 0.0))
            return min((due for due in dues if due is not None), default=None)
