"""What of a session's view the judge is given: readings that stand, failed attempts, symptoms, answers."""

from fractions import Fraction

from monitor.bodies import LiveStood, NotObtained, SymptomReported
from monitor.observations import (
    Answer,
    AttemptFailed,
    Determination,
    Observation,
    Sustained,
    SymptomNoted,
)
from monitor.view import Reading, SessionView, Standing
from monitor.vitals import Quality


def determinations(view: SessionView) -> tuple[Determination, ...]:
    """Charted and captured readings of good quality, each under the entry that last said what it is."""
    return tuple(determination(reading) for reading in view.readings if _is_judged(reading))


def _is_judged(reading: Reading) -> bool:
    return reading.quality is Quality.GOOD and reading.standing in {Standing.CHARTED, Standing.CAPTURED}


def determination(reading: Reading) -> Determination:
    """One reading as the judge and the baseline take it."""
    return Determination(
        key=reading.key,
        at_ms=reading.at_ms,
        begun_ms=reading.begun_ms,
        values=reading.vitals.by_quantity(),
        same_as=reading.copy_of,
    )


def observations(view: SessionView) -> tuple[Observation, ...]:
    """Everything that can open or close a flag."""
    seen: list[Observation] = list(determinations(view))
    for item in view.happened:
        body = item.body
        if isinstance(body, NotObtained):
            infusing = _was_infusing(view, item.at_ms)
            seen.append(AttemptFailed(key=item.entry.sequence, at_ms=item.at_ms, is_infusing=infusing))
        elif isinstance(body, LiveStood):
            values = {body.quantity: Fraction(body.value)}
            seen.append(Sustained(key=item.entry.sequence, at_ms=item.at_ms, values=values))
        elif isinstance(body, SymptomReported):
            seen.append(
                SymptomNoted(
                    key=item.entry.sequence,
                    at_ms=item.at_ms,
                    symptom=body.symptom,
                    is_present=body.is_present,
                )
            )
    return tuple(seen)


def _was_infusing(view: SessionView, at_ms: int) -> bool:
    infusion = view.infusion
    if infusion is None or at_ms < infusion.started_ms:
        return False
    return infusion.stopped_ms is None or at_ms <= infusion.stopped_ms


def answers(view: SessionView) -> tuple[Answer, ...]:
    """Each answer, once for every condition whose flag it answered."""
    conditions = {each.entry.sequence: each.change.condition for each in view.flags}
    return tuple(
        Answer(condition=conditions[flag], at_ms=answer.at_ms)
        for answer in view.answers
        for flag in answer.flags
        if flag in conditions
    )
