"""One wire and its supervisor joined: does what the supervisor orders, reports to it what the wire did.

The thread of a real device and a rehearsal in virtual time step this same object.
"""

from dataclasses import replace
from functools import partial
from typing import TextIO

from devices.address import Address, WireKind
from devices.capture import Capture
from devices.detect import PortSearch
from devices.free_ports import searched_port
from devices.ports import present_ports
from devices.profile import Profile
from devices.sped import SpedTransport
from devices.supervisor import Order, Step, Supervisor
from devices.transport.base import LinkEnded, LinkFault, LinkMoved, Transport
from devices.transport.returning import ReturningPort
from devices.transport.serial_port import NetworkSerialTransport, SerialTransport
from devices.transport.tcp import TcpTransport
from devices.transport.tcp_listener import TcpListener
from monitor.clock import Clock, ClockSample, Instant, SystemClock
from monitor.errors import UsersError
from monitor.feed import FeedEvent, LinkChanged, Source
from monitor.link_report import LinkReport, SearchOutcome

READ_BYTES = 4096


def transport_for(address: Address, *, profile: Profile, clock_speed: int) -> Transport:
    """Make the closed wire to `address`.

    Args:
        address: where the monitor is.
        profile: for its line settings.
        clock_speed: how many times as fast as time this app's clock runs; 1 but for demonstrations.

    Raises:
        UsersError: the far end and this app run at different speeds.
    """
    expect_same_speed(address, clock_speed)
    wire: Transport
    if address.kind is WireKind.TCP:
        wire = TcpTransport(
            host=address.path, port=address.tcp_port, may_be_this_computer=address.is_simulated
        )
    elif address.kind is WireKind.TCP_LISTEN:
        wire = TcpListener(
            host=address.path, port=address.tcp_port, may_be_this_computer=address.is_simulated
        )
    elif address.kind is WireKind.RFC2217:
        wire = NetworkSerialTransport(
            host=address.path,
            port=address.tcp_port,
            line=profile.line,
            may_be_this_computer=address.is_simulated,
        )
    else:
        wire = _serial_port(address, profile)
    if clock_speed == 1:
        return wire
    return SpedTransport(wire, speed=clock_speed, real_clock=SystemClock())


def expect_same_speed(address: Address, clock_speed: int) -> None:
    """Demand that a simulator at `address` runs as fast as this app's clock.

    Raises:
        UsersError: it does not.
    """
    if address.speed != clock_speed:
        raise UsersError(
            f"{address.text} runs at {address.speed} times the speed of time and this program at"
            f" {clock_speed}. Ages would be wrong, so they are not joined. Start both at the same speed."
        )


def _serial_port(address: Address, profile: Profile) -> Transport:
    port = SerialTransport(path=address.path, line=profile.line, is_pty=address.is_simulated)
    if address.is_simulated:
        return port
    return ReturningPort(
        path=address.path, port=port, ports=present_ports, speaks=partial(_is_heard, profile)
    )


def _is_heard(profile: Profile, path: str) -> bool:
    """Whether a monitor of this kind speaks at `path`; one that may be quiet for hours is not asked."""
    if profile.proof_frames is None:
        return True
    search = PortSearch(
        port=f"serial:{path}", profiles=[profile], open_port=searched_port, clock=SystemClock()
    )
    search.run()
    return search.report.outcome is SearchOutcome.FOUND


def link_to(address: Address, *, profile: Profile, clock: Clock, clock_speed: int = 1) -> "Link":
    """Make the link to the monitor at `address`, not yet begun; see `transport_for` for the arguments."""
    return Link(
        profile=profile,
        source=Source(protocol=profile.name, port=address.text, is_simulated=address.is_simulated),
        transport=transport_for(address, profile=profile, clock_speed=clock_speed),
        clock=clock,
        clock_speed=clock_speed,
    )


