"""What a nurse can count on wherever she looks in the whole window: reached, readable, not cut."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt, QTranslator
from PySide6.QtGui import QFontMetricsF, QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget

from monitor.settings import TextSize, ThemeName
from tests.ui.whole_window import Room, made_room, on_screen, tab_stops, words_of
from ui.board.card import ChairCard
from ui.elided import ElidedLabel
from ui.session.page import SessionPage
from ui.theme import LIGHT, Theme, ThemeSwitch, contrast_ratio, theme_named
from ui.widgets.choice import SegmentedChoice
from ui.widgets.focus_ring import RING_PX, FocusRing
from ui.widgets.key_button import KeyButton

if TYPE_CHECKING:
    from collections.abc import Iterator

MM_A_PIXEL = 531.4 / 1920  # a 24-inch screen of 1920 pixels
WORDS, MARKS = 4.5, 3.0  # WCAG 2.2, 1.4.3 and 1.4.11
EVERY_THEME = pytest.mark.parametrize(
    "theme", [theme_named(name) for name in ThemeName], ids=lambda t: t.name.value
)


def painted(window: QWidget, scale: int = 3) -> np.ndarray[Any, Any]:
    """The window's pixels, finer than the screen's so that thin strokes show their whole ink."""
    image = QImage(window.size() * scale, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    window.render(image)
    raw = np.frombuffer(image.constBits(), dtype=np.uint32)
    return raw.reshape(image.height(), image.width()) & 0xFFFFFF


# --- made anew ---


def test_a_live_switch_leaves_nothing_in_the_old_theme(themes: ThemeSwitch) -> None:
    """Each page in turn goes on to the next theme, and then looks as one that was built in it."""
    built = {}
    for name in ThemeName:
        themes.switch_to(theme_named(name))
        fresh = made_room(themes)
        built[name] = {page: painted(fresh.window, 1) for page in fresh.pages()}
        fresh.close()
    room = made_room(themes)
    names = list(ThemeName)
    for at, page in enumerate(room.pages()):
        name = names[at % len(names)]
        assert themes.theme.name is not name
        themes.switch_to(theme_named(name))
        room.settle()
        assert np.array_equal(painted(room.window, 1), built[name][page]), (page, name)
    room.close()


class Longer(QTranslator):
    """A language whose sentences are longer."""

    def __init__(self, by: float) -> None:
        super().__init__()
        self._by = by

    def translate(self, _context: str, text: str, *_more: object) -> str:
        return text + "\N{EN DASH}" * round(len(text) * self._by)


def cut_labels(room: Room) -> list[str]:
    """Every word in sight that has less room than it needs."""
    cut = []
    for each in room.seen(QLabel):
        if isinstance(each, ElidedLabel) or not each.text() or each.pixmap():
            continue
        ink = each.fontMetrics().tightBoundingRect(each.text())
        needs = each.heightForWidth(each.width()) if each.wordWrap() else ink.height()
        is_narrow = not each.wordWrap() and each.width() < each.sizeHint().width()
        left, right = (
            each.mapTo(room.window, QPoint(0, 0)).x(),
            each.mapTo(room.window, QPoint(each.width(), 0)).x(),
        )
        is_outside = left < 0 or right > room.window.width()
        if is_narrow or each.height() < needs or is_outside:
            cut.append(each.text())
    buttons = [(each, each.sizeHint()) for each in room.seen(KeyButton)]
    return cut + [
        each.text() for each, need in buttons if each.width() < need.width() or each.height() < need.height()
    ]


def test_no_word_is_cut_in_a_longer_language(qapp: QApplication, themes: ThemeSwitch) -> None:
    longer = Longer(0.15)
    qapp.installTranslator(longer)
    try:
        room = made_room(themes)
        for page in room.pages():
            assert cut_labels(room) == [], page
        room.close()
    finally:
        qapp.removeTranslator(longer)


# --- everywhere, with an act now open ---


@pytest.fixture(scope="module")
def flagged(qapp: QApplication, bundled_fonts: None) -> Iterator[Room]:  # noqa: ARG001 - loaded first
    """One window for all who only look."""
    themes = ThemeSwitch(qapp, LIGHT)
    made = made_room(themes)
    made.ward.chart(204, 118, 96, 97)
    yield made
    made.close()
    themes.deleteLater()


@pytest.fixture
def room(flagged: Room) -> Iterator[Room]:
    yield flagged
    settings = flagged.ward.controller.settings
    flagged.ward.controller.change_settings(replace(settings, text_size=TextSize.NORMAL))
    flagged.themes.switch_to(LIGHT)
    flagged.go("board")


def test_an_act_now_is_seen_whatever_page_is_open(room: Room) -> None:
    for page in room.pages():
        bar = room.window.banner.bars[0]
        assert "!!! Act now" in words_of(bar), page
        assert room.window.rect().contains(QRect(bar.mapTo(room.window, QPoint(0, 0)), bar.size()))


# --- by keyboard alone ---


def test_everything_is_reached_by_the_keyboard(room: Room) -> None:
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
    for page in room.pages():
        for each in room.seen(QWidget):
            if each.focusPolicy() is not Qt.FocusPolicy.NoFocus and not each.objectName().startswith("qt_"):
                assert each.accessibleName(), (page, each)


# --- readable ---


def inks(pixels: np.ndarray[Any, Any]) -> tuple[str, set[str]]:
    """The ground, which most pixels have, and every other colour."""
    colours, counts = np.unique(pixels, return_counts=True)
    names = [f"#{colour:06X}" for colour in colours]
    ground = names[int(counts.argmax())]
    return ground, set(names) - {ground}


@EVERY_THEME
def test_every_word_stands_out_from_what_is_behind_it(room: Room, theme: Theme) -> None:
    room.themes.switch_to(theme)
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


# --- sizes ---


@pytest.mark.parametrize("size", [TextSize.NORMAL, TextSize.LARGE, TextSize.LARGEST])
def test_no_word_is_cut_at_any_text_size(room: Room, size: TextSize) -> None:
    room.ward.controller.change_settings(replace(room.ward.controller.settings, text_size=size))
    for page in room.pages():
        assert cut_labels(room) == [], page


@pytest.mark.parametrize("size", [TextSize.LARGE, TextSize.LARGEST])
def test_with_large_text_the_flag_the_patient_the_pressure_and_the_field_stay_in_sight(
    room: Room, size: TextSize
) -> None:
    room.ward.controller.change_settings(replace(room.ward.controller.settings, text_size=size))
    room.go("session")
    page = room.window.page
    assert isinstance(page, SessionPage)
    for each in (room.window.banner, page.identity, page.gutter.pressure.value, page.bar, room.window.footer):
        assert on_screen(each, room.window).size() == each.size(), each
