"""Draws the boxes of a typed line, and drops their units before it drops a value."""

from dataclasses import replace

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from ui.fonts import Size, Weight, box_px, font
from ui.session.chips import ChipBox, ChipLook
from ui.theme import Theme
from ui.widgets.themed import draw_box

CHIP_PX = 34
SIDE_PX = 9
GAP_PX = 6


def chip_width_px(chip: ChipBox) -> float:
    """Return the width of one box."""
    return 2 * SIDE_PX + _text_width_px(chip) + _unit_width_px(chip)


def chips_width_px(chips: tuple[ChipBox, ...]) -> float:
    """Return the width of boxes side by side."""
    return sum(chip_width_px(chip) for chip in chips) + GAP_PX * max(0, len(chips) - 1)


def fitting(chips: tuple[ChipBox, ...], room_px: float) -> tuple[ChipBox, ...]:
    """Return the boxes with as many of their units as there is room for; the first goes first."""
    found = chips
    for count in range(1, len(chips) + 1):
        if chips_width_px(found) <= room_px:
            break
        found = (*(replace(chip, unit="") for chip in chips[:count]), *chips[count:])
    return found


def draw_chip(painter: QPainter, left: float, middle: float, chip: ChipBox, theme: Theme) -> float:
    """Draw one box and return its right edge."""
    height = box_px(CHIP_PX)
    frame = QRectF(left, middle - height / 2, chip_width_px(chip), height)
    is_wrong = chip.look is ChipLook.WRONG
    is_dashed = chip.look in {ChipLook.TYPING, ChipLook.OFFERED}
    is_plain = chip.look is ChipLook.ASKED or is_dashed
    fill = theme.text if is_wrong else theme.background if is_plain else theme.panel
    edge = theme.text if chip.look in {ChipLook.WRONG, ChipLook.ASKED} else theme.edge
    edge_px = 2.5 if chip.look is ChipLook.ASKED else 1.0
    draw_box(painter, frame, fill=fill, edge=edge, edge_px=edge_px, is_dashed=is_dashed)
    painter.setFont(font(Size.TITLE, Weight.BOLD))
    painter.setPen(theme.background if is_wrong else theme.text)
    painter.drawText(frame.adjusted(SIDE_PX, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, chip.text)
    painter.setFont(font(Size.NOTE))
    painter.setPen(theme.background if is_wrong else theme.second_text)
    unit_box = frame.adjusted(SIDE_PX + _text_width_px(chip) + 6, 2, 0, 0)
    painter.drawText(unit_box, Qt.AlignmentFlag.AlignVCenter, chip.unit)
    return frame.right()


def _text_width_px(chip: ChipBox) -> float:
    return QFontMetricsF(font(Size.TITLE, Weight.BOLD)).horizontalAdvance(chip.text)


def _unit_width_px(chip: ChipBox) -> float:
    return QFontMetricsF(font(Size.NOTE)).horizontalAdvance(chip.unit) + 6 if chip.unit else 0.0
