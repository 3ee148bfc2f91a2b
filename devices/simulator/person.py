"""Who a simulated patient is: as a scenario names them, or drawn from their seed."""

from dataclasses import dataclass
from enum import Enum

from devices.simulator import ranges
from devices.simulator.figures import Figures, PeopleFigures, Shift
from devices.simulator.randomness import seeded_stream
from devices.simulator.written import OneOf, WrittenTable, YesOrNo

MODIFIED_FROM_YEARS = 45  # `per_decade_over_45` and the share of hypertensive people count from here
YEARS_PER_DECADE = 10
PERCENT = 100
WHO_KEYS = ("age_years", "sex", "hypertension", "beta_blocker")  # of a scenario's `[patient]`


class Sex(Enum):
    """As far as the figures know."""

    FEMALE = "female"
    MALE = "male"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One simulated person."""

    age_years: int
    sex: Sex
    has_hypertension: bool
    takes_beta_blocker: bool

    @property
    def decades_over_45(self) -> float:
        """Tens of years beyond 45, 0.0 before."""
        return max(0, self.age_years - MODIFIED_FROM_YEARS) / YEARS_PER_DECADE

    def shifts(self, figures: Figures) -> tuple[tuple[float, Shift], ...]:
        """Return what sets this person apart from the figures' baseline and rise, each with its weight."""
        return (
            (self.decades_over_45, figures.per_decade_over_45),
            (float(self.sex is Sex.FEMALE), figures.female),
            (float(self.has_hypertension), figures.hypertension),
            (float(self.takes_beta_blocker), figures.beta_blocker),
        )


def person_written(patient: WrittenTable) -> Person | None:
    """Return whom a scenario names; None: nobody.

    Raises:
        UsersError: a key is missing, or not what may stand there.
    """
    if all(patient.has_table(key) or not patient.has(key) for key in WHO_KEYS):
        return None
    return Person(
        age_years=patient.take("age_years", ranges.AGE_YEARS),
        sex=patient.take("sex", OneOf(Sex)),
        has_hypertension=patient.take("hypertension", YesOrNo()),
        takes_beta_blocker=patient.take("beta_blocker", YesOrNo()),
    )


def drawn_person(people: PeopleFigures, seed: int) -> Person:
    """Return the person that `seed` is."""
    stream = seeded_stream(seed, "person", 0)
    drawn_years = round(stream.gauss(people.age_years.mean, people.age_years.deviation))
    age_years = min(people.oldest_years, max(people.youngest_years, drawn_years))
    sex = Sex.FEMALE if stream.randrange(PERCENT) < people.female_percent else Sex.MALE
    older_years = max(0, age_years - MODIFIED_FROM_YEARS)
    hypertension_percent = (
        people.hypertension_percent + people.hypertension_percent_per_decade * older_years // YEARS_PER_DECADE
    )
    has_hypertension = stream.randrange(PERCENT) < hypertension_percent
    beta_blocker_percent = (
        people.beta_blocker_percent_with_hypertension if has_hypertension else people.beta_blocker_percent
    )
    return Person(
        age_years=age_years,
        sex=sex,
        has_hypertension=has_hypertension,
        takes_beta_blocker=stream.randrange(PERCENT) < beta_blocker_percent,
    )
