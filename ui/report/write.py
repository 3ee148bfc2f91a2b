"""Writes the report's PDF: vector, Inter embedded, whole or not at all. Needs no running event loop."""

import os
from collections.abc import Sequence
from pathlib import Path
from tempfile import NamedTemporaryFile

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QFontDatabase, QGuiApplication, QImage, QPageLayout, QPageSize, QPainter, QPdfWriter

from monitor.clock import Instant
from monitor.errors import EnvironmentFault
from monitor.trend import TrendSample
from monitor.view import SessionView
from ui.chart.build import chart_model
from ui.fonts import FAMILY, load_fonts
from ui.live_trend import TrendLines
from ui.report.content import ReportContent, Stamp, report_content
from ui.report.pages import Page, SheetPx, lay_out, paint_page
from ui.report.paper import PIXELS_PER_INCH, Sheet
from ui.text import report_words
from ui.text.formats import local

PDF_DPI = 1200


def report_application() -> QGuiApplication:
    """Return the running application, or make one that needs no screen, with the report's typeface.

    Raises:
        EnvironmentFault: a font file is missing.
    """
    running = QGuiApplication.instance()
    app = (
        running
        if isinstance(running, QGuiApplication)
        else QGuiApplication(["vigil", "-platform", "offscreen"])
    )
    if FAMILY not in QFontDatabase.families():
        load_fonts()
    return app


def report_name(view: SessionView) -> str:
    """Return a file name that says which session and day, and never whom."""
    return f"vigil-{local(view.seated_at):%Y-%m-%d}-{view.session}.pdf"


def write_report(  # noqa: PLR0913 - what a sheet says of itself
    path: Path,
    view: SessionView,
    record_head: str,
    *,
    printed_at: Instant,
    printed_by: str,
    clinic: str,
    version: str,
    sheet: Sheet = Sheet.A4,
    trend: Sequence[TrendSample] = (),
) -> None:
    """Write the report of `view` to `path`, replacing a file of that name only by a finished one.

    Args:
        path: a PDF file to be.
        view: the session, finished or not.
        record_head: hash of its newest entry.
        printed_at: now.
        printed_by: the operator.
        clinic: the clinic's name, "" for none.
        version: of Vigil.
        sheet: the paper.
        trend: what the monitors gave continuously, in order of arrival.

    Raises:
        EnvironmentFault: the folder refuses, the disk is full, or a font is missing.
    """
    app = report_application()  # held until the file is closed
    stamp = Stamp(printed_at=printed_at, printed_by=printed_by, clinic=clinic, version=version)
    drawn = ReportDrawing(view, record_head, stamp, sheet, trend)
    path = Path(path)
    try:
        with NamedTemporaryFile(dir=path.parent, prefix=".vigil-", suffix=".part", delete=False) as part:
            unfinished = Path(part.name)
    except OSError as fault:
        raise _refused(path, fault) from fault
    try:
        drawn.to_pdf(unfinished)
        _flush(unfinished)
        unfinished.replace(path)
    except OSError as fault:
        raise _refused(path, fault) from fault
    finally:
        unfinished.unlink(missing_ok=True)
        del app


class ReportDrawing:
    """A report laid out for one sheet, ready to be drawn to a file or a picture."""

    def __init__(
        self,
        view: SessionView,
        record_head: str,
        stamp: Stamp,
        sheet: Sheet = Sheet.A4,
        trend: Sequence[TrendSample] = (),
    ) -> None:
        self._sheet = sheet
        width, height = sheet.size_px
        self._size = SheetPx(width=width, height=height)
        self._clinic = stamp.clinic
        model = chart_model(view, None, TrendLines().of(view, trend))
        self.content: ReportContent = report_content(view, model, record_head, stamp)
        self.pages: tuple[Page, ...] = lay_out(self.content, model, self._size)

    def to_pdf(self, path: Path) -> None:
        """Draw every page into a PDF file; raises EnvironmentFault when that cannot be."""
        writer = QPdfWriter(str(path))
        writer.setResolution(PDF_DPI)
        writer.setTitle(report_words.title())
        writer.setCreator("Vigil")
        writer.setPageLayout(
            QPageLayout(QPageSize(self._sheet.value), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
        )
        painter = QPainter()
        if not painter.begin(writer):
            raise EnvironmentFault(report_words.cannot_draw(str(path.parent)))
        painter.scale(PDF_DPI / PIXELS_PER_INCH, PDF_DPI / PIXELS_PER_INCH)
        for at in range(len(self.pages)):
            if at:
                writer.newPage()
            self.paint(painter, at)
        if not painter.end():
            raise EnvironmentFault(report_words.cannot_draw(str(path.parent)))

    def to_image(self, page: int, scale: float) -> QImage:
        """Draw one page as a picture, `scale` picture pixels to a report pixel."""
        width, height = round(self._size.width * scale), round(self._size.height * scale)
        image = QImage(width, height, QImage.Format.Format_RGB32)
        image.fill("#FFFFFF")
        painter = QPainter(image)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        painter.scale(scale, scale)
        self.paint(painter, page)
        painter.end()
        return image

    def paint(self, painter: QPainter, page: int) -> None:
        """Draw one page in report pixels."""
        paint_page(
            painter,
            self.pages[page],
            self.content,
            self._size,
            clinic=self._clinic,
            number=page + 1,
            pages=len(self.pages),
        )


def _flush(path: Path) -> None:
    """Put the file on the disk before it takes its name; an empty one means that the disk took nothing."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
    if not path.read_bytes().rstrip().endswith(b"%%EOF"):
        raise EnvironmentFault(report_words.cannot_draw(str(path.parent)))


def _refused(path: Path, fault: OSError) -> EnvironmentFault:
    return EnvironmentFault(report_words.disk_says(str(path), fault.strerror or str(fault)))
