"""What goes wrong between a simulated monitor and the computer, over time, whatever the protocol.

For the monitor a message is a whole frame; what becomes of it does not depend on what it says.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from devices.simulator.randomness import seeded_stream
from devices.simulator.scenario import Fault, FaultKind
from monitor.clock import MS_PER_MINUTE

NOISE_BYTES_MOST = 24
PIECES_MOST = 4
PIECE_DELAY_MOST_MS = 300
FLOOD_COPIES = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """Bytes that arrive together, `after_ms` after they were sent; the connection may end with them."""

    data: bytes
    after_ms: int = 0
    hangs_up: bool = False


class FaultScript:
    """The faults of one scenario, repeatable by seed. Minutes count from the infusion's start.

    `started_at_ms` is that start in UTC milliseconds; None, before it: all is well.

    Args:
        faults: any number, in any order.
        seed: of the scenario.
        has_sum: whether a changed byte is noticed in this protocol; where it is not, a message that should
            arrive with a wrong sum is cut short instead, so that no fault makes up a number.
    """

    def __init__(self, *, faults: tuple[Fault, ...], seed: int, has_sum: bool = True) -> None:
        self._faults = faults
        self._seed = seed
        self._has_sum = has_sum
        self._connected_at_ms: int | None = None
        self._messages = 0
        self._held_back = b""

    def connected(self, at_ms: int) -> None:
        """The host opened the wire: what was held back is gone, and a half-open connection is replaced."""
        self._connected_at_ms = at_ms
        self._held_back = b""

    def is_in_force(self, kind: FaultKind, *, at_ms: int, started_at_ms: int | None) -> bool:
        """Whether a fault of `kind` stands at `at_ms`, whatever its chance."""
        return self._standing(kind, at_ms, started_at_ms) is not None

    def clock_error_s(self, *, at_ms: int, started_at_ms: int | None) -> int:
        """Seconds by which the monitor's own clock is ahead of the truth; negative behind it."""
        fault = self._standing(FaultKind.WRONG_CLOCK, at_ms, started_at_ms)
        return fault.by_s if fault else 0

    def passes(self, *, at_ms: int, started_at_ms: int | None) -> bool:
        """Whether anything gets through the wire, either way."""
        if any(
            self._standing(kind, at_ms, started_at_ms) for kind in (FaultKind.UNPLUGGED, FaultKind.SILENT)
        ):
            return False
        half_open = self._standing(FaultKind.HALF_OPEN, at_ms, started_at_ms)
        if half_open is None or started_at_ms is None:
            return True
        begins_ms = started_at_ms + half_open.begins_minute * MS_PER_MINUTE
        return self._connected_at_ms is not None and self._connected_at_ms > begins_ms

    def carry(self, message: bytes, *, at_ms: int, started_at_ms: int | None) -> tuple[Chunk, ...]:
        """Return what arrives of one whole message of the monitor, and when."""
        if not message or not self.passes(at_ms=at_ms, started_at_ms=started_at_ms):
            return ()
        self._messages += 1
        if not self._faults:
            return (Chunk(data=message),)
        stream = seeded_stream(self._seed, "wire", self._messages)
        struck = {kind for kind in _ON_BYTES if self._strikes(kind, at_ms, started_at_ms, stream)}
        data = _spoilt(message, struck, stream, has_sum=self._has_sum)
        if FaultKind.MERGED in struck and not self._held_back:
            self._held_back = data
            return ()
        data, self._held_back = self._held_back + data, b""
        if FaultKind.HANGS_UP in struck:
            return (Chunk(data=data[: _some_of(data, stream)], hangs_up=True),)
        if FaultKind.HANGS_UP_AFTER in struck:
            return (Chunk(data=data, hangs_up=True),)
        return tuple(_pieces(data, stream)) if FaultKind.SPLIT in struck else (Chunk(data=data),)

    def _strikes(self, kind: FaultKind, at_ms: int, started_at_ms: int | None, stream: Random) -> bool:
        fault = self._standing(kind, at_ms, started_at_ms)
        return fault is not None and stream.randrange(fault.one_in) == 0

    def _standing(self, kind: FaultKind, at_ms: int, started_at_ms: int | None) -> Fault | None:
        if started_at_ms is None:
            return None
        minute = (at_ms - started_at_ms) / MS_PER_MINUTE
        standing = (
            fault
            for fault in self._faults
            if fault.kind is kind and fault.begins_minute <= minute < fault.ends_minute
        )
        return next(standing, None)


_ON_BYTES = (
    FaultKind.TRUNCATED,
    FaultKind.BAD_SUM,
    FaultKind.NOISE,
    FaultKind.FLOOD,
    FaultKind.MERGED,
    FaultKind.HANGS_UP,
    FaultKind.SPLIT,
    FaultKind.HANGS_UP_AFTER,
)


def _spoilt(message: bytes, struck: set[FaultKind], stream: Random, *, has_sum: bool) -> bytes:
    if FaultKind.TRUNCATED in struck or (FaultKind.BAD_SUM in struck and not has_sum):
        message = message[: _some_of(message, stream)]
    elif FaultKind.BAD_SUM in struck:
        message = _with_a_bit_changed(message)
    if FaultKind.NOISE in struck:
        message = stream.randbytes(stream.randrange(1, NOISE_BYTES_MOST)) + message
    return message * FLOOD_COPIES if FaultKind.FLOOD in struck else message


def _some_of(message: bytes, stream: Random) -> int:
    """How many bytes of a cut message are left: at least one, and not all where it has two."""
    return stream.randrange(1, max(2, len(message)))


def _with_a_bit_changed(message: bytes) -> bytes:
    """Flip the lowest bit of the fourth byte and leave the sum as it was."""
    position = min(3, len(message) - 1)
    return message[:position] + bytes([message[position] ^ 1]) + message[position + 1 :]


def _pieces(data: bytes, stream: Random) -> Iterable[Chunk]:
    """Cut `data` at random and let each piece arrive a little later than the one before."""
    cuts = sorted(stream.sample(range(1, len(data)), min(len(data), stream.randint(2, PIECES_MOST)) - 1))
    after_ms = 0
    for begins, ends in pairwise([0, *cuts, len(data)]):
        yield Chunk(data=data[begins:ends], after_ms=after_ms)
        after_ms += stream.randint(1, PIECE_DELAY_MOST_MS)
