"""A seed is a person; who they are sets their numbers apart."""

from statistics import fmean

import pytest

from devices.simulator.figures import load_figures
from devices.simulator.person import Person, Sex, drawn_person

FIGURES = load_figures({})
SEEDS = range(2000)


def person(
    age_years: int = 45, sex: Sex = Sex.MALE, *, hypertension: bool = False, beta_blocker: bool = False
) -> Person:
    return Person(
        age_years=age_years, sex=sex, has_hypertension=hypertension, takes_beta_blocker=beta_blocker
    )


def test_the_people_drawn_are_as_the_figures_say() -> None:
    drawn = [drawn_person(FIGURES.people, seed) for seed in SEEDS]
    ages = [each.age_years for each in drawn]
    assert min(ages) == FIGURES.people.youngest_years
    assert max(ages) == FIGURES.people.oldest_years
    assert fmean(ages) == pytest.approx(FIGURES.people.age_years.mean, abs=1.5)
    assert fmean(each.sex is Sex.FEMALE for each in drawn) == pytest.approx(0.6, abs=0.04)


def test_the_older_the_more_hypertension_and_with_it_the_more_beta_blockers() -> None:
    drawn = [drawn_person(FIGURES.people, seed) for seed in SEEDS]
    young = fmean(each.has_hypertension for each in drawn if each.age_years <= 45)
    old = fmean(each.has_hypertension for each in drawn if each.age_years >= 65)
    assert young == pytest.approx(0.12, abs=0.03)
    assert old == pytest.approx(0.42, abs=0.08)
    treated = fmean(each.takes_beta_blocker for each in drawn if each.has_hypertension)
    others = fmean(each.takes_beta_blocker for each in drawn if not each.has_hypertension)
    assert treated > 4 * others


def test_a_seed_is_one_person_and_the_next_is_another() -> None:
    assert drawn_person(FIGURES.people, 7) == drawn_person(FIGURES.people, 7)
    assert len({drawn_person(FIGURES.people, seed) for seed in range(50)}) > 40


@pytest.mark.parametrize(("age_years", "decades"), [(18, 0.0), (45, 0.0), (50, 0.5), (75, 3.0)])
def test_years_count_from_forty_five(age_years: int, decades: float) -> None:
    assert person(age_years).decades_over_45 == decades


@pytest.mark.parametrize(
    ("who", "weights"),
    [
        (person(), (0.0, 0.0, 0.0, 0.0)),
        (person(55), (1.0, 0.0, 0.0, 0.0)),
        (person(sex=Sex.FEMALE), (0.0, 1.0, 0.0, 0.0)),
        (person(hypertension=True), (0.0, 0.0, 1.0, 0.0)),
        (person(beta_blocker=True), (0.0, 0.0, 0.0, 1.0)),
    ],
)
def test_each_trait_brings_its_own_shift(who: Person, weights: tuple[float, ...]) -> None:
    shifts = who.shifts(FIGURES)
    assert tuple(weight for weight, _ in shifts) == weights
    kinds = (FIGURES.per_decade_over_45, FIGURES.female, FIGURES.hypertension, FIGURES.beta_blocker)
    assert tuple(shift for _, shift in shifts) == kinds
