"""The real window in this process: database, writing thread, links and a patient in each chair.

The first chair's monitor speaks when it is told to; each other has a simulated monitor of another kind, at
its natural rate and in a process of its own.
"""

import uuid
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from bench.seated import seated_now
from bench.served_monitors import PROTOCOLS, served_monitors
from bench.talking_monitor import TalkingMonitor
from db.archive import ArchiveThread
from db.opening import open_database
from db.writer import Writer
from devices.monitors import ChairMonitors
from monitor import bodies
from monitor.clinic import Clinic
from monitor.clock import Instant, SystemClock
from monitor.command import Command
from monitor.entries import Author, Role
from monitor.outcome import Recorded
from monitor.policy_file import default_policy
from monitor.settings import Chair, MonitorLink, Operator, Settings
from monitor.terms import Phase
from monitor.vitals import Vitals
from ui.app import build_window
from ui.application import theme_switch
from ui.controller import ClinicController, Start
from ui.main_window import MainWindow

NURSE = Author(role=Role.OPERATOR, name="Bench Nurse")
SEATED_MINUTES_AGO = 30
WARM_S = 2.0
_SET = bodies.SetCharted(
    vitals=Vitals(systolic_mmhg=122, diastolic_mmhg=78, pulse_rate_bpm=72, spo2_percent=97)
)
_START = bodies.InfusionStarted(
    drug="ketamine",
    dose_mg=Decimal(35),
    weight_kg=Decimal(70),
    rate_ml_per_h=Decimal(75),
    planned_minutes=60,
)
_THE_END = (
    bodies.InfusionStopped(reason="bench"),
    bodies.PhaseBegun(phase=Phase.DISCHARGED, cause=None),
    bodies.Signed(meaning="bench", head=""),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveWindow:
    """What a measurement holds: the window, its controller, how many chairs, and the first one's monitor."""

    app: QApplication
    window: MainWindow
    controller: ClinicController
    chairs: int
    monitor: TalkingMonitor

    def seat_anew(self, chair: int) -> None:
        """Let whoever sits in `chair` go, and put somebody there whose infusion has run for a while."""
        clinic = self.controller.clinic
        now = self.controller.now()
        if self.controller.session(chair) is not None:
            for body in _THE_END:
                self._record(chair, body, now)
        begun = now.plus_s(-60 * SEATED_MINUTES_AGO)
        clinic.seat(seated_now(chair), author=NURSE, at=begun)
        for minute in (1, 4):
            self._record(chair, _SET, begun.plus_s(60 * minute))
        self._record(chair, _START, begun.plus_s(60 * 5))
        for minute in range(10, SEATED_MINUTES_AGO, 5):
            self._record(chair, _SET, begun.plus_s(60 * minute))
        self.controller.chair_changed.emit(chair)

    def _record(self, chair: int, body: bodies.Body, at: Instant) -> None:
        outcome = self.controller.clinic.act(chair, Command(body=body, author=NURSE, at=at))
        assert isinstance(outcome, Recorded), outcome  # noqa: S101 - a measurement of nothing

    def idle(self, for_s: float) -> None:
        """Let the window do what it has to for that long."""
        loop = QEventLoop()
        QTimer.singleShot(round(for_s * 1000), loop.quit)
        loop.exec()


@contextmanager
def live_window(app: QApplication, path: Path, *, chairs: int) -> Iterator[LiveWindow]:
    """Wire the window as `main.py run` does, over a new database at `path`."""
    with ExitStack() as stack:
        talking = stack.enter_context(closing(TalkingMonitor()))
        beside = PROTOCOLS[1:chairs]
        served = zip(beside, stack.enter_context(served_monitors(beside)), strict=True)
        links = (("dinamap", talking.port), *served)
        clock = SystemClock()
        database = open_database(path)
        stack.callback(database.close)
        settings = Settings(
            clinic="Bench",
            chairs=tuple(
                Chair(number=number, monitors=(MonitorLink(protocol=protocol, port=port),))
                for number, (protocol, port) in enumerate(links, 1)
            ),
            operators=(Operator(name=NURSE.name),),
        )
        writer = Writer(store=database.store, sink=lambda event: controller.recorder_sink(event), clock=clock)  # noqa: PLW0108 - made below
        clinic = Clinic(
            station="bench", records=(), new_session_id=lambda: str(uuid.uuid4()), submit=writer.submit
        )
        start = Start(settings=settings, policy=default_policy(), is_demo=True)
        controller = ClinicController(clinic, writer, clock, start)
        controller.choose_operator(NURSE.name)
        archive = ArchiveThread(database)
        stack.callback(archive.close)
        monitors = ChairMonitors(clock=clock, sink_for=controller.feed_sink, unplugged=controller.unplug_sink)
        window = build_window(controller, theme_switch(app, settings.theme), archive, monitors)
        window.show()
        stack.callback(window.hide)
        for part in (writer, archive, controller):
            part.start()
        stack.callback(writer.close)
        stack.callback(controller.stop)
        stack.callback(monitors.stop)
        live = LiveWindow(app=app, window=window, controller=controller, chairs=chairs, monitor=talking)
        for chair in range(1, chairs + 1):
            live.seat_anew(chair)
        monitors.follow(settings)
        live.idle(WARM_S)
        yield live
