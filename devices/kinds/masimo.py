"""Masimo Rad-5, Rad-8 and Radical-7 on their serial output, ASCII 1."""

from devices.profile import Capability, Profile
from devices.protocols import masimo
from devices.transport.serial_port import LineSettings

MASIMO = Profile(
    name="masimo",
    title="Masimo Rad-5, Rad-8, Radical-7 (ASCII 1)",
    line=LineSettings(baud_rate=9600),
    polls=(),
    poll_interval_s=1.0,  # nothing is asked
    reply_timeout_s=1.0,  # as above
    quiet_time_s=4.0,  # a line comes every second: three lost and a moment
    fresh_s=4.0,  # as long as the link counts as talking
    same_measurement_s=5.0,  # it has no cuff
    reopen_after_s=30.0,
    back_off_s=(1.0, 2.0, 4.0, 8.0, 15.0),
    proof_frames=2,
    capabilities=frozenset({Capability.SPO2, Capability.PULSE_RATE}),
    set_up_note=(
        "In its menu, level 3, set the serial output to ASCII 1 (it comes set to ASCII 2)."
        " It needs a null-modem cable."
    ),
    new_decoder=masimo.MasimoDecoder,
)
