"""Hold the flags of a played scenario against those that its file asks for and forbids."""

from collections.abc import Iterable

from devices.simulator.scenario import FlagExpectation, Scenario
from monitor.flags import FlagChange


def mismatches(scenario: Scenario, changes: Iterable[FlagChange]) -> list[str]:
    """Return a clause for each flag that should have been raised and was not, or the other way round."""
    played = tuple(changes)
    missing = [wanted for wanted in scenario.must if not _occurs(wanted, played)]
    surplus = [banned for banned in scenario.must_not if _occurs(banned, played)]
    return [f"not raised: {_named(wanted)}" for wanted in missing] + [
        f"must not be raised: {_named(banned)}" for banned in surplus
    ]


def _occurs(expectation: FlagExpectation, played: tuple[FlagChange, ...]) -> bool:
    return any(
        expectation.matches(condition=change.condition, level=change.level, state=change.state)
        for change in played
    )


def _named(expectation: FlagExpectation) -> str:
    parts = (expectation.condition, expectation.level, expectation.state)
    return " ".join("any" if part is None else part.value for part in parts)
