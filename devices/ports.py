"""The serial ports of this computer, and which of them an adapter came back as.

An adapter pulled and put back may get another name. Its USB identity finds it again, as far as it has one:
many bridge chips share vendor and product, and cheap ones share even the serial number.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from serial.tools import list_ports


@dataclass(frozen=True, slots=True, kw_only=True)
class SerialPort:
    """One port as the system lists it; the identity of a port that is not USB is empty.

    Attributes:
        path: "/dev/ttyUSB0", "COM3".
        title: what the system calls the device, for people.
        vendor: USB vendor number, None without USB.
        product: USB product number.
        serial_number: of the adapter, "" when it has none.
        location: the socket it sits in, such as "1-1.2", "" when unknown.
    """

    path: str
    title: str
    vendor: int | None
    product: int | None
    serial_number: str
    location: str


def present_ports() -> tuple[SerialPort, ...]:
    """Every port that is there now, by path."""
    found = [
        SerialPort(
            path=each.device,
            title=each.description if each.description != "n/a" else "",
            vendor=each.vid,
            product=each.pid,
            serial_number=each.serial_number or "",
            location=each.location or "",
        )
        for each in list_ports.comports()
    ]
    return tuple(sorted(found, key=lambda port: port.path))


def returned_as(gone: SerialPort, present: Iterable[SerialPort]) -> SerialPort | None:
    """The port that the adapter of `gone` came back as; None when none, or more than one, could be it.

    Its own number decides; where clones share one, or it has none, the socket does.
    """
    alike = [
        port
        for port in present
        if port.vendor is not None
        and (port.vendor, port.product, port.serial_number) == (gone.vendor, gone.product, gone.serial_number)
    ]
    if len(alike) > 1 or not gone.serial_number:
        alike = [port for port in alike if port.location and port.location == gone.location]
    return alike[0] if len(alike) == 1 else None
