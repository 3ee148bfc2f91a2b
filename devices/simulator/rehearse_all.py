"""Many rehearsals in a row, a line each: scenarios through the monitors asked for."""

from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from typing import TextIO

from devices.simulator.carrying import carriers, demand_whole, why_not_carried
from devices.simulator.expectation import mismatches
from devices.simulator.rehearsing import rehearse_scenario
from devices.simulator.scenario import Scenario
from monitor.errors import VigilError
from monitor.ports import Step

EVERY_PROTOCOL = "all"
PASSED, FAILED, NOT_CARRIED = "passed", "failed", "cannot be carried"
EXIT_OK = 0
EXIT_FAILED = 1

# Makes a place to save one session, which is thrown away at the end, and gives what commits a step there.
Keep = Callable[[], AbstractContextManager[Callable[[Step], None]]]


def run_rehearse_all(
    scenarios: Iterable[Scenario], *, protocol: str | None, seed: int, keep: Keep, out: TextIO
) -> int:
    """Play the scenarios, and print a line for each play and a count of all.

    Args:
        scenarios: in the order in which they are played.
        protocol: one monitor's, a cuff's and an oximeter's joined, or "all"; None: each scenario's own.
        seed: of every play.
        keep: makes the place where one play is saved.
        out: where the lines go.

    Returns:
        The exit status: 1 when a play failed. What cannot be carried is told, and is no failure.

    Raises:
        UsersError: an unknown protocol, or one that carries no session at all.
    """
    if protocol not in (None, EVERY_PROTOCOL):
        demand_whole(protocol)
    counts = Counter[str]()
    for scenario in scenarios:
        for played_on in _protocols(scenario, protocol):
            how, why = _play(scenario, protocol=played_on, seed=seed, keep=keep)
            counts[how] += 1
            print(f"{scenario.name:<14} {played_on:<18} {how}{why}", file=out, flush=True)
    print(", ".join(f"{counts[how]} {how}" for how in (PASSED, FAILED, NOT_CARRIED)), file=out)
    return EXIT_FAILED if counts[FAILED] else EXIT_OK


def _protocols(scenario: Scenario, asked: str | None) -> tuple[str, ...]:
    if asked == EVERY_PROTOCOL:
        return carriers(scenario)
    return (asked or scenario.monitor,)


def _play(scenario: Scenario, *, protocol: str, seed: int, keep: Keep) -> tuple[str, str]:
    """Return how it went, and why, to be printed right after."""
    why = why_not_carried(scenario, protocol)
    if why is not None:
        return NOT_CARRIED, f", because {why}"
    try:
        with keep() as submit:
            played = rehearse_scenario(scenario, protocol=protocol, seed=seed, submit=submit)
    except VigilError as fault:
        return FAILED, f": {fault}"
    found = mismatches(scenario, played.changes)
    return (FAILED, f": {'; '.join(found)}") if found else (PASSED, "")
