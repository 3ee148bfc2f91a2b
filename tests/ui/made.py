"""A made-up patient in a chair, a clock that moves when told, and a recorder that keeps what it is given."""

from __future__ import annotations

import itertools
import uuid
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from monitor import bodies
from monitor.clinic import Clinic
from monitor.clock import Instant
from monitor.command import Command
from monitor.entries import Author, Role
from monitor.feed import CuffReading, LinkChanged, LinkState, LiveValue, Source
from monitor.outcome import Recorded
from monitor.policy_file import default_policy, policy_to_payload
from monitor.ports import Draft, Step, StepSaved
from monitor.session import Session
from monitor.settings import Chair, Operator, Settings
from monitor.terms import Arm
from monitor.vitals import Quality, Quantity, Vitals
from ui.controller import ClinicController, Start

if TYPE_CHECKING:
    from monitor.outcome import Outcome
    from monitor.settings import Settings as ClinicSettings

POLICY = default_policy()
NURSE = "M. Duarte RN"
AUTHOR = Author(role=Role.OPERATOR, name=NURSE)
# 09:54 local time at +60 minutes on 18-Nov-2025: ten minutes before the usual start
SEATED_AT = Instant(utc_ms=1_763_456_040_000, offset_minutes=60)
MONITOR = Source(protocol="dinamap", port="serial:/dev/ttyUSB0", is_simulated=False)


class ManualClock:
    def __init__(self, at: Instant = SEATED_AT) -> None:
        self.at = at
        self.monotonic = 1000.0

    def now(self) -> Instant:
        return self.at

    def monotonic_s(self) -> float:
        return self.monotonic

    def boottime_s(self) -> float | None:
        return self.monotonic

    def pass_s(self, seconds: float) -> None:
        self.at = self.at.plus_s(seconds)
        self.monotonic += seconds


@dataclass
class KeptRecorder:
    steps: list[Step] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    settings: list[ClinicSettings] = field(default_factory=list)
    retries: int = 0

    def submit(self, step: Step) -> None:
        self.steps.append(step)

    def retry(self) -> None:
        self.retries += 1

    def save_draft(self, draft: Draft) -> None:
        self.drafts.append(draft)

    def save_settings(self, settings: ClinicSettings) -> None:
        self.settings.append(settings)


def okafor(*, chair: int = 1, name: str = "OKAFOR, Ruth", is_simulated: bool = False) -> bodies.Seated:
    return bodies.Seated(
        chair=chair,
        patient=bodies.Patient(
            name=name, birth_date="1979-03-12", clinic_number="40417", allergies="penicillin"
        ),
        weight_kg=Decimal("70.0"),
        cuff_arm=Arm.RIGHT,
        iv_arm=Arm.LEFT,
        dose_text="ketamine 35 mg in 50 mL",
        planned_minutes=40,
        is_simulated=is_simulated,
        policy=policy_to_payload(POLICY),
    )


def pressures(systolic: int, diastolic: int, rate: int | None = None, spo2: int | None = None) -> Vitals:
    return Vitals(systolic_mmhg=systolic, diastolic_mmhg=diastolic, pulse_rate_bpm=rate, spo2_percent=spo2)


def started() -> bodies.InfusionStarted:
    return bodies.InfusionStarted(
        drug="ketamine",
        dose_mg=Decimal(35),
        weight_kg=Decimal(70),
        rate_ml_per_h=Decimal(75),
        planned_minutes=40,
    )


class Told:
    """A session to which things happen at minutes counted from being seated."""

    def __init__(self, seated: bodies.Seated | None = None) -> None:
        command = Command(body=seated or okafor(), author=AUTHOR, at=SEATED_AT)
        self.session = Session.seat(command, session=str(uuid.UUID(int=7)), station="front desk")

    def at(self, minute: float, body: bodies.Body, *, taken: float | None = None) -> Outcome:
        author = AUTHOR
        if isinstance(body, bodies.Captured | bodies.CuffFailed | bodies.LinkChange | bodies.MonitorRemoved):
            author = Author(role=Role.DEVICE, name="dinamap")
        taken_at_ms = None if taken is None else SEATED_AT.plus_s(taken * 60).utc_ms
        command = Command(body=body, author=author, at=SEATED_AT.plus_s(minute * 60), taken_at_ms=taken_at_ms)
        outcome = self.session.handle(command)
        assert isinstance(outcome, Recorded), outcome
        return outcome

    def chart(self, minute: float, *values: int) -> int:
        """Chart a set, whatever it is asked about; returns its sequence."""
        body = bodies.SetCharted(vitals=pressures(*values), confirmed=EVERY_CHECK)
        outcome = self.at(minute, body)
        assert isinstance(outcome, Recorded)
        return outcome.entries[0].sequence


