"""One pane of values over time: a pyqtgraph view box for the curves between two painted layers.

The view is a little taller than its frame, so that a mark on the highest value is not cut. View box,
layers and the axis beside the pane share one mapping; a test holds a value's pixel against its tick's.
Mouse, menus and auto-range do not exist here: a scale that moves is a scale that lies.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QGraphicsView, QStyleOptionGraphicsItem, QWidget

from ui.chart.glyphs import draw_hatch, draw_point
from ui.chart.ground import (
    draw_bands,
    draw_frame,
    draw_level_grid,
    draw_limit_lines,
    draw_time_lines,
    draw_upright_grid,
)
from ui.chart.kept_picture import KeptPicture
from ui.chart.scale import TimeScale, ValueRange, ValueScale, time_scale
from ui.chart.series import ChartModel, Limit, MarkStyle, Point, Trend
from ui.chart.untold import Stretch, told_stretches, untold_in
from ui.theme import Theme, ThemeSwitch

OVERHANG_PX = 6
BEHIND_CURVES, BEFORE_CURVES = -200, 200  # a view box lies at -100
TREND_ALPHA = 0.6
CURVE_PX = 2.0
PLATE_PX = 15.0
WIDE_PEN_POINTS = 600  # a wider cosmetic pen over more points costs many times the drawing time


class _Layer(QGraphicsItem):
    """A painted layer over the whole view, in the view's pixels, painted anew only when its key changed."""

    def __init__(self, draw: Callable[[QPainter], None], key: Callable[[], object], *, z: float) -> None:
        super().__init__()
        self._draw = draw
        self._key = key
        self._picture = KeptPicture()
        self._box = QRectF()
        self.setZValue(z)

    def cover(self, box: QRectF) -> None:
        """Cover `box`."""
        self.prepareGeometryChange()
        self._box = box

    def boundingRect(self) -> QRectF:
        """Return the covered rectangle."""
        return self._box

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        """Draw the layer."""
        size = QSize(round(self._box.width()), round(self._box.height()))
        self._picture.draw(painter, size, self._key(), self._draw)

    def drop(self) -> None:
        """Give the kept picture's memory back."""
        self._picture.drop()


