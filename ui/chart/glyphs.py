"""Marks and patterns drawn with plain QPainter in pixels, for screen, board cards and the printed page.

A pressure mark's tips lie exactly on its values: no ink leaves the interval, so a bar never seems to reach
a band it has not reached.
"""

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPainterPathStroker,
    QPen,
    QPolygonF,
)

from ui.chart.series import MarkStyle

PALE = 0.55
TIPS_FROM_PX = 12.0
SEVERITY_OFF_PX = 4.0
BLOCK_PX = 4.0
BLOCK_STEP_PX = 6.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PressureGlyph:
    """Sizes of a pressure mark in pixels (or any unit of the painter)."""

    stroke: float = 2.0
    half_width: float = 5.0
    captured_stroke: float = 1.25


SCREEN_GLYPH = PressureGlyph()
CARD_GLYPH = PressureGlyph(stroke=1.5, half_width=4.0, captured_stroke=1.0)


def pressure_path(*, x: float, top: float, bottom: float, stroke: float, half_width: float) -> QPainterPath:
    """Return the line to stroke `stroke` wide so that its ink spans exactly `top` to `bottom`.

    A mitred right angle reaches half a stroke times the square root of two past its corner, so the corners
    lie that far inside. A half width of 0 gives a plain bar.
    """
    path = QPainterPath()
    if half_width <= 0 or bottom - top < 4 * stroke:
        path.moveTo(x, top)
        path.lineTo(x, bottom)
        return path
    reach = stroke / 2 * math.sqrt(2)
    arm = min(half_width, (bottom - top) / 2 - reach)
    for tip, way in ((top + reach, 1.0), (bottom - reach, -1.0)):
        path.moveTo(x - arm, tip + way * arm)
        path.lineTo(x, tip)
        path.lineTo(x + arm, tip + way * arm)
    path.moveTo(x, top + reach)
    path.lineTo(x, bottom - reach)
    return path


def draw_pressure(  # noqa: PLR0913 - a mark has these parts
    painter: QPainter,
    *,
    x: float,
    top: float,
    bottom: float,
    style: MarkStyle,
    ink: str,
    ground: str,
    glyph: PressureGlyph = SCREEN_GLYPH,
    has_tips: bool = True,
) -> None:
    """Draw one pressure mark from the systolic pixel `top` to the diastolic pixel `bottom`."""
    colour = QColor(ink)
    is_pale = style in {MarkStyle.CAPTURED, MarkStyle.REJECTED}
    if is_pale:
        colour.setAlphaF(PALE)
    half_width = glyph.half_width if has_tips else 0.0
    is_hollow = style in {MarkStyle.REJECTED, MarkStyle.LATE}
    width = glyph.captured_stroke if style is MarkStyle.CAPTURED else glyph.stroke
    painter.save()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if is_hollow:
        outline = width + 2.0
        path = pressure_path(x=x, top=top + 0.5, bottom=bottom - 0.5, stroke=outline, half_width=half_width)
        stroker = QPainterPathStroker(_pen(colour, outline))
        painter.setPen(QPen(colour, 1.0))
        painter.setBrush(QColor(ground))
        painter.drawPath(stroker.createStroke(path).simplified())
    else:
        painter.setPen(_pen(colour, width))
        painter.drawPath(pressure_path(x=x, top=top, bottom=bottom, stroke=width, half_width=half_width))
    painter.restore()


def _pen(colour: QColor, width: float) -> QPen:
    pen = QPen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    return pen


def draw_point(  # noqa: PLR0913 - a mark has these parts
    painter: QPainter, *, x: float, y: float, style: MarkStyle, ink: str, is_square: bool
) -> None:
    """Draw a rate (round) or saturation (square) point centred on its value; hollow when late or rejected."""
    colour = QColor(ink)
    if style in {MarkStyle.CAPTURED, MarkStyle.REJECTED}:
        colour.setAlphaF(PALE)
    radius = 4.0 if style is not MarkStyle.CAPTURED else 3.0
    is_hollow = style in {MarkStyle.REJECTED, MarkStyle.LATE}
    painter.save()
    painter.setPen(QPen(colour, 1.5) if is_hollow else Qt.PenStyle.NoPen)
    painter.setBrush(Qt.BrushStyle.NoBrush if is_hollow else colour)
    box = QRectF(x - radius, y - radius, 2 * radius, 2 * radius)
    if is_square:
        painter.drawRect(box)
    else:
        painter.drawEllipse(box)
    painter.restore()


def draw_hatch(painter: QPainter, box: QRectF, *, ink: str, ground: str) -> None:
    """Fill `box` with the pattern that means no data."""
    painter.save()
    painter.setPen(QPen(QColor(ink), 1.0))
    painter.setBrush(QColor(ground))
    painter.drawRect(box)
    painter.setClipRect(box)
    step = 8
    count = math.ceil((box.width() + box.height()) / step)
    for at in range(1, count + 1):
        along = at * step
        start = QPointF(box.left(), box.top() + along)
        painter.drawLine(start, QPointF(box.left() + along, box.top()))
    painter.restore()


def draw_pause(painter: QPainter, box: QRectF, *, ink: str, edge: str, ground: str) -> None:
    """Draw the box with two bars that means the pump stands still."""
    painter.save()
    painter.setPen(QPen(QColor(edge), 1.0))
    painter.setBrush(QColor(ground))
    painter.drawRect(box)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ink))
    centre = box.center()
    height = box.height() * 0.4
    for left in (centre.x() - 5, centre.x() + 2):
        painter.drawRect(QRectF(left, centre.y() - height / 2, 3, height))
    painter.restore()


def draw_marker(painter: QPainter, *, x: float, y: float, ink: str) -> None:
    """Draw the small triangle whose lower tip stands at `x` and whose middle is at `y`."""
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ink))
    painter.drawPolygon(QPolygonF([QPointF(x - 4, y - 4), QPointF(x + 4, y - 4), QPointF(x, y + 4)]))
    painter.restore()


def severity_end_px(at: float, severity: int) -> float:
    """Return where the blocks of a severity that begins at `at` end: words beside them begin after that."""
    return at + SEVERITY_OFF_PX + (severity - 1) * BLOCK_STEP_PX + BLOCK_PX


def draw_severity(painter: QPainter, *, at: float, middle: float, severity: int, ink: str) -> None:
    """Draw one to three blocks for a severity that begins at `at`."""
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ink))
    for block in range(severity):
        left = at + SEVERITY_OFF_PX + block * BLOCK_STEP_PX
        painter.drawRect(QRectF(left, middle - 4, BLOCK_PX, 8))
    painter.restore()


def draw_text(  # noqa: PLR0913 - where, what and how
    painter: QPainter,
    *,
    x: float,
    middle: float,
    text: str,
    face: QFont,
    ink: str,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> float:
    """Draw one line whose middle is at `middle`, beginning, centred or ending at `x`; return its width."""
    metrics = QFontMetricsF(face)
    width = metrics.horizontalAdvance(text)
    left = x
    if align & Qt.AlignmentFlag.AlignHCenter:
        left = x - width / 2
    elif align & Qt.AlignmentFlag.AlignRight:
        left = x - width
    painter.save()
    painter.setFont(face)
    painter.setPen(QColor(ink))
    painter.drawText(QPointF(left, middle + metrics.capHeight() / 2), text)
    painter.restore()
    return width
