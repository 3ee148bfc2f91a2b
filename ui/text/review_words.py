"""Words of looking back: the review, the list of past sessions, the preview of the report."""

from PySide6.QtCore import QCoreApplication

from monitor.terms import Phase, Reason

translate = QCoreApplication.translate


def title() -> str:
    """Name the review page."""
    return translate("review", "Review")


def finished() -> str:
    """Say beside the title that the session is over."""
    return translate("review", "Finished session")


def running() -> str:
    """Say beside the title that the session still runs."""
    return translate("review", "Session still running")


def sessions_title() -> str:
    """Name the list of past sessions."""
    return translate("review", "Sessions")


def reading_record() -> str:
    """Say that the record is on its way from the disk."""
    return translate("review", "Reading the record…")


def searching() -> str:
    """Say that the list is on its way."""
    return translate("review", "Looking…")


def table_only() -> str:
    """Key that leaves only the table."""
    return translate("review", "Table only")


def with_chart() -> str:
    """Key that brings the chart back."""
    return translate("review", "Chart")


def report() -> str:
    """Key that opens the report."""
    return translate("review", "Report")


def amend() -> str:
    """Key that corrects the chosen set."""
    return translate("review", "Amend")


def note() -> str:
    """Key that adds a note."""
    return translate("review", "Note")


def sign() -> str:
    """Key that signs once more."""
    return translate("review", "Sign")


def add() -> str:
    """Key that explains what needs someone."""
    return translate("review", "Add reason")


def open_chair() -> str:
    """Key that leads to the chair where the session can still be signed."""
    return translate("review", "Open chair")


def board() -> str:
    """Where Escape leads."""
    return translate("review", "board")


def choose_set() -> str:
    """What the arrows do."""
    return translate("review", "choose set")


def copy_table() -> str:
    """What Ctrl+C does."""
    return translate("review", "copy table")


def copied() -> str:
    """Say that the table can be pasted."""
    return translate("review", "Table copied, without the patient's name.")


def scroll_side() -> str:
    """What the page keys do."""
    return translate("review", "scroll figures and flags")


def search_hint() -> str:
    """Say what can be looked for."""
    return translate("review", "Name or clinic number; empty lists the newest")


def search() -> str:
    """Caption of the search field."""
    return translate("review", "Find a session")


def found(count: int) -> str:
    """Say how many sessions were found."""
    if not count:
        return translate("review", "No session found.")
    if count == 1:
        return translate("review", "1 session")
    return translate("review", "%1 sessions, newest first").replace("%1", str(count))


def columns() -> tuple[str, ...]:
    """Head the list of sessions."""
    return (
        translate("review", "Date"),
        translate("review", "Time"),
        translate("review", "Patient"),
        translate("review", "Born"),
        translate("review", "No."),
        translate("review", "Chair"),
        translate("review", "State"),
        "",
    )


def phase(value: str) -> str:
    """Name a stored phase; one that this version does not know is shown as stored."""
    return {
        Phase.SEATED.value: translate("review", "seated"),
        Phase.BASELINE.value: translate("review", "baseline"),
        Phase.INFUSING.value: translate("review", "infusing"),
        Phase.PAUSED.value: translate("review", "paused"),
        Phase.RECOVERY.value: translate("review", "recovery"),
        Phase.DISCHARGED.value: translate("review", "discharged, not signed"),
        Phase.SIGNED.value: translate("review", "signed"),
        Phase.CANCELLED.value: translate("review", "cancelled"),
    }.get(value, value)


def open_session() -> str:
    """What Enter does in the list."""
    return translate("review", "open")


def signed_pill(name: str, at: str) -> str:
    """Say who signed and when, in a pill."""
    return translate("review", "Signed %1 %2").replace("%1", name).replace("%2", at)


def not_signed_pill() -> str:
    """Say that nobody signed."""
    return translate("review", "Not signed")


def figures() -> str:
    """Head the figures."""
    return translate("review", "Figures")


def flags() -> str:
    """Head the flags."""
    return translate("review", "Flags")


def sets() -> str:
    """Head the table of sets."""
    return translate("review", "Sets")


def events(lines: tuple[str, ...]) -> str:
    """List events by the numbers of the chart."""
    if not lines:
        return translate("review", "No events.")
    numbered = (f"{number}\N{NO-BREAK SPACE}{line}" for number, line in enumerate(lines, start=1))
    return translate("review", "Events: %1").replace("%1", " \N{MIDDLE DOT} ".join(numbered))


def open_needs(count: int) -> str:
    """Count what needs someone."""
    return translate("review", "%1 open").replace("%1", str(count))


def chain(entries: int, head: str) -> str:
    """Say that the chain holds, with the first of the head."""
    text = translate("review", "Chain whole, %1 entries, head %2")
    return text.replace("%1", str(entries)).replace("%2", f"{head[:4]} {head[4:8]}")


