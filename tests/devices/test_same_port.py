"""One port is known again in every spelling that tells without asking the network."""

from itertools import combinations

import pytest

from devices.same_port import is_same_port

SPELLINGS = [
    ["serial:/dev/ttyUSB0", "/dev/ttyUSB0", " serial:///dev/ttyUSB0", "/dev/../dev/ttyUSB0"],
    ["COM10", "com10", "serial:COM10", r"\\.\COM10"],
    [
        "tcp:localhost:4001",
        "tcp:LOCALHOST.:4001",
        "tcp:127.0.0.1:4001",
        "tcp:127.0.0.2:4001",
        "tcp:[::1]:4001",
        "tcp:[0:0:0:0:0:0:0:1]:4001",
        "tcp:[::ffff:127.0.0.1]:4001",
        "socket://localhost:4001",
        "rfc2217:localhost:4001",
        "tcp:127.0.0.1:4001?speed=20",
    ],
    [
        "tcp:server-2:4001",
        "TCP://Server-2.:4001",
        "socket://SERVER-2:4001",
        "rfc2217://server-2:4001",
        "tcp:server-2:04001",
    ],
    ["tcp:192.0.2.7:4001", "tcp:[::ffff:192.0.2.7]:4001", "tcp:[::FFFF:C000:0207]:4001"],
    ["tcp:[2001:db8::7]:4001", "tcp:[2001:DB8:0:0::0007]:4001"],
    ["tcp-listen:2575", "tcp-listen://:2575", "tcp-listen:0.0.0.0:2575", "tcp-listen:[::]:2575"],
    ["tcp-listen:192.0.2.5:2576", "TCP-LISTEN://192.0.2.5:2576"],
    ["tcp-listen:127.0.0.1:2576", "tcp-listen:localhost:2576"],
    ["no port at all"],
    ["No port at all"],
]


@pytest.mark.parametrize("spellings", SPELLINGS, ids=lambda each: each[0])
def test_every_spelling_of_a_port_is_that_port(spellings: list[str]) -> None:
    for one in spellings:
        for other in spellings:
            assert is_same_port(one, other), (one, other)


def test_different_ports_are_told_apart() -> None:
    for these, those in combinations(SPELLINGS, 2):
        for one in these:
            for other in those:
                assert not is_same_port(one, other), (one, other)
                assert not is_same_port(other, one), (other, one)


@pytest.mark.parametrize("everywhere", ["tcp-listen:2575", "tcp-listen:0.0.0.0:2575", "tcp-listen:[::]:2575"])
@pytest.mark.parametrize("host", ["192.0.2.5", "localhost", "[2001:db8::7]", "server-2"])
def test_listening_at_all_addresses_is_listening_at_each(everywhere: str, host: str) -> None:
    assert is_same_port(everywhere, f"tcp-listen:{host}:2575")
    assert is_same_port(f"tcp-listen:{host}:2575", everywhere)
    assert not is_same_port(everywhere, f"tcp-listen:{host}:2576")
    assert not is_same_port(everywhere, f"tcp:{host}:2575")


def test_two_addresses_of_this_computer_are_two_ports_to_listen_at() -> None:
    assert not is_same_port("tcp-listen:192.0.2.5:2575", "tcp-listen:192.0.2.6:2575")


def test_a_name_is_never_looked_up() -> None:
    assert not is_same_port("tcp:name.invalid:4001", "tcp:192.0.2.7:4001")
