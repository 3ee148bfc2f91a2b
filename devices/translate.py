"""Decoded messages become what the clinical core is told, with a time of measurement and joined values.

A monitor repeats its last cuff reading at every question. One determination keeps the time first computed
for it, and is sent on once, and once more after each reconnect: the core knows it again.
"""

from dataclasses import dataclass, replace

from devices.profiles import Profile
from devices.protocols.messages import (
    CuffFailed,
    CuffInProgress,
    CuffResult,
    LiveNumber,
    Message,
)
from monitor.clock import MS_PER_S, ClockSample
from monitor.feed import CuffBusy, CuffGaveNothing, CuffReading, FeedEvent, LiveValue, Source
from monitor.vitals import Quality, Quantity, Vitals


@dataclass(frozen=True, slots=True, kw_only=True)
class _Standing:
    """A live value on show: the event and when it came."""

    event: LiveValue
    monotonic_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Determination:
    """The last cuff reading, and when it was taken by the clock that nobody sets."""

    event: CuffReading
    pressures_mmhg: tuple[int | None, int | None, int | None]
    measured_monotonic_s: float


class Translator:
    """Keeps what one link has shown so far. Pure: time comes in with each message."""

    def __init__(self, *, profile: Profile, source: Source) -> None:
        self._profile = profile
        self._source = source
        self._standing: dict[Quantity, _Standing] = {}
        self._last: _Determination | None = None
        self._is_last_to_repeat = False
        self._busy_since_ms: int | None = None
        self._last_outcome: type[Message] | None = None

    def translate(self, message: Message, now: ClockSample) -> list[FeedEvent]:
        """Return what `message` tells the core; nothing for requests, temperatures and rejected bytes."""
        if isinstance(message, CuffInProgress):
            return self._busy(now)
        if isinstance(message, CuffFailed):
            return self._failed(message, now)
        if isinstance(message, CuffResult):
            return self._result(message, now)
        if isinstance(message, LiveNumber):
            return self._live(message, now)
        return []

    def expire(self, now: ClockSample) -> list[FeedEvent]:
        """Withdraw live values the monitor has not repeated in time."""
        old = [
            quantity
            for quantity, standing in self._standing.items()
            if now.monotonic_s - standing.monotonic_s > self._profile.fresh_s
        ]
        return [self._withdrawal(quantity, now) for quantity in old]

    def disconnect(self, now: ClockSample) -> list[FeedEvent]:
        """Withdraw every live value: the link is no longer connected. The next cuff reading is sent anew."""
        self._is_last_to_repeat = self._last is not None
        self._busy_since_ms = None
        return [self._withdrawal(quantity, now) for quantity in list(self._standing)]

    def _busy(self, now: ClockSample) -> list[FeedEvent]:
        self._last_outcome = CuffInProgress
        if self._busy_since_ms is not None:
            return []
        self._busy_since_ms = now.at.utc_ms
        return [CuffBusy(source=self._source, since_ms=now.at.utc_ms, received_at=now.at)]

    def _failed(self, message: CuffFailed, now: ClockSample) -> list[FeedEvent]:
        # A failure that already stood when the link first came up happened before anybody here watched.
        is_new = self._last_outcome not in (None, CuffFailed)
        self._last_outcome = CuffFailed
        self._busy_since_ms = None
        if not is_new:
            return []
        return [
            CuffGaveNothing(
                source=self._source, trouble=message.trouble, reason=message.reason, received_at=now.at
            )
        ]

    def _result(self, message: CuffResult, now: ClockSample) -> list[FeedEvent]:
        self._last_outcome = CuffResult
        begun_at_ms, self._busy_since_ms = self._busy_since_ms, None
        if message.age_s is None:
            return []
        pressures = (message.systolic_mmhg, message.diastolic_mmhg, message.map_mmhg)
        measured_monotonic_s = now.monotonic_s - message.age_s
        last = self._last
        # Compared on the monotonic clock: setting the wall clock must not make an old reading new. A
        # suspend makes it seem older, never newer.
        if (
            last is not None
            and last.pressures_mmhg == pressures
            and measured_monotonic_s - last.measured_monotonic_s <= self._profile.same_measurement_s
        ):
            return self._repeat(last, now)
        event = CuffReading(
            source=self._source,
            vitals=self._joined(message, now),
            quality=message.quality,
            measured_at_ms=now.at.utc_ms - message.age_s * MS_PER_S,
            begun_at_ms=begun_at_ms,
            received_at=now.at,
            raw=message.raw,
        )
        self._last = _Determination(
            event=event, pressures_mmhg=pressures, measured_monotonic_s=measured_monotonic_s
        )
        self._is_last_to_repeat = False
        return [event]

    def _repeat(self, last: _Determination, now: ClockSample) -> list[FeedEvent]:
        if not self._is_last_to_repeat:
            return []
        self._is_last_to_repeat = False
        return [replace(last.event, received_at=now.at)]

    def _joined(self, message: CuffResult, now: ClockSample) -> Vitals:
        """Add the rate and SpO2 on show, but only to a reading as young as they are."""
        is_young = message.age_s is not None and message.age_s <= self._profile.fresh_s
        beside = {
            quantity: standing.event.value
            for quantity, standing in self._standing.items()
            if is_young
            and standing.event.quality is Quality.GOOD
            and now.monotonic_s - standing.monotonic_s <= self._profile.fresh_s
        }
        return Vitals(
            systolic_mmhg=message.systolic_mmhg,
            diastolic_mmhg=message.diastolic_mmhg,
            map_mmhg=message.map_mmhg,
            heart_rate_bpm=beside.get(Quantity.HEART_RATE),
            pulse_rate_bpm=beside.get(Quantity.PULSE_RATE),
            spo2_percent=beside.get(Quantity.SPO2),
        )

    def _live(self, message: LiveNumber, now: ClockSample) -> list[FeedEvent]:
        if message.value is None:
            is_standing = message.quantity in self._standing
            return [self._withdrawal(message.quantity, now)] if is_standing else []
        event = LiveValue(
            source=self._source,
            quantity=message.quantity,
            value=message.value,
            quality=message.quality,
            received_at=now.at,
        )
        self._standing[message.quantity] = _Standing(event=event, monotonic_s=now.monotonic_s)
        return [event]

    def _withdrawal(self, quantity: Quantity, now: ClockSample) -> LiveValue:
        del self._standing[quantity]
        return LiveValue(
            source=self._source, quantity=quantity, value=None, quality=Quality.INVALID, received_at=now.at
        )
