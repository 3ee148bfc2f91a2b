"""Who charts: two keys at any moment, in the window, over nothing."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout

from monitor.settings import Operator
from ui.controller import ClinicController
from ui.fonts import Size, Weight, px
from ui.text import shell_words
from ui.theme import ThemeSwitch
from ui.widgets.field import LabeledField
from ui.widgets.key_button import KeyButton
from ui.widgets.labels import Ink, label
from ui.widgets.themed import ThemedWidget, sharp_painter

COLUMNS = 4
MARGIN_PX = 16
BUTTON_HEIGHT_PX = 40
WITH_A_DIGIT = 9


class OperatorPanel(ThemedWidget):
    """Names with digits, and a field for a new one. Emits `closed` when done; `chosen` with a name."""

    chosen = Signal(str)
    closed = Signal()

    def __init__(self, controller: ClinicController, themes: ThemeSwitch) -> None:
        super().__init__(themes)
        self._controller = controller
        self._names: tuple[str, ...] = ()
        self._buttons: list[KeyButton] = []
        self._remark = label(shell_words.not_authenticated(), size=Size.NOTE, ink=Ink.SECOND)
        self._remark.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._grid = QGridLayout()
        self._grid.setSpacing(8)
        self._add = KeyButton(themes, key="+", text=shell_words.add_operator(), height_px=BUTTON_HEIGHT_PX)
        self._add.clicked.connect(self._offer_field)
        self._close = KeyButton(themes, key="Esc", text=shell_words.keep(), height_px=BUTTON_HEIGHT_PX)
        self._close.clicked.connect(self.closed)
        self._field = LabeledField(shell_words.operator_name(), hint=shell_words.name_needed())
        self._field.setMaximumWidth(px(420))
        self._field.edit.returnPressed.connect(self._take_name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(shell_words.who_charts())
        self._lay_out()
        self.hide()

    @property
    def field(self) -> LabeledField:
        """Where a new name is typed."""
        return self._field

    def open(self) -> None:
        """Come into sight with the names as set up now."""
        self._names = tuple(operator.name for operator in self._controller.settings.operators)
        for old in self._buttons:
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._buttons = [self._button(at, name) for at, name in enumerate(self._names)]
        for at, button in enumerate(self._buttons):
            self._grid.addWidget(button, at // COLUMNS, at % COLUMNS)
        is_first = not self._names
        self._remark.setText(shell_words.first_operator() if is_first else shell_words.not_authenticated())
        self._add.setVisible(not is_first)
        self._field.edit.clear()
        self._field.set_fault(None)
        self._field.setVisible(is_first)
        self.show()
        if is_first:
            self._field.edit.setFocus()
        else:
            self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose with a digit, add with +, leave with Esc."""
        text = event.text()
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif text.isdigit() and 0 < int(text) <= len(self._names):
            self._choose(self._names[int(text) - 1])
        elif text == "+" and not self._field.isVisible():
            self._offer_field()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the panel's ground and hairline."""
        painter = sharp_painter(self)
        painter.fillRect(self.rect(), QColor(self.theme.panel))
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(self.theme.edge))
        painter.end()

    def _button(self, at: int, name: str) -> KeyButton:
        key = str(at + 1) if at < WITH_A_DIGIT else ""
        button = KeyButton(self._themes, key=key, text=name, height_px=BUTTON_HEIGHT_PX)
        button.clicked.connect(self._choosing(name))
        return button

    def _choosing(self, name: str) -> Callable[[], None]:
        return lambda: self._choose(name)

    def _choose(self, name: str) -> None:
        self._controller.choose_operator(name)
        self.chosen.emit(name)
        self.closed.emit()

    def _offer_field(self) -> None:
        self._field.setVisible(True)
        self._field.edit.setFocus()

    def _take_name(self) -> None:
        name = " ".join(self._field.text.split())
        if not name:
            self._field.set_fault(shell_words.name_needed())
            return
        if name.casefold() in {known.casefold() for known in self._names}:
            self._field.set_fault(shell_words.operator_taken())
            return
        settings = self._controller.settings
        operators = (*settings.operators, Operator(name=name))
        self._controller.change_settings(replace(settings, operators=operators))
        self._choose(name)

    def _lay_out(self) -> None:
        title = QVBoxLayout()
        title.setSpacing(2)
        title.addWidget(label(shell_words.who_charts(), size=Size.TITLE, weight=Weight.BOLD))
        title.addWidget(self._remark)
        title.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN_PX, 12, MARGIN_PX, 12)
        row.setSpacing(24)
        row.addLayout(title)
        row.addLayout(self._grid)
        row.setAlignment(self._grid, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._field, 1)
        row.addWidget(self._add, 0, Qt.AlignmentFlag.AlignTop)
        row.addStretch(1)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
