"""Parts of the monitor's page: which of a chair's monitors is shown, and the changes of its link."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLayout, QScrollArea, QVBoxLayout, QWidget

from monitor.link_report import LinkReport, StateSpan
from ui.fonts import Size, Weight
from ui.review.parts import emptied, wrapping
from ui.text import device_words
from ui.text.formats import clock_s
from ui.theme import ThemeSwitch
from ui.widgets.flow import FlowLayout
from ui.widgets.key_button import ButtonLook, KeyButton
from ui.widgets.labels import Ink, label

CHANGES_SHOWN = 30


class MonitorTurns(QWidget):
    """A button for each of a chair's monitors; nothing where there is only one."""

    chosen = Signal(int)

    def __init__(self, themes: ThemeSwitch) -> None:
        super().__init__()
        self._themes = themes
        self._shown: tuple[object, ...] = ()
        self._row = FlowLayout(spacing_px=8, line_gap_px=8)
        self._row.setContentsMargins(16, 0, 16, 8)
        self.setLayout(self._row)

    def __len__(self) -> int:
        """How many monitors can be turned to."""
        return len(self._shown) - 1 if self._shown else 0

    def show_monitors(self, reports: Sequence[LinkReport], at: int) -> None:
        """Offer `reports`, of which the one at `at` is shown."""
        self.setVisible(len(reports) > 1)
        states = tuple((each.title, each.history[-1].state if each.history else None) for each in reports)
        shown = (*states, at)
        if shown == self._shown:
            return
        self._shown = shown
        emptied(self._row)
        for place, (title, state) in enumerate(states):
            text = title if state is None else f"{title} \N{MIDDLE DOT} {device_words.state(state)}"
            look = ButtonLook.PRIMARY if place == at else ButtonLook.PLAIN
            button = KeyButton(self._themes, key=str(place + 1), text=text, look=look)
            button.clicked.connect(self._choosing(place))
            self._row.addWidget(button)

    def _choosing(self, place: int) -> Callable[[], None]:
        return lambda: self.chosen.emit(place)


class ChangeList(QScrollArea):
    """The newest changes of a link with their times and reasons, newest first."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[StateSpan, ...] = ()
        self._grid = QGridLayout()
        self._grid.setContentsMargins(12, 8, 12, 8)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(2, 1)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._grid)
        column.addStretch(1)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(device_words.last_changes())
        self.setWidget(inner)

    def show_history(self, history: tuple[StateSpan, ...]) -> None:
        """Show the end of `history`."""
        if history == self._shown:
            return
        self._shown = history
        emptied(self._grid)
        top = Qt.AlignmentFlag.AlignTop
        for row, span in enumerate(reversed(history[-CHANGES_SHOWN:])):
            time = label(clock_s(span.since), size=Size.NOTE, ink=Ink.SECOND)
            state = label(device_words.state(span.state), size=Size.NOTE, weight=Weight.BOLD)
            self._grid.addWidget(time, row, 0, top)
            self._grid.addWidget(state, row, 1, top)
            self._grid.addWidget(wrapping(span.reason, size=Size.NOTE), row, 2, top)


def heading(title: str, remark: QLabel) -> QHBoxLayout:
    """A part's name and a remark beside it."""
    row = QHBoxLayout()
    row.setSpacing(12)
    row.addWidget(label(title, weight=Weight.BOLD))
    row.addWidget(remark)
    row.addStretch(1)
    return row


def card(*parts: QWidget | QLayout) -> QWidget:
    """`parts` beneath each other on a surface of their own."""
    card = QWidget()
    card.setObjectName("card")
    card.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    card.setProperty("surface", "card")
    column = QVBoxLayout(card)
    column.setContentsMargins(16, 12, 16, 12)
    column.setSpacing(10)
    for part in parts:
        if isinstance(part, QWidget):
            column.addWidget(part)
        else:
            column.addLayout(part)
    return card


def set_up(report: LinkReport) -> str:
    """What the kind of monitor needs, and where one that calls by itself is to call."""
    kind, _, place = report.source.port.partition(":")
    parts = [report.set_up_note]
    if kind == "tcp-listen":
        parts.append(device_words.listening_at(place.rpartition(":")[2]))
        if not report.source.is_simulated:
            parts.append(device_words.programs_not_taken())
    return " ".join(part for part in parts if part)


def where(report: LinkReport) -> str:
    """Kind, port and line settings; a port that is called has no line."""
    has_line = report.line_settings and not report.source.port.startswith("tcp-listen:")
    line = f", {report.line_settings}" if has_line else ""
    return f"{report.source.protocol.upper()} \N{MIDDLE DOT} {report.source.port}{line}"
