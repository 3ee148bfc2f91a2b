"""Short names for the board: initials, and only as much more as tells two patients apart."""

from collections.abc import Mapping

from monitor.bodies import Patient
from ui.text.people import patient_initials

_LONGEST = 3


def short_names(patients: Mapping[int, Patient]) -> dict[int, str]:
    """Name each patient by initials; who shares them gets more letters, the birth year, then the chair.

    Args:
        patients: who sits where, by chair. The same people always get the same names.
    """
    names = {chair: _form(patient, 0) for chair, patient in patients.items()}
    for step in range(1, _LONGEST + 3):
        for chair in _shared(names):
            names[chair] = _form(patients[chair], step)
    for chair in _shared(names):
        names[chair] = f"{names[chair]} #{chair}"
    return names


def _shared(names: Mapping[int, str]) -> list[int]:
    seen = list(names.values())
    return [chair for chair, name in names.items() if seen.count(name) > 1]


def _form(patient: Patient, step: int) -> str:
    """Write the name a little longer with each step."""
    if step == 0:
        return patient_initials(patient.name)
    family, comma, given = patient.name.partition(",")
    if not comma:
        *before, family = patient.name.split() or [""]
        given = " ".join(before)
    family, given = family.strip(), given.strip()
    letters = min(step + 1, _LONGEST)
    given_part = given[: letters if step > 1 else 1]
    text = "".join(f"{_cased(part)}." for part in (given_part, family[:letters]) if part)
    if step <= _LONGEST:
        return text
    return f"{text} {patient.birth_date[:4] if step == _LONGEST + 1 else patient.birth_date}"


def _cased(part: str) -> str:
    return part[:1].upper() + part[1:].lower()
