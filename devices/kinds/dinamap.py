"""GE DINAMAP PRO, ProCare and CARESCAPE V100 on their host communications port."""

from devices.profile import Capability, Profile
from devices.protocols import dinamap
from devices.transport.serial_port import LineSettings

DINAMAP = Profile(
    name="dinamap",
    title="GE DINAMAP PRO, ProCare, CARESCAPE V100",
    line=LineSettings(baud_rate=9600),
    polls=(
        dinamap.frame(dinamap.READ_CUFF),
        dinamap.frame(dinamap.READ_RATE),
        dinamap.frame(dinamap.READ_SPO2),
    ),
    poll_interval_s=1.0,  # as open clients do
    reply_timeout_s=3.0,  # as one open client does
    quiet_time_s=7.0,  # two questions unanswered, and a moment
    fresh_s=12.0,  # each value is asked every 3 s; three turns lost and a moment
    has_sums=True,
    same_measurement_s=5.0,
    reopen_after_s=30.0,
    back_off_s=(1.0, 2.0, 4.0, 8.0, 15.0),
    proof_frames=2,
    capabilities=frozenset({Capability.CUFF, Capability.PULSE_RATE, Capability.SPO2}),
    set_up_note="It needs host communication at 9600 baud, 8 bits, no parity, and a null-modem cable.",
    new_decoder=dinamap.DinamapDecoder,
)
