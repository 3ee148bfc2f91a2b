"""A port is one setting; what cannot be read is said, and a program is never taken for a monitor."""

import os
import re
from pathlib import Path

import pytest

from devices.address import WireKind, is_pseudo_terminal, parse_address
from devices.kinds.dinamap import DINAMAP
from devices.link import transport_for
from devices.profiles import profile_named
from monitor.errors import UsersError


@pytest.mark.parametrize(
    ("text", "canonical", "kind", "is_simulated"),
    [
        ("serial:/dev/ttyUSB0", "serial:/dev/ttyUSB0", WireKind.SERIAL, False),
        (" /dev/ttyUSB0 ", "serial:/dev/ttyUSB0", WireKind.SERIAL, False),
        ("/dev/serial/by-id/usb-FTDI", "serial:/dev/serial/by-id/usb-FTDI", WireKind.SERIAL, False),
        ("/dev/cu.usbserial-1", "serial:/dev/cu.usbserial-1", WireKind.SERIAL, False),
        ("COM3", "serial:COM3", WireKind.SERIAL, False),
        ("serial:com12", "serial:COM12", WireKind.SERIAL, False),
        ("/dev/pts/4", "serial:/dev/pts/4", WireKind.SERIAL, True),
        ("serial:/dev/ttys003", "serial:/dev/ttys003", WireKind.SERIAL, True),
        ("tcp:192.0.2.7:4001", "tcp:192.0.2.7:4001", WireKind.TCP, False),
        ("tcp://monitor-3:4001", "tcp:monitor-3:4001", WireKind.TCP, False),
        ("tcp:127.0.0.1:4001", "tcp:127.0.0.1:4001", WireKind.TCP, True),
        ("tcp:127.9.9.9:1", "tcp:127.9.9.9:1", WireKind.TCP, True),
        ("tcp:LocalHost:65535", "tcp:LocalHost:65535", WireKind.TCP, True),
        ("tcp:[::1]:4001", "tcp:[::1]:4001", WireKind.TCP, True),
        ("tcp:[::ffff:127.0.0.1]:4001", "tcp:[::ffff:127.0.0.1]:4001", WireKind.TCP, True),
        ("tcp:127.0.0.1:4001?speed=20", "tcp:127.0.0.1:4001?speed=20", WireKind.TCP, True),
        ("tcp-listen:2575", "tcp-listen:2575", WireKind.TCP_LISTEN, False),
        ("tcp-listen://:2575", "tcp-listen:2575", WireKind.TCP_LISTEN, False),
        ("tcp-listen:192.0.2.7:2575", "tcp-listen:192.0.2.7:2575", WireKind.TCP_LISTEN, False),
        ("tcp-listen:127.0.0.1:2575", "tcp-listen:127.0.0.1:2575", WireKind.TCP_LISTEN, True),
        ("tcp-listen:[::1]:2575", "tcp-listen:[::1]:2575", WireKind.TCP_LISTEN, True),
        ("socket://192.0.2.7:4001", "tcp:192.0.2.7:4001", WireKind.TCP, False),
        ("rfc2217://192.0.2.7:2217", "rfc2217:192.0.2.7:2217", WireKind.RFC2217, False),
        ("rfc2217:server-2:2217", "rfc2217:server-2:2217", WireKind.RFC2217, False),
        ("rfc2217://127.0.0.1:2217", "rfc2217:127.0.0.1:2217", WireKind.RFC2217, True),
        ("rfc2217://[::1]:2217", "rfc2217:[::1]:2217", WireKind.RFC2217, True),
        ("serial:///dev/ttyUSB0", "serial:/dev/ttyUSB0", WireKind.SERIAL, False),
        ("Serial:/dev/ttyUSB0", "serial:/dev/ttyUSB0", WireKind.SERIAL, False),
        (r"\\.\COM10", "serial:COM10", WireKind.SERIAL, False),
        (r"serial:\\.\com10", "serial:COM10", WireKind.SERIAL, False),
        ("serial://COM3", "serial:COM3", WireKind.SERIAL, False),
        ("TCP:192.0.2.7:4001", "tcp:192.0.2.7:4001", WireKind.TCP, False),
        ("Socket://Monitor-3:4001", "tcp:Monitor-3:4001", WireKind.TCP, False),
        ("RFC2217://192.0.2.7:2217", "rfc2217:192.0.2.7:2217", WireKind.RFC2217, False),
        ("Tcp-Listen:2575", "tcp-listen:2575", WireKind.TCP_LISTEN, False),
        ("tcp-listen:0.0.0.0:2575", "tcp-listen:0.0.0.0:2575", WireKind.TCP_LISTEN, False),
        ("tcp:[2001:DB8::7]:4001", "tcp:[2001:DB8::7]:4001", WireKind.TCP, False),
        ("tcp:localhost.:4001", "tcp:localhost.:4001", WireKind.TCP, True),
        ("tcp:3com-server.clinic:4001", "tcp:3com-server.clinic:4001", WireKind.TCP, False),
        ("/dev/pts/4?speed=1", "serial:/dev/pts/4", WireKind.SERIAL, True),
    ],
)
def test_known_shapes(text: str, canonical: str, kind: WireKind, *, is_simulated: bool) -> None:
    address = parse_address(text)
    assert (address.text, address.kind, address.is_simulated) == (canonical, kind, is_simulated)
    assert parse_address(address.text) == address


