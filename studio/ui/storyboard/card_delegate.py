"""Draws one shot on the board: picture above; number, state, length and lines of action below.

A card is drawn once and kept as a pixmap until something on it differs, so that a full board scrolls at any speed.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFont, QFontMetrics, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from studio.interchange.strokes import paint_strokes
from studio.project.cards import ShotCard, ShotState
from studio.ui.live import Live
from studio.ui.parts import painting
from studio.ui.parts.pictures import PictureStore, PreviewStore
from studio.ui.parts.times import shot_length
from studio.ui.states import shot_badge
from studio.ui.storyboard.card_size import HEAD, LINE, PAD, USUAL, CardSize
from studio.ui.storyboard.shot_list import Role, ShotList
from studio.ui.theme import MEDIUM, SEMIBOLD, Look

OMITTED = 0.28
DARKENED = 0.4
KEPT = 28 << 20
"""Bytes of drawn cards kept; those not shown longest go first."""


@dataclass(frozen=True)
class _Drawn:
    """A card as it was drawn, and what it was drawn from."""

    card: ShotCard
    form: tuple[CardSize, float, bool]
    whole: bool
    """Its picture was there; otherwise it is drawn again once that has come."""
    pixmap: QPixmap


class CardDelegate(QStyledItemDelegate):
    def __init__(self, look: Look, shots: ShotList, pictures: PictureStore, previews: PreviewStore) -> None:
        super().__init__(shots)
        self._look, self._shots, self._pictures, self._previews = look, shots, pictures, previews
        self._drawn: OrderedDict[str, _Drawn] = OrderedDict()
        self._bytes = 0
        self.size = USUAL

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(self.size.width, self.size.height)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.save()
        self.draw(painter, option.rect, index.data(Role.CARD), index.data(Role.LIVE))
        state, radius = option.state, self._look.radius("control")
        if state & QStyle.StateFlag.State_Selected:
            painting.outline(painter, option.rect, radius, self._look.colour("accent"), 2)
        elif state & QStyle.StateFlag.State_HasFocus:
            painting.outline(painter, option.rect, radius, self._look.colour("accent"), 1)
        elif state & QStyle.StateFlag.State_MouseOver:
            painting.outline(painter, option.rect, radius, self._look.colour("grey-3"), 1)
        painter.restore()

    def draw(self, painter: QPainter, rect: QRect, card: ShotCard, live: Live | None) -> None:
        """The card in `rect`, from what was drawn before where nothing on it differs."""
        if card.state is ShotState.RUNNING:
            self._draw_card(painter, rect, card, live)
            return
        form = (self.size, painter.device().devicePixelRatioF(), self._shots.long_numbers)
        kept = self._drawn.get(card.id)
        if kept is None or kept.card is not card or kept.form != form or not kept.whole:
            kept = self._draw_anew(rect.size(), card, form)
        self._drawn.move_to_end(card.id)
        painter.drawPixmap(rect.topLeft(), kept.pixmap)

    def _draw_anew(self, size: QSize, card: ShotCard, form: tuple[CardSize, float, bool]) -> _Drawn:
        pixmap = QPixmap(size * form[1])
        pixmap.setDevicePixelRatio(form[1])
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        whole = self._draw_card(painter, QRect(QPoint(0, 0), size), card, None)
        painter.end()
        drawn = _Drawn(card, form, whole, pixmap)
        self._bytes += _weight(pixmap) - (_weight(self._drawn[card.id].pixmap) if card.id in self._drawn else 0)
        self._drawn[card.id] = drawn
        while self._bytes > KEPT and len(self._drawn) > 1:
            self._bytes -= _weight(self._drawn.popitem(last=False)[1].pixmap)
        return drawn

    def _draw_card(self, painter: QPainter, rect: QRect, card: ShotCard, live: Live | None) -> bool:
        """Whether its picture was there."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painting.fill_rounded(painter, rect, self._look.radius("control"), self._look.colour("grey-2"))
        picture = QRect(rect.left(), rect.top(), rect.width(), self.size.picture)
        painter.save()
        painter.setClipPath(painting.rounded(picture, self._look.radius("control"), top_only=True))
        painter.fillRect(picture, self._look.colour("grey-0"))
        whole = self._draw_picture(painter, picture, card)
        if card.state is ShotState.RUNNING and live is not None:
            self._draw_live(painter, picture, live)
        if self._length_on_picture(card):
            self._draw_plate(painter, picture, shot_length(card.frames, self._shots.rate), left=True)
        painter.restore()
        self._draw_words(painter, rect.adjusted(8, picture.height() + PAD, -8, 0), card)
        return whole

    # --- the picture ---

    def _draw_picture(self, painter: QPainter, rect: QRect, card: ShotCard) -> bool:
        pixmap = self._previews.pixmap(card.job) if card.state is ShotState.RUNNING else None
        if pixmap is not None:
            painting.cover(painter, rect, pixmap)
            return True
        pixmap = self._pictures.pixmap(card.picture, rect.width(), rect.height()) if card.picture else QPixmap()
        if pixmap is None:
            return False
        if card.state is ShotState.OMITTED:
            self._draw_omitted(painter, rect, pixmap)
        elif not pixmap.isNull():
            self._draw_still(painter, rect, card, pixmap)
        else:
            self._draw_nothing(painter, rect, card)
        return True

    def _draw_still(self, painter: QPainter, rect: QRect, card: ShotCard, pixmap: QPixmap) -> None:
        """What waits or failed is dark, with its sign on it."""
        sign = {ShotState.QUEUED: ("queued", "grey-5"), ShotState.FAILED: ("failed", "bad")}.get(card.state)
        painting.cover(painter, rect, pixmap, opacity=DARKENED if sign else 1.0)
        if card.strokes:
            painter.setOpacity(DARKENED if sign else 1.0)
            paint_strokes(painter, _whole_picture(rect, pixmap), card.strokes)
            painter.setOpacity(1.0)
        if sign:
            painting.draw_icon(painter, self._look, *sign, QPointF(QRectF(rect).center()), 24)

    def _draw_omitted(self, painter: QPainter, rect: QRect, pixmap: QPixmap) -> None:
        if not pixmap.isNull():
            grey = pixmap.toImage().convertToFormat(QImage.Format.Format_Grayscale8)
            painting.cover(painter, rect, QPixmap.fromImage(grey), opacity=OMITTED)
        painter.fillRect(rect, QBrush(self._look.colour("grey-3"), Qt.BrushStyle.BDiagPattern))

    def _draw_nothing(self, painter: QPainter, rect: QRect, card: ShotCard) -> None:
        """There is no picture: what is on its way, what failed, what cannot be read, or how to make one."""
        signs = {ShotState.QUEUED: ("queued", "grey-4"), ShotState.RUNNING: ("running", "grey-4"),
                 ShotState.FAILED: ("failed", "bad")}  # fmt: skip
        sign = signs.get(card.state, ("picture", "grey-4") if card.picture else None)
        if sign is not None:
            painting.draw_icon(painter, self._look, *sign, QPointF(QRectF(rect).center()), 24)
        else:
            self._draw_empty(painter, rect)

    def _draw_empty(self, painter: QPainter, rect: QRect) -> None:
        inset = rect.adjusted(8, 8, -8, -8)
        painting.outline(painter, inset, self._look.radius("control"), self._look.colour("grey-3"), 1, dashed=True)
        if not self.size.has_words:
            return
        top = rect.center().y() - 16
        painter.setPen(self._look.colour("grey-4"))
        for number, line in enumerate(("No take yet", "Ctrl Enter draws a panel")):
            painter.setFont(self._look.font("micro" if number else "body"))
            room = QRect(inset.left() + 2, top + number * 17, inset.width() - 4, 16)
            if painter.fontMetrics().horizontalAdvance(line) <= room.width():
                painter.drawText(room, Qt.AlignmentFlag.AlignCenter, line)

    def _draw_live(self, painter: QPainter, rect: QRect, live: Live) -> None:
        painting.draw_bar(painter, self._look, QRect(rect.left(), rect.bottom() - 3, rect.width(), 4), *live.bar)
        if live.short:
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

    # --- the words ---

    def _draw_words(self, painter: QPainter, rect: QRect, card: ShotCard) -> None:
        omitted = card.state is ShotState.OMITTED
        ink = self._look.colour("grey-4" if omitted else "grey-5")
        number = _struck(self._look.font("lead", SEMIBOLD), omitted)
        head = QRect(rect.left(), rect.top(), rect.width(), HEAD)
        painter.setFont(number)
        painter.setPen(ink)
        painter.drawText(head, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, card.number)
        left = rect.left() + QFontMetrics(number).horizontalAdvance(card.number) + 6
        right = rect.right() if self._length_on_picture(card) else self._draw_length(painter, head, card)
        self._draw_badge(painter, card, left, head, right)
        if self.size.lines:
            self._draw_action(painter, rect.adjusted(0, HEAD + 4, 0, 0), card, omitted)

    def _draw_length(self, painter: QPainter, head: QRect, card: ShotCard) -> int:
        """The left edge of what it drew."""
        length = shot_length(card.frames, self._shots.rate)
        painter.setFont(self._look.font("body"))
        painter.drawText(head, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, length)
        return head.right() - painter.fontMetrics().horizontalAdvance(length) - 4

    def _length_on_picture(self, card: ShotCard) -> bool:
        """Where number and state leave it no room beside them."""
        if not self.size.has_words or self._shots.long_numbers:
            return self.size.has_words
        length = QFontMetrics(self._look.font("body")).horizontalAdvance(shot_length(card.frames, self._shots.rate))
        number = QFontMetrics(self._look.font("lead", SEMIBOLD)).horizontalAdvance(card.number)
        room = self.size.width - 16 - number - 6 - 4 - length
        return painting.badge_width(self._look, shot_badge(card)) > room

    def _draw_badge(self, painter: QPainter, card: ShotCard, left: int, head: QRect, right: int) -> None:
        """With its word, or where that has no room only its icon."""
        badge = shot_badge(card)
        if self.size.has_words and right - left >= min(64, painting.badge_width(self._look, badge)):
            painting.draw_badge(painter, self._look, badge, left, head.top() + 1, right - left)
        elif right - left >= 12:
            middle = QPointF(left + 6, QRectF(head).center().y())
            painting.draw_icon(painter, self._look, badge.icon, badge.text, middle, 12)

    def _draw_action(self, painter: QPainter, rect: QRect, card: ShotCard, omitted: bool) -> None:
        font = _struck(self._look.font("micro"), omitted)
        words = card.action or card.prompt or (f"“{card.dialogue}”" if card.dialogue else "")
        lines = painting.lines_of(words[:400], font, rect.width(), self.size.lines)
        painting.draw_lines(painter, rect, lines, font, self._look.colour("grey-4"), LINE)


def _struck(font: QFont, struck: bool) -> QFont:
    font.setStrikeOut(struck)
    return font


def _whole_picture(rect: QRect, pixmap: QPixmap) -> QRectF:
    """Where the whole picture would stand of which `rect` shows the middle."""
    whole = pixmap.size().toSizeF().scaled(QRectF(rect).size(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
    place = QRectF(0, 0, whole.width(), whole.height())
    place.moveCenter(QRectF(rect).center())
    return place


def _weight(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height() * 4
