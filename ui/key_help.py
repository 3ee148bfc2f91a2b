"""The keys of this screen and of every screen, laid over the page's corner; it takes no focus."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.fonts import Size, Weight
from ui.text import shell_words
from ui.theme import ThemeSwitch
from ui.widgets.key_button import KeyCap
from ui.widgets.labels import Ink, label
from ui.widgets.themed import ThemedWidget, draw_box, sharp_painter

MARGIN_PX = 16


class KeyHelp(ThemedWidget):
    """A panel in two columns over the right edge of `page_area`; typing goes on underneath."""

    def __init__(self, themes: ThemeSwitch, page_area: QWidget) -> None:
        super().__init__(themes, page_area)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(MARGIN_PX, MARGIN_PX, 24, MARGIN_PX)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnMinimumWidth(1, 200)
        self._parts: list[QWidget] = []
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(shell_words.keys_title())
        self.hide()

    def show_keys(self, here: tuple[tuple[str, str], ...]) -> None:
        """List the keys of the page in sight, then those of the window that the page does not name."""
        for old in self._parts:
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._parts = []
        taken = {key for key, _ in here}
        everywhere = tuple(item for item in shell_words.key_names().items() if item[0] not in taken)
        self._list(0, shell_words.keys_title(), here)
        self._list(1, shell_words.keys_everywhere(), everywhere)
        self.setAccessibleDescription("; ".join(f"{key}: {text}" for key, text in here))
        self.place()
        self.show()
        self.raise_()

    def place(self) -> None:
        """Stand at the right edge of the page."""
        self.adjustSize()
        area = self.parentWidget()
        if area is not None:
            self.move(area.width() - self.width() - MARGIN_PX, MARGIN_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the panel."""
        painter = sharp_painter(self)
        draw_box(painter, QRectF(self.rect()), fill=self.theme.panel, edge=self.theme.text, edge_px=2)
        painter.end()

    def _list(self, side: int, title: str, keys: tuple[tuple[str, str], ...]) -> None:
        self._put(label(title, weight=Weight.BOLD), 0, 2 * side, span=2)
        for row, (key, text) in enumerate(keys, start=1):
            self._put(KeyCap(self._themes, key), row, 2 * side)
            self._put(label(text, size=Size.BODY, ink=Ink.SECOND), row, 2 * side + 1)

    def _put(self, part: QWidget, row: int, column: int, *, span: int = 1) -> None:
        self._grid.addWidget(part, row, column, 1, span, Qt.AlignmentFlag.AlignLeft)
        self._parts.append(part)
