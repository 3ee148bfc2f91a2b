"""The entry bar: field, what it is about, when the next set is due, and the keys that act now."""

from dataclasses import replace

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from monitor.view import SessionView
from ui.fonts import Size, Weight, box_px, font, is_stacked, px
from ui.session.bar_content import BarContent, BarKey, BarLook, Notice, bar_content
from ui.session.bedside import Bedside
from ui.session.chips import offered_boxes, typed_boxes
from ui.session.desk import DeskState, Stage
from ui.session.due import Due, due_now
from ui.session.entry_field import NARROW_PX, WIDTH_PX, EntryField
from ui.text import entry_words as words
from ui.text import happened
from ui.text.formats import age, pressure
from ui.theme import ThemeSwitch
from ui.widgets.badges import FlagBadge
from ui.widgets.countdown import Countdown
from ui.widgets.key_button import ButtonLook, KeyButton
from ui.widgets.labels import Ink, label, set_ink
from ui.widgets.shapes import Shape, draw_shape
from ui.widgets.themed import ThemedWidget, draw_box, sharp_painter

HEIGHT_PX = 80
ROW_PX = 56  # of two, where words are large
WIDE_BAR_PX = 1400
MARGIN_PX = 16
SHAPE_PX = 24


class _Mark(ThemedWidget):
    """The shape before the words."""

    def __init__(self, themes: ThemeSwitch) -> None:
        super().__init__(themes)
        self._shape: Shape | None = None
        self._is_inverted = False
        self.setFixedSize(px(SHAPE_PX), px(SHAPE_PX))

    def show_shape(self, shape: Shape | None, *, is_inverted: bool) -> None:
        self._shape, self._is_inverted = shape, is_inverted
        self.setVisible(shape is not None)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the shape."""
        if self._shape is None:
            return
        painter = sharp_painter(self)
        ink = self.theme.background if self._is_inverted else self.theme.text
        draw_shape(painter, self._shape, QRectF(2, 2, px(SHAPE_PX) - 4, px(SHAPE_PX) - 4), ink)
        painter.end()


class LateBox(ThemedWidget):
    """A set that is very late: larger than the badge, and violet like it."""

    def __init__(self, themes: ThemeSwitch) -> None:
        super().__init__(themes)
        self._text = ""
        self.setFixedHeight(box_px(40))

    def show_text(self, text: str) -> None:
        """Show how late it is."""
        self._text = text
        width = QFontMetricsF(font(Size.TITLE, Weight.BOLD)).horizontalAdvance(text)
        self.setFixedWidth(round(width) + px(64))
        self.setAccessibleName(text)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw box, clock and words."""
        painter = sharp_painter(self)
        ink = self.theme.overdue
        box = QRectF(self.rect())
        draw_box(painter, box, fill=ink.fill, edge=ink.edge)
        draw_shape(painter, Shape.CLOCK, QRectF(px(14), px(10), px(20), px(20)), ink.text)
        painter.setFont(font(Size.TITLE, Weight.BOLD))
        painter.setPen(ink.text)
        painter.drawText(box.adjusted(px(44), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self._text)
        painter.end()


class LastSet(QWidget):
    """The last charted set, beside the field and never in it."""

    def __init__(self) -> None:
        super().__init__()
        self._caption = label(words.last(), ink=Ink.SECOND)
        self._pressure = label(weight=Weight.BOLD)
        self._rate = label(weight=Weight.BOLD, ink=Ink.HEART_RATE)
        self._spo2 = label(weight=Weight.BOLD, ink=Ink.SPO2)
        self._age = label(size=Size.NOTE, ink=Ink.SECOND)
        row = QHBoxLayout()
        row.setSpacing(8)
        for part in (self._caption, self._pressure, self._rate, self._spo2):
            row.addWidget(part)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addStretch(1)
        column.addLayout(row)
        column.addWidget(self._age)
        column.addStretch(1)

    @property
    def text(self) -> str:
        """Everything it says."""
        parts = (self._caption, self._pressure, self._rate, self._spo2, self._age)
        return " ".join(part.text() for part in parts if part.text())

    def show_last(self, bedside: Bedside, view: SessionView) -> None:
        """Show the newest charted set with its age."""
        if not view.charted:
            self._caption.setText(words.no_last())
            for part in (self._pressure, self._rate, self._spo2, self._age):
                part.setText("")
            return
        last = view.charted[-1]
        vitals = last.vitals
        self._caption.setText(words.last())
        self._pressure.setText(pressure(vitals.systolic_mmhg, vitals.diastolic_mmhg))
        self._rate.setText("" if vitals.rate_bpm is None else str(vitals.rate_bpm))
        self._spo2.setText("" if vitals.spo2_percent is None else str(vitals.spo2_percent))
        since = age(bedside.age_s(view, last.at_ms))
        self._age.setText(words.time_and_age(happened.taken_at(last.entry), since))


class DuePart(QWidget):
    """When the next set is due, counting down; violet once it is late."""

    def __init__(self, themes: ThemeSwitch) -> None:
        super().__init__()
        self.countdown = Countdown(themes)
        self.badge = FlagBadge(themes)
        self.late = LateBox(themes)
        self.caption = label(ink=Ink.SECOND)
        self.caption.setWordWrap(True)
        self.caption.setMinimumWidth(px(150))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for part in (self.countdown, self.badge, self.late, self.caption):
            row.addWidget(part)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._due = Due()

    @property
    def text(self) -> str:
        """Everything it says."""
        due = self._due
        return " ".join(part for part in (due.caption, due.left, due.overdue) if part)

    def show_due(self, due: Due) -> None:
        """Show it."""
        self._due = due
        is_late = bool(due.overdue)
        seen: QWidget = self.late if due.is_very_late else self.badge if is_late else self.caption
        if due.done is not None:
            seen = self.countdown
        for part in (self.countdown, self.badge, self.late, self.caption):
            if part is not seen:
                part.hide()
        if due.done is not None:
            self.countdown.show_time_left(due.caption, due.left, done=due.done)
        elif due.overdue:
            self.badge.show_overdue(due.overdue)
            self.late.show_text(due.overdue)
        else:
            self.caption.setText(due.caption)
        seen.show()


class EntryBar(ThemedWidget):
    """The bar of one chair. Emits the command of each key and button; it records nothing itself."""

    commanded = Signal(str)

    def __init__(self, themes: ThemeSwitch, bedside: Bedside, parent: QWidget | None = None) -> None:
        super().__init__(themes, parent)
        self._bedside = bedside
        self._content = BarContent()
        self._keys: tuple[BarKey, ...] = ()
        self._made: tuple[KeyButton, ...] = ()
        self.field = EntryField(themes)
        self.last = LastSet()
        self.due = DuePart(themes)
        self._mark = _Mark(themes)
        self._title = label(weight=Weight.BOLD)
        self._detail = label(size=Size.NOTE, ink=Ink.SECOND)
        self._hint = label(size=Size.NOTE, ink=Ink.SECOND)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self.setFixedHeight(2 * box_px(ROW_PX) if is_stacked() else box_px(HEIGHT_PX))
        self._lay_out()

    @property
    def content(self) -> BarContent:
        """What it says now."""
        return self._content

    @property
    def buttons(self) -> tuple[KeyButton, ...]:
        """The buttons in sight, left to right."""
        return self._made

    def show_state(  # noqa: PLR0913 - all that the bar depends on
        self,
        view: SessionView,
        state: DeskState,
        text: str,
        *,
        is_asking: bool,
        is_table: bool,
        repeat_left_s: float | None,
        notice: Notice | None,
    ) -> None:
        """Show the desk's state, with ages as of now; its keys only while nothing else is asked."""
        self.field.show_owner(self._bedside.initials, self._bedside.chair)
        offer = state.offer if state.stage is Stage.OFFER else None
        content = bar_content(self._bedside, view, state, is_table=is_table, notice=notice)
        boxes = typed_boxes(state.line, state.asked, text)
        if offer is not None:
            boxes = offered_boxes(offer)
        elif state.stage is Stage.STORED:
            boxes = ()
        self.field.show_line(text, boxes, offer=content.shape if offer is not None else None)
        self._show(replace(content, keys=()) if is_asking else content)
        self.last.show_last(self._bedside, view)
        is_offered = offer is not None
        due = due_now(self._bedside, view, repeat_left_s=repeat_left_s, is_offered=is_offered)
        self.due.show_due(due)

    def minimumSizeHint(self) -> QSize:
        """Return the width with the narrow field, so that a wide window can become narrow again."""
        hint = super().minimumSizeHint()
        return QSize(hint.width() - self.field.width() + px(NARROW_PX), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the field its width for this window; it keeps it whatever the bar says."""
        super().resizeEvent(event)
        self.field.setFixedWidth(px(WIDTH_PX if self.width() >= px(WIDE_BAR_PX) else NARROW_PX))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground, with the edge of its state."""
        painter = sharp_painter(self)
        theme, look = self.theme, self._content.look
        edges = {
            BarLook.PLAIN: (theme.panel, theme.grid, 1.0),
            BarLook.ASKED: (theme.panel, theme.edge, 1.0),
            BarLook.WRONG: (theme.panel, theme.text, 2.0),
            BarLook.UNSAVED: (theme.text, None, 1.0),
        }
        fill, edge, edge_px = edges[look]
        draw_box(painter, QRectF(self.rect()), fill=fill, edge=edge, edge_px=edge_px, radius_px=0)
        painter.end()

    def _show(self, content: BarContent) -> None:
        is_inverted = content.look is BarLook.UNSAVED
        if content.look is not self._content.look:
            self.update()
        self._content = content
        self._mark.show_shape(content.shape, is_inverted=is_inverted)
        self._title.setText(content.title)
        self._title.setFont(font(Size.TITLE if content.is_large else Size.BODY, Weight.BOLD))
        self._detail.setText(content.detail)
        self._hint.setText(content.hint)
        set_ink(self._title, Ink.INVERTED if is_inverted else Ink.MAIN)
        set_ink(self._detail, Ink.INVERTED if is_inverted else Ink.SECOND)
        self.setAccessibleDescription(f"{content.title} {content.detail}".strip())
        parts: tuple[tuple[QWidget, bool], ...] = (
            (self._said, bool(content.title)),
            (self._detail, bool(content.detail)),
            (self._hint, bool(content.hint)),
            (self.last, not content.title),
            (self.due, content.shows_due),
        )
        # what goes leaves before anything comes: Qt lays out at each show, and a window never shrinks again
        for part, is_seen in parts:
            if not is_seen:
                part.hide()
        self._show_keys(content.keys)
        for part, is_seen in parts:
            if is_seen:
                part.show()

    def _show_keys(self, keys: tuple[BarKey, ...]) -> None:
        if keys == self._keys:
            return
        for old in self._made:
            self._buttons.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._keys, self._made = keys, tuple(self._button(key) for key in keys)
        for button in self._made:
            self._buttons.addWidget(button)

    def _button(self, key: BarKey) -> KeyButton:
        look = ButtonLook.PRIMARY if key.is_primary else ButtonLook.PLAIN
        button = KeyButton(self._themes, key=key.key, text=key.text, look=look)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda: self.commanded.emit(key.command))
        return button

    def _lay_out(self) -> None:
        self._said = QWidget()
        said = QVBoxLayout(self._said)
        said.setContentsMargins(0, 0, 0, 0)
        said.setSpacing(0)
        said.addStretch(1)
        said.addWidget(self._title)
        said.addWidget(self._detail)
        said.addStretch(1)
        first, second = QHBoxLayout(), QHBoxLayout()
        row = second if is_stacked() else first
        first.addWidget(self.field)
        if is_stacked():
            first.addStretch(1)
            first.addWidget(self.due)
        row.addWidget(self.last)
        row.addWidget(self._mark)
        row.addWidget(self._said, 10)
        row.addStretch(1)
        if not is_stacked():
            row.addWidget(self.due)
        row.addWidget(self._hint)
        row.addLayout(self._buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN_PX, 0, MARGIN_PX, 0)
        column.setSpacing(0)
        for line in (first, second):
            line.setSpacing(MARGIN_PX)
            column.addLayout(line)
        for one in (self._title, self._detail):
            _may_be_cut(one)


def _may_be_cut(one: QLabel) -> None:
    """Let a long sentence give way to the buttons, on two lines if need be."""
    one.setWordWrap(True)
    one.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    one.setMinimumWidth(170)
