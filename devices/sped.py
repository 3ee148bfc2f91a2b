"""Simulated time stays honest: a simulator and an app at different speeds never exchange a value.

A simulator at speed N prints `?speed=N` in its address. An app whose own clock runs at N announces it when it
opens the wire, about every real second while it reads, before each question and, as "no more", when it
leaves; it refuses the address at any other speed. The simulator hears and speaks only while it was told its
own speed a moment ago, and stops at the first word of another. At normal speed nothing is announced, and
every byte passes as it is.
"""

import re
from contextlib import suppress

from devices.transport.base import LinkFault, Transport
from monitor.clock import Clock

ANNOUNCED_EVERY_S = 1.0  # real seconds
AGREED_FOR_S = 3.0  # real seconds: two announcements late and a moment
GOODBYE = 0

# No question of a host ends with the first byte of an announcement, so none is ever held back for one.
_ANNOUNCEMENT = re.compile(rb"\x16speed (\d{1,4})\x17", re.ASCII)
_BEGINNING = re.compile(rb"\x16(?:s(?:p(?:e(?:e(?:d(?: \d{0,4})?)?)?)?)?)?\Z", re.ASCII)


def announcement(speed: int) -> bytes:
    """Return what an app at `speed` says beside its questions; not a frame of any protocol here."""
    return b"\x16speed %d\x17" % speed


class SpedTransport:
    """A wire on which the app keeps saying its speed.

    Args:
        inner: the wire.
        speed: of the app's clock.
        real_clock: runs at the speed of time.
    """

    def __init__(self, inner: Transport, *, speed: int, real_clock: Clock) -> None:
        self._inner = inner
        self._speed = speed
        self._real_clock = real_clock
        self._announce_at_s = 0.0

    def open(self) -> None:
        """Open the wire and say the speed."""
        self._inner.open()
        self._announce()

    def read(self, max_bytes: int, timeout_s: float) -> bytes:
        """Read from the wire, and say the speed when it is time to."""
        if self._real_clock.monotonic_s() >= self._announce_at_s:
            self._announce()
        return self._inner.read(max_bytes, min(timeout_s, ANNOUNCED_EVERY_S))

    def write(self, data: bytes) -> None:
        """Say the speed, then `data`."""
        self._announce(data)

    def close(self) -> None:
        """Say that this speed ends here, so that whoever comes next inherits nothing, and close the wire."""
        with suppress(LinkFault):  # a wire that is gone needs no goodbye
            self._inner.write(announcement(GOODBYE))
        self._inner.close()

    def describe(self) -> str:
        """Name the wire and the speed."""
        return f"{self._inner.describe()}?speed={self._speed}"

    def _announce(self, then: bytes = b"") -> None:
        self._inner.write(announcement(self._speed) + then)
        self._announce_at_s = self._real_clock.monotonic_s() + ANNOUNCED_EVERY_S


class SpeedGate:
    """The simulator's side: open while the host is known to run at the same speed. Pure: told the time.

    At normal speed it is open until a host announces another, and again once that one was not heard for
    a while.
    """

    def __init__(self, *, speed: int) -> None:
        self._speed = speed
        self._told: int | None = None
        self._told_at_s = 0.0
        self._held = b""

    def is_open(self, real_s: float) -> bool:
        """Whether values may pass at `real_s`, seconds of real time."""
        if self._told is None or real_s - self._told_at_s > AGREED_FOR_S:
            return self._speed == 1
        return self._told == self._speed or (self._told == GOODBYE and self._speed == 1)

    def let_through(self, data: bytes, real_s: float) -> bytes:
        """Return what of the host's `data` may be heard: what it said while the gate was open."""
        passed = b""
        heard, self._held = self._held + data, b""
        begun = _BEGINNING.search(heard)
        if begun is not None:
            heard, self._held = heard[: begun.start()], heard[begun.start() :]
        *parts, rest = _ANNOUNCEMENT.split(heard)
        for said, told in zip(parts[::2], parts[1::2], strict=True):
            passed += said if self.is_open(real_s) else b""
            self._told, self._told_at_s = int(told), real_s
        return passed + (rest if self.is_open(real_s) else b"")

    def forget(self) -> None:
        """Another host is on the wire: what the one before said counts no more."""
        self._told = None
        self._held = b""
