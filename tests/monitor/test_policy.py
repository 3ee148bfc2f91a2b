"""A policy is read whole and exactly, or refused with its file, its line and a reason."""

import json
import re

import pytest

from monitor.errors import DamagedRecord
from monitor.policy import Condition, Level, Side
from monitor.policy_file import (
    PolicyRefused,
    default_policy,
    load_policy,
    policy_from_payload,
    policy_to_payload,
)
from monitor.vitals import Quantity

POLICY = default_policy()


@pytest.fixture(name="text", scope="module")
def _text() -> str:
    from importlib.resources import files

    return (files("monitor") / "policies" / "default.toml").read_text(encoding="utf-8")


def test_the_shipped_policy_is_named_and_versioned() -> None:
    assert (POLICY.name, POLICY.version, POLICY.title) == ("default", "1", "default 1")


def test_the_shipped_file_is_the_default(text: str) -> None:
    assert default_policy() == load_policy(text, "default.toml") == POLICY


def test_every_number_of_the_shipped_policy_tells_its_source(text: str) -> None:
    tables = re.split(r"^\[", text, flags=re.MULTILINE)[1:]
    single = [table for table in policy_to_payload(POLICY).values() if isinstance(table, dict)]
    assert len(tables) == len(POLICY.limits) + len(POLICY.ranges) + len(POLICY.live) + len(single)
    assert all(re.search(r'^source = ".+"$', table, re.MULTILINE) for table in tables)


def numbers(table: str) -> dict[str, int]:
    payload = policy_to_payload(POLICY)[table]
    return {key: value for key, value in payload.items() if key != "source"}


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("unlikely", (18, 100, 70, 220)),
        ("repeat", (120, 60, 900)),
        ("reminder", (600, 15)),
        ("late", (600,)),
        ("not_obtained", (120, 2)),
        ("baseline", (2, 60, 10)),
        ("start_gate", (140, 90, 65, 150, 90, 160, 100, 90, 45, 120, 92, 180, 110, 600)),
        ("schedule", (300, 600, 300, 2, 120, 300)),
        ("recovery", (300, 900, 1800, 20, 160, 100, 90)),
        ("monitor", (5, 300, 1000, 300)),
        ("entry", (120, 10, 10, 240, 1000)),
    ],
)
def test_the_shipped_numbers(table: str, expected: tuple[int, ...]) -> None:
    assert tuple(numbers(table).values()) == expected


def test_limits_are_found_by_condition_and_level_in_the_order_of_the_file() -> None:
    found = POLICY.limits_of(Condition.PRESSURE_LOW, Level.NOTIFY)
    assert [(limit.quantity, limit.side, limit.value, limit.needs_repeat) for limit in found] == [
        (Quantity.SYSTOLIC, Side.BELOW, 90, True),
        (Quantity.MAP, Side.BELOW, 60, True),
    ]
    assert POLICY.limits_of(Condition.SYMPTOM, Level.ACT_NOW) == ()
    assert POLICY.range_of(Quantity.SPO2).asked_change == 5


def test_every_notify_but_sedation_asks_for_a_repeat() -> None:
    for limit in POLICY.limits:
        wants = limit.level is Level.NOTIFY and limit.condition is not Condition.SEDATION_DEEP
        assert limit.needs_repeat is wants


@pytest.mark.parametrize(
    ("quantity", "three", "two"),
    [
        (Quantity.SYSTOLIC, "12", "456789"),
        (Quantity.DIASTOLIC, "1", "23456789"),
        (Quantity.PULSE_RATE, "12", "3456789"),
        (Quantity.SPO2, "1", "56789"),
        (Quantity.RESPIRATORY_RATE, "", ""),
    ],
)
def test_the_first_digit_fixes_the_length_of_what_is_typed(quantity: Quantity, three: str, two: str) -> None:
    lengths = {digit: POLICY.typed_digits(quantity, digit) for digit in "0123456789"}
    assert lengths == {digit: 3 if digit in three else 2 if digit in two else None for digit in "0123456789"}


