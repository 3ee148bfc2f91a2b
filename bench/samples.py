"""Frames of each protocol, made by its own encoder: what the fuzzer and the decoder bench feed.

A protocol is added by one row of `SAMPLES`.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from random import Random
from types import MappingProxyType

from devices.protocols import dinamap, ge_dri, ge_dri_values, hl7_writing, masimo, nonin, omron
from devices.protocols.ge_dri_frames import MOST_BODY_BYTES
from devices.protocols.hl7_terms import Term
from devices.protocols.messages import CuffResult, FrameRejected, LiveNumber, Message, Request

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


def _masimo_fault(message: Message) -> str | None:
    if not isinstance(message, LiveNumber):
        return None
    is_line = re.fullmatch(rb"[01]\d/[0-3]\d/\d\d [ -~]+ EXC=[0-9A-Fa-f]+( EXC1=\w+)?[\r\n]", message.raw)
    sent = f"={message.value:03d}".encode() if message.value is not None else b""
    return None if is_line and sent in message.raw else f"{message.value} came from {message.raw!r}"


def _dri_frame(chance: Random) -> bytes:
    if chance.randrange(8) == 0:
        interval_s = chance.choice([-1, 0, 5, 60])
        return ge_dri.request(kind=chance.choice(list(ge_dri.RecordKind)), interval_s=interval_s)
    diastolic = chance.randint(1, 150)
    shown = ge_dri_values.Displayed(
        heart_rate_bpm=chance.choice([None, chance.randint(0, 300)]),
        rate_source=chance.choice(list(ge_dri_values.RateSource)),
        respiratory_rate_bpm=chance.choice([None, chance.randint(0, 60)]),
        pressures_mmhg=(diastolic + chance.randint(1, 150), diastolic, chance.choice([None, diastolic])),
        cuff_label=chance.choice([0, *ge_dri_values.CuffLabel]),
        spo2_percent=chance.choice([None, chance.randint(0, 100)]),
    )
    return ge_dri.displayed_frame(shown, sent_at_s=chance.randrange(2**32))


def _dri_fault(message: Message) -> str | None:
    if isinstance(message, FrameRejected):
        return None
    plain = bytearray()
    escaping = 0
    for byte in message.raw[1:-1]:
        if byte == 0x7D:
            escaping = 0x20
        else:
            plain.append(byte | escaping)
            escaping = 0
    length = plain[0] + 256 * plain[1]
    is_right = length == len(plain) - 1 and sum(plain[:-1]) % 256 == plain[-1]
    return None if is_right else f"a message came from {message.raw.hex()}, whose sum is wrong"


def _packet_fault(message: Message) -> str | None:
    """What a packet of 25 frames must be; shorter frames have no sum."""
    raw = message.raw
    if not isinstance(message, LiveNumber) or len(raw) != nonin.PACKET_BYTES:
        return None
    frames = [raw[start : start + 5] for start in range(0, len(raw), 5)]
    is_right = all((a + b + c + d) % 256 == total for a, b, c, d, total in frames)
    return None if is_right else f"a value came from {raw.hex()}, where a sum is wrong"


def _short_fault(message: Message) -> str | None:
    """What a frame of DF1 or DF8 must be."""
    first, *rest = message.raw
    is_right = first > 127 and all(byte < 128 for byte in rest)
    return (
        None if is_right or isinstance(message, FrameRejected) else f"a value came from {message.raw.hex()}"
    )


def _any_nonin_frame(chance: Random) -> bytes:
    """Several frames in a row of one format, so that it can be told."""
    encode = chance.choice([nonin.df1_frame, nonin.df8_frame, nonin.df2_packet, nonin.df7_packet])
    return _oximeter_frame(encode)(chance) * chance.randint(1, 8)


def _oximeter_frame(encode: Callable[..., bytes]) -> Callable[[Random], bytes]:
    def made(chance: Random) -> bytes:
        rate = chance.choice([None, chance.randint(0, 320)])
        return encode(rate_bpm=rate, spo2_percent=chance.choice([None, chance.randint(0, 100)]))

    return made


def _omron_line(chance: Random) -> bytes:
    if chance.randrange(5) == 0:
        return omron.error_line(at=AT, error=chance.randint(1, 9), identity=SECRET.decode())
    diastolic = chance.randint(30, 200)
    return omron.result_line(
        at=AT,
        pressures_mmhg=(diastolic + chance.randint(30, 60), diastolic),
        pulse_bpm=chance.randint(40, 180),
        identity=SECRET.decode(),
    )


def _omron_fault(message: Message) -> str | None:
    if re.search(rb"[A-Za-z]", message.raw):
        return f"some of a person's number is kept in {message!r}"
    if isinstance(message, CuffResult):
        numbers = (message.systolic_mmhg or 0, message.diastolic_mmhg or 0, message.pulse_rate_bpm or 0)
        if not all(low <= number <= 260 for number, low in zip(numbers, (60, 30, 40), strict=True)):
            return f"{numbers} are out of range"
    return None


def _nonin(encode: Callable[..., bytes], fault_in: Callable[[Message], str | None]) -> Sample:
    return Sample(
        frame=_oximeter_frame(encode),
        clean=encode(rate_bpm=142, spo2_percent=97) * _IN_A_ROW,
        pending_most=4096,
        fault_in=fault_in,
    )


_DRI_SHOWN = ge_dri_values.Displayed(
    heart_rate_bpm=72,
    respiratory_rate_bpm=14,
    pressures_mmhg=(138, 84, 101),
    cuff_pulse_bpm=71,
    celsius=Decimal("36.8"),
    spo2_percent=97,
    pulse_rate_bpm=71,
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
        "ge-dri": Sample(
            frame=_dri_frame,
            clean=b"\x7e" + ge_dri.displayed_frame(_DRI_SHOWN, sent_at_s=1_767_605_410),
            pending_most=MOST_BODY_BYTES,
            fault_in=_dri_fault,
        ),
        "hl7": _HL7,
        "hl7-ca": _HL7,
        "masimo": Sample(
            frame=_masimo_line,
            clean=b"\r\n" + masimo.line(masimo.Shown(spo2_percent=97, pulse_rate_bpm=142), at=AT),
            pending_most=masimo.MAX_BUFFER_BYTES,
            fault_in=_masimo_fault,
        ),
        "nonin": replace(_nonin(nonin.df1_frame, _packet_fault), frame=_any_nonin_frame),
        "nonin-df1": _nonin(nonin.df1_frame, _short_fault),
        "nonin-df8": _nonin(nonin.df8_frame, _short_fault),
        "nonin-df2": _nonin(nonin.df2_packet, _packet_fault),
        "nonin-df7": _nonin(nonin.df7_packet, _packet_fault),
        "omron": Sample(
            frame=_omron_line,
            clean=b"\r\n" + omron.result_line(at=AT, pressures_mmhg=(138, 84), pulse_bpm=71),
            pending_most=omron.MAX_BUFFER_BYTES,
            fault_in=_omron_fault,
        ),
    }
)
