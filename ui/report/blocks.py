"""The report's blocks below the chart: figures, sets, flags beside events, signatures."""

from itertools import zip_longest

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from ui.fonts import Size
from ui.report.content import Column
from ui.report.paper import (
    EDGE,
    INK,
    SECOND_INK,
    Paragraph,
    Run,
    draw_frame,
    draw_line,
    draw_rule,
    face,
    plain,
)
from ui.report.rows import Row
from ui.text import report_words
from ui.text.figure_words import Figure

PAD_PX = 10.0
ROW_PX = 17.0
NAME_PX = 56.0
CELL_GAP_PX = 5.0
WIDEST_PX = 110.0
GUTTER_PX = 28.0
QUIET_INK = "#767676"


def text_row(  # noqa: PLR0913 - a paragraph has these parts
    runs: tuple[Run, ...],
    *,
    width: float,
    size: Size = Size.NOTE,
    ink: str = INK,
    before: float = 0,
    after: float = 0,
    is_bold: bool = False,
) -> Row:
    """A wrapped paragraph over the whole width."""
    if is_bold:
        runs = tuple(Run(text=run.text, is_bold=True) for run in runs)
    paragraph = Paragraph(runs, size=size, width=width)

    def draw(painter: QPainter, left: float, top: float) -> None:
        paragraph.draw(painter, left=left, top=top + before, ink=ink)

    return Row(height=before + paragraph.height + after, draw=draw)


def framed(runs: tuple[Run, ...], *, width: float) -> Row:
    """A wrapped paragraph in a frame."""
    paragraph = Paragraph(runs, size=Size.BODY, width=width - 2 * PAD_PX)

    def draw(painter: QPainter, left: float, top: float) -> None:
        draw_frame(painter, QRectF(left, top, width, paragraph.height + PAD_PX))
        paragraph.draw(painter, left=left + PAD_PX, top=top + PAD_PX / 2)

    return Row(height=paragraph.height + PAD_PX + 8, draw=draw)


def figure_row(figures: tuple[Figure, ...], *, width: float) -> Row:
    """The figures in boxes side by side, as wide as their words ask for."""
    captions = [_caption(each) for each in figures]
    small, large = QFontMetricsF(face(Size.NOTE)), QFontMetricsF(face(Size.BODY, is_bold=True))
    wanted = [
        max(small.horizontalAdvance(caption), large.horizontalAdvance(each.value))
        for caption, each in zip(captions, figures, strict=True)
    ]
    spare = (width - sum(wanted)) / max(1, len(wanted))
    if spare < PAD_PX:
        return _figure_rows(figures, width=width)

    def draw(painter: QPainter, left: float, top: float) -> None:
        draw_frame(painter, QRectF(left, top, width, 48))
        x = left
        for at, (caption, each) in enumerate(zip(captions, figures, strict=True)):
            if at:
                painter.setPen(QPen(QColor(EDGE), 1))
                painter.drawLine(QPointF(x, top), QPointF(x, top + 48))
            draw_line(painter, caption, x=x + spare / 2, middle=top + 15, ink=SECOND_INK)
            draw_line(painter, each.value, x=x + spare / 2, middle=top + 34, size=Size.BODY, is_bold=True)
            x += wanted[at] + spare

    return Row(height=54, draw=draw)


def _figure_rows(figures: tuple[Figure, ...], *, width: float) -> Row:
    """The figures on two lines of boxes: there are more words than one line holds."""
    half = (len(figures) + 1) // 2
    rows = [figure_row(part, width=width) for part in (figures[:half], figures[half:])]

    def draw(painter: QPainter, left: float, top: float) -> None:
        for row in rows:
            row.draw(painter, left, top)
            top += row.height

    return Row(height=sum(row.height for row in rows), draw=draw)


def _caption(figure: Figure) -> str:
    return f"{figure.name}, {figure.when}" if figure.when else figure.name


