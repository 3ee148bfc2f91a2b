"""The words of pressure limits at the right edge, and the diastolic ticks: shared by screen and paper."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from ui.chart.glyphs import draw_text
from ui.chart.placement import Box, spread
from ui.chart.scale import TimeScale, ValueScale
from ui.chart.series import Limit
from ui.theme import Theme

TICK_PX = 7.0
GAP_PX = 5.0
LINE_HEIGHTS = 1.5  # of two words above each other, in heights of their capitals


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitWord:
    """One limit's words in their place; `is_tick` for a diastolic one, which has a tick and no band."""

    limit: Limit
    box: Box
    is_tick: bool


def limit_words(
    limits: tuple[Limit, ...], ticks: tuple[Limit, ...], time: TimeScale, value: ValueScale, face: QFont
) -> tuple[LimitWord, ...]:
    """Place every limit's words, systolic ones just above their lines, so that none covers another.

    In a low pane they leave their lines as far as they must, and never the pane.
    """
    metrics = QFontMetricsF(face)
    line_px = metrics.capHeight() * LINE_HEIGHTS
    shown = [(limit, False) for limit in limits if limit.has_line and _is_inside(limit, value)]
    shown += [(limit, True) for limit in ticks if _is_inside(limit, value)]
    wanted = [value.y_px(limit.value) - (0 if is_tick else 0.7 * line_px) for limit, is_tick in shown]
    order = sorted(range(len(shown)), key=lambda at: wanted[at])
    first, last = value.top_px + line_px / 2, value.bottom_px - line_px / 2
    middles = spread([wanted[at] for at in order], least_px=line_px, first_px=first, last_px=last)
    placed = []
    for at, middle in zip(order, middles, strict=True):
        limit, is_tick = shown[at]
        width = metrics.horizontalAdvance(limit.text)
        left = time.width_px - TICK_PX - GAP_PX - width
        box = Box(left=left, top=middle - line_px / 2, width=width, height=line_px)
        if limit.text:
            placed.append(LimitWord(limit=limit, box=box, is_tick=is_tick))
    return tuple(placed)


def limit_rules(limits: tuple[Limit, ...], time: TimeScale, value: ValueScale) -> tuple[Box, ...]:
    """Return where the lines of limits run, for words that read better beside them."""
    return tuple(
        Box(left=0, top=value.y_px(limit.value) - 1, width=time.width_px, height=2)
        for limit in limits
        if limit.has_line and _is_inside(limit, value)
    )


def draw_limit_words(
    painter: QPainter, words: tuple[LimitWord, ...], value: ValueScale, face: QFont, theme: Theme
) -> None:
    """Draw the words, and a tick at each diastolic limit."""
    for word in words:
        right = word.box.right
        if word.is_tick:
            tick = QRectF(right + GAP_PX, round(value.y_px(word.limit.value)) - 1, TICK_PX, 2)
            painter.fillRect(tick, QColor(theme.pressure))
        draw_text(
            painter,
            x=right,
            middle=word.box.top + word.box.height / 2,
            text=word.limit.text,
            face=face,
            ink=theme.second_text if word.is_tick else theme.text,
            align=Qt.AlignmentFlag.AlignRight,
        )


def _is_inside(limit: Limit, value: ValueScale) -> bool:
    return value.low <= limit.value <= value.high
