"""The pictures of a shot one under the other: number, picture, whose and what for, the size the engine reads."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent

from studio.ui.parts import painting
from studio.ui.parts.pictures import PictureStore
from studio.ui.sent_hands import SentHands
from studio.ui.sent_pictures import DROPPED, SENT, WAITING, Tile
from studio.ui.theme import SEMIBOLD, Look

ROW = 60
HEADING = 28
PICTURE = QSize(74, 48)
EMPTY = 36


class SentRows(SentHands):
    def __init__(self, look: Look, pictures: PictureStore) -> None:
        super().__init__(look, pictures)
        self._fit()

    # --- geometry ---

    def tile_rect(self, place: int) -> QRect:
        if place >= len(self._tiles):
            return QRect(2, self._top(place) + 2, self.width() - 4, EMPTY - 4)
        return QRect(2, self._top(place) + 2, self.width() - 4, ROW - 4)

    def _top(self, place: int) -> int:
        headings = sum(at <= place for at in self._headings())
        return headings * HEADING + place * ROW

    def _headings(self) -> dict[int, str]:
        """What stands above the row of each place."""
        found: dict[int, str] = {}
        words = {SENT: "Sent, in this order", DROPPED: "Dropped", WAITING: "Sent or not: known once the engine runs"}
        for place, tile in enumerate(self._tiles):
            word = words.get(tile.state, "Given beside them")
            if word not in found.values():
                found[place] = word
        return found

    def _fit(self) -> None:
        height = self._top(len(self._tiles)) + EMPTY
        if self.height() != height:
            self.setFixedHeight(height)

    # --- painting ---

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, word in self._headings().items():
            room = QRect(0, self._top(place) - HEADING, self.width(), HEADING)
            self._write(painter, room, word, "grey-4")
        for place, tile in enumerate(self._tiles):
            self._paint_row(painter, self.tile_rect(place), tile)
        self._paint_empty(painter, self.tile_rect(len(self._tiles)))
        self._paint_ring(painter)
        if self._dragged:
            self._paint_dragged(painter)

    def _paint_row(self, painter: QPainter, rect: QRect, tile: Tile) -> None:
        dropped = tile.state == DROPPED
        if tile.number and not tile.left_out:
            self._write(painter, QRect(2, rect.top(), 16, rect.height()), str(tile.number),
                        "grey-4" if dropped else "grey-5", SEMIBOLD)  # fmt: skip
        box = QRect(26, rect.center().y() - PICTURE.height() // 2 + 1, PICTURE.width(), PICTURE.height())
        painter.save()
        painter.setOpacity(0.4 if dropped else 1.0)
        self._paint_picture(painter, box, tile.picture)
        painter.restore()
        self._paint_words(painter, rect.adjusted(box.right() + 8, 0, -24, 0), tile)
        icon = "omitted" if dropped else "grip"
        token = "warn" if dropped and not tile.left_out else "grey-4"
        if dropped or (tile.state == SENT and not tile.own):
            painting.draw_icon(painter, self._look, icon, token, QPointF(rect.right() - 10, rect.center().y() + 0.5))

    def _paint_words(self, painter: QPainter, room: QRect, tile: Tile) -> None:
        lines = 2
        if tile.state == DROPPED:
            lines += len(painting.lines_of(tile.reason, self._look.font("body"), room.width(), 2)) - 1
        first = QRect(room.left(), room.center().y() - lines * 17 // 2, room.width(), 17)
        name, _space, view = tile.title.partition(" ") if not tile.own else (tile.title, "", "")
        self._write(painter, first, name, "grey-5", SEMIBOLD)
        left = painter.fontMetrics().horizontalAdvance(name) + 8
        self._write(painter, first.adjusted(left, 0, 0, 0), view, "grey-4")
        if tile.state == DROPPED:
            self._paint_reason(painter, first.translated(0, 18), tile)
        else:
            strength = f"{tile.strength} %" if tile.own else ""
            words = ", ".join(filter(None, ("" if tile.own else tile.purpose, strength, tile.size)))
            self._write(painter, first.translated(0, 18), words, "grey-4")

    def _paint_reason(self, painter: QPainter, room: QRect, tile: Tile) -> None:
        font = self._look.font("body")
        lines = painting.lines_of(tile.reason, font, room.width(), 2)
        token = "grey-4" if tile.left_out else "warn"
        painting.draw_lines(painter, room, lines, font, self._look.colour(token), 16)

    def _paint_empty(self, painter: QPainter, rect: QRect) -> None:
        line = "accent" if self._held else "grey-3"
        painting.outline(painter, rect, self._look.radius("control"), self._look.colour(line), 1, dashed=True)
        painting.draw_icon(painter, self._look, "plus", "grey-4", QPointF(rect.left() + 16, rect.center().y() + 0.5))
        self._write(painter, rect.adjusted(32, 0, -8, 0), "Give the shot a picture: drop, paste or choose", "grey-4")

    def _paint_dragged(self, painter: QPainter) -> None:
        """The row at the pointer, and a line where it would go."""
        tile, place = self.current(), self._place_at(self._pointer)
        if tile is None or self._pressed is None:
            return
        if place is not None and place != self._current and place < len(self._tiles):
            there = self.tile_rect(place)
            line = there.top() - 2 if place < self._current else there.bottom() + 2
            painter.fillRect(QRect(0, line - 1, self.width(), 2), self._look.colour("accent"))
        painter.setOpacity(0.85)
        moved = self.tile_rect(self._current).translated(0, self._pointer.y() - self._pressed.y())
        painting.fill_rounded(painter, moved, self._look.radius("control"), self._look.colour("grey-2"))
        self._paint_row(painter, moved, tile)

    def _write(self, painter: QPainter, room: QRect, words: str, token: str, weight: int = 400) -> None:
        painter.setFont(self._look.font("body", weight))
        painter.setPen(self._look.colour(token))
        cut = painting.cut_at_word(words, painter.fontMetrics(), max(0, room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, cut)
