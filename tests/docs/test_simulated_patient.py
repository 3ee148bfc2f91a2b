"""The pages on scenarios and the simulated patient name what there is, and their picture is of it."""

import re
from pathlib import Path

import pytest

from devices.simulator.happenings import EventKind
from devices.simulator.scenario import FaultKind, parse_scenario
from docs.draw_simulated_patient import PICTURE, picture
from monitor.pump_act import PumpMove

TECHNICIANS = (Path(__file__).parents[2] / "docs" / "technicians.md").read_text("utf-8")
SECTION = TECHNICIANS.split("\n## Writing a scenario\n")[1].split("\n## ", maxsplit=1)[0]


def test_the_example_of_a_scenario_can_be_played() -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", SECTION, re.DOTALL)
    scenario = parse_scenario("example", example)
    assert [event.kind for event in scenario.events] == [EventKind.COUGH]
    assert [act.move for act in scenario.pump] == [PumpMove.RATE]


@pytest.mark.parametrize("word", [*EventKind, *PumpMove, *FaultKind])
def test_each_word_of_a_scenario_is_explained(word: EventKind | PumpMove | FaultKind) -> None:
    assert f"`{word.value}`" in SECTION


def test_the_picture_is_as_it_is_drawn_now() -> None:
    assert PICTURE.read_text("utf-8") == picture()
