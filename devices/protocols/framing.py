"""Cut a stream into lines or frames, in bounded memory, alike however it is cut into reads."""

import re
from collections.abc import Callable
from dataclasses import dataclass

CR = re.compile(rb"\r")
CR_LF = re.compile(rb"\r\n")
CR_OR_LF = re.compile(rb"[\r\n]")
NOISE_PIECE_BYTES = 64
_UP_TO_LAST_UNPRINTABLE = re.compile(rb".*[^ -~]", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Bytes up to and including an ending; `is_whole` is False where the buffer overflowed first."""

    raw: bytes
    is_whole: bool


class LineBuffer:
    """Collects lines, each with its `ending`.

    A run of more than `limit_bytes` without one is given out as an overflow, except its last `keep_bytes`:
    a good frame may stand at the end of noise.
    """

    def __init__(self, *, limit_bytes: int, keep_bytes: int, ending: re.Pattern[bytes] = CR) -> None:
        self._ending = ending
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
            found = self._ending.search(self._pending, start, start + self._limit_bytes + 1)
            if found is not None:
                lines.append(Line(raw=bytes(self._pending[start : found.end()]), is_whole=True))
                start = found.end()
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


def without_noise(line: bytes) -> tuple[bytes, bytes]:
    """Split a line of printable text in two: noise up to its last unprintable byte, and the text after it."""
    noise = _UP_TO_LAST_UNPRINTABLE.match(line)
    start = 0 if noise is None else noise.end()
    return line[:start], line[start:]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Bytes that are a frame, or noise beside frames; `is_bad_sum` when they are a frame but for its sums."""

    raw: bytes
    is_frame: bool
    is_bad_sum: bool = False


class FrameScanner:
    """Finds frames of one length that have no marks around them, wherever one can stand.

    Noise is given out before the next frame, or when it comes to `NOISE_PIECE_BYTES`. What is built like a
    frame and is not right is given out whole, unless a right one begins within it.

    Args:
        frame_bytes: the length of each.
        pattern: matches exactly as many bytes, where they are built like a frame.
        is_right: whether bytes built like a frame are one, as by their sums.
    """

    def __init__(
        self,
        *,
        frame_bytes: int,
        pattern: re.Pattern[bytes],
        is_right: Callable[[bytes], bool] | None = None,
    ) -> None:
        self._frame_bytes = frame_bytes
        self._pattern = pattern
        self._is_right = is_right
        self._pending = bytearray()
        self._noise_bytes = 0  # at the front of what is pending
        self._wrong: list[int] = []  # where in these a frame with wrong sums begins; none within another

    @property
    def pending_bytes(self) -> int:
        """How much is held back: less than two frames, after less than one piece of noise."""
        return len(self._pending)

    def feed(self, data: bytes) -> list[Found]:
        """Take bytes and return the frames they complete, and the noise between them, in order."""
        self._pending += data
        found: list[Found] = []
        start, at = 0, self._noise_bytes
        while (match := self._pattern.search(self._pending, at)) is not None:
            raw = match[0]
            if self._is_right is not None and not self._is_right(raw):
                at = match.start() + 1
                self._note_wrong(match.start())
                continue
            found += self._beside_frames(start, match.start())
            found.append(Found(raw=raw, is_frame=True))
            start = at = match.end()
        at = max(at, len(self._pending) - self._frame_bytes + 1)
        end = self._given_out_to(start, at)
        found += self._beside_frames(start, end)
        del self._pending[:end]
        self._noise_bytes = at - end
        self._wrong = [each - end for each in self._wrong if each >= end]
        return found

    def drain(self) -> bytes:
        """Empty the scanner and return what was in it."""
        rest = bytes(self._pending)
        self._pending.clear()
        self._noise_bytes = 0
        self._wrong.clear()
        return rest

    def _note_wrong(self, at: int) -> None:
        if not self._wrong or at >= self._wrong[-1] + self._frame_bytes:
            self._wrong.append(at)

    def _given_out_to(self, start: int, at: int) -> int:
        """How far bytes that begin no frame, those before `at`, need not be kept."""
        for wrong in self._wrong:
            if wrong + self._frame_bytes > at:  # a right one may still begin within it
                at = wrong
                break
            start = max(start, wrong + self._frame_bytes)
        return start + (at - start) // NOISE_PIECE_BYTES * NOISE_PIECE_BYTES

    def _beside_frames(self, start: int, end: int) -> list[Found]:
        found: list[Found] = []
        for wrong in self._wrong:
            after = wrong + self._frame_bytes
            if start <= wrong and after <= end:
                found += self._noise(start, wrong)
                found.append(Found(raw=bytes(self._pending[wrong:after]), is_frame=False, is_bad_sum=True))
                start = after
        return found + self._noise(start, end)

    def _noise(self, start: int, end: int) -> list[Found]:
        return [
            Found(raw=bytes(self._pending[at : min(at + NOISE_PIECE_BYTES, end)]), is_frame=False)
            for at in range(start, end, NOISE_PIECE_BYTES)
        ]
