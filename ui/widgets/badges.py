"""Pills and flag badges: a shape, marks and a word in a small box."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from monitor.policy import Level
from ui.fonts import Size, Weight, box_px, font, px
from ui.text import words
from ui.theme import FlagInk, ThemeSwitch
from ui.widgets.shapes import Shape, draw_shape, shape_of
from ui.widgets.themed import ThemedWidget, draw_box, sharp_painter

PILL_HEIGHT_PX = 24
SHAPE_PX = 14
LINK_SHAPE_PX = 10
SIDE_PX = 8
GAP_PX = 6


class Pill(ThemedWidget):
    """A quiet status in the header or on a card: "Tones off", "Monitor 1 s"."""

    def __init__(
        self,
        themes: ThemeSwitch,
        text: str,
        *,
        shape: Shape | None = None,
        is_strong: bool = False,
        short: str = "",
    ) -> None:
        """Say `text`, or `short` where a bar has no room for it; the accessible name is always `text`."""
        super().__init__(themes)
        self._text = text
        self._short = short
        self._is_short = False
        self._shape = shape
        self._is_strong = is_strong
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    def show_status(self, text: str, *, shape: Shape | None = None, is_strong: bool = False) -> None:
        """Change words, shape and whether it stands out by a control edge and full ink."""
        if (text, shape, is_strong) == (self._text, self._shape, self._is_strong):
            return
        self._text, self._shape, self._is_strong = text, shape, is_strong
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def set_short(self, *, is_short: bool) -> None:
        """Say the short words, or all of them again."""
        if is_short != self._is_short:
            self._is_short = is_short
            self.updateGeometry()
            self.update()

    @property
    def shown(self) -> str:
        """The words in sight."""
        return self._short if self._is_short and self._short else self._text

    def sizeHint(self) -> QSize:
        """Return the width of shape and words."""
        width = 2 * SIDE_PX + QFontMetricsF(font(Size.NOTE)).horizontalAdvance(self.shown)
        if self._shape is not None:
            width += px(SHAPE_PX) + GAP_PX
        return QSize(round(width) + 1, box_px(PILL_HEIGHT_PX))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the pill."""
        painter = sharp_painter(self)
        theme = self.theme
        box = QRectF(self.rect())
        ink = theme.text if self._is_strong else theme.second_text
        edge = theme.edge if self._is_strong else theme.grid
        draw_box(painter, box, fill=theme.background, edge=edge)
        left = float(SIDE_PX)
        if self._shape is not None:
            side = px(LINK_SHAPE_PX) if self._shape in {Shape.DOT, Shape.RING} else px(SHAPE_PX)
            square = QRectF(0, 0, side, side)
            square.moveCenter(box.center())
            square.moveLeft(left + (px(SHAPE_PX) - side) / 2)
            draw_shape(painter, self._shape, square, theme.text)
            left += px(SHAPE_PX) + GAP_PX
        painter.setFont(font(Size.NOTE))
        painter.setPen(ink)
        painter.drawText(box.adjusted(left, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self.shown)
        painter.end()


class FlagBadge(ThemedWidget):
    """A level or an overdue set, said four ways: shape, marks, word and colour."""

    def __init__(self, themes: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(themes, parent)
        self._level: Level | None = None
        self._word = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_overdue()

    def show_level(self, level: Level, word: str | None = None) -> None:
        """Show a level; `word` replaces its name, such as "Unconfirmed"."""
        self._show(level, words.level_word(level) if word is None else word)

    def show_overdue(self, word: str | None = None) -> None:
        """Show the violet clock; `word` replaces "Overdue"."""
        self._show(None, words.overdue() if word is None else word)

    def sizeHint(self) -> QSize:
        """Return the width of shape, marks and word."""
        advance = QFontMetricsF(font(Size.NOTE, Weight.BOLD)).horizontalAdvance
        width = 2 * SIDE_PX + px(SHAPE_PX) + GAP_PX + advance(self._word)
        if self._level is not None:
            width += advance(words.level_marks(self._level)) + GAP_PX
        return QSize(round(width) + 1, box_px(PILL_HEIGHT_PX))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the badge."""
        painter = sharp_painter(self)
        ink = self._ink()
        box = QRectF(self.rect())
        draw_box(painter, box, fill=ink.fill, edge=ink.edge)
        shape = Shape.CLOCK if self._level is None else shape_of(self._level)
        square = QRectF(SIDE_PX, box.center().y() - px(SHAPE_PX) / 2, px(SHAPE_PX), px(SHAPE_PX))
        draw_shape(painter, shape, square, ink.text)
        face = font(Size.NOTE, Weight.BOLD)
        painter.setFont(face)
        painter.setPen(ink.text)
        left = square.right() + GAP_PX
        if self._level is not None:
            marks = words.level_marks(self._level)
            painter.drawText(box.adjusted(left, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, marks)
            left += QFontMetricsF(face).horizontalAdvance(marks) + GAP_PX
        painter.drawText(box.adjusted(left, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self._word)
        painter.end()

    def _show(self, level: Level | None, word: str) -> None:
        self._level, self._word = level, word
        marks = "" if level is None else f"{words.level_marks(level)} "
        self.setAccessibleName(f"{marks}{word}")
        self.updateGeometry()
        self.update()

    def _ink(self) -> FlagInk:
        return self.theme.overdue if self._level is None else self.theme.flags[self._level]
