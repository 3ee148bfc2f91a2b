"""A simulated monitor and the app's own link, joined by a real wire or one in memory; time is moved by hand.

No byte is waited for that was not sent: each side is read until it has what the other has written.
"""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING

from devices.address import parse_address
from devices.link import Link, transport_for
from devices.simulator.bedside import Bedside
from devices.simulator.monitor_model import SimulatedMonitor
from devices.simulator.scenario import load_scenario
from devices.simulator.served_wire import PtyWire, TcpWire
from devices.simulator.simulated_link import VirtualClock
from devices.transport.memory import MemoryTransport, MemoryWire
from monitor.clock import Instant
from monitor.feed import FeedEvent, LiveValue, Source
from monitor.vitals import Quantity

if TYPE_CHECKING:
    from collections.abc import Callable

    from devices.profile import Profile
    from devices.simulator.scenario import Fault
    from devices.simulator.served_wire import ServedWire
    from devices.transport.base import Transport

START = Instant(utc_ms=1_767_603_600_000, offset_minutes=0)
SCENARIO = replace(load_scenario("normal"), faults=(), events=())
HANG_UP = None  # among a frame's pieces: here the connection ends
LIVE_TRUTH_MS = 2_500  # how far back the truth of a live value is looked for, when nothing delays it
TRIES = 400
WAIT_S = 0.05

Pieces = list[bytes | None]


class InMemory:
    """The far end of a wire in memory."""

    def __init__(self) -> None:
        self.wire = MemoryWire()

    def receive(self, timeout_s: float) -> bytes:  # noqa: ARG002 - never waits
        return self.wire.far_read()

    def send(self, data: bytes) -> None:
        self.wire.far_write(data)

    def hang_up(self) -> None:
        self.wire.hang_up()

    def has_new_host(self) -> bool:
        return True

    def close(self) -> None:
        self.wire.is_plugged_in = False


class Counted:
    """The app's end, which counts what it was opened, read and written."""

    def __init__(self, inner: Transport) -> None:
        self._inner = inner
        self.opens = self.read_bytes = self.written_bytes = 0

    def open(self) -> None:
        self._inner.open()
        self.opens += 1
        self.read_bytes = self.written_bytes = 0

    def read(self, max_bytes: int, timeout_s: float) -> bytes:
        data = self._inner.read(max_bytes, timeout_s)
        self.read_bytes += len(data)
        return data

    def write(self, data: bytes) -> None:
        self._inner.write(data)
        self.written_bytes += len(data)

    def close(self) -> None:
        self._inner.close()

    def describe(self) -> str:
        return self._inner.describe()


