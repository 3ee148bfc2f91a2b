"""The session's graph on paper, with the screen's scales, marks and grounds, drawn by QPainter alone.

Never a pyqtgraph scene: printed, its axis and its curve part. Where values lie is in `ChartPlaces`, which
a test holds against pixels.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from ui.chart.captions import gap_captions
from ui.chart.glyphs import TIPS_FROM_PX, draw_hatch, draw_point, draw_pressure
from ui.chart.ground import (
    draw_bands,
    draw_frame,
    draw_level_grid,
    draw_limit_lines,
    draw_time_lines,
    draw_upright_grid,
)
from ui.chart.limit_words import draw_limit_words, limit_rules, limit_words
from ui.chart.pressure_labels import LabelFaces, LabelPlaces
from ui.chart.scale import (
    PRESSURE_RANGE,
    RATE_RANGE,
    SATURATION_RANGE,
    STRONG_STEP_MINUTES,
    TimeScale,
    ValueScale,
    time_scale,
)
from ui.chart.series import ChartModel, Limit, MarkStyle, Point, PressureMark, Trend
from ui.chart.untold import Stretch, told_stretches, untold_in
from ui.fonts import Size
from ui.report.paper import EDGE, PRINT, SECOND_INK, draw_line, face
from ui.report.strips import draw_strips, strips_px
from ui.text import chart as words
from ui.text.formats import session_minute

PLOT_LEFT_PX = 80.0
TITLE_PX = 20.0
SmallPanes = tuple[float, float]
ROOMY_PANES: SmallPanes = (64.0, 60.0)  # of rate and saturation
LOW_PANES: SmallPanes = (46.0, 44.0)
GAP_PX = 6.0
AXIS_PX = 20.0
TREND_PX = 0.6
LABEL_PX = 16.0
TICK_LEAST_PX = 13.0
CAUSES_LEFT_PX, RESCALED_PX = 80.0, 70.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartPlaces:
    """Where values lie, from the chart's upper left corner; each scale's pixels from its pane's top."""

    time: TimeScale
    pressure: ValueScale
    rate: ValueScale
    saturation: ValueScale
    tops: tuple[float, float, float]
    strips_top: float
    height: float

    def pressure_point(self, minute: float, mmhg: float) -> QPointF:
        """Return where a pressure lies on the chart."""
        return QPointF(PLOT_LEFT_PX + self.time.x_px(minute), self.tops[0] + self.pressure.y_px(mmhg))


def chart_places(
    model: ChartModel, *, width: float, pressure_px: float, small_px: SmallPanes = ROOMY_PANES
) -> ChartPlaces:
    """Lay the chart out around a pressure pane `pressure_px` high, over panes of rate and saturation."""
    rate_px, saturation_px = small_px
    pressures = [float(end) for mark in model.pressures for end in (mark.systolic_mmhg, mark.diastolic_mmhg)]
    first = TITLE_PX
    second = first + pressure_px + GAP_PX + TITLE_PX
    third = second + rate_px + GAP_PX + TITLE_PX
    strips_top = third + saturation_px + GAP_PX
    time = time_scale(model, width_px=width - PLOT_LEFT_PX)
    return ChartPlaces(
        time=time,
        pressure=PRESSURE_RANGE.scale(pressures, height_px=pressure_px),
        rate=RATE_RANGE.scale(_shown(model.rates, model.rate_trend), height_px=rate_px),
        saturation=SATURATION_RANGE.scale(
            _shown(model.saturations, model.saturation_trend), height_px=saturation_px
        ),
        tops=(first, second, third),
        strips_top=strips_top,
        height=strips_top + strips_px(model, time) + AXIS_PX,
    )


def _shown(points: tuple[Point, ...], trend: Trend) -> list[float]:
    """Every value that a pane has to show."""
    return [
        *(float(point.value) for point in points),
        *(each for each in trend.values if math.isfinite(each)),
    ]


def paint_chart(
    painter: QPainter, model: ChartModel, places: ChartPlaces, *, left: float, top: float
) -> None:
    """Draw the whole chart with its upper left corner at `left`, `top`."""
    painter.save()
    painter.translate(left, top)
    panes = (
        (words.blood_pressure(), words.mmhg(), places.pressure, model.pressure_limits, 20),
        (words.heart_rate(), words.per_minute(), places.rate, model.rate_limits, 40),
        (words.oxygen(), words.percent(), places.saturation, model.saturation_limits, 5),
    )
    for (title, unit, scale, limits, step), pane_top in zip(panes, places.tops, strict=True):
        _draw_title(painter, title, unit, scale, pane_top)
        _draw_ticks(painter, scale, pane_top, step)
        painter.save()
        painter.translate(PLOT_LEFT_PX, pane_top)
        _draw_ground(painter, model, places.time, scale, limits)
        painter.restore()
    _draw_legend(painter, right=PLOT_LEFT_PX + places.time.width_px, middle=places.tops[0] - 10)
    _draw_marks(painter, model, places)
    strips_bottom = draw_strips(painter, model, places.time, left=PLOT_LEFT_PX, top=places.strips_top)
    _draw_minutes(painter, places.time, strips_bottom, is_started=model.is_started)
    painter.restore()


