"""How long a monitor's continuous values have stood beyond a limit: what makes them worth a flag.

A value that touches a limit for a moment is no flag; one that stays there for as long as the policy says is.
Nothing here is charted: what stood long enough is written down as `LiveStood`, and the judge does the rest.
"""

from dataclasses import dataclass, replace
from fractions import Fraction

from monitor.bands import Values, crossing_of
from monitor.bodies import LiveStood
from monitor.clock import MS_PER_S
from monitor.feed import LiveValue
from monitor.policy import Condition, Limit, Persistence, Policy
from monitor.vitals import Quality, Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """Values beyond one limit without a break. `nearest` is the one nearest the limit."""

    rule: Persistence
    condition: Condition
    since_ms: int
    nearest: int
    is_told: bool = False


class LiveWatch:
    """Watches the continuous values of one chair. Pure: each value brings its time."""

    def __init__(self) -> None:
        self._runs: dict[tuple[Persistence, Condition], _Run] = {}

    def forget(self, quantity: Quantity | None = None) -> None:
        """Break the runs of `quantity`, or all: nothing is known of the time in between."""
        self._runs = {
            key: run
            for key, run in self._runs.items()
            if quantity is not None and run.rule.quantity is not quantity
        }

    def take(self, seen: LiveValue, policy: Policy, baseline: Values) -> tuple[LiveStood, ...]:
        """Take one value and return what has now stood long enough, each run once.

        A withdrawn value breaks its runs. A questionable one neither counts nor breaks.
        """
        if seen.value is None:
            self.forget(seen.quantity)
        if seen.value is None or seen.quality is not Quality.GOOD:
            return ()
        return tuple(
            stood
            for rule in policy.live
            if rule.quantity is seen.quantity
            for condition in Condition
            if (stood := self._watch(rule, condition, seen, policy, baseline)) is not None
        )

    def _watch(
        self, rule: Persistence, condition: Condition, seen: LiveValue, policy: Policy, baseline: Values
    ) -> LiveStood | None:
        limit = _limit_crossed(rule, condition, seen, policy, baseline)
        if limit is None or seen.value is None:
            self._runs.pop((rule, condition), None)
            return None
        known = self._runs.get((rule, condition))
        now_ms = seen.received_at.utc_ms
        run = known or _Run(rule=rule, condition=condition, since_ms=now_ms, nearest=seen.value)
        nearest = (min if limit.side.is_high else max)(run.nearest, seen.value)
        self._runs[rule, condition] = run = replace(run, nearest=nearest)
        stood_s = (now_ms - run.since_ms) // MS_PER_S
        if run.is_told or stood_s < rule.stands_s:
            return None
        self._tell(run)
        return LiveStood(
            quantity=rule.quantity,
            value=run.nearest,
            stood_s=stood_s,
            protocol=seen.source.protocol,
            port=seen.source.port,
            is_simulated=seen.source.is_simulated,
        )

    def _tell(self, told: _Run) -> None:
        """Mark `told`, and with it what says no more of the same condition."""
        for key, run in self._runs.items():
            says_no_more = run.rule.level.rank <= told.rule.level.rank
            if run.condition is told.condition and says_no_more:
                self._runs[key] = replace(run, is_told=True)


def _limit_crossed(
    rule: Persistence, condition: Condition, seen: LiveValue, policy: Policy, baseline: Values
) -> Limit | None:
    if seen.value is None or (rule.below is not None and seen.value >= rule.below):
        return None
    values = {seen.quantity: Fraction(seen.value)}
    for limit in policy.limits_of(condition, rule.level):
        if crossing_of(limit, baseline, values) is not None:
            return limit
    return None
