"""Words of the printed report."""

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


def title() -> str:
    """Head the sheet."""
    return translate("report", "Infusion session record")


def page_of(clinic: str, page: int, pages: int) -> str:
    """Say whose sheet and which page this is."""
    text = translate("report", "page %1 of %2").replace("%1", str(page)).replace("%2", str(pages))
    return f"{clinic} \N{MIDDLE DOT} {text}" if clinic else text


def continued() -> str:
    """Say at the foot of a page that more follows."""
    return translate("report", "Continued on the next page")


def born(date: str, age: str) -> str:
    """Write a birth date with the age on the day."""
    text = translate("report", "Born %1").replace("%1", date)
    return f"{text} ({age})" if age else text


def number(clinic_number: str | None) -> str:
    """Write the clinic's number, or that there is none."""
    if clinic_number is None:
        return translate("report", "No clinic number")
    return translate("report", "No. %1").replace("%1", clinic_number)


def allergies(text: str) -> str:
    """Write allergies as they were told."""
    return translate("report", "Allergies: %1").replace("%1", text or translate("report", "none told"))


def weight(kilograms: str) -> str:
    """Write a weight."""
    return translate("report", "%1 kg").replace("%1", kilograms)


def chair(number: int) -> str:
    """Name the chair."""
    return translate("report", "Chair %1").replace("%1", str(number))


def arms(cuff: str, iv: str) -> str:
    """Say where cuff and line are."""
    return translate("report", "cuff %1 arm, IV %2 arm").replace("%1", cuff).replace("%2", iv)


def left_arm() -> str:
    """Name the left side."""
    return translate("report", "left")


def right_arm() -> str:
    """Name the right side."""
    return translate("report", "right")


def not_infused() -> str:
    """Say on the dose line that nothing ran."""
    return translate("report", "No infusion was started")


def planned(dose: str, minutes: int) -> str:
    """Say what was planned."""
    text = translate("report", "planned %1 in %2 min")
    return text.replace("%1", dose).replace("%2", str(minutes))


def from_to(start: str, end: str | None) -> str:
    """Say from when to when."""
    if end is None:
        return translate("report", "%1, not stopped").replace("%1", start)
    return translate("report", "%1 to %2").replace("%1", start).replace("%2", end)


def rate_from(rate: str, at: str) -> str:
    """Say a rate and since when."""
    return translate("report", "%1 mL/h from %2").replace("%1", rate).replace("%2", at)


def paused(start: str, end: str | None) -> str:
    """Say when the pump stood still."""
    return translate("report", "paused %1").replace("%1", from_to(start, end))


def aware(name: str) -> str:
    """Say who knew of a raised baseline."""
    return translate("report", "%1 aware of the baseline").replace("%1", name)


def override(by: str, reason: str) -> str:
    """Say who let the infusion start past the gate, and why."""
    return translate("report", "start approved by %1: %2").replace("%1", by).replace("%2", reason)


def row_names() -> tuple[str, ...]:
    """Name the rows of the readings table."""
    return (
        translate("report", "Time"),
        translate("report", "Minute"),
        translate("report", "BP"),
        translate("report", "Rate"),
        translate("report", "SpO\N{SUBSCRIPT TWO}"),
        translate("report", "RR"),
        translate("report", "MOAA/S"),
        translate("report", "Source"),
    )


def typed() -> str:
    """Name a typed reading's source."""
    return translate("report", "typed")


def from_monitor() -> str:
    """Name an accepted monitor reading's source."""
    return translate("report", "mon.")


def captured() -> str:
    """Name the source of a reading that nobody accepted."""
    return translate("report", "capt.")


def rejected() -> str:
    """Name a rejected reading's source."""
    return translate("report", "rej.")


def withdrawn() -> str:
    """Mark a withdrawn reading."""
    return translate("report", "withdr.")


def moved() -> str:
    """Mark a reading that belongs to another patient."""
    return translate("report", "moved")


def table_note() -> str:
    """Explain the readings table."""
    return translate(
        "report",
        "BP in mmHg, rate per minute, SpO\N{SUBSCRIPT TWO} in %. "
        "Struck through means amended or withdrawn; grey was not accepted.",
    )


