"""Where a limit lies for this patient."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

import pytest

from monitor.bands import threshold
from monitor.policy import Condition, Level, Limit, Side
from monitor.vitals import Quantity


def limit(side: Side, value: int, percent: int | None = None) -> Limit:
    return Limit(
        condition=Condition.PRESSURE_RISE,
        quantity=Quantity.SYSTOLIC,
        level=Level.WATCH,
        side=side,
        value=value,
        percent=percent,
        source="clinic to approve",
    )


@pytest.mark.parametrize(
    ("judged", "base", "at"),
    [
        (limit(Side.RISE, 40), 120, Fraction(160)),
        (limit(Side.RISE, 40, 30), 120, Fraction(156)),
        (limit(Side.RISE, 40, 30), 140, Fraction(180)),
        (limit(Side.RISE, 40), None, None),
        (limit(Side.BELOW, 100, 20), 120, Fraction(96)),
        (limit(Side.BELOW, 100, 20), 140, Fraction(100)),
        (limit(Side.BELOW, 100, 20), None, None),
        (limit(Side.BELOW, 90), None, Fraction(90)),
        (limit(Side.AT_OR_ABOVE, 160), 120, Fraction(160)),
    ],
)
def test_a_limit_lies_where_the_patients_baseline_puts_it(
    judged: Limit, base: int | None, at: Fraction | None
) -> None:
    baseline: Mapping[Quantity, Fraction] = {} if base is None else {Quantity.SYSTOLIC: Fraction(base)}
    assert threshold(judged, baseline) == at


@pytest.mark.parametrize(("base", "at"), [(None, None), (44, None), (45, Fraction(45)), (46, Fraction(45))])
def test_a_low_for_those_who_began_at_least_there_includes_that_baseline(
    base: int | None, at: Fraction | None
) -> None:
    judged = replace(limit(Side.BELOW, 45), quantity=Quantity.HEART_RATE, baseline_at_least=45)
    baseline: Mapping[Quantity, Fraction] = {} if base is None else {Quantity.HEART_RATE: Fraction(base)}
    assert threshold(judged, baseline) == at
