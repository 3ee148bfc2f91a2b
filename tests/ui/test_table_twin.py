"""The table twin: columns of one width, and what nobody accepted in the second ink, in every theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from tests.made_session import surge
from ui.session.table import TableTwin
from ui.session.table_model import table_columns
from ui.theme import DARK, LIGHT, Theme, ThemeSwitch

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def shown(qtbot: QtBot) -> TableTwin:
    table = TableTwin()
    qtbot.addWidget(table)
    table.resize(900, 500)
    table.show_columns(table_columns(surge().view, lambda _entry: True))
    table.show()
    return table


def inks(table: TableTwin, row: int = 2) -> list[str]:
    found = []
    for at in range(table.columnCount()):
        item = table.item(row, at)
        assert item is not None
        found.append(item.foreground().color().name())
    return found


def expected(table: TableTwin, theme: Theme) -> list[str]:
    return [QColor(theme.second_text if column.is_quiet else theme.text).name() for column in table.columns]


def test_a_captured_reading_is_grey_and_says_that_it_waits(qtbot: QtBot, themes: ThemeSwitch) -> None:
    table = shown(qtbot)
    quiet = [column for column in table.columns if column.is_quiet]
    assert [column.cells[2] for column in quiet] == ["148/92"]
    assert quiet[0].cells[-1] == "not accepted"
    themes.switch_to(LIGHT)
    QApplication.processEvents()
    assert inks(table) == expected(table, LIGHT)
    themes.switch_to(DARK)
    QApplication.processEvents()
    assert inks(table) == expected(table, DARK)


def test_columns_are_equally_wide_whatever_stands_in_them(qtbot: QtBot, themes: ThemeSwitch) -> None:
    assert themes
    table = shown(qtbot)
    assert len({table.columnWidth(at) for at in range(table.columnCount())}) == 1
