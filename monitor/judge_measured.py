"""The flag of one measured condition: opened, confirmed or not, escalated, reminded of, cleared."""

from dataclasses import replace
from fractions import Fraction
from typing import cast

from monitor.bands import Crossing, Values, crossing_of, drawn, is_clear, threshold, worst_of
from monitor.clock import MS_PER_S
from monitor.flags import FlagChange, FlagState
from monitor.judge_life import FlagLife
from monitor.observations import Determination, Observation, Sustained
from monitor.policy import Condition, Level, Limit, Policy
from monitor.vitals import Quantity

_UNDECIDED = (FlagState.UNCONFIRMED, FlagState.NOT_REPEATED)
_PRESSURES = (Quantity.SYSTOLIC, Quantity.DIASTOLIC, Quantity.MAP)


class MeasuredFlag(FlagLife):
    """One condition's flag, judged from determinations in the order in which they were taken.

    A band above the standing level opens and replaces what stood, without a closing change. A determination
    that only repeats another one (a typed copy) neither decides an unconfirmed flag nor counts to clear one.
    """

    def __init__(self, condition: Condition, policy: Policy, baseline: Values) -> None:
        super().__init__(condition, policy)
        self._baseline = baseline
        self._drawn = drawn(policy, baseline, condition)
        self._latest: dict[Quantity, tuple[Fraction, int]] = {}
        self._opened_by: Determination | None = None
        self._not_confirmed_at_ms: int | None = None
        self._clear_set: int | None = None

    def pass_time(self, until_ms: int) -> list[FlagChange]:
        """Return a repeat not made and a reminder due, if their deadlines lie strictly before `until_ms`."""
        changes = super().pass_time(until_ms)
        flag = self._standing
        if flag is not None and flag.state is FlagState.UNCONFIRMED:
            deadline_ms = flag.at_ms + self._policy.repeat.window_s * MS_PER_S
            if deadline_ms < until_ms:
                self._standing = replace(flag, state=FlagState.NOT_REPEATED, at_ms=deadline_ms)
                changes.append(self._standing)
        return changes

    def _observe(self, seen: Observation) -> list[FlagChange]:
        if not isinstance(seen, Determination | Sustained):
            return []
        for quantity, value in seen.values.items():
            self._latest[quantity] = (value, seen.key)
        found = worst_of(self._drawn, seen.values)
        if isinstance(seen, Sustained):
            return self._sustain(seen, found)
        return [*self._settle(seen, found), *self._open(seen, found), *self._remind_at(seen)]

    def _sustain(self, seen: Sustained, found: Crossing | None) -> list[FlagChange]:
        """Open, raise or decide: a value that stood so long needs no repeat."""
        flag = self._standing
        if found is None or (flag is not None and found.level.rank < flag.level.rank):
            return []
        if flag is not None and found.level is flag.level and flag.state not in _UNDECIDED:
            return []
        waits = found.level is Level.NOTIFY and found.needs_repeat
        return [self._opening(seen, found, FlagState.CONFIRMED if waits else FlagState.RAISED)]

    def _settle(self, seen: Determination, found: Crossing | None) -> list[FlagChange]:
        """Decide or clear what stands; act now is left to `_open`, which needs no repeat."""
        flag = self._standing
        if flag is None or (found is not None and found.level.rank > flag.level.rank):
            return []
        if flag.state in _UNDECIDED:
            return self._decide(flag, seen, found)
        return self._clear(flag, seen)

    def _decide(self, flag: FlagChange, seen: Determination, found: Crossing | None) -> list[FlagChange]:
        if not self._is_repeat(seen):
            return []
        if found is not None and found.level is flag.level:
            return [self._opening(seen, found, FlagState.CONFIRMED)]
        value = seen.values.get(_quantity(flag))
        if value is None:
            return []
        earlier_ms, self._not_confirmed_at_ms = self._not_confirmed_at_ms, seen.at_ms
        lower = replace(flag, value=value, at_ms=seen.at_ms, key=seen.key)
        closed = [self._close(replace(lower, state=FlagState.NOT_CONFIRMED))]
        within_ms = self._policy.repeat.not_confirmed_window_s * MS_PER_S
        if earlier_ms is not None and seen.at_ms - earlier_ms <= within_ms:
            self._clear_set = None
            closed.append(self._stand(replace(lower, state=FlagState.CONFIRMED)))
        return closed

    def _is_repeat(self, seen: Determination) -> bool:
        first = self._opened_by
        if first is None or seen.identity == first.identity:
            return False
        return seen.begun_ms - first.at_ms >= self._policy.repeat.min_gap_s * MS_PER_S

    def _clear(self, flag: FlagChange, seen: Determination) -> list[FlagChange]:
        value = seen.values.get(_quantity(flag))
        if not self._lies_clear(flag.level, seen.values):
            self._clear_set = None
        elif value is not None:
            if self._clear_set is not None and self._clear_set != seen.identity:
                cleared = replace(flag, state=FlagState.CLEARED, value=value, at_ms=seen.at_ms, key=seen.key)
                return [self._close(cleared)]
            self._clear_set = seen.identity
        return []

    def _lies_clear(self, level: Level, values: Values) -> bool:
        """Whether everything measured lies inside the level's limits by the margin."""
        return all(
            is_clear(self._policy, limit, values[limit.quantity], at)
            for limit in self._policy.limits_of(self._condition, level)
            if limit.quantity in values and (at := threshold(limit, self._baseline)) is not None
        )

    def _open(self, seen: Determination, found: Crossing | None) -> list[FlagChange]:
        flag = self._standing
        if found is None or (flag is not None and found.level.rank <= flag.level.rank):
            return []
        self._opened_by = seen
        waits = found.level is Level.NOTIFY and found.needs_repeat
        return [self._opening(seen, found, FlagState.UNCONFIRMED if waits else FlagState.RAISED)]

    def _opening(self, seen: Determination | Sustained, found: Crossing, state: FlagState) -> FlagChange:
        self._clear_set = None
        return self._stand(
            FlagChange(
                condition=self._condition,
                quantity=found.quantity,
                level=found.level,
                state=state,
                value=found.value,
                limit=found.threshold,
                at_ms=seen.at_ms,
                key=seen.key,
            )
        )

    def _remind_at(self, seen: Determination) -> list[FlagChange]:
        """Remind at a set: pressure grown worse than at the answer, or back in its band after the time."""
        flag, due_ms, answered = self._standing, self._reminder_due_ms(), self._answered
        if flag is None or due_ms is None or answered is None or _quantity(flag) not in seen.values:
            return []
        is_due = seen.at_ms >= due_ms and self._is_still_bad(flag)
        is_worse = self._is_worse(flag, answered, seen.values[_quantity(flag)])
        return [self._remind(flag, seen.at_ms)] if is_due or is_worse else []

    def _is_worse(self, flag: FlagChange, answered: FlagChange, value: Fraction) -> bool:
        """Whether a pressure moved away from the limit since the answer: up for a high, down for a low."""
        if flag.quantity not in _PRESSURES:
            return False
        moved = value - cast("Fraction", answered.value)
        away = moved if self._limit(flag).side.is_high else -moved
        return away >= self._policy.reminder.worse_by_mmhg

    def _as_it_is_now(self, flag: FlagChange) -> FlagChange:
        value, key = self._latest[_quantity(flag)]
        return replace(flag, value=value, key=key)

    def _is_still_bad(self, flag: FlagChange) -> bool:
        now = {_quantity(flag): self._latest[_quantity(flag)][0]}
        return crossing_of(self._limit(flag), self._baseline, now) is not None

    def _limit(self, flag: FlagChange) -> Limit:
        """Return the limit that `flag` stands for."""
        limits = self._policy.limits_of(self._condition, flag.level)
        return next(limit for limit in limits if limit.quantity is flag.quantity)


def _quantity(flag: FlagChange) -> Quantity:
    """Return the quantity, which every flag of a measured condition names."""
    return cast("Quantity", flag.quantity)
