"""What a serial port's refusal to open means, by the error the system gives."""

import errno

import pytest

from devices.transport.base import LinkBusy, LinkDenied, LinkLost
from devices.transport.serial_port import open_fault


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
