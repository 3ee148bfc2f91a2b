"""A record always ends with the flags that its readings deserve, whatever was amended or came late."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from monitor.flags import FlagChange, FlagState, new_changes, open_flags
from monitor.judge import judge
from monitor.observations import Determination
from monitor.policy import Condition, Level
from monitor.policy_file import default_policy
from monitor.vitals import Quantity

POLICY = default_policy()


def systolic(minute: int, value: int, key: int | None = None) -> Determination:
    at_ms = minute * 60_000
    return Determination(
        key=minute if key is None else key,
        at_ms=at_ms,
        begun_ms=at_ms,
        values={Quantity.SYSTOLIC: Fraction(value)},
    )


def judged(*readings: Determination, until: int = 0) -> tuple[FlagChange, ...]:
    return judge(POLICY, {}, readings, (), until * 60_000)


def lacking(recorded: tuple[FlagChange, ...], *readings: Determination) -> list[tuple[str, int]]:
    produced = judged(*readings)
    keys = {reading.key for reading in readings}
    return [(change.state.value, change.key) for change in new_changes(recorded, produced, keys)]


def test_only_what_is_not_yet_recorded_is_appended() -> None:
    first = judged(systolic(0, 184))
    assert lacking((), systolic(0, 184)) == [("unconfirmed", 0)]
    assert lacking(first, systolic(0, 184)) == []
    assert lacking(first, systolic(0, 184), systolic(2, 183)) == [("confirmed", 2)]


def test_a_flag_whose_reading_was_amended_away_is_withdrawn() -> None:
    recorded = judged(systolic(0, 205))
    assert lacking(recorded) == [("withdrawn", 0)]
    assert lacking(recorded, systolic(0, 125, key=7)) == [("withdrawn", 0)]
    (withdrawn,) = new_changes(recorded, (), set())
    assert withdrawn == replace(recorded[0], state=FlagState.WITHDRAWN)


def test_an_amended_reading_that_still_crosses_is_withdrawn_and_raised_again() -> None:
    assert lacking(judged(systolic(0, 205)), systolic(0, 204, key=7)) == [("withdrawn", 0), ("raised", 7)]


def test_a_closed_flag_is_not_withdrawn() -> None:
    closed = judged(systolic(0, 184), systolic(2, 150))
    assert [change.state for change in closed][-1] is FlagState.NOT_CONFIRMED
    assert lacking(closed, systolic(2, 150)) == []


def test_a_late_reading_that_makes_a_flag_needless_closes_it() -> None:
    recorded = judged(systolic(0, 165), systolic(20, 158))
    assert [change.state.value for change in recorded] == ["raised"]
    late = lacking(recorded, systolic(0, 165), systolic(5, 150), systolic(10, 150), systolic(20, 158))
    assert late == [("cleared", 10)]


def test_a_late_reading_changes_history_behind_a_flag_that_stays() -> None:
    recorded = judged(systolic(5, 165))
    # The late one opens an unconfirmed flag that the recorded one denies, and is then watched afresh.
    late = lacking(recorded, systolic(3, 184), systolic(5, 165))
    assert late == [("unconfirmed", 3), ("not_confirmed", 5), ("raised", 5)]


def test_a_late_first_reading_makes_the_recorded_one_its_repeat_without_a_withdrawal() -> None:
    recorded = judged(systolic(5, 184))
    assert lacking(recorded, systolic(3, 185), systolic(5, 184)) == [("unconfirmed", 3), ("confirmed", 5)]


def test_a_flag_closed_by_a_reading_that_was_amended_stands_again() -> None:
    sets = (systolic(0, 165), systolic(5, 150), systolic(10, 150))
    recorded = judged(*sets)
    assert recorded[-1].state is FlagState.CLEARED
    assert lacking(recorded, *sets[:2], systolic(10, 162, key=20)) == [("raised", 0)]


def test_a_flag_that_history_no_longer_opens_is_withdrawn_though_its_reading_stands() -> None:
    recorded = (replace(judged(systolic(0, 165))[0], level=Level.NOTIFY),)
    assert lacking(recorded, systolic(0, 150)) == [("withdrawn", 0)]


def test_a_reminder_leaves_the_flag_as_it_stands() -> None:
    (raised,) = judged(systolic(0, 205))
    reminded = replace(raised, state=FlagState.REMINDED)
    assert open_flags([raised, reminded]) == {Condition.PRESSURE_HIGH: raised}


def test_what_stands_is_told_by_its_last_level_and_state() -> None:
    changes = judged(systolic(0, 165), systolic(2, 184), until=9)
    (standing,) = open_flags(changes).values()
    assert (standing.level, standing.state) == (Level.NOTIFY, FlagState.NOT_REPEATED)
    assert open_flags([]) == {}


READINGS = st.lists(st.builds(systolic, st.integers(0, 60), st.integers(70, 210)), max_size=10)


@given(READINGS, READINGS)
def test_after_any_amendment_the_same_flags_stand_as_the_judge_says(
    before: list[Determination], after: list[Determination]
) -> None:
    before = [replace(reading, key=index) for index, reading in enumerate(before)]
    # Some readings stay as they were; the others are new, under keys of their own.
    kept = [reading for reading in before if reading.key % 2]
    added = [replace(reading, key=100 + index) for index, reading in enumerate(after)]
    now = [*kept, *added]
    recorded, produced = judged(*before, until=90), judged(*now, until=90)
    keys = {reading.key for reading in now}
    fresh = new_changes(recorded, produced, keys)
    assert open_flags([*recorded, *fresh]) == open_flags(produced)
    assert new_changes([*recorded, *fresh], produced, keys) == ()
