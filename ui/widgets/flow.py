"""Parts beside each other that go on below where the width ends, so that no page scrolls sideways."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLabel, QLayout, QLayoutItem

from ui.fonts import Size, Weight, font
from ui.widgets.labels import Ink

ROUNDING_PX = 2  # a line that just fits must not be broken


class FlowLayout(QLayout):
    """Lines of parts from the left, each part in the middle of its line's height."""

    def __init__(self, *, spacing_px: int, line_gap_px: int = 0) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._line_gap_px = line_gap_px
        self.setSpacing(spacing_px)
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Add a part at the end."""
        self._items.append(item)

    def count(self) -> int:
        """How many parts there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return a part, None past the end."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take a part out, None past the end."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Take the width there is."""
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        """More lines in less width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the lines that `width` gives."""
        return self._place(QRect(0, 0, width, 0), is_moving=False)

    def sizeHint(self) -> QSize:
        """Return the room of one line."""
        sizes = [item.sizeHint() for item in self._seen()]
        width = sum(size.width() for size in sizes) + self.spacing() * max(0, len(sizes) - 1)
        height = max((size.height() for size in sizes), default=0)
        return QSize(width, height).grownBy(self.contentsMargins())

    def minimumSize(self) -> QSize:
        """Return the room of the widest part alone."""
        least = QSize(0, 0)
        for item in self._seen():
            least = least.expandedTo(item.minimumSize())
        return least.grownBy(self.contentsMargins())

    def setGeometry(self, rect: QRect) -> None:
        """Place the parts."""
        super().setGeometry(rect)
        self._place(rect, is_moving=True)

    def _seen(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _place(self, rect: QRect, *, is_moving: bool) -> int:
        """Break the parts into lines within `rect`; return the height that they take."""
        margins = self.contentsMargins()
        outer, rect = rect, rect.marginsRemoved(margins)
        top, left = rect.top(), rect.left()
        line: list[tuple[QLayoutItem, QRect]] = []
        for item in self._seen():
            width = min(item.sizeHint().width(), max(rect.width(), item.minimumSize().width()))
            high = item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
            if line and left + width > rect.left() + rect.width():
                top += _settle(line, is_moving=is_moving) + self._line_gap_px
                left, line = rect.left(), []
            line.append((item, QRect(QPoint(left, top), QSize(width, high))))
            left += width + self.spacing()
        return top + _settle(line, is_moving=is_moving) + margins.bottom() - outer.top()


def _settle(line: list[tuple[QLayoutItem, QRect]], *, is_moving: bool) -> int:
    """Put each part of a line into its middle; return the line's height."""
    height = max((box.height() for _, box in line), default=0)
    for item, box in line:
        if is_moving:
            item.setGeometry(box.translated(0, (height - box.height()) // 2))
    return height


class FlowLabel(QLabel):
    """Asks for one line, and breaks only where even a whole line is too narrow for it."""

    def __init__(
        self, *, size: Size = Size.BODY, weight: Weight = Weight.REGULAR, ink: Ink = Ink.MAIN
    ) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setFont(font(size, weight))
        self.setProperty("ink", ink.value)

    def sizeHint(self) -> QSize:
        """Return the room of one line."""
        metrics = self.fontMetrics()
        width = metrics.horizontalAdvance(self.text()) + (ROUNDING_PX if self.text() else 0)
        return QSize(width, metrics.height())

    def minimumSizeHint(self) -> QSize:
        """Return the room of the longest word."""
        metrics = self.fontMetrics()
        words = [metrics.horizontalAdvance(word) for word in self.text().split()]
        return QSize(max(words, default=0) + ROUNDING_PX, metrics.height())
