"""A TCP connection to a monitor, a serial server or a simulator."""

import socket

from devices.address import is_this_computer, network_place
from devices.transport.base import LinkDenied, LinkEnded, LinkLost, plain_reason

CONNECT_TIMEOUT_S = 3.0
WRITE_TIMEOUT_S = 3.0


class TcpTransport:
    """A client of `host`:`port`.

    Args:
        host: name or address.
        port: 1-65535.
        may_be_this_computer: False where readings will count as a real patient's; then a name that turns out
            to lead to this computer is refused, because what answers there is a program.
    """

    def __init__(self, *, host: str, port: int, may_be_this_computer: bool) -> None:
        self._host = host
        self._port = port
        self._may_be_this_computer = may_be_this_computer
        self._socket: socket.socket | None = None

    def open(self) -> None:
        """Connect within `CONNECT_TIMEOUT_S`."""
        self.close()
        try:
            connected = socket.create_connection((self._host, self._port), timeout=CONNECT_TIMEOUT_S)
        except PermissionError as error:
            raise LinkDenied(
                f"This computer does not allow a connection to {self.describe()} ({error.strerror})."
                " Ask who looks after its firewall."
            ) from error
        except OSError as error:
            raise LinkLost(
                f"Nothing answers at {self.describe()} ({plain_reason(error)}). Check that the monitor is on."
            ) from error
        if not self._may_be_this_computer and is_this_computer(connected.getpeername()[0]):
            connected.close()
            raise LinkDenied(
                f"{self.describe()} is this computer itself. Name it 127.0.0.1: it is marked as simulated."
            )
        connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        # A monitor that speaks only when it has measured would never show that the far end is gone.
        connected.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        self._socket = connected

    def read(self, max_bytes: int, timeout_s: float) -> bytes:
        """Return what arrived within `timeout_s`."""
        connected = self._demand_open()
        connected.settimeout(max(timeout_s, 0.0))
        try:
            data = connected.recv(max_bytes)
        except (TimeoutError, BlockingIOError, InterruptedError):
            return b""
        except ConnectionError as error:  # how a far end leaves that has not read all it was told
            raise self._ended() from error
        except OSError as error:
            raise self._lost(plain_reason(error)) from error
        if not data:
            raise self._ended()
        return data

    def write(self, data: bytes) -> None:
        """Send all of `data`."""
        connected = self._demand_open()
        connected.settimeout(WRITE_TIMEOUT_S)
        try:
            connected.sendall(data)
        except ConnectionError:
            return  # what it said before it left can still be read
        except OSError as error:
            raise self._lost(plain_reason(error)) from error

    def close(self) -> None:
        """Close; harmless when closed."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def describe(self) -> str:
        """Return "tcp:HOST:PORT"."""
        return f"tcp:{network_place(self._host, self._port)}"

    def _demand_open(self) -> socket.socket:
        if self._socket is None:
            raise self._lost("not open")
        return self._socket

    def _ended(self) -> LinkEnded:
        self.close()
        return LinkEnded(self._why("closed by the other side"))

    def _lost(self, why: str) -> LinkLost:
        return LinkLost(self._why(why))

    def _why(self, reason: str) -> str:
        ended = f"The connection to {self.describe()} ended ({reason})."
        return f"{ended} Check its cable; Vigil connects by itself."
