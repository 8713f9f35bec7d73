"""The gallery under the hands: chosen and opened by mouse and keyboard, renamed in place, dragged, dropped upon."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
)
from PySide6.QtWidgets import QAbstractItemView, QApplication

from studio.project.gallery_cards import SubjectCard, ViewCard
from studio.ui.gallery.drops import GalleryDrops
from studio.ui.gallery.grid import GalleryGrid
from studio.ui.gallery.name_editor import NameEditor
from studio.ui.gallery.row_list import Index, RowList
from studio.ui.gallery.rows import GroupRow, Row, change_of, subject_of
from studio.ui.parts.pictures import PictureStore
from studio.ui.theme import Look

Move = QAbstractItemView.CursorAction
Key = Qt.Key
OURS = (Key.Key_Left, Key.Key_Right, Key.Key_Up, Key.Key_Down, Key.Key_Home, Key.Key_End, Key.Key_PageUp,
        Key.Key_PageDown, Key.Key_Return, Key.Key_Enter, Key.Key_Delete, Key.Key_F2, Key.Key_Escape)  # fmt: skip
"""Keys that mean something here, and so nothing elsewhere in the window while the gallery has the keyboard."""


class GalleryView(GalleryGrid):
    opened = Signal(str, str)
    """a subject's id, and the id of the view its sheet begins with (empty: none)"""
    group_toggled = Signal(str)
    """a kind is to be folded, or unfolded"""
    rename_requested = Signal(str, str)
    """a subject's id and what was typed as its name"""
    remove_view_requested = Signal(str)
    view_moved_requested = Signal(str, str, object, int)
    """a view's id, the subject and the change (None: all of them) it was let go over, and its place there"""
    files_dropped = Signal(str, object, object)
    """a subject's id, a change's id or None, and paths"""
    files_dropped_new = Signal(str, object)
    """a kind (empty: none was meant) and paths: they are a new subject's"""
    paste_requested = Signal()
    menu_requested = Signal(QPoint)
    """for the current row, and the chosen view where there is one, at a point of the screen"""
    view_marked = Signal(object)
    """ViewCard the pointer or the keyboard is on; None: on none"""
    chosen_changed = Signal()
    told = Signal(str)
    """a sentence in passing: why a key did nothing"""

    def __init__(self, look: Look, rows: RowList, pictures: PictureStore, *, writable: bool) -> None:
        super().__init__(look, rows, pictures)
        self.can_edit = writable
        self._pressed: QPoint | None = None
        self._drops = GalleryDrops(self, look)
        self._editor = NameEditor(look, self.viewport())
        self._editor.kept.connect(self.rename_requested)
        self._editor.closed.connect(self.setFocus)
        self.setAcceptDrops(True)
        self.viewport().setAcceptDrops(True)

    # --- what the hands are on ---

    def current_row(self) -> Row | None:
        return self._rows.row(self.currentIndex().row())

    def current_subject(self) -> SubjectCard | None:
        return subject_of(self.current_row())

    def current_view(self) -> ViewCard | None:
        views = self._geometry.shown(self.currentIndex().row())
        return views[self._view] if self._view is not None and self._view < len(views) else None

    def choose(self, key: tuple[str, str], view: str = "") -> None:
        """Select the row where there is one, and scroll to it; with it the view of that id."""
        place = self._rows.place_of(key)
        if place is None:
            return
        self.setCurrentIndex(self._rows.index(place))
        ids = [one.id for one in self._geometry.shown(place)]
        self._choose_view(ids.index(view) if view in ids else None)

    def choose_view(self, view: str) -> None:
        found = self._rows.place_of_view(view)
        row = self._rows.row(found[0]) if found else None
        if row is not None:
            self.choose(row.key, view)

    def currentChanged(self, current: Index, previous: Index) -> None:
        self._view = None
        self._say_view()
        for index in (previous, current):
            self.update_row(index.row())
        super().currentChanged(current, previous)
        self.view_marked.emit(None)
        self.chosen_changed.emit()

    def _choose_view(self, place: int | None) -> None:
        self._view = place
        self._say_view()
        row = self.currentIndex().row()
        self.update_row(row)
        if place is not None and place < len(rects := self._geometry.views(row)):
            self.reveal(rects[place].adjusted(0, -4, 0, 4))
        self.view_marked.emit(self.current_view())
        self.chosen_changed.emit()

    def _say_view(self) -> None:
        """For those who listen: the row is named by the list, the picture chosen in it here."""
        view = self.current_view()
        count = len(self._geometry.shown(self.currentIndex().row()))
        said = f"Picture {(self._view or 0) + 1} of {count}" if view is not None else ""
        self.setAccessibleDescription(", ".join(filter(None, (said, view.view if view is not None else ""))))

    def lay_out(self) -> None:
        """A name that is being written stays with its subject, wherever that stands now."""
        super().lay_out()
        place = self._rows.place_of(("subject", self._editor.subject)) if self._editor.subject else None
        if place is not None:
            self._editor.place(self._geometry.name(place).translated(0, -self.verticalOffset()))
        else:
            self._editor.leave()

    # --- keys ---

    def moveCursor(self, action: Move, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        steps = {Move.MoveUp: -1, Move.MovePrevious: -1, Move.MoveDown: 1, Move.MoveNext: 1}
        last, here = len(self._rows.rows()) - 1, self.currentIndex().row()
        if action in (Move.MoveHome, Move.MoveEnd):
            place, step = (0, 1) if action is Move.MoveHome else (last, -1)
        elif action in (Move.MovePageUp, Move.MovePageDown):
            step = 1 if action is Move.MovePageDown else -1
            y = self._geometry.row(max(0, here)).top() + step * self.viewport().height()
            place = self._geometry.row_at(max(0, min(y, self._geometry.height - 1))) or 0
        elif action in steps:
            step = steps[action]
            place = here + step if here >= 0 else 0
        else:
            return self.currentIndex()
        while 0 <= place <= last and self._geometry.row(place).isEmpty():
            place += step
        return self._rows.index(place) if 0 <= place <= last else self.currentIndex()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._claims(event):
            event.accept()
            return True
        return super().event(event)

    def _claims(self, event: QKeyEvent) -> bool:
        if event.matches(QKeySequence.StandardKey.Paste):
            return True
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        by_place = event.modifiers() == Qt.KeyboardModifier.AltModifier and event.key() in (Key.Key_Left, Key.Key_Right)
        return (plain and event.key() in OURS) or by_place

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste_requested.emit()
        elif event.modifiers() == Qt.KeyboardModifier.AltModifier:
            self._move_view({Key.Key_Left: -1, Key.Key_Right: 1}.get(Key(event.key()), 0))
        elif event.key() in (Key.Key_Left, Key.Key_Right):
            self._step(1 if event.key() == Key.Key_Right else -1)
        elif event.key() in (Key.Key_Return, Key.Key_Enter):
            self._open_current()
        elif event.key() == Key.Key_Delete:
            self._remove_current()
        elif event.key() == Key.Key_F2:
            self.begin_rename()
        elif event.key() == Key.Key_Escape:
            self._choose_view(None)
        elif event.text():
            event.ignore()  # single letters are shortcuts here, not a search by typing
        else:
            super().keyPressEvent(event)

    def _step(self, step: int) -> None:
        """Through the views of a row; a kind is folded to the left and unfolded to the right."""
        row = self.current_row()
        if isinstance(row, GroupRow):
            if row.folded == (step > 0):
                self.group_toggled.emit(row.kind)
            return
        last = len(self._geometry.views(self.currentIndex().row())) - 1
        if last < 0:
            return
        at = -1 if self._view is None else self._view
        self._choose_view(max(-1, min(last, at + step)) if at + step >= 0 else None)

    def _open_current(self) -> None:
        row, card, view = self.current_row(), self.current_subject(), self.current_view()
        if isinstance(row, GroupRow):
            self.group_toggled.emit(row.kind)
        elif card is not None:
            self.opened.emit(card.id, view.id if view else "")

    def _remove_current(self) -> None:
        view = self.current_view()
        if not self.can_edit:
            self.told.emit("The film is open for looking only.")
        elif view is None:
            self.told.emit("Go to a picture with the right arrow first; Del removes it from its subject.")
        else:
            self.remove_view_requested.emit(view.id)

    def _move_view(self, step: int) -> None:
        row, view = self.current_row(), self.current_view()
        if not step or view is None or row is None or self._view is None or not self.can_edit:
            return
        place = self._view + step
        if 0 <= place < len(self._geometry.shown(self.currentIndex().row())):
            self.view_moved_requested.emit(view.id, view.subject, change_of(row), place)

    def begin_rename(self) -> None:
        """The current subject's name becomes a field."""
        card = self.current_subject()
        if card is None or not self.can_edit or self._geometry.folded:
            return
        place = self._rows.place_of(("subject", card.id))
        if place is not None:
            self.reveal(self._geometry.row(place))
            self._editor.begin(card.id, card.name, self._geometry.name(place).translated(0, -self.verticalOffset()))

    def refuse_name(self, words: str) -> None:
        """The name that was typed cannot be used: it stays to be mended, and why is told under it."""
        self._editor.refuse(words)

    def renamed(self) -> None:
        self._editor.leave()

    # --- mouse ---

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        place = self._geometry.row_at(self.content(point).y())
        if place is None:
            return
        found = self._geometry.view_at(self.content(point))
        self.setCurrentIndex(self._rows.index(place))
        self._choose_view(found[1] if found else None)
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = point
            row = self._rows.row(place)
            if isinstance(row, GroupRow):
                self.group_toggled.emit(row.kind)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            self._hover_at(point)
        elif (point - self._pressed).manhattanLength() >= QApplication.startDragDistance() and self.can_edit:
            start, self._pressed = self._pressed, None
            self._drops.carry(start)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        row = self.row_at(event.position().toPoint())
        if isinstance(row, GroupRow):
            self.group_toggled.emit(row.kind)
        elif event.button() == Qt.MouseButton.LeftButton:
            self._open_current()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            view = self.current_view()
            rect = self.rect_of_view(view.id) if view else self.visualRect(self.currentIndex())
            self.menu_requested.emit(self.viewport().mapToGlobal(rect.center()))
        elif self.row_at(event.pos()) is not None:
            self.menu_requested.emit(event.globalPos())

    def leaveEvent(self, event: QEvent) -> None:
        self._hover_at(QPoint(-1, -1))
        super().leaveEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.view_marked.emit(None)

    def _hover_at(self, point: QPoint) -> None:
        inside = self.viewport().rect().contains(point)
        row = self._geometry.row_at(self.content(point).y()) if inside else None
        found = self._geometry.view_at(self.content(point)) if inside else None
        now = (-1 if row is None else row, found[1] if found else None)
        if now != self._hovered:
            before, self._hovered = self._hovered, now
            for place in {before[0], now[0]}:
                self.update_row(place)
            self.view_marked.emit(self.view_at(point) if found else None)

    # --- files, views and subjects held over it ---

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._drops.enter(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._drops.move(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._drops.leave()

    def dropEvent(self, event: QDropEvent) -> None:
        self._drops.drop(event)

    def paint_over(self, painter: QPainter) -> None:
        self._drops.paint(painter)

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802
        self._editor.leave()
        if self._drops.busy:
            self.viewport().update()
        else:
            super().scrollContentsBy(dx, dy)

    def viewport_rect(self, place: int) -> QRect:
        """A row's rectangle in the viewport."""
        return self._geometry.row(place).translated(0, -self.verticalOffset())

    def row(self, place: int) -> Row | None:
        return self._rows.row(place)
