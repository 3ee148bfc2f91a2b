"""The pale lines of a monitor's live values last as long as their session, and never cross a silence."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest

from monitor import bodies
from monitor.clinic import Clinic
from monitor.clock import ClockStep, Instant
from monitor.trend import TrendSample
from monitor.vitals import Quality, Quantity
from tests.ui.at_chair import at_chair
from tests.ui.made import Ward, linked, live, okafor, ward
from ui.live_trend import TrendLines

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from monitor.view import SessionView
    from ui.theme import ThemeSwitch


def tell(place: Ward, quantity: Quantity, value: int, *, chair: int = 1) -> None:
    place.clinic.feed(chair, live(quantity, value, at=place.clock.at))
    place.controller.chair_changed.emit(chair)


def view_of(place: Ward, chair: int = 1) -> SessionView:
    session = place.clinic.session(chair)
    assert session is not None
    return session.view


def test_the_lines_are_kept_when_the_chairs_page_is_left_and_opened_again(
    qtbot: QtBot, themes: ThemeSwitch
) -> None:
    place = ward()
    place.clinic.feed(1, linked(place.clock.at))
    place.infusing()
    before = at_chair(qtbot, themes, made=place)
    for value in (70, 71):
        tell(place, Quantity.PULSE_RATE, value)
        tell(place, Quantity.SPO2, value + 27)
        place.pass_s(5)
    before.page.left()
    before.page.hide()
    tell(place, Quantity.PULSE_RATE, 72)  # nobody looks
    again = at_chair(qtbot, themes, made=place)
    assert list(again.page.chart.model.rate_trend.values) == [70, 71, 72]
    assert list(again.page.chart.model.saturation_trend.values) == [97, 98]


def test_a_silence_leaves_a_gap(qapp: QApplication) -> None:
    del qapp
    place = ward()
    tell(place, Quantity.SPO2, 98)
    place.pass_s(15)
    tell(place, Quantity.SPO2, 97)
    place.pass_s(15.1)
    tell(place, Quantity.SPO2, 96)
    points = place.controller.trend(view_of(place)).saturation
    assert [None if math.isnan(value) else value for value in points.values] == [98, 97, None, 96]
    assert list(points.times_ms) == sorted(set(points.times_ms))


def test_the_next_patient_of_a_chair_begins_without_lines(qapp: QApplication) -> None:
    del qapp
    place = ward()
    tell(place, Quantity.HEART_RATE, 70)
    place.act(bodies.Cancelled(reason="went home"))
    place.pass_s(60)
    place.controller.seat(okafor(name="BAKER, Jo"))
    place.controller.chair_changed.emit(1)
    assert place.controller.trend(view_of(place)).rate.values == ()
    tell(place, Quantity.HEART_RATE, 64)
    assert place.controller.trend(view_of(place)).rate.values == (64,)


def test_each_chair_has_its_own_lines_and_an_ecg_rate_goes_before_a_pulse(qapp: QApplication) -> None:
    del qapp
    place = ward(seat=(okafor(), okafor(chair=2, name="BAKER, Jo")))
    tell(place, Quantity.PULSE_RATE, 70)
    tell(place, Quantity.PULSE_RATE, 80, chair=2)
    tell(place, Quantity.HEART_RATE, 81, chair=2)
    rates = [place.controller.trend(view_of(place, chair)).rate.values for chair in (1, 2)]
    assert rates == [(70,), (81,)]


PORT, OTHER = "serial:/dev/ttyUSB0", "serial:/dev/ttyUSB1"


def sample(at: Instant, value: int | None, *, port: str = PORT) -> TrendSample:
    return TrendSample(at_ms=at.utc_ms, quantity=Quantity.SPO2, value=value, quality=Quality.GOOD, port=port)


def saturations(view: SessionView, *samples: TrendSample) -> list[float | None]:
    values = TrendLines().of(view, samples).saturation.values
    return [None if math.isnan(value) else value for value in values]


def test_after_a_restart_the_lines_are_there_again(qapp: QApplication) -> None:
    del qapp
    place = ward()
    for value in (98, 97):
        tell(place, Quantity.SPO2, value)
        place.pass_s(12)
    view = view_of(place)
    kept = [block for step in place.recorder.steps for block in step.blocks]
    again = Clinic(
        station="",
        records=(place.clinic.sessions()[0].record,),
        trends={view.session: kept},
        new_session_id=str,
        submit=lambda _: None,
    )
    assert TrendLines().of(view, again.trend(1)).saturation.values == (98, 97)


def test_a_withdrawn_value_breaks_the_line_at_once() -> None:
    place = ward()
    at = place.clock.at
    view = view_of(place)
    told = [sample(at.plus_s(second), value) for second, value in ((1, 98), (2, None), (3, None), (4, 96))]
    assert saturations(view, *told) == [98, None, 96]


def test_of_two_monitors_one_is_followed_until_it_falls_silent() -> None:
    place = ward()
    at = place.clock.at
    both = [
        sample(at.plus_s(1), 98),
        sample(at.plus_s(1.5), 80, port=OTHER),
        sample(at.plus_s(2), 97),
        sample(at.plus_s(20), 81, port=OTHER),
        sample(at.plus_s(21), 96),
    ]
    assert saturations(view_of(place), *both) == [98, 97, None, 81]
    gone = [sample(at.plus_s(1), 98), sample(at.plus_s(2), None), sample(at.plus_s(3), 82, port=OTHER)]
    assert saturations(view_of(place), *gone) == [98, None, 82]


@pytest.mark.parametrize("step_s", [-3600, -30, 1800])
def test_a_clock_that_is_set_moves_no_point(step_s: int) -> None:
    place = ward()
    before = [sample(place.clock.at.plus_s(second), 90 + second) for second in (1, 2, 3)]
    place.pass_s(4)
    place.clock.at = place.clock.at.plus_s(step_s)
    place.clinic.step_clock(ClockStep(step_ms=step_s * 1000, is_real_time=False), place.clock.at)
    after = [sample(place.clock.at.plus_s(second), 95 + second) for second in (1, 2)]
    view = view_of(place)
    points = TrendLines().of(view, [*before, *after]).saturation
    assert [(at - view.seated_ms) / 1000 for at in points.times_ms] == [1, 2, 3, 5, 6]


def test_samples_taken_in_parts_give_the_same_line() -> None:
    place = ward()
    told = [sample(place.clock.at.plus_s(second), 90 + second % 7) for second in range(1, 60, 4)]
    lines, view = TrendLines(), view_of(place)
    for upto in range(len(told) + 1):
        points = lines.of(view, told[:upto])
    assert points == TrendLines().of(view, told)
    assert len(points.saturation.values) == len(told)
