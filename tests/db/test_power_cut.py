"""Whenever the power goes, what Vigil called saved is there at the next start.

The real writer runs in its own process under `strace`; the log of its writes and syncs is replayed up to a
cut. The same replay must find losses with a weaker setting, or it could not find any.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from db.opening import open_database
from monitor.errors import VigilError
from tests.db.doubles import UNSYNCED
from tests.db.journalled_disk import Call, Disk, calls

if TYPE_CHECKING:
    from collections.abc import Iterator

CUTS = 400
CHILD = Path(__file__).with_name("power_child.py")
TRACED = "openat,close,write,pwrite64,pwritev,writev,fsync,fdatasync,unlink,unlinkat,ftruncate"


@pytest.mark.parametrize("synchronous", ["as shipped", "NORMAL"])
def test_power_cuts_lose_nothing_that_was_acknowledged(
    made_database: Path, tmp_path: Path, synchronous: str
) -> None:
    log = traced_writer(made_database, tmp_path, synchronous)
    lost = losses(log, {"vigil.db": made_database.read_bytes()}, tmp_path)
    if synchronous == "as shipped":
        assert [cost for cost in lost if cost] == []
    else:
        assert any(lost)  # the control: this test can see a loss


def traced_writer(made_database: Path, folder: Path, synchronous: str) -> list[Call]:
    written = folder / "written"
    written.mkdir()
    shutil.copy(made_database, written / "vigil.db")
    log = folder / "calls.log"
    tracer = ["strace", "-f", "--seccomp-bpf", "-xx", "-s", "100000", "-e", f"trace={TRACED}", "-o", str(log)]
    writer = [sys.executable, str(CHILD), str(written / "vigil.db"), synchronous]
    subprocess.run([*tracer, *writer], check=True, stdout=subprocess.DEVNULL, timeout=120)
    with log.open(encoding="ascii") as lines:
        return list(calls(lines))


def losses(log: list[Call], files: dict[str, bytes], folder: Path) -> Iterator[int]:
    """For each cut, spread evenly over all calls that mattered: how many acknowledged entries it cost."""
    written = str(folder / "written")
    probe = Disk(written, files)
    mattered = [place for place, call in enumerate(log) if probe.follow(call)]
    assert len(probe.acknowledged) == 51
    assert len(mattered) > CUTS
    cuts = {mattered[number * len(mattered) // CUTS] for number in range(CUTS)}
    assert len(cuts) == CUTS
    disk = Disk(written, files)
    for place, call in enumerate(log):
        disk.follow(call)
        if place in cuts:
            yield lost_after_cut(disk, folder / f"cut-{place}", random.Random(place))  # noqa: S311 - a seed


def lost_after_cut(disk: Disk, image: Path, luck: random.Random) -> int:
    """How many acknowledged entries are missing at the start after a cut now."""
    image.mkdir()
    for name, content in disk.image(luck).items():
        (image / name).write_bytes(content)
    stored = stored_entries(image / "vigil.db", disk.acknowledged)
    shutil.rmtree(image)
    return len(set(disk.acknowledged) - stored)


def stored_entries(path: Path, acknowledged: list[str]) -> set[str]:
    """What the next start finds, whole and checked, of the sessions that were written to."""
    try:
        database = open_database(path, pragmas=UNSYNCED)
    except VigilError:
        return set()
    try:
        found: set[str] = set()
        for session in {line.split()[1] for line in acknowledged}:
            found |= {f"saved {e.session} {e.sequence} {e.hash}" for e in database.store.load(session)}
    except VigilError:
        return set()
    else:
        return found
    finally:
        database.close()
