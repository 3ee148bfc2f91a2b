"""The ward's words that entries use: phases, reasons, severities, actions, symptoms."""

from enum import Enum


class Arm(Enum):
    """Side of the body."""

    LEFT = "left"
    RIGHT = "right"


class Phase(Enum):
    """Where a session stands."""

    SEATED = "seated"
    BASELINE = "baseline"
    INFUSING = "infusing"
    PAUSED = "paused"
    RECOVERY = "recovery"
    DISCHARGED = "discharged"
    SIGNED = "signed"
    CANCELLED = "cancelled"


class Reason(Enum):
    """Why an entry was amended or withdrawn."""

    UNDONE = "undone"
    SLIP = "slip"
    ARTEFACT = "artefact"
    WRONG_PATIENT = "wrong_patient"
    OTHER = "other"


class RejectReason(Enum):
    """Why a captured reading is not this patient's pressure."""

    MOVED = "moved"
    CUFF = "cuff"
    TALKING = "talking"
    OTHER = "other"


class NotObtainedReason(Enum):
    """Why a due set could not be taken."""

    CUFF_FAILED = "cuff_failed"
    ASLEEP = "asleep"
    REFUSED = "refused"
    OTHER = "other"


class Severity(Enum):
    """How strong an effect is, in the nurse's judgement."""

    MILD = "mild"
    MODERATE = "moderate"
    SEVERE = "severe"


class FlagAction(Enum):
    """What the nurse did about a flag; the digit after A is its place in this list."""

    RECHECKING = "rechecking"
    CLINICIAN_TOLD = "clinician_told"
    RATE_LOWERED = "rate_lowered"
    PAUSED = "paused"
    DRUG_GIVEN = "drug_given"
    WATCHING = "watching"


class Symptom(Enum):
    """Symptoms that are acted on at any pressure."""

    CHEST_PAIN = "chest_pain"
    BREATHLESSNESS = "breathlessness"
    SEVERE_HEADACHE = "severe_headache"
    FOCAL_WEAKNESS = "focal_weakness"
    SEIZURE = "seizure"
    UNROUSABLE = "unrousable"
