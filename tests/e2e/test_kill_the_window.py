"""The real window, real keys, a simulated monitor on a pty: killed midway, and taken up where it stood."""

from __future__ import annotations

import sqlite3
import subprocess
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from bench.processes import keyboard, screen, wait_until, window_of
from db.opening import open_database
from monitor.settings import Chair, MonitorLink, Operator, Settings
from tests.e2e.program import PATIENCE_S, Ran, command, environment, simulator, vigil, without_vigil

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

NURSE = "M. Duarte RN"
FIRST_READING_S = 300.0  # half a minute to inflate; two and a half if that had begun too early
READ_FOR_S = 2.5
ATTEMPTS = 20
KEYS_APART_MS = "40"


class Record:
    """What the database holds, read by short looks while the window writes."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def kinds(self) -> list[str]:
        """Kinds of every entry in order."""
        return [str(kind) for (kind,) in self._rows("SELECT kind FROM entry ORDER BY sequence")]

    def systolics(self) -> list[int]:
        """Systolic pressures of what is charted, in order."""
        rows = self._rows("SELECT systolic_mmhg FROM reading WHERE status = 'charted' ORDER BY sequence")
        return [int(str(value)) for (value,) in rows]

    def draft(self) -> str:
        """What stands unsaved in the entry field."""
        return "".join(str(text) for (text,) in self._rows("SELECT text FROM draft WHERE place = 'entry'"))

    def session(self) -> str:
        """The one session's id."""
        ((session,),) = self._rows("SELECT id FROM session")
        return str(session)

    def _rows(self, query: str) -> list[tuple[object, ...]]:
        uri = f"{self._path.as_uri()}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True, timeout=PATIENCE_S)) as connection:
            return connection.execute(query).fetchall()


class Nurse:
    """Hands at one screen."""

    def __init__(self, display: str) -> None:
        self._display = display

    def press(self, *keys: str) -> None:
        """Press keys, as xdotool names them."""
        keyboard(self._display, "key", "--delay", KEYS_APART_MS, *keys)

    def type(self, text: str) -> None:
        """Type a text."""
        keyboard(self._display, "type", "--delay", KEYS_APART_MS, text)


@contextmanager
def opened(path: Path, display: str) -> Iterator[tuple[subprocess.Popen[str], Nurse]]:
    """Open the window over `path` and choose who charts."""
    with subprocess.Popen(
        command("run", "--database", path),
        stderr=subprocess.PIPE,
        text=True,
        env=environment(DISPLAY=display, VIGIL_SHOW_DEFECTS="1"),
    ) as window:
        try:
            window_of(display, within_s=PATIENCE_S)
            nurse = Nurse(display)
            nurse.press("1")
            yield window, nurse
        finally:
            window.kill()


def clinic_with_monitor(path: Path, port: str) -> None:
    """Set a new clinic up: one chair with a monitor, one nurse, one clinician."""
    database = open_database(path)
    settings = Settings(
        clinic="Hillside",
        chairs=(Chair(number=1, monitors=(MonitorLink(protocol="dinamap", port=port),)), Chair(number=2)),
        operators=(Operator(name=NURSE), Operator(name="Dr Lindqvist", is_clinician=True)),
    )
    database.store.keep_beside((), settings)
    database.close()


def seat_by_keyboard(nurse: Nurse) -> None:
    nurse.press("1")
    for text in ("OKAFOR, Ruth", "12-Mar-1979", "40417", "penicillin", "70", "r", "l", "ketamine 35 mg"):
        nurse.type(text)
        nurse.press("Tab")
    nurse.type("40")
    nurse.press("ctrl+Return")


def press_cuff(monitor: subprocess.Popen[str]) -> None:
    assert monitor.stdin is not None
    print("cuff", file=monitor.stdin, flush=True)


def test_a_killed_window_is_taken_up_with_its_session_and_its_draft(tmp_path: Path) -> None:
    path = tmp_path / "clinic.db"
    record = Record(path)
    with simulator("pty", scenario="normal", seed=3) as (monitor, port), screen() as display:
        clinic_with_monitor(path, port)

        with opened(path, display) as (window, nurse):
            seat_by_keyboard(nurse)
            soon(lambda: "seated" in record.kinds(), why="nobody was seated")
            press_cuff(monitor)
            nurse.type("1247870")  # a set is saved only at Enter
            nurse.type("98")
            nurse.press("Return")
            soon(lambda: record.systolics() == [124], why="the typed set was not charted")
            soon(lambda: "captured" in record.kinds(), why="no reading came", within_s=FIRST_READING_S)
            accept(nurse, record)
            nurse.type("13")
            soon(lambda: record.draft() == "13", why="the draft was not kept")
            before = record.kinds()
            window.kill()

        with opened(path, display) as (window, nurse):
            nurse.press("1")  # the same chair is taken: its session opens, not the form
            nurse.type("2827498")  # goes on from the draft: 132/82, 74, 98
            nurse.press("Return")
            soon(lambda: record.systolics()[-1:] == [132], why="the draft was not there to go on with")
            assert record.kinds()[: len(before)] == before
            assert len(record.systolics()) == 3
            soon(lambda: record.draft() == "", why="a saved set's draft was kept")
            nurse.press("Escape", "ctrl+q")
            assert window.wait(PATIENCE_S) == 0
            assert window.stderr is not None
            assert window.stderr.read() == ""

    session = record.session()
    found = vigil("verify", "--database", path)
    assert (found.code, found.err) == (0, "")
    dump = vigil("entries", session, "--database", path)
    assert without_vigil(dump, tmp_path) == Ran(code=0, out=found.out, err="")


def accept(nurse: Nurse, record: Record) -> None:
    """Press Enter, at most once in the time for which a reading must have been seen since the last Enter."""
    for _ in range(ATTEMPTS):
        nurse.press("Return")
        try:
            soon(lambda: "accepted" in record.kinds(), why="not yet", within_s=READ_FOR_S)
        except TimeoutError:
            continue
        return
    raise AssertionError("the monitor's reading was not accepted")


def soon(is_so: Callable[[], bool], *, why: str, within_s: float = PATIENCE_S) -> None:
    wait_until(is_so, within_s=within_s, why=why)