def test_levels_are_ranked_from_one() -> None:
    assert [level.rank for level in Level] == [1, 2, 3]


def test_a_record_gives_back_the_policy_exactly() -> None:
    payload = policy_to_payload(POLICY)
    assert policy_from_payload(json.loads(json.dumps(payload))) == POLICY
    assert policy_to_payload(policy_from_payload(payload)) == payload
    assert "." not in re.sub(r'"[^"]*"', "", json.dumps(payload))


def test_a_damaged_policy_in_a_record_is_not_used() -> None:
    payload = policy_to_payload(POLICY)
    payload["repeat"]["window_s"] = "120"
    with pytest.raises(DamagedRecord, match=r"damaged at repeat\.window_s: window_s must be a whole number"):
        policy_from_payload(payload)


def line_of(text: str, what: str, nth: int = 1) -> int:
    """Line of the nth occurrence of `what`."""
    lines = [number for number, line in enumerate(text.splitlines(), 1) if line.startswith(what)]
    return lines[nth - 1]


def refuses(text: str, *, line: int, reason: str) -> None:
    """The file is refused in exactly these words."""
    with pytest.raises(PolicyRefused) as refused:
        load_policy(text, "clinic.toml")
    said = f"clinic.toml, line {line}: {reason}. Correct the policy file and try again."
    assert (str(refused.value), refused.value.line) == (said, line)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("value = 200", "value = 300"),
        ("value = 80", "value = 20"),
        ("sets = 2", "sets = 1"),
        ("in_a_row = 2", "in_a_row = 1"),
        ('three_digits_after = "1"\ntwo', 'three_digits_after = "01"\ntwo'),
    ],
)
def test_a_policy_at_the_very_ends_is_read(text: str, old: str, new: str) -> None:
    assert old in text
    policy = load_policy(text.replace(old, new, 1), "clinic.toml")
    assert policy_from_payload(policy_to_payload(policy)) == policy != POLICY


DIGITS = "first digits must be digits, each in one place"


