"""A session's flags looked back on: what raised each, what became of it, who answered."""

from PySide6.QtCore import QCoreApplication

from monitor.flag_history import FlagHistory
from monitor.flags import FlagState
from monitor.policy import Condition
from monitor.summary import Summary
from monitor.view import Answer, SessionView
from monitor.vitals import Quantity
from ui.text import flag_words, happened
from ui.text.formats import clock
from ui.text.summary_parts import filled, reading_pressure
from ui.text.words import level_word

translate = QCoreApplication.translate


def condition(value: Condition) -> str:
    """Name what was flagged."""
    return {
        Condition.PRESSURE_HIGH: translate("summary", "Pressure high"),
        Condition.PRESSURE_RISE: translate("summary", "Rise over baseline"),
        Condition.PRESSURE_LOW: translate("summary", "Pressure low"),
        Condition.HEART_RATE_HIGH: translate("summary", "Rate high"),
        Condition.HEART_RATE_LOW: translate("summary", "Rate low"),
        Condition.SPO2_LOW: translate("summary", "SpO\N{SUBSCRIPT TWO} low"),
        Condition.RESPIRATORY_RATE_HIGH: translate("summary", "Breathing fast"),
        Condition.RESPIRATORY_RATE_LOW: translate("summary", "Breathing slow"),
        Condition.SEDATION_DEEP: translate("summary", "Sedation deep"),
        Condition.SYMPTOM: translate("summary", "Symptom"),
        Condition.NOT_OBTAINED: translate("summary", "Sets not obtained"),
    }[value]


def flag_title(view: SessionView, flag: FlagHistory) -> str:
    """Say what was flagged, at what value and when: "Pressure high 184/108 at 10:16"."""
    opened = flag.opened.change
    value = flag_value(view, flag)
    text = translate("summary", "%1 %2 at %3") if value else translate("summary", "%1 at %3")
    return filled(text, condition(flag.condition), value, clock(view.wall(opened.at_ms)))


def flag_value(view: SessionView, flag: FlagHistory) -> str:
    """Write the value that opened a flag: the whole pressure, or the quantity with its name."""
    opened = flag.opened.change
    reading = next((each for each in view.readings if each.key == opened.key), None)
    if reading is not None and opened.quantity in {Quantity.SYSTOLIC, Quantity.DIASTOLIC}:
        return reading_pressure(reading)
    stood = view.stood(opened.key)
    if stood is not None:
        return flag_words.stood_text(stood.quantity, stood.value, stood.stood_s)
    return flag_words.value_text(opened.quantity, opened.value)


def flag_fate(view: SessionView, flag: FlagHistory) -> str:
    """Say each later step of a flag: "repeat 158/96 at 10:18: not confirmed"."""
    steps = []
    for flagged in flag.changes[1:]:
        change = flagged.change
        state = {
            FlagState.RAISED: level_word(change.level).lower(),
            FlagState.UNCONFIRMED: translate("summary", "unconfirmed"),
            FlagState.CONFIRMED: translate("summary", "confirmed"),
            FlagState.NOT_CONFIRMED: translate("summary", "not confirmed"),
            FlagState.NOT_REPEATED: translate("summary", "not repeated in time"),
            FlagState.REMINDED: translate("summary", "reminded"),
            FlagState.CLEARED: translate("summary", "cleared"),
            FlagState.WITHDRAWN: translate("summary", "entered in error"),
        }[change.state]
        reading = next((each for each in view.readings if each.key == change.key), None)
        at = clock(view.wall(change.at_ms))
        decides = change.state in {FlagState.CONFIRMED, FlagState.NOT_CONFIRMED, FlagState.RAISED}
        if decides and reading is not None and reading.vitals.has_pressure:
            text = translate("summary", "repeat %1 at %2: %3")
            steps.append(filled(text, reading_pressure(reading), at, state))
        else:
            steps.append(f"{state} {at}")
    if flag.is_open:
        steps.append(translate("summary", "still open"))
    return ", ".join(steps)


def flag_answers(view: SessionView, answers: tuple[Answer, ...]) -> str:
    """Say what was answered, when and by whom."""
    if not answers:
        return translate("summary", "Not answered")
    said = [
        f"{clock(view.wall(each.at_ms))} {happened.action(each.action).lower()}, {each.entry.author.name}"
        for each in answers
    ]
    return filled(translate("summary", "Answered %1"), "; ".join(said))


def flags_remark(summary: Summary) -> str:
    """Count flags: "2 raised, both closed"."""
    if not summary.flags:
        return translate("summary", "none raised")
    still_open = sum(flag.is_open for flag in summary.flags)
    text = translate("summary", "%1 raised, %2 open")
    if not still_open:
        text = translate("summary", "%1 raised, all closed")
    return filled(text, str(len(summary.flags)), str(still_open))
