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
        lasts_minutes: of a pause.
        percent: of the planned rate, from 1; only a change of rate has it.
    """

    move: PumpMove
    minute: int
    lasts_minutes: int = 0
    percent: int = 0
