"""The chart shows each value at its own pixel in every pane, in every theme, and says what it shows."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from monitor.policy import Level
from tests.ui.chart_example import example_model, pressures
from tests.ui.pictures import colours, picture
from ui.chart.captions import gap_captions
from ui.chart.glyphs import severity_end_px
from ui.chart.limit_words import limit_words
from ui.chart.mini_chart import MiniChart
from ui.chart.pane import Pane, charted_line
from ui.chart.scale import TimeScale
from ui.chart.series import (
    Alertness,
    ChartModel,
    Effect,
    EventMark,
    Gap,
    MarkStyle,
    Point,
    PressureMark,
    SeverityStep,
    TimeMark,
    Trend,
)
from ui.chart.session_chart import PLOT_LEFT_PX, SessionChart
from ui.chart.strips import EffectsStrip, EventsStrip
from ui.fonts import Size, font
from ui.theme import DARK, DIM, LIGHT, Theme, ThemeSwitch

WIDTH, HEIGHT = 1172, 616


@pytest.fixture
def chart(qtbot: QtBot, themes: ThemeSwitch) -> SessionChart:
    made = SessionChart(themes)
    qtbot.addWidget(made)
    made.resize(WIDTH, HEIGHT)
    made.set_model(example_model())
    made.show()
    return made


def pane_origin(pane: Pane) -> tuple[int, int]:
    return pane.x(), pane.y()


def panes(chart: SessionChart) -> list[Pane]:
    return [chart.pressure_pane, chart.rate_pane, chart.saturation_pane]


def test_the_layout_is_the_designed_one(chart: SessionChart) -> None:
    assert chart.sizeHint().height() == HEIGHT
    frames = [(round(p.y() + p.value.top_px), round(p.value.height_px)) for p in panes(chart)]
    assert frames == [(20, 216), (264, 72), (364, 68)]
    assert [(s.y(), s.height()) for s in chart.strips] == [(440, 32), (476, 44), (524, 40), (568, 24)]
    assert {(s.x(), s.width()) for s in chart.strips} == {(96, 1060)}
    assert {(p.x(), p.width()) for p in panes(chart)} == {(96, 1060)}


@pytest.mark.parametrize("width", [640, 1172, 1501])
@pytest.mark.parametrize("minute", [-10.0, 0.0, 12.0, 75.0])
def test_a_minute_has_one_pixel_column_in_curves_marks_strips_and_axis(
    chart: SessionChart, width: int, minute: float
) -> None:
    chart.resize(width, HEIGHT)
    tick_x = PLOT_LEFT_PX + chart.time.x_px(minute)
    for pane in panes(chart):
        low = pane.value.low
        curve = pane.box.mapFromViewToItem(pane.box, QPointF(minute, low))
        scene = pane.box.mapViewToScene(QPointF(minute, low))
        assert curve.x() == pytest.approx(scene.x(), abs=0.01)
        assert pane.x() + scene.x() == pytest.approx(tick_x, abs=0.5)
        assert pane.x() + pane.time.x_px(minute) == pytest.approx(tick_x, abs=0.01)
    for strip in chart.strips:
        assert strip.x() + strip.time.x_px(minute) == pytest.approx(tick_x, abs=0.01)


def test_a_value_has_the_pixel_of_its_tick_in_every_pane(chart: SessionChart) -> None:
    for pane in panes(chart):
        for tick in pane.value.ticks():
            scene = pane.box.mapViewToScene(QPointF(0, tick))
            assert scene.y() == pytest.approx(pane.value.y_px(tick), abs=0.5)


def test_a_drawn_mark_lies_on_the_drawn_line_of_its_value(chart: SessionChart) -> None:
    mark = PressureMark(minute=30, systolic_mmhg=160, diastolic_mmhg=80)
    empty = ChartModel()
    chart.set_model(empty)
    bare = picture(chart)
    chart.set_model(replace(empty, pressures=(mark,)))
    drawn = picture(chart)
    x = PLOT_LEFT_PX + round(chart.time.x_px(30))
    changed = [y for y in range(20, 237) if drawn.pixelColor(x, y) != bare.pixelColor(x, y)]
    frame_top = chart.pressure_pane.y()
    top = frame_top + chart.pressure_pane.value.y_px(160)
    bottom = frame_top + chart.pressure_pane.value.y_px(80)
    assert abs(changed[0] - top) <= 1
    assert abs(changed[-1] + 1 - bottom) <= 1
    grid_row = [
        y for y in range(int(top) - 2, int(top) + 3) if bare.pixelColor(x + 20, y) == QColor(LIGHT.grid)
    ]
    assert abs(grid_row[0] - changed[0]) <= 1


@pytest.mark.parametrize("is_rate", [True, False])
def test_a_drawn_curve_lies_on_the_drawn_line_of_its_value(chart: SessionChart, *, is_rate: bool) -> None:
    value = 80 if is_rate else 90
    points = (Point(minute=20, value=value), Point(minute=40, value=value))
    chart.set_model(ChartModel())
    bare = picture(chart)
    chart.set_model(ChartModel(rates=points) if is_rate else ChartModel(saturations=points))
    drawn = picture(chart)
    pane = chart.rate_pane if is_rate else chart.saturation_pane
    x = PLOT_LEFT_PX + round(chart.time.x_px(32))
    rows = range(pane.y(), pane.y() + pane.height())
    changed = [y for y in rows if drawn.pixelColor(x, y) != bare.pixelColor(x, y)]
    expected = pane.y() + pane.value.y_px(value)
    assert changed
    assert abs((changed[0] + changed[-1] + 1) / 2 - expected) <= 1


def test_a_mark_at_the_top_of_the_scale_is_not_cut(chart: SessionChart) -> None:
    chart.set_model(ChartModel(saturations=(Point(minute=20, value=100),)))
    image = picture(chart)
    x = PLOT_LEFT_PX + round(chart.time.x_px(20))
    pane = chart.saturation_pane
    rows = range(pane.y(), pane.y() + 20)
    inked = [y for y in rows if image.pixelColor(x, y) == QColor(LIGHT.spo2)]
    assert len(inked) == 8


@pytest.mark.parametrize("theme", [DARK, DIM], ids=lambda t: t.name.value)
def test_a_live_switch_leaves_no_pixel_of_the_old_theme(
    chart: SessionChart, themes: ThemeSwitch, theme: Theme
) -> None:
    old = {LIGHT.background, LIGHT.grid, LIGHT.heart_rate, LIGHT.spo2, LIGHT.panel, LIGHT.edge, LIGHT.focus}
    old |= {band.tint for band in LIGHT.bands.values()} | {band.line for band in LIGHT.bands.values()}
    old_names = {colour.lower() for colour in old}
    assert colours(chart) & old_names
    themes.switch_to(theme)
    after = colours(chart)
    assert not after & old_names
    for colour in (theme.heart_rate, theme.spo2, theme.pressure, theme.focus, theme.background):
        assert colour.lower() in after


def test_a_switch_after_a_chart_was_closed_troubles_nobody(qtbot: QtBot, themes: ThemeSwitch) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    closed = SessionChart(themes, parent=page)
    kept = SessionChart(themes, parent=page)
    kept.set_model(example_model())
    kept.resize(WIDTH, HEIGHT)
    with qtbot.waitSignal(closed.destroyed):
        closed.deleteLater()
    themes.switch_to(DARK)
    assert DARK.heart_rate.lower() in colours(kept)


def test_nothing_inside_the_chart_takes_focus_or_the_mouse(chart: SessionChart) -> None:
    children = chart.findChildren(QWidget)
    assert [child for child in children if child.focusPolicy() != Qt.FocusPolicy.NoFocus] == []
    assert chart.focusPolicy() is Qt.FocusPolicy.TabFocus
    assert chart.accessibleName() == "Session chart"
    state = chart.rate_pane.box.viewRange()
    QTest.mousePress(chart.rate_pane, Qt.MouseButton.LeftButton)
    QTest.mouseRelease(chart.rate_pane, Qt.MouseButton.LeftButton)
    assert chart.rate_pane.box.viewRange() == state


def test_a_screen_reader_hears_the_peak_of_what_was_charted(chart: SessionChart) -> None:
    assert chart.accessibleDescription() == chart.summary == "6 readings, peak 184/108 at +12 min"
    captured = PressureMark(minute=20, systolic_mmhg=210, diastolic_mmhg=120, style=MarkStyle.CAPTURED)
    chart.set_model(ChartModel(pressures=(*pressures(), captured)))
    assert "184/108" in chart.summary
    chart.set_model(ChartModel())
    assert chart.summary == "No readings yet"
    chart.set_model(ChartModel(pressures=pressures()[:1]))
    assert chart.summary.startswith("1 reading, 126/80")


def test_the_cursor_walks_through_the_moments_and_stops_at_both_ends(
    qtbot: QtBot, chart: SessionChart
) -> None:
    heard: list[str] = []
    chart.readout_changed.connect(heard.append)
    shift = Qt.KeyboardModifier.ShiftModifier
    for _ in range(8):
        QTest.keyClick(chart, Qt.Key.Key_Left, shift)
    assert heard[0].startswith("140/88")
    assert heard[-1].startswith("126/80")
    assert chart.cursor_minute == -8
    with qtbot.waitSignal(chart.readout_changed) as signal:
        QTest.keyClick(chart, Qt.Key.Key_Right, shift)
    assert signal.args == ["122/76, 69, 98"]
    QTest.keyClick(chart, Qt.Key.Key_Escape)
    assert chart.cursor_minute is None


def test_the_cursor_stays_at_its_minute_when_a_new_reading_comes(chart: SessionChart) -> None:
    chart.move_cursor(1)
    before = chart.cursor_minute
    chart.set_model(example_model())
    assert chart.cursor_minute == before
    chart.set_model(ChartModel())
    assert chart.cursor_minute is None
    chart.move_cursor(1)
    assert chart.cursor_minute is None


def test_no_charted_line_crosses_time_without_data() -> None:
    points = tuple(Point(minute=minute, value=80) for minute in (0, 5, 12))
    minutes, values = charted_line(points, ((6, 9),))
    assert minutes[:2] == [0, 5]
    assert values[2] != values[2]
    assert len(minutes) == 4
    assert len(charted_line(points, ((10, math.inf),))[0]) == 4
    assert charted_line(points, ((-5, 0),))[0] == [0, 5, 12]


def test_a_pane_is_hatched_only_where_no_monitor_told_its_values(chart: SessionChart) -> None:
    minutes = tuple(index / 10 for index in range(121))
    model = ChartModel(
        gaps=(Gap(start_minute=6, end_minute=9, text=""),),
        rate_trend=Trend(minutes=minutes, values=(72.0,) * 70 + (math.nan,) * 20 + (72.0,) * 31),
        saturation_trend=Trend(minutes=minutes, values=(98.0,) * 121),
    )
    chart.set_model(model)
    assert chart.saturation_pane.untold == ()
    ((start, end),) = chart.rate_pane.untold
    assert (start, end) == pytest.approx((7, 9))


@pytest.mark.parametrize("style", [MarkStyle.CAPTURED, MarkStyle.REJECTED, MarkStyle.LATE])
def test_only_charted_points_are_joined(style: MarkStyle) -> None:
    points = (Point(minute=0, value=80), Point(minute=5, value=120, style=style), Point(minute=10, value=82))
    assert charted_line(points, ()) == ([0, 10], [80.0, 82.0])


@pytest.mark.parametrize("width", [700, 900, 1172])
def test_pressure_labels_cover_no_mark_and_no_other_label(chart: SessionChart, width: int) -> None:
    chart.resize(width, HEIGHT)
    pane = chart.pressure_pane
    boxes = [label.box for label in pane.labels.values()]
    assert len(boxes) == 2
    bars = [pane.label_places().bar(mark) for mark in pane.model.pressures]
    for at, box in enumerate(boxes):
        assert not any(box.overlaps(bar) for bar in bars)
        assert not any(box.overlaps(other) for other in boxes[at + 1 :])


def test_an_axis_that_left_its_range_says_so(chart: SessionChart) -> None:
    before = picture(chart)
    high = PressureMark(minute=30, systolic_mmhg=251, diastolic_mmhg=120)
    chart.set_model(ChartModel(pressures=(high,)))
    assert chart.pressure_pane.value.is_rescaled
    assert chart.pressure_pane.value.high == 260
    assert picture(chart) != before


def events(*minutes: float, text: str = "Cuff moved") -> ChartModel:
    return ChartModel(events=tuple(EventMark(minute=minute, text=text) for minute in minutes))


def test_crowded_events_become_numbers(qtbot: QtBot, themes: ThemeSwitch) -> None:
    strip = EventsStrip(themes, height_px=40)
    qtbot.addWidget(strip)
    strip.resize(1060, 40)
    strip.set_model(events(4, 20, 40))
    assert [one.text for one in strip.written()] == ["Cuff moved"] * 3
    strip.set_model(events(*(4 + at * 1.4 for at in range(12))))
    assert [one.text for one in strip.written()] == [str(at + 1) for at in range(12)]


def test_drugs_of_one_minute_share_a_marker_that_counts_them(qtbot: QtBot, themes: ThemeSwitch) -> None:
    strip = EventsStrip(themes, height_px=40)
    qtbot.addWidget(strip)
    strip.resize(1060, 40)
    strip.set_model(events(2.0, *([4.0] * 6), 40.0))
    assert [one.text for one in strip.written()] == ["1", "2\N{EN DASH}7", "8"]
    assert all(one.place.hand is not None for one in strip.written())


def test_a_crowd_of_events_keeps_every_marker(qtbot: QtBot, themes: ThemeSwitch) -> None:
    strip = EventsStrip(themes, height_px=40)
    qtbot.addWidget(strip)
    strip.resize(1060, 40)
    strip.set_model(events(*(4 + at * 0.7 for at in range(60))))
    written = strip.written()
    assert len(written) == 60
    assert any(one.place.hand is not None for one in written)


def effect(start: float, end: float | None, text: str = "Nausea, mild") -> Effect:
    return Effect(steps=(SeverityStep(minute=start, severity=1),), end_minute=end, text=text)


def test_effects_at_the_same_time_have_lanes_of_their_own(qtbot: QtBot, themes: ThemeSwitch) -> None:
    strip = EffectsStrip(themes, height_px=44)
    qtbot.addWidget(strip)
    strip.resize(1060, 44)
    now = TimeMark(minute=60, text="now")
    together = ChartModel(effects=(effect(5, 20), effect(6, 20), effect(7, 20)), now=now)
    strip.set_model(together)
    assert strip.lanes() == [0, 1, 2]
    strip.set_model(ChartModel(effects=(effect(5, 10), effect(40, 50)), now=now))
    assert strip.lanes() == [0, 0]


@pytest.mark.parametrize("now", [23.0, 60.0, 68.0, 97.0])
@pytest.mark.parametrize("end", [12.0, 20.0, None])
def test_words_of_an_effect_stay_in_the_strip_and_off_the_line_of_now(
    qtbot: QtBot, themes: ThemeSwitch, now: float, end: float | None
) -> None:
    strip = EffectsStrip(themes, height_px=44)
    qtbot.addWidget(strip)
    strip.resize(1060, 44)
    one = effect(5, end, "Dissociation, moderate, open")
    strip.set_model(ChartModel(effects=(one,), now=TimeMark(minute=now, text="now")))
    left, width = strip.words_at(one)
    line = strip.time.x_px(now)
    assert left >= 0
    assert left + width <= 1060
    assert not left < line < left + width


@pytest.mark.parametrize("severity", [1, 2, 3])
@pytest.mark.parametrize(
    ("start", "now"), [(20.0, 20.1), (20.0, 21.5), (70.0, 70.1), (74.0, 74.5), (60.0, 74.0)]
)
def test_words_of_an_effect_touch_no_block_of_its_severity(
    qtbot: QtBot, themes: ThemeSwitch, start: float, now: float, severity: int
) -> None:
    strip = EffectsStrip(themes, height_px=44)
    qtbot.addWidget(strip)
    strip.resize(1060, 44)
    steps = (SeverityStep(minute=start, severity=severity),)
    one = Effect(steps=steps, end_minute=None, text="Dissociation, severe, open")
    strip.set_model(ChartModel(effects=(one,), now=TimeMark(minute=now, text="now")))
    left, width = strip.words_at(one)
    blocks = strip.time.x_px(start), severity_end_px(strip.time.x_px(start), severity)
    assert left >= blocks[1] + 4 or left + width <= blocks[0] - 4


def test_more_effects_than_lanes_are_counted_in_sight(qtbot: QtBot, themes: ThemeSwitch) -> None:
    strip = EffectsStrip(themes, height_px=44)
    qtbot.addWidget(strip)
    strip.resize(1060, 44)
    three = tuple(effect(5 + at, 20) for at in range(3))
    strip.set_model(ChartModel(effects=three))
    before = picture(strip)
    strip.set_model(ChartModel(effects=(*three, effect(9, 20))))
    after = picture(strip)
    right = [(x, y) for x in range(960, 1055) for y in range(30, 43)]
    assert any(before.pixelColor(x, y) != after.pixelColor(x, y) for x, y in right)


@pytest.mark.parametrize("theme", [LIGHT, DARK, DIM], ids=lambda t: t.name.value)
def test_the_small_chart_draws_every_pressure(qtbot: QtBot, themes: ThemeSwitch, theme: Theme) -> None:
    themes.switch_to(theme)
    small = MiniChart(themes)
    qtbot.addWidget(small)
    small.resize(426, 100)
    small.set_model(ChartModel())
    bare = picture(small)
    small.set_model(ChartModel(pressures=pressures()))
    drawn = picture(small)
    for mark in pressures():
        x = int(small.time.x_px(mark.minute))
        middle = int(small.value.y_px((mark.systolic_mmhg + mark.diastolic_mmhg) / 2))
        near = [(x + dx, middle) for dx in (-1, 0, 1)]
        assert any(drawn.pixelColor(*at) != bare.pixelColor(*at) for at in near)


def test_an_empty_chart_still_shows_its_ground(chart: SessionChart) -> None:
    chart.set_model(ChartModel(alertness=(Alertness(minute=0, moaa_s=5),), is_started=False))
    image = picture(chart)
    assert image.pixelColor(PLOT_LEFT_PX + 500, 30) != QColor()
    assert image.pixelColor(PLOT_LEFT_PX, 100) == QColor(LIGHT.grid)


def low(chart: SessionChart, height_px: int) -> None:
    chart.fit_height(height_px)
    chart.resize(WIDTH, chart.sizeHint().height())


@pytest.mark.parametrize("height_px", [440, 470, 520, 616, 760])
def test_the_chart_stands_in_the_height_that_a_window_leaves(chart: SessionChart, height_px: int) -> None:
    low(chart, height_px)
    assert chart.sizeHint().height() == height_px
    assert chart.strips[-1].geometry().bottom() < height_px


def test_in_a_low_window_the_others_give_way_before_pressure(chart: SessionChart) -> None:
    low(chart, 520)
    assert chart.pressure_height_px > 150
    assert chart.rate_pane.value.height_px < 72
    low(chart, 616)
    assert (chart.pressure_height_px, chart.rate_pane.value.height_px) == (216, 72)


@pytest.mark.parametrize("height_px", [96, 132, 216, 400])
def test_words_of_limits_cover_none_of_each_other_and_stay_in_the_pane(
    chart: SessionChart, height_px: int
) -> None:
    chart.set_pressure_height(height_px)
    pane = chart.pressure_pane
    words = limit_words(
        pane.model.pressure_limits, pane.model.diastolic_limits, pane.time, pane.value, font(Size.NOTE)
    )
    assert len(words) == 6
    boxes = [word.box for word in words]
    for at, box in enumerate(boxes):
        assert pane.value.top_px - 0.01 <= box.top
        assert box.bottom <= pane.value.bottom_px + 0.01
        assert not any(box.overlaps(other) for other in boxes[at + 1 :])


def crowded_model(count: int) -> ChartModel:
    """As many flagged pressures as an hour of sets a minute and a half apart."""
    marks = tuple(
        PressureMark(
            minute=1.5 * at,
            systolic_mmhg=150 + 10 * (at % 6),
            diastolic_mmhg=90,
            title=f"!! {150 + 10 * (at % 6)}/90",
            note="not confirmed",
            level=Level.NOTIFY,
        )
        for at in range(count)
    )
    return replace(example_model(), pressures=marks, joins=())


@pytest.mark.parametrize("count", [15, 40])
def test_every_flagged_pressure_of_a_crowd_keeps_its_marks_beside_its_own_bar(
    chart: SessionChart, count: int
) -> None:
    chart.set_model(crowded_model(count))
    pane = chart.pressure_pane
    for at, label in pane.labels.items():
        bar = pane.label_places().bar(pane.model.pressures[at])
        assert label.lines[0].text.startswith("!!")
        assert label.box.bottom >= bar.top - 20
        assert label.box.top <= bar.bottom
    assert len(pane.labels) == count


GAP = Gap(
    start_minute=20,
    end_minute=40,
    text="The cable of serial:/dev/ttyUSB0 is gone 10:20 to 10:40",
    times="10:20 to 10:40",
)


@pytest.mark.parametrize("width", [500, 700, 1172])
@pytest.mark.parametrize("starts", [(70,), (0, 20, 60), (60, 64, 68, 72), tuple(range(0, 75, 2))])
def test_captions_of_gaps_stay_in_the_pane_and_apart(width: int, starts: tuple[int, ...]) -> None:
    gaps = tuple(replace(GAP, start_minute=start, end_minute=start + 1) for start in starts)
    time = TimeScale(first_minute=-10, last_minute=75, width_px=width)
    advance = QFontMetricsF(font(Size.NOTE)).horizontalAdvance
    captions = gap_captions(ChartModel(gaps=gaps), time, font(Size.NOTE), left_px=50)
    spans = [(x, x + advance(text)) for x, text in captions]
    assert spans
    assert spans[0][0] >= 50
    assert spans[-1][1] <= width + 0.01
    assert all(one[1] < other[0] for one, other in pairwise(spans))
    counted = captions[-1][1].startswith("+")
    assert len(captions) == len(gaps) or counted


def test_a_caption_with_room_names_its_cause(chart: SessionChart) -> None:
    captions = gap_captions(replace(chart.model, gaps=(GAP,)), chart.time, font(Size.NOTE), left_px=50)
    assert [text for _, text in captions] == [GAP.text]
