"""What a monitor's link tells the clinical core, as frozen values that may cross threads.

Devices make these; the session decides what is charted. Wire formats stay in `devices.protocols`.
"""

from dataclasses import dataclass
from enum import Enum

from monitor.clock import Instant
from monitor.vitals import Quality, Quantity, Vitals


class LinkState(Enum):
    """A monitor link's life.

    CONNECTING: the wire is being opened. NEGOTIATING: it is open, the monitor has not spoken yet. SILENT: it
    is open, but nothing came within the profile's quiet time. LOST: no wire.
    """

    CONNECTING = "connecting"
    NEGOTIATING = "negotiating"
    CONNECTED = "connected"
    SILENT = "silent"
    LOST = "lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Which monitor a value came from.

    Attributes:
        protocol: the profile's name, such as "dinamap".
        port: as the clinic named it, such as "serial:/dev/ttyUSB0" or "tcp:127.0.0.1:4001".
        is_simulated: simulated, pseudo-terminal, loopback or replayed: never a real patient's.
    """

    protocol: str
    port: str
    is_simulated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkChanged:
    """The link entered `state` at `at`; `reason` is a sentence for the nurse."""

    source: Source
    state: LinkState
    reason: str
    at: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class CuffReading:
    """One finished cuff determination as the monitor reports it, perhaps for the hundredth time.

    Attributes:
        source: the monitor.
        vitals: pressures, with the rate and SpO2 that stood on the monitor at that moment, if fresh.
        quality: DEMO and INVALID never chart; QUESTIONABLE is kept and shown, never flagged.
        measured_at_ms: device time, or arrival less the reported age; UTC milliseconds.
        begun_at_ms: when the cuff was first seen busy, None when that was not seen.
        is_young: whether the live values of this moment stood when it was taken.
        received_at: arrival of the frame.
        raw: the frame's bytes.
    """

    source: Source
    vitals: Vitals
    quality: Quality
    measured_at_ms: int
    begun_at_ms: int | None
    is_young: bool = False
    received_at: Instant
    raw: bytes


class CuffTrouble(Enum):
    """Why a determination gave no pressures."""

    FAILED = "failed"
    TIMED_OUT = "timed_out"


@dataclass(frozen=True, slots=True, kw_only=True)
class CuffBusy:
    """The cuff is inflating since `since_ms`."""

    source: Source
    since_ms: int
    received_at: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class CuffGaveNothing:
    """A determination ended without pressures; any numbers in that frame are old ones."""

    source: Source
    trouble: CuffTrouble
    reason: str
    received_at: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveValue:
    """A continuous value to show with its age, or its withdrawal when `value` is None. Not charted.

    Attributes:
        source: the monitor.
        quantity: a rate, SpO2 or respiratory rate.
        value: None when it is withdrawn.
        quality: only GOOD ones are watched and join a set; DEMO ones are never shown.
        measured_at_ms: arrival less the age that the monitor tells, UTC milliseconds: it ages from here.
        received_at: arrival of the frame.
    """

    source: Source
    quantity: Quantity
    value: int | None
    quality: Quality
    measured_at_ms: int
    received_at: Instant


FeedEvent = LinkChanged | CuffReading | CuffBusy | CuffGaveNothing | LiveValue
