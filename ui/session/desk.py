"""What the entry field holds and what its keys mean. No widgets: the bar draws `EntryDesk.state()`.

Enter has one meaning at a time: keep a question, save what is typed, or accept an offer that has been in
sight long enough. Typed values and a monitor's reading never mix: nothing is offered while anything is typed.
"""

from dataclasses import dataclass, replace
from enum import Enum

from monitor import bodies
from monitor.clock import MS_PER_S, Instant
from monitor.entries import Entry
from monitor.entry_line import EntryLine, parse_line
from monitor.outcome import Outcome, Question, Recorded, Refused
from monitor.plausibility import Asked
from monitor.terms import Reason
from monitor.view import Reading, SessionView
from ui.session.bedside import Bedside
from ui.text.formats import local

PLACE = "entry"


class Stage(Enum):
    """What the field is about now."""

    EMPTY = "empty"
    TYPING = "typing"
    READY = "ready"
    ASKED = "asked"
    STORED = "stored"
    WRONG = "wrong"
    OFFER = "offer"
    OLD_DRAFT = "old_draft"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskState:
    """What the bar has to show.

    Attributes:
        stage: what the field is about.
        line: what is typed, read.
        asked: questions that wait for a second Enter, or about a set that was stored first.
        offer: the monitor's reading in the field.
        typed_at: when the line was begun, for an old draft.
        typed_age_s: how long ago that was.
        refused: why the last Enter recorded nothing, until the next key.
        is_hasty: the last Enter came before the offer could be read.
    """

    stage: Stage
    line: EntryLine
    asked: tuple[Asked, ...] = ()
    offer: Reading | None = None
    typed_at: Instant | None = None
    typed_age_s: float = 0.0
    refused: Refused | None = None
    is_hasty: bool = False

    def without_offer(self) -> "DeskState":
        """The same with nothing offered: while something else is asked."""
        if self.stage is not Stage.OFFER:
            return self
        return replace(self, stage=Stage.EMPTY, offer=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """Something was recorded from this field; `target` is what Ctrl+Z takes back."""

    target: Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stored:
    """A set that was stored before it was asked about."""

    text: str
    target: int
    asked: tuple[Asked, ...]


class EntryDesk:
    """The field of one chair. Every key keeps the draft; only Enter records."""

    def __init__(self, bedside: Bedside) -> None:
        self._bedside = bedside
        self._text = ""
        self._asked: tuple[Asked, ...] = ()
        self._stored: _Stored | None = None
        self._refused: Refused | None = None
        self._is_hasty = False
        self._is_insisted = False
        self._typed_monotonic_s: float | None = None
        self._shown_offer: int | None = None
        self._shown_at_s = 0.0
        self._last_enter_s = float("-inf")
        self._restore()

    @property
    def text(self) -> str:
        """What stands in the field, exactly as typed."""
        return self._text

    def state(self) -> DeskState | None:
        """What to show now; None for an empty chair. Notes when an offer came into sight."""
        view = self._bedside.view
        if view is None:
            return None
        line = parse_line(self._text, view.policy)
        offer = self._offer(view)
        self._note_offer(offer)
        return DeskState(
            stage=self._stage(line, offer),
            line=line,
            asked=self._stored.asked if self._stored is not None else self._asked,
            offer=offer,
            typed_at=self._typed_at(),
            typed_age_s=self._typed_age_s(),
            refused=self._refused,
            is_hasty=self._is_hasty,
        )

    def out_of_sight(self) -> None:
        """Forget that an offer was seen: another page is in front."""
        self._shown_offer = None

    def type(self, text: str) -> None:
        """Take over what stands in the field now, and keep it as a draft."""
        if text == self._text:
            return
        if text and not self._text:
            self._typed_monotonic_s = self._bedside.controller.monotonic_s()
        self._text = text
        self._asked, self._stored, self._refused = (), None, None
        self._is_hasty, self._is_insisted = False, False
        self._bedside.controller.keep_draft(self._bedside.chair, PLACE, text)

    def enter(self) -> Done | None:
        """Do what Enter means now; returns what was recorded, None when nothing was."""
        state = self.state()
        now_s = self._bedside.controller.monotonic_s()
        since_s, self._last_enter_s = now_s - max(self._shown_at_s, self._last_enter_s), now_s
        if state is None:
            return None
        if state.stage is Stage.STORED:
            self._stored = None
            return None
        if state.stage is Stage.OFFER and state.offer is not None:
            return self._accept(state.offer, since_s)
        if state.line.vitals is None:
            self._is_insisted = True  # from here on even what typing on would cure is said
            return None
        if state.stage is Stage.OLD_DRAFT:
            self._suggest_time()
            return None
        return self._save(state.line)

    def fix(self) -> Outcome | None:
        """Go back to the digits: of a set that was stored first by withdrawing it, then typing again."""
        stored, self._stored, self._asked = self._stored, None, ()
        if stored is None:
            return None
        body = bodies.Amended(target=stored.target, vitals=None, reason=Reason.SLIP)
        outcome = self._bedside.act(body)
        if isinstance(outcome, Recorded):
            self.type(stored.text)
        return outcome

    def _stage(self, line: EntryLine, offer: Reading | None) -> Stage:
        if self._stored is not None:
            return Stage.STORED
        if offer is not None:
            return Stage.OFFER
        if not self._text:
            return Stage.EMPTY
        if line.problem is not None and (self._is_insisted or line.problem.shows_while_typing):
            return Stage.WRONG
        if self._asked:
            return Stage.ASKED
        if self._needs_time(line):
            return Stage.OLD_DRAFT
        return Stage.TYPING if line.problem is not None else Stage.READY

    def _offer(self, view: SessionView) -> Reading | None:
        """The newest waiting reading, while the field is empty and until the offer ends."""
        newest = self._bedside.prompt(view).accept
        if newest is None or self._text or self._stored is not None:
            return None
        is_fresh = self._bedside.age_s(view, newest.at_ms) < view.policy.monitor.offer_expires_s
        return newest if is_fresh else None

    def _note_offer(self, offer: Reading | None) -> None:
        sequence = None if offer is None else offer.sequence
        if sequence != self._shown_offer:
            self._shown_offer = sequence
            self._shown_at_s = self._bedside.controller.monotonic_s()
            self._is_hasty = False

    def _accept(self, offer: Reading, seen_for_s: float) -> Done | None:
        view = self._bedside.view
        if view is None:
            return None
        self._is_hasty = seen_for_s * MS_PER_S < view.policy.monitor.visible_before_accept_ms
        if self._is_hasty:
            return None
        return self._took(self._bedside.act(bodies.Accepted(captured=offer.sequence)))

    def _save(self, line: EntryLine) -> Done | None:
        if line.vitals is None:
            return None
        confirmed = tuple(each.check.value for each in self._asked)
        body = bodies.SetCharted(vitals=line.vitals, confirmed=confirmed)
        outcome = self._bedside.act(body, taken_at=line.taken_at)
        if isinstance(outcome, Question):
            self._asked = outcome.asked
            return None
        text = self._text
        done = self._took(outcome)
        if done is not None and isinstance(outcome, Recorded):
            self.type("")
            if outcome.asked:
                self._stored = _Stored(text=text, target=done.target.sequence, asked=outcome.asked)
        return done

    def _took(self, outcome: Outcome) -> Done | None:
        self._refused = outcome if isinstance(outcome, Refused) else None
        return Done(target=outcome.entries[0]) if isinstance(outcome, Recorded) else None

    def _needs_time(self, line: EntryLine) -> bool:
        view = self._bedside.view
        if view is None or line.taken_at is not None:
            return False
        return self._typed_age_s() > view.policy.entry.draft_needs_time_after_s

    def _suggest_time(self) -> None:
        typed_at = self._typed_at()
        if typed_at is not None and "@" not in self._text:
            self.type(f"{self._text} @{local(typed_at):%H%M}")

    def _typed_at(self) -> Instant | None:
        draft = self._bedside.controller.draft(self._bedside.chair, PLACE)
        if draft is None or not draft.text:
            return None
        offset_minutes = self._bedside.controller.now().offset_minutes
        return Instant(utc_ms=draft.typed_at_ms, offset_minutes=offset_minutes)

    def _typed_age_s(self) -> float:
        """The larger of the two clocks' differences: no age shrinks when the wall clock is set back."""
        typed_at = self._typed_at()
        if typed_at is None:
            return 0.0
        controller = self._bedside.controller
        wall_s = (controller.now().utc_ms - typed_at.utc_ms) / MS_PER_S
        if self._typed_monotonic_s is None:
            return wall_s
        return max(wall_s, controller.monotonic_s() - self._typed_monotonic_s)

    def _restore(self) -> None:
        """Take up a draft that was left, if it belongs to whoever sits here now."""
        draft = self._bedside.controller.draft(self._bedside.chair, PLACE)
        view = self._bedside.view
        if draft is not None and view is not None and draft.session == view.session:
            self._text = draft.text
