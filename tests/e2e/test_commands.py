"""Every command as it is typed: what it prints, how it ends, and one sentence when it cannot."""

from __future__ import annotations

import json
import signal
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from devices.address import parse_address
from devices.protocols import dinamap
from devices.transport.serial_port import LineSettings, SerialTransport
from devices.transport.tcp import TcpTransport
from tests.e2e.program import (
    HEADER,
    PATIENCE_S,
    POLICY,
    Ran,
    command,
    environment,
    simulator,
    vigil,
    without_vigil,
)

COMMANDS = ("run", "simulate", "decode", "rehearse", "score", "entries", "verify", "doctor")
SCENARIOS = ("normal", "surge", "severe", "cuff-failure", "cable-pull", "silence", "garbage")
KEYS = ("readings", "flags", "peak_systolic_mmhg", "peak_minute", "final_hash", "wall_s")


@pytest.fixture(scope="module")
def rehearsed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Ran]]:
    """One database to which every scenario was added, and what each printed."""
    path = tmp_path_factory.mktemp("rehearsed") / "clinic.db"
    ran = {
        name: vigil("rehearse", "--scenario", name, "--seed", "7", "--database", path) for name in SCENARIOS
    }
    return path, ran


def sessions(path: Path) -> dict[str, str]:
    """Head hash by session, as `verify` tells them."""
    return {row["session"]: row["head"] for row in vigil("verify", "--database", path).rows()}


# --- help


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_explains_itself(name: str) -> None:
    ran = vigil(name, "--help")
    assert (ran.code, ran.err) == (0, "")
    assert f"main.py {name}" in ran.out


def test_the_program_lists_its_commands() -> None:
    ran = vigil("--help")
    assert ran.code == 0
    assert all(f"\n    {name} " in ran.out for name in COMMANDS)


# --- rehearse


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_scenario_rehearses(rehearsed: tuple[Path, dict[str, Ran]], name: str) -> None:
    ran = rehearsed[1][name]
    assert (ran.code, ran.err) == (0, "")
    (summary,) = ran.rows()
    assert tuple(summary) == KEYS
    assert summary["readings"] > 10
    assert len(summary["final_hash"]) == 64
    assert all(count > 0 for states in summary["flags"].values() for count in states.values())


def test_the_surge_is_confirmed_and_the_severe_one_is_act_now(
    rehearsed: tuple[Path, dict[str, Ran]],
) -> None:
    flags = {name: ran.rows()[0]["flags"] for name, ran in rehearsed[1].items()}
    assert flags["surge"]["notify"]["confirmed"] == 1
    assert flags["severe"]["act_now"]["raised"] == 1
    assert flags["normal"] == {}


def test_every_rehearsal_added_one_session_whose_head_it_printed(
    rehearsed: tuple[Path, dict[str, Ran]],
) -> None:
    path, ran = rehearsed
    printed = {each.rows()[0]["final_hash"] for each in ran.values()}
    assert set(sessions(path).values()) == printed
    assert len(printed) == len(SCENARIOS)


def test_another_process_with_the_same_seed_comes_to_the_same_hash(
    rehearsed: tuple[Path, dict[str, Ran]],
) -> None:
    again = vigil("rehearse", "--scenario", "surge", "--seed", "7", PYTHONHASHSEED="12345", TZ="Asia/Tokyo")
    assert again.rows()[0]["final_hash"] == rehearsed[1]["surge"].rows()[0]["final_hash"]
    other = vigil("rehearse", "--scenario", "surge", "--seed", "8")
    assert other.rows()[0]["final_hash"] != again.rows()[0]["final_hash"]


def test_a_followed_entry_is_in_the_database_whatever_happens_next(tmp_path: Path) -> None:
    path = tmp_path / "followed.db"
    arguments = ("rehearse", "--scenario", "surge", "--seed", "7", "--follow", "--database", path)
    with subprocess.Popen(command(*arguments), stdout=subprocess.PIPE, text=True, env=environment()) as child:
        assert child.stdout is not None
        lines = [child.stdout.readline() for _ in range(9)]
        child.kill()
        lines += child.stdout.readlines()
    assert child.returncode == -signal.SIGKILL
    told = Ran(code=0, out="".join(line for line in lines if line.endswith("\n")), err="").rows()
    assert [tuple(row) for row in told] == [("session", "sequence", "kind", "hash")] * len(told)
    assert [row["sequence"] for row in told] == list(range(1, len(told) + 1))
    # The journal of an interrupted commit may stand beside the file; only a writer may roll it back.
    with sqlite3.connect(path) as stored:
        hashes = stored.execute("SELECT sequence, hash FROM entry ORDER BY sequence").fetchall()
    stored.close()
    assert hashes[: len(told)] == [(row["sequence"], row["hash"]) for row in told]