def table_rows(columns: tuple[Column, ...], *, width: float) -> list[Row]:
    """The sets, as many side by side as fit, the rest in further bands below, all about equally full."""
    bands = _bands(columns, width - NAME_PX)
    if len(bands) > 1:
        bands = _bands(columns, sum(_natural_px(each) for each in columns) / len(bands) * 1.1)
    return [_band(band, width=width) for band in bands]


def _bands(columns: tuple[Column, ...], room: float) -> list[tuple[Column, ...]]:
    bands: list[list[Column]] = []
    left = 0.0
    for column in columns:
        wanted = _natural_px(column)
        if wanted > left:
            bands.append([])
            left = room
        bands[-1].append(column)
        left -= wanted
    return [tuple(band) for band in bands]


def _natural_px(column: Column) -> float:
    return CELL_GAP_PX + max(_cell_px(cell) for cell in column.cells)


def _cell_px(cell: tuple[Run, ...]) -> float:
    return sum(
        QFontMetricsF(face(Size.NOTE, is_bold=run.is_bold)).horizontalAdvance(run.text) for run in cell
    )


def _band(columns: tuple[Column, ...], *, width: float) -> Row:
    """One band: only the rows of quantities that somebody measured."""
    names = report_words.row_names()
    used = [at for at in range(len(names)) if any(_said(column.cells[at]) for column in columns)]
    spare = (width - NAME_PX - sum(_natural_px(each) for each in columns)) / len(columns)
    steps = [min(WIDEST_PX, _natural_px(each) + max(0.0, spare)) for each in columns]

    def draw(painter: QPainter, left: float, top: float) -> None:
        draw_rule(painter, left=left, right=left + width, y=top, ink=EDGE)
        for row, at in enumerate(used):
            middle = top + ROW_PX * (row + 0.5)
            draw_line(painter, names[at], x=left, middle=middle, ink=SECOND_INK)
            right = left + NAME_PX
            for step, column in zip(steps, columns, strict=True):
                right += step
                _draw_cell(painter, column.cells[at], right=right, middle=middle, is_quiet=column.is_quiet)
            draw_rule(painter, left=left, right=left + width, y=top + ROW_PX * (row + 1))

    return Row(height=ROW_PX * len(used) + 6, draw=draw)


def _said(cell: tuple[Run, ...]) -> bool:
    return any(run.text for run in cell)


def _draw_cell(
    painter: QPainter, cell: tuple[Run, ...], *, right: float, middle: float, is_quiet: bool
) -> None:
    """Write a cell's runs, ending at `right`."""
    for run in reversed(cell):
        if not run.text:
            continue
        used = face(Size.NOTE, is_bold=run.is_bold and not is_quiet, is_struck=run.is_struck)
        metrics = QFontMetricsF(used)
        right -= metrics.horizontalAdvance(run.text)
        painter.setFont(used)
        painter.setPen(QColor(QUIET_INK if is_quiet else INK))
        painter.drawText(QPointF(right, middle + metrics.capHeight() / 2), run.text)


def signature_row(signatures: tuple[tuple[str, str], ...], *, width: float) -> list[Row]:
    """Boxes for signatures, two a row; an empty meaning is a box that waits."""
    half = (width - GUTTER_PX) / 2
    pairs = zip_longest(signatures[::2], signatures[1::2])
    return [_boxes([each for each in pair if each is not None], half) for pair in pairs]


def _boxes(signatures: list[tuple[str, str]], half: float) -> Row:
    texts = [
        Paragraph((Run(text=title, is_bold=True), *plain(f"\N{LINE SEPARATOR}{meaning}" if meaning else "")),
                  size=Size.NOTE, width=half - 2 * PAD_PX)
        for title, meaning in signatures
    ]  # fmt: skip
    height = max(paragraph.height for paragraph in texts) + 12

    def draw(painter: QPainter, left: float, top: float) -> None:
        for (_, meaning), paragraph in zip(signatures, texts, strict=True):
            box = QRectF(left, top, half, height)
            draw_frame(painter, box, is_dashed=not meaning)
            paragraph.draw(painter, left=left + PAD_PX, top=top + 6)
            left += half + GUTTER_PX

    return Row(height=height + 6, draw=draw)
