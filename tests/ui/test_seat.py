"""Seating: by keyboard in one go, nothing guessed, nothing lost, and the same person not twice by mistake."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from monitor.errors import UsersError
from monitor.feed import LinkState
from monitor.policy_file import policy_to_payload
from monitor.ports import Draft
from monitor.terms import Arm
from tests.ui.made import POLICY, SEATED_AT, Ward, linked, ward
from tests.ui.shell import infuse, press, seated, type_text, where, window
from ui.main_window import MainWindow
from ui.routes import ToBoard, ToChair, ToDevice, ToSeat
from ui.seat.form import (
    Checks,
    SeatField,
    birth_date,
    draft_text,
    is_none,
    planned_minutes,
    texts_of_draft,
    weight_kg,
)
from ui.seat.page import SeatPage
from ui.text import seat_words
from ui.theme import ThemeSwitch

CTRL = Qt.KeyboardModifier.ControlModifier
TODAY = date(2025, 11, 18)
TYPED = ("HALVORSEN, Ingrid", "3.7.1968", "40562", "Latex (rash)", "64,0", "R", "l", "ketamine 32 mg", "40")


@pytest.fixture
def checks(qapp: QApplication) -> Checks:
    assert qapp is not None
    return Checks(rule=POLICY.entry, today=TODAY, months=seat_words.month_names())


@pytest.fixture
def clinic() -> Ward:
    return ward(seat=(seated(1, "OKAFOR, Ruth"),))


@pytest.fixture
def shown(clinic: Ward, themes: ThemeSwitch, qtbot: QtBot) -> MainWindow:
    made = window(clinic, themes, qtbot)
    made.go(ToSeat(3))
    return made


def page_of(shown: MainWindow) -> SeatPage:
    assert isinstance(shown.page, SeatPage)
    return shown.page


def fill(*typed: str) -> None:
    for text in typed:
        type_text(text)
        press(Qt.Key.Key_Return)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("12-Mar-1979", date(1979, 3, 12)),
        ("12.3.1979", date(1979, 3, 12)),
        ("1979-03-12", date(1979, 3, 12)),
        ("12 march 1979", date(1979, 3, 12)),
        ("03/04/1979", date(1979, 4, 3)),
        ("29.2.1980", date(1980, 2, 29)),
        ("18.11.2025", TODAY),
    ],
)
def test_a_birth_date_is_read_day_first_unless_the_year_is(text: str, read: date, checks: Checks) -> None:
    assert birth_date(text, checks) == read


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "Type day"),
        ("12.3", "Type day"),
        ("twelfth of march", "Type day"),
        ("12.13.1979", "Type day"),
        ("12-Mrz!-1979", "Type day"),
        ("12.3.79", "four digits"),
        ("29.2.1979", "no such day"),
        ("19.11.2025", "still to come"),
        ("\N{ARABIC-INDIC DIGIT ONE}.3.1979", "Type day"),
    ],
)
def test_what_is_no_birth_date_is_refused_with_what_to_do(text: str, fault: str, checks: Checks) -> None:
    with pytest.raises(UsersError, match=fault):
        birth_date(text, checks)


@given(born=st.dates(max_value=TODAY, min_value=date(1900, 1, 1)))
def test_every_date_survives_every_way_of_writing_it(born: date) -> None:
    months = tuple(
        (name,)
        for name in ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    )
    checks = Checks(rule=POLICY.entry, today=TODAY, months=months)
    short = months[born.month - 1][0]
    for text in (born.isoformat(), f"{born.day}.{born.month}.{born.year}", f"{born.day}-{short}-{born.year}"):
        assert birth_date(text, checks) == born


@pytest.mark.parametrize(
    ("text", "weight"), [("64", "64"), ("64.5", "64.5"), ("64,5", "64.5"), (" 7. ", "7")]
)
def test_a_weight_is_kept_as_typed(text: str, weight: str) -> None:
    assert weight_kg(text) == Decimal(weight)


@pytest.mark.parametrize("text", ["", "0", "0.0", "-3", "6e1", "NaN", "Infinity", "sixty", "64 kg"])
def test_what_is_no_weight_is_refused(text: str) -> None:
    with pytest.raises(UsersError):
        weight_kg(text)


def test_a_plan_lies_within_the_policys_range(checks: Checks) -> None:
    lowest, highest = checks.rule.planned_from_minutes, checks.rule.planned_to_minutes
    assert planned_minutes(str(lowest), checks.rule) == lowest
    assert planned_minutes(str(highest), checks.rule) == highest
    with pytest.raises(UsersError, match=f"is under {lowest}"):
        planned_minutes(str(lowest - 1), checks.rule)
    with pytest.raises(UsersError, match=f"is over {highest}"):
        planned_minutes(str(highest + 1), checks.rule)
    with pytest.raises(UsersError, match="no number"):
        planned_minutes("40.5", checks.rule)


def test_none_is_a_word_not_an_empty_field() -> None:
    assert is_none(" None ")
    assert not is_none("")


@given(st.dictionaries(st.sampled_from(SeatField), st.text()))
def test_a_draft_comes_back_exactly(texts: dict[SeatField, str]) -> None:
    kept = texts_of_draft(draft_text(texts))
    assert kept == {field: texts.get(field, "") for field in SeatField}


@pytest.mark.parametrize("damaged", ["{", "[1]", "7", "null"])
def test_a_draft_that_cannot_be_read_is_an_empty_form(damaged: str) -> None:
    assert set(texts_of_draft(damaged).values()) == {""}


def test_a_patient_is_seated_by_keyboard_alone(clinic: Ward, shown: MainWindow) -> None:
    fill(*TYPED)
    press(Qt.Key.Key_Return, CTRL)
    assert where(shown) == ToChair(3)
    session = clinic.controller.session(3)
    assert session is not None
    body = session.view.seated
    assert (body.patient.name, body.patient.birth_date) == ("HALVORSEN, Ingrid", "1968-07-03")
    assert (body.patient.clinic_number, body.patient.allergies) == ("40562", "Latex (rash)")
    assert (body.weight_kg, body.cuff_arm, body.iv_arm) == (Decimal("64.0"), Arm.RIGHT, Arm.LEFT)
    assert (body.dose_text, body.planned_minutes) == ("ketamine 32 mg", 40)
    assert body.policy == policy_to_payload(POLICY)
    draft = clinic.controller.draft(3, "seat")
    assert draft is not None
    assert draft.text == ""


def test_no_clinic_number_is_none_in_the_record(clinic: Ward, shown: MainWindow) -> None:
    fill(*("none" if text == "40562" else text for text in TYPED))
    page_of(shown).seat()
    session = clinic.controller.session(3)
    assert session is not None
    assert session.view.patient.clinic_number is None


def test_what_is_still_open_is_listed_as_it_changes(shown: MainWindow) -> None:
    page = page_of(shown)
    assert page.open_line.text() == (
        "Still open: name, birth date, clinic number, allergies, weight, cuff arm, IV arm, dose, "
        "planned minutes"
    )
    fill(*TYPED[:-1])
    type_text("4")
    assert page.open_line.text() == "Still open: planned minutes, 4 is under 10"
    type_text("0")
    assert page.open_line.text() == "Nothing is open. Ctrl+Enter seats."


def test_seating_early_leads_to_what_is_open_and_seats_nobody(clinic: Ward, shown: MainWindow) -> None:
    fill(*TYPED[:3])
    press(Qt.Key.Key_Return, CTRL)
    assert where(shown) == ToSeat(3)
    assert clinic.controller.session(3) is None
    assert QApplication.focusWidget() is page_of(shown).form.lines[SeatField.ALLERGIES].edit


def test_a_date_is_shown_back_with_the_age(shown: MainWindow) -> None:
    fill("OKAFOR, Rita", "03/04/1979")
    field = page_of(shown).form.lines[SeatField.BIRTH_DATE]
    assert field.hint_label.text() == "Read as 03-Apr-1979"
    assert field._unit.text() == "46 y"
    assert field.text == "03/04/1979"


def test_the_board_name_is_shown_while_typing_and_tells_apart(shown: MainWindow) -> None:
    type_text("OSTROW, Rita")
    assert page_of(shown).form.lines[SeatField.NAME].hint_label.text() == "On the board: R.Os."


def test_one_arm_for_cuff_and_line_is_advised_against_but_allowed(clinic: Ward, shown: MainWindow) -> None:
    fill(*("R" if text == "l" else text for text in TYPED))
    page = page_of(shown)
    assert page.form.arms[SeatField.IV_ARM].hint == "Same arm as the cuff: the cuff stops the flow"
    page.seat()
    assert clinic.controller.session(3) is not None


def test_the_same_person_is_seated_twice_only_on_a_second_ctrl_enter(clinic: Ward, shown: MainWindow) -> None:
    fill("Okafor,  ruth", "12.3.1979", *TYPED[2:])
    page = page_of(shown)
    assert page.form.lines[SeatField.NAME].hint_label.text() == "Chair 1 has this name and birth date"
    press(Qt.Key.Key_Return, CTRL)
    assert clinic.controller.session(3) is None
    assert "Ctrl+Enter again" in page.open_line.text()
    press(Qt.Key.Key_Return, CTRL)
    assert clinic.controller.session(3) is not None


def test_a_change_after_the_question_asks_again(clinic: Ward, shown: MainWindow) -> None:
    fill("OKAFOR, Ruth", "12.3.1979", *TYPED[2:])
    page = page_of(shown)
    page.seat()
    page.form.focus_on(SeatField.DOSE)
    type_text("x")
    page.seat()
    assert clinic.controller.session(3) is None


def test_esc_keeps_the_draft_and_it_comes_back(clinic: Ward, shown: MainWindow) -> None:
    fill(*TYPED[:6])
    press(Qt.Key.Key_Escape)
    assert where(shown) == ToBoard()
    kept = clinic.recorder.drafts[-1]
    assert (kept.chair, kept.place) == (3, "seat")
    type_text("3")
    page = page_of(shown)
    texts = page.form.texts()
    assert [texts[field] for field in SeatField][:6] == [*TYPED[:5], "right"]
    assert QApplication.focusWidget() is page.form.arms[SeatField.IV_ARM].choice


def test_a_draft_survives_a_restart(themes: ThemeSwitch, qtbot: QtBot) -> None:
    text = draft_text({SeatField.NAME: "HALVORSEN, Ingrid", SeatField.CUFF_ARM: "left"})
    draft = Draft(chair=3, place="seat", session="", text=text, typed_at_ms=SEATED_AT.utc_ms)
    shown = window(ward(drafts=(draft,), seat=()), themes, qtbot)
    shown.go(ToSeat(3))
    form = page_of(shown).form
    assert form.lines[SeatField.NAME].text == "HALVORSEN, Ingrid"
    assert form.arms[SeatField.CUFF_ARM].choice.choice is Arm.LEFT


def test_nobody_is_seated_without_a_named_operator(clinic: Ward, shown: MainWindow) -> None:
    clinic.controller.choose_operator("")
    fill(*TYPED)
    assert "who charts (Ctrl+O)" in page_of(shown).open_line.text()
    press(Qt.Key.Key_Return, CTRL)
    assert clinic.controller.session(3) is None
    type_text("1")
    assert clinic.controller.operator
    press(Qt.Key.Key_Return, CTRL)
    assert clinic.controller.session(3) is not None


def test_the_monitor_and_what_it_showed_before_are_said(clinic: Ward, shown: MainWindow) -> None:
    clinic.clinic.feed(3, linked(clinic.clock.at, state=LinkState.SILENT, reason="No answer for 10 s."))
    clinic.pass_s(60)
    assert page_of(shown).form.monitor.text == "Monitor silent 1 min. No answer for 10 s."


def test_a_lost_monitor_and_a_reading_elsewhere_are_said_at_once(clinic: Ward, shown: MainWindow) -> None:
    infuse(clinic, 1)
    clinic.capture(204, 118)
    assert "204/118" in page_of(shown).others.cards[1].text
    clinic.clinic.feed(3, linked(clinic.clock.at, state=LinkState.LOST, reason="The port is gone."))
    clinic.controller.chair_changed.emit(3)
    assert page_of(shown).form.monitor.text.endswith("The port is gone.")


def test_the_monitor_can_be_looked_after_before_anybody_is_seated(shown: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(shown.page.asked) as asked:
        press(Qt.Key.Key_M, Qt.KeyboardModifier.AltModifier)
    assert asked.args == [ToDevice(3)]


def test_the_other_chairs_stay_in_sight(clinic: Ward, shown: MainWindow) -> None:
    infuse(clinic, 1)
    clinic.chart(204, 118, 96, 97)
    clinic.pass_s(65)
    page = page_of(shown)
    type_text("HALVORSEN, Ingrid")
    cards = page.others.cards
    assert list(cards) == [1, 2, 3, 4, 5, 6]
    assert cards[1].text == "R.O. Infusing +1 of 40 min 204/118 1 min ago Not answered"
    assert cards[1].edge_width_px == 10
    assert cards[2].text == "empty"
    assert cards[3].text == "I.H. being seated here"
