"""A chart's update with 3 x 3600 points against plain pyqtgraph: `python -m bench.chart [--rounds N]`.

One more second of data, and everything painted. Vigil's session chart has two panes with a live trend, so
each gets 5400 points, as many in all as three plots with 3600; bands, grid, marks, strips and axes besides.
The baseline is a plain `GraphicsLayoutWidget` of the same size with three plots of fixed range, their curves
one pixel wide without smoothing, and pyqtgraph's own axes. Both are painted by the raster engine, in turn.
"""

import argparse
import math
import os
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pyqtgraph as pg
from PySide6.QtWidgets import QApplication, QWidget

from bench.figures import MS_PER_S, Figure, Spread, show
from monitor.policy import Level
from monitor.settings import ThemeName
from ui.application import start_application, theme_switch
from ui.chart.series import ChartModel, Limit, Point, PressureMark, TimeMark, Trend
from ui.chart.session_chart import SessionChart

GOAL = 1.2
POINTS = 3 * 3600
SIZE_PX = (1172, 640)
SETS = 12
MINUTES = 60.0


def measure(*, rounds: int) -> list[Figure]:
    """Update and paint both `rounds` times in turn."""
    app = QApplication.instance() or start_application()
    assert isinstance(app, QApplication)  # noqa: S101 - made just now
    mine = _vigil_update(app)
    other = _plain_update()
    measured, baseline = [], []
    for number in range(rounds + 1):
        baseline.append(_timed(app, other, number))
        measured.append(_timed(app, mine, number))
    mine_ms, other_ms = Spread.of(measured[1:], times=MS_PER_S), Spread.of(baseline[1:], times=MS_PER_S)
    return [
        Figure(
            name="chart update, 3 x 3600 points",
            unit="ms",
            measured=mine_ms,
            against="plain pyqtgraph",
            baseline=other_ms,
            goal=f"{GOAL:g}x",
            is_met=mine_ms.median <= GOAL * other_ms.median,
        )
    ]


def _timed(app: QApplication, update: Callable[[int], None], number: int) -> float:
    app.processEvents()
    began = time.perf_counter()
    update(number)
    return time.perf_counter() - began


def _wave(count: int, number: int, middle: float) -> tuple[float, ...]:
    return tuple(middle + 8 * math.sin((index + number) / 40) for index in range(count))


def _vigil_update(app: QApplication) -> Callable[[int], None]:
    chart = SessionChart(theme_switch(app, ThemeName.LIGHT), pressure_height_px=216)
    _show(chart)
    minutes = tuple(index * MINUTES / (POINTS / 2) for index in range(POINTS // 2))
    model = _session()
    models = [
        replace(
            model,
            rate_trend=Trend(minutes=minutes, values=_wave(POINTS // 2, number, 76)),
            saturation_trend=Trend(minutes=minutes, values=_wave(POINTS // 2, number, 92)),
        )
        for number in range(2)
    ]

    def update(number: int) -> None:
        chart.set_model(models[number % 2])
        chart.repaint()

    return update


def _plain_update() -> Callable[[int], None]:
    view = pg.GraphicsLayoutWidget()
    xs = np.linspace(0, MINUTES, POINTS // 3)
    curves: list[pg.PlotDataItem] = []
    for middle in (76.0, 92.0, 120.0):
        plot = view.addPlot(row=len(curves), col=0)
        plot.setXRange(-10, 75, padding=0)
        plot.setYRange(middle - 40, middle + 40, padding=0)
        curves.append(plot.plot(pen=pg.mkPen("k", width=1)))
    _show(view)
    values = [
        [np.array(_wave(POINTS // 3, number, middle)) for middle in (76.0, 92.0, 120.0)]
        for number in range(2)
    ]

    def update(number: int) -> None:
        for curve, series in zip(curves, values[number % 2], strict=True):
            curve.setData(xs, series)
        view.viewport().repaint()

    return update


def _show(widget: QWidget) -> None:
    widget.resize(*SIZE_PX)
    widget.show()


def _session() -> ChartModel:
    """An hour with twelve sets, limits and a present."""
    sets = [(5.0 * number, 120 + number, 76 + number) for number in range(SETS)]
    return ChartModel(
        pressures=tuple(
            PressureMark(minute=minute, systolic_mmhg=top, diastolic_mmhg=low) for minute, top, low in sets
        ),
        rates=tuple(Point(minute=minute, value=74) for minute, _, _ in sets),
        saturations=tuple(Point(minute=minute, value=97) for minute, _, _ in sets),
        drug_name="Ketamine",
        pressure_limits=tuple(
            Limit(level=level, value=value, is_high=True)
            for level, value in zip(Level, (160, 180, 200), strict=True)
        ),
        now=TimeMark(minute=MINUTES, text="11:00"),
    )


def main() -> None:
    """Measure and print."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=200)
    show(measure(rounds=parser.parse_args().rounds))


if __name__ == "__main__":
    main()
