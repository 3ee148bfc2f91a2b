"""A GE/Datex-Ohmeda monitor: once asked for what it displays, it sends it every few seconds."""

from fractions import Fraction

from devices.protocols import ge_dri
from devices.protocols.ge_dri_values import CuffLabel, Displayed, RateSource
from devices.protocols.messages import Command, Request
from devices.simulator.bedside import Bedside, CuffState
from devices.simulator.faces.base import SendingFace
from monitor.clock import MS_PER_S

_Pressures = tuple[int | None, int | None, int | None]


class GeDriFace:
    """Silent until a host asks for displayed values."""

    def __init__(self, bedside: Bedside) -> None:
        self._bedside = bedside
        self._decoder = ge_dri.DriDecoder()
        self._sending: SendingFace | None = None

    @property
    def next_due_ms(self) -> int | None:
        """When the next record is due."""
        return None if self._sending is None else self._sending.next_due_ms

    def hear(self, data: bytes) -> list[bytes]:
        """Follow the newest request; the first record comes at once."""
        for message in self._decoder.feed(data):
            if isinstance(message, Request):
                interval_s = ge_dri.interval_asked_s(message.raw) or 0
                is_wanted = message.command is Command.SUBSCRIBE and interval_s > 0
                self._sending = self._every(interval_s) if is_wanted else None
        return []

    def due(self) -> list[bytes]:
        """Return the record of this moment, if one is due."""
        return [] if self._sending is None else self._sending.due()

    def _every(self, interval_s: int) -> SendingFace:
        least_s = max(interval_s, ge_dri.LEAST_INTERVAL_S)
        return SendingFace(self._bedside, compose=_record, frames_a_second=Fraction(1, least_s))


def _record(bedside: Bedside, number: int) -> bytes:
    shown = Displayed(
        heart_rate_bpm=bedside.heart_rate_bpm,
        rate_source=RateSource.ECG_1,
        respiratory_rate_bpm=bedside.respiratory_rate_bpm,
        pressures_mmhg=_pressures(bedside),
        cuff_pulse_bpm=None if bedside.result is None else bedside.result.pulse_bpm,
        cuff_label=_label(bedside),
        spo2_percent=bedside.spo2_percent,
        pulse_rate_bpm=bedside.pulse_bpm,
    )
    sent_at_s = int(bedside.device_time.timestamp())
    return ge_dri.displayed_frame(shown, sent_at_s=sent_at_s, number=number)


def _pressures(bedside: Bedside) -> _Pressures:
    """A failed determination leaves none."""
    result = bedside.result
    if bedside.cuff is CuffState.FAILED or result is None or result.pressures is None:
        return (None, None, None)
    found = result.pressures
    return (found.systolic_mmhg, found.diastolic_mmhg, found.mean_mmhg)


def _label(bedside: Bedside) -> int:
    is_busy = bedside.cuff is CuffState.BUSY
    result = bedside.result
    is_old = result is not None and bedside.now_ms - result.ended_at_ms > ge_dri.OLD_AFTER_S * MS_PER_S
    return (CuffLabel.MEASURING if is_busy else 0) | (CuffLabel.OLD if is_old else 0)
