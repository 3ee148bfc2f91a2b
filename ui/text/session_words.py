"""Words of the session page: identity strip, gutter, table."""

from PySide6.QtCore import QCoreApplication

from monitor.terms import Arm, Phase
from ui.text import happened

translate = QCoreApplication.translate


def _filled(text: str, *parts: object) -> str:
    for place, part in enumerate(parts, start=1):
        text = text.replace(f"%{place}", str(part))
    return text


def title(chair: int) -> str:
    """Title of the page."""
    return _filled(translate("session", "Chair %1"), chair)


def subtitle() -> str:
    """Beside it."""
    return translate("session", "Session")


def empty_chair(chair: int) -> str:
    """Nobody sits here."""
    return _filled(
        translate("session", "Nobody sits in chair %1. Enter seats a patient, Esc returns to the board."),
        chair,
    )


def born(date: str, age: str) -> str:
    """Birth date with age: "12-Mar-1979 (46 y)"."""
    return f"{date} ({age})" if age else date


def number(clinic_number: str | None) -> str:
    """Clinic number."""
    if clinic_number is None:
        return translate("session", "no number")
    return _filled(translate("session", "No. %1"), clinic_number)


def arms(cuff: Arm, iv: Arm) -> str:
    """Where cuff and line are."""
    return _filled(translate("session", "cuff %1, IV %2"), arm(cuff), arm(iv))


def arm(side: Arm) -> str:
    """A side within a sentence."""
    return translate("session", "left") if side is Arm.LEFT else translate("session", "right")


def kilograms(text: str) -> str:
    """A weight."""
    return _filled(translate("session", "%1 kg"), text)


def allergy(text: str) -> str:
    """Allergies, never left out."""
    return _filled(translate("session", "Allergy: %1"), text.strip() or translate("session", "none recorded"))


def infusing(minutes: int, planned: int) -> str:
    """Phase while it runs: "Infusing +23 of 40 min"."""
    return _filled(translate("session", "Infusing +%1 of %2 min"), minutes, planned)


def in_phase(phase: Phase, minutes: int) -> str:
    """Any other phase with its minutes."""
    return _filled(translate("session", "%1 %2 min"), happened.phase(phase), minutes)


def ends_about(time: str, minute: str, *, is_later: bool) -> str:
    """When the plan ends: "ends about 10:53 (+49)"."""
    text = translate("session", "ends about %1 (%2)")
    if is_later:
        text = translate("session", "pause or rate change: ends about %1 (%2)")
    return _filled(text, time, minute)


def stopped(time: str) -> str:
    """When it stopped."""
    return _filled(translate("session", "infusion stopped %1"), time)


def planned(minutes: int) -> str:
    """What is planned before the start."""
    return _filled(translate("session", "planned %1 min"), minutes)


def last_message(age: str) -> str:
    """Age of the newest live value."""
    return _filled(translate("session", "last message %1"), age)


def type_readings() -> str:
    """Below a link that brings nothing."""
    return translate("session", "type readings")


def no_pressure() -> str:
    """Gutter without a set."""
    return translate("session", "No set charted")


def was_at(values: str, time: str) -> tuple[str, str, str]:
    """Three parts: "was", values, "at 10:18"."""
    return (translate("session", "was"), values, _filled(translate("session", "at %1"), time))


def was() -> str:
    """Before the value before."""
    return translate("session", "was")


def from_baseline(values: str) -> str:
    """After the change: "from 124/78"."""
    return _filled(translate("session", "from %1"), values)


def mean() -> str:
    """Caption of the mean pressure."""
    return translate("session", "MAP")


def measured() -> str:
    """The monitor measured the mean."""
    return translate("session", "monitor")


def calculated() -> str:
    """The mean is computed."""
    return translate("session", "calc")


def live(value: int) -> str:
    """A live value."""
    return _filled(translate("session", "Live %1"), value)


def live_age(age: str) -> str:
    """Its age, and that nobody charted it."""
    return _filled(translate("session", "%1, not charted"), age)


def old_live() -> str:
    """Word for a live value that has grown old."""
    return translate("session", "no longer live")


def taken(time: str, age: str, source: str) -> str:
    """When, how long ago, where from: "10:23, 4 min ago, monitor"."""
    return f"{time}, {age}, {source}"


def short_source(*, is_monitor: bool) -> str:
    """Where a value came from, in a word."""
    return translate("session", "monitor") if is_monitor else translate("session", "typed")


def pump_now(rate: str | None) -> str:
    """What the pump does."""
    if rate is None:
        return translate("session", "Pump paused")
    return _filled(translate("session", "%1 mL/h"), rate)