@pytest.mark.parametrize(
    ("old", "new", "at", "reason"),
    [
        ('name = "default"', 'name = ""', ("name", 1), "name must not be empty"),
        ('name = "default"\n', "", ("version", 0), "name is missing"),
        ('version = "1"', "version = 1", ("version", 1), "version must be a text in quotes"),
        ("window_s = 120", "window_s = 120.0", ("window_s", 1), "window_s must be a whole number"),
        ("window_s = 120", "window_s = true", ("window_s", 1), "window_s must be a whole number"),
        ("window_s = 120", "window_s = -120", ("window_s", 1), "window_s must not be negative"),
        ("window_s = 120\n", "", ("[repeat]", 1), "window_s is missing"),
        ("lowest = 20\n", "lowest = -20\n", ("lowest", 1), "lowest must not be negative"),
        (
            'three_digits_after = "12"',
            "three_digits_after = 12",
            ("three_digits_after", 1),
            "three_digits_after must be a text in quotes",
        ),
        ("window_s = 120", "window_s = 120\nwidow_s = 1", ("widow_s", 1), "widow_s is not a key of a policy"),
        ("window_s = 120", "window_s = 60", ("window_s", 1), "window_s must be above min_gap_s"),
        (
            "needs_repeat = true",
            "needs_repeat = 1",
            ("needs_repeat", 1),
            "needs_repeat must be true or false",
        ),
        ("[late]\n", "[lately]\n", ("[lately]", 1), "lately is not a key of a policy"),
        ('level = "notify"', 'level = "Notify"', ("level", 3), "level must be one of watch, notify, act_now"),
        ('level = "notify"', "level = 2", ("level", 3), "level must be one of watch, notify, act_now"),
        ("value = 180", "value = 160", ("value", 3), "limits out of order, watch 160 and notify 160"),
        ("value = 200", "value = 179", ("value", 5), "limits out of order, notify 180 and act_now 179"),
        ("value = 80", "value = 90", ("value", 12), "limits out of order, notify 90 and act_now 90"),
        ("value = 180", "value = 301", ("value", 3), "value lies outside what can be charted, 20 to 300"),
        ('side = "rise"', 'side = "below"', ("side", 7), "below does not fit pressure_rise"),
        ('side = "at_or_above"', 'side = "rise"', ("side", 3), "all levels of a quantity need the same side"),
        (
            'level = "notify"',
            'level = "watch"',
            ("level", 3),
            "this condition, quantity and level has two limits",
        ),
        ('condition = "sedation_deep"', 'condition = "symptom"', ("condition", 32), "symptom takes no limit"),
        ('quantity = "spo2"\nlowest', 'quantity = "map"\nlowest', ("quantity", 6), "map has two ranges"),
        ("lowest = 20\n", "lowest = 300\n", ("highest", 1), "highest must be above lowest"),
        ("sets = 2", "sets = 0", ("sets", 1), "sets must be at least 1"),
        ("in_a_row = 2", "in_a_row = 0", ("in_a_row", 1), "in_a_row must be at least 1"),
        (
            'two_digits_after = "456789"',
            'two_digits_after = "1456789"',
            ("two_digits_after", 1),
            DIGITS,
        ),
        ('three_digits_after = "12"', 'three_digits_after = "1x"', ("two_digits_after", 1), DIGITS),
        (
            "hold_systolic_from_mmhg = 160",
            "hold_systolic_from_mmhg = 140",
            ("hold_systolic_from", 1),
            "hold_systolic_from_mmhg must be above aware_systolic_over_mmhg",
        ),
        (
            "hold_systolic_from_mmhg = 160",
            "hold_systolic_from_mmhg = 150",
            ("hold_systolic_from", 1),
            "hold_systolic_from_mmhg must be above older_aware_systolic_over_mmhg",
        ),
        (
            "hold_systolic_under_mmhg = 90",
            "hold_systolic_under_mmhg = 140",
            ("aware_systolic", 1),
            "aware_systolic_over_mmhg must be above hold_systolic_under_mmhg",
        ),
        (
            "overdue_large_after_s = 300",
            "overdue_large_after_s = 120",
            ("overdue_large", 1),
            "overdue_large_after_s must be above overdue_after_s",
        ),
        (
            "planned_to_minutes = 240",
            "planned_to_minutes = 10",
            ("planned_to", 1),
            "planned_to_minutes must be above planned_from_minutes",
        ),
        ("longest_interval_s = 1200\n", "", ("[summary]", 1), "longest_interval_s is missing"),
    ],
)
def test_a_malformed_policy_is_refused_with_file_line_and_reason(
    text: str, old: str, new: str, at: tuple[str, int], reason: str
) -> None:
    occurrence = 2 if at[0] == "side" and at[1] == 3 else 0
    assert old in text
    start = -1
    for _ in range(occurrence + 1):
        start = text.index(old, start + 1)
    broken = text[:start] + new + text[start + len(old) :]
    what, nth = at
    expected = 1 if nth == 0 else line_of(broken, what, nth)
    refuses(broken, line=expected, reason=reason)


@pytest.mark.parametrize("indent", ["", "  "])
@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("clear_margin = 5\n", "", "clear_margin is missing"),
        ('two_digits_after = "23456789"\n', "", DIGITS),
    ],
)
def test_a_key_that_is_not_there_is_told_at_its_own_table(
    text: str, indent: str, old: str, new: str, reason: str
) -> None:
    header = text.index('[[ranges]]\nquantity = "diastolic"')
    broken = text[:header] + text[header:].replace('three_digits_after = "1"', 'three_digits_after = "x"', 1)
    broken = broken[:header] + broken[header:].replace(old, new, 1)
    broken = broken.replace("[[ranges]]", f"{indent}[[ranges]]")
    refuses(broken, line=line_of(broken, f"{indent}[[ranges]]", 2), reason=reason)


