"""Cards in a grid under their scenes: a QListView, for its accessible list, with our own geometry and sizes."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

from studio.project.cards import SceneCard, ShotCard
from studio.ui.storyboard.board.card_delegate import CardDelegate
from studio.ui.storyboard.board.card_size import STEP, USUAL, card_size
from studio.ui.storyboard.board.choice import as_selection
from studio.ui.storyboard.board.geometry import BoardGeometry, size_that_fits
from studio.ui.storyboard.board.shot_list import Index, ShotList

Flag = QItemSelectionModel.SelectionFlag


class CardGrid(QListView):
    size_changed = Signal(int)
    """width of a card in logical pixels"""

    def __init__(self, shots: ShotList, delegate: CardDelegate) -> None:
        super().__init__()
        self._shots, self._delegate = shots, delegate
        self._size = USUAL
        self._geometry = BoardGeometry([], 400)
        self._can_edit = True
        self.setModel(shots)
        self.setItemDelegate(delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        shots.layoutChanged.connect(self.lay_out)
        shots.modelReset.connect(self.lay_out)

    # --- where things are ---

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

    def rows_in(self, rect: QRect) -> list[int]:
        """Rows whose cards a rectangle of the content touches."""
        rows = self._geometry.rows_between(rect.top(), rect.bottom())
        return [row for row in rows if self._geometry.card(row).intersects(rect)]

    # --- size of the cards ---

    @property
    def card_width(self) -> int:
        return self._size.width

    def set_card_width(self, width: int) -> None:
        """Larger or smaller cards; what stands in the middle stays there."""
        self.resize_cards(width, QPoint(0, self.viewport().height() // 2))

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

    def resize_cards(self, width: int, around: QPoint) -> None:
        """Cards so wide; what stands at a point of the viewport stays there."""
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

    def setSelection(self, rect: QRect, command: Flag) -> None:
        """Qt's wish to select what a rectangle touches, as assistive programs may have."""
        rows = self.rows_in(rect.normalized().translated(0, self.verticalOffset()))
        self.selectionModel().select(as_selection(self._shots, rows), command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """Only what is seen: a selection may hold every card of the film."""
        region = QRegion()
        for row in self.rows_seen():
            if selection.contains(self._shots.index(row)):
                region += self.visualRect(self._shots.index(row))
        return region

    def rows_seen(self) -> range:
        return self._geometry.rows_between(self.verticalOffset(), self.verticalOffset() + self.viewport().height())
