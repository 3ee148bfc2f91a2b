"""The bars at the top and bottom of every page, and the band no one can miss on simulated data."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPaintEvent, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QSizePolicy, QWidget

from ui.elided import ElidedLabel
from ui.fonts import Size, Weight, box_px, font, px
from ui.text import words
from ui.theme import ThemeSwitch
from ui.widgets.badges import Pill
from ui.widgets.key_button import KeyButton, KeyCap
from ui.widgets.labels import Ink, label
from ui.widgets.themed import ThemedWidget, sharp_painter

HEADER_HEIGHT_PX = 48
FOOTER_HEIGHT_PX = 28
STRIPE_HEIGHT_PX = 24
MARGIN_PX = 16
BEFORE_CLOCK = 2  # places at the end of the header: rule and clock


class _Bar(ThemedWidget):
    """A panel-coloured bar with one hairline towards the page."""

    def __init__(self, themes: ThemeSwitch, *, height_px: int, is_line_below: bool) -> None:
        super().__init__(themes)
        self._is_line_below = is_line_below
        self._yielding: list[QWidget] = []
        self._is_least = False
        self.setMinimumHeight(box_px(height_px))

    def event(self, event: QEvent) -> bool:
        """Leave more out when a word has become longer."""
        # `has_room` would ask for the next layout itself, and so without end.
        if event.type() is QEvent.Type.LayoutRequest and not self._is_least and not _is_wide_enough(self):
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        self._is_least = not give_way(self, self._yielding)
        self._place()

    def _place(self) -> None:
        """Lay out at once: a part that was shown for a moment has pushed the others together."""
        row = self.layout()
        if row is not None:
            row.invalidate()
            row.activate()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground and the hairline."""
        painter = sharp_painter(self)
        painter.fillRect(self.rect(), QColor(self.theme.panel))
        top = self.height() - 1 if self._is_line_below else 0
        painter.fillRect(0, top, self.width(), 1, QColor(self.theme.grid))
        painter.end()


class _Rule(ThemedWidget):
    """A short upright hairline between two things in a bar."""

    def __init__(self, themes: ThemeSwitch) -> None:
        super().__init__(themes)
        self.setFixedSize(1, px(24))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line."""
        painter = sharp_painter(self)
        painter.fillRect(self.rect(), QColor(self.theme.grid))
        painter.end()


def has_room(bar: QWidget) -> bool:
    """Whether a bar is as wide as what is shown in it."""
    row = bar.layout()
    if row is None:
        return True
    for each in (*row.findChildren(QLayout), row):
        each.invalidate()  # or the widths of a moment ago would be added up
    return _is_wide_enough(bar)


def _is_wide_enough(bar: QWidget) -> bool:
    row = bar.layout()
    return row is None or row.sizeHint().width() <= bar.width()


def give_way(bar: QWidget, parts: Sequence[QWidget]) -> bool:
    """Show `parts` of a bar as far as it goes, the first left out first; return whether that is enough."""
    for part in parts:
        part.show()
    for part in parts:
        if has_room(bar):
            return True
        part.hide()
    return has_room(bar)


class Header(_Bar):
    """48 px: product, page, subtitle; then pills, who is charting, and the clock."""

    def __init__(self, themes: ThemeSwitch) -> None:
        super().__init__(themes, height_px=HEADER_HEIGHT_PX, is_line_below=True)
        self._title = label(weight=Weight.BOLD)
        self._subtitle = label(ink=Ink.SECOND)
        self._operator_caption = label(words.operator(), ink=Ink.SECOND)
        self._operator = label(weight=Weight.BOLD)
        self._clock = label(size=Size.TITLE, weight=Weight.BOLD)
        self._pills = QHBoxLayout()
        self._pills.setSpacing(12)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN_PX, 0, MARGIN_PX, 0)
        row.setSpacing(MARGIN_PX)
        product = label(words.product(), size=Size.TITLE, weight=Weight.BOLD)
        for part in (product, _Rule(themes), self._title, self._subtitle):
            row.addWidget(part)
        row.addStretch(1)
        row.addLayout(self._pills)
        row.addWidget(self._operator_caption)
        row.addWidget(self._operator)
        row.addWidget(_Rule(themes))
        row.addWidget(self._clock)
        self._yielding = [self._subtitle, self._operator_caption, product]
        self._shortening: list[Pill | KeyButton] = []
        self.setAccessibleName(words.product())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what matters least where there is no room for it."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Leave out what only repeats, then say the rest in fewer words, then leave out the page's name."""
        self._title.show()
        for part in self._shortening:
            part.set_short(is_short=False)
        self._is_least = not give_way(self, self._yielding)
        for part in self._shortening:
            if self._is_least:
                part.set_short(is_short=True)
                self._is_least = not has_room(self)
        if self._is_least:
            self._title.hide()
        self._place()

    def show_page(self, title: str, subtitle: str = "") -> None:
        """Name the page."""
        self._title.setText(title)
        self._subtitle.setText(subtitle)
        self._fit()

    def show_operator(self, name: str) -> None:
        """Name who is charting; a caption without a name stands while nobody is chosen."""
        self._operator.setText(name)
        self._fit()

    def show_clock(self, text: str) -> None:
        """Show the wall clock, formatted by the caller."""
        self._clock.setText(text)

    def add_pill(self, pill: Pill, *, may_give_way: bool = False) -> None:
        """Add a status pill left of the operator; one that only repeats what is in sight may give way."""
        self._pills.addWidget(pill)
        if may_give_way:
            self._yielding.insert(0, pill)
        self._shortening.append(pill)

    def add_button(self, button: KeyButton) -> None:
        """Add a button left of the clock; without room for its word its key is left."""
        row = self.layout()
        if isinstance(row, QHBoxLayout):
            row.insertWidget(row.count() - BEFORE_CLOCK, button)
        self._shortening.append(button)


