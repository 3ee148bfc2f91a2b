"""The window: every chair by keys, who charts in two, what is not saved, and no dialog at all."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from monitor.clinic import Clinic
from monitor.ports import BesideFailed, BesideSaved, StepFailed, WriterDied
from monitor.settings import ThemeName
from tests.ui.made import NURSE, POLICY, KeptRecorder, ManualClock, Ward, ward
from tests.ui.shell import StandIn, infuse, press, seated, type_text, where, window
from ui.controller import ClinicController, Start
from ui.main_window import MainWindow
from ui.page import Page
from ui.routes import ToBoard, ToChair, ToOperator, ToReview, ToSeat, ToSettings
from ui.theme import ThemeSwitch

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def clinic() -> Ward:
    made = ward(seat=())
    made.controller.seat(seated(1, "OKAFOR, Ruth"))
    made.save_all()
    return made


@pytest.fixture
def shown(clinic: Ward, themes: ThemeSwitch, qtbot: QtBot) -> MainWindow:
    return window(clinic, themes, qtbot)


def texts(part: QWidget) -> str:
    QApplication.processEvents()  # what was just added to a layout is shown by the event loop
    return " ".join(label.text() for label in part.findChildren(QLabel) if label.isVisibleTo(part))


def fail(clinic: Ward, reason: str = "The disk is full.") -> None:
    for step in clinic.clinic.saving.unsaved:
        clinic.clinic.recorded(StepFailed(step=step, reason=reason, waiting=1))
    clinic.controller.saving_changed.emit()


def test_it_opens_on_the_board(shown: MainWindow) -> None:
    assert where(shown) == ToBoard()
    assert "Board" in texts(shown.header)
    assert "1 seated" in [pill.accessibleName() for pill in shown.header.findChildren(QWidget)]
    assert "The bedside monitor is the alarm." in texts(shown.footer)


@pytest.mark.parametrize(
    ("wide", "high", "fills"), [(1280, 800, True), (1440, 900, True), (1920, 1080, False)]
)
def test_a_small_screen_is_filled_so_that_the_footer_is_in_sight(  # noqa: PLR0913 - the table's columns
    clinic: Ward, themes: ThemeSwitch, qtbot: QtBot, wide: int, high: int, *, fills: bool
) -> None:
    made = MainWindow(clinic.controller, themes, {ToBoard: StandIn})
    qtbot.addWidget(made)
    made.fill(QSize(wide, high))
    assert made.isMaximized() is fills
    assert made.width() <= wide
    assert made.height() <= high


@pytest.mark.parametrize("start", [ToBoard(), ToSeat(3), ToReview("x"), ToSettings()])
def test_ctrl_and_a_digit_opens_a_chair_from_anywhere(shown: MainWindow, start: object) -> None:
    shown.go(start)  # type: ignore[arg-type]
    press(Qt.Key.Key_1, CTRL)
    assert where(shown) == ToChair(1)
    press(Qt.Key.Key_2, CTRL)
    assert where(shown) == ToSeat(2)


def test_the_number_pad_opens_a_chair_from_within_a_field(shown: MainWindow) -> None:
    shown.go(ToSeat(3))
    keypad = Qt.KeyboardModifier.KeypadModifier
    press(Qt.Key.Key_Asterisk, keypad)
    press(Qt.Key.Key_1, keypad)
    assert where(shown) == ToChair(1)
    assert isinstance(shown.page, StandIn)
    assert shown.page.edit.text() == ""


def test_a_star_typed_as_text_stays_text(shown: MainWindow) -> None:
    shown.go(ToChair(1))
    type_text("*1")
    assert isinstance(shown.page, StandIn)
    assert shown.page.edit.text() == "*1"


def test_a_chair_that_is_not_there_is_said(shown: MainWindow) -> None:
    press(Qt.Key.Key_9, CTRL)
    assert where(shown) == ToBoard()
    assert "There is no chair 9" in texts(shown.footer)


def test_seating_leads_to_the_session_when_somebody_sits_there(shown: MainWindow) -> None:
    shown.go(ToSeat(1))
    assert where(shown) == ToChair(1)
    shown.go(ToChair(4))
    assert where(shown) == ToSeat(4)


def test_esc_goes_back_to_the_board(shown: MainWindow) -> None:
    shown.go(ToChair(1))
    press(Qt.Key.Key_Escape)
    assert where(shown) == ToBoard()


def test_a_page_left_is_gone_and_one_opened_has_the_keyboard(shown: MainWindow, qtbot: QtBot) -> None:
    shown.go(ToChair(1))
    first = shown.page
    with qtbot.waitSignal(first.destroyed):
        shown.go(ToReview("x"))
    assert isinstance(shown.page, StandIn)
    assert QApplication.focusWidget() is shown.page.edit


def test_the_operator_is_changed_in_two_keys_from_any_field(clinic: Ward, shown: MainWindow) -> None:
    shown.go(ToChair(1))
    press(Qt.Key.Key_O, CTRL)
    type_text("2")
    assert clinic.controller.operator == "Dr Lindqvist"
    assert not shown.operator_panel.isVisible()
    assert "Dr Lindqvist" in texts(shown.header)
    assert isinstance(shown.page, StandIn)
    assert QApplication.focusWidget() is shown.page.edit
    assert shown.page.edit.text() == ""


def test_esc_leaves_the_operator_as_it_was(clinic: Ward, shown: MainWindow) -> None:
    press(Qt.Key.Key_O, CTRL)
    press(Qt.Key.Key_Escape)
    assert (clinic.controller.operator, shown.operator_panel.isVisible()) == (NURSE, False)
    assert where(shown) == ToBoard()


def test_the_first_operator_is_typed_where_none_is_set_up(themes: ThemeSwitch, qtbot: QtBot) -> None:
    clinic = ward(seat=())
    clinic.controller.change_settings(replace(clinic.controller.settings, operators=()))
    clinic.controller.choose_operator("")
    shown = window(clinic, themes, qtbot)
    shown.go(ToOperator())
    press(Qt.Key.Key_Return)
    assert "Type a name" in texts(shown.operator_panel)
    type_text("Ana  Kovac RN")
    press(Qt.Key.Key_Return)
    assert clinic.controller.operator == "Ana Kovac RN"
    assert [each.name for each in clinic.recorder.settings[-1].operators] == ["Ana Kovac RN"]
    assert not shown.operator_panel.isVisible()


def test_a_name_can_be_added_later_but_not_twice(clinic: Ward, shown: MainWindow) -> None:
    press(Qt.Key.Key_O, CTRL)
    type_text("+")
    type_text(NURSE.lower())
    press(Qt.Key.Key_Return)
    assert "in the list already" in texts(shown.operator_panel)
    assert len(clinic.controller.settings.operators) == 2


def test_without_an_operator_the_header_asks_for_one(clinic: Ward, shown: MainWindow) -> None:
    clinic.controller.choose_operator("")
    buttons = [button.text() for button in shown.header.findChildren(QPushButton)]
    assert buttons == ["Choose operator"]


def test_saved_is_said_only_after_the_commit_returned(clinic: Ward, shown: MainWindow) -> None:
    assert "All entries saved 09:54:00" in texts(shown.footer)
    clinic.pass_s(30)
    clinic.chart(124, 78, 70, 98)
    assert "Saving 1" in texts(shown.footer)
    assert "All entries saved" not in texts(shown.footer)
    clinic.pass_s(2)
    clinic.save_all()
    assert "All entries saved 09:54:32" in texts(shown.footer)


def test_what_could_not_be_saved_is_said_with_its_reason_and_tried_again_with_f5(
    clinic: Ward, shown: MainWindow
) -> None:
    clinic.chart(124, 78, 70, 98)
    fail(clinic)
    assert shown.saving_bar.isVisible()
    assert shown.saving_bar.text.startswith("1 not saved The disk is full.")
    press(Qt.Key.Key_F5)
    assert clinic.recorder.retries == 1
    clinic.save_all()
    assert not shown.saving_bar.isVisible()


def test_too_many_waiting_steps_say_use_paper(themes: ThemeSwitch, qtbot: QtBot) -> None:
    clinic = ward(seat=())
    entry = replace(POLICY.entry, use_paper_at_waiting_steps=3)
    start = Start(settings=clinic.controller.settings, policy=replace(POLICY, entry=entry))
    clinic.controller = ClinicController(clinic.clinic, clinic.recorder, clinic.clock, start)
    clinic.controller.choose_operator(NURSE)
    shown = window(clinic, themes, qtbot)
    for chair, name in ((1, "A, B"), (2, "C, D")):
        clinic.controller.seat(seated(chair, name))
    assert not shown.saving_bar.isVisible()
    clinic.controller.seat(seated(3, "E, F"))
    assert shown.saving_bar.text.startswith("Not saving: use paper")
    assert "Not saving: use paper" in texts(shown.footer)


def test_a_dead_writer_says_use_paper_at_once(clinic: Ward, shown: MainWindow) -> None:
    clinic.clinic.recorded(WriterDied(reason="The writer stopped."))
    clinic.controller.saving_changed.emit()
    assert "Not saving: use paper" in shown.saving_bar.text
    assert "All entries saved" not in texts(shown.footer)


@pytest.mark.parametrize(
    ("has_settings", "lead", "lost"),
    [
        (True, "Settings not saved", "the settings are not saved"),
        (False, "Drafts not saved", "what stands typed"),
    ],
)
def test_settings_and_drafts_that_are_not_saved_are_said_and_named_before_closing(
    clinic: Ward, shown: MainWindow, *, has_settings: bool, lead: str, lost: str
) -> None:
    failed = BesideFailed(reason="The disk is full: free some space.", has_settings=has_settings)
    clinic.controller.recorder_sink(failed)
    clinic.pass_s(1)
    assert shown.saving_bar.isVisible()
    assert shown.saving_bar.text.startswith(f"{lead} The disk is full: free some space.")
    assert lead in texts(shown.footer)
    press(Qt.Key.Key_F5)
    assert clinic.recorder.retries == 1
    assert not shown.close()
    assert lost in shown.closing_bar.text
    clinic.controller.recorder_sink(BesideSaved())
    clinic.pass_s(1)
    assert not shown.saving_bar.isVisible()
    assert shown.close()


def test_closing_while_a_set_is_unsaved_is_refused_in_the_window(clinic: Ward, shown: MainWindow) -> None:
    clinic.chart(124, 78, 70, 98)
    assert not shown.close()
    assert shown.isVisible()
    assert "Not closed: 1 not saved yet." in shown.closing_bar.text
    press(Qt.Key.Key_Escape)
    assert not shown.closing_bar.isVisible()
    assert where(shown) == ToBoard()


def test_the_refusal_goes_when_everything_is_saved_and_then_it_closes(
    clinic: Ward, shown: MainWindow
) -> None:
    clinic.chart(124, 78, 70, 98)
    shown.close()
    clinic.save_all()
    assert not shown.closing_bar.isVisible()
    assert shown.close()


def test_close_anyway_needs_the_refusal_first(clinic: Ward, shown: MainWindow) -> None:
    clinic.chart(124, 78, 70, 98)
    held = CTRL | Qt.KeyboardModifier.ShiftModifier
    press(Qt.Key.Key_Q, held)
    assert shown.isVisible()
    shown.close()
    press(Qt.Key.Key_Q, held)
    assert not shown.isVisible()


def test_a_typed_set_that_was_not_entered_is_named_before_closing(clinic: Ward, shown: MainWindow) -> None:
    clinic.controller.keep_draft(1, "entry", "128/82")
    assert not shown.close()
    assert "chair 1" in shown.closing_bar.text
    clinic.controller.keep_draft(1, "entry", "")
    assert shown.close()


def test_ctrl_d_goes_through_the_themes_and_keeps_the_choice(
    clinic: Ward, shown: MainWindow, themes: ThemeSwitch
) -> None:
    seen = []
    for _ in range(3):
        press(Qt.Key.Key_D, CTRL)
        seen.append((themes.theme.name, clinic.controller.settings.theme))
    assert seen == [
        (ThemeName.DARK, ThemeName.DARK),
        (ThemeName.DIM, ThemeName.DIM),
        (ThemeName.LIGHT, ThemeName.LIGHT),
    ]
    assert shown.isVisible()


def test_a_field_does_not_keep_the_windows_keys_for_itself(shown: MainWindow, themes: ThemeSwitch) -> None:
    shown.go(ToChair(1))
    assert isinstance(shown.page, StandIn)
    shown.page.edit.setText("128/82")
    press(Qt.Key.Key_Home)
    press(Qt.Key.Key_D, CTRL)
    assert (themes.theme.name, shown.page.edit.text()) == (ThemeName.DARK, "128/82")
    press(Qt.Key.Key_F, CTRL)
    assert where(shown) == ToReview()


def test_the_window_asks_who_charts_when_nobody_is_chosen(themes: ThemeSwitch, qtbot: QtBot) -> None:
    clinic = ward(seat=())
    clinic.controller.choose_operator("")
    shown = window(clinic, themes, qtbot)
    assert shown.operator_panel.isVisible()
    assert QApplication.focusWidget() is shown.operator_panel
    type_text("1")
    assert clinic.controller.operator == NURSE
    type_text("2")
    assert where(shown) == ToSeat(2)


def test_f1_shows_the_keys_of_the_page_and_takes_no_focus(shown: MainWindow) -> None:
    shown.go(ToSeat(3))
    focused = QApplication.focusWidget()
    press(Qt.Key.Key_F1)
    assert shown.key_help.isVisible()
    assert QApplication.focusWidget() is focused
    assert "next field" in texts(shown.key_help)
    assert "change who charts" in texts(shown.key_help)
    press(Qt.Key.Key_F1)
    assert not shown.key_help.isVisible()


def test_what_a_page_tells_stands_in_the_footer(shown: MainWindow) -> None:
    shown.go(ToChair(1))
    assert isinstance(shown.page, Page)
    shown.page.told.emit("Chair 1, 128/82 saved. Undo: Ctrl+Z")
    assert "Undo: Ctrl+Z" in texts(shown.footer)


def test_a_demonstration_and_notices_of_the_start_are_said(themes: ThemeSwitch, qtbot: QtBot) -> None:
    clock, recorder = ManualClock(), KeptRecorder()
    made = Clinic(station="x", records=(), new_session_id=lambda: "1", submit=recorder.submit)
    start = Start(settings=ward(seat=()).controller.settings, policy=POLICY, is_demo=True, notices=("Look.",))
    controller = ClinicController(made, recorder, clock, start)
    controller.choose_operator(NURSE)
    shown = window(Ward(controller=controller, clinic=made, clock=clock, recorder=recorder), themes, qtbot)
    assert "DEMONSTRATION, nobody real" in [
        one.accessibleName() for one in shown.header.findChildren(QWidget)
    ]
    assert shown.start_bar.text == "Look."
    press(Qt.Key.Key_Escape)
    assert not shown.start_bar.isVisible()


@pytest.mark.parametrize("route", [ToBoard(), ToSeat(3)])
def test_every_focusable_part_has_a_name(clinic: Ward, shown: MainWindow, route: object) -> None:
    infuse(clinic, 1)
    clinic.chart(204, 118, 96, 97)
    shown.go(route)  # type: ignore[arg-type]
    press(Qt.Key.Key_O, CTRL)
    nameless = [
        part
        for part in shown.findChildren(QWidget)
        if part.focusPolicy() is not Qt.FocusPolicy.NoFocus and not part.accessibleName()
    ]
    assert nameless == []


def test_no_dialog_is_ever_made(clinic: Ward, shown: MainWindow) -> None:
    clinic.chart(124, 78, 70, 98)
    fail(clinic)
    shown.close()
    press(Qt.Key.Key_O, CTRL)
    press(Qt.Key.Key_F1)
    assert shown.findChildren(QDialog) == []
    assert QApplication.activeModalWidget() is None


def test_the_smallest_window_holds_everything(clinic: Ward, shown: MainWindow) -> None:
    infuse(clinic, 1)
    clinic.chart(204, 118, 96, 97)
    shown.resize(1280, 800)
    for route in (ToBoard(), ToSeat(3)):
        shown.go(route)
        assert shown.minimumSizeHint().width() <= 1280
        assert shown.minimumSizeHint().height() <= 800


def test_other_keys_do_nothing(shown: MainWindow) -> None:
    event = QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_Z, Qt.KeyboardModifier.NoModifier, "z")
    shown.keyPressEvent(event)
    QTest.keyClick(shown.page, Qt.Key.Key_A)
    QTest.keyClick(shown.page, Qt.Key.Key_R)
    assert where(shown) == ToBoard()
