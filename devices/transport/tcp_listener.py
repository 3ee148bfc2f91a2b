"""A TCP port of this computer that a monitor calls by itself, as many that send HL7 do."""

import errno
import select
import socket

from devices.address import is_this_computer
from devices.transport.base import LinkBusy, LinkDenied, LinkEnded, LinkFault, LinkLost, plain_reason

WRITE_TIMEOUT_S = 3.0
_DENIED = {errno.EACCES, errno.EPERM}
_ROUNDS = 2  # a wait that ends with a call goes on once, for what the caller says


class TcpListener:
    """Waits for one monitor at `port` and then is its wire. `open` waits for nobody.

    A second caller from the computer that is connected already has lost its first connection: it is taken
    instead, and the loss is told once, so that no half frame joins another's. A caller from elsewhere is sent
    away while the first is connected: two monitors must not mix. One that left may call again at once: the
    port goes on listening, and whoever calls meanwhile waits.

    Args:
        host: this computer's address to listen at; empty for all of them.
        port: 1-65535.
        may_be_this_computer: False where readings will count as a real patient's; then a caller from this
            computer is sent away, because it is a program.
    """

    def __init__(self, *, host: str, port: int, may_be_this_computer: bool) -> None:
        self._host = host
        self._port = port
        self._may_be_this_computer = may_be_this_computer
        self._listener: socket.socket | None = None
        self._peer: socket.socket | None = None
        self._successor: socket.socket | None = None

    def open(self) -> None:
        """Listen, unless it does already; go on with the caller that replaced a lost one, if any."""
        if self._peer is not None:
            self.close()
        self._peer, self._successor = self._successor, None
        if self._listener is not None:
            return
        family = socket.AF_INET6 if ":" in self._host else socket.AF_INET
        try:
            self._listener = socket.create_server((self._host, self._port), family=family, backlog=2)
        except OSError as error:
            raise listen_fault(self.describe(), error) from error
        self._listener.setblocking(False)

    def read(self, max_bytes: int, timeout_s: float) -> bytes:
        """Return what arrived within `timeout_s`, twice that at most when a call came first."""
        for _ in range(_ROUNDS):
            ready = self._ready(timeout_s)
            if self._peer is not None and self._peer in ready:  # before any call: all it said until it left
                return self._received(self._peer, max_bytes)
            if not ready:
                break
            self._answer_call()
        return b""

    def write(self, data: bytes) -> None:
        """Send all of `data`; before anybody has called, there is nobody to tell, and it is dropped."""
        if self._peer is None and self._ready(0.0):
            self._answer_call()
        if self._peer is None:
            return
        self._peer.settimeout(WRITE_TIMEOUT_S)
        try:
            self._peer.sendall(data)
        except ConnectionError:
            return  # what it said before it left can still be read
        except OSError as error:
            raise self._lost(plain_reason(error)) from error

    def close(self) -> None:
        """Close; harmless when closed. After a caller was replaced, let go of the lost connection only."""
        if self._peer is not None:
            self._peer.close()
            self._peer = None
            if self._successor is not None:
                return
        for each in (self._successor, self._listener):
            if each is not None:
                each.close()
        self._successor = self._listener = None

    def describe(self) -> str:
        """Return "tcp-listen:HOST:PORT", without the host when it is all of this computer's."""
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"tcp-listen:{host}:{self._port}" if host else f"tcp-listen:{self._port}"

    def _ready(self, timeout_s: float) -> list[socket.socket]:
        """Wait for a call or bytes; return what of the two is there."""
        watched = [one for one in (self._listening(), self._peer) if one is not None]
        ready, _, _ = select.select(watched, [], [], max(timeout_s, 0.0))
        return ready

    def _listening(self) -> socket.socket:
        if self._listener is None:
            raise self._lost("not open")
        return self._listener

    def _answer_call(self) -> None:
        """Take the call that is there. LinkLost when the one who was connected is replaced."""
        try:
            caller, (host, *_) = self._listening().accept()
        except OSError:  # it called and left at once
            return
        if self._is_refused(caller, host):
            caller.close()
        elif self._peer is None:
            self._peer = _without_delay(caller)
        else:
            self._successor = _without_delay(caller)
            raise self._lost("the monitor called anew")

    def _is_refused(self, caller: socket.socket, host: str) -> bool:
        is_program = is_this_computer(host) or host == caller.getsockname()[0]
        if is_program and not self._may_be_this_computer:
            return True
        return self._peer is not None and not _may_be_replaced(self._peer, by=host)

    def _received(self, peer: socket.socket, max_bytes: int) -> bytes:
        peer.settimeout(0.0)
        try:
            data = peer.recv(max_bytes)
        except (BlockingIOError, InterruptedError):
            return b""
        except ConnectionError as error:  # how a monitor leaves that has not read all it was told
            raise self._ended(peer) from error
        except OSError as error:
            raise self._lost(plain_reason(error)) from error
        if not data:
            raise self._ended(peer)
        return data

    def _ended(self, peer: socket.socket) -> LinkEnded:
        peer.close()
        self._peer = None
        return LinkEnded(self._why("closed by the other side"))

    def _lost(self, why: str) -> LinkLost:
        return LinkLost(self._why(why))

    def _why(self, reason: str) -> str:
        return (
            f"The monitor's connection to {self.describe()} ended ({reason}). Check its cable; the monitor"
            " calls again, and Vigil connects by itself."
        )


def listen_fault(name: str, error: OSError) -> LinkFault:
    """Name what an error at listening at `name` means for the person at the screen."""
    if error.errno == errno.EADDRINUSE:
        return LinkBusy(
            f"{name} is in use by another program, or by another chair. Choose another port number there and"
            " on the monitor, or close that program; Vigil then listens by itself."
        )
    if error.errno in _DENIED:
        return LinkDenied(
            f"This user may not listen at {name}. Choose a port number from 1024, here and on the monitor."
        )
    why = plain_reason(error)
    return LinkLost(f"This computer cannot listen at {name} ({why}). Check that the address is its own.")


def _may_be_replaced(peer: socket.socket, *, by: str) -> bool:
    """Whether a call from `by` shows that `peer` is dead, or `peer` is known to have left."""
    peer.settimeout(0.0)
    try:
        has_left = not peer.recv(1, socket.MSG_PEEK)
        return has_left or peer.getpeername()[0] == by
    except (BlockingIOError, InterruptedError):
        return bool(peer.getpeername()[0] == by)
    except OSError:
        return True


def _without_delay(caller: socket.socket) -> socket.socket:
    caller.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    caller.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    return caller
