"""Vigil's one entry point: reads the command line and wires the parts. A command loads only what it needs."""

import argparse
import json
import logging
import platform
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db.commands import add_database_option, add_record_commands, chosen_database
from devices.commands import add_wire_commands
from monitor.errors import UsersError, VigilError
from monitor.version import VERSION

if TYPE_CHECKING:
    from devices.simulator.demo import DemoClinic
    from monitor.clock import Clock
    from monitor.ports import Step
    from monitor.rehearsed import Rehearsed

EXIT_OK = 0
EXIT_FAILED = 1
EXIT_REFUSED = 2
FASTEST = 1000  # times real time, for demonstrations


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit status. A failure that Vigil foresees is one sentence."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    try:
        return int(options.run(options))
    except VigilError as refusal:
        print(f"vigil: {refusal}", file=sys.stderr)
        return EXIT_REFUSED
    except KeyboardInterrupt:
        return EXIT_OK
    except BrokenPipeError:
        sys.stderr.close()
        return EXIT_OK


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="main.py", description="Vigil: chart an infusion session.")
    parser.set_defaults(run=_open_window)
    _window_options(parser)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    _window_options(_add(commands, "run", _open_window, "open the window (the default)"))
    add_wire_commands(commands, _show_control)
    _add_session_commands(commands)
    add_record_commands(commands)
    return parser


def _add_session_commands(commands: Any) -> None:
    rehearse = _add(commands, "rehearse", _rehearse, "play a whole session in virtual time")
    rehearse.add_argument(
        "--scenario",
        metavar="NAME",
        help="a name, or a file ending in .toml; by default every one, each thrown away",
    )
    rehearse.add_argument("--seed", type=int, default=1, metavar="N")
    rehearse.add_argument(
        "--protocol",
        metavar="NAME",
        help='of the monitor, two joined by "+", or "all"; by default the scenario\'s own',
    )
    rehearse.add_argument("--report", type=Path, metavar="FILE.pdf")
    rehearse.add_argument("--follow", action="store_true", help="print each entry once it is committed")
    add_database_option(rehearse)
    score = _add(commands, "score", _score, "flag a table of readings by a policy")
    score.add_argument("--policy", type=Path, required=True, metavar="FILE")
    score.add_argument("--readings", type=Path, required=True, metavar="FILE.csv")


def _add(commands: Any, name: str, run: Callable[[argparse.Namespace], int], purpose: str) -> Any:
    command = commands.add_parser(name, help=purpose, description=purpose)
    command.set_defaults(run=run)
    return command


def _window_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--demo", action="store_true", help="a demonstration clinic, thrown away at the end")
    parser.add_argument("--speed", type=int, default=1, metavar="N", help="times real time; all is simulated")
    add_database_option(parser)


def _score(options: argparse.Namespace) -> int:
    from monitor.scoring import run_score

    return run_score(options.policy, options.readings, sys.stdout, sys.stderr)


def _rehearse(options: argparse.Namespace) -> int:
    from devices.simulator.rehearse_all import EVERY_PROTOCOL

    if options.scenario is None or options.protocol == EVERY_PROTOCOL:
        return _rehearse_all(options)
    return _rehearse_one(options)


def _rehearse_all(options: argparse.Namespace) -> int:
    from devices.simulator.rehearse_all import run_rehearse_all
    from devices.simulator.scenario import load_scenario, scenario_names

    if options.database or options.report or options.follow:
        raise UsersError(
            "--database, --report and --follow are about one session. Name a --scenario and a monitor."
        )
    names = scenario_names() if options.scenario is None else (options.scenario,)
    scenarios = [load_scenario(name) for name in names]
    return run_rehearse_all(
        scenarios, protocol=options.protocol, seed=options.seed, keep=_record_at, out=sys.stdout
    )


def _rehearse_one(options: argparse.Namespace) -> int:
    from devices.simulator.carrying import demand_carried
    from devices.simulator.expectation import mismatches
    from devices.simulator.rehearsing import rehearse_scenario
    from devices.simulator.scenario import load_scenario
    from monitor.clock import SystemClock

    clock = SystemClock()
    began_s = clock.monotonic_s()
    scenario = load_scenario(options.scenario)
    protocol = options.protocol or scenario.monitor
    demand_carried(scenario, protocol)
    with _record_at(options.database) as append:

        def submit(step: "Step") -> None:
            append(step)
            if options.follow:
                _print_entries(step)

        played = rehearse_scenario(scenario, protocol=protocol, seed=options.seed, submit=submit)
    if options.report is not None:
        _write_report(options.report, played)
    found = mismatches(scenario, played.changes)
    for mismatch in found:
        print(f"vigil: {scenario.name}: {mismatch}", file=sys.stderr)
    print(json.dumps(played.summary() | {"wall_s": round(clock.monotonic_s() - began_s, 3)}))
    return EXIT_FAILED if found else EXIT_OK


