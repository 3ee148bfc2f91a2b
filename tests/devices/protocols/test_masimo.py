"""An oximeter's lines give SpO2 and pulse rate, and only a whole line gives anything."""

from __future__ import annotations

import itertools
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.decode import messages_to_json
from devices.kinds.masimo import MASIMO
from devices.protocols import masimo
from devices.protocols.masimo import MAX_BUFFER_BYTES, Condition, MasimoDecoder, Shown
from devices.protocols.messages import LiveNumber
from monitor.vitals import Quality, Quantity
from tests.devices.protocols import streams

# Written column by column to the layouts of three models; no device sent them.
RAD_8 = (
    "03/09/26 10:15:02 SN=0000071234 SPO2=096% BPM=083 PI=02.17% SPCO=--.-% SPMET=--.-% DESAT=--"
    " PIDELTA=+-- ALARM=0000 EXC=000800"
)
RADICAL_7 = (
    "03/09/26 10:15:03 SN=0000071235 SPO2=097% BPM=128 PI=01.40 SPCO=04% SPMET=00.9% SPHB=12.6 SPOC=16"
    " DESAT=-- PIDELTA=+-- PVI=014 RESVD=--- ALARM=0010 EXC=000800 EXC1=0000000"
)
RAD_5 = "12/31/99 23:59:59 SPO2=100% BPM=240 PI=00.02% ALARM=00 EXC=800"
LINES = [RAD_8, RADICAL_7, RAD_5]
STREAM = "\r\n\r\n".join([*LINES, ""]).encode()
WHEN = datetime(2026, 3, 9, 10, 15, 2)  # noqa: DTZ001 - the device names no zone


def rows(*pieces: bytes) -> list[dict[str, Any]]:
    return streams.decoded(MasimoDecoder(), *pieces)


def row(text: str) -> dict[str, Any]:
    (only,) = rows(text.encode() + b"\r\n")
    return only


def good(spo2: int, rate: int) -> dict[str, Any]:
    return {"kind": "spo2", "spo2_percent": spo2, "pulse_rate_bpm": rate, "quality": "good"}


@pytest.mark.parametrize(
    ("text", "expected"), list(zip(LINES, [good(96, 83), good(97, 128), good(100, 240)], strict=True))
)
def test_each_models_columns_are_read_by_name(text: str, expected: dict[str, Any]) -> None:
    assert row(text) == expected


def test_one_line_gives_two_numbers_that_share_its_bytes_and_take_no_time_from_the_device() -> None:
    spo2, rate = MasimoDecoder().feed(RAD_8.encode() + b"\r\n")
    assert isinstance(spo2, LiveNumber)
    assert isinstance(rate, LiveNumber)
    assert (spo2.quantity, rate.quantity) == (Quantity.SPO2, Quantity.PULSE_RATE)
    assert spo2.raw is rate.raw
    assert {spo2.observed_at, rate.observed_at, spo2.sent_at, rate.sent_at} == {None}


def test_a_stream_gives_the_same_however_it_is_cut() -> None:
    assert rows(STREAM) == [good(96, 83), good(97, 128), good(100, 240)]
    assert streams.same_however_cut(MasimoDecoder, STREAM)


@pytest.mark.parametrize("ending", [b"\r\n", b"\n", b"\r", b"\r\n\r\n", b"\n\r"])
def test_a_line_ends_with_either_sign_and_blank_lines_are_no_matter(ending: bytes) -> None:
    assert rows(ending + RAD_8.encode() + ending) == [good(96, 83)]


@pytest.mark.parametrize(
    ("bits", "quality"),
    [
        ("000000", Quality.GOOD),
        ("000800", Quality.GOOD),
        ("800", Quality.GOOD),
        ("0000800", Quality.GOOD),
        ("002800", Quality.GOOD),
        ("040800", Quality.GOOD),
        ("000804", Quality.QUESTIONABLE),
        ("000810", Quality.QUESTIONABLE),
        ("000840", Quality.QUESTIONABLE),
        ("000900", Quality.QUESTIONABLE),
        ("000A00", Quality.QUESTIONABLE),
        ("000a00", Quality.QUESTIONABLE),
        ("000C00", Quality.QUESTIONABLE),
        ("001800", Quality.QUESTIONABLE),
        ("004800", Quality.QUESTIONABLE),
        ("008800", Quality.QUESTIONABLE),
        ("010800", Quality.QUESTIONABLE),
        ("020800", Quality.QUESTIONABLE),
        ("080800", Quality.QUESTIONABLE),
        ("000801", Quality.INVALID),
        ("000802", Quality.INVALID),
        ("000808", Quality.INVALID),
        ("000820", Quality.INVALID),
        ("000880", Quality.INVALID),
        ("000805", Quality.INVALID),
    ],
)
def test_each_exception_says_how_far_the_numbers_are_trusted(bits: str, quality: Quality) -> None:
    found = row(RAD_8.replace("EXC=000800", f"EXC={bits}"))
    assert found["quality"] == quality.value
    assert ("spo2_percent" in found, "pulse_rate_bpm" in found) == ((quality is not Quality.INVALID),) * 2


