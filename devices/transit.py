"""How long frames waited on their way, told from the sender's clock, which may be wrong by years."""

from datetime import UTC, datetime

from monitor.clock import ClockSample

STEADY_WITHIN_S = 2.0
STEADY_FOR_S = 60.0


class Transit:
    """Compares each frame with the fastest one: a clock that is wrong is wrong by the same amount for both.

    A buffer empties in a burst, so its delays shrink. A delay that stays the same for a minute is no buffer:
    the monitor's clock was set, and the new difference is learnt.
    """

    def __init__(self) -> None:
        self._fastest_s: float | None = None
        self._steady_since_s = 0.0
        self._steady_s = 0.0

    def delay_s(self, sent_at: datetime | None, now: ClockSample) -> float:
        """Seconds that a frame sent at `sent_at` took longer than the fastest; 0 when it names no time."""
        if sent_at is None:
            return 0.0
        zoned = sent_at if sent_at.tzinfo is not None else sent_at.replace(tzinfo=UTC)
        difference_s = now.monotonic_s - zoned.timestamp()
        if self._fastest_s is None or difference_s < self._fastest_s:
            self._fastest_s = difference_s
        if abs(difference_s - self._steady_s) > STEADY_WITHIN_S:
            self._steady_s, self._steady_since_s = difference_s, now.monotonic_s
        elif now.monotonic_s - self._steady_since_s >= STEADY_FOR_S:
            self._fastest_s = self._steady_s
        return max(0.0, difference_s - self._fastest_s)
