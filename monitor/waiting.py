"""What about a captured reading calls for a look of its own, or for another measurement. Only computed."""

from dataclasses import dataclass

from monitor.bands import worst
from monitor.clock import MS_PER_S
from monitor.plausibility import Asked, asked
from monitor.policy import Condition, Level
from monitor.view import Reading, SessionView, Standing
from monitor.vitals import Quality


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Why a reading that waits is not accepted together with others.

    Attributes:
        level: the highest level of the policy that its values reach, None when they reach none.
        asked: what a nurse who typed these values would be asked about.
    """

    level: Level | None
    asked: tuple[Asked, ...]

    @property
    def is_needed(self) -> bool:
        """Whether it is to be accepted by itself."""
        return self.level is not None or bool(self.asked)


def look_at(view: SessionView, reading: Reading) -> Look:
    """Hold a reading that waits against the limits, and against the last set charted before it."""
    values = reading.vitals.by_quantity()
    crossings = [worst(view.policy, view.baseline_values, values, condition) for condition in Condition]
    levels = [crossing.level for crossing in crossings if crossing is not None]
    before = [each.vitals for each in view.charted if each.at_ms < reading.at_ms]
    return Look(
        level=max(levels, key=lambda level: level.rank, default=None),
        asked=tuple(asked(reading.vitals, before[-1] if before else None, view.policy)),
    )


def doubtful(view: SessionView, now_ms: int) -> Reading | None:
    """The newest reading where it is doubtful, and so must be repeated, as long as a good one is offered."""
    newest = max(view.readings, key=lambda each: each.at_ms, default=None)
    if newest is None or newest.quality is Quality.GOOD or newest.standing is not Standing.CAPTURED:
        return None
    expires_ms = newest.at_ms + view.policy.monitor.offer_expires_s * MS_PER_S
    return newest if now_ms <= expires_ms else None
