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
    """A trusted frame, or one with wrong sums, which has no `sensed`; and where in the stream it ends.

    `known_at` is the place in the stream whose byte told: another frame might have begun within a wrong one.
    """

    end: int
    known_at: int
    data_format: DataFormat
    raw: bytes
    sensed: Sensed | None


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
        told: list[_Told] = []
        for found in self.scanner.feed(data):
            self.at += len(found.raw)
            if not found.is_frame:
                self.run, self.last = 0, b""
                if found.is_bad_sum:
                    told.append(self._told(found.raw, None, known_at=self.at + len(found.raw) - 1))
            elif self.data_format.has_sums or self._is_in_step(found.raw):
                told.append(self._told(found.raw, self.data_format.read(found.raw), known_at=self.at))
        return told

    def _told(self, raw: bytes, sensed: Sensed | None, *, known_at: int) -> _Told:
        return _Told(end=self.at, known_at=known_at, data_format=self.data_format, raw=raw, sensed=sensed)

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
    _speaks: DataFormat | None = (
        None  # the newest to be trusted: in its frames alone, wrong sums say something
    )
    _wrong_ends: list[int] = field(default_factory=list)  # where frames with wrong sums end, after these

    @property
    def pending_bytes(self) -> int:
        """Bytes that no ear has spoken for, and what the ears hold of them."""
        return len(self._heard) + sum(ear.scanner.pending_bytes for ear in self._ears)

    def feed(self, data: bytes) -> list[Message]:
        """Take the next bytes and return every message they complete."""
        self._heard += data
        messages: list[Message] = []
        told = sorted((each for ear in self._ears for each in ear.hear(data)), key=attrgetter("known_at"))
        for each in told:
            messages += self._too_much_before(each.known_at - self._spoken_for)
            if each.sensed is None:
                if each.data_format is self._speaks:
                    self._wrong_ends.append(each.end)
                continue
            self._speaks = each.data_format
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
        self._speaks = None
        self._wrong_ends.clear()
        self._spoken_for = 0

    def _too_much_before(self, end: int) -> list[Message]:
        """Give out what was too much to keep before the byte at `end` came."""
        rejected: list[Message] = []
        while end - 1 > MAX_HEARD_BYTES:
            rejected += self._rejected(PACKET_BYTES)
            end -= PACKET_BYTES
        return rejected

    def _rejected(self, size: int) -> list[Message]:
        """Give out the first bytes that were heard, cut after each frame with wrong sums."""
        end = self._spoken_for + size
        rejected: list[Message] = []
        for wrong_end in (each for each in self._wrong_ends if self._spoken_for < each <= end):
            raw = self._taken(wrong_end - self._spoken_for)
            rejected.append(FrameRejected(reason="a sum is wrong", raw=raw, is_bad_sum=True))
        self._wrong_ends = [each for each in self._wrong_ends if each > end]
        rest = self._taken(end - self._spoken_for)
        if rest:
            rejected.append(FrameRejected(reason="no format is told by these bytes", raw=rest))
        return rejected

    def _taken(self, size: int) -> bytes:
        raw = bytes(self._heard[:size])
        self._forget(size)
        return raw

    def _forget(self, size: int) -> None:
        del self._heard[:size]
        self._spoken_for += size
