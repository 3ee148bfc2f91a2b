"""The report's lists: flags beside events, and what is left of the longer one over the whole width."""

from PySide6.QtGui import QFontMetricsF, QPainter

from ui.fonts import Size
from ui.report.paper import INK, Paragraph, Run, draw_line, draw_rule, face
from ui.report.rows import Row

LINE_PX = 20.0
GUTTER_PX = 28.0
Items = tuple[tuple[Run, ...], ...]


def column_rows(first: tuple[str, Items], second: tuple[str, Items], *, width: float) -> list[Row]:
    """Two titled lists side by side, each item a row of its own, so that they may break between items."""
    half = (width - GUTTER_PX) / 2
    titles = _titles(first[0], second[0], half)
    return [titles, *_side_by_side(first[1], tuple(_paired(second[1], half)), width=width)]


def _paired(items: Items, width: float) -> list[tuple[Run, ...]]:
    """Put two short items on one line where they fit."""
    found: list[tuple[Run, ...]] = []
    advance = QFontMetricsF(face(Size.NOTE, is_bold=True)).horizontalAdvance
    for item in items:
        text = "".join(run.text for run in item)
        before = "".join(run.text for run in found[-1]) if found else ""
        if found and advance(f"{before}   {text}") < width:
            found[-1] = (*found[-1], Run(text="   "), *item)
        else:
            found.append(item)
    return found


def _titles(first: str, second: str, half: float) -> Row:
    def draw(painter: QPainter, left: float, top: float) -> None:
        for x, title in ((left, first), (left + half + GUTTER_PX, second)):
            draw_line(painter, title, x=x, middle=top + LINE_PX / 2, size=Size.BODY, is_bold=True)
            draw_rule(painter, left=x, right=x + half, y=top + LINE_PX + 2, ink=INK, px=1.5)

    return Row(height=LINE_PX + 6, draw=draw, keeps_with_next=True)


def _side_by_side(first: Items, second: Items, *, width: float) -> list[Row]:
    """Fill both columns line by line, as many right items beside a left one as it is high.

    What is left of the longer list has the whole width.
    """
    half = (width - GUTTER_PX) / 2
    rows: list[Row] = []
    waiting = list(second)
    for at, item in enumerate(first):
        if not waiting:
            return [*rows, *(_whole(each, width) for each in first[at:])]
        left = Paragraph(item, size=Size.NOTE, width=half)
        beside = [Paragraph(waiting.pop(0), size=Size.NOTE, width=half)]
        while waiting:
            following = Paragraph(waiting[0], size=Size.NOTE, width=half)
            if sum(one.height for one in (*beside, following)) > left.height:
                break
            beside.append(following)
            waiting.pop(0)
        rows.append(_pair(left, beside, half))
    if waiting:
        rows.append(_whole(_run_on(waiting), width))
    return rows


def _run_on(items: list[tuple[Run, ...]]) -> tuple[Run, ...]:
    """Join short items into one paragraph."""
    joined: list[Run] = []
    for item in items:
        joined += [Run(text="   "), *item] if joined else item
    return tuple(joined)


def _whole(item: tuple[Run, ...], width: float) -> Row:
    paragraph = Paragraph(item, size=Size.NOTE, width=width)

    def draw(painter: QPainter, left: float, top: float) -> None:
        paragraph.draw(painter, left=left, top=top)

    return Row(height=paragraph.height, draw=draw)


def _pair(first: Paragraph, second: list[Paragraph], half: float) -> Row:
    def draw(painter: QPainter, left: float, top: float) -> None:
        first.draw(painter, left=left, top=top)
        for paragraph in second:
            paragraph.draw(painter, left=left + half + GUTTER_PX, top=top)
            top += paragraph.height

    return Row(height=max(first.height, sum(one.height for one in second)), draw=draw)