class Joined:
    """Both ends and the truth between them; `spoil` says what becomes of each frame."""

    def __init__(
        self, profile: Profile, place: str, *, seed: int = 7, faults: tuple[Fault, ...] = ()
    ) -> None:
        self.profile = profile
        self.clock = VirtualClock(START)
        scenario = replace(SCENARIO, faults=faults)
        self.bedside = Bedside(
            scenario=scenario, seed=seed, switched_on_at_ms=START.utc_ms, cycles_from_start=True
        )
        self.monitor = SimulatedMonitor(
            protocol=profile.name, scenario=scenario, seed=seed, bedside=self.bedside
        )
        self.events: list[FeedEvent] = []
        self.shown: dict[Quantity, LiveValue] = {}
        self.spoil: Callable[[bytes], Pieces] = lambda frame: [frame]
        self.is_cut_off = False
        self.look_back_ms = LIVE_TRUTH_MS
        self.truths: deque[tuple[int, dict[Quantity, int | None]]] = deque()
        self._far, near = _ends(profile, place)
        self._near = Counted(near)
        self._opens = self._sent = self._received = 0
        self.link = Link(
            profile=profile,
            source=Source(protocol=profile.name, port="memory:", is_simulated=True),
            transport=self._near,
            clock=self.clock,
        )
        self._take(self.link.begin())

    def close(self) -> None:
        self.link.close()
        self._far.close()

    def live(self, seconds: float) -> list[FeedEvent]:
        """Let time pass; return what the link told meanwhile."""
        told_before = len(self.events)
        end_ms = self.clock.passed_ms + round(seconds * 1000)
        while (due_ms := self._next_ms()) <= end_ms:
            self.clock.move_to(due_ms)
            self._step()
        self.clock.move_to(end_ms)
        self._step()
        return self.events[told_before:]

    def now_ms(self) -> int:
        return self.clock.now().utc_ms

    def _next_ms(self) -> int:
        moments = [-int(-self.link.deadline_s * 1000 // 1)]
        if self.monitor.next_due_ms is not None:
            moments.append(self.monitor.next_due_ms - START.utc_ms)
        return max(min(moments), self.clock.passed_ms + 1)

    def _step(self) -> None:
        self.bedside.advance(self.now_ms())
        self._remember()
        self._deliver()
        self._take(self.link.step(0.0))
        self._deliver()

    def _deliver(self) -> None:
        """Carry what the app has said to the monitor, and what the monitor says to the app."""
        said = self._heard_from_app()
        if self.is_cut_off:
            said = b""
        for chunk in self.monitor.receive(said, self.now_ms()):
            if self.is_cut_off or not self.link.is_open:
                continue
            for piece in self.spoil(chunk.data):
                if piece is None:
                    self._far.hang_up()
                    self._take(self.link.step(WAIT_S))
                    return
                self._far.send(piece)
                self._sent += len(piece)
                self._drain()

    def _drain(self) -> None:
        for _ in range(TRIES):
            if self._near.read_bytes >= self._sent or not self.link.is_open:
                return
            self._take(self.link.step(WAIT_S))
        raise AssertionError(f"{self._sent} bytes sent, {self._near.read_bytes} came")

    def _heard_from_app(self) -> bytes:
        if self._near.opens != self._opens:
            self._opens, self._sent, self._received = self._near.opens, 0, 0
            self._meet()
        said = b""
        for _ in range(TRIES):
            if self._received >= self._near.written_bytes:
                break
            piece = self._far.receive(WAIT_S)
            said += piece
            self._received += len(piece)
        return said

    def _meet(self) -> None:
        """Let the far end notice who opened the wire."""
        if isinstance(self._far, PtyWire):
            return
        for _ in range(TRIES):
            if self._far.has_new_host():
                return
            self._far.receive(WAIT_S)
        raise AssertionError("nobody came")

    def _remember(self) -> None:
        bedside = self.bedside
        self.truths.append(
            (
                bedside.now_ms,
                {
                    Quantity.SPO2: bedside.spo2_percent,
                    Quantity.PULSE_RATE: bedside.pulse_bpm,
                    Quantity.HEART_RATE: bedside.heart_rate_bpm,
                    Quantity.RESPIRATORY_RATE: bedside.respiratory_rate_bpm,
                },
            )
        )
        while self.truths[0][0] < bedside.now_ms - self.look_back_ms:
            self.truths.popleft()

    def _take(self, events: list[FeedEvent]) -> None:
        for event in events:
            self.events.append(event)
            if isinstance(event, LiveValue):
                self._hold_against_truth(event)

    def _hold_against_truth(self, event: LiveValue) -> None:
        if event.value is None:
            self.shown.pop(event.quantity, None)
            return
        self.shown[event.quantity] = event
        possible = {truth[event.quantity] for _, truth in self.truths}
        assert event.value in possible, f"{event.quantity} {event.value} was never so: {possible}"


def _ends(profile: Profile, place: str) -> tuple[ServedWire | InMemory, Transport]:
    if place == "memory":
        far = InMemory()
        return far, MemoryTransport(far.wire)
    served = TcpWire(0) if place == "tcp" else PtyWire()
    return served, transport_for(parse_address(served.address), profile=profile, clock_speed=1)
