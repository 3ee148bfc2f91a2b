"""What the core is told of a monitor's messages: each determination once, with its own time."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest

from devices.kinds.dinamap import DINAMAP
from devices.protocols.messages import (
    CuffFailed,
    CuffInProgress,
    CuffResult,
    FrameRejected,
    LiveNumber,
    Message,
    Temperature,
)
from devices.translate import Translator
from monitor.clock import ClockSample, Instant
from monitor.feed import CuffBusy, CuffGaveNothing, CuffReading, CuffTrouble, FeedEvent, LiveValue, Source
from monitor.vitals import Quality, Quantity

START_MS = 1_767_603_600_000
BUSY = CuffInProgress(raw=b"busy")
FAILED = CuffFailed(trouble=CuffTrouble.FAILED, reason="the determination failed", raw=b"failed")


def sample(at_s: float, *, wall_step_s: float = 0) -> ClockSample:
    at = Instant(utc_ms=START_MS + round((at_s + wall_step_s) * 1000), offset_minutes=0)
    return ClockSample(at=at, monotonic_s=at_s, boottime_s=at_s)


def cuff(age_s: int | None, systolic: int = 131, quality: Quality = Quality.GOOD) -> CuffResult:
    return CuffResult(
        systolic_mmhg=systolic, diastolic_mmhg=82, map_mmhg=98, age_s=age_s, quality=quality, raw=b"cuff"
    )


def untimed(systolic: int = 131, *, is_old: bool = False) -> CuffResult:
    """As from a monitor that repeats its last result and does not say how old it is."""
    return replace(cuff(None, systolic), is_old=is_old)


def sent(at_s: float, age_s: int = 0, systolic: int = 131) -> CuffResult:
    """As from a monitor whose clock is three hours wrong and names no zone."""
    sent_at = datetime(2026, 1, 5, 6, 0, 0) + timedelta(seconds=at_s)  # noqa: DTZ001 - a monitor names no zone
    taken_at = sent_at - timedelta(seconds=age_s)
    return replace(cuff(age_s, systolic), sent_at=sent_at, observed_at=taken_at)


def qualities(events: list[FeedEvent]) -> list[Quality]:
    return [event.quality for event in events if isinstance(event, CuffReading)]


def live(quantity: Quantity, value: int | None, quality: Quality = Quality.GOOD) -> LiveNumber:
    return LiveNumber(quantity=quantity, value=value, quality=quality, raw=b"live")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    translator: Translator

    def at(self, at_s: float, message: Message, *, wall_step_s: float = 0) -> list[FeedEvent]:
        return self.translator.translate(message, sample(at_s, wall_step_s=wall_step_s))


@pytest.fixture
def told(source: Source) -> Told:
    return Told(translator=Translator(profile=DINAMAP, source=source))


@pytest.fixture
def told_once(source: Source) -> Told:
    """Of a monitor that sends each determination once, when it ends."""
    return Told(translator=Translator(profile=replace(DINAMAP, sends_cuff_once=True), source=source))


@pytest.fixture
def told_late(source: Source) -> Told:
    """Of a monitor whose frames say when they were sent."""
    return Told(translator=Translator(profile=replace(DINAMAP, buffered_after_s=10.0), source=source))


def test_a_reading_is_timed_by_its_age(told: Told) -> None:
    (event,) = told.at(100, cuff(age_s=30))
    assert isinstance(event, CuffReading)
    assert event.measured_at_ms == START_MS + 70_000
    assert event.received_at.utc_ms == START_MS + 100_000
    assert (event.vitals.systolic_mmhg, event.vitals.diastolic_mmhg, event.vitals.map_mmhg) == (131, 82, 98)
    assert event.raw == b"cuff"


def test_the_same_determination_is_told_once_however_often_it_is_repeated(told: Told) -> None:
    told.at(100, cuff(age_s=30))
    for later_s in range(1, 1800, 3):
        jitter_s = later_s % 2  # whole seconds of age against our own clock
        assert told.at(100 + later_s, cuff(age_s=30 + later_s - jitter_s)) == []


@pytest.mark.parametrize(("later_s", "age_s", "is_new"), [(60, 55, False), (60, 54, True), (60, 2, True)])
def test_equal_pressures_are_new_only_if_more_than_five_seconds_later(
    told: Told, later_s: int, age_s: int, *, is_new: bool
) -> None:
    told.at(100, cuff(age_s=0))
    assert bool(told.at(100 + later_s, cuff(age_s=age_s))) is is_new


def test_other_pressures_are_another_determination(told: Told) -> None:
    told.at(100, cuff(age_s=3))
    (event,) = told.at(103, cuff(age_s=6, systolic=132))
    assert isinstance(event, CuffReading)
    assert event.vitals.systolic_mmhg == 132


@pytest.mark.parametrize("step_s", [-3600, 3600, -10, 10])
def test_setting_the_wall_clock_makes_no_old_reading_new(told: Told, step_s: int) -> None:
    told.at(100, cuff(age_s=30))
    assert told.at(110, cuff(age_s=40), wall_step_s=step_s) == []


def test_after_a_suspend_an_old_reading_is_not_new(told: Told) -> None:
    told.at(100, cuff(age_s=30))
    assert told.at(101, cuff(age_s=631)) == []  # our monotonic clock stood still for ten minutes


def test_after_a_reconnect_it_is_told_again_with_its_first_time_and_values(told: Told) -> None:
    told.at(99, live(Quantity.PULSE_RATE, 71))
    (first,) = told.at(100, cuff(age_s=0))
    told.translator.disconnect(sample(200))
    (again,) = told.at(300, cuff(age_s=199))
    assert isinstance(first, CuffReading)
    assert isinstance(again, CuffReading)
    assert (again.measured_at_ms, again.vitals) == (first.measured_at_ms, first.vitals)
    assert again.received_at.utc_ms == START_MS + 300_000
    assert told.at(303, cuff(age_s=202)) == []


def test_without_a_recent_result_nothing_is_told(told: Told) -> None:
    none = CuffResult(
        systolic_mmhg=None, diastolic_mmhg=None, map_mmhg=None, age_s=None, quality=Quality.INVALID, raw=b""
    )
    assert told.at(100, none) == []


def test_a_busy_cuff_is_told_once_and_dates_the_beginning(told: Told) -> None:
    (busy,) = told.at(100, BUSY)
    assert isinstance(busy, CuffBusy)
    assert busy.since_ms == START_MS + 100_000
    assert told.at(103, BUSY) == []
    (event,) = told.at(130, cuff(age_s=1))
    assert isinstance(event, CuffReading)
    assert event.begun_at_ms == START_MS + 100_000
    (later,) = told.at(400, cuff(age_s=1))
    assert isinstance(later, CuffReading)
    assert later.begun_at_ms is None


@pytest.mark.parametrize(
    "hidden",
    [
        cuff(age_s=2, systolic=164),
        cuff(age_s=2),
        untimed(164),
        replace(untimed(), pulse_rate_bpm=81),  # equal pressures; the cuff counted another pulse
    ],
)
def test_a_result_that_stood_only_beside_a_cuff_measuring_anew_is_told_once_and_doubted(
    told: Told, hidden: CuffResult
) -> None:
    told.at(100, cuff(age_s=0))
    told.at(110, BUSY)
    busy_anew = replace(BUSY, shown=hidden)
    reading, busy = told.at(140, busy_anew)
    assert isinstance(reading, CuffReading)
    assert reading.quality is Quality.QUESTIONABLE
    assert reading.vitals.systolic_mmhg == hidden.systolic_mmhg
    assert reading.measured_at_ms == START_MS + 140_000 - (hidden.age_s or 0) * 1000
    assert reading.begun_at_ms == START_MS + 110_000
    assert busy == CuffBusy(
        source=reading.source, since_ms=START_MS + 140_000, received_at=reading.received_at
    )
    older = replace(hidden, age_s=None if hidden.age_s is None else hidden.age_s + 3)
    assert told.at(143, replace(BUSY, shown=older)) == []
    (after,) = told.at(180, cuff(age_s=0, systolic=150))
    assert isinstance(after, CuffReading)
    assert after.begun_at_ms == START_MS + 140_000


@pytest.mark.parametrize(
    "shown",
    [
        None,
        cuff(age_s=41),  # the one before
        cuff(age_s=44, systolic=164),  # one from before that
        untimed(),
        untimed(164, is_old=True),
        cuff(age_s=2, systolic=164, quality=Quality.QUESTIONABLE),
        cuff(None, quality=Quality.INVALID),
    ],
)
def test_other_pressures_beside_a_cuff_that_measures_are_dropped(
    told: Told, shown: CuffResult | None
) -> None:
    told.at(100, cuff(age_s=0))
    assert [type(event) for event in told.at(141, replace(BUSY, shown=shown))] == [CuffBusy]


def test_what_stands_beside_a_measuring_cuff_at_first_sight_is_dropped(told: Told) -> None:
    shown = replace(BUSY, shown=cuff(age_s=40))
    assert [type(event) for event in told.at(100, shown)] == [CuffBusy]


def test_a_cancelled_determination_leaves_the_old_one_old(told: Told) -> None:
    told.at(100, cuff(age_s=0))
    told.at(200, BUSY)
    assert told.at(210, cuff(age_s=110)) == []


def test_a_failure_is_told_once_and_carries_no_pressures(told: Told) -> None:
    told.at(100, BUSY)
    (event,) = told.at(140, FAILED)
    assert isinstance(event, CuffGaveNothing)
    assert (event.trouble, event.reason) == (CuffTrouble.FAILED, "the determination failed")
    assert told.at(143, FAILED) == []
    told.at(200, BUSY)
    assert len(told.at(240, FAILED)) == 1


def test_a_failure_from_before_the_link_is_nobodys(told: Told) -> None:
    assert told.at(1, FAILED) == []


def test_each_failure_of_a_monitor_that_sends_once_is_told(told_once: Told) -> None:
    assert len(told_once.at(1, FAILED)) == 1
    assert len(told_once.at(90, FAILED)) == 1


def test_a_failure_during_an_outage_is_told_afterwards(told: Told) -> None:
    told.at(100, cuff(age_s=0))
    told.translator.disconnect(sample(120))
    assert len(told.at(300, FAILED)) == 1


@pytest.mark.parametrize(("age_s", "is_young"), [(0, True), (12, True), (13, False), (1500, False)])
def test_a_reading_is_young_while_live_values_of_its_time_may_stand(
    told: Told, age_s: int, *, is_young: bool
) -> None:
    (event,) = told.at(2000, cuff(age_s=age_s))
    assert isinstance(event, CuffReading)
    assert event.is_young is is_young


def test_a_value_that_ends_is_withdrawn_once(told: Told) -> None:
    told.at(1, live(Quantity.SPO2, 97))
    (event,) = told.at(4, live(Quantity.SPO2, None, Quality.INVALID))
    assert isinstance(event, LiveValue)
    assert (event.quantity, event.value) == (Quantity.SPO2, None)
    assert told.at(7, live(Quantity.SPO2, None, Quality.INVALID)) == []


def test_a_value_no_longer_repeated_is_withdrawn_when_stale(told: Told) -> None:
    told.at(1, live(Quantity.SPO2, 97))
    assert told.translator.expire(sample(1 + DINAMAP.fresh_s)) == []
    (event,) = told.translator.expire(sample(1 + DINAMAP.fresh_s + 0.1))
    assert isinstance(event, LiveValue)
    assert event.value is None


@pytest.mark.parametrize(
    "message",
    [
        Temperature(celsius=None, age_s=None, quality=Quality.INVALID, raw=b""),
        FrameRejected(reason="noise", raw=b"x"),
    ],
)
def test_other_messages_tell_the_core_nothing(told: Told, message: Message) -> None:
    assert told.at(1, message) == []


def test_a_doubtful_reading_is_told_as_such(told: Told) -> None:
    (event,) = told.at(1, cuff(age_s=0, quality=Quality.QUESTIONABLE))
    assert isinstance(event, CuffReading)
    assert event.quality is Quality.QUESTIONABLE


def test_without_an_age_the_first_result_is_doubtful_and_a_change_is_new(told: Told) -> None:
    assert qualities(told.at(100, untimed())) == [Quality.QUESTIONABLE]
    assert told.at(105, untimed()) == []
    (event,) = told.at(110, untimed(142))
    assert isinstance(event, CuffReading)
    assert (event.quality, event.measured_at_ms) == (Quality.GOOD, START_MS + 110_000)


def test_without_an_age_equal_pressures_are_new_after_the_cuff_was_busy(told: Told) -> None:
    told.at(100, untimed())
    told.at(105, BUSY)
    (event,) = told.at(130, untimed())
    assert isinstance(event, CuffReading)
    assert (event.quality, event.begun_at_ms) == (Quality.GOOD, START_MS + 105_000)


def test_without_an_age_a_result_that_turns_young_again_is_new(told: Told) -> None:
    told.at(100, untimed())
    assert told.at(161, untimed(is_old=True)) == []
    assert qualities(told.at(200, untimed())) == [Quality.GOOD]


def test_without_an_age_a_result_found_after_an_outage_is_doubtful(told: Told) -> None:
    told.at(100, BUSY)
    told.translator.disconnect(sample(120))
    assert qualities(told.at(300, untimed())) == [Quality.QUESTIONABLE]


def test_a_monitor_that_tells_once_is_believed_at_once_and_may_repeat_its_pressures(told_once: Told) -> None:
    first = replace(untimed(), observed_at=datetime(2026, 1, 5, 9, 4))  # noqa: DTZ001 - a monitor names no zone
    second = replace(first, observed_at=datetime(2026, 1, 5, 9, 14))  # noqa: DTZ001
    assert qualities(told_once.at(100, first)) == [Quality.GOOD]
    assert told_once.at(101, first) == []
    assert qualities(told_once.at(700, second)) == [Quality.GOOD]


def test_one_that_tells_once_may_measure_the_same_twice_in_the_minute_that_it_names(told_once: Told) -> None:
    minute = replace(untimed(), observed_at=datetime(2026, 1, 5, 9, 30))  # noqa: DTZ001 - it names no zone
    assert qualities(told_once.at(100, minute)) == [Quality.GOOD]
    assert told_once.at(100.2, minute) == [], "one line, come twice"
    assert qualities(told_once.at(138, minute)) == [Quality.GOOD]


def test_the_rate_of_the_cuff_itself_goes_with_its_pressures(told: Told) -> None:
    (event,) = told.at(100, replace(cuff(age_s=0), pulse_rate_bpm=74))
    assert isinstance(event, CuffReading)
    assert event.vitals.pulse_rate_bpm == 74


def test_a_monitor_whose_clock_is_set_does_not_repeat_a_reading(told_late: Told) -> None:
    first = sent(100, age_s=10)
    assert qualities(told_late.at(100, first)) == [Quality.GOOD]
    assert told_late.at(160, replace(first, age_s=3670)) == []


def test_a_buffered_reading_is_doubtful_and_dated_by_its_own_time(told_late: Told) -> None:
    told_late.at(100, sent(100))
    (event,) = told_late.at(400, sent(160, systolic=150))
    assert isinstance(event, CuffReading)
    assert event.quality is Quality.QUESTIONABLE
    assert event.measured_at_ms == START_MS + 160_000
    assert qualities(told_late.at(500, sent(500, systolic=140))) == [Quality.GOOD]


def test_two_determinations_that_every_message_repeats_are_told_once_each(told_late: Told) -> None:
    assert [told_late.at(100, sent(100, 40, 128)), told_late.at(100, sent(100, 5, 140))] != [[], []]
    for later_s in range(101, 400, 10):
        older, newer = sent(later_s, later_s - 60, 128), sent(later_s, later_s - 95, 140)
        assert told_late.at(later_s, older) + told_late.at(later_s, newer) == []


def test_a_live_value_has_the_time_at_which_it_was_measured(told: Told) -> None:
    (event,) = told.at(100, replace(live(Quantity.SPO2, 97), age_s=4))
    assert isinstance(event, LiveValue)
    assert event.measured_at_ms == START_MS + 96_000
    assert event.received_at.utc_ms == START_MS + 100_000


def test_a_live_value_older_than_fresh_is_none(told: Told) -> None:
    old = replace(live(Quantity.SPO2, 97), age_s=round(DINAMAP.fresh_s) + 1)
    assert told.at(100, old) == []
