"""The ranges fit what they are of."""

from dataclasses import fields
from typing import get_type_hints

import pytest

from devices.simulator import ranges
from devices.simulator.figures import Figures, Spread, load_figures
from monitor.policy_file import default_policy


@pytest.mark.parametrize(("table", "kind"), get_type_hints(Figures).items())
def test_each_figure_has_a_range_and_the_shipped_one_is_in_it(table: str, kind: type) -> None:
    shipped = getattr(load_figures({}), table)
    assert [each.name for each in fields(kind)] == list(ranges.FIGURES[table])
    for key, wanted in ranges.FIGURES[table].items():
        value = getattr(shipped, key)
        written = [value.mean, value.deviation] if isinstance(value, Spread) else value
        assert wanted.take(written) is not None, key


def test_no_other_figure_has_a_range() -> None:
    assert list(ranges.FIGURES) == [each.name for each in fields(Figures)]


def test_a_plan_that_a_scenario_may_have_is_one_that_a_nurse_may_make() -> None:
    entry = default_policy().entry
    assert entry.planned_from_minutes <= ranges.INFUSION_MINUTES.lowest
    assert ranges.INFUSION_MINUTES.highest <= entry.planned_to_minutes
