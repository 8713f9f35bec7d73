"""A pen that draws a standing figure as one that lies: up becomes along the ground, forward becomes up."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from model_runtime.stage.pen import Colour, Pen, Point


class TurnedPen(Pen):
    """Like the pen it is made from, with every point (x, y) of its own drawn at (-y, x) of that pen."""

    def points(self, points: Sequence[Point]) -> NDArray[np.int32]:
        upright = np.asarray(points, dtype=np.float64)
        turned = np.stack((-upright[:, 1], upright[:, 0]), axis=1)
        return super().points([(x, y) for x, y in turned.tolist()])

    def oval(
        self,
        centre: Point,
        radius_x: float,
        radius_y: float,
        fill: Colour,
        *,
        inked: bool = True,
        cover: int = 255,
    ) -> None:
        super().oval(centre, radius_y, radius_x, fill, inked=inked, cover=cover)

    def enlarged(self, factor: float, about: Point) -> Pen:
        left = self.left + self.scale_x * -about[1] * (1 - factor)
        top = self.top + self.scale_y * about[0] * (1 - factor)
        scales = (self.scale_x * factor, self.scale_y * factor)
        return TurnedPen(self.picture, *scales, left, top, self.ink, self.line_width)


def lying_pen(pen: Pen, along: float, up: float) -> Pen:
    """Lays a figure down: its point (0, `along`) comes to lie over the origin, `up` above the ground."""
    left = pen.left + pen.scale_x * along
    top = pen.top + pen.scale_y * up
    return TurnedPen(pen.picture, pen.scale_x, pen.scale_y, left, top, pen.ink, pen.line_width)
