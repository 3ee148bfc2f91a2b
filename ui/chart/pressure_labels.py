"""Where the words of flagged pressures stand, beside their own marks and over no other; for screen and paper.

What finds no room is shortened rather than put where it could be read as a neighbour's: first the pressure
with its marks, then "!!" at the tip. The list of events, the table and the time cursor say it in full.
"""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter

from ui.chart.glyphs import TIPS_FROM_PX, draw_text
from ui.chart.placement import Box, first_free, thinned
from ui.chart.scale import TimeScale, ValueScale
from ui.chart.series import PressureMark
from ui.text.words import level_marks

OFF_PX = 12.0
HALF_BAR_PX, PLAIN_BAR_PX = 7.0, 2.5
FIRST = 3  # labels that are worded before the others have their marks
SHORT_SHARE = 0.85  # of a line's height: marks have no descenders


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelFaces:
    """How labels are written, and the height of a line."""

    title: QFont
    note: QFont
    line_px: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelLine:
    """One line of a label."""

    text: str
    face: QFont


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedLabel:
    """The lines shown beside a mark, and where."""

    box: Box
    lines: tuple[LabelLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelPlaces:
    """The pane in which labels are placed.

    `taken` is what they must not cover beside the marks, `avoided` what they cover only when they must.
    """

    time: TimeScale
    value: ValueScale
    faces: LabelFaces
    taken: tuple[Box, ...]
    avoided: tuple[Box, ...] = ()

    def place(self, marks: tuple[PressureMark, ...]) -> dict[int, PlacedLabel]:
        """Return each label that has room, by its mark's place in `marks`.

        The three most serious come first; then every flagged mark gets its "!!", and what still has room its
        words.
        """
        xs = [self.time.x_px(mark.minute) for mark in marks]
        alone = thinned(xs, [0] * len(xs), least_px=TIPS_FROM_PX) == set(range(len(xs)))
        fixed = [*(self.bar(mark, HALF_BAR_PX if alone else PLAIN_BAR_PX) for mark in marks), *self.taken]
        urgent_first = sorted(range(len(marks)), key=lambda at: (*_urgency(marks[at]), at))
        places: dict[int, PlacedLabel] = {}
        for is_short, some in ((False, urgent_first[:FIRST]), (True, urgent_first), (False, urgent_first)):
            for at in some:
                if is_short and at in places:
                    continue
                others = [label.box for place, label in places.items() if place != at]
                found = self._placed(marks[at], [*fixed, *others], is_short=is_short)
                if found is not None:
                    places[at] = found
        return places

    def _placed(self, mark: PressureMark, obstacles: list[Box], *, is_short: bool) -> PlacedLabel | None:
        value = self.value
        bounds = Box(left=2, top=value.top_px, width=self.time.width_px - 4, height=value.height_px)
        for lines in self._wordings(mark, is_short=is_short):
            candidates = self._candidates(mark, lines, is_short=is_short)
            box = first_free(candidates, [*obstacles, *self.avoided], bounds)
            box = box or first_free(candidates, obstacles, bounds)
            if box is not None:
                return PlacedLabel(box=box, lines=lines)
        return None

    def draw(
        self, painter: QPainter, marks: tuple[PressureMark, ...], placed: dict[int, PlacedLabel], ink: str
    ) -> None:
        """Draw placed labels, each ragged on the side away from its mark."""
        for at, label in placed.items():
            box = label.box
            is_left = box.right < self.time.x_px(marks[at].minute)
            side = Qt.AlignmentFlag.AlignRight if is_left else Qt.AlignmentFlag.AlignLeft
            for row, line in enumerate(label.lines):
                draw_text(
                    painter,
                    x=box.right if is_left else box.left,
                    middle=box.top + box.height / len(label.lines) * (row + 0.5),
                    text=line.text,
                    face=line.face,
                    ink=ink,
                    align=side,
                )

    def _wordings(self, mark: PressureMark, *, is_short: bool) -> list[tuple[LabelLine, ...]]:
        """Return what could be said, most first; `is_short` is the marks of the level alone."""
        if is_short:
            marks = "" if mark.level is None else level_marks(mark.level)
            return [(LabelLine(text=marks, face=self.faces.title),)] if marks else []
        title = LabelLine(text=mark.title, face=self.faces.title)
        note = LabelLine(text=mark.note, face=self.faces.note)
        lines = tuple(line for line in (title, note) if line.text)
        return [lines, lines[:1]] if lines else []

    def bar(self, mark: PressureMark, half_px: float = HALF_BAR_PX) -> Box:
        """Return the room that a mark takes."""
        left, top = self.time.x_px(mark.minute) - half_px, self.value.y_px(mark.systolic_mmhg)
        height = self.value.y_px(mark.diastolic_mmhg) - top
        return Box(left=left, top=top, width=2 * half_px, height=height)

    def _candidates(self, mark: PressureMark, lines: tuple[LabelLine, ...], *, is_short: bool) -> list[Box]:
        """Return places left and right of a mark's own bar; the shortest wording stands over or under it."""
        line_px = self.faces.line_px
        width = max(QFontMetricsF(line.face).horizontalAdvance(line.text) for line in lines)
        height = line_px * len(lines)
        x, tip = self.time.x_px(mark.minute), self.value.y_px(mark.systolic_mmhg)
        foot = self.value.y_px(mark.diastolic_mmhg)
        if is_short:
            ends = (tip - SHORT_SHARE * line_px, foot)
            return [
                Box(left=x - width / 2, top=top, width=width, height=SHORT_SHARE * line_px) for top in ends
            ]
        sides = [x - OFF_PX - width, x + OFF_PX]
        near = [-0.75, -1.0, 0.0, -1.0 * len(lines), -0.25, 0.25, 1.0]
        if not mark.title:
            sides.reverse()
            near.insert(0, -1.45)
        below = int(max(0.0, foot - tip) / line_px)
        tops = [tip + drop * line_px for drop in (*near, *range(2, below + 1))]
        return [Box(left=left, top=top, width=width, height=height) for top in tops for left in sides]


def _urgency(mark: PressureMark) -> tuple[int, float]:
    """Order by level, then by how high; a repeat without a flag of its own comes last."""
    rank = -1 if mark.level is None else mark.level.rank
    return -rank, -mark.systolic_mmhg
