"""A clock that is set, a machine that slept: the session's own time never runs backwards."""

import time
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from monitor import bodies
from monitor.age import age_years, local_date
from monitor.clock import ClockSample, ClockStep, Instant, SpedClock, SystemClock, clock_at, clock_step
from monitor.command import Command
from monitor.outcome import Recorded, Refused, Why
from monitor.session import SYSTEM, Session
from monitor.terms import FlagAction, Reason
from monitor.vitals import Vitals
from tests.made_session import DEVICE, NURSE, MadeSession, baseline, instant, seated

HOUR_MS = 3_600_000


def stepped_back(made: MadeSession, minute: float) -> None:
    """The wall clock is set back an hour at `minute`; from here on the wall shows 60 minutes less."""
    body = bodies.ClockStepped(step_ms=-HOUR_MS, is_real_time=False)
    made.do(minute - 60, body, author=SYSTEM)


def test_with_the_clock_set_back_an_hour_the_next_point_is_right_of_the_last() -> None:
    made = baseline()
    made.start()
    made.set(5, 130, 82)
    due_ms = made.view.next_due_ms
    age_before_ms = made.view.clock_ms(instant(10)) - made.view.charted[-1].at_ms
    stepped_back(made, 10)
    age_after_ms = made.view.clock_ms(instant(10 - 60)) - made.view.charted[-1].at_ms
    made.set(15 - 60, 132, 82)
    minutes = [made.view.minute(each.at_ms) for each in made.view.charted]
    assert minutes == [-8, -5, 5, 15]
    assert (due_ms, age_after_ms) == (instant(15).utc_ms, age_before_ms)


def test_a_time_typed_after_the_step_is_read_on_the_clock_as_it_then_was() -> None:
    made = baseline()
    made.start()
    stepped_back(made, 10)
    made.do(12 - 60, bodies.Noted(text="x"), taken=11 - 60)
    assert made.view.minute(made.view.happened[-1].at_ms) == 11


def test_a_due_time_is_shown_on_the_clock_as_it_now_is() -> None:
    made = baseline()
    made.start()
    stepped_back(made, 3)
    due_ms = made.view.next_due_ms
    assert due_ms is not None
    assert made.view.wall(due_ms) == instant(5 - 60)


def test_a_moment_is_shown_in_the_offset_that_was_in_force_then() -> None:
    made = baseline()
    for minute, offset_minutes in ((1, 120), (3, 60)):
        at = replace(instant(minute), offset_minutes=offset_minutes)
        made.session.handle(Command(body=bodies.Noted(text="x"), author=NURSE, at=at))
    shown = {minute: made.view.wall(instant(minute).utc_ms) for minute in (-30, 0.9, 1, 2.9, 3, 60)}
    assert {minute: at.offset_minutes for minute, at in shown.items()} == {
        -30: 0,
        0.9: 0,
        1: 120,
        2.9: 120,
        3: 60,
        60: 60,
    }
    assert all(at.utc_ms == instant(minute).utc_ms for minute, at in shown.items())


def test_a_moment_before_the_clock_was_set_back_is_shown_as_the_wall_showed_it() -> None:
    made = baseline()
    stepped_back(made, 10)
    taken_ms = made.view.charted[0].at_ms
    assert made.view.wall(taken_ms) == made.view.charted[0].entry.recorded_at


OCTOBER = Instant(utc_ms=1_792_887_000_000, offset_minutes=60)  # Sunday 25-Oct-2026 01:10, summer time
MARCH = Instant(utc_ms=1_774_745_400_000, offset_minutes=0)  # Sunday 29-Mar-2026 00:50, winter time


def wall_text(at: Instant) -> str:
    return f"{datetime.fromtimestamp(at.utc_ms / 1000, timezone(timedelta(minutes=at.offset_minutes))):%H:%M}"


