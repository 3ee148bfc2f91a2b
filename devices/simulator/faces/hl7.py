"""A monitor that sends its results as HL7 by itself: live values of now, cuff values of their own time."""

from fractions import Fraction

from devices.protocols.hl7_terms import Term
from devices.protocols.hl7_writing import Sent, result_frame
from devices.simulator.bedside import Bedside
from devices.simulator.faces.base import SendingFace
from devices.simulator.scenario import FaultKind

MESSAGES_A_SECOND = Fraction(1, 2)


def hl7_face(bedside: Bedside) -> SendingFace:
    """Make one that sends every two seconds; acknowledgements are taken and change nothing."""
    return SendingFace(bedside, compose=_message, frames_a_second=MESSAGES_A_SECOND)


def _message(bedside: Bedside, number: int) -> bytes:
    sent_at = bedside.device_time
    live = (
        (Term.HEART_RATE, bedside.heart_rate_bpm),
        (Term.PULSE_RATE, bedside.pulse_bpm),
        (Term.SPO2, bedside.spo2_percent),
        (Term.RESPIRATORY_RATE, bedside.respiratory_rate_bpm),
    )
    observations = [Sent(term=term, value=value, observed_at=sent_at) for term, value in live]
    return result_frame(
        control_id=str(number),
        sent_at=sent_at,
        observations=[*observations, *_cuff(bedside)],
        is_demo=bedside.has_fault(FaultKind.DEMO),
    )


def _cuff(bedside: Bedside) -> list[Sent]:
    """The last result, repeated at its own time, also while the cuff inflates and after it failed."""
    result = bedside.result
    if result is None or result.pressures is None:
        return []
    taken_at = bedside.device_time_at(result.ended_at_ms)
    found = result.pressures
    values = (
        (Term.CUFF_SYSTOLIC, found.systolic_mmhg),
        (Term.CUFF_DIASTOLIC, found.diastolic_mmhg),
        (Term.CUFF_MEAN, found.mean_mmhg),
        (Term.CUFF_PULSE, result.pulse_bpm),
    )
    return [Sent(term=term, value=value, observed_at=taken_at) for term, value in values if value is not None]
