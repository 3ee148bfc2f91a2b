"""The flags that stand in a session now, each with its answer and what is left of its wait for a repeat."""

from dataclasses import dataclass

from monitor.clock import MS_PER_S
from monitor.flags import FlagState, open_flags
from monitor.policy import Level
from monitor.view import Answer, Flagged, SessionView


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingFlag:
    """One open flag.

    Attributes:
        flagged: the recorded change that gave it its level and state.
        answer: the newest answer to it, None when nobody answered or it was reminded since.
        repeat_left_ms: what is left of the wait for a repeat, never below 0; None when none is waited for.
    """

    flagged: Flagged
    answer: Answer | None
    repeat_left_ms: int | None

    @property
    def level(self) -> Level:
        """How much it asks for."""
        return self.flagged.change.level

    @property
    def state(self) -> FlagState:
        """Where it stands."""
        return self.flagged.change.state

    @property
    def is_loud(self) -> bool:
        """Whether it belongs in sight on every screen: notify and act now do, watch does not."""
        return self.level is not Level.WATCH


def standing_flags(view: SessionView, now_ms: int) -> tuple[StandingFlag, ...]:
    """List what stands at `now_ms` of the session clock: by level, then unanswered, then the oldest."""
    standing = open_flags(each.change for each in view.flags)
    newest: dict[object, Flagged] = {}
    since: dict[object, int] = {}
    for each in view.flags:
        condition = each.change.condition
        if each.change.state is FlagState.REMINDED:
            since[condition] = each.entry.sequence
        elif standing.get(condition) == each.change:
            newest[condition] = each
            since[condition] = each.entry.sequence
    found = [
        StandingFlag(
            flagged=flagged,
            answer=_answer(view, flagged, since[condition]),
            repeat_left_ms=_repeat_left_ms(view, flagged, now_ms),
        )
        for condition, flagged in newest.items()
    ]
    return tuple(sorted(found, key=urgency))


def urgency(flag: StandingFlag) -> tuple[int, bool, int]:
    """Sort key: the higher level first, then what nobody answered, then the older."""
    return (-flag.level.rank, flag.answer is not None, flag.flagged.change.at_ms)


def _answer(view: SessionView, flagged: Flagged, since: int) -> Answer | None:
    given = (
        each
        for each in reversed(view.answers)
        if flagged.entry.sequence in each.flags and each.entry.sequence > since
    )
    return next(given, None)


def _repeat_left_ms(view: SessionView, flagged: Flagged, now_ms: int) -> int | None:
    if flagged.change.state is not FlagState.UNCONFIRMED:
        return None
    ends_ms = flagged.change.at_ms + view.policy.repeat.window_s * MS_PER_S
    return max(0, ends_ms - now_ms)
