"""The minimal lower layer protocol of HL7: `0B` message `1C 0D`. Finds messages in a stream, bounded.

A start byte inside a message means that the rest of that message never came: the new one is taken. Bytes
outside any message are given out as they pile up, alike however the stream is cut into reads.
"""

from dataclasses import dataclass
from enum import Enum

START = b"\x0b"
END = b"\x1c\r"
MAX_MESSAGE_BYTES = 256 * 1024  # some hundred times a monitor's usual message
MAX_STRAY_BYTES = 8 * 1024  # bytes outside any message that are kept together


class Part(Enum):
    """What a run of bytes is."""

    MESSAGE = "message"
    STRAY = "stray"  # outside any message
    CUT = "cut"  # begun, and never ended
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of bytes without its start and end marks."""

    part: Part
    raw: bytes


def framed(message: bytes) -> bytes:
    """Put the marks around a message."""
    return START + message + END


class MllpReader:
    """Cuts a stream into messages and what lies between them."""

    def __init__(self) -> None:
        self._pending = bytearray()
        self._is_inside = False
        self._searched = 0  # of the pending bytes, how many hold no mark

    @property
    def pending_bytes(self) -> int:
        """How much is held back; at most `MAX_MESSAGE_BYTES`."""
        return len(self._pending)

    @property
    def is_inside(self) -> bool:
        """Whether a message has begun and not ended."""
        return self._is_inside

    def feed(self, data: bytes) -> list[Piece]:
        """Take bytes and return what they complete, in order."""
        pieces: list[Piece] = []
        self._pending += data
        while (piece := self._inside() if self._is_inside else self._outside()) is not None:
            if piece.raw or piece.part is Part.MESSAGE:
                pieces.append(piece)
        return pieces

    def drain(self) -> bytes:
        """Empty the reader and return what was in it."""
        rest = bytes(self._pending)
        self._pending.clear()
        self._is_inside = False
        self._searched = 0
        return rest

    def _outside(self) -> Piece | None:
        start = self._pending.find(START, self._searched, MAX_STRAY_BYTES + 1)
        if start >= 0:
            self._is_inside = True
            return Piece(part=Part.STRAY, raw=self._take(start, rest_from=1))
        if len(self._pending) > MAX_STRAY_BYTES:
            return Piece(part=Part.STRAY, raw=self._take(MAX_STRAY_BYTES, rest_from=0))
        self._searched = len(self._pending)
        return None

    def _inside(self) -> Piece | None:
        limit = MAX_MESSAGE_BYTES
        if self._pending.startswith(START):  # begun again and again: one step for all of them
            self._take(len(self._pending) - len(self._pending.lstrip(START)), rest_from=0)
        again = self._pending.find(START, self._searched, limit + 1)
        end = self._pending.find(END, max(0, self._searched - 1), again if again >= 0 else limit + len(END))
        if end >= 0:
            self._is_inside = False
            return Piece(part=Part.MESSAGE, raw=self._take(end, rest_from=len(END)))
        if again >= 0:
            return Piece(part=Part.CUT, raw=self._take(again, rest_from=1))
        if len(self._pending) > limit + 1:
            self._is_inside = False
            return Piece(part=Part.TOO_LONG, raw=self._take(limit, rest_from=0))
        self._searched = len(self._pending)
        return None

    def _take(self, count: int, *, rest_from: int) -> bytes:
        taken = bytes(self._pending[:count])
        del self._pending[: count + rest_from]
        self._searched = 0
        return taken