@pytest.mark.parametrize(
    ("seated_at", "after_minutes", "changed_by", "shown"),
    [(OCTOBER, (20, 80), -60, ["01:30", "01:30"]), (MARCH, (5, 25), 60, ["00:55", "02:15"])],
    ids=["october", "march"],
)
def test_a_session_across_a_daylight_saving_change_keeps_each_time_as_the_wall_showed_it(
    seated_at: Instant, after_minutes: tuple[float, float], changed_by: int, shown: list[str]
) -> None:
    def at(minute: float, *, is_changed: bool) -> Instant:
        then = seated_at.plus_s(minute * 60)
        return replace(then, offset_minutes=then.offset_minutes + changed_by * is_changed)

    session = Session.seat(
        Command(body=seated(), author=NURSE, at=seated_at), session="night", station="station 1"
    )
    before, after = at(after_minutes[0], is_changed=False), at(after_minutes[1], is_changed=True)
    last, first = at(after_minutes[0] + 1, is_changed=False), at(after_minutes[0] + 2, is_changed=True)
    step = clock_step(sample_at(last), sample_at(first), tolerance_ms=2000)
    assert step == ClockStep(step_ms=0, is_real_time=True)
    extreme = bodies.SetCharted(vitals=Vitals(systolic_mmhg=205, diastolic_mmhg=100))
    higher = bodies.SetCharted(vitals=Vitals(systolic_mmhg=230, diastolic_mmhg=110))
    changed = bodies.ClockStepped(step_ms=step.step_ms, is_real_time=step.is_real_time)
    for body, author, moment in (
        (extreme, NURSE, before),
        (changed, SYSTEM, first),
        (higher, NURSE, after),
        (bodies.FlagAnswered(action=FlagAction.PAUSED), NURSE, after),
    ):
        assert isinstance(session.handle(Command(body=body, author=author, at=moment)), Recorded)
    view = session.view
    sets = view.charted
    assert [wall_text(view.wall(each.at_ms)) for each in sets] == shown
    assert sets[1].at_ms - sets[0].at_ms == (after_minutes[1] - after_minutes[0]) * 60_000
    assert wall_text(view.wall(view.flags[0].change.at_ms)) == shown[0]
    assert wall_text(view.wall(view.answers[0].at_ms)) == shown[1]


def sample_at(at: Instant) -> ClockSample:
    return ClockSample(at=at, monotonic_s=at.utc_ms / 1000, boottime_s=at.utc_ms / 1000)


def test_a_determination_seen_again_after_the_step_is_the_same() -> None:
    made = baseline()
    made.capture(5, 130, 84)
    body = made.session.record[-1].body
    stepped_back(made, 10)
    again = Command(body=body, author=DEVICE, at=instant(11 - 60), taken_at_ms=instant(5 - 60).utc_ms)
    assert made.session.handle(again) == Refused(why=Why.SAME_DETERMINATION)


def test_a_flag_raised_after_the_step_carries_the_time_on_the_wall() -> None:
    made = baseline()
    made.start()
    stepped_back(made, 10)
    made.set(15 - 60, 205, 100)
    flag = made.view.flags[0].entry
    assert flag.taken_at_ms == instant(15 - 60).utc_ms


@pytest.mark.parametrize(("begun", "stands"), [(14, 14), (15, 15), (15.1, 15)])
def test_a_determination_after_the_step_begins_on_the_session_clock_and_never_after_it_was_taken(
    begun: float, stands: float
) -> None:
    made = baseline()
    made.start()
    made.capture(5, 130, 84)
    body = made.session.record[-1].body
    assert isinstance(body, bodies.Captured)
    stepped_back(made, 10)
    later = replace(body, begun_at_ms=instant(begun - 60).utc_ms, received_at_ms=instant(15 - 60).utc_ms)
    made.do(15 - 60, later, author=DEVICE, taken=15 - 60)
    reading = made.view.readings[-1]
    assert (reading.at_ms, reading.begun_ms) == (instant(15).utc_ms, instant(stands).utc_ms)


