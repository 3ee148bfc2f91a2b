"""HL7 results give exactly their values at their own times, never a name, and nothing else a value."""

import itertools
import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.decode import messages_to_json
from devices.kinds.hl7 import HL7, HL7_COMMIT
from devices.protocols.hl7 import Hl7Decoder
from devices.protocols.hl7_segments import time_of
from devices.protocols.hl7_terms import Term
from devices.protocols.hl7_writing import Sent, acknowledgement, message_frame, result_frame
from devices.protocols.messages import CuffResult, FrameRejected, LiveNumber, Message, ReplyDue, Temperature
from devices.protocols.mllp import MAX_MESSAGE_BYTES, MAX_STRAY_BYTES
from monitor.clock import Instant

FIXTURE = Path(__file__).parents[1] / "fixtures" / "hl7.json"
ROWS: list[dict[str, Any]] = json.loads(FIXTURE.read_text(encoding="utf-8"))["frames"]
NAMES = [row["name"] for row in ROWS]
BARE = ["".join(segment + "\r" for segment in row["segments"]).encode() for row in ROWS]
FRAMES = [b"\x0b" + bare + b"\x1c\r" for bare in BARE]
EXPECTED: list[list[dict[str, Any]]] = [row["expect"] for row in ROWS]
STREAM = b"".join(FRAMES)
ALL_EXPECTED = [each for rows in EXPECTED for each in rows]
PATIENT_WORDS = (b"TESTNAME", b"PRIVATE", b"4711", b"19640503")
WITH_PATIENT = FRAMES[-1]
CUFF_FRAME, CUFF_EXPECTED = FRAMES[2], EXPECTED[2]

HEADER = r"MSH|^~\&|WARD_MONITOR||||20260105093010||ORU^R01^ORU_R01|77|P|2.6|||AL|NE"
SYSTOLIC = "150301^MDC_PRESS_CUFF_SYS^MDC"
DIASTOLIC = "150302^MDC_PRESS_CUFF_DIA^MDC"
SPO2 = "150456^MDC_PULS_OXIM_SAT_O2^MDC"
MMHG, PERCENT, BPM = (
    "266016^MDC_DIM_MMHG^MDC",
    "262688^MDC_DIM_PERCENT^MDC",
    "264864^MDC_DIM_BEAT_PER_MIN^MDC",
)
AT = "20260105093010"


def obx(  # noqa: PLR0913 - one for each field that varies
    code: str, value: str, unit: str, *, status: str = "R", flag: str = "", at: str = AT
) -> str:
    return f"OBX|1|NM|{code}|1.1|{value}|{unit}||{flag}|||{status}|||{at}"


def frame(*segments: str, header: str = HEADER, end: str = "\r") -> bytes:
    return b"\x0b" + "".join(each + end for each in (header, *segments)).encode("latin-1") + b"\x1c\r"


def messages_of(*pieces: bytes) -> list[Message]:
    decoder = Hl7Decoder()
    return [message for piece in pieces for message in decoder.feed(piece)] + decoder.finish()


def decoded(*pieces: bytes) -> list[dict[str, Any]]:
    return messages_to_json(messages_of(*pieces))


def cuff(*segments: str, header: str = HEADER) -> CuffResult:
    (found,) = [each for each in messages_of(frame(*segments, header=header)) if isinstance(each, CuffResult)]
    return found


def live(*segments: str, header: str = HEADER) -> list[LiveNumber]:
    return [each for each in messages_of(frame(*segments, header=header)) if isinstance(each, LiveNumber)]


def has_value(message: Message) -> bool:
    if isinstance(message, CuffResult):
        return any((message.systolic_mmhg, message.diastolic_mmhg, message.map_mmhg))
    if isinstance(message, Temperature):
        return message.celsius is not None
    return isinstance(message, LiveNumber) and message.value is not None


@pytest.mark.parametrize(("one", "expected"), list(zip(FRAMES, EXPECTED, strict=True)), ids=NAMES)
def test_each_message_gives_exactly_its_values(one: bytes, expected: list[dict[str, Any]]) -> None:
    assert decoded(one) == expected


