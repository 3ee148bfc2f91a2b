"""Omron HBP-9030 and HBP-9031C, USB output format 5: the decoder and the encoder, side by side.

A line comes when a determination ends, and never again: `YYYY,MM,DD,hh,mm,ID,E,SSS,DDD,PPP,M`, 53 characters
and CR LF. ID has 20 characters and may be a person's number: it leaves this module only as asterisks, also
where a line is rejected. E is 0, or an error with blanks for the pressures. M counts movements during the
measurement; the monitor has judged them, and a good reading stays good. No sum protects a line: widths, date
and the monitor's own ranges must all be right. Facts: the operator's manual, page 20, as an open project
quotes it.
"""

import re
from datetime import datetime

from devices.protocols.framing import CR_LF, Line, LineBuffer, without_noise
from devices.protocols.messages import CuffFailed, CuffResult, FrameRejected, Message
from monitor.feed import CuffTrouble
from monitor.vitals import Quality

LINE_BYTES = 53
ID_CHARACTERS = 20
MAX_BUFFER_BYTES = 256
# What the monitor can measure, by its manual; a number outside came from a damaged line.
SYSTOLIC_MMHG = range(60, 261)
DIASTOLIC_MMHG = range(30, 216)
PULSE_BPM = range(40, 181)

_ID_AT = slice(17, 17 + ID_CHARACTERS)
_LINE = re.compile(
    r"(?P<year>\d{4}),(?P<month>\d\d),(?P<day>\d\d),(?P<hour>\d\d),(?P<minute>\d\d),[ -+\--~]{20},"
    r"(?:0,(?P<systolic>\d{3}),(?P<diastolic>\d{3}),(?P<pulse>\d{3})|(?P<error>[1-9]),   ,   ,   ),\d",
    re.ASCII,
)
_NOISE = b"\xff"
_NOT_SHAPE = re.compile(rb"[^,\r\n]")


class OmronDecoder:
    """Decodes the monitor's lines. Holds at most `MAX_BUFFER_BYTES`; never raises on bytes.

    A line begins after its last unprintable byte, because noise has no end of its own. Only CR LF ends one;
    a pause never does.
    """

    def __init__(self) -> None:
        self._lines = _line_buffer()

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
        return [_rejected("the stream ended inside a line", rest)] if rest else []

    def reset(self) -> None:
        """Forget an incomplete line."""
        self._lines.drain()


class OmronScrubber:
    """Takes the ID out of a stream, whatever its pieces; what is left decodes to the same readings."""

    def __init__(self) -> None:
        self._lines = _line_buffer()

    def __call__(self, data: bytes) -> bytes:
        """Take the next bytes and return the lines they complete, of the same length."""
        return b"".join(_scrubbed(line) for line in self._lines.feed(data))


def _line_buffer() -> LineBuffer:
    """Lines of this monitor. What an overflow leaves is too long to pass for one."""
    return LineBuffer(limit_bytes=MAX_BUFFER_BYTES, keep_bytes=LINE_BYTES + len("x\r"), ending=CR_LF)


def _scrubbed(line: Line) -> bytes:
    """Mask what the decoder masks; noise stays noise, so that the line after it is read as before."""
    *noise, last = _decode_line(line)
    return _NOISE * sum(len(each.raw) for each in noise) + last.raw


def _decode_line(line: Line) -> list[Message]:
    if not line.is_whole:
        return [_rejected("no end of line where one was due", line.raw)]
    noise, text = without_noise(line.raw[: -len("\r\n")])
    message = _decode_text(text.decode("ascii"), line.raw[len(noise) :])
    if isinstance(message, FrameRejected):
        return [_rejected(message.reason, line.raw)]
    return [_rejected("bytes that are no text", noise), message] if noise else [message]


def _decode_text(text: str, raw: bytes) -> Message:
    found = _LINE.fullmatch(text)
    if found is None:
        return _rejected("not a line of this format", raw)
    observed_at = _moment(*(int(found[name]) for name in ("year", "month", "day", "hour", "minute")))
    if observed_at is None:
        return _rejected("a date or time that cannot be", raw)
    masked = raw[: _ID_AT.start] + b"*" * ID_CHARACTERS + raw[_ID_AT.stop :]
    if found["error"] is not None:
        reason = f"the monitor reports error {found['error']}"
        return CuffFailed(trouble=CuffTrouble.FAILED, reason=reason, raw=masked)
    systolic, diastolic, pulse = (int(found[name]) for name in ("systolic", "diastolic", "pulse"))
    if systolic not in SYSTOLIC_MMHG or diastolic not in DIASTOLIC_MMHG or pulse not in PULSE_BPM:
        return _rejected("a value outside what the monitor can measure", raw)
    return CuffResult(
        systolic_mmhg=systolic,
        diastolic_mmhg=diastolic,
        map_mmhg=None,
        pulse_rate_bpm=pulse,
        age_s=None,
        observed_at=observed_at,
        quality=Quality.GOOD if diastolic < systolic else Quality.QUESTIONABLE,
        raw=masked,
    )


def _moment(year: int, month: int, day: int, hour: int, minute: int) -> datetime | None:
    try:
        return datetime(year, month, day, hour, minute)  # noqa: DTZ001 - the monitor names no zone
    except ValueError:
        return None


def _rejected(reason: str, raw: bytes) -> FrameRejected:
    """Keep only the shape: nobody knows where in a damaged line the ID stands."""
    return FrameRejected(reason=reason, raw=_NOT_SHAPE.sub(b"*", raw))


def result_line(
    *,
    at: datetime,
    pressures_mmhg: tuple[int, int],
    pulse_bpm: int,
    movements: int = 0,
    identity: str = "",
) -> bytes:
    """Encode a finished determination.

    Args:
        at: by the monitor's clock; told to the minute.
        pressures_mmhg: systolic and diastolic.
        pulse_bpm: as the cuff counted it.
        movements: 0-9.
        identity: at most 20 characters, no comma.
    """
    systolic, diastolic = pressures_mmhg
    return _line(at, identity, f"0,{systolic:03d},{diastolic:03d},{pulse_bpm:03d},{movements}")


def error_line(*, at: datetime, error: int, identity: str = "") -> bytes:
    """Encode a determination that ended with error 1-9."""
    return _line(at, identity, f"{error},   ,   ,   ,0")


def _line(at: datetime, identity: str, rest: str) -> bytes:
    return f"{at:%Y,%m,%d,%H,%M},{identity:<{ID_CHARACTERS}},{rest}\r\n".encode("ascii")
