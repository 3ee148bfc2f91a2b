"""What the sections of the settings share."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.fonts import Size, Weight
from ui.review.parts import wrapping
from ui.widgets.labels import Ink, label


class Section(QWidget):
    """A titled column. `told` carries a sentence for the window."""

    told = Signal(str)

    def __init__(self, title: str, remark: str = "") -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(16, 16, 24, 16)
        self.column.setSpacing(12)
        self.column.addWidget(label(title, size=Size.TITLE, weight=Weight.BOLD))
        if remark:
            self.column.addWidget(wrapping(remark, ink=Ink.SECOND))
        self.setAccessibleName(title)

    def take_focus(self) -> None:
        """Take the keyboard where something can be typed."""
