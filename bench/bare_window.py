"""The baseline of a start: the same libraries, one plot, one database, and nothing of Vigil.

`python -m bench.bare_window` prints "painted" once its first picture is on the screen and events
are heard again, and stays until killed, drawing once a second.
"""

import sys
import tempfile
import time
from pathlib import Path

import pyqtgraph as pg
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from sqlalchemy import create_engine, text

from bench.first_paint import tell_first_paint

POINTS = 60
SIZE_PX = (1440, 900)


def main() -> int:
    """Open the window."""
    app = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory(prefix="vigil-bench-") as folder:
        engine = create_engine(f"sqlite:///{Path(folder) / 'bare.db'}")
        with engine.begin() as connection:
            connection.execute(text("CREATE TABLE reading (minute INTEGER, systolic_mmhg INTEGER)"))
            connection.execute(text("SELECT * FROM reading")).all()
        window = QWidget()
        plot = pg.PlotWidget()
        column = QVBoxLayout(window)
        column.addWidget(QLabel("Bare"))
        column.addWidget(plot)
        curve = plot.plot(list(range(POINTS)), [120 + minute % 7 for minute in range(POINTS)])
        window.resize(*SIZE_PX)
        tell_first_paint(app)
        timer = QTimer()
        timer.timeout.connect(lambda: curve.setData([120 + int(time.perf_counter()) % 7] * POINTS))
        timer.start(1000)
        window.show()
        status = app.exec()
        engine.dispose()
    return status


if __name__ == "__main__":
    sys.exit(main())