def test_undo_ends_after_ten_seconds_also_when_the_clock_is_set_back() -> None:
    made = baseline()
    made.set(1, 130, 82)
    undo = bodies.Amended(target=made.session.record[-1].sequence, vitals=None, reason=Reason.UNDONE)
    stepped_back(made, 1.1)
    late = Command(body=undo, author=NURSE, at=instant(1.2 - 60))
    assert made.session.handle(late) == Refused(why=Why.UNDO_TOO_LATE)
    made.do(1.15 - 60, undo)
    assert [each.vitals.systolic_mmhg for each in made.view.charted] == [126, 122]


def test_what_was_charted_after_the_clock_was_set_back_can_be_undone() -> None:
    made = baseline()
    stepped_back(made, 1)
    target = made.set(2 - 60, 130, 82)
    made.do(2.1 - 60, bodies.Amended(target=target, vitals=None, reason=Reason.UNDONE))
    assert [each.vitals.systolic_mmhg for each in made.view.charted] == [126, 122]


def test_with_the_clock_set_back_a_patient_who_has_left_is_still_not_measured() -> None:
    made = baseline()
    made.start()
    made.stop(40)
    stepped_back(made, 50)
    made.discharge(75 - 60)
    forgotten = bodies.SetCharted(vitals=Vitals(systolic_mmhg=128, diastolic_mmhg=82))
    command = Command(body=forgotten, author=NURSE, at=instant(80 - 60), taken_at_ms=instant(76 - 60).utc_ms)
    assert made.session.handle(command) == Refused(why=Why.WRONG_PHASE)
    made.do(80 - 60, forgotten, taken=74 - 60)


def test_a_suspend_is_real_time_and_moves_nothing() -> None:
    made = baseline()
    made.start()
    made.do(10, bodies.ClockStepped(step_ms=HOUR_MS, is_real_time=True), author=SYSTEM)
    assert made.view.correction_ms == 0


def test_before_the_start_there_is_no_minute() -> None:
    assert baseline().view.minute(0) is None


def sample(wall_ms: int, awake_s: float, boot_s: float | None) -> ClockSample:
    at = Instant(utc_ms=wall_ms, offset_minutes=0)
    return ClockSample(at=at, monotonic_s=awake_s, boottime_s=boot_s)


@pytest.mark.parametrize(
    ("after", "step"),
    [
        (sample(1000, 1, 1), None),
        (sample(3000, 1, 1), None),
        (sample(3001, 1, 1), ClockStep(step_ms=2001, is_real_time=False)),
        (sample(-HOUR_MS, 1, 1), ClockStep(step_ms=-HOUR_MS - 1000, is_real_time=False)),
        (sample(HOUR_MS, 1, 3600), ClockStep(step_ms=HOUR_MS - 1000, is_real_time=True)),
        (sample(HOUR_MS, 1, 1), ClockStep(step_ms=HOUR_MS - 1000, is_real_time=False)),
        (sample(HOUR_MS, 1, None), ClockStep(step_ms=HOUR_MS - 1000, is_real_time=True)),
        (sample(-HOUR_MS, 1, None), ClockStep(step_ms=-HOUR_MS - 1000, is_real_time=False)),
        (sample(5000, 5, 5), None),
        (sample(2000, 0, 2), None),
        (sample(2001, 0, 2.001), ClockStep(step_ms=2001, is_real_time=True)),
    ],
)
def test_three_clocks_tell_a_suspend_from_a_clock_that_was_set(
    after: ClockSample, step: ClockStep | None
) -> None:
    before = sample(0, 0, None if after.boottime_s is None else 0)
    assert clock_step(before, after, tolerance_ms=2000) == step


