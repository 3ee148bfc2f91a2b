"""Nine-bit rates are right, what is not measured is no value, and four formats are told apart."""

from __future__ import annotations

import itertools
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.kinds import nonin as kinds
from devices.protocols import nonin
from devices.protocols.messages import FrameRejected, LiveNumber
from devices.protocols.nonin import DF1, DF2, DF7, DF8, FORMATS, DataFormat, NoninDecoder
from devices.protocols.nonin_listening import FRAMES_TO_TRUST, MAX_HEARD_BYTES, ListeningDecoder
from monitor.vitals import Quantity
from tests.devices.protocols import streams

if TYPE_CHECKING:
    from collections.abc import Callable

# Frames put together byte by byte from the layouts; no device sent them.
SHORT = [
    ("80 48 61", (72, 97), "good"),
    ("81 48 5e", (200, 94), "good"),
    ("80 7f 64", (127, 100), "good"),
    ("81 00 63", (128, 99), "good"),
    ("81 7f 62", (255, 98), "good"),
    ("82 00 61", (256, 97), "good"),
    ("82 2c 60", (300, 96), "good"),
    ("83 7e 2d", (510, 45), "good"),
    ("84 48 61", (72, 97), "questionable"),  # artifact
    ("88 48 61", (72, 97), "questionable"),  # marginal perfusion
    ("90 48 61", (72, 97), "questionable"),  # low perfusion
    ("a0 48 61", (None, None), "invalid"),  # out of track
    ("c0 48 61", (None, None), "invalid"),  # disconnected
    ("c3 7f 7f", (None, None), "invalid"),
    ("83 7f 7f", (None, None), "invalid"),
    ("83 7f 61", (None, 97), "good"),
    ("80 48 7f", (72, None), "good"),
    ("80 00 61", (None, 97), "good"),
    ("80 48 00", (72, None), "good"),
]
DEVICE = [
    ("00", "good"),
    ("01", "good"),  # battery low
    ("02", "good"),  # battery critical
    ("04", "questionable"),  # spot check: the number stands still
    ("08", "invalid"),  # sensor fault
    ("70", "good"),  # bits nobody has named
]
FLAGS = [
    (0x00, "good"),
    (0x02, "good"),  # green
    (0x04, "questionable"),  # red
    (0x06, "questionable"),  # yellow
    (0x20, "questionable"),  # artifact
    (0x08, "invalid"),  # sensor alarm
    (0x10, "invalid"),  # out of track
    (0x40, "invalid"),  # disconnected
]


def packet(name: str, *numbers: int, flags: int = 0x02, flagged: range = range(25), other: int = 0) -> bytes:
    """Write rate and SpO2 frame by frame; `other` stands wherever the display's numbers do not."""
    rate, spo2 = numbers
    data = [other] * 25
    data[8] = spo2  # frame 9
    data[19], data[20] = rate >> 7, rate & 0x7F  # frames 20 and 21
    whole = b""
    for index, byte in enumerate(data):
        status = 0x80 | (flags if index in flagged else 0) | (1 if index == 0 else 0)
        wave = 40 + 3 * index
        four = [0x01, status, wave, byte] if name == "DF2" else [status, wave, 255 - wave, byte]
        whole += bytes([*four, sum(four) % 256])
    return whole


def row(rate: int | None, spo2: int | None, quality: str) -> dict[str, Any]:
    numbers = {"spo2_percent": spo2, "pulse_rate_bpm": rate}
    kind = "rate" if spo2 is None and rate is not None else "spo2"
    return {"kind": kind, "quality": quality} | {
        key: value for key, value in numbers.items() if value is not None
    }


def rows(data_format: DataFormat, *pieces: bytes) -> list[dict[str, Any]]:
    return streams.decoded(NoninDecoder(data_format), *pieces)


def heard(*pieces: bytes) -> list[dict[str, Any]]:
    return streams.decoded(ListeningDecoder(), *pieces)


