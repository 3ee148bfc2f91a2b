"""PySide6 6.12.0 loses a reference to None at every void call: a Python 3.11 process aborts within a minute.

A short test run passes with it, so only this count can tell. From Python 3.12 on None is immortal and the
count cannot move, so this can go once 3.11 is no longer supported.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage, QPainter, QPen

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

VOID_CALLS = 1_000
NOISE = 100


def test_void_qt_calls_leave_the_references_to_none_alone(qtbot: QtBot) -> None:
    del qtbot  # its application is what painting needs
    image = QImage(16, 16, QImage.Format.Format_RGB32)
    painter, pen = QPainter(image), QPen()
    before = sys.getrefcount(None)
    for _ in range(VOID_CALLS):
        painter.setPen(pen)
    lost = before - sys.getrefcount(None)
    painter.end()
    assert lost < NOISE
