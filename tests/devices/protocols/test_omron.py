"""A reading is told by a line of exactly its widths, and nobody's number leaves the decoder."""

from __future__ import annotations

import itertools
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.kinds.omron import OMRON
from devices.protocols import omron
from devices.protocols.messages import CuffFailed, CuffResult, FrameRejected
from devices.protocols.omron import LINE_BYTES, MAX_BUFFER_BYTES, OmronDecoder
from monitor.feed import CuffTrouble
from tests.devices.protocols import streams

# Written to the widths of the manual; no device sent them, and the numbers are nobody's.
ID = "PQ-77 4410/0093 LANE"
READING = f"2026,03,09,10,15,{ID},0,142,088,076,0"
MOVED = f"2026,03,09,10,25,{ID},0,150,091,081,3"
FAILED = f"2026,03,09,10,35,{ID},7,   ,   ,   ,0"
STREAM = "".join(f"{text}\r\n" for text in (READING, MOVED, FAILED)).encode()
NEXT = f"2026,03,09,10,45,{' ' * 20},0,131,079,070,0\r\n".encode()
WHEN = datetime(2026, 3, 9, 10, 15)  # noqa: DTZ001 - the monitor names no zone


def rows(*pieces: bytes) -> list[dict[str, Any]]:
    return streams.decoded(OmronDecoder(), *pieces)


def sent(text: str) -> list[dict[str, Any]]:
    return rows(text.encode() + b"\r\n")


def reading(minute: int, *numbers: int) -> dict[str, Any]:
    systolic, diastolic, pulse = numbers
    return {
        "kind": "nibp",
        "systolic_mmhg": systolic,
        "diastolic_mmhg": diastolic,
        "pulse_rate_bpm": pulse,
        "quality": "good",
        "measured_at": f"2026-03-09T10:{minute}:00",
    }


EXPECTED = [
    reading(15, 142, 88, 76),
    reading(25, 150, 91, 81),
    {"kind": "nibp_failed", "trouble": "failed", "reason": "the monitor reports error 7"},
]


def test_the_lines_here_have_the_width_of_the_format() -> None:
    assert {len(text) for text in (READING, MOVED, FAILED)} == {LINE_BYTES} == {53}


def test_a_reading_has_its_numbers_and_its_own_minute() -> None:
    (found,) = OmronDecoder().feed(READING.encode() + b"\r\n")
    assert isinstance(found, CuffResult)
    assert (found.systolic_mmhg, found.diastolic_mmhg, found.pulse_rate_bpm) == (142, 88, 76)
    assert (found.map_mmhg, found.age_s, found.sent_at) == (None, None, None)
    assert found.observed_at == WHEN


def test_an_error_is_a_failed_cuff_and_movement_leaves_a_reading_good() -> None:
    """The monitor has judged it: error 0. Doubtful would hide a high pressure; the nurse can reject it."""
    assert rows(STREAM) == EXPECTED
    (failed,) = OmronDecoder().feed(FAILED.encode() + b"\r\n")
    assert isinstance(failed, CuffFailed)
    assert failed.trouble is CuffTrouble.FAILED


def test_pressures_that_contradict_each_other_are_doubtful() -> None:
    assert sent(READING.replace("142,088", "088,142"))[0]["quality"] == "questionable"
    assert sent(READING.replace("142,088", "100,100"))[0]["quality"] == "questionable"


@pytest.mark.parametrize(
    ("numbers", "is_read"),
    [
        ("060,030,040", True),
        ("260,215,180", True),
        ("059,030,040", False),
        ("261,215,180", False),
        ("142,029,076", False),
        ("142,216,076", False),
        ("142,088,039", False),
        ("142,088,181", False),
        ("000,000,000", False),
        ("999,999,999", False),
    ],
)
def test_only_what_the_monitor_can_measure_is_read(numbers: str, is_read: bool) -> None:  # noqa: FBT001
    found = sent(READING.replace("142,088,076", numbers))
    assert streams.kinds(found) == ["nibp" if is_read else "rejected"]


