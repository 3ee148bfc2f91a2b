"""Spoil a simulated monitor's answers as a bad cable, a wrong setting or a busy ward would."""

from devices.simulator.patient import seeded_stream
from devices.simulator.scenario import Fault, FaultKind
from monitor.clock import MS_PER_MINUTE

NOISE_BYTES_MOST = 24


class FaultScript:
    """The faults of one scenario, over time, repeatable by seed."""

    def __init__(self, *, faults: tuple[Fault, ...], seed: int) -> None:
        self._faults = faults
        self._seed = seed
        self._answers = 0

    def is_in_force(self, kind: FaultKind, *, at_ms: int, started_at_ms: int | None) -> bool:
        """Whether a fault of `kind` stands at `at_ms`, whatever its chance."""
        return bool(self._standing(kind, at_ms, started_at_ms))

    def spoil(self, answer: bytes, *, at_ms: int, started_at_ms: int | None) -> bytes:
        """Return what arrives of `answer`; nothing while the monitor is silent."""
        if not answer:
            return b""
        self._answers += 1
        if not self._faults:
            return answer
        if self.is_in_force(FaultKind.SILENT, at_ms=at_ms, started_at_ms=started_at_ms):
            return b""
        stream = seeded_stream(self._seed, "wire", self._answers)
        for kind in (FaultKind.TRUNCATED, FaultKind.BAD_SUM, FaultKind.NOISE):
            standing = self._standing(kind, at_ms, started_at_ms)
            if not standing or stream.randrange(standing[0].one_in):
                continue
            if kind is FaultKind.TRUNCATED:
                answer = answer[: stream.randrange(1, len(answer))]
            elif kind is FaultKind.BAD_SUM:
                answer = _with_a_digit_changed(answer)
            else:
                answer = stream.randbytes(stream.randrange(1, NOISE_BYTES_MOST)) + answer
        return answer

    def _standing(self, kind: FaultKind, at_ms: int, started_at_ms: int | None) -> list[Fault]:
        if started_at_ms is None or not self._faults:
            return []
        minute = (at_ms - started_at_ms) / MS_PER_MINUTE
        return [
            fault
            for fault in self._faults
            if fault.kind is kind and fault.begins_minute <= minute < fault.ends_minute
        ]


def _with_a_digit_changed(answer: bytes) -> bytes:
    """Flip the lowest bit of the fourth byte, a status or source digit, and leave the sum as it was."""
    position = min(3, len(answer) - 1)
    return answer[:position] + bytes([answer[position] ^ 1]) + answer[position + 1 :]
