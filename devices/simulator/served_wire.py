"""The far end of a wire as an operating system offers it: a TCP port or a pseudo-terminal."""

import errno
import os
import select
import socket
import time
from typing import Protocol

from monitor.errors import EnvironmentFault, UsersError

LOOPBACK = "127.0.0.1"
READ_BYTES = 4096
SEND_TIMEOUT_S = 3.0  # a host that reads nothing for so long has gone
PORT_MAX = 65535


class ServedWire(Protocol):
    """One host at a time may be on it."""

    @property
    def address(self) -> str:
        """What the app is to be given."""
        ...

    @property
    def has_host(self) -> bool:
        """Whether somebody may be listening; a pseudo-terminal cannot tell."""
        ...

    def has_new_host(self) -> bool:
        """Whether another host came since this was last asked, as far as this kind of wire can tell."""
        ...

    def receive(self, timeout_s: float) -> bytes:
        """Return what the host sent within `timeout_s`; empty for nothing."""
        ...

    def send(self, data: bytes) -> None:
        """Send to the host, if there is one."""
        ...

    def set_plugged_in(self, *, is_plugged_in: bool) -> None:
        """Pull the cable or put it back, as far as this kind of wire can."""
        ...

    def hang_up(self) -> None:
        """End the connection, as far as this kind of wire can; another may begin at once."""
        ...

    def close(self) -> None:
        """Stop listening."""
        ...


def served_wire(setting: str) -> ServedWire:
    """Be where `setting` says: "pty", "tcp:PORT" to be called (0 takes a free one), "call:PORT" to call.

    Raises:
        UsersError: another setting, or no pseudo-terminals on this system.
        EnvironmentFault: the port is in use or not allowed.
    """
    if setting == "pty":
        return PtyWire()
    scheme, _, port_text = setting.partition(":")
    port = int(port_text) if port_text.isascii() and port_text.isdigit() else PORT_MAX + 1
    if scheme not in {"tcp", "call"} or port > PORT_MAX or (scheme, port) == ("call", 0):
        raise UsersError(
            f'"{setting}" is not a place to serve. Write pty, or tcp:PORT with a port up to {PORT_MAX}, or'
            " call:PORT for the port at which Vigil listens on this computer."
        )
    return TcpWire(port) if scheme == "tcp" else CallingWire(port)


class TcpWire:
    """A listening port on this computer only. A second host is turned away while one is connected."""

    def __init__(self, port: int) -> None:
        self._listener: socket.socket | None = _listening(port)
        self._port: int = self._listener.getsockname()[1]
        self._client: socket.socket | None = None
        self._has_new_host = False

    @property
    def address(self) -> str:
        """Return "tcp:127.0.0.1:PORT"."""
        return f"tcp:{LOOPBACK}:{self._port}"

    @property
    def has_host(self) -> bool:
        """Whether a host is connected."""
        return self._client is not None

    def has_new_host(self) -> bool:
        """Whether another host has connected since."""
        has_new_host, self._has_new_host = self._has_new_host, False
        return has_new_host

    def receive(self, timeout_s: float) -> bytes:
        """Wait for bytes, a host, or the timeout."""
        watched = [one for one in (self._listener, self._client) if one is not None]
        if not watched:
            time.sleep(timeout_s)
            return b""
        readable, _, _ = select.select(watched, [], [], timeout_s)
        if self._client is not None and self._client in readable:  # first: it may be gone, which makes room
            return self._receive_from(self._client)
        if self._listener is not None and self._listener in readable:
            self._accept(self._listener)
        return b""

    def send(self, data: bytes) -> None:
        """Send, or notice that the host has gone."""
        if self._client is not None:
            try:
                self._client.sendall(data)
            except OSError:
                self._drop_client()

    def set_plugged_in(self, *, is_plugged_in: bool) -> None:
        """Refuse connections while unplugged, on the same port again afterwards."""
        if not is_plugged_in:
            self.close()
        elif self._listener is None:
            self._listener = _listening(self._port)

    def hang_up(self) -> None:
        """Close the connection."""
        self._drop_client()

    def close(self) -> None:
        """Close the connection and the port."""
        self._drop_client()
        if self._listener is not None:
            self._listener.close()
            self._listener = None

    def _accept(self, listener: socket.socket) -> None:
        newcomer, _ = listener.accept()
        if self._client is not None:
            newcomer.close()
            return
        newcomer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        newcomer.settimeout(SEND_TIMEOUT_S)
        self._client = newcomer
        self._has_new_host = True

    def _receive_from(self, client: socket.socket) -> bytes:
        data = _received(client)
        if not data:
            self._drop_client()
        return data

    def _drop_client(self) -> None:
        if self._client is not None:
            self._client.close()
            self._client = None


