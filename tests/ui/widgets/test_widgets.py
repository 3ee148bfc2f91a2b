"""What a nurse can count on in the small parts: keys, names, words, and that nothing steals the focus."""

from enum import Enum

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from monitor.policy import Level
from monitor.settings import TextSize
from tests.ui.pictures import colours
from ui.fonts import Size, font
from ui.page import Page
from ui.theme import DARK, DIM, LIGHT, Theme, ThemeSwitch
from ui.widgets.badges import FlagBadge, Pill
from ui.widgets.bars import Footer, Header, KeyHint, SimulatedStripe
from ui.widgets.choice import SegmentedChoice
from ui.widgets.countdown import Countdown, ProgressBar
from ui.widgets.field import LabeledField
from ui.widgets.focus_ring import FocusRing
from ui.widgets.key_button import ButtonLook, KeyButton, KeyCap
from ui.widgets.labels import Ink, SectionTitle, label
from ui.widgets.level_frame import LevelFrame
from ui.widgets.shapes import Shape


class Arm(Enum):
    LEFT = "left"
    RIGHT = "right"


def arm_choice(themes: ThemeSwitch) -> SegmentedChoice[Arm]:
    return SegmentedChoice(themes, ((Arm.LEFT, "Left"), (Arm.RIGHT, "Right")), name="Cuff arm")


def one_of_each(themes: ThemeSwitch) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    header = Header(themes)
    header.show_page("Chair 1", "Session")
    header.show_operator("M. Duarte RN")
    header.add_pill(Pill(themes, "Tones off", shape=Shape.CROSSED_BELL))
    badge = FlagBadge(themes)
    badge.show_level(Level.ACT_NOW)
    frame = LevelFrame(themes)
    frame.show_level(Level.NOTIFY)
    countdown = Countdown(themes)
    countdown.show_time_left("Due 10:28, in", "0:50", done=0.8)
    parts: list[QWidget] = [
        header,
        SimulatedStripe(themes),
        badge,
        frame,
        countdown,
        KeyButton(themes, key="E", text="Event"),
        KeyButton(themes, key="Enter", text="Save", look=ButtonLook.PRIMARY),
        arm_choice(themes),
        LabeledField("Weight today", unit="kg", hint="64.6 kg on 30-Oct-2025"),
        SectionTitle("Body", "today"),
        Footer(themes, (KeyHint(key="Esc", text="board"),)),
    ]
    for part in parts:
        column.addWidget(part)
    return page


def test_a_click_on_a_button_leaves_the_focus_in_the_field(qtbot: QtBot, themes: ThemeSwitch) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    field = QLineEdit()
    button = KeyButton(themes, key="E", text="Event")
    column.addWidget(field)
    column.addWidget(button)
    page.show()
    qtbot.waitExposed(page)
    field.setFocus()
    with qtbot.waitSignal(button.clicked):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert page.focusWidget() is field
    QTest.keyClick(field, Qt.Key.Key_Tab)
    assert page.focusWidget() is button
    with qtbot.waitSignal(button.clicked):
        QTest.keyClick(button, Qt.Key.Key_Space)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_button_with_the_focus_is_pressed_by_enter_as_by_space(
    qtbot: QtBot, themes: ThemeSwitch, key: Qt.Key
) -> None:
    button = KeyButton(themes, key="", text="Add chair")
    qtbot.addWidget(button)
    with qtbot.waitSignal(button.clicked):
        QTest.keyClick(button, key)


def test_enter_held_down_presses_a_button_once(qtbot: QtBot, themes: ThemeSwitch) -> None:
    button = KeyButton(themes, key="", text="Add chair")
    qtbot.addWidget(button)
    presses: list[str] = []
    button.clicked.connect(lambda: presses.append("pressed"))
    for is_repeat in (False, True, True):
        event = QKeyEvent(
            QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", is_repeat
        )
        QApplication.sendEvent(button, event)
    assert presses == ["pressed"]


def test_a_button_says_its_key_to_a_screen_reader(themes: ThemeSwitch, qtbot: QtBot) -> None:
    button = KeyButton(themes, key="E", text="Event")
    qtbot.addWidget(button)
    assert button.accessibleName() == "Event (E)"
    button.setText("Events")
    assert button.accessibleName() == "Events (E)"


