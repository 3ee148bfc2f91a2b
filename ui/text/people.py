"""Names as screens write them: whole once a page, initials elsewhere."""

from monitor.age import age_years
from monitor.clock import Instant

_SPOKEN_PARTS = 2


def patient_initials(name: str) -> str:
    """Write "OKAFOR, Ruth" or "Ruth Okafor" as "R.O."; an empty name stays empty."""
    family, comma, given = name.partition(",")
    parts = [*given.split(), *family.split()] if comma else name.split()
    if len(parts) > _SPOKEN_PARTS:
        parts = [parts[0], family.split()[0] if comma else parts[-1]]
    return "".join(f"{part[0].upper()}." for part in parts)


def operator_initials(name: str) -> str:
    """Write "M. Duarte RN" as "M.D.": given and family name, without what follows them."""
    return "".join(f"{part[0].upper()}." for part in name.split()[:_SPOKEN_PARTS])


def age(birth_date: str, at: Instant) -> str:
    """Write an age in whole years, "46 y", or nothing when it cannot be known."""
    years = age_years(birth_date, at)
    return "" if years is None else f"{years} y"
