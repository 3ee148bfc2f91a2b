"""Segments of an HL7 v2 message: the header, and each observation in a term that is understood.

Strict: what does not have its field's form is refused, never repaired. Patient data never leaves this module:
of a message only the header's and the observations' own fields are kept, each only in its proper form, and
the values only of observations that are understood. Field numbers are those of the standard: MSH-1 is the
separator itself.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from decimal import Decimal

from devices.protocols.hl7_terms import (
    ALLOWED,
    CONTINUOUS,
    Term,
    Unit,
    is_misnamed,
    names_no_site,
    term_of,
    unit_of,
)

MSH_FIELDS_LEAST = 12
_NO_VALUE_NUMBERS = frozenset(Decimal(text) for text in ("-100", "-999", "-99.9", "8388607"))
_NO_VALUE_TEXTS = frozenset({"", '""'})
_RESULT_STATUSES = frozenset("RFC")  # R not verified by a person, F final, C corrected
_NO_RESULT_STATUSES = frozenset("XDINOWU")
_STATUSES = _RESULT_STATUSES | _NO_RESULT_STATUSES | frozenset({"", "A", "B", "P", "S", "V"})
_NO_VALUE_FLAGS = frozenset({"INV", "NAV", "BUSY"})
_DEMO_FLAGS = frozenset({"DEMO", "TEST"})
_DOUBTFUL_FLAGS = frozenset({"QUES", "CALIB", "EARLY"})

_LINE_END = re.compile(r"\r\n|\r|\n")
_SEGMENT = re.compile(r"[A-Z][A-Z0-9]{2}")
_HEAD = re.compile(r"MSH(?P<field>[!-/:-@\[-`{-~])(?P<others>[!-/:-@\[-`{-~]{4,5}?)(?P=field)")
_TIME = re.compile(r"(?P<at>(?:19|20)\d{12})(?:\.\d{1,4})?(?P<zone>[+-](?:0\d|1[0-4])[0-5]\d)?", re.ASCII)
_COARSE_TIME = re.compile(r"(?:19|20)\d{2}(?:\d\d){0,4}(?:[+-]\d{4})?", re.ASCII)
_REPEATABLE = re.compile(r"[ -{}~]{0,199}", re.ASCII)  # printable, no field separator, not endless
_NUMBER = re.compile(r"-?\d{1,7}(?:\.\d{1,6})?", re.ASCII)

_KEPT_IN_MSH = {
    3: re.compile(r"[\w .^-]{0,120}", re.ASCII),
    7: _TIME,
    9: re.compile(r"[A-Z0-9_^]{3,30}"),
    10: re.compile(r"[\w.:-]{0,64}", re.ASCII),
    11: re.compile(r"[A-Z](?:\^[A-Z])?"),
    12: re.compile(r"\d(?:\.\d){1,3}", re.ASCII),
    15: re.compile(r"[A-Z]{2}"),
    16: re.compile(r"[A-Z]{2}"),
}
_KEPT_IN_OBX = {
    1: re.compile(r"\d{1,5}", re.ASCII),
    2: re.compile(r"[A-Z]{2,3}"),
    3: re.compile(r"[\w .%/()^-]{0,200}", re.ASCII),
    6: re.compile(r"[\w .%/()\[\]{}^-]{0,100}", re.ASCII),
    8: re.compile(r"[A-Z~]{0,20}"),
    11: re.compile(r"[A-Z]"),
    14: _TIME,
    17: re.compile(r"\^?APERIODIC"),
}
_KEPT_IN_OBR = {7: _TIME}
_VALUE = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Separators:
    """As the sender chose them."""

    field: str
    component: str
    repetition: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What the MSH segment says.

    Attributes:
        separators: for the rest of the message.
        sender: MSH-3, with `^` between its components; empty when it cannot be repeated in a reply.
        sent_at: MSH-7, None when missing or not to the second; without a zone when it names none.
        kind: MSH-9's first component, such as ORU.
        trigger: its second, such as R01.
        control_id: MSH-10; empty when it cannot be repeated in a reply.
        is_real: MSH-11 does not call it training or debugging.
        version: MSH-12.
        acknowledgement: MSH-15, of the message's arrival; empty when the sender leaves it open.
        application_acknowledgement: MSH-16, of what became of it; empty likewise.
    """

    separators: Separators
    sender: str
    sent_at: datetime | None
    kind: str
    trigger: str
    control_id: str
    is_real: bool
    version: str
    acknowledgement: str
    application_acknowledgement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One OBX in a term that is understood.

    Attributes:
        term: what is measured.
        value: in `unit`; None when the monitor has none, or when it was refused.
        unit: None when it was not understood.
        observed_at: OBX-14, in the header's zone when it names none itself; of a continuous value without one
            OBR-7, as the standard has it. A cuff's may be much older than its group, so it needs its own.
        is_doubtful: the monitor marks it so, or does not say where or when it was taken.
        is_demo: the monitor says that it is no patient's.
        refusal: why a value that was sent is not taken, empty when it was.
    """

    term: Term
    value: Decimal | None
    unit: Unit | None
    observed_at: datetime | None
    is_doubtful: bool
    is_demo: bool
    refusal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedMessage:
    """A sound message.

    Attributes:
        header: of the message.
        observations: what is understood, in order.
        misnamed: numbers of something known under the names of something else.
        kept: what of its text may be logged.
    """

    header: Header
    observations: tuple[Observation, ...]
    misnamed: tuple[str, ...]
    kept: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """Not a message; `reason` is for a technician."""

    reason: str


def parse_message(raw: bytes) -> ParsedMessage | Unreadable:
    """Read a message. Bytes beyond ASCII may stand only in what is not kept, so any 8-bit reading will do."""
    segments = [line for line in _LINE_END.split(raw.decode("latin-1")) if line]
    head = _HEAD.match(segments[0]) if segments else None
    if head is None:
        return Unreadable(reason="it does not begin with a header (MSH)")
    field = head["field"]
    rows = [segment.split(field) for segment in segments]
    for number, row in enumerate(rows[1:], start=2):
        if not _SEGMENT.fullmatch(row[0]) or row[0] == "MSH":
            return Unreadable(reason=f"line {number} does not begin as a segment")
    header_fields = ["MSH", field, *rows[0][1:]]
    header = _header(header_fields, head["others"])
    if isinstance(header, Unreadable):
        return header
    is_result = (header.kind, header.trigger) == ("ORU", "R01")
    kept = [field.join(["MSH", head["others"], *_kept(header_fields, _KEPT_IN_MSH)[3:]])]
    observations: list[Observation] = []
    misnamed: list[str] = []
    group_at: datetime | None = None
    for row in rows[1:]:
        if row[0] == "OBR" and is_result:
            group_at = _time_in(row, 7, header)
            kept.append(field.join(_kept(row, _KEPT_IN_OBR)))
        elif row[0] == "OBX" and is_result:
            observation = _observation(row, header, group_at)
            observations += [] if observation is None else [observation]
            misnamed += _misnamed(row, header)
            kept.append(_kept_observation(row, field, is_understood=observation is not None))
        else:
            kept.append(row[0])
    return ParsedMessage(
        header=header,
        observations=tuple(observations),
        misnamed=tuple(misnamed),
        kept="\r".join(kept),
    )


def outline(raw: bytes) -> bytes:
    """Describe bytes that may hold patient data: each line's segment name, or `?`, and its length."""
    lines = [line for line in re.split(rb"[\r\n\x0b\x1c]+", raw) if line]
    named = [(re.match(rb"[A-Z][A-Z0-9]{2}(?=\|)", line), len(line)) for line in lines]
    return b" ".join(b"%b(%d)" % (name[0] if name else b"?", size) for name, size in named)


