"""The gallery as Qt asks for it: a QListView, for its accessible list, with our own geometry and drawing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QToolTip

from studio.project.gallery_cards import ViewCard
from studio.ui.gallery.geometry import GalleryGeometry
from studio.ui.gallery.row_list import Index, RowList
from studio.ui.gallery.row_painter import Marked, RowPainter
from studio.ui.gallery.rows import Row
from studio.ui.parts.pictures import PictureStore
from studio.ui.parts.tips import plain_tip
from studio.ui.theme import Look

STEP = 40
"""Pixels of one notch of the wheel."""


class GalleryGrid(QListView):
    def __init__(self, look: Look, rows: RowList, pictures: PictureStore) -> None:
        super().__init__()
        self._look, self._rows = look, rows
        self._painter = RowPainter(look, pictures)
        self._geometry = GalleryGeometry([], 200)
        self._view: int | None = None
        """The chosen one among the views of the current row."""
        self._hovered: tuple[int, int | None] = (-1, None)
        self.setModel(rows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setAccessibleName("References")
        rows.modelReset.connect(self.lay_out)
        rows.dataChanged.connect(self._row_changed)
        pictures.arrived.connect(self._picture_arrived)

    # --- what is where ---

    @property
    def geometry_(self) -> GalleryGeometry:
        return self._geometry

    def content(self, point: QPoint) -> QPoint:
        return QPoint(point.x(), point.y() + self.verticalOffset())

    def row_at(self, point: QPoint) -> Row | None:
        """The row under a point of the viewport."""
        place = self._geometry.row_at(self.content(point).y())
        return None if place is None else self._rows.row(place)

    def view_at(self, point: QPoint) -> ViewCard | None:
        """The picture under a point of the viewport."""
        found = self._geometry.view_at(self.content(point))
        return self._geometry.shown(found[0])[found[1]] if found else None

    def rect_of_view(self, view: str) -> QRect:
        """Where it stands in the viewport; empty where it is not in the list."""
        found = self._rows.place_of_view(view)
        rects = self._geometry.views(found[0]) if found else []
        if found is None or found[1] >= len(rects):
            return QRect()
        return rects[found[1]].translated(0, -self.verticalOffset())

    def rect_of(self, key: tuple[str, str]) -> QRect:
        """Where a row stands in the viewport; empty where it is not in the list."""
        place = self._rows.place_of(key)
        return QRect() if place is None else self.visualRect(self._rows.index(place))

    def rows_seen(self) -> range:
        return self._geometry.rows_between(self.verticalOffset(), self.verticalOffset() + self.viewport().height())

    # --- geometry, as Qt asks for it ---

    def lay_out(self) -> None:
        self._geometry = GalleryGeometry(self._rows.rows(), self.viewport().width())
        self.updateGeometries()
        self.viewport().update()

    def doItemsLayout(self) -> None:  # noqa: N802
        self.lay_out()

    def updateGeometries(self) -> None:  # noqa: N802
        bar = self.verticalScrollBar()
        bar.setSingleStep(STEP)
        bar.setPageStep(self.viewport().height())
        bar.setRange(0, max(0, self._geometry.height - self.viewport().height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.lay_out()

    def visualRect(self, index: Index) -> QRect:
        return self._geometry.row(index.row()).translated(0, -self.verticalOffset()) if index.isValid() else QRect()

    def indexAt(self, point: QPoint) -> QModelIndex:
        place = self._geometry.row_at(self.content(point).y())
        return QModelIndex() if place is None else self._rows.index(place)

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def horizontalOffset(self) -> int:
        return 0

    def isIndexHidden(self, index: Index) -> bool:
        return self._geometry.row(index.row()).isEmpty()

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        self.reveal(self._geometry.row(index.row()))

    def reveal(self, rect: QRect) -> None:
        """Scroll so far that a rectangle of the content is seen."""
        bar, room = self.verticalScrollBar(), self.viewport().height()
        if rect.isEmpty():
            return
        if rect.top() < bar.value() or rect.height() > room:
            bar.setValue(rect.top())
        elif rect.bottom() + 1 > bar.value() + room:
            bar.setValue(rect.bottom() + 1 - room)

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Qt's wish to select what a rectangle touches, as assistive programs may have; one row at a time here."""
        index = self.indexAt(rect.center())
        self.selectionModel().select(QItemSelection(index, index), command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        return QRegion(self.visualRect(selection.indexes()[0])) if selection.indexes() else QRegion()

    def viewportEvent(self, event: QEvent) -> bool:
        """Folded, a subject is a picture alone: who it is comes as a tip."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            row = self.row_at(event.pos()) if self._geometry.folded else None
            QToolTip.showText(event.globalPos(), plain_tip(row.words) if row is not None else "", self)
            return True
        return super().viewportEvent(event)

    # --- drawing: only what is seen ---

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802
        """Moves what is drawn already and draws only what comes into sight."""
        self.viewport().scroll(0, dy)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = self.verticalOffset()
        painter.translate(0, -top)
        marked = Marked(self.currentIndex().row(), self._view, *self._hovered)
        for place in self._geometry.rows_between(event.rect().top() + top, event.rect().bottom() + top):
            self._painter.paint(painter, self._geometry, place, marked)
        painter.resetTransform()
        self.paint_over(painter)

    def paint_over(self, painter: QPainter) -> None:
        """What lies over the rows, in pixels of the viewport."""

    def update_row(self, place: int) -> None:
        self.viewport().update(self._geometry.row(place).translated(0, -self.verticalOffset()))

    def _row_changed(self, first: Index, last: Index) -> None:
        """Words alone leave everything where it is; pictures may make a row higher."""
        before = self._geometry
        self._geometry = GalleryGeometry(self._rows.rows(), self.viewport().width())
        if before.row(first.row()) == self._geometry.row(first.row()) and before.height == self._geometry.height:
            self.update_row(first.row())
        else:
            self.updateGeometries()
            self.viewport().update()

    def _picture_arrived(self, path: object) -> None:
        for place in self.rows_seen():
            if any(view.picture == path for view in self._geometry.shown(place)):
                self.update_row(place)
