"""Each button of the simulator's small window does its own act and says what it did."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from devices.simulator.acts import Act
from ui.simulator_control import control_window


def test_each_act_has_a_button_that_does_it(qtbot: QtBot) -> None:
    done: list[str] = []
    acts = {act.value: act.meaning for act in Act}
    window = control_window("tcp:127.0.0.1:4001", acts, done.append)
    qtbot.addWidget(window)
    buttons = window.findChildren(QPushButton)
    for button in buttons:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        assert any(acts[done[-1]] in label.text() for label in window.findChildren(QLabel))
    assert done == list(acts)
    assert any("tcp:127.0.0.1:4001" in label.text() for label in window.findChildren(QLabel))
