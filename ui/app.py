"""Builds the window with all its pages. A page is imported when it is first opened: paint first."""

# ruff: noqa: PLC0415 - late imports are this module's purpose

import gc
import os
from importlib import import_module
from pathlib import Path

from PySide6.QtCore import QStandardPaths, QTimer

from monitor.link_report import Monitors
from monitor.ports import Archive
from monitor.version import VERSION
from ui.board.page import BoardPage
from ui.controller import ClinicController
from ui.main_window import MainWindow
from ui.page import Page
from ui.page_stack import Factories
from ui.routes import Route, ToBoard, ToChair, ToDevice, ToReport, ToReview, ToSeat, ToSettings
from ui.theme import ThemeSwitch

IMPORTED_AHEAD = ("numpy", "ui.chart.pane", "ui.session.page", "ui.review.page")
AHEAD_EVERY_MS = 400


def build_window(
    controller: ClinicController, themes: ThemeSwitch, archive: Archive, monitors: Monitors
) -> MainWindow:
    """Return the window on its board. With VIGIL_STILL set in the environment nothing in it moves.

    Args:
        controller: the clinic; it must tick for ages to pass.
        themes: the theme in force.
        archive: past sessions.
        monitors: the links, as the device page asks about them.
    """

    def made(route: Route) -> Page:
        match route:
            case ToChair():
                from ui.session.page import SessionPage

                return SessionPage(controller, themes, route.chair)
            case ToSeat():
                from ui.seat.page import SeatPage

                return SeatPage(controller, themes, route.chair)
            case ToReview(session_id=None):
                from ui.review.sessions_page import SessionsPage

                return SessionsPage(controller, themes, archive)
            case ToReview(session_id=str(session_id)):
                from ui.review.page import ReviewPage

                return ReviewPage(controller, themes, archive, session_id)
            case ToReport():
                from ui.report.page import ReportPage

                return ReportPage(controller, themes, archive, route.session_id, _documents(), VERSION)
            case ToSettings():
                from ui.settings.page import SettingsPage

                return SettingsPage(controller, themes, monitors)
            case ToDevice():
                from ui.device.page import DevicePage

                return DevicePage(controller, themes, monitors, route.chair, _documents())
            case _:
                return BoardPage(controller, themes)

    themes.resize_to(controller.settings.text_size)
    kinds = (ToBoard, ToChair, ToSeat, ToReview, ToReport, ToSettings, ToDevice)
    factories: Factories = dict.fromkeys(kinds, made)
    window = MainWindow(controller, themes, factories, is_still=bool(os.environ.get("VIGIL_STILL")))
    _import_ahead(window)
    return window


def _import_ahead(window: MainWindow) -> None:
    """Import what the first opened session needs once the board is painted, a part at a time between keys."""
    left = list(IMPORTED_AHEAD)
    timer = QTimer(window)

    def import_one() -> None:
        import_module(left.pop(0))
        if not left:
            timer.stop()
            gc.freeze()  # a start's objects live as long as the window: looking through them takes 0.1 s

    timer.timeout.connect(import_one)
    timer.start(AHEAD_EVERY_MS)


def _documents() -> Path:
    """Where this person keeps documents: reports are saved there unless another folder is typed."""
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
