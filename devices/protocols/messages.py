"""What a monitor said, in words no maker owns. Decoders make these; `translate` gives them a time.

A value is None when the monitor sent it as absent. Values stay as sent: whether one is plausible or too
high is for the clinical core.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import Enum
from typing import Protocol

from monitor.feed import CuffTrouble
from monitor.vitals import Quality, Quantity

PERCENT_MAX = 100  # of the unit, not of a patient


@dataclass(frozen=True, slots=True, kw_only=True)
class CuffResult:
    """A finished cuff determination, perhaps repeated by the monitor until the next one.

    Attributes:
        systolic_mmhg: None when the monitor has no recent one.
        diastolic_mmhg: as above.
        map_mmhg: mean pressure as the monitor measured it.
        pulse_rate_bpm: as the cuff counted it, None when it does not say.
        age_s: whole seconds since the determination ended, None when there is no recent one or the monitor
            does not tell.
        observed_at: when it was taken by the monitor's own clock, which may be wrong and may name no zone;
            results of the same time are the same determination.
        sent_at: when the frame left, by the same clock.
        is_old: without `age_s`, the monitor says that it is no longer recent.
        quality: INVALID without a recent result; QUESTIONABLE when the numbers contradict each other.
        raw: the frame.
    """

    systolic_mmhg: int | None
    diastolic_mmhg: int | None
    map_mmhg: int | None
    pulse_rate_bpm: int | None = None
    age_s: int | None
    observed_at: datetime | None = None
    sent_at: datetime | None = None
    is_old: bool = False
    quality: Quality
    raw: bytes


def are_in_order(systolic_mmhg: int | None, diastolic_mmhg: int | None, map_mmhg: int | None) -> bool:
    """Whether both pressures are there, top above bottom, and a mean, if there is one, from one to the other.

    A cuff result that is not in order is at best QUESTIONABLE: a mean alone never stands for the other two.
    """
    if systolic_mmhg is None or diastolic_mmhg is None:
        return False
    return diastolic_mmhg < systolic_mmhg and (
        map_mmhg is None or diastolic_mmhg <= map_mmhg <= systolic_mmhg
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CuffInProgress:
    """The cuff is inflating.

    Attributes:
        shown: the pressures that stood in the frame, nearly always those of the determination before.
        raw: the frame.
    """

    shown: CuffResult | None = None
    raw: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class CuffFailed:
    """The last determination ended without pressures; numbers in the frame are old ones and are dropped."""

    trouble: CuffTrouble
    reason: str
    raw: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveNumber:
    """A continuous value: ECG rate, pulse rate, SpO2 or respiratory rate.

    Attributes:
        quantity: which of them; a rate is ECG only when the monitor says so.
        value: beats or breaths a minute, or percent; None when the monitor has none.
        age_s: whole seconds between its measurement and the frame; 0 for what is sent at once, None where a
            monitor that tells it did not.
        observed_at: when it was taken by the monitor's own clock, None when the frame does not say.
        sent_at: when the frame left, by the same clock.
        quality: INVALID without a value.
        raw: the frame.
    """

    quantity: Quantity
    value: int | None
    age_s: int | None = 0
    observed_at: datetime | None = None
    sent_at: datetime | None = None
    quality: Quality
    raw: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Temperature:
    """A finished temperature determination in degrees Celsius to a tenth, None without one."""

    celsius: Decimal | None
    age_s: int | None
    observed_at: datetime | None = None
    quality: Quality
    raw: bytes


class Command(Enum):
    """What a host asks of a monitor."""

    READ_CUFF = "read_cuff"
    START_CUFF = "start_cuff"
    CANCEL_CUFF = "cancel_cuff"
    READ_RATE = "read_rate"
    READ_SPO2 = "read_spo2"
    READ_TEMPERATURE = "read_temperature"
    SUBSCRIBE = "subscribe"
    UNSUBSCRIBE = "unsubscribe"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A host's question, as the simulated monitor hears it or a wire tap records it."""

    command: Command
    letters: str
    raw: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyDue:
    """The monitor waits for an acknowledgement; the profile's `reply` writes it.

    Attributes:
        control_id: the message to acknowledge, as its sender named it.
        sender: the sending application, to whom the reply is addressed.
        trigger: the event that the message tells, such as R01; empty when the protocol has none.
        version: of the standard, as the sender wrote it.
        raw: the frame.
    """

    control_id: str
    sender: str
    trigger: str = ""
    version: str
    raw: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Ignored:
    """A sound frame, or a part of one, without a value to chart; `reason` is for a technician."""

    reason: str
    raw: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameRejected:
    """Bytes that gave no message, kept for the log; never a value. `reason` is for a technician.

    `is_bad_sum` is whether they are built like a frame, and only their sum is wrong.
    """

    reason: str
    raw: bytes
    is_bad_sum: bool = False


Message = (
    CuffResult
    | CuffInProgress
    | CuffFailed
    | LiveNumber
    | Temperature
    | Request
    | ReplyDue
    | Ignored
    | FrameRejected
)


class Decoder(Protocol):
    """Turns a stream of bytes, cut anywhere, into messages. Total: no bytes make it raise."""

    @property
    def pending_bytes(self) -> int:
        """Bytes of an incomplete frame held back; bounded, whatever arrives."""
        ...

    def feed(self, data: bytes) -> list[Message]:
        """Take the next bytes and return every message they complete."""
        ...

    def finish(self) -> list[Message]:
        """Return what an ended stream left incomplete, as rejected."""
        ...

    def reset(self) -> None:
        """Forget an incomplete frame, as after a reconnect."""
        ...
