"""Enter to painted, and wire byte to painted, in the real window: `python -m bench.paint [--samples N]`.

The window stands over a real database, with its writing thread, in this process. Enter: from the key event
that saves a typed set on a session's page to the moment at which all that it changed is drawn. Wire: from the
call that sends a monitor's answer into the socket, through the link's thread and the decoder, to the board's
card being drawn; each of six chairs has its own TCP wire, and every answer holds another value. On Qt's
offscreen platform, or on an X server with `--platform xcb`.

The baseline is a bare window's text field and label: the same key event until the label is drawn.
"""

import argparse
import os
import queue
import socket
import tempfile
import threading
import time
import uuid
from contextlib import ExitStack, closing
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget

from bench.figures import MS_PER_S, Figure, Spread, show
from bench.seated import seated_now
from db.archive import ArchiveThread
from db.opening import open_database
from db.writer import Writer
from devices.monitors import ChairMonitors
from devices.protocols import dinamap
from monitor import bodies
from monitor.clinic import Clinic
from monitor.clock import SystemClock
from monitor.policy_file import default_policy
from monitor.settings import Chair, MonitorLink, Operator, Settings
from ui.app import build_window
from ui.application import start_application, theme_switch
from ui.controller import ClinicController, Start
from ui.main_window import MainWindow
from ui.routes import ToBoard, ToChair

GOAL_MS = 50.0
CHAIRS = 6
NURSE = "Bench Nurse"
WAIT_MS = 100
LONGEST_S = 120.0


class Paints(QObject):
    """Counts the paint events of a window and everything in it."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.count = 0
        app.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        """Look at every event, and change none."""
        self.count += event.type() is QEvent.Type.Paint
        return False


class TalkingMonitor:
    """Answers every question at once on TCP, each SpO2 with another value, and notes when it was sent."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = f"tcp:127.0.0.1:{self._listener.getsockname()[1]}"
        self.sent: queue.SimpleQueue[float] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._talk, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Hang up."""
        self._listener.close()
        self._thread.join(1.0)

    def _talk(self) -> None:
        decoder, percent = dinamap.DinamapDecoder(), 95
        try:
            host, _ = self._listener.accept()
            with host:
                while data := host.recv(4096):
                    for message in decoder.feed(data):
                        is_oximeter = message.raw.startswith(b" OA")
                        percent = 95 + (percent + 1) % 5
                        answer = (
                            dinamap.spo2_frame(percent=percent)
                            if is_oximeter
                            else dinamap.rate_frame(source=2, bpm=70 + percent % 5)
                        )
                        self.sent.put(time.perf_counter())
                        host.sendall(answer)
        except OSError:
            return


def measure(*, samples: int, platform: str) -> list[Figure]:
    """Measure on the Qt platform that is chosen already."""
    app = QApplication.instance() or start_application()
    assert isinstance(app, QApplication)  # noqa: S101 - made just now
    paints = Paints(app)
    with ExitStack() as stack:
        baseline = _bare(app, samples)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="vigil-bench-")))
        talking = [stack.enter_context(closing(TalkingMonitor())) for _ in range(CHAIRS)]
        window, controller = _window(app, stack, folder / "clinic.db", [each.port for each in talking])
        wired = _wire(app, window, controller, talking, paints, samples)
        entered, processor = _enter(app, window, paints, samples)
        charted = sum(len(each.view.charted) for each in controller.clinic.sessions())
        assert charted == samples, f"{charted} sets of {samples} were charted"  # noqa: S101 - as in `_enter`
    rows = (
        ("Enter to painted", entered),
        ("Enter to painted, processor", processor),
        ("wire byte to painted", wired),
    )
    return [_figure(f"{name}, {platform}", seconds, baseline) for name, seconds in rows]


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
    seconds = []
    for number in range(samples):
        field.setText(str(number))
        app.processEvents()
        began = time.perf_counter()
        QTest.keyClick(field, Qt.Key.Key_Return)
        app.processEvents()
        seconds.append(time.perf_counter() - began)
    window.close()
    return seconds


def _enter(
    app: QApplication, window: MainWindow, paints: Paints, samples: int
) -> tuple[list[float], list[float]]:
    """Return seconds elapsed, and of this thread's processor time: others stretch the first, not the second.

    Type a set and Enter, over and over, in the chairs in turn so that no record grows absurdly long.
    """
    seconds, processor = [], []
    for number in range(samples):
        if number % 12 == 0:
            window.go(ToBoard())
            window.go(ToChair(1 + number // 12 % CHAIRS))
        field = QApplication.focusWidget()
        assert field is not None  # noqa: S101 - a page without a field would measure nothing
        QTest.keyClicks(field, f"12{number % 5}/78 7{number % 4} 97")
        app.processEvents()
        before = paints.count
        began, began_processor = time.perf_counter(), time.thread_time()
        QTest.keyClick(field, Qt.Key.Key_Return)
        while paints.count == before:
            app.processEvents()
        app.processEvents()
        seconds.append(time.perf_counter() - began)
        processor.append(time.thread_time() - began_processor)
        _idle(app, 0.05)
    return seconds, processor


def _wire(  # noqa: PLR0913, PLR0917 - what is watched
    app: QApplication,
    window: MainWindow,
    controller: ClinicController,
    talking: list[TalkingMonitor],
    paints: Paints,
    samples: int,
) -> list[float]:
    """Follow each answer from its socket to the picture of its chair's card."""
    heard: list[int] = []
    controller.chair_changed.connect(heard.append)
    seconds: list[float] = []
    ends_at = time.perf_counter() + LONGEST_S
    window.go(ToBoard())
    while len(seconds) < samples and time.perf_counter() < ends_at:
        heard.clear()
        before = paints.count
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, WAIT_MS)
        if not heard:
            continue
        app.processEvents()
        painted_at = time.perf_counter()
        for chair in set(heard):
            sent = [talking[chair - 1].sent.get() for _ in range(talking[chair - 1].sent.qsize())]
            if sent and paints.count > before:
                seconds.append(painted_at - sent[-1])
    controller.chair_changed.disconnect(heard.append)
    return seconds


