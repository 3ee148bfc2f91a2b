"""Words about what the entry bar asks for next: the next set, the start, discharge, signature."""

from PySide6.QtCore import QCoreApplication

from ui.text.formats import filled

translate = QCoreApplication.translate


def due_in(time: str) -> str:
    """Caption of the countdown: "Due 10:28, in"."""
    return filled(translate("entry", "Due %1, in"), time)


def overdue_by(minutes: str) -> str:
    """Words of the violet badge: "Overdue 3 min"."""
    return filled(translate("entry", "Overdue %1"), minutes)


def due_now(time: str) -> str:
    """A set is due but not yet late."""
    return filled(translate("entry", "Due %1, now"), time)


def repeat_in() -> str:
    """Caption of the repeat timer."""
    return translate("entry", "Repeat in")


def baseline_wanted(wanted: int) -> str:
    """What is asked for before the start."""
    if wanted == 1:
        return translate("entry", "1 baseline set to chart")
    return filled(translate("entry", "%1 baseline sets to chart"), wanted)


def ready_to_start() -> str:
    """Baseline stands."""
    return translate("entry", "Baseline complete: E\N{NO-BREAK SPACE}7 starts")


def start_held(reason: str) -> str:
    """Baseline stands, and the start gate holds: "Start held by systolic 164: C says why"."""
    return filled(translate("entry", "Start held by %1: C says why"), reason)


def start_aware(reason: str) -> str:
    """Baseline stands, and a clinician must be aware of it."""
    return filled(translate("entry", "%1: E\N{NO-BREAK SPACE}7 starts, a clinician must know"), reason)


def waits(time: str, *, is_offered: bool) -> str:
    """A captured reading stands in for the set that is asked for: "accept 10:24: Enter"."""
    text = (
        translate("entry", "%1 waits: Enter accepts")
        if is_offered
        else translate("entry", "%1 waits: B lists it")
    )
    return filled(text, time)


def due_but(time: str, waits: str) -> str:
    """A set is due, and a reading that would be it waits: "Due 10:25, 10:24 waits: Enter accepts"."""
    return filled(translate("entry", "Due %1, %2"), time, waits)


def may_discharge() -> str:
    """Recovery sets are done."""
    return translate("entry", "Recovery sets done: O discharges")


def may_sign() -> str:
    """Discharged."""
    return translate("entry", "Discharged: O signs")
