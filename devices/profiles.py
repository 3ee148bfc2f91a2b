"""What each kind of monitor needs: line settings, questions, patience, a decoder. A table, no behaviour."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

from devices.protocols import dinamap
from devices.protocols.messages import Decoder
from devices.transport.serial_port import LineSettings
from monitor.errors import UsersError


class Capability(Enum):
    """What a kind of monitor can tell."""

    CUFF = "cuff"
    PULSE_RATE = "pulse_rate"
    SPO2 = "spo2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One kind of monitor. All times in seconds.

    Attributes:
        name: as in settings and records.
        title: as a nurse would call it.
        line: serial settings.
        polls: the questions, asked in turn.
        poll_interval_s: between two questions.
        reply_timeout_s: after which a question counts as unanswered.
        quiet_time_s: without any good frame, the link is silent.
        fresh_s: a live value older than this is withdrawn, and joins no cuff reading.
        same_measurement_s: two reports of equal pressures this close in time are one determination.
        reopen_after_s: a silent wire is reopened this often: a half-open connection never fails by itself.
        back_off_s: waits before each attempt to open again; the last one repeats.
        capabilities: what to expect from it.
        set_up_note: what must be set on the monitor and which cable.
        new_decoder: makes a decoder for one link.
    """

    name: str
    title: str
    line: LineSettings
    polls: tuple[bytes, ...]
    poll_interval_s: float
    reply_timeout_s: float
    quiet_time_s: float
    fresh_s: float
    same_measurement_s: float
    reopen_after_s: float
    back_off_s: tuple[float, ...]
    capabilities: frozenset[Capability]
    set_up_note: str
    new_decoder: Callable[[], Decoder]


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
    same_measurement_s=5.0,
    reopen_after_s=30.0,
    back_off_s=(1.0, 2.0, 4.0, 8.0, 15.0),
    capabilities=frozenset({Capability.CUFF, Capability.PULSE_RATE, Capability.SPO2}),
    set_up_note="It needs host communication at 9600 baud, 8 bits, no parity, and a null-modem cable.",
    new_decoder=dinamap.DinamapDecoder,
)

PROFILES = MappingProxyType({DINAMAP.name: DINAMAP})


def profile_named(name: str) -> Profile:
    """Return the profile of a protocol.

    Raises:
        UsersError: no such protocol; the text lists the known ones.
    """
    if name not in PROFILES:
        known = ", ".join(sorted(PROFILES))
        raise UsersError(f'"{name}" is not a protocol Vigil knows. Known: {known}.')
    return PROFILES[name]
