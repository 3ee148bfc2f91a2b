"""`score` tells each change of a table's flags as JSON; a doubtful table is refused with line and column."""

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from monitor.policy_file import default_policy
from monitor.scoring import ReadingsRefused, run_score, score

POLICY = default_policy()
HEADER = "minute,systolic_mmhg,diastolic_mmhg,heart_rate_bpm,spo2_percent"
POLICY_FILE = Path(__file__).parents[2] / "monitor" / "policies" / "default.toml"


def scored(*rows: str, header: str = HEADER) -> list[dict[str, Any]]:
    return list(score(POLICY, "\n".join([header, *rows]) + "\n", "readings.csv"))


def brief(*rows: str) -> list[tuple[Any, ...]]:
    keys = ("minute", "quantity", "level", "state", "value", "limit")
    return [tuple(change[key] for key in keys) for change in scored(*rows)]


def test_a_change_has_all_its_parts_in_order() -> None:
    (change,) = scored("3,165,85,70,98")
    assert list(change.items()) == [
        ("minute", 3),
        ("condition", "pressure_high"),
        ("quantity", "systolic"),
        ("level", "watch"),
        ("state", "raised"),
        ("value", 165),
        ("limit", 160),
        ("policy", "default 1"),
    ]


def test_a_row_within_two_minutes_is_the_repeat_and_the_end_tells_nothing() -> None:
    unconfirmed = (0, "systolic", "notify", "unconfirmed", 184, 180)
    assert brief("0,184,85,,") == [unconfirmed]
    assert [change[:4] for change in brief("-5,184,85,,")] == [(-5, "systolic", "notify", "unconfirmed")]
    assert brief("0,184,85,,", "1,183,85,,") == [
        unconfirmed,
        (1, "systolic", "notify", "confirmed", 183, 180),
    ]
    assert brief("0,184,85,,", "2,150,85,,") == [
        unconfirmed,
        (2, "systolic", "notify", "not_confirmed", 150, 180),
    ]
    assert brief("0,184,85,,", "2,,,70,") == [unconfirmed]
    assert brief("0,184,85,,", "3,,,70,") == [
        unconfirmed,
        (2, "systolic", "notify", "not_repeated", 184, 180),
    ]


def test_the_baseline_is_the_exact_mean_of_the_last_two_values_before_the_start() -> None:
    assert brief("-20,200,80,,", "-3,120,80,,", "-2,121,81,,", "0,157,81,,")[-1] == (
        0,
        "systolic",
        "watch",
        "raised",
        157,
        156.65,
    )
    assert brief("-3,120,80,,", "-2,121,81,,", "0,156,81,,") == []


def test_each_quantity_has_its_own_last_two_values() -> None:
    rows = ("-5,120,80,52,", "-4,121,81,,", "-2,,,50,", "3,110,80,44,")
    assert brief(*rows) == [(3, "heart_rate", "notify", "unconfirmed", 44, 45)]
    rows = ("-5,120,80,49,", "-4,121,81,,", "-2,,,50,", "3,110,80,44,")
    assert brief(*rows) == [(-5, "heart_rate", "watch", "raised", 49, 50)]


def test_minute_zero_is_no_baseline_and_one_value_is_none_either() -> None:
    assert brief("-1,120,80,,", "0,120,80,,", "5,159,80,,") == []


def test_a_computed_mean_pressure_prints_as_a_number() -> None:
    assert brief("5,90,44,,") == [(5, "map", "notify", "unconfirmed", pytest.approx(178 / 3), 60)]


def test_empty_cells_columns_in_another_order_and_spaces_are_read() -> None:
    header = "spo2_percent, minute ,heart_rate_bpm,diastolic_mmhg,systolic_mmhg"
    changes = scored(" 94 ,-1,,,", ",,,,".replace(",,,,", ",4,,,"), header=header)
    assert [(change["minute"], change["quantity"]) for change in changes] == [(-1, "spo2")]


