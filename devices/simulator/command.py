"""The `simulate` command: serve a scenario and say where."""

import sys
from typing import TextIO

from devices.address import SPEED_MAX
from devices.simulator.monitor_model import simulated_monitor
from devices.simulator.scenario import load_scenario
from devices.simulator.served_wire import served_wire
from devices.simulator.server import SimulatorServer
from monitor.clock import clock_at
from monitor.errors import UsersError, VigilError

EXIT_OK = 0
EXIT_REFUSED = 2


def run_simulate(  # noqa: PLR0913 - one for each option of the command
    *,
    protocol: str | None,
    scenario: str,
    seed: int,
    serve: str,
    speed: int = 1,
    out: TextIO | None = None,
    error_out: TextIO | None = None,
) -> int:
    """Serve until interrupted.

    Args:
        protocol: a profile's name; None: the scenario's own.
        scenario: a shipped scenario's name.
        seed: any whole number.
        serve: "pty", "tcp:PORT" (0 takes a free one), or "call:PORT" to call an app that listens there.
        speed: how many times as fast as time; only an app at the same speed is answered.
        out: where the line "listening on ADDRESS" goes; standard output by default.
        error_out: where the sentence of a refusal goes; standard error by default.

    Returns:
        The exit status: 0 when interrupted, 2 when it could not begin or go on.
    """
    try:
        server = make_server(protocol=protocol, scenario=scenario, seed=seed, serve=serve, speed=speed)
        print(f"listening on {server.address}", file=out or sys.stdout, flush=True)
        server.run()
    except VigilError as refusal:
        print(refusal, file=error_out or sys.stderr)
        return EXIT_REFUSED
    except KeyboardInterrupt:
        return EXIT_OK
    return EXIT_OK


def make_server(
    *, protocol: str | None, scenario: str, seed: int, serve: str, speed: int = 1
) -> SimulatorServer:
    """Make a server that listens already; `run` it.

    Raises:
        UsersError: an unknown protocol, scenario, place to serve, or speed.
        EnvironmentFault: the port is in use or not allowed.
    """
    chosen = load_scenario(scenario)
    if not 1 <= speed <= SPEED_MAX:
        raise UsersError(f"--speed {speed} is not possible. Choose a whole number from 1 to {SPEED_MAX}.")
    clock = clock_at(speed)
    monitor = simulated_monitor(
        protocol=protocol or chosen.monitor,
        scenario=chosen,
        seed=seed,
        switched_on_at_ms=clock.now().utc_ms,
        cycles_from_start=True,
    )
    return SimulatorServer(monitor=monitor, wire=served_wire(serve), clock=clock, speed=speed)
