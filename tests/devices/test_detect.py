"""A monitor is found by what it says, at whatever line setting, and nothing else is taken for one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pytest

from devices.detect import PortSearch, Search
from devices.kinds.dinamap import DINAMAP
from devices.profiles import PROFILES
from devices.protocols import dinamap
from devices.simulator.simulated_link import VirtualClock
from devices.transport.base import LinkBusy
from devices.transport.serial_port import LineSettings
from monitor.clock import Instant
from monitor.link_report import PortSearched, SearchOutcome

CUFF = dinamap.cuff_frame(status=1, age_s=3, pressures_mmhg=(131, 82, 98))
RATE = dinamap.rate_frame(source=2, bpm=71)
MASIMO = (
    b"07/14/26 09:15:04 SN=0000012345 SPO2=096% BPM=071 PI=02.10% ALARM=0000 EXC=000800\r\n"
    b"07/14/26 09:15:05 SN=0000012345 SPO2=096% BPM=072 PI=02.10% ALARM=0000 EXC=000800\r\n"
)
NONIN_DF1 = bytes([0x80, 71, 97])
NINE_SIX = LineSettings(baud_rate=9600)

Answers = Callable[[bytes], bytes]


@dataclass
class Wired:
    """A port with something at its far end. Each read lets a second of the clock pass."""

    clock: VirtualClock
    line: LineSettings
    said: Sequence[bytes] = ()
    answers: Answers = field(default=lambda _: b"")
    opened: list[LineSettings] = field(default_factory=list)
    asked: list[bytes] = field(default_factory=list)
    is_busy: bool = False

    def make(self, _port: str, line: LineSettings) -> "Wired":
        self.opened.append(line)
        return self

    def open(self) -> None:
        if self.is_busy:
            raise LinkBusy("The port is in use by another program.")
        self._waiting = list(self.said)
        self._answer = b""

    def read(self, max_bytes: int, timeout_s: float) -> bytes:  # noqa: ARG002 - the shape of a transport
        self.clock.move_to(self.clock.passed_ms + 500)
        data = self._answer + (self._waiting.pop(0) if self._waiting else b"")
        self._answer = b""
        return data if self.opened[-1] == self.line else bytes(byte ^ 0x5A for byte in data)

    def write(self, data: bytes) -> None:
        self.asked.append(data)
        if self.opened[-1] == self.line:
            self._answer = self.answers(data)

    def close(self) -> None:
        pass

    def describe(self) -> str:
        return "serial:/dev/ttyUSB0"


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock(Instant(utc_ms=0, offset_minutes=0))


def searched(wired: Wired) -> PortSearched:
    search = PortSearch(
        port="serial:/dev/ttyUSB0", profiles=PROFILES.values(), open_port=wired.make, clock=wired.clock
    )
    search.run()
    assert search.report.share == 1.0
    return search.report


@pytest.mark.parametrize(
    ("said", "protocol"),
    [((MASIMO[:90], MASIMO[90:]), "masimo"), ((NONIN_DF1 * 4, NONIN_DF1 * 4, NONIN_DF1 * 4), "nonin")],
)
def test_a_monitor_that_sends_by_itself_is_named_by_what_it_sends(
    clock: VirtualClock, said: Sequence[bytes], protocol: str
) -> None:
    wired = Wired(clock=clock, line=NINE_SIX, said=said)
    found = searched(wired)
    assert (found.outcome, found.protocol, found.line_settings) == (SearchOutcome.FOUND, protocol, "9600 8N1")
    assert found.frames >= 1


def test_a_monitor_that_must_be_asked_is_asked_only_to_tell(clock: VirtualClock) -> None:
    answers = {dinamap.frame(dinamap.READ_CUFF): CUFF, dinamap.frame(dinamap.READ_RATE): RATE}
    wired = Wired(clock=clock, line=NINE_SIX, answers=lambda asked: answers.get(asked, b""))
    found = searched(wired)
    assert (found.outcome, found.protocol, found.title) == (SearchOutcome.FOUND, "dinamap", DINAMAP.title)
    starting = dinamap.frame("NC0")
    assert starting not in b"".join(wired.asked)


def test_our_own_question_come_back_is_no_monitor(clock: VirtualClock) -> None:
    assert (
        searched(Wired(clock=clock, line=NINE_SIX, answers=lambda asked: asked)).outcome
        is SearchOutcome.NOTHING
    )


@pytest.mark.parametrize(
    "noise", [b"", b"\x00" * 200, b"AT\r\nOK\r\n", bytes(range(256)), b"$GPGGA,1,2*47\r\n"]
)
def test_noise_silence_and_other_devices_are_no_monitor(clock: VirtualClock, noise: bytes) -> None:
    found = searched(Wired(clock=clock, line=NINE_SIX, said=[noise] * 60))
    assert (found.outcome, found.protocol) == (SearchOutcome.NOTHING, "")
    assert found.reason


def test_a_port_in_use_is_said_so(clock: VirtualClock) -> None:
    found = searched(Wired(clock=clock, line=NINE_SIX, is_busy=True))
    assert (found.outcome, found.reason) == (SearchOutcome.CLOSED, "The port is in use by another program.")


def test_every_line_setting_of_a_kind_is_tried(clock: VirtualClock) -> None:
    wired = Wired(clock=clock, line=NINE_SIX)
    searched(wired)
    expected = {
        line.text
        for profile in PROFILES.values()
        if profile.proof_frames is not None
        for line in (profile.line, *profile.other_lines)
    }
    assert {line.text for line in wired.opened} == expected


def test_silent_ports_are_done_within_half_a_minute(clock: VirtualClock) -> None:
    searched(Wired(clock=clock, line=NINE_SIX))
    assert clock.passed_ms < 30_000


def test_a_search_can_be_stopped_and_says_so(clock: VirtualClock) -> None:
    wired = Wired(clock=clock, line=NINE_SIX)
    search = PortSearch(port="p", profiles=PROFILES.values(), open_port=wired.make, clock=clock)
    both = Search([search])
    assert [each.outcome for each in both.reports] == [SearchOutcome.SEARCHING]
    search.stop()
    both.start()
    both.stop()
    assert [each.outcome for each in both.reports] == [SearchOutcome.STOPPED]
