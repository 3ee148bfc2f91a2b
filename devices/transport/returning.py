"""A serial port whose adapter may come back under another name."""

from collections.abc import Callable

from devices.ports import SerialPort, returned_as
from devices.transport.base import LinkLost, LinkMoved, Transport

Ports = Callable[[], tuple[SerialPort, ...]]


class ReturningPort:
    """Remembers which adapter it was, and says so when that adapter is there again elsewhere.

    It never follows by itself: until somebody confirms that it is still the monitor of this chair, nothing
    that comes from the other port may be charted.

    Args:
        path: of the port, as in the settings.
        port: the transport to it.
        ports: lists the ports that are there.
        speaks: whether the same kind of monitor is heard on a path.
    """

    def __init__(self, *, path: str, port: Transport, ports: Ports, speaks: Callable[[str], bool]) -> None:
        self._path = path
        self._port = port
        self._ports = ports
        self._speaks = speaks
        self._adapter: SerialPort | None = None

    def open(self) -> None:
        """Open the port of the settings.

        Raises:
            LinkMoved: its adapter is at another port now, and the same kind of monitor speaks there.
            LinkFault: as any serial port.
        """
        try:
            self._port.open()
        except LinkLost:
            back = None if self._adapter is None else returned_as(self._adapter, self._elsewhere())
            if back is None or not self._speaks(back.path):
                raise
            raise LinkMoved(self.describe(), f"serial:{back.path}") from None
        self._adapter = next((each for each in self._ports() if each.path == self._path), None)

    def read(self, max_bytes: int, timeout_s: float) -> bytes:
        """Read from the port."""
        return self._port.read(max_bytes, timeout_s)

    def write(self, data: bytes) -> None:
        """Write to the port."""
        self._port.write(data)

    def close(self) -> None:
        """Close the port."""
        self._port.close()

    def describe(self) -> str:
        """The port of the settings."""
        return self._port.describe()

    def _elsewhere(self) -> list[SerialPort]:
        return [each for each in self._ports() if each.path != self._path]
