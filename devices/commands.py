"""The commands about wires: their options, and what runs. Each loads only what it needs."""

import argparse
import sys
from collections.abc import Callable, Mapping
from typing import Any

ShowControl = Callable[[str, Mapping[str, str], Callable[[str], None]], None]


def add_wire_commands(commands: Any, show_control: ShowControl) -> None:
    """Add each command to `commands`, an argparse group of subparsers.

    `show_control` shows a window of buttons for a simulated monitor and returns when it is closed: given the
    address, each act's name and meaning, and what performs one by its name.
    """
    simulate = _add(commands, "simulate", _simulate, "serve a simulated monitor")
    simulate.add_argument("--protocol", help="of the monitor; by default the scenario's own")
    simulate.add_argument("--scenario", required=True, help="a name, or a file of your own ending in .toml")
    simulate.add_argument("--seed", type=int, default=1)
    simulate.add_argument("--control", action="store_true", help="a window of buttons to disturb it with")
    simulate.set_defaults(show_control=show_control)
    _serving_options(simulate)
    population = _add(commands, "population", _population, "play many patients beside published figures")
    population.add_argument("--sessions", type=int, required=True, metavar="N")
    population.add_argument("--seed", type=int, required=True)
    decode = _add(commands, "decode", _decode, "decode a recorded wire to JSON lines")
    decode.add_argument("--protocol", required=True)
    decode.add_argument("file", metavar="FILE|-")
    replay = _add(commands, "replay", _replay, "play recorded traffic back, with its gaps")
    replay.add_argument("file", metavar="FILE")
    _serving_options(replay)


def _add(commands: Any, name: str, run: Callable[[argparse.Namespace], int], purpose: str) -> Any:
    command = commands.add_parser(name, help=purpose, description=purpose)
    command.set_defaults(run=run)
    return command


def _serving_options(command: Any) -> None:
    command.add_argument("--serve", required=True, metavar="pty|tcp:PORT|call:PORT")
    command.add_argument("--speed", type=int, default=1, metavar="N")


def _simulate(options: argparse.Namespace) -> int:
    from devices.simulator.command import make_server, run_simulate

    server = make_server(
        protocol=options.protocol,
        scenario=options.scenario,
        seed=options.seed,
        serve=options.serve,
        speed=options.speed,
    )
    return run_simulate(server, control=options.show_control if options.control else None)


def _population(options: argparse.Namespace) -> int:
    from devices.simulator.population import run_population

    return run_population(sessions=options.sessions, seed=options.seed, out=sys.stdout)


def _decode(options: argparse.Namespace) -> int:
    from devices.decode import run_decode

    return run_decode(options.protocol, options.file, sys.stdout)


def _replay(options: argparse.Namespace) -> int:
    from devices.simulator.replay import run_replay

    return run_replay(options.file, serve=options.serve, speed=options.speed)