class _Status(ElidedLabel):
    """What is saved has its room before the keys beside it; the limits' name follows where there is more."""

    def __init__(self) -> None:
        super().__init__(size=Size.NOTE, ink=Ink.SECOND)
        self._saved = self._with_limits = ""
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def show_status(self, saved: str, limits: str) -> None:
        """Say something else."""
        self._saved = saved
        self._with_limits = f"{saved} \N{MIDDLE DOT} {limits}" if limits else saved
        self._choose()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return the room of what is saved."""
        return QSize(self._advance_px(self._saved), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Never make the window wider."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say as much as there is room for."""
        super().resizeEvent(event)
        self._choose()

    def _choose(self) -> None:
        has_room = self._advance_px(self._with_limits) <= self.width()
        self.show_text(self._with_limits if has_room else self._saved)

    def _advance_px(self, text: str) -> int:
        return ceil(QFontMetricsF(self.font()).horizontalAdvance(text)) + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyHint:
    """A key and what it does here, for the footer."""

    key: str
    text: str


class _Sentence(ElidedLabel):
    """As wide as what it says, and where there is less room, as wide as that."""

    def __init__(self) -> None:
        super().__init__(size=Size.NOTE)
        self.setFont(font(Size.NOTE, Weight.MEDIUM))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        """Room for the whole sentence."""
        return QSize(self.fontMetrics().horizontalAdvance(self.whole) + 1, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """No room."""
        return QSize(0, super().minimumSizeHint().height())


class Footer(_Bar):
    """28 px: the sentence that Vigil is a second check, the keys of this screen, and what is saved."""

    def __init__(self, themes: ThemeSwitch, hints: tuple[KeyHint, ...] = ()) -> None:
        super().__init__(themes, height_px=FOOTER_HEIGHT_PX, is_line_below=False)
        self._status = _Status()
        self._hints = QHBoxLayout()
        self._hints.setSpacing(8)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN_PX, 0, MARGIN_PX, 0)
        row.addWidget(label(words.second_check(), size=Size.NOTE, weight=Weight.MEDIUM), 1)
        row.addLayout(self._hints)
        row.addWidget(self._status, 1)
        self.setAccessibleName(words.second_check())
        self.show_hints(hints)

    def show_hints(self, hints: tuple[KeyHint, ...]) -> None:
        """Replace what stands in the middle by these keys."""
        self._show([self._hint(hint) for hint in hints])

    def say(self, sentence: str) -> None:
        """Replace what stands in the middle by a sentence."""
        said = _Sentence()
        said.show_text(sentence)
        self._show([said])

    def _hint(self, hint: KeyHint) -> QWidget:
        part = QWidget()
        row = QHBoxLayout(part)
        row.setContentsMargins(0, 0, 8, 0)
        row.setSpacing(8)
        row.addWidget(KeyCap(self._themes, hint.key))
        row.addWidget(label(hint.text, size=Size.NOTE, ink=Ink.SECOND))
        return part

    def _show(self, parts: list[QWidget]) -> None:
        while (item := self._hints.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for part in parts:
            self._hints.addWidget(part)
        self._yielding = parts[:-1]
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out keys that F1 shows too where there is no room for them."""
        super().resizeEvent(event)
        self._fit()

    def show_status(self, saved: str, limits: str = "") -> None:
        """Say what is saved, and by which limits flags are raised."""
        self._status.show_status(saved, limits)


class SimulatedStripe(ThemedWidget):
    """A full-width band of diagonal stripes with its words repeated, never confused with a quiet label."""

    def __init__(self, themes: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(themes, parent)
        self.setFixedHeight(box_px(STRIPE_HEIGHT_PX))
        self.setAccessibleName(words.simulated())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw stripes in ink, and plates with the words at least every 480 px."""
        painter = sharp_painter(self)
        theme = self.theme
        painter.fillRect(self.rect(), QColor(theme.background))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.text))
        height = self.height()
        for left in range(-height, self.width(), 24):
            corners = ((left, height), (left + 12, height), (left + 12 + height, 0), (left + height, 0))
            painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
        face = font(Size.NOTE, Weight.BOLD)
        painter.setFont(face)
        text = words.simulated()
        width = QFontMetricsF(face).horizontalAdvance(text) + 24
        count = max(1, self.width() // 480)
        for at in range(count):
            centre = self.width() * (at + 0.5) / count
            plate = QRectF(centre - width / 2, 0, width, height)
            painter.fillRect(plate, QColor(theme.background))
            painter.setPen(theme.text)
            painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, text)
        painter.end()
