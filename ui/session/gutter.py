"""The latest values beside the chart: large, with change, age and source. Live ones are small and say so."""

from fractions import Fraction

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from monitor.clock import MS_PER_S
from monitor.feed import LiveValue
from monitor.infusion import volume_share
from monitor.standing import standing_flags
from monitor.view import EffectSpan, Reading, SessionView, Standing
from monitor.vitals import Quantity, Vitals
from monitor.wire import Wire
from ui.flag_rows import PRESSURES, RATES, SATURATION, level_beside
from ui.fonts import Size, Weight, box_px, is_stacked, px
from ui.session.bedside import Bedside
from ui.text import chart as chart_words
from ui.text import happened
from ui.text import session_words as words
from ui.text.formats import age, clock, exact_pressure, pressure, whole
from ui.theme import ThemeSwitch
from ui.widgets.labels import Ink, label, set_ink
from ui.widgets.level_mark import LevelMark
from ui.widgets.shapes import Shape, draw_shape
from ui.widgets.themed import ThemedWidget, sharp_painter

WIDTH_PX = 288  # three digits over three in the largest size
# beside the panes and strips of the chart: pressure, rate, saturation, pump, effects and events
BLOCK_PX = (236, 100, 104, 38, 86)
COMPACT_PX = (196, 86, 86, 38, 52)
TIGHT_PX = (196, 76, 76, 34, 38)  # under two flags on a low screen
FULL_HEIGHT_PX = 600
COMPACT_HEIGHT_PX = 490
MOST_EFFECTS = 2
BESIDE_BAR_PX = 12  # to the chart's scroll bar, which large words bring


