"""Every take and every panel of the shot: look at one, scrub over it, choose, star, reject; the rest in its menu."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QListView, QStackedWidget, QVBoxLayout, QWidget

from studio.project.cards import PanelCard, TakeCard
from studio.ui.parts.controls import DockHeader, IconButton, KeyButton, Segments, text_label
from studio.ui.parts.pictures import PictureStore
from studio.ui.takes.take_delegate import CELL, VersionDelegate, picture_rect, star_rect
from studio.ui.takes.take_list import Version, VersionList, is_chosen, picture_of
from studio.ui.theme import Look


class VersionView(QListView):
    """Cards in a grid; one is current."""

    looked_at = Signal(str)
    choose_requested = Signal(str)
    star_clicked = Signal(str)
    menu_requested = Signal(QPoint)
    """on the current version, at a point of the screen"""

    def __init__(
        self, look: Look, versions: VersionList, pictures: PictureStore, strips: PictureStore, name: str
    ) -> None:
        super().__init__()
        self._versions = versions
        self.setModel(versions)
        self._delegate = VersionDelegate(look, versions, pictures, strips)
        self.setItemDelegate(self._delegate)
        self.setMouseTracking(True)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setGridSize(CELL)
        self.setViewportMargins(12, 8, 0, 0)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAccessibleName(name)
        self.selectionModel().currentChanged.connect(self._current_changed)
        pictures.arrived.connect(self._picture_arrived)
        strips.arrived.connect(lambda _strip: self.viewport().update())

    def rect_for(self, one: str) -> QRect:
        row = self._versions.row_of(one)
        return QRect() if row is None else self.visualRect(self._versions.index(row))

    def at(self, point: QPoint) -> Version | None:
        index = self.indexAt(point)
        return self._versions.card(index.row()) if index.isValid() else None

    def current(self) -> str | None:
        index = self.currentIndex()
        return self._versions.card(index.row()).id if index.isValid() else None

    def show_current(self, one: str | None) -> None:
        """Marks one as looked at without announcing it."""
        row = self._versions.row_of(one)
        index = QModelIndex() if row is None else self._versions.index(row)
        self.selectionModel().blockSignals(True)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.selectionModel().blockSignals(False)
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        card = self._versions.card(index.row()) if index.isValid() else None
        if isinstance(card, TakeCard) and star_rect(self.visualRect(index)).contains(event.position().toPoint()):
            self.star_clicked.emit(card.id)
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The picture under the pointer scrubs through its take, left to right."""
        point = event.position().toPoint()
        one, part = self.at(point), -1.0
        if one is not None:
            rect = picture_rect(self.rect_for(one.id))
            part = (point.x() - rect.left()) / max(1, rect.width()) if rect.contains(point) else -1.0
        self._scrub(one.id if one and part >= 0 else "", part)
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._scrub("", -1.0)
        super().leaveEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """By the mouse on the version under it; by the key on the current one."""
        if event.reason() is QContextMenuEvent.Reason.Mouse:
            index = self.indexAt(event.pos())
            if not index.isValid():
                return
            self.setCurrentIndex(index)
        if (one := self.current()) is not None:
            by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
            under = self.viewport().mapToGlobal(self.rect_for(one).center())
            self.menu_requested.emit(event.globalPos() if by_mouse else under)

    def _scrub(self, one: str, part: float) -> None:
        if self._delegate.scrub(one, part):
            self.viewport().update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        one = self.at(event.position().toPoint())
        if one is not None:
            self.choose_requested.emit(one.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        one = self.current()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and one and not event.modifiers():
            self.choose_requested.emit(one)
        elif event.text() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _current_changed(self, index: QModelIndex) -> None:
        if index.isValid():
            self.looked_at.emit(self._versions.card(index.row()).id)

    def _picture_arrived(self, path: object) -> None:
        for row, card in enumerate(self._versions.cards()):
            if picture_of(card) == path:
                self.update(self._versions.index(row))


class TakesPanel(QWidget):
    take_looked_at = Signal(str)
    panel_looked_at = Signal(str)
    take_choose_requested = Signal(str)
    panel_choose_requested = Signal(str)
    star_requested = Signal(str)
    reject_requested = Signal(str)
    menu_requested = Signal(str, QPoint)
    """takes or panels, where on the screen: the menu of the one looked at"""

    def __init__(self, look: Look, pictures: PictureStore, strips: PictureStore, *, writable: bool) -> None:
        super().__init__()
        self._writable = writable
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._takes, self._panels = VersionList(self), VersionList(self)
        self.takes = VersionView(look, self._takes, pictures, strips, "Takes of the shot")
        self.panels = VersionView(look, self._panels, pictures, strips, "Panels of the shot")
        self.header = DockHeader(look, "Takes")
        self.views = Segments((("takes", "Takes"), ("panels", "Panels")), "Takes or panels")
        self.header.row.addStretch(1)
        self.header.row.addWidget(self.views)
        self.more = IconButton(look, "more", "What can be done with the take")
        self.header.row.addWidget(self.more)
        self.empty = text_label("", "second")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self.choose = KeyButton(look, "Choose", "Enter", kind="small")
        self.reject = KeyButton(look, "Reject", "X", kind="small")
        self._stack = QStackedWidget()
        self._build()
        self._connect()
        self.show_shot("", [], [])

    def show_shot(self, number: str, takes: Sequence[TakeCard], panels: Sequence[PanelCard]) -> None:
        self._number = number
        self._takes.show_all(takes)
        self._panels.show_all(panels)
        self.header.title.setText(f"Takes of {number}" if number else "Takes")
        self.views.word("takes", f"Takes {len(takes)}")
        self.views.word("panels", f"Panels {len(panels)}")
        self.show_view("panels" if panels and not takes else "takes" if takes and not panels else self.views.current())

    def show_view(self, view: str) -> None:
        self.views.choose(view)
        shown = self.takes if view == "takes" else self.panels
        count = shown.model().rowCount()
        self._stack.setCurrentWidget(shown if count else self.empty)
        self.empty.setText(self._nothing_yet(view))
        self._show_buttons()

    def show_current(self, take: str | None, panel: str | None) -> None:
        self.takes.show_current(take)
        self.panels.show_current(panel)
        self._show_buttons()

    def current_take(self) -> str | None:
        return self.takes.current() if self.views.current() == "takes" else None

    def _nothing_yet(self, view: str) -> str:
        if not self._number:
            return "Choose a shot on the board to see its takes."
        if view == "takes":
            return f"{self._number} has no take yet.\nCtrl Shift Enter makes one."
        return f"{self._number} has no panel yet.\nCtrl Enter draws one."

    def _show_buttons(self) -> None:
        takes = self.views.current() == "takes"
        shown = self.takes if takes else self.panels
        current = shown.current()
        row = (self._takes if takes else self._panels).row_of(current)
        card = None if row is None else (self._takes if takes else self._panels).card(row)
        self.more.setEnabled(card is not None)
        self.choose.setVisible(self._writable and card is not None and not is_chosen(card))
        self.reject.setVisible(self._writable and isinstance(card, TakeCard) and not is_chosen(card))
        if isinstance(card, TakeCard):
            self.choose.say(f"Choose take {card.name}")
            self.reject.say("Take back the rejection" if card.rejected else "Reject")
        elif card is not None:
            self.choose.say(f"Choose panel {card.number}")

    def _choose(self) -> None:
        if self.views.current() == "takes" and (take := self.takes.current()):
            self.take_choose_requested.emit(take)
        elif panel := self.panels.current():
            self.panel_choose_requested.emit(panel)

    def _open_menu(self) -> None:
        self.menu_requested.emit(self.views.current(), self.more.mapToGlobal(QPoint(0, self.more.height())))

    def _connect(self) -> None:
        self.views.chosen.connect(self.show_view)
        self.takes.looked_at.connect(self.take_looked_at)
        self.panels.looked_at.connect(self.panel_looked_at)
        self.takes.looked_at.connect(self._show_buttons)
        self.panels.looked_at.connect(self._show_buttons)
        self.takes.choose_requested.connect(self.take_choose_requested)
        self.panels.choose_requested.connect(self.panel_choose_requested)
        self.takes.star_clicked.connect(self.star_requested)
        self.takes.menu_requested.connect(lambda point: self.menu_requested.emit("takes", point))
        self.panels.menu_requested.connect(lambda point: self.menu_requested.emit("panels", point))
        self.more.clicked.connect(self._open_menu)
        self.choose.clicked.connect(self._choose)
        self.reject.clicked.connect(lambda: self.reject_requested.emit(self.takes.current() or ""))

    def _build(self) -> None:
        for page in (self.takes, self.panels, self.empty):
            self._stack.addWidget(page)
        foot = QWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self._stack, 1)
        column.addWidget(foot)
        row = QHBoxLayout(foot)
        row.setContentsMargins(12, 4, 12, 8)
        row.addWidget(self.choose)
        row.addWidget(self.reject)
        row.addStretch(1)
