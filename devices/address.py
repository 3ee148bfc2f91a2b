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

_SHAPES = (
    r"Write a serial port as COM3, \\.\COM3, /dev/ttyUSB0 or serial:/dev/ttyUSB0; one on the network as"
    " tcp:HOST:PORT, socket://HOST:PORT or rfc2217:HOST:PORT; one that the monitor calls as tcp-listen:PORT"
    " or tcp-listen:ADDRESS:PORT. Capital letters and // after the first colon change nothing."
)
_HOST = r"(\[[0-9a-f:.]+\]|[^\s:/\[\]]+)"
_ANY_CASE = re.ASCII | re.IGNORECASE
_WINDOWS_PORT = re.compile(r"(?:serial:(?://)?)?(?:\\\\\.\\)?(COM\d{1,3})", _ANY_CASE)
_UNIX_PORT = re.compile(r"(?i:serial:(?://)?)?(/dev/\S+)", re.ASCII)
_TCP_PORT = re.compile(rf"(?:tcp:(?://)?|socket://){_HOST}:(\d{{1,5}})", _ANY_CASE)
_LISTENING_PORT = re.compile(rf"tcp-listen:(?://)?(?:{_HOST}?:)?(\d{{1,5}})", _ANY_CASE)
_SERVER_PORT = re.compile(rf"rfc2217:(?://)?{_HOST}:(\d{{1,5}})", _ANY_CASE)
_ENDS_AS_NUMBER = re.compile(r"(?:.*\.)?(?:\d+|0x[0-9a-f]*)\.?", _ANY_CASE)  # as no name of a computer does
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
            place = network_place(self.path, self.tcp_port)
        return f"{self.kind.value}:{place}" + (f"?speed={self.speed}" if self.speed != 1 else "")


def network_place(host: str, tcp_port: int) -> str:
    """Return HOST:PORT, an IPv6 address in brackets; the port alone without a host."""
    if not host:
        return str(tcp_port)
    return f"[{host}]:{tcp_port}" if ":" in host else f"{host}:{tcp_port}"


def parse_address(text: str) -> Address:
    """Read a port setting.

    Raises:
        UsersError: it has none of the known shapes, or asks a real monitor to run faster than time.
    """
    port_text, _, option_text = text.strip().partition("?")
    speed = _parse_speed(option_text, text)
    address = _parse_serial(port_text, speed) or _parse_tcp(port_text, speed)
    if address is None:
        raise UsersError(f'"{text}" is not a port Vigil knows. {_SHAPES}')
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
    if unix is not None:
        path = unix[1]
    elif windows is not None:
        path = windows[1].upper()
    else:
        return None
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
    if ip_number(host) is None and (":" in host or _ENDS_AS_NUMBER.fullmatch(host)):
        raise UsersError(
            f'"{port_text}": {host} is no network address. Write four numbers from 0 to 255 without zeros in'
            " front, such as 192.168.1.20, an IPv6 address in brackets, or a name."
        )
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
    if host.lower().removesuffix(".") == "localhost":
        return True
    number = ip_number(host)
    return number is not None and number.is_loopback


def ip_number(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The IP address that `host` is, None for a name; an IPv4 one also where it is written as IPv6."""
    try:
        number = ipaddress.ip_address(host.removesuffix("."))
    except ValueError:
        return None
    mapped = number.ipv4_mapped if isinstance(number, ipaddress.IPv6Address) else None
    return mapped or number
