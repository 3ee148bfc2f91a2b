"""The header over the clinic: how many are seated, who charts, the time, and whether it is a demo."""

from PySide6.QtCore import Signal

from ui.controller import ClinicController
from ui.text import board_words, formats, shell_words
from ui.theme import ThemeSwitch
from ui.widgets.badges import Pill
from ui.widgets.bars import Header
from ui.widgets.key_button import KeyButton
from ui.widgets.shapes import Shape


class HeaderStatus(Header):
    """A header that reads the controller; emits `operator_asked` when its operator button is clicked."""

    operator_asked = Signal()

    def __init__(self, controller: ClinicController, themes: ThemeSwitch) -> None:
        super().__init__(themes)
        self._controller = controller
        if controller.is_demo:
            self.add_pill(Pill(themes, shell_words.demo(), is_strong=True, short=shell_words.demo_short()))
        self._seated = Pill(themes, "")
        self.add_pill(self._seated, may_give_way=True)
        self.add_pill(Pill(themes, shell_words.tones_off(), shape=Shape.CROSSED_BELL))
        self._choose = KeyButton(themes, key="Ctrl O", text=shell_words.change_operator())
        self._choose.clicked.connect(self.operator_asked)
        self.add_button(self._choose)
        self.refresh()

    def refresh(self) -> None:
        """Show the present."""
        self._seated.show_status(board_words.seated(len(self._controller.clinic.sessions())))
        operator = self._controller.operator
        self.show_operator(operator)
        self._choose.setText(shell_words.change_operator() if operator else shell_words.choose_operator())
        self.show_clock(formats.clock_s(self._controller.now()))
