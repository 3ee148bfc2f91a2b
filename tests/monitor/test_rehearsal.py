"""A whole session in virtual time comes out the same each time, and its script leaves nothing out."""

import pytest

from devices.simulator.expectation import mismatches
from devices.simulator.scenario import load_scenario, scenario_names
from devices.simulator.simulated_link import SimulatedLink
from monitor.bodies import Accepted
from monitor.clock import Instant
from monitor.errors import VigilError
from monitor.feed import FeedEvent
from monitor.policy_file import default_policy
from monitor.ports import Step
from monitor.record import check_chain
from monitor.rehearsal import START, Cast, play, rehearse
from monitor.rehearsed import Rehearsed
from monitor.session import replayed
from monitor.terms import Phase
from tests.made_session import MadeSession

ID = "11111111-1111-4111-8111-111111111111"


def cast() -> Cast:
    return Cast(session_id=ID, policy=default_policy())


def rehearsed(name: str, steps: list[Step] | None = None) -> Rehearsed:
    feed = SimulatedLink(scenario=load_scenario(name), seed=7, start=START)
    return rehearse(cast(), feed, (steps if steps is not None else []).append)


@pytest.mark.parametrize("name", scenario_names())
def test_every_scenario_comes_to_its_end_with_the_flags_its_file_asks_for(name: str) -> None:
    steps: list[Step] = []
    played = rehearsed(name, steps)
    assert mismatches(load_scenario(name), played.changes) == []
    assert played.view.phase is Phase.SIGNED
    assert played.view.is_simulated
    assert tuple(entry for step in steps for entry in step.entries) == played.record
    check_chain(played.record)
    assert replayed(played.record) == played.record


def test_the_same_seed_gives_the_same_record() -> None:
    first, second = rehearsed("surge").summary(), rehearsed("surge").summary()
    assert first == second
    assert first["flags"]["notify"]["confirmed"] == 1
    assert first["peak_systolic_mmhg"] >= 180
    assert 13 <= first["peak_minute"] <= 30


def test_the_nurse_waits_ten_seconds_before_she_accepts() -> None:
    played = rehearsed("normal")
    captured = {e.sequence: e.recorded_at_ms for e in played.record if e.kind == "captured"}
    waits = {
        (entry.recorded_at_ms - captured[entry.body.captured]) / 1000
        for entry in played.record
        if isinstance(entry.body, Accepted)
    }
    assert min(waits) >= 10
    assert max(waits) < 12


class DeadMonitor:
    """Answers nothing, ever."""

    def advance(self, until: Instant) -> list[FeedEvent]:
        del until
        return []

    def start_cuff(self) -> None: ...

    def infusion_started(self, at: Instant) -> None: ...

    def infusion_paused(self, at: Instant) -> None: ...

    def infusion_resumed(self, at: Instant) -> None: ...

    def infusion_stopped(self, at: Instant) -> None: ...


def test_a_monitor_that_never_answers_ends_in_a_sentence_and_no_invented_number() -> None:
    steps: list[Step] = []
    with pytest.raises(VigilError, match="did not come to its end"):
        rehearse(cast(), DeadMonitor(), steps.append)
    assert {entry.kind for step in steps for entry in step.entries} == {"seated", "phase"}


def test_play_stops_where_it_is_told() -> None:
    feed = SimulatedLink(scenario=load_scenario("normal"), seed=7, start=START)
    steps: list[Step] = []
    assert play(cast(), feed, steps.append, begin=START, until=START.plus_s(400)) is None
    assert max(entry.recorded_at_ms for step in steps for entry in step.entries) <= START.plus_s(400).utc_ms


def test_figures_of_a_session_without_an_infusion() -> None:
    made = MadeSession()
    summary = Rehearsed(record=made.session.record, view=made.view).summary()
    assert (summary["readings"], summary["peak_systolic_mmhg"], summary["peak_minute"]) == (0, None, None)
