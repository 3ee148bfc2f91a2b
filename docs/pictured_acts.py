"""What can happen in the pictured clinic: each function makes one act of a script."""

from decimal import Decimal

from docs.pictured_clinic import Act, PicturedClinic
from docs.pictured_ports import monitor_of
from monitor import bodies
from monitor.feed import CuffReading, LinkState
from monitor.plausibility import Check
from monitor.policy_file import default_policy, policy_to_payload
from monitor.terms import Arm
from monitor.vitals import Quality, Vitals

EVERY_CHECK = tuple(each.value for each in Check)


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
