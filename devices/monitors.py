"""The links of all chairs: started from the clinic's settings, stopped, and reported on for the screens."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from devices.address import parse_address
from devices.link import Link, link_to
from devices.link_thread import LinkThread
from devices.profiles import PROFILES, profile_named
from monitor.clock import Clock
from monitor.errors import UsersError
from monitor.feed import FeedEvent, LinkChanged, LinkState, Source
from monitor.link_report import LinkReport
from monitor.settings import Chair, MonitorLink, Settings

_LOG = logging.getLogger(__name__)

_TAKEN_OUT = "This monitor was taken out of the settings. Readings are typed."

Sink = Callable[[FeedEvent], None]


class ChairMonitors:
    """One thread a chair that has a monitor.

    Args:
        clock: the app's.
        sink_for: gives the sink of a chair.
        clock_speed: of the app's clock; 1 but for demonstrations.
    """

    def __init__(self, *, clock: Clock, sink_for: Callable[[int], Sink], clock_speed: int = 1) -> None:
        self._clock = clock
        self._sink_for = sink_for
        self._clock_speed = clock_speed
        self._linked: dict[int, _Linked] = {}
        self._leaving: dict[
            str, LinkThread
        ] = {}  # by port: the thread that last left it, perhaps ended by now

    def follow(self, settings: Settings) -> None:
        """Start the links that `settings` name and are not running, stop those that they no longer name.

        Never raises for a port: a link that cannot be made is shown as lost, with its reason. Never waits for
        a wire either: a link at a port that another is just leaving begins once that one has closed it.
        """
        wanted = {chair.number: chair.monitor for chair in settings.chairs}
        for number, linked in list(self._linked.items()):
            if wanted.get(number) != linked.monitor:
                linked.thread.ask_to_stop()
                self._leaving[linked.monitor.port] = linked.thread
                del self._linked[number]
                if wanted.get(number) is None:
                    self._tell_lost(number, linked.monitor, _TAKEN_OUT)
        taken = {linked.monitor.port: number for number, linked in self._linked.items()}
        for chair in settings.chairs:
            if chair.monitor is not None and chair.number not in self._linked:
                self._begin(chair, chair.monitor, taken)

    def stop(self) -> None:
        """Stop every link and wait for its thread."""
        threads = [*self._leaving.values(), *(linked.thread for linked in self._linked.values())]
        for thread in threads:
            thread.ask_to_stop()
        for thread in threads:
            thread.join()
        self._leaving.clear()
        self._linked.clear()

    def report(self, chair: int) -> LinkReport | None:
        """A snapshot of the link of `chair`, None when it has no monitor."""
        linked = self._linked.get(chair)
        return None if linked is None else linked.thread.report

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
        try:
            _expect_free(monitor.port, taken)
            leaving = self._leaving.pop(monitor.port, None)
            thread = LinkThread(link=self._link(monitor), sink=self._sink_for(chair.number), after=leaving)
        except UsersError as refusal:
            _LOG.warning("chair %d has no link: %s", chair.number, refusal)
            self._tell_lost(chair.number, monitor, str(refusal))
            return
        taken[monitor.port] = chair.number
        self._linked[chair.number] = _Linked(monitor=monitor, thread=thread)
        thread.start()

    def _tell_lost(self, chair: int, monitor: MonitorLink, reason: str) -> None:
        source = Source(protocol=monitor.protocol, port=monitor.port, is_simulated=False)
        lost = LinkState.LOST
        self._sink_for(chair)(LinkChanged(source=source, state=lost, reason=reason, at=self._clock.now()))

    def _link(self, monitor: MonitorLink) -> Link:
        profile, address = profile_named(monitor.protocol), parse_address(monitor.port)
        return link_to(address, profile=profile, clock=self._clock, clock_speed=self._clock_speed)


def _expect_free(port: str, taken: dict[str, int]) -> None:
    if port in taken:
        raise UsersError(f"This port already serves chair {taken[port]}. Choose another port.")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Linked:
    """A running link and what it was made for."""

    monitor: MonitorLink
    thread: LinkThread
