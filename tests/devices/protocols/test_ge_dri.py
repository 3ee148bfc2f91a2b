"""A record gives what is displayed, ECG and pulse apart; an arterial line and a wrong sum give nothing."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.kinds.ge_dri import GE_DRI
from devices.protocols import ge_dri
from devices.protocols.ge_dri import DriDecoder, RecordKind
from devices.protocols.ge_dri_frames import MOST_BODY_BYTES
from devices.protocols.ge_dri_values import Displayed, RateSource
from devices.protocols.messages import (
    CuffFailed,
    CuffInProgress,
    CuffResult,
    FrameRejected,
    Ignored,
    LiveNumber,
    Message,
    Temperature,
)
from monitor.vitals import Quality, Quantity
from tests.devices.protocols import streams

# The three examples that the maker's specification prints, appendix A, with flags and sums.
ZEROS = "00 " * 17
HEAD = f"7e 31 00 {'00 ' * 19}ff {ZEROS}"
DISPLAYED_EVERY_10_S = bytes.fromhex(HEAD + "00 01 0a 00 0e 00 00 00 00 00 49 7e")
STOP_DISPLAYED = bytes.fromhex(HEAD + "00 01 00 00 00 00 00 00 00 00 31 7e")
TREND_EVERY_60_S = bytes.fromhex(HEAD + "00 03 3c 00 0e 00 00 00 00 00 7d 5d 7e")

SENT_AT_S = 1_773_051_302
SENT_AT = datetime.fromtimestamp(SENT_AT_S, UTC)
NONE = -32767
ON = 0b11
MEASURING, STASIS, CALIBRATING, OLD = 0x20, 0x40, 0x80, 0x100

# By the offsets of the specification from the start of the class data; no device sent these.
FULL = {
    "ecg": ON | 1 << 3,
    "hr": 71,
    "rr": 14,
    "p1": ON,
    "p1 sys": 16100,
    "p1 dia": 9900,
    "p1 mean": 12100,
    "p1 hr": 88,
    "cuff": ON,
    "label": 0,
    "sys": 13149,
    "dia": 8250,
    "mean": 9820,
    "cuff hr": 70,
    "t1": ON,
    "t1 value": 3685,
    "oximeter": ON,
    "spo2": 9749,
    "pulse": 72,
}
OFFSETS = {
    "ecg": 0, "hr": 6, "rr": 14, "p1": 16, "p1 sys": 22, "p1 dia": 24, "p1 mean": 26, "p1 hr": 28,
    "cuff": 72, "label": 76, "sys": 78, "dia": 80, "mean": 82, "cuff hr": 84,
    "t1": 86, "t1 value": 92, "t2": 94, "t2 value": 100, "t3": 102, "t3 value": 108,
    "t4": 110, "t4 value": 116, "oximeter": 118, "spo2": 124, "pulse": 126,
}  # fmt: skip


GROUPS = ("ecg", "p1", "cuff", "t1", "t2", "t3", "t4", "oximeter")  # each begins with status and label


def part(changes: dict[str, int], *, class_number: int = 0) -> bytes:
    """A sub-record: time, 270 bytes of class data, marker, reserved, class."""
    data = bytearray(b"\x01\x80" * 135)  # -32767 wherever nothing else stands
    for name in GROUPS:
        data[OFFSETS[name] : OFFSETS[name] + 6] = bytes(6)
    for name, value in {**FULL, **changes}.items():
        data[OFFSETS[name] : OFFSETS[name] + 2] = (value & 0xFFFF).to_bytes(2, "little")
    return SENT_AT_S.to_bytes(4, "little") + bytes(data) + bytes([0, 0, 0, class_number])


def framed(record: bytes) -> bytes:
    body = record + bytes([sum(record) % 256])
    return b"\x7e" + body.replace(b"\x7d", b"\x7d\x5d").replace(b"\x7e", b"\x7d\x5e") + b"\x7e"


def record(
    *parts: tuple[int, bytes], main_type: int = 0, length_over: int = 0, sent_at_s: int = SENT_AT_S
) -> bytes:
    described, offset = b"", 0
    for kind, data in parts:
        described += offset.to_bytes(2, "little") + bytes([kind])
        offset += len(data)
    described += b"\x00\x00\xff" if len(parts) < 8 else b""
    length = (40 + offset + length_over).to_bytes(2, "little")
    fixed = length + bytes([7, 9, 0, 0]) + sent_at_s.to_bytes(4, "little") + bytes(4)
    header = (fixed + main_type.to_bytes(2, "little") + described).ljust(40, b"\x00")
    return header + b"".join(data for _, data in parts)


def shown(**changes: int) -> bytes:
    """A monitor's frame; `sys=NONE` for the value at "sys"."""
    return framed(record((1, part({name.replace("_", " "): value for name, value in changes.items()}))))


