"""Records to store: short sessions of made-up people, built through the core."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from monitor import bodies
from monitor.clock import Instant
from monitor.entries import Author, Role
from monitor.ports import Step
from monitor.record import Record, appended, head
from monitor.terms import Arm, Phase, Reason, RejectReason
from monitor.vitals import Quality, Vitals

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monitor.bodies import Body

SEATED_AT = Instant(utc_ms=1_767_603_600_000, offset_minutes=60)
NURSE = Author(role=Role.OPERATOR, name="Ana Kovač")
MINUTE_S = 60


def session_id(number: int) -> str:
    return str(uuid.UUID(int=number))


def seated(
    *,
    name: str = "Ørjan Ng",
    number: str | None = "A-17",
    chair: int = 1,
    policy: Mapping[str, Any] | None = None,
) -> Body:
    return bodies.Seated(
        chair=chair,
        patient=bodies.Patient(name=name, birth_date="1980-02-29", clinic_number=number, allergies="none"),
        weight_kg=Decimal("70.5"),
        cuff_arm=Arm.LEFT,
        iv_arm=Arm.RIGHT,
        dose_text="0.5 mg/kg",
        planned_minutes=40,
        is_simulated=True,
        policy={"name": "example", "version": "1"} if policy is None else policy,
    )


def charted(systolic_mmhg: int, diastolic_mmhg: int = 80) -> Body:
    vitals = Vitals(systolic_mmhg=systolic_mmhg, diastolic_mmhg=diastolic_mmhg, pulse_rate_bpm=70)
    return bodies.SetCharted(vitals=vitals)


def captured(systolic_mmhg: int) -> Body:
    return bodies.Captured(
        vitals=Vitals(systolic_mmhg=systolic_mmhg, diastolic_mmhg=80, map_mmhg=95, heart_rate_bpm=66),
        quality=Quality.GOOD,
        protocol="dinamap",
        port="tcp:127.0.0.1:4001",
        is_simulated=True,
        begun_at_ms=None,
        received_at_ms=SEATED_AT.utc_ms,
        raw_hex="02",
    )


def started() -> Body:
    return bodies.InfusionStarted(
        drug="ketamine",
        dose_mg=Decimal(35),
        weight_kg=Decimal("70.5"),
        rate_ml_per_h=Decimal(50),
        planned_minutes=40,
    )


def with_body(record: Record, body: Body, *, session: str | None = None) -> Record:
    """One more entry, a minute after the last."""
    return appended(
        record,
        body,
        session=record[0].session if session is None else session,
        station="front desk",
        author=NURSE,
        at=SEATED_AT.plus_s(len(record) * MINUTE_S),
    )


def record_of(*later: Body, number: int = 1, first: Body | None = None) -> Record:
    record = with_body((), seated() if first is None else first, session=session_id(number))
    for body in later:
        record = with_body(record, body)
    return record


def signed(record: Record) -> Record:
    return with_body(record, bodies.Signed(meaning="complete", head=head(record)))


def whole_session(number: int = 1) -> Record:
    """Seated to signed, with a captured set accepted, one rejected, one amended and one undone."""
    record = record_of(
        bodies.PhaseBegun(phase=Phase.BASELINE, cause=1),
        charted(128),
        charted(126),
        started(),
        bodies.PhaseBegun(phase=Phase.INFUSING, cause=5),
        captured(151),
        bodies.Accepted(captured=7),
        captured(240),
        bodies.Rejected(captured=9, reason=RejectReason.MOVED),
        charted(182, 101),
        bodies.Amended(target=11, vitals=Vitals(systolic_mmhg=128, diastolic_mmhg=82), reason=Reason.SLIP),
        charted(200),
        bodies.Amended(target=13, vitals=None, reason=Reason.UNDONE),
        bodies.InfusionStopped(reason="finished"),
        bodies.PhaseBegun(phase=Phase.DISCHARGED, cause=None),
        number=number,
    )
    return signed(record)


def steps_of(record: Record, *, first_number: int = 1) -> tuple[Step, ...]:
    """One step an entry."""
    return tuple(
        Step(number=number, entries=(entry,)) for number, entry in enumerate(record, start=first_number)
    )


def one_step(record: Record, number: int = 1) -> Step:
    return Step(number=number, entries=record)
