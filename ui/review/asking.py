"""Brings the archive's answers, which come from another thread, into Qt."""

from PySide6.QtCore import QObject, Qt, Signal

from monitor.ports import Archive, RecordLoaded, SessionsFound


class ArchiveAsking(QObject):
    """Asks the archive; `loaded` and `found` are emitted on the thread that this object lives in."""

    loaded = Signal(object)
    found = Signal(object)
    _arrived_record = Signal(object)
    _arrived_list = Signal(object)

    def __init__(self, archive: Archive, parent: QObject) -> None:
        super().__init__(parent)
        self._archive = archive
        self._wanted_text = ""
        self._arrived_record.connect(self.loaded, Qt.ConnectionType.QueuedConnection)
        self._arrived_list.connect(self._take_list, Qt.ConnectionType.QueuedConnection)

    def load(self, session_id: str) -> None:
        """Ask for one whole record."""
        self._archive.load(session_id, self._take_record_anywhere)

    def find(self, text: str) -> None:
        """Ask for sessions; an answer to an older question is dropped."""
        self._wanted_text = text
        self._archive.find(text, self._take_list_anywhere)

    def _take_record_anywhere(self, answer: RecordLoaded) -> None:
        self._arrived_record.emit(answer)

    def _take_list_anywhere(self, answer: SessionsFound) -> None:
        self._arrived_list.emit(answer)

    def _take_list(self, answer: SessionsFound) -> None:
        if answer.text == self._wanted_text:
            self.found.emit(answer)
