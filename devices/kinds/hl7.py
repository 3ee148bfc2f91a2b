"""Monitors that send HL7 v2 results over a network by themselves, and wait for an acknowledgement."""

from dataclasses import replace

from devices.profile import Capability, Profile
from devices.protocols.hl7 import Hl7Decoder
from devices.protocols.hl7_scrubbing import Hl7Scrubber
from devices.protocols.hl7_writing import AcknowledgementCode, acknowledgement
from devices.protocols.messages import ReplyDue
from devices.transport.serial_port import LineSettings
from monitor.clock import Instant


def _commit_accept(due: ReplyDue, at: Instant) -> bytes:
    return acknowledgement(due, at, code=AcknowledgementCode.COMMIT_ACCEPT)


HL7 = Profile(
    name="hl7",
    title="Monitors that send HL7 (Mindray VS-900 and others)",
    line=LineSettings(baud_rate=115200),  # only behind a serial server; a network has no such settings
    polls=(),
    poll_interval_s=5.0,  # never used: it is asked nothing
    reply_timeout_s=5.0,
    quiet_time_s=35.0,  # three messages at the 10 s that the note asks for, and a moment
    fresh_s=25.0,  # two of them, and a moment
    may_hang_up=True,  # some do after each message
    buffered_after_s=10.0,  # its times are whole seconds, and a network may need some to repeat a packet
    same_measurement_s=5.0,
    reopen_after_s=60.0,  # long enough for a monitor that calls once a minute to call again
    back_off_s=(1.0, 2.0, 4.0, 8.0, 15.0),
    capabilities=frozenset(Capability),
    set_up_note=(
        "In the monitor's network menu switch on HL7 results (vital signs, unsolicited), every 10 seconds or"
        " more often. Either give it this computer's address and port and write tcp-listen:PORT here, or let"
        " it listen and write tcp:ITS-ADDRESS:PORT. Set its clock. It needs a network cable."
    ),
    new_decoder=Hl7Decoder,
    new_scrubber=Hl7Scrubber,
    reply=acknowledgement,
)

HL7_COMMIT = replace(
    HL7,
    name="hl7-ca",
    title="Monitors that send HL7 and insist on commit acknowledgements",
    reply=_commit_accept,
)
