"""Where a pane is hatched: while a monitor told nothing, but for what another one told of this quantity."""

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from ui.chart.series import ChartModel

FRESH_MINUTES = 0.25  # how long the newest value stands; a silence as long breaks the line

Stretch = tuple[float, float]  # from minute to minute


def told_stretches(minutes: npt.ArrayLike, values: npt.ArrayLike) -> tuple[Stretch, ...]:
    """Return where a trend has values: from each first one to the break after it.

    Args:
        minutes: shape (n,), ascending.
        values: shape (n,), NaN where the trend breaks off.
    """
    at = np.asarray(minutes, dtype=float)
    is_told = np.isfinite(np.asarray(values, dtype=float))
    ends_at = np.append(at, at[-1:] + FRESH_MINUTES)
    edges = np.flatnonzero(np.diff(is_told, prepend=False, append=False))
    return tuple((float(at[first]), float(ends_at[after])) for first, after in edges.reshape(-1, 2))


def untold_stretches(missing: Iterable[Stretch], told: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """Return what of `missing` lies outside of `told`, which is ascending."""
    left: list[Stretch] = []
    for start, end in missing:
        reached = start
        for told_from, told_until in told:
            if told_from >= end:
                break
            if told_from > reached:
                left.append((reached, told_from))
            reached = max(reached, told_until)
        if reached < end:
            left.append((reached, end))
    return tuple(left)


def untold_in(model: ChartModel, told: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """Return what of the chart's gaps lies outside of `told`."""
    return untold_stretches(((gap.start_minute, model.until(gap.end_minute)) for gap in model.gaps), told)
