"""Chart and table twin of one chair, one in front of the other, each drawn only when it would be another."""

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from monitor.view import SessionView
from ui.chart.build import NOW_STEP_MS, chart_model
from ui.chart.chart_frame import ChartFrame
from ui.chart.session_chart import SessionChart
from ui.session.bedside import Bedside
from ui.session.table import TableTwin
from ui.session.table_model import table_columns
from ui.theme import ThemeSwitch
from ui.widgets.scrolling import scrolling


class Picture(QStackedWidget):
    """The session drawn, or the same in numbers."""

    def __init__(self, themes: ThemeSwitch, bedside: Bedside) -> None:
        super().__init__()
        self._bedside = bedside
        self._drawn: tuple[str, int, int] | None = None
        self.chart = SessionChart(themes)
        self.table = TableTwin()
        table = QWidget()
        column = QVBoxLayout(table)
        column.setContentsMargins(16, 12, 16, 12)
        column.addWidget(self.table)
        for part in (scrolling(ChartFrame(self.chart)), table):
            self.addWidget(part)

    @property
    def is_table(self) -> bool:
        """Whether the table is in front."""
        return self.currentIndex() == 1

    def toggle(self) -> None:
        """Bring the other to the front."""
        self.setCurrentIndex(0 if self.is_table else 1)
        self.forget()

    def forget(self) -> None:
        """Draw anew next time: something changed that the record does not tell."""
        self._drawn = None

    def draw(self, view: SessionView) -> None:
        """Redraw what is in front when the record changed, the chart also as the present moves on."""
        key = (view.session, view.record_length, self._bedside.now_ms(view) // NOW_STEP_MS)
        if key == self._drawn:
            return
        self._drawn = key
        controller = self._bedside.controller
        if self.is_table:
            clinic = controller.clinic
            columns = table_columns(view, lambda entry: clinic.is_saved(entry.session, entry.sequence))
            self.table.show_columns(columns)
            return
        model = chart_model(view, controller.now(), controller.trend(view))
        if model != self.chart.model:
            self.chart.set_model(model)