@pytest.mark.parametrize("look", list(ButtonLook))
def test_a_longer_word_makes_a_wider_button(qtbot: QtBot, themes: ThemeSwitch, look: ButtonLook) -> None:
    button = KeyButton(themes, key="R", text="Repeat", look=look)
    qtbot.addWidget(button)
    before = button.sizeHint().width()
    button.setText("Repeat in 2 min")
    assert button.sizeHint().width() > before
    assert button.minimumSizeHint() == button.sizeHint()
    assert button.sizeHint().height() == 32


def test_a_choice_begins_empty_and_is_made_by_key_or_click(qtbot: QtBot, themes: ThemeSwitch) -> None:
    choice = arm_choice(themes)
    qtbot.addWidget(choice)
    choice.resize(200, 40)
    assert choice.choice is None
    assert choice.accessibleName() == "Cuff arm"
    with qtbot.waitSignal(choice.chosen) as heard:
        QTest.keyClick(choice, Qt.Key.Key_Right)
    assert heard.args == [Arm.LEFT]
    with qtbot.waitSignal(choice.chosen) as heard:
        QTest.keyClick(choice, Qt.Key.Key_Right)
    assert heard.args == [Arm.RIGHT]
    with qtbot.assertNotEmitted(choice.chosen):
        QTest.keyClick(choice, Qt.Key.Key_Right)
    with qtbot.waitSignal(choice.chosen) as heard:
        QTest.mouseClick(choice, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(20, 20))
    assert heard.args == [Arm.LEFT]
    assert choice.accessibleName() == "Cuff arm: Left"


def test_setting_a_choice_from_the_record_emits_nothing(qtbot: QtBot, themes: ThemeSwitch) -> None:
    choice = arm_choice(themes)
    qtbot.addWidget(choice)
    with qtbot.assertNotEmitted(choice.chosen):
        choice.choose(Arm.RIGHT)
    assert choice.choice is Arm.RIGHT
    choice.choose(None)
    assert choice.choice is None


def test_a_field_shows_its_fault_and_keeps_what_was_typed(qtbot: QtBot, themes: ThemeSwitch) -> None:
    assert themes.theme is LIGHT
    field = LabeledField("Planned minutes", unit="min", hint="10 to 240")
    qtbot.addWidget(field)
    QTest.keyClicks(field.edit, "4")
    field.set_fault("4 is under 10")
    assert field.text == "4"
    assert field.hint_label.text() == "4 is under 10"
    assert field.edit.accessibleDescription() == "4 is under 10"
    field.set_hint("10 to 120")
    assert field.hint_label.text() == "4 is under 10"
    field.set_fault(None)
    assert field.hint_label.text() == "10 to 120"
    assert field.edit.accessibleName() == "Planned minutes, min"


def test_a_field_is_forty_high_with_and_without_a_fault(qtbot: QtBot, themes: ThemeSwitch) -> None:
    assert themes.theme is LIGHT
    field = LabeledField("Dose", unit="mg")
    qtbot.addWidget(field)
    assert field.edit.sizeHint().height() == 40
    field.set_fault("Type a number")
    assert field.edit.sizeHint().height() == 40


@pytest.mark.parametrize(
    ("level", "is_overdue", "width"),
    [
        (Level.ACT_NOW, False, 10),
        (Level.NOTIFY, False, 6),
        (Level.WATCH, False, 2),
        (None, False, 1),
        (None, True, 6),
        (Level.ACT_NOW, True, 10),
        (Level.NOTIFY, True, 6),
        (Level.WATCH, True, 6),
    ],
)
def test_the_edge_width_tells_the_level(
    qtbot: QtBot, themes: ThemeSwitch, level: Level | None, width: int, *, is_overdue: bool
) -> None:
    frame = LevelFrame(themes)
    qtbot.addWidget(frame)
    frame.resize(100, 60)
    frame.show_level(level, is_overdue=is_overdue)
    assert frame.edge_width_px == width
    if width > 2:
        image = frame.grab().toImage()
        assert image.pixelColor(width - 1, 30) == QColor(frame.edge_colour())
        assert image.pixelColor(width + 1, 30) == QColor(LIGHT.panel)


