import pytest

from monitor import bodies
from monitor.flags import FlagState
from monitor.policy import Level
from monitor.vitals import Quantity
from ui.text import happened, words


@pytest.mark.parametrize(
    ("level", "marks", "word"),
    [(Level.WATCH, "!", "Watch"), (Level.NOTIFY, "!!", "Notify"), (Level.ACT_NOW, "!!!", "Act now")],
)
def test_a_level_is_said_in_marks_and_in_a_word(level: Level, marks: str, word: str) -> None:
    assert words.level_marks(level) == marks
    assert words.level_word(level) == word
    assert words.level_in_line(level) == word.lower()


def test_every_flag_state_has_its_own_word() -> None:
    assert len({words.flag_state_word(state) for state in FlagState}) == len(FlagState)


def test_a_cancelled_session_says_why() -> None:
    assert happened.event(bodies.Cancelled(reason="patient unwell")) == "Cancelled: patient unwell"


def test_the_footer_says_what_vigil_is_not() -> None:
    assert words.second_check() == "Second check. The bedside monitor is the alarm."


def test_a_continuous_value_that_stood_too_low_is_said_with_how_long_and_from_where() -> None:
    stood = bodies.LiveStood(
        quantity=Quantity.SPO2, value=89, stood_s=15, protocol="nonin", port="COM3", is_simulated=False
    )
    assert happened.event(stood) == "SpO\N{SUBSCRIPT TWO} 89 % for 15 s, from monitor"