def test_a_stream_gives_the_same_whole_and_byte_by_byte() -> None:
    assert decoded(STREAM) == ALL_EXPECTED
    assert decoded(*[bytes([byte]) for byte in STREAM]) == ALL_EXPECTED


def test_a_stream_gives_the_same_at_every_split() -> None:
    stream = WITH_PATIENT + CUFF_FRAME
    for cut in range(len(stream) + 1):
        assert decoded(stream[:cut], stream[cut:]) == EXPECTED[-1] + CUFF_EXPECTED


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n", "\r\r"])
def test_segments_may_end_in_any_line_end(end: str) -> None:
    found = decoded(frame(obx(SYSTOLIC, "131", MMHG), obx(DIASTOLIC, "82", MMHG), end=end))
    assert [(each["systolic_mmhg"], each["diastolic_mmhg"]) for each in found] == [(131, 82)]


def test_line_ends_between_messages_are_no_matter() -> None:
    assert decoded(b"\r\n".join(FRAMES)) == ALL_EXPECTED


@pytest.mark.parametrize(
    "noise", [b"\x00", b"\xff\xfe", b"garbage", b"MSH|^~\\&|half", bytes(range(14, 200))]
)
def test_noise_before_between_and_after_costs_only_itself(noise: bytes) -> None:
    kinds = [each["kind"] for each in decoded(noise + CUFF_FRAME + noise + CUFF_FRAME + noise)]
    assert kinds == ["rejected", "nibp", "rejected", "nibp", "rejected"]


def test_a_message_cut_short_gives_nothing_and_the_next_is_read() -> None:
    assert decoded(CUFF_FRAME[:1], CUFF_FRAME) == CUFF_EXPECTED
    for kept in range(2, len(CUFF_FRAME)):
        first, *rest = decoded(CUFF_FRAME[:kept], CUFF_FRAME)
        assert first["kind"] == "rejected"
        assert rest == CUFF_EXPECTED


def test_the_tail_of_a_message_gives_nothing_and_the_next_is_read() -> None:
    for missing in range(1, len(CUFF_FRAME)):
        found = decoded(CUFF_FRAME[missing:] + CUFF_FRAME)
        assert found[-1:] == CUFF_EXPECTED
        assert {each["kind"] for each in found[:-1]} <= {"rejected"}


def test_published_messages_without_frames_are_read_when_the_whole_input_is_such() -> None:
    assert decoded(b"".join(BARE[:3])) == [each for rows in EXPECTED[:3] for each in rows]
    assert decoded(BARE[2].replace(b"\r", b"\r\n")) == CUFF_EXPECTED
    assert [each["kind"] for each in decoded(BARE[2][:-1])] == ["rejected"]  # its last number may be cut
    assert [each["kind"] for each in decoded(CUFF_FRAME + BARE[2])] == ["nibp", "rejected"]


@pytest.mark.parametrize(
    ("code", "value", "unit"),
    [
        (SYSTOLIC, "128", "266016^MDC_DIM_PERCENT^MDC"),  # number and name of the unit disagree
        (SYSTOLIC, "128", PERCENT),
        (SYSTOLIC, "128", ""),
        (SYSTOLIC, "128", "kPa"),
        (SYSTOLIC, "0", MMHG),
        (SYSTOLIC, "401", MMHG),
        (SYSTOLIC, "-1", MMHG),
        (SYSTOLIC, "1e2", MMHG),
        (SYSTOLIC, "128/82", MMHG),
        (SYSTOLIC, "---", MMHG),
        (SYSTOLIC, " 128", MMHG),
        (SYSTOLIC, "128 ", MMHG),
        (SPO2, "101", PERCENT),
        ("149530^MDC_PULS_OXIM_PULS_RATE^MDC", "401", BPM),
        ("151562^MDC_RESP_RATE^MDC", "14", BPM),
        ("188496^MDC_TEMP_AXIL^MDC", "36.5", MMHG),
        ("147842^MDC_PULS_RATE^MDC", "72", BPM),  # an ECG's number, a pulse's name
        ("150301^MDC_PRESS_BLD_ART_SYS^MDC", "128", MMHG),
    ],
)
def test_what_is_not_understood_is_no_value_and_is_said(code: str, value: str, unit: str) -> None:
    found = messages_of(frame(obx(code, value, unit)))
    assert not any(has_value(message) for message in found)
    assert "not understood" in str(decoded(frame(obx(code, value, unit))))


