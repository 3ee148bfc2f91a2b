"""A serial port, near or behind a network server: all that knows pyserial and how it fails.

Seen on Linux when an adapter is pulled: `read` raises SerialException, `in_waiting` a plain OSError,
`reset_input_buffer` a termios.error that is neither, and a write under way may raise TypeError. All become
LinkLost here. pyserial 3.5.
"""

import errno
import socket
from dataclasses import dataclass
from typing import Any

import serial

from devices.address import is_this_computer, network_place
from devices.transport.base import LinkBusy, LinkDenied, LinkFault, LinkLost, plain_reason

try:
    from termios import error as TermiosError  # noqa: N812 - a class under a module's lower-case name
except ImportError:  # Windows has no termios, and none of its errors
    TermiosError = OSError  # type: ignore[misc, assignment]

WRITE_TIMEOUT_S = 3.0
_WIRE_ERRORS = (OSError, TermiosError, TypeError)  # serial.SerialException is an OSError
_BUSY = {errno.EAGAIN, errno.EBUSY}
_DENIED = {errno.EACCES, errno.EPERM}
_HUNG_UP = (BrokenPipeError, ConnectionResetError, ConnectionAbortedError)  # it had answered before


@dataclass(frozen=True, slots=True, kw_only=True)
class LineSettings:
    """How a monitor's serial port is set. `parity` is "N", "E" or "O"; `has_rts_cts`: handshake."""

    baud_rate: int
    data_bits: int = 8
    parity: str = "N"
    stop_bits: int = 1
    has_rts_cts: bool = False

    @property
    def text(self) -> str:
        """As a technician writes it: 9600 8N1."""
        return f"{self.baud_rate} {self.data_bits}{self.parity}{self.stop_bits}"


class SerialTransport:
    """A port opened for this program alone.

    Args:
        path: "/dev/ttyUSB0", "COM3".
        line: the monitor's settings.
        is_pty: a pseudo-terminal has no parity and no handshake, and Linux refuses parity at the second open:
            it gets 8N1.
    """

    def __init__(self, *, path: str, line: LineSettings, is_pty: bool) -> None:
        self._path = path
        self._line = LineSettings(baud_rate=line.baud_rate) if is_pty else line
        self._port: serial.Serial | None = None

    def open(self) -> None:
        """Open, lock, and drop what an earlier use left in the buffer."""
        self.close()
        try:
            port = self._new_port()
        except (*_WIRE_ERRORS, ValueError) as error:
            raise self._not_opened(error) from error
        self._port = port
        try:
            port.reset_input_buffer()
        except _WIRE_ERRORS as error:
            self.close()
            raise self._lost(error) from error

    def _new_port(self) -> serial.Serial:
        return serial.Serial(
            port=self._path, exclusive=True, write_timeout=WRITE_TIMEOUT_S, **self._settings()
        )

    def _settings(self) -> dict[str, Any]:
        return {
            "baudrate": self._line.baud_rate,
            "bytesize": self._line.data_bits,
            "parity": self._line.parity,
            "stopbits": self._line.stop_bits,
            "rtscts": self._line.has_rts_cts,
            "timeout": 0,
        }

    def read(self, max_bytes: int, timeout_s: float) -> bytes:
        """Wait for a first byte, then return it with all that came along."""
        port = self._demand_open()
        try:
            if port.timeout != timeout_s:
                port.timeout = timeout_s
            first: bytes = port.read(1)
            waiting = min(port.in_waiting, max_bytes - 1) if first else 0
            rest: bytes = port.read(waiting) if waiting else b""
        except _WIRE_ERRORS as error:
            raise self._lost(error) from error
        return first + rest

    def write(self, data: bytes) -> None:
        """Send all of `data`."""
        port = self._demand_open()
        try:
            port.write(data)
        except _WIRE_ERRORS as error:
            raise self._lost(error) from error

    def close(self) -> None:
        """Close; Windows gives a pulled port back only after this."""
        if self._port is not None:
            port, self._port = self._port, None
            try:
                port.close()
            except _WIRE_ERRORS:
                return  # nothing is left to close on a port that is gone

    def describe(self) -> str:
        """Return "serial:PATH"."""
        return f"serial:{self._path}"

    def _demand_open(self) -> serial.Serial:
        if self._port is None:
            raise self._lost(OSError("not open"))
        return self._port

    def _not_opened(self, error: BaseException) -> LinkFault:
        return open_fault(self.describe(), error)

    def _lost(self, error: BaseException) -> LinkLost:
        return LinkLost(
            f"The cable of {self.describe()} is gone ({plain_reason(error)})."
            " Check both ends; Vigil connects by itself."
        )


