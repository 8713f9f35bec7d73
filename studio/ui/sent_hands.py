"""The hands on the pictures that go along with a shot: keys, drags, drops and menus, in the strip and on the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QUrl, Signal
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
)
from PySide6.QtWidgets import QFileDialog, QMenu, QSizePolicy, QToolTip, QWidget

from studio.ui.name_chips import show_whole
from studio.ui.parts import painting
from studio.ui.parts.held_files import PICTURES
from studio.ui.parts.pictures import PictureStore
from studio.ui.parts.tips import plain_tip
from studio.ui.sent_pictures import PURPOSES, Tile, moved, place_of
from studio.ui.theme import Look

DRAG_FROM = 6
"""Pixels the pointer moves before a picture is taken along."""
STRENGTHS = (100, 75, 50, 25)
MOVES = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class SentHands(QWidget):
    """Arrows choose, Alt and arrows reorder, Del leaves out, Enter brings back; Ctrl V and drops give a picture.

    Whoever inherits it paints the tiles and says where they are; the place after the last is the empty one.
    """

    order_requested = Signal(list)
    """view ids"""
    left_out = Signal(str, bool)
    """view id; whether it is left out, or brought back"""
    usual_requested = Signal()
    taken_away = Signal(str)
    """id of what the shot was given"""
    strength_chosen = Signal(str, int)
    """the same; per cent"""
    files_given = Signal(tuple, str)
    """paths; what for"""
    picture_given = Signal(QImage, str)

    def __init__(self, look: Look, pictures: PictureStore) -> None:
        super().__init__()
        self._look, self._pictures = look, pictures
        self._tiles: tuple[Tile, ...] = ()
        self._current = 0
        self._pressed: QPoint | None = None
        self._dragged = self._held = False
        self._pointer = QPoint()
        self.editable, self.own_order = True, False
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("References sent")
        pictures.arrived.connect(self._picture_arrived)

    def show_tiles(self, tiles: Sequence[Tile], *, own_order: bool, editable: bool) -> None:
        """`own_order`: the shot sends them otherwise than usual."""
        self.own_order, self.editable = own_order, editable
        if tuple(tiles) != self._tiles:
            held = self.current()
            self._tiles = tuple(tiles)
            ids = [one.id for one in self._tiles]
            self._fit()
            self._choose(ids.index(held.id) if held is not None and held.id in ids else self._current)
        self.update()

    def tiles(self) -> tuple[Tile, ...]:
        return self._tiles

    def current(self) -> Tile | None:
        """The one the keyboard is on; None on the empty one at the end."""
        return self._tiles[self._current] if self._current < len(self._tiles) else None

    def choose(self, tile: str) -> None:
        self._choose([one.id for one in self._tiles].index(tile))

    # --- what is painted ---

    def tile_rect(self, place: int) -> QRect:
        """Where the ring of the keyboard goes, and what is dragged."""
        raise NotImplementedError

    def _shown(self) -> int:
        """How many tiles there is room for, the empty one at the end included."""
        return len(self._tiles) + 1

    def _place_at(self, point: QPoint) -> int | None:
        return next((place for place in range(self._shown()) if self.tile_rect(place).contains(point)), None)

    def _fit(self) -> None:
        """The tiles are others: the height may be, too."""
        raise NotImplementedError

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
            self._move(tile.id, place + step)

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
            self._open(self._current)

    def _move(self, tile: str, place: int) -> None:
        if self.editable and (order := moved(self._tiles, tile, place)) is not None:
            self.order_requested.emit(order)

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
            self._move(tile.id, self._target())
        elif tile is None:
            self._open(self._current)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        place = self._place_at(event.pos())
        if place is not None:
            self._choose(place)
            self._open(place)

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
        self._ask_purpose(partial(self.files_given.emit, _files(event.mimeData().urls())), point)

    def _paste(self) -> None:
        clipboard = QGuiApplication.clipboard()
        point = self.mapToGlobal(self.tile_rect(self._current).bottomLeft())
        if not self.editable:
            return
        if files := _files(clipboard.mimeData().urls()):
            self._ask_purpose(partial(self.files_given.emit, files), point)
        else:
            self._ask_purpose(partial(self.picture_given.emit, clipboard.image()), point)

    # --- menus ---

    def _open(self, place: int) -> None:
        """The menu of the tile at that place, or of the empty one."""
        tile = self._tiles[place] if place < len(self._tiles) else None
        menu = self._menu()
        if tile is None:
            self._fill_purposes(menu, self._ask_for_files, "…")
        elif tile.own:
            self._fill_own(menu, tile)
        else:
            self._fill_view(menu, tile)
        for action in menu.actions():
            action.setEnabled(self.editable)
        menu.popup(self.mapToGlobal(self.tile_rect(place).bottomLeft()))

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _fill_view(self, menu: QMenu, tile: Tile) -> None:
        place = place_of(self._tiles, tile.id)
        if place > 0:
            menu.addAction("Send earlier", partial(self._move, tile.id, place - 1))
            menu.addAction("Send first", partial(self._move, tile.id, 0))
        if tile.left_out:
            menu.addAction("Bring back", partial(self.left_out.emit, tile.id, False))
        else:
            menu.addAction("Leave out", partial(self.left_out.emit, tile.id, True))
        if self.own_order:
            menu.addAction("All as usual", self.usual_requested.emit)

    def _fill_own(self, menu: QMenu, tile: Tile) -> None:
        for strength in STRENGTHS:
            action = menu.addAction(f"Strength {strength} %", partial(self.strength_chosen.emit, tile.id, strength))
            action.setCheckable(True)
            action.setChecked(strength == tile.strength)
        menu.addSeparator()
        menu.addAction("Take away from the shot", partial(self.taken_away.emit, tile.id))

    def _ask_purpose(self, give: Callable[[str], object], point: QPoint) -> None:
        menu = self._menu()
        self._fill_purposes(menu, give)
        menu.popup(point)

    def _fill_purposes(self, menu: QMenu, give: Callable[[str], object], more: str = "") -> None:
        for purpose, word in PURPOSES.items():
            menu.addAction(f"As {word.lower()}{more}", partial(give, purpose))

    def _ask_for_files(self, purpose: str) -> None:
        files, _chosen = QFileDialog.getOpenFileNames(self, f"{PURPOSES[purpose]} of the shot", "", PICTURES)
        if files:
            self.files_given.emit(tuple(map(Path, files)), purpose)

    # --- painting ---

    def _paint_picture(self, painter: QPainter, rect: QRect, picture: Path) -> None:
        painter.save()
        painter.setClipPath(painting.rounded(rect, self._look.radius("badge")))
        painter.fillRect(rect, self._look.colour("grey-0"))
        pixmap = self._pictures.pixmap(picture, 2 * rect.width(), 2 * rect.height())
        if pixmap is not None and not pixmap.isNull():
            show_whole(painter, rect, pixmap)
        painter.restore()

    def _paint_ring(self, painter: QPainter) -> None:
        if self.hasFocus():
            ring = self.tile_rect(self._current).adjusted(-2, -2, 2, 2)
            painting.outline(painter, ring, self._look.radius("badge") + 2, self._look.colour("accent"), 2)

    # --- telling ---

    def _tell(self, event: QHelpEvent) -> None:
        place = self._place_at(event.pos())
        QToolTip.showText(event.globalPos(), plain_tip(self._sentence(place)) if place is not None else "", self)

    def _sentence(self, place: int) -> str:
        if place >= len(self._tiles):
            return "Give the shot a picture of its own: drop or paste one here."
        tile = self._tiles[place]
        if tile.left_out:
            return f"{tile.sentence}\nEnter brings it back."
        return tile.sentence

    def _picture_arrived(self, path: object) -> None:
        if any(one.picture == path for one in self._tiles):
            self.update()


def _files(urls: Sequence[QUrl]) -> tuple[Path, ...]:
    """Files of this machine; links into the web are none."""
    return tuple(Path(url.toLocalFile()) for url in urls if url.isLocalFile())
