"""Draws the rows of the gallery: a kind, a subject with its views, a change with the views that show it."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap

from studio.project.gallery_cards import ViewCard
from studio.ui.gallery.geometry import CHANGE, PAD, GalleryGeometry
from studio.ui.gallery.rows import KINDS, ChangeRow, GroupRow, Row, SubjectRow, used
from studio.ui.parts import painting
from studio.ui.parts.pictures import PictureStore
from studio.ui.theme import MEDIUM, SEMIBOLD, Look

MIDDLE = Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
FINE = 2
"""Decoded so much larger than it is drawn: scaled down while decoding alone, ink lines break into dots."""
MOST_TILES = 400
"""More than are seen at once on any screen; the ones unused longest go first."""


@dataclass(frozen=True)
class Marked:
    """What the hands are on."""

    row: int = -1
    view: int | None = None
    hovered: int = -1
    hovered_view: int | None = None


class RowPainter:
    def __init__(self, look: Look, pictures: PictureStore) -> None:
        self._look, self._pictures = look, pictures
        self._tiles: OrderedDict[tuple[int, int, int, float], QPixmap] = OrderedDict()

    def paint(self, painter: QPainter, geometry: GalleryGeometry, place: int, marked: Marked) -> None:
        """In pixels of the content."""
        row, rect = geometry.rows[place], geometry.row(place)
        if rect.isEmpty():
            return
        self._paint_ground(painter, rect, row, marked, place)
        if isinstance(row, GroupRow):
            self._paint_group(painter, rect, row)
            return
        if not geometry.folded:
            words = self._paint_subject if isinstance(row, SubjectRow) else self._paint_change
            words(painter, geometry.name(place) if isinstance(row, SubjectRow) else rect, row)  # type: ignore[arg-type]
        self._paint_views(painter, geometry, place, row, marked)

    def _paint_ground(self, painter: QPainter, rect: QRect, row: Row, marked: Marked, place: int) -> None:
        if place == marked.row:
            painter.fillRect(rect, self._look.colour("grey-2"))
            painter.fillRect(rect.left(), rect.top(), 2, rect.height(), self._look.colour("accent"))
        elif place == marked.hovered and isinstance(row, GroupRow):
            painter.fillRect(rect.adjusted(0, 4, 0, -4), self._look.colour("grey-2"))

    def _paint_group(self, painter: QPainter, rect: QRect, row: GroupRow) -> None:
        middle = rect.center().y() + 0.5
        chevron = "chevron-right" if row.folded else "chevron-down"
        painting.draw_icon(painter, self._look, chevron, "grey-4", QPointF(rect.left() + PAD + 5, middle), 12)
        painting.draw_icon(painter, self._look, row.kind, "grey-4", QPointF(rect.left() + PAD + 26, middle))
        room = rect.adjusted(PAD + 40, 0, -PAD, 0)
        painter.setFont(self._look.font("body"))
        painter.setPen(self._look.colour("grey-5"))
        painter.drawText(room, MIDDLE, KINDS[row.kind])
        left = painter.fontMetrics().horizontalAdvance(KINDS[row.kind]) + 8
        painter.setPen(self._look.colour("grey-4"))
        painter.drawText(room.adjusted(left, 0, 0, 0), MIDDLE, str(row.count))

    def _paint_subject(self, painter: QPainter, room: QRect, row: SubjectRow) -> None:
        shots = used(row.card)
        painter.setFont(self._look.font("body"))
        painter.setPen(self._look.colour("grey-4"))
        painter.drawText(room, RIGHT, shots)
        right = painter.fontMetrics().horizontalAdvance(shots) + 12
        painter.setFont(self._look.font("body", SEMIBOLD))
        painter.setPen(self._look.colour("grey-5"))
        most = room.width() - right
        name = painter.fontMetrics().elidedText(row.card.name, Qt.TextElideMode.ElideRight, most)
        painter.drawText(room, MIDDLE, name)
        left = painter.fontMetrics().horizontalAdvance(name) + 8
        self._paint_second(painter, room.adjusted(left, 0, -right, 0), row.card.description)

    def _paint_second(self, painter: QPainter, room: QRect, words: str) -> None:
        painter.setFont(self._look.font("body"))
        painter.setPen(self._look.colour("grey-4"))
        if room.width() > 24:
            painter.drawText(room, MIDDLE, painting.cut_at_word(words, painter.fontMetrics(), room.width()))

    def _paint_change(self, painter: QPainter, rect: QRect, row: ChangeRow) -> None:
        room = QRect(rect.left() + PAD, rect.top(), rect.width() - 2 * PAD, CHANGE - 4)
        days = days_of(row)
        painter.setFont(self._look.font("micro"))
        painter.setPen(self._look.colour("grey-4"))
        painter.drawText(room, RIGHT, days)
        right = painter.fontMetrics().horizontalAdvance(days) + 12
        painter.setFont(self._look.font("micro", MEDIUM))
        painter.setPen(self._look.colour("grey-5"))
        words = painting.cut_at_word(row.change.title, painter.fontMetrics(), room.width() - right)
        painter.drawText(room, MIDDLE, words)

    def _paint_views(self, painter: QPainter, geometry: GalleryGeometry, place: int, row: Row, marked: Marked) -> None:
        for at, (rect, view) in enumerate(zip(geometry.views(place), geometry.shown(place), strict=True)):
            self.paint_view(painter, rect, view)
            if place == marked.row and at == marked.view:
                painting.outline(painter, rect, self._look.radius("badge"), self._look.colour("accent"), 2)
            elif place == marked.hovered and at == marked.hovered_view:
                painting.outline(painter, rect, self._look.radius("badge"), self._look.colour("grey-4"), 1)
        if isinstance(row, SubjectRow) and not row.card.views:
            self._paint_no_picture(painter, geometry, place, row)

    def paint_view(self, painter: QPainter, rect: QRect, view: ViewCard) -> None:
        pixmap = self._pictures.pixmap(view.picture, FINE * rect.width(), FINE * rect.height())
        if pixmap is not None and not pixmap.isNull():
            painter.drawPixmap(rect.topLeft(), self._tile(pixmap, rect.size(), painter.device().devicePixelRatioF()))
            return
        painting.fill_rounded(painter, rect, self._look.radius("badge"), self._look.colour("grey-0"))
        if pixmap is not None:
            painting.draw_icon(painter, self._look, "picture", "grey-4", QPointF(rect.center()))

    def _tile(self, pixmap: QPixmap, size: QSize, scale: float) -> QPixmap:
        """The picture as it stands in its row: scaling and rounding fifty of them takes longer than a frame may."""
        key = (pixmap.cacheKey(), size.width(), size.height(), scale)
        tile = self._tiles.get(key)
        if tile is None:
            tile = self._tiles[key] = self._cut_tile(pixmap, size, scale)
            while len(self._tiles) > MOST_TILES:
                self._tiles.popitem(last=False)
        else:
            self._tiles.move_to_end(key)
        return tile

    def _cut_tile(self, pixmap: QPixmap, size: QSize, scale: float) -> QPixmap:
        tile = QPixmap(size * scale)
        tile.setDevicePixelRatio(scale)
        tile.fill(Qt.GlobalColor.transparent)
        painter, rect = QPainter(tile), QRect(QPoint(), size)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipPath(painting.rounded(rect, self._look.radius("badge")))
        painting.cover(painter, rect, pixmap)
        painter.end()
        return tile

    def _paint_no_picture(self, painter: QPainter, geometry: GalleryGeometry, place: int, row: SubjectRow) -> None:
        rect, warned = geometry.empty_place(place), row.bare
        line = self._look.colour("warn" if warned else "grey-4", 0.75)
        painting.outline(painter, rect, self._look.radius("badge"), line, 1, dashed=True)
        painting.draw_icon(painter, self._look, row.card.kind, "grey-4", QPointF(rect.center()) + QPointF(0.5, 0.5))
        if geometry.folded:
            return
        left, middle = rect.right() + 10, rect.center().y()
        if warned:
            painting.draw_icon(painter, self._look, "warning", "warn", QPointF(left + 6, middle), 12)
            left += 18
        lines = ["No pictures,", "though prompts name it"] if warned else ["No pictures yet"]
        step, ink = self._look.theme.line("micro"), self._look.colour("warn" if warned else "grey-4")
        room = QRect(left, middle - len(lines) * step // 2, geometry.width - PAD - left, len(lines) * step)
        painting.draw_lines(painter, room, lines, self._look.font("micro"), ink, step)


def days_of(row: ChangeRow) -> str:
    """`from day 2`, `days 2–4`, and whether no view shows it."""
    first, last = row.change.story_day, row.change.last_day
    days = f"from day {first}" if last is None else (f"day {first}" if first == last else f"days {first}–{last}")
    return days if row.views else f"{days}, no view"
