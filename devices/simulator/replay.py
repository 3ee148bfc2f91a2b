"""The `replay` command: recorded traffic played back on a wire, with its gaps."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from devices.address import SPEED_MAX
from devices.capture import Piece, chunks, pieces
from devices.simulator.served_wire import ServedWire, served_wire
from devices.sped import SpeedGate
from monitor.clock import MS_PER_S, Clock, SystemClock, clock_at
from monitor.errors import UsersError

EXIT_OK = 0
WAIT_S = 0.1  # real seconds; bounds how late a piece is


class Replay:
    """Plays `recorded` on `wire` to the first host that comes.

    Args:
        recorded: what a monitor sent.
        wire: already listening; closed when `run` returns.
        clock: runs `speed` times as fast as time.
        speed: another than 1 waits for a host that says the same.
    """

    def __init__(self, *, recorded: Sequence[Piece], wire: ServedWire, clock: Clock, speed: int = 1) -> None:
        self._recorded = list(recorded)
        self._wire = wire
        self._clock = clock
        self._real_clock = SystemClock()
        self._speed = speed
        self._gate = SpeedGate(speed=speed)

    @property
    def address(self) -> str:
        """The setting the app is to be given."""
        return self._wire.address + (f"?speed={self._speed}" if self._speed != 1 else "")

    def run(self) -> None:
        """Play everything once."""
        try:
            self._wait_for_host()
            began_s = self._clock.monotonic_s()
            for piece in self._recorded:
                self._wait_until(began_s + piece.at_ms / MS_PER_S)
                if self._gate.is_open(self._real_clock.monotonic_s()):
                    self._wire.send(piece.data)
        finally:
            self._wire.close()

    def _wait_for_host(self) -> None:
        while not (self._wire.has_host and self._gate.is_open(self._real_clock.monotonic_s())):
            self._listen(WAIT_S)

    def _wait_until(self, due_s: float) -> None:
        while (left_s := due_s - self._clock.monotonic_s()) > 0:
            self._listen(min(left_s / self._speed, WAIT_S))

    def _listen(self, for_s: float) -> None:
        said = self._wire.receive(for_s)
        if self._wire.has_new_host():
            self._gate.forget()
        self._gate.let_through(said, self._real_clock.monotonic_s())


def run_replay(path: str, *, serve: str, speed: int = 1, out: TextIO | None = None) -> int:
    """Play the recording at `path` once.

    Args:
        path: made by a link's recording.
        serve: "pty", "tcp:PORT" (0 takes a free one), or "call:PORT" to call an app that listens there.
        speed: how many times as fast as time; only an app at the same speed is served.
        out: where the line "listening on ADDRESS" goes; standard output by default.

    Returns:
        The exit status.

    Raises:
        UsersError: no such file, no recording or one without a byte; an unknown place or speed.
        EnvironmentFault: the port is in use or not allowed.
    """
    if not 1 <= speed <= SPEED_MAX:
        raise UsersError(f"--speed {speed} is not possible. Choose a whole number from 1 to {SPEED_MAX}.")
    try:
        with Path(path).open("rb") as file:
            recorded = list(pieces(chunks(file)))
    except OSError as error:
        raise UsersError(f'"{path}" cannot be read ({error.strerror}). Name a recording.') from error
    if not any(piece.data for piece in recorded):
        raise UsersError(f'"{path}" holds nothing that a monitor sent. Name a recording of one that spoke.')
    replay = Replay(recorded=recorded, wire=served_wire(serve), clock=clock_at(speed), speed=speed)
    print(f"listening on {replay.address}", file=out or sys.stdout, flush=True)
    try:
        replay.run()
    except KeyboardInterrupt:
        return EXIT_OK
    return EXIT_OK
