"""Words of the inline questions at the chair: pump, effects, answers, corrections, ending."""

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate


def events() -> str:
    """Title of the event palette."""
    return translate("bedside", "Event")


def events_detail() -> str:
    """How it is timed and left."""
    return translate("bedside", "@hhmm gives another time, arrows shift it a minute, Esc closes")


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


def headache() -> str:
    """Effect."""
    return translate("bedside", "Headache")


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


def weight() -> str:
    """Field."""
    return translate("bedside", "Weight")


def planned() -> str:
    """Field."""
    return translate("bedside", "Planned")


def pump_rate() -> str:
    """Field."""
    return translate("bedside", "Pump rate")


def new_rate() -> str:
    """Title."""
    return translate("bedside", "Pump rate now")


def reason() -> str:
    """Field."""
    return translate("bedside", "Reason")


def why_paused() -> str:
    """Title."""
    return translate("bedside", "Pause the infusion: why?")


def why_stopped() -> str:
    """Title."""
    return translate("bedside", "Stop the infusion: why?")


def completed() -> str:
    """Reason for a stop."""
    return translate("bedside", "completed")


def start_title() -> str:
    """Title."""
    return translate("bedside", "Start the infusion")


def start_detail(seated: str) -> str:
    """What was said at seating."""
    return translate("bedside", "Seating says %1. Check it against the pump.").replace("%1", seated)


def patient_again() -> str:
    """Ask for initials and birth year once."""
    return translate("bedside", "Right patient? Type initials and birth year")


def patient_again_detail() -> str:
    """How."""
    return translate("bedside", "From the wrist band, not from this screen.")


def initials() -> str:
    """Field."""
    return translate("bedside", "Initials")


def birth_year() -> str:
    """Field."""
    return translate("bedside", "Birth year")


def other_patient() -> str:
    """Refuse the start."""
    return translate("bedside", "That is not who was seated here. Check the chair.")


def who_is_aware() -> str:
    """Field."""
    return translate("bedside", "Clinician aware")


def who_overrides() -> str:
    """Field."""
    return translate("bedside", "Started by")


def must_be_clinician() -> str:
    """Fault."""
    return translate("bedside", "Name a clinician from the settings")


def flag_answer() -> str:
    """Title."""
    return translate("bedside", "What was done?")


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


def sign_title() -> str:
    """Title."""
    return translate("bedside", "Sign the record as complete?")


def sign_meaning() -> str:
    """What the signature says."""
    return translate("bedside", "Charted by me and complete")


def amend_title(values: str, time: str) -> str:
    """Title."""
    return translate("bedside", "Amend %1 at %2: why?").replace("%1", values).replace("%2", time)


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


def nobody_else() -> str:
    """No other chair."""
    return translate(
        "bedside", "Nobody sits in another chair. Withdraw it as artefact, and chart it when seated."
    )


def chair(number: int, who: str) -> str:
    """Option."""
    return translate("bedside", "Chair %1 %2").replace("%1", str(number)).replace("%2", who)


def backlog() -> str:
    """Title."""
    return translate("bedside", "Readings that wait")


def accept_all(count: int) -> str:
    """Key."""
    return translate("bedside", "Accept all %1").replace("%1", str(count))


def checks_start() -> str:
    """Title before the start."""
    return translate("bedside", "Before the start")


def checks_discharge() -> str:
    """Title after the stop."""
    return translate("bedside", "Before discharge")


def checks_none() -> str:
    """Title while infusing."""
    return translate("bedside", "No checks wait while infusing")


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


def now() -> str:
    """Recorded at the present."""
    return translate("bedside", "now")


def digits_wanted() -> str:
    """While a time is typed."""
    return translate("bedside", "type hhmm")


def mg() -> str:
    """Unit."""
    return translate("bedside", "mg")


def kg() -> str:
    """Unit."""
    return translate("bedside", "kg")


def ml_per_h() -> str:
    """Unit."""
    return translate("bedside", "mL/h")


def minutes() -> str:
    """Unit."""
    return translate("bedside", "min")
