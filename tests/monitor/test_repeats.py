"""What confirms or ends a flag in a running session, at any minute of it."""

from monitor import bodies
from monitor.flags import FlagState
from monitor.policy import Condition
from monitor.standing import standing_flags
from monitor.terms import Symptom
from tests.made_session import MadeSession, baseline, instant


def standing(made: MadeSession, minute: float) -> list[tuple[Condition, FlagState]]:
    flags = standing_flags(made.view, made.view.clock_ms(instant(minute)))
    return [(each.flagged.change.condition, each.state) for each in flags if each.is_loud]


def test_a_set_half_a_minute_on_is_no_repeat() -> None:
    made = baseline()
    made.start()
    made.set(20, 184, 80)
    made.set(20.5, 185, 80)
    assert standing(made, 20.5) == [(Condition.PRESSURE_HIGH, FlagState.UNCONFIRMED)]
    made.set(21, 185, 80)
    assert standing(made, 21) == [(Condition.PRESSURE_HIGH, FlagState.CONFIRMED)]


def test_the_symptom_flag_stands_until_the_last_of_two_symptoms_is_gone() -> None:
    made = baseline()
    made.start()
    for symptom in (Symptom.CHEST_PAIN, Symptom.BREATHLESSNESS):
        made.do(6, bodies.SymptomReported(symptom=symptom, is_present=True))
    made.do(7, bodies.SymptomReported(symptom=Symptom.BREATHLESSNESS, is_present=False))
    assert standing(made, 7) == [(Condition.SYMPTOM, FlagState.RAISED)]
    made.do(8, bodies.SymptomReported(symptom=Symptom.CHEST_PAIN, is_present=False))
    assert standing(made, 8) == []
