"""What a scenario does at the pump, and what the pump does then."""

from collections.abc import Iterable
from itertools import pairwise
from types import MappingProxyType

from devices.simulator import ranges
from devices.simulator.course import FULL_PERCENT
from devices.simulator.written import WrittenTable
from monitor.pump_act import PumpAct, PumpMove


def pump_percents(acts: Iterable[PumpAct], infusion_minutes: int) -> tuple[tuple[int, int], ...]:
    """Return minutes, and percent of the planned rate from then on; the last is the end, at 0.

    It ends when the planned volume is in: a pause or a lower rate makes it later.

    Args:
        acts: in order, none within the pause or after the end that those before it make.
        infusion_minutes: how long the drug would run without them.
    """
    percent, planned = FULL_PERCENT, [(0, FULL_PERCENT)]
    for act in acts:
        if act.move is PumpMove.RATE:
            percent = act.percent
            planned.append((act.minute, percent))
        elif act.move is PumpMove.PAUSE:
            planned += [(act.minute, 0), (act.minute + act.lasts_minutes, percent)]
        else:
            return (*planned, (act.minute, 0))
    left = infusion_minutes * FULL_PERCENT
    for (from_minute, runs_at), (until_minute, _) in pairwise(planned):
        left -= runs_at * (until_minute - from_minute)
    return (*planned, (planned[-1][0] - (-left // percent), 0))


def pump_written(
    timeline: Iterable[tuple[PumpMove, WrittenTable]], infusion_minutes: int
) -> tuple[PumpAct, ...]:
    """Read what the nurse does at the pump, each with the rest of its `[[event]]`, and put it in order.

    Raises:
        UsersError: a key is missing, unknown, or not what may stand there; or the pump could not do it.
    """
    written = [(_act(move, table), table) for move, table in timeline]
    acts: tuple[PumpAct, ...] = ()
    for act, table in sorted(written, key=lambda each: each[0].minute):
        *changes, (ends_minute, _) = pump_percents(acts, infusion_minutes)
        free_minute, _ = changes[-1]
        if act.minute < free_minute:
            table.refuse(f"minute is {act.minute}, and the pump is paused until minute {free_minute}")
        if act.minute >= ends_minute:
            table.refuse(f"minute is {act.minute}, and the infusion has ended by minute {ends_minute}")
        acts = (*acts, act)
        ends_minute, _ = pump_percents(acts, infusion_minutes)[-1]
        if ends_minute > ranges.PUMP_ENDS_BY_MINUTE:
            table.refuse(
                f"with it the infusion ends at minute {ends_minute},"
                f" and must end by minute {ranges.PUMP_ENDS_BY_MINUTE}"
            )
    return acts


_KINDS = MappingProxyType(
    {
        PumpMove.PAUSE: {"minute": ranges.MINUTE, "lasts_minutes": ranges.LASTS_MINUTES},
        PumpMove.RATE: {"minute": ranges.MINUTE, "percent": ranges.RATE_PERCENT},
        PumpMove.STOP: {"minute": ranges.MINUTE},
    }
)


def _act(move: PumpMove, table: WrittenTable) -> PumpAct:
    kinds = _KINDS[move]
    table.only(("what", *kinds))
    return PumpAct(move=move, **table.take_all(kinds))
