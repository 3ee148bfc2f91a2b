"""What each key of a chair's page means: it asks in the strip, acts through the desk, or leads elsewhere."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from monitor import bodies
from monitor.outcome import Outcome, Recorded, Refused
from monitor.standing import standing_flags
from monitor.terms import Phase, Reason
from ui.routes import ToBoard, ToDevice
from ui.session import backlog, corrections, events, pump
from ui.session.bar_content import SAVE_COMMAND
from ui.session.bedside import Bedside
from ui.session.desk import EntryDesk, Stage
from ui.session.notices import Notices
from ui.session.picture import Picture
from ui.session.question import Conversation
from ui.session.strip import QuestionStrip
from ui.text import bedside_words, entry_words, refusals
from ui.text import session_words as words


class ChairCommands(QObject):
    """The keys of one chair. Draws nothing.

    Emits `noticed` with a sentence that must be seen, `asked` with a route, `freed` when the keyboard belongs
    to the field or the table again.
    """

    noticed = Signal(str)
    asked = Signal(object)
    freed = Signal()

    def __init__(
        self, bedside: Bedside, *, desk: EntryDesk, strip: QuestionStrip, picture: Picture, notices: Notices
    ) -> None:
        super().__init__(strip)
        self._bedside = bedside
        self._desk = desk
        self._strip = strip
        self._picture = picture
        self._notices = notices
        strip.recorded.connect(self._outcome)
        strip.told.connect(self._told)
        strip.left.connect(self.asked)

    def do(self, key: str) -> None:
        """Do what a key or button means, or say that it means nothing here."""
        act = self._acts().get(key)
        if act is None:
            self.tell(words.unknown_key(key), is_problem=True)
        else:
            act()

    def enter(self) -> None:
        """Save, keep, accept: what Enter means now."""
        self._notices.clear()
        done = self._desk.enter()
        if done is not None:
            self._bedside.controller.end_repeat(self._bedside.chair)
            self._notices.recorded(done.target)

    def escape(self) -> None:
        """Close what is asked, clear an old draft, leave the table; then the board."""
        state = self._desk.state()
        if self._strip.is_open:
            self._strip.drop()
        elif state is not None and state.stage is Stage.OLD_DRAFT:
            self._desk.type("")
        elif self._picture.is_table:
            self._toggle_table()
        else:
            self.asked.emit(ToBoard())

    def tell(self, text: str, *, is_problem: bool = False) -> None:
        """Say a sentence."""
        self._notices.tell(text, is_problem=is_problem)
        self.noticed.emit(text)

    def _acts(self) -> dict[str, Callable[[], None]]:
        return {
            "A": self._answer_or_amend,
            "B": self._begin_backlog,
            "C": lambda: self._ask(corrections.checks),
            "E": lambda: self._ask(events.palette),
            "F": self._begin_stop,
            "M": lambda: self.asked.emit(ToDevice(self._bedside.chair)),
            "N": lambda: self._ask(events.note),
            "O": lambda: self._ask(corrections.ending),
            "R": lambda: self._bedside.controller.begin_repeat(self._bedside.chair),
            "T": self._toggle_table,
            "Del": self._begin_reject,
            "F5": self._retry,
            "Esc": self.escape,
            "Up": lambda: None,
            "Down": lambda: None,
            "Backspace": self._fix,
            "fix": self._fix,
            "erase": lambda: self._desk.type(self._desk.text[:-1]),
            "clear": lambda: self._desk.type(""),
            "undo": self._undo,
            SAVE_COMMAND: self.enter,
        }

    def _ask(self, conversation: Callable[[Bedside], Conversation]) -> None:
        self._notices.clear()
        self._strip.begin(conversation(self._bedside))

    def _fix(self) -> None:
        """Backspace on an empty field: back to the digits of a set that was stored first, if there is one."""
        outcome = self._desk.fix()
        if isinstance(outcome, Refused):
            self.tell(refusals.refused(outcome), is_problem=True)
        if isinstance(outcome, Recorded):
            self._notices.undoable = ()
        self.freed.emit()

    def _undo(self) -> None:
        targets = self._notices.undoable
        if not targets:
            self.tell(entry_words.nothing_to_undo(), is_problem=True)
            return
        text = self._notices.deeds(targets)
        for target in reversed(targets):
            body = bodies.Amended(target=target.sequence, vitals=None, reason=Reason.UNDONE)
            outcome = self._bedside.act(body)
            if isinstance(outcome, Refused):
                self.tell(refusals.refused(outcome), is_problem=True)
                return
        self._notices.undoable = ()
        self.tell(entry_words.undone(text))

    def _answer_or_amend(self) -> None:
        view = self._bedside.view
        if view is None:
            return
        if self._picture.is_table:
            chosen = self._picture.table.chosen
            if chosen is None:
                self.tell(words.nothing_amendable(), is_problem=True)
            else:
                self._ask(lambda bedside: corrections.amend(bedside, chosen))
        elif standing_flags(view, self._bedside.now_ms(view)):
            self._ask(events.flag_answer)
        else:
            self.tell(bedside_words.no_flag(), is_problem=True)

    def _begin_backlog(self) -> None:
        view = self._bedside.view
        if view is None or not view.waiting:
            self.tell(words.no_backlog(), is_problem=True)
        else:
            self._ask(backlog.backlog)

    def _begin_reject(self) -> None:
        state, view = self._desk.state(), self._bedside.view
        if state is not None and state.offer is not None:
            offer = state.offer
            self._ask(lambda _bedside: backlog.reject(offer))
        elif view is not None and view.waiting:
            self._ask(backlog.reject_waiting)
        else:
            self.tell(words.no_offer(), is_problem=True)

    def _begin_stop(self) -> None:
        view = self._bedside.view
        if view is None or view.phase not in {Phase.INFUSING, Phase.PAUSED}:
            self.tell(words.not_planned_end(), is_problem=True)
        else:
            self._ask(pump.stop)

    def _retry(self) -> None:
        if self._bedside.controller.clinic.saving.failure is None:
            self.tell(words.nothing_fails())
        self._bedside.controller.retry_saving()

    def _toggle_table(self) -> None:
        self._picture.toggle()
        self.freed.emit()

    def _outcome(self, outcome: Outcome) -> None:
        if isinstance(outcome, Recorded) and outcome.entries:
            text = self._notices.recorded(outcome.entries[0])
            if self._bedside.view is not None:  # else the session has left its chair, which is said by itself
                self.noticed.emit(text)
        elif isinstance(outcome, Refused):
            self.tell(refusals.refused(outcome), is_problem=True)

    def _told(self, text: str, is_problem: bool) -> None:  # noqa: FBT001 - a signal's arguments
        self.tell(text, is_problem=is_problem)
