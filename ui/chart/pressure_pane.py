"""The blood pressure pane: arrow-tipped bars, their labels, repeats joined by dots, diastolic ticks, due."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from ui.chart.glyphs import TIPS_FROM_PX, draw_marker, draw_pressure, draw_text
from ui.chart.pane import Pane
from ui.chart.placement import Box, first_free, spread
from ui.chart.scale import PRESSURE_RANGE
from ui.chart.series import Limit, PressureMark
from ui.fonts import Size, Weight, font
from ui.theme import ThemeSwitch

HEIGHT_PX = 216
LINE_PX = 24
LABEL_OFF_PX = 12
TICK_PX = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """One line of a label."""

    text: str
    face: QFont


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedLabel:
    """The lines shown beside a mark, and where."""

    box: Box
    lines: tuple[_Line, ...]


def _label_lines(mark: PressureMark) -> tuple[_Line, ...]:
    lines = (
        _Line(text=mark.title, face=font(Size.BODY, Weight.BOLD)),
        _Line(text=mark.note, face=font(Size.NOTE)),
    )
    return tuple(line for line in lines if line.text)


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
        self._draw_diastolic_ticks(painter)
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
        self._draw_labels(painter)
        self._draw_stop(painter)
        self._draw_due(painter)

    @property
    def labels(self) -> dict[int, PlacedLabel]:
        """Where each labelled mark's words stand, by the mark's place in the model."""
        return self._labels

    def prepare(self) -> None:
        """Find the labels' places."""
        self._labels = self._place_labels()

    def _place_labels(self) -> dict[int, PlacedLabel]:
        """Return where each label goes, the most serious first.

        Where both lines find no room the first stands alone; where that finds none either the mark stands
        without words, which the list of events and the table still carry.
        """
        bounds = Box(left=2, top=self.value.top_px, width=self.time.width_px - 4, height=self.value.height_px)
        obstacles = [self._bar(mark) for mark in self.model.pressures] + self._words_at_right()
        places: dict[int, PlacedLabel] = {}
        worst_first = sorted(
            (at for at, mark in enumerate(self.model.pressures) if mark.title or mark.note),
            key=lambda at: (not self.model.pressures[at].title, -self.model.pressures[at].systolic_mmhg, at),
        )
        for at in worst_first:
            lines = _label_lines(self.model.pressures[at])
            for shown in (lines, lines[:1]):
                box = first_free(self._candidates(self.model.pressures[at], shown), obstacles, bounds)
                if box is not None:
                    obstacles.append(box)
                    places[at] = PlacedLabel(box=box, lines=shown)
                    break
        return places

    def _crowded(self) -> set[int]:
        """Return the places of marks nearer than 12 px to a neighbour: they are drawn as plain bars."""
        xs = [self.time.x_px(mark.minute) for mark in self.model.pressures]
        near = [at for at in range(1, len(xs)) if xs[at] - xs[at - 1] < TIPS_FROM_PX]
        return {one for at in near for one in (at - 1, at)}

    def _bar(self, mark: PressureMark) -> Box:
        top = self.value.y_px(mark.systolic_mmhg)
        height = self.value.y_px(mark.diastolic_mmhg) - top
        return Box(left=self.time.x_px(mark.minute) - 7, top=top, width=14, height=height)

    def _candidates(self, mark: PressureMark, lines: tuple[_Line, ...]) -> list[Box]:
        width = max(QFontMetricsF(line.face).horizontalAdvance(line.text) for line in lines)
        height = LINE_PX * len(lines)
        x = self.time.x_px(mark.minute)
        tip = self.value.y_px(mark.systolic_mmhg)
        sides = (x - LABEL_OFF_PX - width, x + LABEL_OFF_PX)
        nearest = -18 if mark.title else -26
        if not mark.title:
            sides = (sides[1], sides[0])
        near = (nearest, -LINE_PX, 0, -height, -1.5 * height, height, 2 * height, 3 * height, 4 * height)
        foot = round(self.value.y_px(mark.diastolic_mmhg) - tip + LINE_PX)
        # Crowded by neighbours, words still find room beside the lower end of their own bar.
        drops = (*near, *range(round(5 * height), foot, LINE_PX))
        tops = [tip + drop for drop in drops]
        return [Box(left=left, top=top, width=width, height=height) for top in tops for left in sides]

    def _words_at_right(self) -> list[Box]:
        """Return the room that limit words and diastolic ticks take at the right edge."""
        advance = QFontMetricsF(font(Size.NOTE)).horizontalAdvance
        boxes = []
        for limit in (*self.model.pressure_limits, *self.model.diastolic_limits):
            width = advance(limit.text) + 16
            top = self.value.y_px(limit.value) - 20
            boxes.append(Box(left=self.time.width_px - width, top=top, width=width, height=24))
        return boxes

    def _draw_labels(self, painter: QPainter) -> None:
        for at, placed in self._labels.items():
            box = placed.box
            is_left = box.right < self.time.x_px(self.model.pressures[at].minute)
            side = Qt.AlignmentFlag.AlignRight if is_left else Qt.AlignmentFlag.AlignLeft
            for row, line in enumerate(placed.lines):
                draw_text(
                    painter,
                    x=box.right if is_left else box.left,
                    middle=box.top + LINE_PX * (row + 0.5),
                    text=line.text,
                    face=line.face,
                    ink=self.theme.text,
                    align=side,
                )

    def _draw_join(self, painter: QPainter, first: PressureMark, repeat: PressureMark) -> None:
        pen = QPen(QColor(self.theme.text), 1)
        pen.setDashPattern([2, 2])
        painter.setPen(pen)
        y = int(self.value.y_px(first.systolic_mmhg)) + 4.5
        left = round(self.time.x_px(first.minute)) + 6
        right = round(self.time.x_px(repeat.minute)) + 0.5
        down = self.value.y_px(repeat.systolic_mmhg)
        painter.drawPolyline(QPolygonF([QPointF(left, y), QPointF(right, y), QPointF(right, down - 2)]))

    def _draw_diastolic_ticks(self, painter: QPainter) -> None:
        limits = sorted(self.model.diastolic_limits, key=lambda limit: -limit.value)
        ys = [self.value.y_px(limit.value) for limit in limits]
        for limit, y, middle in zip(limits, ys, spread(ys, least_px=16), strict=True):
            tick = QRectF(self.time.width_px - TICK_PX, round(y) - 1, TICK_PX, 2)
            painter.fillRect(tick, QColor(self.theme.pressure))
            draw_text(
                painter,
                x=self.time.width_px - TICK_PX - 5,
                middle=middle,
                text=limit.text,
                face=font(Size.NOTE),
                ink=self.theme.second_text,
                align=Qt.AlignmentFlag.AlignRight,
            )

    def _draw_stop(self, painter: QPainter) -> None:
        if self.model.stop is None:
            return
        draw_text(
            painter,
            x=self.time.x_px(self.model.stop.minute) + 6,
            middle=self.value.bottom_px - 11,
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
            middle=bottom - 11,
            text=due.text,
            face=font(Size.NOTE),
            ink=self.theme.text,
            align=Qt.AlignmentFlag.AlignLeft if is_right else Qt.AlignmentFlag.AlignRight,
        )
