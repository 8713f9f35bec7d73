"""The views of one subject as a Qt list, and how one is drawn on its sheet: whole, with what it shows under it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from studio.project.gallery_cards import SubjectCard, ViewCard
from studio.ui.gallery.menus import VIEWS
from studio.ui.gallery.row_list import Index
from studio.ui.parts import painting
from studio.ui.parts.pictures import PictureStore
from studio.ui.theme import MEDIUM, Look

PICTURE = QSize(148, 148)
CELL = QSize(PICTURE.width() + 16, PICTURE.height() + 48)
CARD = int(Qt.ItemDataRole.UserRole)


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
