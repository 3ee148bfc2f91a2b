"""A line that is wider than its field loses units first, and never a value."""

from __future__ import annotations

import pytest

from ui.session.chip_drawing import chips_width_px, fitting
from ui.session.chips import ChipBox, ChipLook


@pytest.fixture
def line(bundled_fonts: None) -> tuple[ChipBox, ...]:  # noqa: ARG001 - widths are measured in it
    parts = (("128/82", "mmHg"), ("76", "/min"), ("98", "% SpO2"), ("@1015", ""))
    return tuple(ChipBox(text=text, unit=unit, look=ChipLook.DONE) for text, unit in parts)


def test_with_room_nothing_is_dropped(line: tuple[ChipBox, ...]) -> None:
    assert fitting(line, chips_width_px(line)) == line


def test_without_room_the_first_unit_goes_first(line: tuple[ChipBox, ...]) -> None:
    found = fitting(line, chips_width_px(line) - 1)
    assert [chip.unit for chip in found] == ["", "/min", "% SpO2", ""]
    assert chips_width_px(found) < chips_width_px(line)


def test_every_value_stays_however_little_room_there_is(line: tuple[ChipBox, ...]) -> None:
    found = fitting(line, 1)
    assert [chip.text for chip in found] == [chip.text for chip in line]
    assert not any(chip.unit for chip in found)
