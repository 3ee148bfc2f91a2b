"""Simulated monitors of many kinds, each at its natural rate, in a process of their own.

`python -m bench.served_monitors PROTOCOL ...` prints an address a line, and serves until its input ends.
"""

import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from bench.processes import ROOT, environment
from devices.simulator.command import make_server

PROTOCOLS = ("dinamap", "ge-dri", "hl7", "hl7-ca", "omron", "masimo", "nonin-df1", "nonin")
CALLS = "hl7-ca"  # this one calls the app


@contextmanager
def served_monitors(protocols: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Serve a monitor of each protocol until the end of the block; gives their addresses, in order."""
    command = [sys.executable, "-m", "bench.served_monitors", *protocols]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None  # noqa: S101 - piped above
        yield tuple(child.stdout.readline().strip() for _ in protocols)


def place_of(protocol: str) -> str:
    """Return where a monitor of this kind is served: on a free port, or calling one."""
    return f"call:{_free_port()}" if protocol == CALLS else "tcp:0"


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
    return port


def main() -> None:
    """Serve."""
    servers = [
        make_server(protocol=protocol, scenario="normal", seed=seed, serve=place_of(protocol))
        for seed, protocol in enumerate(sys.argv[1:], 1)
    ]
    threads = [threading.Thread(target=server.run) for server in servers]
    for server, thread in zip(servers, threads, strict=True):
        thread.start()
        print(server.address, flush=True)
    sys.stdin.read()
    for server in servers:
        server.stop()


if __name__ == "__main__":
    main()
