"""The typed line as boxes with units: which box, in which of five looks. Values only."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from monitor.entry_line import Chip, ChipState, EntryLine, ProblemKind
from monitor.plausibility import Asked
from monitor.view import Reading
from monitor.vitals import Quantity
from ui.text import entry_words
from ui.text.formats import pressure
from ui.text.refusals import asked_quantities

UNREAD_SHOWN = 8  # characters; more would push what was read out of the field
_PRESSURES = (Quantity.SYSTOLIC, Quantity.DIASTOLIC)


class ChipLook(Enum):
    """DONE a box, TYPING dashed, ASKED thick, WRONG inverted, OFFERED dashed with its values complete."""

    DONE = "done"
    TYPING = "typing"
    ASKED = "asked"
    WRONG = "wrong"
    OFFERED = "offered"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChipBox:
    """One box."""

    text: str
    unit: str
    look: ChipLook


def typed_boxes(line: EntryLine, asked: tuple[Asked, ...] = (), text: str = "") -> tuple[ChipBox, ...]:
    """Return the boxes of a line; both halves of a pressure share one.

    The line stops at the first doubt; what stands in `text` after it comes last, so that nothing is unseen.
    """
    doubted = {quantity for one in asked for quantity in asked_quantities(one.check)}
    unread = _unread(line, text)
    rest = (ChipBox(text=unread, unit="", look=ChipLook.TYPING),) if unread else ()
    return (*_boxes(line.chips, doubted), *rest)


def offered_boxes(offer: Reading) -> tuple[ChipBox, ...]:
    """Return the boxes of a monitor's reading."""
    vitals = offer.vitals
    values = (
        (pressure(vitals.systolic_mmhg, vitals.diastolic_mmhg), Quantity.DIASTOLIC),
        (vitals.rate_bpm, Quantity.PULSE_RATE),
        (vitals.spo2_percent, Quantity.SPO2),
    )
    return tuple(
        ChipBox(text=str(value), unit=entry_words.unit(quantity), look=ChipLook.OFFERED)
        for value, quantity in values
        if value is not None
    )


def _unread(line: EntryLine, text: str) -> str:
    """Return what follows the wrong part, its end when that is long: keys act there."""
    if not line.chips or line.chips[-1].state is not ChipState.WRONG:
        return ""
    at = 0
    for chip in line.chips:
        at = max(at, text.find(chip.text, at) + len(chip.text))
    unread = text[at:].strip()
    return unread if len(unread) <= UNREAD_SHOWN else f"\N{HORIZONTAL ELLIPSIS}{unread[-UNREAD_SHOWN:]}"


def _boxes(chips: tuple[Chip, ...], doubted: set[Quantity]) -> Iterator[ChipBox]:
    halves = [chip for chip in chips if chip.quantity in _PRESSURES]
    if halves:
        yield _pressure(halves, doubted)
    for chip in chips:
        if chip.quantity not in _PRESSURES:
            is_surplus = chip.problem is not None and chip.problem.kind is ProblemKind.SURPLUS_DIGIT
            unit = "?" if is_surplus else "" if chip.quantity is None else entry_words.unit(chip.quantity)
            yield ChipBox(text=chip.text, unit=unit, look=_look(chip, doubted))


def _pressure(halves: list[Chip], doubted: set[Quantity]) -> ChipBox:
    looks = [_look(chip, doubted) for chip in halves]
    worst = next(
        (look for look in (ChipLook.WRONG, ChipLook.TYPING, ChipLook.ASKED) if look in looks), looks[0]
    )
    is_half = len(halves) == 1
    if is_half and worst is ChipLook.DONE:
        worst = ChipLook.TYPING
    text = "/".join(chip.text for chip in halves)
    ended = is_half and halves[0].state is ChipState.DONE
    return ChipBox(text=f"{text}/" if ended else text, unit=entry_words.unit(Quantity.DIASTOLIC), look=worst)


def _look(chip: Chip, doubted: set[Quantity]) -> ChipLook:
    if chip.state is ChipState.WRONG:
        return ChipLook.WRONG
    if chip.state is ChipState.TYPING:
        return ChipLook.TYPING
    return ChipLook.ASKED if chip.quantity in doubted else ChipLook.DONE
