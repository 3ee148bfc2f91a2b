"""The sets as a table, the twin of the chart: one column a reading, amended values struck through."""

from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy

from monitor.view import Reading, SessionView
from ui.fonts import Size, Weight, box_px, font, px
from ui.report.content import Column, column_of
from ui.report.paper import Run
from ui.text import happened, report_words, review_words
from ui.theme import ThemeSwitch
from ui.widgets.themed import ThemedWidget, sharp_painter

ROW_PX, ROOMY_ROW_PX = 21, 36
NAME_PX = 96
CELL_GAP_PX = 12
TIME, MINUTE = 0, 1


class SetTable(ThemedWidget):
    """Arrow keys choose a set; `chosen` says which. Its values are the accessible description."""

    chosen = Signal(int)
    copied = Signal()

    def __init__(self, themes: ThemeSwitch) -> None:
        super().__init__(themes)
        self._readings: tuple[Reading, ...] = ()
        self._columns: tuple[Column, ...] = ()
        self._at: int | None = None
        self._row_px = box_px(ROW_PX)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(review_words.table_name())

    @property
    def selected(self) -> Reading | None:
        """The chosen reading, the last one before a choice."""
        if not self._readings:
            return None
        return self._readings[-1 if self._at is None else self._at]

    @property
    def columns(self) -> tuple[Column, ...]:
        """What is shown."""
        return self._columns

    def show_view(self, view: SessionView) -> None:
        """Show the readings of `view`; a choice stays where it was."""
        self._readings = view.readings
        self._columns = tuple(_with_minute(column_of(view, each)) for each in view.readings)
        if self._at is not None:
            self._at = min(self._at, len(self._readings) - 1)
        self._describe()
        self.setFixedHeight(self.sizeHint().height())
        self.setMinimumWidth(round(px(NAME_PX) + sum(self._natural_px(each) for each in self._columns)))
        self.update()

    def set_roomy(self, *, is_roomy: bool) -> None:
        """Give the rows more height, for a table that has the page to itself."""
        self._row_px = box_px(ROOMY_ROW_PX) if is_roomy else box_px(ROW_PX)
        self.setFixedHeight(self.sizeHint().height())
        self.update()

    def chosen_box(self) -> QRectF | None:
        """Return where the chosen column lies."""
        return None if self._at is None else self._boxes()[self._at]

    def as_text(self) -> str:
        """Return the table for a spreadsheet: a line a row, tabs between cells, old values in brackets."""
        names = report_words.row_names()
        lines = []
        for row in self._rows():
            cells = [_plain(column.cells[row]) for column in self._columns]
            lines.append("\t".join([names[row], *cells]))
        return "\n".join(lines) + "\n"

    def sizeHint(self) -> QSize:
        """Return the height of the rows that hold something."""
        return QSize(900, self._row_px * len(self._rows()) + 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose with Left and Right, copy the table with Ctrl+C."""
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.as_text())
            self.copied.emit()
            return
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None or not self._readings or event.modifiers():
            super().keyPressEvent(event)
            return
        last = len(self._readings) - 1
        self._choose(last if self._at is None else min(last, max(0, self._at + step)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the set under the pointer."""
        for at, box in enumerate(self._boxes()):
            if box.contains(event.position()):
                self._choose(at)
        super().mousePressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw names, cells and the chosen column's frame."""
        painter = sharp_painter(self)
        theme, names = self.theme, report_words.row_names()
        painter.fillRect(QRectF(0, 0, self.width(), self._row_px), QColor(theme.panel))
        boxes = self._boxes()
        for line, row in enumerate(self._rows()):
            middle = self._row_px * (line + 0.5)
            painter.setPen(QPen(QColor(theme.grid), 1))
            below = self._row_px * (line + 1)
            painter.drawLine(QPointF(0, below), QPointF(self.width(), below))
            is_head = row == TIME
            caption = Run(text=review_words.sets() if is_head else names[row], is_bold=is_head)
            ink = theme.text if is_head else theme.second_text
            _write(painter, (caption,), middle=middle, ink=ink, left=16)
            for column, box in zip(self._columns, boxes, strict=True):
                cell_ink = theme.second_text if column.is_quiet else theme.text
                _write(painter, column.cells[row], middle=middle, ink=cell_ink, right=box.right() - 8)
        if boxes and (self._at is not None or self.hasFocus()):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.focus), 2))
            framed = boxes[-1 if self._at is None else self._at]
            painter.drawRoundedRect(framed.adjusted(2, 1, -1, -1), 4, 4)
        painter.end()

    def _choose(self, at: int) -> None:
        self._at = at
        self._describe()
        self.update()
        self.chosen.emit(self._readings[at].sequence)

    def _describe(self) -> None:
        chosen = self.selected
        if chosen is not None:
            text = f"{happened.taken_at(chosen.entry)} {happened.vitals(chosen.vitals)}"
            self.setAccessibleDescription(f"{text} {happened.source(chosen)}")

    def _rows(self) -> list[int]:
        """Rows that hold something in any column."""
        count = len(report_words.row_names())
        return [
            row
            for row in range(count)
            if row == TIME
            or (row != MINUTE and any(run.text for column in self._columns for run in column.cells[row]))
        ]

    def _natural_px(self, column: Column) -> float:
        return CELL_GAP_PX + max(_width(cell) for cell in column.cells)

    def _boxes(self) -> list[QRectF]:
        """Each column's rectangle; spare width is shared."""
        widths = [self._natural_px(each) for each in self._columns]
        spare = max(0.0, (self.width() - px(NAME_PX) - sum(widths)) / max(1, len(widths)))
        boxes, left = [], float(px(NAME_PX))
        for width in widths:
            boxes.append(QRectF(left, 0, width + spare, self.height()))
            left += width + spare
        return boxes


