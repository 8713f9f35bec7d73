"""The handle by which a waiting job is dragged to another place in the queue."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from studio.ui.parts import painting
from studio.ui.theme import Look


class Grip(QWidget):
    dragged = Signal(float)
    """how far down the screen the pointer is now"""
    dropped = Signal(float)
    """where it was let go"""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look, self._dragging = look, False
        self.setFixedSize(QSize(16, 32))
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setAccessibleName(name)
        self.setToolTip("Drag to another place, or Alt Up and Alt Down")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._dragging = event.button() == Qt.MouseButton.LeftButton
        self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragging:
            self.dragged.emit(event.globalPosition().y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._dragging:
            self._dragging = False
            self.dropped.emit(event.globalPosition().y())
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def paintEvent(self, event: QPaintEvent) -> None:
        token = "grey-5" if self.underMouse() or self._dragging else "grey-4"
        painting.draw_icon(QPainter(self), self._look, "grip", token, QPointF(self.rect().center()))
