"""The one typeface, bundled so that a number has the same width and place on every machine.

Inter 4 (licence beside the files, OFL.txt). Digits are tabular: a value that changes does not move its
neighbours. Layouts must also hold 15% wider, for a language or a fallback face.

How large words are is a property of the application, like its palette. `ui.theme` sets it, and
every font and every box around words is made in proportion to it. Gaps, edges and marks keep their size.
"""

from enum import IntEnum
from functools import cache
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication

from monitor.errors import EnvironmentFault

FAMILY = "Inter"
_FILES = ("Inter-Regular.otf", "Inter-Medium.otf", "Inter-SemiBold.otf")


class Size(IntEnum):
    """Type sizes in pixels at 100%; nothing on a screen is smaller than NOTE."""

    NOTE = 13
    BODY = 15
    TITLE = 20
    VALUE = 34
    PRESSURE = 58


_GROWS_HALF = frozenset({Size.VALUE, Size.PRESSURE})  # read from across the room as they are
_SCALE = "text_scale"
STACKS_FROM = 1.5


class Weight(IntEnum):
    """The three weights in use."""

    REGULAR = 400
    MEDIUM = 500
    BOLD = 600


def load_fonts(folder: Path = Path(__file__).parent) -> None:
    """Give Qt the bundled files; call once, after the application object exists.

    Raises:
        EnvironmentFault: a font file is missing or unreadable: the installation is incomplete.
    """
    for name in _FILES:
        if QFontDatabase.addApplicationFont(str(folder / name)) < 0:
            raise EnvironmentFault(f"The font file {folder / name} cannot be read. Install Vigil again.")


def set_text_scale(app: QGuiApplication, scale: float) -> None:
    """Make words `scale` times their designed size, 1.0 to 2.0, in whatever is built or painted next."""
    app.setProperty(_SCALE, scale)


def text_scale() -> float:
    """How many times the designed size words have now; 1.0 where nobody has set it."""
    app = QGuiApplication.instance()
    scale = None if app is None else app.property(_SCALE)
    return scale if isinstance(scale, float) else 1.0


def px(length: float) -> int:
    """Return a designed length in pixels that words fill, such as the width of a column."""
    return round(length * text_scale())


def box_px(length: float) -> int:
    """Return a designed length of a box: its words grow, the room around them does not."""
    return round(length * (1 + text_scale()) / 2)


def is_stacked() -> bool:
    """Whether words are so large that a bar's parts stand in two rows instead of one."""
    return text_scale() >= STACKS_FROM


def font(size: Size, weight: Weight = Weight.REGULAR) -> QFont:
    """Return the bundled face in its size with tabular digits."""
    return QFont(_face(box_px(size) if size in _GROWS_HALF else px(size), weight))


@cache
def _face(size_px: int, weight: Weight) -> QFont:
    """Make a face once: its words are drawn some hundred times for one reading."""
    face = QFont(FAMILY)
    face.setPixelSize(size_px)
    face.setWeight(QFont.Weight(int(weight)))
    face.setFeature(QFont.Tag("tnum"), 1)
    return face
