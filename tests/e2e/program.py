"""Vigil as a person starts it: a process with arguments, what it prints and how it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
PATIENCE_S = 120.0  # a limit on what hangs, never a measure: a busy machine may need much of it
POLICY = ROOT / "monitor" / "policies" / "default.toml"
HEADER = "minute,systolic_mmhg,diastolic_mmhg,heart_rate_bpm,spo2_percent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str

    def rows(self) -> list[dict[str, Any]]:
        """Every line printed, as JSON."""
        return [json.loads(line) for line in self.out.splitlines()]

    def refusal(self) -> str:
        """The one sentence it was refused with; nothing else may have been said."""
        assert self.code == 2, self
        assert self.out == ""
        (sentence,) = self.err.splitlines()
        assert sentence.endswith("."), sentence
        return sentence


def environment(**extra: str) -> dict[str, str]:
    """Our variables without the tests' own choice of screen: a command must not need one."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("QT_")}
    kept.pop("DISPLAY", None)
    kept.pop("WAYLAND_DISPLAY", None)
    return kept | extra


def command(*arguments: str | Path) -> list[str]:
    """The command line of `main.py` with these arguments."""
    return [sys.executable, str(ROOT / "main.py"), *map(str, arguments)]


def vigil(*arguments: str | Path, given: bytes = b"", **extra: str) -> Ran:
    """Run one command to its end."""
    done = subprocess.run(
        command(*arguments),
        input=given,
        capture_output=True,
        check=False,
        timeout=PATIENCE_S,
        env=environment(**extra),
    )
    return Ran(code=done.returncode, out=done.stdout.decode(), err=done.stderr.decode())


def without_vigil(dump: Ran, folder: Path, *heads: str) -> Ran:
    """Check what `entries` printed with the stand-alone verifier, in a Python that cannot see Vigil."""
    file = folder / "dump.jsonl"
    file.write_text(dump.out, encoding="utf-8")
    verifier = [sys.executable, "-I", "-S", str(ROOT / "docs" / "verify_dump.py"), str(file)]
    named = [f"--head={each}" for each in heads]
    done = subprocess.run([*verifier, *named], capture_output=True, text=True, check=False)
    return Ran(code=done.returncode, out=done.stdout, err=done.stderr)


@contextmanager
def simulator(
    serve: str, *, scenario: str = "surge", seed: int = 7
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run a simulated monitor; gives its process, which takes acts by line, and where it says it listens."""
    arguments = ("simulate", "--protocol", "dinamap", "--scenario", scenario, "--seed", str(seed))
    with subprocess.Popen(
        command(*arguments, "--serve", serve),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
    ) as child:
        assert child.stdout is not None
        try:
            line = child.stdout.readline().strip()
            assert line.startswith("listening on "), line
            yield child, line.removeprefix("listening on ")
        finally:
            child.terminate()
