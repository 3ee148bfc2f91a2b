"""An Omron HBP-9030: a line when a determination ends, and never again."""

from devices.protocols import omron
from devices.simulator.bedside import Bedside, Determination
from devices.simulator.scenario import FaultKind

ERROR = 2  # any of 1 to 9: which one means what is not public


class OmronFace:
    """Speaks once a determination, failed ones too."""

    def __init__(self, bedside: Bedside) -> None:
        self._bedside = bedside
        self._told = len(bedside.ended)

    @property
    def next_due_ms(self) -> int | None:
        """When the cuff next does something by itself; at once when a line waits."""
        if len(self._bedside.ended) > self._told:
            return self._bedside.now_ms
        return self._bedside.next_event_ms

    def hear(self, data: bytes) -> list[bytes]:  # noqa: ARG002 - it has no commands
        """Say nothing."""
        return []

    def due(self) -> list[bytes]:
        """Return a line for each determination that ended since the last call."""
        fresh, self._told = self._bedside.ended[self._told :], len(self._bedside.ended)
        return [self._line(each) for each in fresh]

    def _line(self, ended: Determination) -> bytes:
        if self._bedside.has_fault(FaultKind.OLD_CUFF) and self._bedside.result is not None:
            ended = self._bedside.result
        at = self._bedside.device_time_at(ended.ended_at_ms)
        if ended.pressures is None or ended.pulse_bpm is None:
            return omron.error_line(at=at, error=ERROR)
        pressures = (ended.pressures.systolic_mmhg, ended.pressures.diastolic_mmhg)
        return omron.result_line(at=at, pressures_mmhg=pressures, pulse_bpm=ended.pulse_bpm)
