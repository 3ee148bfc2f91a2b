"""Keys that reach the window from whatever field has the keyboard: shortcuts, and `*` and a chair's digit."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget


class FieldKeys(QObject):
    """Listens on the focused widget of one window only, so other events cost nothing.

    A text field claims some of the window's shortcuts for editing (on X11 Ctrl+D and Ctrl+K delete); those in
    `reserved` are taken back. Emits `chair` for the star of the number pad and the digit after it.
    """

    chair = Signal(int)

    def __init__(self, app: QApplication, window: QWidget, reserved: Iterable[str]) -> None:
        super().__init__(window)
        self._window = window
        self._reserved = frozenset(QKeySequence(key).toString() for key in reserved)
        self._watched: QWidget | None = None
        self._awaits_digit = False
        app.focusChanged.connect(self._follow)
        self._follow(None, app.focusWidget())

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Keep the window's shortcuts from the field, and take a chair's keys; let everything else pass."""
        if not isinstance(event, QKeyEvent):
            return False
        if event.type() is QEvent.Type.ShortcutOverride:
            return self._overrides(event)
        return event.type() is QEvent.Type.KeyPress and self._takes(event)

    def _overrides(self, event: QKeyEvent) -> bool:
        if QKeySequence(event.keyCombination()).toString() in self._reserved:
            event.ignore()  # nobody claims it, so it becomes the window's shortcut
            return True
        return False

    def _takes(self, event: QKeyEvent) -> bool:
        is_keypad = bool(event.modifiers() & Qt.KeyboardModifier.KeypadModifier)
        if event.key() == Qt.Key.Key_Asterisk and is_keypad:
            self._awaits_digit = True
            return True
        if not self._awaits_digit:
            return False
        self._awaits_digit = False
        if not event.text().isdigit() or event.text() == "0":
            return False
        self.chair.emit(int(event.text()))
        return True

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        if self._watched is not None:
            self._watched.removeEventFilter(self)
        self._watched = now if now is not None and self._window.isAncestorOf(now) else None
        self._awaits_digit = False
        if self._watched is not None:
            self._watched.installEventFilter(self)
