"""Leave the demonstration running and see that it lives: `python -m bench.soak [--minutes 30]`.

Opens `main.py run --demo` on a screen of its own, walks over its pages with real keys, accepts readings, and
reads memory, processor time, threads and open files every ten seconds. At the end the window must still
answer, close on Ctrl+Q and exit with 0 and without a word on standard error. Prints a JSON object.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path
from statistics import median

from bench.processes import Usage, environment, keyboard, screen, vigil, wait_until, window_of

SAMPLE_S = 10.0
KEYS_EVERY = 3  # samples
CLOSES_WITHIN_S = 30.0
SETTLED_S = 300.0  # caches have filled by then; growth is told from here on
ROUNDS = (
    ("Escape", "1", "Return"),
    ("t",),
    ("Escape", "Escape", "2", "Return"),
    ("ctrl+d",),
    ("Escape", "3", "Return"),
    ("F1",),
    ("Escape", "Escape"),
    ("ctrl+k",),
    ("Escape", "ctrl+comma"),
    ("Escape", "ctrl+d"),
)


def soak(*, minutes: float, folder: Path) -> dict[str, object]:
    """Run it and sum it up."""
    said = folder / "stderr.txt"
    with (
        screen() as display,
        said.open("wb") as errors,
        subprocess.Popen(
            vigil("run", "--demo"), env=environment(DISPLAY=display, QT_QPA_PLATFORM="xcb"), stderr=errors
        ) as window,
    ):
        try:
            window_of(display)
            keyboard(display, "key", "1")  # who charts
            samples = _watch(window, display, minutes * 60)
            is_alive = window.poll() is None
            keyboard(display, "key", "Escape", "Escape", "ctrl+q")
            _wait_for_end(window)
        finally:
            window.kill()
    complaint = said.read_text(encoding="utf-8", errors="replace")
    return _summary(samples) | {
        "is_alive_at_end": is_alive,
        "exit_code": window.returncode,
        "stderr_lines": len(complaint.splitlines()),
        "stderr_begins": complaint[:500],
    }


def _watch(window: "subprocess.Popen[bytes]", display: str, for_s: float) -> list[Usage]:
    samples = [Usage.of(window.pid)]
    ends_at = samples[0].at_s + for_s
    while window.poll() is None and samples[-1].at_s < ends_at:
        time.sleep(SAMPLE_S)
        if window.poll() is not None:
            break
        samples.append(Usage.of(window.pid))
        if len(samples) % KEYS_EVERY == 0:
            turn = len(samples) // KEYS_EVERY % len(ROUNDS)
            keyboard(display, "key", "--delay", "1200", *ROUNDS[turn])
    return samples


def _wait_for_end(window: "subprocess.Popen[bytes]") -> None:
    try:
        wait_until(
            lambda: window.poll() is not None, within_s=CLOSES_WITHIN_S, why="the window does not close"
        )
    except TimeoutError as late:
        print(late, file=sys.stderr)


def _summary(samples: list[Usage]) -> dict[str, object]:
    settled = [each for each in samples if each.at_s - samples[0].at_s >= SETTLED_S] or samples
    shares = [after.share_since(before) for before, after in pairwise(samples)]
    hours = max(settled[-1].at_s - settled[0].at_s, 1) / 3600
    return {
        "minutes": round((samples[-1].at_s - samples[0].at_s) / 60, 1),
        "samples": len(samples),
        "resident_mb": {
            "start": round(samples[0].resident_mb, 1),
            "settled": round(settled[0].resident_mb, 1),
            "end": round(samples[-1].resident_mb, 1),
            "most": round(max(each.resident_mb for each in samples), 1),
            "growth_per_hour_settled": round((settled[-1].resident_mb - settled[0].resident_mb) / hours, 1),
        },
        "processor_percent": {
            "median": round(median(shares), 1),
            "most_in_10_s": round(max(shares), 1),
            "over_all": round(samples[-1].share_since(samples[0]), 1),
        },
        "threads": sorted({each.threads for each in samples}),
        "descriptors": {"start": samples[0].descriptors, "end": samples[-1].descriptors},
    }


def main() -> int:
    """Soak and print; 1 when it did not live through it or did not close cleanly."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30.0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="vigil-soak-") as folder:
        found = soak(minutes=options.minutes, folder=Path(folder))
    print(json.dumps(found, indent=2))
    return 0 if found["is_alive_at_end"] and found["exit_code"] == 0 and not found["stderr_lines"] else 1


if __name__ == "__main__":
    sys.exit(main())
