"""The one field: whose it is, what is typed as boxes, and a caret. Letters are commands, never data.

Text grows and shrinks at its end only, so that what is read is what is shown.
"""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.fonts import Size, Weight, box_px, font, px
from ui.session.chip_drawing import GAP_PX, chips_width_px, draw_chip, fitting
from ui.session.chips import ChipBox
from ui.text import entry_words
from ui.theme import Theme, ThemeSwitch
from ui.widgets.shapes import Shape, draw_shape
from ui.widgets.themed import draw_box, sharp_painter

HEIGHT_PX = 48
WIDTH_PX = 560
NARROW_PX = 440
SIDE_PX = 12
CARET_PX = 12
PULSE_PX = 18

_SEGMENT_ENDS = " /+\t."


class EntryField(QLineEdit):
    """What the nurse types. Letters, `*` and keys that mean nothing here are emitted as commands."""

    entered = Signal()
    escaped = Signal()
    undone = Signal()
    commanded = Signal(str)
    cursor_moved = Signal(int)

    def __init__(self, themes: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themes = themes
        self._boxes: tuple[ChipBox, ...] = ()
        self._initials, self._chair = "", 0
        self._offer: Shape | None = None
        self.setFixedHeight(box_px(HEIGHT_PX))
        self.setFixedWidth(px(NARROW_PX))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setAcceptDrops(False)
        self.cursorPositionChanged.connect(self._stay_at_end)
        self.selectionChanged.connect(self.update)
        themes.changed.connect(self._repaint_in)

    def sizeHint(self) -> QSize:
        """Return the width of the usual line."""
        return QSize(px(WIDTH_PX), box_px(HEIGHT_PX))

    @property
    def boxes(self) -> tuple[ChipBox, ...]:
        """What is drawn in the field."""
        return self._boxes

    def show_owner(self, initials: str, chair: int) -> None:
        """Name whose values go here."""
        self._initials, self._chair = initials, chair
        self.setAccessibleName(entry_words.field_name(initials, chair))
        self.update()

    def show_line(self, text: str, boxes: tuple[ChipBox, ...], *, offer: Shape | None) -> None:
        """Show the line as boxes; an offer's stand in an empty field, behind the shape of its origin."""
        if text != self.text():
            self.blockSignals(True)
            self.setText(text)
            self.blockSignals(False)
        self._boxes, self._offer = boxes, offer
        spoken = ", ".join(f"{box.text} {box.unit}".strip() for box in boxes)
        self.setAccessibleDescription(spoken)
        self.update()

    def event(self, event: QEvent) -> bool:
        """Let Tab end a value while something is typed; empty, it moves on as everywhere."""
        if isinstance(event, QKeyEvent) and _is_tab_press(event) and self.text():
            self.deselect()
            self.insert(" ")
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Sort keys into data, commands and the three with a fixed meaning."""
        key, text = event.key(), event.text()
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undone.emit()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if not event.isAutoRepeat():  # a key held down answers no question
                self.entered.emit()
        elif key == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self.cursor_moved.emit(-1 if key == Qt.Key.Key_Left else 1)
        elif key == Qt.Key.Key_Minus and self.text():
            self._erase_segment()
        elif self._is_command(event):
            self.commanded.emit(_command_of(key, text))
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier and not _is_editing(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw field, owner, boxes and caret."""
        painter = sharp_painter(self)
        theme = self._themes.theme
        box = QRectF(self.rect())
        draw_box(painter, box, fill=theme.background, edge=theme.edge)
        left = self._draw_owner(painter, box, theme)
        if self._offer is not None:
            square = QRectF(left, box.center().y() - px(PULSE_PX) / 2, px(PULSE_PX), px(PULSE_PX))
            draw_shape(painter, self._offer, square, theme.text)
            left = square.right() + GAP_PX
        if not self._boxes:
            painter.setFont(font(Size.BODY))
            painter.setPen(theme.second_text)
            hint = box.adjusted(left + 8, 0, -4, 0)
            painter.drawText(hint, Qt.AlignmentFlag.AlignVCenter, entry_words.placeholder())
        self._draw_boxes(painter, QRectF(left, box.top(), box.right() - left - CARET_PX, box.height()), theme)
        painter.end()

    def _draw_boxes(self, painter: QPainter, room: QRectF, theme: Theme) -> None:
        """Draw boxes and caret; what finds no room is cut at the left, where the oldest stands."""
        boxes = fitting(self._boxes, room.width())
        over = max(0.0, chips_width_px(boxes) - room.width())
        painter.setClipRect(room.adjusted(0, 0, CARET_PX, 0))
        left = room.left() - over
        for chip in boxes:
            left = draw_chip(painter, left, room.center().y(), chip, theme) + GAP_PX
        if self.hasSelectedText():
            line = QRectF(room.left(), room.bottom() - 5, left - room.left() - GAP_PX, 3)
            painter.fillRect(line, QColor(theme.focus))
        elif self.hasFocus() and self._offer is None:
            painter.fillRect(QRectF(left + 2, room.center().y() - 12, 2, 24), QColor(theme.focus))

    def _draw_owner(self, painter: QPainter, box: QRectF, theme: Theme) -> float:
        bold, plain = font(Size.BODY, Weight.BOLD), font(Size.BODY)
        chair = entry_words.chair(self._chair)
        bold_width = QFontMetricsF(bold).horizontalAdvance(self._initials)
        width = SIDE_PX + bold_width + 8 + QFontMetricsF(plain).horizontalAdvance(chair) + SIDE_PX
        plate = QRectF(box.left() + 1, box.top() + 1, width, box.height() - 2)
        draw_box(painter, plate, fill=theme.panel, edge=None, radius_px=5)
        painter.setPen(QPen(QColor(theme.edge), 1))
        painter.drawLine(
            round(plate.right()), round(box.top()) + 1, round(plate.right()), round(box.bottom()) - 1
        )
        painter.setPen(theme.text)
        painter.setFont(bold)
        painter.drawText(plate.adjusted(SIDE_PX, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self._initials)
        painter.setPen(theme.second_text)
        painter.setFont(plain)
        rest = plate.adjusted(SIDE_PX + bold_width + 8, 0, 0, 0)
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, chair)
        return plate.right() + 8

    def _is_command(self, event: QKeyEvent) -> bool:
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            return False
        key, text = event.key(), event.text()
        if key == Qt.Key.Key_Delete:
            return not self.hasSelectedText()
        if key in {Qt.Key.Key_F5, Qt.Key.Key_Up, Qt.Key.Key_Down}:
            return True
        if key == Qt.Key.Key_Backspace:
            return not self.text()
        return bool(text) and (text.isalpha() or text == "*")

    def _erase_segment(self) -> None:
        text = self.text().rstrip(_SEGMENT_ENDS)
        while text and text[-1] not in _SEGMENT_ENDS:
            text = text[:-1]
        self.setText(text)

    def _stay_at_end(self) -> None:
        if self.cursorPosition() != len(self.text()):
            self.setCursorPosition(len(self.text()))
        self.deselect()

    def _repaint_in(self, _theme: Theme) -> None:
        self.update()


def _is_editing(event: QKeyEvent) -> bool:
    return event.matches(QKeySequence.StandardKey.Paste) or event.matches(QKeySequence.StandardKey.SelectAll)


def _is_tab_press(event: QKeyEvent) -> bool:
    return event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Tab


def _command_of(key: int, text: str) -> str:
    named = {
        Qt.Key.Key_Delete: "Del",
        Qt.Key.Key_Backspace: "Backspace",
        Qt.Key.Key_F5: "F5",
        Qt.Key.Key_Up: "Up",
        Qt.Key.Key_Down: "Down",
    }
    return named.get(Qt.Key(key), text.upper())
