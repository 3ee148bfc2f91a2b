"""Where a page asks to go: plain values, so that no page knows another."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ToBoard:
    """The chairs at a glance: home."""


@dataclass(frozen=True, slots=True)
class ToChair:
    """The session in `chair`, perhaps at once to answer its flags or to time a repeat."""

    chair: int
    is_answering: bool = False
    is_repeating: bool = False


@dataclass(frozen=True, slots=True)
class ToSeat:
    """Seating a patient in `chair`."""

    chair: int


@dataclass(frozen=True, slots=True)
class ToReview:
    """A session to look back on; None lists them."""

    session_id: str | None = None


@dataclass(frozen=True, slots=True)
class ToSettings:
    """Chairs, operators, look and limits."""


@dataclass(frozen=True, slots=True)
class ToDevice:
    """The monitor beside `chair`."""

    chair: int


@dataclass(frozen=True, slots=True)
class ToReport:
    """One session on one sheet of paper."""

    session_id: str


@dataclass(frozen=True, slots=True)
class ToOperator:
    """Choosing who charts; opens over whatever page is in sight."""


Route = ToBoard | ToChair | ToSeat | ToReview | ToSettings | ToDevice | ToReport | ToOperator
"""Every place there is."""
