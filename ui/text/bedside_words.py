"""Words of the inline questions at the chair: the event palette, effects, answers, and what all share."""

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


def events() -> str:
    """Title of the event palette."""
    return translate("bedside", "Event")


def events_detail() -> str:
    """How it is timed and left."""
    return translate("bedside", "@hhmm gives another time, arrows shift it a minute")


def close() -> str:
    """Button that leaves a question without an answer."""
    return translate("bedside", "Close")


def not_now(what: str, phase: str) -> str:
    """A key of the palette that this phase does not take: "Start is not possible now: Infusing"."""
    text = translate("bedside", "%1 is not possible now: %2")
    return text.replace("%1", what.rstrip("\N{HORIZONTAL ELLIPSIS}")).replace("%2", phase)


def start() -> str:
    """Pump key."""
    return translate("bedside", "Start")


def resume() -> str:
    """Pump key while paused."""
    return translate("bedside", "Resume")


def rate() -> str:
    """Pump key."""
    return translate("bedside", "Rate\N{HORIZONTAL ELLIPSIS}")


def pause() -> str:
    """Pump key."""
    return translate("bedside", "Pause")


def stop() -> str:
    """Pump key, never the same as pause."""
    return translate("bedside", "Stop")


def symptom() -> str:
    """Palette key."""
    return translate("bedside", "Symptom\N{HORIZONTAL ELLIPSIS}")


def dissociation() -> str:
    """Palette key."""
    return translate("bedside", "Dissociation")


def nausea() -> str:
    """Palette key."""
    return translate("bedside", "Nausea")


def headache_or_other() -> str:
    """Palette key."""
    return translate("bedside", "Headache, other")


def other() -> str:
    """Anything else."""
    return translate("bedside", "Other")


def not_obtained() -> str:
    """Palette key."""
    return translate("bedside", "Cuff, not obtained")


def clinician_told() -> str:
    """Palette key."""
    return translate("bedside", "Clinician told")


def drug() -> str:
    """Palette key."""
    return translate("bedside", "Drug\N{HORIZONTAL ELLIPSIS}")


def note() -> str:
    """Palette key and field."""
    return translate("bedside", "Note")


def how_strong(effect: str) -> str:
    """Ask for a severity."""
    return translate("bedside", "%1: how strong?").replace("%1", effect)


def effect_is_open(effect: str, severity: str) -> str:
    """An effect's key was pressed again."""
    return translate("bedside", "%1 is open, %2").replace("%1", effect).replace("%2", severity)


def ended() -> str:
    """Close it."""
    return translate("bedside", "Ended")


def which_effect() -> str:
    """Ask for an effect."""
    return translate("bedside", "Which effect?")


def which_symptom() -> str:
    """Ask for a symptom."""
    return translate("bedside", "Which symptom? Flagged at any pressure; a standing one ends")


def why_not_obtained() -> str:
    """Ask for a reason."""
    return translate("bedside", "Set not obtained: why?")


def who_was_told() -> str:
    """Ask for a name."""
    return translate("bedside", "Who was told?")


def name() -> str:
    """Field."""
    return translate("bedside", "Name")


def dose() -> str:
    """Field."""
    return translate("bedside", "Dose")


def route() -> str:
    """Field."""
    return translate("bedside", "Route")


def given_by() -> str:
    """Field."""
    return translate("bedside", "Given by")


def response() -> str:
    """Field."""
    return translate("bedside", "Response")


def drug_name() -> str:
    """Field."""
    return translate("bedside", "Drug")


def reason() -> str:
    """Field."""
    return translate("bedside", "Reason")


def flag_answer() -> str:
    """Title."""
    return translate("bedside", "What was done?")


def answers_with_it() -> str:
    """Beside what an answer names."""
    return translate("bedside", "Charted, it answers the flag. Closed, the flag stays unanswered.")


def flag_not_answered() -> str:
    """The question behind an answer was closed."""
    return translate("bedside", "Nothing charted: the flag is not answered.")


def cuff_failed() -> str:
    """Reason."""
    return translate("bedside", "Cuff failed")


def asleep() -> str:
    """Reason."""
    return translate("bedside", "Asleep")


def refused() -> str:
    """Reason."""
    return translate("bedside", "Refused")


def severity_mild() -> str:
    """Severity."""
    return translate("bedside", "Mild")


def severity_moderate() -> str:
    """Severity."""
    return translate("bedside", "Moderate")


def severity_severe() -> str:
    """Severity."""
    return translate("bedside", "Severe")


def must_be_number() -> str:
    """Fault."""
    return translate("bedside", "A number above zero")


def must_be_given() -> str:
    """Fault."""
    return translate("bedside", "Needed")


def must_be_whole() -> str:
    """Fault."""
    return translate("bedside", "Whole minutes")


def bad_time() -> str:
    """Fault."""
    return translate("bedside", "@hhmm is no time")


def no_flag() -> str:
    """A without a flag."""
    return translate("bedside", "No flag is open in this chair.")


def at(time: str) -> str:
    """The time chosen for what is recorded."""
    return translate("bedside", "at %1").replace("%1", time)


def digits_wanted() -> str:
    """While a time is typed."""
    return translate("bedside", "type hhmm")
