"""What stands in a record, in words: events, effects, sources, answers. Shared by chart, tables and paper."""

from decimal import Decimal

from PySide6.QtCore import QCoreApplication

from monitor import bodies
from monitor.clock import Instant
from monitor.entries import Entry
from monitor.feed import CuffTrouble
from monitor.terms import (
    FlagAction,
    NotObtainedReason,
    Phase,
    Reason,
    RejectReason,
    Severity,
    Symptom,
)
from monitor.view import Reading
from monitor.vitals import Quality, Vitals
from ui.text import flag_words
from ui.text.formats import clock, pressure
from ui.text.people import operator_initials

translate = QCoreApplication.translate


def taken_at(entry: Entry) -> str:
    """Write when `entry` happened, in the wall time in force then: "10:23"."""
    return clock(Instant(utc_ms=entry.taken_at_ms, offset_minutes=entry.offset_minutes))


def decimal(value: Decimal) -> str:
    """Write a decimal as typed, without idle zeros: "70.5", "75"."""
    return f"{value.normalize():f}"


def severity(value: Severity) -> str:
    """Name a severity within a sentence."""
    return {
        Severity.MILD: translate("happened", "mild"),
        Severity.MODERATE: translate("happened", "moderate"),
        Severity.SEVERE: translate("happened", "severe"),
    }[value]


def effect(name: str) -> str:
    """Name an effect; one that the palette does not know is shown as written."""
    known = {
        "nausea": translate("happened", "Nausea"),
        "dissociation": translate("happened", "Dissociation"),
        "headache": translate("happened", "Headache"),
    }
    return known.get(name, name[:1].upper() + name[1:])


def symptom(value: Symptom) -> str:
    """Name a symptom."""
    return {
        Symptom.CHEST_PAIN: translate("happened", "Chest pain"),
        Symptom.BREATHLESSNESS: translate("happened", "Breathlessness"),
        Symptom.SEVERE_HEADACHE: translate("happened", "Sudden severe headache"),
        Symptom.FOCAL_WEAKNESS: translate("happened", "Focal weakness"),
        Symptom.SEIZURE: translate("happened", "Seizure"),
        Symptom.UNROUSABLE: translate("happened", "Unrousable"),
    }[value]


def action(value: FlagAction) -> str:
    """Name what was done about a flag."""
    return {
        FlagAction.RECHECKING: translate("happened", "Rechecking"),
        FlagAction.CLINICIAN_TOLD: translate("happened", "Clinician told"),
        FlagAction.RATE_LOWERED: translate("happened", "Rate lowered"),
        FlagAction.PAUSED: translate("happened", "Paused"),
        FlagAction.DRUG_GIVEN: translate("happened", "Drug given"),
        FlagAction.WATCHING: translate("happened", "Watching, no action"),
    }[value]


def not_obtained(reason: NotObtainedReason) -> str:
    """Say why a set could not be taken."""
    return {
        NotObtainedReason.CUFF_FAILED: translate("happened", "cuff failed"),
        NotObtainedReason.ASLEEP: translate("happened", "asleep"),
        NotObtainedReason.REFUSED: translate("happened", "refused"),
        NotObtainedReason.OTHER: translate("happened", "other"),
    }[reason]


def reject_reason(reason: RejectReason) -> str:
    """Say why a monitor's reading is not this patient's pressure."""
    return {
        RejectReason.MOVED: translate("happened", "moved"),
        RejectReason.CUFF: translate("happened", "cuff"),
        RejectReason.TALKING: translate("happened", "talking"),
        RejectReason.OTHER: translate("happened", "other"),
    }[reason]


def amend_reason(reason: Reason) -> str:
    """Say why an entry was amended or withdrawn."""
    return {
        Reason.UNDONE: translate("happened", "undone"),
        Reason.SLIP: translate("happened", "slip"),
        Reason.ARTEFACT: translate("happened", "artefact"),
        Reason.WRONG_PATIENT: translate("happened", "wrong patient"),
        Reason.OTHER: translate("happened", "other"),
    }[reason]


def cuff_trouble(trouble: CuffTrouble) -> str:
    """Say what a determination without pressures was."""
    return {
        CuffTrouble.FAILED: translate("happened", "Cuff failed"),
        CuffTrouble.TIMED_OUT: translate("happened", "Cuff timed out"),
    }[trouble]


def phase(value: Phase) -> str:
    """Name a phase."""
    return {
        Phase.SEATED: translate("happened", "Seated"),
        Phase.BASELINE: translate("happened", "Baseline"),
        Phase.INFUSING: translate("happened", "Infusing"),
        Phase.PAUSED: translate("happened", "Paused"),
        Phase.RECOVERY: translate("happened", "Recovery"),
        Phase.DISCHARGED: translate("happened", "Discharged"),
        Phase.SIGNED: translate("happened", "Signed"),
        Phase.CANCELLED: translate("happened", "Cancelled"),
    }[value]


