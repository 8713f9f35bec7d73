"""The views of one subject on its sheet: larger, in the order they are sent, each with what it shows."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QItemSelectionModel, QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from studio.project.gallery_cards import SubjectCard, ViewCard
from studio.ui.gallery.menus import KEYS, VIEWS
from studio.ui.gallery.row_list import Index
from studio.ui.parts import painting
from studio.ui.parts.held_files import dropped_paths
from studio.ui.parts.pictures import PictureStore
from studio.ui.theme import MEDIUM, Look

PICTURE = QSize(148, 148)
CELL = QSize(PICTURE.width() + 16, PICTURE.height() + 48)
CARD = int(Qt.ItemDataRole.UserRole)
SAID_BY = {Qt.Key(int(Qt.Key.Key_0) + int(key)): kind for kind, key in KEYS.items()}
Key = Qt.Key


class ViewList(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._views: tuple[ViewCard, ...] = ()
        self._titles: dict[str, str] = {}

    def show_subject(self, card: SubjectCard) -> None:
        self._titles = {one.id: one.title for one in card.wardrobe}
        if [one.id for one in card.views] != [one.id for one in self._views]:
            self.beginResetModel()
            self._views = card.views
            self.endResetModel()
        else:
            self._views = card.views
            if self._views:
                self.dataChanged.emit(self.index(0), self.index(len(self._views) - 1))

    def views(self) -> tuple[ViewCard, ...]:
        return self._views

    def title(self, view: ViewCard) -> str:
        """The change it shows; empty: any."""
        return self._titles.get(view.wardrobe or "", "")

    def place_of(self, view: str) -> int | None:
        return next((place for place, one in enumerate(self._views) if one.id == view), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._views)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid() or index.row() >= len(self._views):
            return None
        view = self._views[index.row()]
        if role == CARD:
            return view
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            said = VIEWS[view.view] if view.view else "view not said"
            return ", ".join(filter(None, (f"Picture {index.row() + 1}", said, self.title(view), view.original_name)))
        return None


class ViewDelegate(QStyledItemDelegate):
    def __init__(self, look: Look, pictures: PictureStore, views: ViewList) -> None:
        super().__init__(views)
        self._look, self._pictures, self._views = look, pictures, views

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return CELL

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view: ViewCard = index.data(CARD)
        cell: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        place = QRect(cell.left() + 8, cell.top() + 6, PICTURE.width(), PICTURE.height())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painting.fill_rounded(painter, place, self._look.radius("control"), self._look.colour("grey-0"))
        self._draw_picture(painter, place, view)
        if chosen:
            painting.outline(painter, place, self._look.radius("control"), self._look.colour("accent"), 2)
        self._draw_words(painter, QRect(place.left(), place.bottom() + 4, place.width(), 36), index.row(), view)
        painter.restore()

    def _draw_picture(self, painter: QPainter, place: QRect, view: ViewCard) -> None:
        pixmap = self._pictures.pixmap(view.picture, PICTURE.width(), PICTURE.height())
        if pixmap is None:
            return
        if pixmap.isNull():
            painting.draw_icon(painter, self._look, "picture", "grey-4", place.center().toPointF(), 24)
            return
        size = pixmap.size().scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio)
        whole = QRect(QPoint(), size)
        whole.moveCenter(place.center())
        painter.setClipPath(painting.rounded(place, self._look.radius("control")))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(whole, pixmap)
        painter.setClipping(False)

    def _draw_words(self, painter: QPainter, room: QRect, place: int, view: ViewCard) -> None:
        step = self._look.theme.line("micro")
        painter.setFont(self._look.font("micro", MEDIUM))
        painter.setPen(self._look.colour("grey-5"))
        first = QRect(room.left(), room.top(), room.width(), step)
        painter.drawText(first, Qt.AlignmentFlag.AlignVCenter, f"{place + 1}  {VIEWS[view.view].lower()}")
        second = self._views.title(view) or view.original_name
        painter.setFont(self._look.font("micro"))
        painter.setPen(self._look.colour("grey-4"))
        words = painting.cut_at_word(second, painter.fontMetrics(), room.width())
        painter.drawText(first.translated(0, step), Qt.AlignmentFlag.AlignVCenter, words)


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
        self._writable = writable
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
        self.selectionModel().setCurrentIndex(
            self.views.index(place), QItemSelectionModel.SelectionFlag.ClearAndSelect)
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

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_paths(event.mimeData()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.files_dropped.emit(dropped_paths(event.mimeData()))

    def _picture_arrived(self, path: object) -> None:
        place = next((place for place, one in enumerate(self.views.views()) if one.picture == path), None)
        if place is not None:
            self.viewport().update(self.visualRect(self.views.index(place)))
