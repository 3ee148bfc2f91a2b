"""What stands in the entry bar beside field and keys: its mark, the last set, and when one is due."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from monitor.view import SessionView
from ui.fonts import Size, Weight, box_px, font, px
from ui.session.bedside import Bedside
from ui.session.due import Due
from ui.text import entry_words as words
from ui.text import happened
from ui.text.formats import age, pressure
from ui.theme import ThemeSwitch
from ui.widgets.badges import FlagBadge
from ui.widgets.countdown import Countdown
from ui.widgets.labels import Ink, label
from ui.widgets.shapes import Shape, draw_shape
from ui.widgets.themed import ThemedWidget, draw_box, sharp_painter

SHAPE_PX = 24


class BarMark(ThemedWidget):
    """The shape before the words."""

    def __init__(self, themes: ThemeSwitch) -> None:
        super().__init__(themes)
        self._shape: Shape | None = None
        self._is_inverted = False
        self.setFixedSize(px(SHAPE_PX), px(SHAPE_PX))

    def show_shape(self, shape: Shape | None, *, is_inverted: bool) -> None:
        """Draw `shape`, on an inverted bar in its ground's ink."""
        self._shape, self._is_inverted = shape, is_inverted
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
