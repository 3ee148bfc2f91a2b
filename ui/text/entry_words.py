"""Words of the entry bar: its field, its eight states, its buttons and its toast."""

from PySide6.QtCore import QCoreApplication

from monitor.entry_line import Problem, ProblemKind
from monitor.vitals import Quantity
from ui.text import refusals
from ui.text.formats import filled, pressure, span

translate = QCoreApplication.translate


def placeholder() -> str:
    """What an empty field expects."""
    return translate("entry", "top/bottom, rate, SpO\N{SUBSCRIPT TWO}")


def field_name(initials: str, chair: int) -> str:
    """Name of the field for a screen reader: whose values it takes."""
    return filled(translate("entry", "Vital signs of %1, chair %2"), initials, chair)


def chair(number: int) -> str:
    """The chair in the field."""
    return filled(translate("entry", "chair %1"), number)


def unit(quantity: Quantity | None) -> str:
    """The unit on a chip; a pressure's stands once, on its second half."""
    return {
        Quantity.DIASTOLIC: translate("entry", "mmHg"),
        Quantity.PULSE_RATE: translate("entry", "/min"),
        Quantity.SPO2: translate("entry", "% SpO\N{SUBSCRIPT TWO}"),
        Quantity.RESPIRATORY_RATE: translate("entry", "RR"),
        Quantity.MOAA_S: translate("entry", "MOAA/S"),
    }.get(quantity or Quantity.SYSTOLIC, "")


def digits_to_go(count: int) -> str:
    """How many digits the part still needs."""
    text = translate("entry", "%1 digit to go") if count == 1 else translate("entry", "%1 digits to go")
    return filled(text, count)


def last() -> str:
    """Caption of the last set beside the field."""
    return translate("entry", "Last")


def no_last() -> str:
    """Nothing charted yet."""
    return translate("entry", "No set yet")


def time_and_age(time: str, age: str) -> str:
    """When, and how long ago: "10:23, 4 min ago"."""
    return f"{time}, {age}"


def finished() -> str:
    """The planned volume should be in."""
    return translate("entry", "Planned end reached. Finished?")


def unlikely(questions: str) -> str:
    """Title of a question."""
    return filled(translate("entry", "%1. Keep it?"), questions)


def unlikely_detail() -> str:
    """Below a question that was asked before saving."""
    return translate("entry", "Not saved yet. Was it read from the right patient?")


def stored_first() -> str:
    """Below a question about a value that was stored and flagged first."""
    return translate("entry", "Stored and flagged already. Fix withdraws it.")


def problem(found: Problem, after: str) -> tuple[str, str]:
    """Title and detail of what stops the line; `after` is the part before the wrong one."""
    if found.blocked is not None:
        return refusals.blocked(found.blocked), refusals.blocked_detail(found.blocked)
    nothing = translate("entry", "Line not saved. Nothing is dropped or moved.")
    titles = {
        ProblemKind.SURPLUS_DIGIT: (
            filled(_surplus(found.text), after),
            translate("entry", "Line not saved. Breathing rate and MOAA/S need a space first."),
        ),
        ProblemKind.NEEDS_SEPARATOR: (
            filled(translate("entry", "%1 begins no usual value: check the digits"), found.text),
            translate("entry", "Line not saved. If it is right, put a space before and after it."),
        ),
        ProblemKind.LEADING_ZERO: (
            filled(translate("entry", "%1 begins with zero: retype"), found.text),
            nothing,
        ),
        ProblemKind.EMPTY_FIELD: (
            translate("entry", "A value is left out: type . to skip it"),
            nothing,
        ),
        ProblemKind.STRAY_DOT: (
            translate("entry", "A dot skips one value, with a space on each side"),
            nothing,
        ),
        ProblemKind.UNEXPECTED_CHARACTER: (
            filled(translate("entry", "%1 is no part of a value"), repr(found.text)),
            nothing,
        ),
        ProblemKind.BAD_TIME: (
            filled(translate("entry", "%1 is no time: @hhmm, at the end"), found.text),
            nothing,
        ),
        ProblemKind.UNFINISHED: (filled(translate("entry", "%1 is not finished"), found.text), nothing),
        ProblemKind.MISSING_PRESSURE: (
            translate("entry", "Only half a pressure"),
            translate("entry", "Type top and bottom, or skip both with dots."),
        ),
        ProblemKind.EMPTY: (translate("entry", "Nothing to save"), nothing),
    }
    return titles.get(found.kind, (nothing, ""))


def _surplus(text: str) -> str:
    if len(text) == 1:
        return translate("entry", "One digit too many after %1")
    return translate("entry", "Digits too many after %1")


def offer(measured: str) -> str:
    """Title of a monitor's offer."""
    return filled(translate("entry", "Monitor %1"), measured)


def offer_amended(operator: str, old: str) -> str:
    """Title of an offer whose values a nurse typed instead of the monitor's."""
    return filled(translate("entry", "Typed by %1, monitor read %2"), operator, old)


def offer_detail(age: str, ends: str) -> str:
    """Below a monitor's offer: its age, and until when Enter accepts it."""
    return filled(translate("entry", "%1. Ends %2."), age, ends)


def doubtful(at: str, values: str) -> str:
    """Title of a reading that the monitor or its numbers make doubtful: "10:25: 312/130 questionable"."""
    return filled(translate("entry", "%1: %2 questionable"), at, values)


