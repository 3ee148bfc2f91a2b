"""The one ring that shows where the keyboard is: 3 px, 1 px off the focused widget."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QScrollArea, QWidget
from shiboken6 import isValid

from ui.page import Page
from ui.theme import ThemeSwitch
from ui.widgets.themed import RADIUS_PX, ThemedWidget, draw_box, sharp_painter

RING_PX = 3
OFFSET_PX = 1
_MOVES = frozenset({QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Hide, QEvent.Type.Show})


class FocusRing(ThemedWidget):
    """An overlay of one window that follows the focus; it takes no mouse and no layout space.

    What fills the page, or is as wide as it, is not surrounded: a frame around everything points at nothing.
    """

    def __init__(self, app: QApplication, window: QWidget, themes: ThemeSwitch) -> None:
        super().__init__(themes, window)
        self._window = window
        self._followed: list[QWidget] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        app.focusChanged.connect(self._follow)
        self._follow(None, app.focusWidget())

    @property
    def target(self) -> QWidget | None:
        """The control it surrounds, None while the focus is elsewhere or on a whole page."""
        return self._followed[0] if self._followed and isValid(self._followed[0]) else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the focused widget and whatever it sits in when they move."""
        if event.type() in _MOVES:
            self._place()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ring."""
        painter = sharp_painter(self)
        radius = RADIUS_PX + OFFSET_PX + RING_PX / 2
        box = QRectF(self.rect())
        draw_box(painter, box, fill=None, edge=self.theme.focus, edge_px=RING_PX, radius_px=radius)
        painter.end()

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        for one in filter(isValid, self._followed):  # a page that was closed takes its widgets with it
            one.removeEventFilter(self)
        self._followed = []
        if now is not None and self._window.isAncestorOf(now) and not _fills_a_page(now):
            step: QWidget | None = now
            while step is not None and step is not self._window:
                step.installEventFilter(self)
                self._followed.append(step)
                step = step.parentWidget()
        self._place()

    def _place(self) -> None:
        target = self.target
        if target is None or not target.isVisibleTo(self._window) or target.width() >= self._window.width():
            self.hide()
            return
        out = RING_PX + OFFSET_PX
        box = QRect(target.mapTo(self._window, QPoint(0, 0)), target.size())
        seen = self._seen(box)
        if seen.isEmpty():
            self.hide()
            return
        self.setGeometry(box.adjusted(-out, -out, out, out))
        around = seen.adjusted(-out, -out, out, out)
        self.setMask(around.translated(-self.geometry().topLeft()))
        self.show()
        self.raise_()

    def _seen(self, box: QRect) -> QRect:
        """What of `box` is in sight in every room that scrolls: a ring must not cover what stands below."""
        for step in self._followed:
            area = step.parentWidget()
            if isinstance(area, QAbstractScrollArea) and area.viewport() is step:
                box &= QRect(step.mapTo(self._window, QPoint(0, 0)), step.size())
        return box


def _fills_a_page(widget: QWidget) -> bool:
    """Whether it is a page, something that scrolls, or all of what is scrolled."""
    if isinstance(widget, Page | QAbstractScrollArea):
        return True
    viewport = widget.parentWidget()
    area = None if viewport is None else viewport.parentWidget()
    return isinstance(area, QScrollArea) and area.widget() is widget
