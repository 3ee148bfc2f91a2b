"""GE DINAMAP host communications, ASCII: the decoder and the encoder, side by side.

A line is `u LL data cc CR`: a unit character (a space for a single unit), two letters, printable data, and a
12-bit sum in two characters. The host asks, the monitor answers one line. Positions below count from 0 in
the whole line. Facts: four independent open clients of the PRO 100-400, ProCare and CARESCAPE V100 and their
quotations of the maker's manual 2010566. Not known, and so never guessed: rate sources other than 2 and 3,
the answer to a start or cancel, refusals. Such lines give no value.
"""

import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal

from devices.protocols.framing import Line, LineBuffer
from devices.protocols.messages import (
    PERCENT_MAX,
    Command,
    CuffFailed,
    CuffInProgress,
    CuffResult,
    FrameRejected,
    LiveNumber,
    Message,
    Request,
    Temperature,
    are_in_order,
)
from monitor.feed import CuffTrouble
from monitor.vitals import Quality, Quantity

LONGEST_FRAME_BYTES = 22  # the cuff's answer: 19 characters, two of sum, CR
MAX_LINE_BYTES = 256  # more than ten frames without a CR can only be noise
OLDEST_CUFF_AGE_S = 5400
NO_RECENT_CUFF_AGE = 9999
NO_TEMPERATURE_AGE = 99999

READ_CUFF = "NA"
READ_RATE = "RA"
READ_SPO2 = "OA"
READ_TEMPERATURE = "TC"

_COMMANDS = {
    "NA": Command.READ_CUFF,
    "NF": Command.READ_CUFF,
    "NC0": Command.START_CUFF,
    "ND": Command.CANCEL_CUFF,
    "RA": Command.READ_RATE,
    "RC": Command.READ_RATE,
    "OA": Command.READ_SPO2,
    "TC": Command.READ_TEMPERATURE,
}

_CUFF_TROUBLES = {
    "3": (CuffTrouble.FAILED, "the determination failed"),
    "4": (CuffTrouble.TIMED_OUT, "pumping up took too long"),
    "6": (CuffTrouble.TIMED_OUT, "the determination took too long"),
    "7": (CuffTrouble.TIMED_OUT, "one pressure took too long"),
    "8": (CuffTrouble.FAILED, "overpressure, or air where none should be"),
    "9": (CuffTrouble.FAILED, "the monitor does not know the outcome"),
}

_ANY_FRAME = re.compile(rb" (?P<body>[A-Z]{2}[ -~]*)(?P<sum>[ -_]{2})\r", re.DOTALL)
_CUFF = re.compile(r"N[AF](?P<status>[01346789])[012][01](\d{4})(\d{3})(\d{3})(\d{3})", re.ASCII)
_RATE = re.compile(r"R[AC](?P<source>\d)(?P<bpm>\d{3}|-99)", re.ASCII)
_SPO2 = re.compile(r"OA(?P<status>[0136])(?P<percent>\d{3})\d\d\d", re.ASCII)
_TEMPERATURE = re.compile(r"TC(?P<status>[01234])[01][ -~](?P<age>\d{5})(?P<tenths_f>\d{4})[01]", re.ASCII)


def sum_characters(text: str) -> str:
    """Return the two characters that follow `text`, which begins with the unit character."""
    total = (sum(text.encode("ascii")) - 0x1F * len(text)) % 4096
    return chr(0x20 + (total >> 6)) + chr(0x20 + (total & 63))


def frame(body: str) -> bytes:
    """Wrap letters and data, such as "NA" or "RA2072", into a line for a single unit."""
    text = " " + body
    return (text + sum_characters(text) + "\r").encode("ascii")


class DinamapDecoder:
    """Decodes both directions of the wire. Holds at most `MAX_LINE_BYTES`; never raises on bytes.

    A line that fails as a whole is searched for one good frame at its very end, because noise or a frame cut
    short has no end of its own; the bytes before it are rejected.
    """

    def __init__(self) -> None:
        self._lines = LineBuffer(limit_bytes=MAX_LINE_BYTES, keep_bytes=LONGEST_FRAME_BYTES)

    @property
    def pending_bytes(self) -> int:
        """Bytes of an incomplete line held back."""
        return self._lines.pending_bytes

    def feed(self, data: bytes) -> list[Message]:
        """Take the next bytes and return every message they complete."""
        return [message for line in self._lines.feed(data) for message in _decode_line(line)]

    def finish(self) -> list[Message]:
        """Return the incomplete last line, if any, as rejected."""
        rest = self._lines.drain().lstrip(b"\r\n")
        return [FrameRejected(reason="the stream ended inside a line", raw=rest)] if rest else []

    def reset(self) -> None:
        """Forget an incomplete line."""
        self._lines.drain()


def _decode_line(line: Line) -> list[Message]:
    if not line.is_whole:
        return [FrameRejected(reason="no end of line where one was due", raw=line.raw)]
    raw = line.raw.lstrip(b"\r\n")  # hosts send CR or LF ahead to flush a half-typed command
    if not raw:
        return []
    message = _decode_frame(raw)
    if not isinstance(message, FrameRejected):
        return [message]
    for start in range(max(1, len(raw) - LONGEST_FRAME_BYTES), len(raw)):
        if raw[start : start + 1] == b" ":
            ending = _decode_frame(raw[start:])
            if not isinstance(ending, FrameRejected):
                return [FrameRejected(reason="no line, before a good one", raw=raw[:start]), ending]
    return [message]


