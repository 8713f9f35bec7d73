"""Pictures that lie over each other in a frame: brought down to its size, moved, enlarged, blended."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import cv2
import numpy as np

from model_runtime.stage.pen import Picture


class Grid(NamedTuple):
    """A frame's pixels, and how many pixels of the finer drawing each of them covers in either direction."""

    width: int
    height: int
    finer: int


class Placing(NamedTuple):
    """Enlargement about the frame's centre, after growth about `pivot`, then a shift; in pixels of the drawing."""

    shift: tuple[int, int] = (0, 0)
    zoom: float = 1.0
    moved: int = 0  # to the right, before the enlargement
    grown: float = 1.0
    pivot: tuple[int, int] = (0, 0)

    @property
    def whole(self) -> bool:
        """Nothing but a shift by whole pixels."""
        return self.zoom == 1.0 and self.grown == 1.0


class Stamp(NamedTuple):
    """A picture of the frame's own pixels with what it leaves of those under it."""

    picture: Picture
    clear: Picture  # 255 less its cover, on all four channels
    left: int
    top: int


@dataclass(eq=False)
class Layer:
    """A drawing, premultiplied RGB with cover, its corner at (left, top) in pixels of the drawing."""

    picture: Picture
    left: int
    top: int
    _small: dict[tuple[int, int], tuple[Picture, Picture]] = field(default_factory=dict)

    def stamp(self, grid: Grid, placing: Placing) -> Stamp | None:
        """None where the layer lies outside the frame."""
        return self._shifted(grid, placing) if placing.whole else self._warped(grid, placing)

    def _shifted(self, grid: Grid, placing: Placing) -> Stamp | None:
        # Brought down once for each way its pixels can fall on those of the frame: exact, and cheap for pans.
        left, top = self.left + placing.moved + placing.shift[0], self.top + placing.shift[1]
        skip = (-left % grid.finer, -top % grid.finer)
        if self.picture.shape[0] - skip[1] < grid.finer or self.picture.shape[1] - skip[0] < grid.finer:
            return None  # less than one pixel of the frame
        if skip not in self._small:
            part = self.picture[skip[1] :, skip[0] :]
            size = (part.shape[1] // grid.finer, part.shape[0] // grid.finer)
            part = part[: size[1] * grid.finer, : size[0] * grid.finer]
            small = part if grid.finer == 1 else cv2.resize(part, size, interpolation=cv2.INTER_AREA)
            self._small[skip] = (small, clear_of(small))
        small, clear = self._small[skip]
        return Stamp(small, clear, (left + skip[0]) // grid.finer, (top + skip[1]) // grid.finer)

    def _warped(self, grid: Grid, placing: Placing) -> Stamp | None:
        centre = (grid.width * grid.finer / 2, grid.height * grid.finer / 2)
        scale = placing.zoom * placing.grown
        origin = (self.left, self.top)
        size = (self.picture.shape[1], self.picture.shape[0])
        starts, ends, offsets = [], [], []
        for axis, pixels in enumerate((grid.width, grid.height)):
            pivot, middle = placing.pivot[axis], centre[axis]
            moved = placing.moved if axis == 0 else 0
            # where pixel 0 of the layer comes to lie, then from pixels of the frame back to those of the layer
            start = (origin[axis] - pivot) * placing.grown + pivot + moved
            start = (start - middle) * placing.zoom + middle + placing.shift[axis]
            starts.append(max(0, int(start // grid.finer)))
            ends.append(min(pixels, int((start + size[axis] * scale) // grid.finer) + 1))
            offsets.append(((starts[axis] + 0.5) * grid.finer - start) / scale - 0.5)
        if ends[0] <= starts[0] or ends[1] <= starts[1]:
            return None
        step = grid.finer / scale
        matrix = np.array([[step, 0.0, offsets[0]], [0.0, step, offsets[1]]])
        picture = cv2.warpAffine(
            self.picture,
            matrix,
            (ends[0] - starts[0], ends[1] - starts[1]),
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_CONSTANT,
        )
        return Stamp(picture, clear_of(picture), starts[0], starts[1])


def press(frame: Picture, stamp: Stamp) -> tuple[slice, slice, Picture] | None:
    """Lays a stamp on a frame; tells which rows and columns it met, and the stamp's part there."""
    left, top = max(0, stamp.left), max(0, stamp.top)
    right = min(frame.shape[1], stamp.left + stamp.picture.shape[1])
    low = min(frame.shape[0], stamp.top + stamp.picture.shape[0])
    if right <= left or low <= top:
        return None
    here = (slice(top, low), slice(left, right))
    there = (slice(top - stamp.top, low - stamp.top), slice(left - stamp.left, right - stamp.left))
    front = stamp.picture[there]
    frame[here] = cv2.add(cv2.multiply(frame[here], stamp.clear[there], scale=1 / 255), front)
    return (*here, front)


def clear_of(picture: Picture) -> Picture:
    cover = cv2.extractChannel(picture, 3)
    return np.asarray(cv2.cvtColor(cv2.bitwise_not(cover), cv2.COLOR_GRAY2RGBA), dtype=np.uint8)