@pytest.mark.parametrize(
    "text",
    [
        HEADER + "\r\n0,165,85,,\r\n",
        "\ufeff" + HEADER + "\n0,165,85,,\n",
        HEADER + "\n\n0,165,85,,\n\n",
        HEADER + "\n0,165,85,,",
        '"minute",systolic_mmhg,diastolic_mmhg,heart_rate_bpm,spo2_percent\n"0","165",85,,\n',
    ],
)
def test_line_ends_a_mark_blank_lines_and_quotes_do_not_matter(text: str) -> None:
    assert len(list(score(POLICY, text, "readings.csv"))) == 1


def test_a_table_without_rows_tells_nothing() -> None:
    assert scored() == []


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("", 1, "minute"),
        ("minute,systolic_mmhg,diastolic_mmhg,heart_rate_bpm\n", 1, "spo2_percent"),
        (HEADER.replace(",", ";") + "\n", 1, "minute"),
        (HEADER + ",minute\n", 1, "minute"),
        (HEADER + ",temperature\n", 1, "temperature"),
        (HEADER + ",\n", 1, "without a name"),
        (HEADER + "\n0,165,85,\n", 2, "spo2_percent"),
        (HEADER + "\n0,165,85,70,98,1\n", 2, "spo2_percent"),
        (HEADER + "\n0\n", 2, "systolic_mmhg"),
        (HEADER + "\n,165,85,70,98\n", 2, "minute"),
        (HEADER + "\n0,165,85,70,98\n0,165,85,70,98\n", 3, "minute"),
        (HEADER + "\n0,165,85,70,98\n-1,165,85,70,98\n", 3, "minute"),
        (HEADER + "\n0.5,165,85,70,98\n", 2, "minute"),
        (HEADER + "\n0,abc,85,70,98\n", 2, "systolic_mmhg"),
        (HEADER + "\n0,165,8 5,70,98\n", 2, "diastolic_mmhg"),
        (HEADER + "\n0,165,85,+70,98\n", 2, "heart_rate_bpm"),
        (HEADER + "\n0,165,85,70,９８\n", 2, "spo2_percent"),  # noqa: RUF001 - full-width digits
        (HEADER + "\n0,9999999,85,70,98\n", 2, "systolic_mmhg"),
        (HEADER + "\n0,301,85,70,98\n", 2, "systolic_mmhg"),
        (HEADER + "\n0,165,9,70,98\n", 2, "diastolic_mmhg"),
        (HEADER + "\n0,165,85,-70,98\n", 2, "heart_rate_bpm"),
        (HEADER + "\n0,165,85,70,0\n", 2, "spo2_percent"),
        (HEADER + "\n0,82,128,70,98\n", 2, "systolic_mmhg"),
        (HEADER + '\n0,"165"x,85,70,98\n', 2, "minute"),
        (HEADER + "\n\n0,165,85,70,101\n", 3, "spo2_percent"),
    ],
)
def test_a_doubtful_table_is_refused_with_line_and_column(text: str, line: int, column: str) -> None:
    with pytest.raises(ReadingsRefused, match=rf"^readings\.csv, line {line}, column {column}: ") as refused:
        list(score(POLICY, text, "readings.csv"))
    assert (refused.value.line, refused.value.column) == (line, column)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("0,301,85,70,98", "301 lies above 300"),
        ("0,165,9,70,98", "9 lies below 10"),
        ("0,82,128,70,98", "82 does not lie above the diastolic 128"),
        ("0,abc,85,70,98", "'abc' is not a whole number"),
        ("0,abcdefghijklmnopqrstuvwxyz,85,70,98", "'abcdefghijklmnopqrst' is not a whole number"),
        ("0,165,85,70", "4 values stand in 5 columns"),
    ],
)
def test_a_refusal_says_why(row: str, why: str) -> None:
    with pytest.raises(ReadingsRefused, match=why):
        scored(row)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "the column is missing; a comma stands between columns"),
        (HEADER + ",minute\n", "the column is there twice; a comma"),
        (HEADER + ",temperature\n", "the column is not one that is scored"),
        (HEADER + "\n,165,85,70,98\n", "the minute is missing"),
        (HEADER + "\n4,165,85,,\n3,165,85,,\n", "minute 3 does not lie after minute 4"),
        (HEADER + '\n0,"165"x,85,70,98\n', "not readable as CSV: "),
    ],
)
def test_a_refused_table_says_what_is_wrong_with_it(text: str, why: str) -> None:
    with pytest.raises(ReadingsRefused, match=rf": {why}"):
        list(score(POLICY, text, "readings.csv"))


