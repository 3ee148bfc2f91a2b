"""The link's life as one bar: linked stretches plain with their times, the rest hatched."""

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QFontMetricsF, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from monitor.clock import MS_PER_MINUTE, MS_PER_S, Instant
from monitor.feed import LinkState
from monitor.link_report import LinkReport, StateSpan
from ui.chart.glyphs import draw_hatch, draw_text
from ui.fonts import Size, box_px, font, px
from ui.text import device_words
from ui.text.formats import clock
from ui.theme import ThemeSwitch
from ui.widgets.themed import ThemedWidget, sharp_painter

BAR_PX, AXIS_PX = 28, 24
TICK_MINUTES = (5, 15, 30, 60, 120, 360)
LEAST_TICK_PX = 90


class LifeBar(ThemedWidget):
    """Time runs to now at the right end."""

    def __init__(self, themes: ThemeSwitch) -> None:
        super().__init__(themes)
        self._spans: tuple[StateSpan, ...] = ()
        self._now = Instant(utc_ms=0, offset_minutes=0)
        self.setFixedHeight(box_px(BAR_PX) + box_px(AXIS_PX))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(device_words.link_life())

    def show_report(self, report: LinkReport, now: Instant) -> None:
        """Show the states of `report` up to `now`."""
        self._spans, self._now = report.history, now
        said = [
            f"{clock(span.since)} {device_words.state(span.state)}: {span.reason}" for span in self._spans
        ]
        self.setAccessibleDescription("; ".join(said))
        self.update()

    def sizeHint(self) -> QSize:
        """Return a width for an hour or so."""
        return QSize(700, box_px(BAR_PX) + box_px(AXIS_PX))

    def linked_s(self) -> float:
        """How long the link stood, in seconds."""
        return sum(end - begin for span, begin, end in self._stretches() if span.state is LinkState.CONNECTED)

    def whole_s(self) -> float:
        """The time since the first state."""
        stretches = self._stretches()
        return stretches[-1][2] - stretches[0][1] if stretches else 0.0

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw stretches, their words and the clock below."""
        painter = sharp_painter(self)
        theme = self.theme
        whole = QRectF(0.5, 0.5, self.width() - 1, box_px(BAR_PX) - 1)
        painter.fillRect(whole, QColor(theme.background))
        per_s = self.width() / max(1.0, self.whole_s())
        first_s = self._stretches()[0][1] if self._spans else 0.0
        for span, begin, end in self._stretches():
            box = QRectF((begin - first_s) * per_s, 0.5, (end - begin) * per_s, box_px(BAR_PX) - 1)
            if span.state is not LinkState.CONNECTED:
                draw_hatch(painter, box, ink=theme.edge, ground=theme.background)
                continue
            text = f"{device_words.state(span.state)} {clock(span.since)}"
            painter.setPen(QPen(QColor(theme.edge), 1))
            painter.drawRect(box)
            if QFontMetricsF(font(Size.NOTE)).horizontalAdvance(text) + 16 < box.width():
                draw_text(
                    painter,
                    x=box.left() + 8,
                    middle=box_px(BAR_PX) / 2,
                    text=text,
                    face=font(Size.NOTE),
                    ink=theme.text,
                )
        painter.setPen(QPen(QColor(theme.edge), 1))
        painter.setBrush(QColor(0, 0, 0, 0))
        painter.drawRect(whole)
        for x, text in self._ticks(per_s, first_s):
            painter.setPen(QPen(QColor(theme.edge), 1))
            painter.drawLine(QPointF(x, box_px(BAR_PX)), QPointF(x, box_px(BAR_PX) + 4))
            half = QFontMetricsF(font(Size.NOTE)).horizontalAdvance(text) / 2
            left = min(max(0.0, x - half), self.width() - 2 * half)
            draw_text(
                painter,
                x=left,
                middle=self.height() - px(10),
                text=text,
                face=font(Size.NOTE),
                ink=theme.second_text,
            )
        painter.end()

    def _stretches(self) -> list[tuple[StateSpan, float, float]]:
        """Each state with its beginning and end in UTC seconds; a clock set back gives no negative length."""
        begins = [span.since.utc_ms / MS_PER_S for span in self._spans]
        ends = [*begins[1:], self._now.utc_ms / MS_PER_S]
        return [
            (span, begin, max(begin, end)) for span, begin, end in zip(self._spans, begins, ends, strict=True)
        ]

    def _ticks(self, per_s: float, first_s: float) -> list[tuple[float, str]]:
        step_minutes = next((each for each in TICK_MINUTES if each * 60 * per_s >= px(LEAST_TICK_PX)), None)
        if step_minutes is None or not self._spans:
            return []
        step_ms = step_minutes * MS_PER_MINUTE
        offset = self._now.offset_minutes
        first = -(-int(first_s * MS_PER_S) // step_ms)
        return [
            (
                (at * step_ms / MS_PER_S - first_s) * per_s,
                clock(Instant(utc_ms=at * step_ms, offset_minutes=offset)),
            )
            for at in range(first, self._now.utc_ms // step_ms + 1)
        ]
