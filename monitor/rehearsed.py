"""What came of a rehearsal: its record, and the figures that tell one from another."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from monitor.clock import MS_PER_S
from monitor.flags import FlagChange
from monitor.record import Record, head
from monitor.view import Reading, SessionView


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsed:
    """A finished rehearsal."""

    record: Record
    view: SessionView

    @property
    def changes(self) -> tuple[FlagChange, ...]:
        """Every flag change, in order."""
        return tuple(each.change for each in self.view.flags)

    def summary(self) -> dict[str, Any]:
        """Return the figures as JSON data: sets charted, flags by level and state, peak, final hash."""
        flags: dict[str, Counter[str]] = {}
        for change in self.changes:
            flags.setdefault(change.level.value, Counter())[change.state.value] += 1
        peak = self._peak()
        return {
            "readings": len(self.view.charted),
            "flags": flags,
            "peak_systolic_mmhg": None if peak is None else peak.vitals.systolic_mmhg,
            "peak_minute": None if peak is None else self._minute(peak),
            "final_hash": head(self.record),
        }

    def _peak(self) -> Reading | None:
        """The highest charted systolic from the start of the infusion on; of a tie, the first."""
        infusion = self.view.infusion
        if infusion is None:
            return None
        since = [each for each in self.view.charted if each.at_ms >= infusion.started_ms]
        return max(since, key=lambda each: each.vitals.systolic_mmhg or 0, default=None)

    def _minute(self, reading: Reading) -> float | None:
        infusion = self.view.infusion
        return None if infusion is None else round((reading.at_ms - infusion.started_ms) / MS_PER_S / 60, 2)
