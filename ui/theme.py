"""Colours by role, for light, dark and dim rooms, and the one switch that changes them while running.

Red and yellow fill only flags; the focus colour is only focus, selection, now and progress. Contrast is
proven by tests: text at least 4.5:1 and marks or edges 3:1 (WCAG 2.2, 1.4.3 and 1.4.11).
"""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from monitor.policy import Level
from monitor.settings import TextSize, ThemeName
from ui.fonts import Size, box_px, font, px, set_text_scale


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagInk:
    """Fill, text on it, and the edge where the fill alone would be too faint against the panel."""

    fill: str
    text: str
    edge: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BandInk:
    """A limit's tint behind marks, and its line."""

    tint: str
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """Every colour in use, as #RRGGBB, named by what it is for.

    Attributes:
        name: which one.
        background: page; also text on inverted fills.
        panel: header, footer, cards, bars.
        text: main ink; also the inverted fill.
        second_text: captions, units, old values.
        map_ink: mean arterial pressure.
        edge: border of what can be operated.
        grid: hairlines.
        focus: focus ring, selection, now, progress.
        on_focus: text on the focus colour.
        pressure: blood pressure marks.
        heart_rate: heart and pulse rate marks.
        spo2: oxygen saturation marks.
        respiratory_rate: breathing rate marks.
        bands: tint and line of each level in charts and the answered banner.
        flags: fill, text and edge of each level.
        overdue: the violet of a set that is late; never red.
    """

    name: ThemeName
    background: str
    panel: str
    text: str
    second_text: str
    map_ink: str
    edge: str
    grid: str
    focus: str
    on_focus: str
    pressure: str
    heart_rate: str
    spo2: str
    respiratory_rate: str
    bands: dict[Level, BandInk]
    flags: dict[Level, FlagInk]
    overdue: FlagInk


LIGHT = Theme(
    name=ThemeName.LIGHT,
    background="#FFFFFF",
    panel="#F3F5F7",
    text="#14181D",
    second_text="#4A5561",
    map_ink="#52606B",
    edge="#6B7783",
    grid="#D5DBE1",
    focus="#0B57D0",
    on_focus="#FFFFFF",
    pressure="#14181D",
    heart_rate="#2E6417",
    spo2="#00668A",
    respiratory_rate="#6420A0",
    bands={
        Level.WATCH: BandInk(tint="#E9EDF1", line="#4A5561"),
        Level.NOTIFY: BandInk(tint="#FFF2C2", line="#8A6100"),
        Level.ACT_NOW: BandInk(tint="#FADAD6", line="#B3261E"),
    },
    flags={
        Level.WATCH: FlagInk(fill="#E3F1FB", text="#0B3C5D", edge="#1F6FA8"),
        Level.NOTIFY: FlagInk(fill="#FFD23F", text="#14181D", edge="#7A5C00"),
        Level.ACT_NOW: FlagInk(fill="#B3261E", text="#FFFFFF", edge="#B3261E"),
    },
    overdue=FlagInk(fill="#4A3B78", text="#FFFFFF", edge="#4A3B78"),
)

DARK = Theme(
    name=ThemeName.DARK,
    background="#11161B",
    panel="#1A2128",
    text="#E8EDF2",
    second_text="#AAB6C2",
    map_ink="#AAB6C2",
    edge="#75828F",
    grid="#2C3640",
    focus="#8AC7FF",
    on_focus="#14181D",
    pressure="#F4F6F8",
    heart_rate="#86D34A",
    spo2="#38B2F0",
    respiratory_rate="#D685A7",
    bands={
        Level.WATCH: BandInk(tint="#222B34", line="#AAB6C2"),
        Level.NOTIFY: BandInk(tint="#3A3210", line="#FFD23F"),
        Level.ACT_NOW: BandInk(tint="#4A1C1C", line="#FF6B61"),
    },
    flags={
        Level.WATCH: FlagInk(fill="#12324A", text="#BFE3FF", edge="#8FD0FF"),
        Level.NOTIFY: FlagInk(fill="#FFD23F", text="#14181D", edge="#FFD23F"),
        # the filled banner needs its own edge on this panel: the fill alone is under 3:1
        Level.ACT_NOW: FlagInk(fill="#C62828", text="#FFFFFF", edge="#FF6B61"),
    },
    overdue=FlagInk(fill="#B9A6F2", text="#14181D", edge="#B9A6F2"),
)

DIM = Theme(
    name=ThemeName.DIM,
    background="#0B0A09",
    panel="#151311",
    text="#CFC3B2",
    second_text="#9C907F",
    map_ink="#9C907F",
    edge="#6E6558",
    grid="#262320",
    focus="#E8DCC8",
    on_focus="#14181D",
    pressure="#D6CCBE",
    heart_rate="#8DB964",
    spo2="#5D93B5",
    respiratory_rate="#B07A96",
    bands={
        Level.WATCH: BandInk(tint="#1B1917", line="#9C907F"),
        Level.NOTIFY: BandInk(tint="#29220C", line="#B58B17"),
        Level.ACT_NOW: BandInk(tint="#331413", line="#D4615A"),
    },
    flags={
        Level.WATCH: FlagInk(fill="#1B2A33", text="#A9C4D2", edge="#6E97AB"),
        Level.NOTIFY: FlagInk(fill="#B58B17", text="#0B0A09", edge="#B58B17"),
        Level.ACT_NOW: FlagInk(fill="#C62828", text="#FFE9E6", edge="#D4615A"),
    },
    overdue=FlagInk(fill="#6A5C91", text="#FFFFFF", edge="#6A5C91"),
)