def shown_at(sent_at_s: int, **changes: int) -> bytes:
    return framed(record((1, part(changes)), sent_at_s=sent_at_s))


FRAME = shown()
ROW = {
    "kind": "nibp",
    "systolic_mmhg": 131,
    "diastolic_mmhg": 83,
    "map_mmhg": 98,
    "heart_rate_bpm": 71,
    "pulse_rate_bpm": 70,
    "spo2_percent": 97,
    "respiratory_rate_bpm": 14,
    "temperature_celsius": 36.9,
    "quality": "good",
}


def rows(*pieces: bytes) -> list[dict[str, Any]]:
    return streams.decoded(DriDecoder(), *pieces)


def messages(*frames: bytes) -> list[Message]:
    decoder = DriDecoder()
    return [message for frame in frames for message in decoder.feed(frame)]


def live(frame: bytes) -> dict[Quantity, tuple[int | None, Quality]]:
    found = [message for message in messages(frame) if isinstance(message, LiveNumber)]
    assert len(found) == 4
    return {message.quantity: (message.value, message.quality) for message in found}


def cuff(frame: bytes) -> CuffResult:
    (found,) = (message for message in messages(frame) if isinstance(message, CuffResult))
    return found


def test_requests_are_byte_for_byte_those_of_the_specification() -> None:
    assert ge_dri.request(kind=RecordKind.DISPLAYED, interval_s=10, classes=0x0E) == DISPLAYED_EVERY_10_S
    assert ge_dri.request(kind=RecordKind.DISPLAYED, interval_s=0) == STOP_DISPLAYED
    assert ge_dri.request(kind=RecordKind.TREND_60_S, interval_s=60, classes=0x0E) == TREND_EVERY_60_S


def test_requests_are_heard_with_their_interval() -> None:
    stream = DISPLAYED_EVERY_10_S + STOP_DISPLAYED + TREND_EVERY_60_S
    assert [(row["kind"], row["command"]) for row in rows(stream)] == [
        ("request", "subscribe"),
        ("request", "unsubscribe"),
        ("request", "subscribe"),
    ]
    heard = [ge_dri.interval_asked_s(message.raw) for message in messages(stream)]
    assert heard == [10, 0, 60]
    assert [ge_dri.interval_asked_s(other) for other in (FRAME, b"", b"\x7e\x7e", b"noise")] == [None] * 4


def test_a_record_gives_exactly_what_is_displayed() -> None:
    assert rows(FRAME) == [ROW]


def test_all_messages_of_a_record_share_its_bytes_and_name_when_it_was_sent() -> None:
    found = messages(FRAME)
    assert {id(message.raw) for message in found} == {id(found[0].raw)}
    assert found[0].raw == FRAME
    timed = [message for message in found if isinstance(message, CuffResult | LiveNumber)]
    assert {message.sent_at for message in timed} == {SENT_AT}
    assert {message.observed_at for message in timed} == {None}
    assert messages(framed(record((1, part({})), sent_at_s=0)))[0].sent_at is None  # type: ignore[union-attr]


def test_escapes_inside_a_record_are_undone() -> None:
    frame = shown(sys=0x317E, dia=0x1F7D, mean=0x257D)
    assert frame.count(b"\x7d") == 3
    found = cuff(frame)
    assert (found.systolic_mmhg, found.diastolic_mmhg, found.map_mmhg) == (127, 81, 96)


@pytest.mark.parametrize(
    ("source", "quantity"),
    [
        (0, None),
        (1, Quantity.HEART_RATE),
        *((source, Quantity.PULSE_RATE) for source in (2, 3, 4, 5, 6, 7, 8)),
        (9, Quantity.HEART_RATE),
        *((source, Quantity.PULSE_RATE) for source in (10, 11, 12)),
        *((source, None) for source in (13, 14, 15)),
    ],
)
def test_a_rate_is_a_heart_rate_only_when_an_ecg_counted_it(source: int, quantity: Quantity | None) -> None:
    found = live(shown(ecg=ON | source << 3, hr=64))
    heart, pulse = found[Quantity.HEART_RATE][0], found[Quantity.PULSE_RATE][0]
    assert heart == (64 if quantity is Quantity.HEART_RATE else None)
    assert pulse == (64 if quantity is Quantity.PULSE_RATE else 72)  # else as the oximeter counts it


