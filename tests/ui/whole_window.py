"""The whole window over a made-up clinic, with every page it has, and what can be seen of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QWidget

from tests.ui.archives import FakeArchive
from tests.ui.links import FakeMonitors, crowded_reports
from tests.ui.made import Ward, okafor, ward
from tests.ui.shell import infuse, press, seated
from ui.app import build_window
from ui.main_window import MainWindow
from ui.routes import Route, ToBoard, ToChair, ToDevice, ToReport, ToReview, ToSeat, ToSettings
from ui.theme import ThemeSwitch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monitor.view import SessionView

ROUTES: dict[str, Route] = {
    "board": ToBoard(),
    "session": ToChair(1),
    "seating": ToSeat(3),
    "sessions": ToReview(),
    "review": ToReview("past"),
    "report": ToReport("past"),
    "settings": ToSettings(),
    "device": ToDevice(1),
}

Seen = TypeVar("Seen", bound=QWidget)


@dataclass
class Room:
    """The whole window over a clinic: chair 1 infusing, chair 2 simulated and infusing, one session past."""

    ward: Ward
    window: MainWindow
    themes: ThemeSwitch
    past: str
    keys: int = 0

    def go(self, page: str) -> None:
        route = ROUTES[page]
        if isinstance(route, ToReview) and route.session_id:
            route = ToReview(self.past)
        self.window.go(ToReport(self.past) if isinstance(route, ToReport) else route)
        self.settle()

    def pages(self) -> Iterator[str]:
        """Go to one page after the other."""
        for page in ROUTES:
            self.go(page)
            yield page

    def settle(self) -> None:
        """Let a running program's turns pass, in which it also lets go of pages that were left."""
        for _ in range(3):
            QApplication.processEvents()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def view(self, chair: int = 1) -> SessionView:
        session = self.ward.clinic.session(chair)
        assert session is not None
        return session.view

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier | None = None) -> None:
        self.keys += 1
        press(key, held)
        self.settle()
        assert QApplication.activeModalWidget() is None
        assert QApplication.activePopupWidget() is None

    def write(self, text: str) -> None:
        for letter in text:
            self.press(Qt.Key(ord(letter.upper())))

    def charted(self, chair: int = 1) -> tuple[int | None, ...]:
        vitals = self.view(chair).charted[-1].vitals
        return (vitals.systolic_mmhg, vitals.diastolic_mmhg, vitals.rate_bpm, vitals.spo2_percent)

    def close(self) -> None:
        """Take the window away: one that is left would be painted anew with every theme."""
        self.ward.save_all()
        self.window.close()
        self.window.deleteLater()
        self.settle()

    def seen(self, kind: type[Seen]) -> list[Seen]:
        return [each for each in self.window.findChildren(kind) if each.isVisible()]


def words_of(part: QWidget) -> str:
    """Every word of it that can be seen."""
    return " ".join(each.text() for each in part.findChildren(QLabel) if each.isVisible())


def made_room(themes: ThemeSwitch) -> Room:
    """Chair 1 infusing beside two monitors, chair 2 simulated and infusing, one session past; in sight."""
    past = ward(seat=(okafor(),))
    past.infusing()
    past.chart(186, 104, 88, 97)
    session = past.clinic.session(1)
    assert session is not None
    made = ward(seat=())
    made.controller.seat(seated(1, "OKAFOR, Ruth"))
    infuse(made, 1)
    made.controller.seat(seated(2, "KIM, Mina", is_simulated=True))
    infuse(made, 2)
    made.chart(128, 80, 74, 98)
    made.save_all()
    made.controller.change_settings(replace(made.controller.settings, is_still=True))
    archive = FakeArchive(session.record)
    window = build_window(made.controller, themes, archive, FakeMonitors(*crowded_reports()))
    window.show()
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    return Room(ward=made, window=window, themes=themes, past=session.view.session)


def tab_stops() -> Iterator[QWidget]:
    """Where Tab leads until it comes round."""
    known: set[int] = set()
    for _ in range(80):
        press(Qt.Key.Key_Tab)
        QApplication.processEvents()
        now = QApplication.focusWidget()
        if now is None or id(now) in known:
            return
        known.add(id(now))
        yield now


def on_screen(each: QWidget, window: QWidget) -> QRect:
    """What of it can be seen: inside the window and every room that scrolls."""
    box = QRect(each.mapTo(window, QPoint(0, 0)), each.size()) & window.rect()
    step = each.parentWidget()
    while step is not None and step is not window:
        if isinstance(step.parentWidget(), QScrollArea):
            box &= QRect(step.mapTo(window, QPoint(0, 0)), step.size())
        step = step.parentWidget()
    return box
