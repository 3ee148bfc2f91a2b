"""Oximeters that send by themselves: Masimo, and Nonin in each of its four formats."""

from collections.abc import Callable
from fractions import Fraction

from devices.protocols import masimo, nonin
from devices.simulator.bedside import Bedside
from devices.simulator.faces.base import SendingFace

_A_SECOND = Fraction(1)
_PACKETS_A_SECOND = Fraction(75, nonin.FRAMES_A_PACKET)


def masimo_face(bedside: Bedside) -> SendingFace:
    """A line a second."""
    return SendingFace(bedside, compose=_masimo_line, frames_a_second=_A_SECOND)


def nonin_df1_face(bedside: Bedside) -> SendingFace:
    """Three bytes a second."""
    return SendingFace(bedside, compose=_df1, frames_a_second=_A_SECOND)


def nonin_df8_face(bedside: Bedside) -> SendingFace:
    """Four bytes a second."""
    return SendingFace(bedside, compose=_df8, frames_a_second=_A_SECOND)


def nonin_df2_face(bedside: Bedside) -> SendingFace:
    """75 frames a second, a packet of 25 at a time."""
    return _packets(bedside, _df2)


def nonin_df7_face(bedside: Bedside) -> SendingFace:
    """As DF2."""
    return _packets(bedside, _df7)


def _packets(bedside: Bedside, compose: Callable[[Bedside, int], bytes]) -> SendingFace:
    return SendingFace(bedside, compose=compose, frames_a_second=_PACKETS_A_SECOND)


def _masimo_line(bedside: Bedside, number: int) -> bytes:  # noqa: ARG001 - lines are not counted
    conditions = masimo.Condition.SET_RUNNING
    if bedside.spo2_percent is None:
        conditions |= masimo.Condition.SENSOR_OFF
    shown = masimo.Shown(
        spo2_percent=bedside.spo2_percent, pulse_rate_bpm=bedside.pulse_bpm, conditions=conditions
    )
    return masimo.line(shown, at=bedside.device_time)


def _df1(bedside: Bedside, number: int) -> bytes:  # noqa: ARG001 - frames are not counted
    return nonin.df1_frame(
        rate_bpm=bedside.pulse_bpm, spo2_percent=bedside.spo2_percent, flags=_short_flags(bedside)
    )


def _df8(bedside: Bedside, number: int) -> bytes:  # noqa: ARG001 - as above
    return nonin.df8_frame(
        rate_bpm=bedside.pulse_bpm, spo2_percent=bedside.spo2_percent, flags=_short_flags(bedside)
    )


def _df2(bedside: Bedside, number: int) -> bytes:  # noqa: ARG001 - as above
    return nonin.df2_packet(
        rate_bpm=bedside.pulse_bpm, spo2_percent=bedside.spo2_percent, flags=_packet_flags(bedside)
    )


def _df7(bedside: Bedside, number: int) -> bytes:  # noqa: ARG001 - as above
    return nonin.df7_packet(
        rate_bpm=bedside.pulse_bpm, spo2_percent=bedside.spo2_percent, flags=_packet_flags(bedside)
    )


def _short_flags(bedside: Bedside) -> int:
    return nonin.SensorFlag.DISCONNECTED if bedside.spo2_percent is None else 0


def _packet_flags(bedside: Bedside) -> int:
    is_off = bedside.spo2_percent is None
    return nonin.PacketFlag.DISCONNECTED if is_off else nonin.PacketFlag.GREEN_PERFUSION
