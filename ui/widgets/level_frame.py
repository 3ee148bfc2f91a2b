"""The frame of a card: its left edge is 10, 6 or 2 px wide by level, so that width alone tells it."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QWidget

from monitor.policy import Level
from ui.theme import ThemeSwitch
from ui.widgets.themed import RADIUS_PX, ThemedWidget, draw_box, sharp_painter

EDGE_PX = {Level.ACT_NOW: 10, Level.NOTIFY: 6, Level.WATCH: 2}
OVERDUE_EDGE_PX = 6


class LevelFrame(ThemedWidget):
    """A card's ground. Put the card's content in it, inside `content_left_px`."""

    def __init__(self, themes: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(themes, parent)
        self._level: Level | None = None
        self._is_overdue = False
        self._is_empty = False

    @property
    def level(self) -> Level | None:
        """The level shown, None for none."""
        return self._level

    @property
    def edge_width_px(self) -> int:
        """Width of the left edge: 10 act now, 6 notify or overdue, 2 watch, 1 otherwise."""
        if self._level is not None:
            return EDGE_PX[self._level]
        return OVERDUE_EDGE_PX if self._is_overdue else 1

    def show_level(self, level: Level | None, *, is_overdue: bool = False, is_empty: bool = False) -> None:
        """Show a level; a patient's notify or act now outranks a late set. Empty is dashed, no card."""
        is_patient = level in {Level.NOTIFY, Level.ACT_NOW}
        self._level = level if is_patient or not is_overdue else None
        self._is_overdue = is_overdue and not is_patient
        self._is_empty = is_empty
        self.update()

    def edge_colour(self) -> str:
        """Return the colour of the frame in the theme in force."""
        if self._level is not None:
            return self.theme.flags[self._level].edge
        return self.theme.overdue.edge if self._is_overdue else self.theme.grid

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground, frame and edge."""
        painter = sharp_painter(self)
        theme = self.theme
        box = QRectF(self.rect())
        if self._is_empty:
            draw_box(painter, box, fill=None, edge=theme.edge, is_dashed=True)
            painter.end()
            return
        colour = self.edge_colour()
        is_marked = self._level is not None or self._is_overdue
        draw_box(painter, box, fill=theme.panel, edge=colour, edge_px=2 if is_marked else 1)
        if is_marked:
            outline = QPainterPath()
            outline.addRoundedRect(box, RADIUS_PX, RADIUS_PX)
            painter.setClipPath(outline)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colour))
            painter.drawRect(QRectF(0, 0, self.edge_width_px, box.height()))
        painter.end()
