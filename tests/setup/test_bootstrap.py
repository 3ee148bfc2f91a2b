from __future__ import annotations

import ast
import sys
from typing import TYPE_CHECKING

import pytest

import bootstrap
from bootstrap import CannotContinue, Need

if TYPE_CHECKING:
    from pathlib import Path

GL = Need("drawing", "library", "libGL.so.1", "libgl1")
EGL = Need("drawing", "library", "libEGL.so.1", "libegl1")
PYTHON = sys.executable


def test_an_old_python_can_read_the_program_that_refuses_it() -> None:
    source = (bootstrap.HERE / "bootstrap.py").read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 6))
    assert "from __future__" not in source


@pytest.mark.parametrize("version", [(3, 6), (3, 9), (3, 10)])
def test_an_unsupported_python_is_refused_with_both_versions(version: tuple[int, int]) -> None:
    with pytest.raises(CannotContinue, match=rf"3\.11 or newer, .* {version[0]}\.{version[1]}:") as refusal:
        bootstrap.refuse_old_python(version)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("version", [(3, 11), (3, 12), (4, 0)])
def test_a_supported_python_goes_on(version: tuple[int, int]) -> None:
    bootstrap.refuse_old_python(version)


def test_a_folder_that_cannot_be_written_is_refused_by_name(tmp_path: Path) -> None:
    gone = tmp_path / "gone"  # refuses root as well, whom no permission bit stops
    with pytest.raises(CannotContinue, match=r"cannot write to its own folder .*gone"):
        bootstrap.refuse_read_only(gone)
    bootstrap.refuse_read_only(tmp_path)


@pytest.mark.parametrize(
    ("arguments", "opens"),
    [
        ([], True),
        (["--demo"], True),
        (["--demo", "--database", "file"], True),
        (["--help"], False),
        (["--demo", "-h"], False),
        (["rehearse", "--scenario", "surge"], False),
        (["doctor"], False),
    ],
)
def test_only_opening_the_window_needs_a_screen(arguments: list[str], opens: bool) -> None:  # noqa: FBT001 - a column
    assert bootstrap.opens_window(arguments) is opens


@pytest.mark.parametrize("environment", [{}, {"DISPLAY": ""}, {"QT_QPA_PLATFORM": "xcb"}])
def test_no_screen_is_one_sentence(environment: dict[str, str]) -> None:
    with pytest.raises(CannotContinue, match="there is no screen here") as refusal:
        bootstrap.refuse_no_display(environment)
    assert "\n" not in str(refusal.value)


def test_a_screen_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":987")
    with pytest.raises(CannotContinue, match="DISPLAY=:987 does not answer"):
        bootstrap.refuse_no_display({"DISPLAY": ":987"})


@pytest.mark.parametrize("environment", [{"WAYLAND_DISPLAY": "wayland-0"}, {"QT_QPA_PLATFORM": "offscreen"}])
def test_wayland_or_a_platform_chosen_by_hand_goes_on(environment: dict[str, str]) -> None:
    bootstrap.refuse_no_display(environment)


def test_what_is_missing_is_one_line_that_names_every_package_once() -> None:
    line = bootstrap.missing_line([GL, EGL, GL], has_apt=True)
    assert line.endswith("sudo apt-get install -y --no-install-recommends libegl1 libgl1")
    assert "\n" not in line


def test_without_apt_the_line_names_what_to_look_for() -> None:
    line = bootstrap.missing_line([GL, EGL], has_apt=False)
    assert "libGL.so.1 (for drawing), libEGL.so.1 (for drawing)" in line
    assert "apt" not in line


@pytest.mark.parametrize(
    ("need", "there"),
    [
        (Need("", "module", "json", ""), True),
        (Need("", "module", "no_such_module", ""), False),
        (Need("", "library", "libc.so.6", ""), True),
        (Need("", "library", "libno-such.so.1", ""), False),
        (Need("", "command", "sh", ""), True),
        (Need("", "command", "no-such-command", ""), False),
    ],
)
def test_needs_are_looked_for_where_they_are(need: Need, there: bool) -> None:  # noqa: FBT001 - a column
    assert bootstrap.is_there(need) is there


def test_checking_needs_all_that_running_needs() -> None:
    assert set(bootstrap.NEEDS_TO_RUN) < set(bootstrap.NEEDS_TO_CHECK)


