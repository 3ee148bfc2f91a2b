"""The commands about records: their options, and what runs. Each loads only what it needs."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from monitor.errors import UsersError


def add_record_commands(commands: Any) -> None:
    """Add each command to `commands`, an argparse group of subparsers."""
    entries = _add(commands, "entries", _entries, "print a session's record as JSON lines")
    entries.add_argument("session", metavar="SESSION")
    verify = _add(commands, "verify", _verify, "check every session of a database")
    verify.add_argument("--head", action="append", default=[], metavar="SESSION=HASH", help="from a report")
    _add(commands, "rebuild", _rebuild, "make the lists of a database anew from its records")
    _add(commands, "doctor", _doctor, "describe this installation as JSON")


def add_database_option(command: Any) -> None:
    """Let `command` be told which database is meant."""
    command.add_argument("--database", type=Path, metavar="FILE", help="default: in the user's data folder")


def chosen_database(options: argparse.Namespace) -> Path:
    """The database that `add_database_option` was given, else the user's own."""
    from db.connect import default_database_path

    chosen: Path | None = options.database
    return default_database_path() if chosen is None else chosen


def _add(commands: Any, name: str, run: Callable[[argparse.Namespace], int], purpose: str) -> Any:
    command = commands.add_parser(name, help=purpose, description=purpose)
    command.set_defaults(run=run)
    add_database_option(command)
    return command


def _entries(options: argparse.Namespace) -> int:
    from db.dump import run_entries

    return run_entries(options.session, chosen_database(options), sys.stdout)


def _verify(options: argparse.Namespace) -> int:
    from db.verify import run_verify

    pairs = [head.partition("=") for head in options.head]
    if not all(session and printed for session, _, printed in pairs):
        raise UsersError("--head takes SESSION=HASH, as printed on the report.")
    heads = {session: printed.replace(" ", "").lower() for session, _, printed in pairs}
    return run_verify(chosen_database(options), heads, sys.stdout)


def _rebuild(options: argparse.Namespace) -> int:
    from db.rebuild import run_rebuild

    return run_rebuild(chosen_database(options), sys.stdout)


def _doctor(options: argparse.Namespace) -> int:
    from db.doctor import run_doctor

    return run_doctor(chosen_database(options), sys.stdout)
