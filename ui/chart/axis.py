"""What stands around the panes, painted directly: value ticks, minutes, now as a chip, the legend."""

import math

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from ui.chart.glyphs import draw_hatch, draw_pressure, draw_text
from ui.chart.ground import sharp
from ui.chart.pane import TREND_ALPHA
from ui.chart.scale import FINE_STEP_MINUTES, STRONG_STEP_MINUTES, TimeScale, ValueScale
from ui.chart.series import ChartModel, MarkStyle
from ui.fonts import Size, Weight, box_px, font, px
from ui.text import chart as words
from ui.text.formats import session_minute
from ui.theme import Theme

TICK_OFF_PX = 8
CHIP_HEIGHT_PX = 18
LEGEND_GAP_PX = 22


def draw_value_ticks(  # noqa: PLR0913 - one axis
    painter: QPainter, value: ValueScale, *, right: float, top: float, label_step: int, theme: Theme
) -> None:
    """Write the scale's values, right-aligned at `right`; `top` is where the pane's own pixel 0 lies."""
    face = font(Size.NOTE)
    step_px = abs(value.y_px(0) - value.y_px(label_step))
    for tick in value.ticks(label_step * math.ceil(QFontMetricsF(face).capHeight() * 1.3 / step_px)):
        draw_text(
            painter,
            x=right - TICK_OFF_PX,
            middle=top + value.y_px(tick),
            text=str(tick),
            face=face,
            ink=theme.second_text,
            align=Qt.AlignmentFlag.AlignRight,
        )


def draw_minutes(  # noqa: PLR0913 - one axis
    painter: QPainter, model: ChartModel, time: TimeScale, *, left: float, top: float, theme: Theme
) -> None:
    """Write -5, start and each 15 minutes under the strips, and now as a chip that hides what it covers."""
    face = font(Size.NOTE)
    chip = None if model.now is None else _chip_box(model, time, left=left, top=top)
    minutes = [minute for minute in time.ticks(STRONG_STEP_MINUTES) if minute]
    free_from = 0.0
    for minute in sorted({-FINE_STEP_MINUTES, 0, *minutes}):
        x = left + time.x_px(minute)
        painter.setPen(QPen(QColor(theme.edge), 1))
        painter.drawLine(QLineF(sharp(x), top, sharp(x), top + 3))
        text = session_minute(minute, is_started=model.is_started)
        half = QFontMetricsF(face).horizontalAdvance(text) / 2
        x = min(x, painter.window().width() - half)  # the last one is read whole too
        is_covered = chip is not None and x - half < chip.right() + 4 and chip.left() - 4 < x + half
        if is_covered or x - half < free_from:
            continue
        free_from = x + half + 4
        draw_text(
            painter,
            x=x,
            middle=top + px(12),
            text=text,
            face=face,
            ink=theme.second_text,
            align=Qt.AlignmentFlag.AlignHCenter,
        )
    if chip is not None and model.now is not None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.focus))
        painter.drawRoundedRect(chip, 4, 4)
        draw_text(
            painter,
            x=chip.center().x(),
            middle=chip.center().y(),
            text=model.now.text,
            face=font(Size.NOTE, Weight.BOLD),
            ink=theme.on_focus,
            align=Qt.AlignmentFlag.AlignHCenter,
        )


def _chip_box(model: ChartModel, time: TimeScale, *, left: float, top: float) -> QRectF:
    now = model.now
    text, minute = ("", 0.0) if now is None else (now.text, now.minute)
    width = QFontMetricsF(font(Size.NOTE, Weight.BOLD)).horizontalAdvance(text) + 10
    return QRectF(left + time.x_px(minute) - width / 2, top + 3, width, box_px(CHIP_HEIGHT_PX))


def draw_legend(  # noqa: PLR0913 - where, and which parts
    painter: QPainter, *, left: float, right: float, middle: float, has_trend: bool, theme: Theme
) -> None:
    """Write what the marks mean, ending at `right`; what would begin before `left` is left out."""
    parts = [words.monitor_trend()] if has_trend else []
    parts += [words.no_data(), words.captured(), words.charted()]
    face = font(Size.NOTE)
    x = right
    for part in parts:
        if x - QFontMetricsF(face).horizontalAdvance(part) - 2 * LEGEND_GAP_PX < left:
            return
        x -= draw_text(
            painter,
            x=x,
            middle=middle,
            text=part,
            face=face,
            ink=theme.second_text,
            align=Qt.AlignmentFlag.AlignRight,
        )
        x -= 12
        x = _draw_sample(painter, part, x, middle, theme) - LEGEND_GAP_PX


def _draw_sample(painter: QPainter, part: str, right: float, middle: float, theme: Theme) -> float:
    """Draw the sample that belongs to `part`, ending at `right`; return its left edge."""
    if part == words.monitor_trend():
        colour = QColor(theme.heart_rate)
        colour.setAlphaF(TREND_ALPHA)
        painter.setPen(QPen(colour, 1))
        painter.drawLine(QLineF(right - 12, sharp(middle), right + 4, sharp(middle)))
        return right - 12
    if part == words.no_data():
        box = QRectF(sharp(right - 10), sharp(middle - 6), 14, 12)
        draw_hatch(painter, box, ink=theme.edge, ground=theme.background)
        return right - 10
    style = MarkStyle.CAPTURED if part == words.captured() else MarkStyle.CHARTED
    draw_pressure(
        painter,
        x=round(right - 2),
        top=middle - 9,
        bottom=middle + 9,
        style=style,
        ink=theme.pressure,
        ground=theme.background,
    )
    return right - 7
