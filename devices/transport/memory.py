"""Two ends of a wire in memory, for rehearsals and tests. Its far end can be unplugged."""

from devices.transport.base import LinkEnded, LinkLost

_HUNG_UP = "The connection ended (closed by the other side). Vigil connects by itself."
_PULLED = "The cable is out. Plug it in; Vigil connects by itself."


class MemoryWire:
    """The wire itself, held by the far end: what the near end wrote, and what it will read."""

    def __init__(self) -> None:
        self.is_plugged_in = True
        self._has_hung_up = False
        self._to_near = bytearray()
        self._to_far = bytearray()

    @property
    def has_ended(self) -> bool:
        """Whether the far end has hung up, and all it said before is read."""
        return self._has_hung_up and not self._to_near

    @property
    def has_unread(self) -> bool:
        """Whether bytes wait for the near end."""
        return bool(self._to_near)

    def far_read(self) -> bytes:
        """Take everything the near end has written."""
        data = bytes(self._to_far)
        self._to_far.clear()
        return data

    def far_write(self, data: bytes) -> None:
        """Put bytes on the wire for the near end; into an unplugged wire they are lost."""
        if self.is_plugged_in:
            self._to_near += data

    def hang_up(self) -> None:
        """End the connection at the far end; it can be opened anew at once."""
        self._has_hung_up = True

    def near_read(self, max_bytes: int) -> bytes:
        """Take at most `max_bytes` meant for the near end."""
        data = bytes(self._to_near[:max_bytes])
        del self._to_near[:max_bytes]
        return data

    def near_write(self, data: bytes) -> None:
        """Put bytes on the wire for the far end."""
        self._to_far += data

    def clear(self) -> None:
        """Lose what is under way, as a wire does when it is opened anew."""
        self._has_hung_up = False
        self._to_near.clear()
        self._to_far.clear()


class MemoryTransport:
    """The near end. `read` never waits: in virtual time whoever steps the clock decides when bytes arrive."""

    def __init__(self, wire: MemoryWire) -> None:
        self._wire = wire
        self._is_open = False

    def open(self) -> None:
        """Open; LinkLost while unplugged."""
        if not self._wire.is_plugged_in:
            raise LinkLost(_PULLED)
        self._wire.clear()
        self._is_open = True

    def read(self, max_bytes: int, timeout_s: float) -> bytes:  # noqa: ARG002 - never waits
        """Return what is on the wire."""
        self._demand_open()
        if self._wire.has_ended:
            raise LinkEnded(_HUNG_UP)
        return self._wire.near_read(max_bytes)

    def write(self, data: bytes) -> None:
        """Put bytes on the wire."""
        self._demand_open()
        self._wire.near_write(data)

    def close(self) -> None:
        """Close."""
        self._is_open = False

    def describe(self) -> str:
        """Name the wire."""
        return "memory"

    def _demand_open(self) -> None:
        if not (self._is_open and self._wire.is_plugged_in):
            raise LinkLost(_PULLED)
