from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.clock import Instant
from ui.text import formats

MINUS = "\N{MINUS SIGN}"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (-5, "0 s ago"),
        (0, "0 s ago"),
        (40.9, "40 s ago"),
        (59.9, "59 s ago"),
        (60, "1 min ago"),
        (119, "1 min ago"),
        (900, "15 min ago"),
        (7199, "119 min ago"),
        (7200, "2 h 0 min ago"),
        (11100, "3 h 5 min ago"),
    ],
)
def test_an_age_is_rounded_down_to_a_unit_one_reads_at_a_glance(seconds: float, text: str) -> None:
    assert formats.age(seconds) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(70, "1:10"), (69.2, "1:10"), (0.1, "0:01"), (0, "0:00"), (-3, "0:00"), (600, "10:00"), (59, "0:59")],
)
def test_a_countdown_reaches_zero_only_when_time_is_up(seconds: float, text: str) -> None:
    assert formats.countdown(seconds) == text


@pytest.mark.parametrize(
    ("systolic", "diastolic", "text"),
    [(128, 82, "128/82"), (None, None, "\N{EN DASH}/\N{EN DASH}"), (90, None, "90/\N{EN DASH}")],
)
def test_a_missing_half_of_a_pressure_is_a_dash(
    systolic: int | None, diastolic: int | None, text: str
) -> None:
    assert formats.pressure(systolic, diastolic) == text


@pytest.mark.parametrize(("value", "text"), [(22, "+22"), (-3, f"{MINUS}3"), (0, "0")])
def test_a_change_has_its_sign(value: int, text: str) -> None:
    assert formats.signed(value) == text


@pytest.mark.parametrize(("minute", "text"), [(0, "start"), (15, "+15"), (-5, f"{MINUS}5")])
def test_minute_zero_is_the_start(minute: int, text: str) -> None:
    assert formats.session_minute(minute) == text


def test_what_never_started_has_no_start() -> None:
    assert formats.session_minute(0, is_started=False) == "0"


@pytest.mark.parametrize(
    ("utc_ms", "offset", "clock", "clock_s", "day", "long_day"),
    [
        (1_763_461_630_999, 0, "10:27", "10:27:10", "18-Nov-2025", "Tuesday 18-Nov-2025"),
        (1_763_461_630_999, 60, "11:27", "11:27:10", "18-Nov-2025", "Tuesday 18-Nov-2025"),
        (1_763_461_630_999, -11 * 60, "23:27", "23:27:10", "17-Nov-2025", "Monday 17-Nov-2025"),
        (1_763_461_630_999, 345, "16:12", "16:12:10", "18-Nov-2025", "Tuesday 18-Nov-2025"),
    ],
)
def test_a_moment_is_written_at_the_offset_it_was_recorded_with(  # noqa: PLR0913, PLR0917 - one moment, written five ways
    utc_ms: int, offset: int, clock: str, clock_s: str, day: str, long_day: str
) -> None:
    at = Instant(utc_ms=utc_ms, offset_minutes=offset)
    assert formats.clock(at) == clock
    assert formats.clock_s(at) == clock_s
    assert formats.day(at) == day
    assert formats.weekday_and_day(at) == long_day


def test_a_date_can_be_read_one_way_only() -> None:
    assert formats.calendar_date(date(1979, 3, 4)) == "04-Mar-1979"


@given(st.floats(min_value=0, max_value=10**6), st.floats(min_value=0, max_value=10**6))
def test_an_older_value_never_reads_younger(one: float, other: float) -> None:
    def minutes(text: str) -> float:
        parts = text.split()
        if "h" in parts:
            return int(parts[0]) * 60 + int(parts[2])
        return int(parts[0]) / (60 if parts[1] == "s" else 1)

    younger, older = sorted((one, other))
    assert minutes(formats.age(younger)) <= minutes(formats.age(older))


@pytest.mark.parametrize(
    ("value", "text", "change"),
    [
        (Fraction(124), "124", "+124"),
        (Fraction(225, 2), "112.5", "+112.5"),
        (Fraction(-119, 2), f"{MINUS}59.5", f"{MINUS}59.5"),
        (Fraction(179, 3), "59.7", "+59.7"),
        (Fraction(0), "0", "0"),
    ],
)
def test_a_mean_keeps_its_half(value: Fraction, text: str, change: str) -> None:
    assert formats.exact(value) == text
    assert formats.signed_exact(value) == change


def test_a_mean_pressure_names_what_was_not_measured() -> None:
    assert formats.exact_pressure(Fraction(225, 2), Fraction(78)) == "112.5/78"
    assert formats.exact_pressure(Fraction(225, 2), None) == "112.5/\N{EN DASH}"
