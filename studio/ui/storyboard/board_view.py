"""The board: cards in groups by scene, selection by mouse and keyboard, dragging cards, files held over it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
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
    QRegion,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView

from studio.project.cards import SceneCard, ShotCard
from studio.ui.parts.pictures import PictureStore, PreviewStore
from studio.ui.storyboard import board_parts
from studio.ui.storyboard.action_editor import ActionEditor
from studio.ui.storyboard.board_drops import BoardDrops
from studio.ui.storyboard.board_hands import BoardHands
from studio.ui.storyboard.board_keys import BoardKeys
from studio.ui.storyboard.card_delegate import CardDelegate
from studio.ui.storyboard.card_size import HEAD, LINE, PAD, STEP, USUAL, card_size
from studio.ui.storyboard.geometry import BoardGeometry, Gap, size_that_fits
from studio.ui.storyboard.scene_header import DRAW, FOLD, MENU, SceneHeader
from studio.ui.storyboard.shot_list import Index, ShotList
from studio.ui.theme import Look

Flag = QItemSelectionModel.SelectionFlag
Move = QAbstractItemView.CursorAction
NOWHERE = QPoint(-1, -1)


class BoardView(QListView):
    """A QListView for its selection and its accessible list, with our own geometry, hands and drawing."""

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
    menu_requested = Signal(QPoint)
    """for the selected shots, at a place on the screen"""
    action_edited = Signal(str, str)
    """a shot's id and its new action"""
    files_dropped = Signal(str, object)
    """on a card: a shot's id and paths"""
    files_dropped_on_board = Signal(str, object)
    """between cards: a scene's id (empty: none) and paths"""
    size_changed = Signal(int)
    """width of a card in logical pixels"""

    def __init__(self, look: Look, shots: ShotList, pictures: PictureStore, previews: PreviewStore) -> None:
        super().__init__()
        self._look, self._shots = look, shots
        self._size = USUAL
        self._geometry = BoardGeometry([], 400)
        self._hover = NOWHERE
        self._anchor: str | None = None
        self._awaited: dict[object, set[str]] = {}
        """Cards that were painted without their picture, by its path."""
        self._can_edit = True
        self._delegate = CardDelegate(look, shots, pictures, previews)
        self._headers = SceneHeader(look, writable=True)
        self._hands, self._drops = BoardHands(self, look), BoardDrops(self, look)
        self._keys = BoardKeys(self, shots)
        self._pictures = pictures
        self.setModel(shots)
        self.setItemDelegate(self._delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.viewport().setAcceptDrops(True)
        self.setAccessibleName("Board")
        self._editor = ActionEditor(look, self.viewport())
        self._editor.kept.connect(self.action_edited)
        self._editor.closed.connect(self.setFocus)
        self._editor.next_requested.connect(self._edit_next)
        pictures.arrived.connect(self._picture_arrived)
        shots.layoutChanged.connect(self.lay_out)
        shots.modelReset.connect(self.lay_out)

    @property
    def can_edit(self) -> bool:
        return self._can_edit

    @can_edit.setter
    def can_edit(self, can: bool) -> None:
        self._can_edit = self._headers.writable = can

    # --- test hooks, and what the hands and keys ask ---

    @property
    def geometry_(self) -> BoardGeometry:
        return self._geometry

    def rect_for_shot(self, shot: str) -> QRect:
        """Where the shot's card stands in the viewport; empty when it is not on the board."""
        row = self._shots.row_of(shot)
        return QRect() if row is None else self.visualRect(self._shots.index(row))

    def shot_at(self, point: QPoint) -> str | None:
        row = self._geometry.row_at(self.content(point))
        return None if row is None else self._shots.shot(row)

    def card_of(self, shot: str) -> ShotCard | None:
        row = self._shots.row_of(shot)
        return None if row is None else self._shots.card(row)

    def scene_at(self, point: QPoint) -> str:
        """The scene whose group stands at a height; the last one below all of them; empty without scenes."""
        y = max(0, min(self.content(point).y(), self._geometry.height - 1))
        place = self._geometry.place_at(y)
        return "" if place is None else self._geometry.groups[place].scene

    def scene_card_at(self, point: QPoint) -> SceneCard | None:
        return self._shots.scene(self.scene_at(point))

    def group_rect_at(self, point: QPoint) -> QRect:
        """The whole group at a height, in the viewport."""
        groups = self._geometry.groups
        place = next((at for at, group in enumerate(groups) if group.scene == self.scene_at(point)), None)
        if place is None:
            return self.viewport().rect().adjusted(4, 4, -4, -4)
        top = self._geometry.header(place).top()
        below = self._geometry.header(place + 1).top() if place + 1 < len(groups) else self._geometry.height
        return QRect(4, top - self.verticalOffset(), self.viewport().width() - 8, below - top)

    def update_shot(self, shot: str) -> None:
        self.viewport().update(self.rect_for_shot(shot))

    def content(self, point: QPoint) -> QPoint:
        return QPoint(point.x(), point.y() + self.verticalOffset())

    def on_action(self, row: int, point: QPoint) -> bool:
        """Whether a point of the viewport lies on the words under a card's number."""
        return self._can_edit and self._size.has_words and self._action_rect(row).contains(point)

    # --- selection ---

    def current_shot(self) -> str | None:
        index = self.currentIndex()
        return self._shots.shot(index.row()) if index.isValid() else None

    def selected_rows(self) -> list[int]:
        ranges = self.selectionModel().selection()
        every = (ranges.at(place) for place in range(ranges.count()))
        return sorted(row for one in every for row in range(one.top(), one.bottom() + 1))

    def selected_shots(self) -> list[str]:
        """In board order."""
        return [self._shots.shot(row) for row in self.selected_rows()]

    def choose(self, rows: Iterable[int], current: int | None) -> None:
        """Select exactly these rows; ranges from here on begin at the current one."""
        self.selectionModel().select(self._as_selection(rows), Flag.ClearAndSelect)
        if current is not None:
            self._anchor = self._shots.shot(current)
            self.selectionModel().setCurrentIndex(self._shots.index(current), Flag.NoUpdate)

    def select_range(self, row: int, *, add: bool = False) -> None:
        """From where the last selection began to a row; `add` keeps what is selected."""
        anchor = self._shots.row_of(self._anchor or "")
        first = row if anchor is None else anchor
        rows = [one for one in range(min(first, row), max(first, row) + 1) if not self._geometry.card(one).isEmpty()]
        kept = self.selected_rows() if add else []
        self.selectionModel().select(self._as_selection({*kept, *rows}), Flag.ClearAndSelect)
        self.selectionModel().setCurrentIndex(self._shots.index(row), Flag.NoUpdate)

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

    def rows_in(self, rect: QRect) -> list[int]:
        """Rows whose cards a rectangle of the content touches."""
        rows = self._geometry.rows_between(rect.top(), rect.bottom())
        return [row for row in rows if self._geometry.card(row).intersects(rect)]

    def _as_selection(self, rows: Iterable[int]) -> QItemSelection:
        chosen = QItemSelection()
        first = last = None
        for row in sorted(set(rows)):
            if last is not None and row == last + 1:
                last = row
                continue
            if first is not None and last is not None:
                chosen.select(self._shots.index(first), self._shots.index(last))
            first = last = row
        if first is not None and last is not None:
            chosen.select(self._shots.index(first), self._shots.index(last))
        return chosen

    # --- size of the cards ---

    @property
    def card_width(self) -> int:
        return self._size.width

    def set_card_width(self, width: int) -> None:
        """Larger or smaller cards; what stands in the middle stays there."""
        self._set_size(width, QPoint(0, self.viewport().height() // 2))

    def larger(self) -> None:
        self.set_card_width(self._size.width + STEP)

    def smaller(self) -> None:
        self.set_card_width(self._size.width - STEP)

    def usual_size(self) -> None:
        self.set_card_width(USUAL.width)

    def fit(self) -> None:
        """So large that the whole board is seen at once."""
        room = self.viewport().rect()
        self.set_card_width(
            size_that_fits(self._shots.groups(), room.width(), room.height(), tile=self._can_edit).width)

    def _set_size(self, width: int, around: QPoint) -> None:
        size = card_size(width)
        if size == self._size:
            return
        row = self._row_near(around)
        before = self._geometry.card(row) if row is not None else QRect()
        part = (self.content(around).y() - before.top()) / max(1, before.height())
        self._size = self._delegate.size = size
        self.lay_out()
        if row is not None:
            after = self._geometry.card(row)
            self.verticalScrollBar().setValue(round(after.top() + part * after.height()) - around.y())
        self.size_changed.emit(size.width)

    def _row_near(self, point: QPoint) -> int | None:
        rows = self._geometry.rows_between(self.content(point).y(), self.content(point).y() + 1)
        return rows.start if rows else None

    # --- geometry, as Qt asks for it ---

    def lay_out(self) -> None:
        groups = self._shots.groups()
        self._geometry = BoardGeometry(groups, self.viewport().width(), self._size, tile=self._can_edit)
        self._keys.laid_out()
        self.updateGeometries()
        if self._editor.shot:
            self._place_editor()
        self.viewport().update()

    def doItemsLayout(self) -> None:  # noqa: N802
        self.lay_out()

    def updateGeometries(self) -> None:  # noqa: N802
        bar = self.verticalScrollBar()
        bar.setSingleStep(41)
        bar.setPageStep(self.viewport().height())
        bar.setRange(0, max(0, self._geometry.height - self.viewport().height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.lay_out()

    def visualRect(self, index: Index) -> QRect:
        return self._geometry.card(index.row()).translated(0, -self.verticalOffset()) if index.isValid() else QRect()

    def indexAt(self, point: QPoint) -> QModelIndex:
        row = self._geometry.row_at(self.content(point))
        return QModelIndex() if row is None else self._shots.index(row)

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def horizontalOffset(self) -> int:
        return 0

    def isIndexHidden(self, index: Index) -> bool:
        return self._geometry.card(index.row()).isEmpty()

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        self.reveal(self._geometry.card(index.row()), above=32)

    def reveal(self, rect: QRect, above: int = 8) -> None:
        """Scroll so far that a rectangle of the content is seen."""
        bar = self.verticalScrollBar()
        if rect.isEmpty():
            return
        if rect.top() - above < bar.value():
            bar.setValue(rect.top() - above)
        elif rect.bottom() + 8 > bar.value() + self.viewport().height():
            bar.setValue(rect.bottom() + 8 - self.viewport().height())

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802
        """Moves what is drawn already and draws only what comes into sight."""
        if self._hands.busy or self._drops.busy:
            self.viewport().update()
        else:
            self.viewport().scroll(0, dy)
        self._hover_at(self._hover)

    def setSelection(self, rect: QRect, command: Flag) -> None:
        """Qt's wish to select what a rectangle touches, as assistive programs may have."""
        rows = self.rows_in(rect.normalized().translated(0, self.verticalOffset()))
        self.selectionModel().select(self._as_selection(rows), command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """Only what is seen: a selection may hold every card of the film."""
        region = QRegion()
        for row in self.rows_seen():
            if selection.contains(self._shots.index(row)):
                region += self.visualRect(self._shots.index(row))
        return region

    def moveCursor(self, action: Move, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        row = self._keys.moved(action)
        return QModelIndex() if row is None else self._shots.index(row)

    def rows_seen(self) -> range:
        return self._geometry.rows_between(self.verticalOffset(), self.verticalOffset() + self.viewport().height())

    # --- keys ---

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
        self._set_size(round(self._size.width + notches * STEP), event.position().toPoint())
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
        top, bottom = self.verticalOffset() + event.rect().top(), self.verticalOffset() + event.rect().bottom()
        rows = self._geometry.rows_between(top, bottom)
        self._shots.read_rows(rows)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(0, -self.verticalOffset())
        region = event.region().translated(0, self.verticalOffset())
        for place in self._geometry.groups_between(top, bottom):
            self._paint_group(painter, place, region)
        self._paint_cards(painter, rows, region)
        self._hands.paint(painter)
        painter.translate(0, self.verticalOffset())
        self._drops.paint(painter)

    def draw_card(self, painter: QPainter, rect: QRect, shot: str) -> None:
        card = self.card_of(shot)
        if card is not None:
            self._delegate.draw(painter, rect, card, None)

    def _paint_cards(self, painter: QPainter, rows: range, region: QRegion) -> None:
        chosen, current = self._chosen_among(rows), self.currentIndex().row() if self.hasFocus() else -1
        hovered = self._geometry.row_at(self.content(self._hover))
        dragged = set(self._hands.dragged) if not self._hands.copies else set()
        for row in rows:
            rect = self._geometry.card(row)
            if rect.isEmpty() or not region.intersects(rect):
                continue
            card = self._shots.card(row)
            if dragged:
                painter.setOpacity(0.35 if card.id in dragged else 1.0)
            self._delegate.draw(painter, rect, card, self._shots.live(card.id))
            self._delegate.draw_edge(painter, rect, chosen=row in chosen, focused=row == current, over=row == hovered)
            if card.picture is not None and not self._delegate.has_picture(card.id):
                self._awaited.setdefault(card.picture, set()).add(card.id)
        painter.setOpacity(1.0)

    def _chosen_among(self, rows: range) -> set[int]:
        selection, chosen = self.selectionModel().selection(), set[int]()
        for place in range(selection.count()):
            one = selection.at(place)
            chosen.update(range(max(one.top(), rows.start), min(one.bottom() + 1, rows.stop)))
        return chosen

    def _paint_group(self, painter: QPainter, place: int, region: QRegion) -> None:
        if region.intersects(self._geometry.header(place)):
            self._paint_header(painter, place)
        group, tile = self._geometry.groups[place], self._geometry.tile(place)
        if not tile.isEmpty() and region.intersects(tile):
            over = tile.contains(self.content(self._hover))
            first = group.count == 0 and self._shots.scene(group.scene) is not None
            board_parts.paint_tile(painter, self._look, tile, over=over, first=first)

    def _paint_header(self, painter: QPainter, place: int) -> None:
        group, rect = self._geometry.groups[place], self._geometry.header(place)
        scene, facts, over = self._shots.scene(group.scene), self._shots.facts(group), self.content(self._hover)
        if scene is not None:
            focused = self._keys.header == place and self.hasFocus()
            zone = self._headers.zone_at(rect, facts, over) if rect.contains(over) else ""
            self._headers.paint(painter, rect, scene, facts, self._shots.rate, folded=group.folded, focused=focused,
                                zone=zone)  # fmt: skip

    def _picture_arrived(self, path: object) -> None:
        for shot in self._awaited.pop(path, ()):
            self.update_shot(shot)
