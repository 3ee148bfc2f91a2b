"""What an HL7 observation measures and in which unit: by number, by name, and refused when the two disagree.

Numbers and names are those of ISO/IEEE 11073-10101 as IHE PCD-01 sends them, and LOINC. Facts: two published
messages of a Mindray VS-900, open clients, and published PCD-01 examples. The numbers 150021-150023 are a
cuff's to some senders and an arterial line's to others, so there only the name decides; 150017-150019 name no
site, so without a name they are doubtful. An arterial line is never a cuff.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from types import MappingProxyType


class Unit(Enum):
    """Units that are understood. Pressures in kPa are not: they would have to be converted and rounded."""

    MMHG = "mmHg"
    PERCENT = "%"
    BEATS_PER_MINUTE = "beats/min"
    BREATHS_PER_MINUTE = "breaths/min"
    CELSIUS = "degC"
    FAHRENHEIT = "degF"


class Term(Enum):
    """What is taken from a message, by its name in the standard."""

    CUFF_SYSTOLIC = "MDC_PRESS_CUFF_SYS"
    CUFF_DIASTOLIC = "MDC_PRESS_CUFF_DIA"
    CUFF_MEAN = "MDC_PRESS_CUFF_MEAN"
    CUFF_PULSE = "MDC_PULS_RATE_NON_INV"
    SPO2 = "MDC_PULS_OXIM_SAT_O2"
    PULSE_RATE = "MDC_PULS_OXIM_PULS_RATE"
    HEART_RATE = "MDC_ECG_HEART_RATE"
    RESPIRATORY_RATE = "MDC_RESP_RATE"
    TEMPERATURE = "MDC_TEMP"


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """Units of a term, and the least and greatest value a monitor can display; not a patient's limits."""

    units: frozenset[Unit]
    least: Decimal
    greatest: Decimal


def _allowed(least: int, greatest: int, *units: Unit) -> Allowed:
    return Allowed(units=frozenset(units), least=Decimal(least), greatest=Decimal(greatest))


CONTINUOUS = frozenset({Term.SPO2, Term.PULSE_RATE, Term.HEART_RATE, Term.RESPIRATORY_RATE})

_PRESSURE = _allowed(1, 400, Unit.MMHG)
_RATE = _allowed(1, 400, Unit.BEATS_PER_MINUTE)

ALLOWED = MappingProxyType(
    {
        Term.CUFF_SYSTOLIC: _PRESSURE,
        Term.CUFF_DIASTOLIC: _PRESSURE,
        Term.CUFF_MEAN: _PRESSURE,
        Term.CUFF_PULSE: _RATE,
        Term.SPO2: _allowed(1, 100, Unit.PERCENT),
        Term.PULSE_RATE: _RATE,
        Term.HEART_RATE: _RATE,
        Term.RESPIRATORY_RATE: _allowed(0, 200, Unit.BREATHS_PER_MINUTE),
        Term.TEMPERATURE: _allowed(10, 120, Unit.CELSIUS, Unit.FAHRENHEIT),
    }
)

_NUMBERS = MappingProxyType(
    {
        "150301": Term.CUFF_SYSTOLIC,
        "150302": Term.CUFF_DIASTOLIC,
        "150303": Term.CUFF_MEAN,
        "149546": Term.CUFF_PULSE,
        "150456": Term.SPO2,
        "149530": Term.PULSE_RATE,
        "149514": Term.PULSE_RATE,
        "149522": Term.PULSE_RATE,
        "147842": Term.HEART_RATE,
        "151562": Term.RESPIRATORY_RATE,
        "150344": Term.TEMPERATURE,
        "188496": Term.TEMPERATURE,
    }
)

_NAMES = MappingProxyType(
    {term.value: term for term in Term}
    | {
        "MDC_PRESS_BLD_NONINV_SYS": Term.CUFF_SYSTOLIC,
        "MDC_PRESS_BLD_NONINV_DIA": Term.CUFF_DIASTOLIC,
        "MDC_PRESS_BLD_NONINV_MEAN": Term.CUFF_MEAN,
        "MDC_ECG_CARD_BEAT_RATE": Term.HEART_RATE,  # 147842 has both names
        "MDC_PULS_RATE": Term.PULSE_RATE,
        "MDC_BLD_PULS_RATE_INV": Term.PULSE_RATE,
        "MDC_TTHOR_RESP_RATE": Term.RESPIRATORY_RATE,
        "MDC_TEMP_AXIL": Term.TEMPERATURE,
    }
)

# "Heart rate" in LOINC does not say that it is an ECG's, so it counts as a pulse.
_LOINC = MappingProxyType(
    {
        "8480-6": Term.CUFF_SYSTOLIC,
        "8462-4": Term.CUFF_DIASTOLIC,
        "8478-0": Term.CUFF_MEAN,
        "8867-4": Term.PULSE_RATE,
        "59408-5": Term.SPO2,
        "9279-1": Term.RESPIRATORY_RATE,
        "8310-5": Term.TEMPERATURE,
    }
)

