"""The policy as it stands, to read: every limit and every rule with its source line."""

from dataclasses import fields, is_dataclass

from PySide6.QtWidgets import QGridLayout, QLabel

from monitor.policy import Policy
from ui.controller import ClinicController
from ui.fonts import Size, Weight
from ui.review.parts import wrapping
from ui.settings.section import Section
from ui.text import settings_words
from ui.widgets.labels import Ink, label


class LimitsSection(Section):
    """Read only: the file is the clinic's own."""

    def __init__(self, controller: ClinicController) -> None:
        policy = controller.policy
        super().__init__(settings_words.sections()[4], settings_words.limits_remark(policy.title))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(3, 1)
        self._policy = policy
        self.column.addLayout(self._grid)
        self.column.addStretch(1)

    def take_focus(self) -> None:
        """List everything when first turned to: some hundred wrapped lines are dear to lay out."""
        if not self._grid.count():
            self._fill(self._policy)

    def _fill(self, policy: Policy) -> None:
        rows = [settings_words.limit_row(limit) for limit in policy.limits]
        for place, text in enumerate(settings_words.limit_columns()):
            self._grid.addWidget(label(text, size=Size.NOTE, ink=Ink.SECOND), 0, place)
        for line, cells in enumerate(rows, start=1):
            is_new = line == 1 or rows[line - 2][0] != cells[0]
            shown = (cells[0] if is_new else "", *cells[1:])
            for place, text in enumerate(shown):
                self._grid.addWidget(_cell(text, place), line, place)
        self._add_rules(policy, len(rows) + 1)

    def _add_rules(self, policy: Policy, first: int) -> None:
        """List the other tables: each number by its name, then the source."""
        tables = [
            (field.name, getattr(policy, field.name))
            for field in fields(policy)
            if is_dataclass(getattr(policy, field.name))
        ]
        for line, (name, table) in enumerate(tables, start=first):
            title, source = settings_words.rule_row(name, table.source)
            numbers = [
                f"{each.name.replace('_', ' ')} {getattr(table, each.name)}"
                for each in fields(table)
                if each.name != "source"
            ]
            self._grid.addWidget(_cell(title.capitalize(), 0), line, 0)
            self._grid.addWidget(wrapping(", ".join(numbers), size=Size.NOTE), line, 1, 1, 2)
            self._grid.addWidget(_cell(source, 3), line, 3)


def _cell(text: str, place: int) -> QLabel:
    if place == 0:
        return label(text, weight=Weight.BOLD)
    if place == 3:
        return wrapping(text, size=Size.NOTE, ink=Ink.SECOND)
    return label(text)