@pytest.mark.parametrize(
    "code",
    [
        "150021^MDC_PRESS_BLD_ART_SYS^MDC",
        "150021^^MDC",
        "150021",
        "150022^^MDC",
        "150017^MDC_PRESS_BLD_SYS^MDC",
        "150033^MDC_PRESS_BLD_ART_SYS^MDC",
        "150037^MDC_PRESS_BLD_ART_ABP_SYS^MDC",
        "150301^MDC_PRESS_BLD_ART_SYS^MDC",
        "150301^ART S^MDC",
        "8480-6^Arterial systolic^LN",
        "150301^Sys^99VENDOR",
        "76215-3^Invasive systolic^LN",
    ],
)
def test_an_arterial_line_or_a_maker_s_own_number_is_never_a_cuff(code: str) -> None:
    assert [each["kind"] for each in decoded(frame(obx(code, "128", MMHG)))] == ["ignored"]


@pytest.mark.parametrize(
    ("code", "quality"),
    [
        (SYSTOLIC, "good"),
        ("150301", "good"),
        ("150301^Systolic^MDC", "good"),
        ("150031^MDC_PRESS_CUFF_SYS^MDC", "good"),
        ("^MDC_PRESS_CUFF_SYS^MDC", "good"),
        ("MDC_PRESS_CUFF_SYS", "good"),
        ("150021^MDC_PRESS_BLD_NONINV_SYS^MDC", "good"),
        ("150017^MDC_PRESS_BLD_NONINV_SYS^MDC", "good"),
        ("8480-6^Systolic^LN", "good"),
        ("SYS^Systolic^L^8480-6^Systolic^LN", "good"),
        ("150017^^MDC", "questionable"),  # a pressure of no named site
    ],
)
def test_systolic_is_known_by_number_and_by_name(code: str, quality: str) -> None:
    found = cuff(obx(code, "128", MMHG), obx(DIASTOLIC, "82", MMHG))
    assert (found.systolic_mmhg, found.diastolic_mmhg, found.quality.value) == (128, 82, quality)


@pytest.mark.parametrize(
    "unit", [MMHG, "266016", "266016^^MDC", "mmHg", "mm[Hg]^^UCUM", "^MDC_DIM_MMHG", "MM HG"]
)
def test_the_unit_is_known_by_number_and_by_name(unit: str) -> None:
    assert cuff(obx(SYSTOLIC, "128", unit), obx(DIASTOLIC, "82", unit)).systolic_mmhg == 128


@pytest.mark.parametrize("value", ["", '""', "-100", "-999", "-99.9", "-100.0", "8388607"])
@pytest.mark.parametrize("status", ["R", "X"])
def test_every_spelling_of_no_value_is_none(value: str, status: str) -> None:
    (found,) = live(obx(SPO2, value, PERCENT, status=status))
    assert (found.value, found.quality.value) == (None, "invalid")


@pytest.mark.parametrize(
    ("status", "flag", "value", "quality"),
    [
        ("R", "", 96, "good"),
        ("F", "", 96, "good"),
        ("C", "", 96, "good"),
        ("R", "N", 96, "good"),
        ("R", "DEMO", 96, "demo"),
        ("R", "L~DEMO", 96, "demo"),
        ("R", "TEST", 96, "demo"),
        ("R", "QUES", 96, "questionable"),
        ("P", "", 96, "questionable"),
        ("", "", 96, "questionable"),
        ("R", "INV", None, "invalid"),
        ("R", "NAV", None, "invalid"),
        ("X", "", None, "invalid"),
        ("X", "DEMO", None, "invalid"),
        ("D", "", None, "invalid"),
        ("W", "", None, "invalid"),
        ("?", "", None, "invalid"),
    ],
)
def test_status_and_flags_decide_the_quality(status: str, flag: str, value: int | None, quality: str) -> None:
    (found,) = live(obx(SPO2, "96", PERCENT, status=status, flag=flag))
    assert (found.value, found.quality.value) == (value, quality)


