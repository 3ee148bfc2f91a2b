"""A labelled line of text with its unit, a hint and a visible fault. Nothing typed is ever altered."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from ui.fonts import Size, Weight, font
from ui.widgets.labels import Ink, label, set_ink

FIELD_HEIGHT_PX = 40
UNIT_SIDE_PX = 12


class LabeledField(QWidget):
    """Label above, field, hint below. The hint turns into the fault, in full ink with a heavier edge."""

    def __init__(
        self, caption: str, *, unit: str = "", hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._hint_text = hint
        self._caption = label(caption)
        self.edit = QLineEdit()
        self.edit.setFont(font(Size.BODY, Weight.MEDIUM))
        self.edit.setAccessibleName(f"{caption}, {unit}" if unit else caption)
        self._caption.setBuddy(self.edit)
        self._unit = label(unit, size=Size.NOTE, ink=Ink.SECOND, parent=self.edit)
        self._unit.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._hint = label(size=Size.NOTE, ink=Ink.SECOND)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for part in (self._caption, self.edit, self._hint):
            column.addWidget(part)
        self.edit.installEventFilter(self)
        self.set_unit(unit)
        self.set_fault(None)

    @property
    def text(self) -> str:
        """What stands in the field, exactly as typed."""
        return self.edit.text()

    @property
    def hint_label(self) -> QLabel:
        """The line under the field."""
        return self._hint

    def set_caption(self, caption: str) -> None:
        """Change the words above the field, and its accessible name with them."""
        self._caption.setText(caption)
        self.edit.setAccessibleName(caption)

    def set_unit(self, unit: str) -> None:
        """Change the words at the right end of the field, such as "kg" or "57 y"."""
        self._unit.setText(unit)
        width = self._unit.sizeHint().width() + UNIT_SIDE_PX if unit else 0
        self.edit.setTextMargins(0, 0, width, 0)
        self._place_unit()

    def set_hint(self, hint: str) -> None:
        """Change the quiet line below."""
        self._hint_text = hint
        if not self.edit.property("invalid"):
            self._hint.setText(hint)

    def set_fault(self, fault: str | None) -> None:
        """Show what is wrong and what to do, or None when nothing is."""
        self._hint.setText(self._hint_text if fault is None else fault)
        set_ink(self._hint, Ink.SECOND if fault is None else Ink.MAIN)
        self._hint.setFont(font(Size.NOTE, Weight.REGULAR if fault is None else Weight.BOLD))
        self.edit.setProperty("invalid", fault is not None)
        self.edit.setAccessibleDescription(self._hint.text())
        self.edit.style().unpolish(self.edit)
        self.edit.style().polish(self.edit)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the unit at the field's right end."""
        if watched is self.edit and event.type() == QEvent.Type.Resize:
            self._place_unit()
        return super().eventFilter(watched, event)

    def _place_unit(self) -> None:
        size = self._unit.sizeHint()
        left = self.edit.width() - size.width() - UNIT_SIDE_PX
        self._unit.setGeometry(left, (self.edit.height() - size.height()) // 2, size.width(), size.height())
