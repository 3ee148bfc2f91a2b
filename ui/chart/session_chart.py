"""The session chart: three panes and four strips under one another on one time axis.

Its place in the window: plot from 96 px, right margin 16 px; the gutter with the latest values is the
screen's. Everything it shows comes in one frozen `ChartModel`; it judges nothing.
"""

from dataclasses import dataclass, replace

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QHideEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.chart import axis
from ui.chart.captions import gap_captions
from ui.chart.glyphs import draw_text
from ui.chart.kept_picture import KeptPicture
from ui.chart.pane import OVERHANG_PX, Pane, PointPane
from ui.chart.pressure_pane import PressurePane
from ui.chart.scale import RATE_RANGE, SATURATION_RANGE, TimeScale, time_scale
from ui.chart.series import ChartModel, Trend
from ui.chart.strips import AlertnessStrip, DrugStrip, EffectsStrip, EventsStrip, Strip
from ui.fonts import Size, Weight, box_px, font, is_stacked, px
from ui.text import chart as words
from ui.theme import ThemeSwitch
from ui.widgets.labels import Ink, label
from ui.widgets.themed import ThemedWidget

PLOT_LEFT_PX = 96
PLOT_RIGHT_PX = 16
MARGIN_PX = 16
TITLE_PX = 20
PANE_GAP_PX = 8
STRIP_GAP_PX = 4
AXIS_PX = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Heights:
    """Heights of everything under the pressure pane, which takes what a window leaves."""

    rate_px: int
    saturation_px: int
    drug_px: int
    effects_px: int
    events_px: int
    alertness_px: int


DESIGNED = Heights(rate_px=72, saturation_px=68, drug_px=32, effects_px=44, events_px=40, alertness_px=24)
LOW = Heights(rate_px=50, saturation_px=50, drug_px=28, effects_px=34, events_px=34, alertness_px=20)
LEAST_PRESSURE_PX, WANTED_PRESSURE_PX, MOST_PRESSURE_PX = 96, 150, 400
LEAST_STACKED_PX = 216  # under large words a lower pane holds no label


@dataclass(frozen=True, slots=True, kw_only=True)
class _PanePlace:
    """A pane with its title line and how often its axis is labelled."""

    pane: Pane
    title: QLabel
    unit: QLabel
    height_px: int
    label_step: int


