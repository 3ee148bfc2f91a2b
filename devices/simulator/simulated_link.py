"""Simulated monitors at one bedside and the app's own links joined in virtual time, for rehearsals.

The bytes, decoders, supervisors and translation are those of real devices; only the wire is memory and only
the clock is moved by hand.
"""

from collections.abc import Callable

from devices.address import MEMORY_PORT
from devices.link import Link
from devices.profiles import profile_named
from devices.simulator.bedside import Bedside
from devices.simulator.carrying import monitors_named
from devices.simulator.monitor_model import SimulatedMonitor
from devices.simulator.scenario import Scenario
from devices.transport.memory import MemoryTransport, MemoryWire
from monitor.clock import MS_PER_S, Instant
from monitor.feed import FeedEvent, Source
from monitor.link_report import LinkReport

WIRE_DELAY_MS = 40  # a question and its answer at 9600 baud


class VirtualClock:
    """A clock that stands until it is moved."""

    def __init__(self, start: Instant) -> None:
        self._start = start
        self._passed_ms = 0

    @property
    def passed_ms(self) -> int:
        """Milliseconds since the start."""
        return self._passed_ms

    def move_to(self, passed_ms: int) -> None:
        """Set the time, in milliseconds since the start; never backwards."""
        self._passed_ms = max(self._passed_ms, passed_ms)

    def now(self) -> Instant:
        """Wall time."""
        return Instant(utc_ms=self._start.utc_ms + self._passed_ms, offset_minutes=self._start.offset_minutes)

    def monotonic_s(self) -> float:
        """Seconds since the start."""
        return self._passed_ms / MS_PER_S

    def boottime_s(self) -> float | None:
        """As monotonic: nothing suspends."""
        return self._passed_ms / MS_PER_S


class SimulatedLink:
    """One simulated monitor, or two at the same patient, stepped in virtual time.

    Args:
        scenario: what the patient, the cuff and the wires do.
        seed: the same seed gives the same events at the same instants on every machine.
        start: the moment the monitors are switched on and the links begin.
        protocol: the profile's name; two, joined with "+", for a cuff and an oximeter.
        cycles_from_start: whether the cuff cycles by itself before the infusion; a rehearsal's nurse starts
            her own.

    Raises:
        UsersError: an unknown protocol.
    """

    def __init__(
        self,
        *,
        scenario: Scenario,
        seed: int,
        start: Instant,
        protocol: str = "dinamap",
        cycles_from_start: bool = False,
    ) -> None:
        self._clock = VirtualClock(start)
        self._start_ms = start.utc_ms
        self._bedside = Bedside(
            scenario=scenario,
            seed=seed,
            switched_on_at_ms=start.utc_ms,
            cycles_from_start=cycles_from_start,
        )
        self._wired = [
            _Wired(
                monitor=SimulatedMonitor(
                    protocol=name,
                    scenario=scenario,
                    seed=seed,
                    bedside=self._bedside,
                    delay_ms=WIRE_DELAY_MS,
                ),
                clock=self._clock,
            )
            for name in monitors_named(protocol)
        ]
        self._has_begun = False

    @property
    def source(self) -> Source:
        """Which monitor this is, the first of two, as its events name it; always simulated."""
        return self._wired[0].link.source

    @property
    def monitors(self) -> tuple[SimulatedMonitor, ...]:
        """The simulated monitors as they stand, to be served from now on instead of stepped here."""
        return tuple(wired.monitor for wired in self._wired)

    @property
    def bedside(self) -> Bedside:
        """The patient, the cuff and the probe: the truth behind what the links tell."""
        return self._bedside

    def report(self) -> LinkReport:
        """Return the first link's state, counters and last lines."""
        return self._wired[0].link.report()

    def advance(self, until: Instant) -> list[FeedEvent]:
        """Let time pass up to and including `until`, and return what the links told, in order."""
        end_ms = until.utc_ms - self._start_ms
        events: list[FeedEvent] = []
        if not self._has_begun:
            self._has_begun = True
            for wired in self._wired:
                events += wired.begin()
        while True:
            due_ms, index = min((wired.next_due_ms, index) for index, wired in enumerate(self._wired))
            if due_ms > end_ms:
                break
            self._clock.move_to(due_ms)
            events += self._wired[index].step()
        self._clock.move_to(end_ms)
        self._bedside.advance(self._now_ms())
        return events

    def start_cuff(self) -> None:
        """The nurse presses the cuff's button on the monitor, now."""
        self._bedside.start_cuff(self._now_ms())

    def infusion_started(self, at: Instant) -> None:
        """The pump starts: the patient's rise begins, scenario minutes count from here, the cuff cycles."""
        self._bedside.infusion_changed(at.utc_ms, is_running=True)

    def infusion_paused(self, at: Instant) -> None:
        """The pump stands still: the effect fades."""
        self._bedside.infusion_changed(at.utc_ms, is_running=False)

    def infusion_resumed(self, at: Instant) -> None:
        """The pump runs again."""
        self._bedside.infusion_changed(at.utc_ms, is_running=True)

    def infusion_rate_changed(self, at: Instant, *, percent: int) -> None:
        """The pump is set to `percent` of its planned rate."""
        self._bedside.infusion_rate_changed(at.utc_ms, percent=percent)

    def infusion_stopped(self, at: Instant) -> None:
        """The pump is stopped for good: the effect fades."""
        self._bedside.infusion_changed(at.utc_ms, is_running=False)

    def _now_ms(self) -> int:
        return self._start_ms + self._clock.passed_ms