def test_one_demo_pressure_makes_the_whole_determination_demo() -> None:
    assert cuff(obx(SYSTOLIC, "128", MMHG, flag="DEMO"), obx(DIASTOLIC, "82", MMHG)).quality.value == "demo"


@pytest.mark.parametrize("processing", ["T", "D"])
def test_training_and_debugging_messages_are_no_patient_s(processing: str) -> None:
    (found,) = live(obx(SPO2, "96", PERCENT), header=HEADER.replace("|P|", f"|{processing}|"))
    assert found.quality.value == "demo"


def test_two_determinations_in_one_message_stay_two() -> None:
    earlier = "20260105092010"
    found = decoded(
        frame(
            obx(SYSTOLIC, "128", MMHG),
            obx(DIASTOLIC, "82", MMHG),
            obx(SYSTOLIC, "144", MMHG, at=earlier),
            obx(DIASTOLIC, "91", MMHG, at=earlier),
        )
    )
    assert [(each["systolic_mmhg"], each["age_s"]) for each in found] == [(144, 600), (128, 0)]


def test_pressures_of_different_times_are_never_joined() -> None:
    found = decoded(frame(obx(SYSTOLIC, "128", MMHG), obx(DIASTOLIC, "82", MMHG, at="20260105093009")))
    assert [each["quality"] for each in found] == ["questionable", "questionable"]
    assert all(("systolic_mmhg" in each) != ("diastolic_mmhg" in each) for each in found)


@pytest.mark.parametrize(
    "pressures", [("82", "128"), ("128", "128")], ids=["top below bottom", "no pulse pressure"]
)
def test_pressures_out_of_order_are_questionable(pressures: tuple[str, str]) -> None:
    found = cuff(obx(SYSTOLIC, pressures[0], MMHG), obx(DIASTOLIC, pressures[1], MMHG))
    assert found.quality.value == "questionable"


def test_one_pressure_told_twice_with_two_values_is_questionable() -> None:
    found = cuff(obx(SYSTOLIC, "128", MMHG), obx(SYSTOLIC, "138", MMHG), obx(DIASTOLIC, "82", MMHG))
    assert (found.systolic_mmhg, found.quality.value) == (128, "questionable")


def test_a_cuff_s_pulse_without_its_pressures_is_not_a_live_pulse() -> None:
    code = "149546^MDC_PULS_RATE_NON_INV^MDC"
    assert not any(has_value(message) for message in messages_of(frame(obx(code, "71", BPM))))


def test_of_two_channels_the_one_with_a_value_counts() -> None:
    (found,) = live(obx(SPO2, "", PERCENT, status="X"), obx(SPO2, "95", PERCENT))
    assert found.value == 95


@pytest.mark.parametrize(
    ("sent", "observed", "age_s"),
    [
        ("20260105093010", "20260105093010", 0),
        ("20260105093010.9", "20260105093009.1", 1),
        ("20260101000001", "20251231235959", 2),
        ("20260105093010+0100", "20260105083008+0000", 2),
        ("20260105093010+0100", "20260105093008", 2),
        ("20260105093010", "20260105093008-0500", 2),
        ("20260105093010", "20260104093010", 86400),
        ("20260105093010", "20260105093011", None),
        ("", "20260105093010", None),
        ("20260105093010", "", None),
        ("20260105093010", "202601050930", None),
        ("20260105093010", "20260105", None),
        ("2026010509301", "20260105093010", None),
        ("20261305093010", "20260105093010", None),
    ],
)
def test_age_is_the_header_s_time_less_the_observation_s_or_the_value_is_doubtful(
    sent: str, observed: str, age_s: int | None
) -> None:
    segments = [obx(SYSTOLIC, "128", MMHG, at=observed), obx(DIASTOLIC, "82", MMHG, at=observed)]
    found = cuff(*segments, header=HEADER.replace("|20260105093010|", f"|{sent}|"))
    assert (found.age_s, found.systolic_mmhg) == (age_s, 128)
    assert found.quality.value == ("questionable" if age_s is None else "good")


def group(at: str) -> str:
    return f"OBR|1||4711^TESTNAME|69965^MDC_DEV_MON_PHYSIO_MULTI_PARAM_MDS^MDC|||{at}"