ONE = {
    "DF1": bytes.fromhex("804861"),
    "DF8": bytes.fromhex("80486100"),
    "DF2": packet("DF2", 72, 97),
    "DF7": packet("DF7", 72, 97),
}
GOOD = row(72, 97, "good")
OFF = b"\x83\x7f\x7f"
PARTS = [
    *ONE.values(),
    ONE["DF1"] * 6,
    ONE["DF8"] * 6,
    OFF * 6,
    OFF[:2],
    b"\x80",
    b"\x01",
    b"noise",
    bytes(70),
]
EACH = pytest.mark.parametrize("each", FORMATS, ids=lambda each: each.name)
PACKETS = pytest.mark.parametrize("each", [DF2, DF7], ids=lambda each: each.name)
PEERS = pytest.mark.parametrize(
    "new_decoder",
    [*(partial(NoninDecoder, each) for each in FORMATS), ListeningDecoder],
    ids=["DF1", "DF8", "DF2", "DF7", "listening"],
)


@pytest.mark.parametrize(("text", "numbers", "quality"), SHORT)
def test_each_short_frame_gives_exactly_its_values(
    text: str, numbers: tuple[int | None, int | None], quality: str
) -> None:
    assert rows(DF1, bytes.fromhex(text)) == [row(*numbers, quality)]
    assert rows(DF8, bytes.fromhex(text + "00")) == [row(*numbers, quality)]


@pytest.mark.parametrize(("text", "quality"), DEVICE)
def test_each_flag_of_the_device_says_how_far_it_is_trusted(text: str, quality: str) -> None:
    numbers: tuple[int | None, int | None] = (None, None) if quality == "invalid" else (72, 97)
    assert rows(DF8, bytes.fromhex("804861" + text)) == [row(*numbers, quality)]


@PACKETS
@pytest.mark.parametrize("rate", [18, 127, 128, 255, 256, 300, 321])
def test_a_packet_gives_the_display_numbers_once(each: DataFormat, rate: int) -> None:
    assert rows(each, packet(each.name, rate, 93, other=0x55)) == [row(rate, 93, "good")]


@PACKETS
@pytest.mark.parametrize(("flags", "quality"), FLAGS)
@pytest.mark.parametrize("flagged", [range(25), range(1), range(11, 12), range(24, 25)])
def test_a_packet_is_trusted_as_far_as_its_worst_frame(
    each: DataFormat, flags: int, quality: str, flagged: range
) -> None:
    numbers: tuple[int | None, int | None] = (None, None) if quality == "invalid" else (72, 97)
    assert rows(each, packet(each.name, 72, 97, flags=flags, flagged=flagged)) == [row(*numbers, quality)]


@PACKETS
def test_a_packet_begins_with_sync_and_has_it_nowhere_else(each: DataFormat) -> None:
    one = bytearray(packet(each.name, 72, 97, flags=0))
    at = 1 if each is DF2 else 0
    for start, step in ((0, -1), (60, 1), (120, 1)):  # the sum moves with the bit
        spoiled = bytearray(one)
        spoiled[start + at] += step
        spoiled[start + 4] = (spoiled[start + 4] + step) % 256
        assert set(streams.kinds(rows(each, bytes(spoiled)))) == {"rejected"}


@PACKETS
def test_what_a_packet_has_no_data_for_is_no_value(each: DataFormat) -> None:
    assert rows(each, packet(each.name, 511, 127)) == [row(None, None, "invalid")]
    assert rows(each, packet(each.name, 511, 96)) == [row(None, 96, "good")]
    assert rows(each, packet(each.name, 88, 127)) == [row(88, None, "good")]


@PACKETS
def test_a_percentage_that_cannot_be_is_kept_as_doubtful(each: DataFormat) -> None:
    spo2, rate = NoninDecoder(each).feed(packet(each.name, 72, 101))
    assert isinstance(spo2, LiveNumber)
    assert isinstance(rate, LiveNumber)
    assert (spo2.value, spo2.quality.value, rate.quality.value) == (101, "questionable", "good")
    assert rows(DF1, bytes.fromhex("804865"))[0]["kind"] == "rejected"


