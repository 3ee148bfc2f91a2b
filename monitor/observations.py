"""What the judge is given: readings, attempts, symptoms and answers, on the session's own clock.

All times are whole milliseconds of session time; `key` is the sequence of the entry an observation came from,
and an amended reading comes under the key of its amendment.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from monitor.policy import Condition
from monitor.terms import Symptom
from monitor.vitals import Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class Determination:
    """One set as measured, typed or captured, that can be trusted (questionable ones are not given).

    Attributes:
        key: its entry's sequence.
        at_ms: taken at.
        begun_ms: when the cuff began; the same as `at_ms` when that was not seen.
        values: what was measured, MAP computed when it was not (`Vitals.by_quantity`).
        same_as: the key of the captured determination that this one is a typed copy of.
    """

    key: int
    at_ms: int
    begun_ms: int
    values: Mapping[Quantity, Fraction]
    same_as: int | None = None

    @property
    def identity(self) -> int:
        """Equal for a determination and its typed copies."""
        return self.key if self.same_as is None else self.same_as


@dataclass(frozen=True, slots=True, kw_only=True)
class Sustained:
    """A continuous value that stood beyond a limit as long as the policy asks. No set: it clears nothing."""

    key: int
    at_ms: int
    values: Mapping[Quantity, Fraction]


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptFailed:
    """A set that could not be obtained."""

    key: int
    at_ms: int
    is_infusing: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SymptomNoted:
    """A symptom that is present, or that has gone."""

    key: int
    at_ms: int
    symptom: Symptom
    is_present: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An operator answered the flag of `condition` that then stood."""

    condition: Condition
    at_ms: int


Observation = Determination | Sustained | AttemptFailed | SymptomNoted
