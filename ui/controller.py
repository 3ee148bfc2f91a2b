"""The only crossing of threads into Qt: owns the clinic, the second's tick, and turns both into signals.

Widgets read `clinic`, `settings` and `now()`, and say what was done with `act`, `seat` and the rest. Device
and writer threads call the sinks, which only queue a signal.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from monitor import bodies
from monitor.clinic import Clinic
from monitor.clock import Clock, ClockSample, Instant, clock_step
from monitor.command import Command
from monitor.entries import Author, Role
from monitor.feed import FeedEvent, Source
from monitor.outcome import Outcome, Refused, Why
from monitor.policy import Policy
from monitor.ports import Draft, Recorder, RecorderEvent
from monitor.record import Record
from monitor.session import Session
from monitor.settings import Settings
from monitor.view import SessionView
from ui.chart.build import TrendPoints
from ui.live_trend import TrendLines

TICK_MS = 1000
CLOCK_TOLERANCE_MS = 2000  # a larger difference between the clocks within a tick is a step, not drift


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """What the controller begins with; `notices` are sentences about the start to show until read."""

    settings: Settings
    policy: Policy
    drafts: tuple[Draft, ...] = ()
    is_demo: bool = False
    notices: tuple[str, ...] = ()


class ClinicController(QObject):
    """The clinic on the GUI thread. No method waits for disk or wire."""

    chair_changed = Signal(int)  # the session, flags, link or live values of that chair
    saving_changed = Signal()
    ticked = Signal()
    operator_changed = Signal()
    settings_changed = Signal()
    _fed = Signal(int, object)
    _unplugged = Signal(int, object)
    _stored = Signal(object)

    def __init__(
        self, clinic: Clinic, recorder: Recorder, clock: Clock, start: Start, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._clinic = clinic
        self._recorder = recorder
        self._clock = clock
        self._settings = start.settings
        self._policy = start.policy
        self._is_demo = start.is_demo
        self._notices = start.notices
        self._drafts = {(draft.chair, draft.place): draft for draft in start.drafts}
        self._repeat_ends_s: dict[str, float] = {}  # by session: a wait begun by hand outlives the page
        self._operator = ""
        self._sample = ClockSample.read(clock)
        self._trends = TrendLines()
        self._fed.connect(self._on_fed, Qt.ConnectionType.QueuedConnection)
        self._unplugged.connect(self._on_unplugged, Qt.ConnectionType.QueuedConnection)
        self._stored.connect(self._on_stored, Qt.ConnectionType.QueuedConnection)
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.tick)

    @property
    def clinic(self) -> Clinic:
        """The chairs; for reading. Change it only through this controller."""
        return self._clinic

    @property
    def settings(self) -> Settings:
        """The clinic as set up."""
        return self._settings

    @property
    def policy(self) -> Policy:
        """What the next session will run under."""
        return self._policy

    @property
    def is_demo(self) -> bool:
        """Whether everything here is a demonstration."""
        return self._is_demo

    @property
    def notices(self) -> tuple[str, ...]:
        """What must be said about the start: a damaged session, limits that could not be read."""
        return self._notices

    @property
    def operator(self) -> str:
        """Who charts now; "" until somebody is chosen."""
        return self._operator

    def now(self) -> Instant:
        """Wall-clock time."""
        return self._clock.now()

    def monotonic_s(self) -> float:
        """For ages on screen of values that no record holds."""
        return self._clock.monotonic_s()

    def start(self) -> None:
        """Take up the clock where the records ended, and begin to tick once a second."""
        self._sample = ClockSample.read(self._clock)
        self._clinic.take_up_clock(self._sample.at, tolerance_ms=CLOCK_TOLERANCE_MS)
        self._timer.start()

    def stop(self) -> None:
        """Stop ticking; queued events are still taken."""
        self._timer.stop()

    @Slot()
    def tick(self) -> None:
        """Let a second pass: steps of the clock first, then time for every session."""
        sample = ClockSample.read(self._clock)
        step = clock_step(self._sample, sample, tolerance_ms=CLOCK_TOLERANCE_MS)
        self._sample = sample
        if step is not None:
            self._clinic.step_clock(step, sample.at)
        for chair in self._clinic.advance(sample.at):
            self.chair_changed.emit(chair)
        if step is not None:
            self.saving_changed.emit()
        self.ticked.emit()

    def choose_operator(self, name: str) -> None:
        """From now on `name` charts, in every chair."""
        self._operator = name
        self.operator_changed.emit()

    def act(self, chair: int, body: bodies.Body, *, taken_at_ms: int | None = None) -> Outcome:
        """Record `body` in `chair` as the operator, changing that session's operator first if needed."""
        if not self._operator:
            return Refused(why=Why.ONLY_OPERATORS)
        author, at = self._author(), self.now()
        self._take_over(chair, at)
        outcome = self._clinic.act(chair, Command(body=body, author=author, at=at, taken_at_ms=taken_at_ms))
        self._announce(chair)
        return outcome

    def _take_over(self, chair: int, at: Instant) -> None:
        """Make the operator the one who charts in `chair`, where another did."""
        session = self._clinic.session(chair)
        if session is not None and session.view.operator != self._operator:
            changed = bodies.OperatorChanged(operator=self._operator)
            self._clinic.act(chair, Command(body=changed, author=self._author(), at=at))

    def seat(self, body: bodies.Seated) -> Outcome:
        """Seat a patient as the operator; a demonstration's sessions are simulated."""
        body = replace(body, is_simulated=body.is_simulated or self._is_demo)
        outcome = self._clinic.seat(body, author=self._author(), at=self.now())
        self._announce(body.chair)
        return outcome

    def move(self, chair: int, sequence: int, to_chair: int) -> Outcome:
        """Move a set charted on the wrong patient to another chair."""
        if not self._operator:
            return Refused(why=Why.ONLY_OPERATORS)
        at = self.now()
        for each in (chair, to_chair):
            self._take_over(each, at)
        outcome = self._clinic.move(chair, sequence, to_chair, author=self._author(), at=at)
        self._announce(chair)
        self._announce(to_chair)
        return outcome

    def move_finished(self, record: Record, sequence: int, to_chair: int) -> tuple[Record, Outcome]:
        """Move a set out of a session that has left its chair; returns its new record too."""
        if not self._operator:
            return record, Refused(why=Why.ONLY_OPERATORS)
        at = self.now()
        self._take_over(to_chair, at)
        record = self._taken_over(record, at)
        made, outcome = self._clinic.move_finished(record, sequence, to_chair, author=self._author(), at=at)
        self._announce(to_chair)
        return made, outcome

    def _taken_over(self, record: Record, at: Instant) -> Record:
        """The finished record with the operator as the one who writes in it."""
        if Session(record).view.operator == self._operator:
            return record
        changed = Command(body=bodies.OperatorChanged(operator=self._operator), author=self._author(), at=at)
        return self._clinic.amend_finished(record, changed)[0]

    def amend_finished(
        self, record: Record, body: bodies.Body, *, taken_at_ms: int | None = None
    ) -> tuple[Record, Outcome]:
        """Record `body` in a session that has left its chair, as the operator; returns its new record too."""
        if not self._operator:
            return record, Refused(why=Why.ONLY_OPERATORS)
        author, at = self._author(), self.now()
        record = self._taken_over(record, at)
        command = Command(body=body, author=author, at=at, taken_at_ms=taken_at_ms)
        made, outcome = self._clinic.amend_finished(record, command)
        self.saving_changed.emit()
        return made, outcome

    def session(self, chair: int) -> Session | None:
        """Who sits in `chair`."""
        return self._clinic.session(chair)

    def draft(self, chair: int, place: str) -> Draft | None:
        """What stood unsaved in that field."""
        return self._drafts.get((chair, place))

    def keep_draft(self, chair: int, place: str, text: str) -> None:
        """Keep what stands in that field through a crash; an empty text forgets it."""
        session = self._clinic.session(chair)
        old = self._drafts.get((chair, place))
        typed_at_ms = old.typed_at_ms if old is not None and old.text and text else self.now().utc_ms
        draft = Draft(
            chair=chair,
            place=place,
            session="" if session is None else session.view.session,
            text=text,
            typed_at_ms=typed_at_ms,
        )
        self._drafts[(chair, place)] = draft
        self._recorder.save_draft(draft)

    def begin_repeat(self, chair: int) -> None:
        """Begin to count down to a repeat in `chair`, asked for by hand."""
        session = self._clinic.session(chair)
        if session is not None:
            view = session.view
            self._repeat_ends_s[view.session] = self.monotonic_s() + view.policy.repeat.window_s

    def end_repeat(self, chair: int) -> None:
        """Stop counting: a set was charted."""
        session = self._clinic.session(chair)
        if session is not None:
            self._repeat_ends_s.pop(session.view.session, None)

    def repeat_left_s(self, chair: int) -> float | None:
        """What is left of the wait that was begun by hand; None without one and once it is over."""
        session = self._clinic.session(chair)
        ends_s = None if session is None else self._repeat_ends_s.get(session.view.session)
        left_s = 0.0 if ends_s is None else ends_s - self.monotonic_s()
        return left_s if left_s > 0 else None

    def change_settings(self, settings: Settings) -> None:
        """Take over and keep the clinic's settings."""
        self._settings = settings
        self._recorder.save_settings(settings)
        self.settings_changed.emit()

    def retry_saving(self) -> None:
        """Try again now what could not be saved."""
        self._recorder.retry()

    def trend(self, view: SessionView) -> TrendPoints:
        """What the monitors of a seated session gave continuously, also before a restart; not charted."""
        return self._trends.of(view, self._clinic.trend(view.chair))

    def feed_sink(self, chair: int) -> Callable[[FeedEvent], None]:
        """Where the device thread of `chair` puts its events; safe from any thread."""

        def sink(event: FeedEvent) -> None:
            self._fed.emit(chair, event)

        return sink

    def unplug_sink(self, chair: int, source: Source) -> None:
        """Take a monitor away from `chair`, after all that its sink was given; safe from any thread."""
        self._unplugged.emit(chair, source)

    def recorder_sink(self, event: RecorderEvent) -> None:
        """Where the writing thread puts its results; safe from any thread."""
        self._stored.emit(event)

    def _author(self) -> Author:
        return Author(role=Role.OPERATOR, name=self._operator)

    def _announce(self, chair: int) -> None:
        self.chair_changed.emit(chair)
        self.saving_changed.emit()

    @Slot(int, object)
    def _on_fed(self, chair: int, event: FeedEvent) -> None:
        outcome = self._clinic.feed(chair, event)
        self.chair_changed.emit(chair)
        if outcome is not None:
            self.saving_changed.emit()

    @Slot(int, object)
    def _on_unplugged(self, chair: int, source: Source) -> None:
        outcome = self._clinic.unplug(chair, source, self.now())
        self.chair_changed.emit(chair)
        if outcome is not None:
            self.saving_changed.emit()

    @Slot(object)
    def _on_stored(self, event: RecorderEvent) -> None:
        self._clinic.recorded(event)
        self.saving_changed.emit()
