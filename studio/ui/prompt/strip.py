"""The pictures that go along with a shot, in the order they are sent; dropped ones stay in the row, dashed."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent

from studio.ui.parts import painting
from studio.ui.parts.pictures import PictureStore
from studio.ui.sent_hands import SentHands
from studio.ui.sent_pictures import DROPPED, SENT, Tile
from studio.ui.theme import MEDIUM, Look

TILE = QSize(46, 38)
GAP = 8
WORD = 16
ROWS = 2
"""More pictures are counted on the last tile; the page shows them all."""


class SentStrip(SentHands):
    page_requested = Signal()

    def __init__(self, look: Look, pictures: PictureStore) -> None:
        super().__init__(look, pictures)
        self._fit()

    # --- geometry ---

    def columns(self) -> int:
        return max(1, (self.width() + GAP) // (TILE.width() + GAP))

    def tile_rect(self, place: int) -> QRect:
        """Of the picture alone, without the word under it."""
        row, column = divmod(place, self.columns())
        left = column * (TILE.width() + GAP)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            left = self.width() - left - TILE.width()
        return QRect(QPoint(left, row * self._step() + 2), TILE)

    def _step(self) -> int:
        return TILE.height() + WORD + 4

    def _shown(self) -> int:
        """How many tiles there is room for, the empty one at the end included."""
        return min(len(self._tiles) + 1, ROWS * self.columns())

    def _place_at(self, point: QPoint) -> int | None:
        return next((place for place in range(self._shown())
                     if self.tile_rect(place).adjusted(-4, -2, 4, WORD).contains(point)), None)  # fmt: skip

    def _fit(self) -> None:
        rows = -(-self._shown() // self.columns())
        if self.height() != rows * self._step():
            self.setFixedHeight(rows * self._step())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()

    def _open(self, place: int) -> None:
        if self._counts(place):
            self.page_requested.emit()
        else:
            super()._open(place)

    def _sentence(self, place: int) -> str:
        return "The page of the prompt shows all of them." if self._counts(place) else super()._sentence(place)

    # --- painting ---

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(1.0 if self.isEnabled() else 0.45)
        for place in range(self._shown()):
            if self._counts(place):
                self._paint_count(painter, place)
            elif place < len(self._tiles):
                self._paint_tile(painter, place, self._tiles[place])
            else:
                self._paint_empty(painter, place)
        self._paint_ring(painter)
        if self._dragged:
            self._paint_dragged(painter)

    def _counts(self, place: int) -> bool:
        """Whether the tile at the last place stands for all that have no room."""
        return place == self._shown() - 1 and len(self._tiles) >= ROWS * self.columns()

    def _paint_tile(self, painter: QPainter, place: int, tile: Tile) -> None:
        rect, dropped = self.tile_rect(place), tile.state == DROPPED
        painter.save()
        painter.setOpacity(painter.opacity() * (0.36 if dropped else 1.0))
        self._paint_picture(painter, rect, tile.picture)
        painter.restore()
        if dropped:
            token = "grey-4" if tile.left_out else "warn"
            painting.outline(painter, rect, self._look.radius("badge"), self._look.colour(token), 1, dashed=True)
            painting.draw_icon(painter, self._look, "omitted", token, QPointF(rect.center()) + QPointF(0.5, 0.5))
        elif tile.state == SENT:
            self._paint_number(painter, rect, tile.number)
        word = "left out" if tile.left_out else tile.word
        self._paint_word(painter, rect, word, "warn" if dropped and not tile.left_out else "grey-4")

    def _paint_number(self, painter: QPainter, rect: QRect, number: int) -> None:
        plate = QRect(rect.left(), rect.top(), 16 if number < 10 else 20, 16)
        painter.save()
        painter.setClipPath(painting.rounded(rect, self._look.radius("badge")))
        painter.fillRect(plate, self._look.colour("grey-0"))
        painter.restore()
        painter.setFont(self._look.font("micro", MEDIUM))
        painter.setPen(self._look.colour("grey-5"))
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, str(number))

    def _paint_word(self, painter: QPainter, rect: QRect, word: str, token: str) -> None:
        painter.setFont(self._look.font("micro"))
        painter.setPen(self._look.colour(token))
        room = QRect(rect.left(), rect.bottom() + 2, rect.width() + GAP - 2, WORD)
        cut = painter.fontMetrics().elidedText(word, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, cut)

    def _paint_empty(self, painter: QPainter, place: int) -> None:
        rect = self.tile_rect(place)
        line = "accent" if self._held else "grey-3"
        painting.outline(painter, rect, self._look.radius("badge"), self._look.colour(line), 1, dashed=True)
        painting.draw_icon(painter, self._look, "plus", "grey-4", QPointF(rect.center()) + QPointF(0.5, 0.5))
        self._paint_word(painter, rect, "give", "grey-4")

    def _paint_count(self, painter: QPainter, place: int) -> None:
        rect = self.tile_rect(place)
        painting.fill_rounded(painter, rect, self._look.radius("badge"), self._look.colour("grey-2"))
        painter.setFont(self._look.font("body", MEDIUM))
        painter.setPen(self._look.colour("grey-5"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, f"+{len(self._tiles) - place}")
        self._paint_word(painter, rect, "show all", "grey-4")

    def _paint_dragged(self, painter: QPainter) -> None:
        """The picture at the pointer, and a line where it would go."""
        tile = self.current()
        place = self._place_at(self._pointer)
        if tile is None or self._pressed is None:
            return
        if place is not None and place != self._current:
            there = self.tile_rect(place)
            x = there.left() - GAP // 2 if place < self._current else there.right() + GAP // 2
            painter.fillRect(QRect(x - 1, there.top(), 2, there.height()), self._look.colour("accent"))
        painter.setOpacity(0.8)
        moved = self.tile_rect(self._current).translated(self._pointer - self._pressed)
        self._paint_picture(painter, moved, tile.picture)
