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
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from docs import pictured_day as day
from docs.pictured_acts import read
from docs.pictured_clinic import NURSE
from docs.pictured_scenes import fill_disk, scenes
from docs.pictured_stage import SIZE_PX, Scene, Stage, repaint
from monitor.record import head
from monitor.session import Session
from monitor.settings import ThemeName
from monitor.terms import RejectReason
from monitor.version import VERSION
from ui.application import start_application
from ui.fonts import Size, Weight, font
from ui.report.write import write_report
from ui.routes import ToChair
from ui.theme import Theme, theme_named

ROOT = Path(__file__).resolve().parent.parent
COLOURS = 40  # more make the pictures larger, and nobody sees it
REPORT_DPI = 110
PERSON = ("home", "nurse")  # an invented one, so that the pictures are the same wherever they are drawn


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
    fill_disk(stage)
    yield "8. Not saved", "the set stands on the chart as not yet saved; charting goes on in memory"


def _clear(stage: Stage) -> None:
    stage.page().command("clear")
    stage.house.settle()


def compose_entry_states(app: QApplication, folder: Path) -> None:
    """All eight states of the entry bar under each other, in each theme."""
    script = [*day.links(), *day.okafor(), ("10:21", day.rejecting(1, RejectReason.MOVED))]
    stage = Stage(app, Scene(name="", script=script, until="10:27:10", route=ToChair(1)))
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
    """Write a picture with few colours: the commonest exactly, then those that would be missed most."""
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    width, height = image.width(), image.height()
    pixels = np.frombuffer(image.constBits(), np.uint32).reshape(height, width) & 0xFFFFFF
    colours, places, counts = np.unique(pixels, return_inverse=True, return_counts=True)
    parts = np.stack([colours >> 16 & 0xFF, colours >> 8 & 0xFF, colours & 0xFF], axis=1).astype(np.int64)
    kept = [int(np.argmax(counts))]
    distance = ((parts - parts[kept[0]]) ** 2).sum(axis=1)
    nearest = np.zeros(len(colours), np.uint8)
    while len(kept) < min(COLOURS, len(colours)):
        kept.append(int(np.argmax(counts * distance)))
        nearer = ((parts - parts[kept[-1]]) ** 2).sum(axis=1)
        nearest[nearer < distance] = len(kept) - 1
        distance = np.minimum(distance, nearer)
    indexes = np.ascontiguousarray(nearest[places.reshape(height, width)])
    small = QImage(indexes.data, width, height, width, QImage.Format.Format_Indexed8)
    small.setColorTable([0xFF000000 | int(colours[each]) for each in kept])
    small.save(str(path), quality=0)  # the slowest and smallest of PNG


def main() -> int:
    """Draw what is asked for."""
    parser = argparse.ArgumentParser(description="Draw every screen and state in three themes.")
    parser.add_argument("--only", nargs="*", metavar="NAME", help="names of pictures; all without")
    parser.add_argument("--to", type=Path, default=ROOT / "docs" / "screenshots", metavar="FOLDER")
    given = parser.parse_args()
    given.to.mkdir(parents=True, exist_ok=True)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["HOME"] = str(Path("/", *PERSON))  # the report page offers this person's documents
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