@pytest.mark.parametrize("absent", ["---%", "--%", "000%"])
def test_a_saturation_of_dashes_or_zero_is_none_and_leaves_the_rate(absent: str) -> None:
    expected = {"kind": "rate", "pulse_rate_bpm": 83, "quality": "good"}
    assert row(RAD_8.replace("096%", absent)) == expected


@pytest.mark.parametrize("absent", ["---", "--", "000"])
def test_a_rate_of_dashes_or_zero_is_none_and_leaves_the_saturation(absent: str) -> None:
    expected = {"kind": "spo2", "spo2_percent": 96, "quality": "good"}
    assert row(RAD_8.replace("083", absent)) == expected


def test_a_finger_out_is_told_as_no_value() -> None:
    text = RAD_8.replace("096%", "---%").replace("083", "---").replace("02.17%", "--.--%")
    assert row(text.replace("000800", "000820")) == {"kind": "spo2", "quality": "invalid"}


@pytest.mark.parametrize(
    "text",
    [
        RAD_8[1:],
        RAD_8[:-1] + "G",
        "x" + RAD_8,
        " " + RAD_8,
        RAD_8 + " and more",
        RAD_8 + " ",
        RAD_8.replace(" BPM", "  BPM"),
        RAD_8 + RAD_8,
        RAD_8.replace("SPO2=096% ", ""),
        RAD_8.replace("BPM=083 ", ""),
        RAD_8.replace(" EXC=000800", ""),
        RAD_8.replace("ALARM=0000 ", ""),
        RAD_8.replace("SPO2=096% BPM=083", "BPM=083 SPO2=096%"),
        RAD_8.replace("096%", "96%"),
        RAD_8.replace("096%", "096"),
        RAD_8.replace("096%", "0-6%"),
        RAD_8.replace("096%", "101%"),
        RAD_8.replace("096%", "+96%"),
        RAD_8.replace("083", "0083"),
        RAD_8.replace("083", "8-3"),
        RAD_8.replace("083", " 83"),
        RAD_8.replace("083", "083%"),
        RAD_8.replace("03/09/26", "13/09/26"),
        RAD_8.replace("03/09/26", "03/32/26"),
        RAD_8.replace("03/09/26", "2026/03/09"),
        RAD_8.replace("10:15:02", "24:15:02"),
        RAD_8.replace("10:15:02", "10:15"),
        RAD_8.replace("000800", "00000800"),
        RAD_8.replace("000800", "00"),
        RAD_8.replace("DESAT=--", "BPM=070"),
        RAD_8.replace("DESAT=--", "DESAT"),
        RAD_8.replace("DESAT=--", "DESAT=1=2"),
        RAD_8.replace("DESAT=--", "DESAT=?"),
        RAD_8.replace("SN=0000071234", "SN=123"),
        RAD_8.replace("DESAT=--", "DESAT=" + "0" * masimo.MAX_LINE_BYTES),
        "",
        "03/09/26 10:15:02",
        "03/09/26 10:15:02 SpO2=097 PR=069 PI=02.00 EXC=000800",  # a trend's download
        "SpO2=097 PR=069",
        "ALARM=0000 EXC=000800",
    ],
)
def test_a_line_of_any_other_grammar_gives_no_value(text: str) -> None:
    assert streams.kinds(rows(text.encode() + b"\r\n")) == ["rejected"][: len(text)]


def test_a_column_of_a_model_nobody_here_knows_is_passed_over() -> None:
    assert row(RAD_8.replace("DESAT=--", "RRA=014 DESAT=--")) == good(96, 83)


@pytest.mark.parametrize("noise", [b"\x00", b"\xff\xfe", b"garbage\x80", RAD_8.encode()[:60] + b"\x07"])
def test_unprintable_noise_right_before_a_line_is_rejected_and_the_line_read(noise: bytes) -> None:
    before, reading = rows(noise + RAD_8.encode() + b"\r\n")
    assert bytes.fromhex(before["raw"]) == noise
    assert reading == good(96, 83)


def test_noise_between_and_after_lines_costs_only_itself() -> None:
    text = RAD_8.encode() + b"\r\n"
    found = rows(b"noise\r\n" + text + b"\x80\x00noise\r\n" + text + RAD_8.encode()[:70])
    assert streams.kinds(found) == ["rejected", "spo2", "rejected", "spo2", "rejected"]


