"""Tells when a window's first picture is out and its program hears events again.

`python -m bench.first_paint ARGUMENTS...` runs `main.py` with these arguments and prints "painted" at that
moment. The program itself is not changed: Qt's application object gets a second listener.
"""

import sys

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget


class FirstPaint(QObject):
    """Waits for the first paint of a top window, then for the loop to be idle, and says so."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        """Look at every event, and change none."""
        if event.type() is QEvent.Type.Paint and isinstance(watched, QWidget) and watched.isWindow():
            self._app.removeEventFilter(self)
            QTimer.singleShot(0, lambda: print("painted", flush=True))
        return False


def tell_first_paint(app: QApplication) -> None:
    """Print "painted" at the first paint of a top window."""
    FirstPaint(app)


def main() -> int:
    """Run Vigil with a listener."""
    import main as vigil
    from ui import application

    make = application.start_application

    def listened() -> QApplication:
        app = make()
        tell_first_paint(app)
        return app

    application.start_application = listened
    return vigil.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
