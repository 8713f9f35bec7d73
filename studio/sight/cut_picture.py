"""Reading a picture of the film to cut something out of it, and writing what was cut.

Only working copies are read: PNG files we wrote. Slow: not for the GUI thread.
"""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from studio.errors import BadValue
from studio.sight.cutout import Picture, Rect, box_of, clipped, cut_out

SMALLEST_SIDE = 8
"""Pixels a side that a picture of the film has at least."""
PNG = [cv2.IMWRITE_PNG_COMPRESSION, 4]


def read(path: Path) -> Picture:
    """(h, w, 4) uint8 RGBA. Raises BadValue for what is no picture."""
    try:
        found = cv2.imdecode(np.fromfile(path, np.uint8), cv2.IMREAD_UNCHANGED)
    except (OSError, cv2.error) as error:
        raise _unreadable(path) from error
    if found is None or found.dtype != np.uint8:
        raise _unreadable(path)
    channels = 1 if found.ndim == 2 else found.shape[2]
    wanted = {1: cv2.COLOR_GRAY2RGBA, 3: cv2.COLOR_BGR2RGBA, 4: cv2.COLOR_BGRA2RGBA}[channels]
    return np.asarray(cv2.cvtColor(found, wanted), dtype=np.uint8)


def no_longer(picture: Picture, longest: int) -> Picture:
    """The picture, or a copy of it that has no side longer than that."""
    scale = longest / max(picture.shape[:2])
    if scale >= 1:
        return picture
    size = [max(1, round(side * scale)) for side in (picture.shape[1], picture.shape[0])]
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def seen(picture: Picture) -> Picture:
    """(h, w, 3) RGB of an RGBA picture as it is shown to an engine: over white."""
    if int(picture[..., 3].min()) == 255:
        return np.ascontiguousarray(picture[..., :3])
    return cut_out(np.ascontiguousarray(picture[..., :3]), picture[..., 3], (255, 255, 255))


def region_png(picture: Picture, rect: Rect) -> bytes:
    """The part of an RGBA picture inside a rectangle. Raises BadValue for one that is too small."""
    left, top, width, height = clipped(rect, picture)
    return _png(picture[top : top + height, left : left + width])


def thing_png(picture: Picture, mask: Picture) -> bytes:
    """What a mask keeps of an RGBA picture, see-through around it, with a little air. `mask` may be a smaller one.

    Raises BadValue where nothing, or next to nothing, is kept.
    """
    height, width = picture.shape[:2]
    if mask.shape != (height, width):
        mask = cv2.resize(mask, (width, height), interpolation=cv2.INTER_LINEAR)
    mask = np.minimum(mask, picture[..., 3])
    left, top, wide, high = box_of(mask)
    part = slice(top, top + high), slice(left, left + wide)
    return _png(cut_out(np.ascontiguousarray(picture[..., :3][part]), mask[part]))


def _png(picture: Picture) -> bytes:
    height, width = picture.shape[:2]
    if min(height, width) < SMALLEST_SIDE:
        raise BadValue(f"What is cut out is {width} × {height} pixels; a picture has at least {SMALLEST_SIDE} a side.",
                       "Cut out more of the picture.")
    plain = int(picture[..., 3].min()) == 255
    _, written = cv2.imencode(".png", cv2.cvtColor(picture, cv2.COLOR_RGBA2BGR if plain else cv2.COLOR_RGBA2BGRA), PNG)
    return written.tobytes()


def _unreadable(path: Path) -> BadValue:
    return BadValue(f"{path.name} in the film's media folder cannot be read: it is no picture, or broken.",
                    "See what is broken with: shotwright check")