def test_a_pulse_is_the_displayed_one_before_the_oximeters() -> None:
    assert live(shown(ecg=ON | 2 << 3, hr=64))[Quantity.PULSE_RATE] == (64, Quality.GOOD)
    assert live(shown(ecg=ON | 2 << 3, hr=NONE))[Quantity.PULSE_RATE] == (72, Quality.GOOD)
    assert live(shown(ecg=1 | 2 << 3, hr=64))[Quantity.PULSE_RATE] == (64, Quality.GOOD)  # without leads


@pytest.mark.parametrize("bit", [2, 8])
def test_asystole_and_artifact_make_the_rate_doubtful_and_nothing_else(bit: int) -> None:
    found = live(shown(ecg=ON | 1 << 3 | 1 << bit))
    assert found[Quantity.HEART_RATE] == (71, Quality.QUESTIONABLE)
    assert found[Quantity.SPO2] == (97, Quality.GOOD)


@pytest.mark.parametrize("value", [-32768, -32767, -32766, -32764, -32763, -32762, -32002, -32001])
def test_special_values_are_no_values(value: int) -> None:
    names = ("hr", "rr", "sys", "dia", "mean", "cuff_hr", "t1_value", "spo2", "pulse")
    frame = shown(**dict.fromkeys(names, value))
    assert {number for number, _ in live(frame).values()} == {None}
    assert cuff(frame).quality is Quality.INVALID
    assert not any(isinstance(message, Temperature) for message in messages(frame))
    assert rows(frame) == [{"kind": "nibp", "quality": "invalid"}]


def test_only_breathing_can_be_zero() -> None:
    found = live(shown(hr=0, rr=0, spo2=0, pulse=0))
    assert found.pop(Quantity.RESPIRATORY_RATE) == (0, Quality.GOOD)
    assert {number for number, _ in found.values()} == {None}
    assert live(shown(rr=-5))[Quantity.RESPIRATORY_RATE] == (None, Quality.INVALID)


@pytest.mark.parametrize(("group", "gone"), [("ecg", "heart"), ("oximeter", "spo2")])
@pytest.mark.parametrize("status", [0, 1, 2])
def test_a_module_that_is_not_there_or_not_active_gives_nothing(group: str, gone: str, status: int) -> None:
    found = live(shown(**{group: status | (1 << 3 if group == "ecg" else 0)}))
    lost = {"heart": Quantity.HEART_RATE, "spo2": Quantity.SPO2}[gone]
    assert found[lost] == (None, Quality.INVALID)
    assert sum(number is not None for number, _ in found.values()) == 2


@pytest.mark.parametrize(
    ("hundredths", "mmhg"), [(13149, 131), (13150, 132), (13151, 132), (13100, 131), (26050, 261), (49, None)]
)
def test_hundredths_are_rounded_halves_up(hundredths: int, mmhg: int | None) -> None:
    assert cuff(shown(sys=hundredths)).systolic_mmhg == mmhg


@pytest.mark.parametrize(
    ("changes", "quality"),
    [
        ({}, Quality.GOOD),
        ({"mean": NONE}, Quality.GOOD),
        ({"sys": NONE, "dia": NONE}, Quality.QUESTIONABLE),
        ({"sys": NONE}, Quality.QUESTIONABLE),
        ({"dia": NONE}, Quality.QUESTIONABLE),
        ({"sys": 8000, "dia": 13000}, Quality.QUESTIONABLE),
        ({"mean": 14000}, Quality.QUESTIONABLE),
        ({"mean": 5000}, Quality.QUESTIONABLE),
        ({"cuff": 1}, Quality.QUESTIONABLE),
        ({"sys": NONE, "dia": NONE, "mean": NONE}, Quality.INVALID),
    ],
)
def test_pressures_are_good_only_whole_and_in_order(changes: dict[str, int], quality: Quality) -> None:
    assert cuff(shown(**changes)).quality is quality


def test_a_mean_alone_stays_a_mean() -> None:
    found = cuff(shown(sys=NONE, dia=NONE))
    assert (found.systolic_mmhg, found.diastolic_mmhg, found.map_mmhg) == (None, None, 98)