@EACH
def test_one_frame_gives_two_numbers_that_share_its_bytes(each: DataFormat) -> None:
    spo2, rate = NoninDecoder(each).feed(ONE[each.name])
    assert isinstance(spo2, LiveNumber)
    assert isinstance(rate, LiveNumber)
    assert (spo2.quantity, rate.quantity) == (Quantity.SPO2, Quantity.PULSE_RATE)
    assert spo2.raw is rate.raw
    assert spo2.raw == ONE[each.name]


@EACH
def test_a_stream_gives_the_same_however_it_is_cut(each: DataFormat) -> None:
    stream = b"\x07\x85" + ONE[each.name] * 2 + b"\x00\xff\x01\x80" + ONE[each.name] + ONE[each.name][:-1]
    found = rows(each, stream)
    assert streams.values(found) == [GOOD] * 3
    assert streams.kinds(found) == ["rejected", "spo2", "spo2", "rejected", "spo2", "rejected"]
    assert streams.same_however_cut(partial(NoninDecoder, each), stream)


@EACH
@pytest.mark.parametrize("noise", [b"\x00", b"\xff", b"\x80", b"\x01\x81", b"\x81\x00\x7e", b"garbage" * 30])
def test_the_frame_after_any_noise_is_read(each: DataFormat, noise: bytes) -> None:
    found = rows(each, noise + ONE[each.name] + noise + ONE[each.name] + noise)
    assert [each for each in streams.values(found) if each == GOOD] == [GOOD] * 2
    assert found[-1]["kind"] == "rejected"


@EACH
def test_a_frame_cut_short_costs_only_itself(each: DataFormat) -> None:
    one = ONE[each.name]
    for kept in range(1, len(one)):
        assert streams.values(rows(each, one[:kept] + one))[-1:] == [GOOD]


@PACKETS
def test_a_packet_that_was_joined_late_gives_nothing_and_the_next_is_read(each: DataFormat) -> None:
    one = ONE[each.name]
    for missed in range(1, len(one)):
        assert streams.values(rows(each, one[missed:] + one)) == [GOOD]


@PACKETS
def test_no_single_flipped_bit_leaves_a_value(each: DataFormat) -> None:
    """A flip moves a sum by a power of two below 256, or is in the sum itself: the share that passes is 0."""
    for spoiled in streams.flipped(ONE[each.name]):
        assert set(streams.kinds(rows(each, spoiled))) == {"rejected"}


def bad_sums(decoder: NoninDecoder | ListeningDecoder, *pieces: bytes) -> list[bool]:
    told = [message for piece in pieces for message in decoder.feed(piece)]
    return [message.is_bad_sum for message in told if isinstance(message, FrameRejected)]


@PACKETS
def test_each_packet_with_a_wrong_sum_is_counted_once_however_it_is_cut(each: DataFormat) -> None:
    good = ONE[each.name]
    spoiled = bytearray(good)
    spoiled[77] ^= 0x08
    data = good + bytes(spoiled) + good + bytes(spoiled) * 2 + good + good[:60] + good
    for decoder in (partial(NoninDecoder, each), ListeningDecoder):
        for pieces in ([data], streams.bytewise(data)):
            assert bad_sums(decoder(), *pieces) == [True, True, True, False]


@PACKETS
def test_after_a_flipped_bit_the_next_packet_is_read(each: DataFormat) -> None:
    for spoiled in itertools.islice(streams.flipped(ONE[each.name]), 0, None, 7):
        assert streams.values(rows(each, spoiled + ONE[each.name])) == [GOOD]


@pytest.mark.parametrize(("each", "share"), [(DF1, (13, 24)), (DF8, (13, 32))])
def test_a_flipped_bit_of_a_short_frame_passes_this_often(each: DataFormat, share: tuple[int, int]) -> None:
    """There is no sum: so many flips leave another number that looks as good as a true one."""
    changed = 0
    for spoiled in streams.flipped(ONE[each.name]):
        for found in streams.values(rows(each, spoiled)):
            assert 1 <= found.get("spo2_percent", 1) <= 100
            assert 1 <= found.get("pulse_rate_bpm", 1) <= 510
            changed += found["quality"] == "good" and found != GOOD
    assert (changed, 8 * len(ONE[each.name])) == share


