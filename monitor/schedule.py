"""When the next set is due and what is asked for now. Computed from the view, never written down."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum

from monitor.bands import Drawn, Values, drawn, worst_of
from monitor.bodies import NotObtained, RateChanged
from monitor.clock import MS_PER_S
from monitor.flags import open_flags
from monitor.judged import determinations
from monitor.policy import Condition, Level, Policy
from monitor.terms import Phase
from monitor.view import Reading, SessionView, Standing
from monitor.vitals import Quantity


class Ask(Enum):
    """What the nurse is asked for."""

    BASELINE_SET = "baseline_set"
    ANOTHER_BASELINE_SET = "another_baseline_set"
    START = "start"
    SET = "set"
    ACCEPT = "accept"
    FINISHED = "finished"
    DISCHARGE = "discharge"
    SIGN = "sign"
    NOTHING = "nothing"


class Lateness(Enum):
    """How a due set is shown."""

    NOT_DUE = "not_due"
    DUE = "due"
    OVERDUE = "overdue"
    VERY_OVERDUE = "very_overdue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """What to show beside the chair now.

    Attributes:
        ask: the most useful act.
        due_ms: when the next set is due on the session clock, None when none is.
        lateness: of that set; NOT_DUE while a captured reading waits that, accepted, would be it.
        late_by_ms: how long past due; 0 before.
        is_last_old: whether the last set is old: the next is overdue, whether a reading waits or not.
        accept: the newest captured reading that waits, if no set was charted since. Asked for (ACCEPT) until
            a set is due which it would not be.
        asks_finished: the planned volume should be in: "Finished?".
    """

    ask: Ask
    due_ms: int | None
    lateness: Lateness
    late_by_ms: int
    is_last_old: bool
    accept: Reading | None
    asks_finished: bool


def prompt(view: SessionView, now_ms: int) -> Prompt:
    """Say what is asked for at `now_ms` of the session clock."""
    due_ms = view.next_due_ms
    waiting = view.waiting[-1] if view.waiting else None
    last_ms = view.charted[-1].at_ms if view.charted else None
    accept = waiting if waiting is not None and (last_ms is None or waiting.at_ms > last_ms) else None
    late_by_ms = 0 if due_ms is None else max(0, now_ms - due_ms)
    lateness = _lateness(view.policy, due_ms, now_ms)
    is_answer = accept is not None and (
        lateness is Lateness.NOT_DUE or not _is_due_after(view, accept, now_ms)
    )
    return Prompt(
        ask=Ask.ACCEPT if is_answer else _ask(view, now_ms),
        due_ms=due_ms,
        lateness=Lateness.NOT_DUE if is_answer else lateness,
        late_by_ms=late_by_ms,
        is_last_old=lateness in {Lateness.OVERDUE, Lateness.VERY_OVERDUE},
        accept=accept,
        asks_finished=_asks_finished(view, now_ms),
    )


def _is_due_after(view: SessionView, waiting: Reading, now_ms: int) -> bool:
    """Whether a set would still be due at `now_ms` if `waiting` were accepted."""
    charted = replace(waiting, standing=Standing.CHARTED)
    readings = tuple(charted if each is waiting else each for each in view.readings)
    due_ms = next_due_ms(replace(view, readings=readings))
    return due_ms is not None and now_ms >= due_ms


def _lateness(policy: Policy, due_ms: int | None, now_ms: int) -> Lateness:
    if due_ms is None or now_ms < due_ms:
        return Lateness.NOT_DUE
    late_ms = now_ms - due_ms
    if late_ms >= policy.schedule.overdue_large_after_s * MS_PER_S:
        return Lateness.VERY_OVERDUE
    return Lateness.OVERDUE if late_ms >= policy.schedule.overdue_after_s * MS_PER_S else Lateness.DUE


def _ask(view: SessionView, now_ms: int) -> Ask:
    if view.phase in {Phase.SEATED, Phase.BASELINE}:
        if not view.charted:
            return Ask.BASELINE_SET
        ready = bool(view.baseline_values) and not view.baseline.needs_third_set
        return Ask.START if ready else Ask.ANOTHER_BASELINE_SET
    if view.phase in {Phase.INFUSING, Phase.PAUSED}:
        return Ask.FINISHED if _asks_finished(view, now_ms) else Ask.SET
    if view.phase is Phase.RECOVERY:
        return Ask.SET if view.next_due_ms is not None else Ask.DISCHARGE
    return Ask.SIGN if view.phase is Phase.DISCHARGED else Ask.NOTHING


def _asks_finished(view: SessionView, now_ms: int) -> bool:
    end_ms = None if view.infusion is None else view.infusion.expected_end_ms
    return end_ms is not None and now_ms >= end_ms


def next_due_ms(view: SessionView) -> int | None:
    """Work out when the next set is due on the session clock; None when none is.

    `fold` keeps the result in the view: it does not depend on the time of day.
    """
    infusion = view.infusion
    by_clock = _due_by_sets(view)
    failed_ms = max((each.at_ms for each in view.happened if isinstance(each.body, NotObtained)), default=0)
    last_ms = view.charted[-1].at_ms if view.charted else view.seated_ms
    is_live = view.phase in {Phase.SEATED, Phase.BASELINE} or infusion is not None
    if failed_ms > last_ms and is_live and view.phase not in _DONE:
        return failed_ms + view.policy.not_obtained.again_after_s * MS_PER_S
    return by_clock


_DONE = frozenset({Phase.DISCHARGED, Phase.SIGNED, Phase.CANCELLED})


def _due_by_sets(view: SessionView) -> int | None:
    infusion = view.infusion
    if infusion is None or view.phase in _DONE:
        return None
    if infusion.stopped_ms is not None:
        return _due_in_recovery(view, infusion.stopped_ms)
    rule = view.policy.schedule
    sets = [each.at_ms for each in view.charted if not infusion.began_after(each)]
    if sets:
        due_ms = sets[-1] + (rule.close_every_s if is_close(view) else rule.every_s) * MS_PER_S
    else:
        due_ms = infusion.started_ms + rule.first_after_s * MS_PER_S
    changed_ms = max((each.at_ms for each in view.happened if isinstance(each.body, RateChanged)), default=0)
    if sets and changed_ms > sets[-1]:
        due_ms = min(due_ms, changed_ms + rule.close_every_s * MS_PER_S)
    return due_ms


def is_close(view: SessionView) -> bool:
    """Whether the set after the newest is due at the short interval: fewer than two below since a trigger.

    Triggers: a set at a rise watch or at any notify or act now, a symptom, sets not obtained, a rate change.
    A rate change after the newest set counts from its own moment, not from that set. At least one set is
    charted.
    """
    wanted, sets_ms = view.policy.schedule.close_until_sets_below, [each.at_ms for each in view.charted]

    def lasts(at_ms: int) -> bool:
        return sum(set_ms > at_ms for set_ms in sets_ms) < wanted

    changed = [each.at_ms for each in view.happened if isinstance(each.body, RateChanged)]
    events = [at_ms for at_ms in changed if at_ms <= sets_ms[-1]]
    events += [
        flag.at_ms
        for flag in open_flags(each.change for each in view.flags).values()
        if flag.condition in {Condition.SYMPTOM, Condition.NOT_OBTAINED}
    ]
    if any(map(lasts, events)):
        return True
    recent = [each.values for each in determinations(view) if lasts(each.at_ms)]
    limits = {each: drawn(view.policy, view.baseline_values, each) for each in Condition}
    return any(not _is_below(limits, values) for values in recent)


def _is_below(limits: Mapping[Condition, Drawn], values: Values) -> bool:
    for condition, each in limits.items():
        crossing = worst_of(each, values)
        if crossing is None:
            continue
        if crossing.level is not Level.WATCH or condition is Condition.PRESSURE_RISE:
            return False
    return True


def _due_in_recovery(view: SessionView, stopped_ms: int) -> int | None:
    rule = view.policy.recovery
    after = [each for each in view.charted if each.at_ms > stopped_ms]
    if not after:
        return stopped_ms + rule.first_after_s * MS_PER_S
    newest = after[-1]
    long_enough = newest.at_ms - stopped_ms >= rule.at_least_s * MS_PER_S
    if long_enough and is_recovered(view, newest):
        return None
    return newest.at_ms + rule.every_s * MS_PER_S


def is_recovered(view: SessionView, reading: Reading) -> bool:
    """Whether that set is back in the policy's band: near baseline, and under and over its pressures."""
    rule = view.policy.recovery
    systolic, diastolic = reading.vitals.systolic_mmhg, reading.vitals.diastolic_mmhg
    if systolic is None or diastolic is None:
        return False
    in_band = rule.systolic_at_least_mmhg <= systolic < rule.systolic_under_mmhg
    in_band = in_band and diastolic < rule.diastolic_under_mmhg
    for quantity, value in ((Quantity.SYSTOLIC, systolic), (Quantity.DIASTOLIC, diastolic)):
        base = view.baseline_values.get(quantity)
        if base is not None:
            in_band = in_band and abs(value - base) * 100 <= base * rule.within_baseline_percent
    return in_band
