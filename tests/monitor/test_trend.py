"""Continuous values are kept as they came, in short blocks whose chain shows every change."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.clock import Instant
from monitor.errors import DamagedRecord
from monitor.feed import LiveValue, Source
from monitor.trend import TrendBlock, TrendHead, TrendSample, check_trend, head_of, sealed
from monitor.trending import Trending
from monitor.vitals import Quality, Quantity

SOURCE = Source(protocol="nonin", port="serial:/dev/ttyUSB1", is_simulated=False)
SPO2, PULSE = Quantity.SPO2, Quantity.PULSE_RATE


def live(ms: int, value: int | None, quantity: Quantity = SPO2) -> LiveValue:
    return LiveValue(
        source=SOURCE,
        quantity=quantity,
        value=value,
        quality=Quality.INVALID if value is None else Quality.GOOD,
        measured_at_ms=ms,
        received_at=Instant(utc_ms=ms, offset_minutes=0),
    )


def sample(ms: int, value: int | None = 97) -> TrendSample:
    return TrendSample(at_ms=ms, quantity=SPO2, value=value, quality=Quality.GOOD, port="p")


def chain(*starts_ms: int) -> tuple[TrendBlock, ...]:
    blocks: tuple[TrendBlock, ...] = ()
    for start_ms in starts_ms:
        blocks += (sealed("s", head_of(blocks), [sample(start_ms), sample(start_ms + 1000, None)]),)
    return blocks


def test_a_block_reads_back_as_it_was_written() -> None:
    (block,) = chain(5000)
    assert (block.from_ms, block.until_ms, block.number) == (5000, 6000, 1)
    assert TrendBlock.from_plain(block.to_plain()) == block


@given(st.lists(st.tuples(st.integers(0, 10**13), st.none() | st.integers(1, 300)), min_size=1, max_size=20))
def test_whatever_is_sealed_reads_back(values: list[tuple[int, int | None]]) -> None:
    block = sealed("s", TrendHead(), [sample(ms, value) for ms, value in values])
    assert TrendBlock.from_plain(block.to_plain()) == block


@pytest.mark.parametrize(
    ("name", "spoiled"),
    [
        ("samples", [[5000, "spo2", 96, "good", "p"], [6000, "spo2", None, "good", "p"]]),
        ("samples", []),
        ("samples", [[5000, "spo2", 97, "good"]]),
        ("samples", [[5000, "pressure", 97, "good", "p"]]),
        ("number", 2),
        ("session", "other"),
        ("previous", "1" * 64),
        ("hash", "0" * 64),
    ],
)
def test_a_changed_block_is_refused(name: str, spoiled: object) -> None:
    (block,) = chain(5000)
    with pytest.raises(DamagedRecord):
        TrendBlock.from_plain(block.to_plain() | {name: spoiled})


def test_a_changed_block_is_named_with_its_session() -> None:
    (block,) = chain(5000)
    with pytest.raises(DamagedRecord, match=r"^trend block 1 of session s does not match its hash$"):
        TrendBlock.from_plain(block.to_plain() | {"hash": "0" * 64})


def test_a_block_without_a_column_is_refused() -> None:
    (block,) = chain(5000)
    plain = block.to_plain()
    del plain["samples"]
    with pytest.raises(DamagedRecord, match="cannot be read"):
        TrendBlock.from_plain(plain)


def test_a_whole_chain_holds_and_a_gap_or_a_foreign_block_does_not() -> None:
    blocks = chain(0, 10_000, 20_000)
    check_trend("s", blocks)
    check_trend("s", ())
    with pytest.raises(DamagedRecord, match="block 2 is missing"):
        check_trend("s", (blocks[0], blocks[2]))
    with pytest.raises(DamagedRecord, match="block 1 is missing or out"):
        check_trend("other", blocks)
    foreign = sealed("s", TrendHead(number=1, hash="a" * 64), [sample(10_000)])
    with pytest.raises(DamagedRecord, match="block 2 does not follow"):
        check_trend("s", (blocks[0], foreign))
    with pytest.raises(DamagedRecord, match="block 1 does not match"):
        check_trend("s", (replace(blocks[0], samples=(sample(1),)),))


def test_a_block_is_sealed_once_its_first_value_is_ten_seconds_old() -> None:
    trending = Trending("s")
    sealed_at = [ms for ms in range(0, 31_000, 1000) if trending.add(live(ms, 97)) is not None]
    assert sealed_at == [10_000, 20_000, 30_000]
    assert trending.head.number == 3
    assert [each.at_ms for each in trending.samples] == list(range(0, 31_000, 1000))


def test_a_value_is_kept_as_the_monitor_gave_it() -> None:
    trending = Trending("s")
    trending.add(live(1234, 97))
    assert trending.samples == (
        TrendSample(at_ms=1234, quantity=SPO2, value=97, quality=Quality.GOOD, port=SOURCE.port),
    )


def test_of_two_values_of_one_moment_the_first_is_kept() -> None:
    trending = Trending("s")
    trending.add(live(0, 97))
    trending.add(live(0, 98))
    assert [each.value for each in trending.samples] == [97]


def test_time_alone_seals_what_waits() -> None:
    trending = Trending("s")
    trending.add(live(0, 97))
    assert trending.seal_if_due(9_999) is None
    block = trending.seal_if_due(10_000)
    assert block is not None
    assert block.number == 1
    assert trending.seal_if_due(50_000) is None


def test_a_clock_set_back_seals_what_waits() -> None:
    trending = Trending("s")
    trending.add(live(5000, 97))
    assert trending.add(live(1000, 97)) is not None
    assert trending.seal_if_due(500) is not None


def test_one_value_a_second_of_each_kind_is_kept_and_every_end() -> None:
    trending = Trending("s")
    for ms in range(0, 3000, 13):
        trending.add(live(ms, 97))
        trending.add(live(ms, 71, PULSE))
    trending.add(live(3000, None))
    trending.add(live(3001, None))
    trending.add(live(3002, 95))
    kept = [(each.at_ms, each.value) for each in trending.samples if each.quantity is SPO2]
    assert kept == [(0, 97), (1001, 97), (2002, 97), (3000, None), (3002, 95)]


def test_a_chain_is_taken_up_where_it_ended() -> None:
    blocks = chain(0, 10_000)
    trending = Trending("s", blocks)
    trending.add(live(20_000, 96))
    block = trending.seal()
    assert block is not None
    check_trend("s", (*blocks, block))
    assert trending.seal() is None
    assert len(trending.samples) == 5
