"""Serve one simulated monitor on a wire, in one loop, until stopped."""

import threading

from devices.simulator.monitor_model import SimulatedDinamap
from devices.simulator.scenario import Scenario
from devices.simulator.served_wire import ServedWire
from devices.sped import SpeedGate
from monitor.clock import MS_PER_MINUTE, Clock

WAIT_S = 0.1  # real seconds; bounds how long a stop takes


class SimulatorServer:
    """One simulated DINAMAP on one wire.

    Nobody can tell a served monitor when the pump runs, so the drug runs by the scenario's own plan, and the
    cuff cycles by itself from the start.

    Args:
        scenario: what happens.
        seed: the same seed gives the same values at the same times after the start.
        wire: already listening; closed when `run` returns.
        clock: runs `speed` times as fast as time.
        speed: only hosts that announce the same are answered.
    """

    def __init__(
        self, *, scenario: Scenario, seed: int, wire: ServedWire, clock: Clock, speed: int = 1
    ) -> None:
        self._wire = wire
        self._clock = clock
        self._speed = speed
        self._gate = SpeedGate(speed=speed)
        self._stopping = threading.Event()
        switched_on_at_ms = clock.now().utc_ms
        self._monitor = SimulatedDinamap(
            scenario=scenario, seed=seed, switched_on_at_ms=switched_on_at_ms, cycles_from_start=True
        )
        starts_at_ms = switched_on_at_ms + scenario.served_start_minute * MS_PER_MINUTE
        stops_at_ms = starts_at_ms + scenario.infusion_minutes * MS_PER_MINUTE
        self._plan = [(starts_at_ms, True), (stops_at_ms, False)]

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

    def _turn(self) -> None:
        data = self._wire.receive(WAIT_S)
        at_ms = self._clock.now().utc_ms
        while self._plan and self._plan[0][0] <= at_ms:
            planned_at_ms, is_running = self._plan.pop(0)
            self._monitor.infusion_changed(planned_at_ms, is_running=is_running)
        self._monitor.advance(at_ms)
        self._wire.set_plugged_in(is_plugged_in=not self._monitor.is_unplugged)
        for answer in self._monitor.receive(self._gate.let_through(data), at_ms):
            self._wire.send(answer)
