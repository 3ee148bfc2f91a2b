"""Omron HBP-9030 and HBP-9031C on their USB socket, output format 5."""

from devices.profile import Capability, Profile
from devices.protocols import omron
from devices.transport.serial_port import LineSettings

OMRON = Profile(
    name="omron",
    title="Omron HBP-9030, HBP-9031C",
    line=LineSettings(baud_rate=9600),  # a USB serial port takes any
    polls=(),
    poll_interval_s=1.0,  # nothing is asked
    reply_timeout_s=1.0,  # as above
    quiet_time_s=None,  # it speaks only when it has measured
    fresh_s=60.0,  # it has no live values; a reading is told the moment it ends
    sends_cuff_once=True,
    same_measurement_s=5.0,  # never asked: each line names its own minute
    reopen_after_s=30.0,  # never asked: it is never silent
    back_off_s=(1.0, 2.0, 4.0, 8.0, 15.0),
    capabilities=frozenset({Capability.CUFF, Capability.PULSE_RATE}),
    set_up_note="Set its function item 32 to 5, and connect its USB socket with a USB cable.",
    new_decoder=omron.OmronDecoder,
    new_scrubber=omron.OmronScrubber,
)