@pytest.mark.parametrize(
    "text",
    [
        "",
        "usb",
        "serial:",
        "serial:ttyUSB0",
        "tcp:host",
        "tcp:host:",
        "tcp:host:0",
        "tcp:host:65536",
        "tcp:host:12x",
        "udp:host:1",
        "tcp-listen:",
        "tcp-listen:0",
        "tcp-listen:65536",
        "tcp-listen:host:",
        "tcp-listen:2575?speed=2",
        "COM",
        "serial://dev/ttyUSB0",
        "serial:///DEV/ttyUSB0",
        "socket:192.0.2.7:4001",
        "tcp:10.0.0.999:40",
        "tcp:10.0.0.999.:40",
        "tcp:192.168.001.020:40",
        "tcp:10.0.0:40",
        "tcp:0x7f.1:40",
        "tcp:[::1::2]:40",
        "socket://256.0.0.1:40",
        "rfc2217:1.2.3.4.5:40",
        "tcp-listen:10.0.0.999:2575",
        "tcp:127.0.0.1:4001?speed=0",
        "tcp:127.0.0.1:4001?speed=1001",
        "tcp:127.0.0.1:4001?speed=two",
        "tcp:127.0.0.1:4001?fast",
        "tcp:192.0.2.7:4001?speed=10",
        "COM3?speed=10",
    ],
)
def test_anything_else_is_refused_with_the_text_in_the_sentence(text: str) -> None:
    with pytest.raises(UsersError) as refused:
        parse_address(text)
    assert text.split("?", maxsplit=1)[0] in str(refused.value)


def test_the_refusal_names_every_form_and_each_of_them_is_taken() -> None:
    with pytest.raises(UsersError) as refused:
        parse_address("usb")
    said = str(refused.value)
    named = re.findall(r"[^\s;,]*(?:/dev/|COM\d|:PORT)[^\s;,]*", said)
    assert {name.partition(":")[0] for name in named if ":" in name} == (
        {kind.value for kind in WireKind} | {"socket"}
    )
    for name in named:
        parse_address(name.removesuffix(".").replace("PORT", "4001"))
    parse_address("TCP://HOST:4001")  # "Capital letters and // change nothing."


@pytest.mark.parametrize("host", ["10.0.0.999", "192.168.001.020", "10.0.0"])
def test_numbers_that_are_no_address_are_refused_with_what_to_write(host: str) -> None:
    with pytest.raises(UsersError, match="four numbers from 0 to 255"):
        parse_address(f"tcp:{host}:4001")


def test_a_link_to_a_pseudo_terminal_is_simulated_too(tmp_path: Path) -> None:
    master, near = os.openpty()
    try:
        link = tmp_path / "monitor"
        link.symlink_to(os.ttyname(near))
        with pytest.raises(UsersError):
            parse_address(str(link))  # outside /dev it is no port setting
        assert is_pseudo_terminal(str(link))
    finally:
        os.close(master)
        os.close(near)


@pytest.mark.parametrize(("suffix", "clock_speed"), [("?speed=10", 1), ("", 10), ("?speed=10", 20)])
def test_a_monitor_at_another_speed_is_refused(suffix: str, clock_speed: int) -> None:
    address = parse_address("tcp:127.0.0.1:4001" + suffix)
    with pytest.raises(UsersError, match="same speed"):
        transport_for(address, profile=DINAMAP, clock_speed=clock_speed)


@pytest.mark.parametrize("text", ["tcp:127.0.0.1:4001?speed=10", "/dev/pts/4?speed=10"])
def test_at_the_same_speed_the_wire_is_made(text: str) -> None:
    made = transport_for(parse_address(text), profile=DINAMAP, clock_speed=10)
    assert made.describe().endswith("?speed=10")


def test_an_unknown_protocol_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UsersError, match="dinamap"):
        profile_named("philips")
