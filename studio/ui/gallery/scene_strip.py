"""The scenes of the film by story day, and what a subject wears in each: a strip to read, and to say otherwise on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from studio.project.cards import SceneCard
from studio.project.gallery_cards import SubjectCard
from studio.ui.gallery.row_list import Index
from studio.ui.gallery.wearing import Worn, by_story_day, in_scene
from studio.ui.parts import painting
from studio.ui.theme import MEDIUM, SEMIBOLD, Look

CELL = QSize(132, 96)
DAY = 20
CARD = int(Qt.ItemDataRole.UserRole)
LINES = 3
"""Changes told in a cell: one of each aspect."""


@dataclass(frozen=True)
class SceneWorn:
    scene: SceneCard
    worn: Worn
    begins_day: bool

    @property
    def words(self) -> str:
        return f"Scene {self.scene.number}, day {self.scene.story_day}: {self.worn.words}"


class SceneList(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._cells: list[SceneWorn] = []

    def show_subject(self, card: SubjectCard, scenes: Sequence[SceneCard]) -> None:
        cells, day = [], None
        for scene in by_story_day(scenes):
            cells.append(SceneWorn(scene, in_scene(card, scene), scene.story_day != day))
            day = scene.story_day
        if [one.scene.id for one in cells] != [one.scene.id for one in self._cells]:
            self.beginResetModel()
            self._cells = cells
            self.endResetModel()
        elif cells:
            self._cells = cells
            self.dataChanged.emit(self.index(0), self.index(len(cells) - 1))

    def cell(self, place: int) -> SceneWorn | None:
        return self._cells[place] if 0 <= place < len(self._cells) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._cells)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        cell = self.cell(index.row()) if index.isValid() else None
        if cell is None:
            return None
        if role == CARD:
            return cell
        return cell.words if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None


class SceneDelegate(QStyledItemDelegate):
    def __init__(self, look: Look, scenes: SceneList) -> None:
        super().__init__(scenes)
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return CELL

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        one: SceneWorn = index.data(CARD)
        rect: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if one.begins_day:
            self._write(painter, QRect(rect.left() + 2, rect.top(), rect.width(), DAY), f"Day {one.scene.story_day}",
                        "grey-4")  # fmt: skip
        box = QRect(rect.left(), rect.top() + DAY, rect.width() - 4, rect.height() - DAY)
        painting.fill_rounded(painter, box, self._look.radius("control"), self._look.colour("grey-1"))
        if chosen:
            painting.outline(painter, box, self._look.radius("control"), self._look.colour("accent"), 2)
        self._draw_head(painter, QRect(box.left() + 8, box.top() + 4, box.width() - 16, 18), one.scene)
        self._draw_worn(painter, QRect(box.left() + 8, box.top() + 24, box.width() - 16, 48), one.worn)
        painter.restore()

    def _draw_head(self, painter: QPainter, room: QRect, scene: SceneCard) -> None:
        painter.setFont(self._look.font("body", SEMIBOLD))
        painter.setPen(self._look.colour("grey-5"))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, scene.number)
        left = painter.fontMetrics().horizontalAdvance(scene.number) + 6
        self._write(painter, room.adjusted(left, 0, 0, 0), scene.heading, "grey-4")

    def _draw_worn(self, painter: QPainter, room: QRect, worn: Worn) -> None:
        step = self._look.theme.line("micro")
        said = {one.id for one in worn.exceptions}
        lines = [(one.title, any(other.id in said for other in one.exceptions)) for one in worn.changes][:LINES]
        if not lines:
            lines = [("as described", bool(worn.exceptions))]
        for place, (words, exception) in enumerate(lines):
            line = QRect(room.left(), room.top() + place * step, room.width(), step)
            if exception:
                painting.draw_icon(painter, self._look, "pencil", "accent",
                                   QPointF(line.left() + 6, line.center().y()), 12)  # fmt: skip
                line.setLeft(line.left() + 16)
            self._write(painter, line, words, "grey-5" if worn.changes else "grey-4")

    def _write(self, painter: QPainter, room: QRect, words: str, token: str) -> None:
        painter.setFont(self._look.font("micro", MEDIUM if token == "grey-5" else 400))
        painter.setPen(self._look.colour(token))
        cut = painting.cut_at_word(words, painter.fontMetrics(), room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, cut)


class SceneStrip(QListView):
    menu_requested = Signal(object, QPoint)
    """SceneWorn, and a point of the screen"""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.scenes = SceneList(self)
        self.setObjectName("well_list")
        self.setModel(self.scenes)
        self.setItemDelegate(SceneDelegate(look, self.scenes))
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAccessibleName("What is worn in each scene")
        self.setFixedHeight(CELL.height() + 14)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self.indexAt(event.position().toPoint()).isValid():
            self._open(event.globalPosition().toPoint())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.indexAt(event.pos())
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            self._open(self._under_current())
        elif index.isValid():
            self.setCurrentIndex(index)
            self._open(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open(self._under_current())
        elif event.text():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _under_current(self) -> QPoint:
        return self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).center())

    def _open(self, point: QPoint) -> None:
        cell = self.scenes.cell(self.currentIndex().row())
        if cell is not None:
            self.menu_requested.emit(cell, point)
