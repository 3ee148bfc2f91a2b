"""Cut a stream of bytes into lines, in bounded memory, alike however the stream is cut into reads."""

from dataclasses import dataclass

CR = 0x0D


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Bytes up to and including a carriage return; `is_whole` is False where the buffer overflowed first."""

    raw: bytes
    is_whole: bool


class LineBuffer:
    """Collects lines that end in CR.

    A run of more than `limit_bytes` without one is given out as an overflow, except its last `keep_bytes`:
    a good frame may stand at the end of noise.
    """

    def __init__(self, *, limit_bytes: int, keep_bytes: int) -> None:
        self._limit_bytes = limit_bytes
        self._keep_bytes = keep_bytes
        self._pending = bytearray()

    @property
    def pending_bytes(self) -> int:
        """How much is held back; never more than the limit."""
        return len(self._pending)

    def feed(self, data: bytes) -> list[Line]:
        """Take bytes and return the lines they complete, and overflows, in order."""
        lines = []
        self._pending += data
        start = 0
        while True:
            end = self._pending.find(CR, start, start + self._limit_bytes + 1)
            if end >= 0:
                lines.append(Line(raw=bytes(self._pending[start : end + 1]), is_whole=True))
                start = end + 1
            elif len(self._pending) - start > self._limit_bytes:
                cut = start + self._limit_bytes + 1 - self._keep_bytes
                lines.append(Line(raw=bytes(self._pending[start:cut]), is_whole=False))
                start = cut
            else:
                break
        del self._pending[:start]
        return lines

    def drain(self) -> bytes:
        """Empty the buffer and return what was in it."""
        rest = bytes(self._pending)
        self._pending.clear()
        return rest
