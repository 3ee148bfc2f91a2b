"""Settings: sections on the left, one at a time on the right. What is entered is kept at once, with Enter."""

from collections.abc import Callable

from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from monitor.link_report import Monitors
from ui.controller import ClinicController
from ui.fonts import px
from ui.page import Page
from ui.settings.chairs import ChairsSection
from ui.settings.limits import LimitsSection
from ui.settings.operators import OperatorsSection
from ui.settings.simple import AppearanceSection, ClinicSection
from ui.text import settings_words
from ui.theme import ThemeSwitch
from ui.widgets.key_button import ButtonLook, KeyButton
from ui.widgets.scrolling import scrolling

SIDE_PX = 220


class SettingsPage(Page):
    """Digits, with Alt while a field has the keyboard, turn to a section."""

    def __init__(self, controller: ClinicController, themes: ThemeSwitch, monitors: Monitors) -> None:
        super().__init__()
        self._themes = themes
        self.clinic = ClinicSection(controller)
        self.chairs = ChairsSection(controller, themes, monitors)
        self.operators = OperatorsSection(controller, themes)
        self.appearance = AppearanceSection(controller, themes)
        self.limits = LimitsSection(controller)
        self._sections = (self.clinic, self.chairs, self.operators, self.appearance, self.limits)
        self._areas = tuple(scrolling(section) for section in self._sections)
        self._stack = QStackedWidget()
        for section, area in zip(self._sections, self._areas, strict=True):
            section.told.connect(self.told)
            self._stack.addWidget(area)
        self._side = QVBoxLayout()
        self._lay_out()
        for place in range(len(self._sections)):
            QShortcut(QKeySequence(f"Alt+{place + 1}"), self).activated.connect(self._turning_to(place))
        self.setAccessibleName(settings_words.title())
        self.go_to(0)

    @property
    def at(self) -> int:
        """The place of the section in sight."""
        return self._stack.currentIndex()

    def title(self) -> str:
        """Name the page."""
        return settings_words.title()

    def subtitle(self) -> str:
        """Name the section."""
        return settings_words.sections()[self.at]

    def footer_keys(self) -> tuple[tuple[str, str], ...]:
        """List this page's keys."""
        return (("Alt 1-5", settings_words.section_hint()), ("Esc", settings_words.board()))

    def shown(self) -> None:
        """Put the keyboard into the section."""
        self._sections[self.at].take_focus()

    def left(self) -> None:
        """Let a search for monitors end."""
        self.chairs.end_search()

    def follow(self, before: Page) -> None:
        """Stay at the same section."""
        if isinstance(before, SettingsPage):
            self.go_to(before.at)

    def go_to(self, place: int | str) -> None:
        """Turn to the section at `place`, counted from 0."""
        at = int(place)
        self._stack.setCurrentIndex(at)
        emptied_buttons(self._side)
        for each, name in enumerate(settings_words.sections()):
            look = ButtonLook.PRIMARY if each == at else ButtonLook.PLAIN
            button = KeyButton(self._themes, key=f"Alt {each + 1}", text=name, look=look, height_px=40)
            button.setSizePolicy(button.sizePolicy().Policy.Expanding, button.sizePolicy().Policy.Fixed)
            button.clicked.connect(self._turning_to(each))
            self._side.addWidget(button)
        self._side.addStretch(1)
        self.titled.emit()
        self._sections[at].take_focus()
        self._show_from_top(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn to a section with its digit, outside of fields."""
        text = event.text()
        if text.isdigit() and 0 < int(text) <= len(self._sections):
            self.go_to(int(text) - 1)
        else:
            super().keyPressEvent(event)

    def _show_from_top(self, at: int) -> None:
        """Begin with the section's title: turning to it lays it out anew after the keyboard went there."""
        section, area = self._sections[at], self._areas[at]
        inside, focused = section.layout(), section.focusWidget()
        if inside is not None:
            section.resize(area.width(), inside.totalHeightForWidth(area.width()))
            inside.activate()
        area.verticalScrollBar().setValue(0)
        if focused is not None:
            area.ensureWidgetVisible(focused)

    def _turning_to(self, place: int) -> Callable[[], None]:
        return lambda: self.go_to(place)

    def _lay_out(self) -> None:
        side = QWidget()
        side.setLayout(self._side)
        side.setFixedWidth(px(SIDE_PX))
        self._side.setContentsMargins(12, 16, 12, 16)
        self._side.setSpacing(8)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(side)
        row.addWidget(self._stack, 1)


def emptied_buttons(column: QVBoxLayout) -> None:
    """Take every button out of the column."""
    while (item := column.takeAt(0)) is not None:
        button = item.widget()
        if button is not None:
            button.hide()
            button.deleteLater()
