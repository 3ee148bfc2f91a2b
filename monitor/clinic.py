"""All chairs of one station: commands and monitor events in, steps to save out. Pure, like a session.

The shell gives it the time, new ids and a place to submit steps to. What is shown as saved is only what came
back as `StepSaved`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from monitor import bodies
from monitor.checks import LIVE
from monitor.clock import ClockStep, Instant
from monitor.command import Advance, Command
from monitor.entries import Author, Entry, Role
from monitor.feed import (
    CuffBusy,
    CuffGaveNothing,
    CuffReading,
    FeedEvent,
    LinkChanged,
    LinkState,
    LiveValue,
    Source,
)
from monitor.feed_command import command_of_event, command_of_stood
from monitor.live import LiveWatch
from monitor.outcome import Outcome, Recorded, Refused, Why
from monitor.ports import BesideFailed, BesideSaved, RecorderEvent, Step, StepFailed, StepSaved
from monitor.record import Record
from monitor.session import SYSTEM, Session
from monitor.trend import TrendBlock, TrendSample
from monitor.trending import Trending
from monitor.vitals import Quality, Quantity
from monitor.wire import Wire

_NO_TRENDS: Mapping[str, Sequence[TrendBlock]] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Saving:
    """How saving goes.

    Attributes:
        unsaved: steps whose commit has not returned, oldest first.
        failure: the newest reason that the disk gave, None while it takes what it is given.
        is_dead: the writer ended; nothing more will be saved.
        beside: why settings or drafts are not on the disk, None while they are.
    """

    unsaved: tuple[Step, ...] = ()
    failure: str | None = None
    is_dead: bool = False
    beside: BesideFailed | None = None


class Clinic:
    """The sessions in the chairs, the monitors beside them and the steps on their way to the disk."""

    def __init__(
        self,
        *,
        station: str,
        records: Iterable[Record],
        new_session_id: Callable[[], str],
        submit: Callable[[Step], None],
        trends: Mapping[str, Sequence[TrendBlock]] = _NO_TRENDS,
    ) -> None:
        """Take up the open sessions' `records`, and their `trends` by session, where they ended."""
        self._station = station
        self._new_session_id = new_session_id
        self._submit = submit
        sessions = [Session(record) for record in records]
        self._sessions = {session.view.chair: session for session in sessions}
        self._wires: dict[int, Wire] = {}
        self._watches = {chair: LiveWatch(session.view.policy) for chair, session in self._sessions.items()}
        self._trends = {
            chair: Trending(session.view.session, trends.get(session.view.session, ()))
            for chair, session in self._sessions.items()
        }
        self._saving = Saving()
        self._steps = 0

    @property
    def saving(self) -> Saving:
        """What is not on the disk yet."""
        return self._saving

    def session(self, chair: int) -> Session | None:
        """Who sits in `chair`, until signed or cancelled."""
        return self._sessions.get(chair)

    def sessions(self) -> tuple[Session, ...]:
        """Everyone seated, by chair."""
        return tuple(self._sessions[chair] for chair in sorted(self._sessions))

    def wire(self, chair: int) -> Wire:
        """The monitor beside `chair`."""
        return self._wires.get(chair, Wire())

    def trend(self, chair: int) -> tuple[TrendSample, ...]:
        """The continuous values of the session in `chair`, in order of arrival."""
        trending = self._trends.get(chair)
        return () if trending is None else trending.samples

    def unplug(self, chair: int, source: Source, at: Instant) -> Outcome | None:
        """Forget a monitor that no longer belongs to `chair`; a record that knows it says so."""
        self._wires[chair] = self.wire(chair).without(source)
        session = self._sessions.get(chair)
        if session is None:
            return None
        self._watches[chair].forget(source=source)
        body = bodies.MonitorRemoved(protocol=source.protocol, port=source.port)
        outcome = session.handle(Command(body=body, author=SYSTEM, at=at))
        self._save(outcome)
        return outcome

    def is_saved(self, session: str, sequence: int) -> bool:
        """Whether that entry's commit has returned."""
        return not any(
            (entry.session, entry.sequence) == (session, sequence)
            for step in self._saving.unsaved
            for entry in step.entries
        )

    def seat(self, body: bodies.Seated, *, author: Author, at: Instant) -> Outcome:
        """Begin a session in `body.chair`; refused while somebody sits there."""
        if body.chair in self._sessions:
            return Refused(why=Why.WRONG_PHASE)
        if author.role is not Role.OPERATOR or not author.name.strip():
            return Refused(why=Why.ONLY_OPERATORS)
        wire = self.wire(body.chair)
        body = replace(body, is_simulated=body.is_simulated or wire.is_simulated)
        command = Command(body=body, author=author, at=at)
        session = Session.seat(command, session=self._new_session_id(), station=self._station)
        self._sessions[body.chair] = session
        self._watches[body.chair] = LiveWatch(session.view.policy)
        self._trends[body.chair] = Trending(session.view.session)
        first = Recorded(entries=session.record)
        self._save(first)
        for link in wire.links:
            self._take(session, replace(link, at=at))
        return first

    def act(self, chair: int, command: Command) -> Outcome:
        """Give a command to the session in `chair` and submit what it records."""
        session = self._sessions.get(chair)
        if session is None:
            return Refused(why=Why.SESSION_OVER)
        outcome = session.handle(self._with_trend(chair, command))
        self._save(outcome)
        if session.view.is_over:
            del self._sessions[chair], self._watches[chair], self._trends[chair]
        return outcome

    def amend_finished(self, record: Record, command: Command) -> tuple[Record, Outcome]:
        """Give a command (amendment, note, second signature) to a session that has left its chair."""
        session = Session(record)
        outcome = session.handle(command)
        self._save(outcome)
        return session.record, outcome

    def move(self, chair: int, sequence: int, to_chair: int, *, author: Author, at: Instant) -> Outcome:
        """Move a set charted on the wrong patient, at its own time, in one step for both records."""
        source = self._sessions.get(chair)
        if source is None:
            return Refused(why=Why.NO_SUCH_ENTRY)
        remaining, outcome = self._moved(source, sequence, to_chair, author=author, at=at)
        if isinstance(outcome, Recorded):
            self._sessions[chair] = remaining
        return outcome

    def move_finished(
        self, record: Record, sequence: int, to_chair: int, *, author: Author, at: Instant
    ) -> tuple[Record, Outcome]:
        """Move a set out of a session that has left its chair, signed or not, as `move` does."""
        remaining, outcome = self._moved(Session(record), sequence, to_chair, author=author, at=at)
        return remaining.record, outcome

    def _moved(
        self, source: Session, sequence: int, to_chair: int, *, author: Author, at: Instant
    ) -> tuple[Session, Outcome]:
        """What is left of `source`, and the step that both records now hold; or why there is none."""
        target = self._sessions.get(to_chair)
        reading = source.view.reading(sequence)
        if target is None or source.view.session == target.view.session or reading is None:
            return source, Refused(why=Why.NO_SUCH_ENTRY)
        if source.view.is_simulated and not target.view.is_simulated:
            return source, Refused(why=Why.NOT_A_REAL_READING)
        body = bodies.MovedIn(from_session=source.view.session, from_sequence=sequence, vitals=reading.vitals)
        taken_at_ms = reading.at_ms - source.view.correction_ms  # on the clock as it shows now
        moved_in = Command(body=body, author=author, at=at, taken_at_ms=taken_at_ms)
        moved_out = Command(
            body=bodies.MovedOut(target=sequence, to_session=target.view.session), author=author, at=at
        )
        remaining = Session(source.record)
        left = remaining.handle(moved_out)
        if not isinstance(left, Recorded):
            return source, left
        arrived = target.handle(moved_in)
        if not isinstance(arrived, Recorded):
            return source, arrived
        both = Recorded(entries=(*left.entries, *arrived.entries))
        self._save(both)
        return remaining, both

    def advance(self, at: Instant) -> tuple[int, ...]:
        """Let time pass; returns the chairs whose flags changed by it."""
        changed = []
        for chair, session in self._sessions.items():
            self._save_block(self._trends[chair].seal_if_due(at.utc_ms))
            outcome = session.handle(Advance(at=at))
            if isinstance(outcome, Recorded) and outcome.entries:
                self._save(outcome)
                changed.append(chair)
        return tuple(changed)

    def step_clock(self, step: ClockStep, at: Instant) -> None:
        """Write a step of the wall clock into every open record."""
        for chair, session in self._sessions.items():
            self._watches[chair].forget()
            self._note_step(session, step, at)

    def take_up_clock(self, at: Instant, *, tolerance_ms: int) -> None:
        """Write into each record what the wall clock did while nobody ran: set back, or in another offset.

        How long nobody ran is not known, so where any record ends ahead of `at`, all go on from there: no age
        shrinks.
        """
        ends = [session.record[-1].recorded_at for session in self._sessions.values()]
        behind_ms = max((end.utc_ms for end in ends), default=at.utc_ms) - at.utc_ms
        for session, end in zip(self._sessions.values(), ends, strict=True):
            if behind_ms > tolerance_ms:
                self._note_step(session, ClockStep(step_ms=-behind_ms, is_real_time=False), at)
            elif end.offset_minutes != at.offset_minutes:
                self._note_step(session, ClockStep(step_ms=0, is_real_time=True), at)

    def _note_step(self, session: Session, step: ClockStep, at: Instant) -> None:
        body = bodies.ClockStepped(step_ms=step.step_ms, is_real_time=step.is_real_time)
        self._save(session.handle(Command(body=body, author=SYSTEM, at=at)))

    def feed(self, chair: int, event: FeedEvent) -> Outcome | None:
        """Take what a monitor's link says; the outcome when it concerned the record."""
        wire = self._wires[chair] = self.wire(chair).after(event)
        session = self._sessions.get(chair)
        match event:
            case CuffBusy():
                if session is not None:
                    # A cuff on the same arm stops the blood.
                    self._watches[chair].forget(quantity=Quantity.SPO2)
                return None
            case LiveValue():
                return None if session is None else self._watch(chair, session, event)
            case LinkChanged():
                if session is not None and event.state is not LinkState.CONNECTED:
                    self._watches[chair].forget(source=event.source)
            case CuffReading():
                event = wire.joined(event)
        return None if session is None else self._take(session, event)

    def recorded(self, event: RecorderEvent) -> None:
        """Take what the writer says of a step."""
        match event:
            case StepSaved():
                unsaved = tuple(each for each in self._saving.unsaved if each.number != event.step.number)
                self._saving = replace(self._saving, unsaved=unsaved, failure=None)
            case StepFailed():
                self._saving = replace(self._saving, failure=event.reason)
            case BesideFailed():
                self._saving = replace(self._saving, beside=event)
            case BesideSaved():
                self._saving = replace(self._saving, beside=None)
            case _:  # WriterDied
                self._saving = replace(self._saving, failure=event.reason, is_dead=True)

    def _watch(self, chair: int, session: Session, event: LiveValue) -> Outcome | None:
        """Keep a continuous value, and write down what has stood too long beyond a limit."""
        view = session.view
        if view.phase not in LIVE or event.quality is Quality.DEMO:
            return None
        self._save_block(self._trends[chair].add(event))
        if event.quantity is Quantity.SPO2 and self.wire(chair).busy:
            return None
        outcome: Outcome | None = None
        for stood in self._watches[chair].take(event, view.baseline_values):
            outcome = session.handle(command_of_stood(stood, event.received_at))
            self._save(outcome)
        return outcome

    def _with_trend(self, chair: int, command: Command) -> Command:
        """A signature pins the chain of continuous values, whose last block goes before it."""
        if not isinstance(command.body, bodies.Signed):
            return command
        trending = self._trends[chair]
        self._save_block(trending.seal())
        pinned = trending.head.hash if trending.head.number else None
        return replace(command, body=replace(command.body, trend_head=pinned))

    def _save_block(self, block: TrendBlock | None) -> None:
        if block is not None:
            self._send(blocks=(block,))

    def _take(self, session: Session, event: LinkChanged | CuffReading | CuffGaveNothing) -> Outcome | None:
        if isinstance(event, LinkChanged) and not _is_recorded(session, event):
            return None
        if isinstance(event, CuffGaveNothing) and session.view.phase not in LIVE:
            return None
        outcome = session.handle(command_of_event(event))
        if isinstance(event, CuffReading):
            why = outcome.why if isinstance(outcome, Refused) else None
            if why is not Why.SAME_DETERMINATION:
                chair = session.view.chair
                self._wires[chair] = replace(self.wire(chair), not_charted=why)
        self._save(outcome)
        return outcome

    def _save(self, outcome: Outcome) -> None:
        if not isinstance(outcome, Recorded) or not outcome.entries:
            return
        self._send(entries=outcome.entries)

    def _send(self, *, entries: tuple[Entry, ...] = (), blocks: tuple[TrendBlock, ...] = ()) -> None:
        self._steps += 1
        step = Step(number=self._steps, entries=entries, blocks=blocks)
        self._saving = replace(self._saving, unsaved=(*self._saving.unsaved, step))
        self._submit(step)


def _is_recorded(session: Session, event: LinkChanged) -> bool:
    """Connecting again after a loss says nothing new; a monitor that was never there is not a loss."""
    known = session.view.link_of(event.source.port)
    if event.state in {LinkState.CONNECTING, LinkState.NEGOTIATING}:
        return known is None
    return True