class _HostEnd(MemoryTransport):
    """The app's end, which tells when it is opened."""

    def __init__(self, wire: MemoryWire, opened: Callable[[], None]) -> None:
        super().__init__(wire)
        self._opened = opened

    def open(self) -> None:
        """Open and tell."""
        super().open()
        self._opened()


class _Wired:
    """One monitor, a wire in memory and the app's link at its other end."""

    def __init__(self, *, monitor: SimulatedMonitor, clock: VirtualClock) -> None:
        self.monitor = monitor
        self._clock = clock
        self._start_ms = clock.now().utc_ms - clock.passed_ms
        self._wire = MemoryWire()
        self.link = Link(
            profile=profile_named(monitor.protocol),
            source=Source(protocol=monitor.protocol, port=MEMORY_PORT, is_simulated=True),
            transport=_HostEnd(self._wire, lambda: monitor.opened(self._now_ms())),
            clock=clock,
        )

    @property
    def next_due_ms(self) -> int:
        """When bytes leave or arrive or the link must look (rounded up), in milliseconds since the start."""
        moments = [-int(-self.link.deadline_s * MS_PER_S // 1)]
        if self.monitor.next_due_ms is not None:
            moments.append(self.monitor.next_due_ms - self._start_ms)
        return max(min(moments), self._clock.passed_ms)

    def begin(self) -> list[FeedEvent]:
        """Open the wire."""
        events = self.link.begin()
        self._carry()
        return events

    def step(self) -> list[FeedEvent]:
        """Do what is due now."""
        self.monitor.bedside.advance(self._now_ms())
        self._wire.is_plugged_in = self.monitor.is_plugged_in
        has_hung_up = self._carry()
        events = self.link.step(0.0)
        while self.link.is_open and self._wire.has_unread:  # a flood is more than one read
            events += self.link.step(0.0)
        if has_hung_up:
            self._wire.hang_up()
            events += self.link.step(0.0)
        self._carry()
        return events

    def _carry(self) -> bool:
        """Carry the host's bytes there and what has arrived back; return whether the line went dead."""
        chunks = self.monitor.receive(self._wire.far_read(), self._now_ms())
        for chunk in chunks:
            self._wire.far_write(chunk.data)
        return any(chunk.hangs_up for chunk in chunks)

    def _now_ms(self) -> int:
        return self._start_ms + self._clock.passed_ms
