"""A window over a made-up clinic: the real board and seating page, stand-ins for the pages of others."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout

from tests.ui.made import Ward, okafor, started
from ui.board.page import BoardPage
from ui.main_window import MainWindow
from ui.page import Page
from ui.routes import Route, ToBoard, ToChair, ToReview, ToSeat, ToSettings
from ui.seat.page import SeatPage

if TYPE_CHECKING:
    from PySide6.QtCore import Qt
    from pytestqt.qtbot import QtBot

    from monitor import bodies
    from ui.theme import ThemeSwitch


class StandIn(Page):
    """Somebody else's page: a field that has the keyboard, and what the window asked of the page."""

    def __init__(self, route: Route) -> None:
        super().__init__()
        self.begun: list[str] = []
        self.route = route
        self.edit = QLineEdit()
        self.edit.setAccessibleName("field")
        QVBoxLayout(self).addWidget(self.edit)

    def title(self) -> str:
        return type(self.route).__name__

    def shown(self) -> None:
        self.edit.setFocus()

    def begin_answer(self) -> None:
        self.begun.append("answer")

    def begin_repeat(self) -> None:
        self.begun.append("repeat")


def window(ward: Ward, themes: ThemeSwitch, qtbot: QtBot, *, is_still: bool = True) -> MainWindow:
    def made(route: Route) -> Page:
        if isinstance(route, ToBoard):
            return BoardPage(ward.controller, themes)
        return SeatPage(ward.controller, themes, route.chair) if isinstance(route, ToSeat) else StandIn(route)

    factories = dict.fromkeys((ToBoard, ToChair, ToSeat, ToReview, ToSettings), made)
    shown = MainWindow(ward.controller, themes, factories, is_still=is_still)
    qtbot.addWidget(shown)
    shown.show()
    qtbot.waitUntil(shown.isActiveWindow)
    return shown


def where(shown: MainWindow) -> object:
    return shown.route


def seated(
    chair: int, name: str, *, birth_date: str = "1979-03-12", is_simulated: bool = False
) -> bodies.Seated:
    body = okafor(chair=chair, name=name, is_simulated=is_simulated)
    return replace(body, patient=replace(body.patient, birth_date=birth_date))


def infuse(ward: Ward, chair: int) -> None:
    """Two baselines and a start in `chair`, three minutes in all."""
    for _ in range(2):
        ward.chart(124, 78, 70, 98, chair=chair)
        ward.pass_s(90)
    ward.act(started(), chair=chair)


def press(key: Qt.Key, held: Qt.KeyboardModifier | None = None) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    if held is None:
        QTest.keyClick(focused, key)
    else:
        QTest.keyClick(focused, key, held)


def type_text(text: str) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, text)
