from __future__ import annotations

import errno
import math
import re
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest

from monitor import bodies
from monitor.errors import EnvironmentFault
from monitor.record import head
from monitor.terms import Reason
from monitor.vitals import Vitals
from tests.made_session import MadeSession, instant, surge
from tests.ui.archives import FakeArchive
from tests.ui.made import ward
from ui.chart.build import chart_model
from ui.chart.series import ChartModel, PressureMark, Trend
from ui.report.chart import chart_places, paint_chart
from ui.report.content import Stamp, grouped
from ui.report.page import ReportPage
from ui.report.paper import Sheet
from ui.report.write import ReportDrawing, report_name, write_report
from ui.routes import ToReview

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from ui.theme import ThemeSwitch

STAMP = Stamp(printed_at=instant(110), printed_by="M. Duarte RN", clinic="Hillside", version="9.9.9")

pytestmark = pytest.mark.usefixtures("bundled_fonts")


def written(folder: Path, made: MadeSession, sheet: Sheet = Sheet.A4) -> PdfReader:
    path = folder / "report.pdf"
    write_report(
        path,
        made.view,
        head(made.session.record),
        printed_at=STAMP.printed_at,
        printed_by=STAMP.printed_by,
        clinic=STAMP.clinic,
        version=STAMP.version,
        sheet=sheet,
    )
    return PdfReader(path)


def text_of(reader: PdfReader) -> str:
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in reader.pages))


def long_session(sets: int) -> MadeSession:
    made = MadeSession()
    made.sets([(-8, 126, 80), (-5, 122, 76)])
    made.start()
    made.sets([(5 * at, 120 + at % 9, 70 + at % 7) for at in range(1, sets - 1)])
    return made


def test_a_usual_session_is_one_a4_page_in_the_bundled_typeface(tmp_path: Path) -> None:
    reader = written(tmp_path, surge())
    assert len(reader.pages) == 1
    box = reader.pages[0].mediabox
    assert (round(box.width), round(box.height)) == (595, 842)
    names = set(re.findall(rb"/BaseFont /([A-Za-z+-]+)", (tmp_path / "report.pdf").read_bytes()))
    assert names
    assert all(b"Inter" in name for name in names)


def test_letter_is_an_option(tmp_path: Path) -> None:
    box = written(tmp_path, surge(), Sheet.LETTER).pages[0].mediabox
    assert (round(box.width), round(box.height)) == (612, 792)


def test_it_says_whole_head_peak_every_set_and_where_it_came_from(tmp_path: Path) -> None:
    made = surge()
    text = text_of(written(tmp_path, made))
    assert grouped(head(made.session.record)) in text
    assert "Peak 184/108 at +12 min, not confirmed (repeat 158/96 at +14)" in text
    for reading in made.view.readings:
        assert f"{reading.vitals.systolic_mmhg}/{reading.vitals.diastolic_mmhg}" in text
    for words in (
        "Second check. The bedside monitor is the alarm.",
        "Operators are chosen from a list, not authenticated.",
        f"limits {made.view.policy.title}",
        f"{made.view.record_length} entries",
        "Vigil 9.9.9",
        "station 1",
        "Printed 18-Nov-2025 11:54 by M. Duarte RN",
        "Signed M. Duarte RN, 18-Nov-2025 11:40",
        "Born 12-Mar-1979 (46 y)",
        "10:16 rechecking, M. Duarte RN",
        "Captured, not accepted: 148/92 10:20",
        "Needs someone: Captured 148/92 at 10:20, not accepted",
    ):
        assert words in text, words


def test_the_same_session_prints_the_same_words(tmp_path: Path) -> None:
    assert text_of(written(tmp_path, surge())) == text_of(written(tmp_path, surge()))


def test_only_simulated_sessions_are_striped(tmp_path: Path) -> None:
    assert "SIMULATED DATA" in text_of(written(tmp_path, surge(is_simulated=True)))
    assert "SIMULATED" not in text_of(written(tmp_path, surge()))


def test_an_amended_value_stands_beside_what_it_became(tmp_path: Path) -> None:
    made = surge()
    target = made.view.charted[-1]
    vitals = Vitals(systolic_mmhg=122, diastolic_mmhg=78, pulse_rate_bpm=81)
    made.do(100, bodies.Amended(target=target.sequence, vitals=vitals, reason=Reason.SLIP))
    text = text_of(written(tmp_path, made))
    assert "72 81" in text
    assert "slip, M. Duarte RN 11:44" in text