def test_following_ends_with_the_summary(tmp_path: Path) -> None:
    path = tmp_path / "followed.db"
    ran = vigil("rehearse", "--scenario", "normal", "--seed", "7", "--follow", "--database", path)
    *told, summary = ran.rows()
    assert ran.code == 0
    assert told[-1]["hash"] == summary["final_hash"]
    assert {told[-1]["session"]: told[-1]["hash"]} == sessions(path)


def test_the_report_of_a_rehearsal_is_a_pdf_that_prints_its_head(tmp_path: Path) -> None:
    from pypdf import PdfReader

    paper = tmp_path / "surge.pdf"
    ran = vigil("rehearse", "--scenario", "surge", "--seed", "7", "--report", paper)
    assert (ran.code, ran.err) == (0, "")
    text = "".join(page.extract_text() for page in PdfReader(paper).pages)
    assert ran.rows()[0]["final_hash"] in "".join(text.split()).lower()


def test_without_a_scenario_all_are_played_a_line_each_and_nothing_is_left_behind(tmp_path: Path) -> None:
    arguments = command("rehearse", "--protocol", "hl7")
    with subprocess.Popen(
        arguments,
        stdout=subprocess.PIPE,
        text=True,
        env=environment(TMPDIR=str(tmp_path)),
    ) as child:
        assert child.stdout is not None
        first = child.stdout.readline()
        child.send_signal(signal.SIGINT)
        child.stdout.read()
    assert first.split() == ["artefact", "hl7", "passed"]
    assert child.returncode == 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"Dear diary", b"", b"SQLite format 3\0 and nothing more"])
