"""What stands now: the worst first, its answer until a reminder, and the wait for a repeat."""

from monitor import bodies
from monitor.flags import FlagState
from monitor.policy import Level
from monitor.standing import StandingFlag, standing_flags
from monitor.terms import FlagAction, Symptom
from tests.made_session import MadeSession, baseline, instant


def infusing() -> MadeSession:
    made = baseline()
    made.start()
    return made


def standing(made: MadeSession, minute: float) -> tuple[StandingFlag, ...]:
    return standing_flags(made.view, made.view.clock_ms(instant(minute)))


def test_nothing_stands_without_a_flag() -> None:
    assert standing(infusing(), 1) == ()


def test_an_unconfirmed_flag_counts_down_to_the_end_of_its_wait() -> None:
    made = infusing()
    made.set(20, 184, 96)
    flag = standing(made, 21)[0]
    assert (flag.level, flag.state, flag.is_loud) == (Level.NOTIFY, FlagState.UNCONFIRMED, True)
    assert flag.repeat_left_ms == 60_000
    assert standing(made, 22)[0].repeat_left_ms == 0
    assert standing(made, 25)[0].repeat_left_ms == 0


def test_a_watch_is_not_loud() -> None:
    made = infusing()
    made.set(20, 162, 78)
    flags = standing(made, 20)
    assert [flag.level for flag in flags] == [Level.WATCH] * len(flags)
    assert flags
    assert not any(flag.is_loud or flag.repeat_left_ms is not None for flag in flags)


def test_the_answer_stands_until_a_reminder() -> None:
    made = infusing()
    made.set(20, 204, 78)
    assert standing(made, 20)[0].answer is None
    made.do(21, bodies.FlagAnswered(action=FlagAction.CLINICIAN_TOLD))
    answer = standing(made, 22)[0].answer
    assert answer is not None
    assert (answer.action, answer.at_ms) == (FlagAction.CLINICIAN_TOLD, instant(21).utc_ms)
    made.wait(31.5)
    reminded = standing(made, 32)[0]
    assert (reminded.answer, reminded.state) == (None, FlagState.RAISED)
    made.do(33, bodies.FlagAnswered(action=FlagAction.PAUSED))
    again = standing(made, 33)[0].answer
    assert again is not None
    assert again.action is FlagAction.PAUSED


def test_an_answer_to_a_lower_level_does_not_answer_the_higher_one() -> None:
    made = infusing()
    made.set(20, 184, 78)
    made.do(20.5, bodies.FlagAnswered(action=FlagAction.RECHECKING))
    made.set(21, 204, 78)
    assert (standing(made, 21)[0].level, standing(made, 21)[0].answer) == (Level.ACT_NOW, None)


def test_the_higher_level_comes_first_then_what_nobody_answered_then_the_older() -> None:
    made = infusing()
    made.set(19.5, 136, 80, spo2=91)
    made.set(20, 184, 78, spo2=91)
    made.do(20.2, bodies.FlagAnswered(action=FlagAction.RECHECKING))
    made.set(20.4, 184, 78, rate=125, spo2=91)
    made.do(21, bodies.SymptomReported(symptom=Symptom.CHEST_PAIN, is_present=True))
    loud = [flag for flag in standing(made, 21) if flag.is_loud]
    assert [(flag.flagged.change.condition.value, flag.answer is None) for flag in loud] == [
        ("symptom", True),
        ("heart_rate_high", True),
        ("spo2_low", False),
        ("pressure_high", False),
    ]


def test_a_closed_flag_stands_no_more() -> None:
    made = infusing()
    made.set(20, 184, 78)
    made.set(21.5, 130, 78)
    assert [flag.level for flag in standing(made, 22) if flag.is_loud] == []
