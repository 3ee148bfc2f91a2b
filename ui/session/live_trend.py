"""The monitor's live values while this page exists, for the pale lines behind the charted points."""

from monitor.feed import LiveValue
from monitor.view import SessionView
from ui.chart.build import LivePoints

_MOST_POINTS = 3 * 3600
_BREAK_MS = 15_000


class LiveTrend:
    """Collects one quantity, in order of arrival; a silence leaves a gap, never a line across it."""

    def __init__(self) -> None:
        self._session = ""
        self._times_ms: list[int] = []
        self._values: list[float] = []

    def add(self, view: SessionView, live: LiveValue | None) -> None:
        """Take the newest value, if it is new and later than the last."""
        if view.session != self._session:
            self._session = view.session
            self._times_ms, self._values = [], []
        if live is None or live.value is None:
            return
        at_ms = live.received_at.utc_ms + view.correction_ms
        if self._times_ms and at_ms <= self._times_ms[-1]:
            return
        if self._times_ms and at_ms - self._times_ms[-1] > _BREAK_MS:
            self._times_ms.append(self._times_ms[-1] + 1)
            self._values.append(float("nan"))
        self._times_ms.append(at_ms)
        self._values.append(float(live.value))
        del self._times_ms[:-_MOST_POINTS]
        del self._values[:-_MOST_POINTS]

    @property
    def points(self) -> LivePoints:
        """Everything collected."""
        return LivePoints(times_ms=tuple(self._times_ms), values=tuple(self._values))
