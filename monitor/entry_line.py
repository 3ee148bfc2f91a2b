"""The one entry field: what a nurse has typed so far, read into values or stopped at the first doubt.

`128/827698`: run-on digits fill top, bottom, rate and SpO2; breathing rate and MOAA/S need a separator.
Nothing is truncated, swapped or moved into another vital. Any text at all gives a result, never an exception.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from monitor.plausibility import Blocked, BlockReason, blocked, blocked_value
from monitor.policy import Policy
from monitor.vitals import Quantity, Vitals

_FIELDS = (
    Quantity.SYSTOLIC,
    Quantity.DIASTOLIC,
    Quantity.PULSE_RATE,
    Quantity.SPO2,
    Quantity.RESPIRATORY_RATE,
    Quantity.MOAA_S,
)
# A space may be doubled; two of the others would pass over a field that nobody skipped with a dot.
_TOKEN = re.compile(
    r"(?P<digits>[0-9]+)|(?P<skip>\.)|(?P<time>@[0-9]*)|(?P<separator>[ /+\t]+)|(?P<other>.)", re.DOTALL
)
_TIME_TEXT = re.compile(r"@([01][0-9]|2[0-3])([0-5][0-9])")
_TIME_LENGTH = len("@hhmm")


class ProblemKind(Enum):
    """Why a line cannot be saved. The first three may be cured by typing on."""

    EMPTY = "empty"
    UNFINISHED = "unfinished"
    MISSING_PRESSURE = "missing_pressure"
    SURPLUS_DIGIT = "surplus_digit"
    NEEDS_SEPARATOR = "needs_separator"
    LEADING_ZERO = "leading_zero"
    EMPTY_FIELD = "empty_field"
    STRAY_DOT = "stray_dot"
    UNEXPECTED_CHARACTER = "unexpected_character"
    BAD_TIME = "bad_time"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What stops a line, at which text; `blocked` tells the number for BLOCKED."""

    kind: ProblemKind
    text: str = ""
    blocked: Blocked | None = None

    @property
    def shows_while_typing(self) -> bool:
        """Whether typing on cannot cure it."""
        curable = (ProblemKind.EMPTY, ProblemKind.UNFINISHED, ProblemKind.MISSING_PRESSURE)
        return self.kind not in curable


class ChipState(Enum):
    """How far a part of the line has come."""

    TYPING = "typing"
    DONE = "done"
    SKIPPED = "skipped"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """One part of the line.

    Attributes:
        quantity: the vital; None for a time and for a wrong part that belongs to none.
        text: as typed.
        state: how far it has come.
        digits_to_go: while typing a value or time of known length.
        value: of a vital that is done.
        problem: of a wrong part.
    """

    quantity: Quantity | None
    text: str
    state: ChipState
    digits_to_go: int = 0
    value: int | None = None
    problem: Problem | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeOfDay:
    """A local time as typed after `@`."""

    hour: int
    minute: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryLine:
    """A line as far as it is typed.

    Attributes:
        chips: its parts in order; a wrong one is the last.
        problem: why it cannot be saved, None when it can.
        vitals: what would be charted, None while there is a problem; without pressures when dots skip both.
        taken_at: the time typed with it.
    """

    chips: tuple[Chip, ...]
    problem: Problem | None
    vitals: Vitals | None
    taken_at: TimeOfDay | None


def parse_line(text: str, policy: Policy) -> EntryLine:
    """Read what stands in the entry field. Values are checked alone, not yet against the last set.

    Args:
        text: anything.
        policy: its ranges and lengths of typed values.
    """
    chips = tuple(_until_wrong(_chips(text, policy)))
    values = {chip.quantity: chip.value for chip in chips if chip.value is not None}
    problem = _problem(chips, values.keys())
    return EntryLine(
        chips=chips,
        problem=problem,
        vitals=None if problem is not None else _vitals(values),
        taken_at=_taken_at(chips),
    )


def _until_wrong(chips: Iterator[Chip]) -> Iterator[Chip]:
    for chip in chips:
        yield chip
        if chip.state is ChipState.WRONG:
            return


def _chips(text: str, policy: Policy) -> Iterator[Chip]:
    tokens = [(match.lastgroup, match[0]) for match in _TOKEN.finditer(text)]
    fields = _Fields(policy)
    before: str | None = "separator"
    for index, (kind, part) in enumerate(tokens):
        after = [following for following, _ in tokens[index + 1 :]]
        match kind:
            case "digits":
                yield from fields.read(part, is_ended=bool(after))
            case "skip":
                is_alone = before == "separator" and after[:1] in ([], ["separator"])
                yield fields.skip() if is_alone else _wrong(ProblemKind.STRAY_DOT, part)
            case "time":
                yield _time_chip(part, after)
            case "separator":
                # At the start even one means that a value was left out.
                if len(part.replace(" ", "")) > min(index, 1):
                    yield _wrong(ProblemKind.EMPTY_FIELD, part)
            case _:
                yield _wrong(ProblemKind.UNEXPECTED_CHARACTER, part)
        before = kind


