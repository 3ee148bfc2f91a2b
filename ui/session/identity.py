"""Who sits here, what runs, and whether the monitor speaks: the strip under the header."""

from datetime import date

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from monitor.clock import MS_PER_MINUTE, MS_PER_S
from monitor.feed import LinkState
from monitor.terms import Phase
from monitor.view import SessionView
from monitor.wire import Wire
from ui.fonts import Size, Weight, box_px, font, is_stacked, px
from ui.session.bedside import Bedside
from ui.text import board_words, people
from ui.text import session_words as words
from ui.text.formats import age, calendar_date, clock, session_minute, span
from ui.theme import ThemeSwitch
from ui.widgets.flow import FlowLabel, FlowLayout
from ui.widgets.labels import Ink
from ui.widgets.shapes import Shape, draw_shape
from ui.widgets.themed import ThemedWidget, draw_box, sharp_painter

HEIGHT_PX = 64
CHAIR_PX = 40
MARGIN_PX = 16
_LINK_SHAPES = {
    LinkState.CONNECTED: Shape.DOT,
    LinkState.CONNECTING: Shape.RING,
    LinkState.NEGOTIATING: Shape.RING,
    LinkState.SILENT: Shape.STRUCK_RING,
    LinkState.LOST: Shape.STRUCK_RING,
}


class _ChairBox(ThemedWidget):
    """The chair's number in a box."""

    def __init__(self, themes: ThemeSwitch) -> None:
        super().__init__(themes)
        self._chair = 0
        self.setFixedSize(box_px(CHAIR_PX), box_px(CHAIR_PX))

    def show_chair(self, chair: int) -> None:
        self._chair = chair
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw box and number."""
        painter = sharp_painter(self)
        draw_box(painter, QRectF(self.rect()), fill=self.theme.panel, edge=self.theme.edge)
        painter.setFont(font(Size.TITLE, Weight.BOLD))
        painter.setPen(self.theme.text)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, str(self._chair))
        painter.end()


class _LinkMark(ThemedWidget):
    """Dot, ring or struck ring: with words, no colour."""

    def __init__(self, themes: ThemeSwitch) -> None:
        super().__init__(themes)
        self._shape = Shape.RING
        self.setFixedSize(px(12), px(12))

    def show_shape(self, shape: Shape) -> None:
        self._shape = shape
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the shape."""
        painter = sharp_painter(self)
        draw_shape(painter, self._shape, QRectF(self.rect()).adjusted(1, 1, -1, -1), self.theme.text)
        painter.end()


