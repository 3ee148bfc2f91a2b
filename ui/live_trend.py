"""The monitors' live values while the app runs, for the pale lines behind the charted points."""

from monitor.feed import LiveValue
from monitor.view import SessionView
from monitor.vitals import Quantity
from monitor.wire import Wire
from ui.chart.build import LivePoints

LIVE_RATES = (Quantity.HEART_RATE, Quantity.PULSE_RATE)  # the first that the monitor gives is drawn
_LIVE = (*LIVE_RATES, Quantity.SPO2)
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
        if at_ms < view.seated_ms:
            return  # of whoever sat there before
        if self._times_ms and at_ms <= self._times_ms[-1]:
            return
        if self._times_ms and at_ms - self._times_ms[-1] > _BREAK_MS:
            self._times_ms.append(self._times_ms[-1] + 1)
            self._values.append(float("nan"))
        self._times_ms.append(at_ms)
        self._values.append(float(live.value))
        del self._times_ms[:-_MOST_POINTS]
        del self._values[:-_MOST_POINTS]

    def points_of(self, view: SessionView) -> LivePoints:
        """Everything collected of that session."""
        if view.session != self._session:
            return LivePoints()
        return LivePoints(times_ms=tuple(self._times_ms), values=tuple(self._values))


class LiveTrends:
    """The trends of every chair, whatever page is in sight; another patient's begins anew."""

    def __init__(self) -> None:
        self._trends: dict[tuple[int, Quantity], LiveTrend] = {}

    def add(self, view: SessionView, wire: Wire) -> None:
        """Take what the monitor beside that session gives now."""
        for quantity in _LIVE:
            self._trends.setdefault((view.chair, quantity), LiveTrend()).add(view, wire.live_value(quantity))

    def rate(self, view: SessionView) -> LivePoints:
        """Heart rate, or pulse rate where the monitor never gave that."""
        found = [self._points(view, quantity) for quantity in LIVE_RATES]
        return next((points for points in found if points.times_ms), LivePoints())

    def saturation(self, view: SessionView) -> LivePoints:
        """Oxygen saturation."""
        return self._points(view, Quantity.SPO2)

    def _points(self, view: SessionView, quantity: Quantity) -> LivePoints:
        trend = self._trends.get((view.chair, quantity))
        return LivePoints() if trend is None else trend.points_of(view)
