"""What of a session still needs someone. A list, never a refusal; empty means nothing does.

Each need has a stretch of the session clock. A note that stands within it explains it, also one written after
signing at the time it speaks of.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum

from monitor.bodies import Noted, NotObtained, PhaseBegun, Signed
from monitor.clock import MS_PER_S
from monitor.flag_history import FlagHistory
from monitor.schedule import next_due_ms
from monitor.terms import Phase
from monitor.view import EffectSpan, Infusion, Reading, SessionView


class NeedKind(Enum):
    """Why somebody is needed, most pressing first."""

    NOT_SIGNED = "not_signed"
    FLAG_OPEN = "flag_open"
    FLAG_UNANSWERED = "flag_unanswered"
    CAPTURED = "captured"
    SET_LATE = "set_late"
    SET_MISSED = "set_missed"
    EFFECT_OPEN = "effect_open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One thing that is not settled, over `from_ms` to `until_ms` of the session clock, both included.

    Attributes:
        kind: what it is.
        from_ms: when it began: due, captured, flagged, begun.
        until_ms: for a late set when it was taken, for a missed one when the session left the schedule.
        reading: of CAPTURED and SET_LATE.
        flag: of FLAG_OPEN and FLAG_UNANSWERED.
        effect: of EFFECT_OPEN.
    """

    kind: NeedKind
    from_ms: int
    until_ms: int
    reading: Reading | None = None
    flag: FlagHistory | None = None
    effect: EffectSpan | None = None


def needs_someone(view: SessionView, flags: tuple[FlagHistory, ...]) -> tuple[Need, ...]:
    """Everything of the session that no one has settled or explained, by kind, then by time."""
    signing = [] if view.is_over else [_at(NeedKind.NOT_SIGNED, view.phase_since_ms)]
    found = [*signing, *_flags(flags), *_captured(view), *_late(view), *_missed(view), *_effects(view)]
    order = list(NeedKind)
    left = [need for need in found if not _is_explained(view, need)]
    return tuple(sorted(left, key=lambda need: (order.index(need.kind), need.from_ms)))


def _at(kind: NeedKind, at_ms: int) -> Need:
    return Need(kind=kind, from_ms=at_ms, until_ms=at_ms)


def _is_explained(view: SessionView, need: Need) -> bool:
    return any(
        isinstance(item.body, Noted) and need.from_ms <= item.at_ms <= need.until_ms for item in view.happened
    )


def _flags(flags: tuple[FlagHistory, ...]) -> Iterator[Need]:
    for flag in flags:
        at_ms = flag.opened.change.at_ms
        if flag.is_open:
            yield replace(_at(NeedKind.FLAG_OPEN, at_ms), flag=flag)
        elif flag.needed_answer and not flag.answers:
            yield replace(_at(NeedKind.FLAG_UNANSWERED, at_ms), flag=flag)


def _captured(view: SessionView) -> Iterator[Need]:
    for reading in view.waiting:
        yield replace(_at(NeedKind.CAPTURED, reading.at_ms), reading=reading)


def _effects(view: SessionView) -> Iterator[Need]:
    for effect in view.effects:
        if effect.until_ms is None:
            yield replace(_at(NeedKind.EFFECT_OPEN, effect.from_ms), effect=effect)


def _late(view: SessionView) -> Iterator[Need]:
    """Sets that were overdue by the policy when taken, unless an attempt since the set before failed."""
    if view.infusion is None:
        return
    last_ms = view.infusion.started_ms
    for reading in view.charted:
        if reading.at_ms < view.infusion.started_ms:
            continue
        due_ms = next_due_ms(_as_seen_before(view, view.infusion, reading.at_ms))
        if due_ms is not None and _is_overdue(view, due_ms, reading.at_ms):
            tried = any(
                isinstance(item.body, NotObtained) and last_ms < item.at_ms <= reading.at_ms
                for item in view.happened
            )
            if not tried:
                yield Need(kind=NeedKind.SET_LATE, from_ms=due_ms, until_ms=reading.at_ms, reading=reading)
        last_ms = reading.at_ms


def _missed(view: SessionView) -> Iterator[Need]:
    """The set that was overdue when the session left the schedule."""
    end_ms = next((item.at_ms for item in view.happened if _ends_schedule(item.body)), None)
    if view.infusion is None or end_ms is None:
        return
    due_ms = next_due_ms(_as_seen_before(view, view.infusion, end_ms))
    if due_ms is not None and _is_overdue(view, due_ms, end_ms):
        yield Need(kind=NeedKind.SET_MISSED, from_ms=due_ms, until_ms=end_ms)


def _ends_schedule(body: object) -> bool:
    return isinstance(body, Signed) or (isinstance(body, PhaseBegun) and body.phase is Phase.DISCHARGED)


def _is_overdue(view: SessionView, due_ms: int, at_ms: int) -> bool:
    return at_ms - due_ms >= view.policy.schedule.overdue_after_s * MS_PER_S


def _as_seen_before(view: SessionView, infusion: Infusion, at_ms: int) -> SessionView:
    """The view as the schedule saw it just before `at_ms`, and what was tried at that very moment."""
    stopped_ms = infusion.stopped_ms
    has_stopped = stopped_ms is not None and stopped_ms < at_ms
    return replace(
        view,
        phase=Phase.RECOVERY if has_stopped else Phase.INFUSING,
        infusion=replace(infusion, stopped_ms=stopped_ms if has_stopped else None),
        readings=tuple(each for each in view.readings if each.at_ms < at_ms),
        flags=tuple(each for each in view.flags if each.change.at_ms < at_ms),
        happened=tuple(each for each in view.happened if each.at_ms <= at_ms),
    )
