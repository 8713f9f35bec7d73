"""The board: cards in groups by scene, selection by mouse and keyboard, dragging cards, files held over it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView

from studio.ui.parts.pictures import PictureStore, PreviewStore
from studio.ui.storyboard.board import parts as board_parts
from studio.ui.storyboard.board.action_editor import ActionEditor
from studio.ui.storyboard.board.card_delegate import CardDelegate
from studio.ui.storyboard.board.card_grid import CardGrid
from studio.ui.storyboard.board.card_size import HEAD, LINE, PAD, STEP
from studio.ui.storyboard.board.choice import CardChoice
from studio.ui.storyboard.board.drops import BoardDrops
from studio.ui.storyboard.board.geometry import Gap
from studio.ui.storyboard.board.hands import BoardHands
from studio.ui.storyboard.board.keys import BoardKeys
from studio.ui.storyboard.board.paint import BoardPainter
from studio.ui.storyboard.board.scene_header import DRAW, FOLD, MENU, SceneHeader
from studio.ui.storyboard.board.shot_list import ShotList
from studio.ui.theme import Look

Flag = QItemSelectionModel.SelectionFlag
Move = QAbstractItemView.CursorAction
NOWHERE = QPoint(-1, -1)


class BoardView(CardGrid):
    """The grid with hands, keys and drawing of its own; what is wished of the film goes out as signals."""

    cards_moved_requested = Signal(list, object)
    """ids of shots, and the `Landing` where they were dropped"""
    cards_copied_requested = Signal(list, object)
    shot_opened = Signal(str)
    new_shot_requested = Signal()
    shot_in_scene_requested = Signal(str)
    """a first shot of a scene that has none"""
    scene_opened = Signal(str)
    scene_missing_requested = Signal(str)
    """what is missing in that scene is to be generated"""
    scene_menu_requested = Signal(str, QPoint)
    scene_expansion_requested = Signal(str)
    """a prompt is wished for every shot of the scene"""
    scene_prompts_requested = Signal(str)
    """those proposed for it are to be shown"""
    menu_requested = Signal(QPoint)
    """for the selected shots, at a place on the screen"""
    action_edited = Signal(str, str)
    """a shot's id and its new action"""
    files_dropped = Signal(str, object)
    """on a card: a shot's id and paths"""
    files_dropped_on_board = Signal(str, object)
    """between cards: a scene's id (empty: none) and paths"""
    subject_dropped = Signal(str, str)
    """a subject of the gallery was let go over a card: its id and the shot's"""

    def __init__(self, look: Look, shots: ShotList, pictures: PictureStore, previews: PreviewStore) -> None:
        super().__init__(shots, CardDelegate(look, shots, pictures, previews))
        self._look = look
        self._hover = NOWHERE
        self._choice = CardChoice(self, shots)
        self._headers = SceneHeader(look, writable=True)
        self._hands, self._drops = BoardHands(self, look), BoardDrops(self, look)
        self._keys = BoardKeys(self, shots)
        self._painter = BoardPainter(self, look, shots, self._delegate, self._headers, self._keys)
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.viewport().setAcceptDrops(True)
        self.setAccessibleName("Board")
        self._editor = ActionEditor(look, self.viewport())
        self._editor.kept.connect(self.action_edited)
        self._editor.closed.connect(self.setFocus)
        self._editor.next_requested.connect(self._edit_next)
        pictures.arrived.connect(self._picture_arrived)

    @property
    def can_edit(self) -> bool:
        return self._can_edit

    @can_edit.setter
    def can_edit(self, can: bool) -> None:
        self._can_edit = self._headers.writable = can

    def lay_out(self) -> None:
        super().lay_out()
        self._keys.laid_out()
        if self._editor.shot:
            self._place_editor()

    def hovered(self) -> QPoint:
        """Where the pointer is, in the content."""
        return self.content(self._hover)

    def on_action(self, row: int, point: QPoint) -> bool:
        """Whether a point of the viewport lies on the words under a card's number."""
        return self._can_edit and self._size.has_words and self._action_rect(row).contains(point)

    # --- selection ---

    def current_shot(self) -> str | None:
        index = self.currentIndex()
        return self._shots.shot(index.row()) if index.isValid() else None

    def selected_rows(self) -> list[int]:
        return self._choice.rows()

    def selected_shots(self) -> list[str]:
        """In board order."""
        return [self._shots.shot(row) for row in self.selected_rows()]

    def choose(self, rows: Iterable[int], current: int | None) -> None:
        """Select exactly these rows; ranges from here on begin at the current one."""
        self._choice.choose(rows, current)

    def chosen_among(self, rows: range) -> set[int]:
        return self._choice.rows_among(rows)

    def select_range(self, row: int, *, add: bool = False) -> None:
        """From where the last selection began to a row; `add` keeps what is selected."""
        self._choice.extend(row, add=add)

    def select_shot(self, shot: str) -> None:
        """Alone, and where it can be seen: its scene is unfolded for it."""
        row = self._shots.row_of(shot)
        if row is None:
            return
        group = self._geometry.groups[self._geometry.group_of(row)] if self._geometry.rows else None
        if group is not None and group.folded:
            self._shots.fold([group.scene], False)
        self._keys.leave_header()
        self.choose([row], row)
        self.scrollTo(self._shots.index(row))

    def select_shots(self, shots: Sequence[str], current: str | None) -> None:
        rows = [row for shot in shots if (row := self._shots.row_of(shot)) is not None]
        self.choose(rows, None if current is None else self._shots.row_of(current))

    def select_scene(self, scene: str) -> None:
        rows = [row for shot in self._shots.shots_of(scene) if (row := self._shots.row_of(shot)) is not None]
        if rows:
            self.choose(rows, rows[0])

    # --- keys ---

    def moveCursor(self, action: Move, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        row = self._keys.moved(action)
        return QModelIndex() if row is None else self._shots.index(row)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._keys.claims(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._hands.busy:
            self._hands.cancel()
        elif not self._keys.press(event):
            event.ignore()  # single letters are shortcuts here, not a search by typing

    # --- mouse ---

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802
        """Moves what is drawn already and draws only what comes into sight."""
        if self._hands.busy or self._drops.busy:
            self.viewport().update()
        else:
            self.viewport().scroll(0, dy)
        self._hover_at(self._hover)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        if event.button() == Qt.MouseButton.RightButton:
            self._press_right(point)
        if event.button() != Qt.MouseButton.LeftButton:
            return
        place = self._geometry.header_at(self.content(point))
        tile = self._geometry.tile_at(self.content(point)) if self._can_edit else None
        if place is not None:
            self._press_header(place, point)
        elif tile is not None:
            self.press_tile(tile)
        else:
            self._keys.leave_header()
            self._hands.press(event, self._geometry.row_at(self.content(point)))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self._hands.move(event):
            self._hover_at(event.position().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._hands.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        shot = self.shot_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and shot is not None:
            self._hands.forget_click()
            self.shot_opened.emit(shot)
        else:
            self.mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        notches = event.angleDelta().y() / 120
        self.resize_cards(round(self._size.width + notches * STEP), event.position().toPoint())
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        point = event.pos()
        place = self._keys.header if by_key else self._geometry.header_at(self.content(point))
        if place is not None:
            if by_key:
                point = self._geometry.header(place).translated(40, -self.verticalOffset()).bottomLeft()
            self.scene_menu_requested.emit(self._geometry.groups[place].scene, self.viewport().mapToGlobal(point))
            return
        if by_key and self.currentIndex().isValid():
            point = self.visualRect(self.currentIndex()).center()
        self.menu_requested.emit(self.viewport().mapToGlobal(point))

    def leaveEvent(self, event: QEvent) -> None:
        self._hover_at(NOWHERE)
        super().leaveEvent(event)

    def _press_right(self, point: QPoint) -> None:
        row = self._geometry.row_at(self.content(point))
        if row is not None and row not in self.selected_rows():
            self.choose([row], row)

    def _press_header(self, place: int, point: QPoint) -> None:
        group, rect = self._geometry.groups[place], self._geometry.header(place)
        match self._headers.zone_at(rect, self._shots.facts(group), self.content(point)):
            case zone if zone == FOLD:
                self._shots.fold([group.scene], not group.folded)
            case zone if zone == MENU:
                below = QPoint(self.viewport().width() - 36, rect.bottom() - self.verticalOffset())
                self.scene_menu_requested.emit(group.scene, self.viewport().mapToGlobal(below))
            case zone if zone == DRAW:
                self.scene_missing_requested.emit(group.scene)
            case _:
                self.scene_opened.emit(group.scene)

    def press_tile(self, place: int) -> None:
        """The place for a new shot at the end of a group."""
        group = self._geometry.groups[place]
        if group.count or not group.scene:
            self.new_shot_requested.emit()
        else:
            self.shot_in_scene_requested.emit(group.scene)

    def drop_cards(self, shots: list[str], gap: Gap, *, copies: bool) -> None:
        """Cards were let go over a gap: nothing is wished where they are already."""
        landing = board_parts.landing(self._geometry, self._shots, gap, () if copies else shots)
        if copies:
            self.cards_copied_requested.emit(shots, landing)
        elif not board_parts.lies_there(self._geometry, self._shots, shots, gap):
            self.cards_moved_requested.emit(shots, landing)

    def _hover_at(self, point: QPoint) -> None:
        before, self._hover = self._hover, point
        for one in {board_parts.under(self._geometry, self.content(spot)) for spot in (before, point)}:
            self.viewport().update(one.translated(0, -self.verticalOffset()))

    # --- files from outside ---

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._drops.enter(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._drops.move(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._drops.leave()

    def dropEvent(self, event: QDropEvent) -> None:
        self._drops.drop(event)

    # --- writing on a card ---

    def edit_action(self) -> None:
        """Of the current shot, on its card."""
        row = self.currentIndex().row()
        if not self._can_edit or row < 0 or self._geometry.card(row).isEmpty():
            return
        self.scrollTo(self._shots.index(row))
        card = self._shots.card(row)
        self._editor.begin(card.id, card.action, self._action_rect(row))

    def _edit_next(self, step: int) -> None:
        row = self.currentIndex().row() + step
        if 0 <= row < self._shots.rowCount():
            self.select_shot(self._shots.shot(row))
            self.edit_action()

    def _place_editor(self) -> None:
        row = self._shots.row_of(self._editor.shot)
        if row is None or self._geometry.card(row).isEmpty():
            self._editor.leave()
        else:
            self._editor.place(self._action_rect(row))

    def _action_rect(self, row: int) -> QRect:
        card = self._geometry.card(row).translated(0, -self.verticalOffset())
        top = card.top() + self._size.picture + PAD + HEAD + 4
        return QRect(card.left() + 8, top, card.width() - 16, max(2, self._size.lines) * LINE)

    # --- drawing: only what is seen ---

    def paintEvent(self, event: QPaintEvent) -> None:
        self._painter.paint(event, self._hands, self._drops)

    def draw_card(self, painter: QPainter, rect: QRect, shot: str) -> None:
        card = self.card_of(shot)
        if card is not None:
            self._delegate.draw(painter, rect, card, None)

    def _picture_arrived(self, path: object) -> None:
        for shot in self._painter.awaited.pop(path, ()):
            self.update_shot(shot)
