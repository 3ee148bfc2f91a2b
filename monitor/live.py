"""How long a monitor's continuous values have stood beyond a limit: what makes them worth a flag.

A value that touches a limit for a moment is no flag; one that stays there for as long as the policy says is.
Nothing here is charted: what stood long enough is written down as `LiveStood`, and the judge does the rest.
"""

from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product

from monitor.bands import Values, crosses, threshold
from monitor.bodies import LiveStood
from monitor.clock import MS_PER_S
from monitor.feed import LiveValue, Source
from monitor.policy import Limit, Persistence, Policy
from monitor.vitals import Quality, Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """One limit, and how long a value must stand beyond it."""

    rule: Persistence
    limit: Limit


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """Values beyond one limit without a break. `nearest` is the one nearest the limit."""

    since_ms: int
    nearest: int
    is_told: bool = False


class LiveWatch:
    """Watches the continuous values of one session. Pure: each value brings its time."""

    def __init__(self, policy: Policy) -> None:
        self._cases: dict[Quantity, list[_Case]] = {}
        for rule, limit in product(policy.live, policy.limits):
            if (rule.quantity, rule.level) == (limit.quantity, limit.level):
                self._cases.setdefault(rule.quantity, []).append(_Case(rule=rule, limit=limit))
        self._runs: dict[tuple[Source, _Case], _Run] = {}

    def forget(self, *, quantity: Quantity | None = None, source: Source | None = None) -> None:
        """Break the runs of `quantity` and of `source`; None is any of them.

        Nothing is known of the time in between.
        """
        self._runs = {
            (of, case): run
            for (of, case), run in self._runs.items()
            if quantity not in {None, case.rule.quantity} or source not in {None, of}
        }

    def take(self, seen: LiveValue, baseline: Values) -> tuple[LiveStood, ...]:
        """Take one value and return what has now stood long enough, each run once.

        A withdrawn value breaks its runs. A questionable one neither counts nor breaks. Each monitor has runs
        of its own: a good value of one does not excuse a bad one of another.
        """
        if seen.value is None:
            self.forget(quantity=seen.quantity, source=seen.source)
        if seen.value is None or seen.quality is not Quality.GOOD:
            return ()
        cases = self._cases.get(seen.quantity, ())
        found = [self._watch(case, seen, seen.value, baseline) for case in cases]
        return tuple(stood for stood in found if stood is not None)

    def _watch(self, case: _Case, seen: LiveValue, value: int, baseline: Values) -> LiveStood | None:
        if not _is_beyond(case, value, baseline):
            self._runs.pop((seen.source, case), None)
            return None
        now_ms = seen.received_at.utc_ms
        run = self._runs.get((seen.source, case)) or _Run(since_ms=now_ms, nearest=value)
        nearest = (min if case.limit.side.is_high else max)(run.nearest, value)
        self._runs[seen.source, case] = run = replace(run, nearest=nearest)
        stood_s = (now_ms - run.since_ms) // MS_PER_S
        if run.is_told or stood_s < case.rule.stands_s:
            return None
        self._tell(case.limit)
        return LiveStood(
            quantity=seen.quantity,
            value=run.nearest,
            stood_s=stood_s,
            protocol=seen.source.protocol,
            port=seen.source.port,
            is_simulated=seen.source.is_simulated,
        )

    def _tell(self, told: Limit) -> None:
        """Mark what was told, and with it what says no more of the same condition."""
        for (source, case), run in self._runs.items():
            if case.limit.condition is told.condition and case.limit.level.rank <= told.level.rank:
                self._runs[source, case] = replace(run, is_told=True)


def _is_beyond(case: _Case, value: int, baseline: Values) -> bool:
    if case.rule.below is not None and value >= case.rule.below:
        return False
    at = threshold(case.limit, baseline)
    return at is not None and crosses(case.limit.side, Fraction(value), at)
