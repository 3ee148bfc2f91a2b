"""A chair keeps its monitors when an adapter comes back under another name."""

import pytest

from monitor.settings import Chair, MonitorLink

CUFF = MonitorLink(protocol="dinamap", port="serial:/dev/ttyUSB0")
OXIMETER = MonitorLink(protocol="nonin", port="serial:/dev/ttyUSB1")


@pytest.mark.parametrize(
    ("port", "ports"),
    [
        ("serial:/dev/ttyUSB0", ("serial:/dev/ttyUSB7", OXIMETER.port)),
        (" /dev/ttyUSB0 ", ("serial:/dev/ttyUSB7", OXIMETER.port)),
        ("serial:/dev/ttyUSB1", (CUFF.port, "serial:/dev/ttyUSB7")),
        ("serial:/dev/ttyUSB2", (CUFF.port, OXIMETER.port)),
    ],
)
def test_only_the_monitor_at_that_port_moves(port: str, ports: tuple[str, str]) -> None:
    moved = Chair(number=3, monitors=(CUFF, OXIMETER)).with_port(port, "serial:/dev/ttyUSB7")
    assert moved.number == 3
    assert tuple(each.port for each in moved.monitors) == ports
    assert [each.protocol for each in moved.monitors] == ["dinamap", "nonin"]
