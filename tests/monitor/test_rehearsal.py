"""A whole session in virtual time comes out the same each time, and its script leaves nothing out."""

from dataclasses import replace
from functools import cache

import pytest

from devices.simulator.expectation import mismatches
from devices.simulator.scenario import load_scenario, scenario_names
from devices.simulator.simulated_link import SimulatedLink
from monitor.bodies import Accepted
from monitor.clock import Instant
from monitor.errors import VigilError
from monitor.feed import CuffGaveNothing, CuffReading, CuffTrouble, FeedEvent, Source
from monitor.policy_file import default_policy
from monitor.ports import Step
from monitor.record import check_chain
from monitor.rehearsal import START, Cast, play, rehearse
from monitor.rehearsed import Rehearsed
from monitor.session import replayed
from monitor.terms import Phase
from monitor.vitals import Quality, Vitals
from tests.made_session import MadeSession

ID = "11111111-1111-4111-8111-111111111111"


def cast() -> Cast:
    return Cast(session_id=ID, policy=default_policy())


def rehearsed(name: str, steps: list[Step] | None = None) -> Rehearsed:
    scenario = load_scenario(name)
    feed = SimulatedLink(scenario=scenario, seed=7, start=START, protocol=scenario.monitor)
    told = replace(cast(), pump=scenario.pump)
    return rehearse(told, feed, (steps if steps is not None else []).append)


@cache
def played_once(name: str) -> tuple[Rehearsed, tuple[Step, ...]]:
    """A scenario's session and its steps, played by whoever asks first."""
    steps: list[Step] = []
    return rehearsed(name, steps), tuple(steps)


@pytest.fixture(scope="module")
def surge() -> Rehearsed:
    return played_once("surge")[0]


@pytest.mark.parametrize("name", scenario_names())
def test_every_scenario_comes_to_its_end_with_the_flags_its_file_asks_for(name: str) -> None:
    played, steps = played_once(name)
    assert mismatches(load_scenario(name), played.changes) == []
    assert played.view.phase is Phase.SIGNED
    assert played.view.is_simulated
    assert tuple(entry for step in steps for entry in step.entries) == played.record
    check_chain(played.record)
    assert replayed(played.record) == played.record


def test_the_same_seed_gives_the_same_record(surge: Rehearsed) -> None:
    first, again = surge.summary(), rehearsed("surge")
    assert again.record == surge.record
    assert first == again.summary()
    assert first["flags"]["notify"]["confirmed"] == 1
    assert first["peak_systolic_mmhg"] >= 180
    assert 13 <= first["peak_minute"] <= 30


def test_the_nurse_waits_ten_seconds_before_she_accepts(surge: Rehearsed) -> None:
    captured = {e.sequence: e.recorded_at_ms for e in surge.record if e.kind == "captured"}
    waits = {
        (entry.recorded_at_ms - captured[entry.body.captured]) / 1000
        for entry in surge.record
        if isinstance(entry.body, Accepted)
    }
    assert min(waits) >= 10
    assert max(waits) < 12


@pytest.mark.parametrize(
    ("name", "acts"),
    [
        ("pause", [("infusion_paused", 15), ("infusion_resumed", 25), ("infusion_stopped", 50)]),
        ("slowed", [("rate_changed", 23), ("infusion_stopped", 57)]),
        ("stopped-early", [("infusion_stopped", 25)]),
    ],
)
def test_the_nurse_charts_what_she_was_told_to_do_at_the_pump_and_its_end_follows(
    name: str, acts: list[tuple[str, int]]
) -> None:
    record = played_once(name)[0].record
    began = next(entry for entry in record if entry.kind == "infusion_started")
    kinds = {kind for kind, _ in acts}
    done = [
        (entry.kind, round((entry.taken_at_ms - began.taken_at_ms) / 60_000))
        for entry in record
        if entry.kind in kinds
    ]
    assert done == acts


