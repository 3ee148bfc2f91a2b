"""One row of the flag banner: filled until it is answered, then tinted with a wide edge."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QColor, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.banner_keys import BannerKeys
from ui.banner_step import NextStep
from ui.flag_rows import FlagRow
from ui.fonts import Size, Weight, box_px, is_stacked, px
from ui.routes import ToChair
from ui.text import flag_words, words
from ui.theme import FlagInk, Theme, ThemeSwitch
from ui.widgets.badges import FlagBadge
from ui.widgets.key_button import ButtonLook, KeyButton
from ui.widgets.labels import label
from ui.widgets.shapes import draw_shape, shape_of
from ui.widgets.themed import ThemedWidget, sharp_painter

TALL_PX = 60
LOW_PX = 52
BUTTON_PX = 44  # in both
MARGIN_PX = 16
SHAPE_PX = 24
EDGE_PX = 10
PULSE_PX = 3
LINE_PX = 26  # more where the next step has a line of its own


class FlagRowBar(ThemedWidget):
    """One chair's flag: filled until it is answered, then tinted with a wide edge."""

    asked = Signal(object)

    def __init__(self, themes: ThemeSwitch, row: FlagRow, keys: BannerKeys, *, height_px: int) -> None:
        super().__init__(themes)
        self._row = row
        self._is_lit = True
        self._marks = label(size=Size.TITLE, weight=Weight.BOLD)
        self._word = label(size=Size.TITLE, weight=Weight.BOLD)
        self._badge = FlagBadge(themes)
        self._who = label(size=Size.TITLE, weight=Weight.BOLD)
        self._value = label(size=Size.TITLE, weight=Weight.BOLD)
        self.next_step = NextStep()
        self._others = label(weight=Weight.BOLD)
        self._countdown = label(size=Size.TITLE, weight=Weight.BOLD)
        self._left = label(flag_words.left())
        self.buttons = self._made_buttons(keys)
        self._timer = self.buttons[-2]
        self.setFixedHeight(box_px(height_px) + (px(LINE_PX) if is_stacked() else 0))
        self._lay_out()
        self.show_row(row, "")
        self._repaint_in(themes.theme)

    @property
    def row(self) -> FlagRow:
        """What it shows."""
        return self._row

    @property
    def text(self) -> str:
        """Everything it says, in order."""
        parts = (self._others.text(), self._countdown.text())
        return " ".join((self._row.spoken, self._row.sentence, *(part for part in parts if part)))

    def show_row(self, row: FlagRow, others: str) -> None:
        """Show newer values of the same flag, and the chairs that have no row."""
        self._row = row
        self._marks.setText(words.level_marks(row.level))
        self._word.setText(row.word)
        self._badge.show_level(row.level, row.word)
        self._who.setText(row.who)
        self._value.setText(row.value)
        self.next_step.show_text(row.step, row.detail)
        self._others.setText(others)
        self._countdown.setText(row.countdown)
        for part, is_seen in (
            (self._marks, not row.is_answered),
            (self._word, not row.is_answered),
            (self._badge, row.is_answered),
            (self._others, bool(others)),
            (self._countdown, bool(row.countdown)),
        ):
            part.setVisible(is_seen)
        self._make_room()
        self.setToolTip(row.sentence)
        self.setAccessibleName(row.spoken)
        self.setAccessibleDescription(row.sentence)

    def set_lit(self, is_lit: bool) -> None:  # noqa: FBT001 - one state of one border
        """Draw the border, or leave it out for the dark half of a pulse; words never flash."""
        if is_lit != self._is_lit:
            self._is_lit = is_lit
            self.update()

    def minimumSizeHint(self) -> QSize:
        """Return a width that any window has: what matters less is left out instead."""
        return QSize(0, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what the new width has no room for."""
        super().resizeEvent(event)
        self._make_room()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground, border and, while unanswered, the level's shape."""
        painter = sharp_painter(self)
        theme, row = self.theme, self._row
        ink = theme.flags[row.level]
        box = self.rect()
        painter.fillRect(box, QColor(theme.bands[row.level].tint if row.is_answered else ink.fill))
        if row.is_answered:
            painter.fillRect(0, 0, EDGE_PX, box.height(), QColor(ink.edge))
            painter.fillRect(0, box.height() - 1, box.width(), 1, QColor(ink.edge))
        else:
            square = QRectF(MARGIN_PX, (box.height() - px(SHAPE_PX)) / 2, px(SHAPE_PX), px(SHAPE_PX))
            draw_shape(painter, shape_of(row.level), square, ink.text)
            if self._is_lit:
                for top in (0, box.height() - PULSE_PX):
                    painter.fillRect(0, top, box.width(), PULSE_PX, QColor(ink.text))
        painter.end()

    def _make_room(self) -> None:
        """Leave out the word after the countdown, then the timer's button, until the next step has a line."""
        line = self.layout()
        if line is None:
            return
        self._left.setVisible(bool(self._row.countdown))
        self._timer.setVisible(True)
        for part in (self._left, self._timer):
            if line.minimumSize().width() + self.next_step.enough_px() <= self.width():
                break
            part.setVisible(False)
        line.activate()  # at once: a part that comes back would be painted where it has no place yet

    def _made_buttons(self, keys: BannerKeys) -> tuple[KeyButton, ...]:
        row = self._row
        wanted = [] if row.is_answered else [(keys.answer, flag_words.answer(), ToChair(row.chair, True))]
        wanted.append((keys.repeat, flag_words.repeat_timer(), ToChair(row.chair, is_repeating=True)))
        wanted.append((keys.open, flag_words.open_chair(), ToChair(row.chair)))
        look = ButtonLook.PLAIN if row.is_answered else ButtonLook.ON_FLAG
        made = []
        for key, text, route in wanted:
            button = KeyButton(self._themes, key=key, text=text, look=look, height_px=BUTTON_PX)
            button.setAccessibleName(f"{text}, {row.who}" + (f" ({key})" if key else ""))
            button.clicked.connect(self._asking(route))
            made.append(button)
        return tuple(made)

    def _asking(self, route: ToChair) -> Callable[[], None]:
        return lambda: self.asked.emit(route)

    def _lay_out(self) -> None:
        left = EDGE_PX + MARGIN_PX if self._row.is_answered else 2 * MARGIN_PX + px(SHAPE_PX)
        first, second = QHBoxLayout(), QHBoxLayout()
        lead: tuple[QWidget, ...] = (self._badge, self._marks, self._word, self._who, self._value)
        for part in lead:
            first.addWidget(part)
        if is_stacked():
            first.addStretch(1)
        wide = second if is_stacked() else first
        wide.addWidget(self.next_step, 1)
        for part in (self._others, self._countdown, self._left):
            first.addWidget(part)
        for button in self.buttons:
            wide.addWidget(button)
        column = QVBoxLayout(self)
        clear_px = 2 * PULSE_PX if is_stacked() else 0  # of the border: one line alone is clear of it
        column.setContentsMargins(left, clear_px, MARGIN_PX, clear_px)
        column.setSpacing(0)
        for line in (first, second):
            line.setSpacing(MARGIN_PX)
            column.addLayout(line)

    def _repaint_in(self, theme: Theme) -> None:
        ink = theme.flags[self._row.level]
        text = theme.text if self._row.is_answered else ink.text
        self.setStyleSheet(f"QLabel {{ color: {text}; }}")
        for button in self.buttons:
            button.set_flag_ink(FlagInk(fill=ink.fill, text=ink.text, edge=ink.text))
        self.update()
