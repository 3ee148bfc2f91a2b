"""One simulated monitor: a bedside, the face that speaks a protocol, and what spoils it on the wire.

It never reads a clock: every call says what time it is.
"""

from devices.simulator.bedside import Bedside
from devices.simulator.faces.by_protocol import face_of
from devices.simulator.faults import FaultScript
from devices.simulator.scenario import FaultKind, Scenario


class SimulatedMonitor:
    """One monitor at one bedside, which another monitor may share.

    Args:
        protocol: a profile's name.
        scenario: what goes wrong on the wire.
        seed: the same seed gives the same bytes at the same times.
        bedside: the patient, the cuff and the probe.

    Raises:
        UsersError: an unknown protocol.
    """

    def __init__(self, *, protocol: str, scenario: Scenario, seed: int, bedside: Bedside) -> None:
        self.protocol = protocol
        self.bedside = bedside
        self._face = face_of(protocol, bedside)
        self._faults = FaultScript(faults=scenario.faults, seed=seed)

    @property
    def is_unplugged(self) -> bool:
        """Whether the scenario has the cable out, as of the last call."""
        return self.bedside.has_fault(FaultKind.UNPLUGGED)

    @property
    def next_due_ms(self) -> int | None:
        """When it next sends by itself, in UTC milliseconds; None while it waits to be asked."""
        return self._face.next_due_ms

    def receive(self, data: bytes, at_ms: int) -> list[bytes]:
        """Take a host's bytes, perhaps none, and return what reaches the wire by `at_ms`, faults included."""
        self.bedside.advance(at_ms)
        frames = [*self._face.hear(data), *self._face.due()]
        return [spoiled for frame in frames if (spoiled := self._spoiled(frame))]

    def _spoiled(self, frame: bytes) -> bytes:
        return self._faults.spoil(frame, at_ms=self.bedside.now_ms, started_at_ms=self.bedside.started_at_ms)


def simulated_monitor(
    *, protocol: str, scenario: Scenario, seed: int, switched_on_at_ms: int, cycles_from_start: bool
) -> SimulatedMonitor:
    """Make a monitor with a bedside of its own; see `Bedside` for the arguments.

    Raises:
        UsersError: an unknown protocol.
    """
    bedside = Bedside(
        scenario=scenario,
        seed=seed,
        switched_on_at_ms=switched_on_at_ms,
        cycles_from_start=cycles_from_start,
    )
    return SimulatedMonitor(protocol=protocol, scenario=scenario, seed=seed, bedside=bedside)
