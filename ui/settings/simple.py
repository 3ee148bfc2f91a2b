"""The clinic's name, and the look."""

from dataclasses import replace

from monitor.settings import ThemeName
from ui.controller import ClinicController
from ui.settings.section import Section
from ui.text import settings_words
from ui.theme import ThemeSwitch, theme_named
from ui.widgets.choice import SegmentedChoice
from ui.widgets.field import LabeledField
from ui.widgets.labels import label

FIELD_PX = 520


class ClinicSection(Section):
    """The name that reports carry."""

    def __init__(self, controller: ClinicController) -> None:
        super().__init__(settings_words.sections()[0])
        self._controller = controller
        self.field = LabeledField(settings_words.clinic_name(), hint=settings_words.enter_saves())
        self.field.setMaximumWidth(FIELD_PX)
        self.field.edit.setText(controller.settings.clinic)
        self.field.edit.returnPressed.connect(self.save)
        self.column.addWidget(self.field)
        self.column.addStretch(1)

    def save(self) -> None:
        """Keep the name."""
        name = " ".join(self.field.text.split())
        self._controller.change_settings(replace(self._controller.settings, clinic=name))
        self.told.emit(settings_words.saved())

    def take_focus(self) -> None:
        """Take the keyboard into the field."""
        self.field.edit.setFocus()


class AppearanceSection(Section):
    """Light, dark or dim, at once."""

    def __init__(self, controller: ClinicController, themes: ThemeSwitch) -> None:
        super().__init__(settings_words.sections()[3], settings_words.theme_remark())
        self._controller = controller
        self._themes = themes
        options = tuple(zip(ThemeName, settings_words.themes(), strict=True))
        self.choice: SegmentedChoice[ThemeName] = SegmentedChoice(
            themes, options, name=settings_words.theme()
        )
        self.choice.setMaximumWidth(FIELD_PX)
        self.choice.choose(controller.settings.theme)
        self.choice.chosen.connect(self._change)
        controller.settings_changed.connect(self._follow)
        self.column.addWidget(label(settings_words.theme()))
        self.column.addWidget(self.choice)
        self.column.addStretch(1)

    def take_focus(self) -> None:
        """Take the keyboard into the choice."""
        self.choice.setFocus()

    def _change(self, theme: ThemeName) -> None:
        self._controller.change_settings(replace(self._controller.settings, theme=theme))
        self._themes.switch_to(theme_named(theme))

    def _follow(self) -> None:
        self.choice.choose(self._controller.settings.theme)
