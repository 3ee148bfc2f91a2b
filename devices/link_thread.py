"""One plain thread for one device: waits on its wire and hands frozen events to a sink.

A device that misbehaves can stop only its own thread, and a thread that dies says so.
"""

import logging
import threading
from collections.abc import Callable

from devices.link import Link
from monitor.feed import FeedEvent, LinkChanged, LinkState, LiveValue
from monitor.link_report import LinkReport
from monitor.vitals import Quality, Quantity

_log = logging.getLogger(__name__)

LONGEST_WAIT_S = 0.2  # real seconds; bounds how long `stop` waits
JOIN_TIMEOUT_S = 10.0  # a connect or write under way ends sooner
LIVE_QUANTITIES = (Quantity.HEART_RATE, Quantity.PULSE_RATE, Quantity.SPO2)


class LinkThread:
    """Runs one link from `start` to `stop`.

    Args:
        link: not yet begun; belongs to this thread from `start` on.
        sink: called on this thread with every event; must not block.
    """

    def __init__(self, *, link: Link, sink: Callable[[FeedEvent], None]) -> None:
        self._link = link
        self._sink = sink
        self._report = link.report()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"link {link.source.port}", daemon=True)

    @property
    def report(self) -> LinkReport:
        """The link as of its last step; may be read from any thread."""
        return self._report

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def stop(self) -> None:
        """Ask the thread to end and wait for it; the wire is closed then. Harmless when it never started."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join(JOIN_TIMEOUT_S)

    def _run(self) -> None:
        try:
            self._tell(self._link.begin())
            while not self._stopping.is_set():
                self._turn()
        except Exception as defect:  # noqa: BLE001 - the thread's top: a defect must be seen on the screen
            _log.exception("The thread of %s ended by a defect.", self._link.source.port)
            self._tell_end(defect)
        finally:
            self._link.close()

    def _turn(self) -> None:
        wait_s = min(self._link.real_wait_s(), LONGEST_WAIT_S)
        if not self._link.is_open:
            self._stopping.wait(wait_s)
            wait_s = 0.0
        self._tell(self._link.step(wait_s))

    def _tell(self, events: list[FeedEvent]) -> None:
        self._report = self._link.report()
        for event in events:
            self._sink(event)

    def _tell_end(self, defect: Exception) -> None:
        source, now = self._link.source, self._link.now()
        reason = (
            f"Vigil's reader of this monitor stopped by a fault of its own ({type(defect).__name__})."
            " Chart by hand, and restart Vigil when you can."
        )
        self._sink(LinkChanged(source=source, state=LinkState.LOST, reason=reason, at=now))
        for quantity in LIVE_QUANTITIES:
            self._sink(
                LiveValue(
                    source=source, quantity=quantity, value=None, quality=Quality.INVALID, received_at=now
                )
            )
