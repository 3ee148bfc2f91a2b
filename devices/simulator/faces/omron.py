"""An Omron HBP-9030: a line when a determination ends, and never again."""

from devices.protocols import omron
from devices.simulator.bedside import Bedside, Determination
from devices.simulator.faces.base import ReportingFace

ERROR = 2  # any of 1 to 9: which one means what is not public


def omron_face(bedside: Bedside) -> ReportingFace:
    """A line a determination, failed ones too."""
    return ReportingFace(bedside, compose=_line)


def _line(bedside: Bedside, ended: Determination) -> bytes:
    at = bedside.device_time_at(ended.ended_at_ms)
    pressures, pulse = ended.pressures, ended.pulse_bpm
    if (
        pressures is None
        or pulse is None
        or pulse not in omron.PULSE_BPM
        or pressures.systolic_mmhg not in omron.SYSTOLIC_MMHG
        or pressures.diastolic_mmhg not in omron.DIASTOLIC_MMHG
    ):
        return omron.error_line(at=at, error=ERROR)  # it measures nothing outside its own ranges
    both = (pressures.systolic_mmhg, pressures.diastolic_mmhg)
    return omron.result_line(at=at, pressures_mmhg=both, pulse_bpm=pulse)