class NetworkSerialTransport(SerialTransport):
    """A serial port of a device server that speaks RFC 2217, which sets the line for us.

    Args:
        host: name or address.
        port: 1-65535.
        line: the monitor's settings.
        may_be_this_computer: False where readings will count as a real patient's; then a server on this
            computer is refused, because what answers there may be a program.
    """

    def __init__(self, *, host: str, port: int, line: LineSettings, may_be_this_computer: bool) -> None:
        super().__init__(path=network_place(host, port), line=line, is_pty=False)
        self._host = host
        self._may_be_this_computer = may_be_this_computer

    def open(self) -> None:
        """Connect, set the line, and drop what an earlier use left."""
        if not self._may_be_this_computer and self._leads_here():
            raise LinkDenied(
                f"{self.describe()} is this computer itself. Name it 127.0.0.1: it is marked as simulated."
            )
        super().open()

    def read(self, max_bytes: int, timeout_s: float) -> bytes:
        """Read as from a near port; pyserial tells a lost connection only when asked once more."""
        return super().read(max_bytes, timeout_s) or super().read(max_bytes, 0.0)

    def close(self) -> None:
        """Close; pyserial 3.5 leaves its socket open when the other side has gone."""
        left_open = getattr(self._port, "_socket", None)
        super().close()
        if left_open is not None:
            left_open.close()

    def describe(self) -> str:
        """Return "rfc2217:HOST:PORT"."""
        return f"rfc2217:{self._path}"

    def _new_port(self) -> serial.Serial:
        return serial.serial_for_url(f"rfc2217://{self._path}", **self._settings())

    def _not_opened(self, error: BaseException) -> LinkFault:
        return server_fault(self._path, error)

    def _lost(self, error: BaseException) -> LinkLost:  # noqa: ARG002 - nobody needs pyserial's words
        return LinkLost(
            f"The connection to {self.describe()} ended. Check the device server's power and its network;"
            " Vigil connects by itself."
        )

    def _leads_here(self) -> bool:
        try:
            found = socket.getaddrinfo(self._host, None, type=socket.SOCK_STREAM)
        except OSError:
            return False  # opening it says why
        return any(is_this_computer(str(place[0])) for *_, place in found)


def open_fault(name: str, error: BaseException) -> LinkFault:
    """Name what an error at opening `name` means for the person at the screen."""
    number = getattr(error, "errno", None)
    if number in _BUSY:
        return LinkBusy(f"{name} is in use by another program. Close that program; Vigil connects by itself.")
    if "PermissionError" in str(error):  # Windows tells a port in use this way, without a number
        return LinkBusy(f"{name} is in use by another program, or not allowed. Close the other program.")
    if number in _DENIED:
        return LinkDenied(
            f"This user may not open {name}. On Linux, add the user to the group that owns the port (often"
            ' "dialout") and log in again.'
        )
    return LinkLost(f"{name} cannot be opened ({plain_reason(error)}). Check that the adapter is plugged in.")


def server_fault(place: str, error: BaseException) -> LinkLost:
    """Name what an error at opening the device server at `place`, HOST:PORT, means for who reads it.

    pyserial tells in words of its own; what the network said stands behind them, as their context.
    """
    network = error.__context__
    if isinstance(network, OSError) and not isinstance(network, _HUNG_UP):
        return LinkLost(
            f"Nothing answers at rfc2217:{place} ({plain_reason(network)}). Check the device server's power,"
            " its network and the port number; Vigil connects by itself."
        )
    return LinkLost(
        f"The device server rfc2217:{place} answers, but does not let Vigil set its serial line. Check that"
        " no other program uses it, the port number, and that it speaks RFC 2217 there; one that only passes"
        f" bytes through is tcp:{place}."
    )
