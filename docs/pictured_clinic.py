"""A clinic of invented people for the pictures: the real core and controller, a clock moved by hand, no disk.

Its hours follow a script from 09:28 on, so that every picture of one moment is the same picture.
"""

import itertools
import math
import uuid
from collections.abc import Callable

from PySide6.QtWidgets import QApplication

from docs.pictured_ports import LINKED_CHAIRS, OPENS, KeptRecords, KeptSteps, StillLinks, moment, monitor_of
from monitor import bodies
from monitor.clinic import Clinic
from monitor.clock import MS_PER_S, Instant
from monitor.feed import FeedEvent, LinkChanged, LinkState, LiveValue
from monitor.outcome import Recorded
from monitor.policy_file import default_policy
from monitor.ports import StepFailed, StepSaved
from monitor.settings import Chair, MonitorLink, Operator, Settings
from monitor.view import SessionView
from monitor.vitals import Quality, Quantity
from tests.ui.made import ManualClock
from ui.controller import ClinicController, Start

NURSE, SECOND_NURSE, CLINICIAN = "M. Duarte RN", "A. Pereira RN", "Dr H. Lindqvist"
TICK_S = 12

Act = Callable[["PicturedClinic"], None]
Script = list[tuple[str, Act]]


class PicturedClinic:
    """A clinic at a moment of its day. Give the script to `play`, then look."""

    def __init__(self, *, is_demo: bool = False) -> None:
        self.clock = ManualClock(moment(OPENS))
        self.steps, self.archive, self.links = KeptSteps(), KeptRecords(), StillLinks()
        self.disk_fault = ""
        self.watched = 0
        self._numbers = itertools.count(1)
        self._linked: set[int] = set()
        self.clinic = Clinic(
            station="front desk",
            records=(),
            new_session_id=lambda: str(uuid.UUID(int=0x5A1F8A52 << 96 | next(self._numbers))),
            submit=self.steps.submit,
        )
        chairs = tuple(
            Chair(number=number, monitors=(_link(number),) if number in LINKED_CHAIRS else ())
            for number in range(1, 7)
        )
        settings = Settings(
            clinic="Hillside",
            chairs=chairs,
            operators=(
                Operator(name=NURSE),
                Operator(name=SECOND_NURSE),
                Operator(name=CLINICIAN, is_clinician=True),
            ),
        )
        start = Start(settings=settings, policy=default_policy(), is_demo=is_demo)
        self.controller = ClinicController(self.clinic, self.steps, self.clock, start)
        self.controller.choose_operator(NURSE)

    def play(self, script: Script, until: str) -> None:
        """Do what stands in the script up to and at `until`, in order of time."""
        due = sorted(
            (each for each in script if moment(each[0]) <= moment(until)), key=lambda each: moment(each[0])
        )
        for at, act in due:
            self.pass_until(moment(at))
            act(self)
            self.settle()
        self.pass_until(moment(until))
        self.settle()

    def pass_until(self, at: Instant) -> None:
        """Let time pass in steps; live values come on wires that are up, the last a second before `at`."""
        while self.clock.at < at:
            left_s = (at.utc_ms - self.clock.at.utc_ms) / MS_PER_S
            self.clock.pass_s(min(TICK_S, left_s - 1) if left_s > 1 else left_s)
            for chair in self._linked:
                if left_s > 1 and (chair == self.watched or left_s <= TICK_S + 1):
                    self._live(chair)
            self.settle()
            self.controller.tick()

    def settle(self) -> None:
        """Deliver what is queued, and save or fail what waits."""
        QApplication.processEvents()
        for step in self.steps.waiting:
            if self.disk_fault:
                waiting = len(self.steps.waiting)
                self.controller.recorder_sink(StepFailed(step=step, reason=self.disk_fault, waiting=waiting))
            else:
                for entry in step.entries:
                    known = self.archive.records.get(entry.session, ())
                    self.archive.records[entry.session] = (*known, entry)
                self.controller.recorder_sink(StepSaved(step=step))
        self.steps.waiting = self.steps.waiting if self.disk_fault else []
        QApplication.processEvents()

    def act(self, chair: int, body: bodies.Body) -> Recorded:
        """Record something as the operator; a refusal is a mistake in the script."""
        outcome = self.controller.act(chair, body)
        if not isinstance(outcome, Recorded):
            raise TypeError(f"{body} at {self.clock.at}: {outcome}")
        self.settle()
        return outcome

    def feed(self, chair: int, event: FeedEvent) -> None:
        """Let a monitor speak."""
        self.controller.feed_sink(chair)(event)
        self.settle()

    def link(self, chair: int, state: LinkState, reason: str = "Readings are coming.") -> None:
        """Change a link; live values come while it is connected."""
        (self._linked.add if state is LinkState.CONNECTED else self._linked.discard)(chair)
        self.feed(chair, LinkChanged(source=monitor_of(chair), state=state, reason=reason, at=self.clock.at))

    def session_id(self, chair: int) -> str:
        """The id of who sits in `chair`."""
        return self.seated(chair).session

    def seated(self, chair: int) -> SessionView:
        """The view of who sits in `chair`; a mistake in the script when nobody does."""
        session = self.clinic.session(chair)
        if session is None:
            raise LookupError(f"nobody sits in chair {chair} at {self.clock.at}")
        return session.view

    def _live(self, chair: int) -> None:
        """What the wire says now; in the last second before a picture it is a second old."""
        minute = self.clock.monotonic / 60 + chair
        values = {
            Quantity.PULSE_RATE: round(78 + 6 * math.sin(minute / 5) + 2 * math.sin(minute * 2.1)),
            Quantity.SPO2: round(97.5 + 0.8 * math.sin(minute / 3)),
        }
        for quantity, value in values.items():
            event = LiveValue(
                source=monitor_of(chair),
                quantity=quantity,
                value=value,
                quality=Quality.GOOD,
                measured_at_ms=self.clock.at.utc_ms,
                received_at=self.clock.at,
            )
            self.controller.feed_sink(chair)(event)


def _link(chair: int) -> MonitorLink:
    source = monitor_of(chair)
    return MonitorLink(protocol=source.protocol, port=source.port)
