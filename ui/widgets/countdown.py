"""Time left until something is due, in words and as a bar that fills."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from ui.fonts import Size, Weight, px
from ui.theme import ThemeSwitch
from ui.widgets.labels import Ink, label
from ui.widgets.themed import ThemedWidget, draw_box, sharp_painter

BAR_HEIGHT_PX = 6


class ProgressBar(ThemedWidget):
    """A thin bar, filled from the left. The caller's words beside it say what it means."""

    def __init__(self, themes: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(themes, parent)
        self._done = 0.0
        self.setFixedHeight(BAR_HEIGHT_PX)
        self.setMinimumWidth(px(60))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def done(self) -> float:
        """The filled part, 0 to 1."""
        return self._done

    def set_done(self, part: float) -> None:
        """Fill `part` of the bar; anything outside 0 to 1 is drawn as empty or full."""
        self._done = min(1.0, max(0.0, part))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the edge and the filled part."""
        painter = sharp_painter(self)
        theme = self.theme
        box = QRectF(self.rect())
        draw_box(painter, box, fill=theme.background, edge=theme.edge, radius_px=3)
        filled = QRectF(box.left(), box.top(), box.width() * self._done, box.height())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.text))
        if filled.width() > 0:
            painter.drawRoundedRect(filled, 3, 3)
        painter.end()


class Countdown(QWidget):
    """Caption and time left ("Due 10:28, in", "0:50") above a bar."""

    def __init__(self, themes: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._caption = label(ink=Ink.SECOND)
        self._left = label(size=Size.TITLE, weight=Weight.BOLD)
        self._bar = ProgressBar(themes)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.addWidget(self._caption, 0, 0)
        grid.addWidget(self._left, 0, 1)
        grid.setColumnStretch(2, 1)
        grid.addWidget(self._bar, 1, 0, 1, 3)

    def show_time_left(self, caption: str, left: str, *, done: float) -> None:
        """Show the caption, the time left as text, and how much of the wait is over, 0 to 1."""
        self._caption.setText(caption)
        self._left.setText(left)
        self._bar.set_done(done)
        self.setAccessibleName(f"{caption} {left}")
