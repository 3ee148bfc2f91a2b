"""Values say what was measured, and nothing else."""

from decimal import Decimal
from fractions import Fraction

import pytest

from monitor.vitals import MeanPressure, Quantity, Vitals

FULL = Vitals(
    systolic_mmhg=128,
    diastolic_mmhg=82,
    map_mmhg=97,
    heart_rate_bpm=71,
    pulse_rate_bpm=72,
    spo2_percent=98,
    respiratory_rate_bpm=16,
    moaa_s=5,
    oxygen_l_per_min=Decimal(2),
)


def test_an_amendment_names_only_what_it_changes() -> None:
    typed = Vitals(systolic_mmhg=138, moaa_s=0)
    assert typed.over(FULL) == Vitals(
        systolic_mmhg=138,
        diastolic_mmhg=82,
        map_mmhg=97,
        heart_rate_bpm=71,
        pulse_rate_bpm=72,
        spo2_percent=98,
        respiratory_rate_bpm=16,
        moaa_s=0,
        oxygen_l_per_min=Decimal(2),
    )
    assert Vitals().over(FULL) == FULL
    assert FULL.over(typed) == FULL


@pytest.mark.parametrize(
    ("vitals", "rate"),
    [
        (FULL, 71),
        (Vitals(pulse_rate_bpm=72), 72),
        (Vitals(heart_rate_bpm=71), 71),
        (Vitals(systolic_mmhg=128), None),
    ],
)
def test_one_shown_rate_is_the_ecgs_where_there_is_one(vitals: Vitals, rate: int | None) -> None:
    assert vitals.rate_bpm == rate


def test_both_rates_stay_apart_for_the_judge() -> None:
    values = FULL.by_quantity()
    assert values[Quantity.HEART_RATE] == 71
    assert values[Quantity.PULSE_RATE] == 72


@pytest.mark.parametrize(
    ("vitals", "mean"),
    [
        (FULL, MeanPressure(mmhg=Fraction(97), is_measured=True)),
        (Vitals(map_mmhg=60), MeanPressure(mmhg=Fraction(60), is_measured=True)),
        (
            Vitals(systolic_mmhg=120, diastolic_mmhg=79),
            MeanPressure(mmhg=Fraction(278, 3), is_measured=False),
        ),
        (Vitals(systolic_mmhg=120), None),
        (Vitals(diastolic_mmhg=79), None),
    ],
)
def test_a_mean_pressure_says_whether_it_was_measured(vitals: Vitals, mean: MeanPressure | None) -> None:
    assert vitals.mean_pressure() == mean


@pytest.mark.parametrize(
    ("vitals", "is_set"),
    [(FULL, True), (Vitals(systolic_mmhg=120), False), (Vitals(diastolic_mmhg=80), False)],
)
def test_a_set_needs_both_pressures(vitals: Vitals, *, is_set: bool) -> None:
    assert vitals.has_pressure is is_set
