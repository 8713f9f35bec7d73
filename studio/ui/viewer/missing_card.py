"""The missing-shot card: what the viewer draws where a shot has neither take nor panel."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPolygonF

from studio.ui.parts.painting import draw_lines, lines_of
from studio.ui.theme import SEMIBOLD, Look
from studio.ui.viewer.sequence import CardWords

DESIGNED_AT = 520
"""Width in pixels the type scale was chosen for; larger and smaller cards scale with it."""


def draw_missing_card(
    painter: QPainter,
    look: Look,
    rect: QRect,
    words: CardWords,
    foot: str = "",
    heading: str = "Missing shot",
    clip: QRectF | None = None,
) -> None:
    """Only what lies inside `clip` is drawn."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipRect(QRectF(rect) if clip is None else clip)
    painter.fillRect(rect, look.colour("grey-1"))
    scale = max(0.5, min(1.6, rect.width() / DESIGNED_AT))
    painter.translate(rect.topLeft())
    painter.scale(scale, scale)
    box = QRectF(0, 0, rect.width() / scale, rect.height() / scale).toRect()
    _draw_corner(painter, look, box)
    _draw_words(painter, look, box.adjusted(28, 28, -28, -24), words, foot, heading)
    painter.restore()


def _draw_corner(painter: QPainter, look: Look, box: QRect) -> None:
    right, size = float(box.right() + 1), 80.0
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour("grey-2"))
    painter.drawPolygon(QPolygonF([QPointF(right - size, 0), QPointF(right, 0), QPointF(right, size)]))


def _draw_words(painter: QPainter, look: Look, box: QRect, words: CardWords, foot: str, heading: str) -> None:
    second, first = look.colour("grey-4"), look.colour("grey-5")
    draw_lines(painter, box, [heading], look.font("body"), second, 16)
    number = look.font("number", SEMIBOLD)
    draw_lines(painter, box.adjusted(0, 18, 0, 0), [words.number], number, first, 48)
    top = 74
    font = look.font("lead")
    if words.camera:
        draw_lines(painter, box.adjusted(0, top, 0, 0), [words.camera], font, first, 20)
        top += 20
    spoken = " ".join(filter(None, (words.action, f"“{words.dialogue}”" if words.dialogue else "")))
    below = lines_of(foot, look.font("body"), box.width(), 2)
    room = max(1, min(4, (box.height() - top - len(below) * 20 - 4) // 20))
    draw_lines(painter, box.adjusted(0, top, 0, 0), lines_of(spoken, font, box.width(), room), font, second, 20)
    foot_box = box.adjusted(0, box.height() - 20 * len(below), 0, 0)
    draw_lines(painter, foot_box, below, look.font("body"), second, 20)
