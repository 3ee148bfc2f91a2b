"""The window's keys reach it from a text field that would use them for editing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.shell import press, type_text
from ui.field_keys import FieldKeys

CTRL = Qt.KeyboardModifier.ControlModifier
KEYPAD = Qt.KeyboardModifier.KeypadModifier


@pytest.fixture
def edit(qtbot: QtBot) -> Iterator[QLineEdit]:
    window = QWidget()
    made = QLineEdit(window)
    QVBoxLayout(window).addWidget(made)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(window.isActiveWindow)
    made.setFocus()
    yield made
    window.close()


def keys_of(edit: QLineEdit, qapp: QApplication, *reserved: str) -> tuple[list[int], list[str]]:
    window = edit.window()
    chairs: list[int] = []
    fired: list[str] = []
    FieldKeys(qapp, window, reserved).chair.connect(chairs.append)
    QShortcut(QKeySequence("Ctrl+A"), window).activated.connect(lambda: fired.append("Ctrl+A"))
    return chairs, fired


def test_a_reserved_key_is_the_windows(edit: QLineEdit, qapp: QApplication) -> None:
    _, fired = keys_of(edit, qapp, "Ctrl+A")
    type_text("128")
    press(Qt.Key.Key_A, CTRL)
    assert (fired, edit.selectedText()) == (["Ctrl+A"], "")


def test_any_other_key_stays_the_fields(edit: QLineEdit, qapp: QApplication) -> None:
    _, fired = keys_of(edit, qapp, "Ctrl+D")
    type_text("128")
    press(Qt.Key.Key_A, CTRL)
    assert (fired, edit.selectedText()) == ([], "128")


def test_star_and_digit_of_the_number_pad_name_a_chair(edit: QLineEdit, qapp: QApplication) -> None:
    chairs, _ = keys_of(edit, qapp)
    press(Qt.Key.Key_Asterisk, KEYPAD)
    press(Qt.Key.Key_3, KEYPAD)
    press(Qt.Key.Key_4, KEYPAD)
    assert (chairs, edit.text()) == ([3], "4")


@pytest.mark.parametrize("key", [Qt.Key.Key_0, Qt.Key.Key_X])
def test_a_star_before_anything_else_is_forgotten(edit: QLineEdit, qapp: QApplication, key: Qt.Key) -> None:
    chairs, _ = keys_of(edit, qapp)
    press(Qt.Key.Key_Asterisk, KEYPAD)
    press(key)
    press(Qt.Key.Key_5, KEYPAD)
    assert chairs == []
    assert edit.text().endswith("5")
