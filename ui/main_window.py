"""The window: header, flag banner, the page in sight, notices, footer. All of it by keys."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from monitor.clock import MS_PER_S
from monitor.settings import TextSize, ThemeName
from ui.banner import FlagBanner
from ui.banner_keys import CHAIRS_WITH_A_KEY, BannerKeys, banner_keys, first_unanswered
from ui.controller import ClinicController
from ui.field_keys import FieldKeys
from ui.flag_rows import FlagRow, flag_rows
from ui.header_status import HeaderStatus
from ui.key_help import KeyHelp
from ui.notice_bar import NoticeBar, Offer
from ui.operator import OperatorPanel
from ui.page import Page
from ui.page_stack import Factories, PageStack
from ui.routes import Route, ToBoard, ToChair, ToOperator, ToReview, ToSeat, ToSettings
from ui.saving import closing_refusal, saving_status
from ui.text import formats, shell_words
from ui.theme import ThemeSwitch, theme_named
from ui.widgets.bars import Footer, KeyHint
from ui.widgets.focus_ring import FocusRing
from ui.widgets.scrolling import keep_in_sight

SMALLEST_PX = (1024, 640)
USUAL_PX = (1440, 900)
CARET_MS = 1000  # how long a caret takes to blink once where the desktop does not say


class MainWindow(QWidget):
    """Holds the pages together and shows every chair's flags over each of them."""

    def __init__(
        self,
        controller: ClinicController,
        themes: ThemeSwitch,
        factories: Factories,
        parent: QWidget | None = None,
        *,
        is_still: bool = False,
    ) -> None:
        """Take the controller, the theme, and what makes a page from its route.

        Args:
            controller: the clinic.
            themes: the theme in force.
            factories: a page for each kind of route; one is needed for `ToBoard`.
            parent: usually None.
            is_still: nothing moves, for people whom motion disturbs.
        """
        super().__init__(parent)
        self._controller = controller
        self._themes = themes
        self._saved_at = ""
        self._closes_anyway = False
        self._rows: tuple[FlagRow, ...] = ()
        self._recorded: tuple[tuple[str, int], ...] = ()
        self._factories = factories
        self._is_always_still = is_still
        self._caret_ms = QApplication.cursorFlashTime() or CARET_MS
        self._toast = QTimer(self)
        self._toast.setSingleShot(True)
        self._toast.timeout.connect(self._show_hints)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.setWindowTitle(shell_words.window_title())
        self.setAccessibleName(shell_words.window_title())
        self.setMinimumSize(*SMALLEST_PX)
        self.resize(*USUAL_PX)
        self._build()
        self._connect()
        self._add_keys()
        self._refresh()
        self._name_page()
        self._show_saving()
        if controller.notices:
            self.start_bar.say("", "\n".join(controller.notices))

    def _build(self) -> None:
        """Make every part, in the text size in force."""
        controller, themes = self._controller, self._themes
        self.header = HeaderStatus(controller, themes)
        self.banner = FlagBanner(themes, is_still=self._is_always_still)
        self.operator_panel = OperatorPanel(controller, themes)
        self.stack = PageStack(self._factories)
        self.key_help = KeyHelp(themes, self.stack)
        self.saving_bar = NoticeBar(
            themes, (Offer(key="F5", text=shell_words.try_again(), act=controller.retry_saving),)
        )
        stay = Offer(key="Esc", text=shell_words.stay(), act=self._stay)
        leave = Offer(key="Ctrl Shift Q", text=shell_words.close_anyway(), act=self.close_anyway)
        self.closing_bar = NoticeBar(themes, (stay, leave))
        self.start_bar = NoticeBar(themes, (Offer(key="Esc", text=shell_words.read(), act=self._have_read),))
        self.footer = Footer(themes)
        above: tuple[QWidget, ...] = (self.header, self.banner, self.operator_panel)
        below: tuple[QWidget, ...] = (self.start_bar, self.saving_bar, self.closing_bar, self.footer)
        for part in (*above, self.stack, *below):
            self._column.addWidget(part)
        self._column.setStretchFactor(self.stack, 1)
        self._connect_parts()
        self._hold_still()

    def _rebuild(self) -> None:
        """Make every part again, and go on where we are: words have another size. Drafts are kept."""
        old, was_told = self.page, self.start_bar.text if self.start_bar.isVisible() else ""
        route = self.route
        old.left()
        while (item := self._column.takeAt(0)) is not None:
            part = item.widget()
            if part is not None:
                part.hide()
                part.deleteLater()
        self._build()
        self.go(route)
        self.page.follow(old)
        if was_told:
            self.start_bar.say("", was_told)
        self._refresh()
        self._show_saving()
        self.page.shown()
        QTimer.singleShot(0, self, self._keep_focus_in_sight)  # once the new parts are laid out

    def _keep_focus_in_sight(self) -> None:
        focused = self.focusWidget()
        if focused is not None:
            keep_in_sight(focused)

    def _hold_still(self) -> None:
        """Let borders pulse and carets blink, or neither."""
        is_still = self._is_always_still or self._controller.settings.is_still
        self.banner.set_still(is_still=is_still)
        QApplication.setCursorFlashTime(0 if is_still else self._caret_ms)

    @property
    def page(self) -> Page:
        """The page in sight."""
        return self.stack.page

    @property
    def route(self) -> Route:
        """Where the window stands."""
        return self.stack.route

    def go(self, route: Route) -> None:
        """Show `route`; an empty chair leads to seating and a taken one to its session."""
        if isinstance(route, ToOperator):
            self.operator_panel.open()
            return
        if isinstance(route, ToChair) and self._controller.session(route.chair) is None:
            route = ToSeat(route.chair)
        elif isinstance(route, ToSeat) and self._controller.session(route.chair) is not None:
            route = ToChair(route.chair)
        if not self.stack.knows(route):
            return
        here = self.route
        is_here = isinstance(route, ToChair) and isinstance(here, ToChair) and here.chair == route.chair
        if not is_here:
            self.stack.go(route)
        if isinstance(route, ToChair) and route.is_answering:
            self.page.begin_answer()
        if isinstance(route, ToChair) and route.is_repeating:
            self.page.begin_repeat()
        self.key_help.hide()
        self._name_page()
        self._refresh_banner()

    def open_chair(self, chair: int) -> None:
        """Open the session in `chair`, or seat somebody there."""
        known = {each.number for each in self._controller.settings.chairs}
        if known and chair not in known and self._controller.session(chair) is None:
            self.tell(shell_words.no_such_chair(chair))
            return
        self.go(ToChair(chair))

    def fill(self, room: QSize) -> None:
        """Fill a screen of `room` too small for the usual size and a frame, footer and all."""
        if room.width() <= self.width() or room.height() <= self.height():
            self.resize(self.size().boundedTo(room))  # where no window manager maximizes
            self.setWindowState(Qt.WindowState.WindowMaximized)

    def tell(self, sentence: str) -> None:
        """Say something in the footer for as long as an entry can be undone."""
        self.footer.say(sentence)
        self._toast.start(self._controller.policy.entry.undo_within_s * MS_PER_S)

    def close_anyway(self) -> None:
        """Close although something is not saved: only after the refusal was shown."""
        if self.closing_bar.isVisible():
            self._closes_anyway = True
            self.close()

    def showEvent(self, event: QShowEvent) -> None:
        """Take the keyboard, and ask who charts, in the window, when nobody is chosen yet."""
        super().showEvent(event)
        if event.spontaneous():
            return
        self.activateWindow()  # where no window manager does
        self.page.shown()
        if not self._controller.operator:
            self.operator_panel.open()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Refuse, in the window, while anything is not saved."""
        refusal = "" if self._closes_anyway else closing_refusal(self._controller)
        if refusal:
            event.ignore()
            self.closing_bar.say("", refusal)
            return
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys that the page left: Esc, A, R and digits."""
        if event.key() == Qt.Key.Key_Escape:
            self._escape()
        elif event.text().isdigit() and int(event.text()) in CHAIRS_WITH_A_KEY:
            self.open_chair(int(event.text()))
        elif event.key() == Qt.Key.Key_A:
            self.answer_top()
        elif event.key() == Qt.Key.Key_R:
            self.repeat_top()
        elif event.key() in {Qt.Key.Key_PageDown, Qt.Key.Key_PageUp}:
            self.stack.scroll_screens(1 if event.key() == Qt.Key.Key_PageDown else -1)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the keys overlay at its edge."""
        super().resizeEvent(event)
        self.key_help.place()

    def answer_top(self) -> None:
        """Go to the chair whose flag waits longest at the highest level; it is answered there."""
        chair = first_unanswered(self._rows)
        if chair is not None:
            self.go(ToChair(chair, is_answering=True))

    def repeat_top(self) -> None:
        """Go to the chair of the first row and time a repeat there."""
        if self._rows:
            self.go(ToChair(self._rows[0].chair, is_repeating=True))

    def cycle_theme(self) -> None:
        """Go on to the next of light, dark and dim, and keep it."""
        names = list(ThemeName)
        following = names[(names.index(self._themes.theme.name) + 1) % len(names)]
        self._controller.change_settings(replace(self._controller.settings, theme=following))

    def toggle_help(self) -> None:
        """Show or hide the keys."""
        if self.key_help.isVisible():
            self.key_help.hide()
        else:
            self.key_help.show_keys(self.page.help_keys())

    def _escape(self) -> None:
        open_parts = (self.key_help, self.operator_panel, self.closing_bar, self.start_bar)
        seen = next((part for part in open_parts if part.isVisible()), None)
        if seen is not None:
            seen.hide()
        elif not isinstance(self.route, ToBoard):
            self.go(ToBoard())

    def _stay(self) -> None:
        self.closing_bar.hide()
        self.page.shown()

    def _have_read(self) -> None:
        self.start_bar.hide()
        self.page.shown()

    def _keys_of(self, row: FlagRow) -> BannerKeys:
        has_field = isinstance(QApplication.focusWidget(), QLineEdit)
        return banner_keys(row, self._rows, self.route, has_field=has_field)

    def _on_chair(self, _chair: int) -> None:
        """Look at the flags again when a record grew; live values alone change none of them."""
        sessions = self._controller.clinic.sessions()
        recorded = tuple((each.view.session, each.view.record_length) for each in sessions)
        if recorded != self._recorded:
            self._recorded = recorded
            self._refresh()

    def _refresh(self) -> None:
        self._refresh_banner()
        self.header.refresh()

    def _refresh_banner(self) -> None:
        self._rows = flag_rows(self._controller)
        self.banner.show_rows(self._rows, self._keys_of)

    def _on_focus(self, _before: QWidget | None, _now: QWidget | None) -> None:
        if self._rows:
            self.banner.show_rows(self._rows, self._keys_of)

    def resize_text(self, step: int) -> None:
        """Go `step` text sizes up or down, 0 for the designed one, and keep it."""
        sizes = list(TextSize)
        at = sizes.index(self._themes.text_size) + step if step else 0
        size = sizes[min(len(sizes) - 1, max(0, at))]
        self._controller.change_settings(replace(self._controller.settings, text_size=size))
        self.tell(shell_words.text_size(size))

    def _on_settings(self) -> None:
        settings = self._controller.settings
        self._themes.switch_to(theme_named(settings.theme))
        self._themes.resize_to(settings.text_size)
        self._hold_still()
        self._refresh()

    def _show_saving(self) -> None:
        saving = self._controller.clinic.saving
        if not saving.unsaved and not saving.is_dead:
            self._saved_at = formats.clock_s(self._controller.now())
        status = saving_status(saving, self._controller.policy, self._saved_at)
        limits = shell_words.limits(self._controller.policy.title)
        self.footer.show_status(status.footer, limits)
        if status.is_failing:
            self.saving_bar.say(status.lead, status.text)
        else:
            self.saving_bar.hide()
        if self.closing_bar.isVisible():
            refusal = closing_refusal(self._controller)
            self.closing_bar.say("", refusal) if refusal else self.closing_bar.hide()

    def _name_page(self) -> None:
        self.header.show_page(self.page.title(), self.page.subtitle())
        if not self._toast.isActive():
            self._show_hints()

    def _show_hints(self) -> None:
        usual = (("F1", shell_words.keys_hint()),)
        keys = tuple(key for key in self.page.footer_keys() if key[0] != "F1")
        self.footer.show_hints(tuple(KeyHint(key=key, text=text) for key, text in (*keys, *usual)))

    def _after_choosing(self) -> None:
        self.operator_panel.hide()
        self.page.shown()

    def _connect(self) -> None:
        controller = self._controller
        controller.chair_changed.connect(self._on_chair)
        controller.ticked.connect(self._refresh)
        controller.operator_changed.connect(self._refresh)
        controller.settings_changed.connect(self._on_settings)
        controller.saving_changed.connect(self._show_saving)
        self._themes.resized.connect(self._rebuild)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)
            FocusRing(app, self, self._themes)

    def _connect_parts(self) -> None:
        self.header.operator_asked.connect(self.operator_panel.open)
        self.banner.asked.connect(self.go)
        self.stack.asked.connect(self.go)
        self.stack.titled.connect(self._name_page)
        self.stack.told.connect(self.tell)
        self.operator_panel.closed.connect(self._after_choosing)
        self.operator_panel.chosen.connect(lambda name: self.tell(shell_words.charting_now(name)))

    def _add_keys(self) -> None:
        keys: dict[str, Callable[[], object]] = {
            "Ctrl+O": lambda: self.go(ToOperator()),
            "Ctrl+D": self.cycle_theme,
            "Ctrl+F": lambda: self.go(ToReview()),
            "Ctrl+,": lambda: self.go(ToSettings()),
            "Alt+A": self.answer_top,
            "Alt+R": self.repeat_top,
            "F1": self.toggle_help,
            "F5": self._controller.retry_saving,
            "Ctrl+Shift+Q": self.close_anyway,
            "Ctrl+Q": self.close,
            "Ctrl++": lambda: self.resize_text(1),
            "Ctrl+=": lambda: self.resize_text(1),  # the same key without Shift
            "Ctrl+-": lambda: self.resize_text(-1),
            "Ctrl+0": lambda: self.resize_text(0),
        }
        keys |= {f"Ctrl+{chair}": self._opening(chair) for chair in CHAIRS_WITH_A_KEY}
        for key, act in keys.items():
            QShortcut(QKeySequence(key), self).activated.connect(act)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            FieldKeys(app, self, keys).chair.connect(self.open_chair)

    def _opening(self, chair: int) -> Callable[[], None]:
        return lambda: self.open_chair(chair)
