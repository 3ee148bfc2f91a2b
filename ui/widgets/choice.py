"""One of a few words, all in sight: Left | Right."""

from enum import Enum
from typing import Generic, TypeVar

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.fonts import Size, Weight, box_px, font
from ui.theme import ThemeSwitch
from ui.widgets.themed import RADIUS_PX, ThemedWidget, draw_box, sharp_painter

Option = TypeVar("Option", bound=Enum)


class SegmentedChoice(ThemedWidget, Generic[Option]):
    """Segments side by side; nothing is chosen until somebody chooses. Arrow keys and clicks choose."""

    chosen = Signal(object)

    def __init__(
        self,
        themes: ThemeSwitch,
        options: tuple[tuple[Option, str], ...],
        *,
        name: str,
        height_px: int = 40,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(themes, parent)
        self._options = options
        self._name = name
        self._chosen_at: int | None = None
        self.setFixedHeight(box_px(height_px))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._say()

    @property
    def choice(self) -> Option | None:
        """The chosen option, None before the first choice."""
        return None if self._chosen_at is None else self._options[self._chosen_at][0]

    def choose(self, option: Option | None) -> None:
        """Set the choice without emitting `chosen`."""
        keys = [one for one, _ in self._options]
        self._chosen_at = None if option is None else keys.index(option)
        self._say()
        self.update()

    def sizeHint(self) -> QSize:
        """Return equal segments wide enough for the longest word."""
        advance = QFontMetricsF(font(Size.BODY, Weight.BOLD)).horizontalAdvance
        widest = max(advance(text) for _, text in self._options)
        return QSize(round((widest + 24) * len(self._options)), self.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the choice with the arrow keys."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        at = (
            (0 if step > 0 else len(self._options) - 1) if self._chosen_at is None else self._chosen_at + step
        )
        self._pick(min(len(self._options) - 1, max(0, at)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the segment under the pointer."""
        at = int(event.position().x() * len(self._options) / max(1, self.width()))
        self._pick(min(len(self._options) - 1, max(0, at)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the segments, the chosen one inverted."""
        painter = sharp_painter(self)
        theme = self.theme
        box = QRectF(self.rect())
        outline = QPainterPath()
        outline.addRoundedRect(box, RADIUS_PX, RADIUS_PX)
        draw_box(painter, box, fill=theme.background, edge=theme.edge)
        width = box.width() / len(self._options)
        for at, (_, text) in enumerate(self._options):
            segment = QRectF(at * width, 0, width, box.height())
            is_chosen = at == self._chosen_at
            painter.setClipPath(outline)
            if is_chosen:
                painter.fillRect(segment, QColor(theme.text))
            elif at and at - 1 != self._chosen_at:
                painter.setPen(QPen(QColor(theme.edge), 1))
                painter.drawLine(segment.topLeft(), segment.bottomLeft())
            painter.setFont(font(Size.BODY, Weight.BOLD if is_chosen else Weight.REGULAR))
            painter.setPen(theme.background if is_chosen else theme.text)
            painter.drawText(segment, Qt.AlignmentFlag.AlignCenter, text)
        painter.end()

    def _pick(self, at: int) -> None:
        if at == self._chosen_at:
            return
        self._chosen_at = at
        self._say()
        self.update()
        self.chosen.emit(self._options[at][0])

    def _say(self) -> None:
        word = "" if self._chosen_at is None else f": {self._options[self._chosen_at][1]}"
        self.setAccessibleName(f"{self._name}{word}")