def test_a_continuous_value_without_a_time_has_its_group_s_and_a_cuff_s_pressures_have_not() -> None:
    segments = [
        obx(SPO2, "96", PERCENT, at=""),
        obx(SYSTOLIC, "128", MMHG, at=""),
        obx(DIASTOLIC, "82", MMHG, at=""),
    ]
    (value,) = live(group("20260105093008"), *segments)
    assert (value.age_s, value.quality.value) == (2, "good")
    found = cuff(group("20260105093008"), *segments)
    assert (found.age_s, found.quality.value) == (None, "questionable")


@pytest.mark.parametrize("at", ["", "20260105", "20260105093011"])
def test_a_group_s_time_that_is_none_leaves_its_values_doubtful(at: str) -> None:
    (value,) = live(group(at), obx(SPO2, "96", PERCENT, at=""))
    assert (value.age_s, value.quality.value) == (None, "questionable")


def test_a_value_s_own_time_comes_before_its_group_s_and_the_next_group_s_counts_from_there() -> None:
    values = live(
        group("20260105093001"),
        obx(SPO2, "96", PERCENT),
        group("20260105093005"),
        obx("149530^MDC_PULS_OXIM_PULS_RATE^MDC", "72", BPM, at=""),
    )
    assert {each.quantity.value: each.age_s for each in values} == {"spo2": 0, "pulse_rate": 5}


def test_the_heart_rate_has_two_names_in_the_standard() -> None:
    found = live(
        obx("147842^MDC_ECG_CARD_BEAT_RATE^MDC", "72", BPM), obx("147842^MDC_ECG_HEART_RATE^MDC", "72", BPM)
    )
    assert [(each.quantity.value, each.value) for each in found] == [("heart_rate", 72)]


@pytest.mark.parametrize("at", ["2026010509301x", "20260105093060", "20261305093010", "20260105093010+9900"])
def test_a_time_that_cannot_be_one_spoils_its_value(at: str) -> None:
    assert not any(has_value(message) for message in messages_of(frame(obx(SPO2, "96", PERCENT, at=at))))


def test_times_are_read_with_and_without_a_zone() -> None:
    assert time_of("20260105093010") == datetime(2026, 1, 5, 9, 30, 10)  # noqa: DTZ001 - it names no zone
    east = timezone(timedelta(hours=5, minutes=30))
    assert time_of("20260105093010.1234+0530") == datetime(2026, 1, 5, 9, 30, 10, tzinfo=east)
    assert time_of("20260105093010-0500") == datetime(2026, 1, 5, 14, 30, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    "message",
    [
        "",
        "PID|1",
        "MSH",
        "MSH|^~\\&",
        HEADER + "\rnonsense",
        HEADER + "\r" + HEADER,
        HEADER.replace("|2.6|", "||"),
        HEADER.replace("ORU^R01^ORU_R01", ""),
        HEADER.replace("ORU^R01^ORU_R01", "ORU^TESTNAME"),
        HEADER.replace("^~\\&", "^^^^"),
        HEADER.replace("^~\\&", "^~"),
        HEADER.lower(),
    ],
)
def test_what_is_no_message_is_rejected_whole(message: str) -> None:
    found = decoded(b"\x0b" + message.encode() + b"\r" + b"\x1c\r")
    assert [each["kind"] for each in found] == ["rejected"]


@pytest.mark.parametrize("segment", ["", "OBX", "OBX|1", "OBX|1|NM|^^|||", "ZZZ|1", "OBR|1"])
def test_a_message_without_anything_to_chart_is_sound_and_ignored(segment: str) -> None:
    assert decoded(frame(segment)) == [{"kind": "ignored", "reason": "nothing in it that is charted"}]


def test_other_separators_are_the_sender_s_right() -> None:
    text = frame(obx(SYSTOLIC, "128", MMHG), obx(DIASTOLIC, "82", MMHG)).decode()
    other = text.replace("|", "!").replace("^", ":").replace("&", "%").encode()
    assert decoded(other)[0]["systolic_mmhg"] == 128


# Patient data


