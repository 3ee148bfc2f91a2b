"""Where labels go so that none covers another or a mark. Pure arithmetic on rectangles; no Qt."""

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


def spread(centres_px: list[float], *, least_px: float) -> list[float]:
    """Move centres, given from the top down, just far enough apart, keeping their middle and order."""
    if len(centres_px) < 2:
        return list(centres_px)
    moved = [centres_px[0]]
    for centre in centres_px[1:]:
        moved.append(max(centre, moved[-1] + least_px))
    shift = (sum(centres_px) - sum(moved)) / len(moved)
    return [centre + shift for centre in moved]
