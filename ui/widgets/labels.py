"""Text in the type scale, with its colour by role from the style sheet so that a theme switch reaches it."""

from enum import Enum

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from ui.fonts import Size, Weight, font


class Ink(Enum):
    """What a text's colour says."""

    MAIN = "main"
    SECOND = "second"
    MAP = "map"
    HEART_RATE = "heart_rate"
    SPO2 = "spo2"
    INVERTED = "inverted"


def label(
    text: str = "",
    *,
    size: Size = Size.BODY,
    weight: Weight = Weight.REGULAR,
    ink: Ink = Ink.MAIN,
    parent: QWidget | None = None,
) -> QLabel:
    """Return a plain-text label; text from outside can never be read as markup."""
    made = QLabel(parent)
    made.setTextFormat(made.textFormat().PlainText)
    made.setText(text)
    made.setFont(font(size, weight))
    made.setProperty("ink", ink.value)
    return made


def set_ink(which: QLabel, ink: Ink) -> None:
    """Change the role of a label's colour."""
    if which.property("ink") == ink.value:
        return
    which.setProperty("ink", ink.value)
    which.style().unpolish(which)
    which.style().polish(which)


class SectionTitle(QWidget):
    """A heading with a quiet remark beside it: "Who  checked against two identifiers"."""

    def __init__(self, title: str, remark: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = label(title, size=Size.TITLE, weight=Weight.BOLD)
        self._remark = label(remark, size=Size.NOTE, ink=Ink.SECOND)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._title)
        row.addWidget(self._remark)
        row.addStretch(1)
        self.setAccessibleName(title)

    def set_remark(self, remark: str) -> None:
        """Change the remark."""
        self._remark.setText(remark)
