"""Lines are cut at each CR, and a run without one cannot grow."""

from hypothesis import given
from hypothesis import strategies as st

from devices.protocols.framing import Line, LineBuffer


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