def time_of(text: str, *, zone: timezone | None = None) -> datetime | None:
    """Read `YYYYMMDDHHMMSS[.ffff][+ZZZZ]` to the whole second; None when it is not that.

    Args:
        text: the field.
        zone: of a time that names none; None leaves it naive.
    """
    found = _TIME.fullmatch(text)
    if found is None:
        return None
    at, own = found["at"], found["zone"]
    if own is not None:
        minutes = int(own[1:3]) * 60 + int(own[3:])
        zone = timezone(timedelta(minutes=-minutes if own[0] == "-" else minutes))
    try:
        return datetime(
            int(at[:4]), int(at[4:6]), int(at[6:8]), int(at[8:10]), int(at[10:12]), int(at[12:]), tzinfo=zone
        )
    except ValueError:
        return None


def _header(fields: list[str], others: str) -> Header | Unreadable:
    if len(set(others + fields[1])) != len(others) + 1:
        return Unreadable(reason="its separators are not told apart")
    if len(fields) <= MSH_FIELDS_LEAST:
        return Unreadable(reason="its header is too short")
    separators = Separators(field=fields[1], component=others[0], repetition=others[1])
    kind, trigger, *_ = [*fields[9].split(others[0]), "", ""]
    version = fields[12].split(others[0])[0]
    is_named = re.fullmatch(r"[A-Z]{3}", kind) and re.fullmatch(r"[A-Z0-9]{0,3}", trigger)
    if not is_named or not _KEPT_IN_MSH[12].fullmatch(version):
        return Unreadable(reason="its header names no message type or version")
    padded = [*fields, *[""] * 17]
    sender = fields[3].replace(others[0], "^")
    return Header(
        separators=separators,
        sender=sender if _REPEATABLE.fullmatch(sender) else "",
        sent_at=time_of(fields[7]),
        kind=kind,
        trigger=trigger,
        control_id=fields[10] if _REPEATABLE.fullmatch(fields[10]) else "",
        is_real=fields[11].split(others[0])[0] not in {"T", "D"},
        version=version,
        acknowledgement=padded[15],
        application_acknowledgement=padded[16],
    )


