"""The chart's twin in numbers. Arrow keys choose a set, A amends it."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from monitor.view import Reading
from ui.fonts import Size, Weight, box_px, font, px
from ui.session.table_model import TableColumn
from ui.text import session_words as words

_PRESSURE_ROW = 2
_COLUMN_PX = 112  # equal, so that a stretch of time is no wider for its words
_WORDED_ROWS = (8, 9)
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
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setDefaultSectionSize(px(_COLUMN_PX))
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
                self.setItem(row, at, _cell(text, row, column))
        self._ink()
        for row in _WORDED_ROWS:
            self.resizeRowToContents(row)
        if columns:
            sequences = [None if each.reading is None else each.reading.sequence for each in columns]
            at = sequences.index(kept) if kept in sequences and kept is not None else len(columns) - 1
            self.setCurrentCell(_PRESSURE_ROW, at)
            self.scrollTo(self.model().index(_PRESSURE_ROW, at))

    def changeEvent(self, event: QEvent) -> None:
        """Write in the inks of another theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._ink()

    def _ink(self) -> None:
        """Write what nobody accepted in the second ink."""
        role = QPalette.ColorRole
        for at, column in enumerate(self._columns):
            ink = self.palette().color(role.PlaceholderText if column.is_quiet else role.Text)
            for row in range(self.rowCount()):
                item = self.item(row, at)
                if item is not None:
                    item.setForeground(ink)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows choose; letters and Escape are commands of the page, digits belong to the entry field."""
        if event.key() == Qt.Key.Key_Escape:
            self.passed_on.emit("Esc")
        elif event.text().isalnum():
            self.passed_on.emit(event.text().upper())
        else:
            super().keyPressEvent(event)


def _cell(text: str, row: int, column: TableColumn) -> QTableWidgetItem:
    item = QTableWidgetItem(text)
    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    is_bold = row == _PRESSURE_ROW and not column.is_quiet
    face = font(Size.BODY, Weight.BOLD if is_bold else Weight.REGULAR)
    face.setStrikeOut(column.is_struck)
    item.setFont(face)
    return item
