"""What a monitor cannot tell is said before a rehearsal begins, and a cuff and an oximeter make a whole."""

import pytest

from devices.profiles import PROFILES
from devices.simulator.carrying import carriers, demand_carried, monitors_named, why_not_carried
from devices.simulator.scenario import load_scenario, scenario_names
from devices.simulator.simulated_link import SimulatedLink
from monitor.clock import Instant
from monitor.errors import UsersError
from monitor.feed import CuffReading, LiveValue
from monitor.vitals import Quantity

START = Instant(utc_ms=1_767_603_600_000, offset_minutes=0)


@pytest.mark.parametrize(
    ("protocol", "words"),
    [
        ("tarot", "is not a protocol"),
        ("omron+tarot", "is not a protocol"),
        ("dinamap+hl7", "both have a cuff"),
        ("masimo+masimo", "cannot be joined"),
        ("omron+nonin+masimo", "cannot be joined"),
        ("", "is not a protocol"),
    ],
)
def test_what_cannot_be_joined_is_refused(protocol: str, words: str) -> None:
    with pytest.raises(UsersError, match=words):
        monitors_named(protocol)


@pytest.mark.parametrize(
    ("scenario", "protocol", "words"),
    [
        ("normal", "omron", "omron tells no SpO2"),
        ("normal", "nonin", "nonin tells no blood pressure"),
        ("normal", "masimo", "tells no blood pressure"),
        ("garbage", "omron+nonin-df1", "because nonin-df1 has neither sum nor grammar"),
        ("old-cuff", "ge-dri", "because ge-dri tells no age of its readings"),
        ("half-open", "omron+masimo", "because omron speaks only when it has measured"),
        ("syncope", "omron+nonin", "because omron counts no pulse as slow"),
    ],
)
def test_what_a_monitor_cannot_carry_is_said(scenario: str, protocol: str, words: str) -> None:
    with pytest.raises(UsersError, match=words):
        demand_carried(load_scenario(scenario), protocol)


@pytest.mark.parametrize("protocol", ["dinamap", "hl7", "dinamap+masimo", "hl7+nonin"])
def test_the_others_carry_everything(protocol: str) -> None:
    for name in scenario_names():
        demand_carried(load_scenario(name), protocol)


def test_what_is_half_a_monitor_is_joined_to_its_other_half_and_to_a_whole_one_where_that_cannot() -> None:
    assert {"dinamap", "omron+masimo", "omron+nonin"} <= set(carriers(load_scenario("normal")))
    assert {"dinamap", "dinamap+masimo", "dinamap+nonin"} <= set(carriers(load_scenario("half-open")))


def test_no_protocol_is_left_out_of_any_scenario() -> None:
    for name in scenario_names():
        scenario = load_scenario(name)
        named = [each for carrier in carriers(scenario) for each in monitors_named(carrier)]
        assert set(named) == set(PROFILES)
        assert any(why_not_carried(scenario, carrier) is None for carrier in carriers(scenario))


def test_two_monitors_at_one_patient_tell_each_their_part() -> None:
    link = SimulatedLink(
        scenario=load_scenario("normal"), seed=7, start=START, protocol="omron+masimo", cycles_from_start=True
    )
    events = link.advance(START.plus_s(200))
    cuffs = [event for event in events if isinstance(event, CuffReading)]
    live = [event for event in events if isinstance(event, LiveValue)]
    assert {event.source.protocol for event in cuffs} == {"omron"}
    assert {(event.source.protocol, event.quantity) for event in live} == {
        ("masimo", Quantity.SPO2),
        ("masimo", Quantity.PULSE_RATE),
    }
    assert [event.vitals.systolic_mmhg for event in cuffs] == [
        each.pressures.systolic_mmhg for each in link.bedside.ended if each.pressures is not None
    ]
