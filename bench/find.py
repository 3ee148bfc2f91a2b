"""How long it takes to name the monitors on four ports: `python -m bench.find [KIND ...]`.

Each kind is served by a simulated monitor in a process of its own, on a pseudo-terminal; `silent` is a port
on which nobody speaks. Every kind that Vigil searches for is looked for on each, all ports side by side.
"""

import argparse
import os
import pty
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager

from bench.processes import ROOT
from devices.detect import PortSearch, Search
from devices.free_ports import searched_port
from devices.profiles import PROFILES
from monitor.clock import SystemClock
from monitor.link_report import SearchOutcome

GOAL_S = 30.0
SILENT = "silent"
USUAL = ("dinamap", "ge-dri", "masimo", "nonin")
LOOK_S = 0.05


def measure(kinds: Sequence[str]) -> list[tuple[float, str, str]]:
    """Search one port a kind; returns when each search ended, in seconds, its kind, and what was named."""
    clock = SystemClock()
    with ExitStack() as stack:
        ports = [stack.enter_context(_served(kind)) for kind in kinds]
        search = Search(
            [
                PortSearch(port=port, profiles=PROFILES.values(), open_port=searched_port, clock=clock)
                for port in ports
            ]
        )
        began_s = clock.monotonic_s()
        search.start()
        stack.callback(search.stop)
        ended: dict[str, tuple[float, str, str]] = {}
        while len(ended) < len(ports):
            search.join(LOOK_S)
            for kind, report in zip(kinds, search.reports, strict=True):
                if report.outcome is not SearchOutcome.SEARCHING and report.port not in ended:
                    ended[report.port] = (clock.monotonic_s() - began_s, kind, report.protocol)
        return sorted(ended.values())


@contextmanager
def _served(kind: str) -> Iterator[str]:
    """A port with a simulated monitor of `kind`, or with nobody."""
    if kind == SILENT:
        near, far = pty.openpty()
        yield f"serial:{os.ttyname(far)}"
        os.close(near)
        os.close(far)
        return
    command = [
        sys.executable,
        "main.py",
        "simulate",
        "--scenario",
        "normal",
        "--protocol",
        kind,
        "--serve",
        "pty",
    ]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True
    ) as simulator:
        assert simulator.stdout is not None  # noqa: S101 - asked for above
        yield simulator.stdout.readline().split()[-1]
        simulator.terminate()


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("kinds", nargs="*", default=list(USUAL))
    ended = measure(parser.parse_args().kinds)
    for after_s, kind, named in ended:
        print(f"{after_s:5.1f} s  {kind}: {named or 'nothing'}")
    print(f"{ended[-1][0]:5.1f} s  all {len(ended)}; the goal is {GOAL_S:g} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
