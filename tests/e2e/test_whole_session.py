"""A whole session in the real window by keys alone, with a simulated monitor on a pty: seat to report."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from devices.simulator.scenario import Scenario, parse_scenario
from monitor import bodies
from monitor.flags import FlagState
from monitor.policy import Level
from monitor.record import Record, head
from monitor.schedule import Ask, prompt
from monitor.session import Session, replayed
from monitor.terms import FlagAction, Phase
from tests.e2e.program import Ran, vigil, without_vigil
from tests.e2e.room import CHAIR, CTRL, BedsideMonitor, Making, Room, opened
from tests.ui.made import NURSE, ManualClock
from ui.fonts import load_fonts
from ui.report.page import ReportPage
from ui.review.page import ReviewPage
from ui.routes import ToBoard, ToChair, ToSeat
from ui.theme import LIGHT, ThemeSwitch

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

PLANNED = "20"
SURGE = """
title = "Past 200 systolic for some minutes in the middle of a short infusion"
served_start_minute = 0
infusion_minutes = 20

[patient.baseline]
systolic_mmhg = [122, 0]
diastolic_mmhg = [76, 0]
rate_bpm = [72, 0]
spo2_percent = [98, 0]

[patient.rise]
systolic_mmhg = [10, 0]
diastolic_mmhg = [5, 0]
rate_bpm = [4, 0]

[patient.noise]
systolic_mmhg = 1
diastolic_mmhg = 1
rate_bpm = 1
spo2_percent = 0

[patient.cuff]
fails_one_in = 0

[[surge]]
begins_minute = 8
rises_minutes = 2
holds_minutes = 2
falls_minutes = 4
systolic_mmhg = 90
diastolic_mmhg = 20
rate_bpm = 20
"""


@pytest.fixture
def make(qapp: QApplication, qtbot: QtBot) -> Iterator[Making]:
    load_fonts()
    themes = ThemeSwitch(qapp, LIGHT)
    yield Making(qtbot=qtbot, themes=themes)
    themes.deleteLater()


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def monitor(clock: ManualClock) -> Iterator[BedsideMonitor]:
    scenario: Scenario = parse_scenario("short surge", SURGE)
    monitor = BedsideMonitor(clock, scenario, seed=7)
    yield monitor
    monitor.switch_off()


def test_a_session_from_seat_to_printed_report(
    tmp_path: Path, make: Making, clock: ManualClock, monitor: BedsideMonitor
) -> None:
    path = tmp_path / "clinic.db"
    with opened(path, monitor, clock, make) as room:
        room.fill(NURSE)  # nobody is known yet: the window asks for a name
        assert room.controller.operator == NURSE
        seat(room)
        take_baseline(room)
        start(room)
        room.accept_reading(minutes=6)
        answer_act_now(room)
        room.type("13")
        room.pass_s(1)
        room.wait_saved()
        before = room.session.record
        draft_is_kept(room)

    with opened(path, monitor, clock, make) as room:
        assert room.session.record[: len(before)] == before
        room.press(Qt.Key.Key_1)  # the operator is chosen anew after a start
        room.press(Qt.Key.Key_1)
        assert room.where() == ToChair(CHAIR)
        assert room.page.bar.field.text() == "13"
        room.press(Qt.Key.Key_Backspace)
        room.press(Qt.Key.Key_Backspace)
        back_to_running(room)
        finish(room)
        recover(room)
        record = sign(room)
        paper = print_report(room, tmp_path)

    assert replayed(record) == record
    hold_against_commands(path, record, tmp_path)
    hold_against_paper(paper, record)


def seat(room: Room) -> None:
    assert room.where() == ToBoard()
    room.press(Qt.Key.Key_1)
    assert room.where() == ToSeat(CHAIR)
    for text in ("OKAFOR, Ruth", "12-Mar-1979", "40417", "penicillin", "70", "r", "l", "ketamine 35 mg"):
        room.type(text)
        room.press(Qt.Key.Key_Tab)
    room.type(PLANNED)
    room.press(Qt.Key.Key_Return, CTRL)
    assert room.where() == ToChair(CHAIR)
    assert room.view.patient.name == "OKAFOR, Ruth"
    assert room.view.is_simulated  # a pseudo-terminal is no real monitor


def take_baseline(room: Room) -> None:
    """One set from the monitor, one typed."""
    room.pass_s(10)
    room.monitor.press_cuff()
    room.accept_reading(minutes=2)
    room.pass_s(90)
    room.fill("123767298")
    assert [reading.vitals.systolic_mmhg for reading in room.view.charted][1:] == [123]
    assert room.view.phase is Phase.BASELINE


def start(room: Room) -> None:
    room.type("E7")
    room.fill("RO", "1979")  # whose chair this is, once more
    room.fill("ketamine", "35", "", "75", "")
    assert room.view.phase is Phase.INFUSING
    room.monitor.pump(is_running=True)


def answer_act_now(room: Room) -> None:
    """A reading past 200 flags before anybody accepts it; the answer pauses the pump."""
    room.pass_until(lambda: Level.ACT_NOW in levels(room), minutes=7)
    assert room.window.banner.isVisible()
    assert room.view.waiting, "flagged as captured"
    paused = str(list(FlagAction).index(FlagAction.PAUSED) + 1)
    room.type("A" + paused)
    room.fill("")  # the pump's question about a reason
    assert room.view.phase is Phase.PAUSED
    room.monitor.pump(is_running=False)
    room.pass_s(2)
    room.press(Qt.Key.Key_Return)
    assert not room.view.waiting
    room.type("E2")
    room.fill("Dr Lindqvist")
    assert [answer.action for answer in room.view.answers] == [FlagAction.PAUSED]


def draft_is_kept(room: Room) -> None:
    draft = room.controller.draft(CHAIR, "entry")
    assert draft is not None
    assert draft.text == "13"


def back_to_running(room: Room) -> None:
    """Readings come down by themselves; two inside the limit clear the flag."""
    while levels(room):
        room.accept_reading(minutes=7)
    room.type("E7")
    assert room.view.phase is Phase.INFUSING
    room.monitor.pump(is_running=True)


def finish(room: Room) -> None:
    while asked(room) is not Ask.FINISHED:
        room.accept_reading(minutes=7) if room.view.waiting else room.pass_s(30)
    room.type("F1")
    assert room.view.phase is Phase.RECOVERY
    room.monitor.pump(is_running=False)


def recover(room: Room) -> None:
    """At least half an hour, with the monitor's sets accepted as they come."""
    stopped_ms = clock_ms(room)
    while asked(room) is not Ask.DISCHARGE:
        room.accept_reading(minutes=7)
    assert clock_ms(room) - stopped_ms >= 30 * 60 * 1000


