"""Which serial ports no chair uses yet."""

from collections.abc import Iterable
from pathlib import Path

from devices.address import parse_address
from devices.ports import present_ports
from devices.same_port import port_identity
from devices.transport.base import Transport
from devices.transport.serial_port import LineSettings, SerialTransport

_NAMES_THAT_STAY = Path("/dev/serial/by-id")  # Linux names an adapter there by its maker and serial number


def serial_ports() -> tuple[str, ...]:
    """Every serial port, as a setting; by the name that stays with the adapter where there is one."""
    lasting = {str(link.resolve()): str(link) for link in _links()}
    return tuple(f"serial:{lasting.get(port.path, port.path)}" for port in present_ports())


def _links() -> list[Path]:
    try:
        return sorted(_NAMES_THAT_STAY.iterdir())
    except OSError:  # there is none: no adapter is plugged in, or this is no Linux
        return []


def free_ports(ports: Iterable[str], used: Iterable[str]) -> tuple[str, ...]:
    """Those of `ports` that `used` does not name in any spelling."""
    taken = [port_identity(port) for port in used]
    return tuple(port for port in ports if not any(port_identity(port).is_same(each) for each in taken))


def searched_port(port: str, line: LineSettings) -> Transport:
    """Make the closed wire to a serial port at a line setting that a search tries."""
    address = parse_address(port)
    return SerialTransport(path=address.path, line=line, is_pty=address.is_simulated)
