"""The views of one subject on its sheet: larger, in the order they are sent, each with what it shows."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QApplication, QListView

from studio.project.gallery_cards import SubjectCard, ViewCard
from studio.ui.gallery.menus import KEYS
from studio.ui.gallery.view_list import CELL, PICTURE, ViewDelegate, ViewList
from studio.ui.parts.carried import carried_view, carry_view
from studio.ui.parts.held_files import dropped_paths
from studio.ui.parts.pictures import PictureStore
from studio.ui.theme import Look

SAID_BY = {Qt.Key(int(Qt.Key.Key_0) + int(key)): kind for kind, key in KEYS.items()}
Key = Qt.Key


class ViewGrid(QListView):
    said = Signal(str, str)
    """a view's id and what it shows"""
    moved = Signal(str, int)
    """a view's id and its place among all of the subject"""
    remove_requested = Signal(str)
    paste_requested = Signal()
    menu_requested = Signal(QPoint)
    files_dropped = Signal(object)

    def __init__(self, look: Look, pictures: PictureStore, *, writable: bool) -> None:
        super().__init__()
        self._look, self._writable = look, writable
        self._pressed = QPoint()
        self._lit: int | None = None
        """Before which picture a line is lit, while one is carried."""
        self.views = ViewList(self)
        self.setObjectName("well_list")
        self.setModel(self.views)
        self.setItemDelegate(ViewDelegate(look, pictures, self.views))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setGridSize(CELL)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAccessibleName("Pictures of the subject")
        self.setAcceptDrops(writable)
        self.viewport().setAcceptDrops(writable)
        pictures.arrived.connect(self._picture_arrived)

    def show_subject(self, card: SubjectCard) -> None:
        """The same picture stays chosen, wherever it stands now; where it went, its neighbour is."""
        place, before = self.currentIndex().row(), self.current()
        self.views.show_subject(card)
        now = self.views.place_of(before.id) if before is not None else None
        if self.views.views():
            self.choose_place(now if now is not None else max(0, min(place, len(self.views.views()) - 1)))

    def current(self) -> ViewCard | None:
        index = self.currentIndex()
        return self.views.views()[index.row()] if index.isValid() and index.row() < len(self.views.views()) else None

    def choose(self, view: str) -> None:
        place = self.views.place_of(view)
        if place is not None:
            self.choose_place(place)

    def choose_place(self, place: int) -> None:
        self.selectionModel().setCurrentIndex(self.views.index(place), QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(self.views.index(place))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        view, by_alt = self.current(), event.modifiers() == Qt.KeyboardModifier.AltModifier
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste_requested.emit()
        elif view is not None and self._writable and plain and event.key() == Key.Key_Delete:
            self.remove_requested.emit(view.id)
        elif view is not None and self._writable and plain and Key(event.key()) in SAID_BY:
            self.said.emit(view.id, SAID_BY[Key(event.key())])
        elif view is not None and self._writable and by_alt and event.key() in (Key.Key_Left, Key.Key_Right):
            self._move(view, 1 if event.key() == Key.Key_Right else -1)
        elif event.key() == Key.Key_Escape or event.text():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _move(self, view: ViewCard, step: int) -> None:
        place = self.currentIndex().row() + step
        if 0 <= place < len(self.views.views()):
            self.moved.emit(view.id, place)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if index.isValid():
            self.setCurrentIndex(index)
            point = self.viewport().mapToGlobal(self.visualRect(index).center()) if by_key else event.globalPos()
            self.menu_requested.emit(point)

    # --- pictures taken up and let go ---

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        view = self.current()
        far = (event.position().toPoint() - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        if view is None or not self._writable or not far or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        drag = QDrag(self)
        drag.setMimeData(carry_view(view.id))
        drag.setPixmap(self.viewport().grab(self.visualRect(self.currentIndex()).adjusted(8, 6, -8, -42)))
        drag.exec(Qt.DropAction.MoveAction)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position().toPoint()
        super().mousePressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self.dragMoveEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        carried = self._carried(event.mimeData())
        if carried is None and not dropped_paths(event.mimeData()):
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.MoveAction if carried is not None else Qt.DropAction.CopyAction)
        event.accept()
        self._light(self.place_at(event.position().toPoint()) if carried is not None else None)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._light(None)

    def dropEvent(self, event: QDropEvent) -> None:
        carried, place = self._carried(event.mimeData()), self.place_at(event.position().toPoint())
        self._light(None)
        event.accept()
        if carried is None:
            self.files_dropped.emit(dropped_paths(event.mimeData()))
        elif (was := self.views.place_of(carried)) is not None and place not in (was, was + 1):
            self.moved.emit(carried, place - (place > was))

    def place_at(self, point: QPoint) -> int:
        """Before which picture something let go at a point would stand; their number: after the last."""
        for place in range(len(self.views.views())):
            rect = self.visualRect(self.views.index(place))
            if point.y() < rect.top() or (point.y() <= rect.bottom() and point.x() < rect.center().x()):
                return place
        return len(self.views.views())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._lit is None or not self.views.views():
            return
        last = len(self.views.views()) - 1
        rect = self.visualRect(self.views.index(min(self._lit, last)))
        left = rect.left() if self._lit <= last else rect.right() - 1
        QPainter(self.viewport()).fillRect(left, rect.top() + 6, 2, PICTURE.height(), self._look.colour("accent"))

    def _carried(self, data: QMimeData) -> str | None:
        """A picture of this subject that hangs at the pointer."""
        view = carried_view(data)
        return view if view is not None and self.views.place_of(view) is not None else None

    def _light(self, place: int | None) -> None:
        self._lit = place
        self.viewport().update()

    def _picture_arrived(self, path: object) -> None:
        place = next((place for place, one in enumerate(self.views.views()) if one.picture == path), None)
        if place is not None:
            self.viewport().update(self.visualRect(self.views.index(place)))
