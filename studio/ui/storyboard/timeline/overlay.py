"""Draws what lies over the rows: ghosts of a drag with their readout, the snap guide, the rubber band, the playhead."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPen

from studio.ui.parts import painting
from studio.ui.storyboard.timeline.canvas import Canvas
from studio.ui.storyboard.timeline.geometry import STRIP, Box, strip_top
from studio.ui.storyboard.timeline.ghosts import Ghost, Readout
from studio.ui.storyboard.timeline.rows import RowPainter

PLATE_GAP = 16
"""Between the hand and the readout beside it."""


def paint_ghost(canvas: Canvas, ghost: Ghost) -> None:
    top = strip_top(canvas.geometry.shots_row)
    if ghost.away is not None:
        _paint_away(canvas, ghost.away, top)
    for film_frame, frames in ghost.boxes:
        rect = canvas.rect(_box(canvas, film_frame, frames, top))
        painting.outline(canvas.painter, rect, canvas.look.radius("control"), canvas.colour("grey-5"), 1.5, dashed=True)
    for clip in ghost.clips:
        row = canvas.geometry.row("lane", clip.lane)
        if row is not None:
            box = _box(canvas, clip.film_frame, clip.frames, row.top + 2, row.height - 4)
            canvas.fill(canvas.rect(box), "accent", 0.18, canvas.look.radius("control"))
            painting.outline(canvas.painter, canvas.rect(box), canvas.look.radius("control"), canvas.colour("grey-5"),
                             1.5, dashed=True)  # fmt: skip
    if ghost.gap is not None:
        x = canvas.x(ghost.gap)
        canvas.fill(QRect(x - 2, top - canvas.top - 2, 2, STRIP + 4), "accent")
    if ghost.edge is not None:
        _paint_handle(canvas, canvas.x(ghost.edge), top - canvas.top)
    row = canvas.geometry.row("markers")
    if ghost.marker is not None and row is not None:
        RowPainter.paint_flag(canvas, canvas.x(ghost.marker), canvas.row_rect(row), "accent")


def paint_guide(canvas: Canvas, film_frame: int, height: int) -> None:
    """Dashed through every row: what an edge was drawn to."""
    pen = QPen(canvas.colour("accent"), 1.5)
    pen.setDashPattern([3, 3])
    canvas.painter.setPen(pen)
    x = canvas.x(film_frame)
    canvas.painter.drawLine(x, canvas.geometry.rows[0].height, x, height)


def paint_past_end(canvas: Canvas, height: int) -> None:
    """Where the film is over."""
    left, top = max(0, canvas.x(canvas.geometry.cut.frames)), canvas.geometry.rows[0].height
    if left < canvas.width:
        canvas.hatch(QRect(left, top, canvas.width - left, height - top), "grey-3", 0.28)


def paint_playhead(canvas: Canvas, film_frame: int, height: int) -> None:
    """2 pixels wide, with its timecode in a plate that stays inside the ruler."""
    cut, x = canvas.geometry.cut, canvas.x(film_frame)
    if -60 < x < canvas.width + 60:
        words = cut.timecode.at(film_frame)
        canvas.fill(QRect(x - 1, 20, 2, height - 20), "grey-5")
        _plate(canvas, words, QRect(x, 3, 0, 20))


def _plate(canvas: Canvas, words: str, at: QRect) -> None:
    font = canvas.inks.micro_medium
    width = canvas.inks.width(font, words) + 14
    rect = QRect(max(0, min(at.left() - width // 2, canvas.width - width)), at.top(), width, at.height())
    canvas.fill(rect, "grey-5", radius=canvas.look.radius("badge"))
    canvas.painter.setFont(font)
    canvas.painter.setPen(canvas.colour("on-accent"))
    canvas.painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, words)


def playhead_rect(x: int, height: int) -> QRect:
    """What has to be drawn anew where the playhead stood or stands, plate included."""
    return QRect(x - 60, 0, 120, height)


def paint_band(canvas: Canvas, band: QRect) -> None:
    canvas.painter.fillRect(band, canvas.colour("accent", 0.16))
    painting.outline(canvas.painter, band, 2, canvas.colour("accent"), 1)


def paint_readout(canvas: Canvas, readout: Readout, hand: QPoint, height: int) -> None:
    """A light plate beside the hand, inside the viewport: change and note on the left, what else moves on the right."""
    inks = canvas.inks
    left = [(readout.change, inks.lead), (readout.note, inks.micro)]
    right = [(readout.moves, inks.micro), (readout.film, inks.micro)]
    left_width, right_width = (
        max((inks.width(font, words) for words, font in column if words), default=0) for column in (left, right)
    )
    tall = 52 if readout.note or right_width else 32
    width = 12 + left_width + (25 + right_width if right_width else 0) + 12
    rect = QRect(hand.x() + PLATE_GAP, hand.y() + PLATE_GAP, width, tall)
    if rect.right() > canvas.width - 4:
        rect.moveRight(max(rect.width() + 3, hand.x() - PLATE_GAP))
    rect.moveLeft(max(4, rect.left()))
    rect.moveTop(max(4, min(rect.top(), height - tall - 4)))
    canvas.fill(rect, "grey-5", radius=canvas.look.radius("float"))
    ink = canvas.colour("on-accent")
    _column(canvas, rect.adjusted(12, 0, 0, 0), left, ink, tall)
    if right_width:
        split = rect.left() + 12 + left_width + 12
        canvas.fill(QRect(split, rect.top() + 10, 1, tall - 20), "grey-4")
        _column(canvas, QRect(split + 13, rect.top(), right_width + 2, tall), right, canvas.colour("grey-3"), tall)


def _column(canvas: Canvas, rect: QRect, lines: list, ink: QColor, tall: int) -> None:
    shown = [(words, font) for words, font in lines if words]
    top = rect.top() + (tall - 18 * len(shown)) // 2
    for place, (words, font) in enumerate(shown):
        canvas.painter.setFont(font)
        canvas.painter.setPen(ink)
        canvas.painter.drawText(QRect(rect.left(), top + place * 18, rect.width(), 18), Qt.AlignmentFlag.AlignVCenter,
                                words)  # fmt: skip


def _paint_away(canvas: Canvas, away: tuple[int, int], top: int) -> None:
    rect = canvas.rect(_box(canvas, *away, top))
    canvas.fill(rect, "grey-0", 0.72)
    canvas.hatch(rect, "accent", 0.5)
    painting.outline(canvas.painter, rect, canvas.look.radius("control"), canvas.colour("grey-5"), 1.5, dashed=True)


def _paint_handle(canvas: Canvas, x: int, top: int) -> None:
    canvas.fill(QRect(x - 2, top, 4, STRIP), "accent", radius=canvas.look.radius("bar"))
    grip = QRect(x - 8, top + STRIP // 2 - 10, 16, 20)
    canvas.fill(grip, "accent", radius=canvas.look.radius("control"))
    for step in (-2, 1):
        canvas.fill(QRect(x + step, grip.top() + 6, 1, 8), "on-accent")


def _box(canvas: Canvas, film_frame: int, frames: int, top: int, height: int = STRIP) -> Box:
    left, right = canvas.geometry.scale.x_of(film_frame), canvas.geometry.scale.x_of(film_frame + frames)
    return Box(left, top, max(2, right - left - 2), height)
