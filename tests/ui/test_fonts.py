from pathlib import Path

import pytest
from PySide6.QtGui import QFontInfo, QFontMetricsF

from monitor.errors import EnvironmentFault
from ui.fonts import FAMILY, Size, Weight, font, load_fonts


@pytest.mark.usefixtures("bundled_fonts")
@pytest.mark.parametrize("weight", list(Weight))
@pytest.mark.parametrize("size", list(Size))
def test_every_digit_is_equally_wide(size: Size, weight: Weight) -> None:
    metrics = QFontMetricsF(font(size, weight))
    widths = [metrics.horizontalAdvance(digit * 8) / 8 for digit in "0123456789"]
    assert max(widths) - min(widths) < 0.1


@pytest.mark.usefixtures("bundled_fonts")
@pytest.mark.parametrize("weight", list(Weight))
def test_the_bundled_face_is_what_is_used(weight: Weight) -> None:
    info = QFontInfo(font(Size.BODY, weight))
    assert (info.family(), info.weight(), info.pixelSize()) == (FAMILY, int(weight), 15)


@pytest.mark.usefixtures("qapp")
def test_a_missing_font_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault, match="Install Vigil again"):
        load_fonts(tmp_path)


def test_the_licence_lies_beside_the_files() -> None:
    folder = Path(__import__("ui.fonts").fonts.__file__).parent
    assert "SIL OPEN FONT LICENSE" in (folder / "OFL.txt").read_text(encoding="utf-8")
    assert {file.name for file in folder.glob("*.otf")} == {
        "Inter-Regular.otf",
        "Inter-Medium.otf",
        "Inter-SemiBold.otf",
    }
