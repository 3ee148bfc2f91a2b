"""What a nurse can count on in the whole window: few keys, readable words, nothing in the way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt, QTranslator
from PySide6.QtGui import QFontMetricsF, QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QLineEdit, QScrollArea, QWidget

from monitor import bodies
from monitor.settings import TextSize, ThemeName
from tests.ui.archives import FakeArchive
from tests.ui.links import FakeMonitors
from tests.ui.made import Ward, okafor, ward
from tests.ui.shell import infuse, press, seated
from ui.app import build_window
from ui.board.card import ChairCard
from ui.elided import ElidedLabel
from ui.main_window import MainWindow
from ui.routes import Route, ToBoard, ToChair, ToDevice, ToReport, ToReview, ToSeat, ToSettings
from ui.session.page import SessionPage
from ui.theme import LIGHT, Theme, ThemeSwitch, contrast_ratio, theme_named
from ui.widgets.choice import SegmentedChoice
from ui.widgets.focus_ring import RING_PX, FocusRing
from ui.widgets.key_button import KeyButton

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from monitor.view import SessionView

CTRL = Qt.KeyboardModifier.ControlModifier
KEYPAD = Qt.KeyboardModifier.KeypadModifier
MM_A_PIXEL = 531.4 / 1920  # a 24-inch screen of 1920 pixels
WORDS, MARKS = 4.5, 3.0  # WCAG 2.2, 1.4.3 and 1.4.11
ROUTES: dict[str, Route] = {
    "board": ToBoard(),
    "session": ToChair(1),
    "seating": ToSeat(3),
    "sessions": ToReview(),
    "review": ToReview("past"),
    "report": ToReport("past"),
    "settings": ToSettings(),
    "device": ToDevice(1),
}
EVERY_THEME = pytest.mark.parametrize(
    "theme", [theme_named(name) for name in ThemeName], ids=lambda t: t.name.value
)


Seen = TypeVar("Seen", bound=QWidget)


@dataclass
class Room:
    """The whole window over a clinic: chair 1 infusing, chair 2 simulated and infusing, one session past."""

    ward: Ward
    window: MainWindow
    themes: ThemeSwitch
    past: str
    keys: int = 0

    def go(self, page: str) -> None:
        route = ROUTES[page]
        if isinstance(route, ToReview) and route.session_id:
            route = ToReview(self.past)
        self.window.go(ToReport(self.past) if isinstance(route, ToReport) else route)
        self.settle()

    def pages(self) -> Iterator[str]:
        """Go to one page after the other."""
        for page in ROUTES:
            self.go(page)
            yield page

    def settle(self) -> None:
        for _ in range(3):
            QApplication.processEvents()

    def view(self, chair: int = 1) -> SessionView:
        session = self.ward.clinic.session(chair)
        assert session is not None
        return session.view

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier | None = None) -> None:
        self.keys += 1
        press(key, held)
        self.settle()
        assert QApplication.activeModalWidget() is None
        assert QApplication.activePopupWidget() is None

    def write(self, text: str) -> None:
        for letter in text:
            self.press(Qt.Key(ord(letter.upper())))

    def charted(self, chair: int = 1) -> tuple[int | None, ...]:
        vitals = self.view(chair).charted[-1].vitals
        return (vitals.systolic_mmhg, vitals.diastolic_mmhg, vitals.rate_bpm, vitals.spo2_percent)

    def seen(self, kind: type[Seen]) -> list[Seen]:
        return [each for each in self.window.findChildren(kind) if each.isVisible()]


def words_of(part: QWidget) -> str:
    """Every word of it that can be seen."""
    return " ".join(each.text() for each in part.findChildren(QLabel) if each.isVisible())


def made_room(themes: ThemeSwitch, qtbot: QtBot) -> Room:
    past = ward(seat=(okafor(),))
    past.infusing()
    past.chart(186, 104, 88, 97)
    session = past.clinic.session(1)
    assert session is not None
    made = ward(seat=())
    made.controller.seat(seated(1, "OKAFOR, Ruth"))
    infuse(made, 1)
    made.controller.seat(seated(2, "KIM, Mina", is_simulated=True))
    infuse(made, 2)
    made.chart(128, 80, 74, 98)
    made.save_all()
    made.controller.change_settings(replace(made.controller.settings, is_still=True))
    archive = FakeArchive(session.record)
    window = build_window(made.controller, themes, archive, FakeMonitors())
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return Room(ward=made, window=window, themes=themes, past=session.view.session)


@pytest.fixture
def room(themes: ThemeSwitch, qtbot: QtBot) -> Room:
    return made_room(themes, qtbot)


# --- keys ---


def test_pressure_rate_and_saturation_take_at_most_twelve_keys(room: Room) -> None:
    room.go("session")
    room.write("130/827698")
    room.press(Qt.Key.Key_Return)
    assert room.charted() == (130, 82, 76, 98)
    assert room.keys <= 12


def test_a_monitors_reading_is_accepted_with_one_key(room: Room) -> None:
    room.go("session")
    room.ward.pass_s(60)
    room.ward.capture(134, 84)
    room.settle()
    room.ward.pass_s(2)
    room.settle()
    room.press(Qt.Key.Key_Return)
    assert room.charted() == (134, 84, 80, 98)
    assert room.keys == 1


def test_another_chairs_set_takes_at_most_fourteen_keys_of_the_number_pad(room: Room) -> None:
    room.go("session")
    room.press(Qt.Key.Key_Asterisk, KEYPAD)
    room.press(Qt.Key.Key_2, KEYPAD)
    room.write("128/827698")
    room.press(Qt.Key.Key_Enter, KEYPAD)
    assert room.charted(chair=2) == (128, 82, 76, 98)
    assert room.keys <= 14


def test_six_values_take_ten_digits_their_spaces_and_enter(room: Room) -> None:
    room.go("session")
    room.write("130827698 14 5")
    room.press(Qt.Key.Key_Return)
    vitals = room.view().charted[-1].vitals
    assert (vitals.respiratory_rate_bpm, vitals.moaa_s) == (14, 5)
    assert room.keys <= 15


def test_a_flag_is_answered_with_two_keys_and_the_record_has_it(room: Room) -> None:
    room.ward.chart(204, 118, 96, 97)
    room.go("session")
    room.write("A1")
    session = room.ward.clinic.session(1)
    assert session is not None
    answers = [entry for entry in session.record if isinstance(entry.body, bodies.FlagAnswered)]
    assert len(answers) == 1
    assert answers[0].author.name == room.ward.controller.operator
    assert room.keys == 2


@pytest.mark.parametrize("line", ["1280/82", "82/128", "12/80"])
def test_what_cannot_be_is_neither_charted_nor_swapped(room: Room, line: str) -> None:
    room.go("session")
    before = room.charted()
    room.write(line)
    room.press(Qt.Key.Key_Return)
    assert room.charted() == before
    assert room.window.findChildren(SessionPage)[-1].bar.field.text() == line


def test_a_true_extreme_is_charted_and_flagged_by_its_enter(room: Room) -> None:
    room.go("session")
    room.write("220/130")
    room.press(Qt.Key.Key_Return)
    assert room.charted()[:2] == (220, 130)
    assert "220/130" in room.window.banner.bars[0].text


# --- nothing in the way ---


def test_no_dialog_stands_in_the_way_of_a_session(room: Room) -> None:
    """Every `press` also looks for a modal window."""
    room.go("session")
    for text in ("204/1189697", "A1", "E", "N", "T", "C", "R", "999"):
        room.write(text)
        room.press(Qt.Key.Key_Return)
        room.press(Qt.Key.Key_Escape)
        room.go("session")
    for key in (Qt.Key.Key_O, Qt.Key.Key_F, Qt.Key.Key_Comma, Qt.Key.Key_D, Qt.Key.Key_Q):
        room.press(key, CTRL)
    assert room.window.isVisible()  # something is not saved: it did not close
    assert not room.window.findChildren(QDialog)
    assert [each for each in QApplication.topLevelWidgets() if each.isVisible()] == [room.window]


def test_an_act_now_is_seen_whatever_page_is_open(room: Room) -> None:
    for page in room.pages():
        room.ward.chart(204, 118, 96, 97)
        room.settle()
        bar = room.window.banner.bars[0]
        assert "!!! Act now" in words_of(bar), page
        assert room.window.rect().contains(QRect(bar.mapTo(room.window, QPoint(0, 0)), bar.size()))


# --- by keyboard alone ---


def tab_stops() -> Iterator[QWidget]:
    """Where Tab leads until it comes round."""
    known: set[int] = set()
    for _ in range(80):
        press(Qt.Key.Key_Tab)
        QApplication.processEvents()
        now = QApplication.focusWidget()
        if now is None or id(now) in known:
            return
        known.add(id(now))
        yield now


def test_everything_is_reached_by_the_keyboard(room: Room) -> None:
    room.ward.chart(204, 118, 96, 97)
    for page in room.pages():
        reached = set(tab_stops()) | {QApplication.focusWidget()}
        for kind in (QAbstractButton, QLineEdit, SegmentedChoice, ChairCard):
            for each in room.seen(kind):
                has_key = isinstance(each, KeyButton) and each.accessibleName().endswith(")")
                assert each in reached or has_key, (page, each.accessibleName(), each)


def test_a_ring_of_three_pixels_surrounds_what_has_the_keyboard(room: Room) -> None:
    for page in room.pages():
        ring = room.window.findChildren(FocusRing)[0]
        ringed = 0
        for each in tab_stops():
            if ring.target is not each:
                continue  # what fills the page has no ring
            ringed += 1
            corner = each.mapTo(room.window, QPoint(0, 0))
            assert ring.isVisible()
            assert ring.geometry().contains(
                QRect(corner, each.size()).adjusted(-RING_PX, -RING_PX, RING_PX, RING_PX)
            )
        assert ringed, page


def test_everything_that_takes_the_keyboard_has_a_name(room: Room) -> None:
    room.ward.chart(204, 118, 96, 97)
    for page in room.pages():
        for each in room.seen(QWidget):
            if each.focusPolicy() is not Qt.FocusPolicy.NoFocus and not each.objectName().startswith("qt_"):
                assert each.accessibleName(), (page, each)


@pytest.mark.parametrize("keys", ["E", "E1", "E3", "E4", "N", "A", "C", "R", "T"])
def test_everything_asked_in_a_session_has_a_name(room: Room, keys: str) -> None:
    room.ward.chart(204, 118, 96, 97)
    room.go("session")
    room.write(keys)
    for each in room.seen(QWidget):
        if each.focusPolicy() is not Qt.FocusPolicy.NoFocus and not each.objectName().startswith("qt_"):
            assert each.accessibleName(), each


# --- readable ---


def painted(window: QWidget, scale: int = 3) -> np.ndarray[Any, Any]:
    """The window's pixels, finer than the screen's so that thin strokes show their whole ink."""
    image = QImage(window.size() * scale, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    window.render(image)
    raw = np.frombuffer(image.constBits(), dtype=np.uint32)
    return raw.reshape(image.height(), image.width()) & 0xFFFFFF


def inks(pixels: np.ndarray[Any, Any]) -> tuple[str, set[str]]:
    """The ground, which most pixels have, and every other colour."""
    colours, counts = np.unique(pixels, return_counts=True)
    names = [f"#{colour:06X}" for colour in colours]
    ground = names[int(counts.argmax())]
    return ground, set(names) - {ground}


def on_screen(each: QWidget, window: QWidget) -> QRect:
    """What of it can be seen: inside the window and every room that scrolls."""
    box = QRect(each.mapTo(window, QPoint(0, 0)), each.size()) & window.rect()
    step = each.parentWidget()
    while step is not None and step is not window:
        if isinstance(step.parentWidget(), QScrollArea):
            box &= QRect(step.mapTo(window, QPoint(0, 0)), step.size())
        step = step.parentWidget()
    return box


@EVERY_THEME
def test_every_word_stands_out_from_what_is_behind_it(room: Room, theme: Theme) -> None:
    room.themes.switch_to(theme)
    room.ward.chart(204, 118, 96, 97)
    for page in room.pages():
        pixels = painted(room.window)
        for each in room.seen(QLabel):
            box = on_screen(each, room.window)
            if not each.text().strip() or box.isEmpty() or each.pixmap():
                continue
            part = pixels[3 * box.top() : 3 * box.bottom(), 3 * box.left() : 3 * box.right()]
            ground, others = inks(part)
            assert max((contrast_ratio(ground, ink) for ink in others), default=0) >= WORDS, (
                page,
                each.text(),
            )


@EVERY_THEME
def test_every_ink_of_a_theme_stands_out_from_every_ground_it_is_used_on(theme: Theme) -> None:
    grounds = [theme.background, theme.panel]
    tints = [band.tint for band in theme.bands.values()]
    words = [theme.text, theme.second_text, theme.map_ink, theme.heart_rate, theme.spo2]
    marks = [theme.pressure, theme.heart_rate, theme.spo2, theme.respiratory_rate, theme.focus]
    edges = [theme.edge, theme.overdue.edge, *(flag.edge for flag in theme.flags.values())]
    filled = [(ink.text, ink.fill) for ink in (*theme.flags.values(), theme.overdue)]
    filled += [(theme.background, theme.text), (theme.on_focus, theme.focus)]
    low = [(ink, on) for ink in words for on in grounds + tints if contrast_ratio(ink, on) < WORDS]
    low += [(ink, on) for ink, on in filled if contrast_ratio(ink, on) < WORDS]
    low += [(ink, on) for ink in marks for on in grounds + tints if contrast_ratio(ink, on) < MARKS]
    low += [(ink, on) for ink in edges for on in grounds if contrast_ratio(ink, on) < MARKS]
    assert low == []


def test_no_word_is_smaller_than_thirteen_pixels(room: Room) -> None:
    for page in room.pages():
        for each in room.seen(QLabel):
            assert each.font().pixelSize() >= 13, (page, each)


def test_what_is_pressed_is_large_enough(room: Room) -> None:
    room.ward.chart(204, 118, 96, 97)
    for page in room.pages():
        for each in room.seen(QAbstractButton) + room.seen(QLineEdit) + room.seen(SegmentedChoice):
            assert min(each.width(), each.height()) >= 24, (page, each)
        for button in room.window.banner.bars[0].buttons:
            assert not button.isVisible() or min(button.width(), button.height()) >= 44
        for card in room.seen(ChairCard):
            assert min(card.width(), card.height()) >= 44


def test_the_boards_pressure_is_read_from_two_metres(room: Room) -> None:
    card = room.window.findChildren(ChairCard)[0]
    capitals_px = QFontMetricsF(card.figures.pressure.font()).capHeight()
    assert capitals_px * MM_A_PIXEL >= 11.6


# --- honest ---


def test_every_value_says_when_it_was_taken_and_how_old_it_is(room: Room) -> None:
    room.ward.capture(134, 84)
    room.ward.pass_s(240)
    for chair, card in [(each.chair, each) for each in room.window.findChildren(ChairCard)]:
        if room.ward.clinic.session(chair) is not None:
            assert "min ago" in card.figures.age.text()
    room.go("session")
    page = room.window.page
    assert isinstance(page, SessionPage)
    gutter = page.gutter
    assert "min ago" in gutter.pressure.age.text()
    assert ":" in gutter.pressure.source.text()
    for block in (gutter.rate, gutter.saturation):
        assert "min ago" in block.source.text()
        assert ":" in block.source.text()


@pytest.mark.parametrize(
    ("set_", "marks", "word"), [((184, 112), "!!", "Unconfirmed"), ((204, 118), "!!!", "Act now")]
)
def test_a_level_is_said_by_a_word_and_marks_not_by_colour_alone(
    room: Room, set_: tuple[int, int], marks: str, word: str
) -> None:
    room.ward.chart(*set_, 80, 98)
    room.go("board")
    card = next(each for each in room.seen(ChairCard) if each.chair == 1)
    for said in (card.line.text, words_of(room.window.banner.bars[0])):
        assert f"{marks} {word}" in said


def test_an_unconfirmed_pressure_starts_a_timer_and_makes_no_sound(room: Room) -> None:
    room.go("session")
    room.write("184/112")
    room.press(Qt.Key.Key_Return)
    room.press(Qt.Key.Key_Return)  # the change is large: it was asked about
    row = room.window.banner.bars[0].row
    assert "nconfirmed" in row.word
    assert row.countdown
    assert any("Tones off" in each.accessibleName() for each in room.seen(QWidget))


def test_overdue_appears_two_minutes_after_the_set_was_due(room: Room) -> None:
    room.go("board")
    card = next(each for each in room.window.findChildren(ChairCard) if each.chair == 1)
    due_ms = room.view().next_due_ms
    assert due_ms is not None
    left_s = (due_ms - room.view().clock_ms(room.ward.clock.at)) / 1000
    seen = []
    for wait_s in (left_s + 115, 10):
        room.ward.pass_s(wait_s)
        seen.append("verdue" in card.line.text)
    assert seen == [False, True]


def test_nothing_flashes_three_times_a_second_and_nothing_at_all_when_still(room: Room) -> None:
    room.ward.controller.change_settings(replace(room.ward.controller.settings, is_still=False))
    room.ward.chart(204, 118, 96, 97)
    room.settle()
    banner = room.window.banner
    pulses = [banner.is_pulsing]
    assert banner.pulse_hz < 3
    banner.beat()
    room.ward.controller.change_settings(replace(room.ward.controller.settings, is_still=True))
    assert [*pulses, banner.is_pulsing] == [True, False]
    assert QApplication.cursorFlashTime() == 0
    unanswered = room.window.banner.grab().toImage()
    room.go("session")
    room.write("A1")
    assert room.window.banner.grab().toImage() != unanswered


# --- looks ---


SCROLLING_SIDEWAYS = {
    "review",
    "seating",
    "report",
    "sessions",
    "device",
}  # with large words; nobody is treated there


class Longer(QTranslator):
    """A language whose sentences are longer."""

    def __init__(self, by: float) -> None:
        super().__init__()
        self._by = by

    def translate(self, _context: str, text: str, *_more: object) -> str:
        return text + "\N{EN DASH}" * round(len(text) * self._by)


def cut_labels(room: Room, page: str) -> list[str]:
    """Every word in sight that has less room than it needs."""
    cut = []
    for each in room.seen(QLabel):
        if isinstance(each, ElidedLabel) or not each.text() or each.pixmap():
            continue
        ink = each.fontMetrics().tightBoundingRect(each.text())
        needs = each.heightForWidth(each.width()) if each.wordWrap() else ink.height()
        is_narrow = not each.wordWrap() and each.width() < each.sizeHint().width()
        is_sideways = page in SCROLLING_SIDEWAYS and room.window.stack.isAncestorOf(each)
        left, right = (
            each.mapTo(room.window, QPoint(0, 0)).x(),
            each.mapTo(room.window, QPoint(each.width(), 0)).x(),
        )
        is_outside = not is_sideways and (left < 0 or right > room.window.width())
        if is_narrow or each.height() < needs or is_outside:
            cut.append(each.text())
    buttons = [(each, each.sizeHint()) for each in room.seen(KeyButton)]
    return cut + [
        each.text() for each, need in buttons if each.width() < need.width() or each.height() < need.height()
    ]


@pytest.mark.parametrize("size", [TextSize.NORMAL, TextSize.LARGE, TextSize.LARGEST])
def test_no_word_is_cut_at_any_text_size(room: Room, size: TextSize) -> None:
    room.ward.chart(204, 118, 96, 97)
    room.ward.controller.change_settings(replace(room.ward.controller.settings, text_size=size))
    for page in room.pages():
        assert cut_labels(room, page) == [], page


def test_no_word_is_cut_in_a_longer_language(qapp: QApplication, themes: ThemeSwitch, qtbot: QtBot) -> None:
    longer = Longer(0.15)
    qapp.installTranslator(longer)
    try:
        room = made_room(themes, qtbot)
        for page in room.pages():
            assert cut_labels(room, page) == [], page
    finally:
        qapp.removeTranslator(longer)


@pytest.mark.parametrize("size", [TextSize.LARGE, TextSize.LARGEST])
def test_with_large_text_the_flag_the_patient_the_pressure_and_the_field_stay_in_sight(
    room: Room, size: TextSize
) -> None:
    room.ward.chart(204, 118, 96, 97)
    room.ward.controller.change_settings(replace(room.ward.controller.settings, text_size=size))
    room.go("session")
    page = room.window.page
    assert isinstance(page, SessionPage)
    for each in (room.window.banner, page.identity, page.gutter.pressure.value, page.bar, room.window.footer):
        assert on_screen(each, room.window).size() == each.size(), each


def text_size(room: Room) -> int:
    return room.ward.controller.settings.text_size.value


def test_keys_change_the_text_size_live_and_it_is_kept(room: Room) -> None:
    room.go("session")
    room.write("128/")
    room.press(Qt.Key.Key_Plus, CTRL)
    assert text_size(room) == 125
    assert room.window.footer.findChildren(QLabel)[0].font().pixelSize() > 13
    page = room.window.page
    assert isinstance(page, SessionPage)
    assert page.bar.field.text() == "128/"
    assert page.bar.field.hasFocus()
    room.press(Qt.Key.Key_Minus, CTRL)
    room.press(Qt.Key.Key_Minus, CTRL)
    assert text_size(room) == 100
    room.press(Qt.Key.Key_Plus, CTRL)
    room.press(Qt.Key.Key_0, CTRL)
    assert text_size(room) == 100


@EVERY_THEME
def test_a_live_switch_leaves_nothing_in_the_old_theme(
    themes: ThemeSwitch, qtbot: QtBot, theme: Theme
) -> None:
    themes.switch_to(theme)
    fresh = made_room(themes, qtbot)
    expected = {page: painted(fresh.window, 1) for page in fresh.pages()}
    fresh.window.close()
    other = LIGHT if theme is not LIGHT else theme_named(ThemeName.DARK)
    themes.switch_to(other)
    switched = made_room(themes, qtbot)
    for page in switched.pages():
        themes.switch_to(theme)
        switched.settle()
        assert np.array_equal(painted(switched.window, 1), expected[page]), page
        themes.switch_to(other)
