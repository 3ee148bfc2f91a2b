"""The sheet: where each block stands, so that one page holds the session. Nothing is ever cut off.

The chart gives way first (down to a height that still reads), then the lists and the table are shortened and
say by how much. Only words that somebody wrote at great length move to a second page, which the first says.
"""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from ui.chart.series import ChartModel
from ui.fonts import Size
from ui.report.blocks import figure_row, framed, signature_row, table_rows, text_row
from ui.report.chart import LOW_PANES, ROOMY_PANES, SmallPanes, chart_places, paint_chart
from ui.report.content import ReportContent
from ui.report.fitting import ALLOWANCES, shortened
from ui.report.lists import column_rows
from ui.report.paper import INK, MARGIN_PX, SECOND_INK, Paragraph, Run, draw_line, draw_rule, face, plain
from ui.report.rows import Row
from ui.text import needs_words, report_words, words

TOP_PX = 56.0
TITLE_PX = 36.0
FOOT_PX = 86.0
LEAST_PRESSURE_PX, PRESSURE_PX, MOST_PRESSURE_PX = 110.0, 230.0, 320.0
CHART_AFTER_PX = 8.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPx:
    """Paper in report pixels."""

    width: float
    height: float

    @property
    def inner(self) -> float:
        """Width between the margins."""
        return self.width - 2 * MARGIN_PX

    @property
    def body_top(self) -> float:
        """Where rows begin."""
        return TOP_PX + TITLE_PX + 12

    @property
    def body_bottom(self) -> float:
        """Where rows must end."""
        return self.height - 48 - FOOT_PX


Page = tuple[Row, ...]


def lay_out(content: ReportContent, model: ChartModel, sheet: SheetPx) -> tuple[Page, ...]:
    """Lay everything on one page, as much in full as it holds; what no shortening fits takes further ones."""
    head = _head(content, sheet)
    for allowed in ALLOWANCES:
        tail = _tail(shortened(content, allowed), sheet)
        room = sheet.body_bottom - sheet.body_top - sum(row.height for row in (*head, *tail))
        for small_px in (ROOMY_PANES, LOW_PANES):
            beside = chart_places(model, width=sheet.inner, pressure_px=0, small_px=small_px).height
            pressure_px = min(MOST_PRESSURE_PX, room - beside - CHART_AFTER_PX)
            if pressure_px >= LEAST_PRESSURE_PX:
                chart = _chart_row(model, sheet, pressure_px, small_px)
                return ((*head, chart, *tail),)
    chart = _chart_row(model, sheet, PRESSURE_PX, ROOMY_PANES)
    return _paged([*head, chart, *_tail(content, sheet)], sheet)


def _paged(rows: list[Row], sheet: SheetPx) -> tuple[Page, ...]:
    pages: list[list[Row]] = [[]]
    left = sheet.body_bottom - sheet.body_top
    for at, row in enumerate(rows):
        follower = rows[at + 1].height if row.keeps_with_next and at + 1 < len(rows) else 0.0
        if row.height + follower > left and pages[-1]:
            pages.append([])
            left = sheet.body_bottom - sheet.body_top
        pages[-1].append(row)
        left -= row.height
    return tuple(tuple(page) for page in pages)


def _head(content: ReportContent, sheet: SheetPx) -> list[Row]:
    return [
        _identity_row(content, sheet),
        framed(content.dose, width=sheet.inner),
        text_row(plain(content.sentence), size=Size.BODY, width=sheet.inner, after=8),
    ]


def _tail(content: ReportContent, sheet: SheetPx) -> list[Row]:
    return [
        figure_row(content.figures, width=sheet.inner),
        text_row(plain(content.figures_note), width=sheet.inner, ink=SECOND_INK, after=6),
        *table_rows(content.columns, width=sheet.inner),
        text_row(plain(content.table_notes), width=sheet.inner, ink=SECOND_INK, after=8),
        *column_rows(
            (report_words.flags_title(), content.flags),
            (report_words.events_title(), content.events),
            width=sheet.inner,
        ),
        text_row(plain(_needs(content)), width=sheet.inner, before=6, after=8, is_bold=True),
        *signature_row(content.signatures, width=sheet.inner),
    ]


def _needs(content: ReportContent) -> str:
    return report_words.needs("; ".join(content.needs) or needs_words.nothing())


