"""The words of a flag: which condition, how high, in which state. The judge alone decides them."""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from monitor.vitals import Quantity


class Condition(Enum):
    """What can be flagged, in the order in which changes of one set are listed."""

    PRESSURE_HIGH = "pressure_high"
    PRESSURE_RISE = "pressure_rise"
    PRESSURE_LOW = "pressure_low"
    HEART_RATE_HIGH = "heart_rate_high"
    HEART_RATE_LOW = "heart_rate_low"
    SPO2_LOW = "spo2_low"
    RESPIRATORY_RATE_HIGH = "respiratory_rate_high"
    RESPIRATORY_RATE_LOW = "respiratory_rate_low"
    SEDATION_DEEP = "sedation_deep"
    SYMPTOM = "symptom"
    NOT_OBTAINED = "not_obtained"


class Level(Enum):
    """How much a flag asks for."""

    WATCH = "watch"
    NOTIFY = "notify"
    ACT_NOW = "act_now"

    @property
    def rank(self) -> int:
        """1 watch, 2 notify, 3 act now: for comparing, and the number of marks on a screen."""
        return list(Level).index(self) + 1


class FlagState(Enum):
    """What happened to a flag."""

    RAISED = "raised"
    UNCONFIRMED = "unconfirmed"
    CONFIRMED = "confirmed"
    NOT_CONFIRMED = "not_confirmed"
    NOT_REPEATED = "not_repeated"
    REMINDED = "reminded"
    CLEARED = "cleared"
    WITHDRAWN = "withdrawn"

    @property
    def closes(self) -> bool:
        """Whether the flag no longer stands after this change."""
        return self in {FlagState.NOT_CONFIRMED, FlagState.CLEARED, FlagState.WITHDRAWN}


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagChange:
    """One change of one condition, as the judge finds it.

    Attributes:
        condition: what.
        quantity: which number crossed; None for a symptom or a set not obtained.
        level: the flag's level after (for a closing, before) the change.
        state: what happened.
        value: the measured number, None where there is none.
        limit: the limit it is held against, mmHg, per minute or %, None where there is none.
        at_ms: session-clock milliseconds at which it happened.
        reading: sequence of the entry that was judged; for a change by time alone, of the flagged one.
    """

    condition: Condition
    quantity: Quantity | None
    level: Level
    state: FlagState
    value: Decimal | None
    limit: Decimal | None
    at_ms: int
    reading: int
