"""The report before it is printed: its pages as they will come out, and where the file goes."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from monitor.errors import EnvironmentFault
from monitor.ports import Archive, RecordLoaded
from monitor.record import Record, head
from monitor.session import Session
from monitor.trend import TrendSample
from monitor.view import SessionView
from ui.controller import ClinicController
from ui.page import Page
from ui.report.content import Stamp
from ui.report.paper import PIXELS_PER_INCH
from ui.report.write import ReportDrawing, report_name, write_report
from ui.review.asking import ArchiveAsking
from ui.routes import ToReview
from ui.text import report_words, review_words
from ui.theme import ThemeSwitch
from ui.widgets.field import LabeledField
from ui.widgets.key_button import ButtonLook, KeyButton
from ui.widgets.labels import label

SCREEN_DPI = 96


class ReportPage(Page):
    """Enter saves under the name in the field; Esc goes back to the review."""

    def __init__(  # noqa: PLR0913, PLR0917 - what a report page needs
        self,
        controller: ClinicController,
        themes: ThemeSwitch,
        archive: Archive,
        session_id: str,
        folder: Path,
        version: str,
    ) -> None:
        """Show the report of `session_id`; files go to `folder` unless another is typed."""
        super().__init__()
        self._controller = controller
        self._session_id = session_id
        self._folder = folder
        self._version = version
        self._view: SessionView | None = None
        self._head = ""
        self._trend: tuple[TrendSample, ...] = ()
        self._pages: list[QLabel] = []
        self._asking = ArchiveAsking(archive, self)
        self._asking.loaded.connect(self._take)
        self._notice = label(review_words.reading_record())
        self.field = LabeledField(review_words.save_to(), hint=review_words.save_hint())
        self.field.edit.returnPressed.connect(self.save)
        self._save = KeyButton(
            themes, key="Enter", text=review_words.save(), look=ButtonLook.PRIMARY, height_px=40
        )
        self._save.clicked.connect(self.save)
        self._column = QVBoxLayout()
        self._lay_out()
        self.setAccessibleName(review_words.preview_title())
        self._asking.load(session_id)

    @property
    def page_count(self) -> int:
        """How many pages are shown."""
        return len(self._pages)

    def title(self) -> str:
        """Name the page."""
        return review_words.preview_title()

    def subtitle(self) -> str:
        """Say how many pages there are."""
        return review_words.pages(self.page_count) if self._pages else ""

    def footer_keys(self) -> tuple[tuple[str, str], ...]:
        """List this page's keys."""
        return (("Enter", review_words.save()), ("Esc", review_words.back()))

    def shown(self) -> None:
        """Put the keyboard on the file's name."""
        self.field.edit.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the review with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.asked.emit(ToReview(self._session_id))
        else:
            super().keyPressEvent(event)

    def save(self) -> None:
        """Write the file under the name in the field, and say where it is or why not."""
        if self._view is None:
            return
        text = self.field.text.strip()
        if not text:
            self.field.set_fault(review_words.empty_field())
            return
        stamp = self._stamp()
        path = Path(text).expanduser()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_report(
                path,
                self._view,
                self._head,
                printed_at=stamp.printed_at,
                printed_by=stamp.printed_by,
                clinic=stamp.clinic,
                version=stamp.version,
                trend=self._trend,
            )
        except EnvironmentFault as fault:
            self.field.set_fault(str(fault))
        except OSError as fault:
            self.field.set_fault(report_words.disk_says(str(path), fault.strerror or str(fault)))
        else:
            self.field.set_fault(None)
            self.field.set_hint(review_words.saved_to(str(path)))
            self.told.emit(review_words.saved_to(str(path)))

    def _stamp(self) -> Stamp:
        return Stamp(
            printed_at=self._controller.now(),
            printed_by=self._controller.operator or report_words.nobody_chosen(),
            clinic=self._controller.settings.clinic,
            version=self._version,
        )

    def _take(self, answer: RecordLoaded) -> None:
        if answer.failure is not None:
            self._notice.setText(review_words.cannot_show(answer.failure))
            return
        self._trend = answer.trend
        if answer.trend_failure is not None:
            self.told.emit(review_words.no_trend(answer.trend_failure))
        self._show(answer.record)

    def _show(self, record: Record) -> None:
        self._view, self._head = Session(record).view, head(record)
        self._notice.hide()
        self.field.edit.setText(str(self._folder / report_name(self._view)))
        drawing = ReportDrawing(self._view, self._head, self._stamp(), trend=self._trend)
        ratio = self.devicePixelRatioF()
        for at in range(len(drawing.pages)):
            picture = drawing.to_image(at, scale=SCREEN_DPI / PIXELS_PER_INCH * ratio)
            picture.setDevicePixelRatio(ratio)
            sheet = QLabel()
            sheet.setPixmap(QPixmap.fromImage(picture))
            sheet.setAccessibleName(review_words.page_picture(at + 1))
            self._column.addWidget(sheet, 0, Qt.AlignmentFlag.AlignHCenter)
            self._pages.append(sheet)
        self.titled.emit()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.field, 1)
        row.addWidget(self._save)
        self._column.setSpacing(16)
        self._column.addWidget(self._notice)
        inner = QWidget()
        inner.setProperty("surface", "panel")
        inner.setLayout(self._column)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setAccessibleName(review_words.preview_title())
        scroll.setWidget(inner)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(12)
        column.addLayout(row)
        column.addWidget(scroll, 1)
