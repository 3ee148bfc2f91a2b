"""An adapter that comes back under another name is found again, and never mistaken for its twin."""

from dataclasses import replace

import pytest

from devices.ports import SerialPort, present_ports, returned_as

GONE = SerialPort(
    path="/dev/ttyUSB0",
    title="FT232R",
    vendor=0x0403,
    product=0x6001,
    serial_number="A50285BI",
    location="1-1.2",
)
BACK = replace(GONE, path="/dev/ttyUSB3", location="1-1.4")
CLONE = replace(GONE, serial_number="0001", path="/dev/ttyUSB5")


@pytest.mark.parametrize(
    ("gone", "present", "expected"),
    [
        (GONE, [BACK], BACK),
        (GONE, [BACK, CLONE], BACK),
        (GONE, [], None),
        (GONE, [replace(BACK, serial_number="OTHER")], None),
        (GONE, [replace(BACK, product=0x6015)], None),
        # clones share a number: only the same socket tells them apart
        (
            CLONE,
            [replace(CLONE, path="a"), replace(CLONE, path="b", location="1-1.9")],
            replace(CLONE, path="a"),
        ),
        (CLONE, [replace(CLONE, path="a", location="x"), replace(CLONE, path="b", location="y")], None),
        # no number at all: only the same socket
        (
            replace(GONE, serial_number=""),
            [replace(GONE, serial_number="", path="a")],
            replace(GONE, serial_number="", path="a"),
        ),
        (replace(GONE, serial_number=""), [replace(GONE, serial_number="", path="a", location="1-7")], None),
        (replace(GONE, serial_number="", location=""), [replace(GONE, serial_number="", location="")], None),
        # not USB: it has no identity
        (replace(GONE, vendor=None, product=None), [replace(GONE, vendor=None, product=None)], None),
    ],
)
def test_only_one_that_can_be_it_is_it(
    gone: SerialPort, present: list[SerialPort], expected: SerialPort | None
) -> None:
    assert returned_as(gone, present) == expected


def test_the_ports_of_this_computer_can_be_listed() -> None:
    ports = present_ports()
    assert list(ports) == sorted(ports, key=lambda port: port.path)
