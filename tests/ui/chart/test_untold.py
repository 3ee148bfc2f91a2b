"""Hatched is what no monitor told: a cuff monitor out of reach hides nothing that an oximeter said."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.chart.untold import FRESH_MINUTES, Stretch, told_stretches, untold_stretches

NAN = math.nan


@pytest.mark.parametrize(
    ("minutes", "values", "told"),
    [
        ((), (), ()),
        ((3.0,), (NAN,), ()),
        ((3.0,), (98.0,), ((3.0, 3.0 + FRESH_MINUTES),)),
        ((1.0, 2.0, 3.0), (98.0, 97.0, NAN), ((1.0, 3.0),)),
        ((1.0, 2.0, 5.0, 6.0), (98.0, NAN, 97.0, 97.0), ((1.0, 2.0), (5.0, 6.0 + FRESH_MINUTES))),
    ],
)
def test_a_trend_has_told_up_to_each_break(
    minutes: tuple[float, ...], values: tuple[float, ...], told: tuple[Stretch, ...]
) -> None:
    assert told_stretches(minutes, values) == told


@pytest.mark.parametrize(
    ("told", "left"),
    [
        ((), ((10.0, 20.0),)),
        (((0.0, 30.0),), ()),
        (((10.0, 20.0),), ()),
        (((0.0, 10.0), (20.0, 30.0)), ((10.0, 20.0),)),
        (((0.0, 12.0),), ((12.0, 20.0),)),
        (((18.0, 30.0),), ((10.0, 18.0),)),
        (((12.0, 14.0), (15.0, 16.0)), ((10.0, 12.0), (14.0, 15.0), (16.0, 20.0))),
    ],
)
def test_what_another_monitor_told_is_not_missing(
    told: tuple[Stretch, ...], left: tuple[Stretch, ...]
) -> None:
    assert untold_stretches([(10.0, 20.0)], told) == left


_MOMENTS = st.lists(st.integers(0, 60), unique=True, min_size=2, max_size=12).map(sorted)


def _pairs(moments: list[int]) -> tuple[Stretch, ...]:
    return tuple(zip(moments[::2], moments[1::2], strict=False))


@given(missing=_MOMENTS.map(_pairs), told=_MOMENTS.map(_pairs), minute=st.integers(0, 59))
def test_each_moment_is_hatched_if_it_is_missing_and_untold(
    missing: tuple[Stretch, ...], told: tuple[Stretch, ...], minute: int
) -> None:
    def lies_in(stretches: tuple[Stretch, ...]) -> bool:
        return any(start < minute + 0.5 < end for start, end in stretches)

    hatched = lies_in(untold_stretches(missing, told))
    assert hatched is (lies_in(missing) and not lies_in(told))
