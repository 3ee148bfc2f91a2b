"""Raw traffic of one wire in a file, with its times: for a technician, for `decode` and for `replay`.

One JSON object a line: first what was recorded, then each read, each write and each change of the link. Bytes
travel as hex. Nothing that names a patient is in it: a kind of monitor that sends such text has a scrubber.
"""

import json
import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from monitor.clock import MS_PER_S, ClockSample
from monitor.codec import utc_text
from monitor.errors import EnvironmentFault, UsersError
from monitor.feed import LinkChanged, Source

VERSION = 1
LARGEST_BYTES = 64 * 1024 * 1024  # a week of a monitor that sends each second
LONGEST_LINE_BYTES = 1024 * 1024  # the longest message that any kind keeps whole, in hex, and more
CHUNK_BYTES = 65536
FIRST_LINE = b'{"capture":'

_LOG = logging.getLogger(__name__)

_NO_RECORDING = (
    "This is no recording. Name a file that W on a chair's monitor page has made, as it was written."
)

Scrubber = Callable[[bytes], bytes]  # called with the stream in any pieces, gives out what is whole, masked
NewScrubber = Callable[[], Scrubber]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Bytes that came from the monitor, `at_ms` milliseconds after the recording began."""

    at_ms: int
    data: bytes


class Capture:
    """A recording under way; used by the thread of its link.

    A disk that fails ends the recording and nothing else: the monitor is read on. `is_open` may be read from
    any thread.

    Args:
        file: just made, empty.
        source: the monitor.
        line_settings: such as "9600 8N1".
        new_scrubber: makes what takes a person's name out of a stream, one for each direction; None for a
            kind of monitor that sends none.
    """

    def __init__(
        self, file: TextIO, *, source: Source, line_settings: str, new_scrubber: NewScrubber | None = None
    ) -> None:
        self._file: TextIO | None = file
        self._source = source
        self._line_settings = line_settings
        self._scrub_read, self._scrub_sent = (
            bytes if new_scrubber is None else new_scrubber() for _ in range(2)
        )
        self._began_s: float | None = None
        self._written = 0

    @property
    def is_open(self) -> bool:
        """Whether it still records."""
        return self._file is not None

    def read(self, data: bytes, now: ClockSample) -> None:
        """Note what came from the monitor."""
        self._note_bytes(now, "read", self._scrub_read(data))

    def sent(self, data: bytes, now: ClockSample) -> None:
        """Note what was sent to it."""
        self._note_bytes(now, "sent", self._scrub_sent(data))

    def changed(self, change: LinkChanged, now: ClockSample) -> None:
        """Note a change of the link."""
        self._note(now, {"state": change.state.value, "reason": change.reason})

    def close(self) -> None:
        """End the recording; harmless when it has ended."""
        if self._file is not None:
            file, self._file = self._file, None
            try:
                file.close()
            except OSError as error:
                _LOG.warning("a recording may lack its end: %s", error.strerror)

    def _note_bytes(self, now: ClockSample, way: str, scrubbed: bytes) -> None:
        """Note what a scrubber let through; it may hold back what is not yet whole."""
        if scrubbed:
            self._note(now, {way: scrubbed.hex()})

    def _note(self, now: ClockSample, what: dict[str, Any]) -> None:
        if self._file is None:
            return
        if self._began_s is None:
            self._began_s = now.monotonic_s
            self._write(
                {
                    "capture": VERSION,
                    "protocol": self._source.protocol,
                    "port": self._source.port,
                    "line": self._line_settings,
                    "begun_at": utc_text(now.at.utc_ms),
                }
            )
        self._write({"ms": round((now.monotonic_s - self._began_s) * MS_PER_S)} | what)

    def _write(self, line: dict[str, Any]) -> None:
        if self._file is None:
            return
        text = json.dumps(line, separators=(",", ":")) + "\n"
        self._written += len(text)
        try:
            self._file.write(text)
            self._file.flush()
        except OSError as error:
            _LOG.warning("a recording ended: %s", error.strerror)
            self.close()
        if self._written > LARGEST_BYTES:
            self.close()


def new_capture_file(path: Path) -> TextIO:
    """Make the file of a new recording.

    Raises:
        EnvironmentFault: it cannot be made, or there is one already.
    """
    try:
        return path.open("x", encoding="ascii")
    except OSError as error:
        raise EnvironmentFault(
            f"The recording {path} cannot be made ({error.strerror}). Choose another place."
        ) from error


def chunks(stream: BinaryIO) -> Iterator[bytes]:
    """The bytes of `stream`, those of a live pipe as they come."""
    read = getattr(stream, "read1", stream.read)  # plain files have it too when buffered
    while data := read(CHUNK_BYTES):
        yield data


def may_be_capture(beginning: bytes) -> bool:
    """Whether what begins so can be a recording, as far as it is known; see `is_capture`."""
    return FIRST_LINE.startswith(beginning[: len(FIRST_LINE)])


def is_capture(beginning: bytes) -> bool:
    """Whether a file that begins so is a recording, rather than a monitor's bytes as they are."""
    return beginning.startswith(FIRST_LINE)


def pieces(data: Iterable[bytes]) -> Iterator[Piece]:
    """What the monitor sent, in order, from a recording cut anywhere; its last line may be missing in part.

    Nothing at all is the recording of a wire on which nothing crossed.

    Raises:
        UsersError: it is no recording, or a line of it cannot be read; the text names the line.
    """
    arriving = iter(data)
    beginning = next(arriving, b"")
    if not beginning:
        return
    lines = _lines(chain([beginning], arriving))
    _expect_recording(next(lines, b""))
    for number, line in enumerate(lines, start=2):
        try:
            noted = dict(json.loads(line).items())
            piece = (
                Piece(at_ms=int(noted["ms"]), data=bytes.fromhex(noted["read"])) if "read" in noted else None
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise UsersError(f"Line {number} of the recording cannot be read. Cut it off there.") from error
        if piece is not None:
            yield piece


def _lines(data: Iterable[bytes]) -> Iterator[bytes]:
    """Every whole line; what follows the last line end is left out."""
    held = bytearray()
    for chunk in data:
        held += chunk
        if b"\n" in chunk:
            *whole, held = held.split(b"\n")
            yield from map(bytes, whole)
        if len(held) > LONGEST_LINE_BYTES:
            raise UsersError(_NO_RECORDING)


def _expect_recording(first_line: bytes) -> None:
    try:
        version = json.loads(first_line)["capture"]
    except (ValueError, KeyError, TypeError) as error:
        raise UsersError(_NO_RECORDING) from error
    if version != VERSION:
        raise UsersError(f"The recording is of version {version}, not {VERSION}.")