@pytest.mark.parametrize(
    "text",
    [
        READING.replace("2026,03,09", "2026,13,09"),
        READING.replace("2026,03,09", "2026,02,29"),
        READING.replace("2026,03,09", "2026,03,00"),
        READING.replace("2026,03,09", "0000,03,09"),
        READING.replace(",10,15,", ",24,15,"),
        READING.replace(",10,15,", ",10,60,"),
        READING.replace("2026,03,09", "26,03,09"),
        READING.replace("2026,03,09", "2026-03-09"),
        READING.replace(ID, ID[:-1]),
        READING.replace(ID, ID + "X"),
        READING.replace(ID, ID.replace(" ", ",")),
        READING.replace(",0,142", ",142"),
        READING.replace(",0,142", ",0,0,142"),
        READING.replace("142", "+42"),
        READING.replace("142", "-42"),
        READING.replace("142", " 42"),
        READING.replace("142", "42 "),
        READING.replace("142", "14.2"),
        READING.replace("142", "1_2"),
        READING.replace("142,088,076", "   ,   ,   "),
        READING.replace("142,088,076", "142,088,   "),
        FAILED.replace("   ,   ,   ", "142,088,076"),
        FAILED.replace("7,   ,", "7,000,"),
        FAILED.replace(",7,", ",A,"),
        READING[:-1] + "A",
        READING[:-1] + "10",
        READING[:-2],
        READING[1:],
        " " + READING,
        "x" + READING,
        READING + " ",
        READING + ",",
        READING + "trailing",
        READING + READING,
        READING.replace("142", "１４２"),  # noqa: RUF001 - digits of another script
        "",
        "hello",
    ],
)
def test_a_line_of_any_other_width_date_or_sign_is_refused(text: str) -> None:
    assert streams.values(sent(text)) == []
    assert streams.values(rows(text.encode() + b"\r\n" + NEXT)) == [reading(45, 131, 79, 70)]


@pytest.mark.parametrize("ending", [b"", b"\r", b"\n", b"\n\r", b"\r\r", b"\x00\r\n", b" \r\n", b" \n"])
def test_only_cr_lf_ends_a_line(ending: bytes) -> None:
    assert streams.values(rows(READING.encode() + ending)) == []
    decoder = OmronDecoder()
    assert decoder.feed(READING.encode()) == []
    assert decoder.feed(b"\r") == []
    assert isinstance(decoder.feed(b"\n")[0], CuffResult)


def everything_shown(*pieces: bytes) -> bytes:
    decoder = OmronDecoder()
    messages = [message for piece in pieces for message in decoder.feed(piece)] + decoder.finish()
    return b" ".join(message.raw + getattr(message, "reason", "").encode() for message in messages)


def test_nobodys_number_is_kept_or_shown_whole_damaged_or_cut() -> None:
    identity = "ZQXJKWVYZQXJKWVYZQXJ"  # letters that stand in no message
    for text in (READING, FAILED, READING.replace("142", "999"), READING[:-3], READING + READING):
        line = text.replace(ID, identity).encode() + b"\r\n"
        shown = everything_shown(b"\xff" + line, line[:40], line, line[20:])
        assert shown
        assert not set(identity.encode()) & set(shown)
    for spoiled in streams.flipped(READING.replace(ID, identity).encode() + b"\r\n"):
        found = [message.raw for message in OmronDecoder().feed(spoiled + NEXT)]
        assert not any(letter in raw for raw in found for letter in identity.encode())


def test_what_is_masked_keeps_its_length() -> None:
    (found,) = OmronDecoder().feed(READING.encode() + b"\r\n")
    assert found.raw == READING.replace(ID, "*" * 20).encode() + b"\r\n"
    (refused,) = OmronDecoder().feed(b"1,22,x\r\n")
    assert isinstance(refused, FrameRejected)
    assert refused.raw == b"*,**,*\r\n"


def test_a_stream_gives_the_same_however_it_is_cut() -> None:
    assert streams.same_however_cut(OmronDecoder, STREAM + b"noise\x07" + STREAM)


@pytest.mark.parametrize(
    "noise", [b"\x00", b"\xff\xfe", b"garbage\x80", b"\r", b"\n", READING.encode() + b"\n"]
)
def test_unprintable_noise_right_before_a_line_costs_only_itself(noise: bytes) -> None:
    found = rows(noise + NEXT)
    assert streams.kinds(found) == ["rejected", "nibp"]


def test_noise_between_and_after_lines_costs_only_itself() -> None:
    found = rows(b"noise\r\n" + NEXT + b"\x80\x00noise\r\n" + NEXT + NEXT[:30])
    assert streams.kinds(found) == ["rejected", "nibp", "rejected", "nibp", "rejected"]


def test_a_line_cut_short_takes_at_most_the_next_with_it() -> None:
    for kept in range(1, LINE_BYTES + 1):
        found = streams.values(rows(STREAM[:kept] + NEXT + NEXT))
        assert found == [reading(45, 131, 79, 70)]


