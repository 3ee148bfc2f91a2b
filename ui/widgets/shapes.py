"""Shapes that carry a meaning without colour: octagon, triangle, circle, clock, link dots.

Drawn with plain QPainter, so the same routines serve the screen and the printed page.
"""

import math
from enum import Enum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from monitor.policy import Level


class Shape(Enum):
    """OCTAGON act now, TRIANGLE notify, CIRCLE watch; DOT linked, RING not yet, STRUCK_RING no more."""

    OCTAGON = "octagon"
    TRIANGLE = "triangle"
    CIRCLE = "circle"
    CLOCK = "clock"
    DOT = "dot"
    RING = "ring"
    STRUCK_RING = "struck_ring"
    TICK = "tick"
    CROSS = "cross"
    BOX = "box"
    TICKED_BOX = "ticked_box"
    RISE = "rise"
    FALL = "fall"
    HEART = "heart"
    CROSSED_BELL = "crossed_bell"
    PULSE = "pulse"
    QUESTION = "question"


def shape_of(level: Level) -> Shape:
    """Return the outline that means `level`."""
    return {Level.ACT_NOW: Shape.OCTAGON, Level.NOTIFY: Shape.TRIANGLE, Level.WATCH: Shape.CIRCLE}[level]


_FILLED = frozenset({Shape.DOT, Shape.RISE, Shape.FALL, Shape.HEART})


def draw_shape(painter: QPainter, shape: Shape, rect: QRectF, colour: str) -> None:
    """Draw `shape` inside the square `rect`: an outline a ninth of its width thick, or filled."""
    stroke_px = max(1.5, rect.width() / 9)
    inner = rect.adjusted(stroke_px / 2, stroke_px / 2, -stroke_px / 2, -stroke_px / 2)
    path = shape_path(shape, inner)
    painter.save()
    if shape in _FILLED:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
    else:
        pen = QPen(QColor(colour), stroke_px)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)
    if shape is Shape.QUESTION:
        face = painter.font()
        face.setPixelSize(max(8, round(rect.width() * 0.6)))
        painter.setFont(face)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, "?")
    painter.restore()


def shape_path(shape: Shape, box: QRectF) -> QPainterPath:
    """Return the outline of `shape` that touches the edges of `box`."""
    path = QPainterPath()
    if shape is Shape.OCTAGON:
        path.addPolygon(_octagon(box))
        path.closeSubpath()
    elif shape in {Shape.TRIANGLE, Shape.RISE, Shape.FALL}:
        path.addPolygon(_triangle(box, is_up=shape is not Shape.FALL))
        path.closeSubpath()
    elif shape in {Shape.CIRCLE, Shape.RING, Shape.DOT, Shape.QUESTION}:
        path.addEllipse(box)
    elif shape in {Shape.BOX, Shape.TICKED_BOX}:
        path.addRoundedRect(box, 2, 2)
        if shape is Shape.TICKED_BOX:
            _lines(path, box, ((0.25, 0.5), (0.43, 0.7), (0.76, 0.32)))
    elif shape is Shape.CLOCK:
        path.addEllipse(box)
        _lines(path, box, ((0.5, 0.22), (0.5, 0.5), (0.7, 0.62)))
    elif shape is Shape.STRUCK_RING:
        path.addEllipse(box)
        _lines(path, box, ((0.2, 0.8), (0.8, 0.2)))
    else:
        _pictogram(shape, path, box)
    return path


def _pictogram(shape: Shape, path: QPainterPath, box: QRectF) -> None:
    if shape is Shape.TICK:
        _lines(path, box, ((0.08, 0.55), (0.36, 0.84), (0.94, 0.18)))
    elif shape is Shape.CROSS:
        _lines(path, box, ((0.12, 0.12), (0.88, 0.88)))
        _lines(path, box, ((0.88, 0.12), (0.12, 0.88)))
    elif shape is Shape.PULSE:
        _lines(path, box, ((0.0, 0.55), (0.25, 0.55), (0.42, 0.15), (0.6, 0.88), (0.75, 0.5), (1.0, 0.5)))
    elif shape is Shape.CROSSED_BELL:
        _lines(path, box, ((0.1, 0.75), (0.9, 0.75), (0.78, 0.58), (0.78, 0.38), (0.5, 0.1)))
        _lines(path, box, ((0.5, 0.1), (0.22, 0.38), (0.22, 0.58), (0.1, 0.75)))
        _lines(path, box, ((0.42, 0.95), (0.58, 0.95)))
        _lines(path, box, ((0.05, 0.05), (0.95, 0.95)))
    elif shape is Shape.HEART:
        _heart(path, box)


def _heart(path: QPainterPath, box: QRectF) -> None:
    def at(x: float, y: float) -> QPointF:
        return QPointF(box.x() + x * box.width(), box.y() + y * box.height())

    path.moveTo(at(0.5, 0.95))
    path.cubicTo(at(0.0, 0.6), at(0.0, 0.1), at(0.28, 0.1))
    path.cubicTo(at(0.42, 0.1), at(0.5, 0.22), at(0.5, 0.28))
    path.cubicTo(at(0.5, 0.22), at(0.58, 0.1), at(0.72, 0.1))
    path.cubicTo(at(1.0, 0.1), at(1.0, 0.6), at(0.5, 0.95))


def _octagon(box: QRectF) -> QPolygonF:
    """Return a regular octagon with flat top and bottom."""
    radius = box.width() / 2 / math.cos(math.pi / 8)
    corners = (math.pi / 8 + turn * math.pi / 4 for turn in range(8))
    centre = box.center()
    return QPolygonF(
        [QPointF(centre.x() + radius * math.cos(a), centre.y() + radius * math.sin(a)) for a in corners]
    )


def _triangle(box: QRectF, *, is_up: bool) -> QPolygonF:
    tip, base = (box.top(), box.bottom()) if is_up else (box.bottom(), box.top())
    return QPolygonF([QPointF(box.center().x(), tip), QPointF(box.right(), base), QPointF(box.left(), base)])


def _lines(path: QPainterPath, box: QRectF, points: tuple[tuple[float, float], ...]) -> None:
    """Add an open line through `points`, each given as fractions of `box`."""
    first, *rest = (QPointF(box.x() + x * box.width(), box.y() + y * box.height()) for x, y in points)
    path.moveTo(first)
    for point in rest:
        path.lineTo(point)
