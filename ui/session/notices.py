"""What the bar says for a while: what was just recorded and can be undone, or why a key did nothing."""

from monitor import bodies
from monitor.entries import Entry
from monitor.view import SessionView
from ui.session.bar_content import Notice
from ui.session.bedside import Bedside
from ui.text import entry_words, happened
from ui.text import session_words as words

_FINAL = bodies.Amended | bodies.MovedOut | bodies.Signed | bodies.PhaseBegun


class Notices:
    """The newest notice of one chair, and the entry that Ctrl+Z takes back."""

    def __init__(self, bedside: Bedside) -> None:
        self._bedside = bedside
        self._notice: Notice | None = None
        self._entry: Entry | None = None
        self._ends_s = 0.0
        self.undoable: Entry | None = None

    def recorded(self, entry: Entry) -> None:
        """Say what was recorded, and offer to undo it for as long as the policy allows."""
        can_undo = not isinstance(entry.body, _FINAL)
        self.undoable = entry if can_undo else None
        parts = (
            words.title(self._bedside.chair),
            self._bedside.initials,
            entry_words.at_time(self.deed(entry), happened.taken_at(self._measured(entry))),
        )
        self._show(Notice(title=entry_words.toast(parts), can_undo=can_undo), entry)

    def tell(self, text: str, *, is_problem: bool = False) -> None:
        """Say a sentence."""
        self._show(Notice(title=text, is_problem=is_problem), None)

    def clear(self) -> None:
        """Say nothing; what can be undone still can."""
        self._notice, self._entry = None, None

    def current(self, view: SessionView) -> Notice | None:
        """The notice while it lasts; of an entry, with whether its commit returned."""
        if self._notice is None or self._bedside.controller.monotonic_s() >= self._ends_s:
            self.clear()
            return None
        if self._entry is None:
            return self._notice
        is_saved = self._bedside.controller.clinic.is_saved(view.session, self._entry.sequence)
        detail = entry_words.saved() if is_saved else entry_words.not_yet_saved()
        return Notice(title=self._notice.title, detail=detail, can_undo=self._notice.can_undo)

    def _measured(self, entry: Entry) -> Entry:
        """The entry whose time is meant: an accepted reading was measured before it was accepted."""
        view, body = self._bedside.view, entry.body
        reading = (
            view.reading(body.captured) if view is not None and isinstance(body, bodies.Accepted) else None
        )
        return entry if reading is None else reading.entry

    def deed(self, entry: Entry) -> str:
        """Write what an entry recorded, with the values of a set."""
        view, body = self._bedside.view, entry.body
        sequence = body.captured if isinstance(body, bodies.Accepted) else entry.sequence
        reading = None if view is None else view.reading(sequence)
        if reading is None or isinstance(body, bodies.Rejected):
            return happened.deed(body)
        found = reading.vitals
        return entry_words.short_values(
            found.systolic_mmhg, found.diastolic_mmhg, found.rate_bpm, found.spo2_percent
        )

    def _show(self, notice: Notice, entry: Entry | None) -> None:
        view = self._bedside.view
        if view is None:
            return
        self._notice, self._entry = notice, entry
        self._ends_s = self._bedside.controller.monotonic_s() + view.policy.entry.undo_within_s
