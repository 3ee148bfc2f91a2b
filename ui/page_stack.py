"""The page in sight. The board is kept; other pages are made when opened and gone when left."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from ui.page import Page
from ui.routes import Route, ToBoard

Factories = Mapping[type[Route], Callable[[Route], Page]]


class PageStack(QStackedWidget):
    """Goes to routes with the given factories. Drafts live in the controller: leaving loses nothing."""

    asked = Signal(object)
    titled = Signal()
    told = Signal(str)

    def __init__(self, factories: Factories) -> None:
        super().__init__()
        self._factories = factories
        self._route: Route = ToBoard()
        self._board = self._made(self._route)
        self._page = self._board

    @property
    def page(self) -> Page:
        """The page in sight."""
        return self._page

    @property
    def route(self) -> Route:
        """Where it stands."""
        return self._route

    def knows(self, route: Route) -> bool:
        """Whether there is a page for `route`."""
        return type(route) in self._factories

    def go(self, route: Route) -> None:
        """Show the page of `route`."""
        old = self._page
        old.left()
        self._route = route
        self._page = self._board if isinstance(route, ToBoard) else self._made(route)
        self.setCurrentWidget(self._page)
        if old is not self._board:
            self.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._page.shown()

    def _made(self, route: Route) -> Page:
        page = self._factories[type(route)](route)
        page.asked.connect(self.asked)
        page.titled.connect(self.titled)
        page.told.connect(self.told)
        self.addWidget(page)
        return page
