"""Which captured readings are not accepted together with others."""

import pytest

from monitor import bodies
from monitor.plausibility import Check
from monitor.policy import Level
from monitor.vitals import Quality, Vitals
from monitor.waiting import doubtful, look_at
from tests.made_session import DEVICE, MadeSession, instant


def waiting(systolic: int, diastolic: int, *, spo2: int = 98, quality: Quality = Quality.GOOD) -> MadeSession:
    """Baselines 124/78, a start, and one captured reading at minute 5."""
    made = MadeSession()
    made.sets([(-5, 124, 78), (-3, 124, 78)])
    made.start()
    body = bodies.Captured(
        vitals=Vitals(systolic_mmhg=systolic, diastolic_mmhg=diastolic, pulse_rate_bpm=72, spo2_percent=spo2),
        quality=quality,
        protocol="dinamap",
        port="serial:/dev/ttyUSB0",
        is_simulated=False,
        begun_at_ms=None,
        received_at_ms=instant(5).utc_ms,
        raw_hex="",
    )
    made.do(5, body, author=DEVICE)
    return made


@pytest.mark.parametrize(
    ("systolic", "diastolic", "spo2", "level"),
    [
        (159, 78, 98, None),
        (160, 78, 98, Level.WATCH),
        (180, 99, 98, Level.NOTIFY),
        (180, 120, 98, Level.ACT_NOW),
        (130, 80, 94, Level.WATCH),
        (130, 80, 89, Level.ACT_NOW),
    ],
)
def test_the_highest_level_of_any_quantity_calls_for_a_look(
    systolic: int, diastolic: int, spo2: int, level: Level | None
) -> None:
    view = waiting(systolic, diastolic, spo2=spo2).view
    assert look_at(view, view.waiting[-1]).level is level


@pytest.mark.parametrize(
    ("systolic", "diastolic", "asked"),
    [(130, 80, []), (128, 103, [Check.CHANGED_DIASTOLIC]), (84, 70, [Check.CHANGED_SYSTOLIC])],
)
def test_so_does_what_would_be_asked_about_if_it_were_typed(
    systolic: int, diastolic: int, asked: list[Check]
) -> None:
    view = waiting(systolic, diastolic).view
    found = look_at(view, view.waiting[-1])
    assert [each.check for each in found.asked if each.check in asked] == asked
    assert found.is_needed is (bool(asked) or found.level is not None)


def test_it_is_held_against_the_set_before_it_and_not_one_after() -> None:
    made = waiting(124, 78)
    made.set(6, 150, 90)
    made.set(7, 175, 90)
    view = made.view
    assert not look_at(view, view.waiting[-1]).is_needed


@pytest.mark.parametrize(("minute", "asked"), [(4, [Check.CHANGED_SYSTOLIC]), (5, []), (6, [])])
def test_only_the_last_set_taken_earlier_counts(minute: int, asked: list[Check]) -> None:
    made = waiting(110, 78)
    made.set(minute, 150, 82)
    view = made.view
    assert [each.check for each in look_at(view, view.waiting[-1]).asked] == asked


def test_without_a_set_before_only_the_values_themselves_are_asked_about() -> None:
    made = MadeSession()
    body = bodies.Captured(
        vitals=Vitals(systolic_mmhg=128, diastolic_mmhg=112),
        quality=Quality.GOOD,
        protocol="dinamap",
        port="serial:/dev/ttyUSB0",
        is_simulated=False,
        begun_at_ms=None,
        received_at_ms=instant(-10).utc_ms,
        raw_hex="",
    )
    made.do(-10, body, author=DEVICE)
    found = look_at(made.view, made.view.waiting[-1])
    assert [each.check for each in found.asked] == [Check.PULSE_PRESSURE_NARROW]


@pytest.mark.parametrize(
    ("quality", "minute", "is_doubtful"),
    [
        (Quality.QUESTIONABLE, 5, True),
        (Quality.QUESTIONABLE, 10, True),
        (Quality.QUESTIONABLE, 10.001, False),
        (Quality.GOOD, 5, False),
    ],
)
def test_a_doubtful_reading_asks_for_another_as_long_as_a_good_one_would_be_offered(
    quality: Quality, minute: float, *, is_doubtful: bool
) -> None:
    view = waiting(130, 80, quality=quality).view
    assert view.policy.monitor.offer_expires_s == 300
    found = doubtful(view, view.clock_ms(instant(minute)))
    assert (found is not None) is is_doubtful


def test_a_set_charted_after_a_doubtful_reading_is_the_other_one() -> None:
    made = waiting(130, 80, quality=Quality.QUESTIONABLE)
    made.sets([(6, 128, 78)])
    assert doubtful(made.view, made.view.clock_ms(instant(6))) is None


def test_before_the_first_reading_nothing_is_doubtful() -> None:
    view = MadeSession().view
    assert doubtful(view, view.clock_ms(instant(0))) is None
