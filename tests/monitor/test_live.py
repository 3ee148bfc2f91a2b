"""A continuous value is flagged once it has stood beyond a limit for as long as the policy asks."""

from fractions import Fraction

import pytest

from monitor.bands import Values
from monitor.bodies import LiveStood
from monitor.clock import Instant
from monitor.feed import LiveValue, Source
from monitor.live import LiveWatch
from monitor.policy_file import default_policy
from monitor.vitals import Quality, Quantity

POLICY = default_policy()
NO_BASELINE: Values = {}
SOURCE = Source(protocol="nonin", port="serial:/dev/ttyUSB1", is_simulated=False)
OTHER = Source(protocol="hl7", port="tcp:192.0.2.7:2575", is_simulated=False)
HEART, PULSE, SPO2 = Quantity.HEART_RATE, Quantity.PULSE_RATE, Quantity.SPO2


def live(
    second: float,
    value: int | None,
    quantity: Quantity = SPO2,
    quality: Quality = Quality.GOOD,
    source: Source = SOURCE,
) -> LiveValue:
    at = Instant(utc_ms=round(second * 1000), offset_minutes=0)
    return LiveValue(
        source=source,
        quantity=quantity,
        value=value,
        quality=quality,
        measured_at_ms=at.utc_ms,
        received_at=at,
    )


def stood(
    watch: LiveWatch,
    values: dict[int, int | None],
    quantity: Quantity = SPO2,
    baseline: Values = NO_BASELINE,
) -> list[tuple[int, LiveStood]]:
    return [
        (second, told)
        for second, value in values.items()
        for told in watch.take(live(second, value, quantity), baseline)
    ]


def steady(value: int, until_s: int, from_s: int = 0) -> dict[int, int | None]:
    return dict.fromkeys(range(from_s, until_s + 1), value)


@pytest.mark.parametrize(
    ("quantity", "value", "after_s"),
    [
        (SPO2, 91, 60),
        (SPO2, 90, 60),
        (SPO2, 89, 15),
        (SPO2, 80, 15),
        (SPO2, 79, 5),
        (HEART, 121, 300),
        (HEART, 140, 300),
        (HEART, 141, 15),
        (PULSE, 121, 300),
        (PULSE, 141, 15),
        (HEART, 39, 15),
    ],
)
def test_a_value_is_told_after_the_time_its_level_asks_for(
    quantity: Quantity, value: int, after_s: int
) -> None:
    told = stood(LiveWatch(POLICY), steady(value, after_s + 200), quantity)
    assert [second for second, _ in told] == [after_s]
    assert told[0][1] == LiveStood(
        quantity=quantity,
        value=value,
        stood_s=after_s,
        protocol="nonin",
        port="serial:/dev/ttyUSB1",
        is_simulated=False,
    )
    assert stood(LiveWatch(POLICY), steady(value, after_s - 1), quantity) == []


@pytest.mark.parametrize(("quantity", "value"), [(SPO2, 92), (SPO2, 94), (HEART, 120), (HEART, 45)])
def test_a_value_inside_the_notify_limits_is_never_told(quantity: Quantity, value: int) -> None:
    assert stood(LiveWatch(POLICY), steady(value, 1000), quantity, {HEART: Fraction(70)}) == []


def test_a_low_rate_that_needs_a_baseline_is_held_to_it() -> None:
    assert stood(LiveWatch(POLICY), steady(44, 400), HEART) == []
    told = stood(LiveWatch(POLICY), steady(44, 400), HEART, {HEART: Fraction(60)})
    assert [second for second, _ in told] == [300]
    assert stood(LiveWatch(POLICY), steady(44, 400), HEART, {HEART: Fraction(49)}) == []


def test_one_value_back_inside_begins_anew() -> None:
    values = steady(89, 14) | {15: 96} | steady(89, 40, from_s=16)
    assert [second for second, _ in stood(LiveWatch(POLICY), values)] == [31]


def test_a_withdrawn_value_and_a_forgotten_one_begin_anew() -> None:
    watch = LiveWatch(POLICY)
    assert stood(watch, steady(89, 14) | {15: None} | steady(89, 29, from_s=16)) == []
    watch.forget(quantity=SPO2)
    assert stood(watch, steady(89, 44, from_s=30)) == []
    watch.forget()
    assert stood(watch, steady(89, 59, from_s=45)) == []
    watch.forget(quantity=HEART)
    watch.forget(source=OTHER)
    assert [second for second, _ in stood(watch, steady(89, 80, from_s=60))] == [60]


def test_a_questionable_value_neither_counts_nor_breaks() -> None:
    watch = LiveWatch(POLICY)
    stood(watch, steady(89, 10))
    for second in range(11, 21):
        assert watch.take(live(second, 97, quality=Quality.QUESTIONABLE), NO_BASELINE) == ()
    assert [second for second, _ in stood(watch, {21: 89})] == [21]


def test_the_value_told_is_the_one_nearest_the_limit() -> None:
    low = stood(LiveWatch(POLICY), {0: 70, 1: 72, 2: 78, 3: 71, 4: 75, 5: 60})
    assert [told.value for _, told in low] == [78]
    high: dict[int, int | None] = {second: 150 - second % 5 for second in range(16)}
    assert [told.value for _, told in stood(LiveWatch(POLICY), high, HEART)] == [146]


def test_what_is_worse_is_told_later_and_what_says_no_more_is_not() -> None:
    values = steady(91, 60) | steady(89, 100, from_s=61)
    assert [(second, told.value) for second, told in stood(LiveWatch(POLICY), values)] == [(60, 91), (76, 89)]
    assert [second for second, _ in stood(LiveWatch(POLICY), steady(79, 500))] == [5]


def test_rate_and_saturation_are_watched_apart() -> None:
    watch = LiveWatch(POLICY)
    told: list[LiveStood] = []
    for second in range(20):
        told += watch.take(live(second, 89), NO_BASELINE)
        told += watch.take(live(second, 150, PULSE), NO_BASELINE)
    assert [each.quantity for each in told] == [SPO2, PULSE]


def test_a_withdrawn_rate_interrupts_no_saturation() -> None:
    watch = LiveWatch(POLICY)
    assert stood(watch, steady(89, 14)) == []
    watch.take(live(14, None, PULSE), NO_BASELINE)
    assert [second for second, _ in stood(watch, {15: 89})] == [15]


def test_a_good_value_of_one_monitor_excuses_no_bad_one_of_another() -> None:
    watch = LiveWatch(POLICY)
    told: list[tuple[int, LiveStood]] = []
    for second in range(30):
        told += [(second, each) for each in watch.take(live(second, 85), NO_BASELINE)]
        others = live(second, 99 if second % 2 else None, source=OTHER)
        assert watch.take(others, NO_BASELINE) == ()
        watch.forget(source=OTHER)
    assert [(second, each.port) for second, each in told] == [(15, SOURCE.port)]


def test_two_monitors_that_show_the_same_are_told_once() -> None:
    watch = LiveWatch(POLICY)
    told: list[LiveStood] = []
    for second in range(30):
        for source in (SOURCE, OTHER):
            told += watch.take(live(second, 85, source=source), NO_BASELINE)
    assert len(told) == 1


def test_a_value_that_the_policy_does_not_watch_is_never_told() -> None:
    assert stood(LiveWatch(POLICY), steady(3, 1000), Quantity.RESPIRATORY_RATE) == []
