"""The `decode` command: a recorded wire in, one JSON object a line out."""

import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO, TextIO

from devices.profiles import profile_named
from devices.protocols.messages import (
    CuffFailed,
    CuffInProgress,
    CuffResult,
    FrameRejected,
    LiveNumber,
    Message,
    Temperature,
)
from monitor.errors import UsersError
from monitor.vitals import Quantity

CHUNK_BYTES = 65536
EXIT_OK = 0

JsonValue = str | int | float | None

_KEYS = {
    Quantity.HEART_RATE: ("rate", "heart_rate_bpm"),
    Quantity.PULSE_RATE: ("rate", "pulse_rate_bpm"),
    Quantity.SPO2: ("spo2", "spo2_percent"),
}


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
        for data in _chunks(stream):
            _write(decoder.feed(data), out)
        _write(decoder.finish(), out)
    return EXIT_OK


def message_to_json(message: Message) -> dict[str, JsonValue]:
    """Describe one message with the values it has; absent values are left out."""
    fields = _fields(message)
    return {key: value for key, value in fields.items() if value is not None}


def _fields(message: Message) -> dict[str, JsonValue]:
    if isinstance(message, CuffResult):
        return {
            "kind": "nibp",
            "systolic_mmhg": message.systolic_mmhg,
            "diastolic_mmhg": message.diastolic_mmhg,
            "map_mmhg": message.map_mmhg,
            "quality": message.quality.value,
            "age_s": message.age_s,
        }
    if isinstance(message, CuffInProgress):
        return {"kind": "nibp_busy"}
    if isinstance(message, CuffFailed):
        return {"kind": "nibp_failed", "trouble": message.trouble.value, "reason": message.reason}
    if isinstance(message, LiveNumber):
        kind, key = _KEYS[message.quantity]
        return {"kind": kind, key: message.value, "quality": message.quality.value}
    if isinstance(message, Temperature):
        celsius = None if message.celsius is None else float(message.celsius)
        return {
            "kind": "temperature",
            "temperature_celsius": celsius,
            "quality": message.quality.value,
            "age_s": message.age_s,
        }
    if isinstance(message, FrameRejected):
        return {"kind": "rejected", "reason": message.reason, "raw": message.raw.hex()}
    return {"kind": "request", "command": message.command.value, "letters": message.letters}


def _opened(path: str) -> BinaryIO:
    try:
        return Path(path).open("rb")
    except OSError as error:
        raise UsersError(
            f'"{path}" cannot be read ({error.strerror}). Name a recorded file, or - for input.'
        ) from error


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    # read1 hands over a live pipe's bytes as they come; plain files have it too when buffered
    read = getattr(stream, "read1", stream.read)
    while data := read(CHUNK_BYTES):
        yield data


def _write(messages: list[Message], out: TextIO) -> None:
    out.writelines(json.dumps(message_to_json(message)) + "\n" for message in messages)
    if messages:
        out.flush()