def _idle(app: QApplication, for_s: float) -> None:
    ends_at = time.perf_counter() + for_s
    while time.perf_counter() < ends_at:
        app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)


def _window(
    app: QApplication, stack: ExitStack, path: Path, ports: list[str]
) -> tuple[MainWindow, ClinicController]:
    """Wire the window as `main.py run` does, with a patient in each chair."""
    clock = SystemClock()
    database = open_database(path)
    stack.callback(database.close)
    settings = Settings(
        clinic="Bench",
        chairs=tuple(
            Chair(number=number, monitor=MonitorLink(protocol="dinamap", port=port))
            for number, port in enumerate(ports, 1)
        ),
        operators=(Operator(name=NURSE),),
    )
    writer = Writer(store=database.store, sink=lambda event: controller.recorder_sink(event), clock=clock)  # noqa: PLW0108 - made below
    clinic = Clinic(
        station="bench", records=(), new_session_id=lambda: str(uuid.uuid4()), submit=writer.submit
    )
    controller = ClinicController(
        clinic, writer, clock, Start(settings=settings, policy=default_policy(), is_demo=True)
    )
    controller.choose_operator(NURSE)
    archive = ArchiveThread(database)
    stack.callback(archive.close)
    monitors = ChairMonitors(clock=clock, sink_for=controller.feed_sink)
    window = build_window(controller, theme_switch(app, settings.theme), archive, monitors)
    window.show()
    stack.callback(window.hide)
    for part in (writer, archive, controller):
        part.start()
    stack.callback(writer.close)
    stack.callback(controller.stop)
    stack.callback(monitors.stop)
    for chair in range(1, len(ports) + 1):
        controller.seat(seated_now(chair))
        controller.act(chair, bodies.Noted(text="bench"))
    monitors.follow(settings)
    _idle(app, 2.0)
    return window, controller


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--samples", type=int, default=200)
    parser.add_argument("--platform", choices=["offscreen", "xcb"], default="offscreen")
    options = parser.parse_args()
    os.environ["QT_QPA_PLATFORM"] = options.platform
    show(measure(samples=options.samples, platform=options.platform))


if __name__ == "__main__":
    main()
