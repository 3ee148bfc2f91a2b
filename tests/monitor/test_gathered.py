"""A rehearsal's blocks of continuous values go to the disk with its entries, none lost and none twice."""

from monitor.gathered import Gathered
from monitor.ports import Step
from monitor.trend import TrendBlock, TrendSample, head_of, sealed
from monitor.vitals import Quality, Quantity
from tests.made_session import baseline

ENTRY = baseline().session.record[0]


def chain(count: int) -> tuple[TrendBlock, ...]:
    blocks: tuple[TrendBlock, ...] = ()
    for number in range(count):
        sample = TrendSample(at_ms=number, quantity=Quantity.SPO2, value=97, quality=Quality.GOOD, port="p")
        blocks += (sealed("s", head_of(blocks), [sample]),)
    return blocks


def test_blocks_wait_for_entries_and_what_is_left_goes_at_the_end() -> None:
    sent: list[Step] = []
    gathered = Gathered(sent.append)
    first, second, third = chain(3)
    gathered.take(Step(number=1, entries=(), blocks=(first,)))
    gathered.take(Step(number=2, entries=(), blocks=(second,)))
    assert sent == []
    gathered.take(Step(number=3, entries=(ENTRY,)))
    assert sent == [Step(number=3, entries=(ENTRY,), blocks=(first, second))]
    gathered.take(Step(number=4, entries=(), blocks=(third,)))
    gathered.finish()
    gathered.finish()
    assert sent[1:] == [Step(number=5, entries=(), blocks=(third,))]
