"""The `simulate` command end to end: a real process, a real port or pty, the app's own link on it."""

import os
import queue
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from devices.address import parse_address
from devices.kinds.dinamap import DINAMAP
from devices.link import link_to, transport_for
from devices.link_thread import LinkThread
from devices.profiles import profile_named
from devices.simulator.command import make_server
from devices.simulator.server import SimulatorServer
from devices.transport.base import LinkLost, Transport
from devices.transport.serial_port import LineSettings, SerialTransport
from devices.transport.tcp import TcpTransport
from monitor.clock import SpedClock, SystemClock, clock_at
from monitor.errors import EnvironmentFault, UsersError
from monitor.feed import CuffReading, FeedEvent, LinkChanged, LinkState, LiveValue

ROOT = Path(__file__).parents[3]
PATIENCE_S = 20.0
SPEED = 200
QUESTION = b" OA!3\r"

PROGRAM = (
    "import sys; from devices.simulator.command import make_server, run_simulate;"
    "sys.exit(run_simulate(make_server(protocol=sys.argv[3], scenario='surge', seed=7, serve=sys.argv[1],"
    " speed=int(sys.argv[2]))))"
)


@contextmanager
def simulator(serve: str, speed: int = 1, *, protocol: str = "dinamap") -> Iterator[str]:
    """Run the command and give the address it prints."""
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, serve, str(speed), protocol],
        cwd=ROOT, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as child:  # fmt: skip
        assert child.stdout is not None
        try:
            line = child.stdout.readline().strip()
            assert line.startswith("listening on ")
            yield line.removeprefix("listening on ")
        finally:
            child.terminate()


def plain_wire(address_text: str) -> Transport:
    """A host that knows nothing of speeds."""
    address = parse_address(address_text)
    if address_text.startswith("tcp:"):
        return TcpTransport(host=address.path, port=address.tcp_port, may_be_this_computer=True)
    return SerialTransport(path=address.path, line=LineSettings(baud_rate=9600), is_pty=True)


def first_line(wire: Transport) -> bytes:
    data = b""
    while not data.endswith(b"\r"):
        piece = wire.read(100, PATIENCE_S)
        assert piece, "no answer in time"
        data += piece
    return data


@pytest.mark.parametrize("serve", ["tcp:0", "pty"])
def test_it_says_where_it_listens_and_answers_there(serve: str) -> None:
    with simulator(serve) as address:
        assert parse_address(address).is_simulated
        wire = plain_wire(address)
        for _ in range(2):  # a second host after the first has left
            wire.open()
            wire.write(QUESTION)
            assert first_line(wire).startswith(b" OA1098")
            wire.close()


@pytest.mark.parametrize("serve", ["tcp:0", "pty"])
def test_the_apps_link_at_the_same_speed_reads_a_pressure(serve: str) -> None:
    with simulator(serve, SPEED) as address:
        assert address.endswith(f"?speed={SPEED}")
        base = SystemClock()
        clock = SpedClock(base=base, factor=SPEED, started=base.now(), started_monotonic_s=base.monotonic_s())
        inbox: queue.Queue[FeedEvent] = queue.Queue()
        link = link_to(parse_address(address), profile=DINAMAP, clock=clock, clock_speed=SPEED)
        thread = LinkThread(link=link, sink=inbox.put)
        thread.start()
        try:
            while not isinstance(event := inbox.get(timeout=PATIENCE_S), CuffReading):
                assert not (isinstance(event, LinkChanged) and event.state is LinkState.LOST)
        finally:
            thread.stop()
        assert 100 < (event.vitals.systolic_mmhg or 0) < 200
        assert event.source.is_simulated


@pytest.mark.parametrize("serve", ["tcp:0", "pty"])
def test_a_host_at_normal_speed_gets_nothing_from_a_sped_simulator(serve: str) -> None:
    with simulator(serve, SPEED) as address:
        with pytest.raises(UsersError, match="same speed"):
            link_to(parse_address(address), profile=DINAMAP, clock=SystemClock())
        agreed = link_to_sped(address)
        agreed.open()
        agreed.write(QUESTION)
        assert first_line(agreed).startswith(b" OA1098")
        agreed.close()
        plain = plain_wire(address)  # what an address without its speed would lead to
        plain.open()
        plain.write(QUESTION)
        assert plain.read(100, 0.3) == b""
        plain.close()


@pytest.mark.parametrize("serve", ["tcp:0", "pty"])
@pytest.mark.parametrize("protocol", ["masimo", "nonin-df2", "ge-dri", "hl7"])
def test_one_that_sends_by_itself_speaks_only_to_a_host_at_its_speed(protocol: str, serve: str) -> None:
    with simulator(serve, SPEED, protocol=protocol) as address:
        plain = plain_wire(address)
        plain.open()
        assert plain.read(100, 0.4) == b""
        plain.close()
        told = first_live(address, protocol, SPEED)
        assert told.value is not None
        plain.open()  # the one before said goodbye
        plain.read(4096, 0.1)  # a pseudo-terminal may still hold a frame that was under way then
        assert plain.read(100, 0.4) == b""
        plain.close()


def test_one_that_calls_is_heard_by_an_app_that_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    with simulator(f"call:{port}", protocol="hl7") as address:
        assert address == f"tcp-listen:127.0.0.1:{port}"
        assert first_live(address, "hl7", 1).value is not None


def first_live(address: str, protocol: str, speed: int) -> LiveValue:
    inbox: queue.Queue[FeedEvent] = queue.Queue()
    link = link_to(
        parse_address(address), profile=profile_named(protocol), clock=clock_at(speed), clock_speed=speed
    )
    thread = LinkThread(link=link, sink=inbox.put)
    thread.start()
    try:
        while not isinstance(event := inbox.get(timeout=PATIENCE_S), LiveValue):
            assert not (isinstance(event, LinkChanged) and event.state is LinkState.LOST)
    finally:
        thread.stop()
    return event


def link_to_sped(address: str) -> Transport:
    return transport_for(parse_address(address), profile=DINAMAP, clock_speed=SPEED)


def test_a_second_host_is_turned_away_while_one_is_connected() -> None:
    with simulator("tcp:0") as address:
        first, second = plain_wire(address), plain_wire(address)
        first.open()
        first.write(QUESTION)
        first_line(first)
        second.open()
        with pytest.raises(LinkLost, match="closed by the other side"):
            second.read(10, PATIENCE_S)
        first.write(QUESTION)
        assert first_line(first)
        first.close()
        second.close()


def serving(**changes: object) -> SimulatorServer:
    options: dict[str, object] = {
        "protocol": "dinamap", "scenario": "surge", "seed": 7, "serve": "tcp:0", "speed": 1, **changes,
    }  # fmt: skip
    return make_server(**options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"protocol": "philips"}, "not a protocol Vigil knows. Known: "),
        ({"scenario": "storm"}, "Known: artefact"),
        ({"serve": "udp:1"}, "pty, or tcp:PORT"),
        ({"serve": "tcp:"}, "pty, or tcp:PORT"),
        ({"serve": "tcp:65536"}, "pty, or tcp:PORT"),
        ({"speed": 0}, "from 1 to"),
        ({"speed": 1001}, "from 1 to"),
    ],
)
def test_what_cannot_be_served_is_refused_with_a_sentence(changes: dict[str, object], words: str) -> None:
    with pytest.raises(UsersError, match=re.escape(words)):
        serving(**changes)


def test_a_port_in_use_is_refused_with_a_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as holder:
        taken = f"tcp:{holder.getsockname()[1]}"
        with pytest.raises(EnvironmentFault, match="in use by another program"):
            serving(serve=taken)
