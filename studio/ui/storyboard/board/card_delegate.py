"""Draws one shot on the board: picture above; number, state, length and lines of action below.

A card is drawn once and kept as a pixmap until something on it differs, so that a full board scrolls at any speed.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFont, QFontMetrics, QImage, QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from studio.interchange.strokes import paint_strokes
from studio.project.cards import ShotCard, ShotState
from studio.ui.live import Live
from studio.ui.parts import painting
from studio.ui.parts.painting import Badge
from studio.ui.parts.pictures import PictureStore, PreviewStore
from studio.ui.parts.times import shot_length
from studio.ui.states import shot_badge
from studio.ui.storyboard.board.card_size import HEAD, LINE, PAD, USUAL, CardSize
from studio.ui.storyboard.board.shot_list import Role, ShotList
from studio.ui.theme import MEDIUM, SEMIBOLD, Look

OMITTED = 0.28
DARKENED = 0.4
MOST_WORDS = 400
"""Characters of an action that are looked at for its lines."""
KEPT = 28 << 20
"""Bytes of drawn cards kept; those not shown longest go first."""


Form = tuple[CardSize, float, bool]
"""What the drawing of every card depends on: its size, the screen's scale, whether numbers are long."""


@dataclass
class _Drawn:
    """A card as it was drawn, and what it was drawn from."""

    card: ShotCard
    form: Form
    pixmap: QPixmap
    whole: bool
    """Its picture was there; otherwise that is put in once it has come."""