@pytest.mark.parametrize("sets", [2, 20, 27])
def test_a_usual_number_of_sets_is_listed_whole_on_one_page(tmp_path: Path, sets: int) -> None:
    made = long_session(sets)
    reader = written(tmp_path, made)
    text = text_of(reader)
    assert len(reader.pages) == 1
    assert "sets listed" not in text
    for reading in made.view.readings:
        minute = round((reading.at_ms - instant(0).utc_ms) / 60_000)
        assert re.search(rf"[+\N{{MINUS SIGN}}]{abs(minute)}\b", text), minute


def eventful(*, sets: int, flags: int, events: int) -> MadeSession:
    """A session with that many flags never answered and notes, and sets between them."""
    made = MadeSession()
    made.sets([(-8, 126, 80), (-5, 122, 76)])
    made.start()
    for at in range(sets):
        made.set(2 + 3 * at, 205 if at % 2 and at < 2 * flags else 128, 84)
    for at in range(events):
        made.do(2.5 + at, bodies.Noted(text=f"Note number {at}, talks quietly with the nurse"))
    return made


@pytest.mark.parametrize(("sets", "flags", "events"), [(40, 20, 30), (20, 0, 60), (12, 6, 2), (90, 45, 100)])
def test_one_page_holds_any_session_and_counts_what_it_leaves_out(
    tmp_path: Path, sets: int, flags: int, events: int
) -> None:
    made = eventful(sets=sets, flags=flags, events=events)
    reader = written(tmp_path, made)
    text = text_of(reader)
    assert len(reader.pages) == 1
    assert grouped(head(made.session.record)) in text
    assert "Continued" not in text
    listed = len(re.findall(r"Note number", text))
    assert listed == events or f"+{events - listed} more events" in text
    raised = made.summary.flags
    told = len(re.findall(r"(?:Notify|Watch|Act now) (?:Pressure|Rise)", text))
    assert told == len(raised) or f"+{len(raised) - told} more flags" in text
    shortened = re.search(r"(\d+) of (\d+) sets listed", text)
    if shortened is not None:
        assert int(shortened[2]) == len(made.view.readings)
        assert len(re.findall(r"\btyped\b", text)) == int(shortened[1])


def test_what_is_left_out_is_never_the_peak_or_the_end(tmp_path: Path) -> None:
    made = long_session(60)
    made.sets([(301 + 3 * at, 205, 119) for at in range(30)])
    made.set(401, 231, 119)
    made.set(410, 126, 82)
    text = text_of(written(tmp_path, made))
    assert "sets listed" in text
    for told in ("231/119", "126/82", "126/80", "122/76"):
        assert told in text.partition("Time")[2], told


def test_a_session_without_sets_still_prints(tmp_path: Path) -> None:
    text = text_of(written(tmp_path, MadeSession()))
    assert "No set was charted." in text
    assert "No infusion was started" in text
    assert "Not signed" in text


def test_every_row_lies_above_the_foot() -> None:
    drawing = ReportDrawing(long_session(45).view, "0" * 64, STAMP)
    for page in drawing.pages:
        height = sum(row.height for row in page)
        assert height <= drawing._size.body_bottom - drawing._size.body_top


# the chart's pixels


def ink_rows(image: QImage, x: int, top: int, bottom: int) -> list[int]:
    return [y for y in range(top, bottom) if QColor(image.pixel(x, y)).lightness() < 60]


@pytest.mark.parametrize(("systolic", "diastolic"), [(184, 108), (120, 80), (219, 41)])
def test_a_pressure_lies_on_its_own_pixel(systolic: int, diastolic: int) -> None:
    mark = PressureMark(minute=30, systolic_mmhg=systolic, diastolic_mmhg=diastolic)
    model = ChartModel(pressures=(mark,))
    places = chart_places(model, width=864, pressure_px=180)
    scale = 4
    image = QImage(864 * scale, round(places.height * scale), QImage.Format.Format_RGB32)
    image.fill("#FFFFFF")
    painter = QPainter(image)
    painter.scale(scale, scale)
    paint_chart(painter, model, places, left=0, top=0)
    painter.end()
    tip, foot = places.pressure_point(30, systolic), places.pressure_point(30, diastolic)
    middle = round(tip.x() * scale)
    seen = ink_rows(image, middle, round(tip.y() * scale) - 3 * scale, round(foot.y() * scale) + 3 * scale)
    assert abs(seen[0] / scale - tip.y()) < 1
    assert abs(seen[-1] / scale - foot.y()) < 1


