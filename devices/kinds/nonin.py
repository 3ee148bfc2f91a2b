"""Nonin oximeters on their serial output, one kind a data format and one that listens for all four."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from devices.profile import Capability, Profile
from devices.protocols import nonin
from devices.protocols.messages import Decoder
from devices.protocols.nonin_listening import ListeningDecoder
from devices.transport.serial_port import LineSettings


def _oximeter(
    *, name: str, what: str, quiet_time_s: float, menu: str, new_decoder: Callable[[], Decoder]
) -> Profile:
    return Profile(
        name=name,
        title=f"Nonin oximeter, {what}",
        line=LineSettings(baud_rate=9600),
        polls=(),
        poll_interval_s=1.0,  # nothing is asked
        reply_timeout_s=1.0,  # as above
        quiet_time_s=quiet_time_s,
        fresh_s=4.0,  # the slowest format speaks every second: three lost and a moment
        same_measurement_s=5.0,  # it has no cuff
        reopen_after_s=30.0,
        back_off_s=(1.0, 2.0, 4.0, 8.0, 15.0),
        capabilities=frozenset({Capability.SPO2, Capability.PULSE_RATE}),
        set_up_note=f"{menu} It needs the maker's serial cable or dongle.",
        new_decoder=new_decoder,
    )


def _of(data_format: nonin.DataFormat, *, quiet_time_s: float) -> Profile:
    kind = _oximeter(
        name=f"nonin-{data_format.name.lower()}",
        what=f"data format {data_format.name[2:]}",
        quiet_time_s=quiet_time_s,
        menu=f"Its serial output must be set to data format {data_format.name[2:]}.",
        new_decoder=partial(nonin.NoninDecoder, data_format),
    )
    return replace(kind, has_sums=data_format.has_sums)


NONIN = replace(
    _oximeter(
        name="nonin",
        what="any data format",
        quiet_time_s=9.0,  # five frames at one a second before it trusts them, three lost and a moment
        menu="Its serial output must be set to data format 1, 2, 7 or 8; Vigil finds out which.",
        new_decoder=ListeningDecoder,
    ),
    has_sums=True,  # in data formats 2 and 7
    proof_frames=1,  # it trusts nothing before several frames agree
)
NONIN_DF1 = _of(nonin.DF1, quiet_time_s=4.0)  # one frame a second: three lost and a moment
NONIN_DF8 = _of(nonin.DF8, quiet_time_s=4.0)  # as above
NONIN_DF2 = _of(nonin.DF2, quiet_time_s=3.0)  # three packets a second
NONIN_DF7 = _of(nonin.DF7, quiet_time_s=3.0)  # as above
