"""The printed chart's strips: pump rate, effects, numbered events, alertness."""

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from ui.chart.glyphs import draw_marker, draw_pause, draw_severity, severity_end_px
from ui.chart.ground import draw_frame, draw_time_lines, draw_upright_grid
from ui.chart.placement import Hand, clusters, place_in_rows, thinned
from ui.chart.scale import TimeScale
from ui.chart.series import ChartModel, Effect
from ui.chart.strips import SAME_PLACE_PX, numbers_of
from ui.fonts import Size
from ui.report.paper import PRINT, SECOND_INK, draw_line, face
from ui.text import chart as words
from ui.text import report_words

DRUG_PX, LANE_PX, EVENTS_PX, ALERTNESS_PX = 30.0, 19.0, 38.0, 22.0
LEAST_LANES, MOST_LANES = 2, 4
EVENT_ROWS = 2
NUMBER_PX = 13.0
GAP_PX = 4.0
TEXT_OFF_PX = 8.0


def strips_px(model: ChartModel, time: TimeScale) -> float:
    """Return the height of all strips: effects take as many lanes as they need."""
    return DRUG_PX + _effects_px(model, time) + EVENTS_PX + ALERTNESS_PX + 3 * GAP_PX


def _effects_px(model: ChartModel, time: TimeScale) -> float:
    return LANE_PX * min(MOST_LANES, max(LEAST_LANES, max(effect_lanes(model, time), default=0) + 1))


def draw_strips(painter: QPainter, model: ChartModel, time: TimeScale, *, left: float, top: float) -> float:
    """Draw the strips under one another from `top`; return where they end."""
    strips = (
        (model.drug_name or words.pump(), DRUG_PX, _draw_pump),
        (words.effects(), _effects_px(model, time), _draw_effects),
        (words.events(), EVENTS_PX, _draw_events),
        (words.alertness(), ALERTNESS_PX, _draw_alertness),
    )
    for name, height, draw in strips:
        middle = top + height / 2
        if draw is _draw_pump:
            draw_line(painter, words.ml_per_hour(), x=0, middle=middle + 8, ink=SECOND_INK)
            middle -= 7
        draw_line(painter, name, x=0, middle=middle, is_bold=True)
        painter.save()
        painter.translate(left, top)
        draw_upright_grid(painter, time, top=0, bottom=height, theme=PRINT)
        draw_frame(painter, QRectF(0, 0, time.width_px, height), PRINT)
        draw_time_lines(painter, model, time, top=0, bottom=height, theme=PRINT)
        draw(painter, model, time)
        painter.restore()
        top += height + GAP_PX
    return top - GAP_PX


def _draw_pump(painter: QPainter, model: ChartModel, time: TimeScale) -> None:
    highest = max([segment.rate_ml_per_h for segment in model.segments], default=1.0)
    advance = QFontMetricsF(face(Size.NOTE)).horizontalAdvance
    for segment in model.segments:
        x, end = time.x_px(segment.start_minute), time.x_px(model.until(segment.end_minute))
        y = DRUG_PX - (DRUG_PX - 5) * segment.rate_ml_per_h / highest
        painter.fillRect(QRectF(x, y, end - x, DRUG_PX - y), QColor(PRINT.panel))
        painter.setPen(QPen(QColor(PRINT.text), 2))
        painter.drawLine(QLineF(x, y, end, y))
        if x + TEXT_OFF_PX + advance(segment.text) < end:  # else its figure stands in the line of drugs above
            draw_line(painter, segment.text, x=x + TEXT_OFF_PX, middle=DRUG_PX - 10)
    for pause in model.pauses:
        x, end = time.x_px(pause.start_minute), time.x_px(model.until(pause.end_minute))
        box = QRectF(x, 1, max(14.0, end - x), DRUG_PX - 2)
        draw_pause(painter, box, ink=PRINT.text, edge=PRINT.edge, ground=PRINT.background)


def effect_lanes(model: ChartModel, time: TimeScale) -> list[int]:
    """Return the lane of each effect; bars and words of one lane never touch."""
    advance = QFontMetricsF(face(Size.NOTE)).horizontalAdvance
    ends: list[float] = []
    lanes = []
    for effect in model.effects:
        begins = time.x_px(effect.steps[0].minute)
        end = _words_left(effect, model, time) + TEXT_OFF_PX + advance(effect.text)
        lane = next((at for at, taken in enumerate(ends) if taken <= begins), len(ends))
        ends[lane : lane + 1] = [end]
        lanes.append(lane)
    return lanes


