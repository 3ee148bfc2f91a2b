"""Each need says since when, until when and about what; only what explains it takes it from the list."""

from decimal import Decimal

import pytest

from monitor import bodies
from monitor.needs import Need, NeedKind
from monitor.terms import NotObtainedReason, Severity, Symptom
from tests.made_session import MadeSession, baseline, instant

NOTHING_CAME = bodies.NotObtained(reason=NotObtainedReason.ASLEEP)


def started() -> MadeSession:
    made = baseline()
    made.start()
    return made


def need(made: MadeSession, kind: NeedKind) -> Need:
    """The only need of this kind."""
    (found,) = [each for each in made.summary.needs if each.kind is kind]
    return found


def kinds(made: MadeSession) -> list[NeedKind]:
    return [each.kind for each in made.summary.needs]


def minutes(found: Need) -> tuple[int, int]:
    """From and until, in minutes of the infusion."""
    return (found.from_ms - instant(0).utc_ms) // 60_000, (found.until_ms - instant(0).utc_ms) // 60_000


def test_a_session_waits_for_its_signature_since_its_phase_began() -> None:
    made = started()
    made.stop(40)
    assert minutes(need(made, NeedKind.NOT_SIGNED)) == (40, 40)


def test_a_flag_is_named_with_the_minute_it_opened() -> None:
    made = started()
    made.set(5, 150, 80, rate=125)
    made.set(7, 150, 80)
    made.set(9, 150, 80, spo2=85)
    unanswered = need(made, NeedKind.FLAG_UNANSWERED)
    assert minutes(unanswered) == (5, 5)
    assert unanswered.flag == made.summary.flags[0]
    standing = need(made, NeedKind.FLAG_OPEN)
    assert minutes(standing) == (9, 9)
    assert standing.flag == made.summary.flags[-1]


def test_an_effect_is_named_with_the_minute_it_began() -> None:
    made = started()
    made.do(6, bodies.EffectOpened(effect="Nausea", severity=Severity.MILD))
    found = need(made, NeedKind.EFFECT_OPEN)
    assert minutes(found) == (6, 6)
    assert found.effect == made.view.effects[0]


def test_a_late_set_is_named_with_the_set_that_came() -> None:
    made = started()
    made.set(8, 124, 78)
    found = need(made, NeedKind.SET_LATE)
    assert minutes(found) == (5, 8)
    assert found.reading == made.view.charted[-1]


@pytest.mark.parametrize(
    ("tried", "is_late"),
    [(-1, True), (0, True), (1, False), (19, False), (20, False), (21, True)],
    ids=["before the start", "with the start", "after it", "before the set", "with the set", "after it all"],
)
def test_a_failed_attempt_explains_the_first_set_when_it_came_between(tried: float, *, is_late: bool) -> None:
    made = started()
    made.do(22, NOTHING_CAME, taken=tried)
    made.do(22, bodies.SetCharted(vitals=made.view.charted[-1].vitals), taken=20)
    assert (NeedKind.SET_LATE in kinds(made)) is is_late


@pytest.mark.parametrize(("tried", "is_late"), [(5, True), (6, False), (20, False)])
def test_a_failed_attempt_explains_a_later_set_when_it_came_after_the_set_before(
    tried: float, *, is_late: bool
) -> None:
    made = started()
    made.set(5, 124, 78)
    made.do(20, NOTHING_CAME, taken=tried)
    made.set(20, 124, 78)
    assert (NeedKind.SET_LATE in kinds(made)) is is_late


@pytest.mark.parametrize("minute", [15, 16])
@pytest.mark.parametrize(
    "act",
    [
        bodies.SymptomReported(symptom=Symptom.CHEST_PAIN, is_present=True),
        bodies.RateChanged(rate_ml_per_h=Decimal(60)),
    ],
)
def test_what_asks_for_more_sets_makes_none_before_it_late(act: bodies.Body, minute: float) -> None:
    made = started()
    made.sets([(5, 124, 78), (15, 124, 78)])
    made.do(minute, act)
    assert NeedKind.SET_LATE not in kinds(made)


def test_a_set_in_the_minute_of_the_stop_was_due_by_the_infusions_schedule() -> None:
    made = started()
    made.set(5, 124, 78)
    made.set(20, 124, 78)
    made.stop(20)
    assert minutes(need(made, NeedKind.SET_LATE)) == (15, 20)


@pytest.mark.parametrize(("tried", "is_missed"), [(37, True), (38, False), (41, False)])
def test_an_attempt_shortly_before_the_patient_left_or_with_it_leaves_no_set_missed(
    tried: float, *, is_missed: bool
) -> None:
    made = started()
    made.stop(10)
    made.discharge(41)
    made.do(42, NOTHING_CAME, taken=tried)
    assert (NeedKind.SET_MISSED in kinds(made)) is is_missed