def _decode_frame(raw: bytes) -> Message:
    found = _ANY_FRAME.fullmatch(raw)
    if found is None:
        return FrameRejected(reason="not a line of this protocol", raw=raw)
    body = found["body"].decode("ascii")
    expected = sum_characters(" " + body)
    if found["sum"].decode("ascii") != expected:
        return FrameRejected(reason=f"the sum is wrong: {expected!r} was due", raw=raw, is_bad_sum=True)
    if body in _COMMANDS:
        return Request(command=_COMMANDS[body], letters=body[:2], raw=raw)
    read = _READERS.get(body[:2])
    if read is None:
        return FrameRejected(reason=f"no answer {body[:2]} is known", raw=raw)
    return read(body, raw)


def _read_cuff(body: str, raw: bytes) -> Message:
    found = _CUFF.fullmatch(body)
    if found is None:
        return FrameRejected(reason="not a cuff answer's layout", raw=raw)
    status = found["status"]
    if status in _CUFF_TROUBLES:
        trouble, reason = _CUFF_TROUBLES[status]
        return CuffFailed(trouble=trouble, reason=reason, raw=raw)
    age_s, *pressures_mmhg = (int(text) for text in found.groups()[1:])
    shown = _cuff_result(age_s, pressures_mmhg, raw)
    return CuffInProgress(shown=shown, raw=raw) if status == "0" else shown


def _cuff_result(age_s: int, pressures_mmhg: list[int], raw: bytes) -> CuffResult:
    if age_s == NO_RECENT_CUFF_AGE:
        return CuffResult(
            systolic_mmhg=None,
            diastolic_mmhg=None,
            map_mmhg=None,
            age_s=None,
            quality=Quality.INVALID,
            raw=raw,
        )
    systolic, diastolic, mean = (each or None for each in pressures_mmhg)
    is_sound = age_s <= OLDEST_CUFF_AGE_S and are_in_order(systolic, diastolic, mean)
    return CuffResult(
        systolic_mmhg=systolic,
        diastolic_mmhg=diastolic,
        map_mmhg=mean,
        age_s=age_s,
        quality=Quality.GOOD if is_sound else Quality.QUESTIONABLE,
        raw=raw,
    )


def _read_rate(body: str, raw: bytes) -> Message:
    found = _RATE.fullmatch(body)
    if found is None:
        return FrameRejected(reason="not a rate answer's layout", raw=raw)
    # An unlisted source may be an ECG or anything else: it is never called ECG, and never trusted.
    known = Quality.GOOD if found["source"] in "23" else Quality.QUESTIONABLE
    bpm = max(0, int(found["bpm"]))
    return LiveNumber(
        quantity=Quantity.PULSE_RATE, value=bpm or None, quality=known if bpm else Quality.INVALID, raw=raw
    )


def _read_spo2(body: str, raw: bytes) -> Message:
    found = _SPO2.fullmatch(body)
    if found is None:
        return FrameRejected(reason="not an SpO2 answer's layout", raw=raw)
    percent = int(found["percent"]) if found["status"] == "1" else 0
    quality = Quality.GOOD if percent <= PERCENT_MAX else Quality.QUESTIONABLE
    return LiveNumber(
        quantity=Quantity.SPO2,
        value=percent or None,
        quality=quality if percent else Quality.INVALID,
        raw=raw,
    )


def _read_temperature(body: str, raw: bytes) -> Message:
    found = _TEMPERATURE.fullmatch(body)
    if found is None:
        return FrameRejected(reason="not a temperature answer's layout", raw=raw)
    age_s, tenths_f = int(found["age"]), int(found["tenths_f"])
    if found["status"] != "0" or age_s == NO_TEMPERATURE_AGE or tenths_f == 0:
        return Temperature(celsius=None, age_s=None, quality=Quality.INVALID, raw=raw)
    celsius = (Decimal(tenths_f) / 10 - 32) * 5 / 9
    rounded = celsius.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    return Temperature(celsius=rounded, age_s=age_s, quality=Quality.GOOD, raw=raw)


_READERS: dict[str, Callable[[str, bytes], Message]] = {
    "NA": _read_cuff,
    "NF": _read_cuff,
    "RA": _read_rate,
    "RC": _read_rate,
    "OA": _read_spo2,
    "TC": _read_temperature,
}


def cuff_frame(
    *, status: int, age_s: int | None, pressures_mmhg: tuple[int, int, int], letters: str = READ_CUFF
) -> bytes:
    """Encode a cuff answer of an adult in normal mode.

    Args:
        status: 0 busy, 1 done, 3 and above failed.
        age_s: 0 to `OLDEST_CUFF_AGE_S`, or None where there is no recent result.
        pressures_mmhg: systolic, diastolic, mean.
        letters: as in the request.
    """
    age = NO_RECENT_CUFF_AGE if age_s is None else age_s
    systolic, diastolic, mean = pressures_mmhg
    return frame(f"{letters}{status}10{age:04d}{systolic:03d}{diastolic:03d}{mean:03d}")


def rate_frame(*, source: int, bpm: int | None, letters: str = READ_RATE) -> bytes:
    """Encode a rate answer: source 2 the oximeter, 3 the cuff; None is sent as -99."""
    return frame(f"{letters}{source}-99" if bpm is None else f"{letters}{source}{bpm:03d}")


def spo2_frame(*, percent: int | None, signal: int = 5, averaging: int = 8) -> bytes:
    """Encode an SpO2 answer; None is sent as a sensor that is off."""
    if percent is None:
        return frame(f"OA60000{averaging:02d}")
    return frame(f"OA1{percent:03d}{signal}{averaging:02d}")


def temperature_frame(*, tenths_f: int | None, age_s: int = 0) -> bytes:
    """Encode a finished temperature in tenths of a degree Fahrenheit, or that there is none."""
    if tenths_f is None:
        return frame(f"TC00 {NO_TEMPERATURE_AGE}00001")
    return frame(f"TC00 {age_s:05d}{tenths_f:04d}1")
