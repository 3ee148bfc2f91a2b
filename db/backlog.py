"""Which step is written next: strictly in order per session, failed sessions held back. Pure: time comes in.

A step of two sessions holds both. A fault of the file holds everything.
"""

from dataclasses import dataclass

from monitor.ports import Step

_FIRST_DELAY_S = 0.5
_LONGEST_DELAY_S = 15.0
_FILE = ""  # no session has an empty id


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hold:
    until_s: float
    delay_s: float


class Backlog:
    """Steps not yet saved, and how long each session, or the file, is held back."""

    def __init__(self) -> None:
        self._steps: list[Step] = []
        self._holds: dict[str, _Hold] = {}

    @property
    def waiting(self) -> tuple[Step, ...]:
        """Every step not yet saved, oldest first."""
        return tuple(self._steps)

    def add(self, step: Step) -> None:
        """Put a step behind all others."""
        self._steps.append(step)

    def next_step(self, now_s: float) -> Step | None:
        """The oldest step that nothing holds back at `now_s`, on a clock that never goes backwards."""
        held = {name for name, hold in self._holds.items() if hold.until_s > now_s}
        if _FILE in held:
            return None
        for step in self._steps:
            if not step.sessions & held:
                return step
            held |= step.sessions
        return None

    def saved(self, step: Step) -> None:
        """Take `step` off; its sessions and the file are sound again."""
        self._steps.remove(step)
        for name in (_FILE, *step.sessions):
            self._holds.pop(name, None)

    def failed(self, step: Step, now_s: float, *, is_of_file: bool) -> None:
        """Hold back the sessions of `step`, or everything, twice as long as the last time."""
        for name in {_FILE} if is_of_file else step.sessions:
            self._hold(name, now_s)

    def retry_now(self, now_s: float) -> None:
        """End every hold, and keep its next delay."""
        self._holds = {
            name: _Hold(until_s=min(hold.until_s, now_s), delay_s=hold.delay_s)
            for name, hold in self._holds.items()
        }

    def due_s(self, now_s: float) -> float | None:
        """Seconds until the next hold ends, None when nothing is held."""
        ends = [hold.until_s - now_s for hold in self._holds.values() if hold.until_s > now_s]
        return min(ends, default=None)

    def _hold(self, name: str, now_s: float) -> None:
        last = self._holds.get(name)
        delay_s = _FIRST_DELAY_S if last is None else min(2 * last.delay_s, _LONGEST_DELAY_S)
        self._holds[name] = _Hold(until_s=now_s + delay_s, delay_s=delay_s)
