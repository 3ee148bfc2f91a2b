"""The blood pressure pane: arrow-tipped bars, their labels, repeats joined by dots, diastolic ticks, due."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from ui.chart.glyphs import TIPS_FROM_PX, draw_marker, draw_pressure, draw_text
from ui.chart.limit_words import LimitWord, draw_limit_words, limit_rules, limit_words
from ui.chart.pane import Pane
from ui.chart.placement import Box
from ui.chart.pressure_labels import LabelFaces, LabelPlaces, PlacedLabel
from ui.chart.scale import PRESSURE_RANGE
from ui.chart.series import Limit, PressureMark
from ui.fonts import Size, Weight, font, px
from ui.theme import ThemeSwitch

HEIGHT_PX = 216
LINE_PX = 18


class PressurePane(Pane):
    """Cuff pressures as bars from diastolic to systolic."""

    def __init__(self, themes: ThemeSwitch, *, height_px: int = HEIGHT_PX) -> None:
        self._labels: dict[int, PlacedLabel] = {}
        super().__init__(themes, value_range=PRESSURE_RANGE, height_px=height_px)

    def limits(self) -> tuple[Limit, ...]:
        """Systolic limits; diastolic ones are ticks, since two sets of bands cannot share a pane."""
        return self.model.pressure_limits

    def values(self) -> list[float]:
        """Both ends of every bar."""
        ends = ((mark.systolic_mmhg, mark.diastolic_mmhg) for mark in self.model.pressures)
        return [float(end) for pair in ends for end in pair]

    def draw_marks(self, painter: QPainter) -> None:
        """Draw joins, bars, labels, diastolic ticks and the due marker."""
        draw_limit_words(painter, self._words(), self.value, font(Size.NOTE), self.theme)
        for join in self.model.joins:
            self._draw_join(painter, self.model.pressures[join.first], self.model.pressures[join.repeat])
        crowded = self._crowded()
        for at, mark in enumerate(self.model.pressures):
            draw_pressure(
                painter,
                x=round(self.time.x_px(mark.minute)),
                top=self.value.y_px(mark.systolic_mmhg),
                bottom=self.value.y_px(mark.diastolic_mmhg),
                style=mark.style,
                ink=self.theme.pressure,
                ground=self.theme.background,
                has_tips=at not in crowded,
            )
        self.label_places().draw(painter, self.model.pressures, self._labels, self.theme.text)
        self._draw_stop(painter)
        self._draw_due(painter)

    @property
    def labels(self) -> dict[int, PlacedLabel]:
        """Where each labelled mark's words stand, by the mark's place in the model."""
        return self._labels

    def prepare(self) -> None:
        """Find the labels' places."""
        self._labels = self.label_places().place(self.model.pressures)

    def label_places(self) -> LabelPlaces:
        """Return the pane as labels see it: over no words of limits, and at best across no line of time."""
        lines = [*limit_rules(self.model.pressure_limits, self.time, self.value)]
        for mark in (self.model.now, self.model.stop):
            if mark is not None:
                x, top = self.time.x_px(mark.minute), self.value.top_px
                lines.append(Box(left=x - 2, top=top, width=4, height=self.value.height_px))
        taken = tuple(word.box for word in self._words())
        faces = LabelFaces(
            title=font(Size.BODY, Weight.BOLD), note=font(Size.NOTE), line_px=float(px(LINE_PX))
        )
        return LabelPlaces(time=self.time, value=self.value, faces=faces, taken=taken, avoided=tuple(lines))

    def _words(self) -> tuple[LimitWord, ...]:
        limits, ticks = self.model.pressure_limits, self.model.diastolic_limits
        return limit_words(limits, ticks, self.time, self.value, font(Size.NOTE))

    def _crowded(self) -> set[int]:
        """Return the places of marks nearer than 12 px to a neighbour: they are drawn as plain bars."""
        xs = [self.time.x_px(mark.minute) for mark in self.model.pressures]
        near = [at for at in range(1, len(xs)) if xs[at] - xs[at - 1] < TIPS_FROM_PX]
        return {one for at in near for one in (at - 1, at)}

    def _draw_join(self, painter: QPainter, first: PressureMark, repeat: PressureMark) -> None:
        pen = QPen(QColor(self.theme.text), 1)
        pen.setDashPattern([2, 2])
        painter.setPen(pen)
        y = int(self.value.y_px(first.systolic_mmhg)) + 4.5
        left = round(self.time.x_px(first.minute)) + 6
        right = round(self.time.x_px(repeat.minute)) + 0.5
        down = self.value.y_px(repeat.systolic_mmhg)
        painter.drawPolyline(QPolygonF([QPointF(left, y), QPointF(right, y), QPointF(right, down - 2)]))

    def _draw_stop(self, painter: QPainter) -> None:
        if self.model.stop is None:
            return
        draw_text(
            painter,
            x=self.time.x_px(self.model.stop.minute) + 6,
            middle=self.value.bottom_px - px(11),
            text=self.model.stop.text,
            face=font(Size.NOTE),
            ink=self.theme.second_text,
        )

    def _draw_due(self, painter: QPainter) -> None:
        due = self.model.due
        if due is None:
            return
        x, bottom = self.time.x_px(due.minute), self.value.bottom_px
        draw_marker(painter, x=x, y=bottom - 6, ink=self.theme.text)
        width = QFontMetricsF(font(Size.NOTE)).horizontalAdvance(due.text)
        is_right = x + 8 + width < self.time.width_px
        draw_text(
            painter,
            x=x + 7 if is_right else x - 7,
            middle=bottom - px(11),
            text=due.text,
            face=font(Size.NOTE),
            ink=self.theme.text,
            align=Qt.AlignmentFlag.AlignLeft if is_right else Qt.AlignmentFlag.AlignRight,
        )
