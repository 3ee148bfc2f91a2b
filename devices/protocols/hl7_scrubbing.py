"""HL7 for a recording: the frames as they came, without what names a person.

Of each message only what the decoder itself keeps goes through: of the header and of the observations the
fields in their proper form, of every other segment its name. What is no sound message leaves its shape alone.
"""

import re

from devices.protocols.hl7_segments import Unreadable, outline, parse_message
from devices.protocols.mllp import START, MllpReader, Part, Piece, framed

_NOT_LINE_END = re.compile(rb"[^\r\n]")


class Hl7Scrubber:
    """Takes names out of a stream, whatever its pieces; holds at most one message back."""

    def __init__(self) -> None:
        self._reader = MllpReader()

    def __call__(self, data: bytes) -> bytes:
        """Take the next bytes and return the frames they complete, masked."""
        return b"".join(_scrubbed(piece) for piece in self._reader.feed(data))


def _scrubbed(piece: Piece) -> bytes:
    if piece.part is Part.MESSAGE:
        parsed = parse_message(piece.raw)
        text = outline(piece.raw) if isinstance(parsed, Unreadable) else parsed.kept.encode("latin-1")
        return framed(text)
    shape = _NOT_LINE_END.sub(b"*", piece.raw)
    return shape if piece.part is Part.STRAY else START + shape
