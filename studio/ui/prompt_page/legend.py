"""What the marks of a proposed prompt mean: a plus over a line is added, a lock is kept."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from studio.ui.parts import painting
from studio.ui.theme import SEMIBOLD, Look

ADDED, LOCKED = "added", "locked"


class Legend(QWidget):
    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName("A plus over a line is added to the draft. A lock is kept in the next variant.")
        self.setToolTip("Added: not in the draft. Locked: the next variant keeps it.")
        metrics = QFontMetrics(look.font("body"))
        self._added = metrics.horizontalAdvance(f"+ {ADDED}") + 2
        self._locked = metrics.horizontalAdvance(LOCKED) + 18
        self.setFixedSize(QSize(self._added + 16 + self._locked + 2, 24))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room, middle = QRect(0, 2, self._added, 18), Qt.AlignmentFlag.AlignVCenter
        painter.setFont(self._look.font("body", SEMIBOLD))
        painter.setPen(self._look.colour("accent"))
        painter.drawText(room, middle, "+")
        plus = painter.fontMetrics().horizontalAdvance("+ ")
        painter.setFont(self._look.font("body"))
        painter.setPen(self._look.colour("grey-5"))
        painter.drawText(room.adjusted(plus, 0, 0, 0), middle, ADDED)
        painter.fillRect(QRect(0, 20, self._added, 2), self._look.colour("accent"))
        left = self._added + 16
        painting.draw_icon(painter, self._look, "locked", "grey-4", QPointF(left + 6, 11), 12)
        painter.setPen(self._look.colour("grey-4"))
        painter.drawText(QRect(left + 16, 2, self._locked, 18), middle, LOCKED)
