"""The flag banner: every chair's open notify and act now, on every page, until it is over."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from monitor import bodies
from monitor.policy import Level
from monitor.terms import FlagAction, Symptom
from monitor.vitals import Quantity, Vitals
from tests.ui.made import Ward, live, ward
from tests.ui.shell import StandIn, infuse, press, seated, type_text, where, window
from ui.banner import FlagBanner
from ui.main_window import MainWindow
from ui.routes import ToBoard, ToChair, ToReview, ToSeat, ToSettings
from ui.theme import DARK, DIM, LIGHT, ThemeSwitch

NAMES = {1: "OKAFOR, Ruth", 2: "KOWALSKI, Maria", 3: "ABARA, Tunde", 5: "BAKER, Jo"}


@pytest.fixture
def clinic() -> Ward:
    made = ward(seat=())
    for chair, name in NAMES.items():
        made.controller.seat(seated(chair, name))
        infuse(made, chair)
    return made


@pytest.fixture
def shown(clinic: Ward, themes: ThemeSwitch, qtbot: QtBot) -> MainWindow:
    return window(clinic, themes, qtbot)


def rows(shown: MainWindow) -> list[str]:
    return [bar.text for bar in shown.banner.bars]


def test_without_flags_there_is_no_banner(shown: MainWindow) -> None:
    assert not shown.banner.isVisible()


@pytest.mark.parametrize("route", [ToBoard(), ToChair(1), ToSeat(6), ToReview("x"), ToSettings()])
def test_an_act_now_is_seen_on_every_page(clinic: Ward, shown: MainWindow, route: object) -> None:
    shown.go(route)  # type: ignore[arg-type]
    clinic.chart(204, 118, 96, 97, chair=5)
    clinic.pass_s(75)
    assert shown.banner.isVisible()
    (row,) = rows(shown)
    assert "Act now" in row
    assert "Chair 5" in row
    assert "J.B." in row
    assert "204/118" in row
    assert "Check patient, repeat BP, ask symptoms. At 10:06, 1 min ago." in row
    assert shown.stack.y() >= shown.banner.geometry().bottom()


def test_a_watch_stays_out_of_the_banner(clinic: Ward, shown: MainWindow) -> None:
    clinic.chart(162, 84, 96, 97, chair=5)
    assert not shown.banner.isVisible()


def test_rows_go_by_level_then_age_and_the_rest_is_counted(clinic: Ward, shown: MainWindow) -> None:
    for chair, systolic in ((1, 184), (2, 186), (5, 204), (3, 188)):
        clinic.chart(systolic, 104, 80, 98, chair=chair)
        clinic.pass_s(1)
    assert [bar.row.chair for bar in shown.banner.bars] == [5, 1]
    assert "+ 2 more: chair 2 !!, chair 3 !!" in rows(shown)[1]


def test_an_unconfirmed_flag_counts_down_what_is_left_to_repeat(clinic: Ward, shown: MainWindow) -> None:
    clinic.chart(184, 104, 80, 98, chair=2)
    clinic.pass_s(50)
    (row,) = rows(shown)
    assert "Unconfirmed" in row
    assert row.endswith("1:10")
    assert shown.banner.bars[0].accessibleDescription().startswith("Repeat to confirm, ask symptoms.")
    clinic.pass_s(71)
    (row,) = rows(shown)
    assert "Not repeated" in row


def test_an_answered_flag_stays_in_sight_tinted_with_its_answer(clinic: Ward, shown: MainWindow) -> None:
    clinic.chart(204, 118, 96, 97, chair=5)
    filled = shown.banner.bars[0].grab().toImage().pixelColor(4, 20).name()
    clinic.act(bodies.FlagAnswered(action=FlagAction.PAUSED), chair=5)
    (bar,) = shown.banner.bars
    assert bar.row.is_answered
    assert "paused" in bar.text
    assert [button.text() for button in bar.buttons] == ["Repeat timer", "Open"]
    image = bar.grab().toImage()
    assert filled == LIGHT.flags[Level.ACT_NOW].fill.lower()
    assert image.pixelColor(4, 20).name() == LIGHT.flags[Level.ACT_NOW].edge.lower()
    assert image.pixelColor(14, 20).name() == LIGHT.bands[Level.ACT_NOW].tint.lower()


def test_a_newer_value_leads_and_the_flagged_one_is_named(clinic: Ward, shown: MainWindow) -> None:
    clinic.chart(204, 118, 96, 97, chair=5)
    clinic.pass_s(70)
    clinic.chart(192, 112, 96, 97, chair=5)
    (bar,) = shown.banner.bars
    assert bar.row.value == "192/112"
    assert "was 204/118" in bar.text


def test_other_quantities_and_symptoms_are_named(clinic: Ward, shown: MainWindow) -> None:
    clinic.chart(124, 78, 70, 88, chair=1)
    clinic.act(bodies.SymptomReported(symptom=Symptom.CHEST_PAIN, is_present=True), chair=2)
    values = {bar.row.chair: bar.row.value for bar in shown.banner.bars}
    assert values == {1: "SpO\N{SUBSCRIPT TWO} 88 %", 2: "Chest pain"}


def test_a_second_flag_of_a_chair_stands_in_its_row(clinic: Ward, shown: MainWindow) -> None:
    clinic.chart(204, 118, 70, 91, chair=1)
    (row,) = rows(shown)
    assert "Also SpO\N{SUBSCRIPT TWO} 91 % !!" in row


def test_a_flag_on_a_set_typed_late_says_so(clinic: Ward, shown: MainWindow) -> None:
    clinic.pass_s(1200)
    clinic.chart(130, 80, 70, 98, chair=1)
    earlier = clinic.clock.at.utc_ms - 15 * 60_000
    vitals = bodies.SetCharted(vitals=Vitals(systolic_mmhg=206, diastolic_mmhg=118))
    clinic.controller.act(1, vitals, taken_at_ms=earlier)
    found = [row for row in rows(shown) if "206/118" in row or "late" in row]
    assert found
    assert "late entry" in found[0]


@pytest.mark.parametrize("width_px", [1024, 1280, 1440, 1920])
def test_the_next_step_is_never_cut_and_the_rest_gives_way(
    clinic: Ward, shown: MainWindow, width_px: int
) -> None:
    shown.resize(width_px, 800)
    for chair in (1, 2, 3):
        clinic.chart(184 + chair, 104, 80, 91, chair=chair)
    clinic.pass_s(50)
    assert shown.width() == width_px
    bar = shown.banner.bars[1]
    step = bar.next_step.step
    assert step.text() == "Repeat to confirm, ask symptoms."
    assert step.heightForWidth(step.width()) <= step.height()
    assert bar.next_step.geometry().right() < bar.buttons[0].x()
    assert bar.toolTip() == bar.accessibleDescription() == bar.row.sentence
    assert [button.isVisible() for button in bar.buttons] == [True, width_px > 1024, True]
    assert bar.next_step.detail.isVisible() is (width_px > 1024)


def test_answer_opens_the_chair_of_the_flag_on_top(clinic: Ward, shown: MainWindow) -> None:
    clinic.chart(204, 118, 96, 97, chair=5)
    type_text("a")
    assert where(shown) == ToChair(5, is_answering=True)
    assert isinstance(shown.page, StandIn)
    assert shown.page.begun == ["answer"]
    assert not clinic.controller.session(5).view.answers  # type: ignore[union-attr]


def test_repeat_opens_the_chair_and_times_a_repeat(clinic: Ward, shown: MainWindow) -> None:
    clinic.chart(184, 104, 96, 97, chair=2)
    type_text("r")
    assert isinstance(shown.page, StandIn)
    assert (shown.page.route, shown.page.begun) == (ToChair(2, is_repeating=True), ["repeat"])


def test_letters_in_a_field_are_data_and_alt_reaches_the_flag(clinic: Ward, shown: MainWindow) -> None:
    clinic.chart(204, 118, 96, 97, chair=5)
    shown.go(ToSeat(6))
    type_text("a")
    assert where(shown) == ToSeat(6)
    names = [button.accessibleName() for button in shown.banner.bars[0].buttons]
    assert names[0] == "Answer, Chair 5 \N{MIDDLE DOT} J.B. (Alt A)"
    assert names[2].endswith("(Ctrl 5)")
    press(Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)
    assert where(shown) == ToChair(5, is_answering=True)


def test_answering_on_a_chairs_own_page_stays_there(clinic: Ward, shown: MainWindow) -> None:
    shown.go(ToChair(5))
    page = shown.page
    clinic.chart(204, 118, 96, 97, chair=5)
    shown.banner.bars[0].buttons[0].click()
    assert shown.page is page
    assert isinstance(page, StandIn)
    assert page.begun == ["answer"]


def test_an_answer_waits_for_its_own_flag_not_for_the_answered_one_above(
    clinic: Ward, shown: MainWindow
) -> None:
    clinic.chart(204, 118, 96, 97, chair=5)
    clinic.act(bodies.FlagAnswered(action=FlagAction.PAUSED), chair=5)
    clinic.chart(184, 104, 80, 98, chair=2)
    type_text("a")
    assert where(shown) == ToChair(2, is_answering=True)


def test_the_border_pulses_slower_than_three_times_a_second(
    clinic: Ward, themes: ThemeSwitch, qtbot: QtBot
) -> None:
    moving = window(clinic, themes, qtbot, is_still=False)
    clinic.chart(204, 118, 96, 97, chair=5)
    assert moving.banner.is_pulsing
    assert moving.banner.pulse_hz < 3
    clinic.act(bodies.FlagAnswered(action=FlagAction.PAUSED), chair=5)
    assert not moving.banner.is_pulsing


def test_a_notify_breathes_for_ten_seconds_then_stands_still(
    clinic: Ward, themes: ThemeSwitch, qtbot: QtBot
) -> None:
    moving = window(clinic, themes, qtbot, is_still=False)
    clinic.chart(184, 104, 80, 98, chair=2)
    beats = 0
    while moving.banner.is_pulsing and beats < 100:
        moving.banner.beat()
        beats += 1
    assert beats / (2 * moving.banner.pulse_hz) == 10


def test_nothing_moves_for_people_whom_motion_disturbs(clinic: Ward, shown: MainWindow) -> None:
    clinic.chart(204, 118, 96, 97, chair=5)
    assert not shown.banner.is_pulsing


def test_every_new_flag_is_announced_once_and_an_act_now_assertively(
    clinic: Ward, shown: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, QAccessible.AnnouncementPoliteness]] = []
    monkeypatch.setattr(
        "ui.banner.QAccessible.updateAccessibility",
        lambda event: told.append((event.message(), event.politeness())),
    )
    clinic.chart(184, 104, 80, 98, chair=2)
    clinic.chart(204, 118, 96, 97, chair=5)
    clinic.pass_s(5)
    politeness = QAccessible.AnnouncementPoliteness
    assert [how for _, how in told] == [politeness.Polite, politeness.Assertive]
    assert told[1][0] == "Act now. Chair 5 \N{MIDDLE DOT} J.B.. 204/118"
    assert shown.banner.isVisible()


@pytest.mark.parametrize("theme", [LIGHT, DARK, DIM])
def test_the_banner_follows_a_live_switch(
    clinic: Ward, shown: MainWindow, themes: ThemeSwitch, theme: object
) -> None:
    clinic.chart(204, 118, 96, 97, chair=5)
    themes.switch_to(theme)  # type: ignore[arg-type]
    pixel = shown.banner.bars[0].grab().toImage().pixelColor(4, 20).name()
    assert pixel == themes.theme.flags[Level.ACT_NOW].fill.lower()
    themes.switch_to(LIGHT)


def test_an_empty_banner_takes_no_room(themes: ThemeSwitch, qtbot: QtBot) -> None:
    banner = FlagBanner(themes)
    qtbot.addWidget(banner)
    assert banner.bars == ()


def test_a_flag_of_continuous_values_says_so(clinic: Ward, shown: MainWindow) -> None:
    for _ in range(17):
        clinic.clinic.feed(5, live(Quantity.SPO2, 88, at=clinic.clock.at))
        clinic.pass_s(1)
    (row,) = rows(shown)
    assert "SpO\N{SUBSCRIPT TWO} 88 %" in row
    assert "for 15 s, from monitor" in row
    clinic.chart(124, 78, 70, 87, chair=5)
    (row,) = rows(shown)
    assert "SpO\N{SUBSCRIPT TWO} 87 %" in row, "what was charted since stands there"
    assert "from monitor" not in row
