"""What can still be written into a session that is looked back on: amendments, notes, signatures."""

from monitor import bodies
from monitor.entry_line import parse_line
from monitor.needs import Need
from monitor.outcome import Outcome, Question, Recorded, Refused, Why
from monitor.record import Record
from monitor.session import Session
from monitor.terms import Reason
from monitor.view import Reading, SessionView
from ui.controller import ClinicController
from ui.review.act_bar import Asked, Said
from ui.text import refusals, review_words


class Looked:
    """A record being looked back on, and the ways to add to it. Nothing in it is ever changed."""

    def __init__(self, controller: ClinicController, record: Record) -> None:
        self._controller = controller
        self._record = record
        self._view = Session(record).view

    @property
    def record(self) -> Record:
        """Every entry, those just added too."""
        return self._record

    @property
    def view(self) -> SessionView:
        """What the record comes to."""
        return self._view

    @property
    def is_in_chair(self) -> bool:
        """Whether the session still has its chair."""
        return self._live() is not None

    def add(self, body: bodies.Body, *, taken_at_ms: int | None = None) -> str | None:
        """Write `body` down; a sentence when it may not stand."""
        live = self._live()
        if live is not None:
            outcome = self._controller.act(self._view.chair, body, taken_at_ms=taken_at_ms)
            self._record = live.record
        else:
            self._record, outcome = self._controller.amend_finished(
                self._record, body, taken_at_ms=taken_at_ms
            )
        self._view = Session(self._record).view
        return _why_not(outcome)

    def move(self, reading: Reading, chair_text: str) -> str | None:
        """Move a set of the wrong patient to the chair that was typed; a sentence when that cannot be."""
        if not chair_text.isdecimal():
            return review_words.no_such_chair(chair_text)
        chair, live = int(chair_text), self._live()
        if live is not None:
            outcome = self._controller.move(self._view.chair, reading.sequence, chair)
            live = self._live()
            self._record = self._record if live is None else live.record
        else:
            self._record, outcome = self._controller.move_finished(self._record, reading.sequence, chair)
        self._view = Session(self._record).view
        is_nobody = isinstance(outcome, Refused) and outcome.why is Why.NO_SUCH_ENTRY
        return review_words.no_such_chair(chair_text) if is_nobody else _why_not(outcome)

    def follow(self) -> bool:
        """Take over what happened in the chair since; whether anything did."""
        live = self._live()
        if live is None or len(live.record) == len(self._record):
            return False
        self._record = live.record
        self._view = live.view
        return True

    def amendment(self, reading: Reading, said: Said) -> bodies.Amended | str:
        """The amendment that was entered, or why it cannot be read."""
        reason = said.reason or Reason.OTHER
        if said.is_withdrawal:
            return bodies.Amended(target=reading.sequence, vitals=None, reason=reason)
        line = parse_line(said.text, self._view.policy)
        if line.vitals is None or line.taken_at is not None:
            return review_words.unreadable(said.text)
        vitals = line.vitals.over(reading.vitals)
        return bodies.Amended(target=reading.sequence, vitals=vitals, reason=reason)

    def enter(self, said: Said, *, reading: Reading | None, need: Need | None) -> str | None:
        """Write down what the bar took; a sentence when it may not stand."""
        if said.asked in {Asked.VALUES, Asked.CHAIR}:
            if reading is None:
                return review_words.no_set_chosen()
            if said.asked is Asked.CHAIR and not said.is_withdrawal:
                return self.move(reading, said.text)
            amendment = self.amendment(reading, said)
            return amendment if isinstance(amendment, str) else self.add(amendment)
        if said.asked is Asked.MEANING:
            return self.add(bodies.Signed(meaning=said.text, head=""))
        taken_at_ms = None if need is None else need.from_ms - self._view.correction_ms
        return self.add(bodies.Noted(text=said.text), taken_at_ms=taken_at_ms)

    def _live(self) -> Session | None:
        live = self._controller.session(self._view.chair)
        return live if live is not None and live.view.session == self._view.session else None


def _why_not(outcome: Outcome) -> str | None:
    match outcome:
        case Recorded():
            return None
        case Refused():
            return refusals.refused(outcome)
        case Question():
            return review_words.asked_and_refused()
