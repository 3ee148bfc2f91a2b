"""Review: one session, its sentence first, then chart, figures, flags, and what still needs someone."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from monitor.needs import Need, NeedKind
from monitor.ports import Archive, RecordLoaded
from monitor.record import head
from monitor.summary import Summary, summarize
from monitor.trend import TrendSample
from ui.chart.build import axis_of, chart_model
from ui.chart.chart_frame import ChartFrame
from ui.chart.session_chart import SessionChart
from ui.controller import ClinicController
from ui.flag_rows import names_in_chairs
from ui.fonts import Size, is_stacked, px
from ui.live_trend import TrendLines
from ui.page import Page
from ui.report.content import event_lines
from ui.review.act_bar import ActBar, Said
from ui.review.acts import Looked
from ui.review.asking import ArchiveAsking
from ui.review.identity import IdentityStrip, SentenceBand
from ui.review.parts import FiguresPart, FlagsPart, NeedsPart, wrapping
from ui.review.set_table import SetTable, TableScroll
from ui.routes import ToChair, ToOperator, ToReport
from ui.text import happened, needs_words, review_words, summary_words
from ui.theme import ThemeSwitch
from ui.widgets.bars import SimulatedStripe
from ui.widgets.key_button import KeyButton
from ui.widgets.labels import Ink, label

SIDE_PX = 472
LOW_PX = 790  # of the page; a window of 800 leaves it 724
WIDEST_PX = 16_777_215  # Qt's own bound: no bound


class ReviewPage(Page):
    """Everything about one session, read-only but for what may be added: amendments, notes, signatures."""

    def __init__(
        self, controller: ClinicController, themes: ThemeSwitch, archive: Archive, session_id: str
    ) -> None:
        super().__init__()
        self._controller = controller
        self._themes = themes
        self._session_id = session_id
        self._looked: Looked | None = None
        self._summary: Summary | None = None
        self._need: Need | None = None
        self._chain_text = ""
        self._trend: tuple[TrendSample, ...] = ()
        self._asking = ArchiveAsking(archive, self)
        self._asking.loaded.connect(self._take)
        self._make_parts()
        self._lay_out()
        controller.chair_changed.connect(self._follow)
        QShortcut(QKeySequence("Ctrl+P"), self).activated.connect(self.open_report)
        self.setAccessibleName(review_words.title())
        self._show_parts(is_loaded=False)
        self._asking.load(session_id)

    @property
    def summary(self) -> Summary | None:
        """The figures shown, None until the record arrived."""
        return self._summary

    @property
    def looked(self) -> Looked | None:
        """The record shown, None until it arrived."""
        return self._looked

    def title(self) -> str:
        """Name the page."""
        return review_words.title()

    def subtitle(self) -> str:
        """Say whether the session is over."""
        is_running = self._looked is not None and self._looked.is_in_chair
        return review_words.running() if is_running else review_words.finished()

    def footer_keys(self) -> tuple[tuple[str, str], ...]:
        """List this page's keys."""
        return (
            ("Esc", review_words.board()),
            ("\N{LEFTWARDS ARROW} \N{RIGHTWARDS ARROW}", review_words.choose_set()),
            ("M", review_words.amend()),
            ("N", review_words.note()),
            ("S", review_words.sign()),
        )

    def help_keys(self) -> tuple[tuple[str, str], ...]:
        """Add the keys that stand on buttons."""
        more = (("T", review_words.table_only()), ("Ctrl P", review_words.report()))
        copying = (("Ctrl C", review_words.copy_table()), ("PgUp PgDn", review_words.scroll_side()))
        return (*self.footer_keys(), *more, *copying, ("1-9", review_words.add()))

    def shown(self) -> None:
        """Put the keyboard on the table, and begin at the top."""
        self.table.setFocus()
        self._scroll.verticalScrollBar().setValue(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take this page's letters and the digits of what needs someone."""
        area = self._scroll if is_stacked() else self._side_scroll
        bar = area.verticalScrollBar()
        pages = {Qt.Key.Key_PageUp: -bar.pageStep(), Qt.Key.Key_PageDown: bar.pageStep()}
        if Qt.Key(event.key()) in pages:
            bar.setValue(bar.value() + pages[Qt.Key(event.key())])
            return
        if self._looked is None or event.modifiers():
            super().keyPressEvent(event)
            return
        letters = {
            Qt.Key.Key_M: self.begin_amendment,
            Qt.Key.Key_N: self.begin_note,
            Qt.Key.Key_S: self.begin_signature,
            Qt.Key.Key_T: self.toggle_table,
        }
        act = letters.get(Qt.Key(event.key()))
        needs = self._summary.needs if self._summary is not None else ()
        digit = int(event.text()) if event.text().isdigit() else 0
        if act is not None:
            act()
        elif 0 < digit <= len(needs):
            self.settle(digit - 1)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give a low window's room to the chart."""
        super().resizeEvent(event)
        self.sentence.set_small(is_small=self.height() < LOW_PX)

    def begin_amendment(self) -> None:
        """Correct the chosen set."""
        reading = self.table.selected
        if reading is None:
            self.told.emit(review_words.no_set_chosen())
        elif self._has_operator():
            at, values = happened.taken_at(reading.entry), happened.vitals(reading.vitals)
            own = self._session_id
            seated = [each.view for each in self._controller.clinic.sessions() if each.view.session != own]
            names = names_in_chairs(self._controller)
            chairs = tuple((view.chair, names[view.chair]) for view in seated)
            self.bar.ask_reason(review_words.amending(at, values), review_words.move_hint(chairs))

    def begin_note(self) -> None:
        """Add a note."""
        if self._has_operator():
            self._need = None
            self.bar.ask_note(review_words.note_text())

    def begin_signature(self) -> None:
        """Sign, after the first signature too."""
        if self._has_operator():
            self.bar.ask_meaning(self._controller.operator)

    def settle(self, place: int) -> None:
        """Explain, or open the chair for, the need at `place` of the list."""
        if self._looked is None or self._summary is None:
            return
        need = self._summary.needs[place]
        if need.kind is NeedKind.NOT_SIGNED:
            self.asked.emit(ToChair(self._looked.view.chair))
        elif self._has_operator():
            self._need = need
            said = needs_words.need(self._looked.view, need)
            self.bar.ask_note(review_words.explains(said))

    def toggle_table(self) -> None:
        """Leave out the chart for a roomy table with figures and flags in a row, or bring it back."""
        is_table = not self._frame.isHidden()
        self._frame.setVisible(not is_table)
        self.table.set_roomy(is_roomy=is_table)
        self._table_scroll.updateGeometry()
        self._turn(is_table=is_table)
        words = review_words.with_chart() if is_table else review_words.table_only()
        self._table_button.setText(words)

    def open_report(self) -> None:
        """Go to the report's preview."""
        if self._looked is not None:
            self.asked.emit(ToReport(self._session_id))

    def _turn(self, *, is_table: bool) -> None:
        """Lay the table over a row of figures and flags, or under the chart with a column of them."""
        way = QBoxLayout.Direction
        self._column.setDirection(way.BottomToTop if is_table else way.TopToBottom)
        self._column.setSpacing(12 if is_table else 4)
        if is_stacked():
            return  # figures and flags stand below in any case
        self._side.setDirection(way.LeftToRight if is_table else way.TopToBottom)
        self._side.setSpacing(32 if is_table else 12)
        for section in (self.figures, self.flags, self.needs):
            self._side.setStretchFactor(section, 1 if is_table else 0)
        self._side_scroll.setMinimumWidth(0 if is_table else px(SIDE_PX))
        self._side_scroll.setMaximumWidth(WIDEST_PX if is_table else px(SIDE_PX))

    def _has_operator(self) -> bool:
        if self._controller.operator:
            return True
        self.told.emit(review_words.choose_operator())
        self.asked.emit(ToOperator())
        return False

    def _enter(self, said: Said) -> None:
        if self._looked is None:
            return
        refusal = self._looked.enter(said, reading=self.table.selected, need=self._need)
        if refusal is not None:
            self.bar.refuse(refusal)
            return
        self._refresh()
        self.bar.close_bar()
        self.told.emit(review_words.recorded())

    def _take(self, answer: RecordLoaded) -> None:
        if answer.failure is not None:
            self.sentence.say(review_words.cannot_show(answer.failure))
            return
        self._looked = Looked(self._controller, answer.record)
        self._trend = answer.trend
        if answer.trend_failure is not None:
            self.told.emit(review_words.no_trend(answer.trend_failure))
        self._looked.follow()
        self._show_parts(is_loaded=True)
        self._refresh()
        self.titled.emit()

    def _follow(self, _chair: int) -> None:
        if self._looked is not None and self._looked.follow():
            self._refresh()

    def _refresh(self) -> None:
        if self._looked is None:
            return
        view, record = self._looked.view, self._looked.record
        self._summary = summarize(view)
        self.identity.show_view(view)
        self.sentence.say(summary_words.sentence(view, self._summary))
        model = chart_model(view, None, TrendLines().of(view, self._trend))
        self.chart.set_model(model)
        self.events.setText(review_words.events(event_lines(view, model)))
        self.table.show_view(view)
        self._table_scroll.updateGeometry()
        for shown in (self.figures, self.flags, self.needs):
            shown.show_summary(view, self._summary)
        self._stripe.setVisible(view.is_simulated)
        self._chain_text = review_words.chain(len(record), head(record))
        self._read_out("")

    def _point_at(self, sequence: int) -> None:
        """Show the chosen set on the chart, with what stands behind it."""
        if self._looked is not None:
            view = self._looked.view
            chosen = next(each for each in view.readings if each.sequence == sequence)
            self.chart.point_at(axis_of(view, None).minute(chosen.at_ms))

    def _read_out(self, text: str) -> None:
        """Say what stands at the cursor, in the place of the chain."""
        self._chain.setText(text or self._chain_text)

    def _say_copied(self) -> None:
        self.told.emit(review_words.copied())

    def _show_parts(self, *, is_loaded: bool) -> None:
        for part in (self.identity, self._scroll):
            part.setVisible(is_loaded)
        if not is_loaded:
            self._stripe.hide()
            self.sentence.say(review_words.reading_record())

    def _make_parts(self) -> None:
        themes = self._themes
        self._table_button = KeyButton(themes, key="T", text=review_words.table_only())
        self._table_button.clicked.connect(self.toggle_table)
        report = KeyButton(themes, key="Ctrl P", text=review_words.report())
        report.clicked.connect(self.open_report)
        self.identity = IdentityStrip(themes, (self._table_button, report))
        self.sentence = SentenceBand(themes)
        self.chart = SessionChart(themes)
        self.chart.readout_changed.connect(self._read_out)
        self._frame = ChartFrame(self.chart)
        self.figures = FiguresPart(themes)
        self.flags = FlagsPart(themes)
        self.needs = NeedsPart(themes)
        self.needs.chosen.connect(self.settle)
        self.table = SetTable(themes)
        self.table.chosen.connect(self._point_at)
        self.table.copied.connect(self._say_copied)
        self._table_scroll = TableScroll(self.table)
        self.bar = ActBar(themes)
        self.bar.entered.connect(self._enter)
        self.bar.closed.connect(self.shown)
        self._stripe = SimulatedStripe(themes)
        self._chain = label(size=Size.NOTE, ink=Ink.SECOND)
        self.events = wrapping("", size=Size.NOTE)
        self.events.setMinimumHeight(1)  # its own wish is a narrow column's, and would make the page scroll

    def _lay_out(self) -> None:
        self._side = QVBoxLayout()
        self._side.setContentsMargins(16, 0, 16, 8)
        self._side.setSpacing(12)
        for section in (self.figures, self.needs, self.flags):
            self._side.addWidget(section, 0, Qt.AlignmentFlag.AlignTop)
        self._side.addStretch(1)
        side = _Column(self._side)
        upper = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        upper.setContentsMargins(0, 4, 0, 0)
        upper.setSpacing(0)
        upper.addWidget(self._frame, 1)
        self._side_scroll = _scrolling(QWidget() if is_stacked() else side)
        if not is_stacked():
            self._side_scroll.setFixedWidth(px(SIDE_PX))
            upper.addWidget(self._side_scroll)
        events = QHBoxLayout()
        events.setContentsMargins(16, 0, 16, 0)
        events.setSpacing(16)
        events.addWidget(self.events, 1)
        events.addWidget(self._chain)
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addLayout(upper, 1)
        self._column.addLayout(events)
        self._column.addWidget(self._table_scroll)
        if is_stacked():
            self._column.addWidget(side)
        self._scroll = _scrolling(inner)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        for part in (self._stripe, self.identity, self.sentence):
            page.addWidget(part)
        page.addWidget(self._scroll, 1)
        page.addWidget(self.bar)


class _Column(QWidget):
    """A column of wrapped words that asks for the height it has at its width, not at the narrowest."""

    def __init__(self, content: QBoxLayout) -> None:
        super().__init__()
        self._content = content
        self.setLayout(content)

    def event(self, event: QEvent) -> bool:
        """Ask again when words or width changed."""
        done = super().event(event)
        if event.type() in {QEvent.Type.LayoutRequest, QEvent.Type.Resize}:
            self.setMinimumHeight(max(1, self._content.heightForWidth(self.width())))
        return done


def _scrolling(inner: QWidget) -> QScrollArea:
    """Let `inner` move up and down where its place is too low; it takes no focus."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inner)
    return area
