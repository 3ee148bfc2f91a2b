"""Child processes as a user's would be: a screen of their own, keys, and what they cost.

They run from the project's folder, with bytecode that an earlier start left.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
BYTECODE = Path(tempfile.gettempdir()) / "vigil-bench-bytecode"
POLL_S = 0.05


def environment(**extra: str) -> dict[str, str]:
    """Our environment, in which the second start of a program finds the bytecode of the first."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPYCACHEPREFIX": str(BYTECODE), "PYTHONPATH": str(ROOT)} | extra


def vigil(*arguments: str | Path) -> list[str]:
    """Return the command line of `main.py` with these arguments."""
    return [sys.executable, str(ROOT / "main.py"), *map(str, arguments)]


@contextmanager
def screen(*, size: str = "1440x900x24") -> Iterator[str]:
    """Run an Xvfb of our own on a free display; gives its DISPLAY."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", size, "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=(writing,), stderr=subprocess.DEVNULL) as server:
        os.close(writing)
        with os.fdopen(reading) as told:
            number = told.readline().strip()
        try:
            yield f":{number}"
        finally:
            server.terminate()


def keyboard(display: str, *arguments: str) -> str:
    """Press keys or ask for windows with xdotool; returns what it prints."""
    done = subprocess.run(
        ["xdotool", *arguments], env=environment(DISPLAY=display), capture_output=True, text=True, check=False
    )
    return done.stdout


def window_of(display: str, *, within_s: float = 60.0) -> str:
    """Wait for Vigil's window to be seen, and give it the keyboard; returns its id."""
    found: list[str] = []

    def is_there() -> bool:
        found[:] = keyboard(display, "search", "--onlyvisible", "--name", "^Vigil").split()
        return bool(found)

    wait_until(is_there, within_s=within_s, why="no window came")
    keyboard(display, "windowfocus", "--sync", found[-1])
    return found[-1]


def wait_until(is_so: Callable[[], bool], *, within_s: float, why: str) -> None:
    """Poll until `is_so`, at most `within_s` seconds; a TimeoutError says `why`."""
    ends_at = time.perf_counter() + within_s
    while not is_so():
        if time.perf_counter() > ends_at:
            raise TimeoutError(why)
        time.sleep(POLL_S)


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What a process had used at a moment."""

    at_s: float
    processor_s: float
    resident_mb: float
    threads: int
    descriptors: int

    @classmethod
    def of(cls, pid: int) -> "Usage":
        """Read it from /proc."""
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
        ticks = os.sysconf("SC_CLK_TCK")
        return cls(
            at_s=time.perf_counter(),
            processor_s=(int(stat[11]) + int(stat[12])) / ticks,
            resident_mb=pages * os.sysconf("SC_PAGE_SIZE") / 1024 / 1024,
            threads=int(stat[17]),
            descriptors=len(list(Path(f"/proc/{pid}/fd").iterdir())),
        )

    def share_since(self, before: "Usage") -> float:
        """Percent of one core since `before`."""
        return 100 * (self.processor_s - before.processor_s) / (self.at_s - before.at_s)
