"""What somebody can do to a simulated monitor while it runs, beside its scenario."""

from dataclasses import dataclass
from enum import Enum

from monitor.clock import MS_PER_MINUTE


class Act(Enum):
    """One thing, named as on the command line."""

    SPIKE = "spike"
    DRIFT = "drift"
    STEADY = "steady"
    CUFF_NOW = "cuff"
    CUFF_ERROR = "cuff-error"
    PROBE_OFF = "probe-off"
    PROBE_ON = "probe-on"
    UNPLUG = "unplug"
    PLUG = "plug"
    GARBAGE = "garbage"
    CLEAN = "clean"

    @property
    def meaning(self) -> str:
        """What it does, for a person."""
        return _MEANINGS[self]


_MEANINGS = {
    Act.SPIKE: "pressure and pulse leap up for five minutes",
    Act.DRIFT: "pressure climbs slowly, until steady",
    Act.STEADY: "the climb and the leap end",
    Act.CUFF_NOW: "somebody presses the cuff's button",
    Act.CUFF_ERROR: "the cuff measures and finds nothing",
    Act.PROBE_OFF: "the oximeter's probe comes off",
    Act.PROBE_ON: "the probe is put back",
    Act.UNPLUG: "the cable is pulled",
    Act.PLUG: "the cable is put back",
    Act.GARBAGE: "noise and cut messages on the wire, until clean",
    Act.CLEAN: "the wire is clean again",
}

# A course to look at, no figure of a patient.
SPIKE_LASTS_MS = 5 * MS_PER_MINUTE
SPIKE_SYSTOLIC_MMHG, SPIKE_DIASTOLIC_MMHG, SPIKE_RATE_BPM = 60, 24, 25
DRIFT_MMHG_A_MINUTE, DRIFT_MOST_MMHG = 3, 90
DRIFT_DIASTOLIC_SHARE = 0.4


@dataclass(slots=True, kw_only=True)
class Touched:
    """What hands have done to a bedside and its cable; nothing, until an act."""

    spiked_at_ms: int | None = None
    drifts_since_ms: int | None = None
    fails_next_cuff: bool = False
    is_probe_off: bool = False
    is_unplugged: bool = False
    has_garbage: bool = False

    def perform(self, act: Act, at_ms: int) -> None:
        """Do it; pressing the cuff's button is the bedside's."""
        match act:
            case Act.SPIKE:
                self.spiked_at_ms = at_ms
            case Act.DRIFT:
                self.drifts_since_ms = at_ms
            case Act.STEADY:
                self.spiked_at_ms = self.drifts_since_ms = None
            case Act.CUFF_ERROR:
                self.fails_next_cuff = True
            case Act.PROBE_OFF | Act.PROBE_ON:
                self.is_probe_off = act is Act.PROBE_OFF
            case Act.UNPLUG | Act.PLUG:
                self.is_unplugged = act is Act.UNPLUG
            case Act.GARBAGE | Act.CLEAN:
                self.has_garbage = act is Act.GARBAGE
            case Act.CUFF_NOW:
                return

    def pressures_added_mmhg(self, at_ms: int) -> tuple[int, int]:
        """Systolic and diastolic to add at `at_ms`."""
        drift = 0.0
        if self.drifts_since_ms is not None:
            minutes = max(0, at_ms - self.drifts_since_ms) / MS_PER_MINUTE
            drift = min(minutes * DRIFT_MMHG_A_MINUTE, DRIFT_MOST_MMHG)
        leap = self._is_spiked(at_ms)
        return (
            round(drift + leap * SPIKE_SYSTOLIC_MMHG),
            round(drift * DRIFT_DIASTOLIC_SHARE + leap * SPIKE_DIASTOLIC_MMHG),
        )

    def rate_added_bpm(self, at_ms: int) -> int:
        """Beats a minute to add at `at_ms`."""
        return self._is_spiked(at_ms) * SPIKE_RATE_BPM

    def _is_spiked(self, at_ms: int) -> bool:
        return self.spiked_at_ms is not None and 0 <= at_ms - self.spiked_at_ms < SPIKE_LASTS_MS
