"""One chair's card: fixed place, the last charted pressure large, and what is asked for."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from monitor.clock import MS_PER_S, Instant
from monitor.view import SessionView
from monitor.wire import Wire
from ui.board.card_chart import CardChart
from ui.board.card_model import CardModel, card_model
from ui.board.figures import Figures
from ui.board.link_pill import show_link
from ui.board.marks import ChairNumber
from ui.board.state_bar import StateBar
from ui.chart.build import chart_model
from ui.elided import ElidedLabel
from ui.fonts import Size, Weight
from ui.text import board_words, words
from ui.theme import ThemeSwitch
from ui.widgets.badges import Pill
from ui.widgets.bars import SimulatedStripe
from ui.widgets.key_button import KeyCap
from ui.widgets.labels import Ink, label, set_ink
from ui.widgets.level_frame import LevelFrame

SIDE_PX = 16
CHART_STEP_MS = 5000  # a chart moves less than a pixel in this time


class ChairCard(LevelFrame):
    """Shows a session or an empty chair; emits `opened` when it is clicked or Enter is pressed on it."""

    opened = Signal(int)

    def __init__(self, themes: ThemeSwitch, chair: int, key: str) -> None:
        super().__init__(themes)
        self._chair = chair
        self._model: CardModel | None = None
        self._said: tuple[str, int, int, str] | None = None
        self._drawn: tuple[str, int, int] | None = None
        self._number = ChairNumber(themes, chair)
        self._name = label(size=Size.TITLE, weight=Weight.BOLD)
        self._phase = ElidedLabel(size=Size.NOTE, ink=Ink.SECOND)
        self._pill = Pill(themes, "")
        self._stripe = SimulatedStripe(themes)
        self._figures = Figures(themes)
        self._chart = CardChart(themes)
        self._empty = _Empty(themes, key)
        self._line = StateBar(themes)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._lay_out()
        self.show_empty(Wire(), Instant(utc_ms=0, offset_minutes=0), has_monitor=False, has_draft=False)

    @property
    def chair(self) -> int:
        """The chair's number."""
        return self._chair

    @property
    def model(self) -> CardModel | None:
        """What it says of its session, None while the chair is empty."""
        return self._model

    @property
    def line(self) -> StateBar:
        """Its last line."""
        return self._line

    @property
    def figures(self) -> Figures:
        """Pressure, rate, saturation, change and age."""
        return self._figures

    @property
    def pill(self) -> Pill:
        """Its monitor's link."""
        return self._pill

    def show_session(self, view: SessionView, name: str, wire: Wire, now: Instant) -> None:
        """Show who sits here, at `now`."""
        show_link(self._pill, wire, now, has_monitor=False, is_empty=False)
        said = (view.session, view.record_length, now.utc_ms // MS_PER_S, name)
        if said == self._said:
            return  # a live value came in: nothing else can have changed within this second
        self._said = said
        drawn = (view.session, view.record_length, view.clock_ms(now) // CHART_STEP_MS)
        if drawn != self._drawn:
            self._drawn = drawn
            self._chart.set_model(chart_model(view, now))
        model = card_model(view, name, now)
        if model == self._model:
            return
        self._model = model
        self._seat(is_seated=True)
        self._name.setText(model.name)
        self._phase.show_text(model.phase)
        self._stripe.setVisible(model.is_simulated)
        self._figures.show_model(model)
        self._line.show_line(model.line)
        self.show_level(model.level, is_overdue=model.is_overdue)
        marked = "" if model.level is None else words.level_word(model.level)
        other = "" if model.elsewhere is None else model.elsewhere.text
        parts = (
            board_words.chair_name(self._chair),
            model.name,
            model.phase,
            *((model.pressure, model.age, other, marked) if other else (model.pressure, marked, model.age)),
        )
        self.setAccessibleName(", ".join(part for part in (*parts, self._line.text) if part))

    def show_empty(self, wire: Wire, now: Instant, *, has_monitor: bool, has_draft: bool) -> None:
        """Show that nobody sits here."""
        show_link(self._pill, wire, now, has_monitor=has_monitor, is_empty=True)
        self._model = None
        self._said = None
        self._drawn = None
        self._seat(is_seated=False)
        self._name.setText(board_words.empty())
        self._empty.show_draft(has_draft=has_draft)
        self.show_level(None, is_empty=True)
        self.setAccessibleName(f"{board_words.chair_name(self._chair)}, {board_words.empty()}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter or Space."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.opened.emit(self._chair)
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open with a click."""
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.opened.emit(self._chair)

    def _seat(self, *, is_seated: bool) -> None:
        self._number.show_empty(not is_seated)
        set_ink(self._name, Ink.MAIN if is_seated else Ink.SECOND)
        for part in (self._figures, self._chart, self._line, self._phase):
            part.setVisible(is_seated)
        self._empty.setVisible(not is_seated)
        if not is_seated:
            self._stripe.hide()

    def _lay_out(self) -> None:
        who = QHBoxLayout()
        who.setSpacing(12)
        who.addWidget(self._name, 1)
        who.addWidget(self._pill)
        beside = QVBoxLayout()
        beside.setSpacing(0)
        beside.addLayout(who)
        beside.addWidget(self._phase)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self._number, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(beside, 1)
        body = QVBoxLayout()
        body.setContentsMargins(SIDE_PX, 12, SIDE_PX, 4)
        body.setSpacing(4)
        body.addWidget(self._stripe)
        body.addLayout(top)
        body.addWidget(self._figures)
        body.addWidget(self._chart, 1)
        body.addWidget(self._empty, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(body, 1)
        column.addWidget(self._line)


class _Empty(QWidget):
    """What an empty chair offers."""

    def __init__(self, themes: ThemeSwitch, key: str) -> None:
        super().__init__()
        self._remark = label(board_words.nothing_due(), size=Size.NOTE, ink=Ink.SECOND)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addStretch(1)
        line.addWidget(label(board_words.press()))
        line.addWidget(KeyCap(themes, key))
        line.addWidget(label(board_words.to_seat()))
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addLayout(line)
        column.addWidget(self._remark, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)

    def show_draft(self, *, has_draft: bool) -> None:
        """Say whether seating was begun here."""
        self._remark.setText(board_words.draft_kept() if has_draft else board_words.nothing_due())
