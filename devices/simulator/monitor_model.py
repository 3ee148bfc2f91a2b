"""One simulated monitor: a bedside, the face that speaks a protocol, and the cable to the computer.

It never reads a clock: every call says what time it is.
"""

from devices.profiles import profile_named
from devices.simulator.bedside import Bedside
from devices.simulator.cable import Cable
from devices.simulator.faces.by_protocol import face_of
from devices.simulator.faults import Chunk, FaultScript
from devices.simulator.scenario import Fault, FaultKind, Scenario

_GARBAGE = (
    Fault(kind=FaultKind.NOISE, begins_minute=0, ends_minute=1, one_in=2),
    Fault(kind=FaultKind.TRUNCATED, begins_minute=0, ends_minute=1, one_in=2),
)


class SimulatedMonitor:
    """One monitor at one bedside, which another monitor may share.

    Args:
        protocol: a profile's name.
        scenario: what goes wrong on the wire.
        seed: the same seed gives the same bytes at the same times.
        bedside: the patient, the cuff and the probe.
        delay_ms: how long each frame is on its way at least.

    Raises:
        UsersError: an unknown protocol.
    """

    def __init__(
        self, *, protocol: str, scenario: Scenario, seed: int, bedside: Bedside, delay_ms: int = 0
    ) -> None:
        self.protocol = protocol
        self.bedside = bedside
        self._face = face_of(protocol, bedside)
        has_sum = profile_named(protocol).has_sums
        self._garbage = FaultScript(faults=_GARBAGE, seed=seed, has_sum=has_sum)
        self._cable = Cable(
            FaultScript(faults=scenario.faults, seed=seed, has_sum=has_sum),
            started_at_ms=lambda: bedside.started_at_ms,
            delay_ms=delay_ms,
        )

    @property
    def is_plugged_in(self) -> bool:
        """Whether the cable is in, as of the last call."""
        return not self.bedside.touched.is_unplugged and self._cable.is_plugged_in(self.bedside.now_ms)

    @property
    def next_due_ms(self) -> int | None:
        """UTC milliseconds when it next sends by itself or something sent arrives; None: it is asked."""
        due = [each for each in (self._face.next_due_ms, self._cable.next_ms) if each is not None]
        return min(due, default=None)

    def opened(self, at_ms: int) -> None:
        """A host has opened the wire: what was under way is lost."""
        self._cable.opened(at_ms)

    def receive(self, data: bytes, at_ms: int) -> list[Chunk]:
        """Take a host's bytes, perhaps none, and return what has arrived at the host by `at_ms`, in order."""
        self.bedside.advance(at_ms)
        heard = self._cable.heard(data, at_ms)
        for frame in (*self._face.hear(heard), *self._face.due()):
            self._cable.send(self._with_garbage(frame, at_ms), at_ms)
        arrived = self._cable.arriving(at_ms)
        return arrived if self.is_plugged_in else []

    def _with_garbage(self, frame: bytes, at_ms: int) -> bytes:
        if not self.bedside.touched.has_garbage:
            return frame
        spoilt = self._garbage.carry(frame, at_ms=at_ms, started_at_ms=at_ms)
        return b"".join(chunk.data for chunk in spoilt)


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
