"""Paper: sheet sizes in the report's own pixels, the greys, and text that wraps.

A pixel here is 1/120 inch, so that the screen's type scale prints at 8, 9 and 12 points.
"""

from dataclasses import dataclass, replace
from enum import Enum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPageSize, QPainter, QPen, QTextLayout, QTextOption

from monitor.policy import Level
from ui.fonts import Size, Weight, font
from ui.theme import LIGHT, BandInk, Theme

PIXELS_PER_INCH = 120
MARGIN_PX = 64.0


class Sheet(Enum):
    """What the printer holds."""

    A4 = QPageSize.PageSizeId.A4
    LETTER = QPageSize.PageSizeId.Letter

    @property
    def size_px(self) -> tuple[float, float]:
        """Width and height."""
        points = QPageSize(self.value).size(QPageSize.Unit.Point)
        return points.width() / 72 * PIXELS_PER_INCH, points.height() / 72 * PIXELS_PER_INCH


INK, SECOND_INK, EDGE, HAIR = "#000000", "#3C3C3C", "#6E6E6E", "#C9C9C9"

# Greys and ink only: each mark differs by shape and word, each band by its words.
PRINT: Theme = replace(
    LIGHT,
    text=INK,
    second_text=SECOND_INK,
    edge=EDGE,
    grid=HAIR,
    pressure=INK,
    heart_rate=INK,
    spo2=INK,
    respiratory_rate=INK,
    panel="#F4F4F4",
    bands={
        Level.WATCH: BandInk(tint="#F2F2F2", line="#333333"),
        Level.NOTIFY: BandInk(tint="#E4E4E4", line="#333333"),
        Level.ACT_NOW: BandInk(tint="#D2D2D2", line="#333333"),
    },
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A stretch of text in one weight."""

    text: str
    is_bold: bool = False
    is_struck: bool = False


def plain(text: str) -> tuple[Run, ...]:
    """Return `text` as one ordinary run."""
    return (Run(text=text),)


def face(size: Size, *, is_bold: bool = False, is_struck: bool = False) -> QFont:
    """Return the report's face: unhinted, so that letters keep their places at any resolution.

    Without tabular or contextual forms: their glyphs would leave the PDF with text that cannot be searched.
    """
    made = font(size, Weight.BOLD if is_bold else Weight.REGULAR)
    made.setPixelSize(int(size))  # paper does not follow the screen
    for feature in ("tnum", "calt"):
        made.setFeature(QFont.Tag(feature), 0)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    made.setStrikeOut(is_struck)
    return made


class Paragraph:
    """Runs of text wrapped to a width."""

    def __init__(self, runs: tuple[Run, ...], *, size: Size, width: float) -> None:
        self._runs = runs
        self._size = size
        self._layout = QTextLayout("".join(run.text for run in runs), face(size))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._layout.setTextOption(option)
        self._layout.setFormats(self._formats())
        self.height = self._break_lines(width)

    def draw(self, painter: QPainter, *, left: float, top: float, ink: str = INK) -> None:
        """Draw every line."""
        painter.setPen(QColor(ink))
        self._layout.draw(painter, QPointF(left, top))

    def _formats(self) -> list[QTextLayout.FormatRange]:
        formats, at = [], 0
        for run in self._runs:
            made = QTextLayout.FormatRange()
            made.start = at
            made.length = len(run.text)
            style = made.format
            style.setFont(face(self._size, is_bold=run.is_bold, is_struck=run.is_struck))
            made.format = style
            formats.append(made)
            at += len(run.text)
        return formats

    def _break_lines(self, width: float) -> float:
        leading = round(self._size * 1.33)
        self._layout.beginLayout()
        top = 0.0
        while True:
            line = self._layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(width)
            line.setPosition(QPointF(0, top + (leading - line.height()) / 2))
            top += leading
        self._layout.endLayout()
        return max(top, float(leading))


def draw_line(  # noqa: PLR0913 - where, what and how
    painter: QPainter,
    text: str,
    *,
    x: float,
    middle: float,
    size: Size = Size.NOTE,
    is_bold: bool = False,
    ink: str = INK,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> float:
    """Draw one line whose middle is at `middle`, beginning, centred or ending at `x`; return its width."""
    used = face(size, is_bold=is_bold)
    metrics = QFontMetricsF(used)
    width = metrics.horizontalAdvance(text)
    left = x
    if align & Qt.AlignmentFlag.AlignHCenter:
        left = x - width / 2
    elif align & Qt.AlignmentFlag.AlignRight:
        left = x - width
    painter.setFont(used)
    painter.setPen(QColor(ink))
    painter.drawText(QPointF(left, middle + metrics.capHeight() / 2), text)
    return width


def draw_rule(  # noqa: PLR0913 - a line has these parts
    painter: QPainter, *, left: float, right: float, y: float, ink: str = HAIR, px: float = 1
) -> None:
    """Draw a horizontal rule."""
    painter.setPen(QPen(QColor(ink), px))
    painter.drawLine(QPointF(left, y), QPointF(right, y))


def draw_frame(painter: QPainter, box: QRectF, *, is_dashed: bool = False, px: float = 1) -> None:
    """Draw a rounded frame."""
    style = Qt.PenStyle.DashLine if is_dashed else Qt.PenStyle.SolidLine
    painter.setPen(QPen(QColor(EDGE), px, style))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, 6, 6)