def _identity_row(content: ReportContent, sheet: SheetPx) -> Row:
    place_width = 320.0
    name_width = sheet.inner - place_width
    name = Paragraph((Run(text=content.name, is_bold=True),), size=Size.TITLE, width=name_width)
    identity = Paragraph(content.identity, size=Size.BODY, width=name_width)

    def draw(painter: QPainter, left: float, top: float) -> None:
        right, align = left + sheet.inner, Qt.AlignmentFlag.AlignRight
        name.draw(painter, left=left, top=top)
        draw_line(painter, content.date, x=right, middle=top + 14, size=Size.BODY, is_bold=True, align=align)
        identity.draw(painter, left=left, top=top + name.height)
        middle = top + name.height + 10
        draw_line(painter, content.place, x=right, middle=middle, size=Size.BODY, align=align)

    return Row(height=name.height + identity.height + 8, draw=draw)


def _chart_row(model: ChartModel, sheet: SheetPx, pressure_px: float, small_px: SmallPanes) -> Row:
    places = chart_places(model, width=sheet.inner, pressure_px=pressure_px, small_px=small_px)

    def draw(painter: QPainter, left: float, top: float) -> None:
        paint_chart(painter, model, places, left=left, top=top)

    return Row(height=places.height + CHART_AFTER_PX, draw=draw)


def paint_page(  # noqa: PLR0913 - one page and its place among the others
    painter: QPainter,
    page: Page,
    content: ReportContent,
    sheet: SheetPx,
    *,
    clinic: str,
    number: int,
    pages: int,
) -> None:
    """Draw one page with its head and foot."""
    if content.is_simulated:
        _draw_simulated(painter, sheet)
    left, right = MARGIN_PX, sheet.width - MARGIN_PX
    middle = TOP_PX + TITLE_PX / 2 - 2
    title = report_words.title() if number == 1 else f"{report_words.title()} \N{MIDDLE DOT} {content.name}"
    draw_line(painter, title, x=left, middle=middle, size=Size.TITLE, is_bold=True)
    side = Qt.AlignmentFlag.AlignRight
    draw_line(painter, report_words.page_of(clinic, number, pages), x=right, middle=middle + 3, align=side)
    draw_rule(painter, left=left, right=right, y=TOP_PX + TITLE_PX, ink=INK, px=2)
    top = sheet.body_top
    for row in page:
        row.draw(painter, left, top)
        top += row.height
    if number < pages:
        middle = sheet.body_bottom + 8
        draw_line(painter, report_words.continued(), x=right, middle=middle, is_bold=True, align=side)
    _draw_foot(painter, content, sheet)


def _draw_foot(painter: QPainter, content: ReportContent, sheet: SheetPx) -> None:
    left, right = MARGIN_PX, sheet.width - MARGIN_PX
    top = sheet.body_bottom + 20
    draw_rule(painter, left=left, right=right, y=top)
    draw_line(painter, words.second_check(), x=left, middle=top + 12, is_bold=True)
    side = Qt.AlignmentFlag.AlignRight
    for row, text in enumerate(content.foot_left, start=1):
        draw_line(painter, text, x=left, middle=top + 12 + 17 * row, ink=SECOND_INK)
    printed, session, head = content.foot_right
    draw_line(painter, printed, x=right, middle=top + 12, ink=SECOND_INK, align=side)
    draw_line(painter, session, x=right, middle=top + 29, ink=SECOND_INK, align=side)
    draw_line(painter, head, x=left, middle=top + 63)


def _draw_simulated(painter: QPainter, sheet: SheetPx) -> None:
    """Stripe both ends of the sheet and lay the words across it, pale, under everything else."""
    painter.save()
    painter.setPen(QPen(QColor(INK), 7))
    for band_top in (14.0, sheet.height - 34.0):
        painter.save()
        painter.setClipRect(QRectF(0, band_top, sheet.width, 20))
        for x in range(-20, int(sheet.width) + 20, 24):
            painter.drawLine(x, int(band_top) + 22, x + 24, int(band_top) - 2)
        painter.restore()
        plate = QRectF(sheet.width / 2 - 90, band_top, 180, 20)
        painter.fillRect(plate.adjusted(0, -3, 0, 3), QColor("#FFFFFF"))
        middle = plate.center()
        draw_line(
            painter,
            words.simulated(),
            x=middle.x(),
            middle=middle.y(),
            is_bold=True,
            align=Qt.AlignmentFlag.AlignHCenter,
        )
        painter.setPen(QPen(QColor(INK), 7))
    used = face(Size.PRESSURE, is_bold=True)
    used.setPixelSize(110)
    painter.setFont(used)
    painter.setPen(QColor("#E2E2E2"))
    painter.translate(sheet.width / 2, sheet.height / 2)
    painter.rotate(-52)
    painter.drawText(QRectF(-800, -100, 1600, 200), Qt.AlignmentFlag.AlignCenter, words.simulated())
    painter.restore()
