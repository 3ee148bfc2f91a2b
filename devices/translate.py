"""Decoded messages become what the clinical core is told, with a time of measurement and joined values.

A monitor repeats its last cuff reading at every question. One determination keeps the time first computed
for it, and is sent on once, and once more after each reconnect: the core knows it again.
"""

import math
from collections import deque
from dataclasses import dataclass, replace
from datetime import datetime

from devices.profile import Profile
from devices.protocols.messages import (
    CuffFailed,
    CuffInProgress,
    CuffResult,
    LiveNumber,
    Message,
)
from devices.transit import Transit
from monitor.clock import MS_PER_S, ClockSample
from monitor.feed import CuffBusy, CuffGaveNothing, CuffReading, FeedEvent, LiveValue, Source
from monitor.vitals import Quality, Quantity, Vitals

EXPIRY_SLACK_S = 0.05
DETERMINATIONS_KEPT = 16  # a message may carry some older ones beside the newest, each time again


@dataclass(frozen=True, slots=True, kw_only=True)
class _Standing:
    """A live value on show: the event and when it came."""

    event: LiveValue
    monotonic_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Determination:
    """What tells one cuff result from another. `measured_monotonic_s` is by the clock that nobody sets."""

    pressures_mmhg: tuple[int | None, int | None, int | None]
    measured_monotonic_s: float
    is_timed: bool
    observed_at: datetime | None
    is_old: bool


