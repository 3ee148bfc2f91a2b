"""What a nurse can count on from the flags: where each begins, how it is confirmed, and when it ends."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.flags import FlagChange, FlagState
from monitor.judge import is_late, judge
from monitor.observations import (
    Answer,
    AttemptFailed,
    Determination,
    Observation,
    Sustained,
    SymptomNoted,
)
from monitor.policy import Condition, Level
from monitor.policy_file import default_policy
from monitor.terms import Symptom
from monitor.vitals import Quantity, Vitals

POLICY = default_policy()
SYS, DIA, MAP = Quantity.SYSTOLIC, Quantity.DIASTOLIC, Quantity.MAP
HR, PR, SPO2 = Quantity.HEART_RATE, Quantity.PULSE_RATE, Quantity.SPO2
RR, MOAA = Quantity.RESPIRATORY_RATE, Quantity.MOAA_S
WATCH, NOTIFY, ACT = Level.WATCH, Level.NOTIFY, Level.ACT_NOW
NO_BASELINE: Mapping[Quantity, Fraction] = {}


def reading(
    minute: float, values: Mapping[Quantity, int], *, begun: float | None = None, same_as: int | None = None
) -> Determination:
    """Build a set; its key is the minute in milliseconds, plus one for a typed copy."""
    at_ms = round(minute * 60_000)
    return Determination(
        key=at_ms + (same_as is not None),
        at_ms=at_ms,
        begun_ms=at_ms if begun is None else round(begun * 60_000),
        values={quantity: Fraction(value) for quantity, value in values.items()},
        same_as=same_as,
    )


def pressure(minute: float, systolic: int, diastolic: int = 80, **more: float) -> Determination:
    built = reading(minute, {}, begun=more.get("begun"))
    return replace(built, values=Vitals(systolic_mmhg=systolic, diastolic_mmhg=diastolic).by_quantity())


def told(
    *observations: Observation,
    until: float = 0,
    answers: tuple[Answer, ...] = (),
    baseline: Mapping[Quantity, Fraction] = NO_BASELINE,
    condition: Condition | None = None,
) -> list[tuple[float, str, str, int | None]]:
    """Judge, and tell each change as minute, level, state and value."""
    changes = judge(POLICY, baseline, observations, answers, round(until * 60_000))
    return [
        (change.at_ms / 60_000, change.level.value, change.state.value, whole(change.value))
        for change in changes
        if condition in (None, change.condition)
    ]


def whole(value: Fraction | None) -> int | None:
    return None if value is None else round(value)


def answer(minute: float, condition: Condition = Condition.PRESSURE_HIGH) -> Answer:
    return Answer(condition=condition, at_ms=round(minute * 60_000))


HIGHS = [
    (Condition.PRESSURE_HIGH, SYS, (160, 180, 200)),
    (Condition.PRESSURE_HIGH, DIA, (100, 110, 120)),
    (Condition.HEART_RATE_HIGH, HR, (111, 121, 141)),
    (Condition.HEART_RATE_HIGH, PR, (111, 121, 141)),
    (Condition.RESPIRATORY_RATE_HIGH, RR, (25, 31, None)),
]
LOWS = [
    (Condition.PRESSURE_LOW, SYS, (100, 90, 80)),
    (Condition.PRESSURE_LOW, MAP, (None, 60, None)),
    (Condition.HEART_RATE_LOW, HR, (50, 45, 40)),
    (Condition.HEART_RATE_LOW, PR, (50, 45, 40)),
    (Condition.SPO2_LOW, SPO2, (95, 92, 90)),
    (Condition.RESPIRATORY_RATE_LOW, RR, (None, 10, 8)),
    # Deep sedation includes its limit: three is the first watch, so four is the limit excluded.
    (Condition.SEDATION_DEEP, MOAA, (4, 3, 2)),
]
# Baselines that let every relative limit hold, far enough away not to be the nearer one.
HIGH_BASELINE = {SYS: Fraction(160), DIA: Fraction(100), HR: Fraction(70)}


def rows(
    table: Sequence[tuple[Condition, Quantity, tuple[int | None, ...]]],
) -> list[tuple[Condition, Quantity, Level, int]]:
    return [
        (condition, quantity, level, limit)
        for condition, quantity, limits in table
        for level, limit in zip(Level, limits, strict=True)
        if limit is not None
    ]


def level_at(condition: Condition, quantity: Quantity, value: int) -> int:
    """Rank of the level that one value opens, 0 for none."""
    changes = judge(POLICY, HIGH_BASELINE, [reading(0, {quantity: value})], (), 0)
    return max((change.level.rank for change in changes if change.condition is condition), default=0)


@pytest.mark.parametrize(("condition", "quantity", "level", "limit"), rows(HIGHS))
def test_a_high_includes_its_limit(
    condition: Condition, quantity: Quantity, level: Level, limit: int
) -> None:
    assert level_at(condition, quantity, limit - 1) < level.rank
    assert level_at(condition, quantity, limit) == level.rank
    assert level_at(condition, quantity, limit + 1) == level.rank


@pytest.mark.parametrize(("condition", "quantity", "level", "limit"), rows(LOWS))
def test_a_low_excludes_its_limit(condition: Condition, quantity: Quantity, level: Level, limit: int) -> None:
    assert level_at(condition, quantity, limit + 1) < level.rank
    assert level_at(condition, quantity, limit) < level.rank
    assert level_at(condition, quantity, limit - 1) == level.rank


@pytest.mark.parametrize(
    ("level", "value", "state"),
    [(WATCH, 3, "raised"), (NOTIFY, 2, "raised"), (ACT, 1, "raised")],
)
def test_deep_sedation_asks_for_no_repeat(level: Level, value: int, state: str) -> None:
    assert told(reading(0, {MOAA: value})) == [(0, level.value, state, value)]


@pytest.mark.parametrize(
    ("quantity", "base", "limit"),
    [
        (SYS, 100, 130),  # 30 percent comes first
        (SYS, 140, 180),  # 40 mmHg comes first
        (DIA, 70, 91),
        (DIA, 90, 115),
    ],
)
def test_a_rise_is_counted_from_the_baseline_and_names_the_limit_crossed_first(
    quantity: Quantity, base: int, limit: int
) -> None:
    baseline = {quantity: Fraction(base)}

    def rises(value: int) -> list[tuple[Level, FlagState, Fraction | None]]:
        changes = judge(POLICY, baseline, [reading(0, {quantity: value})], (), 0)
        return [(x.level, x.state, x.limit) for x in changes if x.condition is Condition.PRESSURE_RISE]

    assert rises(limit - 1) == []
    assert rises(limit) == [(WATCH, FlagState.RAISED, Fraction(limit))]
    assert rises(limit + 1) == [(WATCH, FlagState.RAISED, Fraction(limit))]


def test_a_rise_is_exact_to_the_fraction_of_a_millimetre() -> None:
    baseline = {SYS: Fraction(241, 2)}
    (change,) = judge(POLICY, baseline, [reading(0, {SYS: 157})], (), 0)
    assert change.limit == Fraction(3133, 20)
    assert judge(POLICY, baseline, [reading(0, {SYS: 156})], (), 0) == ()


def test_without_a_baseline_no_relative_limit_holds() -> None:
    assert told(reading(0, {SYS: 159, DIA: 99})) == []
    assert told(reading(0, {SYS: 95})) == []
    assert told(reading(0, {HR: 44})) == [(0, "watch", "raised", 44)]


@pytest.mark.parametrize(
    ("base", "value", "flagged"),
    [
        (125, 99, True),
        (125, 100, False),
        (120, 96, False),
        (120, 95, True),
        (115, 92, False),
        (115, 91, True),
    ],
)
def test_a_low_watch_also_lies_a_fifth_under_the_baseline(base: int, value: int, flagged: bool) -> None:  # noqa: FBT001
    changes = judge(POLICY, {SYS: Fraction(base)}, [reading(0, {SYS: value})], (), 0)
    levels = [change.level for change in changes if change.condition is Condition.PRESSURE_LOW]
    assert (WATCH in levels) is flagged


@pytest.mark.parametrize(("base", "level"), [(49, WATCH), (50, NOTIFY), (51, NOTIFY)])
@pytest.mark.parametrize(("known", "measured"), [(HR, HR), (HR, PR), (PR, HR), (PR, PR)])
def test_a_slow_heart_notifies_only_who_was_not_slow_before(
    known: Quantity, measured: Quantity, base: int, level: Level
) -> None:
    changes = judge(POLICY, {known: Fraction(base)}, [reading(0, {measured: 44})], (), 0)
    assert [change.level for change in changes] == [level]


def test_each_rate_is_held_against_its_own_baseline_first() -> None:
    baseline = {HR: Fraction(49), PR: Fraction(60)}
    assert [x.level for x in judge(POLICY, baseline, [reading(0, {HR: 44})], (), 0)] == [WATCH]
    assert [x.level for x in judge(POLICY, baseline, [reading(0, {PR: 44})], (), 0)] == [NOTIFY]


@pytest.mark.parametrize(
    ("values", "quantity"),
    [
        ({SYS: 165, DIA: 112}, DIA),
        ({SYS: 185, DIA: 112}, SYS),
        ({SYS: 185, DIA: 105}, SYS),
        ({SYS: 200, DIA: 120}, SYS),
        ({SYS: 85, MAP: 55}, SYS),
        ({SYS: 95, MAP: 55}, MAP),
        ({HR: 125, PR: 125}, HR),
        ({HR: 115, PR: 125}, PR),
    ],
)
def test_one_set_is_judged_by_its_worse_value(values: Mapping[Quantity, int], quantity: Quantity) -> None:
    changes = judge(POLICY, NO_BASELINE, [reading(0, values)], (), 0)
    assert [change.quantity for change in changes] == [quantity]


def test_a_change_names_the_reading_value_and_limit() -> None:
    (change,) = judge(POLICY, NO_BASELINE, [reading(3, {SYS: 185, DIA: 90})], (), 0)
    assert change == FlagChange(
        condition=Condition.PRESSURE_HIGH,
        quantity=SYS,
        level=NOTIFY,
        state=FlagState.UNCONFIRMED,
        value=Fraction(185),
        limit=Fraction(180),
        at_ms=180_000,
        key=180_000,
    )


UNCONFIRMED = (0.0, "notify", "unconfirmed", 184)


@pytest.mark.parametrize(
    ("second", "then"),
    [
        (pressure(2, 182), [(2, "notify", "confirmed", 182)]),
        (pressure(2, 150, 112), [(2, "notify", "confirmed", 112)]),
        (pressure(2, 201), [(2, "act_now", "raised", 201)]),
        (pressure(2, 179), [(2, "notify", "not_confirmed", 179), (2, "watch", "raised", 179)]),
        (pressure(2, 159), [(2, "notify", "not_confirmed", 159)]),
        (pressure(1, 182), [(1, "notify", "confirmed", 182)]),
        (pressure(0.99, 182), []),
        (pressure(0.99, 150), []),
        (pressure(1.5, 182, begun=0.99), []),
        (pressure(1.5, 182, begun=1.0), [(1.5, "notify", "confirmed", 182)]),
        (pressure(0.5, 200), [(0.5, "act_now", "raised", 200)]),
        (reading(2, {SPO2: 98}), []),
    ],
)
def test_a_repeat_decides_an_unconfirmed_flag(
    second: Determination, then: list[tuple[float, str, str, int]]
) -> None:
    assert told(pressure(0, 184), second, until=2) == [UNCONFIRMED, *then]


def test_a_typed_copy_of_the_first_reading_decides_nothing() -> None:
    first = pressure(0, 184)
    copy = replace(reading(1.5, {}, same_as=first.key), values=first.values)
    assert told(first, copy, until=2) == [UNCONFIRMED]
    assert told(copy, replace(first, at_ms=200_000, begun_ms=200_000, same_as=first.key), until=2) == [
        (1.5, "notify", "unconfirmed", 184)
    ]


@pytest.mark.parametrize(
    ("until", "not_repeated"), [(1.99, []), (2, []), (2.001, [(2, "notify", "not_repeated", 184)])]
)
def test_a_repeat_not_made_is_told_once_its_time_is_over(
    until: float, not_repeated: list[tuple[float, str, str, int]]
) -> None:
    assert told(pressure(0, 184), until=until) == [UNCONFIRMED, *not_repeated]


def test_a_later_reading_shows_that_the_time_is_over_and_still_decides() -> None:
    assert told(pressure(0, 184), pressure(5, 183), until=5) == [
        UNCONFIRMED,
        (2, "notify", "not_repeated", 184),
        (5, "notify", "confirmed", 183),
    ]
    assert told(pressure(0, 184), pressure(5, 150), until=5)[-1] == (5, "notify", "not_confirmed", 150)


def test_what_was_not_repeated_stays_under_the_name_of_its_first_reading() -> None:
    changes = judge(POLICY, NO_BASELINE, [pressure(0, 184)], (), 10**9)
    assert [(change.state, change.key, change.at_ms) for change in changes[1:]] == [
        (FlagState.NOT_REPEATED, 0, 120_000)
    ]


def test_another_rate_can_confirm_but_only_the_flagged_one_can_deny() -> None:
    first = reading(0, {HR: 125})
    assert told(first, reading(2, {PR: 125}), until=2)[1:] == [(2, "notify", "confirmed", 125)]
    assert told(first, reading(2, {PR: 90}), until=2)[1:] == []
    assert told(first, reading(2, {HR: 90, PR: 130}), until=2)[1:] == [(2, "notify", "confirmed", 130)]
    assert told(first, reading(2, {HR: 90}), until=2)[1:] == [(2, "notify", "not_confirmed", 90)]


@pytest.mark.parametrize(("second_denied_at", "confirmed"), [(17, True), (17.001, False)])
def test_two_flags_not_confirmed_within_a_quarter_of_an_hour_confirm(
    second_denied_at: float,
    confirmed: bool,  # noqa: FBT001
) -> None:
    last = told(
        pressure(0, 184),
        pressure(2, 150),
        pressure(15.5, 186),
        pressure(second_denied_at, 150),
        until=18,
    )
    assert last[2:4] == [
        (15.5, "notify", "unconfirmed", 186),
        (second_denied_at, "notify", "not_confirmed", 150),
    ]
    assert last[4:] == ([(second_denied_at, "notify", "confirmed", 150)] if confirmed else [])


def test_a_flag_confirmed_by_two_denials_needs_two_clear_sets_more() -> None:
    denied = [pressure(0, 184), pressure(2, 150), pressure(4, 186), pressure(6, 150)]
    assert told(*denied, pressure(8, 150), until=9)[5:] == []
    assert told(*denied, pressure(8, 150), pressure(10, 150), until=11)[5:] == [
        (10, "notify", "cleared", 150)
    ]


def test_a_watch_escalates_without_closing_and_comes_back_when_the_repeat_denies() -> None:
    assert told(pressure(0, 165), pressure(5, 184), pressure(7, 166), pressure(9, 167), until=9) == [
        (0, "watch", "raised", 165),
        (5, "notify", "unconfirmed", 184),
        (7, "notify", "not_confirmed", 166),
        (7, "watch", "raised", 166),
    ]


def test_a_standing_flag_is_not_opened_again_at_its_own_or_a_lower_level() -> None:
    sets = [pressure(0, 205), pressure(2, 205), pressure(4, 185), pressure(6, 196)]
    assert told(*sets, until=7) == [(0, "act_now", "raised", 205)]


@pytest.mark.parametrize(
    ("sets", "cleared_at"),
    [
        ([155, 155], 10),
        ([156, 155], None),
        ([155, 156], None),
        ([155, 156, 155], None),
        ([155, 156, 155, 155], 20),
    ],
)
def test_two_sets_in_a_row_clear_by_the_margin(sets: list[int], cleared_at: int | None) -> None:
    later = [pressure(5 * (index + 1), value) for index, value in enumerate(sets)]
    cleared = [change for change in told(pressure(0, 160), *later, until=60) if change[2] == "cleared"]
    assert cleared == ([] if cleared_at is None else [(cleared_at, "watch", "cleared", 155)])


@pytest.mark.parametrize(
    ("first", "near", "clear"),
    [
        ({DIA: 100}, {DIA: 96}, {DIA: 95}),
        ({SYS: 79}, {SYS: 84}, {SYS: 85}),
        ({HR: 111}, {HR: 107}, {HR: 106}),
        ({PR: 49}, {PR: 54}, {PR: 55}),
        ({SPO2: 94}, {SPO2: 95}, {SPO2: 96}),
        ({RR: 25}, {RR: 24}, {RR: 23}),
        ({RR: 7}, {RR: 9}, {RR: 10}),
        ({MOAA: 3}, {MOAA: 3}, {MOAA: 4}),
    ],
)
def test_each_quantity_clears_by_its_own_margin(
    first: Mapping[Quantity, int], near: Mapping[Quantity, int], clear: Mapping[Quantity, int]
) -> None:
    def states(*values: Mapping[Quantity, int]) -> list[str]:
        sets = [reading(5 * index, value) for index, value in enumerate(values)]
        return [change[2] for change in told(*sets, until=15)]

    assert states(first, clear, clear)[:2] == ["raised", "cleared"]
    assert "cleared" not in states(first, near, clear)
    assert "cleared" not in states(first, clear, near)


def test_a_cleared_flag_is_judged_afresh_on_the_same_set() -> None:
    assert told(pressure(0, 201), pressure(5, 190), pressure(10, 190), until=10) == [
        (0, "act_now", "raised", 201),
        (10, "act_now", "cleared", 190),
        (10, "notify", "unconfirmed", 190),
    ]
    assert told(pressure(0, 184), pressure(2, 185), pressure(7, 170), pressure(12, 170), until=12)[2:] == [
        (12, "notify", "cleared", 170),
        (12, "watch", "raised", 170),
    ]


def test_an_unmeasured_quantity_neither_counts_nor_breaks_the_run() -> None:
    sets = [pressure(0, 165), pressure(5, 150), reading(10, {SPO2: 98}), pressure(15, 150)]
    assert told(*sets, until=15)[1:] == [(15, "watch", "cleared", 150)]
    rates = [reading(0, {HR: 115}), reading(5, {HR: 90}), reading(10, {PR: 90}), reading(15, {HR: 90})]
    assert told(*rates, until=15)[1:] == [(15, "watch", "cleared", 90)]


def test_the_other_quantity_of_a_condition_breaks_the_run() -> None:
    rates = [reading(0, {HR: 115}), reading(5, {HR: 90}), reading(10, {PR: 109}), reading(15, {HR: 90})]
    assert told(*rates, until=15)[1:] == []
    sets = [pressure(0, 165), pressure(5, 150, 98), pressure(10, 150, 90), pressure(15, 150, 90)]
    assert told(*sets, until=15)[1:] == [(15, "watch", "cleared", 150)]


def test_a_level_without_a_limit_for_a_quantity_is_not_held_up_by_it() -> None:
    sets = [reading(m, values) for m, values in ((0, {SYS: 79, MAP: 55}), (5, {SYS: 86, MAP: 55}))]
    assert told(*sets, reading(10, {SYS: 86, MAP: 55}), until=10)[1:] == [
        (10, "act_now", "cleared", 86),
        (10, "notify", "unconfirmed", 86),
    ]


def test_a_limit_without_its_baseline_does_not_hold_up_the_other_quantity() -> None:
    baseline = {DIA: Fraction(70)}
    sets = [reading(0, {SYS: 120, DIA: 95}), *(reading(m, {SYS: 150, DIA: 80}) for m in (5, 10))]
    assert told(*sets, until=10, baseline=baseline)[1:] == [(10, "watch", "cleared", 80)]


def test_a_typed_copy_does_not_count_as_the_second_clear_set() -> None:
    first_clear = pressure(5, 150)
    copy = replace(reading(6, {}, same_as=first_clear.key), values=first_clear.values)
    assert told(pressure(0, 165), first_clear, copy, until=9)[1:] == []
    assert told(pressure(0, 165), first_clear, copy, pressure(8, 150), until=9)[1:] == [
        (8, "watch", "cleared", 150)
    ]


def test_escalation_starts_the_clear_run_again() -> None:
    sets = [pressure(0, 165), pressure(5, 150), pressure(10, 201), pressure(15, 190), pressure(20, 190)]
    assert [change[:3] for change in told(*sets, until=20)] == [
        (0, "watch", "raised"),
        (10, "act_now", "raised"),
        (20, "act_now", "cleared"),
        (20, "notify", "unconfirmed"),
    ]
    assert [change[:3] for change in told(*sets[:4], until=15)][-1] == (10, "act_now", "raised")


@pytest.mark.parametrize(("until", "reminded"), [(15, []), (15.001, [(15, "act_now", "reminded", 205)])])
def test_an_answered_flag_still_in_its_band_comes_back_after_ten_minutes(
    until: float, reminded: list[tuple[float, str, str, int]]
) -> None:
    assert told(pressure(0, 205), answers=(answer(5),), until=until)[1:] == reminded


def test_a_reminder_tells_the_latest_value_and_comes_once_an_answer() -> None:
    sets = [pressure(0, 205), pressure(8, 202)]
    assert told(*sets, answers=(answer(5),), until=60)[1:] == [(15, "act_now", "reminded", 202)]
    assert told(*sets, answers=(answer(5), answer(20)), until=60)[1:] == [
        (15, "act_now", "reminded", 202),
        (30, "act_now", "reminded", 202),
    ]
    changes = judge(POLICY, NO_BASELINE, sets, (answer(5),), 3_600_000)
    assert changes[-1].key == 480_000


def test_a_second_answer_moves_the_reminder() -> None:
    assert told(pressure(0, 205), answers=(answer(5), answer(8)), until=60)[1:] == [
        (18, "act_now", "reminded", 205)
    ]


def test_a_flag_out_of_its_band_is_not_reminded_of_until_a_set_is_back_in_it() -> None:
    sets = [pressure(0, 205), pressure(12, 198), pressure(20, 199), pressure(25, 200)]
    assert told(*sets[:3], answers=(answer(5),), until=24)[1:] == []
    assert told(*sets, answers=(answer(5),), until=60)[1:] == [(25, "act_now", "reminded", 200)]


def test_a_set_exactly_at_the_time_reminds_at_once() -> None:
    assert told(pressure(0, 205), pressure(15, 204), answers=(answer(5),), until=15)[1:] == [
        (15, "act_now", "reminded", 204)
    ]


@pytest.mark.parametrize(("value", "is_reminded"), [(219, False), (220, True), (221, True)])
def test_a_pressure_fifteen_higher_than_at_the_answer_reminds_at_once(
    value: int,
    is_reminded: bool,  # noqa: FBT001
) -> None:
    changes = told(pressure(0, 205), pressure(6, value), answers=(answer(5),), until=7)
    assert (changes[1:] == [(6, "act_now", "reminded", value)]) is is_reminded


@pytest.mark.parametrize(("value", "is_reminded"), [(63, False), (62, True), (90, False)])
def test_a_low_pressure_reminds_when_it_falls_further(
    value: int,
    is_reminded: bool,  # noqa: FBT001
) -> None:
    low = Condition.PRESSURE_LOW
    sets = [reading(0, {SYS: 77}), reading(6, {SYS: value})]
    assert (told(*sets, answers=(answer(5, low),), until=7)[1:] != []) is is_reminded


def test_a_rate_reminds_by_time_only() -> None:
    sets = [reading(0, {HR: 145}), reading(6, {HR: 190})]
    fast = answer(5, Condition.HEART_RATE_HIGH)
    assert told(*sets, answers=(fast,), until=7)[1:] == []
    assert told(*sets, answers=(fast,), until=16)[1:] == [(15, "act_now", "reminded", 190)]


def test_a_set_without_the_flagged_quantity_does_not_remind() -> None:
    sets = [pressure(0, 205), pressure(9, 190), reading(16, {SPO2: 98})]
    assert told(*sets, answers=(answer(5),), until=17)[1:] == []


def test_an_answer_needs_a_flag_of_its_condition() -> None:
    assert told(pressure(6, 205), answers=(answer(5),), until=60)[1:] == []
    other = answer(1, Condition.SPO2_LOW)
    assert told(pressure(0, 205), answers=(other,), until=60)[1:] == []
    cleared = [pressure(0, 205), pressure(2, 150), pressure(4, 150)]
    assert told(*cleared, answers=(answer(1),), until=60)[-1][2] == "cleared"


def test_an_answer_at_the_minute_of_the_reading_comes_after_it() -> None:
    assert told(pressure(0, 205), answers=(answer(0),), until=11)[1:] == [(10, "act_now", "reminded", 205)]


def test_a_confirmed_or_escalated_flag_needs_an_answer_of_its_own() -> None:
    assert [x[2] for x in told(pressure(0, 184), pressure(2, 184), answers=(answer(1),), until=60)] == [
        "unconfirmed",
        "confirmed",
    ]
    assert [x[1:3] for x in told(pressure(0, 165), pressure(2, 205), answers=(answer(1),), until=60)] == [
        ("watch", "raised"),
        ("act_now", "raised"),
    ]


def test_an_answered_flag_nobody_repeated_is_told_so_and_reminded_of() -> None:
    assert told(pressure(0, 184), answers=(answer(1),), until=60)[1:] == [
        (2, "notify", "not_repeated", 184),
        (11, "notify", "reminded", 184),
    ]


def symptom(minute: int, which: Symptom, *, present: bool = True) -> SymptomNoted:
    return SymptomNoted(key=minute, at_ms=minute * 60_000, symptom=which, is_present=present)


def test_a_symptom_is_act_now_at_any_pressure_until_the_last_has_gone() -> None:
    seen: list[Observation] = [
        pressure(0, 120),
        symptom(1, Symptom.CHEST_PAIN),
        symptom(2, Symptom.SEIZURE),
        symptom(3, Symptom.CHEST_PAIN, present=False),
        symptom(4, Symptom.SEIZURE, present=False),
        symptom(5, Symptom.SEIZURE, present=False),
    ]
    changes = judge(POLICY, NO_BASELINE, seen, (), 0)
    assert [(x.condition, x.level, x.state, x.value, x.limit, x.quantity, x.key) for x in changes] == [
        (Condition.SYMPTOM, ACT, FlagState.RAISED, None, None, None, 1),
        (Condition.SYMPTOM, ACT, FlagState.CLEARED, None, None, None, 4),
    ]


def test_an_answered_symptom_that_stays_comes_back_after_ten_minutes() -> None:
    chest = answer(2, Condition.SYMPTOM)
    assert told(symptom(1, Symptom.CHEST_PAIN), answers=(chest,), until=60)[1:] == [
        (12, "act_now", "reminded", None)
    ]


def failed(minute: int, *, infusing: bool = True) -> AttemptFailed:
    return AttemptFailed(key=minute, at_ms=minute * 60_000, is_infusing=infusing)


RAISED_AND_CLEARED = [(3, "notify", "raised", 2), (5, "notify", "cleared", 0)]


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        ([failed(1)], []),
        ([failed(1), failed(3)], [(3, "notify", "raised", 2)]),
        ([failed(1), failed(3), failed(5)], [(3, "notify", "raised", 2)]),
        ([failed(1), pressure(2, 120), failed(3)], []),
        ([failed(1), reading(2, {SPO2: 97}), failed(3)], [(3, "notify", "raised", 2)]),
        ([failed(1, infusing=False), failed(3)], []),
        ([failed(1), failed(2, infusing=False), failed(3)], [(3, "notify", "raised", 2)]),
        ([failed(1), failed(3), pressure(5, 120)], [(3, "notify", "raised", 2), (5, "notify", "cleared", 0)]),
        (
            [failed(1), failed(3), pressure(5, 120), failed(7)],
            [(3, "notify", "raised", 2), (5, "notify", "cleared", 0)],
        ),
    ],
)
def test_two_sets_in_a_row_not_obtained_notify_until_one_is(
    seen: list[Observation], expected: list[tuple[float, str, str, int]]
) -> None:
    assert told(*seen, until=8) == expected


def test_changes_of_one_set_stand_in_the_order_of_the_table() -> None:
    worst = reading(0, {SYS: 205, DIA: 95, HR: 145, SPO2: 88, RR: 5, MOAA: 0})
    first = replace(symptom(0, Symptom.SEIZURE), key=-1)
    seen: list[Observation] = [failed(-2), failed(-1), first, worst]
    changes = judge(POLICY, {SYS: Fraction(120)}, seen, (), 0)
    order = [x.condition for x in changes]
    assert order == [
        Condition.NOT_OBTAINED,
        Condition.SYMPTOM,
        Condition.PRESSURE_HIGH,
        Condition.PRESSURE_RISE,
        Condition.HEART_RATE_HIGH,
        Condition.SPO2_LOW,
        Condition.RESPIRATORY_RATE_LOW,
        Condition.SEDATION_DEEP,
        Condition.NOT_OBTAINED,
    ]


def test_deadlines_stand_in_the_order_of_their_times() -> None:
    changes = judge(
        POLICY,
        NO_BASELINE,
        [reading(0, {SPO2: 91}), reading(0.5, {SYS: 184}), reading(0.5, {HR: 125}), reading(10, {SPO2: 98})],
        (),
        0,
    )
    not_repeated = [(x.at_ms, x.condition) for x in changes if x.state is FlagState.NOT_REPEATED]
    assert not_repeated == [
        (120_000, Condition.SPO2_LOW),
        (150_000, Condition.PRESSURE_HIGH),
        (150_000, Condition.HEART_RATE_HIGH),
    ]


def test_readings_are_judged_by_when_they_were_taken() -> None:
    late, first = pressure(3, 150), pressure(0, 184)
    assert told(late, first, until=4) == told(first, late, until=4)


@pytest.mark.parametrize(
    ("minute", "now", "late"), [(0, 10, True), (5, 10, False), (5, 15, False), (5, 15.001, True)]
)
def test_a_flag_is_late_when_a_newer_value_stands_or_ten_minutes_have_passed(
    minute: int,
    now: float,
    late: bool,  # noqa: FBT001
) -> None:
    sets = [pressure(0, 184), reading(3, {SPO2: 98}), pressure(5, 150)]
    asked = next(x for x in sets if x.at_ms == minute * 60_000)
    assert is_late(asked, SYS, sets, round(now * 60_000), POLICY) is late


def test_a_newer_set_without_the_quantity_makes_nothing_late() -> None:
    sets = [pressure(0, 184), reading(3, {SPO2: 98})]
    assert not is_late(sets[0], SYS, sets, 240_000, POLICY)
    assert not is_late(sets[0], None, sets, 240_000, POLICY)


VALUES = st.fixed_dictionaries(
    {},
    optional={
        SYS: st.integers(60, 230),
        DIA: st.integers(40, 130),
        HR: st.integers(35, 150),
        PR: st.integers(35, 150),
        SPO2: st.integers(85, 100),
        RR: st.integers(5, 35),
        MOAA: st.integers(0, 5),
    },
)
SETS = st.lists(VALUES, max_size=14)


@st.composite
def sessions(draw: st.DrawFn) -> list[Observation]:
    gaps = st.integers(10, 400)
    at_s, seen = 0, list[Observation]()
    for key, values in enumerate(draw(SETS)):
        at_s += draw(gaps)
        match draw(st.integers(0, 7)):
            case 0:
                seen.append(AttemptFailed(key=key, at_ms=at_s * 1000, is_infusing=draw(st.booleans())))
            case 1:
                which = draw(st.sampled_from(Symptom))
                is_present = draw(st.booleans())
                seen.append(SymptomNoted(key=key, at_ms=at_s * 1000, symptom=which, is_present=is_present))
            case _:
                seen.append(replace(reading(at_s / 60, values), key=key))
    return seen


ANSWERS = st.lists(
    st.builds(Answer, condition=st.sampled_from(Condition), at_ms=st.integers(0, 4_000_000)), max_size=6
)
BASELINES = st.sampled_from([NO_BASELINE, {SYS: Fraction(125), DIA: Fraction(75), HR: Fraction(66)}])


@given(sessions(), ANSWERS, BASELINES, st.integers(0, 14))
def test_what_comes_later_never_changes_what_was_told(
    seen: list[Observation], answers: list[Answer], baseline: Mapping[Quantity, Fraction], cut: int
) -> None:
    so_far = seen[:cut]
    now_ms = so_far[-1].at_ms if so_far else 0
    early = [answer for answer in answers if answer.at_ms <= now_ms]
    before = judge(POLICY, baseline, so_far, early, now_ms)
    after = judge(POLICY, baseline, seen, answers, 5_000_000)
    assert after[: len(before)] == before


@given(sessions(), ANSWERS, BASELINES, st.randoms(use_true_random=False))
def test_the_same_readings_in_any_order_are_told_the_same_in_order_of_time(
    seen: list[Observation],
    answers: list[Answer],
    baseline: Mapping[Quantity, Fraction],
    shuffled: Random,
) -> None:
    told_once = judge(POLICY, baseline, seen, answers, 5_000_000)
    again = list(seen)
    shuffled.shuffle(again)
    assert judge(POLICY, baseline, again, answers, 5_000_000) == told_once
    assert [change.at_ms for change in told_once] == sorted(change.at_ms for change in told_once)


@given(sessions(), BASELINES)
def test_nothing_closes_that_does_not_stand_and_nothing_opens_twice(
    seen: list[Observation], baseline: Mapping[Quantity, Fraction]
) -> None:
    standing: dict[Condition, Level] = {}
    for change in judge(POLICY, baseline, seen, (), 5_000_000):
        before = standing.get(change.condition)
        if change.state.closes:
            assert standing.pop(change.condition) is change.level
        elif change.state in (FlagState.RAISED, FlagState.UNCONFIRMED):
            assert before is None or before.rank < change.level.rank
            standing[change.condition] = change.level
        else:
            assert before in (change.level, None)
            standing[change.condition] = change.level


def sustained(minute: float, quantity: Quantity, value: int) -> Sustained:
    at_ms = round(minute * 60_000)
    return Sustained(key=at_ms, at_ms=at_ms, values={quantity: Fraction(value)})


def test_a_live_value_that_stood_long_enough_needs_no_repeat() -> None:
    assert told(sustained(10, HR, 125)) == [(10, "notify", "confirmed", 125)]
    assert told(sustained(10, SPO2, 88)) == [(10, "act_now", "raised", 88)]


def test_a_live_value_at_a_level_that_asks_for_no_repeat_is_raised() -> None:
    once = replace(POLICY, limits=tuple(replace(each, needs_repeat=False) for each in POLICY.limits))
    (change,) = judge(once, NO_BASELINE, [sustained(10, HR, 125)], (), 0)
    assert (change.level, change.state) == (Level.NOTIFY, FlagState.RAISED)


def test_a_live_value_confirms_what_a_set_left_undecided_and_raises_what_stands_lower() -> None:
    changes = told(reading(10, {HR: 125}), sustained(11, HR, 123), sustained(12, HR, 145))
    assert changes == [
        (10, "notify", "unconfirmed", 125),
        (11, "notify", "confirmed", 123),
        (12, "act_now", "raised", 145),
    ]


def test_a_live_value_says_nothing_twice_and_lowers_nothing() -> None:
    changes = told(sustained(10, HR, 145), sustained(11, HR, 146), sustained(12, HR, 125))
    assert changes == [(10, "act_now", "raised", 145)]
    assert told(sustained(10, HR, 80)) == []


def test_a_live_value_clears_nothing_and_two_sets_do() -> None:
    changes = told(
        sustained(10, SPO2, 88), sustained(11, SPO2, 99), reading(12, {SPO2: 97}), reading(13, {SPO2: 97})
    )
    assert changes == [(10, "act_now", "raised", 88), (13, "act_now", "cleared", 97)]


def test_an_answered_live_flag_still_in_its_band_is_reminded_of() -> None:
    answer = Answer(condition=Condition.SPO2_LOW, at_ms=11 * 60_000)
    changes = told(sustained(10, SPO2, 88), answers=(answer,), until=30)
    assert changes == [(10, "act_now", "raised", 88), (21, "act_now", "reminded", 88)]
