"""The `simulate` command: serve a scenario and say where."""

import os
import sys
import threading
from collections.abc import Callable, Mapping
from typing import TextIO

from devices.address import SPEED_MAX
from devices.simulator.acts import Act
from devices.simulator.monitor_model import simulated_monitor
from devices.simulator.scenario import load_scenario
from devices.simulator.served_wire import served_wire
from devices.simulator.server import SimulatorServer
from monitor.clock import clock_at
from monitor.errors import UsersError

# Given the address, each act's name and meaning, and what performs one by its name.
Control = Callable[[str, Mapping[str, str], Callable[[str], None]], None]

EXIT_OK = 0


def make_server(
    *, protocol: str | None, scenario: str, seed: int, serve: str, speed: int = 1
) -> SimulatorServer:
    """Make a server that listens already; `run_simulate` runs it.

    Args:
        protocol: a profile's name; None: the scenario's own.
        scenario: a shipped scenario's name, or the path of somebody's own.
        seed: any whole number.
        serve: "pty", "tcp:PORT" (0 takes a free one), or "call:PORT" to call an app that listens there.
        speed: how many times as fast as time; only an app at the same speed is answered.

    Raises:
        UsersError: an unknown protocol, scenario, place to serve or speed, or a scenario that cannot be used.
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


def run_simulate(
    server: SimulatorServer, *, control: Control | None = None, out: TextIO | None = None
) -> int:
    """Serve until interrupted, or until the control is closed; acts come from standard input, a line each.

    Args:
        server: listens already.
        control: shows buttons for the acts and returns when it is closed; None: no window.
        out: where the line "listening on ADDRESS" goes; standard output by default.

    Returns:
        The exit status.
    """
    print(f"listening on {server.address}", file=out or sys.stdout, flush=True)
    if (typed := _typed()) is not None:
        threading.Thread(target=obey, args=(typed, server.perform), name="acts", daemon=True).start()
    try:
        if control is None:
            server.run()
        else:
            _run_beside(server, control)
    except KeyboardInterrupt:
        return EXIT_OK
    return EXIT_OK


def obey(commands: TextIO, perform: Callable[[Act], None], error_out: TextIO | None = None) -> None:
    """Perform each line of `commands`; say which there are when one is not known."""
    known = {act.value: act for act in Act}
    for line in commands:
        word = line.strip()
        if word in known:
            perform(known[word])
        elif word:
            print(f'"{word}" is not known. Known: {", ".join(known)}.', file=error_out or sys.stderr)


def _typed() -> TextIO | None:
    """Standard input; None without one, or in the background, where reading a terminal would stop it."""
    typed = sys.stdin
    if typed is None or typed.closed:
        return None
    is_in_background = os.name == "posix" and typed.isatty() and os.tcgetpgrp(typed.fileno()) != os.getpgrp()
    return None if is_in_background else typed


def _run_beside(server: SimulatorServer, control: Control) -> None:
    thread = threading.Thread(target=server.run, name="simulated monitor")
    thread.start()
    try:
        acts = {act.value: act.meaning for act in Act}
        control(server.address, acts, lambda name: server.perform(Act(name)))
    finally:
        server.stop()
        thread.join()
