"""Masimo ASCII 1: the decoder and the encoder, side by side.

An oximeter sends a line a second: date, time, then `KEY=value` columns with one space between them. Which
columns there are differs by model, so each is found by its name. No sum protects a line: one that is not of
the grammar as a whole gives no value. Facts: the Rad-8 operator's manual, page 7-3, published captures of
Rad-8 and Radical-7, and open clients for the exception bits from 0x1000 up. The date is the device's own,
seen wrong by tens of seconds, and is checked for its form but never used.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import IntFlag

from devices.protocols.framing import CR_OR_LF, Line, LineBuffer, without_noise
from devices.protocols.messages import FrameRejected, LiveNumber, Message
from monitor.vitals import Quality, Quantity

MAX_LINE_BYTES = 256  # the longest one known has 150
MAX_BUFFER_BYTES = 2 * MAX_LINE_BYTES


class Condition(IntFlag):
    """The bits of EXC."""

    NO_SENSOR = 0x1
    DEFECTIVE_SENSOR = 0x2
    LOW_PERFUSION = 0x4
    PULSE_SEARCH = 0x8
    INTERFERENCE = 0x10
    SENSOR_OFF = 0x20
    AMBIENT_LIGHT = 0x40
    UNRECOGNISED_SENSOR = 0x80
    INCOMPATIBLE_SENSOR = 0x100
    LOW_SIGNAL_IQ = 0x400
    SET_RUNNING = 0x800
    NO_CABLE = 0x1000
    CABLE_LIFE = 0x2000
    INCOMPATIBLE_CABLE = 0x4000
    DEFECTIVE_CABLE = 0x10000
    CALIBRATING = 0x20000
    SENSOR_LIFE = 0x40000


# With one of these, whatever stands in the columns was not measured.
_NOTHING_MEASURED = (
    Condition.NO_SENSOR
    | Condition.DEFECTIVE_SENSOR
    | Condition.PULSE_SEARCH
    | Condition.SENSOR_OFF
    | Condition.UNRECOGNISED_SENSOR
)
# A worn part that still measures, and the normal state. Any other bit, known or not, leaves a doubt.
_NO_MATTER = Condition.SET_RUNNING | Condition.CABLE_LIFE | Condition.SENSOR_LIFE

_MOMENT = re.compile(
    r"(?:0[1-9]|1[0-2])/(?:0[1-9]|[12]\d|3[01])/\d\d (?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d", re.ASCII
)
_COLUMN = re.compile(r"[A-Z][A-Z0-9]{1,9}=[!-<>-~]+")
_WORD = re.compile(r"[0-9A-Fa-f]{2,7}")
_FORMS = {
    "SN": re.compile(r"[!-<>-~]{10}"),
    "SPO2": re.compile(r"(?:0\d\d|100|--+)%", re.ASCII),
    "BPM": re.compile(r"\d{3}|--+", re.ASCII),
    "PI": re.compile(r"(?:\d\d\.\d\d|[-.]+)%?", re.ASCII),
    "ALARM": _WORD,
    "EXC": re.compile(r"[0-9A-Fa-f]{3,7}"),
    "EXC1": _WORD,
}
_OTHER_FORM = re.compile(r"[+-]?[0-9A-Fa-f.-]+%?")
_BEFORE = (["SPO2", "BPM", "PI"], ["SN", "SPO2", "BPM", "PI"])
_AFTER = (["ALARM", "EXC"], ["ALARM", "EXC", "EXC1"])


class MasimoDecoder:
    """Decodes the oximeter's lines. Holds at most `MAX_BUFFER_BYTES`; never raises on bytes.

    A line begins after its last unprintable byte, because noise has no end of its own.
    """

    def __init__(self) -> None:
        # What an overflow leaves behind is itself too long for a line: no end of a long one passes for one.
        self._lines = LineBuffer(limit_bytes=MAX_BUFFER_BYTES, keep_bytes=MAX_LINE_BYTES + 1, ending=CR_OR_LF)

    @property
    def pending_bytes(self) -> int:
        """Bytes of an incomplete line held back."""
        return self._lines.pending_bytes

    def feed(self, data: bytes) -> list[Message]:
        """Take the next bytes and return every message they complete."""
        return [message for line in self._lines.feed(data) for message in _decode_line(line)]

    def finish(self) -> list[Message]:
        """Return the incomplete last line, if any, as rejected."""
        rest = self._lines.drain()
        return [FrameRejected(reason="the stream ended inside a line", raw=rest)] if rest else []

    def reset(self) -> None:
        """Forget an incomplete line."""
        self._lines.drain()


def _decode_line(line: Line) -> list[Message]:
    if not line.is_whole:
        return [FrameRejected(reason="no end of line where one was due", raw=line.raw)]
    body = line.raw[:-1]
    if not body:
        return []  # the LF after a CR, and blank lines
    noise, text = without_noise(body)
    columns = _columns_of(text.decode("ascii"))
    if columns is None:
        return [FrameRejected(reason="not a line of this protocol", raw=line.raw)]
    numbers = _numbers(columns, line.raw[len(noise) :])
    if not noise:
        return numbers
    return [FrameRejected(reason="bytes that are no text", raw=noise), *numbers]


def _columns_of(text: str) -> dict[str, str] | None:
    """Return the columns by name; None unless the line is whole and every column of its form."""
    day, _, rest = text.partition(" ")
    time, _, rest = rest.partition(" ")
    if len(text) > MAX_LINE_BYTES or _MOMENT.fullmatch(f"{day} {time}") is None:
        return None
    parts = rest.split(" ")
    if not all(_COLUMN.fullmatch(part) for part in parts):
        return None
    columns = dict(part.split("=") for part in parts)
    names = list(columns)
    is_whole = (
        len(columns) == len(parts)
        and any(names[: len(head)] == head for head in _BEFORE)
        and any(names[-len(tail) :] == tail for tail in _AFTER)
        and all(_FORMS.get(name, _OTHER_FORM).fullmatch(value) for name, value in columns.items())
    )
    return columns if is_whole else None


def _numbers(columns: dict[str, str], raw: bytes) -> list[Message]:
    conditions = int(columns["EXC"], 16)
    is_measured = not conditions & _NOTHING_MEASURED
    is_doubtful = bool(conditions & ~int(_NO_MATTER))
    return [
        _number(quantity, columns[name] if is_measured else "", is_doubtful=is_doubtful, raw=raw)
        for quantity, name in ((Quantity.SPO2, "SPO2"), (Quantity.PULSE_RATE, "BPM"))
    ]


def _number(quantity: Quantity, text: str, *, is_doubtful: bool, raw: bytes) -> LiveNumber:
    digits = text.rstrip("%")
    value = int(digits) if digits.isdecimal() else 0
    if value == 0:
        return LiveNumber(quantity=quantity, value=None, quality=Quality.INVALID, raw=raw)
    quality = Quality.QUESTIONABLE if is_doubtful else Quality.GOOD
    return LiveNumber(quantity=quantity, value=value, quality=quality, raw=raw)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What an oximeter shows; None is sent as dashes. `perfusion_percent` is 0.00 to 99.99."""

    spo2_percent: int | None
    pulse_rate_bpm: int | None
    perfusion_percent: Decimal | None = None
    conditions: Condition = Condition.SET_RUNNING


def line(shown: Shown, *, at: datetime, serial_number: str = "0000000001") -> bytes:
    """Encode a line as a Rad-8 sends it, blank line and all.

    Args:
        shown: what it tells.
        at: by the device's own clock.
        serial_number: ten characters.
    """
    spo2 = "---" if shown.spo2_percent is None else f"{shown.spo2_percent:03d}"
    rate = "---" if shown.pulse_rate_bpm is None else f"{shown.pulse_rate_bpm:03d}"
    perfusion = "--.--" if shown.perfusion_percent is None else f"{shown.perfusion_percent:05.2f}"
    text = (
        f"{at:%m/%d/%y %H:%M:%S} SN={serial_number} SPO2={spo2}% BPM={rate} PI={perfusion}%"
        f" SPCO=--.-% SPMET=--.-% DESAT=-- PIDELTA=+-- ALARM=0000 EXC={shown.conditions:06X}"
    )
    return text.encode("ascii") + b"\r\n"
