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
    """The newest notice of one chair, and the entries that Ctrl+Z takes back: all that one act recorded."""

    def __init__(self, bedside: Bedside) -> None:
        self._bedside = bedside
        self._notice: Notice | None = None
        self._entries: tuple[Entry, ...] = ()
        self._ends_s = 0.0
        self.undoable: tuple[Entry, ...] = ()

    def recorded(self, entry: Entry) -> str:
        """Say what was recorded, with what was recorded since `clear`, and offer to undo it for a while."""
        entries = (*self._entries, entry)
        self.undoable = tuple(each for each in entries if not isinstance(each.body, _FINAL))
        parts = (words.title(self._bedside.chair), self._bedside.initials, self.deeds(entries))
        notice = Notice(title=entry_words.toast(parts), can_undo=bool(self.undoable))
        self._show(notice, entries)
        return notice.title

    def tell(self, text: str, *, is_problem: bool = False) -> None:
        """Say a sentence."""
        self._show(Notice(title=text, is_problem=is_problem), ())

    def clear(self) -> None:
        """Say nothing, and begin anew; what can be undone still can."""
        self._notice, self._entries = None, ()

    def current(self, view: SessionView) -> Notice | None:
        """The notice while it lasts; of entries, with whether their commits returned."""
        if self._notice is None or self._bedside.controller.monotonic_s() >= self._ends_s:
            self.clear()
            return None
        if not self._entries:
            return self._notice
        clinic = self._bedside.controller.clinic
        is_saved = all(clinic.is_saved(view.session, each.sequence) for each in self._entries)
        detail = entry_words.saved() if is_saved else entry_words.not_yet_saved()
        return Notice(title=self._notice.title, detail=detail, can_undo=self._notice.can_undo)

    def _measured(self, entry: Entry) -> Entry:
        """The entry whose time is meant: an accepted reading was measured before it was accepted."""
        view, body = self._bedside.view, entry.body
        reading = (
            view.reading(body.captured) if view is not None and isinstance(body, bodies.Accepted) else None
        )
        return entry if reading is None else reading.entry

    def deeds(self, entries: tuple[Entry, ...]) -> str:
        """Write what one act recorded, and when; of readings accepted together, how many."""
        times = [happened.taken_at(self._measured(each)) for each in entries]
        if len(entries) > 1 and all(isinstance(each.body, bodies.Accepted) for each in entries):
            return entry_words.accepted_together(len(entries), times[0], times[-1])
        return entry_words.at_time("; ".join(map(self._deed, entries)), ", ".join(dict.fromkeys(times)))

    def _deed(self, entry: Entry) -> str:
        """Write what an entry recorded, with the values of a set."""
        view, body = self._bedside.view, entry.body
        if isinstance(body, bodies.FlagAnswered):
            return entry_words.flag_answered(happened.action(body.action))
        sequence = body.captured if isinstance(body, bodies.Accepted) else entry.sequence
        reading = None if view is None else view.reading(sequence)
        if reading is None or isinstance(body, bodies.Rejected):
            return happened.deed(body)
        found = reading.vitals
        return entry_words.short_values(
            found.systolic_mmhg, found.diastolic_mmhg, found.rate_bpm, found.spo2_percent
        )

    def _show(self, notice: Notice, entries: tuple[Entry, ...]) -> None:
        view = self._bedside.view
        if view is None:
            return
        self._notice, self._entries = notice, entries
        self._ends_s = self._bedside.controller.monotonic_s() + view.policy.entry.undo_within_s
