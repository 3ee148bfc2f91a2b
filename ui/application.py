"""Starts Qt for Vigil: a display that is there, the bundled fonts, and failures of ours that are seen.

Environment: on Linux without a choice of its own, Qt is told to try xcb and then wayland.
"""

import logging
import os
import sys
import types

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from monitor.errors import EnvironmentFault
from monitor.settings import ThemeName
from ui.fonts import load_fonts
from ui.theme import ThemeSwitch, theme_named

_LOG = logging.getLogger(__name__)


def start_application() -> QApplication:
    """Make the application object.

    Raises:
        EnvironmentFault: there is no display, or the installation is incomplete.
    """
    if sys.platform.startswith("linux"):
        os.environ.setdefault("QT_QPA_PLATFORM", "xcb;wayland")
        asked = os.environ["QT_QPA_PLATFORM"]
        shown = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
        if asked != "offscreen" and not shown:
            # Qt would abort the process here, with a text about plug-ins.
            raise EnvironmentFault("There is no display: start Vigil from a desktop session.")
    app = QApplication([sys.argv[0]])
    app.setApplicationName("Vigil")
    QGuiApplication.setDesktopFileName("vigil")
    load_fonts()
    sys.excepthook = _report_defect
    return app


def theme_switch(app: QApplication, chosen: ThemeName) -> ThemeSwitch:
    """The switch in the clinic's chosen theme."""
    return ThemeSwitch(app, theme_named(chosen))


def _report_defect(
    kind: type[BaseException], defect: BaseException, trace: types.TracebackType | None
) -> None:
    """A slot raised: the window lives on, the log has it. No values are printed, they may name a patient."""
    frames = []
    while trace is not None:
        frames.append(f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}")
        trace = trace.tb_next
    _LOG.error("defect in Vigil: %s at %s", kind.__name__, " < ".join(reversed(frames)))
    if os.environ.get("VIGIL_SHOW_DEFECTS"):
        sys.__excepthook__(kind, defect, None)
