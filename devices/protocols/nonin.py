"""Nonin oximeters, data formats 1, 8, 2 and 7: decoders and encoders, side by side.

DF1 and DF8 send a frame of 3 or 4 bytes a second. Bit 7 marks its first byte, and no sum protects it. DF2 and
DF7 send 75 frames of 5 bytes a second, each with a sum; 25 make a packet, and each frame carries one byte of
its numbers. A packet counts only when all its frames are right. Facts: layouts on which four open sources
agree; the fourth byte of DF8 stands in one of them. `nonin_listening` tells the formats apart.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntFlag
from functools import partial

from devices.protocols.framing import Found, FrameScanner
from devices.protocols.messages import PERCENT_MAX, FrameRejected, LiveNumber, Message
from monitor.vitals import Quality, Quantity

NO_RATE = 511
NO_SPO2 = 127
FRAMES_A_PACKET = 25
PACKET_FRAME_BYTES = 5
PACKET_BYTES = FRAMES_A_PACKET * PACKET_FRAME_BYTES
_MARK = 0x80
_SYNC = 0x01
SPO2_AT = 2  # in DF1 and DF8


class SensorFlag(IntFlag):
    """The status byte of DF1 and DF8 beside its mark and the rate's upper bits."""

    DISCONNECTED = 0x40
    OUT_OF_TRACK = 0x20
    LOW_PERFUSION = 0x10
    MARGINAL_PERFUSION = 0x08
    ARTIFACT = 0x04


class DeviceFlag(IntFlag):
    """The fourth byte of DF8."""

    SENSOR_FAULT = 0x08
    SPOT_CHECK = 0x04
    BATTERY_CRITICAL = 0x02
    BATTERY_LOW = 0x01


class PacketFlag(IntFlag):
    """The status byte of DF2 and DF7. Both perfusion bits together are yellow, the red one alone is low."""

    DISCONNECTED = 0x40
    ARTIFACT = 0x20
    OUT_OF_TRACK = 0x10
    SENSOR_ALARM = 0x08
    RED_PERFUSION = 0x04
    GREEN_PERFUSION = 0x02


