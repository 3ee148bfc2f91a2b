"""Every wire behaves alike: one suite over memory, TCP, TCP that is called, and a pseudo-terminal."""

import os
import select
import socket
import threading
import tty
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass

import pytest
import serial
from serial import rfc2217

from devices.address import parse_address
from devices.transport.base import LinkBusy, LinkDenied, LinkLost, Transport
from devices.transport.memory import MemoryTransport, MemoryWire
from devices.transport.serial_port import LineSettings, NetworkSerialTransport, SerialTransport
from devices.transport.tcp import TcpTransport
from devices.transport.tcp_listener import TcpListener

PATIENCE_S = 5.0
TURN_S = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Ends:
    """A near end under test, and what the far end can do."""

    near: Transport
    far_send: Callable[[bytes], None]
    far_receive: Callable[[int], bytes]
    far_leave: Callable[[], None]


def memory_ends(_cleanup: ExitStack) -> Ends:
    wire = MemoryWire()

    def leave() -> None:
        wire.is_plugged_in = False

    return Ends(
        near=MemoryTransport(wire),
        far_send=wire.far_write,
        far_receive=lambda _count: wire.far_read(),
        far_leave=leave,
    )


def tcp_ends(cleanup: ExitStack) -> Ends:
    listener = cleanup.enter_context(socket.create_server(("127.0.0.1", 0)))
    listener.settimeout(PATIENCE_S)
    accepted: list[socket.socket] = []

    def far() -> socket.socket:
        if not accepted:
            accepted.append(cleanup.enter_context(listener.accept()[0]))
            accepted[0].settimeout(PATIENCE_S)
        return accepted[0]

    def receive(count: int) -> bytes:
        data = b""
        while len(data) < count:
            data += far().recv(count - len(data))
        return data

    return Ends(
        near=TcpTransport(host="127.0.0.1", port=listener.getsockname()[1], may_be_this_computer=True),
        far_send=lambda data: far().sendall(data),
        far_receive=receive,
        far_leave=lambda: far().close(),
    )


class Redirector:
    """A device server that speaks RFC 2217, with a monitor of our making behind it."""

    def __init__(self, listener: socket.socket, cleanup: ExitStack) -> None:
        self._listener = listener
        self._cleanup = cleanup
        self._peer: socket.socket | None = None
        self._manager: rfc2217.PortManager | None = None
        self._heard = b""
        self._answering = threading.Thread(target=self._answer, daemon=True)
        self._answering.start()

    def send(self, data: bytes) -> None:
        self._wait(lambda: self._manager is not None)
        assert self._peer is not None
        assert self._manager is not None
        self._peer.sendall(b"".join(self._manager.escape(data)))

    def receive(self, count: int) -> bytes:
        self._wait(lambda: len(self._heard) >= count)
        return self._heard

    def leave(self) -> None:
        self._wait(lambda: self._manager is not None)
        assert self._peer is not None
        self._peer.shutdown(socket.SHUT_RDWR)

    def _wait(self, is_so: Callable[[], bool]) -> None:
        for _ in range(round(PATIENCE_S / TURN_S)):
            if is_so():
                return
            self._answering.join(TURN_S)

    def _answer(self) -> None:
        try:
            self._peer = self._cleanup.enter_context(self._listener.accept()[0])
        except OSError:  # nobody came
            return
        behind = serial.serial_for_url("loop://")
        manager = rfc2217.PortManager(behind, self)  # type: ignore[arg-type]
        self._manager = manager
        with suppress(OSError):  # the near end has gone
            while data := self._peer.recv(1024):
                self._heard += b"".join(manager.filter(data))

    def write(self, data: bytes) -> None:
        """Send what the port manager answers."""
        assert self._peer is not None
        self._peer.sendall(data)


