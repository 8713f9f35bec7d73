"""Draws one note: the frame it is on, where that is, who wrote it, what it says, and whether it is done."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPixmap, QTextLayout, QTextOption
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from studio.project.cards import NoteCard, TakeCard
from studio.ui.notes.note_list import Role
from studio.ui.parts import painting
from studio.ui.parts.pictures import PictureStore
from studio.ui.strips import FRAMES, part_of, strip_path
from studio.ui.theme import SEMIBOLD, Look

PICTURE = QSize(72, 40)
PAD = 12
MOST_LINES = 6
Index = QModelIndex | QPersistentModelIndex


def status_rect(item: QRect) -> QRect:
    """Where a click marks a note done or open again; a little larger than the circle."""
    return QRect(item.right() - PAD - 20, item.top() + 6, 24, 24)


class NoteDelegate(QStyledItemDelegate):
    def __init__(self, look: Look, strips: PictureStore, view: QListView) -> None:
        super().__init__(view)
        self._look, self._strips, self._view = look, strips, view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = self._view.viewport().width()
        card: NoteCard = index.data(Role.CARD)
        lines = _lines(card.text, self._look.font("body"), width - PICTURE.width() - 3 * PAD)
        words = 20 + lines * self._look.theme.line("body")
        return QSize(width, max(PICTURE.height(), words) + 16)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        card: NoteCard = index.data(Role.CARD)
        take: TakeCard | None = index.data(Role.TAKE)
        rect, selected = option.rect, bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if selected:
            painter.fillRect(rect, self._look.colour("grey-2"))
            painter.fillRect(rect.left(), rect.top(), 2, rect.height(), self._look.colour("accent"))
        picture = QRect(rect.left() + PAD, rect.top() + 8, PICTURE.width(), PICTURE.height())
        painter.setOpacity(1.0 if card.status == "open" else 0.6)
        self._draw_picture(painter, picture, card, take)
        painter.setOpacity(1.0)
        left = picture.right() + PAD
        self._draw_head(painter, QRect(left, rect.top() + 6, rect.right() - left - PAD - 24, 20), card,
                        index.data(Role.WHERE))  # fmt: skip
        self._draw_text(painter, QRect(left, rect.top() + 26, rect.right() - left - PAD, rect.height() - 32), card)
        icon, token = ("approved", "good") if card.status == "done" else ("ring", "grey-4")
        icon, token = ("omitted", "grey-4") if card.status == "wont" else (icon, token)
        painting.draw_icon(painter, self._look, icon, token, QPointF(status_rect(rect).center()))
        painter.restore()

    def _draw_picture(self, painter: QPainter, rect: QRect, card: NoteCard, take: TakeCard | None) -> None:
        painter.save()
        painter.setClipPath(painting.rounded(rect, self._look.radius("badge")))
        painter.fillRect(rect, self._look.colour("grey-0"))
        strip: QPixmap | None = None
        if take is not None:
            strip = self._strips.pixmap(strip_path(take), PICTURE.width() * FRAMES, PICTURE.height())
        if take is None or strip is None or strip.isNull():
            painting.draw_icon(painter, self._look, "note", "grey-4", QPointF(rect.center()))
        else:
            part = (card.take_frame or 0) / max(1, take.frames)
            painting.cover(painter, rect, strip.copy(part_of(strip, part)))
        painter.restore()

    def _draw_head(self, painter: QPainter, rect: QRect, card: NoteCard, where: str) -> None:
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(self._look.font("body", SEMIBOLD))
        painter.setPen(self._look.colour("grey-5"))
        painter.drawText(rect, flags, where)
        width = painter.fontMetrics().horizontalAdvance(where) + 8
        painter.setFont(self._look.font("micro"))
        painter.setPen(self._look.colour("grey-4"))
        room = rect.adjusted(width, 0, 0, 0)
        author = painter.fontMetrics().elidedText(card.author, Qt.TextElideMode.ElideRight, max(0, room.width()))
        painter.drawText(room, flags, author)

    def _draw_text(self, painter: QPainter, rect: QRect, card: NoteCard) -> None:
        font = self._look.font("body")
        font.setStrikeOut(card.status != "open")
        painter.setFont(font)
        painter.setPen(self._look.colour("grey-5" if card.status == "open" else "grey-4"))
        painter.setClipRect(rect)
        painter.drawText(QRectF(rect), card.text, _wrapping())


def _wrapping() -> QTextOption:
    """At words; only one that is wider than the list is broken."""
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option


def _lines(text: str, font: QFont, width: int) -> int:
    """Lines the words take at `width` pixels, at most `MOST_LINES`; each paragraph begins one."""
    count = 0
    for paragraph in text.splitlines() or [""]:
        layout = QTextLayout(paragraph, font)
        layout.setTextOption(_wrapping())
        layout.beginLayout()
        while count < MOST_LINES and (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            count += 1
        layout.endLayout()
    return max(1, count)
