"""What each kind of monitor needs: line settings, questions, patience, a decoder. A value, no behaviour."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from devices.capture import NewScrubber
from devices.protocols.messages import Decoder, ReplyDue
from devices.transport.serial_port import LineSettings
from monitor.clock import Instant


class Capability(Enum):
    """What a kind of monitor can tell."""

    CUFF = "cuff"
    HEART_RATE = "heart_rate"
    PULSE_RATE = "pulse_rate"
    SPO2 = "spo2"
    RESPIRATORY_RATE = "respiratory_rate"
    TEMPERATURE = "temperature"


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One kind of monitor. All times in seconds.

    Attributes:
        name: as in settings and records.
        title: as a nurse would call it.
        line: serial settings, as the monitor leaves its maker.
        other_lines: settings that it may have been given since, for a search.
        set_up: what starts the monitor talking, sent when the wire opens and again until it answers.
        polls: the questions, asked in turn; none for a monitor that sends by itself.
        poll_interval_s: between two questions, and between two attempts to set up.
        reply_timeout_s: after which a question counts as unanswered.
        quiet_time_s: without any good frame, the link is silent; None for a monitor that speaks only when it
            has measured.
        fresh_s: a live value older than this is withdrawn, and joins no cuff reading.
        has_sums: a frame of it proves itself by a sum; wrong ones are counted.
        sends_cuff_once: it tells each determination when it ends, and never again.
        may_hang_up: it may end its connection after a message and begin another for the next. Only for one
            that needs no set-up and no questions.
        buffered_after_s: a frame that took this much longer on its way than the fastest one waited in a
            buffer; None when its frames name no time.
        same_measurement_s: two reports of equal pressures this close in time are one determination.
        reopen_after_s: a silent wire is reopened this often: a half-open connection never fails by itself.
        back_off_s: waits before each attempt to open again; the last one repeats. After a wire that
            stood as long, they begin anew.
        proof_frames: so many good frames prove that this kind speaks; None for one that is never searched
            for, because its bytes could be another's or it may be quiet for hours.
        capabilities: what to expect from it.
        set_up_note: what must be set on the monitor and which cable.
        new_decoder: makes a decoder for one link.
        new_scrubber: makes what takes a person's name out of a recording of its bytes; None for a kind whose
            bytes hold none.
        reply: writes the acknowledgement that a monitor waits for, at this moment; None when none does.
    """

    name: str
    title: str
    line: LineSettings
    other_lines: tuple[LineSettings, ...] = ()
    set_up: tuple[bytes, ...] = ()
    polls: tuple[bytes, ...]
    poll_interval_s: float
    reply_timeout_s: float
    quiet_time_s: float | None
    fresh_s: float
    has_sums: bool = False
    sends_cuff_once: bool = False
    may_hang_up: bool = False
    buffered_after_s: float | None = None
    same_measurement_s: float
    reopen_after_s: float
    back_off_s: tuple[float, ...]
    proof_frames: int | None = None
    capabilities: frozenset[Capability]
    set_up_note: str
    new_decoder: Callable[[], Decoder]
    new_scrubber: NewScrubber | None = None
    reply: Callable[[ReplyDue, Instant], bytes] | None = None