def test_a_foreign_file_is_refused_untouched(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "diary.txt"
    path.write_bytes(content)
    sentence = vigil("rehearse", "--scenario", "normal", "--seed", "7", "--database", path).refusal()
    assert str(path) in sentence
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


def test_another_programs_database_is_refused_untouched(tmp_path: Path) -> None:
    path = tmp_path / "recipes.db"
    with sqlite3.connect(path) as recipes:
        recipes.execute("CREATE TABLE recipe (name TEXT)")
    recipes.close()
    before = path.read_bytes()
    vigil("rehearse", "--scenario", "normal", "--seed", "7", "--database", path).refusal()
    assert path.read_bytes() == before


# --- simulate


@pytest.mark.parametrize("serve", ["tcp:0", "pty"])
def test_a_simulated_monitor_says_where_it_listens_and_ends_when_told(serve: str) -> None:
    with simulator(serve) as (child, address):
        place = parse_address(address)
        assert place.is_simulated
        wire: TcpTransport | SerialTransport
        if serve == "pty":
            wire = SerialTransport(path=place.path, line=LineSettings(baud_rate=9600), is_pty=True)
        else:
            wire = TcpTransport(host=place.path, port=place.tcp_port, may_be_this_computer=True)
        wire.open()
        wire.write(dinamap.frame(dinamap.READ_SPO2))
        assert wire.read(100, PATIENCE_S).startswith(b" OA1")
        wire.close()
        child.send_signal(signal.SIGINT)
        assert child.wait(PATIENCE_S) == 0
        assert child.stderr is not None
        assert child.stderr.read() == ""


def test_a_port_in_use_is_one_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        sentence = vigil("simulate", "--scenario", "surge", "--serve", f"tcp:{port}").refusal()
    assert f"Port {port} is in use" in sentence


# --- decode

STREAM = b"".join(
    [
        dinamap.frame(dinamap.READ_CUFF),
        dinamap.cuff_frame(status=0, age_s=None, pressures_mmhg=(0, 0, 0)),
        dinamap.cuff_frame(status=1, age_s=3, pressures_mmhg=(131, 82, 98)),
        dinamap.cuff_frame(status=3, age_s=30, pressures_mmhg=(131, 82, 98)),
        dinamap.rate_frame(source=2, bpm=72),
        dinamap.spo2_frame(percent=97),
        dinamap.temperature_frame(tenths_f=986, age_s=4),
        b"\xffnoise\r",
    ]
)
DECODED: list[dict[str, object]] = [
    {"kind": "request"},
    {"kind": "nibp_busy"},
    {
        "kind": "nibp",
        "systolic_mmhg": 131,
        "diastolic_mmhg": 82,
        "map_mmhg": 98,
        "quality": "good",
        "age_s": 3,
    },
    {"kind": "nibp_failed"},
    {"kind": "rate", "pulse_rate_bpm": 72, "quality": "good"},
    {"kind": "spo2", "spo2_percent": 97, "quality": "good"},
    {"kind": "temperature", "temperature_celsius": 37.0, "quality": "good", "age_s": 4},
    {"kind": "rejected", "raw": b"\xffnoise\r".hex()},
]


def test_a_recorded_wire_decodes_to_every_kind(tmp_path: Path) -> None:
    file = tmp_path / "wire.bin"
    file.write_bytes(STREAM)
    from_file = vigil("decode", "--protocol", "dinamap", file)
    from_input = vigil("decode", "--protocol", "dinamap", "-", given=STREAM)
    assert (from_file.code, from_file.err) == (0, "")
    assert from_input == from_file
    rows = from_file.rows()
    assert [row["kind"] for row in rows] == [expected["kind"] for expected in DECODED]
    for row, expected in zip(rows, DECODED, strict=True):
        assert row.items() >= expected.items()
    assert not any(key.endswith("_mmhg") for row in rows for key in row if row["kind"] != "nibp")
    assert rows[-1]["reason"]


def test_no_bytes_decode_to_nothing() -> None:
    assert vigil("decode", "--protocol", "dinamap", "-") == Ran(code=0, out="", err="")


# --- score


def test_a_table_is_scored(tmp_path: Path) -> None:
    table = tmp_path / "readings.csv"
    table.write_text(f"{HEADER}\n-3,120,80,70,98\n-2,122,80,70,98\n15,184,85,,\n17,183,85,,\n")
    ran = vigil("score", "--policy", POLICY, "--readings", table)
    assert (ran.code, ran.err) == (0, "")
    keys = ["minute", "condition", "quantity", "level", "state", "value", "limit", "policy"]
    assert all(list(row) == keys for row in ran.rows())
    states = [(row["minute"], row["level"], row["state"]) for row in ran.rows()]
    assert states[0] == (15, "notify", "unconfirmed")
    assert (17, "notify", "confirmed") in states


@pytest.mark.parametrize(
    ("table", "where"),
    [
        ("minute,systolic_mmhg,diastolic_mmhg,heart_rate_bpm\n", "line 1, column spo2_percent"),
        (f"{HEADER}\n0,abc,85,70,98\n", "line 2, column systolic_mmhg"),
        (f"{HEADER}\n1,120,85,70,98\n1,120,85,70,98\n", "line 3, column minute"),
    ],
)
def test_a_table_that_cannot_be_scored_is_named_by_line_and_column(
    tmp_path: Path, table: str, where: str
) -> None:
    file = tmp_path / "readings.csv"
    file.write_text(table)
    assert f"readings.csv, {where}: " in vigil("score", "--policy", POLICY, "--readings", file).refusal()


def test_a_policy_with_limits_out_of_order_is_named_by_its_line(tmp_path: Path) -> None:
    text = POLICY.read_text(encoding="utf-8")
    spoiled = tmp_path / "clinic.toml"
    at = text.index('level = "act_now"', text.index('condition = "pressure_high"'))
    value = text.index("value = ", at)
    end = text.index("\n", value)
    spoiled.write_text(text[:value] + "value = 170" + text[end:], encoding="utf-8")
    table = tmp_path / "readings.csv"
    table.write_text(HEADER + "\n")
    line = text[:value].count("\n") + 1
    sentence = vigil("score", "--policy", spoiled, "--readings", table).refusal()
    assert f"clinic.toml, line {line}: limits out of order" in sentence


# --- entries, verify, and a check without Vigil


def test_a_dump_is_checked_without_vigil(rehearsed: tuple[Path, dict[str, Ran]], tmp_path: Path) -> None:
    path, _ = rehearsed
    found = {row["session"]: row for row in vigil("verify", "--database", path).rows()}
    for session in list(found)[:3]:
        dump = vigil("entries", session, "--database", path)
        assert (dump.code, dump.err) == (0, "")
        checked = without_vigil(dump, tmp_path, f"{session}={found[session]['head']}")
        assert (checked.code, checked.err) == (0, "")
        assert checked.rows() == [found[session]]


def test_verify_holds_the_head_of_a_report_against_the_record(
    rehearsed: tuple[Path, dict[str, Ran]],
) -> None:
    path, _ = rehearsed
    session, head = next(iter(sessions(path).items()))
    assert vigil("verify", "--database", path, "--head", f"{session}={head}").code == 0
    other = vigil("verify", "--database", path, "--head", f"{session}={'0' * 64}")
    assert other.code == 1
    assert [row["session"] for row in other.rows() if not row["ok"]] == [session]
    unknown = vigil("verify", "--database", path, "--head", f"nobody={head}")
    assert unknown.code == 1
    assert [row["session"] for row in unknown.rows() if not row["ok"]] == ["nobody"]


def test_the_doctor_describes_the_installation(rehearsed: tuple[Path, dict[str, Ran]]) -> None:
    path, _ = rehearsed
    ran = vigil("doctor", "--database", path)
    assert (ran.code, ran.err) == (0, "")
    told = json.loads(ran.out)
    assert told["versions"]["PySide6-Essentials"]
    database = told["database"]
    assert database["path"] == str(path)
    assert database["encryption"] == "not encrypted"
    assert (database["pragmas"]["journal_mode"], database["pragmas"]["synchronous"]) == ("delete", 3)
    assert database["missing_triggers"] == []
    assert database["counts"]["session"] == len(SCENARIOS)


# --- bad input, and what a command may load


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("simulate", "--protocol", "tarot", "--scenario", "surge", "--serve", "pty"), '"tarot"'),
        (("simulate", "--scenario", "tarot", "--serve", "pty"), '"tarot"'),
        (("simulate", "--scenario", "surge", "--serve", "carrier-pigeon"), '"carrier-pigeon"'),
        (("simulate", "--scenario", "surge", "--serve", "tcp:99999"), "65535"),
        (("simulate", "--scenario", "surge", "--serve", "pty", "--speed", "0"), "--speed 0"),
        (("decode", "--protocol", "tarot", "-"), '"tarot"'),
        (("decode", "--protocol", "dinamap", "no-such-file"), '"no-such-file"'),
        (("rehearse", "--scenario", "tarot", "--seed", "7"), '"tarot"'),
        (("rehearse", "--scenario", "./tarot.toml", "--seed", "7"), '"tarot.toml"'),
        (("rehearse", "--scenario", "normal", "--seed", "7", "--protocol", "tarot"), '"tarot"'),
        (("rehearse", "--protocol", "nonin"), "nonin tells no blood pressure"),
        (("rehearse", "--database", "clinic.db"), "are about one session"),
        (("rehearse", "--report", "all.pdf"), "are about one session"),
        (("rehearse", "--scenario", "normal", "--protocol", "all", "--follow"), "are about one session"),
        (("score", "--policy", "no-such-file", "--readings", "no-such-file"), "no-such-file"),
        (("entries", "nobody", "--database", "no-such-file"), "no-such-file"),
        (("verify", "--head", "nobody", "--database", "no-such-file"), "--head takes SESSION=HASH"),
        (("run", "--speed", "0"), "--speed is a whole number"),
    ],
)
def test_bad_input_is_refused_in_one_sentence(arguments: tuple[str, ...], says: str) -> None:
    assert says in vigil(*arguments).refusal()