def test_an_arterial_line_is_never_a_cuff() -> None:
    found = cuff(shown(sys=NONE, dia=NONE, mean=NONE))
    assert (found.systolic_mmhg, found.diastolic_mmhg, found.map_mmhg) == (None, None, None)
    assert found.pulse_rate_bpm is None  # nor does a pulse stand alone
    assert not any(isinstance(message, CuffResult) for message in messages(shown(cuff=0)))


@pytest.mark.parametrize("label", [STASIS, CALIBRATING, STASIS | OLD, MEASURING | STASIS])
def test_a_cuff_held_or_calibrating_tells_nothing(label: int) -> None:
    found = messages(shown(label=label))
    assert not any(isinstance(message, CuffResult | CuffInProgress | CuffFailed) for message in found)


@pytest.mark.parametrize("label", [0, 0x08, 0x10, 0x07, 0x200])
def test_automatic_and_stat_measurements_are_results_like_any(label: int) -> None:
    assert not cuff(shown(label=label)).is_old


def test_an_old_result_is_said_to_be_old() -> None:
    assert cuff(shown(label=OLD)).is_old


def test_while_it_measures_the_pressures_shown_are_no_result() -> None:
    found = messages(shown(label=MEASURING | OLD))
    assert isinstance(found[0], CuffInProgress)
    assert found[0].shown is not None
    assert (found[0].shown.systolic_mmhg, found[0].shown.is_old) == (131, True)
    assert not any(isinstance(message, CuffResult) for message in found)
    assert [row["kind"] for row in rows(shown(label=MEASURING))] == ["nibp_busy", "spo2"]


@pytest.mark.parametrize(
    ("later_s", "changes", "outcome"),
    [
        (5, {}, CuffResult),
        (5, {"label": OLD}, CuffFailed),
        (5, {"sys": NONE, "dia": NONE, "mean": NONE}, CuffFailed),
        (59, {"label": OLD}, CuffFailed),
        (60, {"label": OLD}, CuffResult),  # it may have ended well, a minute ago, unseen
        (-3600, {"label": OLD}, CuffResult),  # the monitor's clock was set
    ],
)
def test_a_measurement_that_leaves_nothing_has_failed(
    later_s: int, changes: dict[str, int], outcome: type[Message]
) -> None:
    busy = shown_at(SENT_AT_S, label=MEASURING)
    after = messages(busy, shown_at(SENT_AT_S + later_s, **changes))[1 + 4 + 1 :]
    assert isinstance(after[0], outcome)


def test_a_failure_is_told_once_and_a_reset_forgets_the_measuring() -> None:
    busy, gone = shown_at(SENT_AT_S, label=MEASURING), shown_at(SENT_AT_S + 5, label=OLD)
    assert streams.kinds(rows(busy, gone, gone))[2:] == ["nibp_failed", "spo2", "nibp"]
    decoder = DriDecoder()
    decoder.feed(busy)
    decoder.reset()
    assert streams.kinds(streams.decoded(decoder, gone)) == ["nibp"]


@pytest.mark.parametrize(
    ("changes", "celsius"),
    [
        ({}, "36.9"),
        ({"t2": ON, "t2_value": 3710}, "36.9"),
        ({"t1": 0, "t2": ON, "t2_value": 3710}, "37.1"),
        ({"t1": 1, "t3": ON, "t3_value": 3684}, "36.8"),
        ({"t1_value": NONE, "t4": ON, "t4_value": 3999}, "40.0"),
    ],
)
def test_the_first_temperature_with_a_value_is_taken(changes: dict[str, int], celsius: str) -> None:
    (found,) = (message for message in messages(shown(**changes)) if isinstance(message, Temperature))
    assert found.celsius == Decimal(celsius)


def test_a_saturation_that_cannot_be_is_doubtful() -> None:
    assert live(shown(spo2=10000))[Quantity.SPO2] == (100, Quality.GOOD)
    assert live(shown(spo2=10100))[Quantity.SPO2] == (101, Quality.QUESTIONABLE)


@pytest.mark.parametrize(
    "body",
    [
        record((1, part({})), main_type=1),
        record((1, part({})), main_type=4),
        record((1, part({})), main_type=9),
        record((2, part({}))),
        record((3, part({}))),
        record((4, bytes(278))),
        record((1, part({}, class_number=1))),
        record((1, part({})), (1, part({}))),  # which of two, nobody can say
        record(),
        record((0, bytes(8))),
    ],
)
def test_a_sound_record_of_another_kind_is_ignored(body: bytes) -> None:
    (found,) = messages(framed(body))
    assert isinstance(found, Ignored)


