"""A clinic of invented people for the pictures: the real core and controller, a clock moved by hand, no disk.

Its hours follow a script from 09:28 on, so that every picture of one moment is the same picture.
"""

import itertools
import math
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from PySide6.QtWidgets import QApplication

from devices.protocols import dinamap
from devices.protocols.messages import FrameRejected
from monitor import bodies
from monitor.clinic import Clinic
from monitor.clock import MS_PER_S, Instant
from monitor.feed import CuffReading, FeedEvent, LinkChanged, LinkState, LiveValue, Source
from monitor.link_report import LinkReport, RawLine, StateSpan
from monitor.outcome import Recorded
from monitor.plausibility import Check
from monitor.policy_file import default_policy, policy_to_payload
from monitor.ports import Draft, FoundSession, RecordLoaded, SessionsFound, Step, StepFailed, StepSaved
from monitor.record import Record
from monitor.session import Session
from monitor.settings import Chair, MonitorLink, Operator, Settings
from monitor.terms import Arm
from monitor.view import SessionView
from monitor.vitals import Quality, Quantity, Vitals
from ui.controller import ClinicController, Start

NURSE, SECOND_NURSE, CLINICIAN = "M. Duarte RN", "A. Pereira RN", "Dr H. Lindqvist"
MIDNIGHT = Instant(utc_ms=1_763_424_000_000, offset_minutes=0)  # Tuesday 18-Nov-2025
OPENS = "09:28"
TICK_S = 12
LINKED_CHAIRS = (1, 2, 5, 6)
EVERY_CHECK = tuple(each.value for each in Check)

Act = Callable[["PicturedClinic"], None]
Script = list[tuple[str, Act]]


def moment(text: str) -> Instant:
    """The instant of "10:27" or "10:27:10" on the day."""
    hours, minutes, seconds = (*map(int, text.split(":")), 0)[:3]
    return MIDNIGHT.plus_s(hours * 3600 + minutes * 60 + seconds)


@dataclass
class HandClock:
    """Stands still until moved."""

    at: Instant
    monotonic: float = 1000.0

    def now(self) -> Instant:
        """The wall clock."""
        return self.at

    def monotonic_s(self) -> float:
        """Seconds since some moment."""
        return self.monotonic

    def boottime_s(self) -> float | None:
        """The same: nothing sleeps here."""
        return self.monotonic

    def pass_s(self, seconds: float) -> None:
        """Let time pass."""
        self.at = self.at.plus_s(seconds)
        self.monotonic += seconds


@dataclass
class KeptSteps:
    """A recorder that keeps what it is given until the clinic says that it is saved."""

    waiting: list[Step] = field(default_factory=list)

    def submit(self, step: Step) -> None:
        """Keep a step."""
        self.waiting.append(step)

    def retry(self) -> None:
        """The disk stays as it is."""

    def save_draft(self, draft: Draft) -> None:
        """Drafts live in the controller."""

    def save_settings(self, settings: Settings) -> None:
        """So do settings."""


class KeptRecords:
    """Past sessions in memory."""

    def __init__(self) -> None:
        self.records: dict[str, Record] = {}

    def find(self, text: str, sink: Callable[[SessionsFound], None]) -> None:
        """List every session, newest first."""
        found = (_found(session, record) for session, record in self.records.items())
        listed = sorted(found, key=lambda each: each.seated_at_ms, reverse=True)
        sink(SessionsFound(text=text, sessions=tuple(listed)))

    def load(self, session: str, sink: Callable[[RecordLoaded], None]) -> None:
        """Give one record."""
        sink(RecordLoaded(session=session, record=self.records[session]))


class StillLinks:
    """What the device page asks about: one link after an hour with a pulled cable in it."""

    def report(self, chair: int) -> LinkReport | None:
        """A snapshot of the link of `chair`."""
        if chair not in LINKED_CHAIRS:
            return None
        source = monitor_of(chair)
        spans = (
            (OPENS, LinkState.CONNECTING, "Opening the port."),
            ("09:28:02", LinkState.CONNECTED, "Readings are coming."),
            ("10:10", LinkState.LOST, f"The cable of {source.port} is gone. Vigil connects by itself."),
            ("10:13", LinkState.CONNECTED, "Readings are coming."),
        )
        spoiled = dinamap.spo2_frame(percent=98).replace(b"8", b"9", 1)
        lines = (
            ("10:27:06", True, dinamap.frame(dinamap.READ_CUFF)),
            ("10:27:06", False, dinamap.cuff_frame(status=1, age_s=426, pressures_mmhg=(148, 92, 111))),
            ("10:27:07", True, dinamap.frame(dinamap.READ_RATE)),
            ("10:27:07", False, dinamap.rate_frame(source=2, bpm=78)),
            ("10:27:08", True, dinamap.frame(dinamap.READ_SPO2)),
            ("10:27:08", False, spoiled),
        )
        return LinkReport(
            source=source,
            line_settings="9600 8N1",
            quiet_time_s=7.0,
            history=tuple(StateSpan(since=moment(at), state=state, reason=why) for at, state, why in spans),
            frames=3481,
            rejected=2,
            resyncs=1,
            unanswered=3,
            links_lost=1,
            slowest_reply_ms=214,
            lines=tuple(
                RawLine(at=moment(at), is_sent=is_sent, raw=raw, note=_rejection(raw))
                for at, is_sent, raw in lines
            ),
        )

    def profiles(self) -> tuple[str, ...]:
        """What can be chosen."""
        return ("dinamap",)

    def port_problem(self, port: str) -> str | None:
        """None: no port is refused here."""
        return None if port else "Type a port."


