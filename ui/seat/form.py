"""What the seating form holds and what it comes to: texts in, a body or what is still open out."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any

from monitor.bodies import Patient, Seated
from monitor.errors import UsersError
from monitor.policy import EntryRule
from monitor.terms import Arm
from ui.text import seat_words

_MONTHS = range(1, 13)
_DATE_PARTS = 3
_YEAR_DIGITS = 4


class SeatField(Enum):
    """The fields in the order in which they are asked."""

    NAME = "name"
    BIRTH_DATE = "birth_date"
    NUMBER = "number"
    ALLERGIES = "allergies"
    WEIGHT = "weight"
    CUFF_ARM = "cuff_arm"
    IV_ARM = "iv_arm"
    DOSE = "dose"
    MINUTES = "minutes"


Texts = Mapping[SeatField, str]
"""What stands in each field, exactly as typed; an arm by its value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checks:
    """What the form is held against: the policy's range of a plan, the day, the months' names."""

    rule: EntryRule
    today: date
    months: tuple[tuple[str, ...], ...]


def draft_text(texts: Texts) -> str:
    """Write the form as one line to keep; "" when nothing stands in it."""
    kept = {field.value: text for field, text in texts.items() if text}
    return json.dumps(kept, ensure_ascii=False) if kept else ""


def texts_of_draft(text: str) -> dict[SeatField, str]:
    """Read what `draft_text` wrote; a draft that cannot be read is an empty form."""
    try:
        kept: Any = json.loads(text) if text else {}
    except json.JSONDecodeError:
        kept = {}
    if not isinstance(kept, dict):
        kept = {}
    return {field: str(kept.get(field.value, "")) for field in SeatField}


def faults_of(texts: Texts, checks: Checks) -> dict[SeatField, str]:
    """Name what is still open, by field: an empty field with no sentence, a wrong one with what is wrong."""
    found = {}
    for field in SeatField:
        text = texts.get(field, "").strip()
        if not text:
            found[field] = ""
            continue
        try:
            _check(field, text, checks)
        except UsersError as fault:
            found[field] = str(fault)
    return found


def seated_body(texts: Texts, checks: Checks, *, chair: int, policy: Mapping[str, Any]) -> Seated:
    """Return what the form comes to.

    Raises:
        UsersError: something is still open; ask `faults_of` first.
    """
    name = " ".join(texts[SeatField.NAME].split())
    number = texts[SeatField.NUMBER].strip()
    return Seated(
        chair=chair,
        patient=Patient(
            name=name,
            birth_date=birth_date(texts[SeatField.BIRTH_DATE], checks).isoformat(),
            clinic_number=None if is_none(number) else number,
            allergies=texts[SeatField.ALLERGIES].strip(),
        ),
        weight_kg=weight_kg(texts[SeatField.WEIGHT]),
        cuff_arm=Arm(texts[SeatField.CUFF_ARM]),
        iv_arm=Arm(texts[SeatField.IV_ARM]),
        dose_text=texts[SeatField.DOSE].strip(),
        planned_minutes=planned_minutes(texts[SeatField.MINUTES], checks.rule),
        is_simulated=False,
        policy=policy,
    )


def is_none(text: str) -> bool:
    """Whether the nurse said that there is none, in her language or in English."""
    return text.strip().casefold() in {seat_words.none_word().casefold(), "none"}


def same_person(one: Patient, other: Patient) -> bool:
    """Whether two patients have the same name and birth date, however the name was spaced or cased."""
    names = [" ".join(each.name.casefold().replace(",", " ").split()) for each in (one, other)]
    return names[0] == names[1] and one.birth_date == other.birth_date


def birth_date(text: str, checks: Checks) -> date:
    """Read a date: 12-Mar-1979, 12.3.1979, 1979-03-12. The day comes first unless the year does.

    Raises:
        UsersError: it is no date, has a short year, or lies ahead.
    """
    parts = [part for part in re.split(r"[\s./\-]+", text.strip()) if part]
    if len(parts) != _DATE_PARTS:
        raise UsersError(seat_words.fault_date())
    if len(parts[0]) == _YEAR_DIGITS:
        parts.reverse()
    day_text, month_text, year_text = parts
    month = _month(month_text, checks.months)
    if not (_is_number(day_text) and _is_number(year_text)) or month is None:
        raise UsersError(seat_words.fault_date())
    if len(year_text) != _YEAR_DIGITS:
        raise UsersError(seat_words.fault_year())
    try:
        born = date(int(year_text), month, int(day_text))
    except ValueError as fault:
        raise UsersError(seat_words.fault_no_such_day()) from fault
    if born > checks.today:
        raise UsersError(seat_words.fault_future())
    return born


def weight_kg(text: str) -> Decimal:
    """Read a weight with a decimal point or comma, as typed; raises UsersError when it is none."""
    typed = text.strip().replace(",", ".")
    try:
        weight = Decimal(typed)
    except InvalidOperation as fault:
        raise UsersError(seat_words.fault_number(text.strip())) from fault
    if not re.fullmatch(r"[0-9]+(\.[0-9]*)?", typed):
        raise UsersError(seat_words.fault_number(text.strip()))
    if weight <= 0:
        raise UsersError(seat_words.fault_not_positive())
    return weight


def planned_minutes(text: str, rule: EntryRule) -> int:
    """Read a plan within the policy's range, both ends included; raises UsersError outside it."""
    typed = text.strip()
    if not _is_number(typed):
        raise UsersError(seat_words.fault_number(typed))
    if int(typed) < rule.planned_from_minutes:
        raise UsersError(seat_words.fault_under(typed, rule.planned_from_minutes))
    if int(typed) > rule.planned_to_minutes:
        raise UsersError(seat_words.fault_over(typed, rule.planned_to_minutes))
    return int(typed)


def _check(field: SeatField, text: str, checks: Checks) -> None:
    if field is SeatField.BIRTH_DATE:
        birth_date(text, checks)
    elif field is SeatField.WEIGHT:
        weight_kg(text)
    elif field is SeatField.MINUTES:
        planned_minutes(text, checks.rule)


def _month(text: str, months: tuple[tuple[str, ...], ...]) -> int | None:
    if _is_number(text):
        return int(text) if int(text) in _MONTHS else None
    typed = text.rstrip(".").casefold()
    for month, names in zip(_MONTHS, months, strict=True):
        if any(typed == name.rstrip(".").casefold() for name in names):
            return month
    return None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal()
