from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from monitor.feed import LinkState
from monitor.settings import Chair, MonitorLink
from tests.ui.links import FakeMonitors, made_report
from tests.ui.made import Ward, ward
from ui.device.page import DevicePage
from ui.routes import ToChair, ToSettings
from ui.text import device_words
from ui.widgets.badges import Pill
from ui.widgets.key_button import KeyButton

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.theme import ThemeSwitch


KEPT = Path(gettempdir())


@pytest.fixture
def place() -> Ward:
    return ward(seat=())


def opened(
    qtbot: QtBot, themes: ThemeSwitch, place: Ward, monitors: FakeMonitors, chair: int = 1
) -> DevicePage:
    page = DevicePage(place.controller, themes, monitors, chair, KEPT)
    qtbot.addWidget(page)
    page.resize(1280, 700)
    page.show()
    page.shown()
    return page


def names_of_counters(page: DevicePage) -> list[str]:
    named = [each for each in page.findChildren(QLabel) if each.text() in device_words.counters()]
    return [each.text() for each in named if each.isVisible()]


def test_counters_are_the_links_own(qtbot: QtBot, themes: ThemeSwitch, place: Ward) -> None:
    page = opened(qtbot, themes, place, FakeMonitors(made_report()))
    assert page.counter_texts == ("11\N{NARROW NO-BREAK SPACE}874", "3", "4", "3 s", "2", "5", "212 ms", "1")


def test_a_kind_without_sums_shows_no_count_of_bad_ones(
    qtbot: QtBot, themes: ThemeSwitch, place: Ward
) -> None:
    summed = made_report()
    without = replace(
        summed, source=replace(summed.source, port="tcp:192.0.2.7:2575"), bad_sums=None, hang_ups=390
    )
    page = opened(qtbot, themes, place, FakeMonitors(summed, without))
    assert (names_of_counters(page)[1], page.counter_texts[1]) == ("Bad checksums", "3")
    QTest.keyClick(page, Qt.Key.Key_2)
    assert "Bad checksums" not in names_of_counters(page)
    assert page.counter_texts[:2] == ("11\N{NARROW NO-BREAK SPACE}874", "4")
    assert page.counter_texts[-2:] == ("1", "390"), "it hangs up after each message, which is no loss"
    QTest.keyClick(page, Qt.Key.Key_1)
    assert page.counter_texts[1] == "3"


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (LinkState.SILENT, "Silent 4 min"),
        (LinkState.LOST, "Lost 4 min"),
        (LinkState.CONNECTED, "Linked 4 min"),
        (LinkState.CONNECTING, "Connecting 4 min"),
    ],
)
def test_the_state_is_said_in_words_with_its_age(
    qtbot: QtBot, themes: ThemeSwitch, place: Ward, state: LinkState, said: str
) -> None:
    page = opened(qtbot, themes, place, FakeMonitors(made_report(state)))
    assert page._pill.accessibleName() == said
    advice = "" if state is LinkState.CONNECTED else " Type readings, the chart goes on."
    assert page._reason.text() == f"No answer for 3 s.{advice}"


def test_link_life_adds_up_only_what_was_linked(qtbot: QtBot, themes: ThemeSwitch, place: Ward) -> None:
    page = opened(qtbot, themes, place, FakeMonitors(made_report()))
    assert page._life.linked_s() == (3590 - 1800) + (1758 - 240)
    assert page._life.whole_s() == 3600


def test_a_clock_set_back_gives_no_negative_stretch(qtbot: QtBot, themes: ThemeSwitch, place: Ward) -> None:
    page = opened(qtbot, themes, place, FakeMonitors(made_report()))
    place.clock.at = place.clock.at.plus_s(-3000)
    page.refresh()
    assert page._life.linked_s() >= 0


def test_raw_lines_stand_as_they_crossed(qtbot: QtBot, themes: ThemeSwitch, place: Ward) -> None:
    page = opened(qtbot, themes, place, FakeMonitors(made_report()))
    last = page.lines_text.splitlines()[-1].split("\t")
    assert last[1:] == ["in", "NA11005451", "cut off after 10 bytes: rejected"]
    assert "RA2067\N{MIDDLE DOT}02I\N{DOWNWARDS ARROW WITH CORNER LEFTWARDS}" in page.lines_text


def test_frozen_lines_stay_while_counters_go_on(qtbot: QtBot, themes: ThemeSwitch, place: Ward) -> None:
    monitors = FakeMonitors(made_report())
    page = opened(qtbot, themes, place, monitors)
    before = page.lines_text
    QTest.keyClick(page, Qt.Key.Key_F)
    monitors.now_reports = (replace(made_report(), frames=12_000, lines=made_report().lines[1:]),)
    place.controller.tick()
    assert page.lines_text == before
    assert page.counter_texts[0] == "12\N{NARROW NO-BREAK SPACE}000"
    QTest.keyClick(page, Qt.Key.Key_F)
    assert page.lines_text != before


