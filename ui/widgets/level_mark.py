"""A flag's level as a small mark beside the number that it is about: shape and marks, no word."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from monitor.policy import Level
from ui.fonts import Size, Weight, box_px, font, px
from ui.text import words
from ui.theme import ThemeSwitch
from ui.widgets.badges import GAP_PX, PILL_HEIGHT_PX, SHAPE_PX, SIDE_PX
from ui.widgets.shapes import draw_shape, shape_of
from ui.widgets.themed import ThemedWidget, draw_box, sharp_painter

UPRIGHT_PX = (24, 44)  # grows with the figures beside it, which is half as much as words
SHAPE_TOP_PX = 5


class LevelMark(ThemedWidget):
    """Takes no room while nothing is flagged; its word is its tooltip and accessible name."""

    def __init__(self, themes: ThemeSwitch, *, is_upright: bool = False) -> None:
        """Make it for a line of words, or `is_upright`, narrow beside the largest figures."""
        super().__init__(themes)
        self._is_upright = is_upright
        self._level: Level | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hide()

    @property
    def level(self) -> Level | None:
        """The level in sight."""
        return self._level

    def show_level(self, level: Level | None) -> None:
        """Show another level; None hides the mark."""
        if level is self._level:
            return
        self._level = level
        word = "" if level is None else words.level_word(level)
        self.setAccessibleName(word)
        self.setToolTip(word)
        self.setVisible(level is not None)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room for shape and marks."""
        if self._is_upright:
            width_px, height_px = UPRIGHT_PX
            return QSize(box_px(width_px), box_px(height_px))
        marks = "" if self._level is None else words.level_marks(self._level)
        advance = QFontMetricsF(font(Size.NOTE, Weight.BOLD)).horizontalAdvance(marks)
        return QSize(round(2 * SIDE_PX + px(SHAPE_PX) + GAP_PX + advance) + 1, box_px(PILL_HEIGHT_PX))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the mark in its level's inks."""
        if self._level is None:
            return
        painter = sharp_painter(self)
        ink = self.theme.flags[self._level]
        box = QRectF(self.rect())
        draw_box(painter, box, fill=ink.fill, edge=ink.edge)
        shape, marks = self._places(box)
        draw_shape(painter, shape_of(self._level), shape, ink.text)
        painter.setFont(font(Size.NOTE, Weight.BOLD))
        painter.setPen(ink.text)
        painter.drawText(marks, Qt.AlignmentFlag.AlignCenter, words.level_marks(self._level))
        painter.end()

    def _places(self, box: QRectF) -> tuple[QRectF, QRectF]:
        """Where shape and marks stand: beside each other, or the marks below."""
        side = box_px(SHAPE_PX) if self._is_upright else px(SHAPE_PX)
        shape = QRectF(0, 0, side, side)
        shape.moveCenter(box.center())
        if self._is_upright:
            shape.moveTop(box_px(SHAPE_TOP_PX))
            return shape, box.adjusted(0, shape.bottom(), 0, 0)
        shape.moveLeft(SIDE_PX)
        return shape, box.adjusted(shape.right(), 0, 0, 0)
