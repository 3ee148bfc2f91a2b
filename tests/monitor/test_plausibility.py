"""What cannot be charted, what is asked about, and what is flagged before it is asked about."""

from fractions import Fraction
from typing import Any

import pytest

from monitor.plausibility import Asked, Blocked, BlockReason, Check, asked, blocked, blocked_value, is_act_now
from monitor.policy_file import default_policy
from monitor.vitals import Quantity, Vitals

POLICY = default_policy()
FIELDS = {
    Quantity.SYSTOLIC: "systolic_mmhg",
    Quantity.DIASTOLIC: "diastolic_mmhg",
    Quantity.MAP: "map_mmhg",
    Quantity.HEART_RATE: "heart_rate_bpm",
    Quantity.PULSE_RATE: "pulse_rate_bpm",
    Quantity.SPO2: "spo2_percent",
    Quantity.RESPIRATORY_RATE: "respiratory_rate_bpm",
    Quantity.MOAA_S: "moaa_s",
}


def one(quantity: Quantity, value: int) -> Vitals:
    given: dict[str, Any] = {FIELDS[quantity]: value}
    return Vitals(**given)


def pair(systolic: int, diastolic: int) -> Vitals:
    return Vitals(systolic_mmhg=systolic, diastolic_mmhg=diastolic)


@pytest.mark.parametrize(
    ("quantity", "lowest", "highest"),
    [
        (Quantity.SYSTOLIC, 20, 300),
        (Quantity.DIASTOLIC, 10, 250),
        (Quantity.MAP, 10, 300),
        (Quantity.HEART_RATE, 10, 300),
        (Quantity.PULSE_RATE, 10, 300),
        (Quantity.SPO2, 1, 100),
        (Quantity.RESPIRATORY_RATE, 0, 99),
        (Quantity.MOAA_S, 0, 5),
    ],
)
def test_a_value_outside_what_can_be_is_blocked(quantity: Quantity, lowest: int, highest: int) -> None:
    low = Blocked(quantity=quantity, reason=BlockReason.TOO_LOW, value=lowest - 1, limit=lowest)
    high = Blocked(quantity=quantity, reason=BlockReason.TOO_HIGH, value=highest + 1, limit=highest)
    assert blocked(one(quantity, lowest - 1), POLICY) == [low]
    assert blocked(one(quantity, lowest), POLICY) == []
    assert blocked(one(quantity, highest), POLICY) == []
    assert blocked(one(quantity, highest + 1), POLICY) == [high]
    assert blocked_value(quantity, lowest, POLICY) is None
    assert blocked_value(quantity, highest + 1, POLICY) == high


def test_the_top_must_lie_above_the_bottom() -> None:
    assert blocked(pair(82, 128), POLICY) == [
        Blocked(quantity=Quantity.SYSTOLIC, reason=BlockReason.TOP_NOT_ABOVE_BOTTOM, value=82, limit=128)
    ]
    assert len(blocked(pair(100, 100), POLICY)) == 1
    assert blocked(pair(101, 100), POLICY) == []


def test_every_reason_is_listed_and_extremes_can_be_charted() -> None:
    assert [found.reason for found in blocked(pair(19, 251), POLICY)] == [
        BlockReason.TOO_LOW,
        BlockReason.TOO_HIGH,
        BlockReason.TOP_NOT_ABOVE_BOTTOM,
    ]
    extreme = Vitals(systolic_mmhg=290, diastolic_mmhg=150, pulse_rate_bpm=18, spo2_percent=45)
    assert blocked(extreme, POLICY) == []


@pytest.mark.parametrize(
    ("quantity", "change", "check"),
    [
        (Quantity.SYSTOLIC, 40, Check.CHANGED_SYSTOLIC),
        (Quantity.DIASTOLIC, 25, Check.CHANGED_DIASTOLIC),
        (Quantity.HEART_RATE, 30, Check.CHANGED_HEART_RATE),
        (Quantity.PULSE_RATE, 30, Check.CHANGED_PULSE_RATE),
        (Quantity.SPO2, 5, Check.CHANGED_SPO2),
    ],
)
def test_a_large_change_since_the_last_set_is_asked_about_either_way(
    quantity: Quantity, change: int, check: Check
) -> None:
    before = 90
    for sign in (-1, 1):
        value = before + sign * change
        question = Asked(check=check, value=value, limit=change, previous=before)
        assert question in asked(one(quantity, value), one(quantity, before), POLICY)
        near = asked(one(quantity, value - sign), one(quantity, before), POLICY)
        assert check not in [found.check for found in near]


def test_breathing_and_sedation_may_change_unasked() -> None:
    before = Vitals(respiratory_rate_bpm=10, moaa_s=5, map_mmhg=60)
    now = Vitals(respiratory_rate_bpm=40, moaa_s=0, map_mmhg=150)
    assert asked(now, before, POLICY) == []


def test_a_rate_is_compared_with_the_rate_that_is_known() -> None:
    question = Asked(check=Check.CHANGED_PULSE_RATE, value=110, limit=30, previous=70)
    assert asked(Vitals(pulse_rate_bpm=110), Vitals(heart_rate_bpm=70), POLICY) == [question]


def test_a_first_set_has_nothing_to_be_compared_with() -> None:
    assert asked(pair(128, 82), None, POLICY) == []
    assert asked(Vitals(spo2_percent=90), pair(128, 82), POLICY) == []


@pytest.mark.parametrize(
    ("vitals", "expected"),
    [
        (pair(118, 100), []),
        (pair(117, 100), [(Check.PULSE_PRESSURE_NARROW, 17, 18)]),
        (pair(200, 100), []),
        (pair(201, 100), [(Check.PULSE_PRESSURE_WIDE, 101, 100)]),
        (pair(70, 40), []),
        (pair(69, 40), [(Check.SYSTOLIC_VERY_LOW, 69, 70)]),
        (pair(220, 150), []),
        (pair(221, 150), [(Check.SYSTOLIC_VERY_HIGH, 221, 220)]),
        (Vitals(systolic_mmhg=221), [(Check.SYSTOLIC_VERY_HIGH, 221, 220)]),
        (Vitals(diastolic_mmhg=40), []),
    ],
)
def test_odd_pressures_are_asked_about(vitals: Vitals, expected: list[tuple[Check, int, int]]) -> None:
    found = asked(vitals, None, POLICY)
    assert [(question.check, question.value, question.limit) for question in found] == expected
    assert all(question.previous is None for question in found)


def test_changes_are_asked_about_before_odd_pressures() -> None:
    found = [question.check for question in asked(pair(230, 60), pair(120, 60), POLICY)]
    assert found == [Check.CHANGED_SYSTOLIC, Check.PULSE_PRESSURE_WIDE, Check.SYSTOLIC_VERY_HIGH]


@pytest.mark.parametrize(
    ("vitals", "expected"),
    [
        (pair(199, 119), False),
        (pair(200, 80), True),
        (pair(150, 120), True),
        (Vitals(spo2_percent=89), True),
        (Vitals(spo2_percent=90), False),
        (Vitals(), False),
    ],
)
def test_a_set_in_an_act_now_band_is_known_as_such(
    vitals: Vitals,
    expected: bool,  # noqa: FBT001
) -> None:
    assert is_act_now(vitals, {Quantity.SYSTOLIC: Fraction(120)}, POLICY) is expected
