"""The cable between a simulated monitor and the computer: spoils what it carries, and delays it."""

from collections.abc import Callable

from devices.simulator.faults import Chunk, FaultScript
from devices.simulator.scenario import FaultKind


class Cable:
    """What is under way to the computer. It never reads a clock: every call says what time it is.

    Args:
        faults: the scenario's.
        started_at_ms: tells when the infusion started, from which faults count; None before it.
        delay_ms: how long each message takes at least.
    """

    def __init__(
        self, faults: FaultScript, *, started_at_ms: Callable[[], int | None], delay_ms: int = 0
    ) -> None:
        self._faults = faults
        self._started_at_ms = started_at_ms
        self._delay_ms = delay_ms
        self._under_way: list[tuple[int, Chunk]] = []

    @property
    def next_ms(self) -> int | None:
        """When something arrives next; None while nothing is under way."""
        return self._under_way[0][0] if self._under_way else None

    def is_plugged_in(self, at_ms: int) -> bool:
        """Whether both ends are in."""
        return not self._faults.is_in_force(
            FaultKind.UNPLUGGED, at_ms=at_ms, started_at_ms=self._started_at_ms()
        )

    def opened(self, at_ms: int) -> None:
        """The host opened the wire: what was under way is lost."""
        self._under_way.clear()
        self._faults.connected(at_ms)

    def heard(self, data: bytes, at_ms: int) -> bytes:
        """Return what of the host's bytes reaches the monitor."""
        return data if self._faults.passes(at_ms=at_ms, started_at_ms=self._started_at_ms()) else b""

    def send(self, message: bytes, at_ms: int) -> None:
        """Take one whole message of the monitor."""
        for chunk in self._faults.carry(message, at_ms=at_ms, started_at_ms=self._started_at_ms()):
            # Bytes keep their order: a piece never overtakes what was sent before it.
            latest_ms = self._under_way[-1][0] if self._under_way else at_ms
            self._under_way.append((max(latest_ms, at_ms + self._delay_ms + chunk.after_ms), chunk))

    def arriving(self, at_ms: int) -> list[Chunk]:
        """Take what has arrived by `at_ms`, in order; unplugged, it is lost."""
        due = [chunk for moment, chunk in self._under_way if moment <= at_ms]
        del self._under_way[: len(due)]
        return due if self.is_plugged_in(at_ms) else []
