from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from ui.fonts import load_fonts
from ui.theme import LIGHT, ThemeSwitch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let windows be shown without a screen: that plugin warns about every fixed size."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints"))


@pytest.fixture(autouse=True)
def _no_widget_left_behind(qapp: QApplication) -> Iterator[None]:
    """Let go of what a test closed: whatever is left is styled anew by each theme of the tests to come."""
    assert qapp is not None
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(scope="session")
def bundled_fonts(qapp: QApplication) -> None:
    assert qapp is not None
    load_fonts()


@pytest.fixture
def themes(qapp: QApplication, bundled_fonts: None) -> Iterator[ThemeSwitch]:  # noqa: ARG001 - loaded first
    switch = ThemeSwitch(qapp, LIGHT)
    yield switch
    switch.deleteLater()
