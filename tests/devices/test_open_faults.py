"""What a serial port's refusal to open means, near or on the network, by the error the system gives."""

import errno
import socket

import pytest
from serial import SerialException

from devices.transport.base import LinkBusy, LinkDenied, LinkLost
from devices.transport.serial_port import open_fault, server_fault


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (OSError(errno.EAGAIN, "Resource temporarily unavailable"), LinkBusy),
        (OSError(errno.EBUSY, "Device or resource busy"), LinkBusy),
        (OSError(errno.EACCES, "Permission denied"), LinkDenied),
        (OSError(errno.EPERM, "Operation not permitted"), LinkDenied),
        (OSError(errno.ENOENT, "No such file or directory"), LinkLost),
        (OSError("could not open port 'COM3': PermissionError(13, 'Access is denied.')"), LinkBusy),
        (ValueError("Invalid baud rate"), LinkLost),
        (TypeError("a pulled adapter"), LinkLost),
    ],
)
def test_each_refusal_is_named_by_what_to_do_about_it(error: Exception, expected: type) -> None:
    fault = open_fault("serial:/dev/ttyUSB0", error)
    assert type(fault) is expected
    assert "/dev/ttyUSB0" in str(fault)


def told_by_pyserial(words: str, network: OSError | None) -> SerialException:
    error = SerialException(words)
    error.__context__ = network
    return error


@pytest.mark.parametrize(
    ("network", "reason"),
    [
        (ConnectionRefusedError(errno.ECONNREFUSED, "Connection refused"), "Connection refused"),
        (TimeoutError("timed out"), "timed out"),
        (OSError(errno.EHOSTUNREACH, "No route to host"), "No route to host"),
        (socket.gaierror(-2, "Name or service not known"), "Name or service not known"),
    ],
)
def test_a_device_server_that_does_not_answer_is_told_in_the_networks_words(
    network: OSError, reason: str
) -> None:
    error = told_by_pyserial("Could not open port rfc2217://server-2:4001: [Errno 1] words", network)
    fault = server_fault("server-2:4001", error)
    assert str(fault) == (
        f"Nothing answers at rfc2217:server-2:4001 ({reason}). Check the device server's power, its network"
        " and the port number; Vigil connects by itself."
    )


@pytest.mark.parametrize(
    "network", [None, ConnectionResetError(errno.ECONNRESET, "reset"), BrokenPipeError(errno.EPIPE, "broken")]
)
def test_a_device_server_that_sets_no_line_is_told_with_what_to_check(network: OSError | None) -> None:
    error = told_by_pyserial("Remote does not seem to support RFC2217 or BINARY mode [we-BINARY]", network)
    said = str(server_fault("server-2:4001", error))
    assert said.startswith("The device server rfc2217:server-2:4001 answers, but")
    assert said.endswith("one that only passes bytes through is tcp:server-2:4001.")
    assert "BINARY" not in said
