"""Where labels go so that none covers another or a mark. Pure arithmetic on rectangles; no Qt."""

import math
from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle in pixels, y downwards."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.top + self.height

    def overlaps(self, other: "Box") -> bool:
        """Whether the two share area; touching edges do not."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def holds(self, other: "Box") -> bool:
        """Whether `other` lies wholly inside."""
        across = self.left <= other.left and other.right <= self.right
        return across and self.top <= other.top and other.bottom <= self.bottom


def first_free(candidates: list[Box], obstacles: list[Box], bounds: Box) -> Box | None:
    """Return the first candidate inside `bounds` that overlaps no obstacle, None when there is none."""
    for candidate in candidates:
        if bounds.holds(candidate) and not any(candidate.overlaps(one) for one in obstacles):
            return candidate
    return None


class Hand(Enum):
    """On which side of its marker a text stands."""

    RIGHT = "right"
    LEFT = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A text's row, counted from the top, and its side of the marker; no hand means the marker alone."""

    row: int
    hand: Hand | None


def place_in_rows(  # noqa: PLR0913 - the strip, and what stands in it
    *,
    anchors_px: list[float],
    widths_px: list[float],
    rows: int,
    width_px: float,
    walls_px: tuple[float, ...] = (),
    marker_px: float = 6.0,
    gap_px: float = 8.0,
    drops_what_has_no_room: bool = False,
) -> list[Placed] | None:
    """Place one text beside each marker, in `rows` rows, right of it where that is free, otherwise left.

    Args:
        anchors_px: marker centres, ascending.
        widths_px: text widths, in the same order.
        rows: rows to use.
        width_px: the strip's width; no text leaves it.
        walls_px: upright lines that no text may cross, such as now.
        marker_px: half a marker's width with its air.
        gap_px: least air between two texts.
        drops_what_has_no_room: leave a marker alone where its text finds no room.

    Returns:
        One place for each, or None when not all fit.
    """
    taken: list[list[tuple[float, float]]] = [[] for _ in range(rows)]
    placed: list[Placed] = []
    for anchor, width in zip(anchors_px, widths_px, strict=True):
        spans = {
            Hand.RIGHT: (anchor - marker_px, anchor + marker_px + width + gap_px),
            Hand.LEFT: (anchor - marker_px - width - gap_px, anchor + marker_px),
        }
        spot = _free_spot(spans, taken, width_px=width_px, walls_px=walls_px)
        if spot is None and drops_what_has_no_room:
            placed.append(Placed(row=len(placed) % rows, hand=None))
            continue
        if spot is None:
            return None
        taken[spot[0]].append(spans[spot[1]])
        placed.append(Placed(row=spot[0], hand=spot[1]))
    return placed


def _free_spot(
    spans: dict[Hand, tuple[float, float]],
    taken: list[list[tuple[float, float]]],
    *,
    width_px: float,
    walls_px: tuple[float, ...],
) -> tuple[int, Hand] | None:
    anchor = (spans[Hand.LEFT][1] + spans[Hand.RIGHT][0]) / 2
    for hand in Hand:
        left, right = spans[hand]
        text = (anchor, right) if hand is Hand.RIGHT else (left, anchor)
        if (hand is Hand.LEFT and left < 0) or (hand is Hand.RIGHT and right > width_px):
            continue
        if any(text[0] < wall < text[1] and abs(wall - anchor) > 1 for wall in walls_px):
            continue
        for row, spans_in_row in enumerate(taken):
            if all(right <= other[0] or other[1] <= left for other in spans_in_row):
                return row, hand
    return None


def spread(
    centres_px: list[float], *, least_px: float, first_px: float = -math.inf, last_px: float = math.inf
) -> list[float]:
    """Move centres, given from the top down, just far enough apart: each crowd keeps its middle and order.

    None comes before `first_px` or after `last_px`, unless there is no room for all between the two.
    """
    crowds: list[tuple[float, int]] = []  # the mean of what its members want without the gaps, and how many
    for at, centre in enumerate(centres_px):
        crowds.append((centre - at * least_px, 1))
        while len(crowds) > 1 and crowds[-1][0] < crowds[-2][0]:
            (one, ones), (other, others) = crowds[-2:]
            crowds[-2:] = [((one * ones + other * others) / (ones + others), ones + others)]
    wanted = [mean for mean, count in crowds for _ in range(count)]
    end_px = last_px - (len(wanted) - 1) * least_px
    return [max(first_px, min(mean, end_px)) + at * least_px for at, mean in enumerate(wanted)]


def line_up(
    starts_px: list[float], widths_px: list[float], *, left_px: float, right_px: float, gap_px: float
) -> list[float] | None:
    """Place texts in one line, each at its start where that is free, none past an edge or over another.

    Args:
        starts_px: where each would like to begin, ascending.
        widths_px: text widths, in the same order.
        left_px: where the line begins.
        right_px: where it ends.
        gap_px: least air between two texts.

    Returns:
        The left edge of each, or None when they do not fit.
    """
    placed: list[float] = []
    free_px = left_px
    for start, width in zip(starts_px, widths_px, strict=True):
        placed.append(max(start, free_px))
        free_px = placed[-1] + width + gap_px
    free_px = right_px
    for at in reversed(range(len(placed))):
        placed[at] = min(placed[at], free_px - widths_px[at])
        free_px = placed[at] - gap_px
    return None if placed and placed[0] < left_px else placed


def clusters(xs_px: list[float], *, least_px: float) -> list[range]:
    """Group neighbours, given ascending, that lie nearer than `least_px` to the first of their group."""
    found: list[range] = []
    for at, x in enumerate(xs_px):
        if found and x - xs_px[found[-1].start] < least_px:
            found[-1] = range(found[-1].start, at + 1)
        else:
            found.append(range(at, at + 1))
    return found


def thinned(xs_px: list[float], ranks: list[int], *, least_px: float) -> set[int]:
    """Choose places that lie `least_px` apart, those of the lowest rank first, then from the left."""
    chosen: set[int] = set()
    for at in sorted(range(len(xs_px)), key=lambda place: (ranks[place], xs_px[place])):
        if all(abs(xs_px[at] - xs_px[other]) >= least_px for other in chosen):
            chosen.add(at)
    return chosen
