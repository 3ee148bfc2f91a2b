"""An act at the pump says all that the nurse needs to do it."""

import pytest

from monitor.pump_act import PumpAct, PumpMove


def test_an_act_that_says_enough_can_be_made() -> None:
    assert PumpAct(move=PumpMove.PAUSE, minute=5, lasts_minutes=1).lasts_minutes == 1
    assert PumpAct(move=PumpMove.RATE, minute=5, percent=1).percent == 1
    assert PumpAct(move=PumpMove.STOP, minute=5).minute == 5


def test_a_pause_without_an_end_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^a pause lasts a minute or more$"):
        PumpAct(move=PumpMove.PAUSE, minute=5)


def test_a_rate_of_nothing_is_refused_with_what_to_write_instead() -> None:
    with pytest.raises(ValueError, match=r"^a rate is 1 percent or more; to stand still is a pause$"):
        PumpAct(move=PumpMove.RATE, minute=5)
