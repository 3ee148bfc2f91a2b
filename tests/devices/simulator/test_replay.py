"""Recorded traffic comes back byte for byte, in its own time, and only to a host at the same speed."""

import io
import threading
from pathlib import Path

import pytest

from devices.address import parse_address
from devices.capture import Piece
from devices.kinds.dinamap import DINAMAP
from devices.link import link_to
from devices.protocols import dinamap
from devices.simulator.replay import Replay, run_replay
from devices.simulator.served_wire import served_wire
from devices.simulator.simulated_link import VirtualClock
from devices.transport.tcp import TcpTransport
from monitor.clock import Instant, SystemClock
from monitor.errors import UsersError
from monitor.feed import CuffReading

CUFF = dinamap.cuff_frame(status=1, age_s=3, pressures_mmhg=(131, 82, 98))
SPOKEN = '{"capture":1}\n{"ms":0,"read":"41"}\n'


class Hurried:
    """A clock on which every look is ten seconds later."""

    def __init__(self) -> None:
        self._clock = VirtualClock(Instant(utc_ms=0, offset_minutes=0))
        self._looks = 0

    def now(self) -> Instant:
        return self._clock.now()

    def monotonic_s(self) -> float:
        self._looks += 1
        self._clock.move_to(self._looks * 10_000)
        return self._clock.monotonic_s()

    def boottime_s(self) -> float | None:
        return None


def test_every_byte_comes_back_to_the_first_host() -> None:
    recorded = [
        Piece(at_ms=0, data=b"one"),
        Piece(at_ms=9_000, data=b"two"),
        Piece(at_ms=9_000, data=b"three"),
    ]
    replay = Replay(recorded=recorded, wire=served_wire("tcp:0"), clock=Hurried())
    thread = threading.Thread(target=replay.run)
    thread.start()
    port = int(replay.address.rsplit(":", 1)[1])
    near = TcpTransport(host="127.0.0.1", port=port, may_be_this_computer=True)
    near.open()
    heard = b""
    while len(heard) < len(b"onetwothree"):
        heard += near.read(100, 5.0)
    thread.join()
    near.close()
    assert heard == b"onetwothree"


def test_a_replayed_reading_is_read_as_a_simulated_one() -> None:
    replay = Replay(
        recorded=[Piece(at_ms=0, data=CUFF), Piece(at_ms=400, data=CUFF)],
        wire=served_wire("tcp:0"),
        clock=SystemClock(),
    )
    thread = threading.Thread(target=replay.run)
    thread.start()
    link = link_to(parse_address(replay.address), profile=DINAMAP, clock=SystemClock())
    events = link.begin()
    while not any(isinstance(event, CuffReading) for event in events):
        events += link.step(1.0)
    thread.join()
    link.close()
    (reading,) = [event for event in events if isinstance(event, CuffReading)]
    assert (reading.vitals.systolic_mmhg, reading.source.is_simulated) == (131, True)


@pytest.mark.parametrize(
    ("content", "serve", "speed", "words"),
    [
        (None, "tcp:0", 1, "cannot be read"),
        ("", "tcp:0", 1, "nothing that a monitor sent"),
        ("nonsense\n", "tcp:0", 1, "no recording"),
        ("no line end", "tcp:0", 1, "no recording"),
        ("MSH|^~\\&|WARD_MONITOR\rOBX|1|NM\r", "tcp:0", 1, "no recording"),
        ('{"capture":1}\n', "tcp:0", 1, "nothing that a monitor sent"),
        ('{"capture":1}\n{"ms":0,"sent":"41"}\n', "tcp:0", 1, "nothing that a monitor sent"),
        ('{"capture":1}\n{"ms":0,"read":""}\n', "tcp:0", 1, "nothing that a monitor sent"),
        ('{"capture":1}\n{"ms":0,"read":"4"}\n', "tcp:0", 1, "Line 2"),
        (SPOKEN, "elsewhere", 1, "not a place to serve"),
        (SPOKEN, "tcp:0", 0, "--speed 0 is not possible"),
    ],
)
def test_what_cannot_be_played_is_said(
    tmp_path: Path, content: str | None, serve: str, speed: int, words: str
) -> None:
    path = tmp_path / "a.capture"
    if content is not None:
        path.write_text(content)
    out = io.StringIO()
    with pytest.raises(UsersError, match=words):
        run_replay(str(path), serve=serve, speed=speed, out=out)
    assert out.getvalue() == ""


def test_an_address_names_its_speed() -> None:
    wire = served_wire("tcp:0")
    replay = Replay(recorded=[], wire=wire, clock=SystemClock(), speed=10)
    assert replay.address.endswith("?speed=10")
    wire.close()
