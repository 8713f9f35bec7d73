"""What is on the screen at one moment, and the painting of its parts: one picture, two beside each other, a wipe."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPen

from studio.project.cut_cards import Stroke
from studio.ui.parts.painting import fill_rounded, outline
from studio.ui.theme import MEDIUM, SEMIBOLD, Look
from studio.ui.viewer.missing_card import draw_missing_card
from studio.ui.viewer.plate import Plate, paint_plate
from studio.ui.viewer.sequence import CardWords

LABEL = 28
"""Height of the words over a pane."""
GAP = 8


@dataclass(frozen=True)
class Card:
    """The missing-shot card, or why a picture cannot be shown."""

    words: CardWords
    foot: str = ""
    heading: str = "Missing shot"


Picture = Plate | Card


@dataclass(frozen=True)
class Pane:
    """One of two pictures beside each other, with the words over it."""

    picture: Picture | None
    title: str
    what: str = ""
    detail: str = ""
    active: bool = False
    """The hands are on this one."""


@dataclass(frozen=True)
class OnScreen:
    picture: Picture | None = None
    message: str = ""
    """Where there is no picture: what would make one."""
    onion: Plate | None = None
    other: Picture | None = None
    """B, under the right part of a wipe."""
    side: str = ""
    """A or B, where one of two takes is looked at."""
    panes: tuple[Pane, Pane] | None = None
    """Instead of the one picture."""

    def with_lines(self, lines: tuple[Stroke, ...]) -> OnScreen:
        """The picture with other drawn lines, while a hand draws them."""
        if not isinstance(self.picture, Plate):
            return self
        return replace(self, picture=replace(self.picture, frame=replace(self.picture.frame, strokes=lines)))


def paint_picture(painter: QPainter, look: Look, box: QRectF, picture: Picture, clip: QRectF | None = None) -> None:
    """Fills `box`; only what lies inside `clip` is painted."""
    if isinstance(picture, Plate):
        paint_plate(painter, box, picture, clip)
    else:
        draw_missing_card(painter, look, box.toRect(), picture.words, picture.foot, picture.heading, clip)


def paint_wipe(painter: QPainter, look: Look, box: QRectF, shown: OnScreen, part: float) -> None:
    """A left of the line, B right of it."""
    line = box.left() + box.width() * part
    if shown.other is not None:
        paint_picture(painter, look, box, shown.other, QRectF(line, box.top(), box.right() - line, box.height()))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(QRectF(line - 1, box.top(), 2, box.height()), look.colour("grey-5"))
    paint_letter(painter, look, "A", QPointF(line - 32, box.top() + 10))
    paint_letter(painter, look, "B", QPointF(line + 10, box.top() + 10))
    grip = QPointF(line, box.bottom() - box.height() * 0.12)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour("grey-5"))
    painter.drawEllipse(grip, 12, 12)
    painter.setPen(QPen(look.colour("grey-0"), 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    for side in (-1, 1):
        tip = grip + QPointF(side * 6, 0)
        painter.drawLine(tip, tip + QPointF(-side * 3, -3))
        painter.drawLine(tip, tip + QPointF(-side * 3, 3))


def paint_letter(painter: QPainter, look: Look, letter: str, corner: QPointF) -> None:
    """A or B on a plate that is seen on any picture."""
    plate = QRectF(corner, QSizeF(22, 22))
    fill_rounded(painter, plate, look.radius("badge"), look.colour("grey-0", 0.85))
    painter.setFont(look.font("body", SEMIBOLD))
    painter.setPen(look.colour("grey-5"))
    painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, letter)


def two_boxes(room: QRectF, aspect: tuple[int, int]) -> tuple[QRectF, QRectF]:
    """Two frames of that aspect, as large as fits beside each other with words over them."""
    width = (room.width() - GAP) / 2
    height = min(room.height() - LABEL, width * aspect[1] / aspect[0])
    width = height * aspect[0] / aspect[1]
    top = room.top() + LABEL + (room.height() - LABEL - height) / 2
    left = room.center().x() - GAP / 2 - width
    return QRectF(left, top, width, height), QRectF(left + width + GAP, top, width, height)


def paint_panes(painter: QPainter, look: Look, room: QRectF, panes: tuple[Pane, Pane], aspect: tuple[int, int]) -> None:
    for pane, box in zip(panes, two_boxes(room, aspect), strict=True):
        if pane.picture is None:
            painter.fillRect(box, look.colour("grey-1"))
        else:
            paint_picture(painter, look, box, pane.picture)
        _paint_words(painter, look, QRectF(box.left(), box.top() - LABEL, box.width(), LABEL), pane)
        if pane.active:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            outline(painter, box.toRect(), look.radius("badge"), look.colour("accent"), 2)


def _paint_words(painter: QPainter, look: Look, row: QRectF, pane: Pane) -> None:
    left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
    middle = Qt.AlignmentFlag.AlignVCenter
    painter.setFont(look.font("body", SEMIBOLD))
    painter.setPen(look.colour("grey-5"))
    painter.drawText(row, left | middle, pane.title)
    past = painter.fontMetrics().horizontalAdvance(pane.title) + 8
    painter.setFont(look.font("body", MEDIUM if pane.active else 400))
    painter.setPen(look.colour("grey-4"))
    painter.drawText(row.adjusted(past, 0, 0, 0), left | middle, pane.what)
    used = past + painter.fontMetrics().horizontalAdvance(pane.what) + 12
    if painter.fontMetrics().horizontalAdvance(pane.detail) <= row.width() - used:
        painter.drawText(row, right | middle, pane.detail)
