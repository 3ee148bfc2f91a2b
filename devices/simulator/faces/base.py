"""What every face does, and the one of monitors that send by themselves at a steady rate."""

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Protocol

from devices.simulator.bedside import Bedside
from monitor.clock import MS_PER_S


class Face(Protocol):
    """One kind of monitor at a bedside, which whoever steps it has advanced to now."""

    @property
    def next_due_ms(self) -> int | None:
        """UTC milliseconds when it next sends by itself; None while it waits to be asked."""
        ...

    def hear(self, data: bytes) -> list[bytes]:
        """Take a host's bytes and return its answers, a frame each."""
        ...

    def due(self) -> list[bytes]:
        """Return what it sends by itself now, a frame each; what time has passed over is not made up."""
        ...


class SendingFace:
    """Sends a frame at a steady rate and hears nothing.

    Args:
        bedside: what it shows.
        compose: writes the frame of this moment; it is given the frame's number.
        frames_a_second: how many.
    """

    def __init__(
        self, bedside: Bedside, *, compose: Callable[[Bedside, int], bytes], frames_a_second: Fraction
    ) -> None:
        self._bedside = bedside
        self._compose = compose
        self._frame_ms = MS_PER_S / frames_a_second
        self._began_ms = self._due_ms = bedside.now_ms
        self._sent = 0

    @property
    def next_due_ms(self) -> int | None:
        """When the next frame is due."""
        return self._due_ms

    def hear(self, data: bytes) -> list[bytes]:  # noqa: ARG002 - whatever it is
        """Say nothing."""
        return []

    def due(self) -> list[bytes]:
        """Return the frame of this moment, if one is due."""
        now_ms = self._bedside.now_ms
        if now_ms < self._due_ms:
            return []
        passed = math.floor((now_ms - self._began_ms) / self._frame_ms)
        self._due_ms = self._began_ms + math.ceil((passed + 1) * self._frame_ms)
        self._sent += 1
        return [self._compose(self._bedside, self._sent)]