class CardDelegate(QStyledItemDelegate):
    def __init__(self, look: Look, shots: ShotList, pictures: PictureStore, previews: PreviewStore) -> None:
        super().__init__(shots)
        self._look, self._shots, self._pictures, self._previews = look, shots, pictures, previews
        self._drawn: OrderedDict[str, _Drawn] = OrderedDict()
        self._bytes = 0
        self._fonts: dict[tuple[str, int, bool], tuple[QFont, QFontMetrics]] = {}
        self._blanks: dict[Form, QPixmap] = {}
        self._corners: dict[QSize, QPainterPath] = {}
        self._widths: dict[Badge, int] = {}
        self._badges: dict[tuple[Badge, int, float], QPixmap] = {}
        self.size = USUAL

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(self.size.width, self.size.height)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        state = option.state
        self.draw(painter, option.rect, index.data(Role.CARD), index.data(Role.LIVE))
        self.draw_edge(
            painter, option.rect, chosen=bool(state & QStyle.StateFlag.State_Selected),
            focused=bool(state & QStyle.StateFlag.State_HasFocus), over=bool(state & QStyle.StateFlag.State_MouseOver),
        )  # fmt: skip

    def draw_edge(self, painter: QPainter, rect: QRect, *, chosen: bool, focused: bool, over: bool) -> None:
        radius = self._look.radius("control")
        if chosen:
            painting.outline(painter, rect, radius, self._look.colour("accent"), 2)
        elif focused:
            painting.outline(painter, rect, radius, self._look.colour("accent"), 1)
        elif over:
            painting.outline(painter, rect, radius, self._look.colour("grey-3"), 1)

    def draw(self, painter: QPainter, rect: QRect, card: ShotCard, live: Live | None) -> None:
        """The card in `rect`, from what was drawn before where nothing on it differs."""
        form = (self.size, painter.device().devicePixelRatioF(), self._shots.long_numbers)
        kept = self._drawn.get(card.id)
        if kept is None or kept.card is not card or kept.form != form:
            kept = self._draw_anew(rect.size(), card, form)
        if not kept.whole and card.state is not ShotState.RUNNING:
            kept.whole = self._put_picture_in(kept, rect.size())
        self._drawn.move_to_end(card.id)
        painter.drawPixmap(rect.topLeft(), kept.pixmap)
        if card.state is ShotState.RUNNING:
            self._draw_running(painter, rect, card, live)

    def has_picture(self, shot: str) -> bool:
        """Whether the card was drawn whole the last time."""
        kept = self._drawn.get(shot)
        return kept is not None and kept.whole

    def _draw_anew(self, size: QSize, card: ShotCard, form: Form) -> _Drawn:
        """All but the picture."""
        pixmap = QPixmap(self._blank(size, form))
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_words(painter, QRect(8, self.size.picture + PAD, size.width() - 16, size.height()), card)
        painter.end()
        before = self._drawn.get(card.id)
        self._bytes += _weight(pixmap) - (_weight(before.pixmap) if before is not None else 0)
        self._drawn[card.id] = _Drawn(card, form, pixmap, whole=False)
        while self._bytes > KEPT and len(self._drawn) > 1:
            self._bytes -= _weight(self._drawn.popitem(last=False)[1].pixmap)
        return self._drawn[card.id]

    def _blank(self, size: QSize, form: Form) -> QPixmap:
        """A card with nothing on it yet, drawn once for all."""
        if form not in self._blanks:
            pixmap = QPixmap(size * form[1])
            pixmap.setDevicePixelRatio(form[1])
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            rect = QRect(QPoint(0, 0), size)
            painting.fill_rounded(painter, rect, self._look.radius("control"), self._look.colour("grey-2"))
            self._begin_picture(painter, self._well(size))
            painter.end()
            self._blanks = {form: pixmap}
        return self._blanks[form]

    def _put_picture_in(self, kept: _Drawn, size: QSize) -> bool:
        """Whether the picture was there."""
        well = self._well(size)
        if kept.card.picture and self._pictures.pixmap(kept.card.picture, well.width(), well.height()) is None:
            return False
        painter = QPainter(kept.pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._begin_picture(painter, well)
        whole = self._draw_picture(painter, well, kept.card)
        self._draw_length_plate(painter, well, kept.card)
        painter.end()
        return whole

    def _draw_running(self, painter: QPainter, rect: QRect, card: ShotCard, live: Live | None) -> None:
        """Over what is kept: the preview and the steps, which change from moment to moment."""
        painter.save()
        painter.translate(rect.topLeft())
        well = self._well(rect.size())
        self._begin_picture(painter, well)
        self._draw_picture(painter, well, card)
        self._draw_length_plate(painter, well, card)
        if live is not None:
            self._draw_live(painter, well, live)
        painter.restore()

    def _well(self, size: QSize) -> QRect:
        return QRect(0, 0, size.width(), self.size.picture)

    def _begin_picture(self, painter: QPainter, well: QRect) -> None:
        if well.size() not in self._corners:
            self._corners[well.size()] = painting.rounded(well, self._look.radius("control"), top_only=True)
        painter.setClipPath(self._corners[well.size()])
        painter.fillRect(well, self._look.colour("grey-0"))

    def _font(self, token: str, weight: int = 400, struck: bool = False) -> tuple[QFont, QFontMetrics]:
        """With its metrics, kept: making them takes longer than drawing with them."""
        key = (token, weight, struck)
        if key not in self._fonts:
            font = self._look.font(token, weight)
            font.setStrikeOut(struck)
            self._fonts[key] = font, QFontMetrics(font)
        return self._fonts[key]

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
        return card.picture is None or not self._pictures.is_coming(card.picture)

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

    def _draw_length_plate(self, painter: QPainter, well: QRect, card: ShotCard) -> None:
        if self._length_on_picture(card):
            self._draw_plate(painter, well, shot_length(card.frames, self._shots.rate), left=True)

    def _draw_plate(self, painter: QPainter, rect: QRect, words: str, *, left: bool) -> None:
        """A word in a corner of the picture: the steps of a running job; the length where the number leaves no room."""
        font, metrics = self._font("micro", MEDIUM if left else SEMIBOLD)
        width = metrics.horizontalAdvance(words) + (8 if left else 12)
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
        font, metrics = self._font("lead", SEMIBOLD, omitted)
        head = QRect(rect.left(), rect.top(), rect.width(), HEAD)
        painter.setFont(font)
        painter.setPen(ink)
        painter.drawText(head, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, card.number)
        left = rect.left() + metrics.horizontalAdvance(card.number) + 6
        right = rect.right() if self._length_on_picture(card) else self._draw_length(painter, head, card)
        self._draw_badge(painter, card, left, head, right)
        if self.size.lines:
            self._draw_action(painter, rect.adjusted(0, HEAD + 4, 0, 0), card, omitted)

    def _draw_length(self, painter: QPainter, head: QRect, card: ShotCard) -> int:
        """The left edge of what it drew."""
        length = shot_length(card.frames, self._shots.rate)
        font, metrics = self._font("body")
        painter.setFont(font)
        painter.drawText(head, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, length)
        return head.right() - metrics.horizontalAdvance(length) - 4

    def _length_on_picture(self, card: ShotCard) -> bool:
        """Where number and state leave it no room beside them."""
        if not self.size.has_words or self._shots.long_numbers:
            return self.size.has_words
        length = self._font("body")[1].horizontalAdvance(shot_length(card.frames, self._shots.rate))
        number = self._font("lead", SEMIBOLD)[1].horizontalAdvance(card.number)
        room = self.size.width - 16 - number - 6 - 4 - length
        return self._badge_width(shot_badge(card)) > room

    def _badge_width(self, badge: Badge) -> int:
        if badge not in self._widths:
            self._widths[badge] = painting.badge_width(self._look, badge)
        return self._widths[badge]

    def _draw_badge(self, painter: QPainter, card: ShotCard, left: int, head: QRect, right: int) -> None:
        """With its word, or where that has no room only its icon."""
        badge, room = shot_badge(card), right - left
        if self.size.has_words and room >= 64:
            painter.drawPixmap(QPoint(left, head.top() + 1), self._badge(badge, room, painter))
        elif room >= 12:
            middle = QPointF(left + 6, QRectF(head).center().y())
            painting.draw_icon(painter, self._look, badge.icon, badge.text, middle, 12)

    def _badge(self, badge: Badge, room: int, painter: QPainter) -> QPixmap:
        """Drawn once for all cards that have it."""
        width, scale = min(room, self._badge_width(badge)), painter.device().devicePixelRatioF()
        if (badge, width, scale) not in self._badges:
            pixmap = QPixmap(QSize(width, self._look.size("badge")) * scale)
            pixmap.setDevicePixelRatio(scale)
            pixmap.fill(Qt.GlobalColor.transparent)
            inside = QPainter(pixmap)
            inside.setRenderHint(QPainter.RenderHint.Antialiasing)
            painting.draw_badge(inside, self._look, badge, 0, 0, width)
            inside.end()
            self._badges[badge, width, scale] = pixmap
        return self._badges[badge, width, scale]

    def _draw_action(self, painter: QPainter, rect: QRect, card: ShotCard, omitted: bool) -> None:
        font, _ = self._font("micro", struck=omitted)
        words = card.action or card.prompt or (f"“{card.dialogue}”" if card.dialogue else "")
        lines = painting.lines_of(words[:MOST_WORDS], font, rect.width(), self.size.lines)
        painting.draw_lines(painter, rect, lines, font, self._look.colour("grey-4"), LINE)


def _whole_picture(rect: QRect, pixmap: QPixmap) -> QRectF:
    """Where the whole picture would stand of which `rect` shows the middle."""
    whole = pixmap.size().toSizeF().scaled(QRectF(rect).size(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
    place = QRectF(0, 0, whole.width(), whole.height())
    place.moveCenter(QRectF(rect).center())
    return place


def _weight(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height() * 4
