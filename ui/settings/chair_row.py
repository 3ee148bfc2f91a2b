"""One chair in the settings: its number, and a line for each monitor beside it."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from monitor.link_report import Monitors
from monitor.settings import MAX_MONITORS, Chair, MonitorLink
from ui.fonts import Weight, is_stacked, px
from ui.review.parts import emptied
from ui.text import settings_words
from ui.theme import ThemeSwitch
from ui.widgets.drop_down import DropDown
from ui.widgets.field import LabeledField
from ui.widgets.flow import FlowLayout
from ui.widgets.key_button import KeyButton
from ui.widgets.labels import label

NUMBER_PX, KIND_PX = 90, 440
FIND_KEY = "Alt F"


class MonitorLine(QWidget):
    """One monitor: its kind, none chosen at first, and its port. An empty port is no monitor."""

    def __init__(
        self, themes: ThemeSwitch, monitors: Monitors, *, chair: int, place: int, known: MonitorLink | None
    ) -> None:
        super().__init__()
        kind_name = settings_words.port_of(chair, place, settings_words.kind())
        self.kind = DropDown(themes, monitors.kinds(), name=kind_name)
        self.kind.choose_nothing(settings_words.no_kind())
        if not is_stacked():
            self.kind.setFixedWidth(px(KIND_PX))
        self.field = LabeledField(settings_words.port())
        self.field.hint_label.setWordWrap(True)  # every form of a port takes more than a line
        self.field.edit.setAccessibleName(settings_words.port_of(chair, place, settings_words.port()))
        if known is not None:
            self.show_monitor(known)
        kind = QVBoxLayout()
        kind.setSpacing(4)
        kind.addWidget(label(settings_words.kind()))
        kind.addWidget(self.kind)
        kind.addStretch(1)
        way = QBoxLayout.Direction
        row = QBoxLayout(way.TopToBottom if is_stacked() else way.LeftToRight, self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addLayout(kind)
        row.addWidget(self.field, 1, Qt.AlignmentFlag.AlignTop)

    def show_monitor(self, monitor: MonitorLink) -> None:
        """Show kind and port."""
        self.kind.choose(monitor.protocol)
        self.field.edit.setText(monitor.port)

    @property
    def lacks_kind(self) -> bool:
        """Whether a port is entered and nothing says what is there."""
        return bool(self.field.text.strip()) and not self.kind.choice

    def monitor(self) -> MonitorLink | None:
        """What is entered, None where the port is empty or no kind is chosen."""
        port = self.field.text.strip()
        return MonitorLink(protocol=self.kind.choice, port=port) if port and self.kind.choice else None


class ChairRow(QWidget):
    """One chair and its monitors. `entered` asks to keep what stands there, `search_asked` to find one."""

    entered = Signal()
    search_asked = Signal()

    def __init__(self, themes: ThemeSwitch, chair: Chair, monitors: Monitors) -> None:
        super().__init__()
        self.number = chair.number
        self._themes = themes
        self._monitors = monitors
        self.lines: list[MonitorLine] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(4)
        self.second_button = KeyButton(themes, key="", text=settings_words.second_monitor())
        self.second_button.clicked.connect(self.add_line)
        self.find_button = KeyButton(themes, key=FIND_KEY, text=settings_words.find())
        self.find_button.setAccessibleName(settings_words.find_for(chair.number))
        self.find_button.clicked.connect(self.search_asked)
        shortcut = QShortcut(QKeySequence("Alt+F"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.search_asked)
        self._lay_out()
        self.show_chair(chair)

    def show_chair(self, chair: Chair) -> None:
        """Show the monitors of `chair`, one empty line where it has none."""
        emptied(self._column)
        self.lines = []
        for monitor in chair.monitors or (None,):
            self._add(monitor)

    def chair(self) -> Chair:
        """What is entered."""
        entered = (line.monitor() for line in self.lines)
        return Chair(number=self.number, monitors=tuple(each for each in entered if each is not None))

    def add_line(self) -> None:
        """Make room for one more monitor and take the keyboard to its kind."""
        if len(self.lines) < MAX_MONITORS:
            self._add(None)
        self.lines[-1].kind.setFocus()

    def empty_line(self) -> MonitorLine | None:
        """A line without a monitor, a new one where there may be one more; None where the chair is full."""
        if all(line.monitor() for line in self.lines) and len(self.lines) < MAX_MONITORS:
            self._add(None)
        return next((line for line in self.lines if line.monitor() is None), None)

    def _add(self, known: MonitorLink | None) -> None:
        place = len(self.lines)
        line = MonitorLine(self._themes, self._monitors, chair=self.number, place=place, known=known)
        line.field.edit.returnPressed.connect(self.entered)
        self.lines.append(line)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(line, 1)
        if place:
            remove = KeyButton(self._themes, key="", text=settings_words.remove_monitor())
            remove.setAccessibleName(
                settings_words.port_of(self.number, place, settings_words.remove_monitor())
            )
            remove.clicked.connect(self._emptying(line))
            row.addWidget(remove, 0, Qt.AlignmentFlag.AlignVCenter)
        self._column.addLayout(row)
        self.second_button.setVisible(len(self.lines) < MAX_MONITORS)

    def _emptying(self, line: MonitorLine) -> Callable[[], None]:
        def empty() -> None:
            line.field.edit.clear()
            self.entered.emit()

        return empty

    def _lay_out(self) -> None:
        number = label(settings_words.chair(self.number), weight=Weight.BOLD)
        number.setFixedWidth(px(NUMBER_PX))
        buttons = FlowLayout(spacing_px=8, line_gap_px=8)
        buttons.addWidget(self.find_button)
        buttons.addWidget(self.second_button)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addLayout(self._column)
        column.addLayout(buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 8)
        row.setSpacing(16)
        row.addWidget(number, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
