"""Frames of each protocol, made by its own encoder: what the fuzzer and the decoder bench feed.

A protocol is added by one row of `SAMPLES`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from types import MappingProxyType

from devices.protocols import dinamap, hl7_writing, masimo, nonin, omron
from devices.protocols.hl7_terms import Term
from devices.protocols.messages import FrameRejected, Message, Request

AT = datetime(2026, 1, 5, 9, 30, 10, tzinfo=UTC)
SECRET = b"SECRETNAME"  # a patient's, that no message may repeat
_IN_A_ROW = 12  # frames without a checksum are believed when several follow each other


def _no_fault(_message: Message) -> str | None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """What a protocol's stream is made of.

    Attributes:
        frame: one valid frame, with values and of a kind left to chance.
        clean: what is read right whatever came before it.
        pending_most: bytes that its decoder may hold back.
        fault_in: says what is wrong with a message that spoiled bytes gave, by other code than the decoder's.
    """

    frame: Callable[[Random], bytes]
    clean: bytes
    pending_most: int
    fault_in: Callable[[Message], str | None] = _no_fault


def _dinamap_frame(chance: Random) -> bytes:
    kind = chance.randrange(5)
    if kind == 0:
        diastolic = chance.randint(1, 300)
        pressures = (diastolic + chance.randint(1, 300), diastolic, diastolic)
        status = chance.choice([0, 1, 3, 4, 6, 7, 8, 9])
        return dinamap.cuff_frame(status=status, age_s=chance.randint(0, 5400), pressures_mmhg=pressures)
    if kind == 1:
        return dinamap.rate_frame(
            source=chance.choice([2, 3]), bpm=chance.choice([None, chance.randint(0, 999)])
        )
    if kind == 2:
        return dinamap.spo2_frame(percent=chance.choice([None, chance.randint(0, 100)]))
    if kind == 3:
        return dinamap.temperature_frame(tenths_f=chance.choice([None, chance.randint(1, 9999)]))
    return dinamap.frame(chance.choice(["NA", "NF", "RA", "RC", "OA", "TC", "NC0", "ND"]))


def _dinamap_fault(message: Message) -> str | None:
    if isinstance(message, FrameRejected | Request):
        return None
    text, total = message.raw[:-3], 0
    for byte in text:
        total += byte - 0x1F
    total &= 0xFFF
    is_right = message.raw[-3:] == bytes([0x20 + total // 64, 0x20 + total % 64, 0x0D])
    return None if is_right else f"a message came from {message.raw!r}, whose sum is wrong"


def _hl7_frame(chance: Random) -> bytes:
    if chance.randrange(8) == 0:
        kind = chance.choice(["ADT^A08", "ORU^W01", "QRY^R02", "ACK^R01^ACK"])
        return hl7_writing.message_frame(kind, control_id=str(chance.randrange(10_000)), sent_at=AT)
    observations = [
        hl7_writing.Sent(
            term=term,
            value=chance.choice([None, chance.randint(1, 100)]),
            observed_at=AT - timedelta(seconds=chance.choice([0, chance.randrange(5000)])),
        )
        for term in chance.sample(list(Term), chance.randint(1, len(Term)))
    ]
    return _hl7_with_patient(observations, control_id=str(chance.randrange(10_000)))


def _hl7_with_patient(observations: list[hl7_writing.Sent], *, control_id: str) -> bytes:
    made = hl7_writing.result_frame(control_id=control_id, sent_at=AT, observations=observations)
    return made.replace(b"^^^^^^L", b"%b^%b^^^^^L||19640503|F" % (SECRET, SECRET))


def _hl7_fault(message: Message) -> str | None:
    return f"a patient's name is kept in {message!r}" if SECRET in message.raw else None


def _hl7_clean() -> bytes:
    measured_at = AT - timedelta(seconds=478)
    return _hl7_with_patient(
        [
            hl7_writing.Sent(term=Term.SPO2, value=97, observed_at=AT),
            hl7_writing.Sent(term=Term.PULSE_RATE, value=71, observed_at=AT),
            hl7_writing.Sent(term=Term.HEART_RATE, value=72, observed_at=AT),
            hl7_writing.Sent(term=Term.RESPIRATORY_RATE, value=14, observed_at=AT),
            hl7_writing.Sent(term=Term.CUFF_SYSTOLIC, value=138, observed_at=measured_at),
            hl7_writing.Sent(term=Term.CUFF_MEAN, value=101, observed_at=measured_at),
            hl7_writing.Sent(term=Term.CUFF_DIASTOLIC, value=84, observed_at=measured_at),
        ],
        control_id="5001",
    )


def _masimo_line(chance: Random) -> bytes:
    shown = masimo.Shown(
        spo2_percent=chance.choice([None, chance.randint(1, 100)]),
        pulse_rate_bpm=chance.choice([None, chance.randint(1, 240)]),
    )
    return masimo.line(shown, at=AT + timedelta(seconds=chance.randrange(86_400)))


def _oximeter_frame(encode: Callable[..., bytes]) -> Callable[[Random], bytes]:
    def made(chance: Random) -> bytes:
        rate = chance.choice([None, chance.randint(0, 320)])
        return encode(rate_bpm=rate, spo2_percent=chance.choice([None, chance.randint(0, 100)]))

    return made


def _omron_line(chance: Random) -> bytes:
    if chance.randrange(5) == 0:
        return omron.error_line(at=AT, error=chance.randint(1, 9))
    diastolic = chance.randint(30, 200)
    return omron.result_line(
        at=AT,
        pressures_mmhg=(diastolic + chance.randint(30, 60), diastolic),
        pulse_bpm=chance.randint(40, 180),
    )


def _nonin(encode: Callable[..., bytes]) -> Sample:
    return Sample(
        frame=_oximeter_frame(encode),
        clean=encode(rate_bpm=142, spo2_percent=97) * _IN_A_ROW,
        pending_most=4096,
    )


_HL7 = Sample(frame=_hl7_frame, clean=_hl7_clean(), pending_most=256 * 1024 + 1, fault_in=_hl7_fault)

SAMPLES: Mapping[str, Sample] = MappingProxyType(
    {
        "dinamap": Sample(
            frame=_dinamap_frame,
            clean=b"\r" + dinamap.cuff_frame(status=1, age_s=3, pressures_mmhg=(131, 82, 98)),
            pending_most=dinamap.MAX_LINE_BYTES,
            fault_in=_dinamap_fault,
        ),
        "hl7": _HL7,
        "hl7-ca": _HL7,
        "masimo": Sample(
            frame=_masimo_line,
            clean=b"\r\n" + masimo.line(masimo.Shown(spo2_percent=97, pulse_rate_bpm=142), at=AT),
            pending_most=masimo.MAX_BUFFER_BYTES,
        ),
        "nonin": _nonin(nonin.df2_packet),
        "nonin-df1": _nonin(nonin.df1_frame),
        "nonin-df8": _nonin(nonin.df8_frame),
        "nonin-df2": _nonin(nonin.df2_packet),
        "nonin-df7": _nonin(nonin.df7_packet),
        "omron": Sample(
            frame=_omron_line,
            clean=b"\r\n" + omron.result_line(at=AT, pressures_mmhg=(138, 84), pulse_bpm=71),
            pending_most=omron.MAX_BUFFER_BYTES,
        ),
    }
)