class _Fields:
    """The vitals in their order, filled one after the other."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._left = list(_FIELDS)
        self._systolic: int | None = None

    def skip(self) -> Chip:
        """Leave the next vital out."""
        if not self._left:
            return _wrong(ProblemKind.STRAY_DOT, ".")
        return Chip(quantity=self._left.pop(0), text=".", state=ChipState.SKIPPED)

    def read(self, run: str, *, is_ended: bool) -> Iterator[Chip]:
        """Read one run of digits; `is_ended` when something follows it."""
        pieces, problem = self._divide(run)
        if is_ended and (problem is not None or self._digits_to_go(pieces) > 0):
            if self._left and len(run) <= self._longest(self._left[0]):
                pieces, problem = [run], None  # the separator overrides the length
            else:
                problem = problem or ProblemKind.SURPLUS_DIGIT
        surplus = pieces.pop() if problem is not None else ""
        for piece in pieces:
            yield self._chip(self._left.pop(0), piece, is_ended=is_ended)
        if problem is not None:
            yield _wrong(problem, surplus)

    def _divide(self, run: str) -> tuple[list[str], ProblemKind | None]:
        """Split a run by the lengths that first digits fix; with a problem the last piece is the surplus."""
        pieces: list[str] = []
        rest = run
        for quantity in self._left:
            length = self._policy.typed_digits(quantity, rest[0])
            if length is None:
                if not pieces and len(run) <= self._longest(quantity):
                    return [run], None
                return [*pieces, rest], self._why_not(quantity)
            pieces.append(rest[:length])
            rest = rest[length:]
            if not rest:
                return pieces, None
        return [*pieces, rest], ProblemKind.SURPLUS_DIGIT

    def _why_not(self, quantity: Quantity) -> ProblemKind:
        known = self._policy.range_of(quantity)
        runs_on = known.three_digits_after is not None or known.two_digits_after is not None
        return ProblemKind.NEEDS_SEPARATOR if runs_on else ProblemKind.SURPLUS_DIGIT

    def _digits_to_go(self, pieces: list[str]) -> int:
        """Digits that the last of `pieces` still lacks."""
        length = self._policy.typed_digits(self._left[len(pieces) - 1], pieces[-1][0])
        return 0 if length is None else max(0, length - len(pieces[-1]))

    def _longest(self, quantity: Quantity) -> int:
        return len(str(self._policy.range_of(quantity).highest))

    def _chip(self, quantity: Quantity, piece: str, *, is_ended: bool) -> Chip:
        length = self._policy.typed_digits(quantity, piece[0])
        if not is_ended and length is not None and len(piece) < length:
            to_go = length - len(piece)
            return Chip(quantity=quantity, text=piece, state=ChipState.TYPING, digits_to_go=to_go)
        if len(piece) > 1 and piece.startswith("0"):
            return _wrong(ProblemKind.LEADING_ZERO, piece, quantity)
        value = int(piece)
        found = self._blocked(quantity, value)
        if found is None:
            return Chip(quantity=quantity, text=piece, state=ChipState.DONE, value=value)
        may_grow = not is_ended and length is None and len(piece) < self._longest(quantity)
        if may_grow and found.reason is BlockReason.TOO_LOW:
            return Chip(quantity=quantity, text=piece, state=ChipState.TYPING)
        return _wrong(ProblemKind.BLOCKED, piece, quantity, found)

    def _blocked(self, quantity: Quantity, value: int) -> Blocked | None:
        found = blocked_value(quantity, value, self._policy)
        if quantity is Quantity.SYSTOLIC:
            self._systolic = value
        if found is None and quantity is Quantity.DIASTOLIC and self._systolic is not None:
            pair = Vitals(systolic_mmhg=self._systolic, diastolic_mmhg=value)
            return next(iter(blocked(pair, self._policy)), None)
        return found


def _wrong(
    kind: ProblemKind, text: str, quantity: Quantity | None = None, found: Blocked | None = None
) -> Chip:
    problem = Problem(kind=kind, text=text, blocked=found)
    return Chip(quantity=quantity, text=text, state=ChipState.WRONG, problem=problem)


def _time_chip(part: str, after: list[str | None]) -> Chip:
    is_last = all(following == "separator" for following in after)
    if is_last and _TIME_TEXT.fullmatch(part):
        return Chip(quantity=None, text=part, state=ChipState.DONE)
    if after or len(part) >= _TIME_LENGTH:
        return _wrong(ProblemKind.BAD_TIME, part)
    to_go = _TIME_LENGTH - len(part)
    return Chip(quantity=None, text=part, state=ChipState.TYPING, digits_to_go=to_go)


def _problem(chips: tuple[Chip, ...], measured: Collection[Quantity | None]) -> Problem | None:
    last = chips[-1] if chips else None
    if last is not None and last.problem is not None:
        return last.problem
    if last is not None and last.state is ChipState.TYPING:
        return Problem(kind=ProblemKind.UNFINISHED, text=last.text)
    if not measured:
        return Problem(kind=ProblemKind.EMPTY)
    if (Quantity.SYSTOLIC in measured) is not (Quantity.DIASTOLIC in measured):
        return Problem(kind=ProblemKind.MISSING_PRESSURE)
    return None


def _vitals(values: Mapping[Quantity | None, int]) -> Vitals:
    return Vitals(
        systolic_mmhg=values.get(Quantity.SYSTOLIC),
        diastolic_mmhg=values.get(Quantity.DIASTOLIC),
        pulse_rate_bpm=values.get(Quantity.PULSE_RATE),
        spo2_percent=values.get(Quantity.SPO2),
        respiratory_rate_bpm=values.get(Quantity.RESPIRATORY_RATE),
        moaa_s=values.get(Quantity.MOAA_S),
    )


def _taken_at(chips: tuple[Chip, ...]) -> TimeOfDay | None:
    found = next((match for chip in chips if (match := _TIME_TEXT.fullmatch(chip.text))), None)
    return None if found is None else TimeOfDay(hour=int(found[1]), minute=int(found[2]))
