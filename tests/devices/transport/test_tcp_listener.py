"""A monitor that calls is heard, one at a time, and calls again without anybody's help."""

import errno
import socket
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from devices.address import parse_address
from devices.kinds.dinamap import DINAMAP
from devices.link import transport_for
from devices.transport.base import LinkBusy, LinkDenied, LinkEnded, LinkLost
from devices.transport.tcp_listener import TcpListener, listen_fault

PATIENCE_S = 5.0


@pytest.fixture
def cleanup() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        number: int = found.getsockname()[1]
    return number


@pytest.fixture
def near(port: int) -> Iterator[TcpListener]:
    made = TcpListener(host="127.0.0.1", port=port, may_be_this_computer=True)
    made.open()
    yield made
    made.close()
    made.close()


def call(port: int, cleanup: ExitStack, *, source: str = "127.0.0.1") -> socket.socket:
    return cleanup.enter_context(
        socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S, source_address=(source, 0))
    )


def test_before_anybody_calls_nothing_comes_and_a_question_is_dropped(near: TcpListener) -> None:
    near.write(b"hello?")
    assert near.read(100, 0.01) == b""


def test_what_the_first_caller_says_is_heard_by_the_read_that_waited(
    near: TcpListener, port: int, cleanup: ExitStack
) -> None:
    call(port, cleanup).sendall(b"first")
    assert near.read(100, PATIENCE_S) == b"first"


def test_the_same_monitor_calling_anew_is_a_loss_told_once_and_then_heard(
    near: TcpListener, port: int, cleanup: ExitStack
) -> None:
    call(port, cleanup).sendall(b"half a fra")
    assert near.read(100, PATIENCE_S) == b"half a fra"
    call(port, cleanup).sendall(b"whole")
    with pytest.raises(LinkLost, match="called anew"):
        near.read(100, PATIENCE_S)
    near.close()  # as the link does after every loss
    near.open()
    assert near.read(100, PATIENCE_S) == b"whole"


def test_a_caller_from_elsewhere_is_sent_away_while_one_is_connected(
    near: TcpListener, port: int, cleanup: ExitStack
) -> None:
    first = call(port, cleanup)
    first.sendall(b"a")
    assert near.read(100, PATIENCE_S) == b"a"
    stranger = call(port, cleanup, source="127.0.0.2")
    assert near.read(100, 0.0) == b""
    assert stranger.recv(100) == b""
    first.sendall(b"b")
    assert near.read(100, PATIENCE_S) == b"b"


def test_a_caller_from_elsewhere_takes_the_place_of_one_that_left(
    near: TcpListener, port: int, cleanup: ExitStack
) -> None:
    first = call(port, cleanup)
    first.sendall(b"a")
    assert near.read(100, PATIENCE_S) == b"a"
    first.close()
    call(port, cleanup, source="127.0.0.2").sendall(b"b")
    with pytest.raises(LinkEnded, match="by itself"):
        near.read(100, PATIENCE_S)
    near.open()
    assert near.read(100, PATIENCE_S) == b"b"


def test_all_that_was_said_before_the_end_is_heard_and_a_call_that_waits_is_taken(
    near: TcpListener, port: int, cleanup: ExitStack
) -> None:
    first = call(port, cleanup)
    first.sendall(b"first")
    assert near.read(3, PATIENCE_S) == b"fir"
    first.close()
    call(port, cleanup).sendall(b"second")
    near.write(b"heard by nobody")
    assert near.read(100, PATIENCE_S) == b"st"
    with pytest.raises(LinkEnded):
        near.read(100, PATIENCE_S)
    near.open()
    assert near.read(100, PATIENCE_S) == b"second"


def test_one_that_leaves_without_hearing_what_it_was_told_has_left_all_the_same(
    near: TcpListener, port: int, cleanup: ExitStack
) -> None:
    first = call(port, cleanup)
    first.sendall(b"first")
    assert near.read(3, PATIENCE_S) == b"fir"
    near.write(b"never read")
    first.close()  # with something unread: the system resets the connection
    assert near.read(100, PATIENCE_S) == b"st"
    with pytest.raises(LinkEnded):
        near.read(100, PATIENCE_S)


def test_a_closed_listener_holds_the_port_no_longer(port: int, near: TcpListener, cleanup: ExitStack) -> None:
    call(port, cleanup).sendall(b"a")
    near.read(100, PATIENCE_S)
    near.close()
    with pytest.raises(ConnectionRefusedError):
        call(port, cleanup)
    near.open()
    call(port, cleanup).sendall(b"b")
    assert near.read(100, PATIENCE_S) == b"b"


def test_closing_after_a_new_call_too_holds_nothing(port: int, near: TcpListener, cleanup: ExitStack) -> None:
    call(port, cleanup).sendall(b"a")
    near.read(100, PATIENCE_S)
    call(port, cleanup)
    with pytest.raises(LinkLost):
        near.read(100, PATIENCE_S)
    near.close()  # for the loss
    near.close()  # for good
    with pytest.raises(ConnectionRefusedError):
        call(port, cleanup)


def test_a_program_on_this_computer_cannot_pass_for_a_monitor(port: int, cleanup: ExitStack) -> None:
    near = TcpListener(host="", port=port, may_be_this_computer=False)
    cleanup.callback(near.close)
    near.open()
    program = call(port, cleanup)
    assert near.read(100, 0.0) == b""
    assert program.recv(100) == b""


def test_a_port_in_use_is_busy(port: int, near: TcpListener) -> None:
    assert near.describe() == f"tcp-listen:127.0.0.1:{port}"
    with pytest.raises(LinkBusy, match="another"):
        TcpListener(host="127.0.0.1", port=port, may_be_this_computer=True).open()


def test_an_address_of_another_computer_is_said() -> None:
    with pytest.raises(LinkLost, match="its own"):
        TcpListener(host="192.0.2.7", port=2575, may_be_this_computer=False).open()


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (errno.EADDRINUSE, LinkBusy),
        (errno.EACCES, LinkDenied),
        (errno.EPERM, LinkDenied),
        (errno.EADDRNOTAVAIL, LinkLost),
    ],
)
def test_each_refusal_to_listen_is_named_by_what_to_do_about_it(number: int, expected: type) -> None:
    fault = listen_fault("tcp-listen:80", OSError(number, "refused"))
    assert type(fault) is expected
    assert "tcp-listen:80" in str(fault)


@pytest.mark.parametrize("text", ["tcp-listen:2575", "tcp-listen:[::1]:2575", "tcp-listen:192.0.2.7:2575"])
def test_the_setting_makes_it(text: str) -> None:
    made = transport_for(parse_address(text), profile=DINAMAP, clock_speed=1)
    assert isinstance(made, TcpListener)
    assert made.describe() == text
