"""The page in sight. The board is kept; other pages are made when opened and gone when left.

A page that asks for more room than there is, on a small screen or with large words, scrolls.
"""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QScrollArea, QStackedWidget, QWidget

from ui.page import Page
from ui.routes import Route, ToBoard
from ui.widgets.scrolling import PageRoom

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
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow_focus)

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
        before = self.currentWidget()
        self.setCurrentWidget(self._area_of(self._page))
        if old is not self._board and before is not None:
            self.removeWidget(before)
            before.hide()
            before.deleteLater()
        self._page.shown()

    def scroll_screens(self, screens: int) -> None:
        """Scroll what is longer than its room by so many of its heights."""
        for area in (*self._page.findChildren(QScrollArea), self._area_of(self._page)):
            bar = area.verticalScrollBar()
            if area.isVisible() and bar.maximum() > 0:
                bar.setValue(bar.value() + screens * bar.pageStep())
                return

    def _made(self, route: Route) -> Page:
        page = self._factories[type(route)](route)
        page.asked.connect(self.asked)
        page.titled.connect(self.titled)
        page.told.connect(self.told)
        self.addWidget(PageRoom(page))
        return page

    def _area_of(self, page: Page) -> QScrollArea:
        return next(area for area in self.findChildren(QScrollArea) if area.widget() is page)

    def _follow_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Bring what has the keyboard into sight, however it came there."""
        step = now
        while step is not None and step is not self:
            fits = now is not None and now.height() <= step.height()  # what does not stays where it is
            if isinstance(step, QScrollArea) and now is not None and fits:
                step.ensureWidgetVisible(now)
            step = step.parentWidget()
