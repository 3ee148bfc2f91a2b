"""What a command can come to: entries, a refusal, or a question. Reasons are names; `ui.text` words them."""

from dataclasses import dataclass
from enum import Enum

from monitor.entries import Entry
from monitor.gate import Gate
from monitor.plausibility import Asked, Blocked


class Why(Enum):
    """Why a command was refused. Nothing was recorded."""

    NOT_THE_OPERATOR = "not_the_operator"
    ONLY_OPERATORS = "only_operators"
    WRONG_PHASE = "wrong_phase"
    SESSION_OVER = "session_over"
    IN_THE_FUTURE = "in_the_future"
    BEFORE_SEATED = "before_seated"
    BEFORE_START = "before_start"
    BLOCKED = "blocked"
    EMPTY = "empty"
    GATE = "gate"
    NO_SUCH_ENTRY = "no_such_entry"
    ALREADY_DECIDED = "already_decided"
    NOT_ACCEPTABLE = "not_acceptable"
    NO_OPEN_FLAG = "no_open_flag"
    NO_OPEN_EFFECT = "no_open_effect"
    UNDO_TOO_LATE = "undo_too_late"
    NOT_YOURS_TO_UNDO = "not_yours_to_undo"
    SAME_DETERMINATION = "same_determination"
    BEGUN_BEFORE_SEATED = "begun_before_seated"
    NOT_A_REAL_READING = "not_a_real_reading"
    NOTHING_NEW = "nothing_new"
    OUT_OF_RANGE = "out_of_range"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """These entries now stand, in order; `asked` holds what to ask about a value that was stored first."""

    entries: tuple[Entry, ...]
    asked: tuple[Asked, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Nothing was recorded."""

    why: Why
    blocked: tuple[Blocked, ...] = ()
    gate: Gate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Nothing was recorded yet: the same command with these checks confirmed goes through."""

    asked: tuple[Asked, ...]


Outcome = Recorded | Refused | Question