EVERY_CHECK = (
    "changed_systolic",
    "changed_diastolic",
    "changed_pulse_rate",
    "changed_heart_rate",
    "changed_spo2",
    "pulse_pressure_narrow",
    "pulse_pressure_wide",
)


def captured(systolic: int, diastolic: int, *, at: Instant, mean: int | None = None) -> bodies.Captured:
    return bodies.Captured(
        vitals=Vitals(
            systolic_mmhg=systolic,
            diastolic_mmhg=diastolic,
            map_mmhg=mean,
            pulse_rate_bpm=80,
            spo2_percent=98,
        ),
        quality=Quality.GOOD,
        protocol="dinamap",
        port="serial:/dev/ttyUSB0",
        is_simulated=False,
        begun_at_ms=None,
        received_at_ms=at.utc_ms,
        raw_hex="00",
    )


def cuff_reading(systolic: int, diastolic: int, *, at: Instant, source: Source = MONITOR) -> CuffReading:
    return CuffReading(
        source=source,
        vitals=captured(systolic, diastolic, at=at, mean=(systolic + 2 * diastolic) // 3).vitals,
        quality=Quality.GOOD,
        measured_at_ms=at.utc_ms,
        begun_at_ms=None,
        received_at=at,
        raw=b"\x00",
    )


def linked(at: Instant, *, state: LinkState = LinkState.CONNECTED, reason: str = "") -> LinkChanged:
    return LinkChanged(source=MONITOR, state=state, reason=reason, at=at)


def live(quantity: Quantity, value: int, *, at: Instant) -> LiveValue:
    return LiveValue(
        source=MONITOR,
        quantity=quantity,
        value=value,
        quality=Quality.GOOD,
        measured_at_ms=at.utc_ms,
        received_at=at,
    )


@dataclass
class Ward:
    """A whole clinic without disk or wires, driven by hand; screens have followed when a call returns."""

    controller: ClinicController
    clinic: Clinic
    clock: ManualClock
    recorder: KeptRecorder

    def act(self, body: bodies.Body, *, chair: int = 1) -> Outcome:
        outcome = self.controller.act(chair, body)
        QCoreApplication.processEvents()
        return outcome

    def chart(self, *values: int, chair: int = 1) -> None:
        outcome = self.act(bodies.SetCharted(vitals=pressures(*values), confirmed=EVERY_CHECK), chair=chair)
        assert isinstance(outcome, Recorded), outcome

    def capture(self, systolic: int, diastolic: int, *, chair: int = 1) -> None:
        self.clinic.feed(chair, cuff_reading(systolic, diastolic, at=self.clock.at))
        self.controller.chair_changed.emit(chair)
        QCoreApplication.processEvents()

    def pass_s(self, seconds: float) -> None:
        self.clock.pass_s(seconds)
        self.controller.tick()
        QCoreApplication.processEvents()

    def save_all(self) -> None:
        for step in self.clinic.saving.unsaved:
            self.clinic.recorded(StepSaved(step=step))
        self.controller.saving_changed.emit()
        QCoreApplication.processEvents()

    def infusing(self) -> None:
        """Two baselines a minute apart and a start, as for most patients."""
        self.chart(124, 78, 70, 98)
        self.pass_s(90)
        self.chart(124, 78, 70, 98)
        self.pass_s(90)
        outcome = self.act(started())
        assert isinstance(outcome, Recorded), outcome


def ward(*, drafts: tuple[Draft, ...] = (), seat: tuple[bodies.Seated, ...] | None = None) -> Ward:
    clock, recorder, numbers = ManualClock(), KeptRecorder(), itertools.count(1)
    clinic = Clinic(
        station="front desk",
        records=(),
        new_session_id=lambda: str(uuid.UUID(int=next(numbers))),
        submit=recorder.submit,
    )
    settings = Settings(
        clinic="Hillside",
        chairs=tuple(Chair(number=number) for number in range(1, 7)),
        operators=(Operator(name=NURSE), Operator(name="Dr Lindqvist", is_clinician=True)),
    )
    start = Start(settings=settings, policy=POLICY, drafts=drafts)
    controller = ClinicController(clinic, recorder, clock, start)
    controller.choose_operator(NURSE)
    for patient in (okafor(),) if seat is None else seat:
        controller.seat(patient)
    return Ward(controller=controller, clinic=clinic, clock=clock, recorder=recorder)
