"""What every painted widget shares: the theme in force, and a repaint when it changes."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from ui.theme import Theme, ThemeSwitch

RADIUS_PX = 6


class ThemedWidget(QWidget):
    """A widget that paints itself from theme tokens and follows a live switch."""

    def __init__(self, themes: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        themes.changed.connect(self._repaint_in)

    @property
    def theme(self) -> Theme:
        """The theme in force."""
        return self._themes.theme

    def _repaint_in(self, _theme: Theme) -> None:
        self.update()


def sharp_painter(widget: QWidget) -> QPainter:
    """Return an antialiasing painter on `widget`; the caller ends it."""
    painter = QPainter(widget)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    return painter


def draw_box(  # noqa: PLR0913 - a box has these parts
    painter: QPainter,
    rect: QRectF,
    *,
    fill: str | None,
    edge: str | None,
    edge_px: float = 1.0,
    radius_px: float = RADIUS_PX,
    is_dashed: bool = False,
) -> None:
    """Draw a flat rounded box whose edge lies wholly inside `rect`."""
    half = edge_px / 2 if edge else 0.0
    painter.setBrush(QColor(fill) if fill else Qt.BrushStyle.NoBrush)
    if edge:
        style = Qt.PenStyle.DashLine if is_dashed else Qt.PenStyle.SolidLine
        painter.setPen(QPen(QColor(edge), edge_px, style))
    else:
        painter.setPen(Qt.PenStyle.NoPen)
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius_px, radius_px)