def test_an_extended_class_beside_the_basic_one_is_no_matter() -> None:
    beside = framed(record((1, part({}, class_number=2)), (1, part({})), (2, part({"sys": 9000}))))
    assert rows(beside) == [ROW]


@pytest.mark.parametrize(
    "body",
    [
        record((1, part({})), length_over=1),
        record((1, part({})), length_over=-1),
        record((1, part({})))[:-1],
        record((1, part({})[:-1])),
        record((1, part({}))).replace(b"\x00\x00\x01\x00\x00\xff", b"\x01\x00\x01\x00\x00\xff"),
        record((1, part({}))).replace(b"\x00\x00\x01\x00\x00\xff", b"\xff\xff\x01\x00\x00\xff"),
        record((1, part({}))).replace(b"\x00\x00\x01\x00\x00\xff", b"\xea\xfe\x01\x00\x00\xff"),  # -278
        record((1, part({}))).replace(b"\x00\x00\x01\x00\x00\xff", b"\xff\x7f\x01\x00\x00\xff"),
        bytes(39),
        b"",
    ],
)
def test_a_record_with_a_good_sum_and_wrong_lengths_is_rejected(body: bytes) -> None:
    assert streams.kinds(rows(framed(body))) == ["rejected"]


def test_an_escape_before_any_other_byte_is_rejected() -> None:
    frame = shown(sys=0x317E)
    for other in range(256):
        spoiled = frame.replace(b"\x7d\x5e", bytes([0x7D, other]))
        assert (rows(spoiled)[-1].get("systolic_mmhg") == 127) == (other == 0x5E)


def test_an_escape_that_was_never_escaped_is_rejected() -> None:
    whole = record((1, part({"sys": 0x317D})))
    bare = b"\x7e" + whole + bytes([sum(whole) % 256]) + b"\x7e"
    assert streams.kinds(rows(bare)) == ["rejected"]


def test_a_stream_gives_the_same_however_it_is_cut() -> None:
    stream = FRAME + FRAME[1:] + b"\x7e\x7e" + shown(sys=0x317E) + b"noise" + FRAME
    assert streams.kinds(rows(stream)) == ["nibp"] * 3 + ["rejected", "nibp"]
    assert rows(*streams.bytewise(stream)) == rows(stream)
    for pieces in itertools.islice(streams.cut_once(stream), 0, None, 3):
        assert rows(*pieces) == rows(stream)
    assert streams.same_however_cut(DriDecoder, FRAME)


@pytest.mark.parametrize(
    "noise", [b"\x00", b"\x7d", b"garbage", b"\x7e\x7e", b"\x7e\x31\x00\x7e", bytes(400)]
)
def test_the_frame_after_any_noise_is_read(noise: bytes) -> None:
    found = rows(noise + FRAME + noise + FRAME + noise)
    assert [row for row in found if row["kind"] != "rejected"] == [ROW, ROW]


def test_a_frame_cut_short_costs_only_itself() -> None:
    for kept in range(1, len(FRAME) - 1):
        assert streams.values(rows(FRAME[:kept] + FRAME)) == [ROW]


def test_no_single_flipped_bit_leaves_a_value() -> None:
    """A flip moves the sum by a power of two below 256, the length, or a flag: the share that passes is 0."""
    for frame in (FRAME, shown(sys=0x317E, dia=0x1F7D)):
        for spoiled in streams.flipped(frame):
            assert streams.kinds(rows(spoiled))[-1:] == ["rejected"]
            assert streams.values(rows(spoiled)) == []


def test_a_record_whose_sum_alone_is_wrong_is_said_to_be_so_and_no_other() -> None:
    spoiled = bytearray(FRAME)
    spoiled[60] ^= 1
    (bad,) = messages(bytes(spoiled))
    (short,) = messages(FRAME[:20] + b"\x7e")
    assert isinstance(bad, FrameRejected)
    assert isinstance(short, FrameRejected)
    assert (bad.is_bad_sum, short.is_bad_sum) == (True, False)


def test_after_a_flipped_bit_the_next_frame_is_read() -> None:
    for spoiled in itertools.islice(streams.flipped(FRAME), 0, None, 5):
        assert rows(spoiled + FRAME)[-1] == ROW


@given(st.lists(st.binary(max_size=200) | st.just(b"\x7e"), max_size=12))
def test_arbitrary_bytes_never_raise_and_the_buffer_stays_bounded(pieces: list[bytes]) -> None:
    decoder = DriDecoder()
    for piece in pieces:
        decoder.feed(piece)
        assert decoder.pending_bytes <= MOST_BODY_BYTES
    decoder.finish()
    assert decoder.pending_bytes == 0


