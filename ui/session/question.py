"""Inline questions, and the acts between them. A conversation is a generator of these.

It yields a `Choice` or a `Form` and is sent the answer, or yields an act and is sent its outcome; it ends by
returning. Whoever runs it shows one question at a time and may drop it at any of them: nothing is recorded
but what an act recorded.
"""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from monitor.bodies import Body
from monitor.checks import is_in_phase
from monitor.outcome import Outcome
from monitor.view import SessionView
from ui.routes import Route
from ui.text import bedside_words as words
from ui.text import happened


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One key, its word, and the answer it gives; `why_not` says why it cannot be given now."""

    key: str
    text: str
    answer: object
    why_not: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One key answers. `rows` lays the options out as on the keypad."""

    title: str
    rows: tuple[tuple[Option, ...], ...]
    detail: str = ""

    @property
    def options(self) -> tuple[Option, ...]:
        """All options."""
        return tuple(option for row in self.rows for option in row)


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """One field to fill in; `fault` says why a text cannot be taken, None when it can."""

    name: str
    prefill: str = ""
    unit: str = ""
    fault: Callable[[str], str | None] = lambda _text: None
    stretch: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """Fields side by side; answered with their texts as a tuple."""

    title: str
    blanks: tuple[Blank, ...]
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Record this, at the time chosen; answered with the outcome."""

    body: Body


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Move a set to another chair; answered with the outcome."""

    sequence: int
    to_chair: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IfDropped:
    """From here on, closing the question without an answer leaves something undone: this says what."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """Tell the nurse something, or why nothing was done; answered at once."""

    text: str
    is_problem: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """Go to another page."""

    route: Route


Step = Choice | Form | Act | Move | IfDropped | Say | Leave
Conversation = Generator[Step, Any, None]
Charting = Generator[Step, Any, Outcome]  # a conversation that ends in an act, and tells what came of it


def in_rows(options: tuple[Option, ...], *, width: int = 6) -> tuple[tuple[Option, ...], ...]:
    """Lay options out in rows of `width`."""
    return tuple(options[at : at + width] for at in range(0, len(options), width))


def why_not(view: SessionView, kind: type[Body], text: str) -> str:
    """Say why the session's phase takes no entry of `kind` now; "" when it does. `text` names the key."""
    return "" if is_in_phase(view, kind) else words.not_now(text, happened.phase(view.phase))


def needed(text: str) -> str | None:
    """Refuse an empty field."""
    return None if text.strip() else words.must_be_given()


def positive(text: str) -> str | None:
    """Refuse what is no number above zero."""
    value = decimal_of(text)
    return None if value is not None and value > 0 else words.must_be_number()


def whole_minutes(text: str) -> str | None:
    """Refuse what is no whole number."""
    return None if text.strip().isdecimal() else words.must_be_whole()


def decimal_of(text: str) -> Decimal | None:
    """Read a decimal with a point or a comma; None for anything else."""
    try:
        value = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return None
    return value if value.is_finite() else None