def test_a_patient_in_danger_is_never_painted_as_only_late(qtbot: QtBot, themes: ThemeSwitch) -> None:
    frame = LevelFrame(themes)
    qtbot.addWidget(frame)
    frame.show_level(Level.NOTIFY, is_overdue=True)
    assert frame.edge_colour() == LIGHT.flags[Level.NOTIFY].edge
    frame.show_level(Level.WATCH, is_overdue=True)
    assert frame.edge_colour() == LIGHT.overdue.edge


def test_a_badge_speaks_its_level(qtbot: QtBot, themes: ThemeSwitch) -> None:
    badge = FlagBadge(themes)
    qtbot.addWidget(badge)
    badge.show_level(Level.NOTIFY, "Unconfirmed")
    assert badge.accessibleName() == "!! Unconfirmed"
    badge.show_overdue()
    assert badge.accessibleName() == "Overdue"
    badge.show_level(Level.ACT_NOW)
    assert badge.accessibleName() == "!!! Act now"


@pytest.mark.parametrize("shape", list(Shape))
def test_every_shape_leaves_ink(qtbot: QtBot, themes: ThemeSwitch, shape: Shape) -> None:
    pill = Pill(themes, "", shape=shape)
    qtbot.addWidget(pill)
    pill.resize(pill.sizeHint())
    with_shape = pill.grab().toImage()
    blank = Pill(themes, "", shape=None)
    qtbot.addWidget(blank)
    blank.resize(pill.size())
    assert with_shape != blank.grab().toImage()


@pytest.mark.parametrize(("asked", "shown"), [(-1.0, 0.0), (0.4, 0.4), (3.0, 1.0)])
def test_a_bar_is_never_more_than_full(qtbot: QtBot, themes: ThemeSwitch, asked: float, shown: float) -> None:
    bar = ProgressBar(themes)
    qtbot.addWidget(bar)
    bar.set_done(asked)
    assert bar.done == shown


