"""Why something was not recorded, what a start still lacks, and what is asked about: each as a sentence."""

from fractions import Fraction

from PySide6.QtCore import QCoreApplication

from monitor.gate import Gate, GateLevel, GateReason, GateSide, Missing
from monitor.outcome import Refused, Why
from monitor.plausibility import Asked, Blocked, BlockReason, Check
from monitor.vitals import Quantity

translate = QCoreApplication.translate


def quantity(value: Quantity) -> str:
    """Name a quantity at the beginning of a sentence."""
    return {
        Quantity.SYSTOLIC: translate("refusals", "Systolic"),
        Quantity.DIASTOLIC: translate("refusals", "Diastolic"),
        Quantity.MAP: translate("refusals", "MAP"),
        Quantity.HEART_RATE: translate("refusals", "Heart rate"),
        Quantity.PULSE_RATE: translate("refusals", "Rate"),
        Quantity.SPO2: translate("refusals", "SpO\N{SUBSCRIPT TWO}"),
        Quantity.RESPIRATORY_RATE: translate("refusals", "Breathing rate"),
        Quantity.MOAA_S: translate("refusals", "MOAA/S"),
    }[value]


def _within(value: Quantity) -> str:
    """Name a quantity within a sentence."""
    return {
        Quantity.SYSTOLIC: translate("refusals", "systolic"),
        Quantity.DIASTOLIC: translate("refusals", "diastolic"),
        Quantity.HEART_RATE: translate("refusals", "heart rate"),
        Quantity.PULSE_RATE: translate("refusals", "rate"),
        Quantity.RESPIRATORY_RATE: translate("refusals", "breathing rate"),
    }.get(value, quantity(value))


def why(value: Why) -> str:
    """Say why nothing was recorded, and what to do."""
    return {
        Why.NOT_THE_OPERATOR: translate("refusals", "Another person charts here. Choose who charts now."),
        Why.ONLY_OPERATORS: translate("refusals", "Nobody is chosen to chart. Choose who charts now."),
        Why.WRONG_PHASE: translate("refusals", "Not possible in this phase of the session."),
        Why.SESSION_OVER: translate(
            "refusals", "This session is over. Notes and amendments are made in review."
        ),
        Why.IN_THE_FUTURE: translate("refusals", "That time is still to come. Check the time."),
        Why.BEFORE_SEATED: translate("refusals", "That is before the patient was seated. Check the time."),
        Why.BEFORE_START: translate(
            "refusals", "That is before the last change of the pump. Check the time."
        ),
        Why.BLOCKED: translate("refusals", "A value cannot be right. Retype it."),
        Why.EMPTY: translate("refusals", "There is nothing to save."),
        Why.GATE: translate("refusals", "The start is held."),
        Why.NO_SUCH_ENTRY: translate("refusals", "That entry cannot be changed."),
        Why.ALREADY_DECIDED: translate("refusals", "That reading was already accepted or rejected."),
        Why.NOT_ACCEPTABLE: translate(
            "refusals", "The monitor marks that reading as doubtful. Repeat, or type it."
        ),
        Why.NO_OPEN_FLAG: translate("refusals", "No flag is open in this chair."),
        Why.NO_OPEN_EFFECT: translate("refusals", "That effect is not open."),
        Why.UNDO_TOO_LATE: translate("refusals", "Too late to undo. Amend it in the table: T."),
        Why.NOT_YOURS_TO_UNDO: translate("refusals", "Somebody else charted that. Amend it in the table: T."),
        Why.SAME_DETERMINATION: translate("refusals", "That reading is already here."),
        Why.BEGUN_BEFORE_SEATED: translate(
            "refusals", "That reading was begun before this patient was seated."
        ),
        Why.NOT_A_REAL_READING: translate("refusals", "The monitor does not give that as a real reading."),
        Why.NOTHING_NEW: translate("refusals", "Nothing changed."),
        Why.OUT_OF_RANGE: translate("refusals", "A number is outside what can be entered. Check it."),
    }[value]


def refused(outcome: Refused) -> str:
    """Say why, with the value that cannot be where one is named."""
    return blocked(outcome.blocked[0]) if outcome.blocked else why(outcome.why)


def blocked(found: Blocked) -> str:
    """Say which value cannot be: "Top below bottom: retype"."""
    if found.reason is BlockReason.TOP_NOT_ABOVE_BOTTOM:
        if found.value == found.limit:
            return translate("refusals", "Top equals bottom: retype")
        return translate("refusals", "Top below bottom: retype")
    if found.reason is BlockReason.TOO_LOW:
        text = translate("refusals", "%1 %2 is too low: retype")
    else:
        text = translate("refusals", "%1 %2 is too high: retype")
    return text.replace("%1", quantity(found.quantity)).replace("%2", str(found.value))


