"""Draws one row of the continuity panel: its title, a lamp for each thing compared, the pictures side by side.

The lamps stand above the pictures: in a low panel they are what must be seen.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip

from studio.ui.continuity.rows import LampShown, Role, Row
from studio.ui.parts import painting
from studio.ui.parts.tips import plain_tip
from studio.ui.theme import SEMIBOLD, Look

PAD = 12
TITLE, LAMPS = 24, 36
GAP = 4
WIDEST = 240
"""Of one picture, in a panel that is wide."""
ICONS = {
    "same": ("check", "good"), "watch": ("ring", "warn"), "no": ("warning", "warn"), "unknown": ("minus", "grey-4"),
}  # fmt: skip
Index = QModelIndex | QPersistentModelIndex


class RowDelegate(QStyledItemDelegate):
    def __init__(self, look: Look, view: QListView, beside: int = 0) -> None:
        """`beside`: how wide a row is at least where several stand beside each other; 0: each has a line to itself."""
        super().__init__(view)
        self._look, self._view, self._beside = look, view, beside
        self.aspect = 16 / 9

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = self._view.viewport().width()
        if self._beside:
            width = (width - 1) // max(1, width // self._beside)
        row: Row = index.data(Role.ROW)
        return QSize(width, TITLE + self._picture(width, row.wants).height() + LAMPS + PAD)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(Role.ROW)
        rect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self._look.colour("grey-2"))
            painter.fillRect(rect.left(), rect.top(), 2, rect.height(), self._look.colour("accent"))
        self._draw_title(painter, QRect(rect.left() + PAD, rect.top() + 2, rect.width() - 2 * PAD, TITLE - 2), row)
        for place in range(row.wants):
            self._draw_picture(painter, self._picture_rect(rect, row, place), row, place)
        for lamp, where in self._lamps(rect, row):
            self._draw_lamp(painter, where, lamp)
        painter.restore()

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        row = index.data(Role.ROW)
        if event.type() != QEvent.Type.ToolTip or row is None:
            return False
        over = next((lamp for lamp, rect in self._lamps(option.rect, row) if rect.contains(event.pos())), None)
        QToolTip.showText(event.globalPos(), plain_tip(over.sentence if over else row.in_words), view)
        return True

    def _picture(self, width: int, count: int) -> QSize:
        wide = min(WIDEST, (width - 2 * PAD - GAP * (count - 1)) // count)
        return QSize(wide, round(wide / self.aspect))

    def _picture_rect(self, rect: QRect, row: Row, place: int) -> QRect:
        size = self._picture(rect.width(), row.wants)
        left, top = rect.left() + PAD + place * (size.width() + GAP), rect.top() + TITLE + LAMPS + GAP
        return QRect(left, top, size.width(), size.height())

    def _lamps(self, rect: QRect, row: Row) -> Iterator[tuple[LampShown, QRect]]:
        """In equal columns, each lamp's title over its word."""
        top = rect.top() + TITLE
        across = (rect.width() - 2 * PAD) // max(1, len(row.lamps))
        for place, lamp in enumerate(row.lamps):
            yield lamp, QRect(rect.left() + PAD + place * across, top, across, LAMPS)

    def _draw_title(self, painter: QPainter, rect: QRect, row: Row) -> None:
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(self._look.font("body", SEMIBOLD))
        painter.setPen(self._look.colour("grey-5"))
        painter.drawText(rect, middle, row.title)
        used = painter.fontMetrics().horizontalAdvance(row.title) + 8
        painter.setFont(self._look.font("micro"))
        painter.setPen(self._look.colour("grey-4"))
        words = painting.cut_at_word(row.detail, painter.fontMetrics(), max(1, rect.width() - used))
        painter.drawText(rect, middle | Qt.AlignmentFlag.AlignRight, words)

    def _draw_picture(self, painter: QPainter, rect: QRect, row: Row, place: int) -> None:
        painter.save()
        painter.setClipPath(painting.rounded(rect, self._look.radius("badge")))
        painter.fillRect(rect, self._look.colour("grey-0"))
        if place < len(row.pictures):
            painting.cover(painter, rect, QPixmap.fromImage(row.pictures[place]))
        elif row.waits:
            painter.setFont(self._look.font("micro"))
            painter.setPen(self._look.colour("grey-4"))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(rect.adjusted(8, 4, -8, -4), flags, row.waits if place == 0 else "")
        painter.restore()

    def _draw_lamp(self, painter: QPainter, rect: QRect, lamp: LampShown) -> None:
        icon, token = ICONS[lamp.state]
        painting.draw_icon(painter, self._look, icon, token, QPointF(rect.left() + 8, rect.center().y() + 0.5))
        painter.setFont(self._look.font("micro"))
        words = rect.adjusted(20, 0, 0, 0)
        over, under = words.adjusted(0, 0, 0, -LAMPS // 2), words.adjusted(0, LAMPS // 2, 0, 0)
        painter.setPen(self._look.colour("grey-4"))
        painter.drawText(over, Qt.AlignmentFlag.AlignBottom, lamp.title)
        painter.setPen(self._look.colour("grey-5"))
        painter.drawText(under, Qt.AlignmentFlag.AlignTop, lamp.word)
