"""Which chair needs somebody next: the order of urgency that the cards, which never move, do not show."""

from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from monitor.checks import gate_now
from monitor.clock import MS_PER_S, Instant
from monitor.policy import Level
from monitor.schedule import Ask, Lateness, prompt
from monitor.standing import standing_flags
from monitor.view import SessionView
from ui.fonts import Size, Weight, box_px, px
from ui.text import board_words, flag_words, formats, happened, words
from ui.theme import ThemeSwitch
from ui.widgets.badges import FlagBadge
from ui.widgets.key_button import KeyCap
from ui.widgets.labels import Ink, label
from ui.widgets.themed import ThemedWidget, draw_box, sharp_painter

HEIGHT_PX = 52
SIDE_PX = 16
LEAD_AND_COUNT_PX = 140  # the title before the chairs and the count behind them


class Turn(IntEnum):
    """In which order chairs are gone to; within one, the older or the earlier due first."""

    ACT_NOW = 0
    UNCONFIRMED = 1
    NOTIFY = 2
    OVERDUE = 3
    ACCEPT = 4
    ASKED = 5
    DUE = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class RailItem:
    """One chair's place in the order.

    Attributes:
        chair: its number.
        turn: why it is there.
        at_ms: since when, or when due.
        level: badge of that level, None for violet or no badge.
        badge: the badge's word, "" for none.
        text: what is asked for.
    """

    chair: int
    turn: Turn
    at_ms: int
    level: Level | None = None
    badge: str = ""
    text: str = ""


def rail_items(views: tuple[SessionView, ...], now: Instant) -> tuple[RailItem, ...]:
    """Order the chairs by who needs somebody first; those that ask for nothing are left out."""
    items = [item for item in (_item(view, now) for view in views) if item is not None]
    return tuple(sorted(items, key=lambda item: (item.turn, item.at_ms, item.chair)))


def _item(view: SessionView, now: Instant) -> RailItem | None:
    flags = standing_flags(view, view.clock_ms(now))
    waiting = [flag for flag in flags if flag.is_loud and flag.answer is None]
    if waiting:
        flag = waiting[0]
        left_ms = flag.repeat_left_ms
        turn = Turn.NOTIFY if left_ms is None else Turn.UNCONFIRMED
        text = flag_words.not_answered().lower()
        if left_ms is not None:
            text = flag_words.repeat_in(formats.countdown(left_ms / MS_PER_S))
        return RailItem(
            chair=view.chair,
            turn=Turn.ACT_NOW if flag.level is Level.ACT_NOW else turn,
            at_ms=flag.flagged.change.at_ms,
            level=flag.level,
            badge=flag_words.flag_word(flag.level, flag.state),
            text=text,
        )
    return _asked_item(view, now)


def _asked_item(view: SessionView, now: Instant) -> RailItem | None:
    asked = prompt(view, view.clock_ms(now))
    since_ms = view.phase_since_ms
    if asked.lateness in {Lateness.OVERDUE, Lateness.VERY_OVERDUE}:
        span = formats.span(asked.late_by_ms / MS_PER_S)
        due_ms = asked.due_ms or 0
        return RailItem(chair=view.chair, turn=Turn.OVERDUE, at_ms=due_ms, badge=words.overdue(), text=span)
    if asked.ask is Ask.ACCEPT and asked.accept is not None:
        text = f"{board_words.rail_ask(Ask.ACCEPT)} {happened.taken_at(asked.accept.entry)}"
        return RailItem(chair=view.chair, turn=Turn.ACCEPT, at_ms=asked.accept.at_ms, text=text)
    if asked.ask is Ask.SET and asked.due_ms is not None:
        text = board_words.rail_due(formats.clock(view.wall(asked.due_ms)))
        return RailItem(chair=view.chair, turn=Turn.DUE, at_ms=asked.due_ms, text=text)
    if asked.ask is Ask.NOTHING:
        return None
    is_start = asked.ask is Ask.START
    text = board_words.rail_start(gate_now(view, now)) if is_start else board_words.rail_ask(asked.ask)
    return RailItem(chair=view.chair, turn=Turn.ASKED, at_ms=since_ms, text=text)


class NextRail(ThemedWidget):
    """The order as one line; what does not fit is counted at its end."""

    def __init__(self, themes: ThemeSwitch) -> None:
        super().__init__(themes)
        self._items: tuple[RailItem, ...] = ()
        self._parts: dict[tuple[RailItem, bool], QWidget] = {}  # by what each shows, and whether it is first
        self.setFixedHeight(box_px(HEIGHT_PX))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(SIDE_PX, 0, SIDE_PX, 0)
        self._row.setSpacing(12)
        self._row.addWidget(label(board_words.next_title(), weight=Weight.BOLD))
        self._row.addSpacing(8)
        self._more = label(size=Size.NOTE, ink=Ink.SECOND)
        self._row.addWidget(self._more)
        self._row.addStretch(1)
        self.show_items(())

    @property
    def items(self) -> tuple[RailItem, ...]:
        """The whole order."""
        return self._items

    def minimumSizeHint(self) -> QSize:
        """Return a width that any window has: what does not fit is counted instead."""
        return QSize(200, box_px(HEIGHT_PX))

    def show_items(self, items: tuple[RailItem, ...]) -> None:
        """Show another order."""
        if items == self._items and self._parts:
            return
        self._items = items
        before, self._parts = self._parts, {}
        for at, item in enumerate(items):
            shows = (item, at == 0)
            part = before.pop(shows) if shows in before else _item_part(self._themes, item, is_first=at == 0)
            self._parts[shows] = part
            self._row.insertWidget(2 + at, part)
        for old in before.values():
            self._row.removeWidget(old)
            old.hide()
            old.deleteLater()
        spoken = "; ".join(f"{item.chair} {item.badge} {item.text}" for item in items)
        self.setAccessibleName(f"{board_words.next_title()}: {spoken or board_words.rail_empty()}")
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many as fit."""
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, _event: object) -> None:
        """Draw the panel."""
        painter = sharp_painter(self)
        draw_box(painter, self.rect().toRectF(), fill=self.theme.panel, edge=self.theme.grid)
        painter.end()

    def _fit(self) -> None:
        room = self.width() - 2 * SIDE_PX - px(LEAD_AND_COUNT_PX)
        shown = 0
        for part in self._parts.values():
            room -= part.sizeHint().width() + 12
            fits = room >= 0
            part.setVisible(fits)
            shown += fits
        left_out = len(self._parts) - shown
        text = board_words.more(left_out) if left_out else ""
        self._more.setText(text if self._parts else board_words.rail_empty())


def _item_part(themes: ThemeSwitch, item: RailItem, *, is_first: bool) -> QWidget:
    part = QWidget()
    row = QHBoxLayout(part)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    if not is_first:
        row.addWidget(label("\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}", size=Size.TITLE))
        row.addSpacing(4)
    row.addWidget(KeyCap(themes, str(item.chair)))
    if item.badge:
        badge = FlagBadge(themes)
        if item.level is None:
            badge.show_overdue(item.badge)
        else:
            badge.show_level(item.level, item.badge)
        row.addWidget(badge)
    row.addWidget(label(item.text, ink=Ink.SECOND))
    return part
