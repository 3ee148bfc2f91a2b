"""Collects one session's continuous values into blocks to save. Pure."""

from collections.abc import Sequence

from monitor.clock import MS_PER_S
from monitor.feed import LiveValue
from monitor.trend import BLOCK_MS, TrendBlock, TrendHead, TrendSample, head_of, sealed


class Trending:
    """The chain of one session: blocks sealed so far and the samples that wait for the next."""

    def __init__(self, session: str, blocks: Sequence[TrendBlock] = ()) -> None:
        """Take up a stored chain where it ends."""
        self._session = session
        self._blocks = list(blocks)
        self._waiting: list[TrendSample] = []

    @property
    def head(self) -> TrendHead:
        """Where the sealed blocks end."""
        return head_of(self._blocks)

    @property
    def samples(self) -> tuple[TrendSample, ...]:
        """Everything so far, in order of arrival."""
        return tuple(sample for block in self._blocks for sample in block.samples) + tuple(self._waiting)

    def add(self, value: LiveValue) -> TrendBlock | None:
        """Take one value, at most one a second of each kind; returns a block that this one ended."""
        sample = TrendSample(
            at_ms=value.received_at.utc_ms,
            quantity=value.quantity,
            value=value.value,
            quality=value.quality,
            port=value.source.port,
        )
        if self._is_too_soon(sample):
            return None
        block = self.seal_if_due(sample.at_ms)
        self._waiting.append(sample)
        return block

    def seal_if_due(self, now_ms: int) -> TrendBlock | None:
        """Seal what waits once its first sample is as old as a block may be long, or time ran backwards."""
        if not self._waiting or 0 <= now_ms - self._waiting[0].at_ms < BLOCK_MS:
            return None
        return self.seal()

    def seal(self) -> TrendBlock | None:
        """Seal what waits, if anything does."""
        if not self._waiting:
            return None
        block = sealed(self._session, self.head, self._waiting)
        self._blocks.append(block)
        self._waiting.clear()
        return block

    def _is_too_soon(self, sample: TrendSample) -> bool:
        for known in reversed(self._waiting):
            if (known.quantity, known.port) == (sample.quantity, sample.port):
                is_near = 0 <= sample.at_ms - known.at_ms < MS_PER_S
                return is_near and (known.value is None) == (sample.value is None)
        return False