def _draw_title(painter: QPainter, title: str, unit: str, scale: ValueScale, pane_top: float) -> None:
    middle = pane_top - TITLE_PX / 2
    x = PLOT_LEFT_PX + draw_line(painter, title, x=PLOT_LEFT_PX, middle=middle, size=Size.BODY, is_bold=True)
    x += 8 + draw_line(painter, unit, x=x + 8, middle=middle, ink=SECOND_INK)
    if scale.is_rescaled:
        draw_line(painter, words.rescaled(), x=x + 12, middle=middle, is_bold=True)


def _draw_ticks(painter: QPainter, scale: ValueScale, pane_top: float, step: int) -> None:
    right = Qt.AlignmentFlag.AlignRight
    step_px = abs(scale.y_px(0) - scale.y_px(step))
    for tick in scale.ticks(step * math.ceil(TICK_LEAST_PX / step_px)):
        middle = pane_top + scale.y_px(tick)
        draw_line(painter, str(tick), x=PLOT_LEFT_PX - 8, middle=middle, ink=SECOND_INK, align=right)


def _draw_ground(
    painter: QPainter, model: ChartModel, time: TimeScale, scale: ValueScale, limits: tuple[Limit, ...]
) -> None:
    draw_bands(painter, limits, time, scale, PRINT)
    draw_upright_grid(painter, time, top=0, bottom=scale.bottom_px, theme=PRINT)
    draw_level_grid(painter, time, scale, PRINT)
    draw_limit_lines(painter, limits, time, scale, PRINT)
    draw_frame(painter, QRectF(0, 0, time.width_px, scale.height_px), PRINT)
    draw_time_lines(painter, model, time, top=0, bottom=scale.bottom_px, theme=PRINT)


def _draw_minutes(painter: QPainter, time: TimeScale, top: float, *, is_started: bool) -> None:
    for minute in time.ticks(STRONG_STEP_MINUTES):
        x = PLOT_LEFT_PX + time.x_px(minute)
        text = session_minute(minute, is_started=is_started)
        if time.x_px(minute) + QFontMetricsF(face(Size.NOTE)).horizontalAdvance(text) / 2 > time.width_px:
            continue
        draw_line(
            painter,
            text,
            x=x,
            middle=top + AXIS_PX / 2,
            ink=SECOND_INK,
            align=Qt.AlignmentFlag.AlignHCenter,
        )


def _draw_legend(painter: QPainter, *, right: float, middle: float) -> None:
    x = right - 8
    for text in (words.no_data(), words.captured(), words.charted()):
        x -= draw_line(painter, text, x=x, middle=middle, ink=SECOND_INK, align=Qt.AlignmentFlag.AlignRight)
        if text == words.no_data():
            draw_hatch(painter, QRectF(x - 22, middle - 6, 14, 12), ink=EDGE, ground=PRINT.background)
        else:
            style = MarkStyle.CAPTURED if text == words.captured() else MarkStyle.CHARTED
            _draw_bar(painter, x=x - 14, top=middle - 8, bottom=middle + 8, style=style)
        x -= 40


def _draw_bar(  # noqa: PLR0913 - a mark has these parts
    painter: QPainter, *, x: float, top: float, bottom: float, style: MarkStyle, has_tips: bool = True
) -> None:
    draw_pressure(
        painter,
        x=x,
        top=top,
        bottom=bottom,
        style=style,
        ink=PRINT.pressure,
        ground=PRINT.background,
        has_tips=has_tips,
    )


def _draw_marks(painter: QPainter, model: ChartModel, places: ChartPlaces) -> None:
    """Draw pressures with their labels, then rates and saturations with the causes of missing data."""
    painter.save()
    painter.translate(PLOT_LEFT_PX, places.tops[0])
    _draw_pressures(painter, model, places)
    painter.restore()
    pairs = (
        (model.rates, model.rate_trend, places.rate, False),
        (model.saturations, model.saturation_trend, places.saturation, True),
    )
    for (points, trend, scale, is_square), pane_top in zip(pairs, places.tops[1:], strict=True):
        painter.save()
        painter.translate(PLOT_LEFT_PX, pane_top)
        untold = untold_in(model, told_stretches(trend.minutes, trend.values))
        _draw_untold(painter, untold, places.time, scale)
        _draw_trend(painter, trend, places.time, scale)
        _draw_points(painter, untold, points, places.time, scale, is_square=is_square)
        painter.restore()
    free_px = CAUSES_LEFT_PX + (RESCALED_PX if places.saturation.is_rescaled else 0)
    for x, text in gap_captions(model, places.time, face(Size.NOTE), left_px=free_px):
        draw_line(painter, text, x=PLOT_LEFT_PX + x, middle=places.tops[2] - TITLE_PX / 2)