def raws(*pieces: bytes) -> bytes:
    decoder = Hl7Decoder()
    found = [message for piece in pieces for message in decoder.feed(piece)] + decoder.finish()
    return b"\n".join(message.raw for message in found) + repr(messages_to_json(found)).encode()


def test_no_patient_data_is_kept_of_a_sound_message() -> None:
    kept = raws(WITH_PATIENT)
    assert not any(word in kept for word in PATIENT_WORDS)
    assert b"PID\r" in kept
    assert b"150301^MDC_PRESS_CUFF_SYS^MDC||146|" in kept


def test_no_patient_data_is_kept_of_any_part_of_a_message() -> None:
    for cut in range(len(WITH_PATIENT)):
        for part in (WITH_PATIENT[:cut], WITH_PATIENT[cut:], WITH_PATIENT[:cut] + CUFF_FRAME):
            kept = raws(part)
            assert not any(word in kept for word in PATIENT_WORDS)


def test_no_patient_data_is_kept_whatever_bit_is_flipped() -> None:
    for position in range(len(WITH_PATIENT)):
        for bit in range(8):
            kept = raws(flipped(WITH_PATIENT, position, bit))
            assert not any(word in kept for word in PATIENT_WORDS), (position, bit)


@pytest.mark.parametrize(
    "segment",
    [
        "OBX|1|ST|150456^MDC_PULS_OXIM_SAT_O2^MDC||TESTNAME|||||||R",
        "OBX|1|TX|1^x^L||PRIVATE 4711|||||||R",
        "OBX|1|NM|68063^MDC_ATTR_PT_WEIGHT^MDC||4711|||||||R",
        "OBX|1|NM|150456^MDC_PULS_OXIM_SAT_O2^MDC||96|262688|||||R|||20260105093010||4711^TESTNAME|PRIVATE",
        "NTE|1||TESTNAME, PRIVATE",
        "OBR|1|4711^TESTNAME|4711|TESTNAME|||4711|TESTNAME||PRIVATE",
        group("20260105093010"),
        "NK1|1|TESTNAME^PRIVATE",
        "ZPD|4711|TESTNAME",
    ],
)
def test_names_elsewhere_are_not_kept_either(segment: str) -> None:
    assert not any(word in raws(frame(segment)) for word in PATIENT_WORDS)


# Acknowledgements


def due(header: str) -> list[ReplyDue]:
    return [each for each in messages_of(frame(header=header)) if isinstance(each, ReplyDue)]


@pytest.mark.parametrize(
    ("header", "is_due"),
    [
        (HEADER, True),
        (HEADER.replace("|AL|NE", ""), True),
        (HEADER.replace("|AL|", "|SU|"), True),
        (HEADER.replace("|AL|", "|NE|"), False),
        (HEADER.replace("|AL|NE", "|NE|AL"), True),  # it asks what became of it, not whether it came
        (HEADER.replace("|AL|NE", "|NE|SU"), True),
        (HEADER.replace("|AL|NE", "|NE|ER"), False),
        (HEADER.replace("|AL|", "|ER|"), False),
        (HEADER.replace("|77|", "||"), False),
        (HEADER.replace("|77|", "|7\x1c7|"), False),
        (HEADER.replace("|77|", "|" + "7" * 200 + "|"), False),
        (HEADER.replace("ORU^R01^ORU_R01", "ADT^A08"), True),
        (HEADER.replace("ORU^R01^ORU_R01", "ORU^W01"), True),
        (HEADER.replace("ORU^R01^ORU_R01", "ACK^R01^ACK"), False),
        (HEADER.replace("ORU^R01^ORU_R01", "QRY^R02"), False),
    ],
)
def test_a_monitor_that_waits_for_an_acknowledgement_is_answered(header: str, *, is_due: bool) -> None:
    assert bool(due(header)) is is_due


def test_the_acknowledgement_names_the_message_and_goes_to_its_sender() -> None:
    (wanted,) = due(HEADER)
    at = Instant(utc_ms=1_767_605_410_250, offset_minutes=60)
    assert HL7.reply is not None
    assert HL7_COMMIT.reply is not None
    reply = HL7.reply(wanted, at)
    assert reply == (
        b"\x0bMSH|^~\\&|VIGIL|||WARD_MONITOR|20260105103010+0100||ACK^R01^ACK|1767605410250.77|P|2.6\r"
        b"MSA|AA|77\r\x1c\r"
    )
    assert HL7_COMMIT.reply(wanted, at) == reply.replace(b"MSA|AA|", b"MSA|CA|")


