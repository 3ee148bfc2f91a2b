"""Set Vigil up on this machine, then open it or check it: the two commands of the README.

`python3 bootstrap.py run [--demo]` opens Vigil; `python3 bootstrap.py check` runs every check and test.
Both first see to the system's libraries and to an environment of Vigil's own in `.venv`, with exactly the
versions and hashes of the lock files. What cannot be put right is said in one sentence.

Standard library only, and no syntax newer than Python 3.6: an old Python must get as far as the sentence
that says it is too old. Tried on Debian 12; written to work on Windows and macOS too, untried there.
"""

import argparse
import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Callable, Dict, List, Mapping, NamedTuple, NoReturn, Tuple

HERE = Path(__file__).resolve().parent
OLDEST_PYTHON = (3, 11)
RUN_LOCK = "requirements.lock"
CHECK_LOCK = "requirements-dev.lock"  # all of RUN_LOCK, and the tools


class CannotContinue(Exception):
    """The machine is not ready; the text is one sentence that says what to do about it."""


class Need(NamedTuple):
    """One thing the system must bring, how it is looked for, and the Debian package that has it."""

    what_for: str
    kind: str  # "module" (of this Python), "library" (its soname) or "command"
    name: str
    package: str


# Qt names only the first library it misses, and some of them wrongly, so all of them are looked for here.
NEEDS_TO_RUN = (
    Need("an environment of its own", "module", "ensurepip", "python%d.%d-venv" % sys.version_info[:2]),
    Need("Qt itself", "library", "libglib-2.0.so.0", "libglib2.0-0"),
    Need("drawing", "library", "libGL.so.1", "libgl1"),
    Need("drawing", "library", "libEGL.so.1", "libegl1"),
    Need("fonts", "library", "libfontconfig.so.1", "libfontconfig1"),
    Need("the desktop's services", "library", "libdbus-1.so.3", "libdbus-1-3"),
    Need("the keyboard", "library", "libxkbcommon.so.0", "libxkbcommon0"),
    Need("the keyboard in a window", "library", "libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
    Need("the keyboard in a window", "library", "libxcb-xkb.so.1", "libxcb-xkb1"),
    Need("the keyboard in a window", "library", "libxcb-keysyms.so.1", "libxcb-keysyms1"),
    Need("a window", "library", "libxcb-cursor.so.0", "libxcb-cursor0"),
    Need("a window", "library", "libxcb-icccm.so.4", "libxcb-icccm4"),
    Need("a window", "library", "libxcb-shape.so.0", "libxcb-shape0"),
)
NEEDS_TO_CHECK = (
    *NEEDS_TO_RUN,
    Need("a screen for the tests", "command", "Xvfb", "xvfb"),
    Need("a screen for the tests", "command", "xauth", "xauth"),
    Need("keys for the tests", "command", "xdotool", "xdotool"),
    Need("the power cuts of the tests", "command", "strace", "strace"),
)

PIP_OPTIONS = (
    *("--require-hashes", "--no-deps"),  # exactly what the lock names
    *("--only-binary", ":all:"),  # nobody's build script runs, and no compiler is needed
    *("--quiet", "--no-input", "--disable-pip-version-check"),
)

FIRST_CHECKS = (
    ("ruff check", ["-m", "ruff", "check", "--quiet"]),
    ("ruff format", ["-m", "ruff", "format", "--check", "--quiet"]),
    ("mypy", ["-m", "mypy"]),
    ("import-linter", ["-c", "from importlinter.cli import lint_imports_command as run; run(['--no-logo'])"]),
    ("fuzz, a minute", ["bench/fuzz.py", "all", "--seconds", "60"]),
)

# The tests, in a process a core: more than four would make what waits for a window or a wire wait longer.
SIDE_BY_SIDE = (
    *("--numprocesses", "auto", "--maxprocesses", "4"),
    *("--dist", "loadfile", "--no-loadscope-reorder"),  # what a file made once serves all its tests
)


def refuse_old_python(version: Tuple[int, int]) -> None:
    """Refuse a Python that Vigil's libraries do not support."""
    if version < OLDEST_PYTHON:
        raise CannotContinue(
            f"Vigil needs Python {OLDEST_PYTHON[0]}.{OLDEST_PYTHON[1]} or newer, and this is Python "
            f"{version[0]}.{version[1]}: install a newer Python and run this command with it."
        )


def refuse_read_only(folder: Path) -> None:
    """Refuse a folder that nothing can be written to, by trying."""
    try:
        tempfile.TemporaryFile(dir=str(folder)).close()
    except OSError as error:
        raise CannotContinue(
            f"Vigil cannot write to its own folder {folder} ({error.strerror}): "
            "copy it to a folder of your own and run this command there."
        ) from error


def opens_window(arguments: List[str]) -> bool:
    """Whether `main.py` with these arguments opens a window, rather than running a named command."""
    return not arguments or (
        arguments[0].startswith("-") and not {"-h", "--help", "--version"} & set(arguments)
    )


def refuse_no_display(environment: Mapping[str, str]) -> None:
    """Refuse to open a window where no screen answers; Qt itself would abort without a word of use.

    A Qt platform chosen by hand (`offscreen`, `vnc`) is the chooser's own affair.
    """
    platform = environment.get("QT_QPA_PLATFORM", "xcb")
    if not sys.platform.startswith("linux") or not platform.startswith(("xcb", "wayland")):
        return
    if environment.get("WAYLAND_DISPLAY") or (environment.get("DISPLAY") and x_server_answers()):
        return
    display = environment.get("DISPLAY")
    found = f"the screen DISPLAY={display} does not answer" if display else "there is no screen here"
    raise CannotContinue(
        f"Vigil opens a window, and {found}: run this command from a desktop session, or under xvfb-run."
    )


def x_server_answers() -> bool:
    """Whether the X server named by DISPLAY lets us in; true where it cannot be asked yet."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True  # libxcb comes with the libraries that are seen to first
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    answers = bool(xcb.xcb_connection_has_error(connection) == 0)
    xcb.xcb_disconnect(connection)
    return answers


def is_there(need: Need) -> bool:
    """Whether the system already has what is needed."""
    if need.kind == "module":
        return importlib.util.find_spec(need.name) is not None
    if need.kind == "command":
        return shutil.which(need.name) is not None
    try:
        ctypes.CDLL(need.name)
    except OSError:
        return False
    return True


def install_command(missing: List[Need]) -> List[str]:
    """Give the one command that brings everything missing, on Debian and Ubuntu."""
    packages = sorted({need.package for need in missing})
    return ["apt-get", "install", "-y", "--no-install-recommends", *packages]


def missing_line(missing: List[Need], *, has_apt: bool) -> str:
    """Say in one line everything that is missing, as a command where the system's packages are known."""
    if has_apt:
        command = " ".join(["sudo", *install_command(missing)])
        return f"Vigil needs some system packages first; run: sudo apt-get update && {command}"
    names = ", ".join(f"{need.name} (for {need.what_for})" for need in missing)
    return f"Vigil needs some system packages first; install what brings: {names}"


def ensure_system(needs: Tuple[Need, ...]) -> None:
    """Install what the system lacks where we may, and otherwise say it in one line."""
    if not sys.platform.startswith("linux"):
        return
    missing = [need for need in needs if not is_there(need)]
    if not missing:
        return
    has_apt = shutil.which("apt-get") is not None
    if os.geteuid() != 0 or not has_apt:
        raise CannotContinue(missing_line(missing, has_apt=has_apt))
    command = install_command(missing)
    say("Installing system packages: " + " ".join(sorted({need.package for need in missing})))
    quiet = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    said = b""
    for step in (["apt-get", "update", "-qq"], command):
        done = subprocess.run(
            step,
            check=False,
            env=quiet,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        said += done.stdout
    if done.returncode != 0:
        say(said.decode(errors="replace"))
        raise CannotContinue(
            "The system packages could not be installed, for the reason above; "
            f"mend it and run this command again, or run: {' '.join(command)}"
        )
    importlib.invalidate_caches()


def environment_python(environment: Path) -> Path:
    """Where the environment's own Python stands, here or on Windows."""
    return environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def fingerprint(lock: Path) -> str:
    """Name exactly what a lock file installs, and for which Python."""
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    return "python{}.{} {} {}".format(*sys.version_info[:2], lock.name, digest)


def stamp_of(environment: Path) -> Path:
    """Where the environment says which locks were installed to their end."""
    return environment / "installed-locks"


def installed(environment: Path) -> List[str]:
    """Read which locks were installed to their end; none in an environment missing or half made."""
    stamp = stamp_of(environment)
    if not stamp.is_file() or not environment_python(environment).exists():
        return []
    return stamp.read_text().splitlines()


def call(command: List[str], complaint: str) -> None:
    """Run one step of the set-up, or complain in a sentence below the step's own words."""
    result = subprocess.call(command, env=own_environment(), stdin=subprocess.DEVNULL, stdout=sys.stderr)
    if result != 0:
        raise CannotContinue(f"{complaint}, for the reason above; mend it and run this command again.")


def ensure_environment(
    environment: Path, lock: Path, base_lock: Path, *, call: Callable[[List[str], str], None] = call
) -> None:
    """Bring the environment to the lock's exact versions; do nothing when it has them already.

    An environment that holds `base_lock` is added to, so that checking never disturbs a Vigil that is open.
    Any other, and one left half made, is built anew. The stamp is written last: an interruption leaves none.
    """
    done = installed(environment)
    if fingerprint(lock) in done:
        return
    refuse_read_only(environment.parent)
    say("Setting up Vigil's own environment in .venv (once; about a minute)")
    python = str(environment_python(environment))
    if fingerprint(base_lock) not in done:
        done = []
        if stamp_of(environment).exists():
            stamp_of(environment).unlink()  # before anything it vouches for goes
        call([sys.executable, "-m", "venv", "--clear", str(environment)], "The environment could not be made")
    call(
        [python, "-m", "pip", "install", *PIP_OPTIONS, "-r", str(lock)],
        "The libraries could not be installed (is the network there?)",
    )
    stamp_of(environment).write_text("\n".join([*done, fingerprint(lock)]) + "\n")


def own_environment() -> Dict[str, str]:
    """Give this process's environment variables without those that would bring in foreign libraries."""
    return {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}


def hand_over(command: List[str]) -> NoReturn:
    """Become the command: its exit code, signals and terminal are then its own."""
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name == "nt":  # Windows has no exec that keeps the console
        sys.exit(subprocess.call(command, env=own_environment()))
    os.execve(command[0], command, own_environment())


def check(python: str, pytest_arguments: List[str]) -> int:
    """Run every check, then the tests, whose closing line comes last when all is well; give the exit code."""
    os.chdir(str(HERE))
    failed = []
    for name, arguments in FIRST_CHECKS:
        say(f"== {name}")
        if subprocess.call([python, *arguments], env=own_environment(), stdin=subprocess.DEVNULL) != 0:
            failed.append(name)
    say("== pytest")
    tests = [python, "-m", "pytest", *SIDE_BY_SIDE, *pytest_arguments]
    if subprocess.call(tests, env=own_environment(), stdin=subprocess.DEVNULL) != 0:
        failed.append("pytest")
    if failed:
        say("Failed: " + ", ".join(failed))
    return 1 if failed else 0


def say(sentence: str) -> None:
    """Tell the person at the terminal, in order with what the called programs print."""
    sys.stdout.flush()
    print(sentence, file=sys.stderr, flush=True)


def run_command(arguments: List[str]) -> int:
    """Do what the command line asks, as far as this machine allows.

    Raises:
        CannotContinue: The machine is not ready; its text is the sentence for the user.
    """
    refuse_old_python(sys.version_info[:2])
    parser = argparse.ArgumentParser(description="Set Vigil up on this machine, then open it or check it.")
    parser.add_argument("command", choices=["run", "check"], help="open Vigil, or run every check and test")
    parser.add_argument(
        "arguments", nargs=argparse.REMAINDER, help="for main.py (run) or pytest (check), such as --demo"
    )
    options = parser.parse_args(arguments)
    environment = HERE / ".venv"
    run_lock, check_lock = HERE / RUN_LOCK, HERE / CHECK_LOCK
    python = str(environment_python(environment))

    if options.command == "check":
        refuse_read_only(HERE)
        ensure_system(NEEDS_TO_CHECK)
        ensure_environment(environment, check_lock, run_lock)
        return check(python, options.arguments)

    needs_screen = opens_window(options.arguments)
    if needs_screen:
        refuse_no_display(os.environ)  # before a download that would be for nothing
    ensure_system(NEEDS_TO_RUN)
    if needs_screen:
        refuse_no_display(os.environ)  # now that the library that asks the screen is surely there
    if fingerprint(check_lock) not in installed(environment):  # which holds all that running needs
        ensure_environment(environment, run_lock, run_lock)
    hand_over([python, str(HERE / "main.py"), *options.arguments])


def main() -> int:
    """Run the command line, and turn what stops it into one sentence and an exit code."""
    try:
        return run_command(sys.argv[1:])
    except CannotContinue as stop:
        say(str(stop))
        return 1
    except KeyboardInterrupt:
        say("Stopped; the same command, run again, takes up where this one was.")
        return 130


if __name__ == "__main__":
    sys.exit(main())
