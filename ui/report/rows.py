"""A row of the report: so high, drawn so."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QPainter


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A stretch of the sheet that stays whole; `draw` gets its upper left corner.

    `keeps_with_next` moves a heading to the next page together with its first line.
    """

    height: float
    draw: Callable[[QPainter, float, float], None]
    keeps_with_next: bool = False
