"""Words of the pump: start with its gate, rate, pause, resume and stop."""

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


def weight() -> str:
    """Field."""
    return translate("bedside", "Weight")


def planned() -> str:
    """Field."""
    return translate("bedside", "Planned")


def pump_rate() -> str:
    """Field."""
    return translate("bedside", "Pump rate")


def new_rate() -> str:
    """Title."""
    return translate("bedside", "Pump rate now")


def why_paused() -> str:
    """Title."""
    return translate("bedside", "Pause the infusion: why?")


def reason_may_be_empty() -> str:
    """Hint beside the reason for a pause."""
    return translate("bedside", "Enter pauses, also without a reason.")


def why_stopped() -> str:
    """Title."""
    return translate("bedside", "Stop the infusion: why?")


def completed() -> str:
    """Reason for a stop."""
    return translate("bedside", "completed")


def start_title() -> str:
    """Title."""
    return translate("bedside", "Start the infusion")


def start_detail(seated: str) -> str:
    """What was said at seating."""
    return translate("bedside", "Seating says %1. Check it against the pump.").replace("%1", seated)


def patient_again() -> str:
    """Ask for initials and birth year once."""
    return translate("bedside", "Right patient? Type initials and birth year")


def patient_again_detail() -> str:
    """How."""
    return translate("bedside", "From the wrist band, not from this screen.")


def initials() -> str:
    """Field."""
    return translate("bedside", "Initials")


def birth_year() -> str:
    """Field."""
    return translate("bedside", "Birth year")


def other_patient() -> str:
    """Refuse the start."""
    return translate("bedside", "That is not who was seated here. Check the chair.")


def who_is_aware() -> str:
    """Field."""
    return translate("bedside", "Clinician aware")


def who_overrides() -> str:
    """Field."""
    return translate("bedside", "Started by")


def must_be_clinician(names: str) -> str:
    """Fault; `names` of the clinicians in the settings, "" when there are none."""
    if not names:
        return translate("bedside", "No clinician is set up: add one in the settings")
    return translate("bedside", "Name a clinician: %1").replace("%1", names)


def mg() -> str:
    """Unit."""
    return translate("bedside", "mg")


def kg() -> str:
    """Unit."""
    return translate("bedside", "kg")


def ml_per_h() -> str:
    """Unit."""
    return translate("bedside", "mL/h")


def minutes() -> str:
    """Unit."""
    return translate("bedside", "min")
