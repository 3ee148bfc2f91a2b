"""A chair's page with real keys, for the tests of what a nurse does there."""

from __future__ import annotations

import builtins
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.made import Ward, ward
from ui.session.page import SessionPage

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from monitor.bodies import Body, Seated
    from monitor.ports import Draft
    from monitor.record import Record
    from monitor.view import SessionView
    from ui.theme import ThemeSwitch


@dataclass
class AtChair:
    ward: Ward
    page: SessionPage

    @property
    def view(self) -> SessionView:
        session = self.ward.clinic.session(1)
        assert session is not None
        return session.view

    @property
    def title(self) -> str:
        return self.page.bar.content.title

    @property
    def keys(self) -> dict[str, str]:
        return {key.key: key.text for key in self.page.bar.content.keys}

    def focused(self) -> QWidget:
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    def type(self, text: str) -> None:
        for letter in text:
            QTest.keyClicks(self.focused(), letter)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.focused(), key, modifier)

    def enter(self, text: str = "") -> None:
        self.type(text)
        self.press(Qt.Key.Key_Return)

    def undo(self) -> None:
        self.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    def charted(self) -> list[tuple[int | None, int | None, int | None, int | None]]:
        return [
            (each.systolic_mmhg, each.diastolic_mmhg, each.rate_bpm, each.spo2_percent)
            for each in (reading.vitals for reading in self.view.charted)
        ]

    @property
    def record(self) -> Record:
        session = self.ward.clinic.session(1)
        assert session is not None
        return session.record

    def recorded(self, kind: builtins.type[Body]) -> list[Body]:
        return [entry.body for entry in self.record if isinstance(entry.body, kind)]


def at_chair(
    qtbot: QtBot,
    themes: ThemeSwitch,
    *,
    drafts: tuple[Draft, ...] = (),
    seat: tuple[Seated, ...] | None = None,
    made: Ward | None = None,
) -> AtChair:
    standing = made or ward(drafts=drafts, seat=seat)
    page = SessionPage(standing.controller, themes, 1)
    qtbot.addWidget(page)
    page.resize(1440, 820)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    page.shown()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    return AtChair(ward=standing, page=page)
