"""What a banner row says to do, and beneath it, in smaller type, the time, the age and further flags.

The next step is never cut: where there is no room it takes both lines, and what stands beneath gives way.
"""

from math import ceil

from PySide6.QtCore import QSize
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from ui.elided import ElidedLabel
from ui.fonts import Size, Weight, font
from ui.widgets.labels import label


class NextStep(QWidget):
    """Two lines, as wide as the row leaves room for; `enough_px` says what that should be at least."""

    def __init__(self) -> None:
        super().__init__()
        self._step = label(weight=Weight.BOLD)
        self._step.setWordWrap(True)
        self._step.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._detail = ElidedLabel(size=Size.NOTE)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(self._step)
        column.addWidget(self._detail)
        column.addStretch(1)

    @property
    def step(self) -> QLabel:
        """What to do, or what was done."""
        return self._step

    @property
    def detail(self) -> QLabel:
        """When, how old, and what else."""
        return self._detail

    def show_text(self, step: str, detail: str) -> None:
        """Say something else."""
        self._step.setText(step)
        self._detail.show_text(detail)
        self._share()

    def enough_px(self) -> int:
        """Return the width at which the step takes one line and leaves the other for the rest."""
        return ceil(QFontMetricsF(font(Size.BODY, Weight.BOLD)).horizontalAdvance(self._step.text()))

    def minimumSizeHint(self) -> QSize:
        """Return no width: the row makes room by leaving out what matters less."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the lines anew."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        self._detail.setVisible(self.enough_px() <= self.width())
