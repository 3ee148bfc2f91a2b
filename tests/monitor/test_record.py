"""The record: one way to write an entry, and every change of one shows."""

import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor import bodies, codec
from monitor.entries import FIRST_PREVIOUS, Author, Entry, Role, decode_body, encode_body
from monitor.errors import DamagedRecord
from monitor.record import appended, check_chain, head
from monitor.terms import Reason
from monitor.vitals import Vitals
from tests.made_session import NURSE, baseline, instant, surge


def test_every_entry_of_a_session_reads_back_as_it_was() -> None:
    for entry in surge().session.record:
        text = codec.canonical_json(entry.to_plain())
        assert Entry.from_plain(codec.parse_canonical(text)) == entry


def test_the_first_entry_follows_on_zeros_and_each_on_the_one_before() -> None:
    record = surge().session.record
    assert record[0].previous == FIRST_PREVIOUS == head(())
    assert head(record) == record[-1].hash
    check_chain(record)
    check_chain(())


@pytest.mark.parametrize("cut", [slice(1, None), slice(0, None, 2), slice(None, None, -1)])
def test_a_gap_or_another_order_is_found(cut: slice) -> None:
    with pytest.raises(DamagedRecord):
        check_chain(surge().session.record[cut])


def test_an_entry_of_another_session_is_found() -> None:
    record = baseline().session.record
    with pytest.raises(DamagedRecord, match="missing or out of order"):
        check_chain((*record[:-1], replace(record[-1], session="other")))


def test_a_changed_entry_is_found_even_when_its_hash_is_made_to_fit() -> None:
    record = baseline().session.record
    changed = replace(record[2], body=bodies.SetCharted(vitals=Vitals(systolic_mmhg=120)))
    with pytest.raises(DamagedRecord, match="does not match its hash"):
        check_chain((*record[:2], changed, *record[3:]))
    refit = appended(
        record[:2], changed.body, session=changed.session, station="station 1", author=NURSE, at=instant(-8)
    )
    with pytest.raises(DamagedRecord, match="does not follow"):
        check_chain((*refit, *record[3:]))


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "unheard_of"},
        {"author": "nobody"},
        {"author": "operator:"},
        {"author": "intruder:x"},
        {"taken_at": "2025-11-18 10:04"},
        {"taken_at": "2025-11-18T10:04:00.0Z"},
        {"recorded_at": 5},
        {"sequence": 99},
        {"offset_minutes": 60},
        {"hash": "0" * 64},
    ],
)
def test_a_column_that_was_tampered_with_is_refused(change: dict[str, Any]) -> None:
    plain = baseline().session.record[2].to_plain() | change
    with pytest.raises(DamagedRecord):
        Entry.from_plain(plain)


def test_a_missing_column_is_refused() -> None:
    plain = baseline().session.record[2].to_plain()
    del plain["station"]
    with pytest.raises(DamagedRecord, match="cannot be read"):
        Entry.from_plain(plain)


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        ("note", {"text": 5}),
        ("note", {"text": "x", "more": 1}),
        ("note", {}),
        ("note", []),
        ("accepted", {"captured": True}),
        ("accepted", {"captured": "3"}),
        ("rate_changed", {"rate_ml_per_h": "fast"}),
        ("rate_changed", {"rate_ml_per_h": "60.0"}),
        ("rate_changed", {"rate_ml_per_h": "NaN"}),
        ("rate_changed", {"rate_ml_per_h": 60}),
        ("not_obtained", {"reason": "bored"}),
        ("not_obtained", {"reason": []}),
    ],
)
def test_a_payload_that_does_not_fit_its_kind_is_refused(kind: str, payload: Any) -> None:
    with pytest.raises(DamagedRecord):
        decode_body(kind, payload)


def test_a_kind_of_entry_from_elsewhere_is_named() -> None:
    with pytest.raises(DamagedRecord, match=r"^unknown kind of entry 'dose_given'$"):
        decode_body("dose_given", {})


@pytest.mark.parametrize(
    "text", ['{"b":1,"a":2}', '{"a": 1}', "{", '"\\u0061"', "1.5", '"e\u0301"', "[" * 9000]
)
def test_text_that_vigil_would_not_write_is_refused(text: str) -> None:
    with pytest.raises(DamagedRecord, match=r"^stored text is not canonical JSON(: .+)?$"):
        codec.parse_canonical(text)


def test_floats_and_foreign_types_never_get_in() -> None:
    for value, kind in ((1.5, "float"), ({1}, "set"), (b"x", "bytes"), ({"a": 2.0}, "float")):
        with pytest.raises(TypeError, match=f"^{kind} has no canonical form$"):
            codec.canonical_json(value)


def test_letters_of_any_language_are_written_as_themselves() -> None:
    assert codec.canonical_json({"b": "Amélie", "a": "Łuków"}) == '{"a":"Łuków","b":"Amélie"}'


@pytest.mark.parametrize(
    ("value", "text"), [("40", "40"), ("75.0", "75"), ("400", "400"), ("0.50", "0.5"), ("0", "0")]
)
def test_a_dose_is_written_in_full_without_spare_zeros(value: str, text: str) -> None:
    assert codec.to_plain(Decimal(value)) == text
    assert codec.from_plain(Decimal, text) == Decimal(value)


