"""Draw every screen and state in three themes, with the real widgets, into docs/screenshots/.

    .venv/bin/python -m docs.screenshots [--only NAME ...] [--to FOLDER]

Needs no screen: Qt draws off screen, where the same widgets give the same pixels every time. All people are
invented. The report is printed to PDF and turned into a picture by pdftoppm (package poppler-utils).
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import numpy as np
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from docs import pictured_day as day
from docs.pictured_clinic import NURSE, PicturedClinic, doing, read
from docs.pictured_stage import SIZE_PX, Scene, Stage, repaint
from monitor import bodies
from monitor.record import head
from monitor.session import Session
from monitor.settings import ThemeName
from monitor.terms import FlagAction
from monitor.version import VERSION
from ui.application import start_application
from ui.fonts import Size, Weight, font
from ui.report.write import write_report
from ui.routes import ToChair, ToDevice, ToReport, ToReview, ToSeat, ToSettings
from ui.theme import Theme, theme_named

ROOT = Path(__file__).resolve().parent.parent
COLOURS = 48  # more make the pictures larger, and nobody sees it
REPORT_DPI = 110


def scenes() -> Iterator[Scene]:
    """Every picture but the entry bar's and the printed report's."""
    yield Scene(name="board-empty", script=day.links(), until="09:28:30")
    yield Scene(name="board-normal", script=day.everybody(), until="10:08:20")
    yield Scene(name="board-unconfirmed", script=day.everybody(), until="10:26:50")
    yield Scene(name="board-confirmed", script=day.everybody(), until="10:28:20")
    yield Scene(name="board-busy", script=day.everybody(), until="10:42:20")
    yield Scene(name="board-answered", script=[*day.everybody(), _answer(5)], until="10:42:40")
    yield Scene(name="board-simulated", script=day.everybody(), until="10:27:10", is_demo=True)
    yield Scene(name="seat", script=day.everybody(), until="10:30:10", route=ToSeat(3), act=_seat_halfway)
    yield from _sessions()
    yield from _afterwards()
    for section, key in (("chairs", 2), ("operators", 3), ("limits", 5)):
        turn = partial(_turn_to, key=key)
        yield Scene(
            name=f"settings-{section}", script=day.everybody(), until="10:08:20", route=ToSettings(), act=turn
        )
    yield Scene(name="device", script=day.everybody(), until="10:27:10", route=ToDevice(1))
    yield Scene(name="keys", script=day.everybody(), until="10:27:10", route=ToChair(1), keys="<F1>")
    yield Scene(
        name="operator",
        script=day.everybody(),
        until="10:27:10",
        act=lambda s: s.window.operator_panel.open(),
    )
    yield Scene(
        name="closing-refused", script=day.everybody(), until="10:27:10", route=ToChair(1), act=_close_unsaved
    )


def _sessions() -> Iterator[Scene]:
    seated = [*day.links(), *day.okafor()]
    yield Scene(name="session-seated", script=seated, until="09:54", route=ToChair(1))
    yield Scene(name="session-baseline", script=seated, until="09:57:30", route=ToChair(1))
    gate = [*day.links(), *day.raised_baseline()]
    yield Scene(name="session-start-gate", script=gate, until="10:13", route=ToChair(3), act=_start_gate)
    both = [*day.links(), *day.okafor(), *day.brandt()]
    yield Scene(name="session-infusing", script=both, until="10:27:10", route=ToChair(1), keys="128827698")
    yield Scene(name="session-paused", script=both, until="10:18:50", route=ToChair(1))
    yield Scene(name="session-unconfirmed", script=both, until="10:26:50", route=ToChair(5))
    yield Scene(name="session-act-now", script=both, until="10:41:20", route=ToChair(5))
    yield Scene(name="session-answering", script=both, until="10:41:20", route=ToChair(5), keys="a")
    yield Scene(name="session-table", script=both, until="10:27:10", route=ToChair(1), keys="t")
    yield Scene(name="session-events", script=both, until="10:27:10", route=ToChair(1), keys="e")
    yield Scene(name="session-recovery-silent", script=day.everybody(), until="10:42:20", route=ToChair(6))
    finished = [*day.links(), *day.okafor_ends()]
    yield Scene(name="session-finished-question", script=finished, until="10:54", route=ToChair(1))
    yield Scene(name="session-discharged", script=finished, until="11:35", route=ToChair(1), keys="o")
    yield Scene(name="session-disk-full", script=both, until="10:27:10", route=ToChair(1), act=_disk_full)
    yield Scene(name="session-simulated", script=both, until="10:27:10", route=ToChair(1), is_demo=True)


def _afterwards() -> Iterator[Scene]:
    script = [*day.okafor_ends(), *day.links()]
    any_session = "the first"
    yield Scene(
        name="sessions", script=day.everybody() + day.okafor_ends()[-9:], until="11:45", route=ToReview()
    )
    yield Scene(name="review", script=script, until="11:45", route=ToReview(any_session))
    yield Scene(name="review-table", script=script, until="11:45", route=ToReview(any_session), keys="t")
    yield Scene(name="report", script=script, until="11:45", route=ToReport(any_session))


def _answer(chair: int) -> tuple[str, Callable[[PicturedClinic], None]]:
    return "10:42:30", doing(chair, bodies.FlagAnswered(action=FlagAction.CLINICIAN_TOLD))


def _seat_halfway(stage: Stage) -> None:
    stage.press("SILVA, Ana<Tab>17.2.1958<Tab>40455<Tab>none<Tab>61.5<Tab>")


def _turn_to(stage: Stage, *, key: int) -> None:
    stage.press(f"<Alt+{key}>")


def _start_gate(stage: Stage) -> None:
    stage.press("e7AS<Tab>1958<Return>")
    stage.press("Ketamine<Tab>35<Tab>70<Tab>75<Tab>40<Return>")


def _disk_full(stage: Stage) -> None:
    stage.house.disk_fault = "The disk is full: free some space. Vigil tries again by itself. (SQLITE_FULL)"
    stage.press("128827698<Return>")


def _close_unsaved(stage: Stage) -> None:
    _disk_full(stage)
    stage.window.close()


def entry_states(stage: Stage) -> Iterator[tuple[str, str]]:
    """Bring the entry bar into each of its eight states, with its name and a remark."""
    yield "1. Empty", "the focus comes back here after every act"
    stage.press("128827" + "69")
    yield "2. Typing", "the first digit fixes the length; separators may be left out"
    _clear(stage)
    stage.press("184/108 92 96<Return>")
    yield "3. Asked", "possible and unlikely: a second Enter keeps it"
    _clear(stage)
    stage.press("82/128 76 98<Return>")
    yield "4. Blocked", "cannot be: nothing is swapped or guessed"
    _clear(stage)
    stage.press("1288276984<Return>")
    yield "5. A digit too many", "the line stops unsaved; no digit moves into another vital"
    _clear(stage)
    stage.house.play([("10:27:10", read(1, 134, 84, 78, 98, is_accepted=False))], "10:27:24")
    yield "6. Offered by the monitor", "pale until accepted; Enter counts after a second in sight"
    stage.press("128827698")
    stage.house.play([], "10:30:10")
    yield "7. Old draft", "kept, and never saved with a guessed time"
    _clear(stage)
    _disk_full(stage)
    yield "8. Not saved", "the set stands on the chart as not yet saved; charting goes on in memory"


def _clear(stage: Stage) -> None:
    stage.page().command("clear")
    stage.house.settle()


def compose_entry_states(app: QApplication, folder: Path) -> None:
    """All eight states of the entry bar under each other, in each theme."""
    stage = Stage(
        app, Scene(name="", script=[*day.links(), *day.okafor()], until="10:27:10", route=ToChair(1))
    )
    sheets = {name: QImage(SIZE_PX[0], 1000, QImage.Format.Format_RGB32) for name in ThemeName}
    for name, sheet in sheets.items():
        sheet.fill(QColor(theme_named(name).background))
    top = 16
    for title, remark in entry_states(stage):
        for name, sheet in sheets.items():
            stage.themes.switch_to(theme_named(name))
            repaint()
            bar = stage.page().bar.grab().toImage()
            painter = QPainter(sheet)
            _caption(painter, stage.themes.theme, top, title, remark)
            painter.drawImage(0, top + 24, bar)
            painter.end()
        top += 24 + bar.height() + 8
    for name, sheet in sheets.items():
        save(sheet.copy(0, 0, SIZE_PX[0], top + 8), folder / f"entry-states-{name.value}.png")
    stage.close()


def _caption(painter: QPainter, theme: Theme, top: int, title: str, remark: str) -> None:
    painter.setPen(QColor(theme.text))
    painter.setFont(font(Size.BODY, Weight.BOLD))
    width = painter.fontMetrics().horizontalAdvance(title)
    painter.drawText(QRect(16, top, 600, 20), Qt.AlignmentFlag.AlignVCenter, title)
    painter.setPen(QColor(theme.second_text))
    painter.setFont(font(Size.NOTE))
    painter.drawText(QRect(28 + width, top, 1000, 20), Qt.AlignmentFlag.AlignVCenter, remark)


def print_report(app: QApplication, folder: Path) -> None:
    """Print the finished session as a PDF and picture its first page."""
    stage = Stage(app, Scene(name="", script=[*day.okafor_ends(), *day.links()], until="11:45"))
    record = next(iter(stage.house.archive.records.values()))
    with tempfile.TemporaryDirectory() as place:
        pdf = Path(place) / "report.pdf"
        write_report(
            pdf,
            Session(record).view,
            head(record),
            printed_at=stage.house.clock.now(),
            printed_by=NURSE,
            clinic="Hillside",
            version=VERSION,
        )
        picture = Path(place) / "report"
        command = [
            "pdftoppm",
            "-png",
            "-r",
            str(REPORT_DPI),
            "-f",
            "1",
            "-singlefile",
            str(pdf),
            str(picture),
        ]
        subprocess.run(command, check=True)
        save(QImage(str(picture.with_suffix(".png"))), folder / "report-printed.png")
    stage.close()


def save(image: QImage, path: Path) -> None:
    """Write a picture with at most 48 colours, the commonest kept exactly."""
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    width, height = image.width(), image.height()
    pixels = np.frombuffer(image.constBits(), np.uint32).reshape(height, width) & 0xFFFFFF
    colours, places, counts = np.unique(pixels, return_inverse=True, return_counts=True)
    kept = np.sort(colours[np.argsort(counts)[::-1][:COLOURS]])
    parts = [
        (each[:, None] >> shift & 0xFF).astype(np.int32) for each in (colours, kept) for shift in (16, 8, 0)
    ]
    distance = sum((parts[at] - parts[at + 3].T) ** 2 for at in range(3))
    indexes = np.ascontiguousarray(
        np.argmin(distance, axis=1).astype(np.uint8)[places.reshape(height, width)]
    )
    small = QImage(indexes.data, width, height, width, QImage.Format.Format_Indexed8)
    small.setColorTable([0xFF000000 | int(each) for each in kept])
    small.save(str(path), quality=0)  # the slowest and smallest of PNG


def main() -> int:
    """Draw what is asked for."""
    parser = argparse.ArgumentParser(description="Draw every screen and state in three themes.")
    parser.add_argument("--only", nargs="*", metavar="NAME", help="names of pictures; all without")
    parser.add_argument("--to", type=Path, default=ROOT / "docs" / "screenshots", metavar="FOLDER")
    given = parser.parse_args()
    given.to.mkdir(parents=True, exist_ok=True)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["HOME"] = "/home/nurse"  # the report page offers this person's documents
    app = start_application()
    for scene in scenes():
        if given.only and scene.name not in given.only:
            continue
        stage = Stage(app, scene)
        for name in ThemeName:
            save(stage.picture(name), given.to / f"{scene.name}-{name.value}.png")
        stage.close()
        print(scene.name)
    if not given.only or "entry-states" in given.only:
        compose_entry_states(app, given.to)
    if not given.only or "report-printed" in given.only:
        print_report(app, given.to)
    return 0


if __name__ == "__main__":
    sys.exit(main())
