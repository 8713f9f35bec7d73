"""Inked flat shapes on a picture, in design units: the 144 x 80 grid of a frame, or a figure's own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

Picture: TypeAlias = NDArray[np.uint8]
Colour: TypeAlias = tuple[int, int, int]
Point: TypeAlias = tuple[float, float]

SHIFT = 4
ONE = 1 << SHIFT


class Pen:
    """Draws on a picture of 3 channels (RGB) or 4 (premultiplied RGB with cover).

    A point (x, y) lands on pixel (left + x * scale_x, top + y * scale_y); a figure facing left has a negative
    scale_x, and figures, which measure upwards, a negative scale_y. On 4 channels the anti-aliased edge of an
    opaque colour leaves premultiplied values by itself, as long as the picture starts as zeros.
    """

    def __init__(
        self,
        picture: Picture,
        scale_x: float,
        scale_y: float,
        left: float,
        top: float,
        ink: Colour,
        line: float,
    ) -> None:
        self.picture = picture
        self.scale_x, self.scale_y = scale_x, scale_y
        self.left, self.top = left, top
        self.unit = abs(scale_x)
        self.ink = ink
        self.line_width = max(1, int(line + 0.5))
        self._scale = np.array((scale_x * ONE, scale_y * ONE))
        # OpenCV counts from pixel centres, design units from the picture's corner
        self._origin = np.array(((left - 0.5) * ONE, (top - 0.5) * ONE))
        self._opaque = (255,) if picture.shape[2] == 4 else ()

    def enlarged(self, factor: float, about: Point) -> Pen:
        """The same pen with everything `factor` times as large, seen from a point that stays."""
        left = self.left + self.scale_x * about[0] * (1 - factor)
        top = self.top + self.scale_y * about[1] * (1 - factor)
        return Pen(self.picture, self.scale_x * factor, self.scale_y * factor, left, top, self.ink, self.line_width)

    def points(self, points: Sequence[Point]) -> NDArray[np.int32]:
        return np.rint(np.asarray(points) * self._scale + self._origin).astype(np.int32)

    def shape(
        self,
        points: Sequence[Point],
        fill: Colour,
        *,
        inked: bool = True,
        cover: int = 255,
        line: int | None = None,
    ) -> None:
        placed = self.points(points)
        cv2.fillPoly(self.picture, [placed], self._paint(fill, cover), cv2.LINE_AA, SHIFT)
        if inked:
            self._outline(placed, line or self.line_width)

    def box(self, left: float, top: float, right: float, bottom: float, fill: Colour, *, inked: bool = True) -> None:
        self.shape(((left, top), (right, top), (right, bottom), (left, bottom)), fill, inked=inked)

    def stroke(
        self, points: Sequence[Point], colour: Colour | None = None, *, width: float = 0.0, pixels: int = 0
    ) -> None:
        """An open line; `width` in design units, or in `pixels`, or as thick as the ink."""
        thick = pixels or (max(1, round(width * self.unit)) if width else self.line_width)
        cv2.polylines(
            self.picture,
            [self.points(points)],
            False,
            self._paint(colour or self.ink),
            thick,
            cv2.LINE_AA,
            SHIFT,
        )

    def limb(self, points: Sequence[Point], fill: Colour, width: float) -> None:
        """A thick rounded line with an ink outline."""
        placed = [self.points(points)]
        thick = max(1, round(width * self.unit))
        ink = self._paint(self.ink)
        cv2.polylines(self.picture, placed, False, ink, thick + 2 * self.line_width, cv2.LINE_AA, SHIFT)
        cv2.polylines(self.picture, placed, False, self._paint(fill), thick, cv2.LINE_AA, SHIFT)

    def disc(self, centre: Point, radius: float, fill: Colour, *, inked: bool = True, cover: int = 255) -> None:
        self.oval(centre, radius, radius, fill, inked=inked, cover=cover)

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
        x, y = self.points((centre,))[0].tolist()
        axes = (radius_x * abs(self.scale_x) * ONE, radius_y * abs(self.scale_y) * ONE)
        half = self.line_width * ONE / 2 if inked else 0.0
        if inked:
            # two filled ovals cost a quarter of one with an outline
            self._fill_oval((x, y), (axes[0] + half, axes[1] + half), self._paint(self.ink))
        self._fill_oval((x, y), (max(0.0, axes[0] - half), max(0.0, axes[1] - half)), self._paint(fill, cover))

    def _fill_oval(self, centre: tuple[int, int], axes: tuple[float, float], paint: tuple[int, ...]) -> None:
        size = (round(axes[0]), round(axes[1]))
        cv2.ellipse(self.picture, centre, size, 0, 0, 360, paint, -1, cv2.LINE_AA, SHIFT)

    def _outline(self, placed: NDArray[np.int32], line: int) -> None:
        cv2.polylines(self.picture, [placed], True, self._paint(self.ink), line, cv2.LINE_AA, SHIFT)

    def _paint(self, colour: Colour, cover: int = 255) -> tuple[int, ...]:
        if not self._opaque:
            return colour
        if cover == 255:
            return (*colour, 255)
        return (*(channel * cover // 255 for channel in colour), cover)
