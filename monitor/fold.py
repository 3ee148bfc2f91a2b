"""From record to view: one pass for what was corrected, one for what happened, then the parts.

Pure: the same record always gives the same view, so a restart shows what was there before.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from monitor.bodies import (
    Accepted,
    Amended,
    Body,
    Cancelled,
    Captured,
    ClockStepped,
    EffectClosed,
    EffectOpened,
    FlagAnswered,
    FlagChanged,
    InfusionPaused,
    InfusionResumed,
    InfusionStarted,
    InfusionStopped,
    LinkChange,
    LiveStood,
    MonitorRemoved,
    MovedIn,
    MovedOut,
    OperatorChanged,
    PhaseBegun,
    RateChanged,
    Seated,
    SetCharted,
    Signed,
)
from monitor.entries import Entry
from monitor.errors import DamagedRecord
from monitor.feed import LinkState
from monitor.flags import FlagChange
from monitor.gate import Baseline, baseline_of
from monitor.infusion import expected_end_ms
from monitor.judged import determination
from monitor.policy import Policy
from monitor.policy_file import policy_from_payload
from monitor.readings import folded_readings
from monitor.schedule import next_due_ms
from monitor.terms import Phase
from monitor.view import (
    Answer,
    EffectSpan,
    Flagged,
    Happened,
    Infusion,
    NoData,
    PumpSpan,
    Reading,
    SessionView,
)

Kind = TypeVar("Kind")


def fold(record: Sequence[Entry], policy: Policy | None = None) -> SessionView:
    """Read a whole record into its current view.

    Args:
        record: at least the first entry.
        policy: the one embedded in the first entry, when the caller has parsed it before.

    Raises:
        DamagedRecord: the record does not begin by seating a patient.
    """
    if not record or not isinstance(record[0].body, Seated):
        raise DamagedRecord("a record must begin with a patient being seated")
    seated = record[0].body
    policy = policy or policy_from_payload(dict(seated.policy))
    corrections = _corrections(record)
    happened = _effective(record, corrections)
    phase, phase_since_ms = _phases(happened)[-1]
    infusion = _infusion(happened)
    readings = folded_readings(record, corrections, policy)
    view = SessionView(
        session=record[0].session,
        station=record[0].station,
        seated=seated,
        seated_at=record[0].recorded_at,
        seated_ms=happened[0].at_ms,
        policy=policy,
        operator=_operator(happened),
        phase=phase,
        phase_since_ms=phase_since_ms,
        is_simulated=any(_is_simulated(entry.body) for entry in record),
        record_length=len(record),
        correction_ms=corrections[-1],
        readings=readings,
        baseline=_baseline(readings, infusion, policy),
        infusion=infusion,
        effects=_effects(happened),
        no_data=_no_data(happened),
        links=_links(happened),
        trend_head=_trend_head(happened),
        flags=_flags(happened),
        answers=_answers(happened),
        happened=happened,
    )
    return replace(view, next_due_ms=next_due_ms(view))


def _corrections(record: Sequence[Entry]) -> tuple[int, ...]:
    """For each entry, what to add to its UTC times for the session clock."""
    sums = []
    correction_ms = 0
    for entry in record:
        if isinstance(entry.body, ClockStepped) and not entry.body.is_real_time:
            correction_ms -= entry.body.step_ms
        sums.append(correction_ms)
    return tuple(sums)


def _withdrawn(record: Sequence[Entry]) -> frozenset[int]:
    return frozenset(
        entry.body.target
        for entry in record
        if isinstance(entry.body, MovedOut) or (isinstance(entry.body, Amended) and entry.body.vitals is None)
    )


def _effective(record: Sequence[Entry], corrections: Sequence[int]) -> tuple[Happened, ...]:
    withdrawn = _withdrawn(record)
    return tuple(
        Happened(entry=entry, correction_ms=correction_ms)
        for entry, correction_ms in zip(record, corrections, strict=True)
        if entry.sequence not in withdrawn
    )


def _newest(happened: Sequence[Happened], kind: type[Kind]) -> Kind | None:
    return next((item.body for item in reversed(happened) if isinstance(item.body, kind)), None)


def _operator(happened: Sequence[Happened]) -> str:
    changed = _newest(happened, OperatorChanged)
    return happened[0].entry.author.name if changed is None else changed.operator


def _is_simulated(body: Body) -> bool:
    return isinstance(body, Seated | Captured | LiveStood | LinkChange) and body.is_simulated


def _trend_head(happened: Sequence[Happened]) -> str | None:
    signed = _newest(happened, Signed)
    return None if signed is None else signed.trend_head


_PHASE_AFTER: Mapping[type, Phase] = {
    Seated: Phase.SEATED,
    InfusionStarted: Phase.INFUSING,
    InfusionPaused: Phase.PAUSED,
    InfusionResumed: Phase.INFUSING,
    InfusionStopped: Phase.RECOVERY,
    Signed: Phase.SIGNED,
    Cancelled: Phase.CANCELLED,
}


def _phases(happened: Sequence[Happened]) -> list[tuple[Phase, int]]:
    """Each phase entered, with its moment, from what happened rather than from the phase entries."""
    entered: list[tuple[Phase, int]] = []
    for item in happened:
        body = item.body
        phase = _PHASE_AFTER.get(type(body))
        if isinstance(body, PhaseBegun) and body.cause is None:
            phase = body.phase
        if isinstance(body, SetCharted | Accepted | MovedIn) and entered[-1][0] is Phase.SEATED:
            phase = Phase.BASELINE
        if phase is Phase.SIGNED and entered[-1][0] is Phase.CANCELLED:
            continue
        if phase is not None and (not entered or entered[-1][0] is not phase):
            entered.append((phase, item.at_ms))
    return entered


def _spans_of_pump(happened: Sequence[Happened]) -> tuple[PumpSpan, ...]:
    spans: list[PumpSpan] = []
    rate = None
    for item in sorted(happened, key=lambda each: (each.at_ms, each.entry.sequence)):
        body = item.body
        if not isinstance(
            body, InfusionStarted | RateChanged | InfusionPaused | InfusionResumed | InfusionStopped
        ):
            continue
        if isinstance(body, InfusionStarted | RateChanged):
            rate = body.rate_ml_per_h
        is_paused = bool(spans) and spans[-1].until_ms is None and spans[-1].rate_ml_per_h is None
        if spans and spans[-1].until_ms is None:
            spans[-1] = replace(spans[-1], until_ms=item.at_ms)
        if isinstance(body, InfusionStopped):
            break
        stands = isinstance(body, InfusionPaused) or (isinstance(body, RateChanged) and is_paused)
        spans.append(PumpSpan(from_ms=item.at_ms, until_ms=None, rate_ml_per_h=None if stands else rate))
    return tuple(spans)


def _infusion(happened: Sequence[Happened]) -> Infusion | None:
    start = next((item for item in happened if isinstance(item.body, InfusionStarted)), None)
    if start is None or not isinstance(start.body, InfusionStarted):
        return None
    stop = next((item.at_ms for item in happened if isinstance(item.body, InfusionStopped)), None)
    infusion = Infusion(
        entry=start.entry,
        body=start.body,
        started_ms=start.at_ms,
        stopped_ms=stop,
        spans=_spans_of_pump(happened),
    )
    return replace(infusion, expected_end_ms=expected_end_ms(infusion))


def _effects(happened: Sequence[Happened]) -> tuple[EffectSpan, ...]:
    spans: list[EffectSpan] = []
    for item in happened:
        body = item.body
        if not isinstance(body, EffectOpened | EffectClosed):
            continue
        place = next(
            (i for i, span in enumerate(spans) if span.effect == body.effect and not span.until_ms), None
        )
        if place is not None:
            spans[place] = replace(spans[place], until_ms=item.at_ms)
        if isinstance(body, EffectOpened):
            spans.append(
                EffectSpan(
                    effect=body.effect,
                    severity=body.severity,
                    from_ms=item.at_ms,
                    until_ms=None,
                    is_continued=place is not None,
                )
            )
    return tuple(spans)


def _links(happened: Sequence[Happened]) -> Mapping[str, LinkChange]:
    """The newest change of each link; a monitor taken away and put back begins anew."""
    links: dict[str, LinkChange] = {}
    for item in happened:
        if isinstance(item.body, LinkChange):
            links[item.body.port] = item.body
        elif isinstance(item.body, MonitorRemoved):
            links.pop(item.body.port, None)
    return links


def _no_data(happened: Sequence[Happened]) -> tuple[NoData, ...]:
    """Stretches in which a monitor gave nothing, each monitor for itself; one taken away owes nothing."""
    gaps: list[NoData] = []
    open_at: dict[str, int] = {}
    for item in happened:
        body = item.body
        if not isinstance(body, LinkChange | MonitorRemoved):
            continue
        if isinstance(body, MonitorRemoved) or body.state is LinkState.CONNECTED:
            place = open_at.pop(body.port, None)
            if place is not None:
                gaps[place] = replace(gaps[place], until_ms=item.at_ms)
        elif body.port in open_at:
            continue
        elif body.state in {LinkState.SILENT, LinkState.LOST}:
            open_at[body.port] = len(gaps)
            gaps.append(NoData(from_ms=item.at_ms, until_ms=None, reason=body.reason))
    return tuple(gaps)


def _flags(happened: Sequence[Happened]) -> tuple[Flagged, ...]:
    return tuple(
        Flagged(
            entry=item.entry,
            change=FlagChange(
                condition=item.body.condition,
                quantity=item.body.quantity,
                level=item.body.level,
                state=item.body.state,
                value=item.body.value,
                limit=item.body.limit,
                at_ms=item.at_ms,
                key=item.body.reading,
            ),
            is_late=item.body.is_late,
        )
        for item in happened
        if isinstance(item.body, FlagChanged)
    )


def _answers(happened: Sequence[Happened]) -> tuple[Answer, ...]:
    return tuple(
        Answer(entry=item.entry, at_ms=item.at_ms, action=item.body.action, flags=item.body.flags)
        for item in happened
        if isinstance(item.body, FlagAnswered)
    )


def _baseline(readings: Sequence[Reading], infusion: Infusion | None, policy: Policy) -> Baseline:
    """From the charted sets taken before the start."""
    before = [
        determination(each)
        for each in readings
        if each.counts and (infusion is None or infusion.began_after(each))
    ]
    return baseline_of(before, policy)
