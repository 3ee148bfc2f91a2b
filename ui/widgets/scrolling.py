"""Room that scrolls: what does not fit a small window, or grows with its words, stays reachable."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget


def scrolling(content: QWidget) -> QScrollArea:
    """Return `content` in an area that fits its width to the room and scrolls when it is longer."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(content)
    return area


def keep_in_sight(part: QWidget) -> None:
    """Scroll every room around `part` to where it is seen; its place must be laid out."""
    room = part.parentWidget()
    while room is not None:
        if isinstance(room, QScrollArea):
            room.ensureWidgetVisible(part)
        room = room.parentWidget()


class SideRoom(QScrollArea):
    """As wide as its content; its scroll bar, where one comes, takes room of its own and cuts nothing."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(content)
        self._content = content
        self.verticalScrollBar().rangeChanged.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        bar = self.verticalScrollBar()
        bar_px = bar.sizeHint().width() if bar.maximum() > 0 else 0
        self.setFixedWidth(self._content.minimumSizeHint().width() + bar_px)


class PageRoom(QScrollArea):
    """A page fills it; it scrolls only once the page cannot become small enough for it."""

    def __init__(self, page: QWidget) -> None:
        super().__init__()
        self._page = page
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(page)
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the least size of the page."""
        if watched is self._page and event.type() is QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the page all the room there is, or its least size."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.viewport().size().expandedTo(self._page.minimumSizeHint())
        inside = self._page.layout()
        if inside is not None and inside.hasHeightForWidth():  # wrapped words
            room.setHeight(max(room.height(), inside.minimumHeightForWidth(room.width())))
        self._page.resize(room)
