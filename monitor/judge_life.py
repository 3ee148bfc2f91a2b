"""What every flag's life shares: it stands, is answered, and comes back when the answer did not help."""

from abc import ABC, abstractmethod
from dataclasses import replace

from monitor.clock import MS_PER_S
from monitor.flags import FlagChange, FlagState
from monitor.observations import Answer, Observation
from monitor.policy import Condition, Policy


class FlagLife(ABC):
    """One condition's flag through one judging; at most one stands at a time.

    A flag that is raised, escalated or confirmed counts as unanswered again, and so does one reminded of:
    the next answer can be followed by another reminder.
    """

    def __init__(self, condition: Condition, policy: Policy) -> None:
        self._condition = condition
        self._policy = policy
        self._standing: FlagChange | None = None
        self._answered: FlagChange | None = None

    def take(self, event: Observation | Answer) -> list[FlagChange]:
        """Judge one event; events come in the order of their times."""
        if not isinstance(event, Answer):
            return self._observe(event)
        if event.condition is self._condition and self._standing is not None:
            self._answered = replace(self._as_it_is_now(self._standing), at_ms=event.at_ms)
        return []

    def pass_time(self, until_ms: int) -> list[FlagChange]:
        """Return what happened by time alone strictly before `until_ms`."""
        due_ms = self._reminder_due_ms()
        if self._standing is None or due_ms is None or due_ms >= until_ms:
            return []
        return [self._remind(self._standing, due_ms)] if self._is_still_bad(self._standing) else []

    @abstractmethod
    def _observe(self, seen: Observation) -> list[FlagChange]:
        """Judge one observation."""

    @abstractmethod
    def _as_it_is_now(self, flag: FlagChange) -> FlagChange:
        """Return the standing flag with the latest value of what it is about."""

    @abstractmethod
    def _is_still_bad(self, flag: FlagChange) -> bool:
        """Whether that value is still in the band of the flag's level."""

    def _stand(self, change: FlagChange) -> FlagChange:
        self._standing = change
        self._answered = None
        return change

    def _close(self, change: FlagChange) -> FlagChange:
        self._standing = None
        self._answered = None
        return change

    def _reminder_due_ms(self) -> int | None:
        if self._answered is None:
            return None
        return self._answered.at_ms + self._policy.reminder.after_s * MS_PER_S

    def _remind(self, flag: FlagChange, at_ms: int) -> FlagChange:
        self._answered = None
        return replace(self._as_it_is_now(flag), state=FlagState.REMINDED, at_ms=at_ms)
