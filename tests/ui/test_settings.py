from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from monitor.link_report import PortSearched, SearchOutcome
from monitor.settings import MAX_CHAIRS, Chair, MonitorLink, Operator, ThemeName
from tests.ui.links import FakeMonitors
from tests.ui.made import Ward, okafor, ward
from ui.settings.page import SettingsPage
from ui.text import device_words, settings_words
from ui.widgets.key_button import KeyButton

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.settings.chair_row import ChairRow
    from ui.theme import ThemeSwitch


@pytest.fixture
def place() -> Ward:
    return ward(seat=())


@pytest.fixture
def page(qtbot: QtBot, themes: ThemeSwitch, place: Ward) -> SettingsPage:
    made = SettingsPage(place.controller, themes, FakeMonitors())
    qtbot.addWidget(made)
    made.resize(1280, 700)
    made.show()
    made.shown()
    return made


def test_the_clinics_name_is_kept_with_enter(page: SettingsPage, place: Ward) -> None:
    page.clinic.field.edit.setText("  Hillside   Infusion ")
    QTest.keyClick(page.clinic.field.edit, Qt.Key.Key_Return)
    assert place.controller.settings.clinic == "Hillside Infusion"
    assert place.recorder.settings[-1] == place.controller.settings


def test_a_monitor_is_set_up_beside_its_chair(page: SettingsPage, place: Ward) -> None:
    page.go_to(1)
    row = page.chairs.rows[1]
    row.lines[0].kind.choose("dinamap")
    row.lines[0].field.edit.setText("tcp:127.0.0.1:4001")
    QTest.keyClick(row.lines[0].field.edit, Qt.Key.Key_Return)
    monitors = [chair.monitors for chair in place.controller.settings.chairs]
    assert monitors[1] == (MonitorLink(protocol="dinamap", port="tcp:127.0.0.1:4001"),)
    assert monitors.count(()) == 5


def test_a_chair_without_a_monitor_shows_none_and_a_port_alone_is_asked_what_it_is(
    page: SettingsPage, place: Ward
) -> None:
    before = place.controller.settings
    line = page.chairs.rows[0].lines[0]
    assert (line.kind.currentText(), line.kind.placeholderText()) == ("", "None chosen")
    assert line.kind.accessibleName() == "Chair 1, Monitor"
    line.field.edit.setText("tcp:127.0.0.1:4001")
    QTest.keyClick(line.field.edit, Qt.Key.Key_Return)
    assert line.field.hint_label.text() == settings_words.kind_needed()
    assert place.controller.settings == before


def test_a_port_that_cannot_be_is_said_beside_it_and_not_kept(page: SettingsPage, place: Ward) -> None:
    before = place.controller.settings
    row = page.chairs.rows[0]
    typed(row, 0, "COM banana")
    assert row.lines[0].field.hint_label.text() == "COM banana is no port."
    assert place.controller.settings == before


def test_a_long_sentence_beside_a_port_is_read_whole(qtbot: QtBot, page: SettingsPage) -> None:
    page.go_to(1)
    hint = page.chairs.rows[0].lines[0].field.hint_label
    page.chairs.rows[0].lines[0].field.set_fault("Write it as a port is written. " * 10)
    line_px = hint.fontMetrics().height()
    qtbot.waitUntil(lambda: hint.height() >= hint.heightForWidth(hint.width()) > 2 * line_px)


def test_a_port_of_another_chair_is_refused_with_a_sentence(page: SettingsPage, place: Ward) -> None:
    first, second = page.chairs.rows[:2]
    for row in (first, second):
        typed(row, 0, "tcp:127.0.0.1:4001")
    assert second.lines[0].field.hint_label.text().startswith("This port is the monitor of chair 1.")
    assert [not chair.monitors for chair in place.controller.settings.chairs[:2]] == [False, True]
    QTest.keyClick(first.lines[0].field.edit, Qt.Key.Key_Return)  # its own port stays its own
    assert "chair" not in first.lines[0].field.hint_label.text()


