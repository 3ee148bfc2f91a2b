"""What a nurse can count on at the entry bar: nothing guessed, nothing swapped, nothing accepted unseen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from monitor import bodies
from monitor.clock import Instant
from monitor.entry_line import TimeOfDay
from monitor.policy import Level
from monitor.ports import Draft, StepFailed
from monitor.terms import Reason, RejectReason
from monitor.view import Standing
from tests.ui.at_chair import AtChair, at_chair
from tests.ui.made import SEATED_AT, Told, okafor, ward
from ui.session.bar_content import BarLook
from ui.session.bedside import taken_ms
from ui.session.chips import ChipLook
from ui.session.desk import Stage
from ui.text.happened import taken_at
from ui.theme import ThemeSwitch


@pytest.fixture
def chair(qtbot: QtBot, themes: ThemeSwitch) -> AtChair:
    return at_chair(qtbot, themes)


@pytest.fixture
def infusing(qtbot: QtBot, themes: ThemeSwitch) -> AtChair:
    """Baselines 124/78 and a running infusion; the last set is 90 s old."""
    made = ward()
    made.infusing()
    made.pass_s(60)
    return at_chair(qtbot, themes, made=made)


def stage(chair: AtChair) -> Stage:
    state = chair.page.desk.state()
    assert state is not None
    return state.stage


def looks(chair: AtChair) -> list[tuple[str, ChipLook]]:
    return [(box.text, box.look) for box in chair.page.bar.field.boxes]


def test_eleven_keys_chart_a_set(chair: AtChair) -> None:
    chair.enter("128/827698")
    assert chair.charted() == [(128, 82, 76, 98)]
    assert chair.page.bar.field.text() == ""


def test_what_stands_after_a_wrong_part_is_seen_too(chair: AtChair) -> None:
    chair.type("182/1128")
    chair.type("77/82 @1020")
    assert looks(chair)[-2:] == [("7", ChipLook.WRONG), ("\N{HORIZONTAL ELLIPSIS}82 @1020", ChipLook.TYPING)]
    chair.press(Qt.Key.Key_Backspace)
    assert looks(chair)[-1] == ("/82 @102", ChipLook.TYPING)


def test_of_a_long_line_that_was_pasted_its_end_is_seen(chair: AtChair) -> None:
    chair.page.bar.field.setText("120 x mmHg and much else 118")
    text, look = looks(chair)[-1]
    assert (text[0], text[-3:], look) == ("\N{HORIZONTAL ELLIPSIS}", "118", ChipLook.TYPING)
    assert len(text) < 10


def test_typing_shows_boxes_and_how_many_digits_are_to_go(chair: AtChair) -> None:
    chair.type("128/82769")
    assert looks(chair) == [
        ("128/82", ChipLook.DONE),
        ("76", ChipLook.DONE),
        ("9", ChipLook.TYPING),
    ]
    assert chair.page.bar.content.hint == "1 digit to go"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("82/1287698", "Top below bottom: retype"),
        ("12/80", "Systolic 12 is too low: retype"),
        ("128/8276984", "One digit too many after 98"),
        ("1280/82", "0 begins no usual value: check the digits"),
        ("128/0", "0 is not finished"),
        ("128", "Only half a pressure"),
        ("128/8", "8 is not finished"),
    ],
)
def test_what_cannot_be_stops_the_line_and_enter_saves_nothing(chair: AtChair, typed: str, says: str) -> None:
    chair.enter(typed)
    assert chair.charted() == []
    assert chair.page.desk.text == typed
    assert chair.page.bar.content.look is BarLook.WRONG
    assert says in chair.title


def test_a_pasted_letter_is_shown_as_wrong_and_nothing_is_dropped(chair: AtChair) -> None:
    QApplication.clipboard().setText("128/82 x76")
    chair.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    chair.press(Qt.Key.Key_Return)
    assert chair.charted() == []
    assert chair.page.desk.text == "128/82 x76"
    assert looks(chair)[-2:] == [("x", ChipLook.WRONG), ("76", ChipLook.TYPING)]


def test_a_letter_is_a_command_and_never_data(chair: AtChair) -> None:
    chair.type("128")
    chair.type("n")
    assert chair.page.strip.title == "Note"
    assert chair.page.desk.text == "128"


def test_minus_erases_the_newest_value(chair: AtChair) -> None:
    chair.type("128/82 76")
    chair.type("-")
    assert chair.page.desk.text == "128/82 "


def test_an_unlikely_set_is_asked_about_and_kept_by_a_second_enter(infusing: AtChair) -> None:
    infusing.enter("168/92 80 97")
    assert infusing.title == "Systolic 44 up since 09:55 (124). Keep it?"
    assert len(infusing.charted()) == 2
    assert looks(infusing)[0] == ("168/92", ChipLook.ASKED)
    infusing.enter()
    assert infusing.charted()[-1] == (168, 92, 80, 97)
    body = infusing.recorded(bodies.SetCharted)[-1]
    assert isinstance(body, bodies.SetCharted)
    assert body.confirmed == ("changed_systolic",)


def test_any_key_takes_the_question_back(infusing: AtChair) -> None:
    infusing.enter("168/92 80 97")
    infusing.press(Qt.Key.Key_Backspace)
    assert stage(infusing) is Stage.READY or stage(infusing) is Stage.TYPING
    assert len(infusing.charted()) == 2


def test_an_extreme_is_stored_and_flagged_before_it_is_asked_about(infusing: AtChair) -> None:
    infusing.enter("220/130 96 97")
    assert infusing.charted()[-1] == (220, 130, 96, 97)
    assert Level.ACT_NOW in {each.change.level for each in infusing.view.flags}
    assert stage(infusing) is Stage.STORED
    infusing.enter()
    assert stage(infusing) is Stage.EMPTY
    assert len(infusing.charted()) == 3


def test_fixing_a_stored_extreme_withdraws_it_and_gives_the_digits_back(infusing: AtChair) -> None:
    infusing.enter("220/130 96 97")
    infusing.press(Qt.Key.Key_Backspace)
    assert len(infusing.charted()) == 2
    assert infusing.view.readings[-1].standing is Standing.WITHDRAWN
    assert infusing.page.desk.text == "220/130 96 97"


def test_a_set_can_be_undone_for_ten_seconds_and_is_kept_as_undone(chair: AtChair) -> None:
    chair.enter("128/827698")
    assert chair.title == "Chair 1 · R.O. · 128/82 · 76 · 98 at 09:54"
    chair.undo()
    assert chair.charted() == []
    amended = chair.recorded(bodies.Amended)[-1]
    assert isinstance(amended, bodies.Amended)
    assert amended.reason is Reason.UNDONE


def test_after_ten_seconds_undo_is_refused_with_the_next_step(chair: AtChair) -> None:
    chair.enter("128/827698")
    chair.ward.pass_s(10.1)
    chair.undo()
    assert chair.charted() == [(128, 82, 76, 98)]
    assert chair.title == "Too late to undo. Amend it in the table: T."


def test_saved_is_said_only_after_the_commit_returned(chair: AtChair) -> None:
    chair.enter("128/827698")
    assert chair.page.bar.content.detail == "Not saved yet"
    chair.ward.save_all()
    assert chair.page.bar.content.detail == "Saved"


def test_a_full_disk_inverts_the_bar_and_charting_goes_on(chair: AtChair) -> None:
    chair.enter("128/827698")
    step = chair.ward.clinic.saving.unsaved[0]
    chair.ward.clinic.recorded(StepFailed(step=step, reason="The disk is full.", waiting=2))
    chair.ward.pass_s(11)
    assert chair.page.bar.content.look is BarLook.UNSAVED
    assert chair.page.bar.content.detail.startswith("The disk is full.")
    chair.press(Qt.Key.Key_F5)
    assert chair.ward.recorder.retries == 1
    chair.enter("130/847798")
    assert len(chair.charted()) == 2


def test_an_offer_is_accepted_by_enter_once_it_was_in_sight_for_a_second(infusing: AtChair) -> None:
    infusing.ward.capture(134, 84)
    assert stage(infusing) is Stage.OFFER
    assert looks(infusing)[0] == ("134/84", ChipLook.OFFERED)
    infusing.ward.clock.pass_s(0.999)
    infusing.enter()
    assert infusing.view.waiting
    assert infusing.page.bar.content.detail == "Just arrived: read it first, then Enter."
    infusing.ward.clock.pass_s(1)
    infusing.enter()
    assert not infusing.view.waiting
    assert infusing.charted()[-1][:2] == (134, 84)


def test_what_was_accepted_is_said_with_the_time_it_was_measured(infusing: AtChair) -> None:
    infusing.ward.capture(134, 84)
    measured = taken_at(infusing.view.waiting[-1].entry)
    infusing.ward.pass_s(180)
    infusing.enter()
    assert infusing.title.endswith(f"at {measured}")


def test_two_enters_as_a_reading_arrives_do_not_accept_it_unseen(infusing: AtChair) -> None:
    infusing.type("128/82 76 98")
    infusing.enter()
    infusing.ward.capture(134, 84)
    infusing.enter()
    assert [each.vitals.systolic_mmhg for each in infusing.view.waiting] == [134]
    assert infusing.charted()[-1] == (128, 82, 76, 98)


def test_each_enter_starts_the_second_anew(infusing: AtChair) -> None:
    infusing.ward.capture(134, 84)
    infusing.ward.clock.pass_s(0.6)
    infusing.enter()
    infusing.ward.clock.pass_s(0.6)
    infusing.enter()
    assert infusing.view.waiting


def test_a_newer_reading_must_be_seen_for_itself(infusing: AtChair) -> None:
    infusing.ward.capture(134, 84)
    infusing.ward.pass_s(5)
    infusing.ward.capture(150, 90)
    infusing.enter()
    assert len(infusing.view.waiting) == 2


def test_typed_values_and_an_arriving_reading_never_mix(infusing: AtChair) -> None:
    infusing.type("128/82")
    infusing.ward.capture(134, 84)
    assert stage(infusing) is not Stage.OFFER
    assert infusing.page.bar.content.hint == "Monitor 134/84 waits"
    infusing.enter()
    assert infusing.charted()[-1][:2] == (128, 82)
    assert len(infusing.view.waiting) == 1


def test_an_offer_ends_and_is_then_not_accepted_by_enter(infusing: AtChair) -> None:
    infusing.ward.capture(134, 84)
    infusing.ward.pass_s(299)
    assert stage(infusing) is Stage.OFFER
    infusing.ward.pass_s(1)
    assert stage(infusing) is Stage.EMPTY
    infusing.enter()
    assert infusing.view.waiting


def test_a_doubtful_reading_says_that_it_cannot_be_accepted_and_what_to_do(infusing: AtChair) -> None:
    infusing.ward.capture(312, 130)
    at = taken_at(infusing.view.readings[-1].entry)
    assert infusing.title == f"{at}: 312/130 questionable"
    assert infusing.page.bar.content.detail == "It cannot be accepted. Measure again, or type."
    infusing.ward.pass_s(2)
    infusing.enter()
    assert infusing.charted()[-1][0] == 124
    infusing.ward.pass_s(60)
    infusing.ward.capture(134, 84)
    assert "questionable" not in infusing.title


def test_del_and_a_digit_reject_an_offer(infusing: AtChair) -> None:
    infusing.ward.capture(134, 84)
    infusing.press(Qt.Key.Key_Delete)
    infusing.type("3")
    assert infusing.view.readings[-1].reject_reason is RejectReason.TALKING
    assert infusing.focused() is infusing.page.bar.field


def test_every_key_keeps_the_draft_and_leaving_loses_nothing(
    chair: AtChair, qtbot: QtBot, themes: ThemeSwitch
) -> None:
    chair.type("128/8")
    assert [draft.text for draft in chair.ward.recorder.drafts] == ["1", "12", "128", "128/", "128/8"]
    again = at_chair(qtbot, themes, made=chair.ward)
    assert again.page.bar.field.text() == "128/8"


def test_another_patients_draft_is_not_taken_up(qtbot: QtBot, themes: ThemeSwitch) -> None:
    old = Draft(chair=1, place="entry", session="someone else", text="128/82", typed_at_ms=SEATED_AT.utc_ms)
    assert at_chair(qtbot, themes, drafts=(old,)).page.desk.text == ""


def test_a_line_older_than_two_minutes_must_be_given_a_time(chair: AtChair) -> None:
    chair.ward.pass_s(30)
    chair.type("128/827698")
    chair.ward.pass_s(120)
    assert stage(chair) is Stage.READY
    chair.ward.pass_s(1)
    assert stage(chair) is Stage.OLD_DRAFT
    chair.enter()
    assert chair.charted() == []
    assert chair.page.desk.text == "128/827698 @0954"
    assert chair.keys["Enter"] == "Save at 09:54"
    chair.enter()
    assert len(chair.charted()) == 1


def test_an_old_line_is_cleared_by_escape(chair: AtChair) -> None:
    chair.type("128/827698")
    chair.ward.pass_s(121)
    chair.press(Qt.Key.Key_Escape)
    assert chair.page.desk.text == ""


def test_a_line_left_for_an_hour_says_so_in_large_until_it_is_saved(chair: AtChair) -> None:
    chair.type("128/827698")
    chair.ward.pass_s(3600)
    content = chair.page.bar.content
    assert (content.title, content.is_large) == ("Typed 09:54, 60 min ago", True)
    chair.enter()
    content = chair.page.bar.content
    assert (content.title, content.is_large) == ("Taken 09:54, 60 min ago", True)
    assert chair.keys["Enter"] == "Save at 09:54"


def test_a_time_still_to_come_is_said_while_it_is_typed(chair: AtChair) -> None:
    chair.type("128/827698@1030")
    assert chair.title == "10:30 is still to come"


@pytest.mark.parametrize("key", [Qt.Key.Key_Backspace, Qt.Key.Key_Delete])
def test_all_of_it_is_chosen_and_emptied_and_typing_goes_on(chair: AtChair, key: Qt.Key) -> None:
    chair.type("128/827698")
    chair.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    chair.press(key)
    assert (chair.page.desk.text, looks(chair)) == ("", [])
    chair.enter("130/847798")
    assert chair.charted() == [(130, 84, 77, 98)]


def test_tab_after_choosing_all_ends_a_value_and_replaces_nothing(chair: AtChair) -> None:
    chair.type("128/82")
    chair.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    chair.press(Qt.Key.Key_Tab)
    assert chair.page.desk.text == "128/82 "


def test_with_the_clock_set_back_an_old_line_stays_old(chair: AtChair) -> None:
    chair.type("128/827698")
    chair.ward.pass_s(121)
    chair.ward.clock.at = chair.ward.clock.at.plus_s(-3600)
    chair.ward.controller.tick()
    assert stage(chair) is Stage.OLD_DRAFT


def test_a_set_is_charted_at_the_time_typed_with_it(chair: AtChair) -> None:
    chair.ward.pass_s(600)
    chair.enter("128/827698@1001")
    assert chair.view.charted[-1].entry.taken_at_ms == SEATED_AT.plus_s(7 * 60).utc_ms


def test_a_time_still_to_come_is_refused_in_words(chair: AtChair) -> None:
    chair.enter("128/827698@1030")
    assert chair.title == "That time is still to come. Check the time."
    assert chair.charted() == []
    assert chair.page.desk.text == "128/827698@1030"


@pytest.mark.parametrize(
    ("now_minutes", "typed", "taken_minutes"),
    [
        (30, (0, 10), 20),  # seated 23:50, now 00:20, taken 00:10
        (30, (23, 55), 5),  # before midnight is yesterday's
        (30, (23, 50), 0),  # the minute of being seated
        (30, (0, 21), 31),  # still to come: left to the record to refuse
    ],
)
def test_times_around_midnight(now_minutes: int, typed: tuple[int, int], taken_minutes: int) -> None:
    told = Told()
    view = told.session.view
    # the same moment reads 23:50 at another offset
    offset_minutes = SEATED_AT.offset_minutes + 13 * 60 + 56
    now = Instant(utc_ms=SEATED_AT.plus_s(now_minutes * 60).utc_ms, offset_minutes=offset_minutes)
    found = taken_ms(TimeOfDay(hour=typed[0], minute=typed[1]), view, now)
    assert found == SEATED_AT.plus_s(taken_minutes * 60).utc_ms


def test_overdue_is_violet_and_grows(infusing: AtChair) -> None:
    infusing.ward.pass_s(5 * 60 - 60 + 119)
    assert infusing.page.bar.due.text == "Due 10:02, now"
    infusing.ward.pass_s(1)
    assert infusing.page.bar.due.text == "Overdue 2 min"
    assert infusing.page.bar.due.badge.isVisible()
    infusing.ward.pass_s(180)
    assert infusing.page.bar.due.late.isVisible()


@pytest.mark.parametrize(
    ("systolic", "says"),
    [
        (124, "Baseline complete: E\N{NO-BREAK SPACE}7 starts"),
        (146, "Systolic 146: E\N{NO-BREAK SPACE}7 starts, a clinician must know"),
        (164, "Start held by systolic 164: C says why"),
    ],
)
def test_a_held_start_is_not_called_ready(chair: AtChair, systolic: int, says: str) -> None:
    for _ in range(2):
        chair.ward.chart(systolic, 78, 70, 98)
        chair.ward.pass_s(70)
    assert chair.page.bar.due.text == says


def test_a_captured_reading_stands_in_for_the_set_that_is_due(infusing: AtChair) -> None:
    infusing.ward.pass_s(200)
    infusing.ward.capture(134, 84)
    infusing.ward.pass_s(60)
    assert infusing.page.bar.due.text == "Due 10:02, 10:01 waits: Enter accepts"
    infusing.ward.pass_s(300)
    assert infusing.page.bar.due.text == "Due 10:02, 10:01 waits: B lists it"


def test_before_the_start_a_captured_reading_is_named_too(chair: AtChair) -> None:
    chair.ward.pass_s(60)
    chair.ward.capture(134, 84)
    assert chair.page.bar.due.text == "09:55 waits: Enter accepts"


def test_nothing_is_offered_under_a_question_and_it_must_be_seen_anew_after(infusing: AtChair) -> None:
    infusing.ward.capture(134, 84)
    infusing.ward.pass_s(5)
    infusing.type("n")
    assert looks(infusing) == []
    assert infusing.keys == {}
    infusing.enter("cuff moved")
    infusing.enter()
    assert infusing.view.waiting
    infusing.ward.pass_s(2)
    infusing.enter()
    assert not infusing.view.waiting


def test_an_offer_that_was_retyped_says_who_typed_it_and_what_the_monitor_read(infusing: AtChair) -> None:
    infusing.ward.capture(139, 84)
    infusing.type("ta1")
    assert infusing.page.strip.title.startswith("Instead of 139/84")
    assert "Old: from monitor, not accepted. New: typed by M. Duarte RN." in infusing.page.strip.detail
    infusing.enter("129/84 80 98")
    assert looks(infusing)[0] == ("129/84", ChipLook.OFFERED)
    assert infusing.title == "Typed by M. Duarte RN, monitor read 139/84"
    infusing.ward.pass_s(2)
    infusing.type("t")
    infusing.enter()
    assert infusing.charted()[-1] == (129, 84, 80, 98)
    assert "amended M.D., monitor read 139/84" in infusing.page.gutter.pressure.source.text()


def test_name_and_chair_stand_in_the_field(qtbot: QtBot, themes: ThemeSwitch) -> None:
    chair = at_chair(qtbot, themes, seat=(okafor(name="Baker, Joan"),))
    assert chair.page.bar.field.accessibleName() == "Vital signs of J.B., chair 1"


def test_nobody_charts_until_somebody_is_chosen(chair: AtChair) -> None:
    chair.ward.controller.choose_operator("")
    chair.enter("128/827698")
    assert chair.charted() == []
    assert chair.title == "Nobody is chosen to chart. Choose who charts now."


def test_enter_held_down_keeps_no_question(infusing: AtChair) -> None:
    infusing.enter("168/92 80 97")
    held = QKeyEvent(
        QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", autorep=True
    )
    QApplication.sendEvent(infusing.page.bar.field, held)
    assert stage(infusing) is Stage.ASKED
    assert len(infusing.charted()) == 2