def test_lines_are_copied(qtbot: QtBot, themes: ThemeSwitch, place: Ward) -> None:
    page = opened(qtbot, themes, place, FakeMonitors(made_report()))
    with qtbot.waitSignal(page.told):
        QTest.keyClick(page, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == page.lines_text


def test_a_chair_without_a_monitor_says_what_to_do(qtbot: QtBot, themes: ThemeSwitch, place: Ward) -> None:
    page = opened(qtbot, themes, place, FakeMonitors(made_report()), chair=2)
    assert page._empty.isVisible()
    assert not page._body.isVisible()
    offered = {each.text() for each in page.findChildren(KeyButton) if each.isVisible()}
    assert offered == {device_words.chair(2), device_words.line_settings()}


def test_a_simulated_link_is_striped(qtbot: QtBot, themes: ThemeSwitch, place: Ward) -> None:
    report = made_report()
    simulated = replace(report, source=replace(report.source, is_simulated=True))
    assert opened(qtbot, themes, place, FakeMonitors(simulated))._stripe.isVisible()
    assert not opened(qtbot, themes, place, FakeMonitors(report))._stripe.isVisible()


def test_keys_lead_to_the_chair_and_to_the_settings(qtbot: QtBot, themes: ThemeSwitch, place: Ward) -> None:
    page = opened(qtbot, themes, place, FakeMonitors(made_report()))
    for key, route in ((Qt.Key.Key_L, ToSettings()), (Qt.Key.Key_Escape, ToChair(1))):
        with qtbot.waitSignal(page.asked) as asked:
            QTest.keyClick(page, key)
        assert asked.args == [route]


def test_a_long_reason_wraps_and_never_makes_the_page_wider(qtbot: QtBot, themes: ThemeSwitch) -> None:
    report = made_report()
    reason = "No answer for 7 s. Check that the monitor is on and its cable is in. " * 4
    last = replace(report.history[-1], reason=reason)
    long_port = replace(report.source, port="serial:/dev/serial/by-id/" + "usb-converter-" * 9)
    report = replace(report, history=(*report.history[:-1], last), source=long_port)
    page = DevicePage(ward().controller, themes, FakeMonitors(report), 1, KEPT)
    qtbot.addWidget(page)
    page.resize(1024, 640)
    page.show()
    assert page.minimumSizeHint().width() <= 1024
    said = " ".join(label.text() for label in page.findChildren(QLabel))
    assert reason.strip() in said
    assert "Silent" in page.findChildren(Pill)[0].accessibleName()


def test_each_of_two_monitors_is_turned_to_by_its_digit(
    qtbot: QtBot, themes: ThemeSwitch, place: Ward
) -> None:
    first = replace(made_report(), title="GE DINAMAP")
    other = replace(first, source=replace(first.source, port="tcp-listen:2575"), title="HL7", frames=12)
    page = opened(qtbot, themes, place, FakeMonitors(first, other))
    assert page.counter_texts[0] != "12"
    QTest.keyClick(page, Qt.Key.Key_2)
    assert page.counter_texts[0] == "12"
    assert "port 2575" in page._note.text()
    QTest.keyClick(page, Qt.Key.Key_3)
    assert page.counter_texts[0] == "12", "there is no third"


def test_one_monitor_taken_out_leaves_the_other_in_sight(
    qtbot: QtBot, themes: ThemeSwitch, place: Ward
) -> None:
    monitors = FakeMonitors(made_report(), replace(made_report(), frames=12))
    page = opened(qtbot, themes, place, monitors)
    page.turn_to(1)
    monitors.now_reports = monitors.now_reports[:1]
    page.refresh()
    assert page.counter_texts[0] != "12"
    assert not page._turns.isVisible()


def test_raw_traffic_is_recorded_until_the_key_is_pressed_again(
    qtbot: QtBot, themes: ThemeSwitch, place: Ward
) -> None:
    monitors = FakeMonitors(made_report())
    page = opened(qtbot, themes, place, monitors)
    with qtbot.waitSignal(page.told) as told:
        QTest.keyClick(page, Qt.Key.Key_W)
    assert told.args == [device_words.recording_to(str(KEPT / "here.capture"))]
    assert monitors.recording == [(1, "serial:/dev/ttyUSB1")]
    assert page._recording.isVisible()
    with qtbot.waitSignal(page.told) as told:
        QTest.keyClick(page, Qt.Key.Key_W)
    assert told.args == [device_words.recorded_to("/kept/here.capture")]
    assert monitors.recording == []
    assert not page._recording.isVisible()


def test_a_support_file_is_saved_or_it_is_said_why_not(
    qtbot: QtBot, themes: ThemeSwitch, place: Ward
) -> None:
    monitors = FakeMonitors(made_report())
    page = opened(qtbot, themes, place, monitors)
    with qtbot.waitSignal(page.told) as told:
        QTest.keyClick(page, Qt.Key.Key_S)
    assert "No patient" in str(told.args)
    monitors.is_disk_full = True
    with qtbot.waitSignal(page.told) as told:
        QTest.keyClick(page, Qt.Key.Key_S)
    assert told.args == ["The disk is full. Choose another place."]


def test_every_change_of_the_link_stands_there_with_its_reason(
    qtbot: QtBot, themes: ThemeSwitch, place: Ward
) -> None:
    report = made_report()
    waiting = replace(report.history[0], state=LinkState.NEGOTIATING, reason="The port is open.")
    page = opened(qtbot, themes, place, FakeMonitors(replace(report, history=(waiting, *report.history))))
    said = [each.text() for each in page._changes.findChildren(QLabel)]
    assert {"Waiting for the monitor", "The port is open.", "Cart moved"} <= set(said)


def test_it_says_what_must_be_set_on_the_monitor(qtbot: QtBot, themes: ThemeSwitch, place: Ward) -> None:
    report = replace(made_report(), title="Nonin", set_up_note="Use its serial cable.")
    page = opened(qtbot, themes, place, FakeMonitors(report))
    assert page._note.text() == "Use its serial cable."
    assert page._note_title.text() == "Set up: Nonin"


def test_a_monitor_back_at_another_port_is_used_only_when_confirmed(
    qtbot: QtBot, themes: ThemeSwitch, place: Ward
) -> None:
    monitors = FakeMonitors(made_report(LinkState.LOST))
    page = opened(qtbot, themes, place, monitors)
    QTest.keyClick(page, Qt.Key.Key_U)
    assert not page._use.isVisible()
    source = made_report().source
    link = MonitorLink(protocol=source.protocol, port=source.port.removeprefix("serial:"))
    other = MonitorLink(protocol="nonin", port="serial:/dev/ttyUSB7")
    chairs = (Chair(number=1, monitors=(link, other)), Chair(number=2, monitors=(other,)))
    place.controller.change_settings(replace(place.controller.settings, chairs=chairs))
    monitors.now_reports = (replace(made_report(LinkState.LOST), moved_to="serial:/dev/ttyUSB3"),)
    place.controller.tick()
    assert page._use.isVisible()
    QTest.keyClick(page, Qt.Key.Key_U)
    ports = [[each.port for each in chair.monitors] for chair in place.controller.settings.chairs]
    assert ports == [["serial:/dev/ttyUSB3", "serial:/dev/ttyUSB7"], ["serial:/dev/ttyUSB7"]]


@pytest.mark.parametrize(
    ("given_to", "said"), [(2, device_words.port_taken(2)), (1, device_words.port_twice())]
)
def test_a_port_that_was_given_to_another_monitor_since_is_refused_with_a_sentence(
    qtbot: QtBot, themes: ThemeSwitch, place: Ward, given_to: int, said: str
) -> None:
    report = replace(made_report(LinkState.LOST), moved_to="serial:/dev/ttyUSB3")
    page = opened(qtbot, themes, place, FakeMonitors(report))
    own = MonitorLink(protocol=report.source.protocol, port=report.source.port)
    since = MonitorLink(protocol="nonin", port="/dev/ttyUSB3")
    chairs = (Chair(number=1, monitors=(own,)), Chair(number=2))
    given = tuple(
        replace(each, monitors=(*each.monitors, since)) if each.number == given_to else each
        for each in chairs
    )
    place.controller.change_settings(replace(place.controller.settings, chairs=given))
    with qtbot.waitSignal(page.told) as told:
        QTest.keyClick(page, Qt.Key.Key_U)
    assert told.args == [said]
    assert place.controller.settings.chairs == given


def test_the_newest_line_stays_in_sight(qtbot: QtBot, themes: ThemeSwitch, place: Ward) -> None:
    many = replace(made_report(), lines=made_report().lines * 8)
    page = opened(qtbot, themes, place, FakeMonitors(many))
    bar = page._scroll.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    assert bar.value() == bar.maximum()


@pytest.mark.parametrize("is_simulated", [False, True])
def test_a_port_that_is_called_says_whom_to_call_and_whose_calls_are_not_taken(
    qtbot: QtBot, themes: ThemeSwitch, place: Ward, *, is_simulated: bool
) -> None:
    report = made_report()
    source = replace(report.source, port="tcp-listen:2575", is_simulated=is_simulated)
    page = opened(qtbot, themes, place, FakeMonitors(replace(report, source=source)))
    said = " ".join(each.text() for each in page.findChildren(QLabel) if each.isVisible())
    assert "port 2575" in said
    assert "8N1" not in said, "nobody sets a line at a network port"
    assert ("A program on this computer that calls is sent away" in said) is not is_simulated
