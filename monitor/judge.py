"""The one judge: observations in, flag changes out. Pure, and the only source of flags.

Live, late, amended and re-scored readings all go through `judge`; what a record lacks of its result is found
by `flags.new_changes`.

Order of the result: by time; at one time the observations in their order and then the deadlines that fell on
it; for one observation by condition as `Condition` lists them, closings before openings.
"""

from collections.abc import Iterable

from monitor.bands import Values
from monitor.clock import MS_PER_S
from monitor.flags import FlagChange
from monitor.judge_events import NotObtainedFlag, SymptomFlag
from monitor.judge_life import FlagLife
from monitor.judge_measured import MeasuredFlag
from monitor.observations import Answer, Determination, Observation
from monitor.policy import Condition, Policy
from monitor.vitals import Quantity


def judge(
    policy: Policy,
    baseline: Values,
    observations: Iterable[Observation],
    answers: Iterable[Answer],
    now_ms: int,
) -> tuple[FlagChange, ...]:
    """Judge a whole session's observations as they are now known.

    Args:
        policy: the limits.
        baseline: what each quantity was before the infusion, exact; empty: no relative limits.
        observations: in any order; they are judged by taken-at, then by key.
        answers: of the flags that stood.
        now_ms: session time; a deadline has passed only when this, or a later event, is strictly after it.
    """
    flags = _flags(policy, baseline)
    in_order = sorted(observations, key=lambda seen: (seen.at_ms, seen.key))
    # Stable, so that at one time an answer comes after what it answers.
    events = sorted([*in_order, *answers], key=lambda event: event.at_ms)
    changes: list[FlagChange] = []
    for event in events:
        changes += _deadlines_before(flags, event.at_ms)
        changes += [change for flag in flags for change in flag.take(event)]
    changes += _deadlines_before(flags, now_ms)
    return tuple(changes)


def is_late(
    determination: Determination,
    quantity: Quantity | None,
    determinations: Iterable[Determination],
    now_ms: int,
    policy: Policy,
) -> bool:
    """Whether a flag on `quantity` of `determination` is marked late.

    It is when another determination measured that quantity after it, or when it is older than the policy's
    age. `quantity` None asks for the age alone.
    """
    if now_ms - determination.at_ms > policy.late.after_s * MS_PER_S:
        return True
    return any(other.at_ms > determination.at_ms and quantity in other.values for other in determinations)


def _flags(policy: Policy, baseline: Values) -> list[FlagLife]:
    measured: list[FlagLife] = [
        MeasuredFlag(condition, policy, baseline)
        for condition in Condition
        if condition not in (Condition.SYMPTOM, Condition.NOT_OBTAINED)
    ]
    return [*measured, SymptomFlag(policy), NotObtainedFlag(policy)]


def _deadlines_before(flags: list[FlagLife], time_ms: int) -> list[FlagChange]:
    passed = [change for flag in flags for change in flag.pass_time(time_ms)]
    return sorted(passed, key=lambda change: change.at_ms)