def _time_in(row: list[str], number: int, header: Header) -> datetime | None:
    zone = header.sent_at.tzinfo if header.sent_at is not None else None
    text = row[number] if len(row) > number else ""
    return time_of(text, zone=zone if isinstance(zone, timezone) else None)


def _misnamed(row: list[str], header: Header) -> list[str]:
    coded = [*row, *[""] * 4][3].split(header.separators.component)
    return [coded[0]] if is_misnamed(coded) else []


def _observation(row: list[str], header: Header, group_at: datetime | None) -> Observation | None:
    """Read an OBX; None when what it measures is not understood."""
    fields = [*row, *[""] * 18]
    coded = fields[3].split(header.separators.component)
    term = term_of(coded)
    if term is None:
        return None
    flags = set(fields[8].split(header.separators.repetition))
    status, time_text = fields[11], fields[14]
    observed_at = _time_in(row, 14, header)
    if not time_text and term in CONTINUOUS:
        observed_at = group_at
    unit = unit_of(fields[6].split(header.separators.component), term)
    refusal, value = "", None
    if not (status in _NO_RESULT_STATUSES or flags & _NO_VALUE_FLAGS or fields[_VALUE] in _NO_VALUE_TEXTS):
        value, refusal = _value(fields[_VALUE], term, unit)
    if fields[2] != "NM" and fields[_VALUE]:
        refusal = "is no number"
    elif status not in _STATUSES:
        refusal = "has an unknown status"
    elif time_text and observed_at is None and not _COARSE_TIME.fullmatch(time_text):
        refusal = "has an unreadable time"
    return Observation(
        term=term,
        value=None if refusal else value,
        unit=unit,
        observed_at=observed_at,
        is_doubtful=bool(flags & _DOUBTFUL_FLAGS)
        or status not in _RESULT_STATUSES
        or observed_at is None
        or names_no_site(coded),
        is_demo=bool(flags & _DEMO_FLAGS) or not header.is_real,
        refusal=refusal,
    )


def _value(text: str, term: Term, unit: Unit | None) -> tuple[Decimal | None, str]:
    """Return the value, None when the monitor spells that it has none, and why it is refused."""
    if not _NUMBER.fullmatch(text):
        return None, "is no number"
    value = Decimal(text)
    if value in _NO_VALUE_NUMBERS:
        return None, ""
    if unit is None:
        return None, "has an unknown unit"
    if not ALLOWED[term].least <= value <= ALLOWED[term].greatest:
        return None, "is out of range"
    return value, ""


def _kept(fields: list[str], forms: dict[int, re.Pattern[str]]) -> list[str]:
    """Empty every field but those of `forms` that have their form; cut what follows the last of them."""
    kept = [
        text if number in forms and forms[number].fullmatch(text) else ""
        for number, text in enumerate(fields[: max(forms) + 1])
    ]
    kept[0] = fields[0]
    return kept


def _kept_observation(row: list[str], field: str, *, is_understood: bool) -> str:
    kept = _kept(row, _KEPT_IN_OBX)
    if is_understood and len(row) > _VALUE and _NUMBER.fullmatch(row[_VALUE]):
        kept[_VALUE] = row[_VALUE]
    return field.join(kept)
