"""Words that more than one screen uses."""

from PySide6.QtCore import QCoreApplication

from monitor.flags import FlagState
from monitor.policy import Level

translate = QCoreApplication.translate


def product() -> str:
    """Return the product's name."""
    return "Vigil"


def second_check() -> str:
    """Return the sentence that stands in every footer."""
    return translate("words", "Second check. The bedside monitor is the alarm.")


def simulated() -> str:
    """Return the words on every simulated screen and sheet."""
    return translate("words", "SIMULATED DATA")


def operator() -> str:
    """Return the caption before the name of who is charting."""
    return translate("words", "Operator")


def level_word(level: Level) -> str:
    """Name a level as a badge does: "Watch", "Notify", "Act now"."""
    return {
        Level.WATCH: translate("words", "Watch"),
        Level.NOTIFY: translate("words", "Notify"),
        Level.ACT_NOW: translate("words", "Act now"),
    }[level]


def level_in_line(level: Level) -> str:
    """Name a level within a sentence or beside a limit: "watch", "notify", "act now"."""
    return {
        Level.WATCH: translate("words", "watch"),
        Level.NOTIFY: translate("words", "notify"),
        Level.ACT_NOW: translate("words", "act now"),
    }[level]


def level_marks(level: Level) -> str:
    """Return one to three exclamation marks: the level without colour or language."""
    return {Level.WATCH: "!", Level.NOTIFY: "!!", Level.ACT_NOW: "!!!"}[level]


def overdue() -> str:
    """Return the word for a set that is late."""
    return translate("words", "Overdue")


def flag_state_word(state: FlagState) -> str:
    """Name a flag's state as a badge does."""
    return {
        FlagState.RAISED: translate("words", "Raised"),
        FlagState.UNCONFIRMED: translate("words", "Unconfirmed"),
        FlagState.CONFIRMED: translate("words", "Confirmed"),
        FlagState.NOT_CONFIRMED: translate("words", "Not confirmed"),
        FlagState.NOT_REPEATED: translate("words", "Not repeated"),
        FlagState.REMINDED: translate("words", "Reminded"),
        FlagState.CLEARED: translate("words", "Cleared"),
        FlagState.WITHDRAWN: translate("words", "Withdrawn"),
    }[state]
