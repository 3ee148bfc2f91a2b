"""The parts beside the chart: figures, flags with their answers, and what needs someone."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLayout, QSizePolicy, QVBoxLayout, QWidget

from monitor.needs import NeedKind
from monitor.summary import Summary
from monitor.view import SessionView
from ui.fonts import Size, Weight
from ui.text import figure_words, flag_story, needs_words, review_words
from ui.theme import ThemeSwitch
from ui.widgets.badges import FlagBadge
from ui.widgets.key_button import KeyButton
from ui.widgets.labels import Ink, label
from ui.widgets.themed import ThemedWidget, draw_box, sharp_painter

HEAVY_PX = 2


def emptied(layout: QLayout) -> None:
    """Take everything out of `layout` before it is filled anew."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            emptied(inner)


def wrapping(
    text: str, *, size: Size = Size.BODY, weight: Weight = Weight.REGULAR, ink: Ink = Ink.MAIN
) -> QLabel:
    """Return a label that breaks its lines."""
    made = label(text, size=size, weight=weight, ink=ink)
    made.setWordWrap(True)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    return made


class Heading(QWidget):
    """A small heading with a remark, over a hairline."""

    def __init__(self, themes: ThemeSwitch, title: str) -> None:
        super().__init__()
        self._remark = wrapping("", size=Size.NOTE, ink=Ink.SECOND)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label(title, weight=Weight.BOLD))
        row.addWidget(self._remark, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 2)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(Hairline(themes))

    def set_remark(self, text: str) -> None:
        """Change the remark."""
        self._remark.setText(text)


class Hairline(ThemedWidget):
    """A thin line."""

    def __init__(self, themes: ThemeSwitch) -> None:
        super().__init__(themes)
        self.setFixedHeight(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line."""
        painter = sharp_painter(self)
        painter.fillRect(self.rect(), QColor(self.theme.grid))
        painter.end()


class FiguresPart(QWidget):
    """Name, value, minute and remark of each figure."""

    def __init__(self, themes: ThemeSwitch) -> None:
        super().__init__()
        self._heading = Heading(themes, review_words.figures())
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(3, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._heading)
        column.addLayout(self._grid)

    def show_summary(self, view: SessionView, summary: Summary) -> None:
        """Show the figures of `view`."""
        emptied(self._grid)
        longest_s = view.policy.summary.longest_interval_s
        self._heading.set_remark(figure_words.coverage(summary.coverage, longest_s))
        for row, figure in enumerate(figure_words.figures(view, summary)):
            name, value = label(figure.name), label(figure.value, weight=Weight.BOLD)
            when = label(figure.when, size=Size.NOTE, ink=Ink.SECOND)
            remark = wrapping(figure.remark, size=Size.NOTE, ink=Ink.SECOND)
            for place, part in enumerate((name, value, when, remark)):
                self._grid.addWidget(part, row, place)
            value.setAlignment(Qt.AlignmentFlag.AlignRight)


class FlagsPart(QWidget):
    """Each flag with what became of it and what was answered."""

    def __init__(self, themes: ThemeSwitch) -> None:
        super().__init__()
        self._themes = themes
        self._heading = Heading(themes, review_words.flags())
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._heading)
        column.addLayout(self._grid)

    def show_summary(self, view: SessionView, summary: Summary) -> None:
        """Show the flags of `view`."""
        emptied(self._grid)
        self._heading.set_remark(flag_story.flags_remark(summary))
        for row, flag in enumerate(summary.flags):
            badge = FlagBadge(self._themes)
            badge.show_level(flag.level)
            title = wrapping(flag_story.flag_title(view, flag), weight=Weight.MEDIUM)
            story = (flag_story.flag_fate(view, flag), flag_story.flag_answers(view, flag.answers))
            told = ". ".join(f"{part[:1].upper()}{part[1:]}" for part in story if part)
            words = QVBoxLayout()
            words.setSpacing(0)
            words.addWidget(title)
            words.addWidget(wrapping(f"{told}.", size=Size.NOTE, ink=Ink.SECOND))
            self._grid.addWidget(badge, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addLayout(words, row, 1)


class NeedsPart(ThemedWidget):
    """The one heavy frame of the page: what still needs someone, each with a key."""

    chosen = Signal(int)

    def __init__(self, themes: ThemeSwitch) -> None:
        super().__init__(themes)
        self._count = label(size=Size.NOTE, ink=Ink.SECOND)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        head = QHBoxLayout()
        head.addWidget(label(needs_words.needs_title(), weight=Weight.BOLD))
        head.addStretch(1)
        head.addWidget(self._count)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 12)
        column.setSpacing(6)
        column.addLayout(head)
        column.addLayout(self._rows)

    def show_summary(self, view: SessionView, summary: Summary) -> None:
        """Show what needs someone, or "nothing"."""
        emptied(self._rows)
        said = [needs_words.need(view, need) for need in summary.needs]
        self._count.setText(review_words.open_needs(len(said)) if said else "")
        self.setAccessibleName(f"{needs_words.needs_title()}: {'; '.join(said) or needs_words.nothing()}")
        if not said:
            self._rows.addWidget(label(needs_words.nothing()))
        for at, (need, text) in enumerate(zip(summary.needs, said, strict=True)):
            leads_to_chair = need.kind is NeedKind.NOT_SIGNED
            word = review_words.open_chair() if leads_to_chair else review_words.add()
            button = KeyButton(self._themes, key=str(at + 1) if at < 9 else "", text=word)
            button.clicked.connect(lambda _on=False, at=at: self.chosen.emit(at))
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addWidget(wrapping(text), 1)
            row.addWidget(button)
            self._rows.addLayout(row)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the frame."""
        painter = sharp_painter(self)
        theme = self.theme
        draw_box(painter, QRectF(self.rect()), fill=theme.background, edge=theme.text, edge_px=HEAVY_PX)
        painter.end()
