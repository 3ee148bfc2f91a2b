"""HL7 v2 written: results as a simulated monitor sends them, and the acknowledgement of a message."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum

from devices.protocols.hl7_terms import Term
from devices.protocols.messages import ReplyDue
from devices.protocols.mllp import framed
from monitor.clock import Instant

RECEIVER = "VIGIL"
SENDER = "SIMULATED^0000000000000001^EUI-64"
CONTROL_ID_MOST = 20  # characters, of every version of the standard


class AcknowledgementCode(Enum):
    """What MSA-1 says: that the message was accepted, or only that it has arrived safely."""

    APPLICATION_ACCEPT = "AA"
    COMMIT_ACCEPT = "CA"


def acknowledgement(
    due: ReplyDue, at: Instant, *, code: AcknowledgementCode = AcknowledgementCode.APPLICATION_ACCEPT
) -> bytes:
    """Write the acknowledgement of `due`, framed.

    Args:
        due: what is to be acknowledged.
        at: now.
        code: most monitors take `AA`; one that insists on the enhanced mode wants `CA`.
    """
    control_id = f"{at.utc_ms}.{due.control_id[-6:]}"[-CONTROL_ID_MOST:]
    kind = "^".join(part for part in ("ACK", due.trigger, "ACK") if part) if due.trigger else "ACK"
    header = f"MSH|^~\\&|{RECEIVER}|||{due.sender}|{_local(at)}||{kind}|{control_id}|P|{due.version}"
    reply = f"{header}\rMSA|{code.value}|{due.control_id}\r"
    return framed(reply.encode("latin-1"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One observation of a simulated monitor; None is sent as a value that it does not have."""

    term: Term
    value: Decimal | int | None
    observed_at: datetime


_CODES = {
    Term.CUFF_SYSTOLIC: ("150301", "266016^MDC_DIM_MMHG^MDC"),
    Term.CUFF_DIASTOLIC: ("150302", "266016^MDC_DIM_MMHG^MDC"),
    Term.CUFF_MEAN: ("150303", "266016^MDC_DIM_MMHG^MDC"),
    Term.CUFF_PULSE: ("149546", "264864^MDC_DIM_BEAT_PER_MIN^MDC"),
    Term.SPO2: ("150456", "262688^MDC_DIM_PERCENT^MDC"),
    Term.PULSE_RATE: ("149530", "264864^MDC_DIM_BEAT_PER_MIN^MDC"),
    Term.HEART_RATE: ("147842", "264864^MDC_DIM_BEAT_PER_MIN^MDC"),
    Term.RESPIRATORY_RATE: ("151562", "264928^MDC_DIM_RESP_PER_MIN^MDC"),
    Term.TEMPERATURE: ("150344", "268192^MDC_DIM_DEGC^MDC"),
}
_SPOT = frozenset(
    {Term.CUFF_SYSTOLIC, Term.CUFF_DIASTOLIC, Term.CUFF_MEAN, Term.CUFF_PULSE, Term.TEMPERATURE}
)


def result_frame(
    *, control_id: str, sent_at: datetime, observations: Iterable[Sent], is_demo: bool = False
) -> bytes:
    """Write an ORU^R01 as a monitor sends it, framed, without a patient.

    Args:
        control_id: of this message.
        sent_at: by the monitor's own clock; without a zone none is sent.
        observations: in this order.
        is_demo: the monitor is in its demonstration mode.
    """
    header = f"MSH|^~\\&|{SENDER}||||{_time(sent_at)}||ORU^R01^ORU_R01|{control_id}|P|2.6"
    segments = [
        f"{header}|||AL|NE||UNICODE UTF-8|||IHE_PCD_001^IHE PCD^1.3.6.1.4.1.19376.1.6.1.1.1^ISO",
        "PID|||^^^Hospital^PI||^^^^^^L",
        "PV1||I",
        f"OBR|1|{control_id}|{control_id}|182777000^monitoring of patient^SCT|||{_time(sent_at)}",
    ]
    segments += [_obx(number, each, is_demo=is_demo) for number, each in enumerate(observations, start=1)]
    return framed("".join(segment + "\r" for segment in segments).encode("ascii"))


def message_frame(kind: str, *, control_id: str, sent_at: datetime) -> bytes:
    """Write a message of another kind, such as ADT^A08, that holds only its header."""
    header = f"MSH|^~\\&|SIMULATED||||{_time(sent_at)}||{kind}|{control_id}|P|2.6|||AL|NE\r"
    return framed(header.encode("ascii"))


def _obx(number: int, sent: Sent, *, is_demo: bool) -> str:
    code, unit = _CODES[sent.term]
    value, status = ("", "X") if sent.value is None else (str(sent.value), "R")
    flag = "DEMO" if is_demo else ""
    method = "|||^APERIODIC" if sent.term in _SPOT else ""
    return (
        f"OBX|{number}|NM|{code}^{sent.term.value}^MDC|1.1.1.{code}|{value}|{unit}||{flag}|||{status}"
        f"|||{_time(sent.observed_at)}{method}"
    )


def _time(moment: datetime) -> str:
    return moment.strftime("%Y%m%d%H%M%S%z")


def _local(at: Instant) -> str:
    """The wall clock's time with its offset from UTC, to the second."""
    zone = timezone(timedelta(minutes=at.offset_minutes))
    return _time((datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=at.utc_ms)).astimezone(zone))
