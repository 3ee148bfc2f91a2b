"""Blocks of continuous values that wait for the next entries: fewer commits where nobody waits for them.

For sessions played in virtual time. At a chair each block goes to the disk by itself, within seconds.
"""

from collections.abc import Callable
from dataclasses import replace

from monitor.ports import Step
from monitor.trend import TrendBlock


class Gathered:
    """Passes steps on to `submit`, those of blocks alone together with the next one that has entries."""

    def __init__(self, submit: Callable[[Step], None]) -> None:
        self._submit = submit
        self._blocks: tuple[TrendBlock, ...] = ()
        self._number = 0

    def take(self, step: Step) -> None:
        """Take the next step."""
        self._number = step.number
        if not step.entries:
            self._blocks += step.blocks
            return
        blocks, self._blocks = (*self._blocks, *step.blocks), ()
        self._submit(replace(step, blocks=blocks))

    def finish(self) -> None:
        """Pass on what still waits."""
        if self._blocks:
            blocks, self._blocks = self._blocks, ()
            self._submit(Step(number=self._number + 1, entries=(), blocks=blocks))
