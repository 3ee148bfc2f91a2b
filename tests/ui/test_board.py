"""The board: fixed places, the last set large with its age, and what each chair asks for."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from pytestqt.qtbot import QtBot

from monitor import bodies
from monitor.clock import Instant
from monitor.feed import LinkState
from monitor.policy import Level
from monitor.settings import Chair
from monitor.terms import FlagAction
from monitor.vitals import Quantity
from monitor.wire import Wire
from tests.ui.made import MONITOR, Ward, linked, live, started, ward
from tests.ui.shell import infuse, press, seated, type_text, where, window
from ui.board.card_model import LineLook
from ui.board.link_pill import show_link
from ui.board.page import BoardPage
from ui.board.rail import Turn
from ui.main_window import MainWindow
from ui.routes import ToBoard, ToChair, ToSeat
from ui.theme import ThemeSwitch
from ui.widgets.badges import Pill
from ui.widgets.key_button import KeyCap


def board_of(shown: MainWindow) -> BoardPage:
    assert isinstance(shown.page, BoardPage)
    return shown.page


@pytest.fixture
def clinic() -> Ward:
    return ward(seat=())


@pytest.fixture
def board(clinic: Ward, themes: ThemeSwitch, qtbot: QtBot) -> BoardPage:
    return board_of(window(clinic, themes, qtbot))


def test_six_empty_chairs_each_say_how_to_seat_a_patient(board: BoardPage) -> None:
    assert list(board.cards) == [1, 2, 3, 4, 5, 6]
    assert all(card.model is None for card in board.cards.values())
    assert board.cards[3].pill.accessibleName() == "No monitor"
    assert board.rail.accessibleName() == (
        "Next: No sessions running. Press a chair's number to seat a patient."
    )


def test_a_card_shows_the_last_set_its_age_and_the_change_from_baseline(
    clinic: Ward, board: BoardPage
) -> None:
    clinic.controller.seat(seated(2, "KOWALSKI, Maria"))
    infuse(clinic, 2)
    clinic.pass_s(300)
    clinic.chart(142, 90, 80, 96, chair=2)
    clinic.pass_s(60)
    model = board.cards[2].model
    assert model is not None
    assert (model.name, model.pressure, model.rate, model.spo2) == ("M.K.", "142/90", "80", "96")
    assert (model.change.text, model.change.remark, model.change.is_rise) == ("18/12", "from 124/78", True)
    assert model.age == "1 min ago"
    assert model.phase == "Infusing +6 of 40 min"
    assert board.cards[2].figures.pressure.text() == "142/90"
    assert board.cards[2].figures.pressure.font().pixelSize() == 58


def test_a_change_in_two_directions_keeps_its_signs(clinic: Ward, board: BoardPage) -> None:
    clinic.controller.seat(seated(1, "OKAFOR, Ruth"))
    infuse(clinic, 1)
    clinic.chart(130, 74, 80, 96)
    model = board.cards[1].model
    assert model is not None
    assert (model.change.text, model.change.is_rise) == ("+6/\N{MINUS SIGN}4", None)


def test_what_was_not_measured_is_a_dash_and_never_the_value_before(clinic: Ward, board: BoardPage) -> None:
    clinic.controller.seat(seated(1, "OKAFOR, Ruth"))
    clinic.chart(124, 78, 70, 98)
    clinic.pass_s(90)
    clinic.chart(126, 80)
    model = board.cards[1].model
    assert model is not None
    assert (model.pressure, model.rate, model.spo2) == ("126/80", "\N{EN DASH}", "\N{EN DASH}")


def test_a_baseline_says_how_far_it_has_come(clinic: Ward, board: BoardPage) -> None:
    clinic.controller.seat(seated(4, "ABARA, Tunde"))
    assert board.cards[4].line.line.lead == "First baseline set"
    clinic.chart(132, 84, 78, 97, chair=4)
    model = board.cards[4].model
    assert model is not None
    assert (model.change.text, model.change.remark) == ("Set 1 of 2", "no baseline yet")
    assert board.cards[4].line.line.lead == "Another baseline set"


@pytest.mark.parametrize(
    ("pressure", "said", "next_up"),
    [
        ((124, 78), "Baseline done, infusion can start", "can start"),
        ((144, 78), "Tell a clinician before the start: systolic 144", "tell a clinician"),
        ((164, 78), "Start held by systolic 164", "start held"),
        ((130, 102), "Start held by diastolic 102", "start held"),
    ],
)
def test_the_start_is_offered_only_when_nothing_holds_it(
    clinic: Ward, board: BoardPage, pressure: tuple[int, int], said: str, next_up: str
) -> None:
    clinic.controller.seat(seated(1, "OKAFOR, Ruth"))
    for _ in range(2):
        clinic.chart(*pressure, 78, 97)
        clinic.pass_s(90)
    assert board.cards[1].line.text == said
    assert [item.text for item in board.rail.items] == [next_up]


def test_a_reading_that_waits_is_asked_about_before_the_start(clinic: Ward, board: BoardPage) -> None:
    clinic.controller.seat(seated(1, "OKAFOR, Ruth"))
    for _ in range(2):
        clinic.chart(124, 78, 78, 97)
        clinic.pass_s(90)
    clinic.capture(164, 90)
    assert board.cards[1].line.line.lead.startswith("Accept ")


@pytest.mark.parametrize(
    ("late_s", "look", "lead", "is_old"),
    [
        (-1, LineLook.PLAIN, "Due 10:02", False),
        (119, LineLook.PLAIN, "Due 10:02", False),
        (120, LineLook.OVERDUE, "Overdue 2 min", True),
        (299, LineLook.OVERDUE, "Overdue 4 min", True),
        (300, LineLook.OVERDUE_LARGE, "Overdue 5 min", True),
    ],
)
def test_a_late_set_turns_violet_and_its_values_old(  # noqa: PLR0913 - a table
    clinic: Ward, board: BoardPage, late_s: int, look: LineLook, lead: str, *, is_old: bool
) -> None:
    clinic.controller.seat(seated(1, "OKAFOR, Ruth"))
    infuse(clinic, 1)
    clinic.pass_s(300 + late_s)
    card = board.cards[1]
    assert card.model is not None
    assert (card.line.line.look, card.line.line.lead, card.model.is_old) == (look, lead, is_old)
    assert card.level is None
    assert card.model.is_overdue is is_old


def test_an_unconfirmed_flag_counts_down_on_the_card(clinic: Ward, board: BoardPage) -> None:
    clinic.controller.seat(seated(2, "KOWALSKI, Maria"))
    infuse(clinic, 2)
    clinic.chart(182, 106, 88, 96, chair=2)
    clinic.pass_s(40)
    line = board.cards[2].line.line
    assert (line.look, line.level, line.lead, line.count) == (
        LineLook.FLAG,
        Level.NOTIFY,
        "Unconfirmed",
        "1:20",
    )
    assert board.cards[2].edge_width_px == 6


def test_an_act_now_is_filled_until_it_is_answered(clinic: Ward, board: BoardPage) -> None:
    clinic.controller.seat(seated(5, "BAKER, Jo"))
    infuse(clinic, 5)
    clinic.chart(204, 118, 96, 97, chair=5)
    card = board.cards[5]
    assert card.line.text == "!!! Act now Not answered since 09:57"
    assert card.edge_width_px == 10
    clinic.act(bodies.FlagAnswered(action=FlagAction.CLINICIAN_TOLD), chair=5)
    assert card.line.line.look is LineLook.ANSWERED
    assert card.line.line.text == "Answered: clinician told"
    assert card.edge_width_px == 10


def test_a_captured_reading_waits_to_be_accepted_and_is_not_shown_as_charted(
    clinic: Ward, board: BoardPage
) -> None:
    clinic.controller.seat(seated(1, "OKAFOR, Ruth"))
    infuse(clinic, 1)
    clinic.pass_s(300)
    clinic.capture(130, 80)
    card = board.cards[1]
    assert card.model is not None
    assert card.model.pressure == "124/78"
    assert (card.line.line.lead, card.line.line.right) == (
        "Accept 10:02",
        "130/80, not charted",
    )


def test_a_captured_act_now_says_its_value_on_the_card(clinic: Ward, board: BoardPage) -> None:
    clinic.controller.seat(seated(1, "OKAFOR, Ruth"))
    infuse(clinic, 1)
    clinic.pass_s(300)
    clinic.capture(206, 118)
    assert board.cards[1].line.line.text == "206/118, not answered"


def test_a_captured_value_stands_on_the_card_while_it_waits_for_a_repeat_and_when_answered(
    clinic: Ward, board: BoardPage
) -> None:
    clinic.controller.seat(seated(1, "OKAFOR, Ruth"))
    infuse(clinic, 1)
    clinic.pass_s(300)
    clinic.chart(132, 80)
    clinic.pass_s(60)
    clinic.capture(184, 108)
    assert board.cards[1].line.line.text == "184/108, repeat to confirm"
    clinic.act(bodies.FlagAnswered(action=FlagAction.RECHECKING))
    assert board.cards[1].line.line.text == "184/108, answered: rechecking"


def test_a_flag_is_marked_beside_the_number_that_it_is_about(clinic: Ward, board: BoardPage) -> None:
    clinic.controller.seat(seated(1, "OKAFOR, Ruth"))
    infuse(clinic, 1)
    figures = board.cards[1].figures
    marks = (figures.pressure_mark, figures.rate_mark, figures.spo2_mark)
    assert [mark.level for mark in marks] == [None, None, None]
    assert not any(mark.isVisible() for mark in marks)
    clinic.chart(162, 84, 112, 98, chair=1)
    assert [mark.level for mark in marks] == [Level.WATCH, Level.WATCH, None]
    assert [mark.isVisible() for mark in marks] == [True, True, False]
    assert marks[0].accessibleName() == "Watch"
    assert "162/84, Watch" in board.cards[1].accessibleName()
    clinic.chart(204, 118, 80, 91, chair=1)
    assert [mark.level for mark in marks] == [Level.ACT_NOW, Level.WATCH, Level.NOTIFY]


def test_what_a_captured_reading_raised_is_marked_beside_its_value_not_beside_the_charted_one(
    clinic: Ward, board: BoardPage
) -> None:
    clinic.controller.seat(seated(1, "OKAFOR, Ruth"))
    infuse(clinic, 1)
    clinic.chart(152, 84, 80, 98, chair=1)
    clinic.pass_s(120)
    clinic.capture(183, 100)
    card = board.cards[1]
    marks = (card.figures.pressure_mark, card.figures.other_mark)
    assert card.figures.pressure.text() == "152/84"
    assert [mark.level for mark in marks] == [None, Level.NOTIFY]
    assert card.figures.other.whole == "183/100, not charted"
    assert "183/100, not charted, Notify" in card.accessibleName()
    assert "152/84, Notify" not in card.accessibleName()
    session = clinic.clinic.session(1)
    assert session is not None
    (waiting,) = session.view.waiting
    clinic.act(bodies.Accepted(captured=waiting.entry.sequence))
    assert card.figures.pressure.text() == "183/100"
    assert [mark.level for mark in marks] == [Level.NOTIFY, None]
    assert not card.figures.other.isVisible()


def test_the_charted_value_that_raised_a_flag_keeps_its_mark_while_a_lower_reading_waits(
    clinic: Ward, board: BoardPage
) -> None:
    clinic.controller.seat(seated(1, "OKAFOR, Ruth"))
    infuse(clinic, 1)
    clinic.chart(204, 118, 80, 98, chair=1)
    clinic.pass_s(120)
    clinic.capture(186, 110)
    figures = board.cards[1].figures
    assert figures.pressure_mark.level is Level.ACT_NOW
    assert figures.other_mark.level is None


def test_a_set_that_is_due_says_so_and_that_an_older_captured_reading_waits(
    clinic: Ward, board: BoardPage
) -> None:
    clinic.controller.seat(seated(1, "OKAFOR, Ruth"))
    infuse(clinic, 1)
    clinic.pass_s(240)
    clinic.capture(130, 82)
    clinic.pass_s(60)
    clinic.chart(128, 80, chair=1)
    clinic.pass_s(600)
    line = board.cards[1].line.line
    assert (line.lead, line.text, line.right) == ("Due 10:12", "now", "10:01 waits")
    clinic.pass_s(130)
    assert (line := board.cards[1].line.line).lead == "Overdue 2 min"
    assert (line.text, line.right) == ("10:01 waits", "was due 10:12")


def test_a_doubtful_reading_is_named_while_another_is_to_be_taken(clinic: Ward, board: BoardPage) -> None:
    clinic.controller.seat(seated(1, "OKAFOR, Ruth"))
    infuse(clinic, 1)
    clinic.pass_s(300)
    clinic.capture(312, 130)
    assert board.cards[1].line.line.right == "10:02 questionable"
    clinic.pass_s(10)
    clinic.chart(128, 80, chair=1)
    assert board.cards[1].line.line.right == ""


def test_an_answered_flag_asks_for_the_captured_reading_not_for_a_set(clinic: Ward, board: BoardPage) -> None:
    clinic.controller.seat(seated(1, "OKAFOR, Ruth"))
    infuse(clinic, 1)
    clinic.chart(204, 118, chair=1)
    clinic.act(bodies.FlagAnswered(action=FlagAction.PAUSED))
    clinic.pass_s(290)
    assert board.cards[1].line.line.right == "Due 10:02"
    clinic.capture(190, 110)
    clinic.pass_s(20)
    assert board.cards[1].line.line.right == "Accept 10:01"


def test_two_patients_with_the_same_initials_stay_distinguishable(clinic: Ward, board: BoardPage) -> None:
    clinic.controller.seat(seated(1, "OKAFOR, Ruth"))
    clinic.controller.seat(seated(2, "OSTROW, Rita"))
    clinic.pass_s(1)
    models = [board.cards[chair].model for chair in (1, 2)]
    assert [model.name for model in models if model is not None] == ["R.Ok.", "R.Os."]


def test_a_simulated_session_is_striped_and_a_real_one_is_not(clinic: Ward, board: BoardPage) -> None:
    clinic.controller.seat(seated(1, "OKAFOR, Ruth", is_simulated=True))
    clinic.controller.seat(seated(2, "BAKER, Jo"))
    stripes = {chair: board.cards[chair]._stripe.isVisible() for chair in (1, 2, 3)}
    assert stripes == {1: True, 2: False, 3: False}


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (LinkState.CONNECTING, "Monitor connecting"),
        (LinkState.SILENT, "Monitor silent 4 min"),
        (LinkState.LOST, "Monitor lost 4 min"),
        (LinkState.CONNECTED, "Monitor linked"),
    ],
)
def test_the_link_is_said_in_words(clinic: Ward, board: BoardPage, state: LinkState, words: str) -> None:
    clinic.controller.seat(seated(6, "WONG, Li"))
    clinic.clinic.feed(6, linked(clinic.clock.at, state=state))
    clinic.pass_s(240)
    assert board.cards[6].pill.accessibleName() == words


def test_a_talking_monitor_shows_the_age_of_its_last_value(clinic: Ward, board: BoardPage) -> None:
    clinic.controller.seat(seated(6, "WONG, Li"))
    clinic.clinic.feed(6, linked(clinic.clock.at))
    clinic.clinic.feed(6, live(Quantity.SPO2, 97, at=clinic.clock.at))
    clinic.pass_s(3)
    assert board.cards[6].pill.accessibleName() == "Monitor 3 s"


def test_the_rail_says_who_needs_somebody_next(clinic: Ward, board: BoardPage) -> None:
    for chair, name in ((1, "OKAFOR, Ruth"), (2, "KOWALSKI, Maria"), (4, "ABARA, Tunde"), (5, "BAKER, Jo")):
        clinic.controller.seat(seated(chair, name))
    clinic.controller.seat(seated(6, "WONG, Li"))
    for chair in (1, 2, 5, 6):
        clinic.chart(124, 78, 70, 98, chair=chair)
    clinic.pass_s(90)
    for chair in (1, 2, 5, 6):
        clinic.chart(124, 78, 70, 98, chair=chair)
    clinic.pass_s(5)
    for chair in (1, 2, 5, 6):
        clinic.act(started(), chair=chair)
    clinic.pass_s(480)
    clinic.chart(124, 78, 70, 98, chair=6)
    clinic.chart(184, 106, 70, 98, chair=2)
    clinic.pass_s(1)
    clinic.chart(204, 118, 70, 98, chair=5)
    clinic.pass_s(10)
    turns = [(item.chair, item.turn) for item in board.rail.items]
    assert turns == [
        (5, Turn.ACT_NOW),
        (2, Turn.UNCONFIRMED),
        (1, Turn.OVERDUE),
        (4, Turn.ASKED),
        (6, Turn.DUE),
    ]
    assert list(board.cards) == [1, 2, 3, 4, 5, 6]


def test_the_rail_follows_an_act_at_once(clinic: Ward, board: BoardPage) -> None:
    clinic.controller.seat(seated(1, "OKAFOR, Ruth"))
    infuse(clinic, 1)
    clinic.pass_s(600)
    assert [item.turn for item in board.rail.items] == [Turn.OVERDUE]
    clinic.chart(124, 78, 70, 98)
    assert [item.turn for item in board.rail.items] == [Turn.DUE]


def test_the_rail_stands_in_its_order_whoever_comes_first(clinic: Ward, board: BoardPage) -> None:
    for chair, name in ((1, "OKAFOR, Ruth"), (2, "KOWALSKI, Maria"), (3, "BAKER, Jo")):
        clinic.controller.seat(seated(chair, name))
        infuse(clinic, chair)
    for chair in (1, 2, 3, 1):
        clinic.pass_s(60)
        clinic.chart(124, 78, 70, 98, chair=chair)
        QCoreApplication.processEvents()
        caps = [cap for cap in board.rail.findChildren(KeyCap) if cap.isVisible()]
        across = sorted(caps, key=lambda cap: cap.mapTo(board.rail, QPoint()).x())
        assert [cap.accessibleName() for cap in across] == [str(item.chair) for item in board.rail.items]


def test_digits_open_a_session_or_seat_a_patient(clinic: Ward, themes: ThemeSwitch, qtbot: QtBot) -> None:
    clinic.controller.seat(seated(1, "OKAFOR, Ruth"))
    shown = window(clinic, themes, qtbot)
    type_text("1")
    assert where(shown) == ToChair(1)
    press(Qt.Key.Key_Escape)
    assert where(shown) == ToBoard()
    type_text("3")
    assert where(shown) == ToSeat(3)


def test_arrows_and_enter_open_a_card(clinic: Ward, themes: ThemeSwitch, qtbot: QtBot) -> None:
    shown = window(clinic, themes, qtbot)
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert where(shown) == ToSeat(5)


def test_more_than_six_chairs_stand_on_further_pages(clinic: Ward, themes: ThemeSwitch, qtbot: QtBot) -> None:
    chairs = tuple(Chair(number=number) for number in range(1, 9))
    clinic.controller.change_settings(replace(clinic.controller.settings, chairs=chairs))
    board = board_of(window(clinic, themes, qtbot))
    press(Qt.Key.Key_PageDown)
    assert list(board.cards) == [7, 8]
    press(Qt.Key.Key_PageUp)
    assert list(board.cards) == [1, 2, 3, 4, 5, 6]


def test_somebody_in_a_chair_that_was_taken_out_of_the_settings_stays_in_sight(
    clinic: Ward, board: BoardPage
) -> None:
    clinic.controller.seat(seated(6, "WONG, Li"))
    chairs = (Chair(number=1), Chair(number=2))
    clinic.controller.change_settings(replace(clinic.controller.settings, chairs=chairs))
    assert list(board.cards) == [1, 2, 6]
    assert board.cards[6].model is not None


def test_a_kept_draft_is_said_on_the_empty_card(clinic: Ward, board: BoardPage) -> None:
    clinic.controller.keep_draft(3, "seat", '{"name": "HALVORSEN, Ingrid"}')
    clinic.pass_s(1)
    assert board.cards[3]._empty._remark.text() == "Seating begun, draft kept"


def test_of_two_monitors_the_one_that_needs_a_look_is_named(themes: ThemeSwitch) -> None:
    at = Instant(utc_ms=1_763_424_000_000, offset_minutes=0)
    oximeter = replace(MONITOR, protocol="nonin", port="COM9")
    linked_only = Wire(links=(linked(at),))
    both = Wire(links=(linked(at), replace(linked(at), source=oximeter, state=LinkState.SILENT)))
    pill = Pill(themes, "")
    for wire, said in ((linked_only, "Monitor linked"), (both, "NONIN silent 2 min")):
        show_link(pill, wire, at.plus_s(120), has_monitor=True, is_empty=False)
        assert pill.accessibleName() == said
    waiting = Wire(links=(*both.links[:1], replace(both.links[1], state=LinkState.NEGOTIATING)))
    show_link(pill, waiting, at.plus_s(120), has_monitor=True, is_empty=False)
    assert pill.accessibleName() == "NONIN waiting"
