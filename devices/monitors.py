"""The links of all chairs: started from the clinic's settings, stopped, and reported on for the screens."""

import logging
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta, timezone
from pathlib import Path

from devices.address import parse_address
from devices.detect import PortSearch, Search
from devices.free_ports import free_ports, searched_port, serial_ports
from devices.link import Link, expect_same_speed, link_to
from devices.link_thread import LinkThread
from devices.profiles import PROFILES, profile_named
from devices.refused import refused_report
from devices.same_port import PortIdentity, is_same_port, port_identity
from devices.support import write_support_file
from monitor.clock import MS_PER_S, Clock, Instant, SystemClock
from monitor.errors import UsersError
from monitor.feed import FeedEvent, LinkChanged, Source
from monitor.link_report import LinkReport
from monitor.settings import MonitorLink, Settings

_LOG = logging.getLogger(__name__)

Sink = Callable[[FeedEvent], None]
Place = tuple[int, MonitorLink]  # a chair's number and one of its monitors


class ChairMonitors:
    """One thread a monitor.

    Args:
        clock: the app's.
        sink_for: gives the sink of a chair.
        unplugged: told after everything else of a monitor that no longer belongs to a chair.
        clock_speed: of the app's clock; 1 but for demonstrations.
        list_ports: names the serial ports that a search may look at.
    """

    def __init__(
        self,
        *,
        clock: Clock,
        sink_for: Callable[[int], Sink],
        unplugged: Callable[[int, Source], None],
        clock_speed: int = 1,
        list_ports: Callable[[], Iterable[str]] = serial_ports,
    ) -> None:
        self._clock = clock
        self._sink_for = sink_for
        self._unplugged = unplugged
        self._clock_speed = clock_speed
        self._list_ports = list_ports
        self._wanted: list[Place] = []  # as the settings have them
        self._linked: dict[Place, LinkThread] = {}
        self._refused: dict[Place, LinkReport] = {}
        self._leaving: list[tuple[PortIdentity, LinkThread]] = []  # asked to stop, perhaps ended now
        self._search: Search | None = None

    def follow(self, settings: Settings) -> None:
        """Start the links that `settings` name and are not running, stop those that they no longer name.

        Never raises for a port: a link that cannot be made is shown as lost, with its reason. Never waits for
        a wire either: a link at a port that another is just leaving begins once that one has closed it.
        """
        wanted = self._wanted = _places(settings)
        for place in [each for each in self._linked if each not in wanted]:
            self._end(place)
        for place in [each for each in self._refused if each not in wanted]:
            self._unplug_refused(place)
        self._leaving = [each for each in self._leaving if each[1].is_running]
        taken = [(port_identity(monitor.port), number) for number, monitor in self._linked]
        for place in wanted:
            if place not in self._linked:
                self._begin(place, taken)

    def stop(self) -> None:
        """Stop every link and search, and wait for their threads."""
        threads = [*(thread for _, thread in self._leaving), *self._linked.values()]
        for thread in threads:
            thread.ask_to_stop()
        for thread in threads:
            thread.join()
        if self._search is not None:
            self._search.stop()
        self._leaving.clear()
        self._linked.clear()
        self._refused.clear()

    def reports(self, chair: int) -> tuple[LinkReport, ...]:
        """A snapshot of each link of `chair`, in the settings' order; one that cannot be made is lost."""
        known = self._refused | {place: thread.report for place, thread in self._linked.items()}
        return tuple(known[place] for place in self._wanted if place in known and place[0] == chair)

    def kinds(self) -> Mapping[str, str]:
        """What can be chosen: a nurse's name for it by the name of its protocol."""
        return {name: PROFILES[name].title for name in sorted(PROFILES)}

    def port_problem(self, port: str) -> str | None:
        """A sentence when `port` cannot be a monitor's address, None when it can."""
        try:
            expect_same_speed(parse_address(port), self._clock_speed)
        except UsersError as refusal:
            return str(refusal)
        return None

    def is_same_port(self, port: str, other: str) -> bool:
        """Whether two settings name one port, however they are spelled."""
        return is_same_port(port, other)

    def find(self) -> Search:
        """Begin to look for monitors on every serial port that no chair uses; ends an earlier search."""
        if self._search is not None:
            self._search.ask_to_stop()
        ports = free_ports(self._list_ports(), (monitor.port for _, monitor in self._linked))
        clock, kinds = SystemClock(), PROFILES.values()
        self._search = Search(
            [PortSearch(port=port, profiles=kinds, open_port=searched_port, clock=clock) for port in ports]
        )
        self._search.start()
        return self._search

    def record(self, chair: int, port: str, folder: Path) -> Path:
        """Record the raw traffic of a link from now on; returns the new file. Raises as `Monitors.record`."""
        thread = self._thread(chair, port)
        path = folder / _file_name(chair, thread.report, self._clock.now(), "capture")
        thread.record(path)
        return path

    def stop_recording(self, chair: int, port: str) -> None:
        """End the recording; harmless without one."""
        self._thread(chair, port).stop_recording()

    def save_support(self, chair: int, port: str, folder: Path) -> Path:
        """Write the life of a link to a new file. Raises as `Monitors.save_support`."""
        now = self._clock.now()
        report = next((each for each in self.reports(chair) if each.source.port == port), None)
        if report is None:
            raise _not_read(chair, port)
        path = folder / _file_name(chair, report, now, "support.json")
        write_support_file(path, report, now)
        return path

    def _thread(self, chair: int, port: str) -> LinkThread:
        for (number, _), thread in self._linked.items():
            if (number, thread.report.source.port) == (chair, port):
                return thread
        raise _not_read(chair, port)

    def _begin(self, place: Place, taken: list[tuple[PortIdentity, int]]) -> None:
        number, monitor = place
        port = port_identity(monitor.port)
        try:
            _expect_free(port, taken)
            leaving = [thread for left, thread in self._leaving if left.is_same(port)]
            thread = LinkThread(link=self._link(monitor), sink=self._sink_for(number), after=leaving)
        except UsersError as refusal:
            _LOG.warning("chair %d has no link: %s", number, refusal)
            self._refused[place] = refused_report(monitor, str(refusal), self._clock.now())
            self._tell_refused(place)
            return
        self._unplug_refused(place)
        taken.append((port, number))
        self._linked[place] = thread
        thread.start()

    def _end(self, place: Place) -> None:
        """Stop a link for good."""
        (number, monitor), thread = place, self._linked.pop(place)
        thread.ask_to_stop()
        self._leaving.append((port_identity(monitor.port), thread))
        self._unplugged(number, thread.report.source)

    def _unplug_refused(self, place: Place) -> None:
        """Forget that no link could be made, where that was so."""
        report = self._refused.pop(place, None)
        if report is not None:
            self._unplugged(place[0], report.source)

    def _tell_refused(self, place: Place) -> None:
        report = self._refused[place]
        now = report.history[-1]
        self._sink_for(place[0])(
            LinkChanged(source=report.source, state=now.state, reason=now.reason, at=now.since)
        )

    def _link(self, monitor: MonitorLink) -> Link:
        profile, address = profile_named(monitor.protocol), parse_address(monitor.port)
        return link_to(address, profile=profile, clock=self._clock, clock_speed=self._clock_speed)


def _not_read(chair: int, port: str) -> UsersError:
    return UsersError(f"No monitor of chair {chair} is read at {port}. Look at the settings.")


def _places(settings: Settings) -> list[Place]:
    """Each monitor of each chair, in their order, one that stands there twice once."""
    places = ((chair.number, monitor) for chair in settings.chairs for monitor in chair.monitors)
    return list(dict.fromkeys(places))


def _expect_free(port: PortIdentity, taken: Iterable[tuple[PortIdentity, int]]) -> None:
    for served, chair in taken:
        if served.is_same(port):
            raise UsersError(f"This port already serves chair {chair}. Choose another port.")


def _file_name(chair: int, report: LinkReport, at: Instant, ending: str) -> str:
    """Names chair, kind and time, and nobody."""
    wall = datetime.fromtimestamp(at.utc_ms / MS_PER_S, timezone(timedelta(minutes=at.offset_minutes)))
    return f"vigil-chair-{chair}-{report.source.protocol}-{wall:%Y%m%d-%H%M%S}.{ending}"
