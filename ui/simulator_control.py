"""A small window with a button for each thing that somebody can do to a simulated monitor."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QApplication, QGridLayout, QLabel, QPushButton, QWidget

TITLE = "Simulated monitor"
COLUMNS = 2


def control_window(address: str, acts: Mapping[str, str], perform: Callable[[str], None]) -> QWidget:
    """Make the window, not yet shown.

    Args:
        address: where the monitor is served.
        acts: the name of each act, and what it does.
        perform: does an act by its name; called on the thread of the window.
    """
    window = QWidget()
    window.setWindowTitle(TITLE)
    layout = QGridLayout(window)
    where = QLabel(f"{address} - simulated data")
    layout.addWidget(where, 0, 0, 1, COLUMNS)
    said = QLabel("")
    for number, (name, meaning) in enumerate(acts.items()):
        button = QPushButton(name)
        button.setToolTip(meaning)
        button.setAccessibleDescription(meaning)
        button.clicked.connect(_doing(name, meaning, perform, said))
        layout.addWidget(button, 1 + number // COLUMNS, number % COLUMNS)
    layout.addWidget(said, 2 + len(acts) // COLUMNS, 0, 1, COLUMNS)
    return window


def show_control(address: str, acts: Mapping[str, str], perform: Callable[[str], None]) -> None:
    """Show the window until it is closed; see `control_window`."""
    app = QApplication.instance() or QApplication([])
    window = control_window(address, acts, perform)
    window.show()
    app.exec()


def _doing(name: str, meaning: str, perform: Callable[[str], None], said: QLabel) -> Callable[[], None]:
    def do() -> None:
        perform(name)
        said.setText(f"{name}: {meaning}")

    return do