@PEERS
@given(pieces=st.lists(st.binary(max_size=300), max_size=6))
def test_arbitrary_bytes_never_raise_and_the_buffer_stays_bounded(
    new_decoder: Callable[[], NoninDecoder], pieces: list[bytes]
) -> None:
    decoder = new_decoder()
    for piece in pieces:
        decoder.feed(piece)
        assert decoder.pending_bytes <= 4 * MAX_HEARD_BYTES
    decoder.finish()
    assert decoder.pending_bytes == 0


@PEERS
@given(
    parts=st.lists(st.sampled_from(PARTS), max_size=14),
    noise=st.binary(max_size=40),
    cuts=st.lists(st.integers(0, 1800), max_size=6),
)
def test_how_the_stream_is_cut_never_matters(
    new_decoder: Callable[[], NoninDecoder], parts: list[bytes], noise: bytes, cuts: list[int]
) -> None:
    data = noise.join(parts)
    edges = [0, *sorted(min(cut, len(data)) for cut in cuts), len(data)]
    pieces = [data[a:b] for a, b in itertools.pairwise(edges)]
    assert streams.decoded(new_decoder(), data) == streams.decoded(new_decoder(), *pieces)


@PEERS
def test_a_megabyte_of_noise_is_given_out_and_not_kept(new_decoder: Callable[[], NoninDecoder]) -> None:
    decoder = new_decoder()
    most = streams.most_pending(decoder, streams.noise(3, streams.NOISE_BYTES), size=4096)
    assert most <= 4 * MAX_HEARD_BYTES


@PEERS
def test_nothing_is_lost(new_decoder: Callable[[], NoninDecoder]) -> None:
    """Every byte stands in some frame or in what was rejected, in order."""
    stream = streams.noise(9, 700) + ONE["DF2"] + streams.noise(10, 300) + ONE["DF1"] * 8
    decoder = new_decoder()
    messages = [*decoder.feed(stream), *decoder.finish()]
    raws = [raw for raw, _ in itertools.groupby(message.raw for message in messages)]
    repeats = stream.count(ONE["DF1"]) * 3
    assert len(stream) - repeats <= sum(len(raw) for raw in raws) <= len(stream)


@pytest.mark.parametrize("name", ["DF1", "DF2"])
def test_long_noise_before_a_format_is_rejected_alike_however_it_is_cut(name: str) -> None:
    for size in (*range(122, 130), *range(232, 256), 375, 376, 377, 378):
        stream = bytes(size) + ONE[name] * 6
        assert heard(stream) == heard(*streams.bytewise(stream))


@EACH
def test_a_format_is_told_after_enough_frames_and_not_before(each: DataFormat) -> None:
    enough = 1 if each.has_sums else FRAMES_TO_TRUST
    one = ONE[each.name]
    assert streams.values(heard(one * (enough - 1))) == []
    assert streams.values(heard(one * (enough + 2))) == [GOOD] * 3


@pytest.mark.parametrize(("before", "after"), list(itertools.permutations(ONE, 2)))
@pytest.mark.parametrize("missed", [0, 1, 2, 3])
def test_a_changed_format_is_told_anew_and_gives_no_wrong_value_between(
    before: str, after: str, missed: int
) -> None:
    found = streams.values(heard(ONE[before] * 8 + ONE[after][missed:] + ONE[after] * 8))
    assert len(found) >= 8
    assert {tuple(sorted(each.items())) for each in found} == {tuple(sorted(GOOD.items()))}


def test_no_format_is_told_from_noise() -> None:
    found = heard(*(streams.noise(seed, 10_000) for seed in range(40)))
    assert {each["kind"] for each in found} == {"rejected"}


