"""What was painted once, kept until something it shows is another.

The key holds every value the painting reads, theme and scales included: an old picture cannot stay by being
forgotten somewhere, because it is compared at each painting.
"""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap


class KeptPicture:
    """One layer in the pixels of its widget, at the sharpness of the screen it is on."""

    def __init__(self) -> None:
        self._pixmap = QPixmap()
        self._key: object = None

    def draw(self, painter: QPainter, size: QSize, key: object, paint: Callable[[QPainter], None]) -> None:
        """Draw what `paint` paints, calling it only when `key`, the size or the screen changed.

        Args:
            painter: of the widget, its origin at the widget's corner.
            size: of the widget.
            key: every value that `paint` reads; compared with `==`.
            paint: paints the whole layer over a transparent ground.
        """
        ratio = painter.device().devicePixelRatioF()
        whole = (size, ratio, key)
        if whole != self._key:
            self._pixmap = _painted(size, ratio, paint)
            self._key = whole
        painter.drawPixmap(QPointF(0, 0), self._pixmap)

    def drop(self) -> None:
        """Give the memory back; the next drawing paints anew."""
        self._pixmap = QPixmap()
        self._key = None


def _painted(size: QSize, ratio: float, paint: Callable[[QPainter], None]) -> QPixmap:
    pixmap = QPixmap(round(size.width() * ratio), round(size.height() * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    paint(painter)
    painter.end()
    return pixmap
