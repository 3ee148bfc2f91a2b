"""A clinic as `main.py run` wires it, in this process: the real window, record, threads and pages.

Only two things are ours: the clock, which stands until it is moved, and the hand that carries the monitor's
bytes each second, so that an hour passes in seconds. The bytes go over a real pseudo-terminal.
"""

from __future__ import annotations

import uuid
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from db.archive import ArchiveThread
from db.opening import open_database
from db.writer import Writer
from devices.address import parse_address
from devices.kinds.dinamap import DINAMAP
from devices.link import Link, link_to
from devices.monitors import ChairMonitors
from devices.simulator.monitor_model import simulated_monitor
from devices.simulator.served_wire import PtyWire
from monitor.clinic import Clinic
from monitor.policy_file import default_policy
from monitor.settings import Chair, MonitorLink, Settings
from tests.ui.made import ManualClock
from ui.app import build_window
from ui.controller import ClinicController, Start
from ui.session.page import SessionPage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from devices.simulator.scenario import Scenario
    from monitor.feed import FeedEvent
    from monitor.session import Session
    from monitor.view import SessionView
    from ui.main_window import MainWindow
    from ui.theme import ThemeSwitch

CHAIR = 1
TICK_S = 10  # the window hears of time and monitor this often; the monitor itself is asked each second
PATIENCE_MS = 30_000
NO_KEY = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier


class BedsideMonitor:
    """A simulated monitor on a pty, and the app's own link to it, both stepped by hand."""

    def __init__(self, clock: ManualClock, scenario: Scenario, *, seed: int) -> None:
        self._clock = clock
        self._wire = PtyWire()
        self.device = simulated_monitor(
            protocol="dinamap",
            scenario=scenario,
            seed=seed,
            switched_on_at_ms=clock.now().utc_ms,
            cycles_from_start=False,
        )
        self._link: Link | None = None

    @property
    def port(self) -> str:
        """Where it is plugged in."""
        return self._wire.address

    def plug_in(self) -> list[FeedEvent]:
        """Begin a link, as a window does when it opens."""
        self._link = link_to(parse_address(self.port), profile=DINAMAP, clock=self._clock)
        return self._link.begin()

    def unplug(self) -> None:
        """End the link, as with the window that had it."""
        if self._link is not None:
            self._link.close()
            self._link = None

    def second(self) -> list[FeedEvent]:
        """Let the link ask what is due and carry the answer to it, over the pty."""
        assert self._link is not None
        at_ms = self._clock.now().utc_ms
        self.device.bedside.advance(at_ms)
        events = self._link.step(0.0)
        before = self._heard()
        while self._heard() == before:
            for answer in self.device.receive(self._wire.receive(1.0), at_ms):
                self._wire.send(answer.data)
            events += self._link.step(1.0)
        return events

    def _heard(self) -> int:
        assert self._link is not None
        report = self._link.report()
        return report.frames + (report.bad_sums or 0) + report.rejected

    def press_cuff(self) -> None:
        """Press the cuff's button on the monitor."""
        self.device.bedside.start_cuff(self._clock.now().utc_ms)

    def pump(self, *, is_running: bool) -> None:
        """The pump at this patient starts or stands still."""
        self.device.bedside.infusion_changed(self._clock.now().utc_ms, is_running=is_running)

    def switch_off(self) -> None:
        """Give the pty back."""
        self.unplug()
        self._wire.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """The window as it stands, with hands on its keys."""

    window: MainWindow
    controller: ClinicController
    clock: ManualClock
    monitor: BedsideMonitor
    qtbot: QtBot

    @property
    def session(self) -> Session:
        """Who sits in the chair."""
        session = self.controller.session(CHAIR)
        assert session is not None
        return session

    @property
    def view(self) -> SessionView:
        """What their record comes to."""
        return self.session.view

    @property
    def page(self) -> SessionPage:
        """The session's page, which must be in sight."""
        page = self.window.page
        assert isinstance(page, SessionPage)
        return page

    def type(self, text: str) -> None:
        """Type with real key events, each to whatever has the keyboard then."""
        for letter in text:
            focused = QApplication.focusWidget()
            assert focused is not None
            QTest.keyClicks(focused, letter)
            QApplication.processEvents()

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = NO_KEY) -> None:
        """Press one key."""
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key, held)
        QApplication.processEvents()

    def where(self) -> object:
        """The page in sight, as a place to go."""
        return self.window.route

    def fill(self, *texts: str) -> None:
        """Type each text and Enter; an empty one keeps what the field has."""
        for text in texts:
            self.type(text)
            self.press(Qt.Key.Key_Return)

    def pass_s(self, seconds: int) -> None:
        """Let time pass for clock, monitor and window."""
        for passed in range(1, seconds + 1):
            self.clock.pass_s(1)
            self.hear(self.monitor.second())
            if passed % TICK_S == 0 or passed == seconds:
                self.controller.tick()
                QApplication.processEvents()

    def pass_until(self, is_so: Callable[[], bool], *, minutes: float) -> None:
        """Let time pass until `is_so`, at most `minutes` of the patient's time."""
        for _ in range(round(minutes * 60 / TICK_S)):
            if is_so():
                return
            self.pass_s(TICK_S)
        raise AssertionError("it did not come about in time")

    def hear(self, events: list[FeedEvent]) -> None:
        """Give what the link told to the window, as its thread would."""
        sink = self.controller.feed_sink(CHAIR)
        for event in events:
            sink(event)

    def wait_saved(self) -> None:
        """Wait until every commit has returned."""
        self.qtbot.waitUntil(lambda: not self.controller.clinic.saving.unsaved, timeout=PATIENCE_MS)

    def accept_reading(self, *, minutes: float) -> None:
        """Wait for the monitor's next reading, look at it for two seconds and press Enter."""
        before = len(self.view.charted)
        self.pass_until(lambda: bool(self.view.waiting), minutes=minutes)
        self.pass_s(2)
        self.press(Qt.Key.Key_Return)
        assert len(self.view.charted) == before + 1