_NO_SITE = MappingProxyType(
    {"150017": Term.CUFF_SYSTOLIC, "150018": Term.CUFF_DIASTOLIC, "150019": Term.CUFF_MEAN}
)
_NOT_A_CUFF = re.compile(r"\b(?:ART|ABP|IBP|INV|AO|UAP|RAP|FAP|ARTERIAL|INVASIVE)\b", re.IGNORECASE)

_UNITS = MappingProxyType(
    {
        "266016": Unit.MMHG,
        "mdc_dim_mmhg": Unit.MMHG,
        "mmhg": Unit.MMHG,
        "mm[hg]": Unit.MMHG,
        "262688": Unit.PERCENT,
        "mdc_dim_percent": Unit.PERCENT,
        "%": Unit.PERCENT,
        "percent": Unit.PERCENT,
        "264864": Unit.BEATS_PER_MINUTE,
        "mdc_dim_beat_per_min": Unit.BEATS_PER_MINUTE,
        "bpm": Unit.BEATS_PER_MINUTE,
        "beats/min": Unit.BEATS_PER_MINUTE,
        "{beats}/min": Unit.BEATS_PER_MINUTE,
        "{beat}/min": Unit.BEATS_PER_MINUTE,
        "264928": Unit.BREATHS_PER_MINUTE,
        "mdc_dim_resp_per_min": Unit.BREATHS_PER_MINUTE,
        "rpm": Unit.BREATHS_PER_MINUTE,
        "breaths/min": Unit.BREATHS_PER_MINUTE,
        "{breaths}/min": Unit.BREATHS_PER_MINUTE,
        "{breath}/min": Unit.BREATHS_PER_MINUTE,
        "268192": Unit.CELSIUS,
        "mdc_dim_degc": Unit.CELSIUS,
        "cel": Unit.CELSIUS,
        "degc": Unit.CELSIUS,
        "268160": Unit.FAHRENHEIT,
        "mdc_dim_fahr": Unit.FAHRENHEIT,
        "degf": Unit.FAHRENHEIT,
        "[degf]": Unit.FAHRENHEIT,
    }
)
_EITHER_RATE = "/min"  # beats or breaths: the term decides


def term_of(components: Sequence[str]) -> Term | None:
    """Tell what OBX-3 names, in its first or its alternative coding; None when nothing certain.

    Args:
        components: identifier, text, system, and the same three of the alternative, missing ones left out.
    """
    padded = [*components, "", "", "", "", "", ""]
    return _term(*padded[:3]) or _term(*padded[3:6])


def is_misnamed(components: Sequence[str]) -> bool:
    """Whether OBX-3 has the number of something known under the name of something else."""
    identifier, _, system = [*components, "", "", ""][:3]
    return system in {"MDC", ""} and identifier in _NUMBERS and term_of(components) is None


def names_no_site(components: Sequence[str]) -> bool:
    """Whether OBX-3 names a blood pressure by number alone, and not where it is taken."""
    return components[0] in _NO_SITE and not any(components[1:2])


def _term(identifier: str, text: str, system: str) -> Term | None:
    if system in {"LN", "LOINC"}:
        return None if _NOT_A_CUFF.search(text) else _LOINC.get(identifier)
    if system not in {"MDC", ""}:
        return None  # a maker's own numbers mean what only the maker knows
    by_number, by_name = _NUMBERS.get(identifier), _NAMES.get(text or identifier)
    if identifier in _NO_SITE and not text:
        return _NO_SITE[identifier]
    if by_number is None:
        return by_name  # one vendor writes 150031 for 150301; the name is right
    is_contradicted = text.startswith("MDC_") or bool(_NOT_A_CUFF.search(text))
    return by_number if by_name is by_number or not is_contradicted else None


def unit_of(components: Sequence[str], term: Term) -> Unit | None:
    """Tell the unit in OBX-6; None when unknown, when number and text disagree, or when `term` has no such.

    Args:
        components: identifier, text and system.
        term: what is measured.
    """
    spelled = [part.replace(" ", "").lower() for part in components[:2] if part]
    known = {_unit(part, term) for part in spelled}
    (unit,) = known if len(known) == 1 else (None,)
    return unit if unit in ALLOWED[term].units else None


def _unit(spelled: str, term: Term) -> Unit | None:
    if spelled == _EITHER_RATE:
        rates = ALLOWED[term].units & {Unit.BEATS_PER_MINUTE, Unit.BREATHS_PER_MINUTE}
        return next(iter(rates), None)
    return _UNITS.get(spelled)
