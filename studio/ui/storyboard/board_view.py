"""The board: cards in groups by scene, selection by mouse and keyboard, dragging a card to another place."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QListView, QStyle, QStyleOptionViewItem

from studio.ui.parts import painting
from studio.ui.parts.pictures import PictureStore, PreviewStore
from studio.ui.parts.times import counted, film_length
from studio.ui.storyboard.card_delegate import CardDelegate
from studio.ui.storyboard.geometry import BoardGeometry
from studio.ui.storyboard.shot_list import Index, ShotList
from studio.ui.theme import SEMIBOLD, Look

Flag = QItemSelectionModel.SelectionFlag
Move = QAbstractItemView.CursorAction
GHOST = 0.7


class BoardView(QListView):
    """A QListView for its selection and its accessible list, with our own geometry and drawing."""

    shot_moved_requested = Signal(str, int, str)
    """A shot's id, the row it was dropped before, the scene it was dropped in."""
    shot_opened = Signal(str)
    new_shot_requested = Signal()
    scene_opened = Signal(str)
    delete_requested = Signal()

    def __init__(self, look: Look, shots: ShotList, pictures: PictureStore, previews: PreviewStore) -> None:
        super().__init__()
        self._look, self._shots = look, shots
        self._geometry = BoardGeometry([], 400)
        self._pressed: QPoint | None = None
        self._dragged: str | None = None
        self._gap: int | None = None
        self._hover_tile = False
        self.can_edit = True
        self.setModel(shots)
        self.setItemDelegate(CardDelegate(look, shots, pictures, previews))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setAccessibleName("Board")
        pictures.arrived.connect(self._picture_arrived)
        shots.layoutChanged.connect(self.lay_out)

    # --- test hooks ---

    def rect_for_shot(self, shot: str) -> QRect:
        """Where the shot's card stands in the viewport; empty when it is not on the board."""
        row = self._shots.row_of(shot)
        return QRect() if row is None else self.visualRect(self._shots.index(row))

    def shot_at(self, point: QPoint) -> str | None:
        row = self._geometry.row_at(self._content(point))
        return None if row is None else self._shots.card(row).id

    def update_shot(self, shot: str) -> None:
        self.viewport().update(self.rect_for_shot(shot))

    # --- selection ---

    def current_shot(self) -> str | None:
        index = self.currentIndex()
        return self._shots.card(index.row()).id if index.isValid() else None

    def selected_shots(self) -> list[str]:
        """In board order."""
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        return [self._shots.card(row).id for row in rows]

    def select_shot(self, shot: str) -> None:
        row = self._shots.row_of(shot)
        if row is not None:
            self.selectionModel().setCurrentIndex(self._shots.index(row), Flag.ClearAndSelect)
            self.scrollTo(self._shots.index(row))

    def select_shots(self, shots: list[str], current: str | None) -> None:
        chosen = QItemSelection()
        for shot in shots:
            row = self._shots.row_of(shot)
            if row is not None:
                chosen.select(self._shots.index(row), self._shots.index(row))
        self.selectionModel().select(chosen, Flag.ClearAndSelect)
        row = None if current is None else self._shots.row_of(current)
        if row is not None:
            self.selectionModel().setCurrentIndex(self._shots.index(row), Flag.NoUpdate)

    # --- geometry, as Qt asks for it ---

    def lay_out(self) -> None:
        self._geometry = BoardGeometry(self._shots.groups(), self.viewport().width(), tile=self.can_edit)
        self.updateGeometries()
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
        row = self._geometry.row_at(self._content(point))
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
        rect, bar = self._geometry.card(index.row()), self.verticalScrollBar()
        if rect.isEmpty():
            return
        if rect.top() - 32 < bar.value():
            bar.setValue(rect.top() - 32)
        elif rect.bottom() + 8 > bar.value() + self.viewport().height():
            bar.setValue(rect.bottom() + 8 - self.viewport().height())

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802
        self.viewport().update()

    def setSelection(self, rect: QRect, command: Flag) -> None:
        """Qt's wish to select what a rectangle touches: one card at a click, several by rubber band."""
        content = rect.normalized().translated(0, self.verticalOffset())
        chosen = QItemSelection()
        for row in self._geometry.rows_between(content.top(), content.bottom()):
            if self._geometry.card(row).intersects(content):
                chosen.select(self._shots.index(row), self._shots.index(row))
        self.selectionModel().select(chosen, command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        region = QRegion()
        for index in selection.indexes():
            region += self.visualRect(index)
        return region

    def moveCursor(self, action: Move, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        count = self._shots.rowCount()
        row = self.currentIndex().row()
        if count == 0:
            return QModelIndex()
        if row < 0:
            return self._shots.index(0)
        lines = max(1, self.viewport().height() // 164)
        match action:
            case Move.MoveLeft | Move.MovePrevious:
                row -= 1
            case Move.MoveRight | Move.MoveNext:
                row += 1
            case Move.MoveUp:
                row = self._geometry.beside(row, -1)
            case Move.MoveDown:
                row = self._geometry.beside(row, 1)
            case Move.MovePageUp | Move.MovePageDown:
                for _ in range(lines):
                    row = self._geometry.beside(row, 1 if action == Move.MovePageDown else -1)
            case Move.MoveHome:
                row = 0
            case Move.MoveEnd:
                row = count - 1
        return self._shots.index(max(0, min(count - 1, row)))

    # --- hands ---

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            shot = self.current_shot()
            if shot is not None:
                self.shot_opened.emit(shot)
            return
        if event.key() == Qt.Key.Key_Escape and self._dragged is not None:
            self._stop_drag()
            return
        if event.text() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()  # single letters are shortcuts here, not a search by typing
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        place = self._geometry.header_at(self._content(point))
        if event.button() == Qt.MouseButton.LeftButton and place is not None:
            self._header_pressed(place, point)
            return
        if self.can_edit and self._geometry.new_tile().contains(self._content(point)):
            self.new_shot_requested.emit()
            return
        if event.button() == Qt.MouseButton.LeftButton and self.shot_at(point) is not None:
            self._pressed = point
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        far = self._pressed is not None and (
            (point - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        )
        if self._dragged is None and far and self.can_edit and self._pressed is not None:
            self._dragged = self.shot_at(self._pressed)
        if self._dragged is not None:
            self._gap = self._geometry.gap_at(self._content(point))
            self._pressed = point
            self._scroll_while_dragging(point)
            self.viewport().update()
            return
        self._hover(point)
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        shot, gap = self._dragged, self._gap
        self._stop_drag()
        if shot is not None and gap is not None:
            self._drop(shot, gap, self._geometry.scene_at(self._content(event.position().toPoint())))
            return
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        shot = self.shot_at(event.position().toPoint())
        if shot is not None:
            self.shot_opened.emit(shot)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(QPoint(-1, -1))
        super().leaveEvent(event)

    def _header_pressed(self, place: int, point: QPoint) -> None:
        group = self._geometry.groups[place]
        if point.x() < 40 or group.count == 0:
            self._shots.fold(group.scene, not group.folded)
        else:
            self.scene_opened.emit(group.scene)

    def _drop(self, shot: str, gap: int, scene: str) -> None:
        row = self._shots.row_of(shot)
        if row is not None and (gap not in (row, row + 1) or scene != self._shots.card(row).scene):
            self.shot_moved_requested.emit(shot, gap, scene)

    def _stop_drag(self) -> None:
        self._dragged = self._gap = self._pressed = None
        self.viewport().update()

    def _scroll_while_dragging(self, point: QPoint) -> None:
        edge, bar = 24, self.verticalScrollBar()
        if point.y() < edge:
            bar.setValue(bar.value() - 16)
        elif point.y() > self.viewport().height() - edge:
            bar.setValue(bar.value() + 16)

    def _hover(self, point: QPoint) -> None:
        over = self._geometry.new_tile().contains(self._content(point))
        if over != self._hover_tile:
            self._hover_tile = over
            self.viewport().update()

    def _content(self, point: QPoint) -> QPoint:
        return QPoint(point.x(), point.y() + self.verticalOffset())

    # --- drawing: only what is seen ---

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top, bottom = self.verticalOffset() + event.rect().top(), self.verticalOffset() + event.rect().bottom()
        painter.translate(0, -self.verticalOffset())
        for place in self._geometry.groups_between(top, bottom):
            self._paint_header(painter, place)
        painter.translate(0, self.verticalOffset())
        for row in self._geometry.rows_between(top, bottom):
            self._paint_card(painter, self._shots.index(row))
        painter.translate(0, -self.verticalOffset())
        self._paint_tile(painter)
        self._paint_drag(painter)

    def _paint_card(self, painter: QPainter, index: QModelIndex) -> None:
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        option.rect = self.visualRect(index)
        if self.selectionModel().isSelected(index):
            option.state |= QStyle.StateFlag.State_Selected
        under = self.viewport().mapFromGlobal(self.cursor().pos())
        if self.viewport().underMouse() and option.rect.contains(under):
            option.state |= QStyle.StateFlag.State_MouseOver
        if self._dragged == self._shots.card(index.row()).id:
            painter.setOpacity(0.35)
        self.itemDelegate().paint(painter, option, index)
        painter.setOpacity(1.0)

    def _paint_header(self, painter: QPainter, place: int) -> None:
        group, rect = self._geometry.groups[place], self._geometry.header(place)
        scene = self._shots.scene(group.scene)
        if scene is None:
            return
        middle = rect.center().y()
        arrow = "chevron-right" if group.folded else "chevron-down"
        painting.draw_icon(painter, self._look, arrow, "grey-4", QPointF(20, middle))
        left = self._write(painter, scene.number, 36, middle, "grey-5", SEMIBOLD) + 8
        left = self._write(painter, scene.heading, left, middle, "grey-5") + 8
        length = film_length(self._frames(group.first, group.count), self._shots.rate)
        self._write(painter, f"{counted(group.count, 'shot')} · {length}", left, middle, "grey-4")

    def _frames(self, first: int, count: int) -> int:
        cards = (self._shots.card(row) for row in range(first, first + count))
        return sum(card.frames for card in cards if not card.omitted)

    def _write(self, painter: QPainter, text: str, left: int, middle: int, token: str, weight: int = 400) -> int:
        painter.setFont(self._look.font("body", weight))
        painter.setPen(self._look.colour(token))
        width = painter.fontMetrics().horizontalAdvance(text)
        painter.drawText(QRect(left, middle - 9, width + 2, 18), Qt.AlignmentFlag.AlignVCenter, text)
        return left + width

    def _paint_tile(self, painter: QPainter) -> None:
        rect = self._geometry.new_tile()
        if rect.isEmpty():
            return
        token = "grey-5" if self._hover_tile else "grey-4"
        line = self._look.colour("grey-4" if self._hover_tile else "grey-3")
        painting.outline(painter, rect, self._look.radius("control"), line, 1, dashed=True)
        painting.draw_icon(painter, self._look, "plus", token, rect.center().toPointF() - QPointF(0, 14))
        painter.setFont(self._look.font("body"))
        painter.setPen(self._look.colour(token))
        width = painter.fontMetrics().horizontalAdvance("New shot")
        left = rect.center().x() - (width + 24) // 2
        painter.drawText(QRect(left, rect.center().y() + 2, width + 2, 18), Qt.AlignmentFlag.AlignVCenter, "New shot")
        cap = left + width + 8
        painting.draw_key_cap(painter, self._look, "N", cap, rect.center().y() + 11, self._look.colour(token))

    def _paint_drag(self, painter: QPainter) -> None:
        if self._dragged is None or self._gap is None or self._pressed is None:
            return
        painter.fillRect(self._geometry.gap_rect(self._gap), self._look.colour("accent"))
        row = self._shots.row_of(self._dragged)
        if row is None:
            return
        ghost = QRect(self._content(self._pressed) - QPoint(40, 24), QSize(164, 156))
        painter.setOpacity(GHOST)
        delegate = self.itemDelegate()
        if isinstance(delegate, CardDelegate):
            delegate.draw(painter, ghost, self._shots.card(row), None)
        painter.setOpacity(1.0)

    def _picture_arrived(self, path: object) -> None:
        for row in self._shots.rows_with_picture(path):
            self.viewport().update(self.visualRect(self._shots.index(row)))