def monitor_of(chair: int) -> Source:
    """The monitor beside `chair`."""
    return Source(protocol="dinamap", port=f"serial:/dev/ttyUSB{chair - 1}", is_simulated=False)


class PicturedClinic:
    """A clinic at a moment of its day. Give the script to `play`, then look."""

    def __init__(self, *, is_demo: bool = False) -> None:
        self.clock = HandClock(moment(OPENS))
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
            Chair(number=number, monitor=_link(number) if number in LINKED_CHAIRS else None)
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
                received_at=self.clock.at,
            )
            self.controller.feed_sink(chair)(event)


def seat(chair: int, name: str, born: str, number: str | None, *, dose_mg: int = 35) -> Act:
    """Seat somebody."""
    body = bodies.Seated(
        chair=chair,
        patient=bodies.Patient(
            name=name, birth_date=born, clinic_number=number, allergies=_ALLERGIES.get(name, "none")
        ),
        weight_kg=Decimal(dose_mg) * 2,
        cuff_arm=Arm.RIGHT,
        iv_arm=Arm.LEFT,
        dose_text=f"ketamine {dose_mg} mg in 50 mL",
        planned_minutes=40,
        is_simulated=False,
        policy=policy_to_payload(default_policy()),
    )

    def act(clinic: PicturedClinic) -> None:
        clinic.controller.seat(body)

    return act


_ALLERGIES = {"OKAFOR, Ruth": "penicillin", "ADEYEMI, Tola": "latex"}


def typed(  # noqa: PLR0913 - a set has that many values
    chair: int, systolic: int, diastolic: int, rate: int, spo2: int, *, moaa_s: int | None = 5
) -> Act:
    """Type a set, and keep it whatever is asked."""
    vitals = Vitals(
        systolic_mmhg=systolic,
        diastolic_mmhg=diastolic,
        pulse_rate_bpm=rate,
        spo2_percent=spo2,
        moaa_s=moaa_s,
    )
    return doing(chair, bodies.SetCharted(vitals=vitals, confirmed=EVERY_CHECK))


def read(  # noqa: PLR0913 - a set has that many values
    chair: int, systolic: int, diastolic: int, rate: int, spo2: int, *, is_accepted: bool = True
) -> Act:
    """Let the monitor finish a determination, and accept it."""

    def act(clinic: PicturedClinic) -> None:
        now = clinic.clock.at
        vitals = Vitals(
            systolic_mmhg=systolic,
            diastolic_mmhg=diastolic,
            map_mmhg=round((systolic + 2 * diastolic) / 3),
            pulse_rate_bpm=rate,
            spo2_percent=spo2,
        )
        reading = CuffReading(
            source=monitor_of(chair),
            vitals=vitals,
            quality=Quality.GOOD,
            measured_at_ms=now.utc_ms,
            begun_at_ms=now.plus_s(-30).utc_ms,
            received_at=now,
            raw=b" NA",
        )
        clinic.feed(chair, reading)
        if is_accepted:
            captured = clinic.seated(chair).waiting[-1].entry.sequence
            clinic.act(chair, bodies.Accepted(captured=captured))

    return act


def start(chair: int, *, dose_mg: int = 35, aware: str | None = None) -> Act:
    """Start the pump."""
    body = bodies.InfusionStarted(
        drug="Ketamine",
        dose_mg=Decimal(dose_mg),
        weight_kg=Decimal(dose_mg) * 2,
        rate_ml_per_h=Decimal(75),
        planned_minutes=40,
        aware=aware,
    )
    return doing(chair, body)


def doing(chair: int, body: bodies.Body) -> Act:
    """Record any body."""

    def act(clinic: PicturedClinic) -> None:
        clinic.act(chair, body)

    return act


def linking(chair: int, state: LinkState, reason: str = "Readings are coming.") -> Act:
    """Change a link."""

    def act(clinic: PicturedClinic) -> None:
        clinic.link(chair, state, reason)

    return act


def _rejection(raw: bytes) -> str:
    """Why the decoder refuses a line; "" when it does not."""
    (message,) = dinamap.DinamapDecoder().feed(raw)
    return message.reason if isinstance(message, FrameRejected) else ""


def _link(chair: int) -> MonitorLink:
    source = monitor_of(chair)
    return MonitorLink(protocol=source.protocol, port=source.port)


def _found(session: str, record: Record) -> FoundSession:
    view = Session(record).view
    return FoundSession(
        session=session,
        chair=view.chair,
        patient_name=view.patient.name,
        birth_date=view.patient.birth_date,
        clinic_number=view.patient.clinic_number,
        seated_at_ms=view.seated_ms,
        offset_minutes=0,
        phase=view.phase.value,
        is_simulated=view.is_simulated,
    )