def blocked_detail(found: Blocked) -> str:
    """Say what the value was held against."""
    if found.reason is BlockReason.TOP_NOT_ABOVE_BOTTOM:
        if found.value == found.limit:
            return translate("refusals", "Nothing saved.")
        text = translate("refusals", "%1 is under %2. Nothing saved.")
    elif found.reason is BlockReason.TOO_LOW:
        text = translate("refusals", "%2 is the least that can be charted. Nothing saved.")
    else:
        text = translate("refusals", "%2 is the most that can be charted. Nothing saved.")
    return text.replace("%1", str(found.value)).replace("%2", str(found.limit))


_CHANGED = {
    Check.CHANGED_SYSTOLIC: Quantity.SYSTOLIC,
    Check.CHANGED_DIASTOLIC: Quantity.DIASTOLIC,
    Check.CHANGED_HEART_RATE: Quantity.HEART_RATE,
    Check.CHANGED_PULSE_RATE: Quantity.PULSE_RATE,
    Check.CHANGED_SPO2: Quantity.SPO2,
}


def asked_quantities(check: Check) -> frozenset[Quantity]:
    """The parts of the line that a question is about."""
    if check in _CHANGED:
        return frozenset({_CHANGED[check]})
    return frozenset({Quantity.SYSTOLIC, Quantity.DIASTOLIC})


def asked(one: Asked, since: str) -> str:
    """Ask about a value: "Systolic 46 up since 10:09 (138)"; `since` is when the last set was taken."""
    if one.check in _CHANGED and one.previous is not None:
        up = one.value > one.previous
        text = translate("refusals", "%1 %2 up since %3 (%4)")
        if not up:
            text = translate("refusals", "%1 %2 down since %3 (%4)")
        parts = (quantity(_CHANGED[one.check]), str(abs(one.value - one.previous)), since, str(one.previous))
        for place, part in enumerate(parts, start=1):
            text = text.replace(f"%{place}", part)
        return text
    text = {
        Check.PULSE_PRESSURE_NARROW: translate("refusals", "Top and bottom only %1 apart"),
        Check.PULSE_PRESSURE_WIDE: translate("refusals", "Top and bottom %1 apart"),
        Check.SYSTOLIC_VERY_LOW: translate("refusals", "Systolic only %1"),
        Check.SYSTOLIC_VERY_HIGH: translate("refusals", "Systolic as high as %1"),
    }[one.check]
    return text.replace("%1", str(one.value))


def missing(one: Missing, sets_wanted: int) -> str:
    """Say what a start still lacks."""
    return {
        Missing.BASELINE_SETS: translate("refusals", "baseline sets still to chart: %1"),
        Missing.THIRD_SET: translate("refusals", "a third baseline set (the first two differ)"),
        Missing.RATE: translate("refusals", "a heart or pulse rate"),
        Missing.SPO2: translate("refusals", "an SpO\N{SUBSCRIPT TWO}"),
    }[one].replace("%1", str(sets_wanted))


def gate_reason(reason: GateReason, *, is_first: bool) -> str:
    """Say which number asks for more: "Systolic 164 (latest) is 160 or over", small after a semicolon."""
    text = {
        GateSide.OVER: translate("refusals", "%1 %2 (%3) is over %4"),
        GateSide.FROM: translate("refusals", "%1 %2 (%3) is %4 or over"),
        GateSide.UNDER: translate("refusals", "%1 %2 (%3) is under %4"),
    }[reason.side]
    which = translate("refusals", "latest") if reason.is_latest else translate("refusals", "baseline")
    name = quantity(reason.quantity) if is_first else _within(reason.quantity)
    parts = (name, _number(reason.value), which, str(reason.limit))
    for place, part in enumerate(parts, start=1):
        text = text.replace(f"%{place}", part)
    return text


def gate_value(reason: GateReason, *, is_first: bool) -> str:
    """Name what asks for more: "Systolic 164", small within a sentence."""
    name = quantity(reason.quantity) if is_first else _within(reason.quantity)
    return f"{name} {_number(reason.value)}"


def gate_title(gate: Gate, repeat_minutes: int) -> str:
    """Say what a start asks for."""
    title = {
        GateLevel.OPEN: translate("refusals", "Nothing stands against the start"),
        GateLevel.AWARE: translate("refusals", "Raised baseline: which clinician is aware?"),
        GateLevel.HOLD: translate("refusals", "Hold: repeat in %1 min, or start by name and reason"),
        GateLevel.CLINICIAN_ONLY: translate(
            "refusals", "Hold: only a clinician can start, by name and reason"
        ),
    }[gate.level]
    return title.replace("%1", str(repeat_minutes))


def gate_list(gate: Gate) -> str:
    """List what is missing and what holds."""
    lacking = [missing(one, gate.sets_wanted) for one in gate.missing]
    parts = [translate("refusals", "Missing: %1").replace("%1", ", ".join(lacking))] if lacking else []
    for reason in gate.reasons:
        if reason.level is not GateLevel.OPEN:
            parts.append(gate_reason(reason, is_first=not parts))
    return "; ".join(parts)


def _number(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else f"{float(value):.1f}"
