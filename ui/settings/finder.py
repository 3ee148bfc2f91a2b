"""Find my monitor: what speaks on each free port, found by what it says, and one key to use it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from monitor.link_report import Finding, Monitors, PortSearched, SearchOutcome
from ui.elided import ElidedLabel
from ui.fonts import Size, Weight, px
from ui.review.parts import emptied, wrapping
from ui.text import settings_words
from ui.theme import ThemeSwitch
from ui.widgets.key_button import KeyButton
from ui.widgets.labels import Ink, label
from ui.widgets.scrolling import keep_in_sight
from ui.widgets.themed import ThemedWidget, draw_box, sharp_painter

REFRESH_MS = 250
BAR_PX = (120, 10)


class ShareBar(ThemedWidget):
    """How much of a search is done."""

    def __init__(self, themes: ThemeSwitch, share: float) -> None:
        super().__init__(themes)
        self._share = share
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        """Return a fixed size."""
        return QSize(px(BAR_PX[0]), px(BAR_PX[1]))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fill from the left."""
        painter = sharp_painter(self)
        box = QRectF(self.rect())
        draw_box(painter, box, fill=self.theme.background, edge=self.theme.edge, radius_px=2)
        painter.fillRect(
            QRectF(1, 1, (box.width() - 2) * self._share, box.height() - 2), QColor(self.theme.text)
        )
        painter.end()


class FinderPanel(QWidget):
    """A search under way, or what it found. `chosen` carries a `PortSearched`; Esc stops, then closes."""

    chosen = Signal(object)
    closed = Signal()

    def __init__(self, themes: ThemeSwitch, monitors: Monitors, chair: int) -> None:
        super().__init__()
        self._themes = themes
        self.chair = chair
        self._finding: Finding = monitors.find()
        self._shown: tuple[PortSearched, ...] | None = None
        self.choices: list[KeyButton] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 2)
        self.end_button = KeyButton(themes, key="Esc", text=settings_words.stop_search())
        self.end_button.clicked.connect(self.end)
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self.refresh)
        self._lay_out()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(settings_words.finding_for(chair))
        self.refresh()
        if self.is_searching:
            self._timer.start()

    def event(self, event: QEvent) -> bool:
        """Stay in sight whole, as far as it goes, where the rows above or more of its own move it."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.FocusIn} and self.hasFocus():
            QTimer.singleShot(0, self, self._stay_in_sight)  # once all stand where they belong
        return super().event(event)

    def _stay_in_sight(self) -> None:
        keep_in_sight(self)

    @property
    def is_searching(self) -> bool:
        """Whether any port is still listened to."""
        return any(each.outcome is SearchOutcome.SEARCHING for each in self._finding.reports)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the digits of what was found, and Esc."""
        digit = int(event.text()) if event.text().isdigit() else 0
        if event.key() == Qt.Key.Key_Escape:
            self.end()
        elif 0 < digit <= len(self.choices):
            self.choices[digit - 1].click()
        else:
            super().keyPressEvent(event)

    def end(self) -> None:
        """Stop the search; once it has ended, close."""
        if self.is_searching:
            self.stop()
        else:
            self.closed.emit()

    def stop(self) -> None:
        """Let the search end."""
        self._finding.ask_to_stop()

    def refresh(self) -> None:
        """Show how far each port is."""
        reports = self._finding.reports
        if reports == self._shown:
            return
        self._shown = reports
        emptied(self._grid)
        self.choices = []
        for row, each in enumerate(reports):
            self._show_port(row, each)
        if not reports:
            self._grid.addWidget(wrapping(settings_words.no_free_ports()), 0, 0, 1, 3)
        if not self.is_searching:
            self._timer.stop()
            self.end_button.setText(settings_words.close_search())
        self.setAccessibleDescription("; ".join(f"{each.port} {_said(each)}" for each in reports))

    def _show_port(self, row: int, each: PortSearched) -> None:
        port = ElidedLabel(size=Size.BODY)
        port.show_text(each.port)
        is_found = each.outcome is SearchOutcome.FOUND
        said = wrapping(
            _said(each),
            weight=Weight.BOLD if is_found else Weight.REGULAR,
            ink=Ink.MAIN if is_found else Ink.SECOND,
        )
        self._grid.addWidget(port, row, 0)
        self._grid.addWidget(said, row, 1)
        if each.outcome is SearchOutcome.SEARCHING:
            self._grid.addWidget(ShareBar(self._themes, each.share), row, 2)
        elif is_found:
            number = len(self.choices) + 1
            use = KeyButton(self._themes, key=str(number), text=settings_words.use_at(self.chair))
            use.setAccessibleName(settings_words.use_named(each.title, self.chair))
            use.clicked.connect(self._choosing(each))
            self.choices.append(use)
            self._grid.addWidget(use, row, 2)

    def _choosing(self, found: PortSearched) -> Callable[[], None]:
        return lambda: self.chosen.emit(found)

    def _lay_out(self) -> None:
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("surface", "card")
        head = QHBoxLayout()
        head.addWidget(label(settings_words.finding_for(self.chair), weight=Weight.BOLD))
        head.addStretch(1)
        head.addWidget(self.end_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(wrapping(settings_words.finding_remark(), size=Size.NOTE, ink=Ink.SECOND))
        column.addLayout(self._grid)


def _said(each: PortSearched) -> str:
    if each.outcome is SearchOutcome.FOUND:
        return settings_words.found(each.title, each.line_settings)
    if each.outcome is SearchOutcome.SEARCHING:
        return settings_words.searching(each.share)
    return settings_words.search_stopped() if each.outcome is SearchOutcome.STOPPED else each.reason
