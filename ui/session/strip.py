"""The strip above the entry bar: runs a conversation, one inline question at a time. Never a dialog."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from monitor.outcome import Outcome
from ui.fonts import Size, Weight
from ui.session.bedside import Bedside
from ui.session.chosen_time import ChosenTime, Typed
from ui.session.question import (
    Act,
    Choice,
    Conversation,
    Form,
    IfDropped,
    Leave,
    Move,
    Option,
    Say,
    Step,
)
from ui.text import bedside_words as words
from ui.theme import ThemeSwitch
from ui.widgets.field import LabeledField
from ui.widgets.key_button import KeyButton
from ui.widgets.labels import Ink, label
from ui.widgets.themed import ThemedWidget, draw_box, sharp_painter

MARGIN_PX = 16


class QuestionStrip(ThemedWidget):
    """Shows a question and sends its answer back. `@hhmm` gives the time of whatever gets recorded."""

    recorded = Signal(object)
    told = Signal(str, bool)
    left = Signal(object)
    asking = Signal()
    closed = Signal()

    def __init__(self, themes: ThemeSwitch, bedside: Bedside, parent: QWidget | None = None) -> None:
        super().__init__(themes, parent)
        self._bedside = bedside
        self._running: Conversation | None = None
        self._step: Step | None = None
        self._when = ChosenTime()
        self._if_dropped = ""
        self._body: QWidget | None = None
        self._fields: tuple[LabeledField, ...] = ()
        self._title = label(size=Size.TITLE, weight=Weight.BOLD)
        self._detail = label(ink=Ink.SECOND)
        self._detail.setWordWrap(True)
        self._time = label(weight=Weight.BOLD)
        self.close_button = KeyButton(themes, key="Esc", text=words.close())
        self.close_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.close_button.clicked.connect(self.drop)
        top = QHBoxLayout()
        top.setSpacing(MARGIN_PX)
        top.addWidget(self._title)
        top.addWidget(self._detail, 1)
        top.addWidget(self._time)
        top.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(MARGIN_PX, 10, MARGIN_PX, 10)
        self._column.setSpacing(8)
        self._column.addLayout(top)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hide()

    @property
    def step(self) -> Step | None:
        """The question in sight, None while the strip is closed."""
        return self._step

    @property
    def title(self) -> str:
        """What is asked."""
        return self._title.text()

    @property
    def detail(self) -> str:
        """What is said beside it."""
        return self._detail.text()

    @property
    def fields(self) -> tuple[LabeledField, ...]:
        """The fields of a form."""
        return self._fields

    @property
    def first(self) -> QWidget:
        """What takes the keyboard: the first field of a form, else the strip itself."""
        return next((field.edit for field in self._fields), self)

    @property
    def is_open(self) -> bool:
        """Whether something is asked."""
        return self._running is not None

    def begin(self, conversation: Conversation) -> None:
        """Drop whatever is asked now and ask this instead."""
        self.drop()
        self._running, self._when, self._if_dropped = conversation, ChosenTime(), ""
        self._advance(None, is_first=True)

    def drop(self) -> None:
        """Close without an answer, and say what that leaves undone."""
        if self._running is not None:
            self._running.close()
            if self._if_dropped:
                self.told.emit(self._if_dropped, True)
            self._end()

    def answer(self, value: object) -> None:
        """Answer the question in sight."""
        self._advance(value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer a choice by its key; `@` begins a time, arrows shift it, Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.drop()
        elif isinstance(self._step, Choice):
            self._choose(event)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.accept()  # it answered a form; the page below must not take it for its own
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001 - as Qt declares it
        """Keep Tab among what is asked: the keyboard leaves the strip by an answer or by Escape."""
        edits = [field.edit for field in self._fields]
        if edits:
            at = next((place for place, edit in enumerate(edits) if edit.hasFocus()), -1 if forward else 0)
            to = edits[(at + (1 if forward else -1)) % len(edits)]
            to.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the strip's ground."""
        painter = sharp_painter(self)
        box = QRectF(self.rect())
        draw_box(painter, box, fill=self.theme.panel, edge=self.theme.edge, radius_px=0)
        painter.end()

    def _choose(self, event: QKeyEvent) -> None:
        key, text = event.key(), event.text()
        if key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self._when.shift(1 if key == Qt.Key.Key_Up else -1, self._bedside.controller.now())
            self._show_time()
        elif text == "@":
            self._when.begin()
            self._show_time()
        elif self._when.is_typing and (text.isdecimal() or key == Qt.Key.Key_Backspace):
            self._type_time(text)
        else:
            pressed = "Del" if key == Qt.Key.Key_Delete else text
            found = [one for one in self._options() if one.key.upper() == pressed.upper()]
            if found:
                self._take(found[0])

    def _take(self, option: Option) -> None:
        """Give an option's answer, or say why it cannot be given."""
        if option.why_not:
            self.told.emit(option.why_not, True)
        else:
            self._advance(option.answer)

    def _options(self) -> tuple[Option, ...]:
        return self._step.options if isinstance(self._step, Choice) else ()

    def _type_time(self, digit: str) -> None:
        if self._when.type(digit) is Typed.NO_TIME:
            self.told.emit(words.bad_time(), True)
        self._show_time()

    def _show_time(self) -> None:
        self._time.setText(self._when.text)

    def _advance(self, value: object, *, is_first: bool = False) -> None:
        """Give an answer, do what comes, and stop at the next question."""
        running = self._running
        if running is None:
            return
        try:
            step = next(running) if is_first else running.send(value)
            while not isinstance(step, Choice | Form):
                step = running.send(self._do(step))
        except StopIteration:
            if self._running is running:
                self._end()
            return
        if self._running is running:
            self._show(step)

    def _do(self, step: Act | Move | IfDropped | Say | Leave) -> Outcome | None:
        if isinstance(step, IfDropped):
            self._if_dropped = step.text
        elif isinstance(step, Say):
            self.told.emit(step.text, step.is_problem)
        elif isinstance(step, Leave):
            self.left.emit(step.route)
        else:
            outcome = self._record(step)
            self.recorded.emit(outcome)
            return outcome
        return None

    def _record(self, step: Act | Move) -> Outcome:
        if isinstance(step, Move):
            return self._bedside.controller.move(self._bedside.chair, step.sequence, step.to_chair)
        return self._bedside.act(step.body, taken_at=self._when.value)

    def _show(self, step: Choice | Form) -> None:
        self._step = step
        self._title.setText(step.title)
        self._detail.setText(step.detail)
        self._show_time()
        self.setAccessibleName(f"{step.title}. {step.detail}".strip())
        if self._body is not None:
            self._column.removeWidget(self._body)
            self._body.hide()
            self._body.deleteLater()
        self._body, self._fields = self._buttons(step) if isinstance(step, Choice) else self._form(step)
        self._column.addWidget(self._body)
        self._body.show()  # now, not with the next event: its height is asked for at once
        self.show()
        self.asking.emit()
        self.first.setFocus()

    def _buttons(self, step: Choice) -> tuple[QWidget, tuple[LabeledField, ...]]:
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        for row, options in enumerate(step.rows):
            for column, option in enumerate(options):
                button = KeyButton(self._themes, key=option.key, text=option.text)
                button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
                button.setEnabled(not option.why_not)
                button.setToolTip(option.why_not)
                button.setAccessibleDescription(option.why_not)
                button.clicked.connect(lambda _checked=False, one=option: self._take(one))
                grid.addWidget(button, row, column)
        grid.setColumnStretch(max(len(options) for options in step.rows), 1)
        return box, ()

    def _form(self, step: Form) -> tuple[QWidget, tuple[LabeledField, ...]]:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        fields: list[LabeledField] = []
        for blank in step.blanks:
            field = LabeledField(blank.name, unit=blank.unit)
            field.edit.setText(blank.prefill)
            if not fields:
                field.edit.selectAll()  # the others as the focus comes to them
            field.edit.returnPressed.connect(lambda one=field: self._next_field(one))
            field.edit.setMinimumWidth(120)
            row.addWidget(field, blank.stretch)
            fields.append(field)
        row.addStretch(max(0, 6 - sum(blank.stretch for blank in step.blanks)))
        return box, tuple(fields)

    def _next_field(self, field: LabeledField) -> None:
        """Check a field; go on to the next, or answer the form when all are right."""
        step = self._step
        if not isinstance(step, Form):
            return
        texts = [self._without_time(one.edit) for one in self._fields]
        faults = [blank.fault(text) for blank, text in zip(step.blanks, texts, strict=True)]
        at = self._fields.index(field)
        for one, fault in zip(self._fields[: at + 1], faults, strict=False):
            one.set_fault(fault)
        if faults[at] is not None:
            return
        if at + 1 < len(self._fields):
            self._fields[at + 1].edit.setFocus()
            self._fields[at + 1].edit.selectAll()
            return
        wrong = next((index for index, fault in enumerate(faults) if fault is not None), None)
        if wrong is not None:
            self._fields[wrong].set_fault(faults[wrong])
            self._fields[wrong].edit.setFocus()
            return
        self._advance(tuple(texts))

    def _without_time(self, edit: QLineEdit) -> str:
        """Return a field's text; a time at its end becomes the time of what is recorded."""
        text = self._when.cut_from(edit.text())
        self._show_time()
        return text

    def _end(self) -> None:
        self._running, self._step, self._fields = None, None, ()
        self.hide()
        self.closed.emit()
