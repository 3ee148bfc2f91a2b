"""Which serial ports no chair uses yet, and what makes two settings one port."""

from collections.abc import Iterable
from pathlib import Path

from devices.address import WireKind, parse_address
from devices.ports import present_ports
from devices.transport.base import Transport
from devices.transport.serial_port import LineSettings, SerialTransport
from monitor.errors import UsersError

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
    taken = {port_identity(port) for port in used}
    return tuple(port for port in ports if port_identity(port) not in taken)


def port_identity(port: str) -> str:
    """What is equal for two settings of one port; a text that is no port is only equal to itself."""
    try:
        address = parse_address(port)
    except UsersError:
        return port
    if address.kind is not WireKind.SERIAL:
        return f"{address.kind.value}:{address.path.lower()}:{address.tcp_port}"
    is_windows = address.path.startswith("COM")
    return address.path if is_windows else str(Path(address.path).resolve())


def searched_port(port: str, line: LineSettings) -> Transport:
    """Make the closed wire to a serial port at a line setting that a search tries."""
    address = parse_address(port)
    return SerialTransport(path=address.path, line=line, is_pty=address.is_simulated)