def theme_named(name: ThemeName) -> Theme:
    """Return the theme called `name`."""
    return {ThemeName.LIGHT: LIGHT, ThemeName.DARK: DARK, ThemeName.DIM: DIM}[name]


def contrast_ratio(one: str, other: str) -> float:
    """Return the WCAG 2 contrast of two #RRGGBB colours, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


class ThemeSwitch(QObject):
    """Holds the theme and the text size in force, and tells everything that draws when they change.

    Colours are painted again by whatever stands. A size changes what fits where: `resized` asks the window to
    build its parts again.
    """

    changed = Signal(object)
    resized = Signal()

    def __init__(self, app: QApplication, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app = app
        self._theme = theme
        self._text_size = TextSize.NORMAL
        set_text_scale(app, 1.0)
        apply_theme(app, theme)

    @property
    def text_size(self) -> TextSize:
        """How large words are."""
        return self._text_size

    @property
    def theme(self) -> Theme:
        """The theme in force."""
        return self._theme

    def switch_to(self, theme: Theme) -> None:
        """Repaint everything in `theme`, at once and without closing anything."""
        if theme == self._theme:
            return
        self._theme = theme
        apply_theme(self._app, theme)
        self.changed.emit(theme)

    def resize_to(self, size: TextSize) -> None:
        """Show words in `size`, at once and without closing anything."""
        if size is self._text_size:
            return
        self._text_size = size
        set_text_scale(self._app, size.value / TextSize.NORMAL.value)
        apply_theme(self._app, self._theme)
        self.resized.emit()


def apply_theme(app: QApplication, theme: Theme) -> None:
    """Set style, palette, style sheet and base font of the whole application."""
    app.setStyle("Fusion")
    app.setFont(font(Size.BODY))
    app.setPalette(palette_of(theme))
    app.setStyleSheet(style_sheet_of(theme))


def palette_of(theme: Theme) -> QPalette:
    """Return the palette that standard widgets read."""
    palette = QPalette()
    role = QPalette.ColorRole
    colours = {
        role.Window: theme.background,
        role.Base: theme.background,
        role.AlternateBase: theme.panel,
        role.Button: theme.panel,
        role.WindowText: theme.text,
        role.Text: theme.text,
        role.ButtonText: theme.text,
        role.BrightText: theme.text,
        role.PlaceholderText: theme.second_text,
        role.Highlight: theme.focus,
        role.HighlightedText: theme.on_focus,
        role.Link: theme.focus,
        role.LinkVisited: theme.focus,
        role.ToolTipBase: theme.panel,
        role.ToolTipText: theme.text,
        role.Light: theme.grid,
        role.Midlight: theme.grid,
        role.Mid: theme.edge,
        role.Dark: theme.edge,
        role.Shadow: theme.edge,
    }
    for one, colour in colours.items():
        palette.setColor(one, QColor(colour))
    for one in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, one, QColor(theme.second_text))
    return palette


def style_sheet_of(theme: Theme) -> str:
    """Return the small sheet for what a palette cannot say: label roles, fields, lists, scroll bars."""
    t = theme
    return f"""
QLabel[ink="second"] {{ color: {t.second_text}; }}
QLabel[ink="map"] {{ color: {t.map_ink}; }}
QLabel[ink="heart_rate"] {{ color: {t.heart_rate}; }}
QLabel[ink="spo2"] {{ color: {t.spo2}; }}
QLabel[ink="inverted"] {{ color: {t.background}; }}
QWidget[surface="panel"] {{ background: {t.panel}; }}
QWidget[surface="page"] {{ background: {t.background}; }}
QWidget[surface="card"] {{ background: {t.panel}; border: 1px solid {t.grid}; border-radius: 6px; }}
QLineEdit {{
    background: {t.background}; color: {t.text}; border: 1px solid {t.edge}; border-radius: 6px;
    padding: 0 11px; min-height: {box_px(38)}px; selection-background-color: {t.focus};
    selection-color: {t.on_focus};
}}
QLineEdit[invalid="true"] {{ border: 2px solid {t.text}; padding: 0 10px; min-height: {box_px(38) - 2}px; }}
QLineEdit:disabled {{ color: {t.second_text}; border-color: {t.grid}; }}
QComboBox {{
    background: {t.background}; color: {t.text}; border: 1px solid {t.edge}; border-radius: 6px;
    padding: 0 {px(28)}px 0 11px; min-height: {box_px(38)}px;
}}
QComboBox:focus {{
    border: 2px solid {t.focus}; padding: 0 {px(28) - 1}px 0 10px; min-height: {box_px(38) - 2}px;
}}
QComboBox::drop-down {{ border: 0; width: 0; }}
QComboBox QAbstractItemView {{
    background: {t.background}; color: {t.text}; border: 1px solid {t.edge}; outline: 0;
    selection-background-color: {t.text}; selection-color: {t.background};
}}
QListView, QTableView, QPlainTextEdit {{
    background: {t.background}; border: 1px solid {t.grid}; gridline-color: {t.grid};
    selection-background-color: {t.text}; selection-color: {t.background};
}}
QHeaderView::section {{ background: {t.panel}; color: {t.second_text}; border: 0; padding: 4px 8px; }}
QScrollArea {{ background: transparent; border: 0; }}
QScrollBar:vertical {{ background: {t.background}; width: 12px; }}
QScrollBar:horizontal {{ background: {t.background}; height: 12px; }}
QScrollBar::handle {{ background: {t.edge}; border-radius: 4px; margin: 2px; min-height: 24px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QToolTip {{ background: {t.panel}; color: {t.text}; border: 1px solid {t.edge}; padding: 4px; }}
"""
