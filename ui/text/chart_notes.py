"""Words that stand on marks, bars and lines of the session chart."""

from fractions import Fraction

from PySide6.QtCore import QCoreApplication

from monitor.flags import FlagState
from monitor.policy import Level
from ui.text.words import flag_state_word, level_in_line, level_marks

translate = QCoreApplication.translate


def flagged(level: Level, pressure: str) -> str:
    """Title of a flagged mark: "!! 184/108"."""
    return f"{level_marks(level)} {pressure}"


def fate(state: FlagState) -> str:
    """Say under a flagged mark what became of it."""
    if state is FlagState.RAISED:
        return ""
    return flag_state_word(state).lower()


def confirmed_by(pressure: str) -> str:
    """Say under a flagged mark which repeat confirmed it."""
    return translate("chart_notes", "confirmed by %1").replace("%1", pressure)


def confirming() -> str:
    """Say under a mark that it confirmed the one before it."""
    return translate("chart_notes", "repeat")


def repeat(pressure: str) -> str:
    """Note on the reading that decided another: "repeat 158/96"."""
    return translate("chart_notes", "repeat %1").replace("%1", pressure)


def questionable(values: str) -> str:
    """Beside a reading that is shown and neither judged nor accepted: "312/130 questionable"."""
    return translate("chart_notes", "%1 questionable").replace("%1", values)


def limit(value: Fraction, level: Level) -> str:
    """Words on a limit's line: "180 notify"."""
    return f"{round(value)} {level_in_line(level)}"


def diastolic_limit(value: Fraction, level: Level) -> str:
    """Words beside a diastolic tick: "dia 110 !!"."""
    text = translate("chart_notes", "dia %1 %2")
    return text.replace("%1", str(round(value))).replace("%2", level_marks(level))


def gap(reason: str, since: str, until: str | None) -> str:
    """Cause, the first sentence of `reason`, and times of missing data: "Cable out 10:10 to 10:13"."""
    cause = reason.partition(". ")[0].rstrip(". ")
    text = translate("chart_notes", "%1 %2 to %3")
    if until is None:
        text = translate("chart_notes", "%1 since %2")
    return text.replace("%1", cause).replace("%2", since).replace("%3", until or "")


def gap_times(since: str, until: str | None) -> str:
    """Times alone, where the cause finds no room: "10:10 to 10:13"."""
    if until is None:
        return translate("chart_notes", "since %1").replace("%1", since)
    return translate("chart_notes", "%1 to %2").replace("%1", since).replace("%2", until)


def more_gaps(count: int) -> str:
    """Say that there are more times without data than a line of captions holds: "+3 more"."""
    return translate("chart_notes", "+%1 more").replace("%1", str(count))


def planned(rate: str) -> str:
    """Words on the planned rate: "planned at 60"."""
    return translate("chart_notes", "planned at %1").replace("%1", rate)


def ends_about(time: str) -> str:
    """Words at the expected end."""
    return translate("chart_notes", "ends about %1").replace("%1", time)


def stopped(time: str) -> str:
    """Words at the stop."""
    return translate("chart_notes", "stopped %1").replace("%1", time)


def due(time: str) -> str:
    """Words at the due marker."""
    return translate("chart_notes", "due %1").replace("%1", time)


def effect_open(name: str, severity: str) -> str:
    """An effect that lasts: "Dissociation, moderate, open"."""
    return translate("chart_notes", "%1, %2, open").replace("%1", name).replace("%2", severity)


def effect_ended(name: str, severity: str, time: str) -> str:
    """An effect that is over: "Nausea, mild, ended 10:25"."""
    text = translate("chart_notes", "%1, %2, ended %3")
    return text.replace("%1", name).replace("%2", severity).replace("%3", time)
