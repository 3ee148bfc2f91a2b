"""Enter to painted, and wire byte to painted, in the real window: `python -m bench.paint [--chairs 8]`.

The window stands over a real database, with its writing thread, in this process; each chair has a patient and
a monitor on a TCP wire of its own. The monitor of the first chair, on which all is timed, speaks when told to
and answers the window's questions once a second; the others are simulated ones of all protocols at their
natural rates, in a process of their own. Timed are

* Enter: from the key event that saves a typed set on a session's page until the set is painted beside the
  chart and in it;
* a live value: from the call that hands a monitor's bytes to its socket, through the link's thread and the
  decoder, until the value is painted on the page of its session;
* a cuff reading: from the same call until it is painted on its chair's card of the board, one in three
  of them over a limit.

Every Enter, value and reading is counted, also one that waits for the second's tick or another chair. The
first monitor speaks at random moments, 0.2 to 0.4 s apart. On Qt's offscreen platform, or on an X server with
`--platform xcb`. The baseline is a bare window's text field and label: a key event until the label is drawn.
"""

import argparse
import os
import random
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget

from bench.figures import MS_PER_S, Figure, Spread, show, write_json
from bench.live_window import LiveWindow, live_window
from bench.sight import Sight
from ui.application import start_application
from ui.board.card import ChairCard
from ui.board.page import BoardPage
from ui.chart.mini_chart import MiniChart
from ui.routes import ToBoard, ToChair
from ui.session.page import SessionPage

GOAL_MS = 50.0
SETS_A_SESSION = 12  # of an infusion of an hour
MEASURED_CHAIR = 1
GAP_S = (0.2, 0.4)
SETTLES_S = 0.1
LONGEST_S = 10.0


def measure(*, samples: int, chairs: int, platform: str) -> list[Figure]:
    """Measure on the Qt platform that is chosen already."""
    app = QApplication.instance() or start_application()
    assert isinstance(app, QApplication)  # noqa: S101 - made just now
    with ExitStack() as stack:
        baseline = _bare(app, samples)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="vigil-bench-")))
        live = stack.enter_context(live_window(app, folder / "clinic.db", chairs=chairs))
        values = _live_values(live, samples)
        readings = _cuff_readings(live, samples)
        entered, processor = _enter(live, samples)
    rows = (
        ("Enter to painted", entered),
        ("Enter to painted, processor", processor),
        ("live value, wire byte to painted", values),
        ("cuff reading, wire byte to painted", readings),
    )
    return [_figure(f"{name}, {chairs} on {platform}", seconds, baseline) for name, seconds in rows]


def _figure(name: str, seconds: list[float], baseline: list[float]) -> Figure:
    measured = Spread.of(seconds, times=MS_PER_S)
    return Figure(
        name=name,
        unit="ms",
        measured=measured,
        against="bare field and label",
        baseline=Spread.of(baseline, times=MS_PER_S),
        goal=f"p99 {GOAL_MS:g} ms",
        is_met=measured.p99 <= GOAL_MS,
    )


def _bare(app: QApplication, samples: int) -> list[float]:
    window = QWidget()
    field, said = QLineEdit(), QLabel()
    column = QVBoxLayout(window)
    column.addWidget(field)
    column.addWidget(said)
    field.returnPressed.connect(lambda: said.setText(field.text()))
    window.show()
    field.setFocus()
    seconds: list[float] = []
    painted = deque[float]()
    with closing(Sight(app, [said], lambda _widgets, at_s: painted.append(at_s))):
        for number in range(samples):
            field.setText(str(number))
            app.processEvents()
            painted.clear()
            began = time.perf_counter()
            QTest.keyClick(field, Qt.Key.Key_Return)
            _until(app, lambda: bool(painted))
            seconds.append(painted[0] - began)
    window.close()
    return seconds


def _enter(live: LiveWindow, samples: int) -> tuple[list[float], list[float]]:
    """Return seconds elapsed, and of this thread's processor time, which other programs stretch less."""
    seconds: list[float] = []
    processor: list[float] = []
    while len(seconds) < samples:
        live.seat_anew(MEASURED_CHAIR)
        page = _page_of(live)
        for number in range(min(SETS_A_SESSION, samples - len(seconds))):
            took_s, worked_s = _enter_one(live, page, f"{120 + number % 5}/{78 + number % 3}")
            seconds.append(took_s)
            processor.append(worked_s)
            live.idle(SETTLES_S)
    return seconds, processor


def _enter_one(live: LiveWindow, page: SessionPage, pressure: str) -> tuple[float, float]:
    value, field = page.gutter.pressure.value, page.bar.field
    shown: list[float] = []
    left: set[QWidget] = {value, page.chart.pressure_pane.viewport()}

    def seen(widgets: frozenset[QWidget], at_s: float) -> None:
        if value.text() == pressure:
            left.difference_update(widgets)
        if not left and not shown:
            shown.append(at_s)

    QTest.keyClicks(field, f"{pressure} 72 97")
    live.app.processEvents()
    with closing(Sight(live.app, left, seen)):
        began, began_processor = time.perf_counter(), time.thread_time()
        QTest.keyClick(field, Qt.Key.Key_Return)
        _until(live.app, lambda: bool(shown))
        worked_s = time.thread_time() - began_processor
    return shown[0] - began, worked_s