class Clinic:
    """A checkout with two locks, an environment, and a stand-in for the commands that fill it."""

    def __init__(self, folder: Path) -> None:
        self.environment = folder / ".venv"
        self.run_lock = folder / "requirements.lock"
        self.check_lock = folder / "requirements-dev.lock"
        self.run_lock.write_text("a==1\n")
        self.check_lock.write_text("a==1\nb==2\n")
        self.commands: list[str] = []
        self.fails_at = ""

    def call(self, command: list[str], complaint: str) -> None:
        kind = "venv" if "venv" in command else "pip"
        if kind == self.fails_at:
            raise CannotContinue(complaint)
        self.commands.append(kind)
        if kind == "venv":
            python = bootstrap.environment_python(self.environment)
            python.parent.mkdir(parents=True, exist_ok=True)
            python.touch()

    def ensure(self, lock: Path) -> list[str]:
        self.commands = []
        bootstrap.ensure_environment(self.environment, lock, self.run_lock, call=self.call)
        return self.commands


@pytest.fixture
def clinic(tmp_path: Path) -> Clinic:
    return Clinic(tmp_path)


def test_a_new_machine_gets_an_environment_once(clinic: Clinic) -> None:
    assert clinic.ensure(clinic.run_lock) == ["venv", "pip"]
    assert clinic.ensure(clinic.run_lock) == []


def test_checking_adds_the_tools_and_leaves_a_running_vigil_its_libraries(clinic: Clinic) -> None:
    clinic.ensure(clinic.run_lock)
    assert clinic.ensure(clinic.check_lock) == ["pip"]
    assert clinic.ensure(clinic.check_lock) == []
    assert clinic.ensure(clinic.run_lock) == []


def test_a_changed_lock_builds_the_environment_anew(clinic: Clinic) -> None:
    clinic.ensure(clinic.run_lock)
    clinic.run_lock.write_text("a==2\n")
    assert clinic.ensure(clinic.run_lock) == ["venv", "pip"]


@pytest.mark.parametrize("step", ["venv", "pip"])
def test_an_interrupted_rebuild_vouches_for_nothing(clinic: Clinic, step: str) -> None:
    clinic.ensure(clinic.run_lock)
    before = clinic.run_lock.read_text()
    clinic.run_lock.write_text("a==2\n")
    clinic.fails_at = step
    with pytest.raises(CannotContinue):
        clinic.ensure(clinic.run_lock)
    clinic.fails_at = ""
    clinic.run_lock.write_text(before)
    assert clinic.ensure(clinic.run_lock) == ["venv", "pip"]


@pytest.mark.parametrize("step", ["venv", "pip"])
def test_an_interrupted_set_up_is_repaired_by_the_next_run(clinic: Clinic, step: str) -> None:
    clinic.fails_at = step
    with pytest.raises(CannotContinue):
        clinic.ensure(clinic.run_lock)
    clinic.fails_at = ""
    assert clinic.ensure(clinic.run_lock) == ["venv", "pip"]


def test_interrupted_tools_leave_what_runs_and_are_added_next_time(clinic: Clinic) -> None:
    clinic.ensure(clinic.run_lock)
    clinic.fails_at = "pip"
    with pytest.raises(CannotContinue):
        clinic.ensure(clinic.check_lock)
    clinic.fails_at = ""
    assert clinic.ensure(clinic.run_lock) == []
    assert clinic.ensure(clinic.check_lock) == ["pip"]


def test_an_environment_whose_python_is_gone_is_built_anew(clinic: Clinic) -> None:
    clinic.ensure(clinic.run_lock)
    bootstrap.environment_python(clinic.environment).unlink()
    assert clinic.ensure(clinic.run_lock) == ["venv", "pip"]


def test_a_step_that_fails_is_a_sentence(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(CannotContinue, match=r"It broke, for the reason above; .* again\."):
        bootstrap.call([PYTHON, "-c", "raise SystemExit(3)"], "It broke")
    assert "Traceback" not in capfd.readouterr().err


def test_foreign_libraries_are_kept_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "elsewhere")
    monkeypatch.setenv("VIGIL_TEST", "kept")
    environment = bootstrap.own_environment()
    assert "PYTHONPATH" not in environment
    assert environment["VIGIL_TEST"] == "kept"


def test_the_command_line_says_its_two_commands(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        bootstrap.run_command(["--help"])
    assert stop.value.code == 0
    assert "run,check" in capsys.readouterr().out.replace(" ", "")
