"""Small painted parts of a card: a shape by itself, and the chair's number in its box."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from ui.fonts import Size, Weight, box_px, font, px
from ui.theme import ThemeSwitch
from ui.widgets.labels import Ink
from ui.widgets.shapes import Shape, draw_shape
from ui.widgets.themed import ThemedWidget, draw_box, sharp_painter

NUMBER_PX = 40


class ShapeMark(ThemedWidget):
    """One shape in a text colour."""

    def __init__(self, themes: ThemeSwitch, shape: Shape, *, side_px: int, ink: Ink = Ink.MAIN) -> None:
        super().__init__(themes)
        self._shape = shape
        self._ink = ink
        self.setFixedSize(px(side_px), px(side_px))

    def show_shape(self, shape: Shape, ink: Ink) -> None:
        """Change shape and colour."""
        if (shape, ink) != (self._shape, self._ink):
            self._shape, self._ink = shape, ink
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        theme = self.theme
        colours = {Ink.SECOND: theme.second_text, Ink.HEART_RATE: theme.heart_rate, Ink.SPO2: theme.spo2}
        painter = sharp_painter(self)
        draw_shape(painter, self._shape, QRectF(self.rect()), colours.get(self._ink, theme.text))
        painter.end()


class ChairNumber(ThemedWidget):
    """A chair's number in a box; dashed while nobody sits there."""

    def __init__(self, themes: ThemeSwitch, chair: int, *, side_px: int = NUMBER_PX) -> None:
        super().__init__(themes)
        self._chair = chair
        self._side_px = side_px
        self._is_empty = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_empty(self, is_empty: bool) -> None:  # noqa: FBT001 - one state
        """Dash the box or not."""
        if is_empty != self._is_empty:
            self._is_empty = is_empty
            self.update()

    def sizeHint(self) -> QSize:
        """Return the box."""
        return QSize(box_px(self._side_px), box_px(self._side_px))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        painter = sharp_painter(self)
        theme = self.theme
        box = QRectF(self.rect())
        fill = None if self._is_empty else theme.background
        draw_box(painter, box, fill=fill, edge=theme.edge, is_dashed=self._is_empty)
        is_large = self._side_px >= NUMBER_PX
        painter.setFont(font(Size.TITLE if is_large else Size.BODY, Weight.BOLD))
        painter.setPen(theme.second_text if self._is_empty else theme.text)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(self._chair))
        painter.end()
