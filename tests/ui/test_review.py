from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from monitor import bodies
from monitor.needs import NeedKind
from monitor.terms import Reason
from monitor.trend import TrendSample
from monitor.view import Standing
from monitor.vitals import Quality, Quantity, Vitals
from tests.made_session import MadeSession, baseline, instant, surge
from tests.ui.archives import FakeArchive
from tests.ui.made import Ward, okafor, ward
from ui.review.page import ReviewPage
from ui.review.sessions_page import SessionsPage
from ui.routes import ToChair, ToOperator, ToReport, ToReview

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.theme import ThemeSwitch


@pytest.fixture
def place() -> Ward:
    made = ward(seat=())
    made.clock.pass_s(6 * 3600)  # the sessions looked back on are over
    return made


def opened(qtbot: QtBot, themes: ThemeSwitch, place: Ward, made: MadeSession) -> ReviewPage:
    archive = FakeArchive(made.session.record)
    page = ReviewPage(place.controller, themes, archive, made.view.session)
    qtbot.addWidget(page)
    page.resize(1440, 824)
    page.show()
    qtbot.waitUntil(lambda: page.summary is not None)
    page.shown()
    return page


def press(page: QWidget, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(page.window().focusWidget() or page, key)


def cells(page: ReviewPage, place: int) -> list[list[tuple[str, bool]]]:
    return [[(run.text, run.is_struck) for run in cell] for cell in page.table.columns[place].cells]


def test_it_opens_with_one_sentence(qtbot: QtBot, themes: ThemeSwitch, place: Ward) -> None:
    page = opened(qtbot, themes, place, surge())
    said = page.sentence.text
    assert "Baseline 124/78." in said
    assert "Peak 184/108 at +12 min, not confirmed (repeat 158/96 at +14)." in said
    assert "5.5 min at or above 160/100, 0.9 min at or above 180/110." in said
    assert "told Dr H. Lindqvist +13" in said
    assert said.endswith(
        "Charted sets back within 20% of baseline, under 160/100, systolic at least 90 from +19 min."
    )


def test_a_session_without_anything_says_so(qtbot: QtBot, themes: ThemeSwitch, place: Ward) -> None:
    page = opened(qtbot, themes, place, MadeSession())
    assert page.sentence.text == "No baseline. No set was charted."


def test_the_chart_is_the_records_and_nothing_is_due(qtbot: QtBot, themes: ThemeSwitch, place: Ward) -> None:
    page = opened(qtbot, themes, place, surge())
    marks = page.chart.model.pressures
    assert (marks[3].systolic_mmhg, marks[3].diastolic_mmhg) == (184, 108)
    assert page.chart.model.now is None
    assert page.chart.model.due is None


def test_a_record_that_cannot_be_read_says_why(qtbot: QtBot, themes: ThemeSwitch, place: Ward) -> None:
    page = ReviewPage(place.controller, themes, FakeArchive(), "unknown")
    qtbot.addWidget(page)
    qtbot.waitUntil(lambda: "does not match" in page.sentence.text)
    assert page.summary is None


def test_needs_are_listed_and_a_reason_settles_them(qtbot: QtBot, themes: ThemeSwitch, place: Ward) -> None:
    page = opened(qtbot, themes, place, surge())
    assert page.summary is not None
    assert [need.kind for need in page.summary.needs] == [NeedKind.CAPTURED, NeedKind.SET_LATE]
    press(page, Qt.Key.Key_2)
    QTest.keyClicks(page.bar.field.edit, "In the bathroom")
    press(page, Qt.Key.Key_Return)
    assert [need.kind for need in page.summary.needs] == [NeedKind.CAPTURED]
    assert page.looked is not None
    assert isinstance(page.looked.record[-1].body, bodies.Noted)
    assert page.looked.record[-1].author.name == place.controller.operator
    assert page.bar.isHidden()


def test_nothing_needs_someone_reads_nothing(qtbot: QtBot, themes: ThemeSwitch, place: Ward) -> None:
    made = baseline()
    made.do(1, bodies.Cancelled(reason="too high"))
    page = opened(qtbot, themes, place, made)
    assert page.needs.accessibleName() == "Needs someone: nothing"


def test_a_set_is_amended_by_keys_and_both_values_stay(
    qtbot: QtBot, themes: ThemeSwitch, place: Ward
) -> None:
    page = opened(qtbot, themes, place, surge())
    press(page, Qt.Key.Key_Left, Qt.Key.Key_Left)
    press(page, Qt.Key.Key_M, Qt.Key.Key_1)
    QTest.keyClicks(page.bar.field.edit, "134/80 74")
    press(page, Qt.Key.Key_Return)
    assert page.looked is not None
    reading = page.looked.view.readings[-2]
    assert (reading.vitals.systolic_mmhg, reading.vitals.pulse_rate_bpm) == (134, 74)
    assert reading.vitals.spo2_percent == 98
    assert reading.amendments[0].body == bodies.Amended(
        target=reading.sequence, vitals=reading.vitals, reason=Reason.SLIP
    )
    assert cells(page, -2)[2] == [("124/80", True), (" 134/80", False)]


@pytest.mark.parametrize("typed", ["82/128", "abc", "1280/82"])
def test_values_that_cannot_be_are_refused_and_nothing_is_saved(
    qtbot: QtBot, themes: ThemeSwitch, place: Ward, typed: str
) -> None:
    page = opened(qtbot, themes, place, surge())
    assert page.looked is not None
    before = page.looked.record
    press(page, Qt.Key.Key_M, Qt.Key.Key_2)
    QTest.keyClicks(page.bar.field.edit, typed)
    press(page, Qt.Key.Key_Return)
    assert page.looked.record == before
    assert page.bar.isVisible()
    assert page.bar.field.text == typed


def test_a_whole_set_is_withdrawn_and_struck_through(qtbot: QtBot, themes: ThemeSwitch, place: Ward) -> None:
    page = opened(qtbot, themes, place, surge())
    press(page, Qt.Key.Key_M, Qt.Key.Key_3)
    QTest.keyClick(page.bar.field.edit, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    assert page.looked is not None
    assert page.looked.view.readings[-1].standing is Standing.WITHDRAWN
    assert cells(page, -1)[2] == [("122/78", True)]


def test_a_set_of_another_patient_is_moved_out_of_a_finished_session(
    qtbot: QtBot, themes: ThemeSwitch, place: Ward
) -> None:
    place.controller.seat(okafor(chair=2, name="BAKER, Jo"))
    page = opened(qtbot, themes, place, surge())
    press(page, Qt.Key.Key_M, Qt.Key.Key_3)
    assert page.bar.field.hint_label.text() == "2 J.B. \N{MIDDLE DOT} Ctrl+W only takes it away here."
    for typed in ("4", "x"):
        page.bar.field.edit.setText(typed)
        press(page, Qt.Key.Key_Return)
        assert page.bar.field.hint_label.text() == f"No other patient sits in chair {typed}."
    page.bar.field.edit.setText("2")
    press(page, Qt.Key.Key_Return)
    assert page.looked is not None
    moved = page.looked.view.readings[-1]
    assert moved.standing is Standing.MOVED
    session = place.clinic.session(2)
    assert session is not None
    (arrived,) = session.view.charted
    assert (arrived.vitals, arrived.at_ms) == (moved.vitals, moved.at_ms)
    assert page.bar.isHidden()


def test_a_second_signature_names_the_operator_and_the_head(
    qtbot: QtBot, themes: ThemeSwitch, place: Ward
) -> None:
    place.controller.choose_operator("Dr Lindqvist")
    page = opened(qtbot, themes, place, surge())
    press(page, Qt.Key.Key_S)
    press(page, Qt.Key.Key_Return)
    assert page.looked is not None
    signed = page.looked.record[-1]
    assert isinstance(signed.body, bodies.Signed)
    assert (signed.author.name, signed.body.head) == ("Dr Lindqvist", signed.previous)
    assert place.recorder.steps[-1].entries[-1] == signed


def test_nobody_writes_without_a_name(qtbot: QtBot, themes: ThemeSwitch, place: Ward) -> None:
    place.controller.choose_operator("")
    page = opened(qtbot, themes, place, surge())
    with qtbot.waitSignal(page.asked) as asked:
        press(page, Qt.Key.Key_N)
    assert asked.args == [ToOperator()]
    assert page.bar.isHidden()


def test_escape_leaves_the_bar_and_writes_nothing(qtbot: QtBot, themes: ThemeSwitch, place: Ward) -> None:
    page = opened(qtbot, themes, place, surge())
    press(page, Qt.Key.Key_N)
    QTest.keyClicks(page.bar.field.edit, "half a thought")
    press(page, Qt.Key.Key_Escape)
    assert page.bar.isHidden()
    assert place.recorder.steps == []


def test_an_unsigned_session_leads_to_its_chair(qtbot: QtBot, themes: ThemeSwitch, place: Ward) -> None:
    page = opened(qtbot, themes, place, baseline())
    with qtbot.waitSignal(page.asked) as asked:
        press(page, Qt.Key.Key_1)
    assert asked.args == [ToChair(1)]


def test_the_report_is_one_key_away(qtbot: QtBot, themes: ThemeSwitch, place: Ward) -> None:
    page = opened(qtbot, themes, place, surge())
    with qtbot.waitSignal(page.asked) as asked:
        page.open_report()
    assert asked.args == [ToReport("session-1")]


def test_the_table_alone_hides_the_chart(qtbot: QtBot, themes: ThemeSwitch, place: Ward) -> None:
    page = opened(qtbot, themes, place, surge())
    press(page, Qt.Key.Key_T)
    assert not page.chart.isVisible()
    assert all(part.isVisible() for part in (page.table, page.figures, page.flags, page.needs))
    press(page, Qt.Key.Key_T)
    assert page.chart.isVisible()


def test_a_usual_window_shows_all_of_it_without_scrolling(
    qtbot: QtBot, themes: ThemeSwitch, place: Ward
) -> None:
    page = opened(qtbot, themes, place, surge())
    for _key in range(2):
        page.grab()
        qtbot.waitUntil(lambda: page._scroll.verticalScrollBar().maximum() == 0)  # one layout brings another
        press(page, Qt.Key.Key_T)


@pytest.mark.parametrize(("width", "height"), [(1280, 724), (1440, 824), (1920, 1004)])
def test_chart_table_and_figures_stand_in_every_usual_window(
    qtbot: QtBot, themes: ThemeSwitch, place: Ward, width: int, height: int
) -> None:
    page = opened(qtbot, themes, place, surge())
    page.resize(width, height)
    qtbot.waitUntil(lambda: page._scroll.verticalScrollBar().maximum() == 0)
    assert page.chart.pressure_height_px >= 96
    assert height < 1000 or page._side_scroll.verticalScrollBar().maximum() == 0
    for name in page.figures.findChildren(QLabel):
        assert name.width() >= name.minimumSizeHint().width(), name.text()


def test_choosing_a_set_points_at_it_on_the_chart(qtbot: QtBot, themes: ThemeSwitch, place: Ward) -> None:
    page = opened(qtbot, themes, place, surge())
    press(page, Qt.Key.Key_Left, Qt.Key.Key_Left)
    chosen = page.table.selected
    assert chosen is not None
    minute = page.chart.cursor_minute
    assert minute == (chosen.at_ms - instant(0).utc_ms) / 60_000
    assert f"{chosen.vitals.systolic_mmhg}/{chosen.vitals.diastolic_mmhg}" in page._chain.text()


def test_the_table_is_copied_for_a_spreadsheet(qtbot: QtBot, themes: ThemeSwitch, place: Ward) -> None:
    page = opened(qtbot, themes, place, surge())
    QTest.keyClick(page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QApplication.clipboard().text().splitlines()
    assert [line.split("\t")[0] for line in lines[:2]] == ["Time", "BP"]
    assert all(line.count("\t") == len(page.table.columns) for line in lines)
    assert "184/108" in lines[1]
    assert "OKAFOR" not in QApplication.clipboard().text()


def test_simulated_sessions_are_striped(qtbot: QtBot, themes: ThemeSwitch, place: Ward) -> None:
    page = opened(qtbot, themes, place, surge(is_simulated=True))
    assert page._stripe.isVisible()
    assert not opened(qtbot, themes, place, surge())._stripe.isVisible()


def test_all_that_takes_the_focus_has_a_name(qtbot: QtBot, themes: ThemeSwitch, place: Ward) -> None:
    page = opened(qtbot, themes, place, surge())
    takers = [one for one in page.findChildren(QWidget) if one.focusPolicy() is not Qt.FocusPolicy.NoFocus]
    assert [one for one in takers if one.isVisible() and not one.accessibleName()] == []


def test_a_captured_reading_is_quiet_in_the_table(qtbot: QtBot, themes: ThemeSwitch, place: Ward) -> None:
    page = opened(qtbot, themes, place, surge())
    assert [column.is_quiet for column in page.table.columns].count(True) == 1


def test_vitals_left_out_of_an_amendment_stay() -> None:
    given = Vitals(systolic_mmhg=1, diastolic_mmhg=2)
    assert given.over(Vitals(spo2_percent=97)).spo2_percent == 97


# the list


def listed(qtbot: QtBot, themes: ThemeSwitch, place: Ward, archive: FakeArchive) -> SessionsPage:
    page = SessionsPage(place.controller, themes, archive)
    qtbot.addWidget(page)
    page.show()
    page.shown()
    qtbot.waitUntil(lambda: page.model.rowCount() == 2)
    return page


def test_the_list_finds_while_one_types_and_enter_opens(
    qtbot: QtBot, themes: ThemeSwitch, place: Ward
) -> None:
    archive = FakeArchive()
    page = listed(qtbot, themes, place, archive)
    assert page.remark == "2 sessions, newest first"
    QTest.keyClicks(page.field.edit, "kova")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    assert archive.asked == ["", "kova"]
    with qtbot.waitSignal(page.asked) as asked:
        QTest.keyClick(page.field.edit, Qt.Key.Key_Return)
    assert asked.args == [ToReview("KOVAČ, Ana")]


def test_arrows_walk_from_the_field_into_the_list(qtbot: QtBot, themes: ThemeSwitch, place: Ward) -> None:
    page = listed(qtbot, themes, place, FakeArchive())
    QTest.keyClick(page.field.edit, Qt.Key.Key_Down)
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    with qtbot.waitSignal(page.asked) as asked:
        QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert asked.args == [ToReview("KOVAČ, Ana")]


def test_an_answer_to_an_older_question_is_dropped(qtbot: QtBot, themes: ThemeSwitch, place: Ward) -> None:
    page = listed(qtbot, themes, place, FakeArchive())
    page.field.edit.setText("okafor")
    page._asking._wanted_text = "something newer"
    FakeArchive().find("okafor", page._asking._take_list_anywhere)
    qtbot.wait(10)
    assert page.model.rowCount() == 2


def test_nothing_found_says_so(qtbot: QtBot, themes: ThemeSwitch, place: Ward) -> None:
    page = listed(qtbot, themes, place, FakeArchive())
    QTest.keyClicks(page.field.edit, "zzz")
    qtbot.waitUntil(lambda: page.remark == "No session found.")


def test_continuous_values_lie_behind_the_chart_of_a_finished_session(
    qtbot: QtBot, themes: ThemeSwitch, place: Ward
) -> None:
    made = surge()
    archive = FakeArchive(made.session.record)
    archive.trend = tuple(
        TrendSample(
            at_ms=instant(second / 60).utc_ms,
            quantity=Quantity.SPO2,
            value=value,
            quality=Quality.GOOD,
            port="COM3",
        )
        for second, value in ((1, 97), (2, None), (3, 95))
    )
    page = ReviewPage(place.controller, themes, archive, made.view.session)
    qtbot.addWidget(page)
    qtbot.waitUntil(lambda: page.summary is not None)
    shown = page.chart.model.saturation_trend.values
    assert [None if math.isnan(value) else value for value in shown] == [97, None, 95]
