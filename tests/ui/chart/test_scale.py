"""The one mapping from minutes and values to pixels."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.policy import Level
from ui.chart.scale import (
    PRESSURE_RANGE,
    RATE_RANGE,
    SATURATION_RANGE,
    Band,
    TimeScale,
    ValueRange,
    bands,
    time_scale,
)
from ui.chart.series import ChartModel, EventMark, Limit, PressureMark, TimeMark

RANGES = {"pressure": PRESSURE_RANGE, "rate": RATE_RANGE, "saturation": SATURATION_RANGE}


def at(minute: float) -> ChartModel:
    return ChartModel(now=TimeMark(minute=minute, text="now"))


@pytest.mark.parametrize(
    ("minute", "first", "last"),
    [
        (0, -10, 75),
        (70, -10, 75),
        (70.1, -10, 90),
        (85, -10, 90),
        (200, -10, 210),
        (-8.5, -10, 75),
        (-8.6, -15, 75),
        (-10, -15, 75),
        (-31, -35, 75),
    ],
)
def test_time_grows_by_whole_steps_and_never_cuts_the_present_off(
    minute: float, first: float, last: float
) -> None:
    scale = time_scale(at(minute), width_px=1060)
    assert (scale.first_minute, scale.last_minute) == (first, last)


@given(st.floats(min_value=-120, max_value=600))
def test_whatever_happened_lies_inside_the_axis(minute: float) -> None:
    model = ChartModel(events=(EventMark(minute=minute, text="x"),))
    x = time_scale(model, width_px=1060).x_px(minute)
    assert 0 <= x <= 1060


@given(st.floats(min_value=-60, max_value=300), st.integers(min_value=500, max_value=1500))
def test_a_pressure_at_either_edge_is_whole_and_clear_of_the_limits_words(minute: float, width: int) -> None:
    mark = PressureMark(minute=minute, systolic_mmhg=120, diastolic_mmhg=80)
    scale = time_scale(ChartModel(pressures=(mark,)), width_px=width)
    minute_px = width / (scale.last_minute - scale.first_minute)
    assert scale.x_px(minute) >= minute_px - 1e-6
    assert scale.x_px(minute) <= width * 0.9


def test_the_time_axis_begins_and_ends_at_the_edges() -> None:
    scale = TimeScale(first_minute=-10, last_minute=75, width_px=1060)
    assert scale.x_px(-10) == 0
    assert scale.x_px(75) == 1060
    assert scale.x_px(0) == pytest.approx(1060 * 10 / 85)
    assert scale.ticks(15) == [0, 15, 30, 45, 60, 75]
    assert scale.ticks(5)[:3] == [-10, -5, 0]


@pytest.mark.parametrize(
    ("name", "values", "low", "high", "rescaled"),
    [
        ("pressure", [], 40, 220, False),
        ("pressure", [40, 220], 40, 220, False),
        ("pressure", [221], 40, 240, True),
        ("pressure", [39], 20, 220, True),
        ("pressure", [290, 18], 0, 300, True),
        ("rate", [141], 40, 160, True),
        ("rate", [140], 40, 140, False),
        ("saturation", [84.9], 80, 100, True),
        ("saturation", [45], 45, 100, True),
    ],
)
def test_an_axis_leaves_its_usual_range_only_for_a_value_outside_it(
    name: str, values: list[float], low: int, high: int, *, rescaled: bool
) -> None:
    scale = RANGES[name].scale(values, height_px=216)
    assert (scale.low, scale.high, scale.is_rescaled) == (low, high, rescaled)


@given(st.lists(st.integers(1, 300), max_size=8))
def test_every_value_has_a_pixel_inside_the_pane(values: list[int]) -> None:
    usual = ValueRange(low=40, high=220, step=20)
    scale = usual.scale([float(value) for value in values], height_px=216, top_px=6)
    for value in values:
        assert 6 <= scale.y_px(value) <= 222
    assert scale.y_px(scale.high) == 6
    assert scale.y_px(scale.low) == 222 == scale.bottom_px


@given(st.floats(40, 220), st.floats(40, 220))
def test_a_higher_value_is_drawn_higher(one: float, other: float) -> None:
    scale = PRESSURE_RANGE.scale([], height_px=216)
    lower, higher = sorted((one, other))
    assert scale.y_px(higher) <= scale.y_px(lower)


def limit(level: Level, value: float, *, is_high: bool) -> Limit:
    return Limit(level=level, value=value, is_high=is_high)


def test_each_band_runs_to_the_next_more_serious_limit() -> None:
    scale = SATURATION_RANGE.scale([], height_px=68)
    lows = (
        limit(Level.WATCH, 95, is_high=False),
        limit(Level.ACT_NOW, 90, is_high=False),
        limit(Level.NOTIFY, 92, is_high=False),
    )
    assert bands(lows, scale) == [
        Band(low=92, high=95, level=Level.WATCH),
        Band(low=90, high=92, level=Level.NOTIFY),
        Band(low=85, high=90, level=Level.ACT_NOW),
    ]


def test_a_limit_outside_the_pane_tints_nothing() -> None:
    scale = RATE_RANGE.scale([], height_px=72)
    assert bands((limit(Level.ACT_NOW, 141, is_high=True),), scale) == []
    assert bands((limit(Level.ACT_NOW, 40, is_high=False),), scale) == []
    highs = (limit(Level.NOTIFY, 121, is_high=True), limit(Level.ACT_NOW, 141, is_high=True))
    assert bands(highs, scale) == [Band(low=121, high=140, level=Level.NOTIFY)]


def test_something_still_going_on_lasts_until_now() -> None:
    assert at(23).until(None) == 23
    assert at(23).until(12) == 12
    assert ChartModel().until(None) == 0
    finished = ChartModel(pressures=(PressureMark(minute=31, systolic_mmhg=120, diastolic_mmhg=80),))
    assert finished.until(None) == 31
    assert not math.isinf(finished.until(None))
