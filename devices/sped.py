"""Simulated time stays honest: a simulator and an app at different speeds never exchange a value.

A simulator at speed N prints `?speed=N` in its address and answers only questions that follow a line with the
same N. An app sends that line only when its own clock runs at N, and refuses the address otherwise. Each
question carries its own line, so a host cannot inherit what one before it had agreed.
"""

from devices.transport.base import Transport

PREAMBLE_MARK = b"speed "
LINE_BYTES_MOST = 64  # no question of a host is that long


def preamble(speed: int) -> bytes:
    """Return the line an app at `speed` sends ahead; not a frame of any protocol here."""
    return b"\r" + PREAMBLE_MARK + str(speed).encode("ascii") + b"\r"


class SpedTransport:
    """A wire on which every question says the app's speed."""

    def __init__(self, inner: Transport, *, speed: int) -> None:
        self._inner = inner
        self._speed = speed

    def open(self) -> None:
        """Open the wire."""
        self._inner.open()

    def read(self, max_bytes: int, timeout_s: float) -> bytes:
        """Read from the wire."""
        return self._inner.read(max_bytes, timeout_s)

    def write(self, data: bytes) -> None:
        """Say the speed, then `data`, one question."""
        self._inner.write(preamble(self._speed) + data)

    def close(self) -> None:
        """Close the wire."""
        self._inner.close()

    def describe(self) -> str:
        """Name the wire and the speed."""
        return f"{self._inner.describe()}?speed={self._speed}"


class SpeedGate:
    """The simulator's side: lets questions through only from an app at the same speed."""

    def __init__(self, *, speed: int) -> None:
        self._speed = speed
        self._is_agreed = speed == 1
        self._was_agreed = speed == 1
        self._pending = b""

    @property
    def is_open(self) -> bool:
        """Whether a host at the same speed has been heard."""
        return self._was_agreed

    def let_through(self, data: bytes) -> bytes:
        """Return the whole lines of `data` that may be answered."""
        *lines, rest = (self._pending + data).split(b"\r")
        self._pending = rest[-LINE_BYTES_MOST:]
        passed = []
        for line in lines:
            if line.startswith(PREAMBLE_MARK):
                self._is_agreed = line == PREAMBLE_MARK + str(self._speed).encode("ascii")
                self._was_agreed = self._is_agreed
            elif line:
                passed += [line + b"\r"] if self._is_agreed else []
                self._is_agreed = self._speed == 1
        return b"".join(passed)