def test_our_own_acknowledgement_come_back_is_not_acknowledged() -> None:
    (wanted,) = due(HEADER)
    found = messages_of(acknowledgement(wanted, Instant(utc_ms=0, offset_minutes=0)))
    assert not any(isinstance(each, ReplyDue) or has_value(each) for each in found)


def test_a_spoiled_message_is_not_acknowledged_so_that_it_is_sent_again() -> None:
    assert not any(isinstance(each, ReplyDue) for each in messages_of(frame("no segment")))


# Spoiled bytes


def flipped(one: bytes, position: int, bit: int) -> bytes:
    spoiled = bytearray(one)
    spoiled[position] ^= 1 << bit
    return bytes(spoiled)


def in_grammar(message: Message) -> bool:
    if isinstance(message, CuffResult):
        parts = (message.systolic_mmhg, message.diastolic_mmhg, message.map_mmhg, message.pulse_rate_bpm)
        return all(part is None or 1 <= part <= 400 for part in parts)
    if isinstance(message, LiveNumber):
        return message.value is None or 0 <= message.value <= 400
    return not isinstance(message, Temperature) or message.celsius is None or 10 <= message.celsius <= 120


def good_values(found: list[dict[str, Any]]) -> dict[str, Any]:
    good = [each for each in found if each.get("quality") == "good"]
    return {
        key: value for each in good for key, value in each.items() if key.endswith(("mmhg", "bpm", "percent"))
    }


def good_ages(found: list[dict[str, Any]]) -> set[int]:
    return {each["age_s"] for each in found if each.get("quality") == "good"}


def test_a_flipped_bit_raises_nothing_and_gives_no_value_outside_the_grammar() -> None:
    """There is no checksum. The shares are stated in docs/protocols/hl7.md."""
    true_values, true_ages = good_values(EXPECTED[-1]), good_ages(EXPECTED[-1])
    wrong_values = wrong_ages = 0
    for position in range(len(WITH_PATIENT)):
        for bit in range(8):
            found = messages_of(flipped(WITH_PATIENT, position, bit))
            assert all(in_grammar(message) for message in found)
            good = messages_to_json(found)
            wrong_values += not good_values(good).items() <= true_values.items()
            wrong_ages += not good_ages(good) <= true_ages
    flips = len(WITH_PATIENT) * 8
    assert 0 < wrong_values / flips < 0.006
    assert 0 < wrong_ages / flips < 0.02


def test_after_any_flipped_bit_the_message_after_next_is_read() -> None:
    for position in range(len(CUFF_FRAME)):
        spoiled = flipped(CUFF_FRAME, position, position % 8)
        assert decoded(spoiled, CUFF_FRAME, CUFF_FRAME)[-1:] == CUFF_EXPECTED


@given(st.lists(st.binary(max_size=80), max_size=12))
def test_arbitrary_bytes_never_raise_and_the_buffer_stays_bounded(pieces: list[bytes]) -> None:
    decoder = Hl7Decoder()
    for piece in pieces:
        decoder.feed(piece)
        assert decoder.pending_bytes <= MAX_MESSAGE_BYTES + 1
    decoder.finish()
    assert decoder.pending_bytes == 0


HL7_BYTES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                b"\x0b",
                b"\x1c\r",
                b"\x1c",
                b"\r",
                b"|",
                b"^",
                b"MSH|^~\\&|",
                b"OBX|",
                b"PID|",
                b"OBX|1|NM|150301||",
            ]
        ),
        st.binary(max_size=6),
        st.sampled_from(BARE),
        st.sampled_from(FRAMES),
    ),
    max_size=12,
).map(b"".join)


@settings(max_examples=200, deadline=None)
@given(HL7_BYTES, st.lists(st.integers(0, 4000), max_size=6))
def test_how_the_stream_is_cut_never_matters(data: bytes, cuts: list[int]) -> None:
    edges = [0, *sorted(min(cut, len(data)) for cut in cuts), len(data)]
    assert decoded(data) == decoded(*[data[a:b] for a, b in itertools.pairwise(edges)])


