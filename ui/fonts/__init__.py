"""The one typeface, bundled so that a number has the same width and place on every machine.

Inter 4 (licence beside the files, OFL.txt). Digits are tabular: a value that changes does not move its
neighbours. Layouts must also hold 15% wider, for a language or a fallback face.
"""

from enum import IntEnum
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

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


def font(size: Size, weight: Weight = Weight.REGULAR) -> QFont:
    """Return the bundled face at `size` pixels with tabular digits."""
    face = QFont(FAMILY)
    face.setPixelSize(int(size))
    face.setWeight(QFont.Weight(int(weight)))
    face.setFeature(QFont.Tag("tnum"), 1)
    return face