# Whole numbers, because an enum's arithmetic is slow and these are asked for every frame.
_SENSOR_OFF = int(SensorFlag.DISCONNECTED | SensorFlag.OUT_OF_TRACK)
_SENSOR_WEAK = int(SensorFlag.LOW_PERFUSION | SensorFlag.MARGINAL_PERFUSION | SensorFlag.ARTIFACT)
_DEVICE_OFF = int(DeviceFlag.SENSOR_FAULT)
_DEVICE_HOLDS = int(DeviceFlag.SPOT_CHECK)  # a number that stands still is no live one
_PACKET_OFF = int(PacketFlag.DISCONNECTED | PacketFlag.OUT_OF_TRACK | PacketFlag.SENSOR_ALARM)
_PACKET_WEAK = int(PacketFlag.ARTIFACT | PacketFlag.RED_PERFUSION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sensed:
    """What one frame or packet tells; None where there is no data, or the oximeter measures nothing."""

    rate_bpm: int | None
    spo2_percent: int | None
    is_doubtful: bool

    def messages(self, raw: bytes) -> list[Message]:
        """Give both numbers, which share `raw`."""
        quality = Quality.QUESTIONABLE if self.is_doubtful else Quality.GOOD
        is_over = self.spo2_percent is not None and self.spo2_percent > PERCENT_MAX
        return [
            _number(Quantity.SPO2, self.spo2_percent, Quality.QUESTIONABLE if is_over else quality, raw),
            _number(Quantity.PULSE_RATE, self.rate_bpm, quality, raw),
        ]


def _number(quantity: Quantity, value: int | None, quality: Quality, raw: bytes) -> LiveNumber:
    if value is None:
        quality = Quality.INVALID
    return LiveNumber(quantity=quantity, value=value, quality=quality, raw=raw)


def rate_of(upper: int, lower: int) -> int:
    """Join the nine bits of a rate: two in one byte, seven in the next."""
    return ((upper & 0x03) << 7) | (lower & 0x7F)


def _sensed(*, rate_bpm: int, spo2_percent: int, is_measured: bool, is_doubtful: bool) -> Sensed:
    has_rate = is_measured and rate_bpm not in (0, NO_RATE)
    has_spo2 = is_measured and spo2_percent not in (0, NO_SPO2)
    return Sensed(
        rate_bpm=rate_bpm if has_rate else None,
        spo2_percent=spo2_percent if has_spo2 else None,
        is_doubtful=is_doubtful,
    )


def _read_short(raw: bytes) -> Sensed:
    status = raw[0]
    device = raw[3] if len(raw) > SPO2_AT + 1 else 0
    return _sensed(
        rate_bpm=rate_of(status, raw[1]),
        spo2_percent=raw[SPO2_AT],
        is_measured=not (status & _SENSOR_OFF or device & _DEVICE_OFF),
        is_doubtful=bool(status & _SENSOR_WEAK or device & _DEVICE_HOLDS),
    )


def _has_right_sums(packet: bytes) -> bool:
    return all(
        sum(packet[start : start + PACKET_FRAME_BYTES - 1]) & 0xFF == packet[start + PACKET_FRAME_BYTES - 1]
        for start in range(0, PACKET_BYTES, PACKET_FRAME_BYTES)
    )


def _packet_pattern(*, before: bytes, after: bytes) -> re.Pattern[bytes]:
    """Match 25 frames of a status among other bytes, with SYNC in the first and in no other."""
    marked = range(_MARK, 0x100)
    first = b"".join(re.escape(bytes([status])) for status in marked if status & _SYNC)
    later = b"".join(re.escape(bytes([status])) for status in marked if not status & _SYNC)
    frames = (before, b"[", first, b"]", after, b"(?:", before, b"[", later, b"]", after)
    return re.compile(b"".join(frames) + b"){%d}" % (FRAMES_A_PACKET - 1), re.DOTALL)


def _read_packet(raw: bytes, *, status_at: int) -> Sensed:
    """Read the numbers meant for a display, and trust them as far as the worst of the 25 frames."""
    data = raw[PACKET_FRAME_BYTES - 2 :: PACKET_FRAME_BYTES]  # of frame 1, 2, ..., each before its sum
    seen = 0
    for status in raw[status_at::PACKET_FRAME_BYTES]:
        seen |= status
    return _sensed(
        rate_bpm=rate_of(data[19], data[20]),  # frames 20 and 21
        spo2_percent=data[8] & 0x7F,  # frame 9
        is_measured=not seen & _PACKET_OFF,
        is_doubtful=bool(seen & _PACKET_WEAK),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DataFormat:
    """One of the formats: how long its frame is, how one is built, and what it tells.

    `has_sums` is whether a frame proves itself.
    """

    name: str
    frame_bytes: int
    pattern: re.Pattern[bytes]
    has_sums: bool = False
    read: Callable[[bytes], Sensed]

    def scanner(self) -> FrameScanner:
        """Make what finds its frames in a stream."""
        is_right = _has_right_sums if self.has_sums else None
        return FrameScanner(frame_bytes=self.frame_bytes, pattern=self.pattern, is_right=is_right)


_SHORT = rb"[\x80-\xff][\x00-\x7f][\x00-\x64\x7f]"  # a mark, and an SpO2 of 0 to 100 or none
DF1 = DataFormat(name="DF1", frame_bytes=3, pattern=re.compile(_SHORT), read=_read_short)
DF8 = DataFormat(name="DF8", frame_bytes=4, pattern=re.compile(_SHORT + rb"[\x00-\x7f]"), read=_read_short)
DF2 = DataFormat(
    name="DF2",
    frame_bytes=PACKET_BYTES,
    pattern=_packet_pattern(before=b"\x01", after=b"..."),
    has_sums=True,
    read=partial(_read_packet, status_at=1),
)
DF7 = DataFormat(
    name="DF7",
    frame_bytes=PACKET_BYTES,
    pattern=_packet_pattern(before=b"", after=b"...."),
    has_sums=True,
    read=partial(_read_packet, status_at=0),
)
FORMATS = (DF1, DF8, DF2, DF7)


class NoninDecoder:
    """Decodes one format. Holds little more than a frame; never raises on bytes."""

    def __init__(self, data_format: DataFormat) -> None:
        self._format = data_format
        self._scanner = data_format.scanner()

    @property
    def pending_bytes(self) -> int:
        """Bytes of an incomplete frame held back, and of noise before it."""
        return self._scanner.pending_bytes

    def feed(self, data: bytes) -> list[Message]:
        """Take the next bytes and return every message they complete."""
        return [message for found in self._scanner.feed(data) for message in self._told(found)]

    def finish(self) -> list[Message]:
        """Return what an ended stream left incomplete, as rejected."""
        rest = self._scanner.drain()
        return (
            [FrameRejected(reason=f"the stream ended inside {self._format.name}", raw=rest)] if rest else []
        )

    def reset(self) -> None:
        """Forget an incomplete frame."""
        self._scanner.drain()

    def _told(self, found: Found) -> list[Message]:
        if found.is_frame:
            return self._format.read(found.raw).messages(found.raw)
        if found.is_bad_sum:
            return [FrameRejected(reason="a sum is wrong", raw=found.raw, is_bad_sum=True)]
        return [FrameRejected(reason=f"no whole {self._format.name} begins here", raw=found.raw)]


def _two_bytes(rate_bpm: int | None) -> tuple[int, int]:
    rate = NO_RATE if rate_bpm is None else rate_bpm
    return rate >> 7, rate & 0x7F


def df1_frame(*, rate_bpm: int | None, spo2_percent: int | None, flags: int = 0) -> bytes:
    """Encode a frame of DF1: rate 0-510, SpO2 0-100, None for no data; `flags` of `SensorFlag`."""
    upper, lower = _two_bytes(rate_bpm)
    return bytes([_MARK | flags | upper, lower, NO_SPO2 if spo2_percent is None else spo2_percent])


def df8_frame(
    *,
    rate_bpm: int | None,
    spo2_percent: int | None,
    flags: int = 0,
    device_flags: int = 0,
) -> bytes:
    """Encode a frame of DF8, as DF1 and the device's own `DeviceFlag`s."""
    return df1_frame(rate_bpm=rate_bpm, spo2_percent=spo2_percent, flags=flags) + bytes([device_flags])


def df2_packet(
    *,
    rate_bpm: int | None,
    spo2_percent: int | None,
    flags: int = PacketFlag.GREEN_PERFUSION,
    pleth: int = 0x80,
) -> bytes:
    """Encode a packet of DF2, a third of a second, with `flags` in every frame."""
    return _packet(
        rate_bpm=rate_bpm, spo2_percent=spo2_percent, flags=flags, lead=b"\x01", pleth=bytes([pleth])
    )


def df7_packet(
    *,
    rate_bpm: int | None,
    spo2_percent: int | None,
    flags: int = PacketFlag.GREEN_PERFUSION,
    pleth: int = 0x8000,
) -> bytes:
    """Encode a packet of DF7, as DF2 with a finer pleth and no lead byte."""
    return _packet(
        rate_bpm=rate_bpm, spo2_percent=spo2_percent, flags=flags, lead=b"", pleth=pleth.to_bytes(2, "big")
    )


def _packet(
    *, rate_bpm: int | None, spo2_percent: int | None, flags: int, lead: bytes, pleth: bytes
) -> bytes:
    upper, lower = _two_bytes(rate_bpm)
    spo2 = NO_SPO2 if spo2_percent is None else spo2_percent
    data = dict.fromkeys((1, 14, 20, 22), upper) | dict.fromkeys((2, 15, 21, 23), lower)
    data |= dict.fromkeys((3, 9, 10, 11, 16, 17), spo2)
    packet, marked = b"", _MARK | int(flags)
    for number in range(1, FRAMES_A_PACKET + 1):
        status = marked | _SYNC if number == 1 else marked
        frame = lead + bytes([status]) + pleth + bytes([data.get(number, 0)])
        packet += frame + bytes([sum(frame) & 0xFF])
    return packet