@contextmanager
def _record_at(path: Path | None = None) -> "Iterator[Callable[[Step], None]]":
    """Open a record, in a folder that is thrown away if no path is given; gives what commits a step to it."""
    from db.opening import open_database

    with ExitStack() as stack:
        if path is None:
            path = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "rehearsal.db"
        database = open_database(path)
        stack.callback(database.close)
        yield database.store.append


def _print_entries(step: "Step") -> None:
    for entry in step.entries:
        line = {name: getattr(entry, name) for name in ("session", "sequence", "kind", "hash")}
        print(json.dumps(line), flush=True)


def _write_report(path: Path, played: "Rehearsed") -> None:
    from monitor.record import head
    from ui.report.write import write_report

    write_report(
        path,
        played.view,
        head(played.record),
        printed_at=played.record[-1].recorded_at,
        printed_by=played.view.operator,
        clinic="Rehearsal",
        version=VERSION,
    )


def _show_control(address: str, acts: Mapping[str, str], perform: Callable[[str], None]) -> None:
    from ui.simulator_control import show_control

    show_control(address, acts, perform)


def _open_window(options: argparse.Namespace) -> int:
    from monitor.clock import clock_at

    if not 1 <= options.speed <= FASTEST:
        raise UsersError(f"--speed is a whole number from 1 to {FASTEST}.")
    clock = clock_at(options.speed)
    with ExitStack() as stack:
        if not options.demo:
            return _run_window(stack, chosen_database(options), clock, speed=options.speed)
        from devices.simulator.demo import DemoClinic

        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="vigil-demo-")))
        demo = DemoClinic(clock=clock, speed=options.speed)
        stack.callback(demo.close)
        return _run_window(stack, folder / "demo.db", clock, speed=options.speed, demo=demo)


def _run_window(
    stack: ExitStack, path: Path, clock: "Clock", *, speed: int, demo: "DemoClinic | None" = None
) -> int:
    """Open the record, start the threads and show the window; `stack` gives everything back."""
    from db.archive import ArchiveThread
    from db.opening import open_database
    from db.policy_beside import policy_beside
    from db.writer import Writer
    from devices.monitors import ChairMonitors
    from monitor.clinic import Clinic
    from monitor.settings import Settings
    from ui.app import build_window
    from ui.application import start_application, theme_switch
    from ui.controller import ClinicController, Start

    app = start_application()
    database = open_database(path)
    stack.callback(database.close)
    if demo is not None:
        demo.fill(database.store.append, database.store.keep_beside)
    opened = database.store.open_sessions()
    settings = database.store.settings() or Settings()
    policy, policy_notices = policy_beside(path)
    damaged = [f"Chair {each.chair}: the record cannot be shown ({each.why})." for each in opened.damaged]
    writer = Writer(store=database.store, sink=lambda event: controller.recorder_sink(event), clock=clock)  # noqa: PLW0108 - made below
    clinic = Clinic(
        station=platform.node() or "station",
        records=opened.records,
        trends=opened.trends,
        new_session_id=lambda: str(uuid.uuid4()),
        submit=writer.submit,
    )
    start = Start(
        settings=settings,
        policy=policy,
        drafts=database.store.drafts(),
        is_demo=demo is not None or speed != 1,  # what runs at another speed cannot be real
        notices=(*damaged, *policy_notices),
    )
    controller = ClinicController(clinic, writer, clock, start)
    archive = ArchiveThread(database)
    monitors = ChairMonitors(
        clock=clock, sink_for=controller.feed_sink, unplugged=controller.unplug_sink, clock_speed=speed
    )
    window = build_window(controller, theme_switch(app, settings.theme), archive, monitors)
    stack.callback(archive.close)
    stack.callback(monitors.stop)
    controller.settings_changed.connect(lambda: monitors.follow(controller.settings))
    window.fill(window.screen().availableSize())
    window.show()
    try:
        for part in (writer, archive, controller):
            part.start()
        monitors.follow(settings)
        status = app.exec()
    finally:
        controller.stop()
        unsaved = writer.close()
    for sentence in unsaved.sentences:
        print(f"vigil: {sentence}", file=sys.stderr)
    return EXIT_FAILED if unsaved.sentences else status


if __name__ == "__main__":
    sys.exit(main())
