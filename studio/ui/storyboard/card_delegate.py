"""Draws one shot on the board: 164 x 156, picture above, number, state, length and two lines of action below."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QBrush, QFont, QFontMetrics, QPainter, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from studio.project.cards import ShotCard, ShotState
from studio.ui.live import Live
from studio.ui.parts import painting
from studio.ui.parts.pictures import PictureStore, PreviewStore
from studio.ui.parts.times import shot_length
from studio.ui.states import shot_badge
from studio.ui.storyboard.geometry import CARD_HEIGHT, CARD_WIDTH
from studio.ui.storyboard.shot_list import Role, ShotList
from studio.ui.theme import MEDIUM, SEMIBOLD, Look

PICTURE = 92
OMITTED = 0.28
DARKENED = 0.4
WAITING = (ShotState.QUEUED,)


class CardDelegate(QStyledItemDelegate):
    def __init__(self, look: Look, shots: ShotList, pictures: PictureStore, previews: PreviewStore) -> None:
        super().__init__(shots)
        self._look, self._shots, self._pictures, self._previews = look, shots, pictures, previews

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(CARD_WIDTH, CARD_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        card, live = index.data(Role.CARD), index.data(Role.LIVE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.draw(painter, option.rect, card, live)
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            width = 2
            painting.outline(painter, option.rect, self._look.radius("control"), self._look.colour("accent"), width)
        elif state & QStyle.StateFlag.State_MouseOver:
            painting.outline(painter, option.rect, self._look.radius("control"), self._look.colour("grey-3"), 1)
        painter.restore()

    def draw(self, painter: QPainter, rect: QRect, card: ShotCard, live: Live | None) -> None:
        painting.fill_rounded(painter, rect, self._look.radius("control"), self._look.colour("grey-2"))
        picture = QRect(rect.left(), rect.top(), rect.width(), PICTURE)
        painter.save()
        painter.setClipPath(painting.rounded(picture, self._look.radius("control"), top_only=True))
        painter.fillRect(picture, self._look.colour("grey-0"))
        self._draw_picture(painter, picture, card, live)
        painter.restore()
        self._draw_words(painter, rect.adjusted(8, PICTURE + 6, -8, -6), card)

    def _draw_picture(self, painter: QPainter, rect: QRect, card: ShotCard, live: Live | None) -> None:
        preview = self._previews.pixmap(card.job) if card.state is ShotState.RUNNING else None
        if preview is not None:
            painting.cover(painter, rect, preview)
        elif card.picture is not None:
            self._draw_still(painter, rect, card)
        elif card.state in WAITING or card.state is ShotState.RUNNING:
            painting.draw_icon(painter, self._look, "queued", "grey-4", QPointF(rect.center()), 24)
        elif card.state is ShotState.FAILED:
            painting.draw_icon(painter, self._look, "failed", "bad", QPointF(rect.center()), 24)
        else:
            self._draw_empty(painter, rect, card)
        if card.state is ShotState.RUNNING and live is not None:
            self._draw_live(painter, rect, live)
        if self._shots.long_numbers:
            self._draw_plate(painter, rect, shot_length(card.frames, self._shots.rate), left=True)

    def _draw_still(self, painter: QPainter, rect: QRect, card: ShotCard) -> None:
        pixmap = self._pictures.pixmap(card.picture, CARD_WIDTH, PICTURE)
        if pixmap is None:
            return
        if pixmap.isNull():
            painting.draw_icon(painter, self._look, "picture", "grey-4", QPointF(rect.center()), 24)
            return
        if card.state is ShotState.OMITTED:
            self._draw_omitted(painter, rect, pixmap)
        else:
            painting.cover(painter, rect, pixmap, opacity=DARKENED if card.state is ShotState.FAILED else 1.0)

    def _draw_omitted(self, painter: QPainter, rect: QRect, pixmap: QPixmap) -> None:
        painting.cover(painter, rect, pixmap, opacity=OMITTED)
        painter.fillRect(rect, QBrush(self._look.colour("grey-3"), Qt.BrushStyle.BDiagPattern))

    def _draw_empty(self, painter: QPainter, rect: QRect, card: ShotCard) -> None:
        if card.state is ShotState.OMITTED:
            painter.fillRect(rect, QBrush(self._look.colour("grey-3"), Qt.BrushStyle.BDiagPattern))
            return
        inset = rect.adjusted(8, 8, -8, -8)
        painting.outline(painter, inset, self._look.radius("control"), self._look.colour("grey-3"), 1, dashed=True)
        lines = ["No take yet", "Ctrl Enter draws a panel"]
        top = rect.center().y() - 16
        painter.setPen(self._look.colour("grey-4"))
        for number, line in enumerate(lines):
            painter.setFont(self._look.font("micro" if number else "body"))
            row = QRect(rect.left(), top + number * 17, rect.width(), 16)
            painter.drawText(row, Qt.AlignmentFlag.AlignCenter, line)

    def _draw_live(self, painter: QPainter, rect: QRect, live: Live) -> None:
        painting.draw_bar(painter, self._look, QRect(rect.left(), rect.bottom() - 3, rect.width(), 4), *live.bar)
        if not live.short:
            return
        self._draw_plate(painter, rect, live.short, left=False)

    def _draw_plate(self, painter: QPainter, rect: QRect, words: str, *, left: bool) -> None:
        """A word in a corner of the picture: the steps of a running job; the length where the number leaves no room."""
        font = self._look.font("micro", MEDIUM if left else SEMIBOLD)
        width = QFontMetrics(font).horizontalAdvance(words) + (8 if left else 12)
        plate = QRect(0, 0, width, 16 if left else 18)
        plate.moveBottomLeft(rect.bottomLeft() + QPoint(4, -4))
        if not left:
            plate.moveBottomRight(rect.bottomRight() + QPoint(-4, -9))
        fill = self._look.colour("grey-0", 0.72) if left else self._look.colour("accent-quiet")
        painting.fill_rounded(painter, plate, self._look.radius("badge"), fill)
        painter.setFont(font)
        painter.setPen(self._look.colour("grey-5" if left else "accent"))
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, words)

    def _draw_words(self, painter: QPainter, rect: QRect, card: ShotCard) -> None:
        omitted = card.state is ShotState.OMITTED
        ink = self._look.colour("grey-4" if omitted else "grey-5")
        number = self._struck(self._look.font("lead", SEMIBOLD), omitted)
        head = QRect(rect.left(), rect.top(), rect.width(), 20)
        painter.setFont(number)
        painter.setPen(ink)
        painter.drawText(head, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, card.number)
        left = rect.left() + QFontMetrics(number).horizontalAdvance(card.number) + 8
        painting.draw_badge(painter, self._look, shot_badge(card), left, head.top() + 1, rect.right() - left)
        if not self._shots.long_numbers:
            painter.setFont(self._look.font("body"))
            painter.setPen(ink)
            length = shot_length(card.frames, self._shots.rate)
            painter.drawText(head, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, length)
        self._draw_action(painter, rect.adjusted(0, 24, 0, 0), card, omitted)

    def _draw_action(self, painter: QPainter, rect: QRect, card: ShotCard, omitted: bool) -> None:
        font = self._struck(self._look.font("micro"), omitted)
        words = card.action or card.prompt or (f"“{card.dialogue}”" if card.dialogue else "")
        lines = painting.lines_of(words, font, rect.width(), 2)
        painting.draw_lines(painter, rect, lines, font, self._look.colour("grey-4"), 14)

    @staticmethod
    def _struck(font: QFont, struck: bool) -> QFont:
        font.setStrikeOut(struck)
        return font

