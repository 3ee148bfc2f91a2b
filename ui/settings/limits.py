"""The policy as it stands, to read: every limit and every rule with its source line."""

from dataclasses import fields, is_dataclass

from PySide6.QtWidgets import QGridLayout, QLabel

from monitor.policy import Policy
from ui.controller import ClinicController
from ui.fonts import Size, Weight, is_stacked
from ui.review.parts import wrapping
from ui.settings.section import Section
from ui.text import settings_words
from ui.widgets.labels import Ink, label

LEVEL, LIMIT, SOURCE = 1, 2, 3  # columns


class LimitsSection(Section):
    """Read only: the file is the clinic's own."""

    def __init__(self, controller: ClinicController) -> None:
        policy = controller.policy
        super().__init__(settings_words.sections()[4], settings_words.limits_remark(policy.title))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(LIMIT, 1)
        self._grid.setColumnStretch(SOURCE, 0 if is_stacked() else 1)
        self._policy = policy
        self.column.addLayout(self._grid)
        self.column.addStretch(1)

    def take_focus(self) -> None:
        """List everything when first turned to: some hundred wrapped lines are dear to lay out."""
        if not self._grid.count():
            self._fill(self._policy)

    def _fill(self, policy: Policy) -> None:
        for place, text in enumerate(settings_words.limit_columns()):
            if place != SOURCE or not is_stacked():
                self._grid.addWidget(label(text, size=Size.NOTE, ink=Ink.SECOND), 0, place)
        before = ""
        for limit in policy.limits:
            condition, level, text, source = settings_words.limit_row(limit)
            name = label("" if condition == before else condition, weight=Weight.BOLD)
            self._add((name, label(level), wrapping(text) if is_stacked() else label(text)), source)
            before = condition
        self._add_rules(policy)

    def _add_rules(self, policy: Policy) -> None:
        """List the other tables: each number by its name, then the source."""
        for field in fields(policy):
            table = getattr(policy, field.name)
            if is_dataclass(table):
                title, numbers, source = settings_words.rule_row(field.name, table)
                self._add((label(title, weight=Weight.BOLD), wrapping(numbers, size=Size.NOTE)), source)

    def _add(self, cells: tuple[QLabel, ...], source: str) -> None:
        """Add a row, its last cell as far as the source, which stands below where words are large."""
        row = self._grid.rowCount()
        for place, cell in enumerate(cells):
            is_last = place == len(cells) - 1
            self._grid.addWidget(cell, row, place, 1, SOURCE - place if is_last else 1)
        quiet = wrapping(source, size=Size.NOTE, ink=Ink.SECOND)
        if is_stacked():
            self._grid.addWidget(quiet, row + 1, LEVEL, 1, SOURCE - LEVEL)
        else:
            self._grid.addWidget(quiet, row, SOURCE)