def _draw_pressures(painter: QPainter, model: ChartModel, places: ChartPlaces) -> None:
    time, scale = places.time, places.pressure
    xs = [time.x_px(mark.minute) for mark in model.pressures]
    near = [at for at in range(1, len(xs)) if xs[at] - xs[at - 1] < TIPS_FROM_PX]
    crowded = {one for at in near for one in (at - 1, at)}
    words_at = limit_words(model.pressure_limits, model.diastolic_limits, time, scale, face(Size.NOTE))
    draw_limit_words(painter, words_at, scale, face(Size.NOTE), PRINT)
    for join in model.joins:
        _draw_join(painter, model.pressures[join.first], model.pressures[join.repeat], places)
    for at, mark in enumerate(model.pressures):
        _draw_bar(
            painter,
            x=xs[at],
            top=scale.y_px(mark.systolic_mmhg),
            bottom=scale.y_px(mark.diastolic_mmhg),
            style=mark.style,
            has_tips=at not in crowded,
        )
    labels = _label_places(model, places)
    labels.draw(painter, model.pressures, labels.place(model.pressures), PRINT.text)


def _draw_join(painter: QPainter, first: PressureMark, repeat: PressureMark, places: ChartPlaces) -> None:
    painter.save()
    painter.setPen(QPen(QColor(PRINT.text), 1, Qt.PenStyle.DotLine))
    y = places.pressure.y_px(first.systolic_mmhg) + 4
    left, right = places.time.x_px(first.minute) + 6, places.time.x_px(repeat.minute)
    down = places.pressure.y_px(repeat.systolic_mmhg) - 2
    painter.drawPolyline(QPolygonF([QPointF(left, y), QPointF(right, y), QPointF(right, down)]))
    painter.restore()


def _label_places(model: ChartModel, places: ChartPlaces) -> LabelPlaces:
    """Return the pressure pane as labels see it."""
    words_at = limit_words(
        model.pressure_limits, model.diastolic_limits, places.time, places.pressure, face(Size.NOTE)
    )
    faces = LabelFaces(title=face(Size.NOTE, is_bold=True), note=face(Size.NOTE), line_px=LABEL_PX)
    taken = tuple(word.box for word in words_at)
    rules = limit_rules(model.pressure_limits, places.time, places.pressure)
    return LabelPlaces(time=places.time, value=places.pressure, faces=faces, taken=taken, avoided=rules)


def _draw_untold(painter: QPainter, untold: Sequence[Stretch], time: TimeScale, scale: ValueScale) -> None:
    """Hatch what no monitor told."""
    for start, end in untold:
        left, right = time.x_px(start), time.x_px(end)
        box = QRectF(left, 0.5, right - left, scale.height_px - 1)
        draw_hatch(painter, box, ink=PRINT.edge, ground=PRINT.background)


def _draw_trend(painter: QPainter, trend: Trend, time: TimeScale, scale: ValueScale) -> None:
    """Draw the monitor's continuous values pale, none across a break."""
    painter.setPen(QPen(QColor(SECOND_INK), TREND_PX))
    line: list[QPointF] = []
    for minute, value in zip((*trend.minutes, 0.0), (*trend.values, math.nan), strict=True):
        if math.isnan(value):
            painter.drawPolyline(QPolygonF(line))
            line = []
        else:
            line.append(QPointF(time.x_px(minute), scale.y_px(value)))


def _draw_points(  # noqa: PLR0913 - one pane
    painter: QPainter,
    untold: Sequence[Stretch],
    points: tuple[Point, ...],
    time: TimeScale,
    scale: ValueScale,
    *,
    is_square: bool,
) -> None:
    """Join charted neighbours by straight lines, none across missing data, then draw the points."""
    charted = [point for point in points if point.style is MarkStyle.CHARTED]
    painter.setPen(QPen(QColor(PRINT.text), 1.5))
    for before, after in pairwise(charted):
        if not any(before.minute < end and start < after.minute for start, end in untold):
            ends = [QPointF(time.x_px(one.minute), scale.y_px(one.value)) for one in (before, after)]
            painter.drawLine(QLineF(ends[0], ends[1]))
    for point in points:
        x, y = time.x_px(point.minute), scale.y_px(point.value)
        draw_point(painter, x=x, y=y, style=point.style, ink=PRINT.text, is_square=is_square)
