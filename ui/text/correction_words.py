"""Words of correcting at the chair: amending, moving, rejecting, the backlog, checks and the ending."""

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


def which_reject() -> str:
    """Title."""
    return translate("bedside", "Not this patient's pressure: why?")


def moved() -> str:
    """Reject reason."""
    return translate("bedside", "Moved")


def cuff() -> str:
    """Reject reason."""
    return translate("bedside", "Cuff")


def talking() -> str:
    """Reject reason."""
    return translate("bedside", "Talking")


def ending() -> str:
    """Title of what ends a session."""
    return translate("bedside", "Session")


def discharge() -> str:
    """Key."""
    return translate("bedside", "Discharge")


def sign() -> str:
    """Key."""
    return translate("bedside", "Sign and close")


def not_infused() -> str:
    """Key."""
    return translate("bedside", "Not infused")


def why_not_infused() -> str:
    """Title."""
    return translate("bedside", "Cancel, nothing infused: why?")


def is_cancelled(chair: int) -> str:
    """What happened, once the session has left its chair."""
    return translate("bedside", "Cancelled, nothing infused. Chair %1 is empty.").replace("%1", str(chair))


def sign_title() -> str:
    """Title."""
    return translate("bedside", "Sign the record as complete?")


def sign_meaning() -> str:
    """What the signature says."""
    return translate("bedside", "Charted by me and complete")


def amend_title(values: str, time: str) -> str:
    """Title."""
    return translate("bedside", "Amend %1 at %2: why?").replace("%1", values).replace("%2", time)


def retype_title(values: str, time: str) -> str:
    """Title of the form for what is right instead."""
    text = translate("bedside", "Instead of %1 at %2")
    return text.replace("%1", values).replace("%2", time)


def old_stays(source: str, operator: str) -> str:
    """Where the old and the new values come from."""
    text = translate("bedside", "Old: %1. New: typed by %2. Type the whole set: what is left out goes.")
    return text.replace("%1", source).replace("%2", operator)


def slip() -> str:
    """Amend reason."""
    return translate("bedside", "Slip: retype")


def artefact() -> str:
    """Amend reason."""
    return translate("bedside", "Artefact: withdraw")


def wrong_patient() -> str:
    """Amend reason."""
    return translate("bedside", "Wrong patient: move")


def other_reason() -> str:
    """Amend reason."""
    return translate("bedside", "Other")


def right_values() -> str:
    """Title and field."""
    return translate("bedside", "Right values")


def empty_withdraws() -> str:
    """Hint."""
    return translate("bedside", "Empty withdraws the set")


def which_chair() -> str:
    """Title."""
    return translate("bedside", "Whose set is it?")


def nobody_seated() -> str:
    """Answer where the right patient sits in no chair."""
    return translate("bedside", "Nobody seated: only take it away here")


def chair(number: int, who: str) -> str:
    """Option."""
    return translate("bedside", "Chair %1 %2").replace("%1", str(number)).replace("%2", who)


def backlog(count: int) -> str:
    """Title: "Readings that wait: 3"."""
    return translate("bedside", "Readings that wait: %1").replace("%1", str(count))


def accept_all(count: int, times: str) -> str:
    """Key: "Accept 3: 10:05, 10:10, 10:15"; those with a mark are not among them."""
    return translate("bedside", "Accept %1: %2").replace("%1", str(count)).replace("%2", times)


def from_to(first: str, last: str) -> str:
    """Times of more readings than are named one by one: "10:05 to 10:45"."""
    return translate("bedside", "%1 to %2").replace("%1", first).replace("%2", last)


def accepted(count: int, times: str) -> str:
    """What the last key accepted."""
    return translate("bedside", "Accepted %1: %2.").replace("%1", str(count)).replace("%2", times)


def just_shown() -> str:
    """A key came before the list could be read."""
    return translate("bedside", "Just shown: read them first.")


def marked_wait(count: int) -> str:
    """Why some are not among those accepted together."""
    if count == 1:
        return translate("bedside", "1 has a flag or an unlikely value: accept it by its own digit.")
    text = translate("bedside", "%1 have a flag or an unlikely value: accept each by its own digit.")
    return text.replace("%1", str(count))


def unlikely_mark() -> str:
    """Before a reading that would be asked about if it were typed."""
    return translate("bedside", "unlikely?")


def reject_one() -> str:
    """Key."""
    return translate("bedside", "Reject one")


def reject_which() -> str:
    """Title."""
    return translate("bedside", "Which is not this patient's pressure?")


def checks_start() -> str:
    """Title before the start."""
    return translate("bedside", "Before the start")


def checks_discharge() -> str:
    """Title after the stop."""
    return translate("bedside", "Before discharge")


def checks_none() -> str:
    """Title while infusing."""
    return translate("bedside", "No checks wait while infusing")


def checks_over() -> str:
    """After discharge."""
    return translate("bedside", "Discharged: no checks wait. O signs")


def recovery_open(due: str) -> str:
    """Recovery lasts."""
    return translate("bedside", "Pressure not yet back for long enough: next set due %1").replace("%1", due)


def recovery_done() -> str:
    """Recovery is over."""
    return translate("bedside", "Pressure back in the policy's band for long enough")


def effects_open(names: str) -> str:
    """Effects last."""
    return translate("bedside", "open: %1").replace("%1", names)


def close() -> str:
    """Key."""
    return translate("bedside", "Close")