def network_serial_ends(cleanup: ExitStack) -> Ends:
    listener = cleanup.enter_context(socket.create_server(("127.0.0.1", 0)))
    server = Redirector(listener, cleanup)
    cleanup.callback(lambda: listener.shutdown(socket.SHUT_RDWR))
    near = NetworkSerialTransport(
        host="127.0.0.1",
        port=listener.getsockname()[1],
        line=LineSettings(baud_rate=9600),
        may_be_this_computer=True,
    )
    return Ends(near=near, far_send=server.send, far_receive=server.receive, far_leave=server.leave)


class Called:
    """A listener whose caller calls as soon as it listens, so that it can be used as any other wire."""

    def __init__(self, listener: TcpListener, call: Callable[[], None]) -> None:
        self._listener = listener
        self._call = call
        self.read, self.write = listener.read, listener.write
        self.close, self.describe = listener.close, listener.describe

    def open(self) -> None:
        self._listener.open()
        self._call()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
    return port


def caller_of(port: int, cleanup: ExitStack, *, source: str = "127.0.0.1") -> socket.socket:
    return cleanup.enter_context(
        socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S, source_address=(source, 0))
    )


def listener_ends(cleanup: ExitStack) -> Ends:
    port = free_port()
    calls: list[socket.socket] = []

    def receive(count: int) -> bytes:
        data = b""
        while len(data) < count:
            data += calls[-1].recv(count - len(data))
        return data

    def send(data: bytes) -> None:
        calls[-1].sendall(data)

    def leave() -> None:
        calls[-1].close()

    return Ends(
        near=Called(
            TcpListener(host="127.0.0.1", port=port, may_be_this_computer=True),
            lambda: calls.append(caller_of(port, cleanup)),
        ),
        far_send=send,
        far_receive=receive,
        far_leave=leave,
    )


def pty_ends(cleanup: ExitStack) -> Ends:
    master, slave = os.openpty()
    tty.setraw(slave)
    cleanup.callback(os.close, slave)
    still_open = [master]

    def close_what_is_left() -> None:
        for one in still_open:
            os.close(one)

    cleanup.callback(close_what_is_left)

    def receive(count: int) -> bytes:
        data = b""
        while len(data) < count and select.select([master], [], [], PATIENCE_S)[0]:
            data += os.read(master, count - len(data))
        return data

    def send(data: bytes) -> None:
        os.write(master, data)

    return Ends(
        near=SerialTransport(
            path=os.ttyname(slave), line=LineSettings(baud_rate=9600, parity="E"), is_pty=True
        ),
        far_send=send,
        far_receive=receive,
        far_leave=lambda: os.close(still_open.pop()),
    )


@pytest.fixture(
    params=[memory_ends, tcp_ends, listener_ends, network_serial_ends, pty_ends],
    ids=["memory", "tcp", "tcp-listen", "rfc2217", "pty"],
)
def ends(request: pytest.FixtureRequest) -> Iterator[Ends]:
    with ExitStack() as cleanup:
        made: Ends = request.param(cleanup)
        cleanup.callback(made.near.close)
        yield made


def read_exactly(near: Transport, count: int) -> bytes:
    data = b""
    while len(data) < count:
        piece = near.read(4096, PATIENCE_S)
        assert piece, "nothing came in time"
        data += piece
    return data


def test_bytes_pass_unchanged_both_ways(ends: Ends) -> None:
    everything = bytes(range(256))
    ends.near.open()
    ends.near.write(everything)
    assert ends.far_receive(256) == everything
    ends.far_send(everything)
    assert read_exactly(ends.near, 256) == everything


def test_a_silent_wire_gives_nothing_and_no_error(ends: Ends) -> None:
    ends.near.open()
    assert ends.near.read(100, 0.0) == b""
    assert ends.near.read(100, 0.01) == b""


def test_no_more_is_read_than_asked(ends: Ends) -> None:
    ends.near.open()
    ends.far_send(b"abcdef")
    first = ends.near.read(4, PATIENCE_S)
    assert 1 <= len(first) <= 4
    assert first + read_exactly(ends.near, 6 - len(first)) == b"abcdef"