class Pane(pg.GraphicsView):  # type: ignore[misc]  # pyqtgraph ships no types
    """A pane without marks of its own; subclasses draw theirs in `draw_marks`."""

    def __init__(self, themes: ThemeSwitch, *, value_range: ValueRange, height_px: int) -> None:
        super().__init__(background=None)
        self._themes = themes
        self._range = value_range
        self._height_px = height_px
        self._model = ChartModel()
        self._cursor_minute: float | None = None
        self._time = time_scale(self._model, width_px=1)
        self._value = value_range.scale([], height_px=height_px, top_px=OVERHANG_PX)
        self.box = pg.ViewBox(border=None, enableMouse=False, enableMenu=False, defaultPadding=0)
        self.box.disableAutoRange()
        self.setCentralItem(self.box)
        self._show_range()
        self._back = _Layer(self._draw_ground, self._ground_key, z=BEHIND_CURVES)
        self._front = _Layer(self._draw_front, self._front_key, z=BEFORE_CURVES)
        self.scene().addItem(self._back)
        self.scene().addItem(self._front)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        self.setCacheMode(QGraphicsView.CacheModeFlag.CacheNone)  # a cached ground keeps the old theme
        themes.changed.connect(self._repaint_in)

    @property
    def theme(self) -> Theme:
        """The theme in force."""
        return self._themes.theme

    @property
    def model(self) -> ChartModel:
        """What is shown."""
        return self._model

    @property
    def time(self) -> TimeScale:
        """Minutes to pixels of this view."""
        return self._time

    @property
    def value(self) -> ValueScale:
        """Values to pixels of this view."""
        return self._value

    def set_model(self, model: ChartModel) -> None:
        """Show `model`, replacing everything but a live trend."""
        self._model = model
        self._fit()

    def set_height(self, height_px: int) -> None:
        """Draw the same range of values over another height."""
        self._height_px = height_px
        self._fit()

    def set_cursor_minute(self, minute: float | None) -> None:
        """Show the time cursor at `minute`, or none."""
        if minute == self._cursor_minute:
            return
        self._cursor_minute = minute
        self._front.update()

    def limits(self) -> tuple[Limit, ...]:
        """The limits behind this pane's marks."""
        raise NotImplementedError

    def values(self) -> list[float]:
        """Every value the scale has to show."""
        raise NotImplementedError

    def draw_marks(self, painter: QPainter) -> None:
        """Draw this pane's marks in pixels of the view."""
        raise NotImplementedError

    def prepare(self) -> None:
        """Work out, once a change of data, width or theme, what drawing needs."""

    def resizeEvent(self, event: object) -> None:
        """Fit the scales to the new width."""
        super().resizeEvent(event)
        if hasattr(self, "_front"):  # the base class resizes once while it is being built
            self._fit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Give the pictures' memory back while nobody looks."""
        super().hideEvent(event)
        self._back.drop()
        self._front.drop()

    def _ground_key(self) -> object:
        return (self.theme, self._time, self._value, self.limits())

    def _front_key(self) -> object:
        return (self.theme, self._time, self._value, self._model, self._cursor_minute)

    def _fit(self) -> None:
        before = (self._time, self._value)
        self._time = time_scale(self._model, width_px=max(1, self.width()))
        self._value = self._range.scale(self.values(), height_px=self._height_px, top_px=OVERHANG_PX)
        if (self._time, self._value) != before:
            self._show_range()
        for layer in (self._back, self._front):
            layer.cover(QRectF(0, 0, self.width(), self.height()))
            layer.update()
        self.prepare()

    def _show_range(self) -> None:
        over = OVERHANG_PX * (self._value.high - self._value.low) / self._height_px
        self.box.setXRange(self._time.first_minute, self._time.last_minute, padding=0)
        self.box.setYRange(self._value.low - over, self._value.high + over, padding=0)

    def _draw_ground(self, painter: QPainter) -> None:
        theme, time, value = self.theme, self._time, self._value
        frame = QRectF(0, value.top_px, time.width_px, value.height_px)
        painter.fillRect(frame, QColor(theme.background))
        draw_bands(painter, self.limits(), time, value, theme)
        draw_upright_grid(painter, time, top=value.top_px, bottom=value.bottom_px, theme=theme)
        draw_level_grid(painter, time, value, theme)
        draw_limit_lines(painter, self.limits(), time, value, theme)
        draw_frame(painter, frame, theme)

    def _draw_front(self, painter: QPainter) -> None:
        value = self._value
        draw_time_lines(
            painter,
            self._model,
            self._time,
            top=value.top_px,
            bottom=value.bottom_px,
            theme=self.theme,
            cursor_minute=self._cursor_minute,
        )
        self.draw_marks(painter)

    def _repaint_in(self, _theme: Theme) -> None:
        self.prepare()
        self._back.update()
        self._front.update()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _LiveLine:
    """A trend as the curve takes it: thousands of points, turned into arrays once.

    minutes: float64, shape (n,), ascending; values: float64, shape (n,), NaN where absent; ends: lowest and
    highest of the values, or nothing; told: where it has values.
    """

    minutes: np.ndarray
    values: np.ndarray
    ends: tuple[float, ...]
    told: tuple[Stretch, ...]

    @classmethod
    def of(cls, trend: Trend) -> "_LiveLine":
        minutes, values = np.array(trend.minutes, dtype=float), np.array(trend.values, dtype=float)
        finite = values[np.isfinite(values)]
        ends = (float(finite.min()), float(finite.max())) if finite.size else ()
        return cls(minutes=minutes, values=values, ends=ends, told=told_stretches(minutes, values))


