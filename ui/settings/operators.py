"""Who may chart: add, remove, and who of them is a clinician."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout

from monitor.settings import Operator
from ui.controller import ClinicController
from ui.fonts import Weight
from ui.review.parts import emptied
from ui.settings.section import Section
from ui.settings.simple import FIELD_PX
from ui.text import settings_words
from ui.theme import ThemeSwitch
from ui.widgets.field import LabeledField
from ui.widgets.key_button import KeyButton
from ui.widgets.labels import label


class OperatorsSection(Section):
    """The list, and a field for one more."""

    def __init__(self, controller: ClinicController, themes: ThemeSwitch) -> None:
        super().__init__(settings_words.sections()[2], settings_words.operators_remark())
        self._controller = controller
        self._themes = themes
        self.ticks: dict[str, QCheckBox] = {}
        self.removals: dict[str, KeyButton] = {}
        self.field = LabeledField(settings_words.operator_name(), hint=settings_words.enter_saves())
        self.field.setMaximumWidth(FIELD_PX)
        self.field.edit.returnPressed.connect(self.add)
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self.column.addWidget(self.field)
        self.column.addLayout(self._list)
        self.column.addStretch(1)
        controller.settings_changed.connect(self._fill)
        self._fill()

    def take_focus(self) -> None:
        """Take the keyboard into the field."""
        self.field.edit.setFocus()

    def add(self) -> None:
        """Add the name that was typed."""
        name = " ".join(self.field.text.split())
        known = {each.name.casefold() for each in self._controller.settings.operators}
        if not name or name.casefold() in known:
            self.field.set_fault(settings_words.name_taken() if name else settings_words.name_needed())
            return
        self.field.set_fault(None)
        self.field.edit.clear()
        self._keep((*self._controller.settings.operators, Operator(name=name)))

    def _keep(self, operators: tuple[Operator, ...]) -> None:
        self._controller.change_settings(replace(self._controller.settings, operators=operators))

    def _fill(self) -> None:
        emptied(self._list)
        self.ticks, self.removals = {}, {}
        for operator in self._controller.settings.operators:
            tick = QCheckBox(settings_words.clinician())
            tick.setChecked(operator.is_clinician)
            tick.setAccessibleName(settings_words.is_clinician(operator.name))
            tick.toggled.connect(self._ticking(operator.name))
            removal = KeyButton(self._themes, key="", text=settings_words.remove_short())
            removal.setAccessibleName(settings_words.remove(operator.name))
            removal.clicked.connect(self._removing(operator.name))
            name = label(operator.name, weight=Weight.MEDIUM)
            name.setFixedWidth(FIELD_PX - 240)
            row = QHBoxLayout()
            row.setSpacing(16)
            for part in (name, tick, removal):
                row.addWidget(part)
            row.addStretch(1)
            self._list.addLayout(row)
            self.ticks[operator.name], self.removals[operator.name] = tick, removal

    def _ticking(self, name: str) -> Callable[[bool], None]:
        def change(is_clinician: bool) -> None:  # noqa: FBT001 - Qt's signal gives it so
            self._keep(
                tuple(
                    replace(each, is_clinician=is_clinician) if each.name == name else each
                    for each in self._controller.settings.operators
                )
            )

        return change

    def _removing(self, name: str) -> Callable[[], None]:
        return lambda: self._keep(
            tuple(each for each in self._controller.settings.operators if each.name != name)
        )
