"""A pressure mark's ink begins and ends exactly at its values."""

import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from ui.chart.glyphs import CARD_GLYPH, SCREEN_GLYPH, PressureGlyph, draw_pressure
from ui.chart.series import MarkStyle

SIZE = 120
INK_SEEN = 60  # of 255: a pixel covered by a quarter or more


def inked_rows(
    top: float, bottom: float, style: MarkStyle, glyph: PressureGlyph, *, has_tips: bool
) -> list[int]:
    image = QImage(SIZE, SIZE, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw_pressure(
        painter,
        x=60,
        top=top,
        bottom=bottom,
        style=style,
        ink="#000000",
        ground="#FFFFFF",
        glyph=glyph,
        has_tips=has_tips,
    )
    painter.end()
    lit = range(SIZE)
    return [y for y in lit if any(255 - image.pixelColor(x, y).lightness() >= INK_SEEN for x in lit)]


@pytest.mark.parametrize("glyph", [SCREEN_GLYPH, CARD_GLYPH], ids=["screen", "card"])
@pytest.mark.parametrize("has_tips", [True, False], ids=["tips", "bar"])
@pytest.mark.parametrize("style", list(MarkStyle))
@pytest.mark.parametrize(("top", "bottom"), [(20, 80), (31, 57), (10, 110)])
def test_ink_spans_exactly_the_interval(
    top: int, bottom: int, style: MarkStyle, glyph: PressureGlyph, *, has_tips: bool
) -> None:
    rows = inked_rows(top, bottom, style, glyph, has_tips=has_tips)
    assert top <= rows[0] <= top + 1
    assert bottom - 2 <= rows[-1] <= bottom - 1


def column_ink(style: MarkStyle) -> int:
    image = QImage(SIZE, SIZE, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw_pressure(painter, x=60, top=20, bottom=100, style=style, ink="#000000", ground="#FFFFFF")
    painter.end()
    return sum(255 - image.pixelColor(x, 60).lightness() for x in range(SIZE))


def test_a_captured_mark_is_thinner_and_paler_than_a_charted_one() -> None:
    assert column_ink(MarkStyle.CAPTURED) < column_ink(MarkStyle.CHARTED) / 2


def test_a_late_or_rejected_mark_is_hollow() -> None:
    for style in (MarkStyle.LATE, MarkStyle.REJECTED):
        image = QImage(SIZE, SIZE, QImage.Format.Format_RGB32)
        image.fill(QColor("white"))
        painter = QPainter(image)
        draw_pressure(painter, x=60, top=20, bottom=100, style=style, ink="#000000", ground="#FFFFFF")
        painter.end()
        dark = [x for x in range(SIZE) if image.pixelColor(x, 60).lightness() < 200]
        assert len(dark) == 2
        assert dark[1] - dark[0] >= 3


def test_values_too_close_for_tips_are_still_drawn() -> None:
    rows = inked_rows(50, 54, MarkStyle.CHARTED, SCREEN_GLYPH, has_tips=True)
    assert rows == [50, 51, 52, 53]