class _Change(ThemedWidget):
    """A small triangle: up, down, or nothing."""

    def __init__(self, themes: ThemeSwitch) -> None:
        super().__init__(themes)
        self._shape: Shape | None = None
        self.setFixedSize(px(12), px(12))

    def show_change(self, by: Fraction | None) -> None:
        self._shape = None if not by else Shape.RISE if by > 0 else Shape.FALL
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the triangle."""
        if self._shape is None:
            return
        painter = sharp_painter(self)
        draw_shape(painter, self._shape, QRectF(px(1), px(2), px(9), px(8)), self.theme.text)
        painter.end()


class PressureBlock(QWidget):
    """The one pressure that matters, against baseline and the set before."""

    def __init__(self, themes: ThemeSwitch) -> None:
        super().__init__()
        self.value = label(size=Size.PRESSURE, weight=Weight.BOLD)
        self.mark = LevelMark(themes, is_upright=True)
        self._arrow = _Change(themes)
        self._change = label(size=Size.TITLE, weight=Weight.BOLD)
        self._base = label(ink=Ink.SECOND)
        self._was = label(words.was(), ink=Ink.SECOND)
        self._before = label(size=Size.TITLE)
        self._before_at = label(ink=Ink.SECOND)
        self._mean_caption = label(words.mean(), ink=Ink.SECOND)
        self._mean = label(size=Size.TITLE, ink=Ink.MAP)
        self._mean_source = label(ink=Ink.SECOND)
        self.age = label(weight=Weight.BOLD)
        self.source = label(size=Size.NOTE, ink=Ink.SECOND)
        self.source.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(_line(self.value, self.mark, spacing=0))
        column.addLayout(_line(self._arrow, self._change, self._base))
        column.addSpacing(8)
        column.addLayout(_line(self._was, self._before, self._before_at))
        column.addLayout(_line(self._mean_caption, self._mean, self._mean_source))
        column.addSpacing(8)
        column.addWidget(self.age)
        column.addWidget(self.source)
        column.addStretch(1)

    def show_sets(self, bedside: Bedside, view: SessionView, *, is_old: bool) -> None:
        """Show the newest charted set; grey once it is older than the schedule wants."""
        charted = view.charted
        last = charted[-1] if charted else None
        before = charted[-2] if len(charted) > 1 else None
        vitals = Vitals() if last is None else last.vitals
        self.value.setText(pressure(vitals.systolic_mmhg, vitals.diastolic_mmhg))
        set_ink(self.value, Ink.SECOND if is_old or last is None else Ink.MAIN)
        self._show_change(view, vitals)
        for part in (self._was, self._before, self._before_at):
            part.setVisible(before is not None)
        if before is not None:
            self._before.setText(pressure(before.vitals.systolic_mmhg, before.vitals.diastolic_mmhg))
            self._before_at.setText(words.was_at("", happened.taken_at(before.entry))[2])
        mean = vitals.mean_pressure()
        self._mean.setText("" if mean is None else str(round(mean.mmhg)))
        source = "" if mean is None else words.measured() if mean.is_measured else words.calculated()
        self._mean_source.setText(source)
        self._mean_caption.setVisible(mean is not None)
        self.age.setText(words.no_pressure() if last is None else age(bedside.age_s(view, last.at_ms)))
        self.source.setText(
            "" if last is None else f"{happened.taken_at(last.entry)} {happened.source(last)}"
        )

    def _show_change(self, view: SessionView, vitals: Vitals) -> None:
        systolic, diastolic = (
            view.baseline_values.get(Quantity.SYSTOLIC),
            view.baseline_values.get(Quantity.DIASTOLIC),
        )
        if (
            systolic is None
            or diastolic is None
            or vitals.systolic_mmhg is None
            or vitals.diastolic_mmhg is None
        ):
            self._arrow.show_change(None)
            self._change.setText("")
            self._base.setText("")
            return
        up = vitals.systolic_mmhg - systolic
        self._arrow.show_change(up)
        self._change.setText(exact_pressure(abs(up), abs(vitals.diastolic_mmhg - diastolic)))
        self._base.setText(words.from_baseline(exact_pressure(systolic, diastolic)))


class ValueBlock(QWidget):
    """Rate or saturation: charted large, live small."""

    def __init__(self, themes: ThemeSwitch, ink: Ink) -> None:
        super().__init__()
        self._ink = ink
        self.mark = LevelMark(themes)
        self.value = label(size=Size.VALUE, weight=Weight.BOLD, ink=ink)
        self._was = label(words.was(), ink=Ink.SECOND)
        self._before = label(size=Size.TITLE)
        self.source = label(size=Size.NOTE, ink=Ink.SECOND)
        self.source.setWordWrap(is_stacked())
        self.live = label(size=Size.NOTE, weight=Weight.BOLD, ink=ink)
        self.live_age = label(size=Size.NOTE, ink=Ink.SECOND)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(_line(self.value, self.mark, self._was, self._before))
        column.addWidget(self.source)
        column.addLayout(_line(self.live, self.live_age, spacing=4))
        column.addStretch(1)

    def show_values(
        self, bedside: Bedside, view: SessionView, values: list[tuple[Reading, int]], live: LiveValue | None
    ) -> None:
        """Show the newest of `values`, the one before, and the live one."""
        last = values[-1] if values else None
        self.value.setText(whole(None if last is None else last[1]))
        is_newest = last is not None and bool(view.charted) and last[0].at_ms >= view.charted[-1].at_ms
        set_ink(self.value, self._ink if is_newest else Ink.SECOND)
        for part in (self._was, self._before):
            part.setVisible(len(values) > 1)
        self._before.setText(str(values[-2][1]) if len(values) > 1 else "")
        self.source.setText("" if last is None else _taken(bedside, view, last[0]))
        is_live = live is not None and live.value is not None
        self.live.setVisible(is_live)
        self.live_age.setVisible(is_live)
        if live is not None and live.value is not None:
            since_s = (bedside.controller.now().utc_ms - live.measured_at_ms) / MS_PER_S
            self.live.setText(words.live(live.value))
            self.live_age.setText(words.live_age(age(since_s)))


class Gutter(QWidget):
    """All latest values in the order of the panes beside them."""

    def __init__(self, themes: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pressure = PressureBlock(themes)
        self.rate = ValueBlock(themes, Ink.HEART_RATE)
        self.saturation = ValueBlock(themes, Ink.SPO2)
        self._pump = label(weight=Weight.BOLD)
        self._share = label(size=Size.NOTE, ink=Ink.SECOND)
        self._effects = label(weight=Weight.BOLD)
        self._effect_list = label(size=Size.NOTE, ink=Ink.SECOND)
        self._effect_list.setWordWrap(True)
        self._alertness = label(weight=Weight.BOLD)
        self._alertness_note = label(size=Size.NOTE, ink=Ink.SECOND)
        self.setFixedWidth(_width_px())
        column = QVBoxLayout(self)
        column.setContentsMargins(BESIDE_BAR_PX if is_stacked() else 0, 0, 8, 0)
        column.setSpacing(0)
        pump, effects = _box(self._pump, self._share), _box(self._effects, self._effect_list)
        self._blocks = (self.pressure, self.rate, self.saturation, pump, effects)
        for block in self._blocks:
            column.addWidget(block)
        column.addLayout(_line(self._alertness, self._alertness_note))
        column.addStretch(1)

    def minimumSizeHint(self) -> QSize:
        """Never make the window taller than it is; large words scroll."""
        return QSize(_width_px(), super().minimumSizeHint().height() if is_stacked() else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand beside the panes, closer together where the window is low and taller where it is high."""
        super().resizeEvent(event)
        if is_stacked():
            return  # as tall as its words, and scrolls
        over_px = self.height() - FULL_HEIGHT_PX
        low = COMPACT_PX if self.height() >= COMPACT_HEIGHT_PX else TIGHT_PX
        heights = BLOCK_PX if over_px >= 0 else low
        for block, height_px in zip(self._blocks, heights, strict=True):
            is_first = block is self._blocks[0]
            block.setFixedHeight(height_px + max(0, over_px) if is_first else height_px)

    def show_session(self, bedside: Bedside, view: SessionView, *, is_old: bool) -> None:
        """Show everything as of now."""
        wire = bedside.controller.clinic.wire(view.chair)
        flags = standing_flags(view, bedside.now_ms(view))
        self.pressure.show_sets(bedside, view, is_old=is_old)
        charted = [each for each in view.readings if each.standing is Standing.CHARTED]
        rates = [(each, rate) for each in charted if (rate := each.vitals.rate_bpm) is not None]
        oxygen = [(each, spo2) for each in charted if (spo2 := each.vitals.spo2_percent) is not None]
        self.rate.show_values(bedside, view, rates, _live_rate(wire))
        self.saturation.show_values(bedside, view, oxygen, wire.live_value(Quantity.SPO2))
        for block, quantities, shown in (
            (self.pressure, PRESSURES, view.charted),
            (self.rate, RATES, [each for each, _ in rates]),
            (self.saturation, SATURATION, [each for each, _ in oxygen]),
        ):
            block.mark.show_level(level_beside(view, flags, quantities, shown[-1] if shown else None))
        self._show_pump(bedside, view)
        self._show_effects(view)
        self._show_alertness(bedside, view, charted)

    def _show_pump(self, bedside: Bedside, view: SessionView) -> None:
        infusion = view.infusion
        if infusion is None:
            self._pump.setText(words.pump_not_started())
            self._share.setText("")
            return
        rate = infusion.spans[-1].rate_ml_per_h
        text = words.pump_now(None if rate is None else happened.decimal(rate))
        self._pump.setText(text if infusion.stopped_ms is None else words.pump_stopped())
        share = volume_share(infusion, bedside.now_ms(view))
        self._share.setText(words.plan_share(int(share * 100)))

    def _show_effects(self, view: SessionView) -> None:
        standing = [span for span in view.effects if span.until_ms is None]
        self._effects.setText(words.effects_open(len(standing)) if standing else "")
        lines = [
            words.effect_since(happened.effect(span.effect), clock(view.wall(_since_ms(view, span))))
            for span in standing
        ]
        listed = lines if len(lines) <= MOST_EFFECTS else [*lines[: MOST_EFFECTS - 1], _more(lines)]
        self._effect_list.setText(", ".join(listed))
        self._effects.setVisible(bool(standing))
        self._effect_list.setVisible(bool(standing))

    def _show_alertness(self, bedside: Bedside, view: SessionView, charted: list[Reading]) -> None:
        scored = [each for each in charted if each.vitals.moaa_s is not None]
        self._alertness.setText(str(scored[-1].vitals.moaa_s) if scored else "")
        self._alertness_note.setText(_taken(bedside, view, scored[-1]) if scored else "")


