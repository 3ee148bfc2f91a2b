"""What a bad wire makes of a message: less, later or more of it, and never another number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.protocols.dinamap import DinamapDecoder, spo2_frame
from devices.protocols.messages import FrameRejected, LiveNumber
from devices.simulator.faults import FLOOD_COPIES, Chunk, FaultScript
from devices.simulator.scenario import Fault, FaultKind

START_MS = 1_767_603_600_000
MINUTE_MS = 60_000
MESSAGE = spo2_frame(percent=97)
ON_THE_WIRE = [
    FaultKind.NOISE, FaultKind.TRUNCATED, FaultKind.BAD_SUM, FaultKind.SPLIT, FaultKind.MERGED,
    FaultKind.FLOOD, FaultKind.HANGS_UP, FaultKind.HANGS_UP_AFTER,
]  # fmt: skip


def script(*kinds: FaultKind, has_sum: bool = True, one_in: int = 1) -> FaultScript:
    faults = tuple(Fault(kind=kind, begins_minute=5, ends_minute=10, one_in=one_in) for kind in kinds)
    return FaultScript(faults=faults, seed=7, has_sum=has_sum)


def carried(faults: FaultScript, message: bytes = MESSAGE, *, minute: float = 7) -> tuple[Chunk, ...]:
    return faults.carry(message, at_ms=START_MS + round(minute * MINUTE_MS), started_at_ms=START_MS)


def arrived(chunks: tuple[Chunk, ...]) -> bytes:
    return b"".join(chunk.data for chunk in chunks)


@pytest.mark.parametrize("kind", FaultKind)
@pytest.mark.parametrize(("minute", "in_force"), [(4.99, False), (5, True), (9.99, True), (10, False)])
def test_a_fault_is_in_force_for_its_minutes(kind: FaultKind, minute: float, *, in_force: bool) -> None:
    at_ms = START_MS + round(minute * MINUTE_MS)
    assert script(kind).is_in_force(kind, at_ms=at_ms, started_at_ms=START_MS) is in_force
    assert not script(kind).is_in_force(kind, at_ms=at_ms, started_at_ms=None)
    if not in_force:
        assert carried(script(kind), minute=minute) == (Chunk(data=MESSAGE),)


@pytest.mark.parametrize("kind", [FaultKind.OLD_CUFF, FaultKind.WRONG_CLOCK, FaultKind.DEMO])
def test_what_is_wrong_inside_the_monitor_leaves_its_bytes_alone(kind: FaultKind) -> None:
    assert carried(script(kind)) == (Chunk(data=MESSAGE),)


@pytest.mark.parametrize("kind", [FaultKind.UNPLUGGED, FaultKind.SILENT, FaultKind.HALF_OPEN])
def test_a_dead_wire_passes_nothing_either_way(kind: FaultKind) -> None:
    faults = script(kind)
    assert carried(faults) == ()
    assert not faults.passes(at_ms=START_MS + 7 * MINUTE_MS, started_at_ms=START_MS)
    assert faults.passes(at_ms=START_MS + 7 * MINUTE_MS, started_at_ms=None)


def test_a_half_open_connection_is_cured_by_opening_it_anew_and_only_then() -> None:
    faults = script(FaultKind.HALF_OPEN)
    faults.connected(START_MS + 4 * MINUTE_MS)
    assert carried(faults, minute=6) == ()
    faults.connected(START_MS + 6 * MINUTE_MS)
    assert carried(faults) == (Chunk(data=MESSAGE),)


@pytest.mark.parametrize("kind", [FaultKind.TRUNCATED, FaultKind.BAD_SUM])
def test_a_spoilt_message_gives_no_value(kind: FaultKind) -> None:
    faults = script(kind)
    for _ in range(50):
        decoder = DinamapDecoder()
        messages = decoder.feed(arrived(carried(faults))) + decoder.finish()
        assert {type(message) for message in messages} == {FrameRejected}


def test_where_no_sum_would_give_a_changed_byte_away_the_message_is_cut_short_instead() -> None:
    faults = script(FaultKind.BAD_SUM, has_sum=False)
    for _ in range(50):
        left = arrived(carried(faults))
        assert 0 < len(left) < len(MESSAGE)
        assert MESSAGE.startswith(left)


def test_noise_comes_ahead_of_a_message_that_stays_whole() -> None:
    faults = script(FaultKind.NOISE)
    for _ in range(50):
        data = arrived(carried(faults))
        assert data.endswith(MESSAGE)
        assert len(data) > len(MESSAGE)


def test_a_split_message_arrives_whole_in_order_and_a_little_later() -> None:
    faults = script(FaultKind.SPLIT)
    for _ in range(50):
        chunks = carried(faults)
        assert 2 <= len(chunks) <= 4
        assert arrived(chunks) == MESSAGE
        delays = [chunk.after_ms for chunk in chunks]
        assert delays == sorted(delays)
        assert delays[0] == 0 < delays[-1]


def test_one_byte_cannot_be_cut() -> None:
    assert carried(script(FaultKind.SPLIT), b"x") == (Chunk(data=b"x"),)
    assert carried(script(FaultKind.TRUNCATED), b"x") == (Chunk(data=b"x"),)


def test_merged_messages_arrive_two_at_a_time() -> None:
    faults = script(FaultKind.MERGED)
    assert [arrived(carried(faults, each)) for each in (b"a", b"b", b"c", b"d")] == [b"", b"ab", b"", b"cd"]


def test_what_was_held_back_is_lost_with_the_connection() -> None:
    faults = script(FaultKind.MERGED)
    carried(faults, b"old")
    faults.connected(START_MS)
    carried(faults, b"new")
    assert arrived(carried(faults, b"er")) == b"newer"


def test_a_flood_says_the_same_many_times() -> None:
    assert arrived(carried(script(FaultKind.FLOOD))) == MESSAGE * FLOOD_COPIES


def test_a_connection_that_hangs_up_ends_within_a_message() -> None:
    (chunk,) = carried(script(FaultKind.HANGS_UP))
    assert chunk.hangs_up
    assert 0 < len(chunk.data) < len(MESSAGE)


def test_one_that_hangs_up_after_a_message_has_said_it_whole() -> None:
    assert carried(script(FaultKind.HANGS_UP_AFTER)) == (Chunk(data=MESSAGE, hangs_up=True),)


def test_one_in_ten_is_about_one_in_ten_and_the_same_ones_for_the_same_seed() -> None:
    faults, again = script(FaultKind.TRUNCATED, one_in=10), script(FaultKind.TRUNCATED, one_in=10)
    spoilt = [arrived(carried(faults)) != MESSAGE for _ in range(1000)]
    assert 70 <= sum(spoilt) <= 130
    assert spoilt == [arrived(carried(again)) != MESSAGE for _ in range(1000)]


def test_the_clock_is_wrong_by_what_the_scenario_says_and_only_then() -> None:
    fault = Fault(kind=FaultKind.WRONG_CLOCK, begins_minute=5, ends_minute=10, by_s=-90)
    faults = FaultScript(faults=(fault,), seed=7)
    errors = [
        faults.clock_error_s(at_ms=START_MS + minute * MINUTE_MS, started_at_ms=START_MS)
        for minute in (4, 5, 9, 10)
    ]
    assert errors == [0, -90, -90, 0]
    assert faults.clock_error_s(at_ms=START_MS + 7 * MINUTE_MS, started_at_ms=None) == 0


@given(kinds=st.sets(st.sampled_from(ON_THE_WIRE)), seed=st.integers(0, 2**31), count=st.integers(1, 12))
def test_however_the_faults_fall_together_no_other_number_arrives(
    kinds: set[FaultKind], seed: int, count: int
) -> None:
    faults = FaultScript(
        faults=tuple(Fault(kind=kind, begins_minute=5, ends_minute=10, one_in=2) for kind in kinds), seed=seed
    )
    decoder = DinamapDecoder()
    messages = [message for _ in range(count) for message in decoder.feed(arrived(carried(faults)))]
    assert {each.value for each in messages if isinstance(each, LiveNumber)} <= {97}


def test_nothing_said_is_nothing_carried() -> None:
    assert carried(script(FaultKind.NOISE), b"") == ()
