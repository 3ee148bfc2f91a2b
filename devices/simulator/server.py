"""Serve one simulated monitor on a wire, in one loop, until stopped."""

import threading
from queue import SimpleQueue

from devices.simulator.acts import Act
from devices.simulator.monitor_model import SimulatedMonitor
from devices.simulator.served_wire import ServedWire
from devices.sped import SpeedGate
from monitor.clock import MS_PER_S, Clock, SystemClock

WAIT_S = 0.1  # real seconds; bounds how long a stop takes


class SimulatorServer:
    """One simulated monitor on one wire.

    Nobody can tell a served monitor when the pump runs, so the drug runs by the scenario's own plan.

    Args:
        monitor: switched on by the same `clock`; belongs to this server from here on.
        wire: already listening; closed when `run` returns.
        clock: runs `speed` times as fast as time.
        speed: only hosts that say the same are heard and told anything.
        beside: the server of another monitor at the same bedside, which moves the pump; the two take turns.
    """

    def __init__(
        self,
        *,
        monitor: SimulatedMonitor,
        wire: ServedWire,
        clock: Clock,
        speed: int = 1,
        beside: "SimulatorServer | None" = None,
    ) -> None:
        self._monitor = monitor
        self._wire = wire
        self._clock = clock
        self._real_clock = SystemClock()
        self._speed = speed
        self._gate = SpeedGate(speed=speed)
        self._acts: SimpleQueue[Act] = SimpleQueue()
        self._stopping = threading.Event()
        self.turns: threading.Lock = threading.Lock() if beside is None else beside.turns
        self._plan = monitor.bedside.planned_acts() if beside is None else []

    @property
    def address(self) -> str:
        """The setting the app is to be given."""
        return self._wire.address + (f"?speed={self._speed}" if self._speed != 1 else "")

    def run(self) -> None:
        """Answer until `stop` is called from another thread."""
        try:
            while not self._stopping.is_set():
                self._turn()
        finally:
            self._wire.close()

    def stop(self) -> None:
        """Let `run` return soon."""
        self._stopping.set()

    def perform(self, act: Act) -> None:
        """Let somebody do `act`, once this server's thread comes to it. May be called from any thread."""
        self._acts.put(act)

    def _turn(self) -> None:
        with self.turns:
            wait_s = self._wait_s()
        data = self._wire.receive(wait_s)
        with self.turns:
            self._answer(data)

    def _answer(self, data: bytes) -> None:
        at_ms, real_s = self._clock.now().utc_ms, self._real_clock.monotonic_s()
        while not self._acts.empty():
            self._monitor.bedside.perform(self._acts.get(), at_ms)
        if self._wire.has_new_host():
            self._gate.forget()
            self._monitor.opened(at_ms)
        self._follow_plan(at_ms)
        self._wire.set_plugged_in(is_plugged_in=self._monitor.is_plugged_in)
        for chunk in self._monitor.receive(self._gate.let_through(data, real_s), at_ms):
            if self._gate.is_open(real_s):
                self._wire.send(chunk.data)
            if chunk.hangs_up:
                self._wire.hang_up()

    def _follow_plan(self, at_ms: int) -> None:
        bedside = self._monitor.bedside
        while self._plan and self._plan[0][0] <= at_ms:
            planned_at_ms, percent = self._plan.pop(0)
            bedside.pump_set(planned_at_ms, percent=percent)
        bedside.advance(at_ms)

    def _wait_s(self) -> float:
        """Real seconds until the monitor speaks by itself, if that is soon."""
        due_ms = self._monitor.next_due_ms
        if due_ms is None:
            return WAIT_S
        left_s = (due_ms - self._clock.now().utc_ms) / MS_PER_S / self._speed
        return min(max(left_s, 0.0), WAIT_S)