class TableScroll(QScrollArea):
    """Lets a long session's table move sideways by itself, and keeps the chosen set in sight."""

    def __init__(self, table: SetTable) -> None:
        super().__init__()
        self._table = table
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setWidget(table)
        table.chosen.connect(self._follow)

    def sizeHint(self) -> QSize:
        """Return the table's height, with room for the bar where the table is wider than its place."""
        is_wide = self._table.minimumWidth() > self.width()
        bar_px = self.horizontalScrollBar().sizeHint().height() if is_wide else 0
        return QSize(480, self._table.sizeHint().height() + bar_px)

    def minimumSizeHint(self) -> QSize:
        """Return the same height: a table cut below would hide values."""
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make or take away the room for the bar."""
        super().resizeEvent(event)
        self.updateGeometry()

    def _follow(self, _sequence: int) -> None:
        box = self._table.chosen_box()
        if box is not None:
            self.ensureVisible(round(box.center().x()), 0, round(box.width()), 0)


def _with_minute(column: Column) -> Column:
    """Write the minute beside the time, so that one row holds both."""
    time, minute = column.cells[TIME][0].text, column.cells[MINUTE][0].text
    head = (Run(text=time, is_bold=not column.is_quiet), Run(text=f" {minute}"))
    return replace(column, cells=(head, *column.cells[1:]))


def _plain(cell: tuple[Run, ...]) -> str:
    return "".join(f"({run.text})" if run.is_struck else run.text for run in cell)


def _width(cell: tuple[Run, ...]) -> float:
    return sum(
        QFontMetricsF(font(Size.BODY, Weight.BOLD if run.is_bold else Weight.REGULAR)).horizontalAdvance(
            run.text
        )
        for run in cell
    )


def _write(  # noqa: PLR0913 - where, what and how
    painter: QPainter,
    cell: tuple[Run, ...],
    *,
    middle: float,
    ink: str,
    left: float | None = None,
    right: float = 0,
) -> None:
    """Write a cell's runs from `left`, or ending at `right`."""
    at = right - _width(cell) if left is None else left
    painter.setPen(QColor(ink))
    for run in cell:
        face = font(Size.BODY, Weight.BOLD if run.is_bold else Weight.REGULAR)
        face.setStrikeOut(run.is_struck)
        metrics = QFontMetricsF(face)
        painter.setFont(face)
        painter.drawText(QPointF(at, middle + metrics.capHeight() / 2), run.text)
        at += metrics.horizontalAdvance(run.text)