def sign(room: Room) -> Record:
    room.type("O11")
    assert room.view.phase is Phase.DISCHARGED
    session = room.session
    room.type("O21")
    assert room.controller.session(CHAIR) is None
    assert isinstance(room.window.page, ReviewPage)
    room.wait_saved()
    return session.record


def print_report(room: Room, folder: Path) -> Path:
    paper = folder / "report.pdf"
    review = room.window.page
    assert isinstance(review, ReviewPage)
    room.qtbot.waitUntil(lambda: review.looked is not None)  # the record is read on another thread
    room.press(Qt.Key.Key_P, CTRL)
    page = room.window.page
    assert isinstance(page, ReportPage)
    room.qtbot.waitUntil(lambda: page.page_count > 0)
    room.press(Qt.Key.Key_A, CTRL)
    room.fill(str(paper))
    assert paper.is_file()
    return paper


def levels(room: Room) -> set[Level]:
    from monitor.flags import open_flags

    return {change.level for change in open_flags(each.change for each in room.view.flags).values()}


def asked(room: Room) -> Ask:
    return prompt(room.view, clock_ms(room)).ask


def clock_ms(room: Room) -> int:
    return room.view.clock_ms(room.controller.now())


def hold_against_commands(path: Path, record: Record, tmp_path: Path) -> None:
    """`verify`, `entries` and a check without Vigil agree on what the window wrote."""
    session, newest = record[0].session, head(record)
    found = vigil("verify", "--database", path, "--head", f"{session}={newest}")
    assert (found.code, found.err) == (0, "")
    row = {"session": session, "entries": len(record), "head": newest, "ok": True, "why": None}
    assert found.rows() == [row]
    dump = vigil("entries", session, "--database", path)
    assert [entry["hash"] for entry in dump.rows()] == [entry.hash for entry in record]
    assert without_vigil(dump, tmp_path, f"{session}={newest}") == Ran(code=0, out=found.out, err="")


def hold_against_paper(paper: Path, record: Record) -> None:
    from pypdf import PdfReader

    words = " ".join(page.extract_text() for page in PdfReader(paper).pages).split()
    text = " ".join(words)
    assert head(record) in "".join(words).lower()
    assert "OKAFOR, Ruth" in text
    assert "SIMULATED" in text.upper()
    view = Session(record).view
    peak = max(reading.vitals.systolic_mmhg or 0 for reading in view.charted)
    assert peak >= 200
    assert str(peak) in text
    assert "Dr Lindqvist" in text
    states = [each.change.state for each in view.flags if each.change.level is Level.ACT_NOW]
    assert states[0] is FlagState.RAISED
    assert FlagState.CLEARED in [each.change.state for each in view.flags]
    assert isinstance(record[-2].body, bodies.Signed | bodies.PhaseBegun)
