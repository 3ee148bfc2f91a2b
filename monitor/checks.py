"""May this stand now? One small rule a kind of entry, over the current view. Nothing here writes anything."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from monitor import bodies
from monitor.age import age_years
from monitor.clock import MS_PER_S, Instant
from monitor.command import Command
from monitor.entries import Role
from monitor.flags import open_flags
from monitor.gate import Gate, GateLevel, baseline_of, start_gate
from monitor.judged import determination
from monitor.outcome import Question, Refused, Why
from monitor.plausibility import Asked, asked, blocked, is_act_now
from monitor.terms import Phase, Reason
from monitor.view import Reading, SessionView, Standing
from monitor.vitals import Quality, Vitals

BEFORE_START = frozenset({Phase.SEATED, Phase.BASELINE})
ON_PUMP = frozenset({Phase.INFUSING, Phase.PAUSED})
LIVE = BEFORE_START | ON_PUMP | {Phase.RECOVERY}
AFTER_SIGNING = (
    bodies.Amended | bodies.MovedOut | bodies.MovedIn | bodies.Noted | bodies.OperatorChanged | bodies.Signed
)
NOT_BY_OPERATORS = (
    bodies.Captured
    | bodies.LiveStood
    | bodies.CuffFailed
    | bodies.LinkChange
    | bodies.MonitorRemoved
    | bodies.ClockStepped
)

AFTER_LAST_PUMP_CHANGE = (
    bodies.RateChanged
    | bodies.InfusionPaused
    | bodies.InfusionResumed
    | bodies.InfusionStopped
    | bodies.PhaseBegun
)

Check = Refused | Question | None


def may_stand(view: SessionView, command: Command) -> Check:
    """Say why `command` cannot be recorded now, what must be asked first, or None when it stands."""
    for rule in (_author, _phase, _time, _content):
        verdict = rule(view, command)
        if verdict is not None:
            return verdict
    return None


def _author(view: SessionView, command: Command) -> Check:
    by_operator = command.author.role is Role.OPERATOR
    if isinstance(command.body, NOT_BY_OPERATORS):
        return None
    if not by_operator or not _says(command.author.name):
        return Refused(why=Why.ONLY_OPERATORS)
    if isinstance(command.body, bodies.OperatorChanged):
        named = replace(command.author, name=command.body.operator)
        return None if named == command.author else Refused(why=Why.NOT_THE_OPERATOR)
    return None if command.author.name == view.operator else Refused(why=Why.NOT_THE_OPERATOR)


_PHASES: Mapping[type, frozenset[Phase]] = {
    bodies.SetCharted: LIVE | {Phase.DISCHARGED},
    bodies.NotObtained: LIVE | {Phase.DISCHARGED},
    bodies.Captured: LIVE,
    bodies.LiveStood: LIVE,
    bodies.CuffFailed: LIVE,
    bodies.InfusionStarted: BEFORE_START,
    bodies.RateChanged: ON_PUMP,
    bodies.InfusionPaused: frozenset({Phase.INFUSING}),
    bodies.InfusionResumed: frozenset({Phase.PAUSED}),
    bodies.InfusionStopped: ON_PUMP,
    bodies.PhaseBegun: frozenset({Phase.RECOVERY}),
    bodies.Signed: frozenset({Phase.DISCHARGED, Phase.SIGNED, Phase.CANCELLED}),
    bodies.Cancelled: BEFORE_START,
}


def is_in_phase(view: SessionView, kind: type[bodies.Body]) -> bool:
    """Whether the session's phase lets an entry of `kind` be recorded now, whatever else it depends on."""
    if view.is_over and not issubclass(kind, AFTER_SIGNING):
        return False
    allowed = _PHASES.get(kind)
    return allowed is None or view.phase in allowed


def _phase(view: SessionView, command: Command) -> Check:
    if not is_in_phase(view, type(command.body)):
        is_over = view.is_over and not isinstance(command.body, AFTER_SIGNING)
        return Refused(why=Why.SESSION_OVER if is_over else Why.WRONG_PHASE)
    if view.phase is Phase.DISCHARGED and isinstance(command.body, bodies.SetCharted | bodies.NotObtained):
        # What was forgotten may still be charted at its own time; a patient who has left is not measured.
        at_ms = command.at.utc_ms if command.taken_at_ms is None else command.taken_at_ms
        if at_ms + view.correction_ms > view.phase_since_ms:
            return Refused(why=Why.WRONG_PHASE)
    return None


