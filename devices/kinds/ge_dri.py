"""GE/Datex-Ohmeda S/5, CARESCAPE B450-B850, B20-B40, B105, B125 on their serial output, S/5 DRI."""

from devices.profile import Capability, Profile
from devices.protocols import ge_dri
from devices.transport.serial_port import LineSettings

_ASK = ge_dri.request(kind=ge_dri.RecordKind.DISPLAYED, interval_s=ge_dri.LEAST_INTERVAL_S)

GE_DRI = Profile(
    name="ge-dri",
    title="GE/Datex-Ohmeda S/5, CARESCAPE B450 to B850, B20 to B40, B105, B125",
    line=LineSettings(baud_rate=19200, parity="E", has_rts_cts=True),
    other_lines=(LineSettings(baud_rate=115_200, parity="E", has_rts_cts=True),),  # B450 to B850, from v3
    set_up=(_ASK,),
    polls=(),
    poll_interval_s=5.0,  # a monitor takes requests no closer than that
    reply_timeout_s=5.0,  # no question is asked beside the set-up
    quiet_time_s=12.0,  # a record every 5 s: one lost and a moment
    fresh_s=12.0,  # as long as the link counts as talking
    buffered_after_s=5.0,  # records name their second; a whole record late is no jitter
    has_sums=True,
    same_measurement_s=5.0,  # its cuff readings have no age
    reopen_after_s=30.0,
    back_off_s=(1.0, 2.0, 4.0, 8.0, 15.0),
    proof_frames=1,
    capabilities=frozenset(Capability),
    set_up_note=(
        "It needs its computer interface (S/5 DRI) on, 19200 baud, 8 bits, even parity, and a cable with RTS"
        " and CTS wired; a B450, B650 or B850 also a USB serial adapter in its own USB socket."
    ),
    new_decoder=ge_dri.DriDecoder,
)
