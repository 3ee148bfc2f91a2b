"""One of many words: a field that shows the chosen one and opens to the list of all."""

from collections.abc import Mapping

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPaintEvent, QPen, QPolygonF, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyleOptionComboBox, QWidget

from ui.fonts import Size, Weight, font, px
from ui.theme import Theme, ThemeSwitch
from ui.widgets.themed import sharp_painter

ARROW_PX, ARROW_SIDE_PX, TEXT_SIDE_PX = 5, 18, 12


class DropDown(QComboBox):
    """Arrow keys and letters choose; the wheel does not, because it belongs to the page around."""

    def __init__(
        self, themes: ThemeSwitch, options: Mapping[str, str], *, name: str, parent: QWidget | None = None
    ) -> None:
        """Offer `options`: words by what they stand for. The first is chosen."""
        super().__init__(parent)
        self._themes = themes
        self._name = name
        for key, text in options.items():
            self.addItem(text, key)
        self.setFont(font(Size.BODY, Weight.MEDIUM))
        self.view().setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.currentIndexChanged.connect(self._say)
        themes.changed.connect(self._repaint)
        self._say()

    @property
    def choice(self) -> str:
        """What the chosen word stands for, "" without any."""
        return str(self.currentData() or "")

    def choose(self, key: str) -> None:
        """Choose the word that stands for `key`; one that is not offered chooses nothing."""
        self.setCurrentIndex(self.findData(key))

    def choose_nothing(self, said: str) -> None:
        """Choose nothing yet, and say so in the field."""
        self.setPlaceholderText(said)
        self.setCurrentIndex(-1)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        """Show with an ellipsis that a word is longer than the field; its tooltip has all of it."""
        super().initStyleOption(option)
        room_px = self.width() - px(2 * TEXT_SIDE_PX + ARROW_SIDE_PX)
        option.currentText = self.fontMetrics().elidedText(
            option.currentText, Qt.TextElideMode.ElideRight, room_px
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field with its arrow in the theme's ink."""
        super().paintEvent(event)
        painter = sharp_painter(self)
        painter.setPen(QPen(QColor(self._themes.theme.second_text), px(1.5)))
        x, y, half = self.width() - px(ARROW_SIDE_PX), self.height() / 2, px(ARROW_PX)
        chevron = [QPointF(x - half, y - half / 2), QPointF(x, y + half / 2), QPointF(x + half, y - half / 2)]
        painter.drawPolyline(QPolygonF(chevron))
        painter.end()

    def _say(self) -> None:
        self.setAccessibleName(f"{self._name}: {self.currentText()}" if self.currentText() else self._name)
        self.setToolTip(self.currentText())

    def _repaint(self, _theme: Theme) -> None:
        self.update()
