"""The pale lines of a monitor's live values last while the app runs, and never cross a silence."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from monitor import bodies
from monitor.vitals import Quantity
from tests.ui.at_chair import at_chair
from tests.ui.made import Ward, linked, live, okafor, ward

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
    points = place.controller.trends.saturation(view_of(place))
    assert [None if math.isnan(value) else value for value in points.values] == [98, 97, None, 96]
    assert list(points.times_ms) == sorted(set(points.times_ms))


def test_a_value_told_again_is_one_point(qapp: QApplication) -> None:
    del qapp
    place = ward()
    tell(place, Quantity.SPO2, 98)
    place.controller.chair_changed.emit(1)
    assert place.controller.trends.saturation(view_of(place)).values == (98,)


def test_the_next_patient_of_a_chair_begins_without_lines(qapp: QApplication) -> None:
    del qapp
    place = ward()
    tell(place, Quantity.HEART_RATE, 70)
    place.act(bodies.Cancelled(reason="went home"))
    place.pass_s(60)
    place.controller.seat(okafor(name="BAKER, Jo"))
    place.controller.chair_changed.emit(1)
    assert place.controller.trends.rate(view_of(place)).values == ()
    tell(place, Quantity.HEART_RATE, 64)
    assert place.controller.trends.rate(view_of(place)).values == (64,)


def test_each_chair_has_its_own_lines_and_an_ecg_rate_goes_before_a_pulse(qapp: QApplication) -> None:
    del qapp
    place = ward(seat=(okafor(), okafor(chair=2, name="BAKER, Jo")))
    tell(place, Quantity.PULSE_RATE, 70)
    tell(place, Quantity.PULSE_RATE, 80, chair=2)
    tell(place, Quantity.HEART_RATE, 81, chair=2)
    rates = [place.controller.trends.rate(view_of(place, chair)).values for chair in (1, 2)]
    assert rates == [(70,), (81,)]
