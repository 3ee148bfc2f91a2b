"""The last line of a card: what this chair asks for now, filled when somebody must come."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from ui.board.card_model import LineLook, StateLine
from ui.fonts import Size, Weight, box_px, font, px
from ui.text import words
from ui.theme import FlagInk, Theme, ThemeSwitch
from ui.widgets.shapes import Shape, draw_shape, shape_of
from ui.widgets.themed import RADIUS_PX, ThemedWidget, draw_box, sharp_painter

HEIGHT_PX = 44
SIDE_PX = 16
GAP_PX = 8
SHAPE_PX = 18
PILL_PX = 24


class StateBar(ThemedWidget):
    """Paints one `StateLine`."""

    def __init__(self, themes: ThemeSwitch) -> None:
        super().__init__(themes)
        self._line = StateLine(look=LineLook.PLAIN, lead="")
        self.setFixedHeight(box_px(HEIGHT_PX))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def line(self) -> StateLine:
        """What it says."""
        return self._line

    def show_line(self, line: StateLine) -> None:
        """Say something else."""
        if line == self._line:
            return
        self._line = line
        self.setAccessibleName(self.text)
        self.update()

    @property
    def text(self) -> str:
        """The whole line in words."""
        line = self._line
        marks = "" if line.level is None else words.level_marks(line.level)
        return " ".join(part for part in (marks, line.lead, line.text, line.count, line.right) if part)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground and words."""
        painter = sharp_painter(self)
        look = self._line.look
        if look in {LineLook.FLAG, LineLook.OVERDUE_LARGE}:
            ink = self._fill_ink()
            self._paint_ground(painter, ink.fill)
            self._paint_words(painter, ink.text, ink.text)
        else:
            if look is LineLook.ANSWERED and self._line.level is not None:
                self._paint_ground(painter, self.theme.bands[self._line.level].tint)
            painter.fillRect(QRectF(1, 0, self.width() - 2, 1), QColor(self.theme.grid))
            self._paint_words(painter, self.theme.text, self.theme.second_text)
        painter.end()

    def _fill_ink(self) -> FlagInk:
        theme: Theme = self.theme
        return theme.overdue if self._line.level is None else theme.flags[self._line.level]

    def _paint_ground(self, painter: QPainter, colour: str) -> None:
        box = QRectF(self.rect()).adjusted(1, 0, -1, -1)
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.WindingFill)
        path.addRoundedRect(box, RADIUS_PX - 1, RADIUS_PX - 1)
        path.addRect(box.adjusted(0, 0, 0, -RADIUS_PX))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawPath(path.simplified())

    def _paint_words(self, painter: QPainter, strong: str, quiet: str) -> None:
        line = self._line
        left = float(SIDE_PX + 8)
        if line.look in {LineLook.ANSWERED, LineLook.OVERDUE}:
            left = self._paint_pill(painter, left)
        else:
            left = self._paint_lead(painter, left, strong)
        face = font(Size.BODY)
        metrics = QFontMetricsF(face)
        right = float(self.width() - SIDE_PX)
        both_px = metrics.horizontalAdvance(line.text) + GAP_PX + metrics.horizontalAdvance(line.right)
        is_late = line.look in {LineLook.OVERDUE, LineLook.OVERDUE_LARGE}
        if not is_late or not line.text or both_px <= right - left:
            right = self._paint_right(painter, left, strong, quiet)  # else how late it is says enough
        if line.text:
            fits = metrics.horizontalAdvance(line.text) <= right - left
            said = line.text if fits or not line.short else line.short
            text = metrics.elidedText(said, Qt.TextElideMode.ElideRight, right - left)
            self._write(painter, left, text, face, strong if line.look is LineLook.FLAG else quiet)

    def _paint_lead(self, painter: QPainter, left: float, ink: str) -> float:
        line = self._line
        is_large = line.look is LineLook.OVERDUE_LARGE
        shape = Shape.CLOCK if line.level is None else shape_of(line.level)
        face = font(Size.TITLE if is_large else Size.BODY, Weight.BOLD if line.level else Weight.MEDIUM)
        if is_large:
            face = font(Size.TITLE, Weight.BOLD)
        if line.lead:
            square = QRectF(left, (self.height() - px(SHAPE_PX)) / 2, px(SHAPE_PX), px(SHAPE_PX))
            draw_shape(painter, shape, square, ink)
            left += px(SHAPE_PX) + GAP_PX
        if line.level is not None:
            left = self._write(painter, left, words.level_marks(line.level), face, ink) + GAP_PX
        return self._write(painter, left, line.lead, face, ink) + GAP_PX

    def _paint_pill(self, painter: QPainter, left: float) -> float:
        ink = self._fill_ink()
        face = font(Size.NOTE, Weight.BOLD)
        marks = "" if self._line.level is None else f"{words.level_marks(self._line.level)}  "
        text = f"{marks}{self._line.lead}"
        side = float(px(14))
        width = side + 3 * GAP_PX + QFontMetricsF(face).horizontalAdvance(text)
        pill = QRectF(left, (self.height() - box_px(PILL_PX)) / 2, width, box_px(PILL_PX))
        draw_box(painter, pill, fill=ink.fill, edge=ink.edge)
        square = QRectF(left + GAP_PX, (self.height() - side) / 2, side, side)
        shape = Shape.CLOCK if self._line.level is None else shape_of(self._line.level)
        draw_shape(painter, shape, square, ink.text)
        self._write(painter, square.right() + GAP_PX, text, face, ink.text)
        return pill.right() + GAP_PX

    def _paint_right(self, painter: QPainter, left: float, strong: str, quiet: str) -> float:
        """Write the right end, cut where it would run into what ends at `left`; return where it begins."""
        line = self._line
        face = font(Size.BODY)
        edge = float(self.width() - SIDE_PX)
        metrics = QFontMetricsF(face)
        text = metrics.elidedText(line.right, Qt.TextElideMode.ElideRight, edge - left)
        edge -= metrics.horizontalAdvance(text)
        is_filled = line.look in {LineLook.FLAG, LineLook.OVERDUE_LARGE}
        self._write(painter, edge, text, face, strong if is_filled else quiet)
        if line.count:
            large = font(Size.TITLE, Weight.BOLD)
            edge -= QFontMetricsF(large).horizontalAdvance(line.count) + GAP_PX
            self._write(painter, edge, line.count, large, strong)
        return edge - GAP_PX

    def _write(self, painter: QPainter, left: float, text: str, face: QFont, ink: str) -> float:
        painter.setFont(face)
        painter.setPen(QColor(ink))
        width = QFontMetricsF(face).horizontalAdvance(text)
        box = QRectF(left, 0, width + 2, self.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        return left + width
