"""What a monitor's link has counted, each number under its name."""

from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from monitor.link_report import LinkReport
from ui.fonts import Size, Weight, is_stacked
from ui.text import device_words as words
from ui.widgets.labels import Ink, label

STACKED_COLUMNS = 4  # where words are large


class Counters(QWidget):
    """In a row, or in some where words are large. What this kind of monitor does not have is not there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cells: list[tuple[QWidget, QLabel]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(10)
        for name in words.counters():
            value = label(size=Size.TITLE, weight=Weight.BOLD)
            cell = QWidget(self)
            parts = QVBoxLayout(cell)
            parts.setContentsMargins(0, 0, 0, 0)
            parts.setSpacing(2)
            parts.addWidget(label(name, size=Size.NOTE, ink=Ink.SECOND))
            parts.addWidget(value)
            self._cells.append((cell, value))
        self._lay_out()

    @property
    def texts(self) -> tuple[str, ...]:
        """The values in sight."""
        return tuple(value.text() for cell, value in self._cells if not cell.isHidden())

    def show_report(self, report: LinkReport) -> None:
        """Show the counters of `report`."""
        texts = (
            words.grouped(report.frames),
            None if report.bad_sums is None else words.grouped(report.bad_sums),
            words.grouped(report.rejected),
            words.quiet_time(report.quiet_time_s),
            words.grouped(report.resyncs),
            words.grouped(report.unanswered),
            words.milliseconds(report.slowest_reply_ms),
            words.grouped(report.links_lost),
            None if report.hang_ups is None else words.grouped(report.hang_ups),
        )
        before = [cell.isHidden() for cell, _ in self._cells]
        for (cell, value), text in zip(self._cells, texts, strict=True):
            cell.setHidden(text is None)
            value.setText(text or "")
        if before != [cell.isHidden() for cell, _ in self._cells]:
            self._lay_out()

    def _lay_out(self) -> None:
        """Place the cells in sight without a hole between them."""
        for cell, _ in self._cells:
            self._grid.removeWidget(cell)
        shown = [cell for cell, _ in self._cells if not cell.isHidden()]
        columns = STACKED_COLUMNS if is_stacked() else len(shown)
        for place, cell in enumerate(shown):
            self._grid.addWidget(cell, place // columns, place % columns)
        for column in range(len(self._cells)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