@pytest.mark.parametrize(
    "text",
    [
        "80 48 61 80 70 61",  # the rate leaps
        "80 48 61 80 48 50",  # the saturation leaps
        "80 48 61 00 00",  # bytes between
        "80 00 00",  # a beat of zeros
        "80 48 61 80",
    ],
)
def test_frames_out_of_step_are_not_trusted(text: str) -> None:
    assert set(streams.kinds(heard(bytes.fromhex(text) * 20))) == {"rejected"}


def test_a_byte_between_frames_makes_it_listen_anew() -> None:
    one = ONE["DF1"]
    found = streams.values(heard(one * 6 + b"\x07" + one * (FRAMES_TO_TRUST - 1)))
    assert found == [GOOD] * (6 - FRAMES_TO_TRUST + 1)


def test_a_finger_taken_out_keeps_the_trust_and_one_put_back_must_earn_it() -> None:
    off, back = bytes.fromhex("c37f7f"), bytes.fromhex("804c60")
    found = heard(ONE["DF1"] * 5 + off * 3 + back * FRAMES_TO_TRUST)
    assert [each.get("pulse_rate_bpm") for each in found] == [None, 72, None, None, None, None, 76]
    assert streams.kinds(found) == ["rejected", "spo2", "spo2", "spo2", "spo2", "rejected", "spo2"]


@PACKETS
def test_a_format_that_begins_inside_the_last_frame_of_another_gives_no_wrong_value(each: DataFormat) -> None:
    for kept in (1, 2):
        stream = bytes.fromhex("837f7f") * 7 + bytes.fromhex("837f7f")[:kept] + ONE[each.name] * 2
        assert streams.values(heard(stream)) == [GOOD] * 2
        assert heard(*streams.bytewise(stream)) == heard(stream)


def test_a_reset_forgets_the_format() -> None:
    decoder = ListeningDecoder()
    decoder.feed(ONE["DF1"] * 6)
    decoder.reset()
    assert streams.values(streams.decoded(decoder, ONE["DF1"] * (FRAMES_TO_TRUST - 1))) == []


RATES = st.none() | st.integers(1, 510)
PERCENTS = st.none() | st.integers(1, 100)


@EACH
@given(rate=RATES, spo2=PERCENTS)
def test_what_is_encoded_comes_back(each: DataFormat, rate: int | None, spo2: int | None) -> None:
    encode: dict[str, Callable[..., bytes]] = {
        "DF1": nonin.df1_frame,
        "DF8": nonin.df8_frame,
        "DF2": nonin.df2_packet,
        "DF7": nonin.df7_packet,
    }
    found = NoninDecoder(each).feed(encode[each.name](rate_bpm=rate, spo2_percent=spo2))
    assert [message.value for message in found if isinstance(message, LiveNumber)] == [spo2, rate]


def test_the_encoder_writes_the_frames_that_stand_above() -> None:
    assert nonin.df1_frame(rate_bpm=300, spo2_percent=96) == bytes.fromhex("822c60")
    assert nonin.df1_frame(rate_bpm=None, spo2_percent=None, flags=0x40) == bytes.fromhex("c37f7f")
    assert nonin.df8_frame(rate_bpm=72, spo2_percent=97, device_flags=4) == bytes.fromhex("80486104")
    assert nonin.df2_packet(rate_bpm=200, spo2_percent=97)[:10] == bytes.fromhex("0183800105018280484b")
    assert nonin.df7_packet(rate_bpm=200, spo2_percent=97)[:5] == bytes.fromhex("8380000104")


def test_the_profiles_listen_only() -> None:
    all_kinds = (kinds.NONIN, kinds.NONIN_DF1, kinds.NONIN_DF8, kinds.NONIN_DF2, kinds.NONIN_DF7)
    assert [kind.name for kind in all_kinds] == ["nonin", "nonin-df1", "nonin-df8", "nonin-df2", "nonin-df7"]
    assert {(kind.polls, kind.set_up, kind.line.text) for kind in all_kinds} == {((), (), "9600 8N1")}
