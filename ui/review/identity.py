"""The strip that names whose session is looked back on, and the sentence below it."""

from PySide6.QtGui import QColor, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from monitor.bodies import Signed
from monitor.view import SessionView
from ui.fonts import Size, Weight, font, is_stacked
from ui.report.content import born_on
from ui.review.parts import wrapping
from ui.text import happened, people, report_words, review_words
from ui.text.formats import clock, weekday_and_day
from ui.theme import ThemeSwitch
from ui.widgets.badges import Pill
from ui.widgets.labels import Ink, label
from ui.widgets.shapes import Shape
from ui.widgets.themed import ThemedWidget, sharp_painter

DOT = " \N{MIDDLE DOT} "


class IdentityStrip(QWidget):
    """Name, birth date, number; below, the day, the chair, the dose and the limits it ran under."""

    def __init__(self, themes: ThemeSwitch, buttons: tuple[QWidget, ...]) -> None:
        super().__init__()
        self._name = label(size=Size.TITLE, weight=Weight.BOLD)
        self._born = label()
        self._number = label(ink=Ink.SECOND)
        self._line = label(size=Size.NOTE, ink=Ink.SECOND)
        self._signed = Pill(themes, review_words.not_signed_pill())
        first = QHBoxLayout()
        first.setSpacing(12)
        for part in (self._name, self._born, self._number):
            first.addWidget(part)
        first.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addLayout(first)
        words.addWidget(self._line)
        acts = QHBoxLayout()
        acts.setSpacing(12)
        acts.addWidget(self._signed)
        for button in buttons:
            acts.addWidget(button)
        way = QBoxLayout.Direction
        both = QBoxLayout(way.TopToBottom if is_stacked() else way.LeftToRight, self)
        both.setContentsMargins(16, 8, 16, 8)
        both.setSpacing(12)
        both.addLayout(words, 1)
        both.addLayout(acts)
        if is_stacked():
            self._line.setWordWrap(True)
            acts.addStretch(1)

    def show_view(self, view: SessionView) -> None:
        """Show whose session this is."""
        patient = view.patient
        age = people.age(patient.birth_date, view.seated_at)
        self._name.setText(patient.name)
        self._born.setText(f"{born_on(patient.birth_date)} ({age})" if age else born_on(patient.birth_date))
        self._number.setText(report_words.number(patient.clinic_number))
        parts = (
            weekday_and_day(view.seated_at),
            report_words.chair(view.chair),
            view.seated.dose_text,
            report_words.weight(happened.decimal(view.seated.weight_kg)),
            report_words.allergies(patient.allergies),
            review_words.policy(view.policy.title),
        )
        self._line.setText(DOT.join(parts))
        signed = [item.entry for item in view.happened if isinstance(item.body, Signed)]
        if signed:
            at = clock(signed[-1].recorded_at)
            self._signed.show_status(review_words.signed_pill(signed[-1].author.name, at), shape=Shape.TICK)
        else:
            self._signed.show_status(review_words.not_signed_pill(), is_strong=True)


class SentenceBand(ThemedWidget):
    """The session in one breath, large, on the panel's ground."""

    def __init__(self, themes: ThemeSwitch) -> None:
        super().__init__(themes)
        self._text = wrapping("", size=Size.TITLE)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 16, 10)
        row.addWidget(self._text)

    def set_small(self, *, is_small: bool) -> None:
        """Say it in the ordinary size, where a low window needs the room for the chart."""
        size = Size.BODY if is_small else Size.TITLE
        if self._text.font().pixelSize() != font(size).pixelSize():
            self._text.setFont(font(size))

    @property
    def text(self) -> str:
        """What is said."""
        return self._text.text()

    def say(self, text: str) -> None:
        """Say something else."""
        self._text.setText(text)
        self.setAccessibleName(text)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground and its hairlines."""
        painter = sharp_painter(self)
        painter.fillRect(self.rect(), QColor(self.theme.panel))
        for top in (0, self.height() - 1):
            painter.fillRect(0, top, self.width(), 1, QColor(self.theme.grid))
        painter.end()
