"""A chair keeps its monitors when an adapter comes back under another name."""

import pytest

from monitor.settings import Chair, MonitorLink, Settings

CUFF = MonitorLink(protocol="dinamap", port="serial:/dev/ttyUSB0")
OXIMETER = MonitorLink(protocol="nonin", port="serial:/dev/ttyUSB1")
BACK = "serial:/dev/ttyUSB7"
CLINIC = Settings(
    clinic="Hillside",
    chairs=(Chair(number=3, monitors=(CUFF, OXIMETER)), Chair(number=4, monitors=(CUFF,))),
)


@pytest.mark.parametrize(
    ("port", "ports"),
    [
        ("serial:/dev/ttyUSB0", (BACK, OXIMETER.port)),
        ("SERIAL:/dev/ttyUSB0", (BACK, OXIMETER.port)),
        ("serial:/dev/ttyUSB1", (CUFF.port, BACK)),
        ("serial:/dev/ttyUSB2", (CUFF.port, OXIMETER.port)),
    ],
)
def test_only_the_monitor_at_that_port_of_that_chair_moves(port: str, ports: tuple[str, str]) -> None:
    moved = CLINIC.with_port(port, BACK, at=3, is_same=lambda one, other: one.lower() == other.lower())
    chair, other = moved.chairs
    assert chair.number == 3
    assert tuple(each.port for each in chair.monitors) == ports
    assert [each.protocol for each in chair.monitors] == ["dinamap", "nonin"]
    assert other == CLINIC.chairs[1]
    assert moved.clinic == "Hillside"