class PointPane(Pane):
    """Heart rate or oxygen saturation: charted points joined by straight lines, the live trend behind."""

    def __init__(
        self, themes: ThemeSwitch, *, value_range: ValueRange, height_px: int, is_rate: bool
    ) -> None:
        self._is_rate = is_rate
        self._trend = _LiveLine.of(Trend())
        super().__init__(themes, value_range=value_range, height_px=height_px)
        self.trend_curve = pg.PlotCurveItem(connect="finite", antialias=True)
        self.charted_curve = pg.PlotCurveItem(connect="finite", antialias=True)
        for curve in (self.trend_curve, self.charted_curve):
            self.box.addItem(curve, ignoreBounds=True)

    def set_trend(self, trend: Trend) -> None:
        """Show `trend` behind the charted points; they and the ground stay as they are drawn."""
        self._trend = _LiveLine.of(trend)
        self._fit()

    def limits(self) -> tuple[Limit, ...]:
        """Rate or saturation limits."""
        return self._model.rate_limits if self._is_rate else self._model.saturation_limits

    def points(self) -> tuple[Point, ...]:
        """The rates or saturations shown."""
        return self._model.rates if self._is_rate else self._model.saturations

    @property
    def untold(self) -> tuple[Stretch, ...]:
        """The stretches in which a monitor was missing and none told this pane's quantity, in minutes."""
        return untold_in(self._model, self._trend.told)

    def values(self) -> list[float]:
        """Every point and every trend value that is a number."""
        return [*(point.value for point in self.points()), *self._trend.ends]

    def prepare(self) -> None:
        """Set trend and charted line, neither across a stretch without data."""
        if not hasattr(self, "charted_curve"):
            return
        ink = QColor(self._ink())
        pale = QColor(self._ink())
        pale.setAlphaF(TREND_ALPHA)
        self.trend_curve.setData(self._trend.minutes, self._trend.values, pen=QPen(pale, 0))
        minutes, values = charted_line(self.points(), self.untold)
        pen = QPen(ink, CURVE_PX if len(minutes) < WIDE_PEN_POINTS else 1.0)
        pen.setCosmetic(True)
        self.charted_curve.setData(np.asarray(minutes, dtype=float), np.asarray(values, dtype=float), pen=pen)

    def _ground_key(self) -> object:
        return (super()._ground_key(), tuple(self._gap_boxes()))

    def _draw_ground(self, painter: QPainter) -> None:
        """Hatch what no monitor told."""
        super()._draw_ground(painter)
        for left, right in self._gap_boxes():
            box = QRectF(left, self._value.top_px + 0.5, right - left, self._value.height_px - 1)
            draw_hatch(painter, box, ink=self.theme.edge, ground=self.theme.background)

    def _gap_boxes(self) -> list[tuple[float, float]]:
        """Left and right end in pixels of each stretch without data of this pane."""
        x_px = self._time.x_px
        return [(x_px(start), x_px(end)) for start, end in self.untold]

    def draw_marks(self, painter: QPainter) -> None:
        """Draw the points."""
        for point in self._among(self.untold):
            self._draw_plate(painter, point)
        for point in self.points():
            draw_point(
                painter,
                x=self._time.x_px(point.minute),
                y=self._value.y_px(point.value),
                style=point.style,
                ink=self._ink(),
                is_square=not self._is_rate,
            )

    def _draw_plate(self, painter: QPainter, point: Point) -> None:
        """Keep the hatch of missing monitor data off a value that somebody typed meanwhile."""
        x, y = self._time.x_px(point.minute), self._value.y_px(point.value)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.background))
        painter.drawEllipse(QRectF(x - PLATE_PX / 2, y - PLATE_PX / 2, PLATE_PX, PLATE_PX))

    def _among(self, stretches: Sequence[Stretch]) -> list[Point]:
        return [
            point for point in self.points() if any(start <= point.minute <= end for start, end in stretches)
        ]

    def _ink(self) -> str:
        return self.theme.heart_rate if self._is_rate else self.theme.spo2


def charted_line(points: tuple[Point, ...], untold: Sequence[Stretch]) -> tuple[list[float], list[float]]:
    """Return the line through charted points, broken by NaN wherever a stretch without data lies between."""
    minutes: list[float] = []
    values: list[float] = []
    for point in points:
        if point.style is not MarkStyle.CHARTED:
            continue
        if minutes and any(minutes[-1] < end and start < point.minute for start, end in untold):
            minutes.append(point.minute)
            values.append(math.nan)
        minutes.append(point.minute)
        values.append(float(point.value))
    return minutes, values
