"""The strips under the panes, painted on the same time axis: pump rate, effects, events, alertness."""

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QHideEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from monitor.policy import Level
from ui.chart.glyphs import draw_marker, draw_pause, draw_severity, draw_text, severity_end_px
from ui.chart.ground import draw_frame, draw_time_lines, draw_upright_grid, sharp
from ui.chart.kept_picture import KeptPicture
from ui.chart.placement import Hand, Placed, clusters, place_in_rows, thinned
from ui.chart.scale import TimeScale, time_scale
from ui.chart.series import ChartModel, Effect
from ui.fonts import Size, Weight, font, px
from ui.text import chart as words
from ui.theme import ThemeSwitch
from ui.widgets.themed import ThemedWidget

TEXT_OFF_PX = 8
NUMBER_GAP_PX = 2
RATE_TOP_PX = 5
LEAST_LANES, MOST_LANES = 2, 3
LANE_LEAST_PX = 14
NUMBER_PX, DOT_PX = 13.0, 3.0
SAME_PLACE_PX = 8.0


class Strip(ThemedWidget):
    """A strip's ground and lines; subclasses draw what happened."""

    is_tinted = False

    def __init__(self, themes: ThemeSwitch, *, height_px: int, parent: QWidget | None = None) -> None:
        super().__init__(themes, parent)
        self._height_px = px(height_px)
        self._model = self._whole = ChartModel()
        self._cursor_minute: float | None = None
        self._picture = KeptPicture()
        self._time = time_scale(self._model, width_px=1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    @property
    def model(self) -> ChartModel:
        """What is shown."""
        return self._model

    @property
    def time(self) -> TimeScale:
        """Minutes to pixels of this strip: the panes' own mapping."""
        return self._time

    def sizeHint(self) -> QSize:
        """Return the strip's fixed height."""
        return QSize(400, self._height_px)

    def set_height(self, height_px: int) -> None:
        """Draw over another height."""
        self._height_px = px(height_px)
        self.updateGeometry()
        self.update()

    def set_model(self, model: ChartModel) -> None:
        """Show `model`."""
        self._model, self._whole = model.without_readings(), model
        self._fit()

    def set_cursor_minute(self, minute: float | None) -> None:
        """Show the time cursor at `minute`, or none."""
        if minute == self._cursor_minute:
            return
        self._cursor_minute = minute
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the minutes to the new width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self._time = time_scale(self._whole, width_px=max(1, self.width()))
        self.update()

    def draw(self, painter: QPainter) -> None:
        """Draw what happened."""
        raise NotImplementedError

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground, grid, what happened, and the upright lines of time."""
        painter = QPainter(self)
        key = (self.theme, self._time, self._model, self._cursor_minute)
        self._picture.draw(painter, self.size(), key, self._paint)
        painter.end()

    def hideEvent(self, event: QHideEvent) -> None:
        """Give the picture's memory back while nobody looks."""
        super().hideEvent(event)
        self._picture.drop()

    def _paint(self, painter: QPainter) -> None:
        theme, box = self.theme, QRectF(self.rect())
        painter.fillRect(box, QColor(theme.panel if self.is_tinted else theme.background))
        draw_upright_grid(painter, self.time, top=0, bottom=box.height(), theme=theme)
        draw_frame(painter, box, theme)
        draw_time_lines(
            painter,
            self._model,
            self.time,
            top=0,
            bottom=box.height(),
            theme=theme,
            cursor_minute=self._cursor_minute,
        )
        self.draw(painter)

    def clear_of_now(self, left: float, width: float) -> float:
        """Return where a text `width` wide may begin: `left`, or right of now if it would cross that line."""
        now = self._model.now
        if now is None:
            return left
        x = self.time.x_px(now.minute)
        return x + TEXT_OFF_PX if left - TEXT_OFF_PX <= x < left + width else left


class DrugStrip(Strip):
    """The pump's rate as a height, pauses as boxes, and what is planned as a dashed line."""

    is_tinted = True

    def draw(self, painter: QPainter) -> None:
        """Draw rates, pauses and plan."""
        model, theme = self.model, self.theme
        for segment in model.segments:
            left = self.time.x_px(segment.start_minute)
            right = self.time.x_px(model.until(segment.end_minute))
            top = self._rate_y(segment.rate_ml_per_h)
            ground = QRectF(left, top, right - left, self.height() - 1 - top)
            painter.fillRect(ground, QColor(theme.bands[Level.WATCH].tint))
            painter.fillRect(QRectF(left, round(top), right - left, 2), QColor(theme.text))
            painter.setPen(QPen(QColor(theme.edge), 1))
            painter.drawLine(QLineF(sharp(left), top, sharp(left), self.height()))
            face = font(Size.NOTE)
            if left + 6 + QFontMetricsF(face).horizontalAdvance(segment.text) <= right:
                draw_text(
                    painter,
                    x=left + 6,
                    middle=self.height() - px(11),
                    text=segment.text,
                    face=face,
                    ink=theme.text,
                )
        self._draw_plan(painter)
        for pause in model.pauses:
            left = self.time.x_px(pause.start_minute)
            right = self.time.x_px(model.until(pause.end_minute))
            box = QRectF(sharp(left), 0.5, max(16.0, right - left), self.height() - 1)
            draw_pause(painter, box, ink=theme.text, edge=theme.edge, ground=theme.background)

    def _draw_plan(self, painter: QPainter) -> None:
        model, theme = self.model, self.theme
        if model.plan is None or model.now is None or model.expected_end is None:
            return
        left, right = self.time.x_px(model.now.minute), self.time.x_px(model.expected_end.minute)
        pen = QPen(QColor(theme.second_text), 1)
        pen.setDashPattern([3, 3])
        painter.setPen(pen)
        y = sharp(self._rate_y(model.plan.rate_ml_per_h))
        painter.drawLine(QLineF(left, y, right, y))
        ink, face = theme.second_text, font(Size.NOTE)
        ends_inside = right + TEXT_OFF_PX + QFontMetricsF(face).horizontalAdvance(model.plan.end_text)
        room_px = right - left if ends_inside <= self.width() else 0.0  # else the end's words stand here
        if QFontMetricsF(face).horizontalAdvance(model.plan.text) + 2 * TEXT_OFF_PX < room_px:
            x = left + TEXT_OFF_PX
            draw_text(painter, x=x, middle=self.height() - px(11), text=model.plan.text, face=face, ink=ink)
        width = QFontMetricsF(face).horizontalAdvance(model.plan.end_text)
        is_right = right + TEXT_OFF_PX + width <= self.width()
        draw_text(
            painter,
            x=right + TEXT_OFF_PX if is_right else right - TEXT_OFF_PX,
            middle=self.height() / 2 if is_right else y + px(9),
            text=model.plan.end_text,
            face=face,
            ink=ink,
            align=Qt.AlignmentFlag.AlignLeft if is_right else Qt.AlignmentFlag.AlignRight,
        )

    def _rate_y(self, rate_ml_per_h: float) -> float:
        """Return the height of a rate: the session's highest nearly fills the strip."""
        rates = [segment.rate_ml_per_h for segment in self.model.segments]
        if self.model.plan is not None:
            rates.append(self.model.plan.rate_ml_per_h)
        highest = max([*rates, 1.0])
        return self.height() - (self.height() - RATE_TOP_PX) * rate_ml_per_h / highest


class EffectsStrip(Strip):
    """Effects as bars with one to three blocks at each change of severity."""

    def lanes(self) -> list[int]:
        """Return the lane of each effect, counted from the top; bars and words of one lane never touch."""
        ends: list[float] = []
        lanes = []
        for effect in self.model.effects:
            left, right = self._extent(effect)
            free = [lane for lane, end in enumerate(ends) if end <= left]
            if free:
                lane = free[0]
                ends[lane] = right
            else:
                lane = len(ends)
                ends.append(right)
            lanes.append(lane)
        return lanes

    def draw(self, painter: QPainter) -> None:
        """Draw each effect in its lane; what has no lane is counted at the right end."""
        lanes = self.lanes()
        most = max(LEAST_LANES, min(MOST_LANES, self.height() // px(LANE_LEAST_PX)))
        count = min(most, max(LEAST_LANES, max(lanes, default=0) + 1))
        lane_px = self.height() / count
        painter.setPen(QPen(QColor(self.theme.grid), 1))
        for lane in range(1, count):
            y = sharp(lane * lane_px)
            painter.drawLine(QLineF(0, y, self.width(), y))
        for effect, lane in zip(self.model.effects, lanes, strict=True):
            if lane < count:
                self._draw_effect(painter, effect, top=lane * lane_px, height=lane_px)
        unseen = sum(lane >= count for lane in lanes)
        if unseen:
            pairs = zip(self.model.effects, lanes, strict=True)
            lowest = [effect for effect, lane in pairs if lane == count - 1]
            self._draw_count(painter, words.more_effects(unseen), lowest, middle=self.height() - lane_px / 2)

    def _draw_count(self, painter: QPainter, text: str, lane: list[Effect], *, middle: float) -> None:
        """Write how many have no lane: at the right end of the lowest, or before its first effect."""
        face = font(Size.NOTE, Weight.BOLD)
        width = QFontMetricsF(face).horizontalAdvance(text)
        extents = [self._extent(effect) for effect in lane]
        is_right = max(right for _, right in extents) + width + TEXT_OFF_PX <= self.width()
        draw_text(
            painter,
            x=self.width() - TEXT_OFF_PX if is_right else min(left for left, _ in extents) - TEXT_OFF_PX,
            middle=middle,
            text=text,
            face=face,
            ink=self.theme.text,
            align=Qt.AlignmentFlag.AlignRight,
        )

    def _extent(self, effect: Effect) -> tuple[float, float]:
        left = self.time.x_px(effect.steps[0].minute)
        end = self.time.x_px(self.model.until(effect.end_minute))
        words_left, width = self.words_at(effect)
        return min(left, words_left - TEXT_OFF_PX), max(end, words_left + width) + TEXT_OFF_PX

    def words_at(self, effect: Effect) -> tuple[float, float]:
        """Return where an effect's words begin and their width: after its bar, inside it, or before it."""
        bar_end = min(self.time.x_px(self.model.until(effect.end_minute)), self.width())
        newest = effect.steps[-1]
        blocks_end = severity_end_px(self.time.x_px(newest.minute), newest.severity)
        width = QFontMetricsF(font(Size.NOTE)).horizontalAdvance(effect.text)
        after = self.clear_of_now(max(bar_end, blocks_end) + TEXT_OFF_PX, width)
        if after + width <= self.width():
            return after, width
        inside = bar_end - TEXT_OFF_PX - width
        if inside >= blocks_end + TEXT_OFF_PX:
            return inside, width
        return self.time.x_px(effect.steps[0].minute) - TEXT_OFF_PX - width, width

    def _draw_effect(self, painter: QPainter, effect: Effect, *, top: float, height: float) -> None:
        theme = self.theme
        left = self.time.x_px(effect.steps[0].minute)
        right = self.time.x_px(self.model.until(effect.end_minute))
        bar = QRectF(sharp(left), top + 3.5, max(4.0, right - left), height - 6)
        painter.setPen(QPen(QColor(theme.edge), 1))
        painter.setBrush(QColor(theme.bands[Level.WATCH].tint))
        painter.drawRect(bar)
        middle = bar.center().y()
        for at, step in enumerate(effect.steps):
            x = sharp(self.time.x_px(step.minute))
            if at:
                painter.setPen(QPen(QColor(theme.edge), 1))
                painter.drawLine(QLineF(x, bar.top(), x, bar.bottom()))
            draw_severity(painter, at=x, middle=middle, severity=step.severity, ink=theme.text)
        draw_text(
            painter,
            x=self.words_at(effect)[0],
            middle=middle,
            text=effect.text,
            face=font(Size.NOTE),
            ink=theme.text,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """An event's marker, or that of several at one place, and what stands beside it."""

    x: float
    text: str
    place: Placed


class EventsStrip(Strip):
    """Events as markers with words on two rows; crowded, their numbers in the list of events instead."""

    def written(self) -> list[Written]:
        """Return each marker with its words, or with numbers once the words of all do not fit.

        Markers at one place share one, "3-5"; a number without room leaves its marker alone.
        """
        events = self.model.events
        xs = [self.time.x_px(event.minute) for event in events]
        texts = [event.text for event in events]
        placed = self._place(xs, texts, TEXT_OFF_PX, drops=False)
        if placed is None:
            groups = clusters(xs, least_px=SAME_PLACE_PX)
            xs, texts = [xs[group.start] for group in groups], [numbers_of(group) for group in groups]
            placed = self._place(xs, texts, NUMBER_GAP_PX, drops=True) or []
        rows = zip(xs, texts, placed, strict=True)
        return [Written(x=x, text=text, place=place) for x, text, place in rows]

    def draw(self, painter: QPainter) -> None:
        """Draw markers and words."""
        row_px = self.height() / 2
        for one in self.written():
            middle = row_px * (one.place.row + 0.5) + (1 - 2 * one.place.row)
            draw_marker(painter, x=one.x, y=middle, ink=self.theme.text)
            if one.place.hand is None:
                continue
            is_right = one.place.hand is Hand.RIGHT
            draw_text(
                painter,
                x=one.x + TEXT_OFF_PX if is_right else one.x - TEXT_OFF_PX,
                middle=middle,
                text=one.text,
                face=font(Size.NOTE),
                ink=self.theme.text,
                align=Qt.AlignmentFlag.AlignLeft if is_right else Qt.AlignmentFlag.AlignRight,
            )

    def _place(self, xs: list[float], texts: list[str], gap_px: float, *, drops: bool) -> list[Placed] | None:
        model = self.model
        advance = QFontMetricsF(font(Size.NOTE)).horizontalAdvance
        walls = [mark.minute for mark in (model.now, model.stop) if mark is not None]
        return place_in_rows(
            anchors_px=xs,
            widths_px=[advance(text) for text in texts],
            rows=2,
            width_px=self.width(),
            gap_px=gap_px,
            walls_px=tuple(self.time.x_px(minute) for minute in walls),
            drops_what_has_no_room=drops,
        )


def numbers_of(group: range) -> str:
    """Write places in the list of events, counted from 1: "3", or "3-5" for several."""
    first, last = group.start + 1, group.stop
    return str(first) if first == last else f"{first}\N{EN DASH}{last}"


class AlertnessStrip(Strip):
    """MOAA/S values as numbers at their minutes; crowded, the lowest as numbers and the others as dots."""

    def draw(self, painter: QPainter) -> None:
        """Draw the numbers, each on a plate so that no line runs through it."""
        values = self.model.alertness
        xs = [self.time.x_px(one.minute) for one in values]
        written = thinned(xs, [one.moaa_s for one in values], least_px=px(NUMBER_PX))
        face, middle, half = font(Size.BODY, Weight.BOLD), self.height() / 2, px(NUMBER_PX) / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.text))
        for x in xs:
            painter.drawEllipse(QRectF(x - DOT_PX / 2, middle - DOT_PX / 2, DOT_PX, DOT_PX))
        for at in written:
            x, text = xs[at], str(values[at].moaa_s)
            plate = QRectF(x - half, 2, 2 * half, self.height() - 4)
            painter.fillRect(plate, QColor(self.theme.background))
            side = Qt.AlignmentFlag.AlignHCenter
            draw_text(painter, x=x, middle=middle, text=text, face=face, ink=self.theme.text, align=side)