def test_a_far_end_that_leaves_is_a_lost_link(ends: Ends) -> None:
    ends.near.open()
    ends.far_send(b"x")
    read_exactly(ends.near, 1)
    ends.far_leave()
    with pytest.raises(LinkLost, match="by itself"):
        ends.near.read(100, PATIENCE_S)


def test_a_closed_end_can_neither_read_nor_write_and_close_is_harmless(ends: Ends) -> None:
    ends.near.close()
    ends.near.open()
    ends.near.close()
    ends.near.close()
    with pytest.raises(LinkLost):
        ends.near.read(1, 0.0)
    with pytest.raises(LinkLost):
        ends.near.write(b"x")


def test_every_wire_has_a_name(ends: Ends) -> None:
    assert ends.near.describe()


def test_a_pty_opens_a_second_time_though_the_profile_wants_parity() -> None:
    with ExitStack() as cleanup:
        ends = pty_ends(cleanup)
        cleanup.callback(ends.near.close)
        ends.near.open()
        ends.near.open()
        ends.far_send(b"ok")
        assert read_exactly(ends.near, 2) == b"ok"


def test_a_port_held_by_another_program_is_busy() -> None:
    with ExitStack() as cleanup:
        ends = pty_ends(cleanup)
        cleanup.callback(ends.near.close)
        ends.near.open()
        path = ends.near.describe().removeprefix("serial:")
        second = SerialTransport(path=path, line=LineSettings(baud_rate=9600), is_pty=True)
        with pytest.raises(LinkBusy, match="another program"):
            second.open()


def test_a_serial_port_that_is_not_there_is_lost() -> None:
    with pytest.raises(LinkLost, match="plugged in"):
        SerialTransport(path="/dev/ttyNOTHING9", line=LineSettings(baud_rate=9600), is_pty=False).open()


def test_a_port_nobody_listens_on_is_lost() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(LinkLost, match="Nothing answers"):
        TcpTransport(host="127.0.0.1", port=port, may_be_this_computer=True).open()


def device_server(port: int, *, host: str = "127.0.0.1") -> NetworkSerialTransport:
    line = LineSettings(baud_rate=9600)
    return NetworkSerialTransport(host=host, port=port, line=line, may_be_this_computer=True)


def test_a_device_server_that_is_off_is_told_as_one() -> None:
    port = free_port()
    with pytest.raises(LinkLost) as lost:
        device_server(port).open()
    assert str(lost.value) == (
        f"Nothing answers at rfc2217:127.0.0.1:{port} (Connection refused). Check the device server's power,"
        " its network and the port number; Vigil connects by itself."
    )


def test_a_device_server_that_hangs_up_is_told_without_a_cable() -> None:
    with ExitStack() as cleanup:
        ends = network_serial_ends(cleanup)
        cleanup.callback(ends.near.close)
        ends.near.open()
        ends.far_leave()
        with pytest.raises(LinkLost) as lost:
            ends.near.read(100, PATIENCE_S)
    assert str(lost.value) == (
        f"The connection to {ends.near.describe()} ended. Check the device server's power and its network;"
        " Vigil connects by itself."
    )


@pytest.mark.parametrize("host", ["server-2", "192.0.2.7", "2001:db8::7"])
def test_a_network_port_is_named_as_records_name_it(host: str) -> None:
    tcp = TcpTransport(host=host, port=4001, may_be_this_computer=False)
    for near in (tcp, device_server(4001, host=host)):
        assert parse_address(near.describe()).text == near.describe()


def test_a_name_that_leads_to_this_computer_cannot_pass_for_a_monitor() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        near = TcpTransport(host="127.0.0.1", port=listener.getsockname()[1], may_be_this_computer=False)
        with pytest.raises(LinkDenied, match="simulated"):
            near.open()
