"""The card's small chart shows every mark whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ui.chart.mini_chart import NEWEST_GLYPH, MiniChart
from ui.chart.series import ChartModel, MarkStyle, PressureMark

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.theme import ThemeSwitch


@pytest.mark.parametrize("minute", [-10.0, -15.0, -7.5, 75.0, 110.0])
@pytest.mark.parametrize("width_px", [120, 426, 900])
def test_a_mark_at_either_end_is_whole(
    qtbot: QtBot, themes: ThemeSwitch, width_px: int, minute: float
) -> None:
    small = MiniChart(themes)
    qtbot.addWidget(small)
    small.resize(width_px, 100)
    mark = PressureMark(minute=minute, systolic_mmhg=130, diastolic_mmhg=80, style=MarkStyle.CHARTED)
    small.set_model(ChartModel(pressures=(mark,)))
    reach = NEWEST_GLYPH.half_width + NEWEST_GLYPH.stroke / 2
    assert reach <= small.time.x_px(minute) <= width_px - reach


def test_the_axis_names_a_start_only_once_there_was_one(
    qtbot: QtBot, themes: ThemeSwitch, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = MiniChart(themes)
    qtbot.addWidget(small)
    small.resize(426, 100)
    written: list[str] = []
    monkeypatch.setattr(
        "ui.chart.mini_chart.draw_text", lambda _painter, **said: written.append(said["text"])
    )
    for is_started in (False, True):
        written.clear()
        small.set_model(ChartModel(is_started=is_started))
        small.grab()
        assert written[0] == ("start" if is_started else "0")
        assert written[1] == "+15"
