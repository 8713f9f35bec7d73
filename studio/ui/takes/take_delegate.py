"""Draws one take or panel: its picture, what it is marked as, number, seed and star."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from studio.project.cards import TakeCard
from studio.ui.parts import painting
from studio.ui.parts.painting import Badge
from studio.ui.parts.pictures import PictureStore
from studio.ui.strips import FRAMES, part_of, strip_path
from studio.ui.takes.take_list import Role, Version, VersionList, is_chosen, picture_of
from studio.ui.theme import SEMIBOLD, Look

WIDTH, PICTURE, HEIGHT = 160, 90, 116
CELL = QSize(WIDTH + 5, HEIGHT + 8)
CHOSEN = Badge("approved", "Chosen", "good", "good-quiet")
REJECTED = Badge("omitted", "Rejected", "grey-4", "grey-2")
OUT_OF_DATE = Badge("out-of-date", "Out of date", "warn", "warn-quiet")


def cell_rect(item: QRect) -> QRect:
    """The drawn part of a grid cell."""
    return QRect(item.left(), item.top(), WIDTH, HEIGHT)


def picture_rect(item: QRect) -> QRect:
    """Where the picture stands, over which the pointer scrubs."""
    cell = cell_rect(item)
    return QRect(cell.left(), cell.top(), WIDTH, PICTURE)


def star_rect(item: QRect) -> QRect:
    """Where a click stars a take; a little larger than the star."""
    cell = cell_rect(item)
    return QRect(cell.right() - 23, cell.top() + PICTURE + 1, 24, 24)


class VersionDelegate(QStyledItemDelegate):
    def __init__(self, look: Look, versions: VersionList, pictures: PictureStore, strips: PictureStore) -> None:
        super().__init__(versions)
        self._look, self._pictures, self._strips = look, pictures, strips
        self._scrubbed, self._part = "", -1.0
        """The take under the pointer, and how far across it the pointer is."""

    def scrub(self, one: str, part: float) -> bool:
        """Shows the frame at `part` of a take in place of its picture; True where that is another frame."""
        step = int(part * FRAMES)
        changed = (one, step) != (self._scrubbed, int(self._part * FRAMES))
        self._scrubbed, self._part = one, part
        return changed

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return CELL

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        card: Version = index.data(Role.CARD)
        cell = cell_rect(option.rect)
        picture = picture_rect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_picture(painter, picture, card)
        self._draw_marks(painter, picture, card)
        self._draw_words(painter, QRect(cell.left(), picture.bottom() + 4, WIDTH, 20), card)
        if option.state & QStyle.StateFlag.State_Selected:
            painting.outline(painter, picture, self._look.radius("badge"), self._look.colour("accent"), 2)
        painter.restore()

    def _draw_picture(self, painter: QPainter, rect: QRect, card: Version) -> None:
        painter.save()
        painter.setClipPath(painting.rounded(rect, self._look.radius("badge")))
        painter.fillRect(rect, self._look.colour("grey-0"))
        pixmap = self._pictures.pixmap(picture_of(card), WIDTH, PICTURE)
        rejected = isinstance(card, TakeCard) and card.rejected
        if pixmap is not None and pixmap.isNull():
            painting.draw_icon(painter, self._look, "picture", "grey-4", QPointF(rect.center()), 24)
        elif pixmap is not None:
            painting.cover(painter, rect, pixmap, opacity=0.28 if rejected else 1.0)
        if isinstance(card, TakeCard) and card.id == self._scrubbed:
            self._draw_scrubbed(painter, rect, card)
        painter.restore()

    def _draw_scrubbed(self, painter: QPainter, rect: QRect, card: TakeCard) -> None:
        strip = self._strips.pixmap(strip_path(card), WIDTH * FRAMES, PICTURE)
        if strip is None or strip.isNull():
            return  # on its way, or unreadable: the picture stays
        painting.cover(painter, rect, strip.copy(part_of(strip, self._part)))
        line = rect.left() + round(self._part * rect.width())
        painter.fillRect(line, rect.top(), 1, rect.height(), self._look.colour("grey-5"))

    def _draw_marks(self, painter: QPainter, rect: QRect, card: Version) -> None:
        marks = [CHOSEN] if is_chosen(card) else []
        if isinstance(card, TakeCard):
            marks += [REJECTED] if card.rejected else []
            marks += [OUT_OF_DATE] if card.out_of_date else []
        left, top = rect.left() + 6, rect.bottom() - 23
        for mark in marks:
            if left > rect.left() + 6 and left + painting.badge_width(self._look, mark) > rect.right() - 5:
                left, top = rect.left() + 6, top - 22
            left = painting.draw_badge(painter, self._look, mark, left, top) + 4

    def _draw_words(self, painter: QPainter, rect: QRect, card: Version) -> None:
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        name = card.name if isinstance(card, TakeCard) else str(card.number)
        painter.setFont(self._look.font("body", SEMIBOLD))
        painter.setPen(self._look.colour("grey-5"))
        painter.drawText(rect, flags, name)
        left = rect.left() + painter.fontMetrics().horizontalAdvance(name) + 6
        painter.setFont(self._look.font("micro"))
        painter.setPen(self._look.colour("grey-4"))
        painter.drawText(rect.adjusted(left - rect.left(), 0, -24, 0), flags, second_words(card))
        if isinstance(card, TakeCard):
            centre = QPointF(rect.right() - 9, rect.center().y() + 0.5)
            icon, token = ("star-filled", "grey-5") if card.starred else ("star", "grey-4")
            painting.draw_icon(painter, self._look, icon, token, centre)


def second_words(card: Version) -> str:
    """What tells versions of one shot apart."""
    if card.origin == "imported":
        return "imported"
    return f"seed {card.seed}" if isinstance(card, TakeCard) else "drawn"
