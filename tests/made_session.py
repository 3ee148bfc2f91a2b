"""Sessions of made-up people in minutes of the infusion, built through the core."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from monitor import bodies
from monitor.clock import Instant
from monitor.command import Advance, Command
from monitor.entries import Author, Role
from monitor.outcome import Recorded
from monitor.plausibility import Check
from monitor.policy_file import default_policy, policy_to_payload
from monitor.session import Session
from monitor.summary import Summary, summarize
from monitor.terms import Arm, FlagAction, Phase, Severity
from monitor.vitals import Quality, Vitals

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monitor.entries import Entry
    from monitor.view import SessionView

START = Instant(utc_ms=1_763_460_240_000, offset_minutes=0)  # Tuesday 18-Nov-2025 10:04
NURSE = Author(role=Role.OPERATOR, name="M. Duarte RN")
DEVICE = Author(role=Role.DEVICE, name="dinamap")


def instant(minute: float) -> Instant:
    return START.plus_s(minute * 60)


def seated(*, chair: int = 1, is_simulated: bool = False, name: str = "OKAFOR, Ruth") -> bodies.Seated:
    return bodies.Seated(
        chair=chair,
        patient=bodies.Patient(
            name=name, birth_date="1979-03-12", clinic_number="40417", allergies="penicillin"
        ),
        weight_kg=Decimal("70.0"),
        cuff_arm=Arm.RIGHT,
        iv_arm=Arm.LEFT,
        dose_text="35 mg in 50 mL",
        planned_minutes=40,
        is_simulated=is_simulated,
        policy=policy_to_payload(default_policy()),
    )


class MadeSession:
    """One session, told what happens by the minute; -20 is when the patient sits down."""

    def __init__(self, *, chair: int = 1, is_simulated: bool = False, name: str = "OKAFOR, Ruth") -> None:
        body = seated(chair=chair, is_simulated=is_simulated, name=name)
        command = Command(body=body, author=NURSE, at=instant(-20))
        self.session = Session.seat(command, session=f"session-{chair}", station="station 1")

    @property
    def view(self) -> SessionView:
        return self.session.view

    @property
    def summary(self) -> Summary:
        return summarize(self.view)

    def do(
        self, minute: float, body: bodies.Body, *, taken: float | None = None, author: Author = NURSE
    ) -> tuple[Entry, ...]:
        """Record `body` at `minute`; taken then, or at minute `taken`."""
        taken_at_ms = None if taken is None else instant(taken).utc_ms
        command = Command(body=body, author=author, at=instant(minute), taken_at_ms=taken_at_ms)
        outcome = self.session.handle(command)
        assert isinstance(outcome, Recorded), outcome
        return outcome.entries

    def wait(self, minute: float) -> None:
        self.session.handle(Advance(at=instant(minute)))

    def set(self, minute: float, systolic: int, diastolic: int, rate: int = 72, spo2: int = 98) -> int:
        """Chart a typed set, keeping it whatever is asked; returns its sequence."""
        vitals = Vitals(
            systolic_mmhg=systolic, diastolic_mmhg=diastolic, pulse_rate_bpm=rate, spo2_percent=spo2, moaa_s=5
        )
        confirmed = tuple(each.value for each in Check)
        return self.do(minute, bodies.SetCharted(vitals=vitals, confirmed=confirmed))[0].sequence

    def sets(self, sets: Sequence[tuple[float, int, int]]) -> None:
        for minute, systolic, diastolic in sets:
            self.set(minute, systolic, diastolic)

    def capture(self, minute: float, systolic: int, diastolic: int, rate: int = 85) -> int:
        body = bodies.Captured(
            vitals=Vitals(
                systolic_mmhg=systolic, diastolic_mmhg=diastolic, pulse_rate_bpm=rate, spo2_percent=97
            ),
            quality=Quality.GOOD,
            protocol="dinamap",
            port="tcp:127.0.0.1:4001",
            is_simulated=False,
            begun_at_ms=None,
            received_at_ms=instant(minute).utc_ms,
            raw_hex="02",
        )
        return self.do(minute, body, author=DEVICE)[0].sequence

    def start(self, minute: float = 0) -> None:
        body = bodies.InfusionStarted(
            drug="Ketamine",
            dose_mg=Decimal(35),
            weight_kg=Decimal("70.0"),
            rate_ml_per_h=Decimal(75),
            planned_minutes=40,
        )
        self.do(minute, body)

    def stop(self, minute: float) -> None:
        self.do(minute, bodies.InfusionStopped(reason="finished"))

    def discharge(self, minute: float) -> None:
        self.do(minute, bodies.PhaseBegun(phase=Phase.DISCHARGED, cause=None))

    def sign(self, minute: float) -> None:
        self.do(minute, bodies.Signed(meaning="Record complete, responsible nurse", head=""))


def baseline() -> MadeSession:
    """Seated, with a baseline of 124/78."""
    made = MadeSession()
    made.sets([(-8, 126, 80), (-5, 122, 76)])
    return made


def surge(*, is_simulated: bool = False, name: str = "OKAFOR, Ruth") -> MadeSession:
    """A whole signed session: a peak that its repeat does not confirm, a pause, a drug, one late set."""
    made = MadeSession(is_simulated=is_simulated, name=name)
    made.sets([(-8, 126, 80), (-5, 122, 76)])
    made.start()
    made.set(5, 138, 86, 76)
    made.set(12, 184, 108, 92, 96)
    made.do(12.2, bodies.FlagAnswered(action=FlagAction.RECHECKING))
    made.do(13, bodies.ClinicianTold(who="Dr H. Lindqvist"))
    made.do(13.1, bodies.InfusionPaused(reason="pressure"))
    made.set(14, 158, 96, 88, 97)
    made.do(14.5, bodies.EffectOpened(effect="Dissociation", severity=Severity.MODERATE))
    made.capture(16, 148, 92)
    made.do(16.5, bodies.InfusionResumed())
    made.do(16.6, bodies.DrugGiven(name="Ondansetron", dose_text="4 mg", route="IV", by="M.D.", response=""))
    made.do(18, bodies.RateChanged(rate_ml_per_h=Decimal(60)))
    made.sets([(19, 140, 88), (23, 128, 82), (28, 132, 84), (41, 136, 84), (48, 138, 86)])
    made.stop(49)
    made.do(52, bodies.EffectClosed(effect="Dissociation"))
    made.sets([(54, 130, 82), (69, 124, 80), (84, 122, 78)])
    made.discharge(90)
    made.sign(96)
    return made