@contextmanager
def opened(path: Path, monitor: BedsideMonitor, clock: ManualClock, make: Making) -> Iterator[Room]:
    """Open the window over the database at `path`; at the end it is gone without having been closed."""
    database = open_database(path)
    found = database.store.open_sessions()
    assert not found.damaged
    settings = database.store.settings() or Settings(
        clinic="Hillside",
        chairs=(Chair(number=CHAIR, monitors=(MonitorLink(protocol="dinamap", port=monitor.port),)),),
    )
    writer = Writer(store=database.store, sink=lambda event: controller.recorder_sink(event), clock=clock)  # noqa: PLW0108 - made below
    clinic = Clinic(
        station="front desk",
        records=found.records,
        trends=found.trends,
        new_session_id=lambda: str(uuid.uuid4()),
        submit=writer.submit,
    )
    start = Start(settings=settings, policy=default_policy(), drafts=database.store.drafts())
    controller = ClinicController(clinic, writer, clock, start)
    archive = ArchiveThread(database)
    monitors = ChairMonitors(  # follows nothing: we carry the bytes
        clock=clock, sink_for=controller.feed_sink, unplugged=controller.unplug_sink
    )
    window = build_window(controller, make.themes, archive, monitors)
    make.qtbot.addWidget(window)
    window.show()
    make.qtbot.waitUntil(window.isActiveWindow)
    writer.start()
    archive.start()
    room = Room(window=window, controller=controller, clock=clock, monitor=monitor, qtbot=make.qtbot)
    room.hear(monitor.plug_in())
    QApplication.processEvents()
    try:
        yield room
    finally:
        monitor.unplug()
        archive.close()
        writer.close()
        database.close()
        window.hide()


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """What pytest gives to make windows with."""

    qtbot: QtBot
    themes: ThemeSwitch