@pytest.mark.parametrize(
    ("kept", "again"),
    [
        ("tcp:127.0.0.1:4001", "tcp:localhost:4001"),
        ("tcp:Server-2:4001", "tcp:server-2.:4001"),
        ("tcp:[2001:db8::7]:4001", "tcp:[2001:DB8:0::7]:4001"),
        ("serial:/dev/ttyUSB0", "serial:///dev/ttyUSB0"),
    ],
)
def test_a_port_of_another_chair_is_refused_in_another_spelling(
    page: SettingsPage, place: Ward, kept: str, again: str
) -> None:
    first, second = page.chairs.rows[:2]
    for row, port in ((first, kept), (second, again)):
        typed(row, 0, port)
    assert second.lines[0].field.hint_label.text() == device_words.port_taken(1)
    assert [not chair.monitors for chair in place.controller.settings.chairs[:2]] == [False, True]


def test_an_empty_port_takes_the_monitor_away(page: SettingsPage, place: Ward) -> None:
    row = page.chairs.rows[0]
    for text in ("serial:/dev/ttyUSB0", ""):
        typed(row, 0, text)
    assert place.controller.settings.chairs[0].monitors == ()


def test_chairs_are_added_and_removed_at_the_end(page: SettingsPage, place: Ward) -> None:
    page.chairs.add_button.click()
    assert [each.number for each in place.controller.settings.chairs] == [1, 2, 3, 4, 5, 6, 7]
    page.chairs.remove_button.click()
    page.chairs.remove_button.click()
    assert [each.number for each in place.controller.settings.chairs] == [1, 2, 3, 4, 5]


def test_adding_a_chair_takes_none_of_the_boards_away(qtbot: QtBot, themes: ThemeSwitch, place: Ward) -> None:
    place.controller.change_settings(replace(place.controller.settings, chairs=()))
    fresh = SettingsPage(place.controller, themes, FakeMonitors())
    qtbot.addWidget(fresh)
    assert [row.number for row in fresh.chairs.rows] == [1, 2, 3, 4, 5, 6]
    fresh.chairs.rows[0].lines[0].kind.choose("dinamap")
    fresh.chairs.rows[0].lines[0].field.edit.setText("tcp:localhost:4001")
    fresh.chairs.save(fresh.chairs.rows[0])
    fresh.chairs.add()
    assert [each.number for each in place.controller.settings.chairs] == [1, 2, 3, 4, 5, 6, 7]
    assert place.controller.settings.chairs[0].monitors != ()


def test_the_only_chair_stays_and_says_so(qtbot: QtBot, page: SettingsPage, place: Ward) -> None:
    place.controller.change_settings(replace(place.controller.settings, chairs=(Chair(number=1),)))
    with qtbot.waitSignal(page.told) as told:
        page.chairs.remove()
    assert told.args == [settings_words.one_chair_stays()]
    assert len(place.controller.settings.chairs) == 1


def test_there_are_never_more_chairs_than_the_program_holds(
    qtbot: QtBot, page: SettingsPage, place: Ward
) -> None:
    full = tuple(Chair(number=number) for number in range(1, MAX_CHAIRS + 1))
    place.controller.change_settings(replace(place.controller.settings, chairs=full))
    with qtbot.waitSignal(page.told) as told:
        page.chairs.add()
    assert told.args == [settings_words.no_more_chairs(MAX_CHAIRS)]
    assert len(place.controller.settings.chairs) == MAX_CHAIRS


def test_a_chair_with_somebody_in_it_stays(qtbot: QtBot, page: SettingsPage, place: Ward) -> None:
    for _ in range(5):
        page.chairs.remove()
    place.controller.seat(okafor())
    with qtbot.waitSignal(page.told) as told:
        page.chairs.remove()
    assert told.args == [settings_words.chair_is_taken(1)]
    assert len(place.controller.settings.chairs) == 1


def test_operators_are_added_ticked_and_removed(page: SettingsPage, place: Ward) -> None:
    page.go_to(2)
    page.operators.field.edit.setText("A. Pereira RN")
    QTest.keyClick(page.operators.field.edit, Qt.Key.Key_Return)
    page.operators.ticks["A. Pereira RN"].click()
    assert place.controller.settings.operators[-1] == Operator(name="A. Pereira RN", is_clinician=True)
    page.operators.removals["A. Pereira RN"].click()
    assert "A. Pereira RN" not in {each.name for each in place.controller.settings.operators}


