"""The film strip of the Review layout: every shot of the board in one row, to go from one to the next."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyleOptionViewItem

from studio.project.cards import ShotCard, ShotState
from studio.ui.live import Live
from studio.ui.parts import painting
from studio.ui.parts.pictures import PictureStore, PreviewStore
from studio.ui.states import shot_badge
from studio.ui.storyboard.board.card_delegate import CardDelegate
from studio.ui.storyboard.board.shot_list import Index, Role, ShotList
from studio.ui.theme import SEMIBOLD, Look

WIDTH, PICTURE, WORDS = 128, 72, 22
GAP = 8


class StripDelegate(CardDelegate):
    """The picture of a shot with its state, over its number and the state in a word."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(WIDTH + GAP, PICTURE + WORDS)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cell = QRect(option.rect.left(), option.rect.top(), WIDTH, PICTURE + WORDS)
        picture = QRect(cell.left(), cell.top(), WIDTH, PICTURE)
        card: ShotCard = index.data(Role.CARD)
        self._draw_small(painter, picture, card, index.data(Role.LIVE))
        self._draw_line(painter, cell.adjusted(0, PICTURE + 2, 0, 0), card)
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_HasFocus):
            painting.outline(painter, picture, self._look.radius("control"), self._look.colour("accent"), 2)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painting.outline(painter, picture, self._look.radius("control"), self._look.colour("grey-3"), 1)
        painter.restore()

    def _draw_small(self, painter: QPainter, rect: QRect, card: ShotCard, live: Live | None) -> None:
        painter.save()
        painter.setClipPath(painting.rounded(rect, self._look.radius("control")))
        painter.fillRect(rect, self._look.colour("grey-0"))
        self._draw_picture(painter, rect, card)
        if card.state is ShotState.RUNNING and live is not None:
            painting.draw_bar(painter, self._look, QRect(rect.left(), rect.bottom() - 3, rect.width(), 4), *live.bar)
        painter.restore()

    def _draw_empty(self, painter: QPainter, rect: QRect) -> None:
        painting.draw_icon(painter, self._look, "empty", "grey-4", QPointF(QRectF(rect).center()))

    def _draw_line(self, painter: QPainter, rect: QRect, card: ShotCard) -> None:
        badge, font = shot_badge(card), self._look.font("body", SEMIBOLD)
        painter.setFont(font)
        painter.setPen(self._look.colour("grey-5" if card.state is not ShotState.OMITTED else "grey-4"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, card.number)
        left = painter.fontMetrics().horizontalAdvance(card.number) + 6
        middle = QPointF(rect.left() + left + 6, QRectF(rect).center().y())
        ink = "grey-4" if badge.text == "grey-5" else badge.text
        painting.draw_icon(painter, self._look, badge.icon, ink, middle, 12)
        painter.setFont(self._look.font("micro"))
        painter.setPen(self._look.colour(ink))
        room = rect.adjusted(left + 16, 0, 0, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter,
                         painter.fontMetrics().elidedText(badge.word, Qt.TextElideMode.ElideRight, room.width()))


class FilmStrip(QListView):
    shot_chosen = Signal(str)
    shot_opened = Signal(str)

    def __init__(self, look: Look, shots: ShotList, pictures: PictureStore, previews: PreviewStore) -> None:
        super().__init__()
        self._shots, self._showing = shots, False
        self.setAccessibleName("Film strip")
        self.setModel(shots)
        self.setItemDelegate(StripDelegate(look, shots, pictures, previews))
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setContentsMargins(0, 0, 0, 0)
        self.setViewportMargins(12, 10, 12, 0)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(PICTURE + WORDS + 10)
        pictures.arrived.connect(lambda _path: self.viewport().update())
        previews.arrived.connect(lambda _job: self.viewport().update())
        self.activated.connect(lambda index: self.shot_opened.emit(index.data(Role.CARD).id))

    def show_current(self, shot: str | None) -> None:
        """From the selection; announces nothing."""
        row = self._shots.row_of(shot) if shot else None
        self._showing = True
        self.setCurrentIndex(self._shots.index(row, 0) if row is not None else QModelIndex())
        self._showing = False

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid() and not self._showing:
            self.shot_chosen.emit(current.data(Role.CARD).id)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The row scrolls along whichever way the wheel turns."""
        turned = event.angleDelta().y() or event.angleDelta().x()
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() - turned)


