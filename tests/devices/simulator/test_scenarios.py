"""Each scenario does what its title says: one that did nothing would pass for ever."""

from functools import cache

import pytest

from devices.simulator.bedside import Determination
from devices.simulator.scenario import load_scenario
from devices.simulator.simulated_link import SimulatedLink
from monitor.clock import Instant
from monitor.feed import CuffReading, FeedEvent, LinkChanged, LinkState, LiveValue
from monitor.link_report import LinkReport
from monitor.vitals import Quality, Quantity

START = Instant(utc_ms=1_767_603_600_000, offset_minutes=0)
DRUG_AT_S = 120
SEED = 7


class Hour:
    """One scenario's hour at the pump that it plans: what the app heard, and the truth."""

    def __init__(self, name: str, protocol: str | None = None) -> None:
        scenario = load_scenario(name)
        link = SimulatedLink(scenario=scenario, seed=SEED, start=START, protocol=protocol or scenario.monitor)
        self.events: list[FeedEvent] = link.advance(START.plus_s(DRUG_AT_S))
        for minute, percent in scenario.pump_percents():
            at = START.plus_s(DRUG_AT_S + 60 * minute)
            self.events += link.advance(at)
            link.bedside.pump_set(at.utc_ms, percent=percent)
        self.events += link.advance(START.plus_s(DRUG_AT_S + 3600))
        self.report: LinkReport = link.report()
        self.truth: tuple[Determination, ...] = link.bedside.ended

    def minute_of(self, at_ms: int) -> float:
        """Minutes from the start of the drug."""
        return (at_ms - START.utc_ms) / 60_000 - DRUG_AT_S / 60

    @property
    def readings(self) -> list[CuffReading]:
        """Each told determination, once."""
        told = [event for event in self.events if isinstance(event, CuffReading)]
        return list({event.measured_at_ms // 10_000: event for event in reversed(told)}.values())[::-1]

    def systolics(self) -> list[int | None]:
        """Of what was told, in order."""
        return [reading.vitals.systolic_mmhg for reading in self.readings]

    def states(self) -> list[LinkState]:
        """The link's, in order."""
        return [event.state for event in self.events if isinstance(event, LinkChanged)]

    def live(self, quantity: Quantity, begins: float, ends: float) -> list[LiveValue]:
        """What was shown of `quantity` between two minutes."""
        return [
            event
            for event in self.events
            if isinstance(event, LiveValue)
            and event.quantity is quantity
            and begins <= self.minute_of(event.received_at.utc_ms) < ends
        ]

    def systolic_at(self, minute: float) -> int:
        """What was told nearest to a minute."""
        nearest = min(self.readings, key=lambda each: abs(self.minute_of(each.measured_at_ms) - minute))
        return nearest.vitals.systolic_mmhg or 0


@cache
def hour(name: str) -> Hour:
    return Hour(name)


def truth_of(name: str) -> list[int | None]:
    found = [each.pressures for each in hour(name).truth]
    return [each.systolic_mmhg for each in found if each is not None]


@pytest.mark.parametrize("name", ["normal", "chopped", "flood", "half-open", "hang-up", "garbage", "silence"])
def test_what_a_bad_wire_tells_is_the_truth_and_nothing_else(name: str) -> None:
    assert set(hour(name).systolics()) <= set(truth_of(name))
    assert len(hour(name).systolics()) >= len(truth_of(name)) - 1
    assert truth_of(name) == truth_of("normal")


def test_a_pause_lets_the_pressure_fall_and_ends_ten_minutes_later() -> None:
    paused, normal = load_scenario("pause"), load_scenario("normal")
    assert paused.pump_percents()[-1] == (50, 0)
    assert normal.pump_percents()[-1] == (40, 0)
    assert hour("pause").systolic_at(25) < hour("normal").systolic_at(25)


def test_a_slowed_pump_ends_a_surge_that_would_have_gone_on() -> None:
    assert hour("slowed").systolic_at(20) == hour("surge").systolic_at(20) >= 180
    assert hour("slowed").systolic_at(25) < hour("surge").systolic_at(25) - 5


def test_a_stop_after_25_minutes_ends_the_rise() -> None:
    assert hour("stopped-early").systolic_at(40) < hour("normal").systolic_at(40)


def test_an_older_woman_with_hypertension_rises_higher() -> None:
    assert max(truth_of("older"), key=lambda each: each or 0) in range(160, 176)


def test_a_moved_arm_is_one_high_reading_and_no_change_of_pulse() -> None:
    high = [each for each in hour("artefact").systolics() if (each or 0) >= 180]
    assert len(high) == 1
    moved = hour("artefact").live(Quantity.PULSE_RATE, 15, 16)
    assert max(each.value or 0 for each in moved) < 90


def test_a_cough_is_seen_in_pulse_and_saturation_and_passes() -> None:
    during, after = hour("cough").live(Quantity.SPO2, 20.3, 21), hour("cough").live(Quantity.SPO2, 23, 25)
    assert {each.value for each in during} == {96}
    assert {each.value for each in after} == {98}


def test_a_faint_is_seen_in_pulse_and_pressure_and_passes() -> None:
    during = hour("syncope").live(Quantity.PULSE_RATE, 20, 22)
    assert max(each.value or 0 for each in during) < 40
    assert hour("syncope").systolic_at(20.5) < 90
    assert hour("syncope").systolic_at(30.5) > 110


def test_a_desaturation_is_seen_live_and_passes() -> None:
    during, after = (hour("desaturation").live(Quantity.SPO2, *span) for span in ((18, 20), (23, 30)))
    assert {each.value for each in during} == {86}
    assert {each.value for each in after} == {98}


def test_a_probe_that_is_off_withdraws_both_values_and_shows_none_until_it_is_back() -> None:
    for quantity in (Quantity.SPO2, Quantity.PULSE_RATE):
        assert {each.value for each in hour("probe-off").live(quantity, 12.2, 19.9)} <= {None}
        assert all(each.value for each in hour("probe-off").live(quantity, 20.2, 25))


def test_an_old_cuff_value_is_told_once_and_the_new_ones_only_afterwards() -> None:
    told = [hour("old-cuff").minute_of(each.measured_at_ms) for each in hour("old-cuff").readings]
    assert [minute for minute in told if 12 <= minute < 27] == []
    assert len([minute for minute in told if minute >= 27]) >= 6


def test_a_wrong_clock_changes_neither_what_is_told_nor_when_it_was_measured() -> None:
    told = [(each.vitals.systolic_mmhg, each.measured_at_ms) for each in hour("wrong-clock").readings]
    truth = [
        (each.pressures.systolic_mmhg, each.ended_at_ms)
        for each in hour("wrong-clock").truth
        if each.pressures is not None
    ]
    assert [systolic for systolic, _ in told] == [systolic for systolic, _ in truth]
    assert all(abs(a[1] - b[1]) <= 2000 for a, b in zip(told, truth, strict=True))


def test_what_a_demonstration_shows_is_marked_as_one() -> None:
    during = hour("demo-mode").live(Quantity.SPO2, 12.2, 17.9)
    assert {each.quality for each in during} == {Quality.DEMO}
    after = hour("demo-mode").live(Quantity.SPO2, 18.2, 25)
    assert {each.quality for each in after} == {Quality.GOOD}


@pytest.mark.parametrize("name", ["chopped", "flood", "normal"])
def test_pieces_and_floods_cost_no_connection(name: str) -> None:
    assert hour(name).states().count(LinkState.CONNECTED) == 1
    assert hour(name).states()[-1] is LinkState.CONNECTED


def test_a_flood_is_heard_many_times_over() -> None:
    assert hour("flood").report.frames > 4 * hour("normal").report.frames


def test_a_half_open_connection_falls_silent_and_is_opened_anew() -> None:
    states = hour("half-open").states()
    assert LinkState.SILENT in states
    assert states[-1] is LinkState.CONNECTED


def test_one_that_hangs_up_after_each_message_is_never_lost_and_its_readings_all_come() -> None:
    told = hour("hang-up-after-each")
    assert told.states() == [LinkState.CONNECTING, LinkState.NEGOTIATING, LinkState.CONNECTED]
    assert len(told.readings) == len([each for each in told.truth if each.pressures is not None])
    assert all(event.value is not None for event in told.events if isinstance(event, LiveValue))
    assert (told.report.hang_ups or 0) > 1000


def test_a_monitor_that_hangs_up_is_found_again_each_time() -> None:
    states = hour("hang-up").states()
    assert states.count(LinkState.LOST) >= 5
    assert states[-1] is LinkState.CONNECTED
