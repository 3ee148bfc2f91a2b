"""When what a widget shows is on the screen: after the flush of a paint in which it drew it."""

import time
from collections.abc import Callable, Iterable

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QWidget

_OVER = QEvent.Type(QEvent.registerEventType())


class Sight(QObject):
    """Calls `seen` with the widgets that were painted and the moment at which all of it had been handed over.

    Qt paints every changed widget of a window and hands the whole over in one go, in which nothing but paint
    events is sent. So the next event of another kind comes after it; one is posted lest none comes.
    """

    def __init__(
        self,
        app: QCoreApplication,
        widgets: Iterable[QWidget],
        seen: Callable[[frozenset[QWidget], float], None],
    ) -> None:
        super().__init__()
        self._app = app
        self._widgets = frozenset(widgets)
        self._seen = seen
        self._painted: set[QWidget] = set()
        for widget in self._widgets:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        """Note a paint or that all of it is over, and change none."""
        if event.type() is not QEvent.Type.Paint:
            self._tell()
        elif watched in self._widgets and watched not in self._painted:
            self._begin()
            self._painted.add(watched)
        return False

    def close(self) -> None:
        """Look away."""
        for widget in self._widgets:
            widget.removeEventFilter(self)
        self._app.removeEventFilter(self)

    def _begin(self) -> None:
        if not self._painted:
            self._app.installEventFilter(self)
            QCoreApplication.postEvent(self, QEvent(_OVER))

    def _tell(self) -> None:
        if not self._painted:
            return
        at_s = time.perf_counter()
        self._app.removeEventFilter(self)
        painted, self._painted = frozenset(self._painted), set()
        self._seen(painted, at_s)
