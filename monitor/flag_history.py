"""The life of each flag from its opening to its end, with what was answered: for review and report."""

from dataclasses import dataclass, replace

from monitor.flags import FlagState
from monitor.policy import Condition, Level
from monitor.view import Answer, Flagged, SessionView


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagHistory:
    """One flag: its changes in order, at least one, and the answers given to it."""

    changes: tuple[Flagged, ...]
    answers: tuple[Answer, ...] = ()

    @property
    def opened(self) -> Flagged:
        """The change that began it."""
        return self.changes[0]

    @property
    def newest(self) -> Flagged:
        """The change it stands at, or ended with."""
        return self.changes[-1]

    @property
    def condition(self) -> Condition:
        """What was flagged."""
        return self.opened.change.condition

    @property
    def level(self) -> Level:
        """The highest level it reached."""
        return max((each.change.level for each in self.changes), key=lambda level: level.rank)

    @property
    def is_open(self) -> bool:
        """Whether it still stands."""
        return not self.newest.change.state.closes

    @property
    def needed_answer(self) -> bool:
        """Whether it asked for somebody: notify or act now, and not entered in error."""
        is_error = self.newest.change.state is FlagState.WITHDRAWN
        return self.level.rank >= Level.NOTIFY.rank and not is_error


def flag_histories(view: SessionView) -> tuple[FlagHistory, ...]:
    """Every flag of the session in the order in which they opened."""
    found: list[FlagHistory] = []
    standing: dict[Condition, int] = {}
    for flagged in view.flags:
        condition = flagged.change.condition
        if condition in standing:
            place = standing[condition]
            found[place] = replace(found[place], changes=(*found[place].changes, flagged))
        else:
            standing[condition] = len(found)
            found.append(FlagHistory(changes=(flagged,)))
        if flagged.change.state.closes:
            del standing[condition]
    return tuple(replace(each, answers=_answers(each, view)) for each in found)


def _answers(history: FlagHistory, view: SessionView) -> tuple[Answer, ...]:
    own = {each.entry.sequence for each in history.changes}
    return tuple(answer for answer in view.answers if own.intersection(answer.flags))
