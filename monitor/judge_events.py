"""Flags that no number opens: a symptom, and sets that could not be obtained."""

from fractions import Fraction

from monitor.flags import FlagChange, FlagState
from monitor.judge_life import FlagLife
from monitor.observations import AttemptFailed, Determination, Observation, SymptomNoted
from monitor.policy import Condition, Level, Policy
from monitor.terms import Symptom
from monitor.vitals import Quantity


class _EventFlag(FlagLife):
    """Bad for as long as it stands; its value does not change by itself."""

    def _as_it_is_now(self, flag: FlagChange) -> FlagChange:
        return flag

    def _is_still_bad(self, flag: FlagChange) -> bool:  # noqa: ARG002 - it would not stand otherwise
        return True

    def _change(
        self, seen: Observation, level: Level, state: FlagState, counted: tuple[int, int] | None = None
    ) -> FlagChange:
        return FlagChange(
            condition=self._condition,
            quantity=None,
            level=level,
            state=state,
            value=None if counted is None else Fraction(counted[0]),
            limit=None if counted is None else Fraction(counted[1]),
            at_ms=seen.at_ms,
            key=seen.key,
        )


class SymptomFlag(_EventFlag):
    """Act now from the first symptom until the last one has gone."""

    def __init__(self, policy: Policy) -> None:
        super().__init__(Condition.SYMPTOM, policy)
        self._present: frozenset[Symptom] = frozenset()

    def _observe(self, seen: Observation) -> list[FlagChange]:
        if not isinstance(seen, SymptomNoted):
            return []
        if seen.is_present:
            self._present |= {seen.symptom}
        else:
            self._present -= {seen.symptom}
        if self._present and self._standing is None:
            return [self._stand(self._change(seen, Level.ACT_NOW, FlagState.RAISED))]
        if not self._present and self._standing is not None:
            return [self._close(self._change(seen, Level.ACT_NOW, FlagState.CLEARED))]
        return []


class NotObtainedFlag(_EventFlag):
    """Notify once so many attempts in a row failed while infusing, until a pressure is measured.

    Attempts outside the infusion neither count nor end the row.
    """

    def __init__(self, policy: Policy) -> None:
        super().__init__(Condition.NOT_OBTAINED, policy)
        self._in_a_row = 0

    def _observe(self, seen: Observation) -> list[FlagChange]:
        if isinstance(seen, Determination) and Quantity.SYSTOLIC in seen.values:
            self._in_a_row = 0
            return [self._close(self._counted(seen, FlagState.CLEARED))] if self._standing is not None else []
        if isinstance(seen, AttemptFailed) and seen.is_infusing:
            self._in_a_row += 1
            if self._in_a_row >= self._policy.not_obtained.in_a_row and self._standing is None:
                return [self._stand(self._counted(seen, FlagState.RAISED))]
        return []

    def _counted(self, seen: Observation, state: FlagState) -> FlagChange:
        counted = (self._in_a_row, self._policy.not_obtained.in_a_row)
        return self._change(seen, Level.NOTIFY, state, counted)