def _time(view: SessionView, command: Command) -> Check:
    if command.taken_at_ms is None:
        return None
    if command.taken_at_ms > command.at.utc_ms:
        return Refused(why=Why.IN_THE_FUTURE)
    at_ms = command.taken_at_ms + view.correction_ms
    if isinstance(command.body, bodies.Captured):
        begun_at_ms = command.body.begun_at_ms
        begun_ms = at_ms if begun_at_ms is None else begun_at_ms + view.correction_ms
        return Refused(why=Why.BEGUN_BEFORE_SEATED) if min(at_ms, begun_ms) < view.seated_ms else None
    if at_ms < view.seated_ms and not isinstance(command.body, bodies.MovedIn):
        return Refused(why=Why.BEFORE_SEATED)
    if isinstance(command.body, AFTER_LAST_PUMP_CHANGE) and view.infusion is not None:
        newest = view.infusion.spans[-1]
        changed_ms = newest.from_ms if newest.until_ms is None else newest.until_ms
        return Refused(why=Why.BEFORE_START) if at_ms < changed_ms else None
    return None


def _content(view: SessionView, command: Command) -> Check:
    rule = _CONTENT.get(type(command.body))
    return None if rule is None else rule(view, command, command.body)


def _set(view: SessionView, command: Command, body: bodies.SetCharted) -> Check:
    if body.vitals == Vitals():
        return Refused(why=Why.EMPTY)
    found = blocked(body.vitals, view.policy)
    if found:
        return Refused(why=Why.BLOCKED, blocked=tuple(found))
    questions = open_questions(view, body)
    if questions and not is_act_now(body.vitals, view.baseline_values, view.policy):
        return Question(asked=questions)
    return None


def open_questions(view: SessionView, body: bodies.SetCharted) -> tuple[Asked, ...]:
    """The checks that `body` trips and that no second Enter has confirmed."""
    last = view.charted[-1].vitals if view.charted else None
    return tuple(
        each for each in asked(body.vitals, last, view.policy) if each.check.value not in body.confirmed
    )


def _captured(view: SessionView, command: Command, body: bodies.Captured) -> Check:
    if body.quality in {Quality.DEMO, Quality.INVALID} or not body.vitals.has_pressure:
        return Refused(why=Why.NOT_A_REAL_READING)
    at_ms = (
        view.clock_ms(command.at) if command.taken_at_ms is None else command.taken_at_ms + view.correction_ms
    )
    within_ms = view.policy.monitor.same_within_s * MS_PER_S
    for known in view.readings:
        if known.is_monitor and abs(known.at_ms - at_ms) <= within_ms and _same(known.original, body.vitals):
            return Refused(why=Why.SAME_DETERMINATION)
    return None


def _same(one: Vitals, other: Vitals) -> bool:
    return (one.systolic_mmhg, one.diastolic_mmhg, one.map_mmhg) == (
        other.systolic_mmhg,
        other.diastolic_mmhg,
        other.map_mmhg,
    )


def _accepted(view: SessionView, command: Command, body: bodies.Accepted) -> Check:
    reading = view.reading(body.captured)
    verdict = _undecided(reading)
    if verdict is None and reading is not None and reading.quality is not Quality.GOOD:
        return Refused(why=Why.NOT_ACCEPTABLE)
    return verdict


def _rejected(view: SessionView, command: Command, body: bodies.Rejected) -> Check:
    return _undecided(view.reading(body.captured))


def _undecided(reading: Reading | None) -> Check:
    if reading is None or not reading.is_monitor:
        return Refused(why=Why.NO_SUCH_ENTRY)
    return None if reading.standing is Standing.CAPTURED else Refused(why=Why.ALREADY_DECIDED)


def _start(view: SessionView, command: Command, body: bodies.InfusionStarted) -> Check:
    planned = view.policy.entry
    if not planned.planned_from_minutes <= body.planned_minutes <= planned.planned_to_minutes:
        return Refused(why=Why.OUT_OF_RANGE)
    if min(body.dose_mg, body.weight_kg, body.rate_ml_per_h) <= 0:
        return Refused(why=Why.OUT_OF_RANGE)
    taken_at_ms = command.at.utc_ms if command.taken_at_ms is None else command.taken_at_ms
    gate = gate_now(view, replace(command.at, utc_ms=taken_at_ms))
    override = body.override
    is_overridden = override is not None and _says(override.by) and _says(override.reason)
    is_met = {
        GateLevel.OPEN: True,
        GateLevel.AWARE: _says(body.aware) or is_overridden,
        GateLevel.HOLD: is_overridden,
        GateLevel.CLINICIAN_ONLY: is_overridden and override is not None and override.is_clinician,
    }[gate.level]
    return None if is_met else Refused(why=Why.GATE, gate=gate)


def _says(text: str | None) -> bool:
    return text is not None and bool(text.strip())