def pump_stopped() -> str:
    """Nothing runs."""
    return translate("session", "Pump stopped")


def pump_not_started() -> str:
    """Nothing ran yet."""
    return translate("session", "Not started")


def plan_share(percent: int) -> str:
    """How much of the planned volume is in at the charted rates."""
    return _filled(translate("session", "%1 % of the planned volume in"), percent)


def effects_open(count: int) -> str:
    """Open effects."""
    if count == 1:
        return translate("session", "1 effect open")
    return _filled(translate("session", "%1 effects open"), count)


def effect_since(name: str, time: str) -> str:
    """Since when: "Dissociation since 10:13"."""
    return _filled(translate("session", "%1 since %2"), name, time)


def table_rows() -> tuple[str, ...]:
    """Row captions of the table twin."""
    return (
        translate("session", "Time"),
        translate("session", "Minute"),
        translate("session", "BP mmHg"),
        translate("session", "MAP"),
        translate("session", "Rate /min"),
        translate("session", "SpO\N{SUBSCRIPT TWO} %"),
        translate("session", "RR /min"),
        translate("session", "MOAA/S"),
        translate("session", "Source"),
        translate("session", "Standing"),
    )


def withdrawn(reason: str) -> str:
    """Standing in the table."""
    return _filled(translate("session", "withdrawn: %1"), reason)


def amended(reason: str) -> str:
    """Standing in the table."""
    return _filled(translate("session", "amended: %1"), reason)


def moved() -> str:
    """Standing in the table."""
    return translate("session", "moved to another patient")


def not_accepted() -> str:
    """Standing in the table."""
    return translate("session", "not accepted")


def rejected(reason: str) -> str:
    """Standing in the table."""
    return _filled(translate("session", "rejected: %1"), reason)


def not_saved_yet() -> str:
    """Standing in the table."""
    return translate("session", "not saved yet")


def late(time: str) -> str:
    """Standing in the table: when it was written down."""
    return _filled(translate("session", "typed at %1"), time)


def table_name() -> str:
    """Name for a screen reader."""
    return translate("session", "Table of all readings, newest right. Arrows choose a set, A amends it.")


def nothing_amendable() -> str:
    """That column cannot be amended."""
    return translate("session", "Choose a set that still stands to amend it.")


def keys() -> tuple[tuple[str, str], ...]:
    """Footer keys."""
    return (
        ("Esc", translate("session", "board")),
        ("N", translate("session", "note")),
        ("@hhmm", translate("session", "other time")),
        ("F1", translate("session", "keys")),
    )


def all_keys() -> tuple[tuple[str, str], ...]:
    """Every key of the page."""
    return (
        ("0-9 / + . -", translate("session", "type a set; a dot skips a value, minus erases one")),
        ("Enter", translate("session", "save, keep, or accept the monitor's reading")),
        ("@hhmm", translate("session", "at the end: the time it was taken")),
        ("Del", translate("session", "reject the monitor's reading")),
        ("B", translate("session", "readings that wait")),
        ("A", translate("session", "answer this chair's flags; in the table: amend the chosen set")),
        ("E", translate("session", "event: pump, effects, drugs")),
        ("N", translate("session", "note")),
        ("R", translate("session", "repeat timer")),
        ("C", translate("session", "checks before start and discharge")),
        ("M", translate("session", "this chair's monitor and its wire")),
        ("T", translate("session", "chart or table")),
        ("F", translate("session", "planned end: pump stopped")),
        ("O", translate("session", "discharge, sign, not infused")),
        ("* n", translate("session", "chair n")),
        ("Ctrl+Z", translate("session", "undo the last entry")),
        ("Shift+arrows", translate("session", "time cursor")),
        ("F5", translate("session", "try to save again")),
        ("Esc", translate("session", "close what is asked, then the board")),
    )


def unknown_key(key: str) -> str:
    """A letter that means nothing here."""
    return _filled(translate("session", "%1 does nothing here. F1 lists the keys."), key)


def no_offer() -> str:
    """Del without an offer."""
    return translate("session", "No monitor reading is offered.")


def no_backlog() -> str:
    """B without waiting readings."""
    return translate("session", "No readings wait.")


def not_planned_end() -> str:
    """F without an infusion."""
    return translate("session", "Nothing runs in this chair.")


def nothing_fails() -> str:
    """F5 while saving works."""
    return translate("session", "Everything is on its way to the disk.")


def event_recorded(body_text: str) -> str:
    """Toast of an act without words of its own."""
    return body_text or translate("session", "Recorded")
