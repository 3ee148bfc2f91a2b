"""One chair's monitors for whoever looks after the wire: life, counters, raw lines. Charts nothing."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from monitor.clock import MS_PER_S
from monitor.errors import VigilError
from monitor.feed import LinkState
from monitor.link_report import LinkReport, Monitors, RawLine
from ui.controller import ClinicController
from ui.device.counters import Counters
from ui.device.life_bar import LifeBar
from ui.device.parts import ChangeList, MonitorTurns, card, heading, set_up, where
from ui.elided import ElidedLabel
from ui.fonts import Size, Weight, is_stacked, px
from ui.page import Page
from ui.review.parts import emptied, wrapping
from ui.routes import ToChair, ToSettings
from ui.taken_port import taken_port
from ui.text import device_words, report_words
from ui.text.formats import clock_s
from ui.theme import ThemeSwitch
from ui.widgets.badges import Pill
from ui.widgets.bars import SimulatedStripe
from ui.widgets.flow import FlowLayout
from ui.widgets.key_button import KeyButton
from ui.widgets.labels import Ink, label
from ui.widgets.shapes import Shape

_SHAPES = {
    LinkState.CONNECTING: Shape.RING,
    LinkState.NEGOTIATING: Shape.RING,
    LinkState.CONNECTED: Shape.DOT,
    LinkState.SILENT: Shape.STRUCK_RING,
    LinkState.LOST: Shape.STRUCK_RING,
}

BREAK = "\N{ZERO WIDTH SPACE}"  # a message of a thousand bytes has no space to break at


class DevicePage(Page):
    """Read each second from the link's own report; F holds the lines still, Ctrl+C copies them.

    W records raw traffic and S saves a file for support, both in `folder`. Digits turn to another monitor.
    """

    def __init__(
        self, controller: ClinicController, themes: ThemeSwitch, monitors: Monitors, chair: int, folder: Path
    ) -> None:
        super().__init__()
        self._folder = folder
        self._report: LinkReport | None = None
        self._place = 0
        self._controller = controller
        self._themes = themes
        self._monitors = monitors
        self._chair = chair
        self._is_frozen = False
        self._lines: tuple[RawLine, ...] = ()
        self._counters = Counters()
        self._make_parts()
        self._lay_out()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(device_words.monitor_of(chair))
        controller.ticked.connect(self.refresh)
        self.refresh()

    @property
    def lines_text(self) -> str:
        """The raw lines in sight, as Ctrl+C copies them."""
        return "\n".join(
            "\t".join(
                (
                    _time(line),
                    device_words.direction(is_sent=line.is_sent),
                    device_words.raw(line.raw),
                    line.note,
                )
            )
            for line in self._lines
        )

    @property
    def counter_texts(self) -> tuple[str, ...]:
        """The counters in sight; one that this kind of monitor does not have is not."""
        return self._counters.texts

    def title(self) -> str:
        """Name the chair."""
        return device_words.title(self._chair)

    def subtitle(self) -> str:
        """Say that this is its monitor."""
        return device_words.subtitle()

    def footer_keys(self) -> tuple[tuple[str, str], ...]:
        """List this page's keys."""
        return (("Esc", device_words.chair(self._chair)), ("L", device_words.line_settings()))

    def help_keys(self) -> tuple[tuple[str, str], ...]:
        """Add the keys that stand on buttons."""
        lines = (("F", device_words.freeze()), ("Ctrl C", device_words.copy()))
        files = (("W", device_words.record()), ("S", device_words.save_support()))
        return (*self.footer_keys(), *lines, *files)

    def shown(self) -> None:
        """Take the keyboard and read the link anew."""
        self.setFocus()
        self.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take this page's letters, the digits of its monitors, Ctrl+C and Esc."""
        acts = {
            Qt.Key.Key_Escape: self.go_back,
            Qt.Key.Key_F: self.toggle_freeze,
            Qt.Key.Key_L: self.open_settings,
            Qt.Key.Key_W: self.toggle_recording,
            Qt.Key.Key_S: self.save_support,
            Qt.Key.Key_U: self.use_new_port,
        }
        act = None if event.modifiers() else acts.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_C and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.copy_lines()
        elif act is not None:
            act()
        elif event.text().isdigit() and 0 < int(event.text()) <= len(self._turns):
            self.turn_to(int(event.text()) - 1)
        else:
            super().keyPressEvent(event)

    def go_back(self) -> None:
        """Go to the chair."""
        self.asked.emit(ToChair(self._chair))

    def open_settings(self) -> None:
        """Go where ports are set."""
        self.asked.emit(ToSettings())

    def use_new_port(self) -> None:
        """Confirm that the adapter which came back at another port is still this chair's monitor."""
        self.refresh()
        report, settings = self._report, self._controller.settings
        if report is None or not report.moved_to:
            return
        port, is_same = report.moved_to, self._monitors.is_same_port
        problem = taken_port(port, at=self._chair, chairs=settings.chairs, is_same=is_same)
        if problem is not None:
            self.told.emit(problem)
            return
        moved = settings.with_port(report.source.port, port, at=self._chair, is_same=is_same)
        self._controller.change_settings(moved)
        self.told.emit(device_words.port_used(port))
        self.refresh()

    def toggle_freeze(self) -> None:
        """Hold the lines still, or let them go on."""
        self._is_frozen = not self._is_frozen
        self._freeze.setText(device_words.thaw() if self._is_frozen else device_words.freeze())
        self.refresh()

    def copy_lines(self) -> None:
        """Put the lines in sight on the clipboard."""
        QGuiApplication.clipboard().setText(self.lines_text)
        self.told.emit(device_words.copied())

    def toggle_recording(self) -> None:
        """Begin to record raw traffic, or end it."""
        report = self._report
        if report is None:
            return
        if report.recording:
            self._monitors.stop_recording(self._chair, report.source.port)
            self.told.emit(device_words.recorded_to(report.recording))
        else:
            self._write(self._monitors.record, device_words.recording_to)
        self.refresh()

    def save_support(self) -> None:
        """Save what is known of the link for whoever helps."""
        self._write(self._monitors.save_support, device_words.support_saved)

    def _write(self, write: Callable[[int, str, Path], Path], said: Callable[[str], str]) -> None:
        if self._report is None:
            return
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            path = write(self._chair, self._report.source.port, self._folder)
        except VigilError as fault:
            self.told.emit(str(fault))
        except OSError as fault:
            self.told.emit(report_words.disk_says(str(self._folder), fault.strerror or str(fault)))
        else:
            self.told.emit(said(str(path)))

    def turn_to(self, place: int) -> None:
        """Show another of the chair's monitors."""
        self._place = place
        self._is_frozen = False
        self._freeze.setText(device_words.freeze())
        self.refresh()

    def refresh(self) -> None:
        """Show the link as it is now."""
        reports = self._monitors.reports(self._chair)
        self._place = max(0, min(self._place, len(reports) - 1))
        report = self._report = reports[self._place] if reports else None
        self._turns.show_monitors(reports, self._place)
        self._empty.setVisible(report is None)
        for part in (self._body, self._source, self._pill, self._reason, self._record, self._support):
            part.setVisible(report is not None)
        self._stripe.setVisible(report is not None and report.source.is_simulated)
        if report is not None:
            self._show(report)

    def _show(self, report: LinkReport) -> None:
        now = self._controller.now()
        self._source.show_text(where(report))
        self._note.setText(set_up(report))
        self._note_title.setText(device_words.set_up_of(report.title))
        self._record.setText(device_words.stop_recording() if report.recording else device_words.record())
        self._use.setVisible(bool(report.moved_to))
        self._use.setText(device_words.use_port(report.moved_to))
        self._recording.setVisible(bool(report.recording))
        self._recording.setText(device_words.recording_to(report.recording))
        self._changes.show_history(report.history)
        newest = report.history[-1] if report.history else None
        if newest is not None:
            age_s = (now.utc_ms - newest.since.utc_ms) / MS_PER_S
            shape = _SHAPES[newest.state]
            self._pill.show_status(device_words.state_for(newest.state, age_s), shape=shape, is_strong=True)
            advice = "" if newest.state is LinkState.CONNECTED else f" {device_words.type_readings()}"
            self._reason.setText(f"{newest.reason.rstrip('.')}.{advice}")
        self._life.show_report(report, now)
        self._life_remark.setText(device_words.linked_of(self._life.linked_s(), self._life.whole_s()))
        self._counters.show_report(report)
        if not self._is_frozen and report.lines != self._lines:
            self._lines = report.lines
            self._show_lines()

    def _show_lines(self) -> None:
        emptied(self._grid)
        for row, line in enumerate(self._lines):
            self._grid.addWidget(label(_time(line), size=Size.NOTE, ink=Ink.SECOND), row, 0)
            way = label(device_words.direction(is_sent=line.is_sent), size=Size.NOTE)
            raw = wrapping(BREAK.join(device_words.raw(line.raw)), size=Size.NOTE)
            raw.setFont(_wire_font())
            note = wrapping(line.note, size=Size.NOTE)
            for wrapped in (raw, note):
                wrapped.setMinimumHeight(1)  # else as high as in the narrowest column, and blank below
            for place, part in enumerate((way, raw, note), start=1):
                self._grid.addWidget(part, row, place)
        self._grid.setRowStretch(len(self._lines), 1)
        self._grid.setColumnStretch(3, 2 if any(line.note for line in self._lines) else 0)

    def _show_newest(self, _least: int, greatest: int) -> None:
        """Keep the newest line in sight; a range is only known once the lines are laid out."""
        self._scroll.verticalScrollBar().setValue(greatest)

    def _make_parts(self) -> None:
        themes = self._themes
        self._stripe = SimulatedStripe(themes)
        self._source = ElidedLabel(size=Size.NOTE, ink=Ink.SECOND)
        self._pill = Pill(themes, "")
        self._reason = label()
        self._reason.setWordWrap(True)
        self._empty = label(device_words.no_monitor())
        self._life = LifeBar(themes)
        self._life_remark = label(size=Size.NOTE, ink=Ink.SECOND)
        self._changes = ChangeList()
        self._turns = MonitorTurns(themes)
        self._turns.chosen.connect(self.turn_to)
        self._note_title = wrapping("", weight=Weight.BOLD)
        self._note = wrapping("", size=Size.NOTE, ink=Ink.SECOND)
        self._record = KeyButton(themes, key="W", text=device_words.record())
        self._record.clicked.connect(self.toggle_recording)
        self._support = KeyButton(themes, key="S", text=device_words.save_support())
        self._support.clicked.connect(self.save_support)
        self._use = KeyButton(themes, key="U", text=device_words.use_port(""))
        self._use.clicked.connect(self.use_new_port)
        self._use.hide()
        self._recording = wrapping("", size=Size.NOTE, weight=Weight.BOLD)
        self._freeze = KeyButton(themes, key="F", text=device_words.freeze())
        self._freeze.clicked.connect(self.toggle_freeze)
        self._copy = KeyButton(themes, key="Ctrl C", text=device_words.copy())
        self._copy.clicked.connect(self.copy_lines)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(16, 8, 16, 8)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(2, 3)
        inner = QWidget()
        inner.setLayout(self._grid)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._scroll.setAccessibleName(device_words.last_lines())
        self._scroll.setWidget(inner)
        self._scroll.verticalScrollBar().rangeChanged.connect(self._show_newest)

    def _lay_out(self) -> None:
        self._body = QWidget()
        body = QVBoxLayout(self._body)
        body.setContentsMargins(16, 8, 16, 12)
        body.setSpacing(16)
        life = card(heading(device_words.link_life(), self._life_remark), self._life)
        body.addWidget(life)
        body.addWidget(card(self._counters))
        lines = QVBoxLayout()
        remark = label(device_words.as_on_wire(), size=Size.NOTE, ink=Ink.SECOND)
        head = heading(device_words.last_lines(), remark)
        head.addWidget(self._freeze)
        head.addWidget(self._copy)
        foot = wrapping(device_words.line_end(), size=Size.NOTE, ink=Ink.SECOND)
        lines.addWidget(card(head, self._scroll, foot))
        side = QVBoxLayout()
        side.setSpacing(16)
        changes = heading(device_words.last_changes(), label())
        side.addWidget(card(changes, self._changes), 1)
        side.addWidget(card(self._note_title, self._note))
        below = QBoxLayout(_way())
        below.setSpacing(16)
        below.addLayout(lines, 3)
        below.addLayout(side, 2)
        body.addLayout(below, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self._stripe)
        page.addLayout(self._top())
        page.addWidget(self._turns)
        page.addWidget(self._empty, 1, Qt.AlignmentFlag.AlignCenter)
        page.addWidget(self._body, 1)
        page.addLayout(self._buttons())

    def _top(self) -> QBoxLayout:
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(label(device_words.monitor_of(self._chair), size=Size.TITLE, weight=Weight.BOLD))
        names.addWidget(self._source)
        names.addStretch(1)
        top = QBoxLayout(_way())
        top.setContentsMargins(16, 8, 16, 8)
        top.setSpacing(16)
        top.addLayout(names, 1)
        state = QVBoxLayout()  # beneath each other: a reason is a sentence or three, and wraps
        state.setSpacing(4)
        state.addWidget(self._pill)
        state.addWidget(self._reason)
        state.addWidget(self._use, 0, Qt.AlignmentFlag.AlignLeft)
        state.addWidget(self._recording)
        top.addLayout(state, 2)
        return top

    def _buttons(self) -> QHBoxLayout:
        back = KeyButton(self._themes, key="Esc", text=device_words.chair(self._chair))
        back.clicked.connect(self.go_back)
        settings = KeyButton(self._themes, key="L", text=device_words.line_settings())
        settings.clicked.connect(self.open_settings)
        buttons = FlowLayout(spacing_px=12, line_gap_px=8)
        for button in (back, settings, self._record, self._support):
            buttons.addWidget(button)
        row = QHBoxLayout()
        row.setContentsMargins(16, 0, 16, 12)
        row.setSpacing(12)
        row.addLayout(buttons, 1)
        row.addWidget(label(device_words.nothing_charted(), size=Size.NOTE, ink=Ink.SECOND))
        return row


def _way() -> QBoxLayout.Direction:
    """Beside each other, or below where words are large."""
    way = QBoxLayout.Direction
    return way.TopToBottom if is_stacked() else way.LeftToRight


def _wire_font() -> QFont:
    face = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    face.setPixelSize(px(Size.NOTE))
    return face


def _time(line: RawLine) -> str:
    return f"{clock_s(line.at)}.{line.at.utc_ms % MS_PER_S:03d}"