def gate_now(view: SessionView, at: Instant) -> Gate:
    """What a start at `at`, now or earlier, asks for: judged on the sets taken until then.

    A captured reading newer than the last set satisfies nothing, but a start does not pass it by unseen.
    """
    until_ms = view.clock_ms(at)
    sets = [each for each in view.charted if each.at_ms <= until_ms]
    baseline = baseline_of(map(determination, sets), view.policy)
    since_ms = sets[-1].at_ms if sets else view.seated_ms
    waiting = [each.vitals for each in view.waiting if since_ms < each.at_ms <= until_ms]
    age = age_years(view.patient.birth_date, at)
    seen = [sets[-1].vitals if sets else None, *waiting]
    gates = [start_gate(baseline, latest, age, view.policy) for latest in seen]
    return max(gates, key=lambda gate: gate.level.rank)


def _rate(view: SessionView, command: Command, body: bodies.RateChanged) -> Check:
    return None if body.rate_ml_per_h > 0 else Refused(why=Why.OUT_OF_RANGE)


def _answer(view: SessionView, command: Command, body: bodies.FlagAnswered) -> Check:
    open_now = open_flags(each.change for each in view.flags)
    return None if open_now else Refused(why=Why.NO_OPEN_FLAG)


def _effect_closed(view: SessionView, command: Command, body: bodies.EffectClosed) -> Check:
    is_open = any(span.effect == body.effect and span.until_ms is None for span in view.effects)
    return None if is_open else Refused(why=Why.NO_OPEN_EFFECT)


def _amended(view: SessionView, command: Command, body: bodies.Amended) -> Check:
    target = next((item for item in view.happened if item.entry.sequence == body.target), None)
    if target is None or isinstance(target.body, UNAMENDABLE):
        return Refused(why=Why.NO_SUCH_ENTRY)
    if body.reason is Reason.UNDONE:
        if target.entry.author != command.author:
            return Refused(why=Why.NOT_YOURS_TO_UNDO)
        recorded_ms = target.entry.recorded_at_ms + target.correction_ms
        if view.clock_ms(command.at) - recorded_ms > view.policy.entry.undo_within_s * MS_PER_S:
            return Refused(why=Why.UNDO_TOO_LATE)
    if body.vitals is None:
        return None
    if view.reading(body.target) is None:
        return Refused(why=Why.NO_SUCH_ENTRY)
    if body.vitals == Vitals():
        return Refused(why=Why.EMPTY)
    found = blocked(body.vitals, view.policy)
    return Refused(why=Why.BLOCKED, blocked=tuple(found)) if found else None


UNAMENDABLE = (
    bodies.Seated
    | bodies.Amended
    | bodies.MovedOut
    | bodies.LiveStood
    | bodies.ClockStepped
    | bodies.FlagChanged
    | bodies.PhaseBegun
    | bodies.Signed
    | bodies.LinkChange
    | bodies.MonitorRemoved
    | bodies.OperatorChanged
)


def _moved_out(view: SessionView, command: Command, body: bodies.MovedOut) -> Check:
    reading = view.reading(body.target)
    if reading is None or reading.standing not in {Standing.CHARTED, Standing.CAPTURED}:
        return Refused(why=Why.NO_SUCH_ENTRY)
    return None if reading.quality is Quality.GOOD else Refused(why=Why.NOT_ACCEPTABLE)


def _discharge(view: SessionView, command: Command, body: bodies.PhaseBegun) -> Check:
    is_discharge = body.phase is Phase.DISCHARGED and body.cause is None
    return None if is_discharge else Refused(why=Why.WRONG_PHASE)


def _told(view: SessionView, command: Command, body: bodies.ClinicianTold) -> Check:
    return None if _says(body.who) else Refused(why=Why.EMPTY)


def _note(view: SessionView, command: Command, body: bodies.Noted) -> Check:
    return None if _says(body.text) else Refused(why=Why.EMPTY)


def _cancelled(view: SessionView, command: Command, body: bodies.Cancelled) -> Check:
    return None if _says(body.reason) else Refused(why=Why.EMPTY)


def _link(view: SessionView, command: Command, body: bodies.LinkChange) -> Check:
    known = view.link_of(body.port)
    return Refused(why=Why.NOTHING_NEW) if known is not None and known.state is body.state else None


def _removed(view: SessionView, command: Command, body: bodies.MonitorRemoved) -> Check:
    return Refused(why=Why.NOTHING_NEW) if view.link_of(body.port) is None else None


_CONTENT: Mapping[type, Callable[[SessionView, Command, Any], Check]] = {
    bodies.SetCharted: _set,
    bodies.Captured: _captured,
    bodies.Accepted: _accepted,
    bodies.Rejected: _rejected,
    bodies.InfusionStarted: _start,
    bodies.RateChanged: _rate,
    bodies.FlagAnswered: _answer,
    bodies.EffectClosed: _effect_closed,
    bodies.Amended: _amended,
    bodies.MovedOut: _moved_out,
    bodies.PhaseBegun: _discharge,
    bodies.ClinicianTold: _told,
    bodies.Noted: _note,
    bodies.Cancelled: _cancelled,
    bodies.LinkChange: _link,
    bodies.MonitorRemoved: _removed,
}
