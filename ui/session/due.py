"""What stands in the entry bar about the next set: counting down, late, or what is asked for instead."""

from dataclasses import dataclass

from monitor.checks import gate_now
from monitor.clock import MS_PER_S
from monitor.gate import GateLevel
from monitor.schedule import Ask, Lateness, Prompt
from monitor.view import SessionView
from ui.session.bedside import Bedside
from ui.text import due_words as words
from ui.text import happened, refusals
from ui.text.formats import clock, countdown, span


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """When the next set is due: a caption, time left, share of the wait that is over; or how late it is."""

    caption: str = ""
    left: str = ""
    done: float | None = None
    overdue: str = ""
    is_very_late: bool = False


def due_now(bedside: Bedside, view: SessionView, *, repeat_left_s: float | None, is_offered: bool) -> Due:
    """Return what stands in the bar about the next set.

    Args:
        bedside: for the time.
        view: of the session.
        repeat_left_s: what is left of a wait for a repeat, None without one.
        is_offered: whether the reading that waits is in the field, where Enter accepts it.
    """
    if repeat_left_s is not None:
        done = 1 - repeat_left_s / view.policy.repeat.window_s
        return Due(caption=words.repeat_in(), left=countdown(repeat_left_s), done=done)
    prompt = bedside.prompt(view)
    late = span(prompt.late_by_ms / MS_PER_S)
    if prompt.lateness in {Lateness.OVERDUE, Lateness.VERY_OVERDUE}:
        return Due(overdue=words.overdue_by(late), is_very_late=prompt.lateness is Lateness.VERY_OVERDUE)
    if prompt.due_ms is None:
        return Due(caption=_asked_for(bedside, view, prompt, is_offered=is_offered))
    at = clock(view.wall(prompt.due_ms))
    left_s = (prompt.due_ms - bedside.now_ms(view)) / MS_PER_S
    if left_s > 0:
        last_ms = view.charted[-1].at_ms if view.charted else view.seated_ms
        whole_s = max(1.0, (prompt.due_ms - last_ms) / MS_PER_S)
        return Due(caption=words.due_in(at), left=countdown(left_s), done=1 - left_s / whole_s)
    if prompt.accept is not None:
        waits = words.waits(happened.taken_at(prompt.accept.entry), is_offered=is_offered)
        return Due(caption=words.due_but(at, waits))
    return Due(caption=words.due_now(at))


def _asked_for(bedside: Bedside, view: SessionView, prompt: Prompt, *, is_offered: bool) -> str:
    """Say what is asked for while no set is due."""
    if prompt.accept is not None:
        return words.waits(happened.taken_at(prompt.accept.entry), is_offered=is_offered)
    if prompt.ask is Ask.START:
        return _start(bedside, view)
    wanted = view.policy.baseline.sets + int(view.baseline.needs_third_set) - view.baseline.sets
    return {
        Ask.BASELINE_SET: words.baseline_wanted(wanted),
        Ask.ANOTHER_BASELINE_SET: words.baseline_wanted(max(1, wanted)),
        Ask.DISCHARGE: words.may_discharge(),
        Ask.SIGN: words.may_sign(),
    }.get(prompt.ask, "")


def _start(bedside: Bedside, view: SessionView) -> str:
    """Say that the start is free, or what holds it."""
    gate = gate_now(view, bedside.controller.now())
    if gate.reason is None:
        return words.ready_to_start()
    if gate.level is GateLevel.AWARE:
        return words.start_aware(refusals.gate_value(gate.reason, is_first=True))
    return words.start_held(refusals.gate_value(gate.reason, is_first=False))
