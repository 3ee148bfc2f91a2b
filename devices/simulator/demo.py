"""A demonstration clinic: three chairs, each in the middle of a session, with monitors that go on live.

Each chair's monitors speak another protocol, and one chair has two: a cuff monitor and an oximeter.

What came before now is played by the rehearsal's nurse in virtual time; each monitor is then handed, as it
stands, to a server on the loopback, and the app reads it like a real one. Everything in it is simulated.
"""

import threading
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from devices.simulator.monitor_model import SimulatedMonitor
from devices.simulator.scenario import load_scenario
from devices.simulator.served_wire import served_wire
from devices.simulator.server import SimulatorServer
from devices.simulator.simulated_link import SimulatedLink
from monitor.bodies import Patient
from monitor.clock import Clock, Instant
from monitor.policy_file import default_policy
from monitor.ports import Draft, Step
from monitor.rehearsal import Cast, play
from monitor.settings import Chair, MonitorLink, Operator, Settings

NURSES = ("M. Duarte RN", "A. Pereira RN")
CLINICIAN = "Dr H. Lindqvist"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sitter:
    """One invented patient, their monitors, the scenario played on them, and for how long already."""

    chair: int
    patient: Patient
    monitors: str
    scenario: str
    seed: int
    minutes_so_far: int


SITTERS = (
    _Sitter(
        chair=1,
        patient=Patient(
            name="OKAFOR, Ruth", birth_date="1979-03-12", clinic_number="40417", allergies="penicillin"
        ),
        monitors="omron+masimo",
        scenario="normal",
        seed=3,
        minutes_so_far=31,
    ),
    _Sitter(
        chair=2,
        patient=Patient(
            name="KOVAC, Milan", birth_date="1966-09-30", clinic_number="40388", allergies="none"
        ),
        monitors="dinamap",
        scenario="surge",
        seed=7,
        minutes_so_far=23,
    ),
    _Sitter(
        chair=3,
        patient=Patient(name="ADEYEMI, Tola", birth_date="1991-01-08", clinic_number=None, allergies="latex"),
        monitors="hl7",
        scenario="normal",
        seed=11,
        minutes_so_far=3,
    ),
)


class DemoClinic:
    """Fills a new database and serves its monitors until closed.

    Args:
        clock: the app's.
        speed: how many times as fast as time that clock runs.
    """

    def __init__(self, *, clock: Clock, speed: int = 1) -> None:
        self._clock = clock
        self._speed = speed
        self._servers: list[SimulatorServer] = []
        self._threads: list[threading.Thread] = []

    def fill(
        self,
        append: Callable[[Step], None],
        keep_beside: Callable[[Iterable[Draft], Settings | None], None],
    ) -> None:
        """Write the sessions so far and the clinic's settings, and start the monitors."""
        now = self._clock.now()
        chairs = tuple(
            Chair(number=sitter.chair, monitors=self._begin(sitter, now, append)) for sitter in SITTERS
        )
        operators = (
            *(Operator(name=name) for name in NURSES),
            Operator(name=CLINICIAN, is_clinician=True),
        )
        settings = Settings(clinic="Demonstration clinic", chairs=chairs, operators=operators)
        keep_beside((), settings)

    def close(self) -> None:
        """Switch the monitors off."""
        for server in self._servers:
            server.stop()
        for thread in self._threads:
            thread.join()

    def _begin(
        self, sitter: _Sitter, now: Instant, append: Callable[[Step], None]
    ) -> tuple[MonitorLink, ...]:
        begin = now.plus_s(-60 * sitter.minutes_so_far)
        feed = SimulatedLink(
            scenario=load_scenario(sitter.scenario),
            seed=sitter.seed,
            start=begin,
            protocol=sitter.monitors,
        )
        cast = Cast(
            session_id=str(uuid.uuid4()),
            policy=default_policy(),
            chair=sitter.chair,
            station="demonstration",
            nurse=NURSES[0],
            patient=sitter.patient,
        )
        play(cast, feed, append, begin=begin, until=now)
        first: SimulatorServer | None = None
        links = []
        for monitor in feed.monitors:
            server = self._serve(monitor, beside=first)
            first = first or server
            links.append(MonitorLink(protocol=monitor.protocol, port=server.address))
        return tuple(links)

    def _serve(self, monitor: SimulatedMonitor, *, beside: SimulatorServer | None) -> SimulatorServer:
        server = SimulatorServer(
            monitor=monitor,
            wire=served_wire("tcp:0"),
            clock=self._clock,
            speed=self._speed,
            beside=beside,
        )
        thread = threading.Thread(
            target=server.run, name=f"demonstration monitor {len(self._servers) + 1}", daemon=True
        )
        self._servers.append(server)
        self._threads.append(thread)
        thread.start()
        return server
