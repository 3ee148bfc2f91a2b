"""One chair: who, chart, latest values, entry bar. Lays them out, refreshes them and keeps the keyboard."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from monitor.clock import MS_PER_S
from monitor.standing import standing_flags
from monitor.view import SessionView
from ui.controller import ClinicController
from ui.page import Page
from ui.routes import ToSeat
from ui.session.bedside import Bedside
from ui.session.commands import ChairCommands
from ui.session.desk import EntryDesk
from ui.session.entry_bar import EntryBar
from ui.session.gutter import Gutter
from ui.session.identity import IdentityStrip
from ui.session.notices import Notices
from ui.session.picture import Picture
from ui.session.strip import QuestionStrip
from ui.text import session_words as words
from ui.theme import ThemeSwitch
from ui.widgets.bars import SimulatedStripe
from ui.widgets.labels import Ink, label
from ui.widgets.scrolling import SideRoom


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
        self._picture = Picture(themes, self._bedside)
        self.chart, self.table = self._picture.chart, self._picture.table
        self.gutter = Gutter(themes)
        self.strip = QuestionStrip(themes, self._bedside)
        self.bar = EntryBar(themes, self._bedside)
        self._empty = label(words.empty_chair(chair), ink=Ink.SECOND)
        self._readout = label(ink=Ink.MAIN)
        self._notices = Notices(self._bedside)
        self._commands = ChairCommands(
            self._bedside, desk=self.desk, strip=self.strip, picture=self._picture, notices=self._notices
        )
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
        self._picture.forget()
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
        self.gutter.show_session(self._bedside, view, is_old=self._bedside.prompt(view).late_by_ms > 0)
        self._picture.draw(view)
        self._show_bar()

    def command(self, key: str) -> None:
        """Do what a key or button means; the field passes on every key that is not data."""
        self._commands.do(key)
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
            self.command("Esc")
        elif self._bedside.view is None and is_enter:
            self.asked.emit(ToSeat(self._bedside.chair))
        elif self._bedside.view is not None and _is_typed(event) and not to.hasFocus():
            to.setFocus()
            QApplication.sendEvent(to, event)
        else:
            event.ignore()

    def _typed(self, text: str) -> None:
        self._notices.clear()
        self.desk.type(text)
        self._show_bar()

    def _focus_back(self) -> None:
        if self.strip.is_open:
            return
        (self.table if self._picture.is_table else self.bar.field).setFocus()

    def _from_table(self, key: str) -> None:
        """Take a key that the table passed on; a digit belongs to the field."""
        if key.isdecimal():
            self.bar.field.setFocus()
            self.bar.field.insert(key)
        else:
            self.command(key)

    def _on_notice(self, text: str) -> None:
        """Show a notice; where the bar has no room, beside a draft or an offer, the window does."""
        self._show_bar()
        if self._bedside.view is None or self.bar.content.title != text:
            self.told.emit(text)

    def _show_bar(self) -> None:
        view, state = self._bedside.view, self.desk.state()
        if view is None or state is None:
            return
        if self.strip.is_open:  # Enter answers it: an offer comes into sight again only afterwards
            self.desk.out_of_sight()
            state = state.without_offer()
        self.bar.show_state(
            view,
            state,
            self.desk.text,
            is_asking=self.strip.is_open,
            is_table=self._picture.is_table,
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

    def _on_chair(self, chair: int) -> None:
        if chair == self._bedside.chair:
            self._later.start()

    def _on_saving(self) -> None:
        if self._picture.is_table:
            self._picture.forget()
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
        field.entered.connect(self._on_enter)
        field.escaped.connect(lambda: self.command("Esc"))
        field.undone.connect(lambda: self.command("undo"))
        field.commanded.connect(self.command)
        field.cursor_moved.connect(self.chart.move_cursor)
        self.bar.commanded.connect(self.command)
        self.table.passed_on.connect(self._from_table)
        self.chart.readout_changed.connect(self._show_readout)
        self._commands.noticed.connect(self._on_notice)
        self._commands.asked.connect(self.asked)
        self._commands.freed.connect(self._focus_back)
        self.strip.closed.connect(self._on_strip_closed)
        self.strip.asking.connect(self._place_strip)

    def _on_enter(self) -> None:
        self._commands.enter()
        self.refresh()

    def _show_readout(self, text: str) -> None:
        self._readout.setText(text)
        self._readout.setVisible(bool(text))

    def _place_strip(self) -> None:
        """Lay what is asked over the chart's foot: a question must not push the chart about."""
        height = self.strip.sizeHint().height()
        self.strip.setGeometry(0, self.bar.y() - height, self.width(), height)
        self.strip.raise_()

    def _on_strip_closed(self) -> None:
        self._focus_back()
        self.refresh()

    def _lay_out(self) -> None:
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 4, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self._picture, 1)
        middle.addWidget(SideRoom(self.gutter))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.stripe)
        column.addWidget(self.identity)
        column.addWidget(self._empty, 0, Qt.AlignmentFlag.AlignCenter)
        column.addLayout(middle, 1)
        column.addWidget(self._readout)
        column.addWidget(self.bar)
        self.strip.setParent(self)
        self._readout.setContentsMargins(16, 2, 16, 2)
        self._readout.hide()


def _is_typed(event: QKeyEvent) -> bool:
    held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    return bool(event.text()) and event.text().isprintable() and not held
