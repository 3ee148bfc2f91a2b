"""Labels never cover each other, a mark, or leave their strip."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.chart.placement import (
    Box,
    Hand,
    Placed,
    clusters,
    first_free,
    place_in_rows,
    spread,
    thinned,
)

BOUNDS = Box(left=0, top=0, width=100, height=50)


def box(left: float, top: float, width: float = 20, height: float = 10) -> Box:
    return Box(left=left, top=top, width=width, height=height)


@pytest.mark.parametrize(
    ("candidates", "found"),
    [
        ([box(0, 0)], box(0, 0)),
        ([box(-1, 0), box(0, 0)], box(0, 0)),
        ([box(81, 0), box(80, 0)], box(80, 0)),
        ([box(0, 41)], None),
        ([box(45, 20), box(10, 20)], box(10, 20)),
        ([box(20, 20)], box(20, 20)),
        ([box(20.1, 20)], None),
    ],
)
def test_the_first_place_that_is_free_is_taken(candidates: list[Box], found: Box | None) -> None:
    assert first_free(candidates, [box(40, 15, 20, 20)], BOUNDS) == found


def rows(anchors: list[float], widths: list[float], *walls: float) -> list[Placed] | None:
    return place_in_rows(anchors_px=anchors, widths_px=widths, rows=2, width_px=300, walls_px=tuple(walls))


def test_words_stand_right_of_their_marker_in_the_first_row() -> None:
    assert rows([20, 150], [60, 60]) == [Placed(row=0, hand=Hand.RIGHT), Placed(row=0, hand=Hand.RIGHT)]


def test_near_neighbours_take_the_second_row() -> None:
    assert rows([20, 50], [60, 60]) == [Placed(row=0, hand=Hand.RIGHT), Placed(row=1, hand=Hand.RIGHT)]


def test_words_that_would_leave_the_strip_stand_left() -> None:
    assert rows([280], [60]) == [Placed(row=0, hand=Hand.LEFT)]


def test_no_words_cross_the_line_of_now() -> None:
    assert rows([150], [60], 180) == [Placed(row=0, hand=Hand.LEFT)]


def test_an_event_of_this_very_minute_still_has_its_words() -> None:
    assert rows([180], [60], 180) == [Placed(row=0, hand=Hand.RIGHT)]


def test_a_crowd_has_no_place_for_words() -> None:
    assert rows([100, 102, 104, 106, 108, 110], [60] * 6) is None


def extent(anchor: float, width: float, place: Placed) -> tuple[float, float]:
    if place.hand is Hand.RIGHT:
        return anchor - 6, anchor + 6 + width
    return anchor - 6 - width, anchor + 6


@given(st.lists(st.tuples(st.floats(0, 300), st.floats(5, 120)), max_size=8))
def test_placed_words_never_overlap(events: list[tuple[float, float]]) -> None:
    events.sort()
    placed = rows([anchor for anchor, _ in events], [width for _, width in events])
    if placed is None:
        return
    for row in (0, 1):
        extents = sorted(
            extent(anchor, width, place)
            for (anchor, width), place in zip(events, placed, strict=True)
            if place.row == row
        )
        assert all(one[1] <= other[0] for one, other in pairwise(extents))


@given(st.lists(st.floats(0, 200), max_size=6))
def test_spread_words_keep_order_and_distance(centres: list[float]) -> None:
    centres.sort()
    moved = spread(centres, least_px=16)
    assert len(moved) == len(centres)
    assert all(other - one >= 16 - 1e-6 for one, other in pairwise(moved))


def test_words_with_room_stay_where_they_are() -> None:
    assert spread([10, 40, 90], least_px=16) == [10, 40, 90]


def test_a_crowd_moves_and_its_neighbours_stay() -> None:
    assert spread([10, 40, 44, 90], least_px=16) == [10, 34, 50, 90]


def test_spread_words_keep_inside_their_bounds() -> None:
    assert spread([0, 2, 98], least_px=16, first_px=8, last_px=92) == [8, 24, 92]


@given(st.lists(st.tuples(st.floats(0, 1000), st.integers(0, 5)), max_size=30))
def test_thinned_values_lie_apart_and_the_lowest_is_never_left_out(values: list[tuple[float, int]]) -> None:
    values.sort()
    xs, ranks = [x for x, _ in values], [rank for _, rank in values]
    chosen = sorted(thinned(xs, ranks, least_px=13))
    assert all(xs[other] - xs[one] >= 13 for one, other in pairwise(chosen))
    if values:
        assert min(ranks[at] for at in chosen) == min(ranks)


def test_markers_at_one_place_are_one_group() -> None:
    assert clusters([0, 3, 7.9, 8, 30], least_px=8) == [range(3), range(3, 4), range(4, 5)]
