"""A whole session through other monitors than the scenario's own comes to its end, with the same flags."""

import pytest

from devices.simulator.carrying import demand_carried
from devices.simulator.expectation import mismatches
from devices.simulator.scenario import load_scenario
from devices.simulator.simulated_link import SimulatedLink
from monitor.bodies import Captured
from monitor.policy_file import default_policy
from monitor.rehearsal import START, Cast, rehearse
from monitor.rehearsed import Rehearsed
from monitor.terms import Phase

ID = "11111111-1111-4111-8111-111111111111"


def played(scenario_name: str, protocol: str) -> Rehearsed:
    scenario = load_scenario(scenario_name)
    demand_carried(scenario, protocol)
    feed = SimulatedLink(scenario=scenario, seed=7, start=START, protocol=protocol)
    cast = Cast(session_id=ID, policy=default_policy(), pump=scenario.pump)
    found = rehearse(cast, feed, lambda _step: None)
    assert mismatches(scenario, found.changes) == []
    return found


@pytest.mark.parametrize(
    ("protocol", "scenario"),
    [
        ("ge-dri", "surge"),
        ("ge-dri", "garbage"),
        ("ge-dri", "hang-up"),
        ("ge-dri", "desaturation"),
        ("hl7", "surge"),
        ("dinamap+masimo", "cable-pull"),
    ],
)
def test_it_is_signed_in_the_end_with_the_flags_that_the_scenario_asks_for(
    protocol: str, scenario: str
) -> None:
    assert played(scenario, protocol).view.phase is Phase.SIGNED


def test_a_cuff_and_an_oximeter_fill_one_set_and_the_same_seed_gives_the_same_record() -> None:
    first = played("surge", "omron+masimo")
    assert first.record == played("surge", "omron+masimo").record
    sets = [entry.body.vitals for entry in first.record if isinstance(entry.body, Captured)]
    assert len(sets) > 10
    assert all(each.spo2_percent and each.systolic_mmhg for each in sets)