def amending(at: str, values: str) -> str:
    """Name the set that is amended."""
    return translate("review", "Amend the set of %1: %2").replace("%1", at).replace("%2", values)


def why_amend() -> str:
    """Ask for the reason."""
    return translate("review", "Why?")


def reasons() -> tuple[tuple[Reason, str], ...]:
    """Name each reason in the order of its key, 1 to 4."""
    return (
        (Reason.SLIP, translate("review", "Slip")),
        (Reason.ARTEFACT, translate("review", "Artefact")),
        (Reason.WRONG_PATIENT, translate("review", "Wrong patient")),
        (Reason.OTHER, translate("review", "Other")),
    )


def right_chair() -> str:
    """Ask whose the set is."""
    return translate("review", "Chair of the right patient")


def move_hint(seated: tuple[tuple[int, str], ...]) -> str:
    """Say to whom a set can be moved: "2 M.K., 3 T.A. · Ctrl+W only takes it away here."."""
    away = translate("review", "Ctrl+W only takes it away here.")
    if not seated:
        return f"{translate('review', 'Nobody else is seated.')} {away}"
    return f"{', '.join(f'{chair} {name}' for chair, name in seated)} \N{MIDDLE DOT} {away}"


def no_such_chair(text: str) -> str:
    """Refuse a chair that no other patient sits in."""
    return translate("review", "No other patient sits in chair %1.").replace("%1", text)


def right_values() -> str:
    """Caption of the field for the right values."""
    return translate("review", "Right values, as in the entry field")


def values_hint() -> str:
    """Say how to save or withdraw."""
    return translate(
        "review", "Enter saves. What you leave out stays as it was. Ctrl+W withdraws the whole set."
    )


def unreadable(part: str) -> str:
    """Say that the values cannot be read."""
    return translate("review", "Cannot be read: %1. Nothing was saved.").replace("%1", part)


def note_text() -> str:
    """Caption of the note field."""
    return translate("review", "Note, added to the record with your name")


def explains(text: str) -> str:
    """Caption of the field that explains what needs someone."""
    return translate("review", "Explain: %1").replace("%1", text)


def note_hint() -> str:
    """Say how to save a note."""
    return translate("review", "Enter saves, Esc leaves. A note cannot be taken back.")


def meaning() -> str:
    """Caption of the signature's meaning."""
    return translate("review", "You sign for")


def meaning_usual() -> str:
    """The usual meaning of a second signature."""
    return translate("review", "Reviewed")


def meaning_hint(name: str) -> str:
    """Say whose signature this is."""
    text = translate("review", "Enter signs as %1: chosen from a list, not authenticated. Esc leaves.")
    return text.replace("%1", name)


def empty_field() -> str:
    """Say that something must be typed."""
    return translate("review", "Type something first.")


def choose_operator() -> str:
    """Ask for the operator."""
    return translate("review", "Choose who you are first.")


def no_set_chosen() -> str:
    """Say that there is no set to amend."""
    return translate("review", "No set to amend.")


def recorded() -> str:
    """Say that it stands in the record."""
    return translate("review", "Recorded. It is kept beside what it corrects.")


def asked_and_refused() -> str:
    """Say that the record was not changed."""
    return translate("review", "Nothing was recorded.")


def policy(title: str) -> str:
    """Name the limits that the session ran under."""
    return translate("review", "limits %1").replace("%1", title)


def preview_title() -> str:
    """Name the preview page."""
    return translate("review", "Report")


def pages(count: int) -> str:
    """Say how many pages the report has."""
    if count == 1:
        return translate("review", "one page")
    return translate("review", "%1 pages").replace("%1", str(count))


def save_to() -> str:
    """Caption of the field for the file's path."""
    return translate("review", "Save as")


def save_hint() -> str:
    """Say how to save."""
    return translate("review", "Enter saves. The file's name holds no patient's name.")


def saved_to(path: str) -> str:
    """Say where the report is."""
    return translate("review", "Saved to %1").replace("%1", path)


def save() -> str:
    """Button that saves."""
    return translate("review", "Save")


def back() -> str:
    """Where Escape leads from the preview."""
    return translate("review", "review")


def page_picture(page: int) -> str:
    """Name a page's picture for a screen reader."""
    return translate("review", "Report, page %1").replace("%1", str(page))


def no_trend(reason: str) -> str:
    """Say why the monitor's continuous values cannot be shown; the record is."""
    return translate("review", "The monitor's continuous values cannot be shown. %1").replace("%1", reason)


def cannot_show(reason: str) -> str:
    """Say why a record cannot be shown."""
    return translate("review", "This record cannot be shown. %1").replace("%1", reason)


def table_name() -> str:
    """Name the table of sets for a screen reader."""
    return translate("review", "Table of sets")