class Translator:
    """Keeps what one link has shown so far. Pure: time comes in with each message."""

    def __init__(self, *, profile: Profile, source: Source) -> None:
        self._profile = profile
        self._source = source
        self._standing: dict[Quantity, _Standing] = {}
        self._transit = Transit()
        self._last: _Determination | None = None
        self._told: deque[_Determination] = deque(maxlen=DETERMINATIONS_KEPT)
        self._last_event: CuffReading | None = None
        self._is_last_to_repeat = False
        self._is_watching = False
        self._busy_since_ms: int | None = None
        self._last_outcome: type[Message] | None = None

    def translate(self, message: Message, now: ClockSample) -> list[FeedEvent]:
        """Return what `message` tells the core; nothing for requests, temperatures and rejected bytes."""
        if isinstance(message, CuffInProgress):
            return self._passed_over(message.shown, now) + self._busy(now)
        if isinstance(message, CuffFailed):
            return self._failed(message, now)
        if isinstance(message, CuffResult):
            return self._result(message, now)
        if isinstance(message, LiveNumber):
            return self._live(message, now)
        return []

    @property
    def expires_at_s(self) -> float:
        """Monotonic seconds after which `expire` has something to withdraw; infinity while nothing shows."""
        oldest_s = min((each.monotonic_s for each in self._standing.values()), default=math.inf)
        return oldest_s + self._profile.fresh_s + EXPIRY_SLACK_S

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
        self._is_watching = False
        self._busy_since_ms = None
        return [self._withdrawal(quantity, now) for quantity in list(self._standing)]

    def _passed_over(self, shown: CuffResult | None, now: ClockSample) -> list[FeedEvent]:
        """A result that no frame showed at rest, because the cuff measured anew before the next one.

        It stands beside a cuff that measures, where mostly the result before it stands: so only one that is
        surely a later one is told, and as doubtful.
        """
        last, event = self._last, self._last_event
        if (
            shown is None
            or shown.quality is not Quality.GOOD
            or shown.is_old
            or last is None
            or event is None
        ):
            return []
        found = self._found(shown, now)
        is_known = self._is_known(found, was_busy=False)
        is_same_pulse = shown.pulse_rate_bpm == event.vitals.pulse_rate_bpm
        later_s = found.measured_monotonic_s - last.measured_monotonic_s
        if (is_known and is_same_pulse) or later_s <= self._profile.same_measurement_s:
            return []
        return self._result(replace(shown, quality=Quality.QUESTIONABLE), now)

    def _busy(self, now: ClockSample) -> list[FeedEvent]:
        self._last_outcome = CuffInProgress
        self._is_watching = True
        if self._busy_since_ms is not None:
            return []
        self._busy_since_ms = now.at.utc_ms
        return [CuffBusy(source=self._source, since_ms=now.at.utc_ms, received_at=now.at)]

    def _failed(self, message: CuffFailed, now: ClockSample) -> list[FeedEvent]:
        # A monitor that repeats itself may show a failure from before anybody here watched, and shows each
        # one until the next determination.
        is_new = self._profile.sends_cuff_once or self._last_outcome not in (None, CuffFailed)
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
        is_watched, self._is_watching = self._is_watching, True
        self._last_outcome = CuffResult
        begun_at_ms, self._busy_since_ms = self._busy_since_ms, None
        found = self._found(message, now)
        if not any(found.pressures_mmhg):
            return []
        if self._is_known(found, was_busy=begun_at_ms is not None):
            return self._repeat(found, now)
        # Without an age, only somebody who watched the monitor knows that its result is a new one.
        is_certain = found.is_timed or self._profile.sends_cuff_once or (is_watched and not found.is_old)
        is_sure = is_certain and not self._is_buffered(self._transit.delay_s(message.sent_at, now))
        event = CuffReading(
            source=self._source,
            vitals=Vitals(
                systolic_mmhg=message.systolic_mmhg,
                diastolic_mmhg=message.diastolic_mmhg,
                map_mmhg=message.map_mmhg,
                pulse_rate_bpm=message.pulse_rate_bpm,
            ),
            quality=message.quality if is_sure else _at_best_questionable(message.quality),
            measured_at_ms=now.at.utc_ms - round((now.monotonic_s - found.measured_monotonic_s) * MS_PER_S),
            begun_at_ms=begun_at_ms,
            is_young=not found.is_old
            and now.monotonic_s - found.measured_monotonic_s <= self._profile.fresh_s,
            received_at=now.at,
            raw=message.raw,
        )
        self._last, self._last_event = found, event
        self._told.append(found)
        self._is_last_to_repeat = False
        return [event]

    def _found(self, message: CuffResult, now: ClockSample) -> _Determination:
        late_s = (message.age_s or 0) + self._transit.delay_s(message.sent_at, now)
        return _Determination(
            pressures_mmhg=(message.systolic_mmhg, message.diastolic_mmhg, message.map_mmhg),
            measured_monotonic_s=now.monotonic_s - late_s,
            is_timed=message.age_s is not None,
            observed_at=message.observed_at,
            is_old=message.is_old,
        )

    def _is_known(self, found: _Determination, *, was_busy: bool) -> bool:
        """Whether the monitor only repeats a result."""
        if found.is_timed or found.observed_at is not None:
            return any(self._is_same(found, told) for told in self._told)
        last = self._last
        if last is None or last.pressures_mmhg != found.pressures_mmhg:
            return False
        is_again_young = last.is_old and not found.is_old
        return not (self._profile.sends_cuff_once or was_busy or is_again_young)

    def _is_same(self, found: _Determination, told: _Determination) -> bool:
        """Whether two results that name their age or their time are one determination."""
        if found.pressures_mmhg != told.pressures_mmhg:
            return False
        if found.observed_at is not None and told.observed_at is not None:
            if found.observed_at != told.observed_at:
                return False
            if not self._profile.sends_cuff_once:  # which names the minute alone, and may measure twice in it
                return True
        # Compared on the monotonic clock: setting the wall clock must not make an old reading new. A suspend
        # makes it seem older, never newer.
        later_s = found.measured_monotonic_s - told.measured_monotonic_s
        return later_s <= self._profile.same_measurement_s

    def _is_buffered(self, delay_s: float) -> bool:
        limit_s = self._profile.buffered_after_s
        return limit_s is not None and delay_s > limit_s

    def _repeat(self, found: "_Determination", now: ClockSample) -> list[FeedEvent]:
        if self._last is not None:
            self._last = replace(self._last, is_old=found.is_old)
        if not self._is_last_to_repeat or self._last_event is None:
            return []
        self._is_last_to_repeat = False
        return [replace(self._last_event, received_at=now.at)]

    def _live(self, message: LiveNumber, now: ClockSample) -> list[FeedEvent]:
        delay_s = self._transit.delay_s(message.sent_at, now)
        late_s = (message.age_s or 0) + delay_s
        if message.value is None or late_s > self._profile.fresh_s:
            is_standing = message.quantity in self._standing
            return [self._withdrawal(message.quantity, now)] if is_standing else []
        event = LiveValue(
            source=self._source,
            quantity=message.quantity,
            value=message.value,
            quality=_at_best_questionable(message.quality) if self._is_buffered(delay_s) else message.quality,
            measured_at_ms=now.at.utc_ms - round(late_s * MS_PER_S),
            received_at=now.at,
        )
        self._standing[message.quantity] = _Standing(event=event, monotonic_s=now.monotonic_s - late_s)
        return [event]

    def _withdrawal(self, quantity: Quantity, now: ClockSample) -> LiveValue:
        del self._standing[quantity]
        return LiveValue(
            source=self._source,
            quantity=quantity,
            value=None,
            quality=Quality.INVALID,
            measured_at_ms=now.at.utc_ms,
            received_at=now.at,
        )


def _at_best_questionable(quality: Quality) -> Quality:
    return Quality.QUESTIONABLE if quality is Quality.GOOD else quality