def test_a_policy_that_lacks_a_quantity_or_a_condition_is_refused(text: str) -> None:
    without_moaa = re.sub(r'\[\[ranges\]\]\nquantity = "moaa_s"\n(.+\n)+', "", text)
    refuses(without_moaa, line=line_of(text, "[[ranges]]"), reason="the range of moaa_s is missing")
    without_sedation = re.sub(r'\[\[limits\]\]\ncondition = "sedation_deep"\n(.+\n)+', "", text)
    refuses(without_sedation, line=line_of(text, "[[limits]]"), reason="sedation_deep has no limit")


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("", 1, "name is missing"),
        ('name = "x"\nversion = \n', 2, "not readable as TOML: "),
        ('name = "x"\nversion = \nlate = 1\n', 2, "not readable as TOML: "),
        ('name = "x"\nname = "y"\n', 2, "not readable as TOML: "),
        ('name = "x"\n\nversion = "', 3, "not readable as TOML: "),
        ('version = "', 1, "not readable as TOML: "),
    ],
)
def test_a_file_that_is_no_policy_is_refused(text: str, line: int, reason: str) -> None:
    with pytest.raises(PolicyRefused) as refused:
        load_policy(text, "clinic.toml")
    assert refused.value.line == line
    assert str(refused.value).startswith(f"clinic.toml, line {line}: {reason}")


@pytest.mark.parametrize(
    ("table", "instead", "line", "reason"),
    [
        ("ranges", "ranges = 3", 2, "ranges must be a list of tables"),
        ("ranges", "ranges = [3]", 1, "0 must be a table"),
        ("late", "late = 3", 2, "late must be a table"),
    ],
)
def test_a_table_that_is_none_is_refused(text: str, table: str, instead: str, line: int, reason: str) -> None:
    without = re.sub(rf"\[+{table}\]+\n(.+\n)+", "", text)
    refuses(f"\n{instead}\n{without}", line=line, reason=reason)


@pytest.mark.parametrize(
    ("old", "new", "below", "reason"),
    [
        ("stands_s = 300", "stands_s = 0", 0, "stands_s must be at least 1"),
        (
            'level = "act_now"\nstands_s = 5\nbelow = 80',
            'level = "act_now"\nstands_s = 5\n',
            0,
            "this quantity and level has two times",
        ),
        (
            'quantity = "heart_rate"\nlevel = "notify"\nstands',
            'quantity = "map"\nlevel = "watch"\nstands',
            1,
            "map has no limit at watch",
        ),
    ],
)
def test_times_of_live_values_must_fit_the_limits(
    text: str, old: str, new: str, below: int, reason: str
) -> None:
    broken = text.replace(old, new, 1)
    refuses(broken, line=broken[: broken.index(new)].count("\n") + 1 + below, reason=reason)


def test_a_clinic_may_watch_any_quantity_that_has_a_limit(text: str) -> None:
    old = 'quantity = "spo2"\nlevel = "notify"\nstands_s'
    other = text.replace(old, 'quantity = "moaa_s"\nlevel = "act_now"\nstands_s', 1)
    assert Quantity.MOAA_S in {each.quantity for each in load_policy(other, "clinic.toml").live}


def test_a_continuous_value_may_be_told_after_one_second(text: str) -> None:
    soon = load_policy(text.replace("stands_s = 5\n", "stands_s = 1\n"), "clinic.toml")
    assert min(each.stands_s for each in soon.live) == 1


def test_a_policy_from_before_live_values_were_judged_still_reads() -> None:
    payload = policy_to_payload(POLICY)
    del payload["live"]
    assert policy_from_payload(payload).live == ()
