"""No kept picture is ever an old one: a changed chart looks as if it had never shown anything else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from monitor.policy import Level
from tests.ui.chart_example import example_model
from tests.ui.pictures import picture
from ui.chart.series import Alertness, ChartModel, Limit, PressureMark, RateSegment, TimeMark, Trend
from ui.chart.session_chart import SessionChart
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


def limited(high: float = 160) -> ChartModel:
    return ChartModel(
        pressure_limits=(Limit(level=Level.ACT_NOW, value=high, is_high=True, text="act now"),),
        saturation_limits=(Limit(level=Level.ACT_NOW, value=90, is_high=False),),
    )


def fresh_picture(qtbot: QtBot, themes: ThemeSwitch, model: ChartModel, width: int, height: int) -> QImage:
    """What a chart that never showed anything else makes of `model`."""
    fresh = SessionChart(themes)
    qtbot.addWidget(fresh)
    fresh.resize(width, height)
    fresh.set_model(model)
    fresh.show()
    return picture(fresh)


def rising_trend(top: float = 85) -> Trend:
    return Trend(minutes=tuple(float(at) for at in range(40)), values=(*[76.0] * 39, top))


CHANGES = {
    "higher scale": replace(
        limited(), pressures=(PressureMark(minute=30, systolic_mmhg=251, diastolic_mmhg=90),)
    ),
    "other limits": limited(high=190),
    "longer axis": replace(limited(), now=TimeMark(minute=88, text="11:40")),
    "trend": replace(limited(), rate_trend=rising_trend()),
    "trend beyond the scale": replace(limited(), rate_trend=rising_trend(181)),
    "started": replace(limited(), is_started=False),
    "reading before the axis": replace(
        limited(),
        now=TimeMark(minute=20, text="11:20"),
        pressures=(PressureMark(minute=-22, systolic_mmhg=130, diastolic_mmhg=80),),
    ),
    "strip": replace(limited(), drug_name="Ketamine", alertness=(Alertness(minute=4, moaa_s=5),)),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_chart_looks_as_if_it_had_never_shown_anything_else(
    qtbot: QtBot, themes: ThemeSwitch, chart: SessionChart, change: str
) -> None:
    chart.set_model(limited())
    before = picture(chart)
    chart.set_model(CHANGES[change])
    after = picture(chart)
    assert after != before
    assert after == fresh_picture(qtbot, themes, CHANGES[change], WIDTH, HEIGHT)
    chart.set_model(limited())
    assert picture(chart) == before


SET = PressureMark(minute=50, systolic_mmhg=130, diastolic_mmhg=80)
PUMPED = replace(
    limited(),
    segments=(RateSegment(start_minute=0, end_minute=None, rate_ml_per_h=75, text="75"),),
)


def test_a_new_set_of_a_running_session_leaves_every_strip_as_it_is_drawn(chart: SessionChart) -> None:
    running = replace(PUMPED, now=TimeMark(minute=51, text="11:51"))
    chart.set_model(running)
    before = [strip.model for strip in chart.strips]
    chart.set_model(replace(running, pressures=(SET,), due=TimeMark(minute=60, text="due 12:00")))
    assert [strip.model for strip in chart.strips] == before


def test_what_never_ended_in_a_finished_session_lasts_until_its_last_reading(chart: SessionChart) -> None:
    chart.set_model(replace(PUMPED, pressures=(SET,)))
    assert {strip.model.until(None) for strip in chart.strips} == {50}


@pytest.mark.parametrize("width", [800, 1400])
def test_no_ground_of_another_width_is_left_after_a_resize(
    qtbot: QtBot, themes: ThemeSwitch, chart: SessionChart, width: int
) -> None:
    chart.set_model(limited())
    picture(chart)
    chart.resize(width, HEIGHT)
    assert picture(chart) == fresh_picture(qtbot, themes, limited(), width, HEIGHT)


def test_no_ground_of_another_height_is_left_when_the_pressure_pane_grows(
    qtbot: QtBot, themes: ThemeSwitch, chart: SessionChart
) -> None:
    chart.set_model(limited())
    picture(chart)
    chart.set_pressure_height(300)
    grown = SessionChart(themes, pressure_height_px=300)
    qtbot.addWidget(grown)
    grown.resize(chart.size())
    grown.set_model(limited())
    grown.show()
    assert picture(chart) == picture(grown)


@pytest.mark.parametrize("theme", [DARK, DIM], ids=lambda t: t.name.value)
def test_no_ground_of_another_theme_is_left_after_a_switch_there_and_back(
    qtbot: QtBot, themes: ThemeSwitch, chart: SessionChart, theme: Theme
) -> None:
    chart.set_model(CHANGES["trend"])
    light = picture(chart)
    themes.switch_to(theme)
    assert picture(chart) == fresh_picture(qtbot, themes, CHANGES["trend"], WIDTH, HEIGHT)
    themes.switch_to(LIGHT)
    assert picture(chart) == light


def test_a_chart_that_was_out_of_sight_comes_back_as_it_was(chart: SessionChart) -> None:
    before = picture(chart)
    chart.hide()
    chart.show()
    assert picture(chart) == before


def test_the_cursor_leaves_nothing_behind(chart: SessionChart) -> None:
    before = picture(chart)
    chart.move_cursor(-1)
    assert picture(chart) != before
    chart.hide_cursor()
    assert picture(chart) == before


class PaintWatch(QObject):
    """Lists what was painted."""

    def __init__(self, painted: list[QObject]) -> None:
        super().__init__()
        self._painted = painted

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        if event.type() == QEvent.Type.Paint:
            self._painted.append(watched)
        return False


def test_another_second_of_a_trend_repaints_nothing_but_its_pane(qtbot: QtBot, chart: SessionChart) -> None:
    model = replace(limited(), rate_trend=rising_trend(), saturation_trend=rising_trend(97))
    chart.set_model(model)
    QApplication.processEvents()
    painted: list[QObject] = []
    watch = PaintWatch(painted)
    for widget in (chart.pressure_pane.viewport(), chart.rate_pane.viewport(), *chart.strips):
        widget.installEventFilter(watch)
    chart.set_model(replace(model, rate_trend=rising_trend(86)))
    qtbot.waitUntil(lambda: chart.rate_pane.viewport() in painted)
    assert painted == [chart.rate_pane.viewport()]
