"""Raw traffic is recorded with its times, read back exactly, and never stops a monitor from being read."""

import errno
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.capture import (
    CHUNK_BYTES,
    LONGEST_LINE_BYTES,
    Capture,
    Piece,
    is_capture,
    new_capture_file,
    pieces,
)
from monitor.clock import ClockSample, Instant
from monitor.errors import EnvironmentFault, UsersError
from monitor.feed import LinkChanged, LinkState, Source

SOURCE = Source(protocol="masimo", port="serial:/dev/ttyUSB0", is_simulated=False)


def now(at_s: float) -> ClockSample:
    at = Instant(utc_ms=1_767_603_600_000 + round(at_s * 1000), offset_minutes=0)
    return ClockSample(at=at, monotonic_s=50 + at_s, boottime_s=None)


def capture(path: Path) -> Capture:
    return Capture(new_capture_file(path), source=SOURCE, line_settings="9600 8N1")


def test_it_tells_what_was_recorded_and_when(tmp_path: Path) -> None:
    path = tmp_path / "chair 1.capture"
    recording = capture(path)
    recording.sent(b"\x7e\x01", now(0))
    recording.read(b"\xff\x00", now(0.25))
    lost = LinkChanged(source=SOURCE, state=LinkState.LOST, reason="The cable is gone.", at=now(9).at)
    recording.changed(lost, now(9))
    recording.close()
    recording.close()
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    assert lines == [
        {
            "capture": 1,
            "protocol": "masimo",
            "port": "serial:/dev/ttyUSB0",
            "line": "9600 8N1",
            "begun_at": "2026-01-05T09:00:00.000Z",
        },
        {"ms": 0, "sent": "7e01"},
        {"ms": 250, "read": "ff00"},
        {"ms": 9000, "state": "lost", "reason": "The cable is gone."},
    ]
    with path.open("rb") as file:
        assert is_capture(file.read(20))
        file.seek(0)
        assert list(pieces(file)) == [Piece(at_ms=250, data=b"\xff\x00")]


@given(st.lists(st.binary(min_size=1, max_size=50), max_size=20))
def test_every_byte_comes_back(tmp_path_factory: pytest.TempPathFactory, chunks: list[bytes]) -> None:
    path = tmp_path_factory.mktemp("capture") / "a.capture"
    recording = capture(path)
    for number, chunk in enumerate(chunks):
        recording.read(chunk, now(number))
    recording.close()
    with path.open("rb") as file:
        assert [piece.data for piece in pieces(file)] == chunks


def test_what_names_a_patient_is_scrubbed_before_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "a.capture"
    scrubbed = Capture(
        new_capture_file(path),
        source=SOURCE,
        line_settings="",
        new_scrubber=lambda: lambda data: data.replace(b"OKAFOR", b"XXXXXX"),
    )
    scrubbed.read(b"PID|OKAFOR", now(0))
    scrubbed.close()
    assert b"OKAFOR".hex() not in path.read_text()


def test_an_existing_file_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.capture"
    path.write_text("kept")
    with pytest.raises(EnvironmentFault, match="cannot be made"):
        capture(path)
    assert path.read_text() == "kept"


class FullDisk(io.StringIO):
    """Takes nothing, and fails again when it is closed."""

    def write(self, text: str, /) -> int:  # noqa: ARG002 - the shape of a file
        raise OSError(errno.ENOSPC, "No space left on device")

    def close(self) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_ends_the_recording_and_nothing_else() -> None:
    recording = Capture(FullDisk(), source=SOURCE, line_settings="")
    recording.read(b"A", now(0))
    recording.read(b"B", now(1))
    assert [recording.is_open] == [False]


def test_a_recording_ends_before_it_fills_the_disk() -> None:
    file = io.StringIO()
    recording = Capture(file, source=SOURCE, line_settings="")
    for second in range(40):
        recording.read(b"x" * 1_000_000, now(second))
    assert not recording.is_open


def test_a_cut_last_line_is_left_out() -> None:
    text = b'{"capture":1}\n{"ms":0,"read":"41"}\n{"ms":5,"re'
    assert list(pieces(io.BytesIO(text))) == [Piece(at_ms=0, data=b"A")]


@pytest.mark.parametrize(
    "line", [b"[]\n", b"nonsense\n", b'{"ms":0,"read":"4"}\n', b'{"read":"41"}\n', b'{"ms":{},"read":"41"}\n']
)
def test_a_line_that_is_none_is_named(line: bytes) -> None:
    with pytest.raises(UsersError, match="Line 2"):
        list(pieces(io.BytesIO(b'{"capture":1}\n' + line)))


@pytest.mark.parametrize(
    "content",
    [
        b"\n",
        b'{"capture":1}',
        b'{"ms":0,"read":"41"}\n',
        b"[1]\n",
        b"nonsense\n",
        bytes(range(256)),
        b"MSH|^~\\&|WARD_MONITOR\r",
        b"\0" * (2 * LONGEST_LINE_BYTES),
    ],
    ids=["blank", "cut", "headless", "list", "words", "bytes", "hl7", "endless"],
)
def test_what_is_no_recording_is_refused(content: bytes) -> None:
    with pytest.raises(UsersError, match="This is no recording"):
        list(pieces(io.BytesIO(content)))


def test_a_line_that_never_ends_is_given_up_before_it_fills_the_memory() -> None:
    given = 0

    def endless() -> Iterator[bytes]:
        nonlocal given
        yield b'{"capture":1}\n'
        while True:
            given += CHUNK_BYTES
            yield b"0" * CHUNK_BYTES

    with pytest.raises(UsersError):
        list(pieces(endless()))
    assert given <= LONGEST_LINE_BYTES + CHUNK_BYTES


def test_a_recording_is_read_as_it_comes_however_it_is_cut() -> None:
    text = b'{"capture":1}\n{"ms":0,"read":"41"}\n{"ms":5,"sent":"00"}\n{"ms":7,"read":"4243"}\n'
    whole = [Piece(at_ms=0, data=b"A"), Piece(at_ms=7, data=b"BC")]
    for size in range(1, len(text) + 1):
        cut = (text[at : at + size] for at in range(0, len(text), size))
        assert list(pieces(cut)) == whole
    arriving = iter([text[:40], text[40:]])
    assert next(pieces(arriving)) == whole[0]
    assert next(arriving) == text[40:]


def test_a_later_version_is_refused() -> None:
    with pytest.raises(UsersError, match="version 2"):
        list(pieces(io.BytesIO(b'{"capture":2}\n')))


def test_bytes_of_a_monitor_are_no_recording() -> None:
    assert not is_capture(b" NA1100003\r")
    assert not is_capture(b"")
