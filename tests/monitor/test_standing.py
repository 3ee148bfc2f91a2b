"""What stands now: the worst first, its answer until a reminder, and the wait for a repeat."""

from __future__ import annotations

from monitor import bodies
from monitor.command import Advance
from monitor.flags import FlagState
from monitor.policy import Level
from monitor.standing import StandingFlag, standing_flags
from monitor.terms import FlagAction, Symptom
from tests.ui.made import SEATED_AT, Told, started


def infusing() -> Told:
    told = Told()
    told.chart(2, 124, 78, 70, 98)
    told.chart(5, 124, 78, 70, 98)
    told.at(10, started())
    return told


def standing(told: Told, minute: float) -> tuple[StandingFlag, ...]:
    view = told.session.view
    return standing_flags(view, view.clock_ms(SEATED_AT.plus_s(minute * 60)))


def test_nothing_stands_without_a_flag() -> None:
    assert standing(infusing(), 11) == ()


def test_an_unconfirmed_flag_counts_down_to_the_end_of_its_wait() -> None:
    told = infusing()
    told.chart(20, 184, 104, 80, 98)
    flag = standing(told, 21)[0]
    assert (flag.level, flag.state, flag.is_loud) == (Level.NOTIFY, FlagState.UNCONFIRMED, True)
    assert flag.repeat_left_ms == 60_000
    assert standing(told, 25)[0].repeat_left_ms == 0


def test_a_watch_is_not_loud() -> None:
    told = infusing()
    told.chart(20, 162, 84, 80, 98)
    flags = standing(told, 20)
    assert flags
    assert not any(flag.is_loud or flag.repeat_left_ms is not None for flag in flags)


def test_the_answer_stands_until_a_reminder() -> None:
    told = infusing()
    told.chart(20, 204, 118, 80, 98)
    assert standing(told, 20)[0].answer is None
    told.at(21, bodies.FlagAnswered(action=FlagAction.CLINICIAN_TOLD))
    answer = standing(told, 22)[0].answer
    assert answer is not None
    assert answer.action is FlagAction.CLINICIAN_TOLD
    told.session.handle(Advance(at=SEATED_AT.plus_s(31.5 * 60)))
    assert standing(told, 32)[0].answer is None
    told.at(33, bodies.FlagAnswered(action=FlagAction.PAUSED))
    again = standing(told, 33)[0].answer
    assert again is not None
    assert again.action is FlagAction.PAUSED


def test_the_higher_level_comes_first_then_what_nobody_answered() -> None:
    told = infusing()
    told.chart(20, 184, 104, 80, 98)
    told.at(20.5, bodies.FlagAnswered(action=FlagAction.RECHECKING))
    told.at(21, bodies.SymptomReported(symptom=Symptom.CHEST_PAIN, is_present=True))
    flags = standing(told, 21)
    assert [flag.level for flag in flags if flag.is_loud] == [Level.ACT_NOW, Level.NOTIFY]
    assert [flag.answer is None for flag in flags if flag.is_loud] == [True, False]