@settings(max_examples=200, deadline=None)
@given(HL7_BYTES, st.sampled_from(range(len(FRAMES))))
def test_a_whole_message_is_read_whatever_came_before(noise: bytes, index: int) -> None:
    assert decoded(noise + FRAMES[index])[-len(EXPECTED[index]) :] == EXPECTED[index]


@pytest.mark.parametrize("begin", [b"", b"\x0b", b"\x0bMSH|^~\\&|"])
@pytest.mark.parametrize("noise", [b"\x00", b"A", b"\x1c", b"\r"])
def test_a_megabyte_of_noise_is_bounded_and_the_next_message_is_read(begin: bytes, noise: bytes) -> None:
    decoder = Hl7Decoder()
    decoder.feed(begin)
    for _ in range(256):
        decoder.feed(noise * 4096)
        assert decoder.pending_bytes <= MAX_MESSAGE_BYTES + 1
    assert messages_to_json(decoder.feed(CUFF_FRAME))[-1:] == CUFF_EXPECTED


def test_a_flood_of_start_bytes_is_bounded() -> None:
    decoder = Hl7Decoder()
    decoder.feed(b"\x0b" * 100_000)
    assert decoder.pending_bytes <= MAX_STRAY_BYTES
    assert messages_to_json(decoder.feed(CUFF_FRAME))[-1:] == CUFF_EXPECTED


def test_reset_forgets_half_a_message() -> None:
    decoder = Hl7Decoder()
    decoder.feed(CUFF_FRAME[:40])
    decoder.reset()
    found = decoder.feed(CUFF_FRAME[40:] + CUFF_FRAME)
    assert isinstance(found[0], FrameRejected)
    assert messages_to_json(found)[-1:] == CUFF_EXPECTED


# Encoder and decoder


@settings(deadline=None)
@given(
    age_s=st.integers(0, 90_000),
    diastolic=st.integers(1, 300),
    pulse_pressure=st.integers(2, 100),
    spo2=st.one_of(st.none(), st.integers(1, 100)),
    rate=st.integers(1, 400),
    zone=st.sampled_from([None, UTC, timezone(timedelta(hours=-5))]),
    is_demo=st.booleans(),
)
def test_what_a_simulated_monitor_sends_comes_back(  # noqa: PLR0913 - one for each thing that varies
    *,
    age_s: int,
    diastolic: int,
    pulse_pressure: int,
    spo2: int | None,
    rate: int,
    zone: timezone | None,
    is_demo: bool,
) -> None:
    sent_at = datetime(2026, 3, 29, 1, 0, 0, tzinfo=zone)
    measured_at = sent_at - timedelta(seconds=age_s)
    observations = [
        Sent(term=Term.CUFF_SYSTOLIC, value=diastolic + pulse_pressure, observed_at=measured_at),
        Sent(term=Term.CUFF_DIASTOLIC, value=diastolic, observed_at=measured_at),
        Sent(term=Term.SPO2, value=spo2, observed_at=sent_at),
        Sent(term=Term.HEART_RATE, value=rate, observed_at=sent_at),
    ]
    found = messages_of(
        result_frame(control_id="9", sent_at=sent_at, observations=observations, is_demo=is_demo)
    )
    (result,) = [each for each in found if isinstance(each, CuffResult)]
    assert (result.systolic_mmhg, result.diastolic_mmhg) == (diastolic + pulse_pressure, diastolic)
    assert (result.age_s, result.observed_at, result.sent_at) == (age_s, measured_at, sent_at)
    assert result.quality.value == ("demo" if is_demo else "good")
    assert [each.value for each in found if isinstance(each, LiveNumber)] == [rate, spo2]


def test_other_messages_of_a_simulated_monitor_are_survived() -> None:
    at = datetime(2026, 3, 29, 1, 0, 0, tzinfo=UTC)
    found = decoded(message_frame("ADT^A08", control_id="1", sent_at=at))
    assert found == [{"kind": "ignored", "reason": "a message of type ADT^A08 is not read"}]
