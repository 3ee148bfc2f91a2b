"""The links of all chairs: started from the clinic's settings, stopped, and reported on for the screens."""

import logging
from collections.abc import Callable

from devices.address import parse_address
from devices.link import link_to
from devices.link_thread import LinkThread
from devices.profiles import PROFILES, profile_named
from devices.report import Direction
from monitor.clock import Clock
from monitor.errors import UsersError
from monitor.feed import FeedEvent, LinkChanged, LinkState, Source
from monitor.link_report import LinkReport, RawLine, StateSpan
from monitor.settings import Chair, MonitorLink, Settings

_LOG = logging.getLogger(__name__)

HISTORY_KEPT = 200

Sink = Callable[[FeedEvent], None]


class ChairMonitors:
    """One thread a chair that has a monitor.

    Args:
        clock: the app's.
        sink_for: gives the sink of a chair; called once a chair.
        clock_speed: of the app's clock; 1 but for demonstrations.
    """

    def __init__(self, *, clock: Clock, sink_for: Callable[[int], Sink], clock_speed: int = 1) -> None:
        self._clock = clock
        self._sink_for = sink_for
        self._clock_speed = clock_speed
        self._linked: dict[int, _Linked] = {}

    def follow(self, settings: Settings) -> None:
        """Start the links that `settings` name and are not running, stop those that they no longer name.

        Never raises for a port: a link that cannot be made is shown as lost, with its reason.
        """
        wanted = {chair.number: chair.monitor for chair in settings.chairs}
        for number, linked in list(self._linked.items()):
            if wanted.get(number) != linked.monitor:
                linked.stop()
                del self._linked[number]
        taken = {linked.monitor.port: number for number, linked in self._linked.items()}
        for chair in settings.chairs:
            if chair.monitor is not None and chair.number not in self._linked:
                self._begin(chair, chair.monitor, taken)

    def stop(self) -> None:
        """Stop every link and wait for its thread."""
        for linked in self._linked.values():
            linked.stop()
        self._linked.clear()

    def report(self, chair: int) -> LinkReport | None:
        """A snapshot of the link of `chair`, None when it has no monitor."""
        linked = self._linked.get(chair)
        return None if linked is None else linked.report()

    def profiles(self) -> tuple[str, ...]:
        """Names of the protocols that can be chosen."""
        return tuple(sorted(PROFILES))

    def port_problem(self, port: str) -> str | None:
        """A sentence when `port` cannot be a monitor's address, None when it can."""
        try:
            parse_address(port)
        except UsersError as refusal:
            return str(refusal)
        return None

    def _begin(self, chair: Chair, monitor: MonitorLink, taken: dict[str, int]) -> None:
        sink = self._sink_for(chair.number)
        try:
            _expect_free(monitor.port, taken)
            linked = _Linked(monitor, self._clock, sink, self._clock_speed)
        except UsersError as refusal:
            _LOG.warning("chair %d has no link: %s", chair.number, refusal)
            source = Source(protocol=monitor.protocol, port=monitor.port, is_simulated=False)
            lost = LinkState.LOST
            sink(LinkChanged(source=source, state=lost, reason=str(refusal), at=self._clock.now()))
            return
        taken[monitor.port] = chair.number
        self._linked[chair.number] = linked
        linked.start()


def _expect_free(port: str, taken: dict[str, int]) -> None:
    if port in taken:
        raise UsersError(f"This port already serves chair {taken[port]}. Choose another port.")


class _Linked:
    """One running link and the history of its states."""

    def __init__(self, monitor: MonitorLink, clock: Clock, sink: Sink, clock_speed: int) -> None:
        self.monitor = monitor
        self._sink = sink
        self._profile = profile_named(monitor.protocol)
        self._history: tuple[StateSpan, ...] = ()
        address = parse_address(monitor.port)
        link = link_to(address, profile=self._profile, clock=clock, clock_speed=clock_speed)
        self._thread = LinkThread(link=link, sink=self._pass_on)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._thread.stop()

    def _pass_on(self, event: FeedEvent) -> None:
        if isinstance(event, LinkChanged):
            span = StateSpan(since=event.at, state=event.state, reason=event.reason)
            self._history = (*self._history, span)[-HISTORY_KEPT:]
        self._sink(event)

    def report(self) -> LinkReport:
        report = self._thread.report
        counters = report.counters
        line = self._profile.line
        return LinkReport(
            source=report.source,
            line_settings=f"{line.baud_rate} {line.data_bits}{line.parity}{line.stop_bits}",
            quiet_time_s=self._profile.quiet_time_s,
            history=self._history,
            frames=counters.frames,
            rejected=counters.rejected,
            resyncs=counters.resyncs,
            links_lost=counters.drops,
            slowest_reply_ms=counters.slowest_reply_ms or None,
            lines=tuple(
                RawLine(at=each.at, is_sent=each.direction is Direction.SENT, raw=each.raw, note=each.note)
                for each in report.last_lines
            ),
        )
