"""The causes of missing data in one line above the saturation pane: all in sight, none past an edge."""

from PySide6.QtGui import QFont, QFontMetricsF

from ui.chart.placement import line_up
from ui.chart.scale import TimeScale
from ui.chart.series import ChartModel
from ui.text import chart_notes

GAP_PX = 12.0


def gap_captions(
    model: ChartModel, time: TimeScale, face: QFont, *, left_px: float
) -> list[tuple[float, str]]:
    """Return where each caption begins and what it says, in pixels of the plot.

    Cause and times where all have room; else the times alone; else as many of these as fit, and a count of
    the rest, which the hatch still shows.

    Args:
        model: with its gaps.
        time: the plot's minutes.
        face: how captions are written.
        left_px: where the line is free from.
    """
    gaps = model.gaps
    starts = [time.x_px(gap.start_minute) for gap in gaps]
    advance = QFontMetricsF(face).horizontalAdvance
    wordings = [[gap.text for gap in gaps], [gap.times for gap in gaps]]
    wordings += [
        [*(gap.times for gap in gaps[:count]), chart_notes.more_gaps(len(gaps) - count)]
        for count in range(len(gaps) - 1, -1, -1)
    ]
    for texts in wordings:
        placed = line_up(
            starts[: len(texts)],
            [advance(text) for text in texts],
            left_px=left_px,
            right_px=time.width_px,
            gap_px=GAP_PX,
        )
        if placed is not None:
            return list(zip(placed, texts, strict=True))
    return []
