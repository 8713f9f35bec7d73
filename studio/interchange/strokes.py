"""Lines drawn by hand, painted: the same on the screen and in an export."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from math import hypot

from PIL import Image
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QPolygonF

from studio.project.cut_cards import Stroke

HEAD_LENGTH, HEAD_WIDTH = 5.0, 4.0
"""Of an arrow's head, in widths of its line."""


def paint_strokes(painter: QPainter, rect: QRectF, strokes: Iterable[Stroke]) -> None:
    """Paint lines that lie on a picture; `rect` is where the whole picture is, however much of it can be seen.

    A line begins and ends at its points and is bent smoothly along those between; one point alone is a dot. An arrow
    points with its last point; one too short for its width is thinner, so that it stays an arrow.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for stroke in strokes:
        points = [QPointF(rect.x() + x * rect.width(), rect.y() + y * rect.height()) for x, y in stroke.points]
        if points:
            _paint(painter, points, stroke, max(stroke.width * rect.height(), 0.5))
    painter.restore()


def painted(picture: Image.Image, strokes: Iterable[Stroke]) -> Image.Image:
    """An RGB picture with lines on it. Needs no window and may be called on any thread."""
    pixels = picture.convert("RGBX").tobytes()
    width, height = picture.size
    image = QImage(pixels, width, height, 4 * width, QImage.Format.Format_RGBX8888).copy()
    painter = QPainter(image)
    paint_strokes(painter, QRectF(0, 0, width, height), strokes)
    painter.end()
    return Image.frombytes("RGBX", picture.size, bytes(image.constBits())).convert("RGB")


def _paint(painter: QPainter, points: list[QPointF], stroke: Stroke, width: float) -> None:
    colour = QColor(stroke.colour)
    if stroke.kind == "arrow":
        width = min(width, _reach(points) / (HEAD_LENGTH + 1) or width)
    cap, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, cap, join))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    head = _head(points, width) if stroke.kind == "arrow" else None
    if head is not None:
        points = _shortened(points, head)
    if len(points) == 1:
        painter.drawPoint(points[0])
    else:
        painter.drawPath(_smooth(points))
    if head is not None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPolygon(QPolygonF(head))


def _smooth(points: list[QPointF]) -> QPainterPath:
    """Through the middles between neighbours, bent towards the points; exactly from the first to the last."""
    path = QPainterPath(points[0])
    for point, following in pairwise(points[1:-1]):
        path.quadTo(point, (point + following) / 2)
    if len(points) > 2:
        path.quadTo(points[-2], points[-1])
    else:
        path.lineTo(points[-1])
    return path


def _head(points: list[QPointF], width: float) -> tuple[QPointF, QPointF, QPointF] | None:
    """Tip and the two corners behind it; None where the line leads nowhere.

    Its direction is that of the line over the head's own length, so that the last tremor of a hand does not turn it.
    """
    tip = points[-1]
    longest = _reach(points)
    if longest == 0:
        return None
    length = min(HEAD_LENGTH * width, longest)
    behind = next(one for one in reversed(points) if _distance(tip, one) >= length)
    along = (tip - behind) / _distance(tip, behind)
    base, side = tip - along * length, QPointF(-along.y(), along.x()) * (length * HEAD_WIDTH / HEAD_LENGTH / 2)
    return tip, base + side, base - side


def _shortened(points: list[QPointF], head: tuple[QPointF, QPointF, QPointF]) -> list[QPointF]:
    """The line as far as the middle of its head, so that its round end does not stand out of the tip."""
    tip, base = head[0], (head[1] + head[2]) / 2
    length = _distance(tip, base)
    kept = len(points)
    while kept > 1 and _distance(tip, points[kept - 1]) < length:
        kept -= 1
    return [*points[:kept], (tip + base) / 2]


def _reach(points: list[QPointF]) -> float:
    """How far the line gets from its last point."""
    return max(_distance(points[-1], one) for one in points)


def _distance(one: QPointF, other: QPointF) -> float:
    return hypot(one.x() - other.x(), one.y() - other.y())
