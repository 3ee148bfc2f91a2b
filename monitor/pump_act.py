"""What a rehearsal's nurse is told to do at the pump, beside starting it and ending it as planned."""

from dataclasses import dataclass
from enum import Enum


class PumpMove(Enum):
    """What she does: PAUSE for some minutes, RATE to a share of the planned one, STOP for good."""

    PAUSE = "pause"
    RATE = "rate"
    STOP = "stop"


@dataclass(frozen=True, slots=True, kw_only=True)
class PumpAct:
    """One act, at `minute` of the infusion.

    Attributes:
        move: what she does.
        minute: minutes after the start.
        lasts_minutes: of a pause, from 1.
        percent: of the planned rate, from 1, for a change of rate.
    """

    move: PumpMove
    minute: int
    lasts_minutes: int = 0
    percent: int = 0

    def __post_init__(self) -> None:
        if self.move is PumpMove.PAUSE and self.lasts_minutes < 1:
            raise ValueError("a pause lasts a minute or more")
        if self.move is PumpMove.RATE and self.percent < 1:
            raise ValueError("a rate is 1 percent or more; to stand still is a pause")
