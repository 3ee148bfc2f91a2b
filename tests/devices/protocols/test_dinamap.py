"""A DINAMAP's lines give exactly their values, and nothing else ever gives one."""

import itertools
import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.decode import messages_to_json
from devices.protocols import dinamap
from devices.protocols.dinamap import LONGEST_FRAME_BYTES, MAX_LINE_BYTES, DinamapDecoder
from devices.protocols.messages import CuffResult, FrameRejected, LiveNumber, Message

FIXTURE = Path(__file__).parents[1] / "fixtures" / "dinamap.json"
ROWS: list[dict[str, Any]] = json.loads(FIXTURE.read_text(encoding="utf-8"))["frames"]
FRAMES = [row["text"].encode("ascii") + b"\r" for row in ROWS]
EXPECTED = [row["expect"] for row in ROWS]
STREAM = b"".join(FRAMES)
CUFF_FRAME = b" NA1100004131082098" + dinamap.sum_characters(" NA1100004131082098").encode() + b"\r"


def decoded(*pieces: bytes) -> list[dict[str, Any]]:
    decoder = DinamapDecoder()
    messages = [message for piece in pieces for message in decoder.feed(piece)]
    return messages_to_json(messages + decoder.finish())


def repeatable(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - a table of spoiled bytes, not a secret


def has_value(message: Message) -> bool:
    if isinstance(message, CuffResult):
        return message.age_s is not None
    return isinstance(message, LiveNumber) and message.value is not None


@pytest.mark.parametrize(("frame", "expected"), list(zip(FRAMES, EXPECTED, strict=True)))
def test_each_line_gives_exactly_its_values(frame: bytes, expected: dict[str, Any]) -> None:
    assert decoded(frame) == [expected]


def test_a_stream_gives_the_same_whole_and_byte_by_byte() -> None:
    assert decoded(STREAM) == EXPECTED
    assert decoded(*[bytes([byte]) for byte in STREAM]) == EXPECTED


def test_a_stream_gives_the_same_at_every_split() -> None:
    for cut in range(len(STREAM) + 1):
        assert decoded(STREAM[:cut], STREAM[cut:]) == EXPECTED


@pytest.mark.parametrize("lead", [b"\r", b"\n", b"\r\n", b"\n\r\n"])
def test_line_ends_ahead_of_a_line_are_no_matter(lead: bytes) -> None:
    assert decoded(lead + CUFF_FRAME) == decoded(CUFF_FRAME)


@pytest.mark.parametrize(
    "noise",
    [
        b"\x00",
        b"\xff\xfe",
        b"garbage",
        b" NA",
        b" NA11000",
        b"\n\n NA1100004131082098&",
        bytes(range(14, 200)),
    ],
)
def test_noise_right_before_a_line_is_rejected_and_the_line_read(noise: bytes) -> None:
    before, reading = decoded(noise + CUFF_FRAME)
    assert before["kind"] == "rejected"
    assert bytes.fromhex(before["raw"]) == noise.lstrip(b"\r\n")
    assert reading["systolic_mmhg"] == 131


def test_noise_between_and_after_lines_costs_only_itself() -> None:
    rows = decoded(CUFF_FRAME + b"\x80\x00noise\r" + CUFF_FRAME + b"tail")
    assert [row["kind"] for row in rows] == ["nibp", "rejected", "nibp", "rejected"]


def test_a_line_cut_short_gives_nothing_and_the_next_is_read() -> None:
    for kept in range(1, len(CUFF_FRAME)):
        kinds = [row["kind"] for row in decoded(CUFF_FRAME[:kept], CUFF_FRAME)]
        assert kinds == ["rejected", "nibp"]


@pytest.mark.parametrize("frame", FRAMES)
def test_no_single_flipped_bit_leaves_a_value(frame: bytes) -> None:
    """A flip moves the sum by a power of two below 4096, or the sum itself: the share that passes is 0."""
    for position in range(len(frame)):
        for bit in range(8):
            spoiled = bytearray(frame)
            spoiled[position] ^= 1 << bit
            assert {row["kind"] for row in decoded(bytes(spoiled))} == {"rejected"}


@pytest.mark.parametrize("frame", FRAMES)
def test_after_a_flipped_bit_the_line_after_next_is_read(frame: bytes) -> None:
    stream = repeatable(7)
    for position in range(len(frame)):
        spoiled = bytearray(frame)
        spoiled[position] ^= 1 << stream.randrange(8)
        assert decoded(bytes(spoiled), CUFF_FRAME, CUFF_FRAME)[-1]["systolic_mmhg"] == 131


def test_swapped_digits_pass_the_sum_which_is_why_the_core_checks_order_and_range() -> None:
    """A sum cannot see a swap: 131 arriving as 113 is a limit of the protocol, not of the decoder."""
    swapped = CUFF_FRAME.replace(b"131", b"113")
    assert decoded(swapped)[0]["systolic_mmhg"] == 113


@pytest.mark.parametrize(
    "body",
    [
        "NA2100004131082098",  # statuses 2 and 5 do not exist
        "NA5100004131082098",
        "NA1300004131082098",  # nor patient kind 3
        "NA1120004131082098",  # nor mode 2
        "NA110004131082098",  # a digit short
        "NA11000041310820981",  # a digit over
        "NA11000041 1082098",
        "RA207",
        "RA20721",
        "RA2-98",
        "RAx072",
        "OA2098508",
        "OA109850",
        "TC50 0001209860",
        "TC00 000120986",
        "NC1",
        "ND0",
        "NX",
        "na",
        "",
    ],
)
def test_a_good_sum_over_an_unknown_layout_gives_no_value(body: str) -> None:
    assert [row["kind"] for row in decoded(dinamap.frame(body))] == ["rejected"]


def test_another_unit_character_is_not_ours() -> None:
    text = "1NA1100004131082098"
    line = (text + dinamap.sum_characters(text) + "\r").encode()
    assert [row["kind"] for row in decoded(line)] == ["rejected"]


@given(st.lists(st.binary(max_size=80), max_size=12))
def test_arbitrary_bytes_never_raise_and_the_buffer_stays_bounded(pieces: list[bytes]) -> None:
    decoder = DinamapDecoder()
    for piece in pieces:
        decoder.feed(piece)
        assert decoder.pending_bytes <= MAX_LINE_BYTES
    decoder.finish()
    assert decoder.pending_bytes == 0


@given(st.binary(max_size=600), st.lists(st.integers(0, 600), max_size=6))
def test_how_the_stream_is_cut_never_matters(data: bytes, cuts: list[int]) -> None:
    edges = [0, *sorted(min(cut, len(data)) for cut in cuts), len(data)]
    assert decoded(data) == decoded(*[data[a:b] for a, b in itertools.pairwise(edges)])


@given(st.binary(max_size=400), st.sampled_from(range(len(FRAMES))))
def test_a_line_after_an_end_of_line_is_read_whatever_came_before(noise: bytes, index: int) -> None:
    assert decoded(noise + b"\r" + FRAMES[index])[-1] == EXPECTED[index]


@settings(max_examples=50)
@given(st.binary(max_size=2000).filter(lambda noise: b"\r" not in noise))
def test_a_line_at_the_end_of_any_noise_is_read(noise: bytes) -> None:
    assert decoded(noise + CUFF_FRAME)[-1]["kind"] == "nibp"


@pytest.mark.parametrize(
    ("age_s", "quality"), [(5400, "good"), (5401, "questionable"), (9998, "questionable")]
)
def test_a_result_older_than_a_monitor_tells_is_doubtful(age_s: int, quality: str) -> None:
    (found,) = decoded(dinamap.cuff_frame(status=1, age_s=age_s, pressures_mmhg=(131, 82, 98)))
    assert (found["age_s"], found["quality"]) == (age_s, quality)


@given(
    status=st.sampled_from([1]),
    age_s=st.integers(0, 5400),
    diastolic=st.integers(1, 400),
    pulse=st.integers(2, 400),
    above=st.integers(0, 2),
)
def test_encoded_cuff_answers_come_back(
    status: int, age_s: int, diastolic: int, pulse: int, above: int
) -> None:
    pressures = (diastolic + pulse, diastolic, diastolic + above)
    frame = dinamap.cuff_frame(status=status, age_s=age_s, pressures_mmhg=pressures)
    assert decoded(frame) == [
        {
            "kind": "nibp",
            "systolic_mmhg": pressures[0],
            "diastolic_mmhg": pressures[1],
            "map_mmhg": pressures[2],
            "quality": "good",
            "age_s": age_s,
        }
    ]


@given(st.integers(1, 999), st.sampled_from([2, 3]))
def test_encoded_rates_come_back(bpm: int, source: int) -> None:
    assert decoded(dinamap.rate_frame(source=source, bpm=bpm))[0]["pulse_rate_bpm"] == bpm


def test_absent_values_are_encoded_as_absent() -> None:
    absent = [
        dinamap.cuff_frame(status=1, age_s=None, pressures_mmhg=(0, 0, 0)),
        dinamap.rate_frame(source=2, bpm=None),
        dinamap.spo2_frame(percent=None),
        dinamap.temperature_frame(tenths_f=None),
    ]
    assert [row["quality"] for row in decoded(*absent)] == ["invalid"] * 4


def test_encoded_spo2_and_temperature_come_back() -> None:
    assert decoded(dinamap.spo2_frame(percent=96))[0]["spo2_percent"] == 96
    assert decoded(dinamap.temperature_frame(tenths_f=1004))[0]["temperature_celsius"] == 38.0


def test_random_edits_of_real_lines_almost_never_pass() -> None:
    """Several changed bytes can cancel in a 12-bit sum; the share that still gives a value is stated here."""
    stream = repeatable(11)
    passed = 0
    tries = 20_000
    for _ in range(tries):
        spoiled = bytearray(CUFF_FRAME)
        for _ in range(stream.randint(2, 4)):
            spoiled[stream.randrange(len(spoiled))] = stream.randrange(256)
        if bytes(spoiled) != CUFF_FRAME:
            passed += any(has_value(message) for message in DinamapDecoder().feed(bytes(spoiled)))
    assert passed / tries < 1e-3


def test_a_line_whose_sum_alone_is_wrong_is_said_to_be_so_and_no_other() -> None:
    bad, cut, noise = b" RA2073!X\r", CUFF_FRAME[:9] + FRAMES[0], b"\x00\xff\r"
    told = [DinamapDecoder().feed(data)[0] for data in (bad, cut, noise)]
    assert [isinstance(each, FrameRejected) and each.is_bad_sum for each in told] == [True, False, False]


def test_reset_forgets_half_a_line() -> None:
    decoder = DinamapDecoder()
    decoder.feed(CUFF_FRAME[:9])
    decoder.reset()
    (message,) = decoder.feed(CUFF_FRAME[9:])
    assert isinstance(message, FrameRejected)


def test_a_flood_without_an_end_of_line_is_given_out_as_rejected() -> None:
    decoder = DinamapDecoder()
    rejected = [message for _ in range(100) for message in decoder.feed(b"\x00" * 4096)]
    assert all(isinstance(message, FrameRejected) for message in rejected)
    assert sum(len(message.raw) for message in rejected) + decoder.pending_bytes == 409_600
    assert decoder.pending_bytes <= MAX_LINE_BYTES
    assert max(len(frame) for frame in FRAMES) <= LONGEST_FRAME_BYTES
