"""The fields of the seating form, in the order in which the keyboard walks through them."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from monitor.terms import Arm
from ui.fonts import Size
from ui.seat.form import SeatField, Texts
from ui.text import seat_words
from ui.theme import ThemeSwitch
from ui.widgets.choice import SegmentedChoice
from ui.widgets.field import LabeledField
from ui.widgets.labels import Ink, SectionTitle, label

LONGEST_TEXT = 120
COLUMNS = 12


class ArmField(QWidget):
    """Left or right, with L and R, and what is to be said about it below."""

    changed = Signal()

    def __init__(self, themes: ThemeSwitch, caption: str) -> None:
        super().__init__()
        options = tuple((each, seat_words.arm(each)) for each in Arm)
        self.choice = SegmentedChoice(themes, options, name=caption)
        self.choice.chosen.connect(lambda _arm: self.changed.emit())
        self.choice.installEventFilter(self)
        self._hint = label(seat_words.arm_hint(), size=Size.NOTE, ink=Ink.SECOND)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label(caption))
        column.addWidget(self.choice)
        column.addWidget(self._hint)

    @property
    def text(self) -> str:
        """The chosen side's value, "" before a choice."""
        return "" if self.choice.choice is None else self.choice.choice.value

    @property
    def hint(self) -> str:
        """What is said below."""
        return self._hint.text()

    def put(self, text: str) -> None:
        """Restore a choice from a draft."""
        self.choice.choose(Arm(text) if text in {each.value for each in Arm} else None)

    def say(self, hint: str) -> None:
        """Change what is said below."""
        self._hint.setText(hint)
        self.choice.setAccessibleDescription(hint)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Choose a side by its first letter."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.text():
            for each in Arm:
                if seat_words.arm(each)[0].casefold() == event.text().casefold():
                    self.choice.choose(each)
                    self.changed.emit()
                    return True
        return super().eventFilter(watched, event)


class FormView(QWidget):
    """All fields. Enter walks on as Tab does.

    Emits `changed` with every key, and `entered` with the field that got the keyboard.
    """

    changed = Signal()
    entered = Signal(object)

    def __init__(self, themes: ThemeSwitch, *, limits: str, minutes: tuple[int, int]) -> None:
        super().__init__()
        words = seat_words
        self.lines = {
            SeatField.NAME: LabeledField(words.name(), hint=words.name_hint()),
            SeatField.BIRTH_DATE: LabeledField(words.birth_date(), hint=words.birth_hint()),
            SeatField.NUMBER: LabeledField(words.clinic_number(), hint=words.number_hint()),
            SeatField.ALLERGIES: LabeledField(words.allergies(), hint=words.allergies_hint()),
            SeatField.WEIGHT: LabeledField(words.weight(), unit=words.kg(), hint=words.weight_hint()),
            SeatField.DOSE: LabeledField(words.dose(), hint=words.dose_hint()),
            SeatField.MINUTES: LabeledField(
                words.planned_minutes(), unit=words.minutes(), hint=words.range_hint(*minutes)
            ),
        }
        self.arms = {
            SeatField.CUFF_ARM: ArmField(themes, words.cuff_arm()),
            SeatField.IV_ARM: ArmField(themes, words.iv_arm()),
        }
        self._limits = _Said(words.limits(), limits, words.limits_hint())
        self.monitor = _Said(words.monitor(), "", words.monitor_hint())
        for line in self.lines.values():
            line.edit.setMaxLength(LONGEST_TEXT)
            line.edit.textEdited.connect(self.changed)
            line.edit.installEventFilter(self)
        for arm in self.arms.values():
            arm.changed.connect(self.changed)
            arm.choice.installEventFilter(self)
        self._lay_out()

    def texts(self) -> Texts:
        """What stands in each field."""
        parts: dict[SeatField, LabeledField | ArmField] = {**self.lines, **self.arms}
        return {field: parts[field].text for field in SeatField}

    def put(self, texts: Texts) -> None:
        """Restore what a draft holds."""
        for field, line in self.lines.items():
            line.edit.setText(texts.get(field, ""))
        for field, arm in self.arms.items():
            arm.put(texts.get(field, ""))

    def focus_on(self, field: SeatField) -> None:
        """Give `field` the keyboard."""
        if field in self.lines:
            self.lines[field].edit.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.arms[field].choice.setFocus(Qt.FocusReason.TabFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let a plain Enter walk on."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            if is_enter and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.focusNextChild()
                return True
        if event.type() is QEvent.Type.FocusIn and isinstance(watched, QWidget):
            self.entered.emit(watched.parentWidget())
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        field = SeatField
        rows: tuple[tuple[tuple[QWidget, int], ...], ...] = (
            ((SectionTitle(seat_words.who(), seat_words.two_identifiers()), 12),),
            ((self.lines[field.NAME], 6), (self.lines[field.BIRTH_DATE], 3), (self.lines[field.NUMBER], 3)),
            ((self.lines[field.ALLERGIES], 12),),
            ((SectionTitle(seat_words.body()), 12),),
            ((self.lines[field.WEIGHT], 4), (self.arms[field.CUFF_ARM], 4), (self.arms[field.IV_ARM], 4)),
            ((SectionTitle(seat_words.infusion()), 12),),
            ((self.lines[field.DOSE], 8), (self.lines[field.MINUTES], 4)),
            ((self._limits, 4), (self.monitor, 8)),
        )
        for row, parts in enumerate(rows):
            column = 0
            for part, width in parts:
                grid.addWidget(part, row, column, 1, width)
                column += width
        for column in range(COLUMNS):
            grid.setColumnStretch(column, 1)
        grid.setRowStretch(len(rows), 1)


class _Said(QWidget):
    """A caption with something that cannot be changed here, and its remark."""

    def __init__(self, caption: str, text: str, remark: str) -> None:
        super().__init__()
        self._caption = caption
        self._text = label(text)
        self._text.setWordWrap(True)  # what is wrong with a monitor takes more than a line
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label(caption, ink=Ink.SECOND))
        column.addWidget(self._text)
        column.addWidget(label(remark, size=Size.NOTE, ink=Ink.SECOND))
        column.addStretch(1)
        self.say(text)

    @property
    def text(self) -> str:
        """What is said."""
        return self._text.text()

    def say(self, text: str) -> None:
        """Say something else."""
        self._text.setText(text)
        self._text.setToolTip(text)
        self.setAccessibleName(f"{self._caption}: {text}")