@pytest.mark.parametrize(("typed", "fault"), [("", "name_needed"), ("dr lindqvist", "name_taken")])
def test_an_operator_needs_a_name_of_their_own(
    page: SettingsPage, place: Ward, typed: str, fault: str
) -> None:
    before = place.controller.settings
    page.operators.field.edit.setText(typed)
    page.operators.add()
    assert page.operators.field.hint_label.text() == getattr(settings_words, fault)()
    assert place.controller.settings == before


def test_the_theme_changes_at_once_and_is_kept(page: SettingsPage, place: Ward, themes: ThemeSwitch) -> None:
    page.go_to(3)
    QTest.keyClick(page.appearance.choice, Qt.Key.Key_Right)
    assert place.controller.settings.theme is ThemeName.DARK
    assert themes.theme.name is ThemeName.DARK


def test_every_limit_stands_there_with_its_source(page: SettingsPage, place: Ward) -> None:
    page.go_to(4)
    shown = [each.text() for each in page.limits.findChildren(QLabel)]
    for limit in place.controller.policy.limits:
        _, _, text, source = settings_words.limit_row(limit)
        assert text in shown
        assert source in shown
    assert any("longest interval 20 min" in text for text in shown)


def test_sections_turn_by_key_from_within_a_field(page: SettingsPage) -> None:
    QTest.keyClick(page.clinic.field.edit, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert page.subtitle() == "Operators"
    assert page.clinic.field.text == "Hillside"


def test_all_that_takes_the_focus_has_a_name(page: SettingsPage) -> None:
    takers = [one for one in page.findChildren(QWidget) if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert [one for one in takers if not one.accessibleName()] == []


def typed(row: ChairRow, place: int, port: str) -> None:
    if not row.lines[place].kind.choice:
        row.lines[place].kind.choose("dinamap")
    row.lines[place].field.edit.setText(port)
    QTest.keyClick(row.lines[place].field.edit, Qt.Key.Key_Return)


def ports_of(place: Ward, chair: int = 1) -> list[str]:
    return [each.port for each in place.controller.settings.chairs[chair - 1].monitors]


def test_a_second_monitor_is_set_up_beside_the_first_and_taken_away(page: SettingsPage, place: Ward) -> None:
    row = page.chairs.rows[0]
    typed(row, 0, "serial:/dev/ttyUSB0")
    row.second_button.click()
    row.lines[1].kind.choose("other")
    typed(row, 1, "tcp:10.0.0.2:4001")
    assert place.controller.settings.chairs[0].monitors == (
        MonitorLink(protocol="dinamap", port="serial:/dev/ttyUSB0"),
        MonitorLink(protocol="other", port="tcp:10.0.0.2:4001"),
    )
    assert not row.second_button.isVisibleTo(row), "two are the most"
    (remove,) = [
        each for each in row.findChildren(KeyButton) if each.text() == settings_words.remove_monitor()
    ]
    remove.click()
    assert ports_of(place) == ["serial:/dev/ttyUSB0"]
    assert len(row.lines) == 1
    assert row.lines[0].field.hint_label.text() == settings_words.monitor_removed()


def test_the_first_of_two_can_go_and_the_second_stays(page: SettingsPage, place: Ward) -> None:
    row = page.chairs.rows[0]
    typed(row, 0, "serial:/dev/ttyUSB0")
    row.add_line()
    typed(row, 1, "serial:/dev/ttyUSB1")
    typed(row, 0, "")
    assert ports_of(place) == ["serial:/dev/ttyUSB1"]
    assert [line.field.text for line in row.lines] == ["serial:/dev/ttyUSB1"]


def test_one_port_for_both_monitors_of_a_chair_is_refused(page: SettingsPage, place: Ward) -> None:
    row = page.chairs.rows[0]
    typed(row, 0, "serial:/dev/ttyUSB0")
    row.add_line()
    typed(row, 1, "serial:/dev/ttyUSB0")
    assert row.lines[1].field.hint_label.text() == device_words.port_twice()
    assert ports_of(place) == ["serial:/dev/ttyUSB0"]


def found(port: str, outcome: SearchOutcome = SearchOutcome.FOUND) -> PortSearched:
    return PortSearched(
        port=port,
        outcome=outcome,
        share=0.5,
        protocol="other",
        title="Another kind",
        line_settings="9600 8N1",
    )


@pytest.fixture
def searched(qtbot: QtBot, themes: ThemeSwitch, place: Ward) -> tuple[SettingsPage, FakeMonitors]:
    monitors = FakeMonitors()
    made = SettingsPage(place.controller, themes, monitors)
    qtbot.addWidget(made)
    made.resize(1280, 700)
    made.show()
    made.go_to(1)
    monitors.search.reports = (
        found("serial:/dev/ttyS0", SearchOutcome.SEARCHING),
        found("serial:/dev/ttyUSB7"),
    )
    field = made.chairs.rows[1].lines[0].field.edit
    qtbot.waitUntil(made.isActiveWindow)
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_F, Qt.KeyboardModifier.AltModifier)
    return made, monitors


def test_a_found_monitor_is_given_to_its_chair_by_one_key(
    searched: tuple[SettingsPage, FakeMonitors], place: Ward
) -> None:
    page, monitors = searched
    panel = page.chairs.finder
    assert panel is not None
    assert monitors.searches == 1
    assert "searching, 50 %" in panel.accessibleDescription()
    QTest.keyClick(panel, Qt.Key.Key_1)
    assert place.controller.settings.chairs[1].monitors == (
        MonitorLink(protocol="other", port="serial:/dev/ttyUSB7"),
    )
    assert monitors.search.is_stopped
    assert page.chairs.finder is None


def test_all_that_a_search_says_stays_in_sight(
    searched: tuple[SettingsPage, FakeMonitors], qtbot: QtBot
) -> None:
    page, monitors = searched
    panel = page.chairs.finder
    assert panel is not None
    page.resize(1280, 480)
    monitors.search.reports = tuple(found(f"serial:/dev/ttyUSB{place}") for place in range(5))
    panel.refresh()
    last = panel.choices[-1]
    qtbot.waitUntil(lambda: last.visibleRegion().boundingRect() == last.rect())


def test_a_search_is_stopped_and_then_closed_with_escape(searched: tuple[SettingsPage, FakeMonitors]) -> None:
    page, monitors = searched
    panel = page.chairs.finder
    assert panel is not None
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    assert monitors.search.is_stopped
    assert page.chairs.finder is panel, "what was found stays in sight"
    monitors.search.reports = (found("serial:/dev/ttyS0", SearchOutcome.STOPPED),)
    panel.refresh()
    assert settings_words.search_stopped() in panel.accessibleDescription()
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    assert page.chairs.finder is None


def test_leaving_the_settings_ends_a_search(searched: tuple[SettingsPage, FakeMonitors]) -> None:
    page, monitors = searched
    page.left()
    assert monitors.search.is_stopped


def test_a_chair_with_two_monitors_is_given_no_third(
    searched: tuple[SettingsPage, FakeMonitors], qtbot: QtBot, place: Ward
) -> None:
    page, _ = searched
    row = page.chairs.rows[1]
    typed(row, 0, "serial:/dev/ttyUSB0")
    row.add_line()
    typed(row, 1, "serial:/dev/ttyUSB1")
    panel = page.chairs.finder
    assert panel is not None
    with qtbot.waitSignal(page.told) as told:
        QTest.keyClick(panel, Qt.Key.Key_1)
    assert told.args == [settings_words.chair_is_full(2, 2)]
    assert ports_of(place, 2) == ["serial:/dev/ttyUSB0", "serial:/dev/ttyUSB1"]


def test_without_a_free_port_the_search_says_what_to_do(
    qtbot: QtBot, themes: ThemeSwitch, place: Ward
) -> None:
    made = SettingsPage(place.controller, themes, FakeMonitors())
    qtbot.addWidget(made)
    made.chairs.search(made.chairs.rows[0])
    assert made.chairs.finder is not None
    said = [each.text() for each in made.chairs.finder.findChildren(QLabel)]
    assert settings_words.no_free_ports() in said
    assert not made.chairs.finder.is_searching
