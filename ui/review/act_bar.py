"""One line at the foot of the review: amend a set, add a note, or sign. No vital is ever pre-filled."""

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from monitor.terms import Reason
from ui.fonts import Size, Weight
from ui.text import review_words
from ui.theme import ThemeSwitch
from ui.widgets.field import LabeledField
from ui.widgets.key_button import ButtonLook, KeyButton
from ui.widgets.labels import label
from ui.widgets.themed import ThemedWidget, sharp_painter


class Asked(Enum):
    """What the bar asks for."""

    REASON = "reason"
    VALUES = "values"
    CHAIR = "chair"
    NOTE = "note"
    MEANING = "meaning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What was entered: the text, and for an amendment its reason; `is_withdrawal` takes the set away."""

    asked: Asked
    text: str
    reason: Reason | None = None
    is_withdrawal: bool = False


class ActBar(ThemedWidget):
    """Emits `entered` with a `Said`, and `closed` when somebody leaves it."""

    entered = Signal(object)
    closed = Signal()

    def __init__(self, themes: ThemeSwitch) -> None:
        super().__init__(themes)
        self._asked = Asked.NOTE
        self._reason: Reason | None = None
        self._seated = ""
        self._title = label(weight=Weight.BOLD)
        self._why = label(review_words.why_amend(), size=Size.NOTE)
        self._reasons = [
            self._reason_button(at, reason, text)
            for at, (reason, text) in enumerate(review_words.reasons(), 1)
        ]
        self._field = LabeledField("")
        self._field.setMinimumWidth(420)
        self._field.edit.returnPressed.connect(self._enter)
        self._save = KeyButton(
            themes, key="Enter", text=review_words.save(), look=ButtonLook.PRIMARY, height_px=40
        )
        self._save.clicked.connect(self._enter)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        QShortcut(QKeySequence("Ctrl+W"), self).activated.connect(self.withdraw)
        self._lay_out()
        self.hide()

    @property
    def field(self) -> LabeledField:
        """Where text is typed."""
        return self._field

    @property
    def asked(self) -> Asked:
        """What is asked for now."""
        return self._asked

    def ask_reason(self, title: str, seated: str) -> None:
        """Begin an amendment: first why, with one key; `seated` says to whom a set can be moved."""
        self._seated = seated
        self._begin(Asked.REASON, title)
        self.setFocus()

    def ask_note(self, caption: str) -> None:
        """Ask for a note."""
        self._begin(Asked.NOTE, "")
        self._offer_field(caption, review_words.note_hint())

    def ask_meaning(self, operator: str) -> None:
        """Ask what a signature stands for, offering the usual words."""
        self._begin(Asked.MEANING, "")
        self._offer_field(review_words.meaning(), review_words.meaning_hint(operator))
        self._field.edit.setText(review_words.meaning_usual())
        self._field.edit.selectAll()

    def withdraw(self) -> None:
        """Take the whole set away, once its reason is chosen."""
        if self._asked in {Asked.VALUES, Asked.CHAIR}:
            self._say(is_withdrawal=True)

    def refuse(self, sentence: str) -> None:
        """Say why what was entered did not stand; it stays in the field."""
        self._field.setVisible(True)
        self._field.set_fault(sentence)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take a reason's digit, and Esc."""
        text = event.text()
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        elif self._asked is Asked.REASON and text.isdigit() and 0 < int(text) <= len(self._reasons):
            self._take_reason(review_words.reasons()[int(text) - 1][0])
        else:
            event.accept()  # a key meant for this line must not open a chair

    def close_bar(self) -> None:
        """Leave without saving."""
        self.hide()
        self.closed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground and the line towards the page."""
        painter = sharp_painter(self)
        painter.fillRect(self.rect(), QColor(self.theme.panel))
        painter.fillRect(0, 0, self.width(), 1, QColor(self.theme.edge))
        painter.end()

    def _reason_button(self, at: int, reason: Reason, text: str) -> KeyButton:
        button = KeyButton(self._themes, key=str(at), text=text, height_px=40)
        button.clicked.connect(lambda: self._take_reason(reason))
        return button

    def _begin(self, asked: Asked, title: str) -> None:
        self._asked, self._reason = asked, None
        self._title.setText(title)
        self._title.setVisible(bool(title))
        is_reason = asked is Asked.REASON
        for part in (self._why, *self._reasons):
            part.setVisible(is_reason)
        for part in (self._field, self._save):
            part.setVisible(not is_reason)
        self._field.edit.clear()
        self._field.set_fault(None)
        self.setAccessibleName(title)
        self.show()

    def _take_reason(self, reason: Reason) -> None:
        self._reason = reason
        is_move = reason is Reason.WRONG_PATIENT
        self._asked = Asked.CHAIR if is_move else Asked.VALUES
        for part in (self._why, *self._reasons):
            part.setVisible(False)
        if is_move:
            self._offer_field(review_words.right_chair(), self._seated)
        else:
            self._offer_field(review_words.right_values(), review_words.values_hint())

    def _offer_field(self, caption: str, hint: str) -> None:
        self._field.set_caption(caption)
        self._field.set_hint(hint)
        self._field.setVisible(True)
        self._save.setVisible(True)
        self._field.edit.setFocus()

    def _enter(self) -> None:
        if not self._field.text.strip():
            self._field.set_fault(review_words.empty_field())
            return
        self._say(is_withdrawal=False)

    def _say(self, *, is_withdrawal: bool) -> None:
        said = Said(
            asked=self._asked, text=self._field.text.strip(), reason=self._reason, is_withdrawal=is_withdrawal
        )
        self.entered.emit(said)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._why)
        for button in self._reasons:
            row.addWidget(button)
        row.addWidget(self._field, 1)
        row.addWidget(self._save, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(4)
        column.addWidget(self._title)
        column.addLayout(row)
