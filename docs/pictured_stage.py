"""A window over the pictured clinic: a scene brought to its moment, keys pressed, pictures taken."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from docs.pictured_clinic import PicturedClinic, Script
from monitor.settings import ThemeName
from ui.app import build_window
from ui.application import theme_switch
from ui.main_window import MainWindow
from ui.routes import Route, ToBoard, ToChair, ToDevice, ToReport, ToReview
from ui.session.page import SessionPage
from ui.theme import theme_named

SIZE_PX = (1440, 900)
BOARD = ToBoard()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One picture: the script, the moment, where the window stands and what is pressed there."""

    name: str
    script: Script
    until: str
    route: Route = BOARD
    keys: str = ""
    act: Callable[["Stage"], None] = lambda _stage: None
    is_demo: bool = False
    leaves_operator: bool = False


class Stage:
    """A window over a pictured clinic."""

    def __init__(self, app: QApplication, scene: Scene) -> None:
        self.house = PicturedClinic(is_demo=scene.is_demo)
        self.themes = theme_switch(app, ThemeName.LIGHT)
        house = self.house
        self.window: MainWindow = build_window(house.controller, self.themes, house.archive, house.links)
        script = sorted(scene.script, key=lambda each: each[0])
        if isinstance(scene.route, ToChair | ToDevice):
            script = self._watch(script, scene.route.chair)
        house.play(script, scene.until)
        route = scene.route
        if isinstance(route, ToReview | ToReport) and route.session_id is not None:
            route = replace(route, session_id=next(iter(house.archive.records)))
        self.window.showNormal()  # only now: a page out of sight need not draw each minute of the day
        self.window.resize(*SIZE_PX)
        if self.window.route != route:
            self.window.go(route)
        self.window.page.shown()
        house.settle()
        self.press(scene.keys)
        scene.act(self)
        house.settle()

    def press(self, keys: str) -> None:
        """Press characters, and between angle brackets names of keys: "128<Enter>"."""
        self.window.activateWindow()
        for key in _keys(keys):
            target = self.window.focusWidget() or self.window
            if len(key) == 1:
                QTest.keyClicks(target, key)
            elif key.startswith("Alt+"):
                held = Qt.KeyboardModifier.AltModifier
                QTest.keyClick(target, getattr(Qt.Key, f"Key_{key[4:]}"), held)
            else:
                QTest.keyClick(target, getattr(Qt.Key, f"Key_{key}"))
            self.house.settle()

    def page(self) -> SessionPage:
        """The session page in sight."""
        page = self.window.page
        if not isinstance(page, SessionPage):
            raise TypeError(f"{page.title()} is in sight, not a session")
        return page

    def picture(self, name: ThemeName) -> QImage:
        """The window in a theme."""
        self.themes.switch_to(theme_named(name))
        repaint()
        return self.window.grab().toImage()

    def close(self) -> None:
        """Take the window away."""
        self.window.close_anyway()
        self.window.hide()
        self.window.deleteLater()
        self.themes.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def _watch(self, script: Script, chair: int) -> Script:
        """Open the chair's page as soon as somebody sits there: it sees the live values. Returns the rest."""
        rest = list(script)
        while rest and self.house.clinic.session(chair) is None:
            at = rest[0][0]
            self.house.play([rest.pop(0)], at)
        self.window.go(ToChair(chair))
        self.house.watched = chair
        return rest


def repaint() -> None:
    """Let every widget draw what it was told."""
    for _ in range(3):
        QApplication.processEvents()


def _keys(text: str) -> Iterator[str]:
    while text:
        if text.startswith("<"):
            name, _, text = text[1:].partition(">")
            yield name
        else:
            yield text[0]
            text = text[1:]