def test_a_line_cut_short_gives_nothing_and_the_one_after_next_is_read() -> None:
    text = RAD_8.encode() + b"\r\n"
    for kept in range(1, len(text) - 2):
        found = streams.values(rows(text[:kept] + text + text))
        assert found[-1] == good(96, 83)
        assert len(found) == 1


def test_half_a_line_is_no_line_when_the_stream_ends_and_none_after_a_reset() -> None:
    assert streams.kinds(rows(RAD_8.encode())) == ["rejected"]
    decoder = MasimoDecoder()
    decoder.feed(RAD_8.encode()[:50])
    decoder.reset()
    assert decoder.pending_bytes == 0
    assert streams.decoded(decoder, RAD_8.encode() + b"\r\n") == [good(96, 83)]


def test_a_flipped_bit_gives_nothing_outside_the_grammar_and_this_share_passes() -> None:
    """There is no sum: 14 of 1016 flips leave another SpO2 or rate that looks as good as a true one."""
    text = RAD_8.encode() + b"\r\n"
    changed = 0
    for spoiled in streams.flipped(text):
        for found in streams.values(rows(spoiled + text)):
            assert 1 <= found.get("spo2_percent", 1) <= 100
            assert 1 <= found.get("pulse_rate_bpm", 1) <= 999
            changed += found["quality"] == "good" and found != good(96, 83)
    assert (changed, 8 * len(text)) == (14, 1016)


@given(st.lists(st.binary(max_size=80), max_size=12))
def test_arbitrary_bytes_never_raise_and_the_buffer_stays_bounded(pieces: list[bytes]) -> None:
    decoder = MasimoDecoder()
    for piece in pieces:
        assert streams.values(messages_to_json(decoder.feed(piece))) == []
        assert decoder.pending_bytes <= MAX_BUFFER_BYTES
    decoder.finish()
    assert decoder.pending_bytes == 0


@given(st.binary(max_size=300), st.lists(st.integers(0, 700), max_size=6))
def test_how_the_stream_is_cut_never_matters(noise: bytes, cuts: list[int]) -> None:
    data = noise + RAD_8.encode() + noise + b"\r\n" + RADICAL_7.encode() + b"\r\n"
    edges = [0, *sorted(min(cut, len(data)) for cut in cuts), len(data)]
    assert rows(data) == rows(*[data[a:b] for a, b in itertools.pairwise(edges)])


@given(st.binary(max_size=900))
def test_a_line_after_an_end_of_line_is_read_whatever_came_before(noise: bytes) -> None:
    assert rows(noise + b"\r\n" + RAD_8.encode() + b"\r\n")[-1] == good(96, 83)


@pytest.mark.parametrize("byte", [b"\x00", b"S", b" "])
def test_a_megabyte_without_a_line_is_given_out_and_not_kept(byte: bytes) -> None:
    decoder = MasimoDecoder()
    flood = byte * streams.NOISE_BYTES
    assert streams.most_pending(decoder, flood, size=65536) <= MAX_BUFFER_BYTES
    assert streams.values(streams.decoded(decoder, RAD_8.encode() + b"\r\n" + RAD_8.encode() + b"\r\n"))[
        -1
    ] == good(96, 83)


def test_the_end_of_a_line_that_is_too_long_never_passes_for_a_line() -> None:
    text = RAD_8.encode() + b"\r\n"
    for more in range(masimo.MAX_LINE_BYTES, 3 * MAX_BUFFER_BYTES):
        assert streams.values(rows(b"x" * more + text)) == []


@given(
    spo2=st.none() | st.integers(1, 100),
    rate=st.none() | st.integers(1, 999),
    perfusion=st.none() | st.decimals(Decimal(0), Decimal("99.99"), places=2),
)
def test_what_is_encoded_comes_back(spo2: int | None, rate: int | None, perfusion: Decimal | None) -> None:
    shown = Shown(spo2_percent=spo2, pulse_rate_bpm=rate, perfusion_percent=perfusion)
    sent = masimo.line(shown, at=WHEN)
    found = MasimoDecoder().feed(sent)
    assert [message.value for message in found if isinstance(message, LiveNumber)] == [spo2, rate]


def test_the_encoder_writes_the_line_that_stands_above() -> None:
    shown = Shown(
        spo2_percent=96,
        pulse_rate_bpm=83,
        perfusion_percent=Decimal("2.17"),
        conditions=Condition.SET_RUNNING,
    )
    assert masimo.line(shown, at=WHEN, serial_number="0000071234") == RAD_8.encode() + b"\r\n"


def test_the_profile_listens_only_and_names_menu_and_cable() -> None:
    assert (MASIMO.polls, MASIMO.set_up) == ((), ())
    assert MASIMO.line.text == "9600 8N1"
    assert "ASCII 1" in MASIMO.set_up_note
    assert "null-modem" in MASIMO.set_up_note
