"""What a refused port says, and a served cable that is pulled and put back on the same port."""

import errno

import pytest

from devices.simulator.served_wire import TcpWire, no_port
from devices.transport.base import LinkLost
from devices.transport.tcp import TcpTransport


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.EADDRINUSE, "in use by another program"),
        (errno.EACCES, "Choose a port from 1024 up"),
        (errno.EPERM, "Choose a port from 1024 up"),
        (errno.EADDRNOTAVAIL, "cannot be used"),
    ],
)
def test_each_refusal_of_a_port_says_what_to_do(number: int, words: str) -> None:
    assert words in str(no_port(80, OSError(number, "why")))


def test_a_pulled_cable_refuses_and_comes_back_on_the_same_port() -> None:
    wire = TcpWire(0)
    address = wire.address
    near = TcpTransport(host="127.0.0.1", port=int(address.rsplit(":", 1)[1]), may_be_this_computer=True)
    try:
        near.open()
        assert wire.receive(5.0) == b""  # a host came
        wire.set_plugged_in(is_plugged_in=False)
        with pytest.raises(LinkLost):
            near.read(10, 5.0)
        with pytest.raises(LinkLost):
            near.open()
        wire.set_plugged_in(is_plugged_in=True)
        assert wire.address == address
        near.open()
    finally:
        near.close()
        wire.close()
