"""The monitors' continuous values as lines behind the charted points, from what the session keeps of them.

Nothing is joined across a silence or a value that the monitor withdrew, and nothing is judged here.
"""

import math
from collections.abc import Sequence

from monitor.bodies import ClockStepped
from monitor.trend import TrendSample
from monitor.view import SessionView
from monitor.vitals import Quantity
from ui.chart.build import LivePoints, TrendPoints

RATES = (Quantity.HEART_RATE, Quantity.PULSE_RATE)  # the first that the monitor gives is drawn
_DRAWN = (*RATES, Quantity.SPO2)
_MOST_POINTS = 3 * 3600
_BREAK_MS = 15_000


class _Line:
    """One quantity. Where two monitors give it, one is followed until it falls silent."""

    def __init__(self) -> None:
        self._port = ""
        self._times_ms: list[int] = []
        self._values: list[float] = []

    def add(self, sample: TrendSample, at_ms: int) -> None:
        """Take the next sample, at its time on the session clock."""
        last_ms = self._times_ms[-1] if self._times_ms else at_ms - _BREAK_MS - 1
        is_silent = at_ms - last_ms > _BREAK_MS or not self._values or math.isnan(self._values[-1])
        if at_ms <= last_ms or (sample.port != self._port and not is_silent):
            return
        if sample.value is None:
            self._break(at_ms)
            return
        if at_ms - last_ms > _BREAK_MS:
            self._break(last_ms + 1)
        self._port = sample.port
        self._times_ms.append(at_ms)
        self._values.append(float(sample.value))
        del self._times_ms[:-_MOST_POINTS]
        del self._values[:-_MOST_POINTS]

    def points(self) -> LivePoints:
        """Everything so far."""
        return LivePoints(times_ms=tuple(self._times_ms), values=tuple(self._values))

    def _break(self, at_ms: int) -> None:
        if self._values and not math.isnan(self._values[-1]):
            self._times_ms.append(at_ms)
            self._values.append(math.nan)


class _SessionLines:
    """The lines of one session; samples are taken once each, in order of arrival."""

    def __init__(self, view: SessionView) -> None:
        self.session = view.session
        self._lines = {quantity: _Line() for quantity in _DRAWN}
        self._taken = 0
        self._steps_taken = 0
        self._correction_ms = 0
        self._last_ms = view.seated_ms

    def follow(self, view: SessionView, samples: Sequence[TrendSample]) -> TrendPoints:
        """Take what is new of `samples`."""
        steps = [item for item in view.happened if isinstance(item.entry.body, ClockStepped)]
        for sample in samples[self._taken :]:
            while self._steps_taken < len(steps):  # whether it came before or after the clock was set
                step = steps[self._steps_taken]
                at_ms = sample.at_ms + self._correction_ms
                if self._last_ms <= at_ms <= step.at_ms:
                    break
                self._correction_ms = step.correction_ms
                self._steps_taken += 1
            at_ms = sample.at_ms + self._correction_ms
            self._last_ms = max(self._last_ms, at_ms)
            if sample.quantity in self._lines:
                self._lines[sample.quantity].add(sample, at_ms)
        self._taken = len(samples)
        rates = [self._lines[quantity].points() for quantity in RATES]
        return TrendPoints(
            rate=next((points for points in rates if points.times_ms), LivePoints()),
            saturation=self._lines[Quantity.SPO2].points(),
        )


class TrendLines:
    """The lines of every chair; another patient's begin anew."""

    def __init__(self) -> None:
        self._sessions: dict[int, _SessionLines] = {}

    def of(self, view: SessionView, samples: Sequence[TrendSample]) -> TrendPoints:
        """The lines of a session, whose samples only grow from one call to the next."""
        lines = self._sessions.get(view.chair)
        if lines is None or lines.session != view.session:
            lines = self._sessions[view.chair] = _SessionLines(view)
        return lines.follow(view, samples)
