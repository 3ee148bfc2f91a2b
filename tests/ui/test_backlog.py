"""Readings that wait: seen before they are accepted, flagged ones each for itself."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from monitor import bodies
from monitor.terms import RejectReason
from tests.ui.at_chair import AtChair, at_chair
from tests.ui.made import ward
from ui.session.question import Choice
from ui.theme import ThemeSwitch
from ui.widgets.shapes import Shape


@pytest.fixture
def chair(qtbot: QtBot, themes: ThemeSwitch) -> AtChair:
    """Three readings wait since 09:58, a minute apart; the last offer has lapsed."""
    made = ward()
    made.infusing()
    made.pass_s(60)
    made.capture(134, 84)
    made.pass_s(60)
    made.capture(186, 108)
    made.pass_s(60)
    made.capture(138, 84)
    made.pass_s(301)
    return at_chair(qtbot, themes, made=made)


def offered(chair: AtChair) -> dict[str, str]:
    step = chair.page.strip.step
    assert isinstance(step, Choice)
    return {option.key: option.text for option in step.options}


def look(chair: AtChair) -> None:
    chair.type("b")
    chair.ward.pass_s(1)


def test_each_reading_has_its_values_its_time_and_its_mark(chair: AtChair) -> None:
    assert chair.keys["B"] == "3 wait"
    chair.type("b")
    assert chair.page.strip.title == "Readings that wait: 3"
    texts = offered(chair)
    assert texts["1"].startswith("134/84")
    assert texts["1"].endswith("at 09:58")
    assert texts["2"].startswith("!! 186/108")


def test_all_at_once_says_how_many_of_which_times_and_leaves_what_is_flagged(chair: AtChair) -> None:
    look(chair)
    assert offered(chair)["0"] == "Accept 2: 09:58, 10:00"
    chair.type("0")
    assert [values[0] for values in chair.charted()[-2:]] == [134, 138]
    assert [each.vitals.systolic_mmhg for each in chair.view.waiting] == [186]
    assert chair.page.strip.detail.startswith("Accepted 2: 09:58, 10:00.")
    assert "0" not in offered(chair)


def test_a_flagged_reading_is_accepted_by_its_own_digit_which_it_keeps(chair: AtChair) -> None:
    look(chair)
    chair.type("1")
    chair.ward.pass_s(1)
    chair.type("12")
    assert [each.vitals.systolic_mmhg for each in chair.view.charted[-2:]] == [134, 186]


def test_one_that_is_only_unlikely_needs_a_look_too(chair: AtChair) -> None:
    chair.ward.capture(110, 93)
    look(chair)
    assert offered(chair)["4"].startswith("unlikely? 110/93")
    chair.type("0")
    assert 110 not in [values[0] for values in chair.charted()]


def test_nothing_is_accepted_before_it_was_in_sight_for_a_second(chair: AtChair) -> None:
    chair.type("b0")
    assert len(chair.view.waiting) == 3
    assert chair.page.strip.detail.startswith("Just shown: read them first.")
    chair.ward.pass_s(1)
    chair.type("0")
    assert len(chair.view.waiting) == 1


def test_undo_takes_back_all_that_were_accepted_together(chair: AtChair) -> None:
    look(chair)
    chair.type("0")
    assert chair.title.endswith("2 readings accepted, 09:58 to 10:00")
    chair.press(Qt.Key.Key_Escape)
    chair.undo()
    assert len(chair.view.waiting) == 3


def test_a_reading_of_the_list_is_rejected_for_a_reason(chair: AtChair) -> None:
    look(chair)
    chair.press(Qt.Key.Key_Delete)
    chair.type("24")
    assert chair.view.readings[-2].reject_reason is RejectReason.OTHER
    assert set(offered(chair)) == {"1", "3", "0", "Del"}


def test_del_after_the_offer_lapsed_asks_which_reading(chair: AtChair) -> None:
    chair.press(Qt.Key.Key_Delete)
    assert chair.page.strip.title == "Which is not this patient's pressure?"
    chair.type("31")
    assert chair.recorded(bodies.Rejected) == [
        bodies.Rejected(captured=chair.view.readings[-1].sequence, reason=RejectReason.MOVED)
    ]


@pytest.mark.parametrize(
    ("key", "says"),
    [(Qt.Key.Key_Delete, "No monitor reading is offered."), (Qt.Key.Key_B, "No readings wait.")],
)
def test_without_readings_the_keys_say_so_with_a_cross(
    qtbot: QtBot, themes: ThemeSwitch, key: Qt.Key, says: str
) -> None:
    made = at_chair(qtbot, themes)
    made.press(key)
    assert (made.title, made.page.bar.content.shape) == (says, Shape.CROSS)
