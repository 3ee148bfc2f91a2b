"""The baseline is the exact mean of the last two sets, and the start asks for what the numbers ask for."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from monitor.gate import Baseline, GateLevel, GateReason, GateSide, Missing, baseline_of, start_gate
from monitor.observations import Determination
from monitor.policy_file import default_policy
from monitor.vitals import Quantity, Vitals

POLICY = default_policy()
SYS, DIA, HR, PR, SPO2 = (
    Quantity.SYSTOLIC,
    Quantity.DIASTOLIC,
    Quantity.HEART_RATE,
    Quantity.PULSE_RATE,
    Quantity.SPO2,
)

UNITS = {
    "systolic": "systolic_mmhg",
    "diastolic": "diastolic_mmhg",
    "heart_rate": "heart_rate_bpm",
    "pulse_rate": "pulse_rate_bpm",
    "spo2": "spo2_percent",
    "respiratory_rate": "respiratory_rate_bpm",
}


def charted(
    second: int, systolic: int | None = None, diastolic: int | None = None, rate: int | None = None
) -> Determination:
    vitals = Vitals(systolic_mmhg=systolic, diastolic_mmhg=diastolic, pulse_rate_bpm=rate)
    at_ms = second * 1000
    return Determination(key=second, at_ms=at_ms, begun_ms=at_ms, values=vitals.by_quantity())


def normal(**changed: int) -> Baseline:
    values = {SYS: 120, DIA: 80, PR: 70, SPO2: 98} | {
        Quantity(name): value for name, value in changed.items()
    }
    return Baseline(
        values={quantity: Fraction(value) for quantity, value in values.items()},
        sets=2,
        systolic_difference_mmhg=Fraction(0),
        needs_third_set=False,
    )


def level(baseline: Baseline, latest: Vitals | None = None, age: int | None = 40) -> GateLevel:
    return start_gate(baseline, latest, age, POLICY).level


def test_the_baseline_is_the_exact_mean_of_the_last_two_sets() -> None:
    baseline = baseline_of(
        [charted(0, 200, 100), charted(60, 121, 80, 70), charted(120, 124, 83, 73)], POLICY
    )
    assert baseline.values == {
        SYS: Fraction(245, 2),
        DIA: Fraction(163, 2),
        PR: Fraction(143, 2),
        Quantity.MAP: Fraction(571, 6),
    }
    assert baseline.sets == 3
    assert baseline.systolic_difference_mmhg == 3


@pytest.mark.parametrize(("gap", "sets"), [(59, 1), (60, 2), (61, 2)])
def test_sets_count_when_a_minute_lies_between_them(gap: int, sets: int) -> None:
    baseline = baseline_of([charted(0, 120, 80), charted(gap, 122, 80)], POLICY)
    assert baseline.sets == sets
    assert (SYS in baseline.values) is (sets == 2)


def test_a_set_too_close_is_passed_over_for_an_earlier_one() -> None:
    baseline = baseline_of([charted(0, 100, 80), charted(30, 130, 80), charted(80, 120, 80)], POLICY)
    assert baseline.values[SYS] == 110


def test_each_quantity_takes_its_own_last_two_values() -> None:
    baseline = baseline_of([charted(0, 120, 80, 60), charted(60, 122, 80), charted(120, 124, 80, 70)], POLICY)
    assert (baseline.values[SYS], baseline.values[PR]) == (Fraction(123), Fraction(65))
    assert SPO2 not in baseline.values


@pytest.mark.parametrize(("second", "asks"), [(130, False), (131, True), (109, True), (110, False)])
def test_a_third_set_is_asked_for_when_the_two_differ_by_more_than_ten(
    second: int,
    asks: bool,  # noqa: FBT001
) -> None:
    two = [charted(0, 120, 80), charted(60, second, 80)]
    assert baseline_of(two, POLICY).needs_third_set is asks
    gate = start_gate(baseline_of(two, POLICY), None, 40, POLICY)
    assert (Missing.THIRD_SET in gate.missing) is asks
    assert gate.sets_wanted == int(asks)
    assert not baseline_of([*two, charted(120, 150, 80)], POLICY).needs_third_set


@pytest.mark.parametrize(("sets", "wanted"), [(0, 2), (1, 1), (2, 0), (3, 0)])
def test_a_start_without_enough_sets_holds_and_says_how_many_are_missing(sets: int, wanted: int) -> None:
    baseline = baseline_of([charted(60 * index, 120, 80, 70) for index in range(sets)], POLICY)
    gate = start_gate(baseline, Vitals(spo2_percent=98), 40, POLICY)
    assert gate.sets_wanted == wanted
    assert (gate.level is GateLevel.HOLD) is (wanted > 0)
    assert (Missing.BASELINE_SETS in gate.missing) is (wanted > 0)


def test_a_normal_baseline_starts_plainly() -> None:
    gate = start_gate(normal(), Vitals(systolic_mmhg=120, diastolic_mmhg=80), 40, POLICY)
    assert (gate.level, gate.reasons, gate.missing, gate.sets_wanted) == (GateLevel.OPEN, (), (), 0)


@pytest.mark.parametrize(
    ("quantity", "value", "expected"),
    [
        ("systolic", 140, GateLevel.OPEN),
        ("systolic", 141, GateLevel.AWARE),
        ("systolic", 159, GateLevel.AWARE),
        ("systolic", 160, GateLevel.HOLD),
        ("systolic", 179, GateLevel.HOLD),
        ("systolic", 180, GateLevel.CLINICIAN_ONLY),
        ("systolic", 90, GateLevel.OPEN),
        ("systolic", 89, GateLevel.HOLD),
        ("diastolic", 90, GateLevel.OPEN),
        ("diastolic", 91, GateLevel.AWARE),
        ("diastolic", 99, GateLevel.AWARE),
        ("diastolic", 100, GateLevel.HOLD),
        ("diastolic", 109, GateLevel.HOLD),
        ("diastolic", 110, GateLevel.CLINICIAN_ONLY),
        ("pulse_rate", 45, GateLevel.OPEN),
        ("pulse_rate", 44, GateLevel.HOLD),
        ("pulse_rate", 120, GateLevel.OPEN),
        ("pulse_rate", 121, GateLevel.HOLD),
        ("heart_rate", 44, GateLevel.HOLD),
        ("heart_rate", 121, GateLevel.HOLD),
        ("spo2", 92, GateLevel.OPEN),
        ("spo2", 91, GateLevel.HOLD),
        ("respiratory_rate", 5, GateLevel.OPEN),
    ],
)
def test_each_number_of_the_gate(quantity: str, value: int, expected: GateLevel) -> None:
    assert level(normal(**{quantity: value})) is expected
    latest: dict[str, Any] = {UNITS[quantity]: value}
    assert level(normal(), Vitals(**latest)) is expected


@pytest.mark.parametrize(
    ("age", "systolic", "expected"),
    [
        (64, 141, GateLevel.AWARE),
        (65, 150, GateLevel.OPEN),
        (65, 151, GateLevel.AWARE),
        (66, 150, GateLevel.OPEN),
        (None, 141, GateLevel.AWARE),
        (80, 160, GateLevel.HOLD),
    ],
)
def test_from_sixty_five_the_gate_opens_higher(age: int | None, systolic: int, expected: GateLevel) -> None:
    assert level(normal(systolic=systolic), age=age) is expected
    assert level(normal(diastolic=91), age=age) is GateLevel.AWARE


def test_the_latest_set_is_judged_by_the_same_age() -> None:
    latest = Vitals(systolic_mmhg=148, diastolic_mmhg=80)
    assert level(normal(), latest, age=70) is GateLevel.OPEN
    assert level(normal(), latest, age=40) is GateLevel.AWARE


def test_a_clinic_can_give_older_patients_a_diastolic_of_their_own() -> None:
    policy = replace(POLICY, start_gate=replace(POLICY.start_gate, older_aware_diastolic_over_mmhg=95))
    baseline = normal(diastolic=93)
    assert start_gate(baseline, None, 70, policy).level is GateLevel.OPEN
    assert start_gate(baseline, None, 40, policy).level is GateLevel.AWARE


def test_the_worse_of_baseline_and_latest_set_decides_and_is_named() -> None:
    latest = Vitals(systolic_mmhg=162, diastolic_mmhg=80, spo2_percent=91)
    gate = start_gate(normal(systolic=145), latest, 40, POLICY)
    assert gate.level is GateLevel.HOLD
    assert gate.reasons == (
        GateReason(
            level=GateLevel.AWARE,
            quantity=SYS,
            side=GateSide.OVER,
            value=Fraction(145),
            limit=140,
            is_latest=False,
        ),
        GateReason(
            level=GateLevel.HOLD,
            quantity=SYS,
            side=GateSide.FROM,
            value=Fraction(162),
            limit=160,
            is_latest=True,
        ),
        GateReason(
            level=GateLevel.HOLD,
            quantity=SPO2,
            side=GateSide.UNDER,
            value=Fraction(91),
            limit=92,
            is_latest=True,
        ),
    )
    assert level(normal(systolic=185), Vitals(systolic_mmhg=130)) is GateLevel.CLINICIAN_ONLY


def test_a_start_says_which_vitals_were_never_measured() -> None:
    bare = replace(normal(), values={SYS: Fraction(120), DIA: Fraction(80)})
    assert start_gate(bare, None, 40, POLICY).missing == (Missing.RATE, Missing.SPO2)
    with_both = Vitals(heart_rate_bpm=70, spo2_percent=98)
    assert start_gate(bare, with_both, 40, POLICY).missing == ()
    assert start_gate(bare, Vitals(pulse_rate_bpm=70), 40, POLICY).missing == (Missing.SPO2,)


def test_gate_levels_are_ranked_mildest_first() -> None:
    assert [level.rank for level in GateLevel] == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({}, None),
        ({"systolic": 145}, (SYS, Fraction(145))),
        ({"systolic": 145, "diastolic": 105}, (DIA, Fraction(105))),
        ({"systolic": 165, "diastolic": 105}, (SYS, Fraction(165))),
    ],
)
def test_a_gate_names_the_first_number_that_asks_for_all_it_asks_for(
    changed: dict[str, int], named: tuple[Quantity, Fraction] | None
) -> None:
    reason = start_gate(normal(**changed), None, 40, POLICY).reason
    assert (None if reason is None else (reason.quantity, reason.value)) == named