@pytest.mark.parametrize(
    ("kind", "text", "why"),
    [
        (Decimal, "ten", "'ten' is not a number"),
        (Decimal, "1E+1", "'1E+1' is not a number as Vigil writes it"),
        (Decimal, "NaN", "'NaN' is not a number as Vigil writes it"),
        (Fraction, "half", "'half' is not a number"),
        (Fraction, "1/0", "'1/0' is not a number"),
        (Fraction, "2/4", "'2/4' is not a number as Vigil writes it"),
        (Reason, "mood", "'mood' is not a valid Reason"),
        (int, "7", "'7' is not of type int"),
        (bool, 1, "1 is not of type bool"),
    ],
)
def test_a_stored_value_that_vigil_would_not_write_is_named(kind: type, text: str | int, why: str) -> None:
    with pytest.raises(DamagedRecord, match=f"^{re.escape(why)}$"):
        codec.from_plain(kind, text)


@pytest.mark.parametrize(
    ("value", "text"),
    [(Fraction(-1, 2), "-0.5"), (Fraction(0), "0"), (Fraction(1, 2), "0.5"), (Fraction(-7, 3), "-7/3")],
)
def test_a_fraction_is_written_with_its_sign(value: Fraction, text: str) -> None:
    assert codec.to_plain(value) == text


@pytest.mark.parametrize("text", ["soon", "2026-01-05T09:00:00.000", "2026-01-05T09:00:00Z", "2026-01-05"])
def test_a_stored_time_that_vigil_would_not_write_is_named(text: str) -> None:
    with pytest.raises(DamagedRecord, match=f"^'{text}' is not a UTC time as Vigil writes it$"):
        codec.utc_ms(text)


def test_a_field_too_many_is_named() -> None:
    with pytest.raises(DamagedRecord, match=r"^Noted: fields are \['more', 'text'\], not \['text'\]$"):
        codec.from_plain(bodies.Noted, {"text": "x", "more": 1})


def test_names_are_kept_composed() -> None:
    body = bodies.Noted(text="Ame\u0301lie")
    record = appended((), body, session="s", station="s", author=NURSE, at=instant(0))
    assert record[0].body == bodies.Noted(text="Am\u00e9lie")


@given(st.fractions())
def test_exact_numbers_survive(value: Fraction) -> None:
    assert codec.from_plain(Fraction, codec.to_plain(value)) == value


@pytest.mark.parametrize(
    ("value", "text"), [(Fraction(365, 2), "182.5"), (Fraction(175, 3), "175/3"), (Fraction(180), "180")]
)
def test_a_limit_reads_as_a_person_would_write_it(value: Fraction, text: str) -> None:
    assert codec.to_plain(value) == text


@pytest.mark.parametrize("text", ["x", "1/0", "2/4", "1.50"])
def test_a_number_written_otherwise_is_refused(text: str) -> None:
    with pytest.raises(DamagedRecord):
        codec.from_plain(Fraction, text)


@given(st.decimals(0, 100_000, places=3))
def test_doses_survive(value: Decimal) -> None:
    assert codec.from_plain(Decimal, codec.to_plain(value)) == value


@given(st.integers(0, 200_000_000_000_000))
def test_times_survive(utc_ms: int) -> None:
    read = codec.utc_ms(codec.utc_text(utc_ms))
    assert (read, type(read)) == (utc_ms, int)


@pytest.mark.parametrize("text", ["2025-11-18 10:04", "2025-11-18T10:04:00.0Z"])
def test_a_time_written_otherwise_is_refused(text: str) -> None:
    with pytest.raises(DamagedRecord, match=f"^'{text}' is not a UTC time as Vigil writes it$"):
        codec.utc_ms(text)


def test_authors_read_back() -> None:
    assert Author.from_text(NURSE.text) == NURSE
    assert encode_body(bodies.InfusionResumed()) == {}
    device = Author(role=Role.DEVICE, name="monitor: left")
    assert Author.from_text(device.text) == device


@pytest.mark.parametrize("text", ["operator", "operator:", "intruder:x", ""])
def test_a_text_that_names_nobody_is_no_author(text: str) -> None:
    with pytest.raises(DamagedRecord, match=f"^'{text}' names no author$"):
        Author.from_text(text)


def test_one_entry_is_a_record() -> None:
    check_chain(baseline().session.record[:1])


def test_a_correction_reads_back_with_what_it_corrects() -> None:
    made = baseline()
    amended = made.do(1, bodies.Amended(target=3, vitals=None, reason=Reason.SLIP))[0]
    assert amended.supersedes == 3
    assert Entry.from_plain(amended.to_plain()) == amended


def test_a_changed_entry_is_named() -> None:
    plain = baseline().session.record[2].to_plain() | {"offset_minutes": 60}
    with pytest.raises(DamagedRecord, match=r"^entry 3 of session session-1 does not match its hash$"):
        Entry.from_plain(plain)
