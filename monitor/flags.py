"""Changes of flags, what stands after them, and which of them a record still lacks."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from enum import Enum
from fractions import Fraction

from monitor.policy import Condition, Level
from monitor.vitals import Quantity


class FlagState(Enum):
    """What a change says of its flag."""

    RAISED = "raised"
    UNCONFIRMED = "unconfirmed"
    CONFIRMED = "confirmed"
    NOT_CONFIRMED = "not_confirmed"
    NOT_REPEATED = "not_repeated"
    REMINDED = "reminded"
    CLEARED = "cleared"
    WITHDRAWN = "withdrawn"

    @property
    def closes(self) -> bool:
        """Whether nothing stands after it."""
        return self in (FlagState.NOT_CONFIRMED, FlagState.CLEARED, FlagState.WITHDRAWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagChange:
    """One step in the life of a condition's flag.

    Attributes:
        condition: whose flag; a condition has at most one standing.
        quantity: the value that was worse; None for symptoms and sets not obtained.
        level: of the flag.
        state: what happened to it.
        value: the value it happened at, exact; the number of attempts for NOT_OBTAINED; None for a symptom.
        limit: the level's limit in the quantity's unit, a relative one as the number crossed first.
        at_ms: session time of the reading, or of the deadline that passed.
        key: the observation it came from.
    """

    condition: Condition
    quantity: Quantity | None
    level: Level
    state: FlagState
    value: Fraction | None
    limit: Fraction | None
    at_ms: int
    key: int


def open_flags(changes: Iterable[FlagChange]) -> dict[Condition, FlagChange]:
    """Fold changes, in the order in which they were appended, into what stands.

    Returns:
        For each standing flag the change that gave it its level and state; a reminder gives neither.
    """
    standing: dict[Condition, FlagChange] = {}
    for change in changes:
        if change.state.closes:
            standing.pop(change.condition, None)
        elif change.state is not FlagState.REMINDED:
            standing[change.condition] = change
    return standing


def new_changes(
    recorded: Iterable[FlagChange], produced: Iterable[FlagChange], keys: AbstractSet[int]
) -> tuple[FlagChange, ...]:
    """Return what a record lacks, so that afterwards the same flags stand as the judge says.

    Args:
        recorded: the changes in the record, as appended.
        produced: the judge's changes over the observations as they are now.
        keys: the keys of those observations; a flag whose reading is not among them is withdrawn.

    Returns:
        Withdrawals, then the changes not yet recorded, then what sets apart flags right where a late or
        amended reading changed history behind them. Given its own result it returns nothing more.
    """
    old, now = tuple(recorded), tuple(produced)
    gone = [_withdrawn(flag) for flag in open_flags(old).values() if flag.key not in keys and flag not in now]
    appended = [*gone, *(change for change in now if change not in old)]
    stands, should_stand = open_flags([*old, *appended]), open_flags(now)
    for condition in Condition:
        left, wanted = stands.get(condition), should_stand.get(condition)
        if left is not None and wanted is None:
            appended.append(_withdrawn(left))
        elif wanted is not None and wanted != left:
            appended.append(wanted)
    return tuple(appended)


def _withdrawn(flag: FlagChange) -> FlagChange:
    return replace(flag, state=FlagState.WITHDRAWN)
