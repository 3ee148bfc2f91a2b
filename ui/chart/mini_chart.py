"""A small pressure strip for a board card: bands, bars, start, now, and when the pump ran. Plain painting."""

from dataclasses import replace

from PySide6.QtCore import QLineF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.chart.glyphs import CARD_GLYPH, TIPS_FROM_PX, PressureGlyph, draw_pressure, draw_text
from ui.chart.ground import draw_bands, draw_frame, sharp
from ui.chart.scale import PRESSURE_RANGE, STRONG_STEP_MINUTES, TimeScale, ValueScale, time_scale
from ui.chart.series import ChartModel
from ui.fonts import Size, box_px, font, px
from ui.text.chart import minutes_unit
from ui.text.formats import session_minute
from ui.theme import ThemeSwitch
from ui.widgets.themed import ThemedWidget, sharp_painter

PLOT_PX = 76
AXIS_PX = 24
PUMP_PX = 2
EDGE_PX = 7
NEWEST_GLYPH = PressureGlyph(stroke=2.5, half_width=4.5)


class MiniChart(ThemedWidget):
    """The same marks as the session chart at card size; the newest is drawn heavier."""

    def __init__(self, themes: ThemeSwitch, *, plot_px: int = PLOT_PX, parent: QWidget | None = None) -> None:
        super().__init__(themes, parent)
        self._plot_px = plot_px
        self._model = ChartModel()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def model(self) -> ChartModel:
        """What is shown."""
        return self._model

    @property
    def time(self) -> TimeScale:
        """Minutes to pixels; begins early enough for a mark at the first minute to be whole."""
        scale = time_scale(self._model, width_px=max(EDGE_PX + 1, self.width()))
        minutes = scale.last_minute - scale.first_minute
        early = EDGE_PX * minutes / (scale.width_px - EDGE_PX)
        return replace(scale, first_minute=scale.first_minute - early)

    @property
    def value(self) -> ValueScale:
        """Pressures to pixels."""
        ends = ((mark.systolic_mmhg, mark.diastolic_mmhg) for mark in self._model.pressures)
        values = [float(end) for pair in ends for end in pair]
        return PRESSURE_RANGE.scale(values, height_px=self._plot_px)

    def set_model(self, model: ChartModel) -> None:
        """Show the pressures of `model`."""
        self._model = model
        self.update()

    def sizeHint(self) -> QSize:
        """Return plot and axis height."""
        return QSize(426, self._plot_px + box_px(AXIS_PX))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw everything."""
        painter = sharp_painter(self)
        theme, time, value = self.theme, self.time, self.value
        plot = QRectF(0, 0, self.width(), self._plot_px)
        painter.fillRect(plot, QColor(theme.background))
        draw_bands(painter, self._model.pressure_limits, time, value, theme)
        for minute in time.ticks(STRONG_STEP_MINUTES):
            painter.fillRect(QRectF(int(time.x_px(minute)), 0, 1, self._plot_px), QColor(theme.grid))
        draw_frame(painter, plot, theme)
        self._draw_time(painter)
        self._draw_pump(painter)
        self._draw_marks(painter)
        self._draw_axis(painter)
        painter.end()

    def _draw_time(self, painter: QPainter) -> None:
        if self._model.is_started:
            painter.fillRect(QRectF(int(self.time.x_px(0)), 0, 1, self._plot_px), QColor(self.theme.edge))
        if self._model.now is not None:
            dotted = QPen(QColor(self.theme.text), 1)
            dotted.setDashPattern([2, 3])
            painter.setPen(dotted)
            x = sharp(self.time.x_px(self._model.now.minute))
            painter.drawLine(QLineF(x, 0, x, self._plot_px))

    def _draw_pump(self, painter: QPainter) -> None:
        for segment in self._model.segments:
            left = self.time.x_px(segment.start_minute)
            right = self.time.x_px(self._model.until(segment.end_minute))
            bar = QRectF(left, self._plot_px - PUMP_PX - 1, right - left, PUMP_PX)
            painter.fillRect(bar, QColor(self.theme.second_text))

    def _draw_marks(self, painter: QPainter) -> None:
        time, value = self.time, self.value
        xs = [time.x_px(mark.minute) for mark in self._model.pressures]
        for at, mark in enumerate(self._model.pressures):
            near = [abs(xs[at] - xs[other]) for other in (at - 1, at + 1) if 0 <= other < len(xs)]
            draw_pressure(
                painter,
                x=xs[at],
                top=value.y_px(mark.systolic_mmhg),
                bottom=value.y_px(mark.diastolic_mmhg),
                style=mark.style,
                ink=self.theme.pressure,
                ground=self.theme.background,
                glyph=NEWEST_GLYPH if at == len(xs) - 1 else CARD_GLYPH,
                has_tips=min(near, default=TIPS_FROM_PX) >= TIPS_FROM_PX - 2,
            )

    def _draw_axis(self, painter: QPainter) -> None:
        face = font(Size.NOTE)
        advance = QFontMetricsF(face).horizontalAdvance
        free_from, time = 0.0, self.time
        minutes = [minute for minute in time.ticks(STRONG_STEP_MINUTES) if minute >= 0]
        for minute in minutes:
            is_last = minute == minutes[-2] if len(minutes) > 1 else True
            text = session_minute(minute, is_started=self._model.is_started)
            text = f"{text} {minutes_unit()}" if is_last else text
            x, half = time.x_px(minute), advance(text) / 2
            if x - half < free_from or x + half > self.width():
                continue
            free_from = x + half + 8
            draw_text(
                painter,
                x=x,
                middle=self._plot_px + px(12),
                text=text,
                face=face,
                ink=self.theme.second_text,
                align=Qt.AlignmentFlag.AlignHCenter,
            )
