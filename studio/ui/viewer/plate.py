"""One picture of the film, ready to be painted: decoded, with what the event and its panel do to it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter

from studio.interchange.strokes import paint_strokes
from studio.project.cut_cards import Point
from studio.project.shown import WHOLE, ShownFrame, window

SAME_SHAPE = 0.01
"""A picture whose aspect differs by less than this from the film's was only rounded: it is not cropped."""


@dataclass(frozen=True)
class Plate:
    image: QImage
    frame: ShownFrame

    def part(self, box: QRectF) -> QRectF:
        """The part of the picture, in parts of it, that fills a frame of the shape of `box`."""
        size = self.image.size()
        shape, wanted = size.width() / max(1, size.height()), box.width() / max(1.0, box.height())
        alike = abs(shape / wanted - 1) < SAME_SHAPE
        frame = (size.width(), size.height()) if alike else (round(box.width() * 16), round(box.height() * 16))
        return QRectF(*window(self.frame.framing or WHOLE, (size.width(), size.height()), frame))

    def whole(self, box: QRectF) -> QRectF:
        """Where all of the picture would stand, were it not cropped by `box`; before the flop."""
        part = self.part(box)
        width, height = box.width() / part.width(), box.height() / part.height()
        return QRectF(box.left() - part.left() * width, box.top() - part.top() * height, width, height)

    def point_at(self, box: QRectF, place: QPointF) -> Point:
        """The point of the picture under a place on screen, flop and framing undone."""
        x = box.left() + box.right() - place.x() if self.frame.flop else place.x()
        whole = self.whole(box)
        return (x - whole.left()) / whole.width(), (place.y() - whole.top()) / whole.height()


def paint_plate(painter: QPainter, box: QRectF, plate: Plate, clip: QRectF | None = None) -> None:
    """Fills `box` with the picture, its lines, its framing and its flop; nothing is painted outside it or `clip`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setClipRect(box if clip is None else clip)
    if plate.frame.flop:
        painter.translate(box.left() + box.right(), 0)
        painter.scale(-1, 1)
    part, size = plate.part(box), plate.image.size()
    source = QRectF(part.left() * size.width(), part.top() * size.height(),
                    part.width() * size.width(), part.height() * size.height())  # fmt: skip
    painter.drawImage(box, plate.image, source)
    if plate.frame.strokes:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_strokes(painter, plate.whole(box), plate.frame.strokes)
    painter.restore()
