"""What makes two settings one port, as far as it can be told without asking the network.

Nothing is looked up: a name beside its own number, or two names of one computer, count as two ports.
"""

from dataclasses import dataclass
from pathlib import Path

from devices.address import WireKind, ip_number, is_this_computer, parse_address
from monitor.errors import UsersError


@dataclass(frozen=True, slots=True, kw_only=True)
class PortIdentity:
    """One port, however its setting is spelled.

    Attributes:
        kind: TCP for whatever is called over the network, None for a text that is no port.
        place: the serial port; the host; the address to listen at, empty for all; the text that is no port.
        tcp_port: 1-65535, 0 without a network.
    """

    kind: WireKind | None
    place: str
    tcp_port: int = 0

    def is_same(self, other: "PortIdentity") -> bool:
        """Whether both are one port. Listening at all addresses is listening at each of them."""
        if self.kind is other.kind is WireKind.TCP_LISTEN and "" in {self.place, other.place}:
            return self.tcp_port == other.tcp_port
        return self == other


def port_identity(port: str) -> PortIdentity:
    """Which port a setting names; a text that is no port is only the same as itself."""
    try:
        address = parse_address(port)
    except UsersError:
        return PortIdentity(kind=None, place=port)
    if address.kind is WireKind.SERIAL:
        is_windows = address.path.startswith("COM")
        place = address.path if is_windows else str(Path(address.path).resolve())
        return PortIdentity(kind=WireKind.SERIAL, place=place)
    kind = WireKind.TCP if address.kind is WireKind.RFC2217 else address.kind
    return PortIdentity(kind=kind, place=_place(address.path), tcp_port=address.tcp_port)


def is_same_port(port: str, other: str) -> bool:
    """Whether two settings name one port, however they are spelled."""
    return port_identity(port).is_same(port_identity(other))


def _place(host: str) -> str:
    """A host in one spelling; empty for all addresses of this computer."""
    if is_this_computer(host):
        return "localhost"
    number = ip_number(host)
    if number is None:
        return host.lower().removesuffix(".")
    return "" if number.is_unspecified else number.compressed
