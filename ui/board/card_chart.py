"""The small chart of a card, as tall as the card leaves room for."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from ui.chart.mini_chart import AXIS_PX, MiniChart
from ui.fonts import box_px
from ui.theme import ThemeSwitch

LEAST_PLOT_PX = 28


class CardChart(MiniChart):
    """Grows and shrinks with its card; too low to be read, it is left out."""

    def __init__(self, themes: ThemeSwitch) -> None:
        super().__init__(themes)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)

    def minimumSizeHint(self) -> QSize:
        """Return nothing: a card's figures come first."""
        return QSize(0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take all the height there is."""
        super().resizeEvent(event)
        self._plot_px = max(1, self.height() - box_px(AXIS_PX))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw when there is room to read it."""
        if self._plot_px >= LEAST_PLOT_PX:
            super().paintEvent(event)
