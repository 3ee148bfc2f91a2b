"""What the seating page says."""

from PySide6.QtCore import QCoreApplication, QLocale

from monitor.terms import Arm

translate = QCoreApplication.translate


def title() -> str:
    """Name of the page."""
    return translate("seat", "Seat a patient")


def chair(number: int) -> str:
    """Name the chair beside the title."""
    return translate("seat", "Chair %1").replace("%1", str(number))


def captions() -> dict[str, str]:
    """Name each field within a sentence."""
    return {
        "name": translate("seat", "name"),
        "birth_date": translate("seat", "birth date"),
        "number": translate("seat", "clinic number"),
        "allergies": translate("seat", "allergies"),
        "weight": translate("seat", "weight"),
        "cuff_arm": translate("seat", "cuff arm"),
        "iv_arm": translate("seat", "IV arm"),
        "dose": translate("seat", "dose"),
        "minutes": translate("seat", "planned minutes"),
    }


def heading(chair: int) -> str:
    """Title of the form."""
    return translate("seat", "Seat a patient in chair %1").replace("%1", str(chair))


def how() -> str:
    """Say how to move through the form."""
    return translate(
        "seat", "Tab or Enter moves on, Shift+Tab back. Esc keeps the draft and returns to the board."
    )


def draft_kept(at: str) -> str:
    """Say when the draft was kept last."""
    return translate("seat", "Draft kept %1").replace("%1", at)


def who() -> str:
    """Section of the identifiers."""
    return translate("seat", "Who")


def two_identifiers() -> str:
    """Remark beside it."""
    return translate("seat", "checked against two identifiers")


def body() -> str:
    """Section of weight and arms."""
    return translate("seat", "Body")


def infusion() -> str:
    """Section of the plan."""
    return translate("seat", "Infusion")


def name() -> str:
    """Caption."""
    return translate("seat", "Name, family first")


def birth_date() -> str:
    """Caption."""
    return translate("seat", "Birth date")


def clinic_number() -> str:
    """Caption."""
    return translate("seat", "Clinic number")


def allergies() -> str:
    """Caption."""
    return translate("seat", "Allergies")


def weight() -> str:
    """Caption."""
    return translate("seat", "Weight today")


def cuff_arm() -> str:
    """Caption."""
    return translate("seat", "Cuff arm")


def iv_arm() -> str:
    """Caption."""
    return translate("seat", "IV arm")


def dose() -> str:
    """Caption."""
    return translate("seat", "Dose, as ordered")


def planned_minutes() -> str:
    """Caption."""
    return translate("seat", "Planned minutes")


def limits() -> str:
    """Caption."""
    return translate("seat", "Limits")


def monitor() -> str:
    """Caption."""
    return translate("seat", "Monitor")


def kg() -> str:
    """Unit."""
    return translate("seat", "kg")


def minutes() -> str:
    """Unit."""
    return translate("seat", "min")


def arm(which: Arm) -> str:
    """Name a side; its first letter chooses it."""
    return {Arm.LEFT: translate("seat", "Left"), Arm.RIGHT: translate("seat", "Right")}[which]


def arm_hint() -> str:
    """Say which keys choose a side."""
    return translate("seat", "L or R")


def none_word() -> str:
    """Return the word that says there is none."""
    return translate("seat", "none")


def name_hint() -> str:
    """Hint before a name is typed."""
    return translate("seat", "Family name, given name")


def shown_as(short: str) -> str:
    """Say what the board will call this patient."""
    return translate("seat", "On the board: %1").replace("%1", short)


def birth_hint() -> str:
    """Hint before a date is typed."""
    return translate("seat", "Day, month, year")


def read_as(date: str) -> str:
    """Say how a typed date was understood."""
    return translate("seat", "Read as %1").replace("%1", date)


def number_hint() -> str:
    """Hint of the clinic number."""
    return translate("seat", "Type \N{LEFT DOUBLE QUOTATION MARK}none\N{RIGHT DOUBLE QUOTATION MARK} if none")


def allergies_hint() -> str:
    """Hint of the allergies."""
    text = translate("seat", "Never left empty: type %1none%2 if there is none")
    return text.replace("%1", "\N{LEFT DOUBLE QUOTATION MARK}").replace(
        "%2", "\N{RIGHT DOUBLE QUOTATION MARK}"
    )


