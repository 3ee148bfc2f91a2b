"""Holds the chart and gives it whatever height the window leaves."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ui.chart.session_chart import SessionChart


class ChartFrame(QWidget):
    """As tall as there is room: the pressure pane takes it, and in a low window the others give way."""

    def __init__(self, chart: SessionChart, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chart = chart
        chart.setParent(self)

    def minimumSizeHint(self) -> QSize:
        """Never make the window taller than it is."""
        return QSize(480, self._chart.least_height_px)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the chart."""
        super().resizeEvent(event)
        self._chart.fit_height(self.height())
        self._chart.setGeometry(0, 0, self.width(), self._chart.sizeHint().height())