def test_the_nurse_plans_the_infusion_as_long_as_she_is_told_to() -> None:
    feed = SimulatedLink(scenario=load_scenario("normal"), seed=7, start=START)
    steps: list[Step] = []
    played = rehearse(replace(cast(), planned_minutes=20), feed, steps.append)
    began, ended = (
        next(entry.taken_at_ms for entry in played.record if entry.kind == kind)
        for kind in ("infusion_started", "infusion_stopped")
    )
    assert played.view.seated.planned_minutes == 20
    assert round((ended - began) / 60_000) == 20


def test_a_slower_pump_is_seen_in_the_pressures() -> None:
    falls = {name: late_systolic(played_once(name)[0]) for name in ("surge", "slowed")}
    assert falls["slowed"] < falls["surge"] - 5


def late_systolic(played: Rehearsed) -> int:
    """The charted systolic nearest the 26th minute."""
    infusion = played.view.infusion
    assert infusion is not None
    wanted_ms = infusion.started_ms + 26 * 60_000
    charted = [each for each in played.view.readings if each.vitals.systolic_mmhg is not None]
    nearest = min(charted, key=lambda each: abs(each.at_ms - wanted_ms))
    return nearest.vitals.systolic_mmhg or 0


class DeadMonitor:
    """Answers nothing, ever."""

    def advance(self, until: Instant) -> list[FeedEvent]:
        del until
        return []

    def start_cuff(self) -> None: ...

    def infusion_started(self, at: Instant) -> None: ...

    def infusion_paused(self, at: Instant) -> None: ...

    def infusion_resumed(self, at: Instant) -> None: ...

    def infusion_rate_changed(self, at: Instant, *, percent: int) -> None: ...

    def infusion_stopped(self, at: Instant) -> None: ...


def test_a_monitor_that_never_answers_ends_in_a_sentence_and_no_invented_number() -> None:
    steps: list[Step] = []
    with pytest.raises(VigilError, match="did not come to its end"):
        rehearse(cast(), DeadMonitor(), steps.append, longest_s=900)
    assert {entry.kind for step in steps for entry in step.entries} == {"seated", "phase"}


class HighPatient(DeadMonitor):
    """Fails its first determination and then finds a pressure that no nurse may start with alone."""

    def __init__(self) -> None:
        self._tries = 0
        self._is_busy = False

    def start_cuff(self) -> None:
        self._is_busy = True

    def advance(self, until: Instant) -> list[FeedEvent]:
        if not self._is_busy:
            return []
        self._is_busy = False
        self._tries += 1
        source = Source(protocol="dinamap", port="memory", is_simulated=True)
        if self._tries == 1:
            trouble = CuffTrouble.FAILED
            return [CuffGaveNothing(source=source, trouble=trouble, reason="failed", received_at=until)]
        return [
            CuffReading(
                source=source,
                vitals=Vitals(systolic_mmhg=170, diastolic_mmhg=95),
                quality=Quality.GOOD,
                measured_at_ms=until.utc_ms,
                begun_at_ms=None,
                received_at=until,
                raw=b"",
            )
        ]


def test_a_nurse_who_is_refused_ends_the_rehearsal_with_what_and_why() -> None:
    steps: list[Step] = []
    with pytest.raises(VigilError, match=r"^the scripted nurse was refused infusion_started: gate$"):
        rehearse(cast(), HighPatient(), steps.append)
    kinds = [entry.kind for step in steps for entry in step.entries]
    assert kinds.count("cuff_failed") == 1
    assert "not_obtained" not in kinds


def test_play_stops_where_it_is_told() -> None:
    feed = SimulatedLink(scenario=load_scenario("normal"), seed=7, start=START)
    steps: list[Step] = []
    assert play(cast(), feed, steps.append, begin=START, until=START.plus_s(400)) is None
    assert max(entry.recorded_at_ms for step in steps for entry in step.entries) <= START.plus_s(400).utc_ms


def test_figures_of_a_session_without_an_infusion() -> None:
    made = MadeSession()
    summary = Rehearsed(record=made.session.record, view=made.view).summary()
    assert (summary["readings"], summary["peak_systolic_mmhg"], summary["peak_minute"]) == (0, None, None)