@pytest.mark.parametrize("name", ["verify", "doctor"])
def test_a_missing_database_is_a_finding(name: str, tmp_path: Path) -> None:
    ran = vigil(name, "--database", tmp_path / "none.db")
    assert (ran.code, ran.err) == (1, "")
    assert "There is no database" in ran.out
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_session_is_one_sentence(rehearsed: tuple[Path, dict[str, Ran]]) -> None:
    assert "nobody" in vigil("entries", "nobody", "--database", rehearsed[0]).refusal()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("tarot",), "invalid choice: 'tarot'"),
        (("rehearse", "--scenario", "normal", "--seed", "seven"), "--seed"),
        (("simulate", "--scenario", "surge", "--serve", "pty", "--speed", "fast"), "--speed"),
        (("entries",), "SESSION"),
    ],
)
def test_a_mistyped_command_line_is_answered_with_its_usage(arguments: tuple[str, ...], says: str) -> None:
    ran = vigil(*arguments)
    assert ran.code == 2
    assert ran.err.startswith("usage: ")
    assert says in ran.err.splitlines()[-1]


def test_without_a_display_the_window_is_refused_in_one_sentence(tmp_path: Path) -> None:
    assert "no display" in vigil("run", "--database", tmp_path / "clinic.db").refusal()
    assert list(tmp_path.iterdir()) == []


def test_score_decode_entries_and_verify_never_load_qt(
    rehearsed: tuple[Path, dict[str, Ran]], tmp_path: Path
) -> None:
    path, _ = rehearsed
    table = tmp_path / "readings.csv"
    table.write_text(f"{HEADER}\n15,184,85,,\n")
    for arguments in (
        ("score", "--policy", POLICY, "--readings", table),
        ("decode", "--protocol", "dinamap", "-"),
        ("entries", next(iter(sessions(path))), "--database", path),
        ("verify", "--database", path),
    ):
        done = subprocess.run(
            [sys.executable, "-X", "importtime", *command(*arguments)[1:]],
            input=STREAM,
            capture_output=True,
            check=False,
            env=environment(),
        )
        loaded = {line.rpartition(b"|")[2].strip().decode() for line in done.stderr.splitlines()}
        assert done.returncode == 0
        assert "monitor.errors" in loaded
        assert not {name for name in loaded if name.split(".")[0] in {"PySide6", "shiboken6", "pyqtgraph"}}
