"""Chairs and the monitors beside them. Each line is checked and kept with Enter."""

from collections.abc import Callable
from dataclasses import replace
from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from monitor.link_report import Monitors
from monitor.settings import MAX_CHAIRS, Chair, MonitorLink
from ui.board.chairs import known_chairs
from ui.controller import ClinicController
from ui.fonts import Weight
from ui.review.parts import emptied
from ui.settings.section import Section
from ui.text import device_words, settings_words
from ui.theme import ThemeSwitch
from ui.widgets.choice import SegmentedChoice
from ui.widgets.field import LabeledField
from ui.widgets.key_button import KeyButton
from ui.widgets.labels import label


class ChairRow(QWidget):
    """One chair: its number, the protocol, the port."""

    def __init__(self, themes: ThemeSwitch, chair: Chair, monitors: Monitors) -> None:
        super().__init__()
        self.number = chair.number
        names = monitors.profiles()
        self._kinds = Enum("Kinds", {name: name for name in names})  # type: ignore[misc]
        options = tuple((kind, kind.value.upper()) for kind in self._kinds)
        name = f"{settings_words.chair(chair.number)}, {settings_words.protocol()}"
        self._protocol = SegmentedChoice(themes, options, name=name)
        self.field = LabeledField(settings_words.port(), hint=settings_words.port_hint())
        self.field.edit.setAccessibleName(f"{settings_words.chair(chair.number)}, {settings_words.port()}")
        known = chair.monitor
        if known is not None:
            self.field.edit.setText(known.port)
        if known is None or known.protocol in names:
            self._protocol.choose(self._kinds(names[0] if known is None else known.protocol))
        top = Qt.AlignmentFlag.AlignTop
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        number = label(settings_words.chair(chair.number), weight=Weight.BOLD)
        number.setFixedWidth(90)
        row.addWidget(number, 0, Qt.AlignmentFlag.AlignVCenter)
        kind = QVBoxLayout()
        kind.setSpacing(4)
        kind.addWidget(label(settings_words.protocol()))
        kind.addWidget(self._protocol)
        kind.addStretch(1)
        row.addLayout(kind)
        row.addWidget(self.field, 1, top)

    def chair(self) -> Chair:
        """What is entered."""
        port, kind = self.field.text.strip(), self._protocol.choice
        if not port or kind is None:
            return Chair(number=self.number)
        return Chair(number=self.number, monitor=MonitorLink(protocol=str(kind.value), port=port))


class ChairsSection(Section):
    """All chairs in their order; one more, or one less at the end."""

    def __init__(self, controller: ClinicController, themes: ThemeSwitch, monitors: Monitors) -> None:
        super().__init__(settings_words.sections()[1], settings_words.chairs_remark())
        self._controller = controller
        self._themes = themes
        self._monitors = monitors
        self.rows: list[ChairRow] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self.add_button = KeyButton(themes, key="", text=settings_words.add_chair())
        self.add_button.clicked.connect(self.add)
        self.remove_button = KeyButton(themes, key="", text=settings_words.remove_chair())
        self.remove_button.clicked.connect(self.remove)
        buttons = QHBoxLayout()
        buttons.addWidget(self.add_button)
        buttons.addWidget(self.remove_button)
        buttons.addStretch(1)
        self.column.addLayout(self._list)
        self.column.addLayout(buttons)
        self.column.addStretch(1)
        self._fill()

    def take_focus(self) -> None:
        """Take the keyboard into the first port."""
        if self.rows:
            self.rows[0].field.edit.setFocus()

    def save(self, row: ChairRow) -> None:
        """Keep one chair's monitor, or say what is wrong with its port."""
        chair = row.chair()
        problem = None if chair.monitor is None else self._problem(chair.number, chair.monitor.port)
        row.field.set_fault(problem)
        if problem is not None:
            return
        chairs = self._chairs()
        kept = tuple(chair if each.number == chair.number else each for each in chairs)
        self._controller.change_settings(replace(self._controller.settings, chairs=kept))
        row.field.set_hint(settings_words.monitor_takes_effect())
        self.told.emit(settings_words.monitor_takes_effect())

    def add(self) -> None:
        """Add the next chair."""
        chairs = self._chairs()
        number = chairs[-1].number + 1
        if number > MAX_CHAIRS:
            self.told.emit(settings_words.no_more_chairs(MAX_CHAIRS))
            return
        self._keep((*chairs, Chair(number=number)))

    def remove(self) -> None:
        """Take the last chair away, unless somebody sits in it."""
        chairs = self._chairs()
        last = chairs[-1].number
        if self._controller.session(last) is not None:
            self.told.emit(settings_words.chair_is_taken(last))
            return
        if len(chairs) == 1:
            self.told.emit(settings_words.one_chair_stays())
            return
        self._keep(chairs[:-1])

    def _problem(self, number: int, port: str) -> str | None:
        """Say what is wrong with `port`, or which other chair has it: one wire tells of one patient."""
        others = (each for each in self._chairs() if each.number != number and each.monitor is not None)
        taken = next((each.number for each in others if each.monitor and each.monitor.port == port), None)
        return self._monitors.port_problem(port) if taken is None else device_words.port_taken(taken)

    def _chairs(self) -> tuple[Chair, ...]:
        """The chairs as set up; before that the ones the board offers, so that adding takes none away."""
        offered = tuple(Chair(number=number) for number in known_chairs(self._controller))
        return self._controller.settings.chairs or offered

    def _keep(self, chairs: tuple[Chair, ...]) -> None:
        self._controller.change_settings(replace(self._controller.settings, chairs=chairs))
        self._fill()

    def _fill(self) -> None:
        emptied(self._list)
        self.rows = [ChairRow(self._themes, each, self._monitors) for each in self._chairs()]
        for row in self.rows:
            row.field.edit.returnPressed.connect(self._saving(row))
            self._list.addWidget(row)

    def _saving(self, row: ChairRow) -> Callable[[], None]:
        return lambda: self.save(row)
