"""What a nurse can count on with a small screen and large words: everything within the window's width."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QScrollArea, QWidget

from monitor import bodies
from monitor.feed import LinkState
from monitor.settings import Chair, MonitorLink, TextSize
from tests.ui.made import linked
from tests.ui.shell import infuse, seated
from tests.ui.whole_window import Room, made_room
from ui.device.page import DevicePage
from ui.review.set_table import TableScroll
from ui.session.page import SessionPage
from ui.settings.page import SettingsPage
from ui.theme import LIGHT, ThemeSwitch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication

NARROW_PX = (1280, 800)
EVERY_SIZE = pytest.mark.parametrize(
    "size", [TextSize.NORMAL, TextSize.LARGER, TextSize.LARGE, TextSize.LARGEST]
)


@pytest.fixture(scope="module")
def crowded(qapp: QApplication, bundled_fonts: None) -> Iterator[Room]:  # noqa: ARG001 - loaded first
    """A clinic that has as much to say as can be: long names, a lost link, a paused pump, two flags."""
    themes = ThemeSwitch(qapp, LIGHT)
    room = made_room(themes)
    ward = room.ward
    chairs = tuple(Chair(number=number, monitors=_monitors(number)) for number in range(1, 7))
    ward.controller.change_settings(replace(ward.controller.settings, chairs=chairs))
    patient = seated(4, "WOLFESCHLEGELSTEINHAUSEN, Maria Alexandra")
    allergies = "penicillin, latex, iodine contrast, sulfonamides, egg and soya protein, adhesive tape"
    ward.controller.seat(replace(patient, patient=replace(patient.patient, allergies=allergies)))
    infuse(ward, 4)
    ward.act(bodies.InfusionPaused(reason="pressure"), chair=4)
    ward.pass_s(300)
    ward.act(bodies.InfusionResumed(), chair=4)
    ward.act(bodies.RateChanged(rate_ml_per_h=Decimal(60)), chair=4)
    for chair in (1, 4):
        ward.chart(204, 118, 126, 91, chair=chair)
        reason = "The cable of serial:/dev/ttyUSB1 is gone. Check both ends; Vigil connects by itself."
        ward.clinic.feed(chair, linked(ward.clock.at, state=LinkState.LOST, reason=reason))
    ward.pass_s(1)
    room.window.resize(*NARROW_PX)
    yield room
    room.close()
    themes.deleteLater()


def _monitors(chair: int) -> tuple[MonitorLink, ...]:
    if chair != 1:
        return ()
    return (
        MonitorLink(protocol="dinamap", port="serial:/dev/ttyUSB1"),
        MonitorLink(
            protocol="other", port="serial:/dev/serial/by-id/usb-FTDI_FT232R_USB_UART_A50285BI-if00-port0"
        ),
    )


def set_size(room: Room, size: TextSize) -> None:
    room.ward.controller.change_settings(replace(room.ward.controller.settings, text_size=size))
    room.settle()


def sideways(room: Room) -> list[str]:
    """What reaches beyond its room to the right, but a table of readings, which grows with its session."""
    areas = [each for each in room.seen(QScrollArea) if not isinstance(each, TableScroll)]
    found = [
        f"{type(each.widget()).__name__} by {each.horizontalScrollBar().maximum()} px"
        for each in areas
        if each.horizontalScrollBar().maximum() > 0
    ]
    if room.window.width() != NARROW_PX[0]:
        found.append(f"the window, {room.window.width()} px wide")
    return found


def beyond(part: QWidget, window: QWidget) -> list[str]:
    """What of `part` ends right of the window."""
    return [
        each.accessibleName() or type(each).__name__
        for each in part.findChildren(QWidget)
        if each.isVisible() and each.mapTo(window, QPoint(each.width(), 0)).x() > window.width()
    ]


@EVERY_SIZE
def test_no_page_scrolls_sideways(crowded: Room, size: TextSize) -> None:
    set_size(crowded, size)
    found = {page: sideways(crowded) for page in crowded.pages()}
    assert {page: what for page, what in found.items() if what} == {}


@EVERY_SIZE
def test_a_long_name_and_many_allergies_go_on_below_and_are_whole(crowded: Room, size: TextSize) -> None:
    set_size(crowded, size)
    crowded.go("board")
    crowded.window.open_chair(4)
    crowded.settle()
    assert sideways(crowded) == []
    page = crowded.window.page
    assert isinstance(page, SessionPage)
    assert "adhesive tape" in page.identity.text
    assert beyond(page.identity, crowded.window) == []


@EVERY_SIZE
def test_what_is_asked_in_a_session_fits_the_window(crowded: Room, size: TextSize) -> None:
    set_size(crowded, size)
    for keys in ("A", "E", "E4", "E7", "N", "C", "R", "T"):
        crowded.go("board")
        crowded.go("session")
        crowded.write(keys)
        page = crowded.window.page
        assert isinstance(page, SessionPage)
        assert sideways(crowded) == [], keys
        assert beyond(page.strip, crowded.window) == [], keys


@EVERY_SIZE
def test_every_section_of_the_settings_fits_the_window(crowded: Room, size: TextSize) -> None:
    set_size(crowded, size)
    crowded.go("settings")
    page = crowded.window.page
    assert isinstance(page, SettingsPage)
    for place in range(5):
        page.go_to(place)
        crowded.settle()
        assert sideways(crowded) == [], page.subtitle()


@EVERY_SIZE
def test_both_monitors_of_a_chair_fit_the_window(crowded: Room, size: TextSize) -> None:
    set_size(crowded, size)
    crowded.go("device")
    page = crowded.window.page
    assert isinstance(page, DevicePage)
    for place in (0, 1):
        page.turn_to(place)
        crowded.settle()
        assert sideways(crowded) == []
        assert beyond(page, crowded.window) == []


@EVERY_SIZE
def test_the_operator_and_the_keys_fit_the_window(crowded: Room, size: TextSize) -> None:
    set_size(crowded, size)
    crowded.go("session")
    crowded.window.operator_panel.open()
    crowded.window.toggle_help()
    crowded.settle()
    assert sideways(crowded) == []
    for part in (crowded.window.operator_panel, crowded.window.key_help):
        assert beyond(part, crowded.window) == []
    crowded.window.toggle_help()
    crowded.window.operator_panel.hide()


def test_a_section_of_the_settings_begins_with_its_title(crowded: Room) -> None:
    set_size(crowded, TextSize.NORMAL)
    crowded.go("settings")
    page = crowded.window.page
    assert isinstance(page, SettingsPage)
    for place in range(5):
        page.go_to(place)
        crowded.settle()
        assert {each.verticalScrollBar().value() for each in crowded.seen(QScrollArea)} == {0}, (
            page.subtitle()
        )
