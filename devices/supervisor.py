"""The life of one link as a pure state machine: bytes and now in; events, bytes to send and a deadline out.

Connecting: the wire is about to be opened. Negotiating: it is open, what starts the monitor talking is sent,
no good frame yet. Connected: frames come. Silent: the wire is open and nothing good came within the quiet
time; a silent monitor raises no error anywhere, so only the clock tells. Lost: the wire cannot be used.
Leaving connected withdraws every live value. It never gives up. Where the kind of monitor may hang up after a
message, the link stays connected meanwhile, as long as the next message comes within the quiet time.
"""

import math
from collections import deque
from dataclasses import dataclass
from enum import Enum

from devices.profile import Profile
from devices.protocols.messages import FrameRejected, Ignored, Message, ReplyDue, Request
from devices.translate import Translator
from monitor.clock import MS_PER_S, ClockSample
from monitor.feed import FeedEvent, LinkChanged, LinkState, Source
from monitor.link_report import LinkReport, RawLine, StateSpan

LINES_KEPT = 40
STATES_KEPT = 200
IDLE_S = 60.0  # a monitor that may be quiet for hours is looked at this often


HEARD_ATTEMPTS = 2  # the third wait is the longest for a link that breaks soon after it was heard


class Order(Enum):
    """What the wire's owner is to do now."""

    NOTHING = "nothing"
    OPEN = "open"
    REOPEN = "reopen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """The outcome of one input: tell `events`, then follow `order`, then send `send`."""

    events: tuple[FeedEvent, ...] = ()
    order: Order = Order.NOTHING
    send: bytes = b""


class Supervisor:
    """Decides for one link. The owner of the wire calls `begin` once, then reports all that happens."""

    def __init__(self, *, profile: Profile, source: Source, now: ClockSample) -> None:
        self._profile = profile
        self._source = source
        self._is_called = source.port.startswith("tcp-listen:")
        self._decoder = profile.new_decoder()
        self._translator = Translator(profile=profile, source=source)
        self._state = LinkState.CONNECTING
        self._reason = ""
        self._history: deque[StateSpan] = deque(maxlen=STATES_KEPT)
        self._is_open = False
        self._attempts = 0
        self._retry_at_s = now.monotonic_s
        self._next_poll_at_s = now.monotonic_s
        self._next_poll = 0
        self._asked_at_s: float | None = None
        self._quiet_at_s = now.monotonic_s
        self._reopen_at_s = now.monotonic_s
        self._frames = self._bad_sums = self._rejected = self._resyncs = self._unanswered = self._drops = 0
        self._hang_ups = 0
        self._slowest_reply_s = 0.0
        self._opened_at_s = now.monotonic_s
        self._has_good_end = False  # the last thing heard on this connection was a good frame
        self._has_hung_up = False  # the monitor, and nothing has come since
        self._was_rejecting = False
        self._lines: deque[RawLine] = deque(maxlen=LINES_KEPT)

    @property
    def deadline_s(self) -> float:
        """Monotonic seconds by which `tick` must be called, whatever else happens."""
        if not self._is_open:
            return self._retry_at_s
        waits_until = self._next_poll_at_s
        if self._asked_at_s is not None:
            waits_until = self._asked_at_s + self._profile.reply_timeout_s
        watch = self._reopen_at_s if self._state is LinkState.SILENT else self._quiet_at_s
        return min(waits_until, watch, self._translator.expires_at_s)

    def report(self) -> LinkReport:
        """Return the state, counters and last lines as a frozen value."""
        is_timed = bool(self._frames and self._profile.polls)
        return LinkReport(
            source=self._source,
            line_settings=self._profile.line.text,
            quiet_time_s=self._profile.quiet_time_s,
            history=tuple(self._history),
            frames=self._frames,
            bad_sums=self._bad_sums if self._profile.has_sums else None,
            rejected=self._rejected,
            resyncs=self._resyncs,
            unanswered=self._unanswered,
            links_lost=self._drops,
            hang_ups=self._hang_ups if self._profile.may_hang_up else None,
            slowest_reply_ms=round(self._slowest_reply_s * MS_PER_S) if is_timed else None,
            lines=tuple(self._lines),
            title=self._profile.title,
            set_up_note=self._profile.set_up_note,
        )

    def begin(self, now: ClockSample) -> Step:
        """Start the link."""
        reason = f"Opening {self._source.port}."
        return Step(events=tuple(self._enter(LinkState.CONNECTING, reason, now)), order=Order.OPEN)

    def opened(self, now: ClockSample) -> Step:
        """The wire is open: set the monitor up and ask the first question."""
        self._is_open = True
        self._decoder.reset()
        self._was_rejecting = self._has_good_end = False
        self._opened_at_s = now.monotonic_s
        self._next_poll = 0  # the cuff first: it may have measured while nobody listened
        self._reopen_at_s = now.monotonic_s + self._profile.reopen_after_s
        events: list[FeedEvent] = []
        # A silent wire reopened is as silent as before, and a monitor that hung up is waited for as before.
        if self._state not in {LinkState.SILENT, LinkState.CONNECTED}:
            self._quiet_at_s = self._quiet_from(now)
            events = self._enter(LinkState.NEGOTIATING, self._why_waiting(), now)
        return Step(events=tuple(events), send=self._ask(now))

    def failed(self, reason: str, now: ClockSample) -> Step:
        """The wire could not be opened, or failed in use; `reason` is a sentence for the nurse."""
        if self._is_open or self._state is LinkState.CONNECTED:
            self._drops += 1
        waits = self._profile.back_off_s
        if self._is_open and now.monotonic_s - self._opened_at_s >= waits[-1]:
            self._attempts = 0
        self._is_open = False
        self._retry_at_s = now.monotonic_s + waits[min(self._attempts, len(waits) - 1)]
        self._attempts += 1
        return Step(events=tuple(self._enter(LinkState.LOST, reason, now)))

    def ended(self, reason: str, now: ClockSample) -> Step:
        """The far end closed the connection: no loss where it may do so, after a frame and within none."""
        is_expected = self._profile.may_hang_up and self._state is LinkState.CONNECTED and self._has_good_end
        if not is_expected or self._is_cut_short(now):
            return self.failed(reason, now)
        self._attempts = 0
        self._hang_ups += 1
        self._has_hung_up = True
        self._is_open = False
        # Not at once after a short call: one that says everything to each caller would be called in a circle.
        self._retry_at_s = max(now.monotonic_s, self._opened_at_s + self._profile.back_off_s[0])
        return Step()

    def received(self, data: bytes, now: ClockSample) -> Step:
        """Take bytes from the wire."""
        events: list[FeedEvent] = []
        replies = b""
        frame = None
        for message in self._decoder.feed(data):
            if isinstance(message, FrameRejected):
                self._count_rejected(message, now)
                continue
            is_new_frame = message.raw is not frame  # several values may stand in one
            frame = message.raw
            if is_new_frame:
                self._log(message, now)
            if isinstance(message, Request):  # our own question come back, as through a crossed cable
                continue
            if is_new_frame:
                self._count_frame(now)
            events += self._enter(LinkState.CONNECTED, "Readings are coming.", now)
            if isinstance(message, ReplyDue):
                replies += self._reply(message, now)
            events += self._translator.translate(message, now)
        return Step(events=tuple(events), send=replies)

    def tick(self, now: ClockSample) -> Step:
        """Do what is due."""
        if not self._is_open:
            return Step(order=Order.OPEN) if now.monotonic_s >= self._retry_at_s else Step()
        events = self._translator.expire(now)
        if self._profile.quiet_time_s is None:
            self._quiet_at_s = self._quiet_from(now)
        elif self._state is not LinkState.SILENT and now.monotonic_s >= self._quiet_at_s:
            self._reopen_at_s = now.monotonic_s + self._profile.reopen_after_s
            self._next_poll_at_s = min(self._next_poll_at_s, now.monotonic_s)
            events += self._enter(LinkState.SILENT, self._why_silent(), now)
        elif self._state is LinkState.SILENT and now.monotonic_s >= self._reopen_at_s:
            self._is_open = False
            self._retry_at_s = now.monotonic_s
            return Step(events=tuple(events), order=Order.REOPEN)
        return Step(events=tuple(events), send=self._ask_if_due(now))

    def _quiet_from(self, now: ClockSample) -> float:
        quiet_s = self._profile.quiet_time_s
        return now.monotonic_s + (IDLE_S if quiet_s is None else quiet_s)

    def _why_waiting(self) -> str:
        if self._profile.quiet_time_s is None:
            return "The port is open. This monitor speaks only when it has measured."
        return "The port is open. Waiting for the monitor's answer."

    def _why_silent(self) -> str:
        quiet = f"{self._profile.quiet_time_s or 0:.0f} s"
        if self._was_rejecting:
            return (
                f"Only unreadable bytes for {quiet}. Check the monitor's communication setting and its cable."
            )
        if self._has_hung_up:
            return (
                f"The monitor closed its connection and sent nothing more for {quiet}. Check that it is on"
                " and its cable is in."
            )
        reason = f"No answer for {quiet}. Check that the monitor is on and its cable is in."
        return reason if self._frames else f"{reason} {self._profile.set_up_note}"

    def _ask_if_due(self, now: ClockSample) -> bytes:
        if self._asked_at_s is not None:
            if now.monotonic_s < self._asked_at_s + self._profile.reply_timeout_s:
                return b""
            self._unanswered += 1
            self._asked_at_s = None
            self._next_poll_at_s = min(self._next_poll_at_s, now.monotonic_s)
        return self._ask(now) if now.monotonic_s >= self._next_poll_at_s else b""

    def _ask(self, now: ClockSample) -> bytes:
        """Return the set-up while the monitor does not speak, and the next question if it is asked any."""
        polls = self._profile.polls
        sent = b"" if self._state is LinkState.CONNECTED else b"".join(self._profile.set_up)
        if polls:
            sent += polls[self._next_poll]
            self._next_poll = (self._next_poll + 1) % len(polls)
            self._asked_at_s = now.monotonic_s
        self._next_poll_at_s = now.monotonic_s + self._profile.poll_interval_s if sent or polls else math.inf
        if sent:
            self._lines.append(RawLine(at=now.at, is_sent=True, raw=sent, note=""))
        return sent

    def _reply(self, due: ReplyDue, now: ClockSample) -> bytes:
        reply = b"" if self._profile.reply is None else self._profile.reply(due, now.at)
        if reply:
            self._lines.append(RawLine(at=now.at, is_sent=True, raw=reply, note=""))
        return reply

    def _enter(self, state: LinkState, reason: str, now: ClockSample) -> list[FeedEvent]:
        if (state, reason) == (self._state, self._reason):
            return []
        events: list[FeedEvent] = []
        if state is not LinkState.CONNECTED:
            events += self._translator.disconnect(now)
        self._state, self._reason = state, reason
        self._history.append(StateSpan(since=now.at, state=state, reason=reason))
        return [*events, LinkChanged(source=self._source, state=state, reason=reason, at=now.at)]

    def _count_frame(self, now: ClockSample) -> None:
        self._frames += 1
        self._resyncs += self._was_rejecting
        if self._asked_at_s is not None:
            self._slowest_reply_s = max(self._slowest_reply_s, now.monotonic_s - self._asked_at_s)
        self._was_rejecting = self._has_hung_up = False
        self._has_good_end = True
        self._asked_at_s = None
        # A loose plug that keeps breaking would fill the record with changes, so its waits grow, but not far.
        # A port that is called is open again soon: what a caller sent meanwhile would be old when it is read.
        self._attempts = 0 if self._is_called else min(self._attempts, HEARD_ATTEMPTS)
        self._quiet_at_s = self._quiet_from(now)

    def _count_rejected(self, message: FrameRejected, now: ClockSample) -> None:
        if message.is_bad_sum:
            self._bad_sums += 1
        else:
            self._rejected += 1
        self._was_rejecting = True
        self._has_good_end = False
        self._asked_at_s = None  # the answer came, spoiled: the next question need not wait for it
        self._lines.append(RawLine(at=now.at, is_sent=False, raw=message.raw, note=message.reason))

    def _is_cut_short(self, now: ClockSample) -> bool:
        """Whether the connection ended within a frame, which is then counted."""
        cut = [each for each in self._decoder.finish() if isinstance(each, FrameRejected)]
        for each in cut:
            self._count_rejected(each, now)
        return bool(cut)

    def _log(self, message: Message, now: ClockSample) -> None:
        note = message.reason if isinstance(message, Ignored) else ""
        self._lines.append(RawLine(at=now.at, is_sent=False, raw=message.raw, note=note))