class Link:
    """Not thread-safe: one thread, or one rehearsal, steps it."""

    def __init__(
        self, *, profile: Profile, source: Source, transport: Transport, clock: Clock, clock_speed: int = 1
    ) -> None:
        self._source = source
        self._line_settings = profile.line.text
        self._new_scrubber = profile.new_scrubber
        self._transport = transport
        self._clock = clock
        self._clock_speed = clock_speed
        self._supervisor = Supervisor(profile=profile, source=source, now=ClockSample.read(clock))
        self._is_open = False
        self._moved_to = ""
        self._capture: Capture | None = None

    @property
    def is_open(self) -> bool:
        """Whether there is a wire to wait on."""
        return self._is_open

    @property
    def source(self) -> Source:
        """Which monitor this is, as its events name it."""
        return self._source

    @property
    def deadline_s(self) -> float:
        """When `step` must be called again, by the clock's monotonic seconds."""
        return self._supervisor.deadline_s

    def real_wait_s(self) -> float:
        """Real seconds until then, never negative."""
        return max(0.0, (self.deadline_s - self._clock.monotonic_s()) / self._clock_speed)

    def now(self) -> Instant:
        """The time by the link's clock."""
        return self._clock.now()

    def report(self) -> LinkReport:
        """Return the link's state, counters and last lines."""
        return replace(self._supervisor.report(), moved_to=self._moved_to)

    def new_capture(self, file: TextIO) -> Capture:
        """Make a recording of this link in a file just made. May be called from any thread."""
        return Capture(
            file,
            source=self._source,
            line_settings=self._line_settings,
            new_scrubber=self._new_scrubber,
        )

    def record(self, capture: Capture) -> None:
        """Note all traffic in `capture` from now on, instead of in an earlier one."""
        self.stop_recording()
        self._capture = capture

    def stop_recording(self) -> None:
        """End a recording; harmless without one."""
        if self._capture is not None:
            self._capture.close()
            self._capture = None

    def begin(self) -> list[FeedEvent]:
        """Open the wire for the first time."""
        return self._follow(self._supervisor.begin(ClockSample.read(self._clock)))

    def step(self, timeout_s: float) -> list[FeedEvent]:
        """Wait at most `timeout_s` real seconds for bytes, then do all that is due."""
        if self._is_open:
            try:
                data = self._transport.read(READ_BYTES, timeout_s)
            except LinkFault as fault:
                return self._fail(fault)
            if data:
                now = ClockSample.read(self._clock)
                if self._capture is not None:
                    self._capture.read(data, now)
                return self._follow(self._supervisor.received(data, now)) + self._follow(
                    self._supervisor.tick(now)
                )
        return self._follow(self._supervisor.tick(ClockSample.read(self._clock)))

    def close(self) -> None:
        """Close the wire."""
        self._is_open = False
        self._transport.close()

    def _follow(self, step: Step) -> list[FeedEvent]:
        events = self._noted(step)
        try:
            if step.order is Order.REOPEN:
                self.close()
            if step.order is not Order.NOTHING:
                self._transport.open()
                self._is_open = True
                events += self._follow(self._supervisor.opened(ClockSample.read(self._clock)))
            if step.send:
                self._transport.write(step.send)
                if self._capture is not None:
                    self._capture.sent(step.send, ClockSample.read(self._clock))
        except LinkFault as fault:
            events += self._fail(fault)
        return events

    def _fail(self, fault: LinkFault) -> list[FeedEvent]:
        self._moved_to = fault.moved_to if isinstance(fault, LinkMoved) else ""
        now = ClockSample.read(self._clock)
        if isinstance(fault, LinkEnded):  # a port that listens goes on listening
            self._is_open = False
            return self._noted(self._supervisor.ended(str(fault), now))
        self.close()
        return self._noted(self._supervisor.failed(str(fault), now))

    def _noted(self, step: Step) -> list[FeedEvent]:
        """What `step` tells; changes of the link are recorded too."""
        for event in step.events:
            if self._capture is not None and isinstance(event, LinkChanged):
                self._capture.changed(event, ClockSample.read(self._clock))
        return list(step.events)
