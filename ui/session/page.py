"""One chair: who, chart, latest values, entry bar. Keys come in here and go to desk, strip or table."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from monitor import bodies
from monitor.clock import MS_PER_S
from monitor.outcome import Outcome, Recorded, Refused
from monitor.schedule import Lateness
from monitor.standing import standing_flags
from monitor.terms import Phase, Reason
from monitor.view import SessionView
from ui.chart.build import NOW_STEP_MS, chart_model
from ui.chart.chart_frame import ChartFrame
from ui.chart.session_chart import SessionChart
from ui.controller import ClinicController
from ui.page import Page
from ui.routes import ToBoard, ToDevice, ToSeat
from ui.session import backlog, corrections, events, pump
from ui.session.bar_content import SAVE_COMMAND
from ui.session.bedside import Bedside
from ui.session.desk import EntryDesk, Stage
from ui.session.entry_bar import EntryBar
from ui.session.gutter import Gutter
from ui.session.identity import IdentityStrip
from ui.session.notices import Notices
from ui.session.question import Conversation
from ui.session.strip import QuestionStrip
from ui.session.table import TableTwin
from ui.session.table_model import table_columns
from ui.text import bedside_words, entry_words, refusals
from ui.text import session_words as words
from ui.theme import ThemeSwitch
from ui.widgets.bars import SimulatedStripe
from ui.widgets.labels import Ink, label
from ui.widgets.scrolling import scrolling


class SessionPage(Page):
    """The page of one chair. Drafts and records live elsewhere: leaving it loses nothing."""

    def __init__(
        self, controller: ClinicController, themes: ThemeSwitch, chair: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._bedside = Bedside(controller, chair)
        self.desk = EntryDesk(self._bedside)
        self.identity = IdentityStrip(themes)
        self.stripe = SimulatedStripe(themes)
        self.chart = SessionChart(themes)
        self.table = TableTwin()
        self.gutter = Gutter(themes)
        self.strip = QuestionStrip(themes, self._bedside)
        self.bar = EntryBar(themes, self._bedside)
        self._empty = label(words.empty_chair(chair), ink=Ink.SECOND)
        self._readout = label(ink=Ink.MAIN)
        self._drawn: tuple[str, int, int] | None = None
        self._notices = Notices(self._bedside)
        self._stack = QStackedLayout()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._lay_out()
        self._connect(controller)
        self.refresh()

    def title(self) -> str:
        """Name the chair."""
        return words.title(self._bedside.chair)

    def subtitle(self) -> str:
        """Say what the page is."""
        return words.subtitle()

    def footer_keys(self) -> tuple[tuple[str, str], ...]:
        """The keys beside the ones on the bar."""
        return words.keys()

    def help_keys(self) -> tuple[tuple[str, str], ...]:
        """Every key of this page."""
        return words.all_keys()

    def shown(self) -> None:
        """Put the focus into the field."""
        self._drawn = None
        self.refresh()
        self._focus_back()

    def left(self) -> None:
        """Drop what is asked; what is typed is kept."""
        self.strip.drop()
        self.desk.out_of_sight()

    def begin_answer(self) -> None:
        """Ask what was done about this chair's flags."""
        self.command("A")

    def begin_repeat(self) -> None:
        """Start the repeat timer."""
        self.command("R")

    def refresh(self) -> None:
        """Show everything as of now.

        What is done on this page is shown at once; what the clinic announces, once a turn of the event loop,
        since one act announces itself several times.
        """
        self._later.stop()
        view = self._bedside.view
        for part in (self.identity, self.gutter, self.bar):
            part.setVisible(view is not None)
        self._empty.setVisible(view is None)
        self.stripe.setVisible(view is not None and view.is_simulated)
        if view is None:
            return
        self.identity.show_session(self._bedside, view)
        lateness = self._bedside.prompt(view).lateness
        self.gutter.show_session(self._bedside, view, is_old=lateness is not Lateness.NOT_DUE)
        self._draw(view)
        self._show_bar(view)

    def command(self, key: str) -> None:
        """Do what a key or button means; the field passes on every key that is not data."""
        act = self._commands().get(key)
        if act is None:
            self._tell(words.unknown_key(key), is_problem=True)
        else:
            act()
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the strip on top of the bar."""
        super().resizeEvent(event)
        self._place_strip()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Escape, and give a key typed at the chart to whatever is asked or to the field.

        The window opens chairs by their digit: a set typed while nothing has the focus must not end up there.
        """
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        to = self.strip.first if self.strip.is_open else self.bar.field
        if event.key() == Qt.Key.Key_Escape:
            self._escape()
        elif self._bedside.view is None and is_enter:
            self.asked.emit(ToSeat(self._bedside.chair))
        elif self._bedside.view is not None and _is_typed(event) and not to.hasFocus():
            to.setFocus()
            QApplication.sendEvent(to, event)
        else:
            event.ignore()

    def _commands(self) -> dict[str, Callable[[], None]]:
        return {
            "A": self._answer_or_amend,
            "B": self._begin_backlog,
            "C": lambda: self._ask(corrections.checks),
            "E": lambda: self._ask(events.palette),
            "F": self._begin_stop,
            "M": lambda: self.asked.emit(ToDevice(self._bedside.chair)),
            "N": lambda: self._ask(events.note),
            "O": lambda: self._ask(corrections.ending),
            "R": self._start_repeat,
            "T": self._toggle_table,
            "Del": self._begin_reject,
            "F5": self._retry,
            "Esc": self._escape,
            "Up": lambda: None,
            "Down": lambda: None,
            "Backspace": self._fix,
            "fix": self._fix,
            "erase": self.bar.field.backspace,
            "clear": lambda: self.desk.type(""),
            "undo": self._undo,
            SAVE_COMMAND: self._enter,
        }

    def _ask(self, conversation: Callable[[Bedside], Conversation]) -> None:
        self._notices.clear()
        self.strip.begin(conversation(self._bedside))

    def _enter(self) -> None:
        self._notices.clear()
        done = self.desk.enter()
        if done is not None:
            self._bedside.controller.end_repeat(self._bedside.chair)
            self._notices.recorded(done.target)
        self.refresh()

    def _typed(self, text: str) -> None:
        self._notices.clear()
        self.desk.type(text)
        view = self._bedside.view
        if view is not None:
            self._show_bar(view)

    def _fix(self) -> None:
        """Backspace on an empty field: back to the digits of a set that was stored first, if there is one."""
        outcome = self.desk.fix()
        if isinstance(outcome, Refused):
            self._tell(refusals.refused(outcome), is_problem=True)
        if isinstance(outcome, Recorded):
            self._notices.undoable = ()
        self._focus_back()

    def _undo(self) -> None:
        targets = self._notices.undoable
        if not targets:
            self._tell(entry_words.nothing_to_undo(), is_problem=True)
            return
        text = self._notices.deeds(targets)
        for target in reversed(targets):
            body = bodies.Amended(target=target.sequence, vitals=None, reason=Reason.UNDONE)
            outcome = self._bedside.act(body)
            if isinstance(outcome, Refused):
                self._tell(refusals.refused(outcome), is_problem=True)
                return
        self._notices.undoable = ()
        self._tell(entry_words.undone(text))

    def _answer_or_amend(self) -> None:
        view = self._bedside.view
        if view is None:
            return
        if self._is_table:
            chosen = self.table.chosen
            if chosen is None:
                self._tell(words.nothing_amendable(), is_problem=True)
            else:
                self._ask(lambda bedside: corrections.amend(bedside, chosen))
        elif standing_flags(view, self._bedside.now_ms(view)):
            self._ask(events.flag_answer)
        else:
            self._tell(bedside_words.no_flag(), is_problem=True)

    def _begin_backlog(self) -> None:
        view = self._bedside.view
        if view is None or not view.waiting:
            self._tell(words.no_backlog(), is_problem=True)
        else:
            self._ask(backlog.backlog)

    def _begin_reject(self) -> None:
        state, view = self.desk.state(), self._bedside.view
        if state is not None and state.offer is not None:
            offer = state.offer
            self._ask(lambda _bedside: backlog.reject(offer))
        elif view is not None and view.waiting:
            self._ask(backlog.reject_waiting)
        else:
            self._tell(words.no_offer(), is_problem=True)

    def _begin_stop(self) -> None:
        view = self._bedside.view
        if view is None or view.phase not in {Phase.INFUSING, Phase.PAUSED}:
            self._tell(words.not_planned_end(), is_problem=True)
        else:
            self._ask(pump.stop)

    def _start_repeat(self) -> None:
        self._bedside.controller.begin_repeat(self._bedside.chair)

    def _retry(self) -> None:
        if self._bedside.controller.clinic.saving.failure is None:
            self._tell(words.nothing_fails())
        self._bedside.controller.retry_saving()

    def _escape(self) -> None:
        """Close what is asked, clear an old draft, leave the table; then the board."""
        state = self.desk.state()
        if self.strip.is_open:
            self.strip.drop()
        elif state is not None and state.stage is Stage.OLD_DRAFT:
            self.desk.type("")
        elif self._is_table:
            self._toggle_table()
        else:
            self.asked.emit(ToBoard())
            return
        self.refresh()

    @property
    def _is_table(self) -> bool:
        return self._stack.currentIndex() == 1

    def _toggle_table(self) -> None:
        self._stack.setCurrentIndex(0 if self._is_table else 1)
        self._drawn = None
        self.refresh()
        self._focus_back()

    def _focus_back(self) -> None:
        if self.strip.is_open:
            return
        (self.table if self._is_table else self.bar.field).setFocus()

    def _from_table(self, key: str) -> None:
        """Take a key that the table passed on; a digit belongs to the field."""
        if key.isdecimal():
            self.bar.field.setFocus()
            self.bar.field.insert(key)
        else:
            self.command(key)

    def _outcome(self, outcome: Outcome) -> None:
        view = self._bedside.view
        if isinstance(outcome, Recorded) and outcome.entries:
            self._notices.recorded(outcome.entries[0])
            if view is not None:
                self._show_bar(view)
        elif isinstance(outcome, Refused):
            self._tell(refusals.refused(outcome), is_problem=True)

    def _tell(self, text: str, *, is_problem: bool = False) -> None:
        """Say a sentence; where the bar has no room, beside a draft or in an empty chair, the window does."""
        self._notices.tell(text, is_problem=is_problem)
        view = self._bedside.view
        if view is not None:
            self._show_bar(view)
        if view is None or self.bar.content.title != text:
            self.told.emit(text)

    def _show_bar(self, view: SessionView) -> None:
        state = self.desk.state()
        if state is None:
            return
        if self.strip.is_open:  # Enter answers it: an offer comes into sight again only afterwards
            self.desk.out_of_sight()
            state = state.without_offer()
        self.bar.show_state(
            view,
            state,
            self.desk.text,
            is_asking=self.strip.is_open,
            is_table=self._is_table,
            repeat_left_s=self._repeat_left_s(view),
            notice=self._notices.current(view),
        )

    def _repeat_left_s(self, view: SessionView) -> float | None:
        """What is left of the wait for a flag's repeat, or of the timer that was started by hand."""
        flags = standing_flags(view, self._bedside.now_ms(view))
        waits = [flag.repeat_left_ms for flag in flags if flag.repeat_left_ms is not None]
        if waits:
            return min(waits) / MS_PER_S
        return self._bedside.controller.repeat_left_s(self._bedside.chair)

    def _draw(self, view: SessionView) -> None:
        """Redraw chart or table when the record changed, the chart also as the present moves on."""
        key = (view.session, view.record_length, self._bedside.now_ms(view) // NOW_STEP_MS)
        if key == self._drawn:
            return
        self._drawn = key
        if self._is_table:
            clinic = self._bedside.controller.clinic
            columns = table_columns(view, lambda entry: clinic.is_saved(entry.session, entry.sequence))
            self.table.show_columns(columns)
            return
        controller = self._bedside.controller
        model = chart_model(
            view,
            controller.now(),
            live_rate=controller.trends.rate(view),
            live_saturation=controller.trends.saturation(view),
        )
        if model != self.chart.model:
            self.chart.set_model(model)

    def _on_chair(self, chair: int) -> None:
        if chair == self._bedside.chair:
            self._later.start()

    def _on_saving(self) -> None:
        if self._is_table:
            self._drawn = None
        self._later.start()

    def _catch_up(self) -> None:
        if self.isVisible():
            self.refresh()

    def _connect(self, controller: ClinicController) -> None:
        controller.chair_changed.connect(self._on_chair)
        controller.ticked.connect(self._later.start)
        controller.saving_changed.connect(self._on_saving)
        controller.operator_changed.connect(self._later.start)
        self._later.timeout.connect(self._catch_up)
        field = self.bar.field
        field.textChanged.connect(self._typed)
        field.entered.connect(self._enter)
        field.escaped.connect(self._escape)
        field.undone.connect(self._undo_key)
        field.commanded.connect(self.command)
        field.cursor_moved.connect(self.chart.move_cursor)
        self.bar.commanded.connect(self.command)
        self.table.passed_on.connect(self._from_table)
        self.chart.readout_changed.connect(self._readout.setText)
        self.strip.recorded.connect(self._outcome)
        self.strip.told.connect(lambda text, is_problem: self._tell(text, is_problem=is_problem))
        self.strip.left.connect(self.asked)
        self.strip.closed.connect(self._on_strip_closed)
        self.strip.asking.connect(self._place_strip)

    def _undo_key(self) -> None:
        self.command("undo")

    def _place_strip(self) -> None:
        """Lay what is asked over the chart's foot: a question must not push the chart about."""
        height = self.strip.sizeHint().height()
        self.strip.setGeometry(0, self.bar.y() - height, self.width(), height)
        self.strip.raise_()

    def _on_strip_closed(self) -> None:
        self._focus_back()
        self.refresh()

    def _lay_out(self) -> None:
        plot = scrolling(ChartFrame(self.chart))
        table = QWidget()
        table_column = QVBoxLayout(table)
        table_column.setContentsMargins(16, 12, 16, 12)
        table_column.addWidget(self.table)
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 4, 0, 0)
        middle.setSpacing(0)
        middle.addLayout(self._stack, 1)
        values = scrolling(self.gutter)
        values.setFixedWidth(self.gutter.minimumSizeHint().width())
        values.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        middle.addWidget(values)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.stripe)
        column.addWidget(self.identity)
        column.addWidget(self._empty, 0, Qt.AlignmentFlag.AlignCenter)
        column.addLayout(middle, 1)
        column.addWidget(self._readout)
        column.addWidget(self.bar)
        for part in (plot, table):  # once the layouts are ours: without a parent a part opens as a window
            self._stack.addWidget(part)
        self.strip.setParent(self)
        self._readout.setContentsMargins(16, 2, 16, 2)
        self._readout.hide()
        self.chart.readout_changed.connect(lambda text: self._readout.setVisible(bool(text)))


def _is_typed(event: QKeyEvent) -> bool:
    held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    return bool(event.text()) and event.text().isprintable() and not held