def _width_px() -> int:
    return box_px(WIDTH_PX) + (BESIDE_BAR_PX if is_stacked() else 0)


def _more(lines: list[str]) -> str:
    """Count the effects that the list has no room for; the chart's strip shows each."""
    return chart_words.more_effects(len(lines) - MOST_EFFECTS + 1)


def _live_rate(wire: Wire) -> LiveValue | None:
    return wire.live_value(Quantity.HEART_RATE) or wire.live_value(Quantity.PULSE_RATE)


def _taken(bedside: Bedside, view: SessionView, reading: Reading) -> str:
    since = age(bedside.age_s(view, reading.at_ms))
    return words.taken(
        happened.taken_at(reading.entry), since, words.short_source(is_monitor=reading.is_monitor)
    )


def _since_ms(view: SessionView, span: EffectSpan) -> int:
    """Return when an effect began, whatever its severity was then."""
    earlier = [each for each in view.effects if each.effect == span.effect and each.from_ms <= span.from_ms]
    return next(each.from_ms for each in reversed(earlier) if not each.is_continued)


def _box(*parts: QLabel) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for part in parts:
        column.addWidget(part)
    column.addStretch(1)
    return box


def _line(*parts: QLabel | QWidget, spacing: int = 10) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(spacing)
    for part in parts:
        row.addWidget(part)
    row.addStretch(1)
    return row
