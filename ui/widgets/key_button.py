"""Buttons that show their key: a cap with the letter, then the word. Also the caps alone."""

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui.fonts import Size, Weight, box_px, font
from ui.theme import FlagInk, Theme, ThemeSwitch
from ui.widgets.themed import ThemedWidget, draw_box, sharp_painter

CAP_HEIGHT_PX = 20
CAP_RADIUS_PX = 4
GAP_PX = 8
SIDE_PX = 12


def cap_width_px(key: str) -> float:
    """Return the width of a key cap; a single letter's is square."""
    advance = QFontMetricsF(font(Size.NOTE, Weight.MEDIUM)).horizontalAdvance(key)
    return max(float(box_px(CAP_HEIGHT_PX)), advance + 12)


@dataclass(frozen=True, slots=True, kw_only=True)
class CapInk:
    """A cap's colours; no fill lets what is behind show."""

    text: str
    fill: str | None
    edge: str


def draw_cap(painter: QPainter, rect: QRectF, key: str, ink: CapInk) -> None:
    """Draw one key cap filling `rect`."""
    draw_box(painter, rect, fill=ink.fill, edge=ink.edge, radius_px=CAP_RADIUS_PX)
    painter.setFont(font(Size.NOTE, Weight.MEDIUM))
    painter.setPen(ink.text)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, key)


class KeyCap(ThemedWidget):
    """A key cap by itself, for the footer and for running text."""

    def __init__(self, themes: ThemeSwitch, key: str, parent: QWidget | None = None) -> None:
        super().__init__(themes, parent)
        self._key = key
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(key)

    def sizeHint(self) -> QSize:
        """Return the cap's size."""
        return QSize(round(cap_width_px(self._key)), box_px(CAP_HEIGHT_PX))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the cap."""
        painter = sharp_painter(self)
        theme = self.theme
        box = QRectF(self.rect())
        draw_cap(painter, box, self._key, CapInk(text=theme.text, fill=theme.background, edge=theme.edge))
        painter.end()


class ButtonLook(Enum):
    """PLAIN: edge and cap. PRIMARY: inverted, its key after the word. ON_FLAG: on a filled banner."""

    PLAIN = "plain"
    PRIMARY = "primary"
    ON_FLAG = "on_flag"


class KeyButton(QPushButton):
    """A button with its key shown. Clicking it leaves the focus where it was, so typing goes on."""

    def __init__(  # noqa: PLR0913 - what a button is made of
        self,
        themes: ThemeSwitch,
        *,
        key: str,
        text: str,
        look: ButtonLook = ButtonLook.PLAIN,
        height_px: int = 32,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._themes = themes
        self._key = key
        self._look = look
        self._height_px = box_px(height_px)
        self._flag_ink: FlagInk | None = None
        self._is_short = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setText(text)
        themes.changed.connect(self._repaint_in)

    def setText(self, text: str) -> None:
        """Change the word; the accessible name follows, with the key in it."""
        super().setText(text)
        self.setAccessibleName(f"{text} ({self._key})" if self._key else text)
        self.updateGeometry()

    @property
    def is_short(self) -> bool:
        """Whether its key stands alone."""
        return self._is_short

    def spared_px(self) -> int:
        """How much narrower it is with its key alone."""
        return self._width_px(is_short=False) - self._width_px(is_short=True)

    def set_short(self, *, is_short: bool) -> None:
        """Show the key alone, or its word again; the accessible name has both."""
        if is_short != self._is_short:
            self._is_short = is_short
            self.updateGeometry()
            self.update()

    def set_flag_ink(self, ink: FlagInk) -> None:
        """Set the banner's colours for an ON_FLAG button."""
        self._flag_ink = ink
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press with Enter too, once however long it is held; Qt itself only takes Space."""
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.click()

    def sizeHint(self) -> QSize:
        """Return the width of cap and word at the fixed height."""
        return QSize(self._width_px(is_short=self._is_short), self._height_px)

    def _width_px(self, *, is_short: bool) -> int:
        if is_short:
            return round(2 * SIDE_PX + cap_width_px(self._key)) + 1
        width = 2 * SIDE_PX + QFontMetricsF(self._word_font()).horizontalAdvance(self.text())
        if self._key and self._look is ButtonLook.PRIMARY:
            width += 2 * GAP_PX + QFontMetricsF(font(Size.BODY)).horizontalAdvance(self._key)
        elif self._key:
            width += GAP_PX + cap_width_px(self._key)
        return round(width) + 1

    def minimumSizeHint(self) -> QSize:
        """Return the size hint: a cut word would be a guess."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw box, cap and word."""
        painter = sharp_painter(self)
        if not self.isEnabled():
            painter.setOpacity(0.6)
        if self._look is ButtonLook.PRIMARY:
            self._paint_primary(painter, self._themes.theme)
        elif self._look is ButtonLook.ON_FLAG and self._flag_ink is not None:
            ink = self._flag_ink
            cap = CapInk(text=ink.fill, fill=ink.text, edge=ink.text)
            self._paint_plain(painter, text=ink.text, fill=None, cap=cap)
        else:
            theme = self._themes.theme
            cap = CapInk(text=theme.text, fill=None, edge=theme.edge)
            fill = theme.panel if self.isDown() else theme.background
            self._paint_plain(painter, text=theme.text, fill=fill, cap=cap)
        painter.end()

    def _word_font(self) -> QFont:
        weights = {ButtonLook.PLAIN: Weight.MEDIUM}
        return font(Size.BODY, weights.get(self._look, Weight.BOLD))

    def _paint_plain(self, painter: QPainter, *, text: str, fill: str | None, cap: CapInk) -> None:
        box = QRectF(self.rect())
        draw_box(painter, box, fill=fill, edge=cap.edge)
        left = box.left() + SIDE_PX
        if self._key:
            width = cap_width_px(self._key)
            square = QRectF(left, box.center().y() - box_px(CAP_HEIGHT_PX) / 2, width, box_px(CAP_HEIGHT_PX))
            draw_cap(painter, square, self._key, cap)
            left = square.right() + GAP_PX
        if self._is_short:
            return
        painter.setFont(self._word_font())
        painter.setPen(text)
        painter.drawText(box.adjusted(left, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self.text())

    def _paint_primary(self, painter: QPainter, theme: Theme) -> None:
        box = QRectF(self.rect())
        draw_box(painter, box, fill=theme.second_text if self.isDown() else theme.text, edge=None)
        painter.setPen(theme.background)
        painter.setFont(self._word_font())
        inner = box.adjusted(SIDE_PX, 0, -SIDE_PX, 0)
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        painter.setFont(font(Size.BODY))
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self._key)

    def _repaint_in(self, _theme: Theme) -> None:
        self.update()
