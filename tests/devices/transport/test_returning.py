"""An adapter that came back elsewhere is offered, never followed."""

from dataclasses import dataclass, field

import pytest

from devices.ports import SerialPort
from devices.transport.base import LinkLost, LinkMoved
from devices.transport.memory import MemoryTransport, MemoryWire
from devices.transport.returning import ReturningPort

HERE = SerialPort(
    path="/dev/ttyUSB0", title="", vendor=0x0403, product=0x6001, serial_number="A5", location="1-1"
)
THERE = SerialPort(
    path="/dev/ttyUSB1", title="", vendor=0x0403, product=0x6001, serial_number="A5", location="1-4"
)


@dataclass
class Bench:
    wire: MemoryWire = field(default_factory=MemoryWire)
    present: tuple[SerialPort, ...] = (HERE,)
    is_heard: bool = True
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.port = ReturningPort(
            path=HERE.path,
            port=MemoryTransport(self.wire),
            ports=lambda: self.present,
            speaks=self._speaks,
        )

    def _speaks(self, path: str) -> bool:
        self.asked.append(path)
        return self.is_heard

    def pull(self, *present: SerialPort) -> None:
        self.port.close()
        self.wire.is_plugged_in = False
        self.present = present


def test_it_is_the_port_itself_while_it_is_there() -> None:
    bench = Bench()
    bench.port.open()
    bench.wire.far_write(b"abc")
    assert bench.port.read(10, 0.0) == b"abc"
    bench.port.write(b"q")
    assert bench.wire.far_read() == b"q"
    assert bench.asked == []


def test_an_adapter_back_elsewhere_is_told_with_both_names_and_what_to_do() -> None:
    bench = Bench()
    bench.port.open()
    bench.pull(THERE)
    with pytest.raises(LinkMoved, match="serial:/dev/ttyUSB1") as moved:
        bench.port.open()
    assert moved.value.moved_to == "serial:/dev/ttyUSB1"
    assert "confirm" in str(moved.value).lower()
    assert bench.asked == ["/dev/ttyUSB1"]


def test_an_adapter_on_which_no_such_monitor_speaks_is_not_offered() -> None:
    bench = Bench(is_heard=False)
    bench.port.open()
    bench.pull(THERE)
    with pytest.raises(LinkLost) as lost:
        bench.port.open()
    assert not isinstance(lost.value, LinkMoved)


@pytest.mark.parametrize("present", [(), (HERE,)])
def test_an_adapter_that_is_not_elsewhere_is_simply_lost(present: tuple[SerialPort, ...]) -> None:
    bench = Bench()
    bench.port.open()
    bench.pull(*present)
    with pytest.raises(LinkLost) as lost:
        bench.port.open()
    assert not isinstance(lost.value, LinkMoved)
    assert bench.asked == []


def test_a_port_never_opened_has_no_adapter_to_look_for() -> None:
    bench = Bench()
    bench.pull(THERE)
    with pytest.raises(LinkLost) as lost:
        bench.port.open()
    assert not isinstance(lost.value, LinkMoved)