def _live_values(live: LiveWindow, samples: int) -> list[float]:
    page = _page_of(live)
    sent = deque[tuple[str, float]]()
    seconds: list[float] = []
    shown = page.gutter.saturation.live

    def seen(_widgets: frozenset[QWidget], at_s: float) -> None:
        _count(sent, shown.text(), at_s, seconds)

    def speak() -> None:
        for number in range(samples):
            time.sleep(random.uniform(*GAP_S))  # noqa: S311 - no secret
            percent = 90 + number % 10
            sent.append((str(percent), time.perf_counter()))
            live.monitor.tell_spo2(percent)

    with closing(Sight(live.app, [shown], seen)), _speaking(speak):
        _until(live.app, lambda: len(seconds) >= samples, within_s=LONGEST_S + samples * GAP_S[1])
    return seconds


def _cuff_readings(live: LiveWindow, samples: int) -> list[float]:
    seconds: list[float] = []
    while len(seconds) < samples:
        live.seat_anew(MEASURED_CHAIR)
        live.window.go(ToBoard())
        board = live.window.page
        assert isinstance(board, BoardPage)  # noqa: S101 - asked for just now
        live.idle(1.0)
        count = min(samples - len(seconds), SETS_A_SESSION)
        seconds += _cuff_readings_of(live, board, range(len(seconds), len(seconds) + count))
    return seconds


def _cuff_readings_of(live: LiveWindow, board: BoardPage, numbers: range) -> list[float]:
    chart = _chart_of(board.cards[MEASURED_CHAIR])
    sent = deque[tuple[str, float]]()
    seconds: list[float] = []

    def seen(_widgets: frozenset[QWidget], at_s: float) -> None:
        marks = chart.model.pressures
        text = " ".join(f"{mark.systolic_mmhg}/{mark.diastolic_mmhg}" for mark in marks)
        _count(sent, text, at_s, seconds)

    def speak() -> None:
        for number in numbers:  # no pressures twice within seconds: that is one determination
            time.sleep(random.uniform(*GAP_S))  # noqa: S311 - no secret
            systolic, diastolic = (165 if number % 3 == 2 else 118) + number % 7, 70 + number % 9
            sent.append((f"{systolic}/{diastolic}", time.perf_counter()))
            live.monitor.tell_cuff(systolic, diastolic)

    with closing(Sight(live.app, [chart], seen)), _speaking(speak):
        _until(live.app, lambda: len(seconds) >= len(numbers), within_s=LONGEST_S + len(numbers) * GAP_S[1])
    return seconds


def _chart_of(card: ChairCard) -> MiniChart:
    found = card.findChild(MiniChart)
    assert isinstance(found, MiniChart)  # noqa: S101 - a card has one
    return found


def _count(sent: deque[tuple[str, float]], text: str, at_s: float, seconds: list[float]) -> None:
    """Count what `text` shows, and what was sent before it: that was overtaken before it was in sight."""
    places = [place for place, (value, _) in enumerate(sent) if value in text]
    seconds += [at_s - sent.popleft()[1] for _ in range(places[-1] + 1 if places else 0)]


@contextmanager
def _speaking(speak: Callable[[], None]) -> Iterator[None]:
    thread = threading.Thread(target=speak, daemon=True)
    thread.start()
    yield
    thread.join()


def _page_of(live: LiveWindow) -> SessionPage:
    live.window.go(ToBoard())
    live.window.go(ToChair(MEASURED_CHAIR))
    page = live.window.page
    assert isinstance(page, SessionPage)  # noqa: S101 - asked for just now
    live.idle(1.0)
    return page


def _until(app: QApplication, is_so: Callable[[], bool], *, within_s: float = LONGEST_S) -> None:
    """Let the window live until `is_so`; it sleeps when there is nothing to do, as it does by itself."""
    late = QTimer(app)
    late.setSingleShot(True)
    late.start(round(within_s * MS_PER_S))
    while not is_so():
        if not late.isActive():
            raise TimeoutError("something was never painted")
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    late.stop()
    late.deleteLater()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--samples", type=int, default=200)
    parser.add_argument("--chairs", type=int, default=1)
    parser.add_argument("--platform", choices=["offscreen", "xcb"], default="offscreen")
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args()
    os.environ["QT_QPA_PLATFORM"] = options.platform
    figures = measure(samples=options.samples, chairs=options.chairs, platform=options.platform)
    show(figures)
    if options.json is not None:
        write_json(figures, options.json)


if __name__ == "__main__":
    main()
