"""The bar under the picture: where in the sequence we are, where the cuts lie, what a loop plays; drag to move."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QWidget

from studio.ui.theme import Look

SIDE = 16
CUTS_FROM = 3.0
"""Pixels a shot must have for its cut to be marked: closer ones would be a solid bar."""


class ScrubBar(QWidget):
    scrubbed = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._frame, self._frames, self._cuts = 0, 0, tuple[int, ...]()
        self._first: int | None = None
        self._last: int | None = None
        self._markers: tuple[int, ...] = ()
        self.setFixedHeight(look.size("scrub"))
        self.setAccessibleName("Place in the sequence")

    def show_sequence(self, frames: int, cuts: Sequence[int]) -> None:
        self._frames, self._cuts = frames, tuple(cuts)
        self.update()

    def show_frame(self, frame: int) -> None:
        self._frame = frame
        self.setAccessibleDescription(f"frame {frame + 1} of {self._frames}")
        self.update()

    def show_marks(self, first: int | None, last: int | None) -> None:
        """The first and the last frame of the part that a loop plays."""
        self._first, self._last = first, last
        self.update()

    def show_markers(self, frames: Sequence[int]) -> None:
        self._markers = tuple(frames)
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
        painter.setPen(Qt.PenStyle.NoPen)
        self._paint_track(painter, SIDE, self.width() - SIDE, "grey-3")
        if not self._frames:
            return
        first, last = self._part()
        if (self._first, self._last) != (None, None):
            self._paint_track(painter, first, last, "grey-4")
        here = self.x_of(self._frame)
        self._paint_track(painter, min(first, here), min(here, last) if here > first else here, "accent")
        self._paint_cuts(painter)
        self._paint_markers(painter)
        self._paint_marks(painter)
        painter.setBrush(self._look.colour("grey-5"))
        painter.drawEllipse(QPointF(here, self.height() / 2), 6, 6)

    def _part(self) -> tuple[float, float]:
        first = self.x_of(self._first or 0)
        return first, self.x_of(self._frames - 1 if self._last is None else self._last)

    def _paint_track(self, painter: QPainter, left: float, right: float, token: str) -> None:
        painter.setBrush(self._look.colour(token))
        painter.drawRoundedRect(QRectF(left, self.height() / 2 - 2, max(0.0, right - left), 4), 2, 2)

    def _paint_cuts(self, painter: QPainter) -> None:
        middle, before = self.height() / 2, float(SIDE)
        for cut in self._cuts[1:]:
            x = self.x_of(cut)
            if x - before >= CUTS_FROM:
                painter.fillRect(QRectF(x - 0.75, middle - 6, 1.5, 12), self._look.colour("grey-4"))
                before = x

    def _paint_markers(self, painter: QPainter) -> None:
        painter.setBrush(self._look.colour("grey-4"))
        for marker in self._markers:
            x = self.x_of(marker)
            painter.drawPolygon(QPolygonF([QPointF(x - 4, 0), QPointF(x + 4, 0), QPointF(x, 6)]))

    def _paint_marks(self, painter: QPainter) -> None:
        """Upright lines as in the look: white at in and at out."""
        middle = self.height() / 2
        for mark in (self._first, self._last):
            if mark is not None:
                painter.fillRect(QRectF(self.x_of(mark) - 1, middle - 7, 2, 14), self._look.colour("grey-5"))