class CallingWire:
    """A monitor that calls the app, which listens on this computer, and calls again when the line is cut."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._peer: socket.socket | None = None
        self._is_plugged_in = True
        self._has_new_host = False

    @property
    def address(self) -> str:
        """Return "tcp-listen:127.0.0.1:PORT": the app is to listen there."""
        return f"tcp-listen:{LOOPBACK}:{self._port}"

    @property
    def has_host(self) -> bool:
        """Whether the app has answered the call."""
        return self._peer is not None

    def has_new_host(self) -> bool:
        """Whether a call was answered since."""
        has_new_host, self._has_new_host = self._has_new_host, False
        return has_new_host

    def receive(self, timeout_s: float) -> bytes:
        """Wait for bytes or the timeout; call first if nobody is on the line."""
        if self._peer is None and self._is_plugged_in:
            self._call()
        if self._peer is None:
            time.sleep(timeout_s)
            return b""
        readable, _, _ = select.select([self._peer], [], [], timeout_s)
        if not readable:
            return b""
        data = _received(self._peer)
        if not data:
            self.close()
        return data

    def send(self, data: bytes) -> None:
        """Send, or notice that the app has gone."""
        if self._peer is not None:
            try:
                self._peer.sendall(data)
            except OSError:
                self.close()

    def set_plugged_in(self, *, is_plugged_in: bool) -> None:
        """Cut the line while unplugged, and call again afterwards."""
        self._is_plugged_in = is_plugged_in
        if not is_plugged_in:
            self.close()

    def hang_up(self) -> None:
        """End the call, and call again."""
        self.close()

    def close(self) -> None:
        """End the call."""
        if self._peer is not None:
            self._peer.close()
            self._peer = None

    def _call(self) -> None:
        try:
            self._peer = socket.create_connection((LOOPBACK, self._port), timeout=SEND_TIMEOUT_S)
        except OSError:
            return  # nobody listens there yet
        self._peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._has_new_host = True


class PtyWire:
    """A pseudo-terminal. It cannot be unplugged and come back under its name, so then it only falls silent.

    Its near end is held open here too: so a host that leaves is no error, and the next finds it unchanged.
    """

    def __init__(self) -> None:
        if not hasattr(os, "openpty"):
            raise UsersError("This system has no pseudo-terminals. Serve on tcp:PORT instead.")
        self._far, self._near = os.openpty()
        _set_raw(self._near)
        self._is_plugged_in = True

    @property
    def address(self) -> str:
        """Return "serial:PATH"."""
        return f"serial:{os.ttyname(self._near)}"

    @property
    def has_host(self) -> bool:
        """Perhaps: this end cannot tell."""
        return True

    def has_new_host(self) -> bool:
        """No: this end cannot tell."""
        return False

    def receive(self, timeout_s: float) -> bytes:
        """Wait for bytes or the timeout."""
        readable, _, _ = select.select([self._far], [], [], timeout_s)
        data = os.read(self._far, READ_BYTES) if readable else b""
        return data if self._is_plugged_in else b""

    def send(self, data: bytes) -> None:
        """Send; dropped while the cable is out, and when nobody has read for so long that it is full."""
        _, writable, _ = select.select([], [self._far], [], 0)
        if self._is_plugged_in and writable:
            os.write(self._far, data)

    def set_plugged_in(self, *, is_plugged_in: bool) -> None:
        """Fall silent, or speak again."""
        self._is_plugged_in = is_plugged_in

    def hang_up(self) -> None:
        """Do nothing: a serial line has no connection to end."""

    def close(self) -> None:
        """Give the pseudo-terminal back."""
        os.close(self._near)
        os.close(self._far)


def _set_raw(terminal: int) -> None:
    import tty  # noqa: PLC0415 - not on Windows, where no terminal gets so far

    tty.setraw(terminal)


def _received(peer: socket.socket) -> bytes:
    """Return what a readable `peer` said; nothing when it is gone."""
    try:
        return peer.recv(READ_BYTES)
    except OSError:
        return b""


def _listening(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if os.name == "posix":  # elsewhere this option would let two programs share the port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((LOOPBACK, port))
        listener.listen(1)
    except OSError as error:
        listener.close()
        raise no_port(port, error) from error
    return listener


def no_port(port: int, error: OSError) -> EnvironmentFault:
    """Name why `port` cannot be listened on, and what to do."""
    if error.errno == errno.EADDRINUSE:
        return EnvironmentFault(
            f"Port {port} is in use by another program. Choose another port, or end that program."
        )
    if error.errno in (errno.EACCES, errno.EPERM):
        return EnvironmentFault(f"This user may not listen on port {port}. Choose a port from 1024 up.")
    return EnvironmentFault(f"Port {port} cannot be used ({error.strerror}). Choose another port.")
