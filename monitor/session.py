"""The engine of one session: commands in, entries out. Deterministic, and the only writer of its record.

A step is: may it stand, write it down, note a new phase, let the judge read everything again, and write down
the flag changes that are not in the record yet.
"""

from collections.abc import Sequence
from dataclasses import replace

from monitor import bodies
from monitor.checks import may_stand, open_questions
from monitor.clock import MS_PER_S, Instant
from monitor.command import Advance, Command, command_of
from monitor.entries import Author, Entry, Role
from monitor.errors import DamagedRecord
from monitor.flags import FlagChange, new_changes, open_flags
from monitor.fold import fold
from monitor.judge import is_late, judge
from monitor.judged import answers, determinations, observations
from monitor.outcome import Outcome, Recorded, Refused
from monitor.plausibility import blocked
from monitor.record import Record, appended, head
from monitor.terms import Phase
from monitor.view import SessionView
from monitor.vitals import Quality

SYSTEM = Author(role=Role.SYSTEM, name="vigil")


class Session:
    """One patient's session on this station: its record, and the view that the record comes to."""

    def __init__(self, record: Record) -> None:
        """Take up a stored record where it ends; raises DamagedRecord when it cannot be read."""
        self._record = record
        self._view = fold(record)
        self._judged_ms = self._view.seated_ms

    @classmethod
    def seat(cls, command: Command, *, session: str, station: str) -> "Session":
        """Begin a session with its first entry.

        Args:
            command: holds a `Seated` body, by an operator.
            session: a new UUID's text.
            station: this computer.
        """
        record = appended(
            (), command.body, session=session, station=station, author=command.author, at=command.at
        )
        begun = cls(record)
        begun._note_phase(command.at, before=None)
        begun._fold()
        return begun

    @property
    def record(self) -> Record:
        """Every entry so far."""
        return self._record

    @property
    def view(self) -> SessionView:
        """What the record comes to."""
        return self._view

    def handle(self, command: Command | Advance) -> Outcome:
        """Record what `command` says, with all that follows from it, or say why not.

        Nothing is recorded unless the outcome is `Recorded`; its entries are one step, committed together.
        """
        before = len(self._record)
        if isinstance(command, Advance):
            if self._has_deadline_by(self._view.clock_ms(command.at)):
                self._note_flags(command.at, cause=None)
            return Recorded(entries=self._record[before:])
        verdict = may_stand(self._view, command)
        if verdict is not None:
            return verdict
        asked = (
            open_questions(self._view, command.body) if isinstance(command.body, bodies.SetCharted) else ()
        )
        phase = self._view.phase
        self._append(self._completed(command.body), command.author, command.at, command.taken_at_ms)
        self._fold()
        self._note_phase(command.at, before=phase)
        self._note_flags(command.at, cause=before + 1)
        return Recorded(entries=self._record[before:], asked=asked)

    def _has_deadline_by(self, now_ms: int) -> bool:
        """Whether a repeat or reminder fell due since flags were last judged: only then can time tell."""
        view = self._view
        standing = open_flags(each.change for each in view.flags)
        if not standing:
            return False
        due = [flag.at_ms + view.policy.repeat.window_s * MS_PER_S for flag in standing.values()]
        due += [answer.at_ms + view.policy.reminder.after_s * MS_PER_S for answer in view.answers]
        return any(self._judged_ms <= moment_ms < now_ms for moment_ms in due)

    def _completed(self, body: bodies.Body) -> bodies.Body:
        """Fill in what only the session knows: flags answered, the head signed, a value that cannot be."""
        if isinstance(body, bodies.FlagAnswered):
            return replace(body, flags=standing_sequences(self._view))
        if isinstance(body, bodies.Signed):
            return replace(body, head=head(self._record), trend_head=body.trend_head or self._view.trend_head)
        if isinstance(body, bodies.Captured) and blocked(body.vitals, self._view.policy):
            return replace(body, quality=Quality.QUESTIONABLE)
        return body

    def _append(self, body: bodies.Body, author: Author, at: Instant, taken_at_ms: int | None = None) -> None:
        """Write one more entry of a step; `_fold` brings the view up to it.

        What follows from an entry, a phase and flag changes, is worked out from the view of that entry alone.
        """
        supersedes = body.target if isinstance(body, bodies.Amended | bodies.MovedOut) else None
        self._record = appended(
            self._record,
            body,
            session=self._view.session,
            station=self._view.station,
            author=author,
            at=at,
            taken_at_ms=taken_at_ms,
            supersedes=supersedes,
        )

    def _fold(self) -> None:
        """Read the record again, if anything was appended since."""
        if self._view.record_length < len(self._record):
            self._view = fold(self._record, self._view.policy)

    def _note_phase(self, at: Instant, *, before: Phase | None) -> None:
        phase = self._view.phase
        said = isinstance(self._record[-1].body, bodies.PhaseBegun)
        if phase is not before and not said:
            cause = self._record[-1]
            body = bodies.PhaseBegun(phase=phase, cause=cause.sequence)
            self._append(body, SYSTEM, at, cause.taken_at_ms)

    def _note_flags(self, at: Instant, *, cause: int | None) -> None:
        view = self._view
        self._judged_ms = view.clock_ms(at)
        seen = observations(view)
        found = judge(view.policy, view.baseline_values, seen, answers(view), view.clock_ms(at))
        recorded = [each.change for each in view.flags]
        keys = {each.key for each in seen}
        for change in new_changes(recorded, found, keys):
            self._append(self._flag(change, at, cause), SYSTEM, at, change.at_ms - view.correction_ms)
        self._fold()

    def _flag(self, change: FlagChange, at: Instant, cause: int | None) -> bodies.FlagChanged:
        view = self._view
        sets = determinations(view)
        judged = next((each for each in sets if each.key == change.key), None)
        late = judged is not None and is_late(judged, change.quantity, sets, view.clock_ms(at), view.policy)
        return bodies.FlagChanged(
            condition=change.condition,
            quantity=change.quantity,
            level=change.level,
            state=change.state,
            value=change.value,
            limit=change.limit,
            reading=change.key,
            is_late=late,
            cause=cause,
        )


def standing_sequences(view: SessionView) -> tuple[int, ...]:
    """Sequences of the entries that made the flags which stand now."""
    standing = open_flags(each.change for each in view.flags)
    newest = {
        each.change.condition: each.entry.sequence
        for each in view.flags
        if each.change.condition in standing and each.change == standing[each.change.condition]
    }
    return tuple(sorted(newest.values()))


def replayed(record: Sequence[Entry]) -> Record:
    """Make a stored record again from its own commands.

    Raises:
        DamagedRecord: an entry does not follow from the commands, so the record was not made by these rules.
    """
    first = command_of(record[0])
    if not isinstance(first, Command):
        raise DamagedRecord("a record must begin with a patient being seated")
    session = Session.seat(first, session=record[0].session, station=record[0].station)
    while len(session.record) < len(record):
        place = len(session.record)
        command = command_of(record[place])
        outcome = None if command is None else session.handle(command)
        if not isinstance(outcome, Recorded) or not outcome.entries:
            why = outcome.why.value if isinstance(outcome, Refused) else "nothing"
            raise DamagedRecord(f"entry {place + 1} does not follow from the entries before it ({why})")
    if tuple(record) != session.record:
        raise DamagedRecord("the record does not replay to the same entries")
    return session.record
