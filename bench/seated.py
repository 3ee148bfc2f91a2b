"""An invented patient being seated, for measurements."""

from decimal import Decimal

from monitor.bodies import Patient, Seated
from monitor.policy_file import default_policy, policy_to_payload
from monitor.terms import Arm


def seated_now(chair: int) -> Seated:
    """Return the first entry of a simulated session in `chair`."""
    return Seated(
        chair=chair,
        patient=Patient(
            name=f"BENCH, Patient {chair}", birth_date="1980-01-01", clinic_number=None, allergies="none"
        ),
        weight_kg=Decimal(70),
        cuff_arm=Arm.RIGHT,
        iv_arm=Arm.LEFT,
        dose_text="35 mg",
        planned_minutes=60,
        is_simulated=True,
        policy=policy_to_payload(default_policy()),
    )
