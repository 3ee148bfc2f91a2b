"""The other chairs beside the form, so that nobody is out of sight while a patient is seated."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.board.card_model import CardModel, LineLook, card_model
from ui.board.marks import ChairNumber
from ui.controller import ClinicController
from ui.elided import ElidedLabel
from ui.flag_rows import names_in_chairs
from ui.fonts import Size, Weight
from ui.text import seat_words
from ui.theme import ThemeSwitch
from ui.widgets.badges import FlagBadge
from ui.widgets.labels import Ink, label, set_ink
from ui.widgets.level_frame import LevelFrame

NUMBER_PX = 28


class SmallCard(LevelFrame):
    """One chair in two lines: who and where they stand, then the last pressure with its age."""

    def __init__(self, themes: ThemeSwitch, chair: int) -> None:
        super().__init__(themes)
        self._number = ChairNumber(themes, chair, side_px=NUMBER_PX)
        self._name = label(weight=Weight.BOLD)
        self._phase = ElidedLabel(size=Size.NOTE, ink=Ink.SECOND)
        self._badge = FlagBadge(themes)
        self._pressure = label(size=Size.VALUE, weight=Weight.BOLD)
        self._age = label(ink=Ink.SECOND)
        self._asked = label(size=Size.NOTE)
        self._chair = chair
        self._lay_out()

    @property
    def text(self) -> str:
        """Everything it says."""
        parts = (self._pressure, self._age, self._asked)
        said = [self._name.text(), self._phase.whole, *(part.text() for part in parts)]
        return " ".join(text for text in said if text)

    def show_model(self, model: CardModel) -> None:
        """Show a session."""
        self._number.show_empty(False)
        set_ink(self._name, Ink.MAIN)
        self._name.setText(model.name)
        self._name.show()
        self._phase.show_text(model.phase)
        self._pressure.setText(model.pressure)
        set_ink(self._pressure, Ink.SECOND if model.is_old else Ink.MAIN)
        self._age.setText(model.age)
        set_ink(self._age, Ink.MAIN if model.is_old else Ink.SECOND)
        self._show_line(model)
        self.show_level(model.level, is_overdue=model.is_overdue)
        self.setAccessibleName(f"{self._chair}: {self.text}")

    def show_words(self, name: str, remark: str) -> None:
        """Show that nobody sits here yet."""
        self._number.show_empty(True)
        set_ink(self._name, Ink.MAIN if name else Ink.SECOND)
        self._name.setText(name)
        self._name.setVisible(bool(name))  # an empty one would still push the remark aside
        self._phase.show_text(remark)
        for part in (self._pressure, self._age, self._asked):
            part.setText("")
        self._badge.hide()
        self.show_level(None, is_empty=True)
        self.setAccessibleName(f"{self._chair}: {self.text}")

    def _show_line(self, model: CardModel) -> None:
        line = model.line
        is_badged = line.look is not LineLook.PLAIN
        self._badge.setVisible(is_badged)
        if line.level is not None:
            self._badge.show_level(line.level, line.lead)
        elif is_badged:
            self._badge.show_overdue(line.lead)
        text = " ".join(part for part in (line.text, line.count) if part) if is_badged else line.lead
        self._asked.setText(text or line.right)

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(12)
        first.addWidget(self._number)
        first.addWidget(self._name)
        first.addWidget(self._phase, 1)
        first.addWidget(self._badge)
        second = QHBoxLayout()
        second.setSpacing(12)
        second.addWidget(self._pressure)
        second.addWidget(self._age)
        second.addStretch(1)
        second.addWidget(self._asked, 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 8, 16, 8)
        column.setSpacing(6)
        column.addStretch(1)  # or a badge, which keeps its height, would lift its row above the others'
        column.addLayout(first)
        column.addLayout(second)
        column.addStretch(1)


class OtherChairs(QWidget):
    """The chairs of the clinic in their order, as many as the board shows on one page."""

    def __init__(
        self, controller: ClinicController, themes: ThemeSwitch, chairs: tuple[int, ...], here: int
    ) -> None:
        super().__init__()
        self._controller = controller
        self._here = here
        self._name = ""
        self.cards = {chair: SmallCard(themes, chair) for chair in chairs}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for card in self.cards.values():
            column.addWidget(card, 1)
        self.setAccessibleName(seat_words.others())
        self.refresh()

    def show_name(self, name: str) -> None:
        """Say who is being seated, by the name that the board will use."""
        self._name = name
        self.refresh()

    def refresh(self) -> None:
        """Show the present."""
        names, now = names_in_chairs(self._controller), self._controller.now()
        for chair, card in self.cards.items():
            session = self._controller.session(chair)
            if session is not None:
                card.show_model(card_model(session.view, names[chair], now))
            elif chair == self._here:
                card.show_words(self._name, seat_words.being_seated())
            else:
                card.show_words("", seat_words.empty_chair())