def weight_hint() -> str:
    """Hint of the weight."""
    return translate("seat", "As weighed today")


def dose_hint() -> str:
    """Hint of the dose."""
    return translate("seat", "Drug, dose and volume, for example ketamine 35 mg in 50 mL")


def range_hint(lowest: int, highest: int) -> str:
    """Say how long a plan can be."""
    return translate("seat", "%1 to %2").replace("%1", str(lowest)).replace("%2", str(highest))


def limits_hint() -> str:
    """Say how long these limits hold."""
    return translate("seat", "Kept for this whole session")


def monitor_hint() -> str:
    """Say what is never taken over from the last patient."""
    return translate("seat", "Readings begun before seating are not charted")


def iv_on_cuff_arm() -> str:
    """Advise against one arm for both."""
    return translate("seat", "Same arm as the cuff: the cuff stops the flow")


def not_the_cuff_arm() -> str:
    """Confirm that the arms differ."""
    return translate("seat", "Not the cuff arm")


def same_patient(chair: int) -> str:
    """Warn of the same name and birth date in another chair."""
    return translate("seat", "Chair %1 has this name and birth date").replace("%1", str(chair))


def seat_anyway(chair: int) -> str:
    """Ask before the same person is seated twice."""
    text = translate(
        "seat", "Chair %1 has the same name and birth date. Ctrl+Enter again seats all the same."
    )
    return text.replace("%1", str(chair))


def still_open() -> str:
    """Words before what is missing."""
    return translate("seat", "Still open:")


def nothing_open() -> str:
    """Say that everything stands."""
    return translate("seat", "Nothing is open. Ctrl+Enter seats.")


def operator_open() -> str:
    """Name the missing operator."""
    return translate("seat", "who charts (Ctrl+O)")


def to_board() -> str:
    """Button back."""
    return translate("seat", "Board")


def seat_in(chair: int) -> str:
    """Button that seats."""
    return translate("seat", "Seat in chair %1").replace("%1", str(chair))


def being_seated() -> str:
    """Say what happens in this chair."""
    return translate("seat", "being seated here")


def empty_chair() -> str:
    """Say that nobody sits there."""
    return translate("seat", "empty")


def others() -> str:
    """Name of the column of other chairs."""
    return translate("seat", "Other chairs")


def seated_now(short: str, chair: int) -> str:
    """Confirm who was seated."""
    return translate("seat", "%1 seated in chair %2").replace("%1", short).replace("%2", str(chair))


def next_field() -> str:
    """Key help."""
    return translate("seat", "next field")


def fault_date() -> str:
    """Refuse what is no date."""
    return translate("seat", "Type day, month and year: 12-Mar-1979 or 12.3.1979")


def fault_no_such_day() -> str:
    """Refuse a day that no calendar has."""
    return translate("seat", "There is no such day")


def fault_year() -> str:
    """Refuse a short year."""
    return translate("seat", "Type the year with four digits")


def fault_future() -> str:
    """Refuse a birth that is still to come."""
    return translate("seat", "This day is still to come")


def fault_number(text: str) -> str:
    """Refuse what is no number."""
    return translate("seat", "%1 is no number").replace("%1", text)


def fault_not_positive() -> str:
    """Refuse a weight of nothing."""
    return translate("seat", "must be more than 0")


def fault_under(text: str, lowest: int) -> str:
    """Refuse a plan that is too short."""
    return translate("seat", "%1 is under %2").replace("%1", text).replace("%2", str(lowest))


def fault_over(text: str, highest: int) -> str:
    """Refuse a plan that is too long."""
    return translate("seat", "%1 is over %2").replace("%1", text).replace("%2", str(highest))


def month_names() -> tuple[tuple[str, ...], ...]:
    """Return the twelve months' short and long names, in the user's language and in English."""
    sources = (QLocale(), QLocale.c())
    forms = (QLocale.FormatType.ShortFormat, QLocale.FormatType.LongFormat)
    return tuple(
        tuple(source.monthName(month, form) for source in sources for form in forms) for month in range(1, 13)
    )
