"""`*` and a digit on the number pad opens a chair from whatever field has the keyboard."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

_KEYS = frozenset({QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride})


class ChairKeys(QObject):
    """Listens on the focused widget of one window only, so other events cost nothing."""

    chosen = Signal(int)

    def __init__(self, app: QApplication, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._watched: QWidget | None = None
        self._awaits_digit = False
        app.focusChanged.connect(self._follow)
        self._follow(None, app.focusWidget())

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take the star of the number pad and the digit after it; let everything else pass."""
        if event.type() not in _KEYS or not isinstance(event, QKeyEvent):
            return False
        is_taken = self._takes(event)
        if is_taken:
            event.accept()
        return is_taken

    def _takes(self, event: QKeyEvent) -> bool:
        is_press = event.type() is QEvent.Type.KeyPress
        is_keypad = bool(event.modifiers() & Qt.KeyboardModifier.KeypadModifier)
        if event.key() == Qt.Key.Key_Asterisk and is_keypad:
            self._awaits_digit = self._awaits_digit or is_press
            return True
        if not self._awaits_digit:
            return False
        is_digit = event.text().isdigit() and event.text() != "0"
        if is_press:
            self._awaits_digit = False
            if is_digit:
                self.chosen.emit(int(event.text()))
        return is_digit

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        if self._watched is not None:
            self._watched.removeEventFilter(self)
        self._watched = now if now is not None and self._window.isAncestorOf(now) else None
        self._awaits_digit = False
        if self._watched is not None:
            self._watched.installEventFilter(self)
