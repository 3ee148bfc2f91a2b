"""What every face does, and two that send by themselves: at a steady rate, or when they have measured."""

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Protocol

from devices.simulator.bedside import Bedside, Determination
from devices.simulator.scenario import FaultKind
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


class ReportingFace:
    """Sends a frame when a determination ends, failed ones too, and hears nothing.

    Args:
        bedside: what it shows.
        compose: writes the frame of a determination.
    """

    def __init__(self, bedside: Bedside, *, compose: Callable[[Bedside, Determination], bytes]) -> None:
        self._bedside = bedside
        self._compose = compose
        self._told = len(bedside.ended)

    @property
    def next_due_ms(self) -> int | None:
        """When the cuff next does something by itself; at once when a frame waits."""
        if len(self._bedside.ended) > self._told:
            return self._bedside.now_ms
        return self._bedside.next_event_ms

    def hear(self, data: bytes) -> list[bytes]:  # noqa: ARG002 - whatever it is
        """Say nothing."""
        return []

    def due(self) -> list[bytes]:
        """Return a frame for each determination that ended since the last call."""
        fresh, self._told = self._bedside.ended[self._told :], len(self._bedside.ended)
        return [self._compose(self._bedside, self._shown(each)) for each in fresh]

    def _shown(self, ended: Determination) -> Determination:
        """What it tells instead while it goes on telling its last result."""
        is_stuck = self._bedside.has_fault(FaultKind.OLD_CUFF)
        return self._bedside.result or ended if is_stuck else ended
