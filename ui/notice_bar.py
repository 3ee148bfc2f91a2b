"""Inverted bars above the footer: what could not be saved, and why the window did not close. Never modal."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QColor, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout

from ui.fonts import Size, Weight, box_px
from ui.theme import FlagInk, Theme, ThemeSwitch
from ui.widgets.key_button import ButtonLook, KeyButton
from ui.widgets.labels import label
from ui.widgets.themed import ThemedWidget, sharp_painter

HEIGHT_PX = 48
MARGIN_PX = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A button of the bar: its key, its word, what it does."""

    key: str
    text: str
    act: Callable[[], object]


class NoticeBar(ThemedWidget):
    """Says one thing in inverted ink, with what can be done about it."""

    def __init__(self, themes: ThemeSwitch, offers: tuple[Offer, ...]) -> None:
        super().__init__(themes)
        self._lead = label(size=Size.TITLE, weight=Weight.BOLD)
        self._text = label(weight=Weight.MEDIUM)
        self._text.setWordWrap(True)
        self._buttons = []
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN_PX, 4, MARGIN_PX, 4)
        row.setSpacing(MARGIN_PX)
        row.addWidget(self._lead)
        row.addWidget(self._text, 1)
        for offer in offers:
            button = KeyButton(themes, key=offer.key, text=offer.text, look=ButtonLook.ON_FLAG)
            button.clicked.connect(offer.act)
            self._buttons.append(button)
            row.addWidget(button)
        self.setMinimumHeight(box_px(HEIGHT_PX))
        self._repaint_in(themes.theme)
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return " ".join(part for part in (self._lead.text(), self._text.text()) if part)

    def say(self, lead: str, text: str = "") -> None:
        """Say this and come into sight."""
        self._lead.setText(lead)
        self._lead.setVisible(bool(lead))
        self._text.setText(text)
        self.setAccessibleName(self.text)
        self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the inverted ground."""
        painter = sharp_painter(self)
        painter.fillRect(self.rect(), QColor(self.theme.text))
        painter.end()

    def _repaint_in(self, theme: Theme) -> None:
        self.setStyleSheet(f"QLabel {{ color: {theme.background}; }}")
        for button in self._buttons:
            button.set_flag_ink(FlagInk(fill=theme.text, text=theme.background, edge=theme.background))
        self.update()