def doubtful_detail() -> str:
    """What can be done with it."""
    return translate("entry", "It cannot be accepted. Measure again, or type.")


def just_arrived() -> str:
    """Enter came before the offer could be read."""
    return translate("entry", "Just arrived: read it first, then Enter.")


def backlog(count: int) -> str:
    """Button that shows the readings that wait: "1 waits"."""
    text = translate("entry", "1 waits") if count == 1 else translate("entry", "%1 wait")
    return filled(text, count)


def waiting_behind(values: str) -> str:
    """A reading waits while something is typed."""
    return filled(translate("entry", "Monitor %1 waits"), values)


def old_draft(typed: str, age_s: float) -> str:
    """Title for a line typed some time ago."""
    return filled(translate("entry", "Typed %1, %2 ago"), typed, span(age_s))


def old_draft_detail(time: str) -> str:
    """Below it."""
    return filled(translate("entry", "When was it taken? Enter takes @%1, or type @hhmm. Esc clears."), time)


def taken_then(time: str, age: str) -> str:
    """Title while a line has its own time: "Taken 10:12, 12 min ago"."""
    return filled(translate("entry", "Taken %1, %2"), time, age)


def still_to_come(time: str) -> str:
    """Title while the time typed lies ahead."""
    return filled(translate("entry", "%1 is still to come"), time)


def not_saved(count: int) -> str:
    """Title while the disk does not take what it is given."""
    text = translate("entry", "%1 step held in memory, not saved")
    if count != 1:
        text = translate("entry", "%1 steps held in memory, not saved")
    return filled(text, count)


def not_saved_detail(failure: str, newest: str) -> str:
    """Below it: the reason, the newest that is held, and paper."""
    held = filled(translate("entry", "Newest from %1."), newest) if newest else ""
    return " ".join(part for part in (failure, held, translate("entry", "Keep paper too.")) if part)


def use_paper() -> str:
    """Saving stands still for good."""
    return translate("entry", "Not saving: use paper")


def nobody_charts() -> str:
    """Nobody was chosen."""
    return translate("entry", "Choose who charts: Ctrl+O")


def toast(parts: tuple[str, ...]) -> str:
    """What was recorded: "Chair 1 · R.O. · 128/82 · 76 · 98 at 10:25"."""
    return " \N{MIDDLE DOT} ".join(part for part in parts if part)


def saved() -> str:
    """The commit returned."""
    return translate("entry", "Saved")


def not_yet_saved() -> str:
    """The commit has not returned."""
    return translate("entry", "Not saved yet")


def at_time(text: str, time: str) -> str:
    """Write values with their time: "128/82 at 10:25"."""
    return filled(translate("entry", "%1 at %2"), text, time)


def accepted_together(count: int, first: str, last: str) -> str:
    """Several readings in a toast: "3 readings accepted, 10:05 to 10:15"."""
    return filled(translate("entry", "%1 readings accepted, %2 to %3"), count, first, last)


def flag_answered(action: str) -> str:
    """An answer in a toast."""
    return filled(translate("entry", "flag answered: %1"), action)


def undone(text: str) -> str:
    """What Ctrl+Z took back."""
    return filled(translate("entry", "Undone: %1"), text)


def nothing_to_undo() -> str:
    """Ctrl+Z with nothing to take back."""
    return translate("entry", "Nothing to undo here.")


def short_values(systolic: int | None, diastolic: int | None, rate: int | None, spo2: int | None) -> str:
    """A set in a toast: "128/82 · 76 · 98"."""
    parts = [] if systolic is None else [pressure(systolic, diastolic)]
    parts += [str(value) for value in (rate, spo2) if value is not None]
    return " \N{MIDDLE DOT} ".join(parts)


def undo() -> str:
    """Button."""
    return translate("entry", "Undo")


def save() -> str:
    """Button."""
    return translate("entry", "Save")


def save_at(time: str) -> str:
    """Button for a line with a time."""
    return filled(translate("entry", "Save at %1"), time)


def take_time(time: str) -> str:
    """Button for an old draft."""
    return filled(translate("entry", "Take %1"), time)


def accept() -> str:
    """Button."""
    return translate("entry", "Accept")


def reject() -> str:
    """Button."""
    return translate("entry", "Reject")


def keep() -> str:
    """Button."""
    return translate("entry", "Keep")


def fix() -> str:
    """Button."""
    return translate("entry", "Fix")


def retype() -> str:
    """Button."""
    return translate("entry", "Retype")


def remove(text: str) -> str:
    """Button for a surplus part."""
    return filled(translate("entry", "Remove %1"), text)


def clear() -> str:
    """Button."""
    return translate("entry", "Clear")


def retry_now() -> str:
    """Button."""
    return translate("entry", "Retry now")


def repeat_timer() -> str:
    """Button that starts the repeat timer instead of keeping."""
    return translate("entry", "Repeat timer")


def stopped() -> str:
    """Button at the planned end."""
    return translate("entry", "Stopped")


def event() -> str:
    """Button."""
    return translate("entry", "Event")


def checks() -> str:
    """Button."""
    return translate("entry", "Checks")


def table() -> str:
    """Button."""
    return translate("entry", "Table")


def chart() -> str:
    """Button while the table is in sight."""
    return translate("entry", "Chart")