@given(st.binary(min_size=40, max_size=400), st.integers(0, 300))
def test_arbitrary_records_with_a_good_sum_never_raise(body: bytes, cut: int) -> None:
    record_bytes = len(body).to_bytes(2, "little") + body[2:14] + b"\x00\x00" + body[16:]
    decoder = DriDecoder()
    assert decoder.feed(framed(record_bytes))
    decoder.feed(framed(record((1, (body * 8)[cut : cut + 278]))))


@given(st.binary(max_size=300), st.lists(st.integers(0, 1500), max_size=6))
def test_how_the_stream_is_cut_never_matters(noise: bytes, cuts: list[int]) -> None:
    data = noise + FRAME + noise + b"\x7e" + FRAME
    edges = [0, *sorted(min(cut, len(data)) for cut in cuts), len(data)]
    assert rows(data) == rows(*[data[a:b] for a, b in itertools.pairwise(edges)])


@pytest.mark.parametrize("byte", [b"\x00", b"\x7d", b"\x7e"])
def test_a_megabyte_of_noise_is_given_out_and_not_kept(byte: bytes) -> None:
    decoder = DriDecoder()
    assert streams.most_pending(decoder, byte * streams.NOISE_BYTES, size=65536) <= MOST_BODY_BYTES
    assert streams.values(streams.decoded(decoder, FRAME)) == [ROW]


def test_half_a_frame_is_rejected_when_the_stream_ends() -> None:
    assert streams.kinds(rows(FRAME[:100])) == ["rejected"]


NUMBERS = st.none() | st.integers(1, 300)


@given(
    rates=st.tuples(NUMBERS, NUMBERS, NUMBERS),
    source=st.sampled_from(RateSource),
    spo2=st.none() | st.integers(1, 100),
    celsius=st.none() | st.decimals(Decimal("25.0"), Decimal("45.0"), places=1),
)
def test_encoded_live_numbers_come_back(
    rates: tuple[int | None, int | None, int | None],
    source: RateSource,
    spo2: int | None,
    celsius: Decimal | None,
) -> None:
    rate, breaths, pulse = rates
    values = Displayed(
        heart_rate_bpm=rate,
        rate_source=source,
        respiratory_rate_bpm=breaths,
        celsius=celsius,
        spo2_percent=spo2,
        pulse_rate_bpm=pulse,
    )
    sent = ge_dri.displayed_frame(values, sent_at_s=SENT_AT_S)
    numbers = {quantity: number for quantity, (number, _) in live(sent).items()}
    is_ecg = source in (RateSource.ECG, RateSource.ECG_1)
    is_pulse = not is_ecg and source is not RateSource.NONE
    assert numbers == {
        Quantity.HEART_RATE: rate if is_ecg else None,
        Quantity.PULSE_RATE: rate if is_pulse and rate is not None else pulse,
        Quantity.SPO2: spo2,
        Quantity.RESPIRATORY_RATE: breaths,
    }
    told = [message.celsius for message in messages(sent) if isinstance(message, Temperature)]
    assert told == ([] if celsius is None else [celsius])


@given(diastolic=st.integers(1, 200), above=st.integers(1, 120), pulse=NUMBERS, is_old=st.booleans())
def test_encoded_pressures_come_back(diastolic: int, above: int, pulse: int | None, *, is_old: bool) -> None:
    pressures = (diastolic + above, diastolic, diastolic)
    values = Displayed(pressures_mmhg=pressures, cuff_pulse_bpm=pulse, cuff_label=OLD if is_old else 0)
    found = cuff(ge_dri.displayed_frame(values, sent_at_s=SENT_AT_S))
    assert (found.systolic_mmhg, found.diastolic_mmhg, found.map_mmhg) == pressures
    assert (found.pulse_rate_bpm, found.is_old, found.sent_at) == (pulse, is_old, SENT_AT)
    assert found.quality is Quality.GOOD


def test_the_profile_asks_for_displayed_values_and_polls_nothing() -> None:
    (asked,) = GE_DRI.set_up
    assert asked == bytes.fromhex(HEAD + "00 01 05 00 00 00 00 00 00 00 36 7e")
    assert GE_DRI.polls == ()
    assert [(line.text, line.has_rts_cts) for line in (GE_DRI.line, *GE_DRI.other_lines)] == [
        ("19200 8E1", True),
        ("115200 8E1", True),
    ]
