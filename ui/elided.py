"""A line of text that gives way before what stands beside it; its whole text is its tooltip."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from ui.fonts import Size, font
from ui.widgets.labels import Ink


class ElidedLabel(QLabel):
    """Ends in an ellipsis where there is no room; `whole` is what it says."""

    def __init__(self, *, size: Size = Size.BODY, ink: Ink = Ink.MAIN) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setFont(font(size))
        self.setProperty("ink", ink.value)
        self.whole = ""

    def show_text(self, text: str) -> None:
        """Say something else."""
        self.whole = text
        self.setToolTip(text)
        self.setAccessibleName(text)
        self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut to the new width."""
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        shown = self.fontMetrics().elidedText(self.whole, Qt.TextElideMode.ElideRight, self.width())
        if shown != self.text():
            self.setText(shown)