def run(policy: Path, readings: Path) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    status = run_score(policy, readings, out, err)
    return status, out.getvalue(), err.getvalue()


def test_the_command_prints_one_object_a_line(tmp_path: Path) -> None:
    readings = tmp_path / "readings.csv"
    readings.write_bytes(b"\xef\xbb\xbf" + f"{HEADER}\n0,184,85,,\n2,183,85,,\n".encode())
    status, out, err = run(POLICY_FILE, readings)
    assert (status, err) == (0, "")
    assert [json.loads(line)["state"] for line in out.splitlines()] == ["unconfirmed", "confirmed"]
    assert '"minute": 2, ' in out
    assert '"value": 183, "limit": 180, ' in out


def test_the_command_refuses_with_one_sentence_and_status_two(tmp_path: Path) -> None:
    good, bad, binary = (tmp_path / name for name in ("good.csv", "bad.csv", "binary.csv"))
    good.write_text(HEADER + "\n", encoding="utf-8")
    bad.write_text(HEADER + "\n0,165,85,,\n0,165,85,,\n", encoding="utf-8")
    binary.write_bytes(b"\xff\xfe\x00")
    policy = tmp_path / "policy.toml"
    policy.write_text('name = "x"\n', encoding="utf-8")
    for status, out, err in (
        run(POLICY_FILE, bad),
        run(POLICY_FILE, tmp_path / "none.csv"),
        run(POLICY_FILE, tmp_path),
        run(POLICY_FILE, binary),
        run(policy, good),
    ):
        assert (status, out) == (2, "")
        assert err.count("\n") == 1
    assert "bad.csv, line 3, column minute" in run(POLICY_FILE, bad)[2]
    assert "policy.toml, line 1" in run(policy, good)[2]
    assert "none.csv cannot be read: No such file" in run(POLICY_FILE, tmp_path / "none.csv")[2]
    assert "not UTF-8" in run(POLICY_FILE, binary)[2]


def test_scoring_loads_no_screen() -> None:
    loaded = "import sys, monitor.scoring; print([name for name in sys.modules if 'PySide' in name])"
    found = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_a_session_worked_out_by_hand() -> None:
    """Baseline 120/78: a rise counts from 156 (30%) or 101.4; 179/112 confirms; two clear sets close."""
    changes = scored(
        "-6,118,76,70,98",
        "-3,122,80,74,98",
        "5,156,90,80,97",
        "10,181,111,84,97",
        "12,179,112,84,",
        "20,174,104,122,97",
        "30,150,95,100,97",
        "40,145,88,90,91",
    )
    told = [
        (each["minute"], each["condition"], each["quantity"], each["state"], each["value"], each["limit"])
        for each in changes
    ]
    assert told == [
        (5, "pressure_rise", "systolic", "raised", 156, 156),
        (10, "pressure_high", "systolic", "unconfirmed", 181, 180),
        (12, "pressure_high", "diastolic", "confirmed", 112, 110),
        (20, "heart_rate_high", "heart_rate", "unconfirmed", 122, 121),
        (22, "heart_rate_high", "heart_rate", "not_repeated", 122, 121),
        (30, "pressure_high", "diastolic", "cleared", 95, 110),
        (30, "heart_rate_high", "heart_rate", "not_confirmed", 100, 121),
        (40, "pressure_rise", "systolic", "cleared", 145, 156),
        (40, "spo2_low", "spo2", "unconfirmed", 91, 92),
    ]