@pytest.mark.parametrize("boot_s", [(0.0, None), (None, 1.0)])
def test_a_clock_that_came_or_went_disproves_nothing(boot_s: tuple[float | None, float | None]) -> None:
    before, after = sample(0, 0, boot_s[0]), sample(HOUR_MS, 1, boot_s[1])
    step = ClockStep(step_ms=HOUR_MS - 1000, is_real_time=True)
    assert clock_step(before, after, tolerance_ms=2000) == step


@pytest.mark.parametrize(("zone", "offset_minutes"), [("UTC", 0), ("IST-5:30", 330), ("EST5", -300)])
def test_the_systems_clock_knows_its_offset(
    zone: str, offset_minutes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        before_ms, now, after_ms = time.time_ns() // 10**6, SystemClock().now(), time.time_ns() // 10**6
    finally:
        monkeypatch.undo()
        time.tzset()
    assert now.offset_minutes == offset_minutes
    assert before_ms <= now.utc_ms <= after_ms
    assert (type(now.utc_ms), type(now.offset_minutes)) == (int, int)


def test_a_system_without_a_clock_through_suspend_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC, raising=False)
    before_s, read_s, after_s = time.monotonic(), SystemClock().boottime_s(), time.monotonic()  # noqa: TID251
    assert read_s is not None
    assert before_s <= read_s <= after_s
    monkeypatch.delattr(time, "CLOCK_BOOTTIME")
    assert SystemClock().boottime_s() is None


def test_a_sample_holds_all_three_clocks() -> None:
    read = ClockSample.read(StandingClock(100))
    assert (read.monotonic_s, read.boottime_s) == (100, 100)


def test_the_systems_clock_reads_all_three() -> None:
    clock = SystemClock()
    first, second = ClockSample.read(clock), ClockSample.read(clock)
    assert clock_step(first, second, tolerance_ms=2000) is None
    assert second.monotonic_s >= first.monotonic_s
    assert abs(second.at.offset_minutes) <= 14 * 60


class StandingClock(SystemClock):
    """Stands where it is put."""

    def __init__(self, monotonic_s: float) -> None:
        self.standing_s = monotonic_s

    def monotonic_s(self) -> float:
        return self.standing_s

    def boottime_s(self) -> float | None:
        return self.standing_s


def test_a_demonstrations_clock_runs_faster_by_its_factor() -> None:
    base = StandingClock(100)
    sped = SpedClock(base=base, factor=60, started=instant(0), started_monotonic_s=100)
    base.standing_s = 101
    assert sped.now() == instant(1)
    assert sped.monotonic_s() == 160
    assert sped.boottime_s() is None


def test_a_clock_is_the_machines_own_unless_another_speed_is_asked_for() -> None:
    assert isinstance(clock_at(1), SystemClock)
    before_s, sped, after_s = time.monotonic(), clock_at(60), time.monotonic()  # noqa: TID251
    assert isinstance(sped, SpedClock)
    assert isinstance(sped.base, SystemClock)
    assert sped.factor == 60
    assert before_s <= sped.started_monotonic_s <= after_s
    assert sped.monotonic_s() >= sped.started_monotonic_s
    assert sped.now().utc_ms >= sped.started.utc_ms


@pytest.mark.parametrize(
    ("born", "age"),
    [
        ("1979-11-18", 46),
        ("1979-11-19", 45),
        ("2025-11-18", 0),
        ("2025-11-19", None),
        ("18.11.1979", None),
        ("", None),
    ],
)
def test_age_is_in_whole_years_on_the_local_day(born: str, age: int | None) -> None:
    assert age_years(born, instant(0)) == age


@pytest.mark.parametrize("zone", ["UTC", "EST5", "IST-5:30"])
def test_the_local_day_follows_the_offset_of_its_station_not_of_this_machine(
    zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = Instant(utc_ms=instant(0).utc_ms + 13 * HOUR_MS, offset_minutes=120)
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        day = local_date(late)
    finally:
        monkeypatch.undo()
        time.tzset()
    assert (day.month, day.day) == (11, 19)
