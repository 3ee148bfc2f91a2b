"""What lies behind the marks: tinted bands, grid, limit lines and the frame, in pixels.

pyqtgraph's own grid makes a repaint many times dearer, so the panes draw theirs here; cards and the printed
page use the same routines.
"""

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from ui.chart.scale import FINE_STEP_MINUTES, STRONG_STEP_MINUTES, TimeScale, ValueScale, bands
from ui.chart.series import ChartModel, Limit
from ui.theme import Theme

FINE_ALPHA = 0.55


def sharp(at_px: float) -> float:
    """Return the middle of the pixel that holds `at_px`, so that a 1 px line is one pixel wide."""
    return int(at_px) + 0.5


def draw_bands(
    painter: QPainter, limits: tuple[Limit, ...], time: TimeScale, value: ValueScale, theme: Theme
) -> None:
    """Fill the stretches beyond each limit with their level's tint."""
    for band in bands(limits, value):
        top, bottom = value.y_px(band.high), value.y_px(band.low)
        painter.fillRect(QRectF(0, top, time.width_px, bottom - top), QColor(theme.bands[band.level].tint))


def draw_upright_grid(painter: QPainter, time: TimeScale, *, top: float, bottom: float, theme: Theme) -> None:
    """Draw a line each 5 minutes, lighter, and each 15."""
    strong = QColor(theme.grid)
    fine = QColor(theme.grid)
    fine.setAlphaF(FINE_ALPHA)
    for minute in time.ticks(FINE_STEP_MINUTES):
        colour = fine if minute % STRONG_STEP_MINUTES else strong
        painter.fillRect(QRectF(int(time.x_px(minute)), top, 1, bottom - top), colour)


def draw_level_grid(painter: QPainter, time: TimeScale, value: ValueScale, theme: Theme) -> None:
    """Draw a line at each step of the value scale."""
    colour = QColor(theme.grid)
    for tick in value.ticks():
        painter.fillRect(QRectF(0, int(value.y_px(tick)), time.width_px, 1), colour)


def draw_frame(painter: QPainter, box: QRectF, theme: Theme) -> None:
    """Draw the hairline around a pane or strip."""
    painter.setPen(QPen(QColor(theme.grid), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))


def draw_limit_lines(
    painter: QPainter, limits: tuple[Limit, ...], time: TimeScale, value: ValueScale, theme: Theme
) -> None:
    """Draw a dashed line where a level begins."""
    for limit in limits:
        if not limit.has_line or not value.low <= limit.value <= value.high:
            continue
        pen = QPen(QColor(theme.bands[limit.level].line), 1)
        pen.setDashPattern([4, 3])
        y = sharp(value.y_px(limit.value))
        draw_straight(painter, QLineF(0, y, time.width_px, y), pen)


def draw_time_lines(  # noqa: PLR0913 - which lines, and where
    painter: QPainter,
    model: ChartModel,
    time: TimeScale,
    *,
    top: float,
    bottom: float,
    theme: Theme,
    cursor_minute: float | None = None,
) -> None:
    """Draw start, stop, the dotted expected end, the time cursor, and now in the focus colour."""
    solid = QPen(QColor(theme.edge), 1)
    if model.is_started:
        _upright(painter, time.x_px(0), top, bottom, solid)
    if model.stop is not None:
        _upright(painter, time.x_px(model.stop.minute), top, bottom, solid)
    if model.expected_end is not None:
        dotted = QPen(QColor(theme.second_text), 1)
        dotted.setDashPattern([1.5, 4])
        _upright(painter, time.x_px(model.expected_end.minute), top, bottom, dotted)
    if cursor_minute is not None:
        dashed = QPen(QColor(theme.focus), 1)
        dashed.setDashPattern([4, 2])
        _upright(painter, time.x_px(cursor_minute), top, bottom, dashed)
    if model.now is not None:
        _upright(painter, time.x_px(model.now.minute), top, bottom, QPen(QColor(theme.focus), 1))


def _upright(painter: QPainter, x_px: float, top: float, bottom: float, pen: QPen) -> None:
    x = sharp(x_px)
    draw_straight(painter, QLineF(x, top, x, bottom), pen)


def draw_straight(painter: QPainter, line: QLineF, pen: QPen) -> None:
    """Draw an upright or level line without smoothing, which would be most of a repaint and show nothing."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(pen)
    painter.drawLine(line)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
