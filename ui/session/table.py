"""The chart's twin in numbers. Arrow keys choose a set, A amends it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from monitor.view import Reading
from ui.fonts import Size, Weight, box_px, font, px
from ui.session.table_model import TableColumn
from ui.text import session_words as words

_PRESSURE_ROW = 2
_LEAST_COLUMN_PX = 88
_ROW_PX = 34


class TableTwin(QTableWidget):
    """Readings as columns, newest right. Keys that mean nothing to a table are passed on."""

    passed_on = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns: tuple[TableColumn, ...] = ()
        captions = words.table_rows()
        self.setRowCount(len(captions))
        self.setVerticalHeaderLabels(list(captions))
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setMinimumSectionSize(px(_LEAST_COLUMN_PX))
        self.verticalHeader().setDefaultSectionSize(box_px(_ROW_PX))
        self.verticalHeader().setFont(font(Size.BODY))
        self.setFont(font(Size.BODY))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectColumns)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAccessibleName(words.table_name())

    @property
    def columns(self) -> tuple[TableColumn, ...]:
        """What it shows."""
        return self._columns

    @property
    def chosen(self) -> Reading | None:
        """The reading of the chosen column."""
        at = self.currentColumn()
        return self._columns[at].reading if 0 <= at < len(self._columns) else None

    def show_columns(self, columns: tuple[TableColumn, ...]) -> None:
        """Show `columns`. The newest is chosen, unless an older one was: that stays, whatever arrives."""
        if columns == self._columns:
            return
        was_newest = self.currentColumn() in {-1, len(self._columns) - 1}
        kept = None if was_newest or self.chosen is None else self.chosen.sequence
        self._columns = columns
        self.setColumnCount(len(columns))
        for at, column in enumerate(columns):
            for row, text in enumerate(column.cells):
                self.setItem(row, at, _cell(text, row, is_struck=column.is_struck))
        if columns:
            sequences = [None if each.reading is None else each.reading.sequence for each in columns]
            at = sequences.index(kept) if kept in sequences and kept is not None else len(columns) - 1
            self.setCurrentCell(_PRESSURE_ROW, at)
            self.scrollTo(self.model().index(_PRESSURE_ROW, at))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows choose; letters and Escape are commands of the page, digits belong to the entry field."""
        if event.key() == Qt.Key.Key_Escape:
            self.passed_on.emit("Esc")
        elif event.text().isalnum():
            self.passed_on.emit(event.text().upper())
        else:
            super().keyPressEvent(event)


def _cell(text: str, row: int, *, is_struck: bool) -> QTableWidgetItem:
    item = QTableWidgetItem(text)
    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    face = font(Size.BODY, Weight.BOLD if row == _PRESSURE_ROW else Weight.REGULAR)
    face.setStrikeOut(is_struck)
    item.setFont(face)
    return item
