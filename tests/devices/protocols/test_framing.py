"""Lines are cut at each ending, frames found where they stand, and a run without one cannot grow."""

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.protocols.framing import (
    CR_LF,
    CR_OR_LF,
    NOISE_PIECE_BYTES,
    Found,
    FrameScanner,
    Line,
    LineBuffer,
    without_noise,
)


def buffer() -> LineBuffer:
    return LineBuffer(limit_bytes=16, keep_bytes=4)


def test_a_line_of_the_limit_is_whole_and_one_byte_more_is_not() -> None:
    assert buffer().feed(b"x" * 16 + b"\r") == [Line(raw=b"x" * 16 + b"\r", is_whole=True)]
    over, line = buffer().feed(b"x" * 17 + b"\r")
    assert over == Line(raw=b"x" * 13, is_whole=False)
    assert line == Line(raw=b"xxxx\r", is_whole=True)


@given(st.lists(st.binary(max_size=40), max_size=20))
def test_nothing_is_lost_and_little_is_held(pieces: list[bytes]) -> None:
    lines = buffer()
    given_out = b""
    for piece in pieces:
        given_out += b"".join(line.raw for line in lines.feed(piece))
        assert lines.pending_bytes <= 16
    assert given_out + lines.drain() == b"".join(pieces)
    assert lines.pending_bytes == 0


@given(st.lists(st.binary(max_size=40), max_size=20))
def test_an_ending_of_two_bytes_is_found_wherever_it_is_cut(pieces: list[bytes]) -> None:
    data = b"".join(pieces) + b"ab\r\ncd\r\n"
    whole = LineBuffer(limit_bytes=16, keep_bytes=4, ending=CR_LF)
    cut = LineBuffer(limit_bytes=16, keep_bytes=4, ending=CR_LF)
    lines = whole.feed(data)
    assert [line for byte in data for line in cut.feed(bytes([byte]))] == lines
    assert lines[-1] == Line(raw=b"cd\r\n", is_whole=True)


def test_either_sign_ends_a_line_where_either_may() -> None:
    lines = LineBuffer(limit_bytes=16, keep_bytes=4, ending=CR_OR_LF).feed(b"a\rb\nc\r\n")
    assert [line.raw for line in lines] == [b"a\r", b"b\n", b"c\r", b"\n"]


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        (b"", (b"", b"")),
        (b"text ~", (b"", b"text ~")),
        (b"\x00text", (b"\x00", b"text")),
        (b"a\x1fb\x7fc", (b"a\x1fb\x7f", b"c")),
        (b"text\n", (b"text\n", b"")),
    ],
)
def test_text_begins_after_the_last_byte_that_is_none(line: bytes, parts: tuple[bytes, bytes]) -> None:
    assert without_noise(line) == parts


def scanner() -> FrameScanner:
    return FrameScanner(frame_bytes=3, pattern=re.compile(b"ab."), is_right=lambda raw: raw == b"abc")


def test_a_frame_is_found_at_every_position_and_noise_given_out_before_it() -> None:
    assert scanner().feed(b"abcaabcxyz.abcabab") == [
        Found(raw=b"abc", is_frame=True),
        Found(raw=b"a", is_frame=False),
        Found(raw=b"abc", is_frame=True),
        Found(raw=b"xyz.", is_frame=False),
        Found(raw=b"abc", is_frame=True),
    ]


@given(st.text(alphabet="abcx", max_size=200).map(str.encode), st.lists(st.integers(0, 200), max_size=6))
def test_frames_are_the_same_however_the_stream_is_cut(data: bytes, cuts: list[int]) -> None:
    edges = [0, *sorted(min(cut, len(data)) for cut in cuts), len(data)]
    whole, cut = scanner(), scanner()
    found = whole.feed(data)
    assert [each for a, b in itertools.pairwise(edges) for each in cut.feed(data[a:b])] == found
    assert b"".join(each.raw for each in found) + whole.drain() == data
    assert sum(each.is_frame for each in found) == data.count(b"abc")
    assert cut.pending_bytes < NOISE_PIECE_BYTES + 2 * 3


def test_a_frame_with_wrong_sums_is_given_out_whole_unless_a_right_one_begins_within_it() -> None:
    assert scanner().feed(b"xabxabcabxxx") == [
        Found(raw=b"x", is_frame=False),
        Found(raw=b"abx", is_frame=False, is_bad_sum=True),
        Found(raw=b"abc", is_frame=True),
        Found(raw=b"abx", is_frame=False, is_bad_sum=True),
    ]
    wrong_by_chance = FrameScanner(
        frame_bytes=3, pattern=re.compile(b"a.."), is_right=lambda raw: raw == b"abc"
    )
    assert wrong_by_chance.feed(b"aabc") == [
        Found(raw=b"a", is_frame=False),
        Found(raw=b"abc", is_frame=True),
    ]


def test_noise_is_given_out_in_pieces_and_not_kept() -> None:
    found = scanner().feed(b"x" * (2 * NOISE_PIECE_BYTES + 2))
    assert found == [Found(raw=b"x" * NOISE_PIECE_BYTES, is_frame=False)] * 2
