"""Two monitors at one chair: each speaks for itself, and a cuff reading takes the values beside it."""

from dataclasses import replace

import pytest

from monitor.clock import Instant
from monitor.feed import (
    CuffBusy,
    CuffGaveNothing,
    CuffReading,
    CuffTrouble,
    LinkChanged,
    LinkState,
    LiveValue,
    Source,
)
from monitor.vitals import Quality, Quantity, Vitals
from monitor.wire import Wire

CUFF = Source(protocol="dinamap", port="serial:/dev/ttyUSB0", is_simulated=False)
OXIMETER = Source(protocol="nonin", port="serial:/dev/ttyUSB1", is_simulated=False)


def at(second: int) -> Instant:
    return Instant(utc_ms=second * 1000, offset_minutes=0)


def linked(source: Source, state: LinkState, second: int = 0) -> LinkChanged:
    return LinkChanged(source=source, state=state, reason="It is so.", at=at(second))


def live(
    quantity: Quantity,
    value: int | None,
    *,
    source: Source = OXIMETER,
    second: int = 1,
    quality: Quality = Quality.GOOD,
) -> LiveValue:
    return LiveValue(
        source=source,
        quantity=quantity,
        value=value,
        quality=quality,
        measured_at_ms=at(second).utc_ms,
        received_at=at(second),
    )


READING = CuffReading(
    source=CUFF,
    vitals=Vitals(systolic_mmhg=131, diastolic_mmhg=82, pulse_rate_bpm=74),
    quality=Quality.GOOD,
    measured_at_ms=1000,
    begun_at_ms=None,
    is_young=True,
    received_at=at(2),
    raw=b"",
)
BOTH = Wire().after(linked(CUFF, LinkState.CONNECTED)).after(linked(OXIMETER, LinkState.CONNECTED))


@pytest.mark.parametrize(
    ("worst", "other"),
    [
        (LinkState.LOST, LinkState.SILENT),
        (LinkState.SILENT, LinkState.CONNECTING),
        (LinkState.CONNECTING, LinkState.NEGOTIATING),
        (LinkState.NEGOTIATING, LinkState.CONNECTED),
    ],
)
def test_the_link_shown_is_the_one_that_needs_a_look_most(worst: LinkState, other: LinkState) -> None:
    for first, second in ((worst, other), (other, worst)):
        wire = Wire().after(linked(CUFF, first)).after(linked(OXIMETER, second))
        assert wire.link is not None
        assert wire.link.state is worst
    assert Wire().link is None


def test_losing_one_monitor_keeps_the_values_of_the_other() -> None:
    wire = BOTH.after(live(Quantity.SPO2, 97)).after(live(Quantity.PULSE_RATE, 71, source=CUFF))
    wire = wire.after(CuffBusy(source=CUFF, since_ms=500, received_at=at(1)))
    lost = wire.after(linked(CUFF, LinkState.LOST))
    assert [(each.quantity, each.value) for each in lost.live] == [(Quantity.SPO2, 97)]
    assert lost.cuff_busy_since_ms is None
    kept = wire.after(linked(OXIMETER, LinkState.LOST))
    assert kept.cuff_busy_since_ms == 500


def test_of_two_values_the_newest_shows_and_a_withdrawn_one_does_not() -> None:
    wire = BOTH.after(live(Quantity.PULSE_RATE, 71, second=3)).after(
        live(Quantity.PULSE_RATE, 72, source=CUFF, second=2)
    )
    newest = wire.live_value(Quantity.PULSE_RATE)
    assert newest is not None
    assert newest.value == 71
    wire = wire.after(live(Quantity.PULSE_RATE, None, second=4))
    newest = wire.live_value(Quantity.PULSE_RATE)
    assert newest is not None
    assert newest.value == 72
    assert wire.live_value(Quantity.SPO2) is None


def test_a_demonstration_value_is_never_live() -> None:
    wire = BOTH.after(live(Quantity.SPO2, 97)).after(live(Quantity.SPO2, 98, quality=Quality.DEMO))
    assert wire.live_value(Quantity.SPO2) is None


def test_a_young_reading_takes_what_the_oximeter_says_and_keeps_its_own_pulse() -> None:
    wire = (
        BOTH.after(live(Quantity.SPO2, 97))
        .after(live(Quantity.PULSE_RATE, 71))
        .after(live(Quantity.HEART_RATE, 73, source=CUFF))
        .after(live(Quantity.RESPIRATORY_RATE, 14, source=CUFF))
    )
    vitals = wire.joined(READING).vitals
    assert (vitals.spo2_percent, vitals.pulse_rate_bpm) == (97, 74)
    assert (vitals.heart_rate_bpm, vitals.respiratory_rate_bpm) == (73, 14)
    assert (vitals.systolic_mmhg, vitals.diastolic_mmhg) == (131, 82)


def test_a_reading_without_a_pulse_takes_the_oximeters() -> None:
    wire = BOTH.after(live(Quantity.PULSE_RATE, 71))
    silent = replace(READING, vitals=replace(READING.vitals, pulse_rate_bpm=None))
    assert wire.joined(silent).vitals == replace(READING.vitals, pulse_rate_bpm=71)


def test_an_old_reading_takes_nothing_and_a_doubtful_value_joins_nothing() -> None:
    wire = BOTH.after(live(Quantity.SPO2, 97))
    assert wire.joined(replace(READING, is_young=False)).vitals == READING.vitals
    doubtful = BOTH.after(live(Quantity.SPO2, 97, quality=Quality.QUESTIONABLE))
    assert doubtful.joined(READING).vitals == READING.vitals


def test_the_earliest_of_two_busy_cuffs_counts_and_each_ends_for_itself() -> None:
    wire = BOTH.after(CuffBusy(source=CUFF, since_ms=900, received_at=at(1))).after(
        CuffBusy(source=OXIMETER, since_ms=500, received_at=at(1))
    )
    assert wire.cuff_busy_since_ms == 500
    failed = CuffGaveNothing(
        source=OXIMETER, trouble=CuffTrouble.FAILED, reason="It failed.", received_at=at(2)
    )
    assert wire.after(failed).cuff_busy_since_ms == 900
    assert wire.after(failed).after(READING).cuff_busy_since_ms is None


def test_a_cuff_that_inflates_again_is_busy_since_then() -> None:
    first = CuffBusy(source=CUFF, since_ms=500, received_at=at(1))
    wire = BOTH.after(first).after(replace(first, since_ms=90_500, received_at=at(91)))
    assert wire.cuff_busy_since_ms == 90_500


def test_a_monitor_taken_away_is_forgotten_whole() -> None:
    wire = BOTH.after(live(Quantity.SPO2, 97)).after(
        CuffBusy(source=OXIMETER, since_ms=500, received_at=at(1))
    )
    gone = wire.without(OXIMETER)
    assert [each.source for each in gone.links] == [CUFF]
    assert (gone.live, gone.busy) == ((), ())


def test_one_simulated_monitor_makes_the_chair_simulated() -> None:
    assert not BOTH.is_simulated
    simulated = replace(OXIMETER, is_simulated=True)
    assert BOTH.after(linked(simulated, LinkState.CONNECTED)).is_simulated
