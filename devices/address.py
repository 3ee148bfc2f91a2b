"""A monitor's port as one setting, such as `serial:/dev/ttyUSB0`, `COM3`, `tcp:HOST:PORT`, `tcp-listen:PORT`.

A simulator that runs N times as fast as the clock adds `?speed=N` to its address; see `devices.sped`.
"""

import ipaddress
import re
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from monitor.errors import UsersError

PORT_MAX = 65535
SPEED_MAX = 1000
MEMORY_PORT = "memory:"  # the name a rehearsal's in-memory wire carries in records

_SHAPES = "serial:/dev/ttyUSB0, COM3, /dev/ttyUSB0, tcp:HOST:PORT, rfc2217:HOST:PORT or tcp-listen:PORT"
_WINDOWS_PORT = re.compile(r"(?:serial:)?(COM\d{1,3})", re.ASCII | re.IGNORECASE)
_UNIX_PORT = re.compile(r"(?:serial:)?(/dev/\S+)", re.ASCII)
_TCP_PORT = re.compile(r"(?:tcp:(?://)?|socket://)(\[[0-9a-fA-F:.]+\]|[^\s:/\[\]]+):(\d{1,5})", re.ASCII)
_LISTENING_PORT = re.compile(r"tcp-listen:(?://)?(?:(\[[0-9a-fA-F:.]+\]|[^\s:/\[\]]*):)?(\d{1,5})", re.ASCII)
_SERVER_PORT = re.compile(r"rfc2217:(?://)?(\[[0-9a-fA-F:.]+\]|[^\s:/\[\]]+):(\d{1,5})", re.ASCII)
_SPEED = re.compile(r"speed=(\d{1,4})", re.ASCII)
_PSEUDO_TERMINAL = re.compile(r"/dev/pts/\d+|/dev/ttys\d+", re.ASCII)  # Linux, macOS


class WireKind(Enum):
    """What carries the bytes."""

    SERIAL = "serial"
    TCP = "tcp"
    TCP_LISTEN = "tcp-listen"
    RFC2217 = "rfc2217"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where a monitor is.

    Attributes:
        kind: serial, TCP that Vigil calls, TCP where the monitor calls Vigil, or a serial port of a device
            server on the network.
        path: the serial port's path or name; the host of a TCP port; the address of this computer to listen
            at, empty for all.
        tcp_port: 1-65535; 0 for serial.
        speed: how many times as fast as the clock the far end runs; 1 for every real monitor.
        is_simulated: a pseudo-terminal or this computer itself: a program answers there, not a monitor. A
            port to listen at is so only at the loopback's own address; elsewhere, a call from this computer
            is refused when it comes.
    """

    kind: WireKind
    path: str
    tcp_port: int
    speed: int
    is_simulated: bool

    @property
    def text(self) -> str:
        """The setting in its one canonical spelling."""
        place = self.path
        if self.kind is not WireKind.SERIAL:
            host = f"[{self.path}]" if ":" in self.path else self.path
            place = f"{host}:{self.tcp_port}" if host else str(self.tcp_port)
        return f"{self.kind.value}:{place}" + (f"?speed={self.speed}" if self.speed != 1 else "")


def parse_address(text: str) -> Address:
    """Read a port setting.

    Raises:
        UsersError: it has none of the known shapes, or asks a real monitor to run faster than time.
    """
    port_text, _, option_text = text.strip().partition("?")
    speed = _parse_speed(option_text, text)
    address = _parse_serial(port_text, speed) or _parse_tcp(port_text, speed)
    if address is None:
        raise UsersError(f'"{text}" is not a port Vigil knows. Write it as {_SHAPES}.')
    if speed != 1 and not address.is_simulated:
        raise UsersError(
            f'"{text}" asks for another speed, which only a simulator has. Leave out "?{option_text}".'
        )
    return address


def _parse_speed(option_text: str, text: str) -> int:
    if not option_text:
        return 1
    found = _SPEED.fullmatch(option_text)
    speed = int(found[1]) if found else 0
    if not 1 <= speed <= SPEED_MAX:
        raise UsersError(f'"{text}": only "?speed=N" may follow the port, with N from 1 to {SPEED_MAX}.')
    return speed


def _parse_serial(port_text: str, speed: int) -> Address | None:
    windows = _WINDOWS_PORT.fullmatch(port_text)
    unix = _UNIX_PORT.fullmatch(port_text)
    if windows is None and unix is None:
        return None
    path = windows[1].upper() if windows else port_text.removeprefix("serial:")
    return Address(
        kind=WireKind.SERIAL, path=path, tcp_port=0, speed=speed, is_simulated=is_pseudo_terminal(path)
    )


def _parse_tcp(port_text: str, speed: int) -> Address | None:
    shapes = {
        WireKind.TCP: _TCP_PORT,
        WireKind.TCP_LISTEN: _LISTENING_PORT,
        WireKind.RFC2217: _SERVER_PORT,
    }
    matches = ((kind, shape.fullmatch(port_text)) for kind, shape in shapes.items())
    kind, found = next(((kind, match) for kind, match in matches if match), (WireKind.TCP, None))
    if found is None:
        return None
    host, tcp_port = (found[1] or "").strip("[]"), int(found[2])
    if not 1 <= tcp_port <= PORT_MAX:
        raise UsersError(f'"{port_text}": a TCP port is a number from 1 to {PORT_MAX}.')
    return Address(
        kind=kind,
        path=host,
        tcp_port=tcp_port,
        speed=speed,
        is_simulated=is_this_computer(host),
    )


def is_pseudo_terminal(path: str) -> bool:
    """Whether `path`, or what it is a link to, is a pseudo-terminal."""
    if path.upper().startswith("COM"):
        return False
    return bool(_PSEUDO_TERMINAL.fullmatch(path) or _PSEUDO_TERMINAL.fullmatch(str(Path(path).resolve())))


def is_this_computer(host: str) -> bool:
    """Whether `host` names the loopback. A name that only resolves to it is caught when it is opened."""
    if host.lower() == "localhost":
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return (mapped or address).is_loopback
