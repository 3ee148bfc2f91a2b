"""What a nurse can count on at a chair's page: who it is, how old each value is, and nothing unmarked."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from monitor import bodies
from monitor.feed import LinkState
from monitor.policy import Level
from monitor.terms import NotObtainedReason
from monitor.vitals import Quantity
from tests.ui.at_chair import AtChair, at_chair
from tests.ui.made import MONITOR, Ward, linked, live, okafor, pressures, ward
from ui.routes import ToBoard, ToDevice
from ui.session.page import SessionPage
from ui.theme import DARK, DIM, LIGHT, Theme, ThemeSwitch
from ui.widgets.field import LabeledField


@pytest.fixture
def seated(qtbot: QtBot, themes: ThemeSwitch) -> AtChair:
    return at_chair(qtbot, themes)


@pytest.fixture
def infusing(qtbot: QtBot, themes: ThemeSwitch) -> AtChair:
    made = ward()
    made.infusing()
    made.pass_s(60)
    return at_chair(qtbot, themes, made=made)


def test_identity_allergy_and_phase_are_always_in_sight(infusing: AtChair) -> None:
    text = infusing.page.identity.text
    for part in (
        "OKAFOR, Ruth",
        "12-Mar-1979 (46 y)",
        "No. 40417",
        "70 kg",
        "ketamine 35 mg in 50 mL",
        "cuff right, IV left",
        "Allergy: penicillin",
        "Infusing +1 of 40 min",
        "ends about 10:37 (+40)",
        "No monitor",
    ):
        assert part in text


def test_the_newest_set_is_large_with_change_age_and_source(infusing: AtChair) -> None:
    infusing.ward.chart(140, 88, 80, 97)
    infusing.ward.pass_s(240)
    block = infusing.page.gutter.pressure
    assert block.value.text() == "140/88"
    assert block.age.text() == "4 min ago"
    assert block.source.text() == "09:58 typed M.D."
    assert infusing.page.gutter.rate.value.text() == "80"
    assert infusing.page.gutter.rate.source.text() == "09:58, 4 min ago, typed"


def test_a_flag_is_marked_beside_the_large_number_that_it_is_about(infusing: AtChair) -> None:
    gutter = infusing.page.gutter
    blocks = (gutter.pressure, gutter.rate, gutter.saturation)
    assert [block.mark.level for block in blocks] == [None, None, None]
    infusing.ward.chart(162, 88, 80, 94)
    assert [block.mark.level for block in blocks] == [Level.WATCH, None, Level.WATCH]
    assert [block.mark.isVisible() for block in blocks] == [True, False, True]


@pytest.mark.parametrize(
    ("state", "words"), [(LinkState.SILENT, "Monitor silent 2 min"), (LinkState.LOST, "Monitor lost 2 min")]
)
def test_a_monitor_that_says_nothing_is_said_with_how_long_and_no_live_value(
    infusing: AtChair, state: LinkState, words: str
) -> None:
    place = infusing.ward
    place.clinic.feed(1, linked(place.clock.at))
    place.clinic.feed(1, live(Quantity.SPO2, 97, at=place.clock.at))
    place.pass_s(1)
    assert infusing.page.gutter.saturation.live.isVisible()
    place.clinic.feed(1, linked(place.clock.at, state=state, reason="No answer for 7 s."))
    place.pass_s(130)
    assert words in infusing.page.identity.text
    assert "type readings" in infusing.page.identity.text
    assert not infusing.page.gutter.saturation.live.isVisible()


def test_an_old_set_goes_grey_but_is_not_struck_and_keeps_its_age(infusing: AtChair) -> None:
    value = infusing.page.gutter.pressure.value
    assert value.property("ink") == "main"
    infusing.ward.pass_s(5 * 60)
    assert value.property("ink") == "second"
    assert not value.font().strikeOut()
    assert infusing.page.gutter.pressure.age.text() == "7 min ago"


def test_a_rate_from_an_older_set_is_not_shown_as_if_it_were_new(infusing: AtChair) -> None:
    infusing.ward.chart(132, 84)
    rate = infusing.page.gutter.rate
    assert (rate.value.text(), rate.value.property("ink")) == ("70", "second")
    assert rate.source.text() == "09:55, 2 min ago, typed"


def test_nothing_charted_shows_dashes_and_no_number(seated: AtChair) -> None:
    assert seated.page.gutter.pressure.value.text() == "–/–"  # noqa: RUF001 - the dash is the point
    assert seated.page.gutter.pressure.age.text() == "No set charted"
    assert seated.page.bar.last.text == "No set yet"
    assert seated.page.bar.due.text == "2 baseline sets to chart"


def test_live_values_are_small_with_their_age_and_not_charted(infusing: AtChair) -> None:
    made = infusing.ward
    made.clinic.feed(1, linked(made.clock.at))
    made.clinic.feed(1, live(Quantity.PULSE_RATE, 76, at=made.clock.at))
    made.pass_s(3)
    block = infusing.page.gutter.rate
    assert (block.live.text(), block.live_age.text()) == ("Live 76", "3 s ago, not charted")
    assert block.value.text() == "70"
    assert "Monitor linked last message 3 s ago" in infusing.page.identity.text


def test_a_lost_monitor_says_so_and_asks_for_typed_readings(infusing: AtChair) -> None:
    made = infusing.ward
    made.clinic.feed(1, linked(made.clock.at))
    made.clinic.feed(1, linked(made.clock.at, state=LinkState.LOST, reason="Cable out."))
    made.pass_s(1)
    assert "Monitor lost 1 s type readings" in infusing.page.identity.text


def test_the_other_monitors_messages_are_not_taken_for_those_of_the_one_that_says_nothing(
    infusing: AtChair,
) -> None:
    made = infusing.ward
    oximeter = replace(MONITOR, protocol="masimo", port="serial:/dev/ttyUSB1")
    made.clinic.feed(1, linked(made.clock.at, state=LinkState.SILENT, reason="No answer for 7 s."))
    made.clinic.feed(1, replace(linked(made.clock.at), source=oximeter))
    made.clinic.feed(1, replace(live(Quantity.SPO2, 97, at=made.clock.at), source=oximeter))
    made.pass_s(1)
    assert "DINAMAP silent 1 s type readings" in infusing.page.identity.text


def test_two_patients_with_the_same_initials_are_told_apart_where_sets_are_typed(
    qtbot: QtBot, themes: ThemeSwitch
) -> None:
    seat = (okafor(), okafor(chair=2, name="OLSEN, Rita"))
    chair = at_chair(qtbot, themes, seat=seat)
    owner = chair.page.bar.field.accessibleName()
    assert "R.Ok." in owner
    chair.enter("128/827698")
    assert "R.Ok." in chair.title
    chair.type("ta3")
    offered = [button.text() for button in chair.page.strip.findChildren(QAbstractButton)]
    assert any("R.Ol." in text for text in offered)


def test_a_simulated_session_is_striped(qtbot: QtBot, themes: ThemeSwitch) -> None:
    chair = at_chair(qtbot, themes, seat=(okafor(is_simulated=True),))
    assert chair.page.stripe.isVisible()


def test_a_real_session_has_no_stripe(seated: AtChair) -> None:
    assert not seated.page.stripe.isVisible()


def test_the_chart_follows_the_record_at_once(infusing: AtChair) -> None:
    before = len(infusing.page.chart.model.pressures)
    infusing.enter("130/847697")
    assert len(infusing.page.chart.model.pressures) == before + 1


class CountedPage(SessionPage):
    """Counts how often it shows everything."""

    count = 0

    def refresh(self) -> None:
        self.count += 1
        super().refresh()


@pytest.fixture
def counted(qtbot: QtBot, themes: ThemeSwitch) -> tuple[Ward, CountedPage]:
    made = ward()
    made.infusing()
    page = CountedPage(made.controller, themes, 1)
    qtbot.addWidget(page)
    page.show()
    QApplication.processEvents()
    page.count = 0
    return made, page


def test_what_one_turn_announces_is_shown_together(qtbot: QtBot, counted: tuple[Ward, CountedPage]) -> None:
    made, page = counted
    before = page.chart.model
    made.controller.act(1, bodies.SetCharted(vitals=pressures(130, 84)))
    made.controller.act(1, bodies.SetCharted(vitals=pressures(132, 86)))
    made.controller.tick()
    assert page.count == 0
    qtbot.waitUntil(lambda: page.chart.model is not before)
    QApplication.processEvents()
    assert page.count == 1
    assert len(page.chart.model.pressures) == len(before.pressures) + 2


def test_enter_is_shown_at_once_and_once(counted: tuple[Ward, CountedPage]) -> None:
    made, page = counted
    QTest.keyClicks(page.bar.field, "130/847697")
    page.count = 0
    QTest.keyClick(page.bar.field, Qt.Key.Key_Return)
    assert (page.count, page.bar.field.text()) == (1, "")
    assert page.bar.content.detail == "Not saved yet"
    QApplication.processEvents()
    assert page.count == 1
    made.save_all()
    assert (page.count, page.bar.content.detail) == (2, "Saved")


def test_a_page_out_of_sight_waits_until_it_is_shown(counted: tuple[Ward, CountedPage]) -> None:
    made, page = counted
    page.hide()
    made.chart(130, 84)
    assert page.count == 0
    page.show()
    page.shown()
    assert page.gutter.pressure.value.text() == "130/84"


def test_a_second_that_changes_nothing_leaves_the_chart_alone(infusing: AtChair) -> None:
    model = infusing.page.chart.model
    step_ms = 5000 - infusing.ward.clock.at.utc_ms % 5000
    infusing.ward.pass_s((step_ms - 1) / 1000)
    assert infusing.page.chart.model is model
    infusing.ward.pass_s(0.001)
    now, before = infusing.page.chart.model.now, model.now
    assert now is not None
    assert before is not None
    assert now.minute > before.minute


def test_the_table_lists_everything_with_what_was_withdrawn_struck_through(infusing: AtChair) -> None:
    infusing.enter("139/867697")
    infusing.undo()
    infusing.ward.save_all()
    infusing.ward.act(bodies.NotObtained(reason=NotObtainedReason.ASLEEP))
    infusing.type("t")
    columns = infusing.page.table.columns
    assert [column.cells[2] for column in columns] == ["124/78", "124/78", "139/86", ""]
    assert [column.is_struck for column in columns] == [False, False, True, False]
    assert columns[2].cells[-1] == "withdrawn: undone"
    assert columns[3].cells[-1] == "Not obtained: asleep"
    item = infusing.page.table.item(2, 2)
    assert item is not None
    assert item.font().strikeOut()


def test_an_unsaved_set_says_so_in_the_table(infusing: AtChair) -> None:
    infusing.ward.save_all()
    infusing.enter("130/847697")
    infusing.type("t")
    assert infusing.page.table.columns[-1].cells[-1] == "not saved yet"
    infusing.ward.save_all()
    assert infusing.page.table.columns[-1].cells[-1] == ""


def test_a_digit_typed_at_the_table_goes_to_the_field(infusing: AtChair) -> None:
    infusing.type("t")
    infusing.type("128")
    assert infusing.page.desk.text == "128"


def test_at_the_planned_end_it_asks_and_never_assumes(infusing: AtChair) -> None:
    infusing.ward.pass_s(39 * 60)
    assert infusing.title == "Planned end reached. Finished?"
    assert infusing.keys["F"] == "Stopped"
    assert infusing.view.infusion is not None
    assert infusing.view.infusion.stopped_ms is None


def test_the_repeat_timer_counts_down(infusing: AtChair) -> None:
    infusing.type("r")
    infusing.ward.pass_s(2)
    assert infusing.page.bar.due.text == "Repeat in 1:58"


def test_the_repeat_timer_outlives_the_page(qtbot: QtBot, themes: ThemeSwitch, infusing: AtChair) -> None:
    infusing.type("r")
    infusing.page.left()
    infusing.ward.pass_s(30)
    again = at_chair(qtbot, themes, made=infusing.ward)
    assert again.page.bar.due.text == "Repeat in 1:30"
    again.enter("128/82 76 98")
    assert "Repeat" not in again.page.bar.due.text


def test_another_patient_inherits_no_repeat_timer(infusing: AtChair) -> None:
    controller = infusing.ward.controller
    controller.begin_repeat(1)
    assert controller.repeat_left_s(1) is not None
    controller.begin_repeat(2)
    assert controller.repeat_left_s(2) is None


def test_of_a_forms_fields_only_the_one_with_the_focus_is_selected(seated: AtChair) -> None:
    seated.type("e7")
    seated.enter("RO")
    seated.enter("1979")
    selected = [field.edit.hasSelectedText() for field in seated.page.strip.findChildren(LabeledField)]
    assert len(selected) > 2
    assert not any(selected)


def test_an_unconfirmed_flag_counts_down_by_itself(infusing: AtChair) -> None:
    infusing.ward.chart(184, 108)
    infusing.ward.pass_s(30)
    assert infusing.page.bar.due.text == "Repeat in 1:30"


def test_m_leads_to_the_monitor_beside_the_chair(infusing: AtChair, qtbot: QtBot) -> None:
    with qtbot.waitSignal(infusing.page.asked) as asked:
        infusing.press(Qt.Key.Key_M)
    assert asked.args == [ToDevice(1)]


def test_escape_goes_to_the_board_and_keeps_what_is_typed(infusing: AtChair, qtbot: QtBot) -> None:
    infusing.type("128/8")
    with qtbot.waitSignal(infusing.page.asked) as asked:
        infusing.press(Qt.Key.Key_Escape)
    assert asked.args == [ToBoard()]
    draft = infusing.ward.controller.draft(1, "entry")
    assert draft is not None
    assert draft.text == "128/8"


def test_shift_and_an_arrow_move_the_time_cursor_with_its_readout(infusing: AtChair) -> None:
    infusing.press(Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert infusing.page.chart.cursor_minute is not None
    assert infusing.focused() is infusing.page.bar.field


def test_every_widget_that_takes_the_focus_has_a_name_and_no_dialog_exists(infusing: AtChair) -> None:
    for keys in ("", "e", "8"):
        infusing.type(keys)
        for one in infusing.page.findChildren(QWidget):
            takes = one.focusPolicy() != Qt.FocusPolicy.NoFocus or isinstance(one, QAbstractButton)
            if takes and one.isVisible() and not one.metaObject().className().startswith("QTable"):
                assert one.accessibleName() or isinstance(one, QAbstractButton), one
    assert not [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog)]


@pytest.mark.parametrize("theme", [LIGHT, DARK, DIM])
def test_the_page_follows_a_live_switch_of_theme(
    infusing: AtChair, themes: ThemeSwitch, theme: Theme
) -> None:
    themes.switch_to(theme)
    image = infusing.page.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    bar = infusing.page.bar
    corner = bar.mapTo(infusing.page, bar.rect().center())
    assert image.pixelColor(corner.x(), bar.y() + 6).name().upper() == theme.panel


@pytest.mark.parametrize(("width", "height"), [(1440, 764), (1280, 664), (1920, 1000)])
def test_the_page_fits_the_window(infusing: AtChair, width: int, height: int) -> None:
    infusing.page.resize(width, height)
    assert (infusing.page.width(), infusing.page.height()) == (width, height)
    chart = infusing.page.chart
    assert chart.parentWidget() is not None
    assert chart.height() <= chart.parentWidget().height()  # type: ignore[union-attr]


def test_the_largest_pressure_is_not_cut(infusing: AtChair) -> None:
    infusing.ward.chart(288, 148)
    infusing.ward.pass_s(1)  # and the layout has followed
    value = infusing.page.gutter.pressure.value
    assert value.text() == "288/148"
    assert value.width() >= value.fontMetrics().horizontalAdvance(value.text())


def test_a_question_shows_all_of_its_fields(infusing: AtChair) -> None:
    infusing.type("e3")
    strip = infusing.page.strip
    lowest = max(field.mapTo(strip, field.rect().bottomLeft()).y() for field in strip.fields)
    assert strip.height() == strip.sizeHint().height()
    assert lowest < strip.height()
    assert strip.geometry().bottom() < infusing.page.bar.geometry().top() + 1


def test_what_is_typed_at_the_chart_goes_to_this_chairs_field(infusing: AtChair) -> None:
    infusing.page.chart.setFocus()
    infusing.type("128")
    assert infusing.page.desk.text == "128"
    assert infusing.focused() is infusing.page.bar.field
    infusing.page.chart.setFocus()
    infusing.type("n")
    infusing.page.chart.setFocus()
    infusing.type("ok")
    assert infusing.page.strip.fields[0].text == "ok"


def test_a_key_typed_at_the_chart_answers_what_is_asked(infusing: AtChair) -> None:
    infusing.type("e")
    infusing.page.chart.setFocus()
    infusing.type("4")
    infusing.page.chart.setFocus()
    infusing.type("1")
    assert infusing.recorded(bodies.EffectOpened) != []


def test_the_set_chosen_in_the_table_stays_chosen_when_another_arrives(infusing: AtChair) -> None:
    infusing.ward.chart(130, 84)
    infusing.type("t")
    infusing.press(Qt.Key.Key_Left)
    chosen = infusing.page.table.chosen
    infusing.ward.capture(150, 90)
    infusing.ward.pass_s(1)
    assert infusing.page.table.chosen == chosen
    assert infusing.page.table.columns[-1].cells[2] == "150/90"


def test_the_newest_set_is_chosen_until_another_is(infusing: AtChair) -> None:
    infusing.type("t")
    infusing.ward.chart(130, 84)
    infusing.ward.pass_s(1)
    assert infusing.page.table.chosen == infusing.view.charted[-1]


def test_the_least_window_keeps_its_width_whatever_the_bar_says(infusing: AtChair) -> None:
    page = infusing.page
    page.resize(1280, 664)
    widths = []
    for keys in ("", "x", "128/82 76 98 @1000", "12/80"):
        page.bar.field.setText("")
        infusing.type(keys)
        widths.append(page.width())
    page.bar.field.setText("")
    for systolic in (134, 186):
        infusing.ward.capture(systolic, 84)
        infusing.ward.pass_s(130)
        widths.append(page.width())
    assert set(widths) == {1280}