def amended(at: str, old: str, new: str, reason: str, by: str, when: str) -> str:  # noqa: PLR0913, PLR0917 - one sentence
    """Say what an amendment changed: "10:43 60 to 80, slip, M. Duarte RN 10:44"."""
    text = translate("report", "%1 %2 amended to %3: %4, %5 %6")
    for place, part in enumerate((at, old, new, reason, by, when), start=1):
        text = text.replace(f"%{place}", part)
    return text


def withdrawn_because(at: str, old: str, reason: str, by: str, when: str) -> str:
    """Say why a set no longer counts."""
    text = translate("report", "%1 %2 withdrawn: %3, %4 %5")
    for place, part in enumerate((at, old, reason, by, when), start=1):
        text = text.replace(f"%{place}", part)
    return text


def charted_by(names: str) -> str:
    """Name who typed or accepted the sets."""
    return translate("report", "Typed or accepted by %1.").replace("%1", names)


def no_higher_capture() -> str:
    """Say that the peak stands above everything the monitor captured."""
    return translate("report", "No captured value is higher than the peak.")


def left_waiting(text: str) -> str:
    """Name readings that nobody accepted."""
    return translate("report", "Captured, not accepted: %1.").replace("%1", text)


def flags_title() -> str:
    """Head the flags."""
    return translate("report", "Flags and answers")


def events_title() -> str:
    """Head the events."""
    return translate("report", "Events")


def more_flags(count: int) -> str:
    """Count flags that the sheet has no room for: "+12 more flags in the record"."""
    return translate("report", "+%1 more flags in the record").replace("%1", str(count))


def more_events(count: int) -> str:
    """Count events that the sheet has no room for."""
    return translate("report", "+%1 more events, marked on the chart").replace("%1", str(count))


def more_needs(count: int) -> str:
    """Count what else needs someone."""
    return translate("report", "and %1 more, listed in the review").replace("%1", str(count))


def more_effects(count: int) -> str:
    """Count effects that have no lane."""
    return translate("report", "+%1 more").replace("%1", str(count))


def fewer_sets(shown: int, all_of_them: int) -> str:
    """Say that the table is not whole, and where the others are."""
    text = translate(
        "report",
        "%1 of %2 sets listed, baseline, peak, flagged, amended and last before others; all are drawn above.",
    )
    return text.replace("%1", str(shown)).replace("%2", str(all_of_them))


def none() -> str:
    """Say that a list is empty."""
    return translate("report", "none")


def needs(text: str) -> str:
    """Say what still needs someone."""
    return translate("report", "Needs someone: %1.").replace("%1", text)


def signed(name: str, at: str) -> str:
    """Say who signed and when."""
    return translate("report", "Signed %1, %2").replace("%1", name).replace("%2", at)


def not_signed() -> str:
    """Say that nobody signed yet."""
    return translate("report", "Not signed")


def second_not_signed() -> str:
    """Say that there is no second signature."""
    return translate("report", "No second signature")


def chosen_not_authenticated() -> str:
    """Say what a signature is worth in this version."""
    return translate("report", "Operators are chosen from a list, not authenticated.")


def printed(at: str, by: str) -> str:
    """Say when and by whom the sheet was printed."""
    return translate("report", "Printed %1 by %2").replace("%1", at).replace("%2", by)


def provenance(version: str, policy: str, station: str, entries: int) -> str:
    """Say what made the sheet."""
    text = translate(
        "report", "Vigil %1 \N{MIDDLE DOT} limits %2 \N{MIDDLE DOT} %3 \N{MIDDLE DOT} %4 entries"
    )
    for place, part in enumerate((version, policy, station, str(entries)), start=1):
        text = text.replace(f"%{place}", part)
    return text


def head(groups: str) -> str:
    """Print the record's head."""
    return translate("report", "Head %1").replace("%1", groups)


def session(session_id: str) -> str:
    """Name the record."""
    return translate("report", "Session %1").replace("%1", session_id)


def disk_says(path: str, reason: str) -> str:
    """Say that the report could not be written."""
    text = translate(
        "report", "The report could not be written to %1: %2. Choose another folder or free space."
    )
    return text.replace("%1", path).replace("%2", reason)


def cannot_draw(path: str) -> str:
    """Say that the sheet came out empty."""
    text = translate(
        "report", "The report could not be drawn to %1. Free space on that disk and print again."
    )
    return text.replace("%1", path)


def nobody_chosen() -> str:
    """Say that nobody had chosen to be the operator."""
    return translate("report", "nobody chosen")
