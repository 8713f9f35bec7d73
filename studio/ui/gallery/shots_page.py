"""The shots a subject is in, on its sheet: what it wears in each, and the way there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from studio.project.cards import SceneCard, ShotCard
from studio.project.gallery_cards import SubjectCard
from studio.ui.gallery.menus import new_menu
from studio.ui.gallery.wardrobe_page import add_worn_entries
from studio.ui.gallery.wearing import in_shot
from studio.ui.parts.controls import text_label
from studio.ui.parts.tips import plain_tip
from studio.ui.theme import Look
from studio.ui.wishes.subjects import SubjectWishes

COLUMNS = ("Shot", "Scene", "What happens", "Wears")
ID = int(Qt.ItemDataRole.UserRole)


class ShotTable(QTreeWidget):
    sought = Signal(str)
    """a shot's id: go there"""
    menu_requested = Signal(str, QPoint)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("shortcut_list")
        self.setHeaderLabels(COLUMNS)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Shots the subject is in")
        head = self.header()
        head.setStretchLastSection(False)
        head.setSectionsMovable(False)
        for column, width in enumerate((96, 200, 0, 230)):
            head.resizeSection(column, width)
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
        head.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.itemDoubleClicked.connect(lambda row, _column: self.sought.emit(row.data(0, ID)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentItem()
        if row is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.sought.emit(row.data(0, ID))
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        row = self.currentItem() if by_key else self.itemAt(event.pos())
        if row is not None:
            self.setCurrentItem(row)
            place = self.viewport().mapToGlobal(self.visualItemRect(row).center()) if by_key else event.globalPos()
            self.menu_requested.emit(row.data(0, ID), place)


class ShotsPage(QWidget):
    shot_sought = Signal(str)

    def __init__(self, look: Look, wishes: SubjectWishes, *, writable: bool) -> None:
        super().__init__()
        self._wishes, self._writable = wishes, writable
        self._card: SubjectCard | None = None
        self._shots: dict[str, ShotCard] = {}
        self._listed: list[str] = []
        self._scenes: dict[str, SceneCard] = {}
        self.table = ShotTable()
        self.words = text_label("", "second")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.size("gap"))
        column.addWidget(self.words)
        column.addWidget(self.table, 1)
        self.table.sought.connect(self.shot_sought)
        self.table.menu_requested.connect(self._open_menu)

    def show_subject(self, card: SubjectCard, shots: Sequence[ShotCard], scenes: Mapping[str, SceneCard]) -> None:
        self._card, self._scenes = card, dict(scenes)
        self._shots = {shot.id: shot for shot in shots}
        dressed = bool(card.wardrobe)
        self.table.setColumnHidden(3, not dressed)
        self.words.setText(self._what_it_says(dressed=dressed))
        if [shot.id for shot in shots] != self._listed:
            self._listed = [shot.id for shot in shots]
            self.table.clear()
            for shot in shots:
                QTreeWidgetItem(self.table).setData(0, ID, shot.id)
        for at, shot in enumerate(shots):
            if (row := self.table.topLevelItem(at)) is not None:
                self._write(row, card, shot)
        if self.table.currentItem() is None and (first := self.table.topLevelItem(0)) is not None:
            self.table.setCurrentItem(first)

    def _write(self, row: QTreeWidgetItem, card: SubjectCard, shot: ShotCard) -> None:
        scene = self._scenes.get(shot.scene)
        row.setText(0, shot.number)
        row.setText(1, f"{scene.number}  {scene.heading}" if scene else "")
        row.setText(2, " ".join((shot.action or shot.prompt).split()))
        worn = in_shot(card, scene, shot) if scene else None
        row.setText(3, worn.short if worn else "")
        for column in (2, 3):
            row.setToolTip(column, plain_tip(worn.words if worn and column == 3 else row.text(column)))

    def _what_it_says(self, *, dressed: bool) -> str:
        if not self._shots:
            return "In no shot yet. Drag it onto a card of the board, or name it in a prompt and add it there."
        menu = "; its menu says what is worn in one shot alone" if dressed and self._writable else ""
        return f"Enter goes to the shot{menu}."

    def _open_menu(self, shot: str, point: QPoint) -> None:
        card, one = self._card, self._shots.get(shot)
        scene = self._scenes.get(one.scene) if one is not None else None
        if card is None or one is None or scene is None or not card.wardrobe or not self._writable:
            return
        menu = new_menu(self, f"What is worn in shot {one.number}")
        add_worn_entries(menu, self._wishes, card, in_shot(card, scene, one), shot=shot)
        menu.popup(point)
