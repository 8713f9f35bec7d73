"""The pictures that go along with a shot, in the order they are sent; dropped ones stay in the row, dashed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QGuiApplication,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from studio.ui.parts import painting
from studio.ui.parts.pictures import PictureStore
from studio.ui.parts.tips import plain_tip
from studio.ui.sent_pictures import DROPPED, SENT, Tile, place_of
from studio.ui.theme import MEDIUM, Look

TILE = QSize(48, 40)
GAP = 8
WORD = 16
ROWS = 2
"""More pictures are counted on the last tile; the page shows them all."""
DRAG_FROM = 6
"""Pixels the pointer moves before a picture is taken along."""
MOVES = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class SentStrip(QWidget):
    """Arrows choose, Alt and arrows reorder, Del leaves out, Enter brings back; Ctrl V and drops give a picture."""

    moved = Signal(str, int)
    """view id, its new place from 0"""
    left_out = Signal(str, bool)
    """view id; whether it is left out, or brought back"""
    taken_away = Signal(str)
    """id of what the shot was given"""
    menu_requested = Signal(object, QPoint)
    """Tile or None for the empty one at the end; where, on the screen"""
    files_dropped = Signal(tuple, QPoint)
    picture_pasted = Signal(QImage, QPoint)
    page_requested = Signal()

    def __init__(self, look: Look, pictures: PictureStore) -> None:
        super().__init__()
        self._look, self._pictures = look, pictures
        self._tiles: tuple[Tile, ...] = ()
        self._current = 0
        self._pressed: QPoint | None = None
        self._dragged = self._held = False
        self._pointer = QPoint()
        self.editable = True
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("References sent")
        pictures.arrived.connect(self._picture_arrived)
        self._fit()

    def show_tiles(self, tiles: Sequence[Tile]) -> None:
        if tuple(tiles) != self._tiles:
            held = self.current()
            self._tiles = tuple(tiles)
            ids = [one.id for one in self._tiles]
            self._choose(ids.index(held.id) if held is not None and held.id in ids else self._current)
            self._fit()
        self.update()

    def tiles(self) -> tuple[Tile, ...]:
        return self._tiles

    def current(self) -> Tile | None:
        """The one the keyboard is on; None on the empty one at the end."""
        return self._tiles[self._current] if self._current < len(self._tiles) else None

    def choose(self, tile: str) -> None:
        self._choose([one.id for one in self._tiles].index(tile))

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

    # --- hands ---

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._knows(event):
            event.accept()
            return True
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._tell(event)
            return True
        return super().event(event)

    def _knows(self, event: QKeyEvent) -> bool:
        """Keys that belong to the pictures while the strip has the keyboard, and not to the window."""
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.matches(QKeySequence.StandardKey.Paste):
            return True
        if event.key() in MOVES:
            return modifiers in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier)
        keys = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        return event.key() in keys and modifiers == Qt.KeyboardModifier.NoModifier

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._knows(event):
            super().keyPressEvent(event)
        elif event.matches(QKeySequence.StandardKey.Paste):
            self._paste()
        elif event.key() in MOVES and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._move_by(MOVES[Qt.Key(event.key())])
        elif event.key() in MOVES:
            self._choose(self._current + MOVES[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._leave_out()
        else:
            self._enter()

    def _move_by(self, step: int) -> None:
        tile = self.current()
        if tile is not None and self.editable and (place := place_of(self._tiles, tile.id)) >= 0:
            self.moved.emit(tile.id, place + step)

    def _leave_out(self) -> None:
        tile = self.current()
        if tile is None or not self.editable:
            return
        if tile.own:
            self.taken_away.emit(tile.id)
        elif not tile.left_out:
            self.left_out.emit(tile.id, True)

    def _enter(self) -> None:
        tile = self.current()
        if tile is not None and tile.left_out and self.editable:
            self.left_out.emit(tile.id, False)
        else:
            self._ask_menu(self._current)

    def _ask_menu(self, place: int) -> None:
        if self._counts(place):
            self.page_requested.emit()
        else:
            point = self.mapToGlobal(self.tile_rect(place).bottomLeft())
            self.menu_requested.emit(self._tiles[place] if place < len(self._tiles) else None, point)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._place_at(event.position().toPoint())
        if place is None:
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._choose(place)
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._pointer = event.position().toPoint(), event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pointer = event.position().toPoint()
        if self._pressed is None:
            return
        tile = self.current()
        far = (self._pointer - self._pressed).manhattanLength() >= DRAG_FROM
        movable = tile is not None and self.editable and place_of(self._tiles, tile.id) >= 0
        self._dragged = self._dragged or (far and movable)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        tile, dragged, self._dragged = self.current(), self._dragged, False
        pressed, self._pressed = self._pressed, None
        self.update()
        if pressed is None:
            return
        if dragged and tile is not None:
            self.moved.emit(tile.id, self._target())
        elif tile is None or self._counts(self._current):
            self._ask_menu(self._current)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        place = self._place_at(event.pos())
        if place is not None:
            self._choose(place)
            self._ask_menu(place)

    def _target(self) -> int:
        """The place among the ordered views that the pointer is over."""
        place = self._place_at(self._pointer)
        if place is None:
            place = 0 if self._pointer.x() < 0 else len(self._tiles) - 1
        return sum(1 for one in self._tiles[:place] if place_of(self._tiles, one.id) >= 0)

    def _choose(self, place: int) -> None:
        self._current = max(0, min(self._shown() - 1, place))
        tile = self.current()
        words = "Give the shot a picture" if tile is None else self._sentence(self._current)
        self.setAccessibleDescription(words)
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._choose(self._current)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()

    # --- files ---

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._consider(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._consider(event)

    def _consider(self, event: QDragEnterEvent | QDragMoveEvent) -> None:
        self._held = self.editable and bool(_files(event.mimeData().urls()))
        event.setAccepted(self._held)
        self.update()

    def dragLeaveEvent(self, event: QEvent) -> None:
        self._held = False
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        self._held = False
        self.update()
        event.acceptProposedAction()
        point = self.mapToGlobal(event.position().toPoint())
        self.files_dropped.emit(_files(event.mimeData().urls()), point)

    def _paste(self) -> None:
        clipboard = QGuiApplication.clipboard()
        point = self.mapToGlobal(self.tile_rect(self._current).bottomLeft())
        if files := _files(clipboard.mimeData().urls()):
            self.files_dropped.emit(files, point)
        else:
            self.picture_pasted.emit(clipboard.image(), point)

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
        if self.hasFocus():
            ring = self.tile_rect(self._current).adjusted(-2, -2, 2, 2)
            painting.outline(painter, ring, self._look.radius("badge") + 2, self._look.colour("accent"), 2)
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

    def _paint_picture(self, painter: QPainter, rect: QRect, picture: Path) -> None:
        painter.save()
        painter.setClipPath(painting.rounded(rect, self._look.radius("badge")))
        painter.fillRect(rect, self._look.colour("grey-0"))
        pixmap = self._pictures.pixmap(picture, 2 * TILE.width(), 2 * TILE.height())
        if pixmap is not None and not pixmap.isNull():
            painting.cover(painter, rect, pixmap)
        painter.restore()

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

    def _tell(self, event: QHelpEvent) -> None:
        place = self._place_at(event.pos())
        QToolTip.showText(event.globalPos(), plain_tip(self._sentence(place)) if place is not None else "", self)

    def _sentence(self, place: int) -> str:
        if self._counts(place):
            return "The page of the prompt shows all of them."
        if place >= len(self._tiles):
            return "Give the shot a picture of its own: drop or paste one here."
        tile = self._tiles[place]
        if tile.left_out:
            return f"{tile.sentence}\nEnter brings it back."
        return tile.sentence

    def _picture_arrived(self, path: object) -> None:
        if any(one.picture == path for one in self._tiles):
            self.update()


def _files(urls: Sequence[object]) -> tuple[Path, ...]:
    """Files of this machine; links into the web are none."""
    local = [url.toLocalFile() for url in urls if getattr(url, "isLocalFile", lambda: False)()]  # type: ignore[attr-defined]
    return tuple(Path(one) for one in local)
