"""A drop-down that has no room for its word says so with an ellipsis, and shows all of it when asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QStyleOptionComboBox

from ui.widgets.drop_down import DropDown

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.theme import ThemeSwitch

LONG = "GE/Datex-Ohmeda S/5, CARESCAPE B450 to B850, B20 to B40, B105, B125"


@pytest.mark.parametrize(("width_px", "is_whole"), [(200, False), (900, True)])
def test_a_word_longer_than_the_field_ends_in_an_ellipsis(
    qtbot: QtBot, themes: ThemeSwitch, width_px: int, *, is_whole: bool
) -> None:
    made = DropDown(themes, {"ge-dri": LONG}, name="Monitor")
    qtbot.addWidget(made)
    made.resize(width_px, 40)
    option = QStyleOptionComboBox()
    made.initStyleOption(option)
    assert (option.currentText == LONG) is is_whole
    assert is_whole or option.currentText.endswith("\N{HORIZONTAL ELLIPSIS}")
    assert made.toolTip() == LONG
