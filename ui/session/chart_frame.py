"""Holds the chart and gives its pressure pane whatever height the window leaves."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ui.chart.session_chart import SessionChart

LEAST_PRESSURE_PX = 96
MOST_PRESSURE_PX = 400


class ChartFrame(QWidget):
    """As tall as there is room; everything but the pressure pane keeps its height."""

    def __init__(self, chart: SessionChart, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chart = chart
        chart.setParent(self)
        self._others_px = chart.sizeHint().height() - chart.pressure_height_px

    def minimumSizeHint(self) -> QSize:
        """Never make the window taller than it is."""
        return QSize(480, self._others_px + LEAST_PRESSURE_PX)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the chart."""
        super().resizeEvent(event)
        room_px = self.height() - self._others_px
        self._chart.set_pressure_height(min(MOST_PRESSURE_PX, max(LEAST_PRESSURE_PX, room_px)))
        self._chart.setGeometry(0, 0, self.width(), self._chart.sizeHint().height())
