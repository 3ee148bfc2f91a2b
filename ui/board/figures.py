"""A card's figures, readable from across the room; an old value goes grey and its age stands out."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.board.card_model import CardModel
from ui.board.marks import ShapeMark
from ui.elided import ElidedLabel
from ui.fonts import Size, Weight, box_px, font, is_stacked
from ui.text import board_words
from ui.theme import ThemeSwitch
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import Ink, label, set_ink
from ui.widgets.level_mark import LevelMark
from ui.widgets.shapes import Shape


class Figures(QWidget):
    """Pressure at 58 px, rate and saturation at 34, change and age beside them; below, other flagged ones."""

    def __init__(self, themes: ThemeSwitch) -> None:
        super().__init__()
        self.pressure = label(size=Size.PRESSURE, weight=Weight.BOLD)
        self.pressure.setFixedHeight(box_px(64))
        self.heart = ShapeMark(themes, Shape.HEART, side_px=18, ink=Ink.HEART_RATE)
        self.rate = label(size=Size.VALUE, weight=Weight.BOLD, ink=Ink.HEART_RATE)
        self.spo2_caption = label(board_words.spo2(), weight=Weight.BOLD, ink=Ink.SPO2)
        self.spo2 = label(size=Size.VALUE, weight=Weight.BOLD, ink=Ink.SPO2)
        self.rise = ShapeMark(themes, Shape.RISE, side_px=11)
        self.change = label(size=Size.TITLE, weight=Weight.BOLD)
        self.remark = label(size=Size.NOTE, ink=Ink.SECOND)
        self.age = label()
        self.pressure_mark = LevelMark(themes, is_upright=True)
        self.rate_mark = LevelMark(themes)
        self.spo2_mark = LevelMark(themes)
        self.other_mark = LevelMark(themes)
        self.other = ElidedLabel(ink=Ink.SECOND)
        self._units = (label(board_words.bpm(), size=Size.NOTE), label(board_words.percent(), size=Size.NOTE))
        for unit in self._units:
            set_ink(unit, Ink.SECOND)
        self._lay_out()

    def show_model(self, model: CardModel) -> None:
        """Show a session's figures; old ones go grey, their age goes to full ink."""
        has_set = bool(model.pressure)
        self.pressure.setText(model.pressure or board_words.no_pressure())
        for part in (self.heart, self.rate, self.spo2_caption, self.spo2, *self._units):
            part.setVisible(has_set)
        self.pressure_mark.show_level(model.pressure_level)
        self.rate_mark.show_level(model.rate_level)
        self.spo2_mark.show_level(model.spo2_level)
        other = model.elsewhere
        self.other_mark.show_level(None if other is None else other.level)
        self.other.show_text("" if other is None else other.text)
        self.other.setVisible(other is not None)
        self.rate.setText(model.rate)
        self.spo2.setText(model.spo2)
        self.change.setText(model.change.text)
        self.remark.setText(model.change.remark)
        self.age.setText(model.age)
        self.rise.setVisible(model.change.is_rise is not None)
        ink = Ink.SECOND if model.is_old else Ink.MAIN
        self.rise.show_shape(Shape.RISE if model.change.is_rise else Shape.FALL, ink)
        set_ink(self.pressure, ink if has_set else Ink.SECOND)
        set_ink(self.change, ink)
        set_ink(self.rate, Ink.SECOND if model.is_old else Ink.HEART_RATE)
        for part in (self.spo2, self.spo2_caption):
            set_ink(part, Ink.SECOND if model.is_old else Ink.SPO2)
        self.heart.show_shape(Shape.HEART, Ink.SECOND if model.is_old else Ink.HEART_RATE)
        set_ink(self.age, Ink.MAIN if model.is_old else Ink.SECOND)
        self.age.setFont(font(Size.BODY, Weight.BOLD if model.is_old else Weight.REGULAR))

    def _lay_out(self) -> None:
        second = QHBoxLayout()
        second.setSpacing(8)
        for figure in (self.heart, self.rate, self._units[0], self.rate_mark):
            second.addWidget(figure)
        second.addSpacing(24)
        for figure in (self.spo2_caption, self.spo2, self._units[1], self.spo2_mark):
            second.addWidget(figure)
        second.addStretch(1)
        first = QHBoxLayout()
        first.setSpacing(6)
        first.addWidget(self.pressure)
        first.addWidget(self.pressure_mark)
        first.addStretch(1)
        other = QHBoxLayout()
        other.setSpacing(8)
        other.addWidget(self.other_mark)
        other.addWidget(self.other, 1)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(0)
        grid.addLayout(first, 0, 0)
        grid.setColumnStretch(0, 1)
        if is_stacked():
            grid.addLayout(self._below(), 1, 0)
            grid.addLayout(second, 2, 0)
        else:
            grid.addLayout(self._beside(), 0, 1)
            grid.addLayout(second, 1, 0, 1, 2)
        grid.addLayout(other, 3, 0, 1, 1 if is_stacked() else 2)

    def _beside(self) -> QVBoxLayout:
        """Change and age to the right of the pressure."""
        changed = QHBoxLayout()
        changed.setSpacing(8)
        changed.addStretch(1)
        changed.addWidget(self.rise)
        changed.addWidget(self.change)
        beside = QVBoxLayout()
        beside.setSpacing(0)
        beside.addStretch(1)
        beside.addLayout(changed)
        for part in (self.remark, self.age):
            beside.addWidget(part, 0, Qt.AlignmentFlag.AlignRight)
        beside.addStretch(1)
        return beside

    def _below(self) -> FlowLayout:
        """Change and age under a pressure that takes the card's width."""
        below = FlowLayout(spacing_px=12)
        for part in (self.rise, self.change, self.remark, self.age):
            below.addWidget(part)
        return below
