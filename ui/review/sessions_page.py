"""The list of sessions, newest first, with a search that looks while one types."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QVBoxLayout

from monitor.clock import Instant
from monitor.ports import Archive, FoundSession, SessionsFound
from ui.controller import ClinicController
from ui.fonts import box_px
from ui.page import Page
from ui.report.content import born_on
from ui.review.asking import ArchiveAsking
from ui.routes import ToReview
from ui.text import review_words, words
from ui.text.formats import clock, day
from ui.theme import ThemeSwitch
from ui.widgets.field import LabeledField
from ui.widgets.labels import Ink, label

PAUSE_MS = 150
ROW_PX = 40
PATIENT = 2
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class SessionsModel(QAbstractTableModel):
    """Found sessions as rows of words."""

    def __init__(self) -> None:
        super().__init__()
        self._sessions: tuple[FoundSession, ...] = ()

    def show_sessions(self, sessions: tuple[FoundSession, ...]) -> None:
        """Replace every row."""
        self.beginResetModel()
        self._sessions = sessions
        self.endResetModel()

    def session_at(self, row: int) -> FoundSession | None:
        """Return the session of a row."""
        return self._sessions[row] if 0 <= row < len(self._sessions) else None

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Count sessions."""
        return 0 if parent.isValid() else len(self._sessions)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        """Count columns."""
        return 0 if parent.isValid() else len(review_words.columns())

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell's words."""
        found = self.session_at(index.row())
        if found is None or role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return None
        return _cells(found)[index.column()]

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return a column's heading."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return review_words.columns()[section]
        return None


def _cells(found: FoundSession) -> tuple[str, ...]:
    seated = Instant(utc_ms=found.seated_at_ms, offset_minutes=found.offset_minutes)
    return (
        day(seated),
        clock(seated),
        found.patient_name,
        born_on(found.birth_date),
        found.clinic_number or "",
        str(found.chair),
        review_words.phase(found.phase),
        words.simulated() if found.is_simulated else "",
    )


class SessionsPage(Page):
    """Type to find, arrows to choose, Enter to open."""

    def __init__(self, controller: ClinicController, themes: ThemeSwitch, archive: Archive) -> None:
        super().__init__()
        self._controller = controller
        self._themes = themes
        self._asking = ArchiveAsking(archive, self)
        self._asking.found.connect(self._take)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.search)
        self.field = LabeledField(review_words.search(), hint=review_words.search_hint())
        self.field.edit.textEdited.connect(self._pause.start)
        self.field.edit.returnPressed.connect(self.open_chosen)
        self.model = SessionsModel()
        self.table = self._make_table()
        self._count = label(review_words.searching(), ink=Ink.SECOND)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        for part in (self.field, self._count, self.table):
            column.addWidget(part)
        self.setAccessibleName(review_words.sessions_title())

    @property
    def remark(self) -> str:
        """How many were found, or why none could be."""
        return self._count.text()

    def title(self) -> str:
        """Name the page."""
        return review_words.sessions_title()

    def footer_keys(self) -> tuple[tuple[str, str], ...]:
        """List this page's keys."""
        return (("Enter", review_words.open_session()), ("Esc", review_words.board()))

    def shown(self) -> None:
        """Look again and take the keyboard."""
        self.search()
        self.field.edit.setFocus()

    def search(self) -> None:
        """Ask for what stands in the field."""
        self._pause.stop()
        self._count.setText(review_words.searching())
        self._asking.find(self.field.text.strip())

    def open_chosen(self) -> None:
        """Open the chosen session, the first without a choice."""
        row = max(0, self.table.currentIndex().row())
        found = self.model.session_at(row)
        if found is not None:
            self.asked.emit(ToReview(found.session))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk from the field into the list; Enter opens."""
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up} and self.field.edit.hasFocus():
            self.table.setFocus()
            self.table.selectRow(max(0, self.table.currentIndex().row()))
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.open_chosen()
        else:
            super().keyPressEvent(event)

    def _take(self, answer: SessionsFound) -> None:
        self.model.show_sessions(answer.sessions)
        self._count.setText(answer.failure or review_words.found(len(answer.sessions)))

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setModel(self.model)
        table.setAccessibleName(review_words.sessions_title())
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setStyleSheet("QTableView::item { padding: 0 8px; border: 0; }")
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(box_px(ROW_PX))
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        table.horizontalHeader().setHighlightSections(False)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.horizontalHeader().setSectionResizeMode(PATIENT, QHeaderView.ResizeMode.Stretch)
        table.doubleClicked.connect(self.open_chosen)
        return table
