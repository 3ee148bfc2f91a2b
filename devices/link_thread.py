"""One plain thread for one device: waits on its wire and hands frozen events to a sink.

A device that misbehaves can stop only its own thread, and a thread that dies says so.
"""

import logging
import queue
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from devices.capture import Capture, new_capture_file
from devices.link import Link
from monitor.feed import FeedEvent, LinkChanged, LinkState, LiveValue
from monitor.link_report import LinkReport
from monitor.vitals import Quality, Quantity

_log = logging.getLogger(__name__)

LONGEST_WAIT_S = 0.2  # real seconds; bounds how long `stop` waits
JOIN_TIMEOUT_S = 10.0  # a connect or write under way ends sooner


@dataclass(frozen=True, slots=True, kw_only=True)
class _Recording:
    """A recording that was asked for, and its file."""

    path: Path
    capture: Capture


class LinkThread:
    """Runs one link from `start` to `stop`.

    Args:
        link: not yet begun; belongs to this thread from `start` on.
        sink: called on this thread with every event; must not block.
        after: threads that are ending and may still hold the wire.
    """

    def __init__(
        self, *, link: Link, sink: Callable[[FeedEvent], None], after: "Iterable[LinkThread]" = ()
    ) -> None:
        self._link = link
        self._sink = sink
        self._after = tuple(after)
        self._shown: dict[Quantity, LiveValue] = {}
        self._telling = threading.Lock()  # once `ask_to_stop` returned, nothing more is told
        self._report = link.report()
        self._recording: _Recording | None = None
        self._orders: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()  # for the thread, in order
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"link {link.source.port}", daemon=True)

    @property
    def report(self) -> LinkReport:
        """The link as of its last step; may be read from any thread."""
        recording = self._recording
        if recording is None or not recording.capture.is_open or not self._thread.is_alive():
            return self._report
        return replace(self._report, recording=str(recording.path))

    @property
    def is_running(self) -> bool:
        """Whether it has begun and may still hold its wire. May be read from any thread."""
        return self._thread.is_alive()

    def record(self, path: Path) -> None:
        """Record all traffic in a new file at `path` from now on. May be called from any thread.

        Raises:
            EnvironmentFault: the file cannot be made.
        """
        capture = self._link.new_capture(new_capture_file(path))
        self._recording = _Recording(path=path, capture=capture)
        self._orders.put(lambda: self._link.record(capture))

    def stop_recording(self) -> None:
        """End the recording soon; harmless without one. May be called from any thread."""
        self._recording = None
        self._orders.put(self._link.stop_recording)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def ask_to_stop(self) -> None:
        """Let the thread end when it can; it tells nothing more. Does not wait for the wire."""
        with self._telling:
            self._stopping.set()

    def join(self) -> None:
        """Wait until the thread ended and its wire is closed. Harmless when it never started."""
        if self._thread.is_alive():
            self._thread.join(JOIN_TIMEOUT_S)

    def stop(self) -> None:
        """Ask the thread to end and wait for it."""
        self.ask_to_stop()
        self.join()

    def _run(self) -> None:
        try:
            for earlier in self._after:
                earlier.join()
            self._after = ()
            if not self._stopping.is_set():
                self._tell(self._link.begin())
            while not self._stopping.is_set():
                self._turn()
        except Exception as defect:  # noqa: BLE001 - the thread's top: a defect must be seen on the screen
            _log.exception("The thread of %s ended by a defect.", self._link.source.port)
            self._tell_end(defect)
        finally:
            self._follow_orders()
            self._link.stop_recording()
            self._link.close()

    def _follow_orders(self) -> None:
        while not self._orders.empty():
            self._orders.get()()

    def _turn(self) -> None:
        self._follow_orders()
        wait_s = min(self._link.real_wait_s(), LONGEST_WAIT_S)
        if not self._link.is_open:
            self._stopping.wait(wait_s)
            wait_s = 0.0
        self._tell(self._link.step(wait_s))

    def _tell(self, events: list[FeedEvent]) -> None:
        self._report = self._link.report()
        self._pass_on(events)

    def _tell_end(self, defect: Exception) -> None:
        source, now = self._link.source, self._link.now()
        reason = (
            f"Vigil's reader of this monitor stopped by a fault of its own ({type(defect).__name__})."
            " Chart by hand, and restart Vigil when you can."
        )
        withdrawn = [
            replace(
                each,
                value=None,
                quality=Quality.INVALID,
                measured_at_ms=now.utc_ms,
                received_at=now,
            )
            for each in self._shown.values()
            if each.value is not None
        ]
        self._pass_on([*withdrawn, LinkChanged(source=source, state=LinkState.LOST, reason=reason, at=now)])

    def _pass_on(self, events: list[FeedEvent]) -> None:
        with self._telling:
            if not self._stopping.is_set():
                for event in events:
                    if isinstance(event, LiveValue):
                        self._shown[event.quantity] = event
                    self._sink(event)
