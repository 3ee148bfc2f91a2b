"""What happens to a patient comes and goes at its minute; a surge needs the drug, a faint does not."""

import pytest

from devices.simulator.course import InfusionCourse
from devices.simulator.figures import load_figures
from devices.simulator.happenings import Change, Event, EventKind, Happenings, Surge

MINUTE_MS = 60_000
FIGURES = load_figures({})
SURGE = Surge(
    begins_minute=10,
    rises_minutes=4,
    holds_minutes=6,
    falls_minutes=8,
    systolic_mmhg=40,
    diastolic_mmhg=20,
    rate_bpm=8,
)


def ms(minute: float) -> int:
    return round(minute * MINUTE_MS)


def happening(
    *events: Event, surges: tuple[Surge, ...] = (), stops_minute: float | None = None
) -> Happenings:
    course = InfusionCourse(FIGURES.course)
    course.change(0, is_running=True)
    if stops_minute is not None:
        course.change(ms(stops_minute), is_running=False)
    return Happenings(surges=surges, events=events, figures=FIGURES, course=course)


@pytest.mark.parametrize(
    ("minute", "systolic"), [(9, 0), (10, 0), (12, 20), (14, 40), (20, 40), (24, 20), (28, 0), (60, 0)]
)
def test_a_surge_is_a_trapezium(minute: int, systolic: int) -> None:
    assert happening(surges=(SURGE,)).change_at(ms(minute)).systolic_mmhg == pytest.approx(systolic)


@pytest.mark.parametrize(("minute", "systolic"), [(12, 20), (14, 10), (16, 0)])
def test_a_surge_falls_from_where_it_was_when_the_pump_stops(minute: int, systolic: int) -> None:
    stopped = happening(surges=(SURGE,), stops_minute=12)
    assert stopped.change_at(ms(minute)).systolic_mmhg == pytest.approx(systolic)


def test_no_surge_comes_of_a_pump_that_stands_still() -> None:
    assert happening(surges=(SURGE,), stops_minute=5).change_at(ms(16)) == Change()


@pytest.mark.parametrize(
    ("minute", "share"),
    [(18.9, 0.0), (19, 0.0), (19 + 1 / 3, 0.5), (20, 1.0), (22, 1.0), (23, 0.5), (24, 0.0), (50, 0.0)],
)
def test_a_faint_comes_in_forty_seconds_and_goes_in_two_minutes(minute: float, share: float) -> None:
    faint = happening(Event(kind=EventKind.SYNCOPE, minute=19, lasts_minutes=3), stops_minute=5)
    change = faint.change_at(ms(minute))
    assert change.systolic_mmhg == pytest.approx(share * FIGURES.syncope.systolic_mmhg)
    assert change.rate_bpm == pytest.approx(share * FIGURES.syncope.rate_bpm)


@pytest.mark.parametrize(("minute", "is_moved"), [(14.99, False), (15, True), (15.99, True), (16, False)])
def test_a_moved_arm_comes_and_goes_at_once_and_changes_only_pressures(
    minute: float, *, is_moved: bool
) -> None:
    moved = happening(Event(kind=EventKind.ARM_MOVED, minute=15, lasts_minutes=1)).change_at(ms(minute))
    size = FIGURES.arm_moved
    expected = Change(systolic_mmhg=size.systolic_mmhg, diastolic_mmhg=size.diastolic_mmhg)
    assert moved == (expected if is_moved else Change())


@pytest.mark.parametrize("kind", [EventKind.CUFF_OFF, EventKind.PROBE_OFF])
@pytest.mark.parametrize(("minute", "is_off"), [(8.99, False), (9, True), (20.99, True), (21, False)])
def test_what_came_off_is_off_until_it_is_back(kind: EventKind, minute: float, *, is_off: bool) -> None:
    off = happening(Event(kind=kind, minute=9, lasts_minutes=12))
    assert off.is_in_force(kind, ms(minute)) is is_off
    assert off.change_at(ms(minute)) == Change()


def test_two_events_at_once_add_up() -> None:
    event = Event(kind=EventKind.COUGH, minute=1, lasts_minutes=1)
    once, twice = happening(event).change_at(ms(1.5)), happening(event, event).change_at(ms(1.5))
    assert twice.spo2_percent == 2 * once.spo2_percent == 2 * FIGURES.cough.spo2_percent


def test_nothing_happens_before_the_drug_has_started() -> None:
    event = Event(kind=EventKind.CUFF_OFF, minute=0, lasts_minutes=5)
    waiting = Happenings(
        surges=(SURGE,), events=(event,), figures=FIGURES, course=InfusionCourse(FIGURES.course)
    )
    assert waiting.change_at(ms(2)) == Change()
    assert not waiting.is_in_force(EventKind.CUFF_OFF, ms(2))
