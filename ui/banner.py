"""The flag banner: every chair's open notify and act now, on every page. It pushes the page down."""

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from monitor.policy import Level
from ui.banner_keys import BannerKeys
from ui.banner_row import LOW_PX, TALL_PX, FlagRowBar
from ui.flag_rows import FlagRow
from ui.text import flag_words, words
from ui.theme import ThemeSwitch

ROW_PX = (TALL_PX, LOW_PX)
MOST_ROWS = len(ROW_PX)
PULSE_HALF_MS = {Level.ACT_NOW: 313, Level.NOTIFY: 1000}  # 1.6 and 0.5 Hz, below the 3 Hz of WCAG 2.3.1
NOTIFY_PULSES = 10


class FlagBanner(QWidget):
    """All rows. Emits `asked` with the route of the chair that somebody turns to."""

    asked = Signal(object)

    def __init__(self, themes: ThemeSwitch, *, is_still: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._is_still = is_still
        self._bars: tuple[FlagRowBar, ...] = ()
        self._signature: tuple[object, ...] = ()
        self._announced: frozenset[tuple[str, int]] = frozenset()
        self._is_lit = True
        self._pulses_left = 0
        self._pulse = QTimer(self)
        self._pulse.timeout.connect(self.beat)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.setAccessibleName(flag_words.banner_name())
        self.setVisible(False)

    @property
    def bars(self) -> tuple[FlagRowBar, ...]:
        """The rows in sight, most urgent first."""
        return self._bars

    @property
    def is_pulsing(self) -> bool:
        """Whether a border moves now."""
        return self._pulse.isActive()

    @property
    def pulse_hz(self) -> float:
        """How often a border lights up in a second while it pulses."""
        return 1000 / (2 * self._pulse.interval())

    def show_rows(self, rows: tuple[FlagRow, ...], keys: Callable[[FlagRow], BannerKeys]) -> None:
        """Show `rows`, most urgent first.

        Args:
            rows: every chair with an open notify or act now.
            keys: the keys that lead to a row on the page in sight.
        """
        seen = rows[:MOST_ROWS]
        each_keys = tuple(keys(row) for row in seen)
        signature = tuple(
            (row.flag, row.chair, row.level, row.is_answered, some)
            for row, some in zip(seen, each_keys, strict=True)
        )
        if signature != self._signature:
            self._signature = signature
            self._rebuild(seen, each_keys)
        hidden = tuple((row.chair, words.level_marks(row.level)) for row in rows[MOST_ROWS:])
        for at, (bar, row) in enumerate(zip(self._bars, seen, strict=True)):
            is_last = at == len(seen) - 1
            bar.show_row(row, flag_words.other_chairs(hidden) if is_last else "")
        self.setVisible(bool(rows))
        self._announce(rows)

    def set_still(self, *, is_still: bool) -> None:
        """Let borders pulse, or hold them lit from now on."""
        if is_still != self._is_still:
            self._is_still = is_still
            self._start_pulse(tuple(bar.row for bar in self._bars))

    def beat(self) -> None:
        """Let half a pulse pass."""
        if self._pulses_left > 0:
            self._pulses_left -= 1
            if self._pulses_left == 0:
                self._pulse.stop()
        self._is_lit = not self._is_lit or not self._pulse.isActive()
        for bar in self._bars:
            bar.set_lit(self._is_lit)

    def _rebuild(self, rows: tuple[FlagRow, ...], keys: tuple[BannerKeys, ...]) -> None:
        for old in self._bars:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._bars = tuple(
            FlagRowBar(self._themes, row, some, height_px=ROW_PX[at])
            for at, (row, some) in enumerate(zip(rows, keys, strict=True))
        )
        for bar in self._bars:
            bar.asked.connect(self.asked)
            self._column.addWidget(bar)
        self._start_pulse(rows)

    def _start_pulse(self, rows: tuple[FlagRow, ...]) -> None:
        waiting = [row for row in rows if not row.is_answered]
        if self._is_still or not waiting:
            self._pulse.stop()
            for bar in self._bars:
                bar.set_lit(True)
            return
        level = waiting[0].level
        self._pulses_left = 0 if level is Level.ACT_NOW else NOTIFY_PULSES
        self._pulse.start(PULSE_HALF_MS[level])

    def _announce(self, rows: tuple[FlagRow, ...]) -> None:
        """Tell a screen reader of every new flag: an act now at once, the others when it is silent."""
        waiting = {row.flag: row for row in rows if not row.is_answered}
        for flag, row in waiting.items():
            if flag in self._announced:
                continue
            event = QAccessibleAnnouncementEvent(self, row.spoken)
            assertive = row.level is Level.ACT_NOW
            politeness = QAccessible.AnnouncementPoliteness
            event.setPoliteness(politeness.Assertive if assertive else politeness.Polite)
            QAccessible.updateAccessibility(event)
        self._announced = frozenset(waiting)
