"""Chairs and the monitors beside them. Each line is checked and kept with Enter."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from monitor.link_report import Monitors, PortSearched
from monitor.settings import MAX_CHAIRS, MAX_MONITORS, Chair, MonitorLink
from ui.board.chairs import known_chairs
from ui.controller import ClinicController
from ui.review.parts import emptied
from ui.settings.chair_row import ChairRow, MonitorLine
from ui.settings.finder import FinderPanel
from ui.settings.section import Section
from ui.taken_port import taken_port
from ui.text import settings_words
from ui.theme import ThemeSwitch
from ui.widgets.key_button import KeyButton


class ChairsSection(Section):
    """All chairs in their order; one more, or one less at the end."""

    def __init__(self, controller: ClinicController, themes: ThemeSwitch, monitors: Monitors) -> None:
        super().__init__(settings_words.sections()[1], settings_words.chairs_remark())
        self._controller = controller
        self._themes = themes
        self._monitors = monitors
        self.rows: list[ChairRow] = []
        self.finder: FinderPanel | None = None
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
            self.rows[0].lines[0].field.edit.setFocus()

    def save(self, row: ChairRow) -> None:
        """Keep one chair's monitors, or say what is wrong with a port."""
        problems = [self._problem(row, line) for line in row.lines]
        for line, problem in zip(row.lines, problems, strict=True):
            line.field.set_fault(problem)
        if any(problems):
            return
        chair, chairs = row.chair(), self._chairs()
        had = next((len(each.monitors) for each in chairs if each.number == chair.number), 0)
        kept = tuple(chair if each.number == chair.number else each for each in chairs)
        self._controller.change_settings(replace(self._controller.settings, chairs=kept))
        if len(chair.monitors) < len(row.lines):
            row.show_chair(chair)
            row.lines[0].field.edit.setFocus()
        is_less = len(chair.monitors) < had
        said = settings_words.monitor_removed() if is_less else settings_words.monitor_takes_effect()
        row.lines[-1].field.set_hint(said)
        self.told.emit(said)

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

    def search(self, row: ChairRow) -> None:
        """Look for monitors to use at that chair, below its lines."""
        self.end_search()
        self.finder = FinderPanel(self._themes, self._monitors, row.number)
        self.finder.chosen.connect(self.use)
        self.finder.closed.connect(self.end_search)
        self._list.insertWidget(self.rows.index(row) + 1, self.finder)
        self.finder.setFocus()

    def use(self, found: PortSearched) -> None:
        """Give what was found to the chair that it was looked for, and keep it."""
        if self.finder is None:
            return
        row = next(each for each in self.rows if each.number == self.finder.chair)
        line = row.empty_line()
        if line is None:
            self.told.emit(settings_words.chair_is_full(row.number, MAX_MONITORS))
            return
        line.show_monitor(MonitorLink(protocol=found.protocol, port=found.port))
        self.end_search()
        line.field.edit.setFocus()
        self.save(row)

    def end_search(self) -> None:
        """Put the search away."""
        if self.finder is not None:
            self.finder.stop()
            self._list.removeWidget(self.finder)
            self.finder.hide()
            self.finder.deleteLater()
            self.finder = None

    def _problem(self, row: ChairRow, line: MonitorLine) -> str | None:
        """Say what is wrong with a port, or who has it already."""
        entered = line.monitor()
        if entered is None:
            return settings_words.kind_needed() if line.lacks_kind else None
        problem = self._monitors.port_problem(entered.port)
        if problem is not None:
            return problem
        earlier = (each.monitor() for each in row.lines[: row.lines.index(line)])
        own = Chair(number=row.number, monitors=tuple(each for each in earlier if each is not None))
        others = (chair for chair in self._chairs() if chair.number != row.number)
        is_same = self._monitors.is_same_port
        return taken_port(entered.port, at=row.number, chairs=(*others, own), is_same=is_same)

    def _chairs(self) -> tuple[Chair, ...]:
        """The chairs as set up; before that the ones the board offers, so that adding takes none away."""
        offered = tuple(Chair(number=number) for number in known_chairs(self._controller))
        return self._controller.settings.chairs or offered

    def _keep(self, chairs: tuple[Chair, ...]) -> None:
        self._controller.change_settings(replace(self._controller.settings, chairs=chairs))
        self._fill()

    def _fill(self) -> None:
        self.end_search()
        emptied(self._list)
        self.rows = [ChairRow(self._themes, each, self._monitors) for each in self._chairs()]
        for row in self.rows:
            row.entered.connect(self._saving(row))
            row.search_asked.connect(self._searching(row))
            self._list.addWidget(row)

    def _saving(self, row: ChairRow) -> Callable[[], None]:
        return lambda: self.save(row)

    def _searching(self, row: ChairRow) -> Callable[[], None]:
        return lambda: self.search(row)
