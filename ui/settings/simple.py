"""The clinic's name, and the look."""

from dataclasses import replace
from enum import Enum

from monitor.settings import TextSize, ThemeName
from ui.controller import ClinicController
from ui.fonts import Size, Weight, px
from ui.review.parts import wrapping
from ui.settings.section import Section
from ui.text import settings_words
from ui.theme import ThemeSwitch, theme_named
from ui.widgets.choice import Option, SegmentedChoice
from ui.widgets.field import LabeledField
from ui.widgets.labels import Ink, label

FIELD_PX = 520


class ClinicSection(Section):
    """The name that reports carry."""

    def __init__(self, controller: ClinicController) -> None:
        super().__init__(settings_words.sections()[0])
        self._controller = controller
        self.field = LabeledField(settings_words.clinic_name(), hint=settings_words.enter_saves())
        self.field.setMaximumWidth(px(FIELD_PX))
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


class Motion(Enum):
    """Whether the border of an unanswered flag pulses."""

    PULSING = False
    STILL = True


class AppearanceSection(Section):
    """Theme, text size and motion, each at once."""

    def __init__(self, controller: ClinicController, themes: ThemeSwitch) -> None:
        super().__init__(settings_words.sections()[3])
        self._controller = controller
        self._themes = themes
        self.choice = SegmentedChoice[ThemeName](
            themes, _named(ThemeName, settings_words.themes()), name=settings_words.theme()
        )
        self.sizes = SegmentedChoice[TextSize](
            themes, _named(TextSize, settings_words.text_sizes()), name=settings_words.text_size()
        )
        self.motion = SegmentedChoice[Motion](
            themes, _named(Motion, settings_words.motions()), name=settings_words.motion()
        )
        for choice in (self.choice, self.sizes, self.motion):
            choice.chosen.connect(self._change)
        controller.settings_changed.connect(self._follow)
        for caption, choice, hint in (
            (settings_words.theme(), self.choice, settings_words.theme_remark()),
            (settings_words.text_size(), self.sizes, settings_words.text_size_hint()),
            (settings_words.motion(), self.motion, settings_words.motion_hint()),
        ):
            choice.setMaximumWidth(px(FIELD_PX))
            self.column.addWidget(label(caption, weight=Weight.BOLD))
            self.column.addWidget(choice)
            self.column.addWidget(wrapping(hint, size=Size.NOTE, ink=Ink.SECOND))
            self.column.addSpacing(12)
        self.column.addStretch(1)
        self._follow()

    def take_focus(self) -> None:
        """Take the keyboard into the first choice."""
        self.choice.setFocus()

    def _change(self, chosen: ThemeName | TextSize | Motion) -> None:
        settings = self._controller.settings
        match chosen:
            case ThemeName():
                settings = replace(settings, theme=chosen)
            case TextSize():
                settings = replace(settings, text_size=chosen)
            case Motion():
                settings = replace(settings, is_still=chosen.value)
        self._controller.change_settings(settings)
        self._themes.switch_to(theme_named(settings.theme))
        self._themes.resize_to(settings.text_size)

    def _follow(self) -> None:
        settings = self._controller.settings
        self.choice.choose(settings.theme)
        self.sizes.choose(settings.text_size)
        self.motion.choose(Motion(settings.is_still))


def _named(options: type[Option], texts: tuple[str, ...]) -> tuple[tuple[Option, str], ...]:
    return tuple(zip(options, texts, strict=True))
