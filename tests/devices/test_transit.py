"""How long a frame waited is told however wrong the monitor's clock is."""

from datetime import UTC, datetime, timedelta

from devices.transit import Transit
from monitor.clock import ClockSample, Instant

THERE = datetime(2009, 6, 1, 12, 0, 0, tzinfo=UTC)


def now(at_s: float) -> ClockSample:
    return ClockSample(at=Instant(utc_ms=0, offset_minutes=0), monotonic_s=at_s, boottime_s=at_s)


def there(at_s: float) -> datetime:
    return THERE + timedelta(seconds=at_s)


def test_frames_without_a_time_have_no_delay() -> None:
    assert Transit().delay_s(None, now(5)) == 0.0


def test_a_wrong_clock_alone_is_no_delay() -> None:
    transit = Transit()
    assert [transit.delay_s(there(second), now(second)) for second in range(5)] == [0.0] * 5


def test_a_burst_after_a_gap_is_as_late_as_it_is() -> None:
    transit = Transit()
    transit.delay_s(there(0), now(0))
    assert [round(transit.delay_s(there(second), now(120))) for second in (1, 61, 119)] == [119, 59, 1]


def test_a_clock_set_back_is_learnt_after_a_minute() -> None:
    transit = Transit()
    transit.delay_s(there(0), now(0))
    delays = [transit.delay_s(there(second - 3600), now(second)) for second in range(1, 80)]
    assert delays[0] == 3600
    assert delays[-1] == 0


def test_a_clock_set_forward_is_learnt_at_once() -> None:
    transit = Transit()
    transit.delay_s(there(0), now(0))
    assert transit.delay_s(there(3601), now(1)) == 0
    assert transit.delay_s(there(3602), now(2)) == 0


def test_a_clock_that_is_fast_by_a_second_a_day_is_no_buffer() -> None:
    transit = Transit()
    delays = [transit.delay_s(there(hour * 3600 * (1 - 1 / 86400)), now(hour * 3600)) for hour in range(72)]
    assert max(delays) < 10
