"""What is said of a standing flag, in the banner, on the cards and in the next rail."""

from fractions import Fraction

from PySide6.QtCore import QCoreApplication

from monitor.flags import FlagState
from monitor.policy import Condition, Level
from monitor.vitals import Quantity
from ui.text import words
from ui.text.formats import exact, span

translate = QCoreApplication.translate


def flag_word(level: Level, state: FlagState) -> str:
    """Name a flag as its badge does: an act now by its level, a notify by how sure it is."""
    if level is Level.ACT_NOW or state is FlagState.RAISED:
        return words.level_word(level)
    return words.flag_state_word(state)


def next_step(condition: Condition, state: FlagState) -> str:
    """Say what to do next; never a treatment."""
    if condition is Condition.SYMPTOM:
        return translate("flags", "Check patient, take a set.")
    if condition is Condition.NOT_OBTAINED:
        return translate("flags", "Check cuff and patient, take a set.")
    if state in {FlagState.UNCONFIRMED, FlagState.NOT_REPEATED}:
        return translate("flags", "Repeat to confirm, ask symptoms.")
    if condition in {Condition.PRESSURE_HIGH, Condition.PRESSURE_RISE, Condition.PRESSURE_LOW}:
        return translate("flags", "Check patient, repeat BP, ask symptoms.")
    return translate("flags", "Check patient and sensor, take a set.")


def value_text(quantity: Quantity | None, value: Fraction | None) -> str:
    """Write one flagged value with its name: "SpO2 89 %"."""
    if value is None:
        return ""
    number = exact(value)
    if quantity is None:
        return translate("flags", "%1 sets not obtained").replace("%1", number)
    return {
        Quantity.SYSTOLIC: translate("flags", "Systolic %1"),
        Quantity.DIASTOLIC: translate("flags", "Diastolic %1"),
        Quantity.MAP: translate("flags", "MAP %1"),
        Quantity.HEART_RATE: translate("flags", "HR %1 /min"),
        Quantity.PULSE_RATE: translate("flags", "Pulse %1 /min"),
        Quantity.SPO2: translate("flags", "SpO\N{SUBSCRIPT TWO} %1 %"),
        Quantity.RESPIRATORY_RATE: translate("flags", "RR %1 /min"),
        Quantity.MOAA_S: translate("flags", "MOAA/S %1"),
    }[quantity].replace("%1", number)


def stood(seconds: int) -> str:
    """Say that a monitor's continuous value stood there: "for 15 s, from monitor"."""
    return translate("flags", "for %1, from monitor").replace("%1", span(seconds))


def stood_text(quantity: Quantity, value: int, seconds: int) -> str:
    """Write what stood beyond a limit: "SpO2 89 % for 15 s, from monitor"."""
    return f"{value_text(quantity, Fraction(value))} {stood(seconds)}"


def taken(at: str, age: str) -> str:
    """Say when a value was read: "At 10:41, 1 min ago"."""
    return translate("flags", "At %1, %2").replace("%1", at).replace("%2", age)


def was(text: str) -> str:
    """Say what the value was that raised the flag: "was 204/118"."""
    return translate("flags", "was %1").replace("%1", text)


def late() -> str:
    """Mark a flag on a reading that was typed late and is not the newest."""
    return translate("flags", "late entry")


def answered(action: str, at: str) -> str:
    """Say what was done and when: "Answered 10:42: paused"."""
    return translate("flags", "Answered %1: %2.").replace("%1", at).replace("%2", action.lower())


def answered_short(action: str) -> str:
    """Say what was done where the time stands elsewhere: "Answered: paused"."""
    return translate("flags", "Answered: %1").replace("%1", action.lower())


def not_answered() -> str:
    """Say that nobody has said yet what was done."""
    return translate("flags", "Not answered")


def since(at: str) -> str:
    """Say since when: "since 10:41"."""
    return translate("flags", "since %1").replace("%1", at)


def left() -> str:
    """Word after a countdown."""
    return translate("flags", "left")


def repeat_to_confirm() -> str:
    """Ask for a repeat."""
    return translate("flags", "Repeat to confirm")


def repeat() -> str:
    """Ask for it where there is little room."""
    return translate("flags", "Repeat")


def repeat_in(left_text: str) -> str:
    """Ask for a repeat within a time: "repeat in 1:20"."""
    return translate("flags", "repeat in %1").replace("%1", left_text)


def other_chairs(marks: tuple[tuple[int, str], ...]) -> str:
    """List flagged chairs that have no row: "+ chair 2 !!" or "+ 2 more: chair 2 !!, chair 4 !!"."""
    listed = ", ".join(
        translate("flags", "chair %1 %2").replace("%1", str(chair)).replace("%2", mark)
        for chair, mark in marks
    )
    if len(marks) < 2:
        return f"+ {listed}" if marks else ""
    more = translate("flags", "+ %1 more: %2")
    return more.replace("%1", str(len(marks))).replace("%2", listed)


def also(text: str) -> str:
    """Name further flags of the same chair: "Also SpO2 89 % !!"."""
    return translate("flags", "Also %1").replace("%1", text)


def chair_and_name(chair: int, name: str) -> str:
    """Name a chair and who sits there: "Chair 5 · J.B."."""
    text = translate("flags", "Chair %1").replace("%1", str(chair))
    return f"{text} \N{MIDDLE DOT} {name}" if name else text


def answer() -> str:
    """Button that leads to the answer."""
    return translate("flags", "Answer")


def repeat_timer() -> str:
    """Button that starts the timer of a repeat."""
    return translate("flags", "Repeat timer")


def open_chair() -> str:
    """Button that opens the chair."""
    return translate("flags", "Open")


def banner_name() -> str:
    """Name of the banner for a screen reader."""
    return translate("flags", "Flags in all chairs")
