"""Home: six chairs a page, each always in its own place, and the rail of what comes next."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from ui.board.card import ChairCard
from ui.board.chairs import CHAIRS_A_PAGE, known_chairs
from ui.board.rail import NextRail, rail_items
from ui.controller import ClinicController
from ui.flag_rows import names_in_chairs
from ui.fonts import is_stacked
from ui.page import Page
from ui.routes import ToChair, ToSeat
from ui.text import board_words, formats
from ui.theme import ThemeSwitch

MOST_COLUMNS = 3
COLUMNS_OF_FEW = {1: 1, 2: 2, 4: 2}  # so that a small clinic's cards fill the page
GAP_PX = 12
MARGIN_PX = 16


class BoardPage(Page):
    """The cards. A digit opens that chair, or seats a patient in it."""

    def __init__(self, controller: ClinicController, themes: ThemeSwitch) -> None:
        super().__init__()
        self._controller = controller
        self._themes = themes
        self._first = 0
        self._chairs: tuple[int, ...] = ()
        self._columns = MOST_COLUMNS
        self._railed: tuple[tuple[int, int], ...] = ()
        self._names: dict[int, str] = {}
        self._cards: dict[int, ChairCard] = {}
        self._rail = NextRail(themes)
        self._grid = QGridLayout()
        self._grid.setSpacing(GAP_PX)
        self._grid.setHorizontalSpacing(MARGIN_PX)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN_PX, GAP_PX, MARGIN_PX, GAP_PX)
        column.setSpacing(GAP_PX)
        column.addLayout(self._grid, 1)
        column.addWidget(self._rail)
        controller.chair_changed.connect(self._on_chair)
        controller.ticked.connect(self._on_tick)
        controller.settings_changed.connect(self.refresh)
        self.setAccessibleName(board_words.title())
        self.refresh()

    @property
    def cards(self) -> dict[int, ChairCard]:
        """The cards in sight by chair."""
        return dict(self._cards)

    @property
    def rail(self) -> NextRail:
        """What comes next."""
        return self._rail

    def title(self) -> str:
        """Name the page."""
        return board_words.title()

    def subtitle(self) -> str:
        """Say which chairs are in sight, and the day."""
        seen = self._in_sight()
        return board_words.subtitle(seen[0], seen[-1], formats.weekday_and_day(self._controller.now()))

    def footer_keys(self) -> tuple[tuple[str, str], ...]:
        """Digits open chairs."""
        seen = self._in_sight()
        keys = [(f"{seen[0]} \N{EN DASH} {seen[-1]}", board_words.open_chair_hint())]
        if len(self._chairs) > CHAIRS_A_PAGE:
            keys.append(("PgDn", board_words.other_chairs_hint()))
        return tuple(keys)

    def help_keys(self) -> tuple[tuple[str, str], ...]:
        """Add the keys that walk over the cards."""
        return (
            *self.footer_keys(),
            ("\N{LEFTWARDS ARROW} \N{RIGHTWARDS ARROW}", board_words.choose_card_hint()),
        )

    def shown(self) -> None:
        """Bring every card up to date and let digits be heard."""
        self.refresh()
        if self.focusWidget() is None or not self.focusWidget().isVisible():
            next(iter(self._cards.values())).setFocus()
        else:
            self.focusWidget().setFocus()

    def refresh(self) -> None:
        """Show the present in every card and in the rail."""
        chairs = known_chairs(self._controller)
        if chairs != self._chairs:
            self._chairs = chairs
            widest = MOST_COLUMNS - int(is_stacked())
            self._columns = min(widest, COLUMNS_OF_FEW.get(len(chairs), MOST_COLUMNS))
            self._first = 0
            self._place_cards()
        self._names = names_in_chairs(self._controller)
        for chair in self._cards:
            self._show_chair(chair)
        self._show_rail()

    def open_chair(self, chair: int) -> None:
        """Ask for the session in `chair`, or for seating a patient there."""
        if chair in self._chairs:
            is_seated = self._controller.session(chair) is not None
            self.asked.emit(ToChair(chair) if is_seated else ToSeat(chair))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with digits, walk with arrows, turn pages with the page keys."""
        if event.text().isdigit() and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.open_chair(int(event.text()))
            return
        turns: dict[int, Callable[[], None]] = {
            Qt.Key.Key_PageDown: lambda: self._turn(CHAIRS_A_PAGE),
            Qt.Key.Key_PageUp: lambda: self._turn(-CHAIRS_A_PAGE),
            Qt.Key.Key_Right: lambda: self._walk(1),
            Qt.Key.Key_Left: lambda: self._walk(-1),
            Qt.Key.Key_Down: lambda: self._walk(self._columns),
            Qt.Key.Key_Up: lambda: self._walk(-self._columns),
        }
        act = turns.get(event.key())
        if act is None:
            super().keyPressEvent(event)
            return
        act()

    def _in_sight(self) -> tuple[int, ...]:
        return self._chairs[self._first : self._first + CHAIRS_A_PAGE]

    def _place_cards(self) -> None:
        for old in self._cards.values():
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._cards = {}
        for at, chair in enumerate(self._in_sight()):
            key = str(chair) if chair < 10 else "Enter"
            card = ChairCard(self._themes, chair, key)
            card.opened.connect(self.open_chair)
            self._cards[chair] = card
            self._grid.addWidget(card, at // self._columns, at % self._columns)
            card.show()  # a card added to a page in sight takes the focus only once it is shown
        for row in range(CHAIRS_A_PAGE):
            is_used = row * self._columns < len(self._in_sight())
            self._grid.setRowStretch(row, int(is_used))
        for column in range(MOST_COLUMNS):
            self._grid.setColumnStretch(column, int(column < self._columns))
        self.titled.emit()

    def _on_tick(self) -> None:
        if self.isVisible():
            self.refresh()

    def _on_chair(self, chair: int) -> None:
        if not self.isVisible():
            return  # `shown` brings it up to date
        if chair not in self._chairs or self._controller.session(chair) is None:
            self.refresh()
            return
        is_recorded = self._lengths() != self._railed
        if is_recorded:
            self._names = names_in_chairs(self._controller)
        if chair in self._cards:
            self._show_chair(chair)
        if is_recorded:
            self._show_rail()

    def _lengths(self) -> tuple[tuple[int, int], ...]:
        """How long each record is: live values alone change no name and no order."""
        return tuple(
            (each.view.chair, each.view.record_length) for each in self._controller.clinic.sessions()
        )

    def _show_rail(self) -> None:
        self._railed = self._lengths()
        views = tuple(each.view for each in self._controller.clinic.sessions())
        self._rail.show_items(rail_items(views, self._controller.now()))

    def _show_chair(self, chair: int) -> None:
        card, now = self._cards[chair], self._controller.now()
        wire = self._controller.clinic.wire(chair)
        session = self._controller.session(chair)
        if session is not None:
            card.show_session(session.view, self._names[chair], wire, now)
            return
        draft = self._controller.draft(chair, "seat")
        has_monitor = any(
            each.number == chair and bool(each.monitors) for each in self._controller.settings.chairs
        )
        card.show_empty(wire, now, has_monitor=has_monitor, has_draft=draft is not None and bool(draft.text))

    def _turn(self, by: int) -> None:
        if 0 <= self._first + by < len(self._chairs):
            self._first += by
            self._place_cards()
            self.refresh()
            next(iter(self._cards.values())).setFocus()

    def _walk(self, by: int) -> None:
        cards: list[QWidget] = list(self._cards.values())
        focused = self.focusWidget()
        at = cards.index(focused) if focused in cards else 0
        if 0 <= at + by < len(cards):
            cards[at + by].setFocus(Qt.FocusReason.TabFocusReason)
