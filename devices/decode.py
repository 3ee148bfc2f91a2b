"""The `decode` command: a recorded wire in, one JSON object a line out."""

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import BinaryIO, TextIO

from devices.capture import chunks, is_capture, may_be_capture, pieces
from devices.profiles import profile_named
from devices.protocols.messages import (
    CuffFailed,
    CuffInProgress,
    CuffResult,
    FrameRejected,
    Ignored,
    LiveNumber,
    Message,
    ReplyDue,
    Request,
    Temperature,
)
from monitor.errors import UsersError
from monitor.vitals import Quality, Quantity

EXIT_OK = 0

JsonValue = str | int | float | None

_KEYS = {
    Quantity.HEART_RATE: ("rate", "heart_rate_bpm"),
    Quantity.PULSE_RATE: ("rate", "pulse_rate_bpm"),
    Quantity.SPO2: ("spo2", "spo2_percent"),
    Quantity.RESPIRATORY_RATE: ("respiration", "respiratory_rate_bpm"),
}

_KINDS: tuple[JsonValue, ...] = (
    "nibp",
    "spo2",
    "rate",
    "respiration",
    "temperature",
)  # of values, leading first
_ABOUT_A_VALUE = frozenset({"kind", "quality", "age_s", "measured_at"})
_BEST_FIRST = (Quality.GOOD, Quality.QUESTIONABLE, Quality.DEMO, Quality.INVALID)


def run_decode(
    protocol: str, path_or_dash: str, out: TextIO, *, standard_input: BinaryIO | None = None
) -> int:
    """Decode a file, or standard input for "-", to JSON lines on `out`.

    Returns:
        The exit status, 0 at the end of input, whatever the bytes were.

    Raises:
        UsersError: an unknown protocol, or a file that cannot be read.
    """
    decoder = profile_named(protocol).new_decoder()
    with ExitStack() as stack:
        if path_or_dash == "-":
            stream = standard_input or sys.stdin.buffer
        else:
            stream = stack.enter_context(_opened(path_or_dash))
        for data in _data(stream):
            _write(decoder.feed(data), out)
        _write(decoder.finish(), out)
    return EXIT_OK


def messages_to_json(messages: Iterable[Message]) -> list[dict[str, JsonValue]]:
    """Describe what a decoder gave for some bytes: one object for all values of one frame and one time.

    Its kind is the first of `_KINDS` that it has a value of, in whatever order the values came. Absent values
    are left out, and one beside a value takes nothing from it. Acknowledgements due are no readings and are
    left out too.
    """
    together: dict[tuple[int, datetime | None], list[dict[str, JsonValue]]] = {}
    for number, message in enumerate(messages):
        if isinstance(message, ReplyDue):
            continue
        key: tuple[int, datetime | None] = (-number, None)
        if isinstance(message, CuffResult | LiveNumber | Temperature):
            key = (id(message.raw), message.observed_at)
        fields: dict[str, JsonValue] = {
            name: value for name, value in _fields(message).items() if value is not None
        }
        together.setdefault(key, []).append(fields)
    return [_joined(found) for found in together.values()]


def _joined(found: list[dict[str, JsonValue]]) -> dict[str, JsonValue]:
    """One object of what stood together; age and time are those of the value that leads it."""
    if len(found) == 1:
        return found[0]
    valued = [each for each in found if each.keys() - _ABOUT_A_VALUE]
    if not valued:
        return min(found, key=_rank)
    first, *others = sorted(valued, key=_rank)
    known = first.keys() | _ABOUT_A_VALUE
    beside = {name: value for each in others for name, value in each.items() if name not in known}
    # the worst of all, so that nothing looks better than it is
    worst = max((Quality(each["quality"]) for each in valued), key=_BEST_FIRST.index)
    return first | beside | {"quality": worst.value}


def _rank(fields: dict[str, JsonValue]) -> int:
    return _KINDS.index(fields["kind"])


def _fields(message: Message) -> dict[str, JsonValue]:
    if isinstance(message, CuffResult):
        return {
            "kind": "nibp",
            "systolic_mmhg": message.systolic_mmhg,
            "diastolic_mmhg": message.diastolic_mmhg,
            "map_mmhg": message.map_mmhg,
            "pulse_rate_bpm": message.pulse_rate_bpm,
            "quality": message.quality.value,
            "age_s": message.age_s,
            "measured_at": _text_of(message.observed_at),
        }
    if isinstance(message, CuffInProgress):
        return {"kind": "nibp_busy"}
    if isinstance(message, CuffFailed):
        return {"kind": "nibp_failed", "trouble": message.trouble.value, "reason": message.reason}
    if isinstance(message, LiveNumber):
        kind, key = _KEYS[message.quantity]
        return {
            "kind": kind,
            key: message.value,
            "quality": message.quality.value,
            "age_s": None if message.observed_at is None else message.age_s,
            "measured_at": _text_of(message.observed_at),
        }
    if isinstance(message, Temperature):
        celsius = None if message.celsius is None else float(message.celsius)
        return {
            "kind": "temperature",
            "temperature_celsius": celsius,
            "quality": message.quality.value,
            "age_s": message.age_s,
            "measured_at": _text_of(message.observed_at),
        }
    if isinstance(message, FrameRejected):
        return {"kind": "rejected", "reason": message.reason, "raw": message.raw.hex()}
    if isinstance(message, Ignored):
        return {"kind": "ignored", "reason": message.reason}
    return _asked(message)


def _asked(message: Request | ReplyDue) -> dict[str, JsonValue]:
    if isinstance(message, ReplyDue):
        return {"kind": "reply_due", "control_id": message.control_id}
    return {"kind": "request", "command": message.command.value, "letters": message.letters}


def _text_of(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _opened(path: str) -> BinaryIO:
    try:
        return Path(path).open("rb")
    except OSError as error:
        raise UsersError(
            f'"{path}" cannot be read ({error.strerror}). Name a recorded file, or - for input.'
        ) from error


def _data(stream: BinaryIO) -> Iterator[bytes]:
    """What the monitor sent: the bytes of the stream, or those recorded in it, as they come."""
    arriving = chunks(stream)
    beginning = b""
    while may_be_capture(beginning) and not is_capture(beginning) and (more := next(arriving, b"")):
        beginning += more
    everything = chain([beginning], arriving)
    if is_capture(beginning):
        yield from (piece.data for piece in pieces(everything))
    else:
        yield from everything


def _write(messages: list[Message], out: TextIO) -> None:
    out.writelines(json.dumps(each) + "\n" for each in messages_to_json(messages))
    if messages:
        out.flush()
