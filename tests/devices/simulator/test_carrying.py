"""What a monitor cannot tell is said before a rehearsal begins, and a cuff and an oximeter make a whole."""

import pytest

from devices.simulator.carrying import demand_carried, monitors_named
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
        ("garbage", "omron+nonin-df1", "nonin-df1: a few bytes of noise"),
        ("old-cuff", "ge-dri", "ge-dri: its readings have no age"),
        ("half-open", "omron+masimo", "omron: it speaks only when it has measured"),
        ("syncope", "omron+nonin", "omron: it counts no pulse as slow"),
    ],
)
def test_what_a_monitor_cannot_carry_is_said(scenario: str, protocol: str, words: str) -> None:
    with pytest.raises(UsersError, match=words):
        demand_carried(load_scenario(scenario), protocol)


@pytest.mark.parametrize("protocol", ["dinamap", "hl7", "dinamap+masimo", "hl7+nonin"])
def test_the_others_carry_everything(protocol: str) -> None:
    for name in scenario_names():
        demand_carried(load_scenario(name), protocol)


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