class SessionChart(ThemedWidget):
    """One session's graph. Shift and an arrow move the time cursor; `readout_changed` says what it meets."""

    readout_changed = Signal(str)

    def __init__(
        self, themes: ThemeSwitch, *, pressure_height_px: int = 216, parent: QWidget | None = None
    ) -> None:
        super().__init__(themes, parent)
        self._model = self._still = ChartModel()
        self._cursor: int | None = None
        self._heights = DESIGNED
        self._least_pressure_px = LEAST_STACKED_PX if is_stacked() else LEAST_PRESSURE_PX
        self._picture = KeptPicture()
        self._shown_key: object = None
        self.pressure_pane = PressurePane(themes, height_px=pressure_height_px)
        self.rate_pane = PointPane(themes, value_range=RATE_RANGE, height_px=DESIGNED.rate_px, is_rate=True)
        self.saturation_pane = PointPane(
            themes, value_range=SATURATION_RANGE, height_px=DESIGNED.saturation_px, is_rate=False
        )
        main, rate, oxygen = Ink.MAIN, Ink.HEART_RATE, Ink.SPO2
        self._panes = (
            self._place(
                self.pressure_pane, words.blood_pressure(), words.mmhg(), main, pressure_height_px, 20
            ),
            self._place(self.rate_pane, words.heart_rate(), words.per_minute(), rate, DESIGNED.rate_px, 40),
            self._place(
                self.saturation_pane, words.oxygen(), words.percent(), oxygen, DESIGNED.saturation_px, 5
            ),
        )
        self.strips: tuple[Strip, ...] = (
            DrugStrip(themes, height_px=DESIGNED.drug_px, parent=self),
            EffectsStrip(themes, height_px=DESIGNED.effects_px, parent=self),
            EventsStrip(themes, height_px=DESIGNED.events_px, parent=self),
            AlertnessStrip(themes, height_px=DESIGNED.alertness_px, parent=self),
        )
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(words.chart_name())
        self._show_still()

    @property
    def model(self) -> ChartModel:
        """What is shown."""
        return self._model

    @property
    def time(self) -> TimeScale:
        """Minutes to pixels, from the plot's left edge."""
        return time_scale(self._model, width_px=self._plot_width())

    @property
    def summary(self) -> str:
        """One sentence for a screen reader: how many readings, and the highest charted one."""
        charted = self._model.charted_pressures()
        if not charted:
            return words.chart_summary(readings=0, peak=None)
        top = max(charted, key=lambda mark: mark.systolic_mmhg)
        peak = (top.systolic_mmhg, top.diastolic_mmhg, round(top.minute))
        return words.chart_summary(readings=len(charted), peak=peak)

    def set_model(self, model: ChartModel) -> None:
        """Show `model`; the cursor stays at its minute if that still exists.

        Most often one more second of a live trend is all that is new: then only its curve is drawn again.
        """
        kept, before = self.cursor_minute, self._model
        self._model = model
        still = replace(model, rate_trend=Trend(), saturation_trend=Trend())
        if still != self._still:
            self._still = still
            minutes = [moment.minute for moment in model.moments]
            self._cursor = minutes.index(kept) if kept in minutes else None
            self._show_still()
        if model.rate_trend != before.rate_trend:
            self.rate_pane.set_trend(model.rate_trend)
        if model.saturation_trend != before.saturation_trend:
            self.saturation_pane.set_trend(model.saturation_trend)
        if self._key() != self._shown_key:
            self.update()

    @property
    def cursor_minute(self) -> float | None:
        """Where the time cursor stands, None while it is off."""
        return None if self._cursor is None else self._model.moments[self._cursor].minute

    def move_cursor(self, step: int) -> None:
        """Move the cursor by `step` moments; the first press takes the newest (or, forwards, the oldest)."""
        count = len(self._model.moments)
        if not count:
            return
        start = count if step < 0 else -1
        at = (start if self._cursor is None else self._cursor) + step
        self._cursor = min(count - 1, max(0, at))
        self._show_cursor()
        self.readout_changed.emit(self._model.moments[self._cursor].readout)

    def point_at(self, minute: float) -> None:
        """Put the cursor on the moment at `minute`, or take it away where none stands there."""
        minutes = [moment.minute for moment in self._model.moments]
        if minute not in minutes:
            self.hide_cursor()
            return
        self._cursor = minutes.index(minute)
        self._show_cursor()
        self.readout_changed.emit(self._model.moments[self._cursor].readout)

    def hide_cursor(self) -> None:
        """Take the cursor away."""
        self._cursor = None
        self._show_cursor()
        self.readout_changed.emit("")

    def sizeHint(self) -> QSize:
        """Return the height of everything stacked."""
        return QSize(1172, self._strip_tops()[-1] + self.strips[-1].sizeHint().height() + box_px(AXIS_PX))

    def minimumSizeHint(self) -> QSize:
        """Return a width that still shows the axis."""
        return QSize(480, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the time cursor with Shift and an arrow, hide it with Escape."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.move_cursor(step)
        elif event.key() == Qt.Key.Key_Escape and self._cursor is not None:
            self.hide_cursor()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stack panes and strips."""
        super().resizeEvent(event)
        self._stack_parts()

    @property
    def pressure_height_px(self) -> int:
        """Height of the pressure pane."""
        return self._panes[0].height_px

    def set_pressure_height(self, height_px: int) -> None:
        """Give the pressure pane another height, as the window leaves room."""
        self._set_heights(height_px, self._heights)

    @property
    def least_height_px(self) -> int:
        """The lowest that everything still stands in."""
        return self._height_without_pressure(LOW) + self._least_pressure_px

    def fit_height(self, room_px: int) -> None:
        """Stand in `room_px`: pressure takes what the others leave; where that is little they give way."""
        heights = DESIGNED
        if room_px - self._height_without_pressure(DESIGNED) < WANTED_PRESSURE_PX:
            heights = LOW
        pressure_px = room_px - self._height_without_pressure(heights)
        self._set_heights(min(MOST_PRESSURE_PX, max(self._least_pressure_px, pressure_px)), heights)

    def _height_without_pressure(self, heights: Heights) -> int:
        strips = (heights.drug_px, heights.effects_px, heights.events_px, heights.alertness_px)
        panes_px = heights.rate_px + heights.saturation_px + len(self._panes) * (px(TITLE_PX) + PANE_GAP_PX)
        return panes_px + sum(map(px, strips)) + (len(strips) - 1) * STRIP_GAP_PX + px(AXIS_PX)

    def _set_heights(self, pressure_px: int, heights: Heights) -> None:
        if (pressure_px, heights) == (self._panes[0].height_px, self._heights):
            return
        self._heights = heights
        wanted = (pressure_px, heights.rate_px, heights.saturation_px)
        pressure, rate, saturation = (
            replace(place, height_px=height_px) for place, height_px in zip(self._panes, wanted, strict=True)
        )
        self._panes = (pressure, rate, saturation)
        for place in self._panes:
            place.pane.set_height(place.height_px)
        strips = (heights.drug_px, heights.effects_px, heights.events_px, heights.alertness_px)
        for strip, height_px in zip(self.strips, strips, strict=True):
            strip.set_height(height_px)
        self._stack_parts()
        self.updateGeometry()
        self.update()

    def _stack_parts(self) -> None:
        width = self._plot_width()
        for place, top in zip(self._panes, self._pane_tops(), strict=True):
            place.pane.setGeometry(
                QRect(box_px(PLOT_LEFT_PX), top - OVERHANG_PX, width, place.height_px + 2 * OVERHANG_PX)
            )
            title_width = place.title.sizeHint().width()
            place.title.setGeometry(box_px(PLOT_LEFT_PX), top - px(TITLE_PX) - 1, title_width, px(TITLE_PX))
            unit_left = box_px(PLOT_LEFT_PX) + title_width + 8
            place.unit.setGeometry(unit_left, top - px(TITLE_PX), place.unit.sizeHint().width(), px(TITLE_PX))
        for strip, top in zip(self.strips, self._strip_tops(), strict=True):
            strip.setGeometry(box_px(PLOT_LEFT_PX), top, width, strip.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw axes, legend, strip names and the causes of missing data."""
        painter = QPainter(self)
        self._shown_key = self._key()
        self._picture.draw(painter, self.size(), self._shown_key, self._paint)
        painter.end()

    def hideEvent(self, event: QHideEvent) -> None:
        """Give the picture's memory back while nobody looks."""
        super().hideEvent(event)
        self._picture.drop()

    def _key(self) -> object:
        """Return everything that is written around the panes."""
        scales = tuple(place.pane.value for place in self._panes)
        return (self.theme, self._still.without_readings(), self.time, scales, self._has_trend)

    @property
    def _has_trend(self) -> bool:
        return bool(self._model.rate_trend.minutes or self._model.saturation_trend.minutes)

    def _show_still(self) -> None:
        """Show everything but the live trends."""
        for place in self._panes:
            place.pane.set_model(self._still)
        for strip in self.strips:
            strip.set_model(self._still)
        self._show_cursor()
        self.setAccessibleDescription(self.summary)

    def _paint(self, painter: QPainter) -> None:
        tops = self._pane_tops()
        for place, top in zip(self._panes, tops, strict=True):
            axis.draw_value_ticks(
                painter,
                place.pane.value,
                right=box_px(PLOT_LEFT_PX),
                top=top - OVERHANG_PX,
                label_step=place.label_step,
                theme=self.theme,
            )
            if place.pane.value.is_rescaled:
                x = place.unit.geometry().right() + 12
                self._note(painter, x, top - px(TITLE_PX) / 2, words.rescaled(), weight=Weight.BOLD)
        axis.draw_legend(
            painter,
            left=self._panes[0].unit.geometry().right(),
            right=box_px(PLOT_LEFT_PX) + self._plot_width() - MARGIN_PX,
            middle=tops[0] - px(TITLE_PX) / 2,
            has_trend=self._has_trend,
            theme=self.theme,
        )
        self._draw_causes(painter, tops[2] - px(TITLE_PX) / 2)
        self._draw_strip_names(painter)
        bottom = self._strip_tops()[-1] + self.strips[-1].sizeHint().height()
        axis.draw_minutes(
            painter, self._model, self.time, left=box_px(PLOT_LEFT_PX), top=bottom, theme=self.theme
        )

    def _place(  # noqa: PLR0913, PLR0917 - one row of the table above
        self, pane: Pane, title: str, unit: str, ink: Ink, height_px: int, label_step: int
    ) -> _PanePlace:
        pane.setParent(self)
        heading = label(title, weight=Weight.BOLD, ink=ink, parent=self)
        small = label(unit, size=Size.NOTE, ink=Ink.SECOND, parent=self)
        return _PanePlace(pane=pane, title=heading, unit=small, height_px=height_px, label_step=label_step)

    def _plot_width(self) -> int:
        return max(1, self.width() - box_px(PLOT_LEFT_PX) - PLOT_RIGHT_PX)

    def _pane_tops(self) -> list[int]:
        tops, y = [], 0
        for place in self._panes:
            tops.append(y + px(TITLE_PX))
            y += px(TITLE_PX) + place.height_px + PANE_GAP_PX
        return tops

    def _strip_tops(self) -> list[int]:
        y = self._pane_tops()[-1] + self._panes[-1].height_px + PANE_GAP_PX
        tops = []
        for strip in self.strips:
            tops.append(y)
            y += strip.sizeHint().height() + STRIP_GAP_PX
        return tops

    def _show_cursor(self) -> None:
        for place in self._panes:
            place.pane.set_cursor_minute(self.cursor_minute)
        for strip in self.strips:
            strip.set_cursor_minute(self.cursor_minute)

    def _draw_causes(self, painter: QPainter, middle: float) -> None:
        """Name each gap above the saturation pane."""
        left = box_px(PLOT_LEFT_PX)
        place = self._panes[2]
        free_from = place.unit.geometry().right() + 8.0 - left
        if place.pane.value.is_rescaled:
            advance = QFontMetricsF(font(Size.NOTE, Weight.BOLD)).horizontalAdvance
            free_from += advance(words.rescaled()) + 12
        for x, text in gap_captions(self._model, self.time, font(Size.NOTE), left_px=free_from):
            self._note(painter, left + x, middle, text)

    def _draw_strip_names(self, painter: QPainter) -> None:
        names = (self._model.drug_name or words.pump(), words.effects(), words.events(), words.alertness())
        metrics = QFontMetricsF(font(Size.NOTE, Weight.BOLD))
        room_px = box_px(PLOT_LEFT_PX) - MARGIN_PX - 4
        for strip, full_name in zip(self.strips, names, strict=True):
            name = metrics.elidedText(full_name, Qt.TextElideMode.ElideRight, room_px)
            middle = strip.geometry().center().y() + 1.0
            if strip is self.strips[0]:
                middle -= px(7)
                self._note(painter, MARGIN_PX, middle + px(15), words.ml_per_hour(), is_quiet=True)
            self._note(painter, MARGIN_PX, middle, name, weight=Weight.BOLD)

    def _note(  # noqa: PLR0913 - where, what and how
        self,
        painter: QPainter,
        x: float,
        middle: float,
        text: str,
        *,
        weight: Weight = Weight.REGULAR,
        is_quiet: bool = False,
    ) -> float:
        ink = self.theme.second_text if is_quiet else self.theme.text
        return draw_text(painter, x=x, middle=middle, text=text, face=font(Size.NOTE, weight), ink=ink)
