"""A clinic in the middle of its day, to measure: sessions under way, and monitors that go on.

What came before is played by the rehearsal's nurse; each monitor is then served on the loopback from here.
"""

import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from db.opening import open_database
from devices.simulator.scenario import load_scenario
from devices.simulator.served_wire import served_wire
from devices.simulator.server import SimulatorServer
from devices.simulator.simulated_link import SimulatedLink
from monitor.bodies import Patient
from monitor.clock import SystemClock
from monitor.policy_file import default_policy
from monitor.rehearsal import Cast, play
from monitor.settings import Chair, MonitorLink, Operator, Settings

MINUTES_SO_FAR = 25


@contextmanager
def clinic(path: Path, *, chairs: int) -> Iterator[None]:
    """Fill a new database at `path` and serve its monitors until the end of the block."""
    database = open_database(path)
    clock = SystemClock()
    now = clock.now()
    begin = now.plus_s(-60 * MINUTES_SO_FAR)
    servers = []
    for chair in range(1, chairs + 1):
        feed = SimulatedLink(scenario=load_scenario("normal"), seed=chair, start=begin)
        cast = Cast(
            session_id=str(uuid.uuid4()),
            policy=default_policy(),
            chair=chair,
            patient=Patient(
                name=f"BENCH, Patient {chair}", birth_date="1980-01-01", clinic_number=None, allergies="none"
            ),
        )
        play(cast, feed, database.store.append, begin=begin, until=now)
        servers.append(SimulatorServer(monitor=feed.monitors[0], wire=served_wire("tcp:0"), clock=clock))
    settings = Settings(
        clinic="Bench",
        chairs=tuple(
            Chair(number=number, monitors=(MonitorLink(protocol="dinamap", port=server.address),))
            for number, server in enumerate(servers, 1)
        ),
        operators=(Operator(name="Bench Nurse"),),
    )
    database.store.keep_beside((), settings)
    database.close()
    threads = [threading.Thread(target=server.run, daemon=True) for server in servers]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        for server in servers:
            server.stop()
        for thread in threads:
            thread.join()
