"""Hold a database against what simulated monitors did: what was lost, invented, or told twice."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf

from devices.simulator.bedside import Determination
from monitor.bodies import Captured
from monitor.entries import Entry
from monitor.record import Record
from monitor.trend import TrendBlock
from monitor.vitals import Quantity

EARLY_MS = 1_500
LATE_MS = 90_000  # a monitor whose readings have no age is timed when the link is heard again
LIVE_LOOK_BACK_MS = 12_000
SHOWN_BY_ALL_MS = 12_000  # two records of the slowest monitor


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a bedside showed from one look to another."""

    from_ms: int
    until_ms: int
    values: dict[Quantity, int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Counts of one chair; `due` determinations had to be in the record, `lost` of them are not.

    `brief` ones were due too, but for a cuff that measured anew before every kind of monitor had shown them;
    `brief_recorded` of them are in the record all the same.
    """

    ended: int
    due: int
    recorded: int
    lost: int
    invented: int
    duplicated: int
    live_samples: int
    live_invented: int
    brief: int
    brief_recorded: int
    lost_ones: tuple[Determination, ...]


def verdict(
    *,
    record: Record,
    blocks: Iterable[TrendBlock],
    ended: Sequence[Determination],
    is_due: Callable[[Determination], bool],
    shown: Sequence[Shown],
) -> Verdict:
    """Compare one chair's record with its bedside.

    Args:
        record: as the database has it.
        blocks: its continuous values.
        ended: every determination of the bedside.
        is_due: whether the link was up around it, so that it must be in the record.
        shown: what the bedside showed, in order of time.
    """
    real = [each for each in ended if each.pressures is not None]
    captured = [entry for entry in record if isinstance(entry.body, Captured)]
    found: dict[int, int] = {}
    invented = 0
    for entry in captured:
        matching = [each for each in real if _is_told(each, entry)]
        if not matching:
            invented += 1
            continue
        nearest = min(matching, key=lambda each: abs(each.ended_at_ms - entry.taken_at_ms))
        found[nearest.index] = found.get(nearest.index, 0) + 1
    stood_ms = _stood_ms(ended)
    up = [each for each in real if is_due(each)]
    due = [each for each in up if stood_ms[each.index] >= SHOWN_BY_ALL_MS]
    brief = [each for each in up if stood_ms[each.index] < SHOWN_BY_ALL_MS]
    lost = [each for each in due if each.index not in found]
    live = [sample for block in blocks for sample in block.samples if sample.value is not None]
    wrong = [each for each in live if not _was_shown(each.quantity, each.value, each.at_ms, shown)]
    return Verdict(
        ended=len(real),
        due=len(due),
        recorded=len(captured),
        lost=len(lost),
        invented=invented,
        duplicated=sum(count - 1 for count in found.values()),
        live_samples=len(live),
        live_invented=len(wrong),
        brief=len(brief),
        brief_recorded=sum(each.index in found for each in brief),
        lost_ones=tuple(lost),
    )


def _stood_ms(ended: Sequence[Determination]) -> dict[int, float]:
    """How long each result stood before the next measurement began, by its index."""
    stood = {each.index: inf for each in ended}
    for each, following in pairwise(ended):
        if following.begun_at_ms is not None:
            stood[each.index] = following.begun_at_ms - each.ended_at_ms
    return stood


def _is_told(each: Determination, entry: Entry) -> bool:
    if each.pressures is None or not isinstance(entry.body, Captured):
        return False
    told = (entry.body.vitals.systolic_mmhg, entry.body.vitals.diastolic_mmhg)
    is_same = told == (each.pressures.systolic_mmhg, each.pressures.diastolic_mmhg)
    return is_same and -EARLY_MS <= entry.taken_at_ms - each.ended_at_ms <= LATE_MS


def _was_shown(quantity: Quantity, value: int | None, at_ms: int, shown: Sequence[Shown]) -> bool:
    """A cuff's own pulse is no continuous value; each of these was on the monitor a moment before."""
    return any(
        each.values.get(quantity) == value
        for each in shown
        if at_ms - LIVE_LOOK_BACK_MS <= each.until_ms and each.from_ms <= at_ms + EARLY_MS
    )
