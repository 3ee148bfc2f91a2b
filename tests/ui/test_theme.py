"""Colours that everybody can tell apart, and a switch that reaches everything."""

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from monitor.policy import Level
from monitor.settings import ThemeName
from ui.theme import DARK, DIM, LIGHT, Theme, ThemeSwitch, contrast_ratio, palette_of, theme_named

ALL = pytest.mark.parametrize("theme", [LIGHT, DARK, DIM], ids=lambda t: t.name.value)
TEXT = 4.5
MARK = 3.0


@ALL
def test_text_reads_on_every_ground_it_stands_on(theme: Theme) -> None:
    grounds = [theme.background, theme.panel]
    tints = [theme.bands[level].tint for level in Level]
    for ink in (theme.text, theme.second_text, theme.map_ink, theme.heart_rate, theme.spo2):
        for ground in grounds + tints:
            assert contrast_ratio(ink, ground) >= TEXT, (ink, ground)


@ALL
def test_text_reads_on_every_fill(theme: Theme) -> None:
    for ink in [*theme.flags.values(), theme.overdue]:
        assert contrast_ratio(ink.text, ink.fill) >= TEXT, ink
    assert contrast_ratio(theme.background, theme.text) >= TEXT
    assert contrast_ratio(theme.on_focus, theme.focus) >= TEXT


@ALL
def test_marks_lines_and_edges_stand_out_from_what_is_behind_them(theme: Theme) -> None:
    grounds = [theme.background, theme.panel]
    tints = [theme.bands[level].tint for level in Level]
    for mark in (theme.pressure, theme.heart_rate, theme.spo2, theme.respiratory_rate, theme.focus):
        for ground in grounds + tints:
            assert contrast_ratio(mark, ground) >= MARK, (mark, ground)
    for level in Level:
        for ground in (theme.background, theme.bands[level].tint):
            assert contrast_ratio(theme.bands[level].line, ground) >= MARK, (level, ground)
    for edge in [theme.edge, theme.overdue.edge, *(flag.edge for flag in theme.flags.values())]:
        for ground in grounds:
            assert contrast_ratio(edge, ground) >= MARK, (edge, ground)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#FFFFFF", 21.0), ("#FFFFFF", "#FFFFFF", 1.0), ("#777777", "#FFFFFF", 4.48)],
)
def test_contrast_is_the_published_formula(one: str, other: str, ratio: float) -> None:
    assert contrast_ratio(one, other) == pytest.approx(ratio, abs=0.01)


def test_each_name_finds_its_theme() -> None:
    assert [theme_named(name).name for name in ThemeName] == list(ThemeName)


def test_a_switch_changes_palette_and_sheet_and_says_so_once(
    qtbot: QtBot, qapp: QApplication, themes: ThemeSwitch
) -> None:
    heard: list[Theme] = []
    themes.changed.connect(heard.append)
    with qtbot.waitSignal(themes.changed):
        themes.switch_to(DARK)
    themes.switch_to(DARK)
    assert heard == [DARK]
    assert themes.theme is DARK
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(DARK.background)
    assert DARK.second_text in qapp.styleSheet()
    assert LIGHT.background not in qapp.styleSheet()


@ALL
def test_no_palette_role_is_left_to_the_platform(theme: Theme) -> None:
    palette = palette_of(theme)
    known = {theme.background, theme.panel, theme.text, theme.second_text, theme.focus, theme.on_focus}
    known |= {theme.grid, theme.edge}
    roles = [role for role in list(QPalette.ColorRole)[:20] if role is not QPalette.ColorRole.NoRole]
    used = {palette.color(role).name().upper() for role in roles}
    assert used <= {colour.upper() for colour in known}
