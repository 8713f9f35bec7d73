"""The bar under the picture: where in the sequence we are, where the cuts lie; drag to move."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from studio.ui.theme import Look

SIDE = 16


class ScrubBar(QWidget):
    scrubbed = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._frame, self._frames, self._cuts = 0, 0, tuple[int, ...]()
        self.setFixedHeight(look.size("scrub"))
        self.setAccessibleName("Place in the sequence")

    def show_sequence(self, frames: int, cuts: Sequence[int]) -> None:
        self._frames, self._cuts = frames, tuple(cuts)
        self.update()

    def show_frame(self, frame: int) -> None:
        self._frame = frame
        self.setAccessibleDescription(f"frame {frame + 1} of {self._frames}")
        self.update()

    def x_of(self, frame: int) -> float:
        """The centre of a frame on the bar; the last frame stands at its right end."""
        return SIDE + (self.width() - 2 * SIDE) * frame / max(1, self._frames - 1)

    def frame_at(self, x: float) -> int:
        place = (x - SIDE) / max(1, self.width() - 2 * SIDE) * (self._frames - 1)
        return max(0, min(self._frames - 1, round(place)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.mouseMoveEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton and self._frames:
            self.scrubbed.emit(self.frame_at(event.position().x()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.height() / 2
        track = QRectF(SIDE, middle - 2, self.width() - 2 * SIDE, 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.colour("grey-3"))
        painter.drawRoundedRect(track, 2, 2)
        if not self._frames:
            return
        painter.setBrush(self._look.colour("accent"))
        painter.drawRoundedRect(QRectF(SIDE, middle - 2, self.x_of(self._frame) - SIDE, 4), 2, 2)
        for cut in self._cuts[1:]:
            painter.fillRect(QRectF(self.x_of(cut) - 0.75, middle - 6, 1.5, 12), self._look.colour("grey-4"))
        painter.setBrush(self._look.colour("grey-5"))
        painter.drawEllipse(QPointF(self.x_of(self._frame), middle), 6, 6)
