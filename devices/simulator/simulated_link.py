"""A simulated monitor and the app's own link joined in virtual time, for rehearsals.

The bytes, decoder, supervisor and translation are those of a real device; only the wire is memory and only
the clock is moved by hand.
"""

from devices.address import MEMORY_PORT
from devices.link import Link
from devices.profiles import profile_named
from devices.simulator.monitor_model import SimulatedDinamap
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
    """One simulated device, stepped in virtual time.

    Args:
        scenario: what the patient, the cuff and the wire do.
        seed: the same seed gives the same events at the same instants on every machine.
        start: the moment the monitor is switched on and the link begins.
        protocol: the profile's name.
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
        self._monitor = SimulatedDinamap(
            scenario=scenario,
            seed=seed,
            switched_on_at_ms=start.utc_ms,
            cycles_from_start=cycles_from_start,
        )
        self._wire = MemoryWire()
        self._answers: list[tuple[int, bytes]] = []
        self._has_begun = False
        self._source = Source(protocol=protocol, port=MEMORY_PORT, is_simulated=True)
        self._link = Link(
            profile=profile_named(protocol),
            source=self._source,
            transport=MemoryTransport(self._wire),
            clock=self._clock,
        )

    @property
    def source(self) -> Source:
        """Which monitor this is, as its events name it; always simulated."""
        return self._source

    @property
    def monitor(self) -> SimulatedDinamap:
        """The simulated monitor as it stands, to be served from now on instead of stepped here."""
        return self._monitor

    def report(self) -> LinkReport:
        """Return the link's state, counters and last lines."""
        return self._link.report()

    def advance(self, until: Instant) -> list[FeedEvent]:
        """Let time pass up to and including `until`, and return what the link told, in order."""
        end_ms = until.utc_ms - self._start_ms
        events: list[FeedEvent] = []
        if not self._has_begun:
            self._has_begun = True
            events += self._link.begin()
            self._carry_questions()
        while (due_ms := self._next_due_ms()) <= end_ms:
            self._clock.move_to(due_ms)
            self._plug_or_pull()
            self._carry_answers()
            events += self._link.step(0.0)
            self._carry_questions()
        self._clock.move_to(end_ms)
        self._monitor.advance(self._now_ms())
        return events

    def start_cuff(self) -> None:
        """The nurse presses the cuff's button on the monitor, now."""
        self._monitor.start_cuff(self._now_ms())

    def infusion_started(self, at: Instant) -> None:
        """The pump starts: the patient's rise begins, scenario minutes count from here, the cuff cycles."""
        self._monitor.infusion_changed(at.utc_ms, is_running=True)

    def infusion_paused(self, at: Instant) -> None:
        """The pump stands still: the effect fades."""
        self._monitor.infusion_changed(at.utc_ms, is_running=False)

    def infusion_resumed(self, at: Instant) -> None:
        """The pump runs again."""
        self._monitor.infusion_changed(at.utc_ms, is_running=True)

    def infusion_stopped(self, at: Instant) -> None:
        """The pump is stopped for good: the effect fades."""
        self._monitor.infusion_changed(at.utc_ms, is_running=False)

    def _now_ms(self) -> int:
        return self._start_ms + self._clock.passed_ms

    def _next_due_ms(self) -> int:
        """The next moment something happens: an answer arrives, or the link's deadline (rounded up)."""
        deadline_ms = -int(-self._link.deadline_s * MS_PER_S // 1)
        moments = [deadline_ms, *(arrives_ms for arrives_ms, _ in self._answers[:1])]
        return max(min(moments), self._clock.passed_ms)

    def _plug_or_pull(self) -> None:
        self._monitor.advance(self._now_ms())
        self._wire.is_plugged_in = not self._monitor.is_unplugged
        if not self._wire.is_plugged_in:
            self._answers.clear()

    def _carry_questions(self) -> None:
        questions = self._wire.far_read()
        if not questions:
            return
        for answer in self._monitor.receive(questions, self._now_ms()):
            self._answers.append((self._clock.passed_ms + WIRE_DELAY_MS, answer))

    def _carry_answers(self) -> None:
        while self._answers and self._answers[0][0] <= self._clock.passed_ms:
            self._wire.far_write(self._answers.pop(0)[1])
