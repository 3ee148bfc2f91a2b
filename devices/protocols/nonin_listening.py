"""Which data format a Nonin oximeter speaks, told from its bytes, frame by frame.

Each format has an ear of its own, and all hear every byte. A packet of DF2 or DF7 proves itself by its 25
sums. A frame of DF1 or DF8 proves nothing, so an ear speaks only after several in a row without a byte
between them, each with numbers near the last: frames of 3, 4 and 5 bytes cannot all stay in step. So no
choice is ever made and none has to be taken back: when the format changes, one ear falls silent and another
speaks.
"""

from dataclasses import dataclass, field
from operator import attrgetter

from devices.protocols.framing import FrameScanner
from devices.protocols.messages import FrameRejected, Message
from devices.protocols.nonin import (
    FORMATS,
    NO_RATE,
    NO_SPO2,
    PACKET_BYTES,
    SPO2_AT,
    DataFormat,
    Sensed,
    rate_of,
)

FRAMES_TO_TRUST = 5  # by chance, one place in 10^13 of continuous noise looks like so many
LARGEST_STEP_BPM = 20  # an oximeter averages over several beats: between two seconds it moves by less
LARGEST_STEP_PERCENT = 4
MAX_HEARD_BYTES = 2 * PACKET_BYTES


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """A trusted frame, and where in the stream it ends."""

    end: int
    raw: bytes
    sensed: Sensed


@dataclass(slots=True, kw_only=True)
class _Ear:
    """Hears one format. `run` counts the frames in a row that fit each other, `at` the bytes judged."""

    data_format: DataFormat
    scanner: FrameScanner
    at: int = 0
    run: int = 0
    last: bytes = b""

    def hear(self, data: bytes) -> list[_Told]:
        """Return the frames that end in `data`, as far as this format is to be trusted."""
        told = []
        for found in self.scanner.feed(data):
            self.at += len(found.raw)
            if not found.is_frame:
                self.run, self.last = 0, b""
            elif self.data_format.has_sums or self._is_in_step(found.raw):
                sensed = self.data_format.read(found.raw)
                told.append(_Told(end=self.at, raw=found.raw, sensed=sensed))
        return told

    def _is_in_step(self, raw: bytes) -> bool:
        is_near = bool(self.last) and _are_near(self.last, raw)
        self.run, self.last = self.run + 1 if is_near else 1, raw
        return self.run >= FRAMES_TO_TRUST


def _are_near(before: bytes, after: bytes) -> bool:
    """Compare the numbers on the wire: even those that the flags call unmeasured move in small steps."""
    rates = (rate_of(before[0], before[1]), rate_of(after[0], after[1]))
    percents = (before[SPO2_AT], after[SPO2_AT])
    return (
        0 not in percents
        and (rates[1] == NO_RATE or abs(rates[1] - rates[0]) <= LARGEST_STEP_BPM)
        and (percents[1] == NO_SPO2 or abs(percents[1] - percents[0]) <= LARGEST_STEP_PERCENT)
    )


def _ears() -> list[_Ear]:
    return [_Ear(data_format=each, scanner=each.scanner()) for each in FORMATS]


@dataclass(slots=True)
class ListeningDecoder:
    """Decodes whichever of the four formats comes. Bounded; never raises on bytes.

    Frames heard before their format is trusted are rejected as noise is: by the time it is, their numbers are
    seconds old.
    """

    _ears: list[_Ear] = field(default_factory=_ears)
    _heard: bytearray = field(default_factory=bytearray)
    _spoken_for: int = 0  # bytes of the stream before `_heard`

    @property
    def pending_bytes(self) -> int:
        """Bytes that no ear has spoken for, and what the ears hold of them."""
        return len(self._heard) + sum(ear.scanner.pending_bytes for ear in self._ears)

    def feed(self, data: bytes) -> list[Message]:
        """Take the next bytes and return every message they complete."""
        self._heard += data
        messages: list[Message] = []
        told = sorted((each for ear in self._ears for each in ear.hear(data)), key=attrgetter("end"))
        for each in told:
            messages += self._too_much_before(each.end - self._spoken_for)
            # The first frame of a new format may begin in the last one that an old format seemed to have.
            messages += self._rejected(max(0, each.end - self._spoken_for - len(each.raw)))
            self._forget(each.end - self._spoken_for)
            messages += each.sensed.messages(each.raw)
        return messages + self._too_much_before(len(self._heard) + 1)

    def finish(self) -> list[Message]:
        """Return what nobody has spoken for, as rejected."""
        rest = bytes(self._heard)
        self.reset()
        return [FrameRejected(reason="the stream ended before its format was told", raw=rest)] if rest else []

    def reset(self) -> None:
        """Forget everything heard."""
        self._ears = _ears()
        self._heard.clear()
        self._spoken_for = 0

    def _too_much_before(self, end: int) -> list[Message]:
        """Give out what was too much to keep before the byte at `end` came."""
        rejected: list[Message] = []
        while end - 1 > MAX_HEARD_BYTES:
            rejected += self._rejected(PACKET_BYTES)
            end -= PACKET_BYTES
        return rejected

    def _rejected(self, size: int) -> list[Message]:
        """Give out the first bytes that were heard."""
        raw = bytes(self._heard[:size])
        self._forget(size)
        return [FrameRejected(reason="no format is told by these bytes", raw=raw)] if raw else []

    def _forget(self, size: int) -> None:
        del self._heard[:size]
        self._spoken_for += size
