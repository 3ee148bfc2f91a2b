"""A DINAMAP: answers each question, and never speaks first."""

from devices.protocols import dinamap
from devices.protocols.messages import Command, Request
from devices.simulator.bedside import Bedside, CuffState
from monitor.clock import MS_PER_S

SOURCE_OXIMETER = 2
_STATUS = {CuffState.BUSY: 0, CuffState.IDLE: 1, CuffState.FAILED: 3}


class DinamapFace:
    """Asked, it answers."""

    def __init__(self, bedside: Bedside) -> None:
        self._bedside = bedside
        self._decoder = dinamap.DinamapDecoder()

    @property
    def next_due_ms(self) -> int | None:
        """Never: it is asked."""
        return None

    def hear(self, data: bytes) -> list[bytes]:
        """Answer each whole question in `data`."""
        return [self._answer(message) for message in self._decoder.feed(data) if isinstance(message, Request)]

    def due(self) -> list[bytes]:
        """Nothing."""
        return []

    def _answer(self, request: Request) -> bytes:
        bedside = self._bedside
        match request.command:
            case Command.READ_CUFF:
                return self._cuff_answer(request.letters)
            case Command.READ_RATE:
                return dinamap.rate_frame(
                    source=SOURCE_OXIMETER, bpm=bedside.pulse_bpm, letters=request.letters
                )
            case Command.READ_SPO2:
                return dinamap.spo2_frame(percent=bedside.spo2_percent)
            case Command.READ_TEMPERATURE:
                return dinamap.temperature_frame(tenths_f=None)
            case Command.START_CUFF:
                bedside.start_cuff(bedside.now_ms)
            case Command.CANCEL_CUFF:
                bedside.cancel_cuff(bedside.now_ms)
            case _:
                return b""
        return request.raw  # the real acknowledgement is not known; no host reads it

    def _cuff_answer(self, letters: str) -> bytes:
        status = _STATUS[self._bedside.cuff]
        result = self._bedside.result
        age_s = 0 if result is None else (self._bedside.now_ms - result.ended_at_ms) // MS_PER_S
        if result is None or result.pressures is None or age_s > dinamap.OLDEST_CUFF_AGE_S:
            return dinamap.cuff_frame(status=status, age_s=None, pressures_mmhg=(0, 0, 0), letters=letters)
        found = result.pressures  # sent while busy and after a failure too, as the real one does
        pressures = (found.systolic_mmhg, found.diastolic_mmhg, found.mean_mmhg)
        return dinamap.cuff_frame(status=status, age_s=age_s, pressures_mmhg=pressures, letters=letters)
