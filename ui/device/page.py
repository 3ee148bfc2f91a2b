"""One chair's monitor for whoever looks after the wire: its life, counters, raw lines. Charts nothing."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from monitor.clock import MS_PER_S
from monitor.feed import LinkState
from monitor.link_report import LinkReport, Monitors, RawLine
from ui.controller import ClinicController
from ui.device.life_bar import LifeBar
from ui.elided import ElidedLabel
from ui.fonts import Size, Weight
from ui.page import Page
from ui.review.parts import emptied
from ui.routes import ToChair, ToSettings
from ui.text import device_words
from ui.text.formats import clock_s
from ui.theme import ThemeSwitch
from ui.widgets.badges import Pill
from ui.widgets.bars import SimulatedStripe
from ui.widgets.key_button import KeyButton
from ui.widgets.labels import Ink, label
from ui.widgets.shapes import Shape

_SHAPES = {
    LinkState.CONNECTING: Shape.RING,
    LinkState.NEGOTIATING: Shape.RING,
    LinkState.CONNECTED: Shape.DOT,
    LinkState.SILENT: Shape.STRUCK_RING,
    LinkState.LOST: Shape.RING,
}


class DevicePage(Page):
    """Read each second from the link's own report; F holds the lines still, Ctrl+C copies them."""

    def __init__(
        self, controller: ClinicController, themes: ThemeSwitch, monitors: Monitors, chair: int
    ) -> None:
        super().__init__()
        self._controller = controller
        self._themes = themes
        self._monitors = monitors
        self._chair = chair
        self._is_frozen = False
        self._lines: tuple[RawLine, ...] = ()
        self._values: list[QLabel] = []
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
        """The counters in sight."""
        return tuple(value.text() for value in self._values)

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
        return (*self.footer_keys(), ("F", device_words.freeze()), ("Ctrl C", device_words.copy()))

    def shown(self) -> None:
        """Take the keyboard and read the link anew."""
        self.setFocus()
        self.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take F, L, Ctrl+C and Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.go_back()
        elif event.key() == Qt.Key.Key_C and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.copy_lines()
        elif event.key() == Qt.Key.Key_F and not event.modifiers():
            self.toggle_freeze()
        elif event.key() == Qt.Key.Key_L and not event.modifiers():
            self.open_settings()
        else:
            super().keyPressEvent(event)

    def go_back(self) -> None:
        """Go to the chair."""
        self.asked.emit(ToChair(self._chair))

    def open_settings(self) -> None:
        """Go where ports are set."""
        self.asked.emit(ToSettings())

    def toggle_freeze(self) -> None:
        """Hold the lines still, or let them go on."""
        self._is_frozen = not self._is_frozen
        self._freeze.setText(device_words.thaw() if self._is_frozen else device_words.freeze())
        self.refresh()

    def copy_lines(self) -> None:
        """Put the lines in sight on the clipboard."""
        QGuiApplication.clipboard().setText(self.lines_text)
        self.told.emit(device_words.copied())

    def refresh(self) -> None:
        """Show the link as it is now."""
        report = self._monitors.report(self._chair)
        self._body.setVisible(report is not None)
        self._empty.setVisible(report is None)
        self._pill.setVisible(report is not None)
        self._stripe.setVisible(report is not None and report.source.is_simulated)
        if report is not None:
            self._show(report)

    def _show(self, report: LinkReport) -> None:
        now = self._controller.now()
        source = report.source
        self._source.show_text(
            f"{source.protocol.upper()} \N{MIDDLE DOT} {source.port}, {report.line_settings}"
        )
        newest = report.history[-1] if report.history else None
        if newest is not None:
            age_s = (now.utc_ms - newest.since.utc_ms) / MS_PER_S
            shape = _SHAPES[newest.state]
            self._pill.show_status(device_words.state_for(newest.state, age_s), shape=shape, is_strong=True)
            advice = "" if newest.state is LinkState.CONNECTED else f" {device_words.type_readings()}"
            self._reason.setText(f"{newest.reason.rstrip('.')}.{advice}")
        self._life.show_report(report, now)
        self._life_remark.setText(device_words.linked_of(self._life.linked_s(), self._life.whole_s()))
        values = (
            device_words.grouped(report.frames),
            device_words.grouped(report.rejected),
            device_words.quiet_time(report.quiet_time_s),
            device_words.grouped(report.resyncs),
            device_words.grouped(report.unanswered),
            device_words.milliseconds(report.slowest_reply_ms),
            device_words.grouped(report.links_lost),
        )
        for value, text in zip(self._values, values, strict=True):
            value.setText(text)
        if not self._is_frozen and report.lines != self._lines:
            self._lines = report.lines
            self._show_lines()

    def _show_lines(self) -> None:
        emptied(self._grid)
        for row, line in enumerate(self._lines):
            self._grid.addWidget(label(_time(line), size=Size.NOTE, ink=Ink.SECOND), row, 0)
            way = label(device_words.direction(is_sent=line.is_sent), size=Size.NOTE)
            raw = label(device_words.raw(line.raw), size=Size.NOTE)
            raw.setFont(_wire_font())
            for place, part in enumerate((way, raw, label(line.note, size=Size.NOTE)), start=1):
                self._grid.addWidget(part, row, place)
        self._grid.setRowStretch(len(self._lines), 1)
        bar = self._scroll.verticalScrollBar()
        bar.setValue(bar.maximum())

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
        self._freeze = KeyButton(themes, key="F", text=device_words.freeze())
        self._freeze.clicked.connect(self.toggle_freeze)
        self._copy = KeyButton(themes, key="Ctrl C", text=device_words.copy())
        self._copy.clicked.connect(self.copy_lines)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(16, 8, 16, 8)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(3, 1)
        inner = QWidget()
        inner.setLayout(self._grid)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._scroll.setAccessibleName(device_words.last_lines())
        self._scroll.setWidget(inner)

    def _lay_out(self) -> None:
        self._body = QWidget()
        body = QVBoxLayout(self._body)
        body.setContentsMargins(16, 8, 16, 12)
        body.setSpacing(16)
        life = _card(_heading(device_words.link_life(), self._life_remark), self._life)
        body.addWidget(life)
        body.addWidget(self._counter_card())
        lines = QVBoxLayout()
        remark = label(device_words.as_on_wire(), size=Size.NOTE, ink=Ink.SECOND)
        head = _heading(device_words.last_lines(), remark)
        head.addWidget(self._freeze)
        head.addWidget(self._copy)
        foot = label(device_words.line_end(), size=Size.NOTE, ink=Ink.SECOND)
        lines.addWidget(_card(head, self._scroll, foot))
        body.addLayout(lines, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self._stripe)
        page.addLayout(self._top())
        page.addWidget(self._empty, 0, Qt.AlignmentFlag.AlignCenter)
        page.addWidget(self._body, 1)
        page.addLayout(self._buttons())

    def _top(self) -> QHBoxLayout:
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(label(device_words.monitor_of(self._chair), size=Size.TITLE, weight=Weight.BOLD))
        names.addWidget(self._source)
        top = QHBoxLayout()
        top.setContentsMargins(16, 8, 16, 8)
        top.setSpacing(16)
        top.addLayout(names, 1)
        state = QVBoxLayout()  # beneath each other: a reason is a sentence or three, and wraps
        state.setSpacing(4)
        state.addWidget(self._pill)
        state.addWidget(self._reason)
        top.addLayout(state, 2)
        return top

    def _counter_card(self) -> QWidget:
        row = QHBoxLayout()
        row.setSpacing(24)
        for name in device_words.counters():
            value = label(size=Size.TITLE, weight=Weight.BOLD)
            self._values.append(value)
            cell = QVBoxLayout()
            cell.setSpacing(2)
            cell.addWidget(label(name, size=Size.NOTE, ink=Ink.SECOND))
            cell.addWidget(value)
            row.addLayout(cell, 1)
        return _card(row)

    def _buttons(self) -> QHBoxLayout:
        back = KeyButton(self._themes, key="Esc", text=device_words.chair(self._chair))
        back.clicked.connect(self.go_back)
        settings = KeyButton(self._themes, key="L", text=device_words.line_settings())
        settings.clicked.connect(self.open_settings)
        row = QHBoxLayout()
        row.setContentsMargins(16, 0, 16, 12)
        row.setSpacing(12)
        row.addWidget(back)
        row.addWidget(settings)
        row.addStretch(1)
        row.addWidget(label(device_words.nothing_charted(), size=Size.NOTE, ink=Ink.SECOND))
        return row


def _heading(title: str, remark: QLabel) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(12)
    row.addWidget(label(title, weight=Weight.BOLD))
    row.addWidget(remark)
    row.addStretch(1)
    return row


def _card(*parts: QWidget | QHBoxLayout) -> QWidget:
    card = QWidget()
    card.setObjectName("card")
    card.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    card.setProperty("surface", "card")
    column = QVBoxLayout(card)
    column.setContentsMargins(16, 12, 16, 12)
    column.setSpacing(10)
    for part in parts:
        if isinstance(part, QWidget):
            column.addWidget(part)
        else:
            column.addLayout(part)
    return card


def _wire_font() -> QFont:
    face = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    face.setPixelSize(int(Size.NOTE))
    return face


def _time(line: RawLine) -> str:
    return f"{clock_s(line.at)}.{line.at.utc_ms % MS_PER_S:03d}"