def _words_left(effect: Effect, model: ChartModel, time: TimeScale) -> float:
    """Return where words after an effect begin: past its bar, and past blocks that outreach a short one."""
    newest = effect.steps[-1]
    blocks = severity_end_px(time.x_px(newest.minute), newest.severity)
    return max(time.x_px(model.until(effect.end_minute)), blocks) + TEXT_OFF_PX


def _draw_effects(painter: QPainter, model: ChartModel, time: TimeScale) -> None:
    lanes = effect_lanes(model, time)
    for effect, lane in zip(model.effects, lanes, strict=True):
        if lane < MOST_LANES:
            _draw_effect(painter, model, time, effect, lane * LANE_PX)
    unseen = sum(lane >= MOST_LANES for lane in lanes)
    if unseen:
        middle, side = LANE_PX * (MOST_LANES - 0.5), Qt.AlignmentFlag.AlignRight
        text = report_words.more_effects(unseen)
        draw_line(painter, text, x=time.width_px - 4, middle=middle, is_bold=True, align=side)


def _draw_effect(painter: QPainter, model: ChartModel, time: TimeScale, effect: Effect, top: float) -> None:
    x, end = time.x_px(effect.steps[0].minute), time.x_px(model.until(effect.end_minute))
    bar = QRectF(x, top + 3, max(4.0, end - x), LANE_PX - 6)
    painter.setPen(QPen(QColor(PRINT.edge), 1))
    painter.setBrush(QColor(PRINT.panel))
    painter.drawRect(bar)
    middle = bar.center().y()
    for step in effect.steps:
        at = time.x_px(step.minute)
        painter.setPen(QPen(QColor(PRINT.edge), 1))
        painter.drawLine(QLineF(at, bar.top(), at, bar.bottom()))
        draw_severity(painter, at=at, middle=middle, severity=step.severity, ink=PRINT.text)
    width = QFontMetricsF(face(Size.NOTE)).horizontalAdvance(effect.text)
    right = _words_left(effect, model, time)
    is_right = right + width < time.width_px
    draw_line(
        painter,
        effect.text,
        x=right if is_right else min(bar.right(), time.width_px) - TEXT_OFF_PX,
        middle=middle,
        align=Qt.AlignmentFlag.AlignLeft if is_right else Qt.AlignmentFlag.AlignRight,
    )


def _draw_events(painter: QPainter, model: ChartModel, time: TimeScale) -> None:
    """Draw each event's marker and its number in the list below; markers at one place share "3-5"."""
    xs = [time.x_px(event.minute) for event in model.events]
    groups = clusters(xs, least_px=SAME_PLACE_PX)
    numbers, xs = [numbers_of(group) for group in groups], [xs[group.start] for group in groups]
    advance = QFontMetricsF(face(Size.NOTE)).horizontalAdvance
    placed = place_in_rows(
        anchors_px=xs,
        widths_px=[advance(each) for each in numbers],
        rows=EVENT_ROWS,
        width_px=time.width_px,
        gap_px=2.0,
        drops_what_has_no_room=True,
    )
    for number, x, place in zip(numbers, xs, placed or [], strict=True):
        middle = EVENTS_PX / EVENT_ROWS * (place.row + 0.5)
        draw_marker(painter, x=x, y=middle, ink=PRINT.text)
        if place.hand is None:
            continue
        is_right = place.hand is Hand.RIGHT
        draw_line(
            painter,
            number,
            x=x + TEXT_OFF_PX if is_right else x - TEXT_OFF_PX,
            middle=middle,
            align=Qt.AlignmentFlag.AlignLeft if is_right else Qt.AlignmentFlag.AlignRight,
        )


def _draw_alertness(painter: QPainter, model: ChartModel, time: TimeScale) -> None:
    """Draw the values; crowded, the lowest as numbers and the others as dots."""
    xs = [time.x_px(one.minute) for one in model.alertness]
    written = thinned(xs, [one.moaa_s for one in model.alertness], least_px=NUMBER_PX)
    middle = ALERTNESS_PX / 2
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(PRINT.text))
    for x in xs:
        painter.drawEllipse(QRectF(x - 1.5, middle - 1.5, 3, 3))
    for at in written:
        plate = QRectF(xs[at] - NUMBER_PX / 2, 2, NUMBER_PX, ALERTNESS_PX - 4)
        painter.fillRect(plate, QColor(PRINT.background))
        text, side = str(model.alertness[at].moaa_s), Qt.AlignmentFlag.AlignHCenter
        draw_line(painter, text, x=xs[at], middle=middle, is_bold=True, align=side)
