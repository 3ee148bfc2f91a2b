"""A whole hour at a simulated monitor, through the real bytes, in virtual time."""

from collections.abc import Iterable
from functools import cache

import pytest

from devices.simulator.scenario import load_scenario
from devices.simulator.simulated_link import SimulatedLink
from monitor.clock import Instant
from monitor.feed import (
    CuffBusy,
    CuffGaveNothing,
    CuffReading,
    FeedEvent,
    LinkChanged,
    LinkState,
    LiveValue,
)

START = Instant(utc_ms=1_767_603_600_000, offset_minutes=0)
DRUG_AT_S = 600
DRUG_ENDS_AT_S = DRUG_AT_S + 40 * 60
SEEDS = (1, 7)


def at(seconds: float) -> Instant:
    return START.plus_s(seconds)


def minute_of(event: FeedEvent) -> float:
    """Minutes from the start of the drug."""
    moment = event.at if isinstance(event, LinkChanged) else event.received_at
    return (moment.utc_ms - START.utc_ms - DRUG_AT_S * 1000) / 60_000


@cache
def hour_of(name: str, seed: int = 7, step_s: int = 600) -> tuple[FeedEvent, ...]:
    link = SimulatedLink(scenario=load_scenario(name), seed=seed, start=START)
    events = link.advance(at(60))
    link.start_cuff()
    events += link.advance(at(180))
    link.start_cuff()
    events += link.advance(at(DRUG_AT_S))
    link.infusion_started(at(DRUG_AT_S))
    for second in range(DRUG_AT_S + step_s, DRUG_ENDS_AT_S + 1, step_s):
        events += link.advance(at(second))
    link.infusion_stopped(at(DRUG_ENDS_AT_S))
    return (*events, *link.advance(at(DRUG_ENDS_AT_S + 1800)))


def readings(events: Iterable[FeedEvent]) -> list[CuffReading]:
    return [event for event in events if isinstance(event, CuffReading)]


def peak(events: Iterable[FeedEvent]) -> int:
    return max(event.vitals.systolic_mmhg or 0 for event in readings(events))


def states(events: Iterable[FeedEvent]) -> list[LinkState]:
    return [event.state for event in events if isinstance(event, LinkChanged)]


@pytest.mark.parametrize("name", ["surge", "cable-pull", "garbage"])
def test_a_seed_gives_the_same_events_however_time_is_cut(name: str) -> None:
    assert hour_of(name) == hour_of(name, step_s=120)


def test_another_seed_is_another_patient() -> None:
    assert hour_of("normal", 7) != hour_of("normal", 1)


@pytest.mark.parametrize("seed", SEEDS)
def test_normal_is_read_every_five_minutes_and_stays_low(seed: int) -> None:
    events = hour_of("normal", seed)
    assert len(readings(events)) == 2 + 13
    assert peak(events) < 160


@pytest.mark.parametrize("seed", SEEDS)
def test_every_determination_is_seen_busy_first_and_told_once(seed: int) -> None:
    events = hour_of("normal", seed)
    assert len([event for event in events if isinstance(event, CuffBusy)]) == len(readings(events))
    for event in readings(events):
        assert event.begun_at_ms is not None
        assert 15_000 <= event.measured_at_ms - event.begun_at_ms <= 41_000
    assert len({event.measured_at_ms for event in readings(events)}) == len(readings(events))


@pytest.mark.parametrize("seed", SEEDS)
def test_surge_peaks_about_186_and_a_repeat_would_confirm(seed: int) -> None:
    events = hour_of("surge", seed)
    assert 183 <= peak(events) <= 189
    assert len([event for event in readings(events) if (event.vitals.systolic_mmhg or 0) >= 180]) >= 2
    assert all((event.vitals.diastolic_mmhg or 0) < 110 for event in readings(events))


@pytest.mark.parametrize("seed", SEEDS)
def test_severe_passes_200(seed: int) -> None:
    assert 202 <= peak(hour_of("severe", seed)) <= 215


@pytest.mark.parametrize("seed", SEEDS)
def test_a_failing_cuff_says_so_and_recovers(seed: int) -> None:
    events = hour_of("cuff-failure", seed)
    failures = [minute_of(event) for event in events if isinstance(event, CuffGaveNothing)]
    assert len(failures) == 3
    assert not any(failures[0] < minute_of(event) < failures[-1] for event in readings(events))
    assert minute_of(readings(events)[-1]) > failures[-1]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_pulled_cable_is_lost_and_comes_back_with_the_missed_reading(seed: int) -> None:
    events = hour_of("cable-pull", seed)
    assert states(events).count(LinkState.LOST) == 2
    assert states(events)[-1] is LinkState.CONNECTED
    during = [event for event in events if 27 < minute_of(event) < 33 and isinstance(event, LiveValue)]
    assert during == []
    (missed,) = [event for event in readings(events) if 33 <= minute_of(event) < 34]
    assert 30 < (missed.measured_at_ms - START.utc_ms - DRUG_AT_S * 1000) / 60_000 < 31


def test_the_patient_before_is_told_with_the_time_it_was_taken() -> None:
    first = readings(hour_of("cable-pull"))[0]
    assert first.vitals.systolic_mmhg == 171
    assert START.utc_ms - 1_501_000 <= first.measured_at_ms <= START.utc_ms - 1_499_000
    assert first.vitals.pulse_rate_bpm is None


@pytest.mark.parametrize("seed", SEEDS)
def test_silence_is_noticed_and_ends_by_itself(seed: int) -> None:
    events = hour_of("silence", seed)
    (silent,) = [e for e in events if isinstance(e, LinkChanged) and e.state is LinkState.SILENT]
    assert 16 < minute_of(silent) < 16.2
    back = [e for e in events if isinstance(e, LinkChanged) and minute_of(e) > 16.2]
    assert [event.state for event in back] == [LinkState.CONNECTED]
    assert 22 <= minute_of(back[0]) < 22.2


@pytest.mark.parametrize("seed", SEEDS)
def test_garbage_changes_no_number(seed: int) -> None:
    clean = {event.vitals.systolic_mmhg for event in readings(hour_of("normal", seed))}
    spoiled = readings(hour_of("garbage", seed))
    assert {event.vitals.systolic_mmhg for event in spoiled} <= clean
    assert len({event.measured_at_ms for event in spoiled}) >= 13


def test_a_pause_bends_the_course_down() -> None:
    link = SimulatedLink(scenario=load_scenario("severe"), seed=7, start=START)
    link.infusion_started(at(0))
    before = link.advance(at(21 * 60))
    link.infusion_paused(at(21 * 60))
    paused = link.advance(at(33 * 60))
    link.infusion_resumed(at(33 * 60))
    link.advance(at(34 * 60))
    assert readings(paused)[-1].vitals.systolic_mmhg is not None
    assert peak(before) > 200
    assert (readings(paused)[-1].vitals.systolic_mmhg or 999) < 160


def test_the_port_of_a_rehearsal_is_always_simulated() -> None:
    link = SimulatedLink(scenario=load_scenario("normal"), seed=7, start=START)
    assert link.source.is_simulated
    link.advance(at(60))
    assert link.report().frames > 50