def test_a_reset_forgets_half_a_line() -> None:
    decoder = OmronDecoder()
    decoder.feed(STREAM[:30])
    decoder.reset()
    assert decoder.pending_bytes == 0
    assert streams.decoded(decoder, NEXT) == [reading(45, 131, 79, 70)]


def test_a_flipped_bit_gives_nothing_outside_the_ranges_and_this_share_passes() -> None:
    """There is no sum: 16 of 440 flips leave another pressure or pulse that looks as good as a true one."""
    line = READING.encode() + b"\r\n"
    true = (142, 88, 76)
    changed = 0
    for spoiled in streams.flipped(line):
        for found in OmronDecoder().feed(spoiled):
            if isinstance(found, CuffResult):
                numbers = (found.systolic_mmhg or 0, found.diastolic_mmhg or 0, found.pulse_rate_bpm or 0)
                assert numbers[0] in omron.SYSTOLIC_MMHG
                assert numbers[1] in omron.DIASTOLIC_MMHG
                assert numbers[2] in omron.PULSE_BPM
                changed += numbers != true
    assert (changed, 8 * len(line)) == (16, 440)


@given(st.lists(st.binary(max_size=90), max_size=12))
def test_arbitrary_bytes_never_raise_and_the_buffer_stays_bounded(pieces: list[bytes]) -> None:
    decoder = OmronDecoder()
    for piece in pieces:
        decoder.feed(piece)
        assert decoder.pending_bytes <= MAX_BUFFER_BYTES
    decoder.finish()
    assert decoder.pending_bytes == 0


@given(st.binary(max_size=300), st.lists(st.integers(0, 700), max_size=6))
def test_how_the_stream_is_cut_never_matters(noise: bytes, cuts: list[int]) -> None:
    data = noise + STREAM + noise + NEXT
    edges = [0, *sorted(min(cut, len(data)) for cut in cuts), len(data)]
    assert rows(data) == rows(*[data[a:b] for a, b in itertools.pairwise(edges)])


@given(st.binary(max_size=600))
def test_a_line_after_an_end_of_line_is_read_whatever_came_before(noise: bytes) -> None:
    assert rows(noise + b"\r\n" + NEXT)[-1] == reading(45, 131, 79, 70)


@pytest.mark.parametrize("byte", [b"\x00", b"0", b"\r"])
def test_a_megabyte_without_a_line_is_given_out_and_not_kept(byte: bytes) -> None:
    decoder = OmronDecoder()
    assert streams.most_pending(decoder, byte * streams.NOISE_BYTES, size=65536) <= MAX_BUFFER_BYTES
    assert streams.values(streams.decoded(decoder, b"\r\n" + NEXT)) == [reading(45, 131, 79, 70)]


def test_the_end_of_a_line_that_is_too_long_never_passes_for_a_line() -> None:
    for more in range(1, 3 * MAX_BUFFER_BYTES):
        assert streams.values(rows(b"0" * more + NEXT)) == []


@given(
    systolic=st.integers(60, 260),
    diastolic=st.integers(30, 215),
    pulse=st.integers(40, 180),
    movements=st.integers(0, 9),
)
def test_what_is_encoded_comes_back(systolic: int, diastolic: int, pulse: int, movements: int) -> None:
    line = omron.result_line(
        at=WHEN, pressures_mmhg=(systolic, diastolic), pulse_bpm=pulse, movements=movements, identity="A 1"
    )
    (found,) = OmronDecoder().feed(line)
    assert isinstance(found, CuffResult)
    numbers = (found.systolic_mmhg, found.diastolic_mmhg, found.pulse_rate_bpm)
    assert (numbers, found.observed_at) == ((systolic, diastolic, pulse), WHEN)


def test_the_encoder_writes_the_lines_that_stand_above() -> None:
    made = omron.result_line(at=WHEN, pressures_mmhg=(142, 88), pulse_bpm=76, identity=ID)
    assert made == READING.encode() + b"\r\n"
    assert omron.error_line(at=WHEN.replace(minute=35), error=7, identity=ID) == FAILED.encode() + b"\r\n"


def test_the_profile_waits_for_as_long_as_nobody_measures() -> None:
    assert OMRON.quiet_time_s is None
    assert OMRON.sends_cuff_once
    assert (OMRON.polls, OMRON.set_up) == ((), ())
    assert "32" in OMRON.set_up_note
