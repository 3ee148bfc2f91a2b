"""The assembled window opens every page that a route names, for a made-up clinic with nothing behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from monitor.ports import FoundSession, RecordLoaded, SessionsFound
from tests.ui.links import FakeMonitors
from tests.ui.made import Ward, ward
from tests.ui.shell import infuse, seated
from ui.app import build_window
from ui.main_window import MainWindow
from ui.routes import Route, ToBoard, ToChair, ToReview, ToSeat
from ui.theme import ThemeSwitch

if TYPE_CHECKING:
    from collections.abc import Callable


class EmptyArchive:
    def find(self, text: str, sink: Callable[[SessionsFound], None]) -> None:
        nobody: tuple[FoundSession, ...] = ()
        sink(SessionsFound(text=text, sessions=nobody))

    def load(self, session: str, sink: Callable[[RecordLoaded], None]) -> None:
        sink(RecordLoaded(session=session, failure="No such session."))


@pytest.fixture
def clinic() -> Ward:
    made = ward(seat=())
    made.controller.seat(seated(1, "OKAFOR, Ruth"))
    infuse(made, 1)
    made.save_all()
    return made


@pytest.fixture
def shown(clinic: Ward, themes: ThemeSwitch, qtbot: QtBot) -> MainWindow:
    made = build_window(clinic.controller, themes, EmptyArchive(), FakeMonitors())
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize("route", [ToBoard(), ToChair(1), ToSeat(2), ToReview(), ToReview("gone")])
def test_every_page_opens_shows_an_act_now_and_closes(clinic: Ward, shown: MainWindow, route: Route) -> None:
    shown.go(route)
    clinic.chart(204, 118, 96, 97)
    clinic.pass_s(1)
    QApplication.processEvents()
    assert shown.banner.isVisible()
    assert shown.page.title()
    shown.go(ToBoard())
    QApplication.processEvents()
    assert shown.route == ToBoard()
