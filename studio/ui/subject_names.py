"""The names offered while one types an @: picture, name and description of each subject."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from studio.project.gallery_cards import SubjectCard
from studio.ui.name_chips import paint_subject
from studio.ui.parts import painting
from studio.ui.parts.pictures import PictureStore
from studio.ui.theme import SEMIBOLD, Look

CARD = int(Qt.ItemDataRole.UserRole)
ROW = 36
PICTURE = QSize(40, 28)
Index = QModelIndex | QPersistentModelIndex


class SubjectNames(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.cards: tuple[SubjectCard, ...] = ()

    def show_subjects(self, cards: Sequence[SubjectCard]) -> None:
        if tuple(cards) != self.cards:
            self.beginResetModel()
            self.cards = tuple(cards)
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # as Qt declares it
        return 0 if parent.isValid() else len(self.cards)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        card = self.cards[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return card.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(filter(None, (card.name, card.kind, card.description)))
        return card if role == CARD else None


class NameDelegate(QStyledItemDelegate):
    def __init__(self, look: Look, pictures: PictureStore) -> None:
        super().__init__()
        self._look, self._pictures = look, pictures

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        card: SubjectCard = index.data(CARD)
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painting.fill_rounded(painter, rect, self._look.radius("badge"), self._look.colour("grey-3"))
        box = QRect(rect.left() + 4, rect.center().y() - PICTURE.height() // 2 + 1, PICTURE.width(), PICTURE.height())
        painting.fill_rounded(painter, box, self._look.radius("bar"), self._look.colour("grey-0"))
        paint_subject(painter, self._look, box, card, self._pictures)
        self._paint_words(painter, rect.adjusted(PICTURE.width() + 14, 0, -8, 0), card)
        painter.restore()

    def _paint_words(self, painter: QPainter, room: QRect, card: SubjectCard) -> None:
        name, words = self._look.font("body", SEMIBOLD), self._look.font("body")
        painter.setFont(name)
        painter.setPen(self._look.colour("grey-5"))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, card.name)
        rest = room.adjusted(QFontMetrics(name).horizontalAdvance(card.name) + 8, 0, 0, 0)
        painter.setFont(words)
        painter.setPen(self._look.colour("grey-4"))
        described = card.description or card.kind
        painter.drawText(
            rest, Qt.AlignmentFlag.AlignVCenter, painting.cut_at_word(described, QFontMetrics(words), rest.width())
        )
