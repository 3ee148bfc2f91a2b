"""The entry bar: field, what it is about, when the next set is due, and the keys that act now."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from monitor.view import SessionView
from ui.fonts import Size, Weight, box_px, font, is_stacked, px
from ui.session.bar_content import BarContent, BarKey, BarLook, Notice, bar_content
from ui.session.bar_parts import BarMark, DuePart, LastSet
from ui.session.bedside import Bedside
from ui.session.chips import offered_boxes, typed_boxes
from ui.session.desk import DeskState, Stage
from ui.session.due import due_now
from ui.session.entry_field import NARROW_PX, WIDTH_PX, EntryField
from ui.theme import ThemeSwitch
from ui.widgets.key_button import ButtonLook, KeyButton
from ui.widgets.labels import Ink, label, set_ink
from ui.widgets.themed import ThemedWidget, draw_box, sharp_painter

HEIGHT_PX = 80
ROW_PX = 56  # of two, where words are large
WIDE_BAR_PX = 1400
MARGIN_PX = 16


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
        self._mark = BarMark(themes)
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
        """Return the width with narrow field and short buttons, so that a window can become narrow again."""
        hint = super().minimumSizeHint()
        spared_px = self.field.width() - px(NARROW_PX) + sum(each.spared_px() for each in self._shortening())
        return QSize(hint.width() - spared_px, hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the field its width for this window; it keeps it whatever the bar says."""
        super().resizeEvent(event)
        self.field.setFixedWidth(px(WIDTH_PX if self.width() >= px(WIDE_BAR_PX) else NARROW_PX))
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Make room when something in it became longer."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        """Leave buttons with their key alone where there is no room for their words."""
        left_px = self.width() - super().minimumSizeHint().width()
        left_px -= sum(each.spared_px() for each in self._shortening() if each.is_short)
        for button in self._shortening():
            button.set_short(is_short=left_px < 0)
            left_px += button.spared_px() if button.is_short else 0

    def _shortening(self) -> tuple[KeyButton, ...]:
        """The buttons that may lose their word: not the one that acts."""
        return tuple(each for each, key in zip(self._made, self._keys, strict=True) if not key.is_primary)

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
            (self._mark, content.shape is not None),
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