def event(body: bodies.Body) -> str | None:
    """Write an event as the chart and the lists do; None for what they show in another way.

    Readings, pump and effects have strips of their own; flags stand on their marks.
    """
    match body:
        case bodies.Noted():
            return body.text
        case bodies.DrugGiven():
            return " ".join(part for part in (body.name, body.dose_text, body.route) if part)
        case bodies.ClinicianTold():
            return translate("happened", "Told %1").replace("%1", body.who)
        case bodies.SymptomReported():
            ended = translate("happened", "%1 ended").replace("%1", symptom(body.symptom))
            return symptom(body.symptom) if body.is_present else ended
        case bodies.FlagAnswered():
            return action(body.action)
        case bodies.NotObtained():
            return translate("happened", "Not obtained: %1").replace("%1", not_obtained(body.reason))
        case bodies.LiveStood():
            return flag_words.stood_text(body.quantity, body.value, body.stood_s)
        case bodies.CuffFailed():
            return cuff_trouble(body.trouble)
        case bodies.Cancelled():
            return translate("happened", "Cancelled: %1").replace("%1", body.reason)
    return _turn(body)


def _turn(body: bodies.Body) -> str | None:
    """Write what happened to the session or its record as a whole."""
    if isinstance(body, bodies.PhaseBegun) and body.phase is Phase.DISCHARGED:
        return phase(Phase.DISCHARGED)
    return {
        bodies.ClockStepped: translate("happened", "Clock changed"),
        bodies.MonitorRemoved: translate("happened", "Monitor taken out"),
        bodies.MovedOut: translate("happened", "A set moved to another patient"),
    }.get(type(body))


def deed(body: bodies.Body) -> str:
    """Write what an operator just recorded, for the line that offers to undo it."""
    match body:
        case bodies.InfusionStarted():
            return translate("happened", "Infusion started, %1 mL/h").replace(
                "%1", decimal(body.rate_ml_per_h)
            )
        case bodies.RateChanged():
            return translate("happened", "Rate %1 mL/h").replace("%1", decimal(body.rate_ml_per_h))
        case bodies.EffectOpened():
            return f"{effect(body.effect)}, {severity(body.severity)}"
        case bodies.EffectClosed():
            return translate("happened", "%1 ended").replace("%1", effect(body.effect))
        case bodies.Rejected():
            return translate("happened", "Reading rejected: %1").replace("%1", reject_reason(body.reason))
        case bodies.Amended():
            return translate("happened", "Amended: %1").replace("%1", amend_reason(body.reason))
    plain = {
        bodies.InfusionPaused: translate("happened", "Infusion paused"),
        bodies.InfusionResumed: translate("happened", "Infusion resumed"),
        bodies.InfusionStopped: translate("happened", "Infusion stopped"),
        bodies.Signed: translate("happened", "Signed"),
    }
    return plain.get(type(body)) or event(body) or translate("happened", "Recorded")


def _has_vitals(entry: Entry) -> bool:
    return isinstance(entry.body, bodies.Amended) and entry.body.vitals is not None


def source(reading: Reading) -> str:
    """Say where a reading came from and who stands behind it: "from monitor, accepted M.D."."""
    by = operator_initials(reading.by)
    if not reading.is_monitor:
        return translate("happened", "typed %1").replace("%1", by)
    if reading.quality is not Quality.GOOD:
        return translate("happened", "from monitor, questionable")
    if reading.reject_reason is not None:
        reason = reject_reason(reading.reject_reason)
        return translate("happened", "from monitor, rejected: %1").replace("%1", reason)
    retyped = [each for each in reading.amendments if _has_vitals(each)]
    if retyped:
        read = pressure(reading.original.systolic_mmhg, reading.original.diastolic_mmhg)
        text = translate("happened", "amended %1, monitor read %2")
        return text.replace("%1", operator_initials(retyped[-1].author.name)).replace("%2", read)
    if by:
        return translate("happened", "from monitor, accepted %1").replace("%1", by)
    return translate("happened", "from monitor, not accepted")


def vitals(values: Vitals) -> str:
    """Write a set in one line: "128/82 · HR 76 · SpO2 98 · RR 14 · MOAA/S 4"."""
    parts = (
        [pressure(values.systolic_mmhg, values.diastolic_mmhg)] if values.systolic_mmhg is not None else []
    )
    named = (
        (translate("happened", "HR %1"), values.rate_bpm),
        (translate("happened", "SpO\N{SUBSCRIPT TWO} %1"), values.spo2_percent),
        (translate("happened", "RR %1"), values.respiratory_rate_bpm),
        (translate("happened", "MOAA/S %1"), values.moaa_s),
    )
    parts += [text.replace("%1", str(value)) for text, value in named if value is not None]
    return " \N{MIDDLE DOT} ".join(parts)