class IdentityStrip(ThemedWidget):
    """One line of identity, one of facts; phase and link on the right, below where words are large."""

    def __init__(self, themes: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(themes, parent)
        self._chair = _ChairBox(themes)
        self._name = FlowLabel(size=Size.TITLE, weight=Weight.BOLD)
        self._born = FlowLabel()
        self._number = FlowLabel(ink=Ink.SECOND)
        self._facts = FlowLabel(size=Size.NOTE, ink=Ink.SECOND)
        self._allergy = FlowLabel(size=Size.NOTE, weight=Weight.BOLD)
        self._phase = FlowLabel(size=Size.TITLE, weight=Weight.BOLD)
        self._plan = FlowLabel(size=Size.NOTE, ink=Ink.SECOND)
        self._mark = _LinkMark(themes)
        self._link = FlowLabel()
        self._message = FlowLabel(size=Size.NOTE, ink=Ink.SECOND)
        self.setMinimumHeight(box_px(HEIGHT_PX))
        self._lay_out()

    @property
    def text(self) -> str:
        """Everything it says."""
        parts = (
            self._name,
            self._born,
            self._number,
            self._facts,
            self._allergy,
            self._phase,
            self._plan,
            self._link,
            self._message,
        )
        return " ".join(part.text() for part in parts if part.text())

    def show_session(self, bedside: Bedside, view: SessionView) -> None:
        """Show who and what, as of now."""
        patient, seated = view.patient, view.seated
        self._chair.show_chair(view.chair)
        self._name.setText(patient.name)
        age_text = people.age(patient.birth_date, bedside.controller.now())
        self._born.setText(words.born(_birth_date(patient.birth_date), age_text))
        self._number.setText(words.number(patient.clinic_number))
        facts = (
            words.kilograms(str(seated.weight_kg)),
            seated.dose_text,
            words.arms(seated.cuff_arm, seated.iv_arm),
        )
        self._facts.setText(" \N{MIDDLE DOT} ".join(part for part in facts if part) + " \N{MIDDLE DOT}")
        self._allergy.setText(words.allergy(patient.allergies))
        self._phase.setText(_phase_text(bedside, view))
        self._plan.setText(_plan_text(view))
        self._show_link(bedside, bedside.controller.clinic.wire(view.chair))
        self.setAccessibleName(self.text)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the hairline towards the chart."""
        painter = sharp_painter(self)
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(self.theme.grid))
        painter.end()

    def _show_link(self, bedside: Bedside, wire: Wire) -> None:
        state = None if wire.link is None else wire.link.state
        self._mark.setVisible(state is not None)
        self._mark.show_shape(Shape.RING if state is None else _LINK_SHAPES[state])
        self._link.setText(_link_text(bedside, wire))
        self._link.setToolTip("" if wire.link is None else wire.link.reason)
        is_linked = state is LinkState.CONNECTED  # else another monitor's messages would be taken for its own
        received = [
            value.received_at.utc_ms
            for value in wire.live
            if is_linked or (wire.link is not None and value.source == wire.link.source)
        ]
        if received:
            since_s = (bedside.controller.now().utc_ms - max(received)) / MS_PER_S
            self._message.setText(words.last_message(age(since_s)))
        elif state in {LinkState.SILENT, LinkState.LOST, None}:
            self._message.setText(words.type_readings())
        else:
            self._message.setText("" if wire.link is None else clock(wire.link.at))

    def _lay_out(self) -> None:
        """Nothing here may be cut, however long a name or large the words: lines go on below."""
        who = _line(self._name, self._born, self._number, spacing_px=12)
        facts = _line(self._facts, self._allergy, spacing_px=4)
        link = QWidget()
        beside = QHBoxLayout(link)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(8)
        beside.addWidget(self._mark)
        beside.addWidget(self._link)
        if is_stacked():
            beside.addWidget(self._message)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN_PX, 8, MARGIN_PX, 8)
        row.setSpacing(MARGIN_PX)
        row.addWidget(self._chair)
        if is_stacked():
            now = _line(self._phase, self._plan, link, spacing_px=MARGIN_PX)
            row.addLayout(_column(who, facts, now), 1)
            return
        row.addLayout(_column(who, facts), 1)
        right = Qt.AlignmentFlag.AlignRight
        for pair in ((self._phase, self._plan), (link, self._message)):
            column = _column()
            for part in pair:
                column.addWidget(part, 0, right)
            row.addLayout(column)


def _line(*parts: QWidget, spacing_px: int) -> FlowLayout:
    line = FlowLayout(spacing_px=spacing_px)
    for part in parts:
        line.addWidget(part)
    return line


def _column(*lines: FlowLayout) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(0)
    for line in lines:
        column.addLayout(line)
    return column


def _birth_date(text: str) -> str:
    try:
        return calendar_date(date.fromisoformat(text))
    except ValueError:
        return text


def _link_text(bedside: Bedside, wire: Wire) -> str:
    """Name the state of the link that needs a look most; for how long, where the monitor says nothing."""
    link, name = wire.link, board_words.monitor_name(wire)
    if link is None:
        return board_words.no_monitor()
    for_s = span((bedside.controller.now().utc_ms - link.at.utc_ms) / MS_PER_S)
    match link.state:
        case LinkState.CONNECTING:
            return board_words.monitor_connecting(name)
        case LinkState.NEGOTIATING:
            return board_words.monitor_waiting(name)
        case LinkState.CONNECTED:
            return board_words.monitor_linked(name)
        case LinkState.SILENT:
            return board_words.monitor_silent(name, for_s)
        case LinkState.LOST:
            return board_words.monitor_lost(name, for_s)


def _phase_text(bedside: Bedside, view: SessionView) -> str:
    now_ms = bedside.now_ms(view)
    if view.infusion is not None and view.phase is Phase.INFUSING:
        minutes = (now_ms - view.infusion.started_ms) // MS_PER_MINUTE
        return words.infusing(minutes, view.infusion.body.planned_minutes)
    return words.in_phase(view.phase, (now_ms - view.phase_since_ms) // MS_PER_MINUTE)


def _plan_text(view: SessionView) -> str:
    infusion = view.infusion
    if infusion is None:
        return words.planned(view.seated.planned_minutes)
    if infusion.stopped_ms is not None:
        return words.stopped(clock(view.wall(infusion.stopped_ms)))
    if infusion.expected_end_ms is None:
        return words.planned(infusion.body.planned_minutes)
    minute = round((infusion.expected_end_ms - infusion.started_ms) / MS_PER_MINUTE)
    is_later = minute != infusion.body.planned_minutes
    return words.ends_about(
        clock(view.wall(infusion.expected_end_ms)), session_minute(minute), is_later=is_later
    )
