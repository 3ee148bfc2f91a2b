"""What a nurse can count on while she works in the whole window: few keys, no obstacle, nothing hidden."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget

from monitor import bodies
from tests.ui.whole_window import Room, made_room, words_of
from ui.board.card import ChairCard
from ui.session.page import SessionPage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from ui.theme import ThemeSwitch

CTRL = Qt.KeyboardModifier.ControlModifier
KEYPAD = Qt.KeyboardModifier.KeypadModifier


@pytest.fixture
def room(themes: ThemeSwitch) -> Iterator[Room]:
    made = made_room(themes)
    yield made
    made.close()


# --- keys ---


def test_pressure_rate_and_saturation_take_at_most_twelve_keys(room: Room) -> None:
    room.go("session")
    room.write("130/827698")
    room.press(Qt.Key.Key_Return)
    assert room.charted() == (130, 82, 76, 98)
    assert room.keys <= 12


def test_a_monitors_reading_is_accepted_with_one_key(room: Room) -> None:
    room.go("session")
    room.ward.pass_s(60)
    room.ward.capture(134, 84)
    room.settle()
    room.ward.pass_s(2)
    room.settle()
    room.press(Qt.Key.Key_Return)
    assert room.charted() == (134, 84, 80, 98)
    assert room.keys == 1


def test_another_chairs_set_takes_at_most_fourteen_keys_of_the_number_pad(room: Room) -> None:
    room.go("session")
    room.press(Qt.Key.Key_Asterisk, KEYPAD)
    room.press(Qt.Key.Key_2, KEYPAD)
    room.write("128/827698")
    room.press(Qt.Key.Key_Enter, KEYPAD)
    assert room.charted(chair=2) == (128, 82, 76, 98)
    assert room.keys <= 14


def test_six_values_take_ten_digits_their_spaces_and_enter(room: Room) -> None:
    room.go("session")
    room.write("130827698 14 5")
    room.press(Qt.Key.Key_Return)
    vitals = room.view().charted[-1].vitals
    assert (vitals.respiratory_rate_bpm, vitals.moaa_s) == (14, 5)
    assert room.keys <= 15


def test_a_flag_is_answered_with_two_keys_and_the_record_has_it(room: Room) -> None:
    room.ward.chart(204, 118, 96, 97)
    room.go("session")
    room.write("A1")
    session = room.ward.clinic.session(1)
    assert session is not None
    answers = [entry for entry in session.record if isinstance(entry.body, bodies.FlagAnswered)]
    assert len(answers) == 1
    assert answers[0].author.name == room.ward.controller.operator
    assert room.keys == 2


@pytest.mark.parametrize("line", ["1280/82", "82/128", "12/80"])
def test_what_cannot_be_is_neither_charted_nor_swapped(room: Room, line: str) -> None:
    room.go("session")
    before = room.charted()
    room.write(line)
    room.press(Qt.Key.Key_Return)
    assert room.charted() == before
    assert room.window.findChildren(SessionPage)[-1].bar.field.text() == line


def test_a_true_extreme_is_charted_and_flagged_by_its_enter(room: Room) -> None:
    room.go("session")
    room.write("220/130")
    room.press(Qt.Key.Key_Return)
    assert room.charted()[:2] == (220, 130)
    assert "220/130" in room.window.banner.bars[0].text


# --- nothing in the way ---


def test_no_dialog_stands_in_the_way_of_a_session(room: Room) -> None:
    """Every `press` also looks for a modal window."""
    room.go("session")
    for text in ("204/1189697", "A1", "E", "N", "T", "C", "R", "999"):
        room.write(text)
        room.press(Qt.Key.Key_Return)
        room.press(Qt.Key.Key_Escape)
        room.go("session")
    for key in (Qt.Key.Key_O, Qt.Key.Key_F, Qt.Key.Key_Comma, Qt.Key.Key_D, Qt.Key.Key_Q):
        room.press(key, CTRL)
    assert room.window.isVisible()  # something is not saved: it did not close
    assert not room.window.findChildren(QDialog)
    assert [each for each in QApplication.topLevelWidgets() if each.isVisible()] == [room.window]


# --- honest ---


def test_every_value_says_when_it_was_taken_and_how_old_it_is(room: Room) -> None:
    room.ward.capture(134, 84)
    room.ward.pass_s(240)
    for chair, card in [(each.chair, each) for each in room.window.findChildren(ChairCard)]:
        if room.ward.clinic.session(chair) is not None:
            assert "min ago" in card.figures.age.text()
    room.go("session")
    page = room.window.page
    assert isinstance(page, SessionPage)
    gutter = page.gutter
    assert "min ago" in gutter.pressure.age.text()
    assert ":" in gutter.pressure.source.text()
    for block in (gutter.rate, gutter.saturation):
        assert "min ago" in block.source.text()
        assert ":" in block.source.text()


@pytest.mark.parametrize(
    ("set_", "marks", "word"), [((184, 112), "!!", "Unconfirmed"), ((204, 118), "!!!", "Act now")]
)
def test_a_level_is_said_by_a_word_and_marks_not_by_colour_alone(
    room: Room, set_: tuple[int, int], marks: str, word: str
) -> None:
    room.ward.chart(*set_, 80, 98)
    room.go("board")
    card = next(each for each in room.seen(ChairCard) if each.chair == 1)
    for said in (card.line.text, words_of(room.window.banner.bars[0])):
        assert f"{marks} {word}" in said


def test_an_unconfirmed_pressure_starts_a_timer_and_makes_no_sound(room: Room) -> None:
    room.go("session")
    room.write("184/112")
    room.press(Qt.Key.Key_Return)
    room.press(Qt.Key.Key_Return)  # the change is large: it was asked about
    row = room.window.banner.bars[0].row
    assert "nconfirmed" in row.word
    assert row.countdown
    assert any("Tones off" in each.accessibleName() for each in room.seen(QWidget))


def test_overdue_appears_two_minutes_after_the_set_was_due(room: Room) -> None:
    room.go("board")
    card = next(each for each in room.window.findChildren(ChairCard) if each.chair == 1)
    due_ms = room.view().next_due_ms
    assert due_ms is not None
    left_s = (due_ms - room.view().clock_ms(room.ward.clock.at)) / 1000
    seen = []
    for wait_s in (left_s + 115, 10):
        room.ward.pass_s(wait_s)
        seen.append("verdue" in card.line.text)
    assert seen == [False, True]


def test_nothing_flashes_three_times_a_second_and_nothing_at_all_when_still(room: Room) -> None:
    room.ward.controller.change_settings(replace(room.ward.controller.settings, is_still=False))
    room.ward.chart(204, 118, 96, 97)
    room.settle()
    banner = room.window.banner
    pulses = [banner.is_pulsing]
    assert banner.pulse_hz < 3
    banner.beat()
    room.ward.controller.change_settings(replace(room.ward.controller.settings, is_still=True))
    assert [*pulses, banner.is_pulsing] == [True, False]
    assert QApplication.cursorFlashTime() == 0
    unanswered = room.window.banner.grab().toImage()
    room.go("session")
    room.write("A1")
    assert room.window.banner.grab().toImage() != unanswered


@pytest.mark.parametrize("keys", ["E", "E1", "E3", "E4", "N", "A", "C", "R", "T"])
def test_everything_asked_in_a_session_has_a_name(room: Room, keys: str) -> None:
    room.ward.chart(204, 118, 96, 97)
    room.go("session")
    room.write(keys)
    for each in room.seen(QWidget):
        if each.focusPolicy() is not Qt.FocusPolicy.NoFocus and not each.objectName().startswith("qt_"):
            assert each.accessibleName(), each


def text_size(room: Room) -> int:
    return room.ward.controller.settings.text_size.value


def test_the_field_in_use_stays_in_sight_when_words_become_larger(room: Room, qtbot: QtBot) -> None:
    room.window.resize(1024, 640)
    room.go("settings")
    room.press(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    for _ in range(4):
        room.press(Qt.Key.Key_Plus, CTRL)
    assert text_size(room) == 200

    def is_whole() -> bool:
        field = room.window.focusWidget()
        return field is not None and field.visibleRegion().boundingRect() == field.rect()

    qtbot.waitUntil(is_whole)


def test_keys_change_the_text_size_live_and_it_is_kept(room: Room) -> None:
    room.go("session")
    room.write("128/")
    room.press(Qt.Key.Key_Plus, CTRL)
    assert text_size(room) == 125
    assert room.window.footer.findChildren(QLabel)[0].font().pixelSize() > 13
    page = room.window.page
    assert isinstance(page, SessionPage)
    assert page.bar.field.text() == "128/"
    assert page.bar.field.hasFocus()
    room.press(Qt.Key.Key_Minus, CTRL)
    room.press(Qt.Key.Key_Minus, CTRL)
    assert text_size(room) == 100
    room.press(Qt.Key.Key_Plus, CTRL)
    room.press(Qt.Key.Key_0, CTRL)
    assert text_size(room) == 100