def test_continuous_values_are_printed_and_not_across_a_break() -> None:
    minutes, values = (10.0, 20.0, 20.1, 30.0, 40.0), (97.0, 97.0, math.nan, 97.0, 97.0)
    model = ChartModel(saturation_trend=Trend(minutes=minutes, values=values))
    places = chart_places(model, width=864, pressure_px=180)
    scale = 4
    image = QImage(864 * scale, round(places.height * scale), QImage.Format.Format_RGB32)
    image.fill("#FFFFFF")
    painter = QPainter(image)
    painter.scale(scale, scale)
    paint_chart(painter, model, places, left=0, top=0)
    painter.end()
    y = places.tops[2] + places.saturation.y_px(97)
    seen = {}
    for minute in (16, 25, 36):
        x = round(places.pressure_point(minute, 0).x() * scale)
        rows = [QColor(image.pixel(x, round(y * scale) + off)).lightness() for off in (-2, -1, 0, 1, 2)]
        seen[minute] = min(rows) < 150
    assert seen == {16: True, 25: False, 36: True}


def test_axis_ticks_and_values_share_one_mapping() -> None:
    places = chart_places(chart_model(surge().view, None), width=864, pressure_px=180)
    top, bottom = places.pressure_point(0, 220), places.pressure_point(0, 40)
    assert (top.y(), bottom.y()) == (places.tops[0], places.tops[0] + 180)
    assert places.pressure_point(0, 130).y() == (top.y() + bottom.y()) / 2


# the file


def test_the_name_of_the_file_names_nobody() -> None:
    assert report_name(surge(name="Zebra, Quagga").view) == "vigil-2025-11-18-session-1.pdf"


def test_a_folder_that_refuses_is_said_in_a_sentence_and_leaves_nothing(tmp_path: Path) -> None:
    not_a_folder = tmp_path / "file"
    not_a_folder.write_text("x")
    with pytest.raises(EnvironmentFault, match="Choose another folder"):
        written(not_a_folder, surge())
    assert [each.name for each in tmp_path.iterdir()] == ["file"]


def test_a_full_disk_keeps_the_report_that_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path, surge())
    before = (tmp_path / "report.pdf").read_bytes()

    def refuse(_fd: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", refuse)
    with pytest.raises(EnvironmentFault, match="No space left on device"):
        written(tmp_path, surge())
    assert (tmp_path / "report.pdf").read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["report.pdf"]


# the preview


def test_the_preview_shows_each_page_and_enter_saves(
    qtbot: QtBot, themes: ThemeSwitch, tmp_path: Path
) -> None:
    made, place = surge(), ward(seat=())
    archive = FakeArchive(made.session.record)
    page = ReportPage(place.controller, themes, archive, "session-1", tmp_path / "reports", "9.9.9")
    qtbot.addWidget(page)
    qtbot.waitUntil(lambda: page.page_count == 1)
    assert page.field.text == str(tmp_path / "reports" / "vigil-2025-11-18-session-1.pdf")
    with qtbot.waitSignal(page.told):
        page.field.edit.returnPressed.emit()
    assert len(PdfReader(page.field.text).pages) == 1


def test_a_path_that_cannot_be_written_is_said_beside_it(
    qtbot: QtBot, themes: ThemeSwitch, tmp_path: Path
) -> None:
    made, place = surge(), ward(seat=())
    (tmp_path / "file").write_text("x")
    archive = FakeArchive(made.session.record)
    page = ReportPage(place.controller, themes, archive, "session-1", tmp_path / "file", "9.9.9")
    qtbot.addWidget(page)
    qtbot.waitUntil(lambda: page.page_count == 1)
    page.save()
    assert "Choose another folder" in page.field.hint_label.text()
    page.field.edit.clear()
    page.save()
    assert page.field.hint_label.text() == "Type something first."


def test_escape_goes_back_to_the_review(qtbot: QtBot, themes: ThemeSwitch, tmp_path: Path) -> None:
    place = ward(seat=())
    page = ReportPage(place.controller, themes, FakeArchive(), "session-1", tmp_path, "9.9.9")
    qtbot.addWidget(page)
    with qtbot.waitSignal(page.asked) as asked:
        QTest.keyClick(page, Qt.Key.Key_Escape)
    assert asked.args == [ToReview("session-1")]
