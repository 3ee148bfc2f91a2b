"""What is done to the bytes of every protocol: cut, flipped, drowned in noise."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

from devices.decode import messages_to_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from devices.protocols.messages import Decoder

NOISE_BYTES = 1_000_000
Row = dict[str, Any]


def decoded(decoder: Decoder, *pieces: bytes) -> list[Row]:
    messages = [message for piece in pieces for message in decoder.feed(piece)]
    return messages_to_json(messages + decoder.finish())


def kinds(rows: list[Row]) -> list[str]:
    return [row["kind"] for row in rows]


def values(rows: list[Row]) -> list[Row]:
    """Every object that is neither rejected nor without a value."""
    return [row for row in rows if row["kind"] != "rejected" and row.get("quality") != "invalid"]


def bytewise(data: bytes) -> list[bytes]:
    return [bytes([byte]) for byte in data]


def cut_once(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    return ((data[:at], data[at:]) for at in range(len(data) + 1))


def flipped(data: bytes) -> Iterator[bytes]:
    """Every stream that differs in a single bit."""
    for position in range(len(data)):
        for bit in range(8):
            yield data[:position] + bytes([data[position] ^ (1 << bit)]) + data[position + 1 :]


def noise(seed: int, size: int) -> bytes:
    return random.Random(seed).randbytes(size)  # noqa: S311 - repeatable noise, not a secret


def most_pending(decoder: Decoder, data: bytes, *, size: int) -> int:
    """The most that a decoder holds back while it is fed in pieces of `size`."""
    most = 0
    for start in range(0, len(data), size):
        decoder.feed(data[start : start + size])
        most = max(most, decoder.pending_bytes)
    return most


def same_however_cut(new_decoder: Callable[[], Decoder], data: bytes) -> bool:
    """Whole, byte by byte and at every split."""
    expected = decoded(new_decoder(), data)
    return decoded(new_decoder(), *bytewise(data)) == expected and all(
        decoded(new_decoder(), *pieces) == expected for pieces in cut_once(data)
    )