def test_the_ring_surrounds_the_focused_field_and_goes_with_it(
    qtbot: QtBot, qapp: QApplication, themes: ThemeSwitch
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    inner = QWidget(window)
    inner.setGeometry(20, 30, 200, 100)
    field = QLineEdit(inner)
    field.setGeometry(10, 10, 100, 40)
    ring = FocusRing(qapp, window, themes)
    window.resize(400, 300)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    field.setFocus()
    qtbot.waitUntil(lambda: ring.target is field)
    assert ring.geometry() == QRect(30 - 4, 40 - 4, 108, 48)
    inner.move(20, 90)
    assert ring.geometry().top() == 100 - 4
    field.hide()
    assert not ring.isVisible()


def test_the_ring_leaves_out_what_fills_the_page(
    qtbot: QtBot, qapp: QApplication, themes: ThemeSwitch
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    page, area, inner = Page(window), QScrollArea(window), QWidget()
    area.setWidget(inner)
    field = QLineEdit(inner)
    ring = FocusRing(qapp, window, themes)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    for whole in (page, area, inner):
        whole.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        field.setFocus()
        qtbot.waitUntil(lambda: ring.target is field)
        whole.setFocus()
        qtbot.waitUntil(lambda: ring.target is None)
        assert not ring.isVisible()


def test_the_ring_leaves_out_what_runs_from_side_to_side(
    qtbot: QtBot, qapp: QApplication, themes: ThemeSwitch
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(400, 300)
    panel = QWidget(window)
    panel.setGeometry(0, 20, 399, 80)
    panel.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    ring = FocusRing(qapp, window, themes)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    panel.setFocus()
    qtbot.waitUntil(ring.isVisible)
    panel.resize(400, 80)
    assert not ring.isVisible()


def test_the_ring_goes_where_what_it_surrounds_is_scrolled_out_of_sight(
    qapp: QApplication, qtbot: QtBot, themes: ThemeSwitch
) -> None:
    window, area, inner = QWidget(), QScrollArea(), QWidget()
    qtbot.addWidget(window)
    window.resize(400, 300)
    area.setParent(window)
    area.setGeometry(0, 0, 400, 100)
    inner.resize(300, 600)
    area.setWidget(inner)
    field = QLineEdit(inner)
    field.setGeometry(20, 20, 100, 40)
    ring = FocusRing(qapp, window, themes)
    window.show()
    window.activateWindow()
    field.setFocus()
    qtbot.waitUntil(lambda: ring.target is field and ring.isVisible())
    area.verticalScrollBar().setValue(200)
    assert not ring.isVisible()
    area.verticalScrollBar().setValue(0)
    assert ring.isVisible()


def test_the_ring_survives_a_page_that_goes_away_with_the_focus(
    qtbot: QtBot, qapp: QApplication, themes: ThemeSwitch
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    page = QWidget(window)
    field = QLineEdit(QWidget(page))
    other = QLineEdit(window)
    ring = FocusRing(qapp, window, themes)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    field.setFocus()
    qtbot.waitUntil(lambda: ring.target is field)
    with qtbot.waitSignal(page.destroyed):
        page.deleteLater()
    other.setFocus()
    qtbot.waitUntil(lambda: ring.target is other)


def test_simulated_data_is_said_in_words_across_the_whole_width(qtbot: QtBot, themes: ThemeSwitch) -> None:
    stripe = SimulatedStripe(themes)
    qtbot.addWidget(stripe)
    stripe.resize(1440, stripe.height())
    assert stripe.accessibleName() == "SIMULATED DATA"
    image = stripe.grab().toImage()
    row = [image.pixelColor(x, 12).name() for x in range(1440)]
    ink = row.count(LIGHT.text.lower())
    assert ink > 1440 * 0.2
    assert all(LIGHT.text.lower() in row[left : left + 240] for left in range(0, 1440, 240))


def test_a_long_sentence_in_the_footer_makes_no_window_wider_and_is_all_there_to_read(
    qtbot: QtBot, themes: ThemeSwitch
) -> None:
    footer = Footer(themes)
    qtbot.addWidget(footer)
    least_px = footer.minimumSizeHint().width()
    sentence = "Recording raw traffic to " + "a-long-folder/" * 40
    footer.say(sentence)
    footer.resize(least_px + 100, footer.height())
    footer.show()
    assert footer.minimumSizeHint().width() <= least_px + 20
    said = [each for each in footer.findChildren(QLabel) if each.toolTip() == sentence]
    assert [each.text()[-1] for each in said] == ["\N{HORIZONTAL ELLIPSIS}"]


def test_the_footer_always_says_that_the_monitor_is_the_alarm(qtbot: QtBot, themes: ThemeSwitch) -> None:
    footer = Footer(themes)
    qtbot.addWidget(footer)
    footer.show_hints((KeyHint(key="E", text="event"), KeyHint(key="F1", text="keys")))
    footer.show_status("6 sets saved")
    assert "bedside monitor is the alarm" in footer.accessibleName()
    assert [cap.accessibleName() for cap in footer.findChildren(KeyCap)] == ["E", "F1"]
    footer.show_hints(())
    assert not any(cap.isVisibleTo(footer) for cap in footer.findChildren(KeyCap))


def test_keys_give_way_before_what_is_saved(qtbot: QtBot, themes: ThemeSwitch) -> None:
    footer = Footer(themes)
    qtbot.addWidget(footer)
    footer.resize(1100, footer.sizeHint().height())
    footer.show_hints(tuple(KeyHint(key=key, text="what this key does here") for key in "ABCDEF"))
    footer.show()
    saved = "All entries saved 10:26:50"
    footer.show_status(saved, "limits of a clinic with a long name")
    qtbot.waitUntil(lambda: any(each.text() == saved for each in footer.findChildren(QLabel)))
    shown = [cap.accessibleName() for cap in footer.findChildren(KeyCap) if cap.isVisible()]
    assert shown
    assert shown[-1] == "F"
    assert len(shown) < 6


def test_markup_in_a_name_is_shown_as_typed(qtbot: QtBot, themes: ThemeSwitch) -> None:
    assert themes.theme is LIGHT
    shown = label("<b>O'Neil</b>", ink=Ink.SECOND)
    qtbot.addWidget(shown)
    assert shown.textFormat() is Qt.TextFormat.PlainText


def test_every_focusable_widget_has_a_name(qtbot: QtBot, themes: ThemeSwitch) -> None:
    page = one_of_each(themes)
    qtbot.addWidget(page)
    focusable = [w for w in page.findChildren(QWidget) if w.focusPolicy() != Qt.FocusPolicy.NoFocus]
    assert len(focusable) == 4
    assert [w for w in focusable if not w.accessibleName()] == []


@pytest.mark.parametrize("theme", [DARK, DIM], ids=lambda t: t.name.value)
def test_a_live_switch_leaves_nothing_in_the_old_theme(
    qtbot: QtBot, themes: ThemeSwitch, theme: Theme
) -> None:
    page = one_of_each(themes)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    assert LIGHT.panel.lower() in colours(page)
    themes.switch_to(theme)
    left = colours(page)
    assert theme.background.lower() in left
    old = {
        LIGHT.panel,
        LIGHT.grid,
        LIGHT.edge,
        LIGHT.flags[Level.ACT_NOW].fill,
        LIGHT.flags[Level.NOTIFY].edge,
    }
    assert left.isdisjoint({colour.lower() for colour in old})


def test_layout_holds_with_a_face_fifteen_percent_wider(qtbot: QtBot, themes: ThemeSwitch) -> None:
    assert themes.theme is LIGHT
    header = Header(themes)
    qtbot.addWidget(header)
    header.show_page("Chair 1", "Session")
    header.show_operator("M. Duarte RN")
    header.show_clock("10:27:10")
    for text in header.findChildren(type(label())):
        wide = font(Size(text.font().pixelSize()))
        wide.setStretch(115)
        text.setFont(wide)
    header.resize(1440, 48)
    header.show()
    for text in header.findChildren(type(label())):
        assert text.width() >= text.sizeHint().width(), text.text()


@pytest.mark.parametrize("size", [TextSize.NORMAL, TextSize.LARGE, TextSize.LARGEST])
@pytest.mark.parametrize("width_px", [1024, 1152, 1280, 1440])
def test_no_word_of_the_header_is_cut(
    themes: ThemeSwitch, qtbot: QtBot, size: TextSize, width_px: int
) -> None:
    themes.resize_to(size)
    room = QWidget()
    qtbot.addWidget(room)
    room.resize(width_px, 200)
    header = Header(themes)
    header.setParent(room)
    demo = Pill(themes, "DEMONSTRATION, nobody real", is_strong=True, short="DEMO")
    header.add_pill(demo)
    header.add_pill(Pill(themes, "Tones off", shape=Shape.CROSSED_BELL))
    header.add_button(KeyButton(themes, key="Ctrl O", text="Change"))
    header.show_page("Seat a patient", "Chair 3, 18-Nov-2025, begun at 10:22")
    header.show_operator("M. Duarte RN")
    header.show_clock("10:27:10")
    header.resize(width_px, header.sizeHint().height())
    room.show()
    for _ in range(3):
        QApplication.processEvents()
    seen = [each for each in header.findChildren(QWidget) if each.isVisible()]
    assert [each for each in seen if each.width() < each.sizeHint().width()] == []
    assert max(each.geometry().right() for each in seen) < width_px
    assert "M. Duarte RN" in [each.text() for each in header.findChildren(QLabel) if each.isVisible()]
    row = header.layout()
    assert row is not None
    least_px = row.sizeHint().width()
    names = [each for each in header.findChildren(QLabel) if each.text() == "Seat a patient"]
    assert names[0].isVisible() or least_px + names[0].sizeHint().width() > width_px
    assert demo.shown == ("DEMO" if (size, width_px) in SHORT_DEMO else "DEMONSTRATION, nobody real")


SHORT_DEMO = {
    *((TextSize.LARGE, width_px) for width_px in (1024, 1152)),
    *((TextSize.LARGEST, width_px) for width_px in (1024, 1152, 1280, 1440)),
}


@pytest.mark.parametrize("width", [500, 900, 1440])
def test_a_bar_that_stands_asks_for_no_further_layout(qtbot: QtBot, themes: ThemeSwitch, width: int) -> None:
    header = Header(themes)
    qtbot.addWidget(header)
    header.resize(width, 48)
    header.show()
    header.add_pill(Pill(themes, "3 seated"), may_give_way=True)
    header.show_page("Board", "Chairs 1 to 3, Sunday")
    for _ in range(20):
        QApplication.processEvents()
    asked = LayoutsAsked(header)
    header.installEventFilter(asked)
    for _ in range(50):
        QApplication.processEvents()
    assert asked.count == 0


class LayoutsAsked(QObject):
    """Counts how often a widget is asked to lay itself out."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.count = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - a name of Qt
        self.count += event.type() is QEvent.Type.LayoutRequest
        return False
